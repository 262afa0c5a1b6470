"""`structure:` → blocks laid over the text; and annotations that contain whole blocks. Knows nothing of inline kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from edition.anchor.anchor import Anchorer
from edition.model.annotation import Anchored, Laid, Offsets, Passage, Quoted, Seed
from edition.model.vocabulary import CHUNKS, KINDS, Block
from edition.read.annotations import NamedBlock

Place = tuple[int, int]
_GROWS = {
    "gloss": "note",
    "quotation": "quote",
    "q": "q",
    "footnote": "note",
}  # kinds that can contain whole blocks


def lay(entries: Sequence[NamedBlock], anchorer: Anchorer) -> list[Laid]:
    """The blocks that `structure:` names, outer ones before inner ones."""
    anchorer.prepare(_selectors(entries))
    found = [block for entry in entries for block in _lay(entry, None, anchorer)[0]]
    return [replace(block, order=k) for k, block in enumerate(found)]


def _selectors(entries: Iterable[NamedBlock]) -> Iterator[Quoted | Passage | Offsets]:
    """All that is looked for."""
    for entry in entries:
        if entry.selector is not None:
            yield entry.selector
        yield from _selectors(entry.parts)


def _lay(entry: NamedBlock, area: Place | None, anchorer: Anchorer) -> tuple[list[Laid], Place | None]:
    """One entry and its parts; the place it covers, if it is found."""
    place: Place | None = None
    more: list[Place] = []
    if entry.selector is not None:
        places = anchorer.places(entry.selector, area)
        if not places:
            return [], None
        place, *more = places
    parts = [_lay(part, place or area, anchorer) for part in entry.parts]
    inner = [block for blocks, _ in parts for block in blocks]
    if place is None:
        known = [at for _, at in parts if at]
        if not known:
            return inner, None
        place = _widened(min(a for a, _ in known), max(b for _, b in known), anchorer.seed, area)
    own = [Laid(entry.block, *at, entry.type, entry.claim, pairs=entry.pairs) for at in (place, *more)]
    return own + inner, place


def _widened(start: int, end: int, seed: Seed, area: tuple[int, int] | None) -> tuple[int, int]:
    """A block without a place of its own covers the whole blocks of the seed that its parts stand in."""
    first = bisect_left(seed.blocks, start, key=lambda block: block[1] + 1)
    last = bisect_left(seed.blocks, end, key=lambda block: block[0]) - 1
    if first <= last:
        start, end = min(start, seed.blocks[first][0]), max(end, seed.blocks[last][1])
    return (max(start, area[0]), min(end, area[1])) if area else (start, end)


def grown(anchored: Sequence[Anchored], laid: list[Laid], seed: Seed) -> list[Laid]:
    """Notes, footnote bodies and quotations that cover whole blocks of the seed contain them."""
    starts = {a: k for k, (a, _) in enumerate(seed.blocks)}
    ends = {b: k for k, (_, b) in enumerate(seed.blocks)}
    ordered = sorted(laid, key=lambda b: (b.start, -b.end, b.order))
    reach = list(accumulate((b.end if b.block.content == "text" else 0 for b in ordered), max))
    found = []
    for index, a in enumerate(anchored):
        kind = a.claim.kind
        if (
            kind not in _GROWS
            or (kind == "footnote" and a.index == 0)
            or a.start not in starts
            or a.end not in ends
        ):
            continue
        first = bisect_left(ordered, a.start, key=lambda b: b.start)
        if first and reach[first - 1] > a.start:  # a block of text began before, and holds it
            continue
        if not all(b.block.name in CHUNKS and b.end <= a.end for b in _outermost(ordered, first, a)):
            continue
        alone = kind == "footnote" and starts[a.start] == ends[a.end]
        row = Block(
            kind, _GROWS[kind], "text" if alone else "blocks", KINDS[kind].about, "" if alone else "p"
        )
        found.append(Laid(row, a.start, a.end, claim=a.claim, anchored=index, order=index))
    return found


def _outermost(ordered: Sequence[Laid], first: int, a: Anchored) -> Iterable[Laid]:
    """The blocks within a place, without those inside them; the last may reach over its end."""
    at = a.start
    for k in range(first, len(ordered)):
        b = ordered[k]
        if b.start >= a.end:
            return
        around = b.start <= a.start and a.end <= b.end and b.block.content == "blocks"
        around = around and not (
            b.end == a.end and b.block.name in CHUNKS
        )  # it stands within, if of equal extent
        if b.end > at and not around:
            yield b
            at = b.end
