"""What an edition is written from, in one form: the composed text, its header, its lists.

A tree of names, attributes and words, as the TEI has it; and of each element of the text what wrote it. Knows neither
bytes nor what readers make of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from edition.encode.tei import WORDS, tag
from edition.model.events import BLOCK, LOOSE, OPEN, Composed, Event, nested
from edition.model.vocabulary import BLOCKS
from edition.model.xml import XmlElement

PROSE_BLOCKS = ("p", "list", "item", "quote")  # of editors' words in the header
Content = tuple["Tagged | str", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """An element. `block`: a block, and not words in a line; `flow`: its content are blocks.

    kind, value   what wrote it: a kind of the vocabulary or of the structure, and what that claims
    origin, piece its index among the elements of the text (-1: it is not in the text), and the how manieth piece it is
    """

    name: str
    pairs: Mapping[str, str]
    inside: Content
    block: bool = False
    flow: bool = False
    kind: str = ""
    value: str = ""
    origin: int = -1
    piece: int = 0

    def get(self, name: str) -> str:
        """An attribute, or ""."""
        return self.pairs.get(name, "")

    def keys(self, name: str) -> tuple[str, ...]:
        """An attribute that points at entries: their keys; addresses as they are."""
        return tuple(key.removeprefix("#") for key in self.get(name).split())

    def key(self, name: str) -> str:
        return next(iter(self.keys(name)), "")

    @property
    def id(self) -> str:
        return self.get("xml:id")

    @property
    def ours(self) -> bool:
        """Whether it holds words of the editors."""
        return WORDS in self.get("change").split()

    @property
    def elements(self) -> Iterator[Tagged]:
        return (child for child in self.inside if isinstance(child, Tagged))

    def all(self, path: str, **wanted: str) -> list[Tagged]:
        """The elements at a path of names, the last of them with these attributes."""
        found = [self]
        for name in path.split("/"):
            found = [child for e in found for child in e.elements if child.name == name]
        return [e for e in found if all(e.get(name) == value for name, value in wanted.items())]

    def walk(self) -> Iterator[Tagged]:
        """It, and all in it, in document order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    @property
    def words(self) -> str:
        """All words in it, on one line."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.inside:
            yield from (child,) if isinstance(child, str) else child._words()


def of_text(composed: Composed) -> Tagged:
    """The text, as the content of its `body`."""

    def made(event: Event, inside: Content) -> Tagged:
        e, piece = composed.elements[event[1]], event[2] if event[0] == OPEN else 0
        pairs = {name: value for name, value in tag(composed, event) if value}
        block = e.cutting == BLOCK or (e.cutting > LOOSE and e.kind in BLOCKS)  # an empty cell
        flow = e.name == "body" or (e.cutting == BLOCK and not e.text)
        return Tagged(e.name, pairs, _joined(inside), block, flow, e.kind, e.order, event[1], piece)

    return Tagged("body", {}, _joined(nested(composed, made)), flow=True)


def of_header(e: XmlElement) -> Tagged:
    """The header or the lists. What does not hold words has blanks between its elements."""
    whole = any(isinstance(child, str) or not getattr(child, "name", "") for child in e.children)
    inside = [child for part in e.children for child in _spliced(part)]
    if inside and not whole:
        inside = ["\n", *(piece for child in inside for piece in (child, "\n"))]
    block = e.name in PROSE_BLOCKS
    flow = block and e.name != "p" and any(isinstance(p, Tagged) and p.block for p in inside)
    return Tagged(
        e.name, {name: value for name, value in e.attributes if value}, _joined(inside), block, flow
    )


def _spliced(child: object) -> Iterable[Tagged | str]:
    """An element without a name is what it holds."""
    if isinstance(child, str):
        return (child,)
    if not isinstance(child, XmlElement):
        return ()
    return (of_header(child),) if child.name else (p for part in child.children for p in _spliced(part))


def _joined(inside: Iterable[Tagged | str]) -> Content:
    """Words that follow each other are one."""
    found: list[Tagged | str] = []
    for child in inside:
        last = found[-1] if found else None
        if isinstance(child, str) and isinstance(last, str):
            found[-1] = last + child
        else:
            found.append(child)
    return tuple(found)
