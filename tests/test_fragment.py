"""Cutting: of ranges that cross, which is cut, where, and which two may not be.

An example is written in one line: blocks are capitals, what may not be cut s, notes n, all others are loose;
`x2-9` reaches from 2 to 9. So is what comes out: `x2-5+5-9/y` is x in two pieces, first cut by y; `!s/n` are two
that may not be cut and cross; `!x/x` stands outside every block.
"""

from __future__ import annotations

import itertools
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.encode.fragment import Range, fragment
from edition.encode.weave import Layout, unweave, weave
from edition.model.events import BLOCK, CLOSE, LOOSE, NOTE, OPEN, SOLID, Fragments

Places = list[tuple[int, int]]


def cutting_of(name: str) -> int:
    return BLOCK if name.isupper() else {"s": SOLID, "n": NOTE}.get(name[0], LOOSE)


def outermost(blocks: Places) -> Places:
    return [(a, b) for a, b in blocks if not any((c, d) != (a, b) and c <= a and b <= d for c, d in blocks)]


def written(names: list[str], result: Fragments) -> str:
    parts = []
    for origin, name in enumerate(names):
        pieces = sorted(span for span in result.spans if span[3] == origin)
        assert [span[4] for span in pieces] == list(range(len(pieces)))
        assert [span[5] for span in pieces[:-1]] == [1] * (len(pieces) - 1)
        if pieces and not name.isupper():
            by = f"/{names[result.cuts[origin]]}" if origin in result.cuts else ""
            parts.append(f"{name}{'+'.join(f'{span[0]}-{span[1]}' for span in pieces)}{by}")
    return " ".join([*parts, *(f"!{names[one]}/{names[other]}" for one, other in result.overlaps)])


EXAMPLES = [
    # those that nest, or lie apart, stay whole
    ("A0-20 x2-9 y3-9 z3-5", "x2-9 y3-9 z3-5"),
    ("A0-20 x2-5 y5-9", "x2-5 y5-9"),
    ("A0-20 x2-9 y2-9", "x2-9 y2-9"),
    ("A0-20 x2-5 y2-9", "x2-5 y2-9"),
    ("A0-20 s2-9 n3-9 x3-5 s3-4", "s2-9 n3-9 x3-5 s3-4"),
    # of two that cross, the later is cut
    ("A0-20 x0-10 y5-15", "x0-10 y5-10+10-15/x"),
    ("A0-20 y5-15 x0-10", "y5-10+10-15/x x0-10"),
    ("A0-20 x0-10 y5-15 z7-18", "x0-10 y5-10+10-15/x z7-10+10-18/y"),
    ("A0-20 x0-10 y5-15 z7-12", "x0-10 y5-10+10-15/x z7-10+10-12/x"),
    ("A0-20 x0-10 y5-15 z10-18", "x0-10 y5-10+10-15/x z10-18"),
    ("A0-20 x0-10 y5-15 z10-13", "x0-10 y5-10+10-15/x z10-13"),
    # … but what holds words of the editor is not, nor is a note
    ("A0-20 x0-10 s5-15", "x0-5+5-10/s s5-15"),
    ("A0-20 x0-10 n5-15", "x0-5+5-10/n n5-15"),
    ("A0-20 s0-10 x5-15", "s0-10 x5-10+10-15/s"),
    ("A0-20 n0-10 x5-15", "n0-10 x5-10+10-15/n"),
    ("A0-20 x0-10 y2-10 s5-15", "x0-5+5-10/s y2-5+5-10/s s5-15"),
    ("A0-20 x0-12 y2-10 s5-11", "x0-12 y2-5+5-10/s s5-11"),
    ("A0-20 x0-10 y5-12 s5-15", "x0-5+5-10/s y5-12 s5-15"),
    ("A0-20 x0-10 y5-15 s5-12", "x0-5+5-10/s y5-12+12-15/x s5-12"),
    ("A0-20 x0-10 y5-15 z5-14 s5-12", "x0-5+5-10/s y5-12+12-15/x z5-12+12-14/x s5-12"),
    ("A0-20 x0-10 y5-15 s6-12", "x0-6+6-10/s y5-6+6-12+12-15/x s6-12"),
    ("A0-20 x0-10 y4-15 s6-12 s13-14", "x0-6+6-10/s y4-6+6-12+12-15/x s6-12 s13-14"),
    # two that may not be cut
    ("A0-20 s0-10 s5-15", "s0-10 s5-10 !s/s"),
    ("A0-20 n0-10 n5-15", "n0-10 n5-10 !n/n"),
    ("A0-20 n0-10 s5-15", "n0-10 s5-10 !n/s"),
    ("A0-20 s0-10 n5-15", "s0-10 n5-10 !s/n"),
    ("A0-20 s0-10 x2-12 s5-15", "s0-10 x2-5+5-10+10-12/s s5-10 !s/s"),
    # blocks: all is cut at them, but for what holds words of the editor
    ("A0-8 B8-20 x2-12", "x2-8+8-12/A"),
    ("A0-8 B10-20 x2-12", "x2-8+10-12/A"),
    ("A0-8 B10-20 x2-10", "x2-8"),
    ("A0-8 B10-20 x2-9", "x2-8"),
    ("A0-8 B8-20 x2-8", "x2-8"),
    ("A0-8 B8-20 n2-12", "n2-8+8-12/A"),
    ("A0-8 B10-20 n2-12", "n2-8+10-12/A"),
    ("A0-8 B8-20 s2-12", "s2-8 !A/s"),
    ("A0-8 B8-20 s2-8 s8-12", "s2-8 s8-12"),
    ("A0-8 B10-20 s2-9", "s2-8 !A/s"),
    ("A2-8 x0-5", "x2-5"),
    ("A2-8 s0-5", "s2-5"),
    ("A2-8 x2-8", "x2-8"),
    ("A2-8 x0-9", "x2-8"),
    ("A2-8 B9-10 C11-12 x0-20", "x2-8+9-10+11-12/A"),
    ("A2-8 B9-12 x8-11 y8-9", "x9-11 !y/y"),
    ("A2-8 x8-9", "!x/x"),
    ("A2-8 x0-2", "!x/x"),
    # blocks in a block, as the salute of a letter's opener
    ("A0-20 B5-10 x2-7", "x2-5+5-7/B"),
    ("A0-20 B5-10 n2-7", "n2-5+5-7/B"),
    ("A0-20 B5-10 x2-12", "x2-5+5-10+10-12/B"),
    ("A0-20 B5-10 n2-12", "n2-5+5-10+10-12/B"),
    ("A0-20 B5-10 s2-12", "s2-5+5-10/B !s/B !B/s"),
    ("A0-20 B5-10 x1-15 s2-12", "x1-5+5-10+10-15/B s2-5+5-10/B !s/B !B/s"),
    ("A0-20 B5-10 s2-7", "s2-5+5-7/B !s/B"),
    ("A0-20 B5-10 s7-12", "s7-10 !B/s"),
    ("A0-20 B5-10 s5-10 x5-10 n2-5 s10-12", "s5-10 x5-10 n2-5 s10-12"),
    ("A0-20 B5-10 s5-12", "s5-10 !B/s"),
    ("A0-20 B5-20 x0-20", "x0-5+5-20/B"),
    ("A0-20 B0-10 x0-10", "x0-10"),
    ("A0-20 B0-10 C0-10 x0-20", "x0-10+10-20/C"),
    # notes in notes over the edge of a block
    ("A0-8 B8-20 n2-15 n5-12", "n2-8+8-15/A n5-8+8-12/A"),
    ("A0-8 B8-20 n2-15 n5-15", "n2-8+8-15/A n5-8+8-15/A"),
    ("A0-8 B8-20 n2-12 n5-15", "n2-8+8-12/A n5-8 !n/n"),
    ("A0-8 B8-20 n2-15 s5-12", "n2-8+8-15/A s5-8 !A/s"),
    ("A0-8 B8-20 n2-15 x5-12", "n2-8+8-15/A x5-8+8-12/A"),
    ("A0-8 B8-20 n2-12 x5-15", "n2-8+8-12/A x5-8+8-15/n"),
    ("A0-300 x0-280 y260-290 z260-285 s260-281", "x0-260+260-280/s y260-281+281-290/x z260-281+281-285/x s260-281"),
    ("A0-8 B8-20 n2-12 n8-15", "n2-8+8-12/A n8-15"),
    ("A0-8 B8-20 n2-12 s9-15", "n2-8+8-12/A s9-12 !n/s"),
]  # fmt: skip


@pytest.mark.parametrize("ranges, pieces", EXAMPLES)
def test_examples(ranges: str, pieces: str) -> None:
    parts = re.findall(r"([A-Za-z]+)(\d+)-(\d+)", ranges)
    names = [name for name, _, _ in parts]
    given_ = [(int(a), cutting_of(name), -int(b), k, k) for k, (name, a, b) in enumerate(parts)]
    text_blocks = outermost([(int(a), int(b)) for name, a, b in parts if name.isupper()])
    result = fragment(given_, text_blocks)
    assert written(names, result) == pieces
    uncut = [
        (start, -end, rank, origin, 0, 0) for start, cutting, end, rank, origin in given_ if cutting == BLOCK
    ]
    assert [span for span in result.spans if names[span[3]].isupper()] == uncut


def test_what_came_out_does_not_change() -> None:
    result = fragment([], [])
    assert result == Fragments([], {}, [])
    with pytest.raises(AttributeError):
        result.cuts = {}  # type: ignore[misc]
    assert not hasattr(result, "__dict__")


@st.composite
def ranges(draw: st.DrawFn) -> tuple[list[Range], Places]:
    """Blocks, some with others in them, and ranges over all."""
    size = draw(st.integers(4, 30))
    edges = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=6)))
    text_blocks = [(edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2)]
    found: list[Range] = [(a, BLOCK, -b, 0, k) for k, (a, b) in enumerate(text_blocks)]
    for a, b in text_blocks:
        if b - a > 2 and draw(st.booleans()):
            start = draw(st.integers(a, b - 1))
            found.append((start, BLOCK, -draw(st.integers(start + 1, b)), 1, len(found)))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, size - 1))
        end = draw(st.integers(start + 1, size))
        cutting = draw(st.sampled_from((SOLID, NOTE, LOOSE, LOOSE)))
        found.append((start, cutting, -end, draw(st.integers(2, 4)), len(found)))
    return found, text_blocks


def moved(start: int, text_blocks: Places) -> int:
    """Where a range begins that begins here: in a zone, or at the next one."""
    return next((max(start, a) for a, b in text_blocks if start < b), 10**6)


def may_not_stand(found: list[Range], text_blocks: Places) -> bool:
    """Whether something lies outside, holds words of the editor over the edge of a block, or crosses another of words
    and notes where no block has cut it: worked out from the rule, pair by pair."""
    blocks = [(r[0], -r[2]) for r in found if r[1] == BLOCK]
    edges = {place for block in blocks for place in block}
    others = [(moved(r[0], text_blocks), -r[2], r[1]) for r in found if r[1] != BLOCK]
    if any(start >= end for start, end, _ in others):
        return True
    for start, end, cutting in others:
        if cutting == SOLID and any(a <= start < b < end or start < a < end for a, b in blocks):
            return True
    firm = [one for one in others if one[2] != LOOSE]
    return any(a < c < b < d and c not in edges for a, b, _ in firm for c, d, _ in firm)


def without_overlaps(found: list[Range], text_blocks: Places) -> list[Range]:
    """The ranges without one of each two that may not be cut and cross."""
    while overlaps := fragment(found, text_blocks).overlaps:
        cuttings = {r[4]: r[1] for r in found}
        one, other = overlaps[0]
        gone = other if cuttings[other] != BLOCK else one
        found = [r for r in found if r[4] != gone]
    return found


@settings(max_examples=500, deadline=None)
@given(ranges())
def test_an_overlap_is_told_where_two_may_not_be_cut_and_nowhere_else(
    case: tuple[list[Range], Places],
) -> None:
    found, text_blocks = case
    assert bool(fragment(found, text_blocks).overlaps) == may_not_stand(found, text_blocks)


@settings(max_examples=500, deadline=None)
@given(ranges(), st.randoms())
def test_pieces_nest_and_spell_their_ranges(case: tuple[list[Range], Places], rng: random.Random) -> None:
    found, text_blocks = case
    found = without_overlaps(found, text_blocks)
    result = fragment(found, text_blocks)
    rng.shuffle(shuffled := found[:])
    assert sorted(fragment(shuffled, text_blocks).spans) == sorted(result.spans)
    for one, other in itertools.permutations(result.spans, 2):
        assert not one[0] < other[0] < one[1] < other[1]
    edges = {place for r in found if r[1] == BLOCK for place in (r[0], -r[2])}
    pieces: dict[int, list[tuple[int, ...]]] = {}
    for span in sorted(result.spans):
        pieces.setdefault(span[3], []).append(span)
    assert pieces.keys() == {r[4] for r in found}
    assert result.cuts.keys() == {origin for origin, parts in pieces.items() if len(parts) > 1}
    cuttings = {r[4]: r[1] for r in found}
    for start, cutting, minus_end, rank, origin in found:
        parts = pieces[origin]
        covered = [p for s in parts for p in range(s[0], s[1])]
        assert covered == [p for a, b in text_blocks for p in range(max(a, start), min(b, -minus_end))]
        chain = [(rank, origin, k, int(k + 1 < len(parts))) for k in range(len(parts))]
        assert [s[2:] for s in parts] == chain
        cuts = {s[0] for s in parts[1:]}
        assert cutting not in (BLOCK, SOLID) or not cuts
        assert cutting != NOTE or cuts <= edges
        if {*cuttings.values()} <= {BLOCK, LOOSE}:  # cut where what opened before ends
            order = (start, minus_end, rank, origin)
            assert cuts <= edges | {-r[2] for r in found if (r[0], *r[2:]) < order}


@given(ranges())
def test_pieces_can_be_woven(case: tuple[list[Range], Places]) -> None:
    """With overlaps too: what comes out nests, and an element is open where it is closed."""
    found, text_blocks = case
    result = fragment(found, text_blocks)
    size = max(-r[2] for r in found)
    events = weave(Layout(size, 1, result.spans, []))
    open_: list[int] = []
    for event in events:
        if event[0] == OPEN:
            open_.append(event[1])
        elif event[0] == CLOSE:
            assert open_.pop() == event[1]
    assert not open_ and weave(unweave(events)) == events


def test_pieces_grow_with_the_input_and_not_with_its_square() -> None:
    """A chain of n crossing ranges: twice as many give about twice as many pieces."""

    def pieces(n: int) -> int:
        chain: list[Range] = [(0, BLOCK, -(3 * n + 10), 0, 0)]
        chain += [(3 * k, LOOSE, -(3 * k + 5), 1, k + 1) for k in range(n)]
        return len(fragment(chain, [(0, 3 * n + 10)]).spans)

    assert pieces(2000) < 2.1 * pieces(1000)
