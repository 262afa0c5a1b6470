"""Crossing ranges → pieces that nest, by the written rule. Knows weights and places, not elements.

Blocks are never cut, and everything else is cut at them: what runs past a block resumes in the next place that
may hold text. What holds an editor's words (SOLID) and notes (NOTE) are not cut by others; a note may still
run on in the next block. Of two others that cross, the one that opens later is cut.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush

from edition.model.events import BLOCK, LOOSE, SOLID, Fragments

Range = tuple[int, int, int, int, int]
"""(start, weight, -end, rank, origin): sorted, this is the order of opening (a block before what it holds)."""


@dataclass(slots=True)
class _Open:
    end: int
    cutting: int
    origin: int
    whole: int  # where the whole range ends, past this piece
    piece: int  # index into spans


class _Sweep:
    """The state of one pass from left to right. `zones`: the outermost blocks of text, apart and in order."""

    def __init__(self, text_blocks: list[tuple[int, int]], ranks: dict[int, int]) -> None:
        self.starts = [start for start, _ in text_blocks]
        self.block_ends = [end for _, end in text_blocks]
        self.ranks = ranks
        self.stack: list[_Open] = []
        self.rests: list[tuple[int, int, int, int, int]] = []
        self.rest_of: dict[int, int] = {}  # origin → start of its one valid rest
        self.count: dict[int, int] = {}
        self.result = Fragments([], {}, [])

    def resume(self, place: int) -> int | None:
        """The first place from `place` on that may hold text."""
        k = bisect_right(self.starts, place) - 1
        if k >= 0 and place < self.block_ends[k]:
            return place
        return self.starts[k + 1] if k + 1 < len(self.starts) else None

    def later(self, origin: int, cutting: int, place: int, whole: int) -> int:
        """Queue the rest of a range from `place` on, in place of any rest already queued. 1 if there is one."""
        start = self.resume(place)
        if start is None or start >= whole:
            self.rest_of.pop(origin, None)
            return 0
        self.rest_of[origin] = start
        heappush(self.rests, (start, cutting, -whole, self.ranks[origin], origin))
        return 1

    def cut_top(self, place: int, by: int) -> None:
        """Close the innermost range at `place`; what is left of it opens again there."""
        top = self.stack.pop()
        spans = self.result.spans
        start, _, rank, origin, piece, _ = spans[top.piece]
        more = self.later(origin, top.cutting, place, top.whole)
        if start == place and more:  # nothing of this piece is left
            spans[top.piece] = (0, 0, 0, -1, 0, 0)
            self.count[origin] -= 1
        else:
            spans[top.piece] = (start, place, rank, origin, piece, more)
            self.result.cuts.setdefault(origin, by)

    def open(self, start: int, cutting: int, whole: int, rank: int, origin: int) -> None:
        stack = self.stack
        while stack and stack[-1].end <= start:
            stack.pop()
        end, more = (whole, 0) if cutting == BLOCK else self.limit(start, cutting, whole, origin)
        if cutting == BLOCK:
            while stack and stack[-1].cutting != BLOCK:
                if stack[-1].cutting == SOLID:
                    self.result.overlaps.append((stack[-1].origin, origin))
                self.cut_top(start, origin)
        piece = self.count.get(origin, 0)
        self.count[origin] = piece + 1
        stack.append(_Open(end, cutting, origin, whole, len(self.result.spans)))
        self.result.spans.append((start, end, rank, origin, piece, more))

    def limit(self, start: int, cutting: int, whole: int, origin: int) -> tuple[int, int]:
        """Where this piece must end, and whether another follows; lighter ranges in the way are cut."""
        stack = self.stack
        while stack and stack[-1].end < whole:
            top = stack[-1]
            if cutting < LOOSE and top.cutting == LOOSE:
                self.cut_top(start, origin)
                continue
            if (top.cutting != BLOCK and cutting < LOOSE) or (top.cutting == BLOCK and cutting == SOLID):
                self.result.overlaps.append((top.origin, origin))
                return top.end, 0
            more = self.later(origin, cutting, top.end, whole)
            if more:
                self.result.cuts.setdefault(origin, top.origin)
            return top.end, more
        return whole, 0


def fragment(ranges: list[Range], text_blocks: list[tuple[int, int]]) -> Fragments:
    """Pieces of all ranges. O((n + m) log m) for n ranges in m pieces; the order of `ranges` has no effect."""
    sweep = _Sweep(text_blocks, {r[4]: r[3] for r in ranges})
    moved = []
    for start, cutting, minus_end, rank, origin in ranges:
        at = start if cutting == BLOCK else sweep.resume(start)
        if at is not None and (cutting == BLOCK or at < -minus_end):
            moved.append((at, cutting, minus_end, rank, origin))
        else:
            sweep.result.overlaps.append((origin, origin))
    queue = sorted(moved, key=_order)
    rests = sweep.rests
    k = 0
    while k < len(queue) or rests:
        if rests and (k == len(queue) or _order(rests[0]) < _order(queue[k])):
            start, cutting, minus_end, rank, origin = heappop(rests)
            if sweep.rest_of.get(origin) != start:
                continue
            del sweep.rest_of[origin]
        else:
            start, cutting, minus_end, rank, origin = queue[k]
            k += 1
        sweep.open(start, cutting, -minus_end, rank, origin)
    spans = sweep.result.spans
    spans[:] = [s for s in spans if s[3] >= 0]
    return sweep.result


def _order(r: Range) -> tuple[int, bool, int, int, int]:
    return (r[0], r[1] != BLOCK, r[2], r[3], r[4])
