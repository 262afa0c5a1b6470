"""Arithmetic of ranges, held against sets of code points: what each function says is true of every one of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from edition.model.spans import Place, clipped, covers, gaps, innermost, joined, merged, outermost, trimmed

SIZE = 24
PLACES = st.lists(
    st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(lambda p: (min(p), max(p))), max_size=8
)
RANGES = PLACES.map(lambda places: [place for place in places if place[0] < place[1]])
PLACE = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(lambda p: (min(p), max(p)))


def points(*places: Place) -> set[int]:
    return {at for start, end in places for at in range(start, end)}


def in_order_and_apart(places: list[Place]) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(places))


@given(RANGES)
def test_merged(places: list[Place]) -> None:
    found = merged(places)
    assert in_order_and_apart(found) and points(*found) == points(*places)
    edges = {at for place in places for at in place}
    assert {at for place in found for at in place} <= edges
    assert merged([(0, 2), (2, 4)]) == [(0, 2), (2, 4)]  # they touch


@given(RANGES)
def test_joined(places: list[Place]) -> None:
    found = joined(merged(places))
    assert points(*found) == points(*places)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert joined([(4, 6), (0, 2)]) == ((4, 6), (0, 2))  # as they follow one another


@given(RANGES, RANGES)
def test_gaps(areas: list[Place], taken: list[Place]) -> None:
    found = list(gaps(merged(areas), merged(taken)))
    assert in_order_and_apart(found) and all(start < end for start, end in found)
    assert points(*found) == points(*areas) - points(*taken)


@given(PLACE, RANGES)
def test_clipped(place: Place, areas: list[Place]) -> None:
    found = clipped(place, merged(areas))
    assert points(*found) == points(place) & points(*areas)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(PLACE, RANGES)
def test_outermost_and_covers(place: Place, places: list[Place]) -> None:
    found = outermost(places)
    inside = [one for one in places if any(points(one) < points(other) for other in places)]
    assert found == sorted({*places} - {*inside})
    assert covers(found, place) == any(
        start <= place[0] and place[1] <= end for start, end in places if start <= place[0]
    )


@given(PLACES, RANGES)
def test_innermost(places: list[Place], some: list[Place]) -> None:
    """Of containers that do not cross, as blocks do not."""
    containers: list[Place] = []
    for a, b in sorted(some, key=lambda p: (p[0], -p[1])):
        if all(b <= d or d <= a for _, d in containers):
            containers.append((a, b))
    for place, k in zip(sorted(places), innermost(containers, sorted(places)), strict=True):
        holding = [c for c in containers if c[0] <= place[0] < c[1] and place[1] <= c[1] and c != place]
        assert (containers[k] if k >= 0 else None) == min(holding, key=lambda c: c[1] - c[0], default=None)


@given(st.text("a \n\u3000", max_size=10), st.integers(0, 10), st.integers(0, 10))
def test_trimmed(text: str, one: int, other: int) -> None:
    start, end = min(one, other, len(text)), min(max(one, other), len(text))
    a, b = trimmed(text, (start, end))
    assert text[a:b] == text[start:end].strip() and start <= a <= b <= end
