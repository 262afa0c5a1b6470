"""What annotations claim of words, with all their fields; and which of it readers would not be told otherwise.

Asks the vocabulary which fields a kind has: a new kind or field is shown without a change here.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from edition.exports.annotations import annotation_rows
from edition.exports.readers.apparatus import cited_as, in_quotes, short, sure
from edition.exports.readers.labels import CLAIMED, LABELS
from edition.exports.readers.model import RESIDUE, Claimed, Content, Note, Point, Text, contents_of
from edition.exports.readers.model import TextBlock as Block
from edition.exports.readers.wording import legible
from edition.model.annotation import Claim
from edition.model.edition import Built, Project
from edition.model.vocabulary import BLOCKS
from edition.read.prose import inline_words

COMMON = ("by", "cert", "source", "or")
Told = Mapping[str, frozenset[str]]
Places = Mapping[str, tuple[str, str, int]]


def fields_told(**shapes: str) -> dict[str, frozenset[str]]:
    """By shape or kind: names of fields."""
    return {shape: frozenset(fields.split()) for shape, fields in shapes.items()}


TOLD: dict[str, frozenset[str]] = fields_told(
    mention="value",
    date="value",
    duration="value",
    choice="value cert or",
    sides="value witness seed cert or",
    supplied="value",
    gap="quantity unit",
    substitution="value seed",
    mark="seed text cert",
    interpretation="value",
    note="value annotations cert source",
    gloss="voice",
    footnote="value",
    element="words text",
    ref="value",
    pb="value",
    cb="value",
    table="cells",
    row="cells",
)
"""What every form tells in words of its own: by shape or kind, names of fields, and `value`."""
ON_PAGE = {**TOLD, **fields_told(mention="value cert or", date="value cert", duration="value cert")}
"""What a page tells, where words that are pointed at are explained."""
IN_PRINT = TOLD | fields_told(milestone="break", pb="value break", cb="value break")
"""What print tells, where a page that begins within a word stands without blanks."""
NOT_SHOWN = (RESIDUE, "separator")  # values of what is not of the text, or is made good by a table
STYLED = frozenset(
    ("bold", "italic", "italics", "underline", "small-caps", "spaced", "superscript", "subscript")
)


def claims(project: Project, built: Built, body: Content, notes: Sequence[Note]) -> tuple[Claimed, ...]:
    """Those of annotations that stand in the text, and those of blocks, in the order of their places."""
    places = dict(_places(body, "", 0))
    for note in notes:
        places |= _places(note.content, note.place, note.number)
    found = [
        Claimed(
            mark.id,
            mark.kind,
            mark.sort.shape,
            inline_words(mark.value).text if mark.sort.value == "words" else mark.value,
            tuple(_fields(mark.claim, mark.sort.fields)),
            *places[mark.id],
        )
        for mark in annotation_rows(project, built)
        if mark.id in places
    ]
    return (*found, *_of_blocks(built, places))


def _of_blocks(built: Built, places: Places) -> Iterator[Claimed]:
    composed = built.composed
    known = {b.claim.at: b for b in built.anchoring.blocks if b.claim is not None and b.anchored < 0}
    for k, e in enumerate(composed.on_seed):
        id = composed.ids.get(k, "")
        if e.kind in BLOCKS and e.yaml_node in known and id in places:
            block = known[e.yaml_node]
            fields = tuple(_fields(block.claim, block.block.fields)) if block.claim else ()
            yield Claimed(id, e.kind, e.kind, block.type, fields, *places[id])


def _fields(claim: Claim, names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each field that is written, with its texts."""
    for name in dict.fromkeys((*names, "voice", *COMMON)):
        inner = claim.node.inner(name)
        if name == "or":
            found = tuple(f"{c.value}\0{c.cert}" for c in claim.alternatives)
        elif name == "source" and claim.comment:
            continue  # it stands with the comment, which is a note
        else:
            found = (*claim.node.texts(name), *(f"{key}={inner.text(key)}" for key in inner.items))
        if found:
            yield name, found


def _places(content: Content, place: str, note: int) -> Iterator[tuple[str, tuple[str, str, int]]]:
    """Of every annotation: its words, the number of the block, and that of the note that it stands in."""
    for piece in content:
        if isinstance(piece, str):
            continue
        here = piece.n or place if isinstance(piece, Block) and not piece.flow else place
        id = piece.key if isinstance(piece, Point) and piece.kind == "call" else piece.id
        if id:
            yield id, (short(legible((piece,)), 40), here, note)
        for within in contents_of(piece):
            yield from _places(within, here, note)


def untold(text: Text, claim: Claimed, told: Told) -> str:
    """`term: codicology; hand: Dale`: what is claimed and not told in words; "" if nothing is left."""
    known = told.get(claim.kind, told.get(claim.shape, frozenset()))
    if claim.kind == "emphasis" and STYLED.issuperset(claim.value.split()):
        known = known | {"value"}
    fields = [(name, texts) for name, texts in claim.fields if name not in known]
    if not fields and (not claim.value or "value" in known):
        return ""
    labels = CLAIMED[text.tongue]
    kind = labels.get(claim.kind, claim.kind)
    head = f"{kind}: {_named(text, claim.value)}" if claim.value and claim.shape != "milestone" else kind
    said = (
        f"{labels.get(name, name)}: {', '.join(_said(text, name, one) for one in texts)}"
        for name, texts in fields
    )
    return "; ".join((head, *said))


def _said(text: Text, name: str, written: str) -> str:
    """A field for readers: names in place of keys."""
    if name == "by":
        return dict(text.editors).get(written, written)
    if name == "cert":
        return LABELS[text.tongue].get(written, written)
    value, _, cert = written.partition("\0")
    return _named(text, value) + sure(text, cert)


def _named(text: Text, value: str) -> str:
    entry = text.entry(value)
    return short(
        cited_as(text, value)
        if entry and entry.register == "bibliography"
        else entry.name
        if entry
        else value
    )


def place_said(text: Text, claim: Claimed) -> str:
    """`“words” (¶ 3)`; of what begins somewhere, its number."""
    labels = LABELS[text.tongue]
    block = labels["block"].format(n=claim.place) if claim.place else labels["text_itself"]
    place = labels["in_note"].format(n=claim.note) if claim.note else block
    words = claim.value if claim.shape == "milestone" else claim.words and in_quotes(text, claim.words)
    return f"{words} ({place})" if words else place


def untold_claims(text: Text, told: Told, there: Container[str] | None = None) -> dict[str, list[Claimed]]:
    """What is to be told apart, each with all its places; kind by kind, in the order of the text. there: the ids of what
    is shown, if not all is."""
    kinds = list(dict.fromkeys(claim.kind for claim in text.claims))
    found: dict[str, list[Claimed]] = {}
    shown = [claim for claim in text.claims if there is None or claim.id in there]
    for claim in sorted(shown, key=lambda claim: kinds.index(claim.kind)):
        if claim.value not in NOT_SHOWN and (said := untold(text, claim, told)):
            found.setdefault(said, []).append(claim)
    return found
