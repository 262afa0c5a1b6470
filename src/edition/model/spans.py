"""Places in a text, and what can be reckoned with them. Knows no annotations, and of the text only its white space.

A place is `(start, end)`: code points counted from 0, from the first to the one before `end`; a point is `(p, p)`. "In
order and apart" means by `start`, and none overlaps the next; two may touch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

Place = tuple[int, int]
_FAR = 1 << 60


def merged(places: Iterable[Place]) -> list[Place]:
    """Places in order and apart: those that overlap are one, those that only touch stay two."""
    found: list[Place] = []
    for a, b in sorted(places):
        if found and a < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], b))
        else:
            found.append((a, b))
    return found


def joined(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places as they follow one another; one that begins where the last ended goes on with it."""
    found: list[Place] = []
    for a, b in places:
        if found and a == found[-1][1]:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return tuple(found)


def outermost(places: Iterable[Place]) -> list[Place]:
    """The places that stand in no other one, in order, each once."""
    found: list[Place] = []
    for place in sorted(places, key=lambda place: (place[0], -place[1])):
        if not found or place[1] > found[-1][1]:
            found.append(place)
    return found


def covers(areas: Sequence[Place], place: Place) -> bool:
    """Whether one of the areas, of which none stands in another, holds the whole place; areas are in order."""
    k = bisect_right(areas, (place[0], _FAR)) - 1
    return k >= 0 and place[1] <= areas[k][1]


def gaps(areas: Iterable[Place], taken: Sequence[Place]) -> Iterator[Place]:
    """What the places that are taken leave of the areas; both are in order and apart."""
    k = 0
    for start, end in areas:
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        j, at = k, start
        while j < len(taken) and taken[j][0] < end:
            if taken[j][0] > at:
                yield at, taken[j][0]
            at = max(at, taken[j][1])
            j += 1
        if at < end:
            yield at, end


def clipped(place: Place, areas: Sequence[Place]) -> tuple[Place, ...]:
    """The parts of a place that stand in the areas, which are in order and apart; parts that touch are one."""
    k = max(0, bisect_right(areas, place) - 1)
    if k < len(areas) and areas[k][0] <= place[0] < place[1] <= areas[k][1]:
        return (place,)
    parts: list[Place] = []
    while k < len(areas) and areas[k][0] < place[1]:
        a, b = max(place[0], areas[k][0]), min(place[1], areas[k][1])
        if a < b:
            parts.append((a, b))
        k += 1
    return joined(parts)


def innermost(containers: Sequence[Place], places: Iterable[Place]) -> list[int]:
    """For each place the index of the smallest container that holds it and is not of equal extent, or -1.

    Containers stand in the order of a document (outer ones before inner ones), places in the order of their starts.
    """
    found: list[int] = []
    stack: list[int] = []
    k = 0
    for start, end in places:
        while k < len(containers) and containers[k][0] <= start:
            stack.append(k)
            k += 1
        while stack and containers[stack[-1]][1] <= start:
            stack.pop()
        holds = (c for c in reversed(stack) if containers[c][1] >= end and containers[c][1] > start)
        found.append(next((c for c in holds if containers[c] != (start, end)), -1))
    return found


def trimmed(text: str, place: Place, white: str | None = None) -> Place:
    """A place without white space (Unicode's, else `white`) at either end; of white space alone, a point at its end."""
    a, b = place
    words = text[a:b]
    a += len(words) - len(words.lstrip(white))
    return a, a + len(words.strip(white))
