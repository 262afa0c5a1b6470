"""Where a text names entries and dates. Knows no format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.dates.tei import date_order
from edition.exports.readers.model import (
    Choice,
    Content,
    IndexedDate,
    Inline,
    Mention,
    Note,
    Text,
    TextBlock,
    walk,
)

Found = Iterator[tuple[Inline, str, int]]


def indexes(
    body: TextBlock, notes: Sequence[Note]
) -> tuple[dict[str, tuple[Mention, ...]], tuple[IndexedDate, ...]]:
    """Mentions by the key of their entry; dates in their order. Those of a text first, then those of its notes."""
    named: dict[str, list[Mention]] = {}
    dated: dict[tuple[str, str], list[Mention]] = {}
    spans = [*_spans(body.content, "", 0)]
    for note in notes:
        spans += _spans(note.content, note.place, note.number)
    for span, place, note_number in spans:
        mention = Mention(span.id, place, note_number)
        if span.kind in ("name", "reference") and span.key:
            named.setdefault(span.key, []).append(mention)
        elif span.kind in ("date", "duration") and span.said:
            dated.setdefault((span.value, span.said), []).append(mention)
    moments = [
        IndexedDate(value, said, date_order(value), tuple(places)) for (value, said), places in dated.items()
    ]
    return (
        {key: tuple(places) for key, places in named.items()},
        tuple(sorted(moments, key=lambda moment: (moment.order, moment.value, moment.said))),
    )


def _spans(content: Content, place: str, note: int) -> Found:
    """Spans that begin here. What a reading of the editors' names again, they do not mention again."""
    for piece in content:
        if isinstance(piece, Choice):
            own = {(s.kind, s.key, s.value) for s in walk(piece.seed) if isinstance(s, Inline)}
            for reading in piece.readings:
                found = _spans(reading.content, place, note)
                yield from (one for one in found if not reading.ours or _what(one[0]) not in own)
        elif isinstance(piece, TextBlock):
            yield from _spans(piece.content, place if piece.flow else piece.n or place, note)
        elif isinstance(piece, Inline):
            if piece.first:
                yield piece, place, note
            yield from _spans(piece.content, place, note)


def _what(span: Inline) -> tuple[str, str, str]:
    return span.kind, span.key, span.value


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where the index leads to: the id of a mention. sure: False where the editors are not certain of it."""

    id: str
    sure: bool = True


def index_places(text: Text) -> dict[str, tuple[IndexPlace, ...]]:
    """By the key of an entry; where something may be this or that, under both."""
    found: dict[str, list[IndexPlace]] = {e.key: [IndexPlace(m.id) for m in e.mentions] for e in text.entries}
    content: list[Content] = [text.body.content, *(note.content for note in text.notes)]
    for piece in (p for c in content for p in walk(c)):
        if isinstance(piece, Inline) and piece.kind in ("name", "reference") and piece.id:
            if piece.cert in ("medium", "low") or piece.others:
                row = found.get(piece.key, [])
                row[:] = [IndexPlace(p.id, False) if p.id == piece.id else p for p in row]
            for key, _ in piece.others:
                found.setdefault(key, []).append(IndexPlace(piece.id, False))
    return {key: tuple(row) for key, row in found.items() if row}


REMARKS = ("about", "comment")
UNLABELLED = ("occupation", "role", "cited")


def mention_said(labels: Mapping[str, str], mention: Mention) -> str:
    """The number of its block, or of the note it stands in; a star where there is none."""
    if mention.note:
        return labels["in_note"].format(n=mention.note)
    return labels["block"].format(n=mention.place) if mention.place else "*"
