"""Where a text names entries and dates. A pure walk over `reading` blocks and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.exports.reading import Block, Choice, Content, Mention, Moment, Note, Span, walk

Found = Iterator[tuple[Span, str, int]]


def indexes(body: Block, notes: Sequence[Note]) -> tuple[dict[str, tuple[Mention, ...]], tuple[Moment, ...]]:
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
    moments = [Moment(value, said, order(value), tuple(places)) for (value, said), places in dated.items()]
    return (
        {key: tuple(places) for key, places in named.items()},
        tuple(sorted(moments, key=lambda moment: (moment.order, moment.value, moment.said))),
    )


def _spans(content: Content, place: str, note: int) -> Found:
    """Spans that begin here. What a reading of the editors' names again, they do not mention again."""
    for piece in content:
        if isinstance(piece, Choice):
            own = {(s.kind, s.key, s.value) for s in walk(piece.seed) if isinstance(s, Span)}
            for reading in piece.readings:
                found = _spans(reading.content, place, note)
                yield from (one for one in found if not reading.ours or _what(one[0]) not in own)
        elif isinstance(piece, Block):
            yield from _spans(piece.content, place if piece.flow else piece.n or place, note)
        elif isinstance(piece, Span):
            if piece.first:
                yield piece, place, note
            yield from _spans(piece.content, place, note)


def _what(span: Span) -> tuple[str, str, str]:
    return span.kind, span.key, span.value


def order(value: str) -> str:
    """Sorts dates: those before Christ first, the greater year first; lengths of time last."""
    first = value.removeprefix("..").split("/")[0]
    if first[:1] in ("P", "a"):
        return f"2{first}"
    if not first.startswith("-") or first.startswith("--"):
        return f"1{first}"
    year = first[1:].split("-")[0]
    return f"0{99999999 - int(year):08}{first[1 + len(year) :]}"
