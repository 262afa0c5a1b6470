"""xml:id and @n of elements: given in document order, so that they are the same in every build. Knows no kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from edition.model.events import BLOCK, OPEN, POINT, Composed, Element, Event

_PREFIX = {"note": "n", "anchor": "a", "ref": "r"}


def numbered_elements(composed: Composed) -> set[str]:
    """The names of the blocks of text of which the editor numbers some."""
    return {e.name for e in composed.on_seed if e.text and e.n}


def ids_and_numbers(
    events: Iterable[Event],
    elements: Sequence[Element],
    own: int,
    cuts: Mapping[int, int],
    taken: set[str],
    named: Mapping[int, str],
) -> tuple[dict[int, str], dict[int, str]]:
    """xml:id by element, for blocks, notes, what is cut and what is pointed at; and @n by element, for blocks.

    Ids count in document order, those in the words of editors first. The first `own` elements stand over the text
    itself, the others in words of editors.
    """
    wanted = {k for e in elements for _, targets in e.links for k in targets} | set(cuts) | set(named)
    counting = _Counting({e.name for e in elements[:own] if e.text and e.n})
    numbers: dict[int, str] = {}
    inside: list[int] = []
    outside: list[int] = []
    for k in [event[1] for event in events if event[0] == POINT or (event[0] == OPEN and not event[2])]:
        e = elements[k]
        if k >= own:
            if k in wanted:
                inside.append(k)
        elif e.cutting == BLOCK:
            numbers[k] = counting.of(e)
            outside.append(k)
        elif k in wanted or e.name == "note":
            outside.append(k)
    ids: dict[int, str] = {}
    counts: Counter[str] = Counter()
    taken |= set(named.values())
    for k in inside + outside:
        e = elements[k]
        prefix = _PREFIX.get(e.name, e.name if e.cutting == BLOCK else "s")
        ids[k] = named.get(k) or _free(prefix, counts, taken)
    return ids, numbers


class _Counting:
    """Counts blocks for @n: a block has the number that the editor wrote, or counts on from the last one written for
    its element, or has a running number.

    Blocks of text share one row of running numbers, and those inside them have `12.1`. Other elements have a row each,
    and so have those of which the editor numbers some (`own`).
    """

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.rows: Counter[str] = Counter()
        self.last: dict[str, str] = {}  # element → the last number in a row of the editor's
        self.outer, self.inner, self.until = "", 0, 0  # the block of text around, and where it ends

    def of(self, e: Element) -> str:
        if e.text and e.start < self.until:
            self.inner += 1
            return e.n or f"{self.outer}.{self.inner}"
        n = e.n or self.next(e)
        if re.search("[0-9]$", n) and (e.n or e.name in self.last):
            self.last[e.name] = n
        if e.text:
            self.outer, self.inner, self.until = n or self.outer, 0, e.end
        return n

    def next(self, e: Element) -> str:
        """The next number of an element; "" for a part that continues a verse line which the editor numbers."""
        if e.name in self.last:
            continues = ("part", "M") in e.attributes or ("part", "F") in e.attributes
            return "" if continues else _one_more(self.last[e.name])
        row = "" if e.text and e.name not in self.own else e.name
        self.rows[row] += 1
        return str(self.rows[row])


def _one_more(number: str) -> str:
    """The number after this one: 9 → 10, II.9 → II.10. The figures at its end count."""
    return re.sub(r"[0-9]+$", lambda m: str(int(m[0]) + 1), number)


def _free(prefix: str, counts: Counter[str], taken: set[str]) -> str:
    while True:
        counts[prefix] += 1
        name = f"{prefix}{counts[prefix]}"
        if name not in taken:
            taken.add(name)
            return name
