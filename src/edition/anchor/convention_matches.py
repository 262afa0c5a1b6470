"""Where the patterns of conventions match in a seed, and what each leaves for the next.

A match becomes a `Hit`: a block to be. Knows nothing of what hits mean together; that is `recognise`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edition.model.annotation import Convention, PlacedBlock, Seed
from edition.model.spans import Place, gaps, merged, trimmed
from edition.model.vocabulary import BLOCKS
from edition.read.seed import lines, seed_blocks


class Hit(NamedTuple):
    by: Convention
    start: int
    end: int
    parts: tuple[tuple[str, Place], ...] = ()
    loose: bool = False


class Search:
    """The hits of one convention after the other: each is looked for in what those before it have left.

    A hit within a line of text (a stage direction, page furniture) leaves the line whole.
    """

    def __init__(self, seed: Seed, named: Sequence[PlacedBlock], taken: list[Place]) -> None:
        self.text = seed.text
        self.seed = seed
        self.hits: list[Hit] = []
        self.named = named
        self.edges = sorted(
            (p, b.start, b.end) for b in named if b.block.content == "blocks" for p in (b.start, b.end)
        )
        self.solid = list(taken)
        self.whole_lines: list[Place] = []
        self.loose: list[Place] = []
        for b in named:
            if b.block.content == "text" or b.block.loose:
                self._take((b.start, b.end), b.block.loose)

    def _take(self, place: Place, loose: bool) -> None:
        if not loose or self._is_block(place):
            self.solid.append(place)
        elif not shares_line(self.text, place):
            self.whole_lines.append(place)
        else:
            self.loose.append(place)

    def _is_block(self, place: Place) -> bool:
        k = bisect_right(self.seed.blocks, place[0], key=lambda b: b[0]) - 1
        return k >= 0 and self.seed.blocks[k] == place

    def find(self, convention: Convention, areas: Sequence[Place]) -> None:
        """All places where one convention matches in the areas."""
        solid = merged([*self.solid, *(self.whole_lines if convention.of == "line" else ())])
        self.loose.sort()
        block = BLOCKS[convention.becomes]
        found = [h for area in gaps(areas, solid) for h in self._in(convention, area) if self._fits(h)]
        for hit in found:
            if block.content == "text" or not convention.within:
                self._take((hit.start, hit.end), block.loose)
        self.hits += found

    def _in(self, convention: Convention, area: Place) -> list[Hit]:
        found = [
            h for unit in units(self.text, convention.of, area) for h in _matches(convention, self.text, unit)
        ]
        if not convention.runs_on or not found:
            return found
        ends = [h.start for h in found[1:]] + [area[1]]
        return [self._run_on(h, end) for h, end in zip(found, ends, strict=True)]

    def _run_on(self, hit: Hit, end: int) -> Hit:
        if hit.by.of == "line":
            k = bisect_right(self.seed.blocks, hit.start, key=lambda b: b[0]) - 1
            end = min(end, self.seed.blocks[k][1]) if k >= 0 else end
        return hit._replace(end=trimmed(self.text, (hit.start, max(end, hit.end)))[1])

    def _fits(self, hit: Hit) -> bool:
        """Whether a place crosses no block that is named, and none that stands within a line."""
        a, b = hit.start, hit.end
        k = bisect_right(self.edges, (a, len(self.text) + 1, 0))
        while k < len(self.edges) and self.edges[k][0] < b:
            _, start, end = self.edges[k]
            if start < a or b < end or BLOCKS[hit.by.becomes].content == "text":
                return False
            k += 1
        k = max(0, bisect_left(self.loose, (a, 0)) - 1)
        while k < len(self.loose) and self.loose[k][0] < b:
            start, end = self.loose[k]
            if end > a and (start < a or b < end or (start, end) == (a, b)):
                return False
            k += 1
        return True

    def places_of(self, name: str, opened: Iterable[PlacedBlock]) -> list[Place]:
        """The places of a kind of block, as far as they are known."""
        known = [(b.start, b.end) for b in (*self.named, *opened) if b.block.name == name]
        return merged([*known, *((h.start, h.end) for h in self.hits if h.by.becomes == name)])


def _matches(convention: Convention, text: str, unit: Place) -> Iterator[Hit]:
    """The places of a pattern in a unit: each of the group `text`, or else the whole unit once."""
    pattern, (start, end) = convention.patterns["match"], unit
    for m in pattern.finditer(text[start:end]):
        groups = {
            name: trimmed(text, (start + m.start(k), start + m.end(k)))
            for name, k in pattern.groupindex.items()
            if m.start(k) >= 0
        }
        parts = [(name, place) for name, place in groups.items() if name in BLOCKS and place[0] < place[1]]
        a, b = groups.get("text") or trimmed(text, unit)
        a, b = min([a, *(p[0] for _, p in parts)]), max([b, *(p[1] for _, p in parts)])
        if a < b:
            loose = BLOCKS[convention.becomes].loose and shares_line(text, (a, b))
            parts.sort(key=lambda part: (part[1][0], -part[1][1]))
            yield Hit(convention, a, b, tuple(parts), loose)
        if "text" not in pattern.groupindex:
            return


def matches_inside(convention: Convention, text: str, outer: PlacedBlock) -> Iterator[Hit]:
    """The places of a pattern in a block of text, or in each of its lines; without a group `text`, what matches."""
    pattern = convention.patterns["match"]
    k = pattern.groupindex.get("text", 0)
    for start, end in units(text, convention.of, (outer.start, outer.end)):
        for m in pattern.finditer(text[start:end]):
            a, b = trimmed(text, (start + m.start(k), start + m.end(k))) if m.start(k) >= 0 else (0, 0)
            if a < b and (a, b) != (outer.start, outer.end):
                yield Hit(convention, a, b)


def units(text: str, of: str, area: Place) -> Iterator[Place]:
    """Blocks or lines of the seed, each with the white space that its first line begins with."""
    for a, b in (lines if of == "line" else seed_blocks)(text, *area):
        if a < b:
            while a > area[0] and text[a - 1] in " \t\u3000\u00a0":
                a -= 1
            yield a, b


def shares_line(text: str, place: Place) -> bool:
    """Whether other words stand in the lines of a place."""
    start = text.rfind("\n", 0, place[0]) + 1
    end = text.find("\n", place[1])
    return bool(text[start : place[0]].strip() or text[place[1] : end if end >= 0 else None].strip())
