"""Elements over a text, and the one event stream that is made of both.

An event is a tuple of ints; `origin` is the index of an element, and through it leads to YAML and seed.
Cutting, weaving and writing are the work of `encode`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.nodes import Node

BLOCK, SOLID, NOTE, LOOSE, MARK = range(5)
"""The weights of elements: what is never cut, what holds editors' words, notes, all else; and what has no extent."""

OPEN, CLOSE, POINT, TEXT = range(4)
Event = tuple[int, ...]
"""(OPEN, origin, piece, more) · (CLOSE, origin) · (POINT, origin) · (TEXT, start, end)"""

Span = tuple[int, int, int, int, int, int]
"""(start, end, rank, origin, piece, more): places as ints; piece counts from 0, more is 1 if another follows."""

Mark = tuple[int, int]
"""(place, origin)"""


@dataclass(slots=True, eq=False)
class Element:
    """An element of the text to be: a range of the seed (or a point: `mark`), and what stands in its tags.

    kind      what wrote it: a kind of the vocabulary or of the structure
    inner     of a choice: the element that holds the seed's words
    lead      XML that is written before that …
    tail      … and before the end tag: editor's words
    links     attributes that point at other elements, by their index
    side      of a mark: -1 belongs to what stands before it, 1 to what follows; `leaves`: may stand between blocks
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    start: int
    end: int
    weight: int
    rank: int
    home: Node | None
    kind: str = ""
    order: str = ""
    inner: str = ""
    inner_pairs: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    tail: str = ""
    side: int = 0
    leaves: bool = False
    text: bool = False
    links: tuple[tuple[str, tuple[int, ...]], ...] = ()
    id: str = ""
    n: str = ""


@dataclass(frozen=True, slots=True)
class Fragments:
    spans: list[Span]
    cuts: dict[int, int]  # origin of a range in pieces → origin of the first that cut it (a block or a range)
    overlaps: list[tuple[int, int]]  # two that may not be cut and cross
    too_deep: list[int]


@dataclass(frozen=True, slots=True)
class Composed:
    """The text with its elements, ready to be written."""

    text: str
    elements: Sequence[Element]
    events: list[Event]
    ids: dict[int, str]
    fragments: Fragments
    zones: list[tuple[int, int]]
