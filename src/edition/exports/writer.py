"""What every writer is and gives. A writer is one module of this room: a pure function, and a row that says what it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from edition import catalogue as rules
from edition.diagnostics import Diagnostic, Label, say
from edition.exports.marks import blocks, marks
from edition.pipeline import Edition
from edition.source import Source, Span

Subject = Literal["annotations", "blocks", "entries", "texts"]
SHOWN = 3  # places of what one sentence reports as lost


@dataclass(frozen=True, slots=True)
class Lost:
    """What a format cannot carry: the id of a mark, a block, an entry or a text, and why."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Export:
    """Files of one format, by their paths below its folder, and the account of what they carry."""

    files: dict[str, bytes]
    carried: frozenset[str] = frozenset()
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """One format. `subjects`: what its account is about: each of them is carried or lost, and none is both.

    about     one paragraph: what the files are, how the tool is given them
    opened    the real tool that the tests open it with; or what is checked where none can be had
    """

    name: str
    tool: str
    carries: str
    cannot: str
    opened: str
    about: str
    subjects: tuple[Subject, ...]
    write: Callable[[Edition], Export]


def subjects(edition: Edition, which: Iterable[Subject]) -> dict[str, tuple[str, Span]]:
    """Everything that an account must speak of: id → what it is in a word or two, and its place."""
    found: dict[str, tuple[str, Span]] = {}
    for subject in which:
        if subject == "entries":
            for entry in edition.project.registers.entries.values():
                found[entry.key] = (entry.register, entry.place)
        for built in edition.documents:
            if subject == "texts":
                found[built.name] = ("texts", Span(built.document.seed.source, 0, 0))
            elif subject == "annotations":
                found |= {mark.id: (f"“{mark.kind}”", mark.place) for mark in marks(edition.project, built)}
            elif subject == "blocks":
                found |= {block.id: (f"`{block.name}`", block.place) for block in blocks(built)}
    return found


def account(writer: Writer, edition: Edition, export: Export) -> list[Diagnostic]:
    """What is lost, told once for each kind and reason in each file, with the first places."""
    known = subjects(edition, writer.subjects)
    groups: dict[tuple[Source, str, str], list[Span]] = {}
    for lost in export.lost:
        what, place = known[lost.id]
        groups.setdefault((place.source, what, lost.why), []).append(place)
    return [
        say(
            rules.NOT_CARRIED,
            f"{writer.name}: {len(places)} × {what} of {source.name} not carried: {why}",
            *(Label(place) for place in places[:SHOWN]),
            help=f"`edition export --list {writer.name}` says what the format carries.",
        )
        for (source, what, why), places in groups.items()
    ]
