"""White space between blocks of text that XML does not take for white space → the blocks that it belongs to.

Blocks are found without Unicode's white space around them; in XML only space, tab, CR and LF may stand between them, and
what else there is (U+3000, U+00A0, U+2028 …) is text. Knows blocks and their places only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from edition.model.annotation import PlacedBlock

XML_SPACE = " \t\r\n"
not_of_xml = re.compile(rf"[^\S{XML_SPACE}]")
"""Finds a character that is white space for Unicode and text for XML."""


class _Leaf(NamedTuple):
    """An outermost block of text by its number, and the numbers of the blocks around it."""

    number: int
    around: tuple[int, ...]


def with_white_space(blocks: Sequence[PlacedBlock], text: str) -> list[PlacedBlock]:
    """The blocks, in their order, so widened that nothing but XML's white space stands outside blocks of text.

    It goes to the block of text whose container it stands in, to the one whose line it begins, else to the one before.
    """
    starts, ends = [b.start for b in blocks], [b.end for b in blocks]
    for before, after in pairwise((None, *_leaves(blocks), None)):
        a = blocks[before.number].end if before else 0
        b = blocks[after.number].start if after else len(text)
        places = [m.start() for m in not_of_xml.finditer(text, a, b)]
        own = [p for p in places if not _is_of_next(p, before, after, blocks, text)]
        others = [p for p in places if not own or p > own[-1]]
        if before and own:
            for k in (before.number, *before.around):
                ends[k] = max(ends[k], own[-1] + 1)
        if after and others:
            for k in (after.number, *after.around):
                starts[k] = min(starts[k], others[0])
    return [b._replace(start=start, end=end) for b, start, end in zip(blocks, starts, ends, strict=True)]


def _leaves(blocks: Sequence[PlacedBlock]) -> list[_Leaf]:
    found: list[_Leaf] = []
    around: list[int] = []
    at = 0
    for k, block in enumerate(blocks):
        while around and blocks[around[-1]].end < block.end:
            around.pop()
        if block.block.content == "blocks":
            around.append(k)
        elif at <= block.start:  # an empty cell has no extent
            found.append(_Leaf(k, tuple(around)))
            at = block.end
    return found


def _is_of_next(
    place: int, before: _Leaf | None, after: _Leaf | None, blocks: Sequence[PlacedBlock], text: str
) -> bool:
    if before is None or after is None:
        return before is None
    if _is_in(place, before.around, after.around, blocks):
        return False
    if _is_in(place, after.around, before.around, blocks):
        return True
    line = text.rfind("\n", blocks[before.number].end, place)
    return line >= 0 and text.find("\n", place, blocks[after.number].start) < 0


def _is_in(
    place: int, containers: Sequence[int], others: Container[int], blocks: Sequence[PlacedBlock]
) -> bool:
    """Whether a place stands in a container that is none of the others."""
    return any(k not in others and blocks[k].start <= place < blocks[k].end for k in containers)
