"""Elements over a text → one event stream, ids and numbers. Knows no kinds and writes no XML.

Marks get their places, what crosses is cut, text and pieces are woven. The words of an editor are a small text, woven
in the same way and put in where the element stands that holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Any

from edition.encode.fragment import Range, fragment
from edition.encode.ids import ids_and_numbers
from edition.encode.weave import Layout, weave
from edition.model.events import (
    BLOCK,
    CLOSE,
    LINING,
    MARK,
    OPEN,
    POINT,
    TEXT,
    Composed,
    Element,
    Event,
)

Blocks = Sequence[tuple[int, int]]
_MARK_ORDER = {
    "certainty": 0,
    "precision": 0,
    "respons": 0,
    "cell": 0,
    "gap": 1,
    "supplied": 2,
    "note": 9,
    "anchor": 10,
}


def compose(
    text: str,
    elements: Sequence[Element],
    text_blocks: Blocks,
    taken: Iterable[str] = (),
    named: Mapping[int, str] = MappingProxyType({}),
) -> Composed:
    """Elements over a text, and its outermost blocks of text → events in document order, and ids.

    `taken`: ids that must not be given. `named`: the ids of elements that have one already.
    """
    flat = _Flat(text, elements)
    woven = _woven(text, elements, text_blocks, 0, 0, named)
    layers: dict[int, list[Event]] = {}
    cuts, overlaps = dict(woven.cuts), list(woven.overlaps)
    for k in reversed(flat.bases):  # what is held before what holds it
        layer = _layer(flat, k)
        layers[k] = _spliced(layer.events, layers, flat.elements)
        cuts |= layer.cuts
        overlaps += layer.overlaps
    events = _spliced(woven.events, layers, flat.elements)
    ids, numbers = ids_and_numbers(events, flat.elements, len(elements), cuts, {*taken}, named)
    whole = "".join(flat.words)
    return Composed(
        whole, len(text), flat.elements, flat.holders, events, ids, numbers, cuts, overlaps, text_blocks
    )


class _Flat:
    """All elements in one row, those over the text before those that they hold, and all words in one row.

    holders: the element that holds another one. bases: for each element that holds words or elements, where its words
    begin and which is the first that it holds.
    """

    def __init__(self, text: str, elements: Sequence[Element]) -> None:
        self.elements = [*elements]
        self.holders: dict[int, int] = {}
        self.words = [text]
        self.bases: dict[int, tuple[int, int]] = {}
        at = len(text)
        for k, e in enumerate(self.elements):  # grows on the way
            if e.words or e.held:
                first = len(self.elements)
                self.bases[k] = at, first
                self.words.append(e.words)
                at += len(e.words)
                self.holders |= dict.fromkeys(range(first, first + len(e.held)), k)
                self.elements += [_linked(h, first) if h.links else h for h in e.held]


def _linked(e: Element, first: int) -> Element:
    return e._replace(links=tuple((name, tuple(first + k for k in to)) for name, to in e.links))


@dataclass(slots=True)
class _Woven:
    events: list[Event]
    cuts: dict[int, int] = field(default_factory=dict)
    overlaps: list[tuple[int, int]] = field(default_factory=list)


def _woven(
    text: str,
    elements: Sequence[Element],
    text_blocks: Blocks,
    at: int,
    first: int,
    named: Mapping[int, str] = MappingProxyType({}),
) -> _Woven:
    """Weave elements over a text. Its characters count from `at`, and its elements from `first`."""
    layout = _Places(elements, text_blocks, first, named)
    fragments = fragment(layout.ranges, layout.text_blocks)
    events = weave(Layout(len(text), layout.scale, fragments.spans, layout.marks))
    if at:
        events = [(TEXT, e[1] + at, e[2] + at) if e[0] == TEXT else e for e in events]
    return _Woven(events, fragments.cuts, fragments.overlaps)


def _layer(flat: _Flat, k: int) -> _Woven:
    """Weave what element `k` holds: an editor's words with elements over them, or elements without words in a row."""
    e = flat.elements[k]
    at, first = flat.bases[k]
    if not e.words:
        return _Woven([(POINT, first + i) for i in range(len(e.held))])
    if not e.held:
        return _Woven([(TEXT, at, at + len(e.words))])
    text_blocks = [(block.start, block.end) for block in e.held if block.cutting == BLOCK and block.text]
    return _woven(
        e.words, flat.elements[first : first + len(e.held)], text_blocks or [(0, len(e.words))], at, first
    )


def _spliced(
    events: list[Event], layers: Mapping[int, list[Event]], elements: Sequence[Element]
) -> list[Event]:
    """Put every layer in where its element stands; the lining of a layer comes around the element's own words."""
    result: list[Event] = []
    done = 0
    for k in [k for k, event in enumerate(events) if event[1] in layers and event[0] != TEXT]:
        kind, origin = events[k][:2]
        layer = layers[origin]
        result += events[done:k]
        done = k + 1
        if kind == POINT:
            result += ((OPEN, origin, 0, 0), *layer, (CLOSE, origin))
            continue
        at = next(i for i, e in enumerate(layer) if e[0] == POINT and elements[e[1]].cutting == LINING)
        if kind == OPEN:
            result += (events[k], *layer[:at], (OPEN, layer[at][1], 0, 0))
        else:
            result += ((CLOSE, layer[at][1]), *layer[at + 1 :], events[k])
    return result + events[done:] if done else events


class _Places:
    """Offsets → places `(p, m)` as ints (see `weave`), for the ranges and marks among the elements.

    Marks stand outside inline ranges that begin or end at them, and inside blocks; only page, column and other
    milestones may stand between blocks. Elements count from `first`.
    """

    def __init__(
        self, elements: Sequence[Element], text_blocks: Blocks, first: int, named: Mapping[int, str]
    ) -> None:
        starts = {e.start for e in elements if e.cutting == BLOCK and e.text} | {a for a, _ in text_blocks}
        ends = {e.end for e in elements if e.cutting == BLOCK and e.text} | {b for _, b in text_blocks}
        number = _numbers(elements, first, named)
        at: dict[int, list[tuple[int, int, int, int]]] = {}
        for k, e in enumerate(elements):
            if e.cutting == MARK:
                group = 1 if e.leaves else 0 if e.side < 0 else 2
                if group == 0 and e.start in starts and e.start not in ends:
                    group = 2
                elif group == 2 and e.start in ends and e.start not in starts:
                    group = 0
                at.setdefault(e.start, []).append((group, _MARK_ORDER.get(e.name, e.rank), number[k], k))
        self.scale = max((len(m) for m in at.values()), default=0) + 1
        scale = self.scale
        self.marks: list[tuple[int, int]] = []
        before: dict[int, tuple[int, int]] = {}
        for p, marks in at.items():
            marks.sort()
            self.marks += [(p * scale + m, first + mark[3]) for m, mark in enumerate(marks)]
            left = sum(mark[0] == 0 for mark in marks)
            before[p] = (left, left + sum(mark[0] == 1 for mark in marks))
        none = (0, 0)
        self.ranges: list[Range] = []
        for k, e in enumerate(elements):
            if e.cutting == BLOCK:
                start = e.start * scale + before.get(e.start, none)[1]
                end = e.end * scale + before.get(e.end, none)[0]
                self.ranges.append((start, BLOCK, -end, number[k], first + k))
            elif e.cutting != MARK:
                start = e.start * scale + (len(at[e.start]) if e.start in at else 0)
                self.ranges.append((start, e.cutting, -e.end * scale, number[k], first + k))
        self.text_blocks = [
            (a * scale + before.get(a, none)[1], b * scale + before.get(b, none)[0]) for a, b in text_blocks
        ]


def _numbers(elements: Sequence[Element], first: int, named: Mapping[int, str]) -> list[int]:
    """A number for each element, from the outside in (`Element.nesting`), never in the order of the file.

    Elements that say the same are told apart by the ids that they are given, then by what they point at.
    """
    number, classes = _ranked([(e.nesting, named.get(first + k, "")) for k, e in enumerate(elements)])
    links = [tuple(t - first for _, to in e.links for t in to if t >= first) for e in elements]
    known = 0
    while known < classes < len(elements):
        known = classes
        number, classes = _ranked(
            [(n, tuple(number[t] for t in to)) for n, to in zip(number, links, strict=True)]
        )
    order = sorted(range(len(elements)), key=number.__getitem__)
    for place, k in enumerate(order):
        number[k] = place
    return number


def _ranked(keys: Sequence[tuple[Any, ...]]) -> tuple[list[int], int]:
    """For each key the number of smaller ones that differ from one another, and how many differ."""
    number, classes = [0] * len(keys), 0
    for _, same in groupby(sorted(range(len(keys)), key=keys.__getitem__), key=keys.__getitem__):
        for k in same:
            number[k] = classes
        classes += 1
    return number, classes
