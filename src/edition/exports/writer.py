"""What every writer is and gives. A writer is one module of this room: a pure function, and a row that says what it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Literal, NamedTuple

from edition.exports.annotations import annotation_rows, block_rows
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Label, diagnostic
from edition.model.edition import Edition
from edition.model.source import Source, Span

Subject = Literal["annotations", "blocks", "entries", "texts"]
SHOWN = 3  # places of what one sentence reports as lost


class Lost(NamedTuple):
    """What a format cannot carry, and why. `id`: the key of a mark, a block or an entry, or the name of a text."""

    id: str
    why: str


class Export(NamedTuple):
    """Files of one format, by their paths below its folder, and the account of what they carry."""

    files: dict[str, bytes]
    carried: frozenset[str] = frozenset()
    lost: tuple[Lost, ...] = ()


class Writer(NamedTuple):
    """One format. `subjects`: what its account is about: each of them is carried or lost, and none is both.

    about     one paragraph: what the files are, how the tool is given them
    opened    the real tool that the tests open it with; or what is checked where none can be had
    needs     a library that is not installed with the package, and the extra that brings it
    """

    name: str
    tool: str
    carries: str
    cannot: str
    opened: str
    about: str
    subjects: tuple[Subject, ...]
    write: Callable[[Edition], Export]
    needs: tuple[str, str] = ("", "")


def unmet(writer: Writer) -> list[Diagnostic]:
    """That a library it needs is missing."""
    module, extra = writer.needs
    if not module or find_spec(module):
        return []
    message = f"{writer.name} was not written: it needs the library {module}, which is not installed"
    help = f"Install it: pip install 'tei-edition[{extra}]'. The other formats do not need it."
    return [diagnostic(rules.IO, message, Span(Source(f"out/exports/{writer.name}", ""), 0, 0), help=help)]


def subjects(edition: Edition, which: Iterable[Subject]) -> dict[str, tuple[str, Span]]:
    """Everything that an account must speak of: key → what it is in a word or two, and its place."""
    found: dict[str, tuple[str, Span]] = {}
    for subject in which:
        if subject == "entries":
            for entry in edition.project.registers.entries.values():
                found[entry.key] = (f"of “{entry.register}”", entry.place)
        for built in edition.documents:
            if subject == "texts":
                found[built.name] = ("whole text", Span(built.document.seed.source, 0, 0))
            elif subject == "annotations":
                found |= {
                    mark.key: (f"“{mark.kind}”", mark.place)
                    for mark in annotation_rows(edition.project, built)
                }
            elif subject == "blocks":
                found |= {block.key: (f"`{block.name}`", block.place) for block in block_rows(built)}
    return found


def account(writer: Writer, edition: Edition, export: Export) -> list[Diagnostic]:
    """What is lost, told once for each reason in each file, with what it is and the first places."""
    known = subjects(edition, writer.subjects)
    groups: dict[tuple[Source, str], list[tuple[str, Span]]] = {}
    for lost in export.lost:
        what, place = known[lost.id]
        groups.setdefault((place.source, lost.why), []).append((what, place))
    return [
        diagnostic(
            rules.NOT_CARRIED,
            f"{writer.name} does not carry {_counted(what for what, _ in found)} of {source.name}: {why}",
            *(Label(place) for _, place in found[:SHOWN]),
            help=f"`edition export --list {writer.name}` says what the format carries.",
        )
        for (source, why), found in groups.items()
    ]


def _counted(words: Iterable[str]) -> str:
    """`2 “note”, 5 “rs”`: the most first."""
    counts = sorted(Counter(words).items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{times} {word}" for word, times in counts)
