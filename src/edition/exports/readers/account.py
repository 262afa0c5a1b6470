"""The account of what editions for readers carry, and what they lose. Knows no format beyond what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from edition.exports.annotations import UNPLACED, AnnotationRow, BlockRow, annotation_rows, block_rows
from edition.exports.readers.model import Content, Point, Text, walk
from edition.exports.readers.wording import without
from edition.exports.writer import NOT_IN_TEI, Lost, Omission
from edition.model.edition import Edition

LINKS = "links between annotations are not shown to readers"
ANCHOR = "it is where links lead to"
ADDRESS = "it is the address of a link"
NUMBERS = "it is what the block is cited by"
NOT_OF_THE_TEXT = "it belongs to the page that carried the text, and not to the text"
UNCALLED = "it is about what belongs to the page that carried the text, and is not printed"
IN_PRINT = (
    *NOT_IN_TEI,
    Omission(LINKS, of="link"),
    Omission(NOT_OF_THE_TEXT, of="fw", kept="comment"),
)
"""What print and books leave out."""


def accounted(edition: Edition, texts: Sequence[Text], residue: bool = True) -> tuple[Lost, ...]:
    """What texts lose: entries that no text needs, and what stands in residue where that is left out (`residue` false)."""
    lost: list[Lost] = []
    for built, text in zip(edition.documents, texts, strict=True):
        gone = frozenset() if residue else _in_residue(text)
        rows: list[AnnotationRow | BlockRow] = [*annotation_rows(edition.project, built), *block_rows(built)]
        lost += [Lost(row.key, NOT_OF_THE_TEXT, kept=("comment",)) for row in rows if row.id in gone]
        unseen = [row for row in rows if row.kind == "relation" and row.start == UNPLACED]
        lost += [Lost(row.key, "readers are told of it at its words, and it has none") for row in unseen]
    there = {entry.key for text in texts for entry in text.entries}
    absent = [key for key in edition.project.registers.entries if key not in there]
    return (*lost, *(Lost(key, "no text mentions it") for key in absent))


def _in_residue(text: Text) -> frozenset[str]:
    kept = _ids(without(text.body.content, residue=True))
    return _ids(text.body.content) - kept


def _ids(content: Content) -> frozenset[str]:
    return frozenset(str(getattr(piece, "id", "")) for piece in walk(content))


def printed_account(edition: Edition, texts: Sequence[Text]) -> tuple[Lost, ...]:
    """What printed texts lose: notes on what is left out are left out with it."""
    lost = accounted(edition, texts, residue=False)
    uncalled = {
        f"{text.name}#{note.id}" for text in texts for note in text.notes if note.id not in calls(text)
    }
    told = {row.key for built in edition.documents for row in annotation_rows(edition.project, built)}
    return (*lost, *(Lost(key, UNCALLED) for key in sorted(uncalled & told - {one.id for one in lost})))


def calls(text: Text) -> frozenset[str]:
    """Ids of the notes that are called from what is printed."""
    body = walk(without(text.body.content, residue=True))
    return frozenset(p.key for p in body if isinstance(p, Point) and p.kind == "call")
