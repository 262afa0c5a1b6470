"""The account of what editions for readers carry, and what they lose. Knows no format beyond what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edition.exports.annotations import AnnotationRow, BlockRow, annotation_rows, block_rows
from edition.exports.readers.model import Content, Point, Text, walk
from edition.exports.readers.wording import without
from edition.exports.writer import Lost, subjects
from edition.model.edition import Edition

HIDDEN: Mapping[str, str] = {
    "link": "links between annotations are not shown to readers",
    "relation": "relations between entries are not shown to readers",
}
IN_PRINT: Mapping[str, str] = {
    **HIDDEN,
}


def accounted(
    edition: Edition, texts: Sequence[Text], hidden: Mapping[str, str] = HIDDEN, residue: bool = True
) -> tuple[frozenset[str], tuple[Lost, ...]]:
    """What is carried, and what is lost: `hidden` kinds of annotations, entries that no text needs, and what stands in
    residue where that is left out (`residue` false)."""
    lost: dict[str, str] = {}
    for built, text in zip(edition.documents, texts, strict=True):
        gone = frozenset() if residue else _in_residue(text)
        found: list[AnnotationRow | BlockRow] = [*annotation_rows(edition.project, built), *block_rows(built)]
        for one in found:
            if one.id in gone:
                lost[one.key] = "it belongs to the page that carried the text, and not to the text"
            elif isinstance(one, AnnotationRow) and one.kind in hidden:
                lost[one.key] = hidden[one.kind]
    there = {entry.key for text in texts for entry in text.entries}
    lost |= {key: "no text mentions it" for key in edition.project.registers.entries if key not in there}
    carried = frozenset(subjects(edition, ("annotations", "blocks", "entries", "texts"))) - set(lost)
    return carried, tuple(Lost(id, why) for id, why in lost.items())


def _in_residue(text: Text) -> frozenset[str]:
    kept = _ids(without(text.body.content, residue=True))
    return _ids(text.body.content) - kept


def _ids(content: Content) -> frozenset[str]:
    return frozenset(str(getattr(piece, "id", "")) for piece in walk(content))


UNCALLED = "it is about what belongs to the page that carried the text, and is not printed"


def printed_account(edition: Edition, texts: Sequence[Text]) -> tuple[frozenset[str], tuple[Lost, ...]]:
    """What is carried, and what is lost; notes on what is left out are left out with it."""
    carried, lost = accounted(edition, texts, IN_PRINT, residue=False)
    uncalled = {
        f"{text.name}#{note.id}" for text in texts for note in text.notes if note.id not in calls(text)
    }
    left = carried & uncalled
    return carried - left, (*lost, *(Lost(key, UNCALLED) for key in sorted(left)))


def calls(text: Text) -> frozenset[str]:
    """Ids of the notes that are called from what is printed."""
    body = walk(without(text.body.content, residue=True))
    return frozenset(p.key for p in body if isinstance(p, Point) and p.kind == "call")
