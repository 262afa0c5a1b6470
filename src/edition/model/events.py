"""Elements over a text, and the one stream of events that is made of both.

An event is a tuple of ints. Its `origin` is the index of an element, which leads on to YAML and seed. Knows no TEI: to
cut, weave and write is the work of `encode`.

To read a composed text, go through `Composed.events` with a stack of origins. `elements[origin]` says what opens,
`Composed.text[start:end]` what the characters are; from `Composed.length` on they are words of the editors.
`start_tags` numbers the elements; `encode.tei.tag` gives all attributes of a start tag, ids and links included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from edition.model.nodes import Node

T = TypeVar("T")

BLOCK, SOLID, NOTE, LOOSE, MARK, LINING = range(6)
"""How an element bears being cut, in the order of their claims: blocks are never cut, nor is what holds editors' words
(SOLID), nor notes; all else is LOOSE. A MARK has no extent. LINING stands in another element around the words that this
one has of the seed (`sic` in a `choice`)."""

OPEN, CLOSE, POINT, TEXT = range(4)
Event = tuple[int, ...]
"""(OPEN, origin, piece, more) · (CLOSE, origin) · (POINT, origin) · (TEXT, start, end)"""

Span = tuple[int, int, int, int, int, int]
"""(start, end, rank, origin, piece, more): places as ints; piece counts from 0, more is 1 if another follows."""

Mark = tuple[int, int]
"""(place, origin)"""


class Element(NamedTuple):
    """An element of the text to be: a range of a text (or a point of it: `MARK`), and what stands in it.

    The text is the seed, or for what is `held` by another element the `words` of that.

    kind    what wrote it: a kind of the vocabulary or of the structure
    side    of a mark: -1 belongs to what stands before it, 1 to what follows; `leaves`: may stand between blocks
    text    of a block: it holds text, and not only blocks
    n       the number that the editor gives
    links   attributes that point at other elements of the same text, by their index
    words   the words of the editors that a mark holds
    held    the elements over these words; where there are no words, what stands inside, in this order
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    start: int
    end: int
    cutting: int
    rank: int
    yaml_node: Node | None
    kind: str = ""
    order: str = ""
    side: int = 0
    leaves: bool = False
    text: bool = False
    n: str = ""
    links: tuple[tuple[str, tuple[int, ...]], ...] = ()
    words: str = ""
    held: tuple[Element, ...] = ()

    @property
    def nesting(self) -> tuple[object, ...]:
        """What sorts elements of equal extent from the outside in: blocks stand outside all else, whatever their ranks;
        then the order of the vocabulary, then what they say. The file in which they are written has no part in it."""
        inner = tuple(e.nesting for e in self.held)
        own = (self.name, self.attributes, self.words, self.start, self.end, self.side, inner)
        return (self.cutting != BLOCK, self.rank, self.order, *own)


class Fragments(NamedTuple):
    """Elements cut into spans that nest, and what was cut by what."""

    spans: list[Span]
    cuts: dict[int, int]  # origin of a range in pieces → origin of the first that cut it (a block or a range)
    overlaps: list[tuple[int, int]]  # two that may not be cut and cross


class Composed(NamedTuple):
    """The text with its elements, ready to be written.

    text      the seed, `length` code points, and after it all words of the editors
    elements  those over the seed, and after them those that are held by others
    holders   index of an element that is held → index of the one that holds it
    ids       xml:id of the elements that have one; `numbers`: their @n
    cuts      element in pieces → the first that cut it; `overlaps`: two that cross, and neither may be cut
    text_blocks  the outermost blocks of text
    """

    text: str
    length: int
    elements: Sequence[Element]
    holders: Mapping[int, int]
    events: Sequence[Event]
    ids: Mapping[int, str]
    numbers: Mapping[int, str]
    cuts: Mapping[int, int]
    overlaps: Sequence[tuple[int, int]]
    text_blocks: Sequence[tuple[int, int]]

    @property
    def on_seed(self) -> Sequence[Element]:
        """The elements whose places are places of the seed. Their indices are those in `elements`."""
        return self.elements[: len(self.elements) - len(self.holders)]

    def outermost(self, k: int) -> int:
        """The element over the seed that holds an element, or is it."""
        while k in self.holders:
            k = self.holders[k]
        return k


def nested(composed: Composed, made: Callable[[Event, tuple[T | str, ...]], T]) -> tuple[T | str, ...]:
    """The text as a tree. `made` gives the node for a start tag (or empty element) and the nodes and texts inside it."""
    stack: list[tuple[Event, list[T | str]]] = [((), [])]
    for event in composed.events:
        if event[0] == TEXT:
            stack[-1][1].append(composed.text[event[1] : event[2]])
        elif event[0] == OPEN:
            stack.append((event, []))
        elif event[0] == POINT:
            stack[-1][1].append(made(event, ()))
        else:
            opened, inside = stack.pop()
            stack[-1][1].append(made(opened, tuple(inside)))
    return tuple(stack[0][1])


def start_tags(composed: Composed) -> Iterator[tuple[int, Event]]:
    """The start tags of a text, each with its number in document order: `text` itself has 0, and `body` 1."""
    return enumerate((event for event in composed.events if event[0] in (OPEN, POINT)), start=2)
