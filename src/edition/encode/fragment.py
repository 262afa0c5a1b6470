"""Crossing ranges → pieces that nest, by the written rule. Knows weights and places, not elements.

Blocks are never cut, and everything else is cut at them: what runs past a block resumes in the next place that
may hold text. What holds an editor's words (SOLID) and notes (NOTE) are not cut by others; a note may still
run on in the next block. Of two others that cross, the one that opens later is cut.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from heapq import heappop, heappush
from typing import NamedTuple

from edition.model.events import LOOSE, NOTE, SOLID, Fragments

INLINE = (SOLID, NOTE, LOOSE)
FIRM = (SOLID, NOTE)
"""What other ranges do not cut."""

NOWHERE = sys.maxsize
Range = tuple[int, int, int, int, int]
"""(start, cutting, -end, rank, origin): sorted, this is the order of opening (a block before what it holds)."""


class _Open(NamedTuple):
    end: int
    cutting: int
    origin: int
    whole: int  # where the whole range ends, past this piece
    piece: int  # index into spans


class _Sweep:
    """The state of one pass from left to right. `text_blocks`: the outermost blocks of text, apart and in order."""

    def __init__(self, text_blocks: list[tuple[int, int]]) -> None:
        self.starts = [*(start for start, _ in text_blocks), NOWHERE]
        self.ends = [end for _, end in text_blocks]
        self.queue: list[tuple[int, bool, int, int, int, int]] = []  # in the order of opening
        # origin → where it, or its rest, opens: what is queued elsewhere is void
        self.waiting: dict[int, int] = {}
        self.stack: list[_Open] = []
        self.count: dict[int, int] = {}
        self.result = Fragments([], {}, [])

    def resume(self, place: int) -> int:
        """The first place from `place` on that may hold text."""
        return max(place, self.starts[bisect_right(self.ends, place)])

    def wait(self, start: int, cutting: int, whole: int, rank: int, origin: int) -> None:
        """Let the rest of a range open at `start`, and nowhere else."""
        self.waiting[origin] = start
        heappush(self.queue, (start, True, -whole, rank, origin, cutting))

    def cut_top(self, place: int, by: int) -> None:
        """Close the innermost range at `place`; what is left of it opens again there."""
        top = self.stack.pop()
        spans = self.result.spans
        start, _, rank, origin, piece, _ = spans[top.piece]
        self.wait(place, top.cutting, top.whole, rank, origin)
        if start == place:  # nothing of this piece is left, and none was opened after it
            spans.pop()
            self.count[origin] -= 1
        else:
            spans[top.piece] = (start, place, rank, origin, piece, 1)
            self.result.cuts.setdefault(origin, by)

    def open(self, start: int, cutting: int, whole: int, rank: int, origin: int) -> None:
        stack = self.stack
        while stack and stack[-1].end <= start:
            stack.pop()
        if cutting in INLINE:
            end, more = self.limit(start, cutting, whole, rank, origin)
        else:
            end, more = whole, 0
            while stack and stack[-1].cutting in INLINE:
                if stack[-1].cutting == SOLID:
                    self.result.overlaps.append((stack[-1].origin, origin))
                self.cut_top(start, origin)
        piece = self.count.get(origin, 0)
        self.count[origin] = piece + 1
        stack.append(_Open(end, cutting, origin, whole, len(self.result.spans)))
        self.result.spans.append((start, end, rank, origin, piece, more))

    def limit(self, start: int, cutting: int, whole: int, rank: int, origin: int) -> tuple[int, int]:
        """Where this piece must end, and whether another follows; lighter ranges in the way are cut."""
        stack = self.stack
        while stack and stack[-1].end < whole:
            end = stack[-1].end
            if cutting in FIRM and stack[-1].cutting == LOOSE:
                self.cut_top(start, origin)
                continue
            crossed = next(one for one in reversed(stack) if one.whole < whole)
            rest = self.resume(end)
            if cutting == SOLID or (cutting in FIRM and crossed.cutting in FIRM):
                self.result.overlaps.append((crossed.origin, origin))
            elif rest < whole:
                self.result.cuts.setdefault(origin, crossed.origin)
                self.wait(rest, cutting, whole, rank, origin)
                return end, 1
            return end, 0
        return whole, 0


def fragment(ranges: list[Range], text_blocks: list[tuple[int, int]]) -> Fragments:
    """Pieces of all ranges. O((n + m) log m) for n ranges in m pieces; the order of `ranges` has no effect."""
    sweep = _Sweep(text_blocks)
    for start, cutting, minus_end, rank, origin in ranges:
        inline = cutting in INLINE
        at = sweep.resume(start) if inline else start
        if at < -minus_end:
            sweep.waiting[origin] = at
            sweep.queue.append((at, inline, minus_end, rank, origin, cutting))
        else:
            sweep.result.overlaps.append((origin, origin))
    sweep.queue.sort()
    while sweep.queue:
        start, _, minus_end, rank, origin, cutting = heappop(sweep.queue)
        if sweep.waiting.get(origin) == start:
            del sweep.waiting[origin]
            sweep.open(start, cutting, -minus_end, rank, origin)
    return sweep.result
