"""The account of what editions for readers carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edition.exports.annotations import Block, Mark, blocks, marks
from edition.exports.readers.reading import Content, Text, walk
from edition.exports.readers.worded import without
from edition.exports.writer import Lost, subjects
from edition.model.edition import Edition

HIDDEN: Mapping[str, str] = {
    "link": "links between annotations are not shown to readers",
    "relation": "relations between entries are not shown to readers",
}


def accounted(
    edition: Edition, texts: Sequence[Text], hidden: Mapping[str, str] = HIDDEN, residue: bool = True
) -> tuple[frozenset[str], tuple[Lost, ...]]:
    """What is carried, and what is lost: `hidden` kinds of annotations, entries that no text needs, and what stands in
    residue where that is left out (`residue` false)."""
    lost: dict[str, str] = {}
    for built, text in zip(edition.documents, texts, strict=True):
        gone = frozenset() if residue else _in_residue(text)
        found: list[Mark | Block] = [*marks(edition.project, built), *blocks(built)]
        for one in found:
            if one.id in gone:
                lost[one.key] = "it belongs to the page that carried the text, and not to the text"
            elif isinstance(one, Mark) and one.kind in hidden:
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
