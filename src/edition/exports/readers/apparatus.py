"""What editors did to the words of a text, place by place: an apparatus in words. Also what a marked word means in a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import Choice, Content, Inline, Piece, Point, Reading, Text, TextBlock
from edition.exports.readers.wording import corrected, diplomatic, legible

QUOTATION_MARKS = '"“”„‟«»「」'
MARKS = ("surplus", "unclear", "damage", "deletion", "addition", "supplied")


@dataclass(frozen=True, slots=True)
class Intervention:
    """One row of the apparatus: id of its place, the number of the block, the words it is about, what is said.

    key: of what is told once for all its places (a private-use character), its description; this is the first of them.
    """

    id: str
    place: str
    kind: str
    lemma: str
    said: str
    key: str = ""


def interventions(text: Text) -> tuple[Intervention, ...]:
    """In the order of the text. Pieces of a mark that a block cuts are told once, and so is a private-use character."""
    found = list(_found(text, text.body.content, ""))
    first = {row.key: row for row in reversed(found)}
    return tuple(row for row in found if not row.key or row is first[row.key])


def _found(text: Text, content: Content, place: str) -> Iterator[Intervention]:
    for piece in content:
        if isinstance(piece, Choice):
            lemma = short(legible((piece,)) or corrected(piece.best))
            yield Intervention(piece.id, place, piece.kind, lemma, choice_said(text, piece), piece.key)
            for reading in piece.readings:
                yield from _found(text, reading.content if not reading.ours else (), place)
        elif isinstance(piece, Inline | TextBlock):
            if isinstance(piece, Inline) and piece.kind in MARKS and piece.first:
                yield Intervention(
                    piece.id, place, piece.kind, short(corrected(piece.content)), mark_said(text, piece)
                )
            inside = place if isinstance(piece, Inline) or piece.flow else piece.n or place
            yield from _found(text, piece.content, inside)
        elif isinstance(piece, Point) and piece.kind == "gap":
            yield Intervention(piece.id, place, "gap", "[…]", gap_said(text, piece))


def in_quotes(text: Text, words: str) -> str:
    """Words in quotation marks of the readers' language; white space is shown."""
    labels = LABELS[text.tongue]
    if not words:
        return labels["nothing"]
    shown = "␣" if not words.strip() else " ".join(words.split())
    if set(shown) & set(QUOTATION_MARKS):
        return f"‹{shown}›"
    return f"{labels['quote_open']}{shown}{labels['quote_close']}"


def short(words: str, longest: int = 60) -> str:
    """The words on one line; of a long passage the beginning and the end."""
    line = " ".join(words.split())
    return (
        line
        if len(line) <= longest
        else f"{line[: longest // 2].rstrip()} … {line[-longest // 3 :].lstrip()}"
    )


def choice_said(text: Text, choice: Choice) -> str:
    labels = LABELS[text.tongue]
    if choice.kind == "character":
        return choice.said
    if choice.kind == "reading":
        lemma = next((r for r in choice.readings if r.role == "lem"), choice.readings[0])
        others = "; ".join(_reading_said(text, r) for r in choice.readings if r is not lemma)
        return labels["reading"].format(lemma=in_quotes(text, corrected(lemma.content)), others=others)
    if choice.kind == "substitution":
        deleted, added = (
            next((r.content for r in choice.readings if r.role == role), ()) for role in ("del", "add")
        )
        return labels["substitution"].format(
            deleted=in_quotes(text, corrected(deleted)), added=in_quotes(text, corrected(added))
        )
    ours = [r for r in choice.readings if r.ours]
    said = f" {labels['or_else'].format(said='')}".join(
        f"{in_quotes(text, corrected(r.content))}{sure(text, r.cert)}" for r in ours
    )
    return labels[choice.kind].format(seed=in_quotes(text, legible(choice.seed)), ours=said)


def _reading_said(text: Text, reading: Reading) -> str:
    labels = LABELS[text.tongue]
    words = in_quotes(text, corrected(reading.content)) if reading.content else labels["omitted"]
    names = " ".join(siglum(text, key) for key in reading.witnesses)
    return labels["one_reading" if names else "reading_of"].format(reading=words, witnesses=names) + sure(
        text, reading.cert
    )


def siglum(text: Text, key: str) -> str:
    entry = text.entry(key)
    return (entry.short or entry.name) if entry else key


def cited_as(text: Text, key: str) -> str:
    """How a source is cited in a note: author and title."""
    entry = text.entry(key)
    if entry is None:
        return key
    author = next((diplomatic(f.content) for f in entry.facts if f.name == "author"), "")
    return f"{author}, {entry.name}" if author else entry.name


def mark_said(text: Text, span: Inline) -> str:
    labels, words = LABELS[text.tongue], in_quotes(text, corrected(span.content))
    if span.kind in ("surplus", "deletion"):
        words = in_quotes(text, legible(span.content) or corrected(span.content))
    return labels[span.kind].format(seed=words, ours=words) + sure(text, span.cert)


def gap_said(text: Text, point: Point) -> str:
    labels = LABELS[text.tongue]
    return labels["gap_extent"].format(extent=point.said) if point.said else labels["gap"]


def sure(text: Text, cert: str) -> str:
    return f" ({LABELS[text.tongue][cert]})" if cert else ""


def explanation(text: Text, piece: Piece) -> str:
    """What a reader is told of a marked word, in a line; "" if there is nothing to tell."""
    if isinstance(piece, Choice):
        return choice_said(text, piece)
    if isinstance(piece, Point):
        return gap_said(text, piece) if piece.kind == "gap" else ""
    if not isinstance(piece, Inline):
        return ""
    labels = LABELS[text.tongue]
    if piece.kind in MARKS:
        return mark_said(text, piece)
    if piece.kind in ("date", "duration"):
        return piece.said + sure(text, piece.cert)
    entry = text.entry(piece.key)
    if entry is None:
        return ""
    said = entry.short or entry.name
    if piece.kind == "signature":
        return labels["voice"].format(said=said)
    if piece.kind == "interpretation":
        return labels["interpretation"].format(said=said)
    others = (
        labels["or_else"].format(said=(other.short if (other := text.entry(key)) else key)) + sure(text, cert)
        for key, cert in piece.others
    )
    return " ".join((said + sure(text, piece.cert), *others))


def variant(text: Text, piece: Piece) -> str:
    """What an apparatus says after the words themselves: `“next” source`, `“arido” G R; “arrido” O`."""
    labels = LABELS[text.tongue]
    source = labels["source"] if text.tongue == "de" else labels["source"].lower()
    if isinstance(piece, Choice) and piece.kind == "reading":
        return "; ".join(_reading(text, r) for r in piece.readings if r.content is not piece.best)
    if isinstance(piece, Choice) and piece.kind not in ("substitution", "character"):
        ours = [r for r in piece.readings if r.ours]
        seed = in_quotes(text, legible(piece.seed)) if piece.seed else labels["omitted"]
        others = (
            labels["or_else"].format(said=in_quotes(text, corrected(r.content)) + sure(text, r.cert))
            for r in ours[1:]
        )
        return "; ".join((f"{seed} {source}{sure(text, ours[0].cert) if ours else ''}", *others))
    if isinstance(piece, Inline) and piece.kind == "supplied":
        return f"{labels['omitted']} {source}{sure(text, piece.cert)}"
    return explanation(text, piece)


def _reading(text: Text, reading: Reading) -> str:
    words = in_quotes(text, corrected(reading.content)) if reading.content else LABELS[text.tongue]["omitted"]
    return " ".join((words, *(siglum(text, key) for key in reading.witnesses))) + sure(text, reading.cert)
