"""Elements over a text ⇄ the bytes of TEI `text`. Knows escaping, ids and links; knows no kinds.

`compose` places marks, cuts what crosses, weaves and names; `write` makes the string; `read` is its inverse, with
expat, and gives back what stands where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.parsers import expat

from edition.encode.fragment import fragment
from edition.encode.weave import Layout, weave
from edition.model.events import (
    BLOCK,
    CLOSE,
    LOOSE,
    MARK,
    NOTE,
    OPEN,
    SOLID,
    TEXT,
    Composed,
    Element,
    Event,
    Fragments,
)
from edition.model.spans import clipped, joined
from edition.model.xml import attributes, escape

LINKING = frozenset(("xml:id", "n", "next", "prev", "target", "corresp", "change"))
PAIRED = ("choice", "app", "subst")
WORDS = "#ed.words"
"""The value of @change on the outermost element whose words are not the seed's."""

_PREFIX = {"note": "n", "anchor": "a", "ref": "r"}
_MARK_ORDER = {"certainty": 0, "precision": 0, "respons": 0, "gap": 1, "supplied": 2, "note": 9, "anchor": 10}


def compose(
    text: str, elements: Sequence[Element], zones: list[tuple[int, int]], taken: set[str], whole: bool = True
) -> Composed:
    """Elements and zones (outermost blocks of text) over a text → events in document order, and ids.

    `taken`: ids that must not be given again. `whole` is false for a fragment: nothing there is numbered.
    """
    layout = _Places(text, elements, zones)
    fragments = fragment(layout.ranges, layout.zones)
    events = weave(Layout(len(text), layout.scale, fragments.spans, layout.marks))
    ids = _named(events, elements, fragments, taken, whole)
    return Composed(text, elements, events, ids, fragments, zones)


class _Places:
    """Offsets → places `(p, m)` as ints. Marks stand outside inline ranges that begin or end at them, and inside
    blocks; only page, column and other milestones may stand between blocks."""

    def __init__(self, text: str, elements: Sequence[Element], zones: list[tuple[int, int]]) -> None:
        starts = {e.start for e in elements if e.weight == BLOCK and e.text} | {a for a, _ in zones}
        ends = {e.end for e in elements if e.weight == BLOCK and e.text} | {b for _, b in zones}
        number = _numbers(elements)
        at: dict[int, list[tuple[int, int, int, int]]] = {}
        for k, e in enumerate(elements):
            if e.weight == MARK:
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
            self.marks += [(p * scale + m, mark[3]) for m, mark in enumerate(marks)]
            left = sum(mark[0] == 0 for mark in marks)
            before[p] = (left, left + sum(mark[0] == 1 for mark in marks))
        none = (0, 0)
        self.ranges = []
        for k, e in enumerate(elements):
            if e.weight == BLOCK:
                self.ranges.append(
                    (
                        e.start * scale + before.get(e.start, none)[1],
                        BLOCK,
                        -e.end * scale - before.get(e.end, none)[0],
                        e.rank,
                        k,
                    )
                )
            elif e.weight != MARK:
                start = e.start * scale + (len(at[e.start]) if e.start in at else 0)
                self.ranges.append((start, e.weight, -e.end * scale, number[k], k))
        self.zones = [
            (a * scale + before.get(a, none)[1], b * scale + before.get(b, none)[0]) for a, b in zones
        ]


def _numbers(elements: Sequence[Element]) -> list[int]:
    """The table's order among all elements, then that of what they say: never that of the file."""
    number = [0] * len(elements)
    order = sorted(range(len(elements)), key=lambda k: _standing(elements[k]))
    for place, k in enumerate(order):
        number[k] = place
    return number


def _standing(e: Element) -> tuple[int, str, str, tuple[tuple[str, str], ...], str, int, int]:
    return (e.rank, e.order, e.name, e.attributes, e.tail, e.start, e.end)


def _named(
    events: list[Event], elements: Sequence[Element], fragments: Fragments, taken: set[str], whole: bool
) -> dict[int, str]:
    """xml:id for blocks, notes, what is cut and what is pointed at, numbered in document order; `n` for blocks."""
    wanted = {k for e in elements for _, targets in e.links for k in targets} | set(fragments.cuts)
    counts: Counter[str] = Counter()
    numbers = _Counting({e.name for e in elements if e.text and e.n})
    ids: dict[int, str] = {}
    depth = 0
    for event in events:
        if event[0] == CLOSE:
            depth -= depth > 0 and elements[event[1]].text
            continue
        if event[0] == TEXT or (event[0] == OPEN and event[2]):
            continue
        k = event[1]
        e = elements[k]
        block = e.weight == BLOCK and whole
        if block:
            e.n = numbers.of(e, depth > 0)
        if e.weight == BLOCK and e.text and event[0] == OPEN:
            depth += 1
        if block or k in wanted or e.id or (e.name == "note" and whole):
            ids[k] = e.id or _free(_PREFIX.get(e.name, e.name if e.weight == BLOCK else "s"), counts, taken)
    return ids


class _Counting:
    """@n of blocks: what the editor wrote; after that, elements of that name count on; else a running number.

    Blocks of text have one row of running numbers, and those inside them `12.1`; others one for each name, and so
    have those of which the editor numbers some (`own`).
    """

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.rows: Counter[str] = Counter()
        self.last: dict[str, str] = {}  # element → the last number in a row of the editor's
        self.outer, self.inner = "", 0

    def of(self, e: Element, inside: bool) -> str:
        if e.text and inside:
            self.inner += 1
            return e.n or f"{self.outer}.{self.inner}"
        n = e.n or self.next(e)
        if re.search("[0-9]$", n) and (e.n or e.name in self.last):
            self.last[e.name] = n
        if e.text:
            self.outer, self.inner = n or self.outer, 0
        return n

    def next(self, e: Element) -> str:
        """A part that continues a line has no number in a row of the editor's."""
        if e.name in self.last:
            continues = ("part", "M") in e.attributes or ("part", "F") in e.attributes
            return "" if continues else _one_more(self.last[e.name])
        row = "" if e.text and e.name not in self.own else e.name
        self.rows[row] += 1
        return str(self.rows[row])


def _one_more(number: str) -> str:
    """9 → 10, II.9 → II.10: the figures at the end count."""
    return re.sub(r"[0-9]+$", lambda m: str(int(m[0]) + 1), number)


def _free(prefix: str, counts: Counter[str], taken: set[str]) -> str:
    while True:
        counts[prefix] += 1
        name = f"{prefix}{counts[prefix]}"
        if name not in taken:
            taken.add(name)
            return name


def write(composed: Composed) -> list[str]:
    """One string for every event."""
    text, elements, ids = composed.text, composed.elements, composed.ids
    out: list[str] = []
    put = out.append
    for event in composed.events:
        kind = event[0]
        if kind == TEXT:
            put(escape(text[event[1] : event[2]]))
        elif kind == OPEN:
            e = elements[event[1]]
            put(_start(e, ids, event[1], event[2], event[3]) + (_inner(e, ">") if e.inner else ""))
        elif kind == CLOSE:
            e = elements[event[1]]
            put(f"</{e.inner}>{e.tail}</{e.name}>" if e.inner else f"</{e.name}>")
        else:
            e = elements[event[1]]
            start, content = _start(e, ids, event[1], 0, 0), (_inner(e, "/>") if e.inner else "") + e.tail
            put(f"{start}{content}</{e.name}>" if content else f"{start[:-1]}/>")
    return out


def _inner(e: Element, close: str) -> str:
    """The start of what holds the seed's words in a pair, after what is written before it."""
    return f"{e.lead}<{e.inner}{attributes(e.inner_pairs)}{close}"


def _start(e: Element, ids: dict[int, str], k: int, piece: int, more: int) -> str:
    name = ids.get(k)
    if name is None and not e.links:
        return f"<{e.name}{attributes(e.attributes)}>"
    pairs: list[tuple[str, str]] = []
    if name is not None:
        pairs = [("xml:id", name if not piece else f"{name}.{piece}"), ("n", e.n)]
    pairs += e.attributes
    pairs += [(link, " ".join(f"#{ids[t]}" for t in targets)) for link, targets in e.links]
    if more:
        pairs.append(("next", f"#{name}.{piece + 1}"))
    if piece:
        pairs.append(("prev", f"#{name}.{piece - 1}" if piece > 1 else f"#{name}"))
    return f"<{e.name}{attributes(pairs)}>"


Placed = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[int, int], ...]]
"""(element, attributes without ids and links, ranges of the seed: one, or several where it is in pieces)"""


def read(data: bytes) -> tuple[str, Counter[Placed]]:
    """The seed and everything that stands over it, from the bytes of an edition alone."""
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
        words = "change" in pairs[::2] and WORDS in pairs[pairs.index("change") + 1].split()
        if not self.silent:
            self.stack.append((name, pairs, self.at, words))
        if self.silent or words:
            self.silent += 1

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
        """Pieces joined along @next."""
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
            found.append((name, own, joined(ranges)))
        return found


def expected(elements: Sequence[Element], zones: list[tuple[int, int]]) -> Counter[Placed]:
    """What `read` must give for these elements, worked out from the ranges alone and not from the weaving."""
    found: list[Placed] = []
    for e in elements:
        own = tuple((k, v) for k, v in e.attributes if v and k not in LINKING)
        ranges: tuple[tuple[int, int], ...] = ((e.start, e.end),)
        if e.weight in (SOLID, NOTE, LOOSE):
            ranges = clipped((e.start, e.end), zones)
        found.append((e.name, own, ranges))
        if e.inner:
            found.append((e.inner, tuple((k, v) for k, v in e.inner_pairs if v and k not in LINKING), ranges))
    return Counter(found)
