"""The account of what editions for readers carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition.exports.reading import Text
from edition.exports.writer import Lost, subjects
from edition.pipeline import Edition

HIDDEN: Mapping[str, str] = {
    "link": "links between annotations are not shown to readers",
    "relation": "relations between entries are not shown to readers",
}


def accounted(
    edition: Edition, texts: Iterable[Text], hidden: Mapping[str, str] = HIDDEN
) -> tuple[frozenset[str], tuple[Lost, ...]]:
    """What is carried, and what is lost: `hidden` kinds of annotations, and entries that no text needs."""
    from edition.exports.marks import marks

    there = {entry.key for text in texts for entry in text.entries}
    lost = {
        mark.id: hidden[mark.kind]
        for built in edition.documents
        for mark in marks(edition.project, built)
        if mark.kind in hidden
    }
    for key in edition.project.registers.entries:
        if key not in there:
            lost[key] = "no text mentions it"
    carried = frozenset(subjects(edition, ("annotations", "blocks", "entries", "texts"))) - set(lost)
    return carried, tuple(Lost(id, why) for id, why in lost.items())
