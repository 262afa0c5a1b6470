"""Text and the pieces laid over it → one event stream, and back. Knows nothing of TEI, kinds or files.

A *mark* has no extent (an empty element, a fragment of editor's words); it stands at `(p, m)`: p code points
and m marks at p stand before it. A *span* reaches from one such place to another and has a rank among spans of
identical extent. Marks given unit width, elements are non-empty intervals over leaves, nested or apart, and that
fixes the forest up to chains of single children, which the rank orders: any tree comes back.

A place `(p, m)` is one int, p * scale + m, where scale exceeds the number of marks at any p.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from edition.model.events import CLOSE, OPEN, POINT, TEXT, Event, Mark, Span


class Layout(NamedTuple):
    """Spans and marks over `length` code points. Spans nest or lie apart; marks at one p are numbered from 0."""

    length: int
    scale: int
    spans: list[Span]
    marks: list[Mark]


def weave(layout: Layout) -> list[Event]:
    """The events in document order. O(n log n) in spans and marks; their order in the layout has no effect."""
    scale = layout.scale
    spans = sorted(layout.spans, key=lambda s: (s[0], -s[1], s[2]))
    events: list[Event] = []
    put = events.append
    ends: list[tuple[int, int]] = []
    at = 0

    def text_to(p: int) -> None:
        nonlocal at
        if p > at:
            put((TEXT, at, p))
            at = p

    for item in sorted([*spans, *sorted(layout.marks)], key=itemgetter(0)):  # of one place, the spans first
        place = item[0]
        while ends and ends[-1][0] <= place:
            end, origin = ends.pop()
            text_to(end // scale)
            put((CLOSE, origin))
        text_to(place // scale)
        if len(item) == 2:
            put((POINT, item[1]))
        else:
            put((OPEN, item[3], item[4], item[5]))
            ends.append((item[1], item[3]))
    for end, origin in reversed(ends):
        text_to(end // scale)
        put((CLOSE, origin))
    text_to(layout.length)
    return events


def unweave(events: list[Event]) -> Layout:
    """The inverse of `weave`: places and ranks from the events alone."""
    found: list[tuple[int, int, int, int, int]] = []
    ends: dict[int, tuple[int, int]] = {}
    marks: list[tuple[int, int, int]] = []
    stack: list[int] = []
    ranks: dict[tuple[int, int], int] = {}
    p = m = most = 0
    for event in events:
        kind = event[0]
        if kind == TEXT:
            p, m = event[2], 0
        elif kind == POINT:
            marks.append((p, m, event[1]))
            m += 1
            most = max(most, m)
        elif kind == OPEN:
            stack.append(len(found))
            found.append((p, m, event[1], event[2], event[3]))
        else:
            ends[stack.pop()] = (p, m)
    scale = most + 1
    spans: list[Span] = []
    for k, (p0, i, origin, piece, more) in enumerate(found):
        extent = (p0 * scale + i, ends[k][0] * scale + ends[k][1])
        rank = ranks.get(extent, 0)
        ranks[extent] = rank + 1
        spans.append((*extent, rank, origin, piece, more))
    return Layout(p, scale, spans, [(p * scale + m, origin) for p, m, origin in marks])
