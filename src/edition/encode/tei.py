"""A composed text ⇄ the bytes of TEI `text`. Knows escaping, and how ids and links are written; knows no kinds.

`write_events` makes the strings. `read_back` is its inverse, with expat, and says what stands where in the seed;
`expected` says from the elements alone what that must be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.parsers import expat

from edition.model.events import CLOSE, LINING, LOOSE, NOTE, OPEN, SOLID, TEXT, Composed, Event, nested
from edition.model.spans import clipped, joined
from edition.model.xml import XmlElement, attributes, escape

LINKING = frozenset(("xml:id", "n", "next", "prev", "target", "corresp", "change"))
PAIRED = ("choice", "app", "subst")
WORDS = "#ed.words"
"""The value of @change on the outermost element whose words are not the seed's."""

Pairs = Sequence[tuple[str, str]]


def write_events(composed: Composed) -> list[str]:
    """One string for every event."""
    text, elements, ids = composed.text, composed.elements, composed.ids
    out: list[str] = []
    put = out.append
    for event in composed.events:
        kind = event[0]
        if kind == TEXT:
            put(escape(text[event[1] : event[2]]))
        elif kind == CLOSE:
            put(f"</{elements[event[1]].name}>")
        else:
            e, end = elements[event[1]], ">" if kind == OPEN else "/>"
            pairs = tag(composed, event) if event[1] in ids or e.links else e.attributes
            put(f"<{e.name}{attributes(pairs)}{end}")
    return out


def tree(composed: Composed) -> tuple[XmlElement | str, ...]:
    """A composed text as a tree of elements."""

    def made(event: Event, inside: tuple[XmlElement | str, ...]) -> XmlElement:
        return XmlElement(composed.elements[event[1]].name, tuple(tag(composed, event)), inside)

    return nested(composed, made)


def tag(composed: Composed, event: Event) -> Pairs:
    """The attributes of a start tag, in their order; those whose value is empty are not written."""
    k = event[1]
    e, name = composed.elements[k], composed.ids.get(k)
    piece, more = event[2:] if event[0] == OPEN else (0, 0)
    pairs: list[tuple[str, str]] = []
    if name is not None:
        pairs = [("xml:id", f"{name}.{piece}" if piece else name), ("n", composed.numbers.get(k, ""))]
    pairs += e.attributes
    pairs += [(link, " ".join(f"#{composed.ids[t]}" for t in targets)) for link, targets in e.links]
    if more:
        pairs.append(("next", f"#{name}.{piece + 1}"))
    if piece:
        pairs.append(("prev", f"#{name}.{piece - 1}" if piece > 1 else f"#{name}"))
    return pairs


Placed = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[int, int], ...]]
"""(element, attributes without ids and links, ranges of the seed: one, or several where it is in pieces)"""


def read_back(data: bytes) -> tuple[str, Counter[Placed]]:
    """The seed and everything that stands over it, from the bytes of an edition alone. Raises expat's ExpatError."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.Parse(data, True)
    return "".join(reader.parts), Counter(reader.placed())


class _Reader:
    """Handlers of expat that collect the seed (`parts`) and the pieces over it, as start and end in the seed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = self.depth = self.silent = 0
        self.inside = False
        self.stack: list[tuple[str, list[str], int, bool]] = []
        self.found: list[tuple[str, list[str], int, int]] = []

    def start(self, name: str, pairs: list[str]) -> None:
        self.depth += 1
        if not self.inside:
            self.inside = self.depth == 2 and name == "text"
            return
        if self.silent:
            self.silent += 1
            return
        words = "change" in pairs[::2] and WORDS in pairs[pairs.index("change") + 1].split()
        self.stack.append((name, pairs, self.at, words))
        self.silent += words

    def end(self, name: str) -> None:
        self.depth -= 1
        if not self.inside:
            return
        if self.depth == 1:
            self.inside = False
            return
        if self.silent:
            self.silent -= 1
        if not self.silent:
            element, pairs, start, words = self.stack.pop()
            of_pair = words and self.stack and self.stack[-1][0] in PAIRED  # a reading belongs to its choice
            if not of_pair and (self.stack or element != "body"):  # the body is no element of the seed's
                self.found.append((element, pairs, start, self.at))

    def characters(self, text: str) -> None:
        if self.inside and not self.silent:
            self.parts.append(text)
            self.at += len(text)

    def placed(self) -> list[Placed]:
        """What was found, its pieces joined along @next."""
        pieces: dict[str, tuple[tuple[int, int], str]] = {}
        heads: list[tuple[str, tuple[tuple[str, str], ...], tuple[int, int], str]] = []
        for name, flat, start, end in self.found:
            pairs = dict(zip(flat[::2], flat[1::2], strict=True))
            if "prev" in pairs:
                pieces[pairs["xml:id"]] = ((start, end), pairs.get("next", "")[1:])
            else:
                own = tuple((k, v) for k, v in pairs.items() if k not in LINKING)
                heads.append((name, own, (start, end), pairs.get("next", "")[1:]))
        found: list[Placed] = []
        for name, own, extent, following in heads:
            ranges = [extent]
            while following:
                extent, following = pieces[following]
                ranges.append(extent)
            found.append((name, own, joined(ranges) if len(ranges) > 1 else (extent,)))
        return found


def expected(composed: Composed) -> Counter[Placed]:
    """What `read_back` must give for these elements, worked out from the ranges alone and not from the weaving."""
    found: list[Placed] = []
    for e in composed.on_seed:
        cut = e.cutting in (SOLID, NOTE, LOOSE)
        ranges = clipped((e.start, e.end), composed.text_blocks) if cut else ((e.start, e.end),)
        for one in (e, *(inner for inner in e.held if inner.cutting == LINING)) if e.held else (e,):
            own = tuple([pair for pair in one.attributes if pair[1] and pair[0] not in LINKING])
            found.append((one.name, own, ranges))
    return Counter(found)
