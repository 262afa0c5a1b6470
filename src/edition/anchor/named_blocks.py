"""Named blocks → blocks laid over the text; and annotations that contain whole blocks. Knows nothing of inline kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from edition.anchor.anchor import Anchorer
from edition.anchor.problems import Problem
from edition.anchor.white_space import XML_SPACE
from edition.model.annotation import Anchored, PlacedBlock, Seed, Textual
from edition.model.spans import Place, innermost, trimmed
from edition.model.vocabulary import CHUNKS, KINDS, Block
from edition.read.annotations import NamedBlock

_CONTAINING = {"gloss": "note", "quotation": "quote", "q": "q", "footnote": "note"}
"""Kinds that can contain whole blocks, and the elements that they are then."""
_PARTS = ("l", "item", "row", "cell", "castItem")


def place_blocks(named: Sequence[NamedBlock], anchorer: Anchorer) -> tuple[list[PlacedBlock], list[Problem]]:
    """The blocks that `structure:` names, outer ones before inner ones, and what was not found.

    A block is looked for in the one around it; where that is not found, its parts are not looked for.
    """
    anchorer.prepare(_selectors(named))
    blocks: list[PlacedBlock] = []
    problems: list[Problem] = []
    for block in named:
        found, _, more = _lay(block, None, anchorer)
        blocks += found
        problems += more
    return [block._replace(order=k) for k, block in enumerate(blocks)], problems


def _selectors(named: Iterable[NamedBlock]) -> Iterator[Textual]:
    for block in named:
        if block.selector is not None:
            yield block.selector
        yield from _selectors(block.parts)


def _lay(
    named: NamedBlock, area: Place | None, anchorer: Anchorer
) -> tuple[list[PlacedBlock], Place | None, list[Problem]]:
    """A block and its parts as they are placed, and the place that they cover."""
    problems: list[Problem] = []
    places: tuple[Place, ...] = ()
    if named.selector is not None:
        found = anchorer.places(named.selector, area)
        places, problems = found.places, [*found.problems]
        if not places:
            return [], None, problems
    blocks: list[PlacedBlock] = []
    covered: list[Place] = []
    for part in named.parts:
        inner, place, more = _lay(part, places[0] if places else area, anchorer)
        blocks += inner
        problems += more
        covered += [place] if place else []
    if not places and covered:
        start, end = min(a for a, _ in covered), max(b for _, b in covered)
        places = (_widened(start, end, anchorer.seed, area),)
    return (
        [*(_placed(named, place, anchorer.seed.text) for place in places), *blocks],
        places[0] if places else None,
        problems,
    )


def _placed(named: NamedBlock, place: Place, text: str) -> PlacedBlock:
    place = trimmed(text, place, XML_SPACE)
    return PlacedBlock(named.block, *place, named.type, named.claim, pairs=named.pairs)


def _widened(start: int, end: int, seed: Seed, area: Place | None) -> Place:
    """The place of a block that gives none: the whole blocks of the seed that its parts stand in."""
    first = bisect_left(seed.blocks, start, key=lambda block: block[1] + 1)
    last = bisect_left(seed.blocks, end, key=lambda block: block[0]) - 1
    if first <= last:
        start, end = min(start, seed.blocks[first][0]), max(end, seed.blocks[last][1])
    return (max(start, area[0]), min(end, area[1])) if area else (start, end)


def notes_as_blocks(
    anchored: Sequence[Anchored], blocks: Sequence[PlacedBlock], seed: Seed
) -> list[PlacedBlock]:
    """Notes, footnote bodies and quotations that begin and end with blocks of the seed, as blocks that contain these.

    anchored: the index of an annotation in it is what `anchored` of its block says.
    """
    starts = {a: k for k, (a, _) in enumerate(seed.blocks)}
    ends = {b: k for k, (_, b) in enumerate(seed.blocks)}
    chunks = [b for b in blocks if b.block.name in CHUNKS and not b.block.loose]
    begun, ended = {*starts, *(b.start for b in chunks)}, {*ends, *(b.end for b in chunks)}
    ordered = sorted(blocks, key=lambda b: (b.start, -b.end, b.order))
    containers = [b for b in ordered if b.block.content == "blocks"]
    reach = list(accumulate((b.end if b.block.content == "text" else 0 for b in ordered), max))
    some = [
        (*trimmed(seed.text, (a.start, a.end)), KINDS[a.claim.kind].rank, a.claim.value, index)
        for index, a in enumerate(anchored)
        if a.claim.kind in _CONTAINING and (a.claim.kind != "footnote" or a.index > 0)
    ]
    some.sort(key=lambda one: (one[0], -one[1], *one[2:]))
    around = innermost([(b.start, b.end) for b in containers], [(start, end) for start, end, *_ in some])
    found = []
    for order, (start, end, _, _, index) in enumerate(some):
        claim = anchored[index].claim
        kind = claim.kind
        if start not in begun or end not in ended:
            continue
        if around[order] >= 0 and _holds_none(containers[around[order]].block, kind):
            continue
        first = bisect_left(ordered, start, key=lambda b: b.start)
        if first and reach[first - 1] > start:  # a block of text began before, and holds it
            continue
        within = _outermost(ordered, first, (start, end))
        if not all(b.block.name in CHUNKS and b.end <= end for b in within):
            continue
        alone = kind == "footnote" and starts.get(start, -1) == ends.get(end)
        row = Block(
            kind, _CONTAINING[kind], "text" if alone else "blocks", KINDS[kind].about, "" if alone else "p"
        )
        found.append(PlacedBlock(row, start, end, claim=claim, anchored=index, order=order))
    return found


def _holds_none(block: Block, kind: str) -> bool:
    """Whether TEI allows this kind around none of the parts of a block, so that it stands inside each of them."""
    return block.default in _PARTS or (kind == "q" and block.name == "sp")


def _outermost(ordered: Sequence[PlacedBlock], first: int, place: Place) -> Iterable[PlacedBlock]:
    """The blocks within a place, without those inside them; the last may reach over its end."""
    start, end = place
    at = start
    for k in range(first, len(ordered)):
        b = ordered[k]
        if b.start >= end:
            return
        around = b.start <= start and end <= b.end and b.block.content == "blocks"
        around = around and not (
            b.end == end and b.block.name in CHUNKS
        )  # it stands within, if of equal extent
        if b.end > at and not around:
            yield b
            at = b.end
