"""An editor's words: plain text, elements over it, what is wrong with it; as TEI. Knows no CommonMark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from edition.model.xml import attributes, escape


@dataclass(frozen=True, slots=True)
class Part:
    """An element over text[start:end]. Parts stand in document order; rank is their depth, from 0."""

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    rank: int = 0
    block: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer into a register (`kind` is its scheme: person, place, …) or at an id (`note`).

    start, end: the linked words in `Words.text`. at: where its target stands in what was written.
    """

    kind: str
    key: str
    start: int
    end: int
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What may not stand in a note, and where in what was written."""

    message: str
    start: int
    end: int


class Words(NamedTuple):
    """The character data to be written, and what stands over it. A tuple: most notes are no more."""

    text: str
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


def render(words: Words) -> str:
    """The TEI fragment."""
    text, at = words.text, 0
    if not words.parts:
        return escape(text)
    out: list[str] = []
    open_parts: list[Part] = []
    for k, part in enumerate(words.parts):
        while len(open_parts) > part.rank:
            at = _close(text, open_parts.pop(), at, out)
        out.append(escape(text[at : part.start]))
        at = part.start
        follower = words.parts[k + 1] if k + 1 < len(words.parts) else None
        empty = part.start == part.end and not (follower and follower.rank > part.rank)
        out.append(f"<{part.element}{attributes(part.attributes)}{'/' if empty else ''}>")
        if not empty:
            open_parts.append(part)
    while open_parts:
        at = _close(text, open_parts.pop(), at, out)
    return "".join((*out, escape(text[at:])))


def _close(text: str, part: Part, at: int, out: list[str]) -> int:
    out.append(f"{escape(text[at : part.end])}</{part.element}>")
    return part.end
