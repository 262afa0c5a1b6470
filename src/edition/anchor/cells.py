"""The cells of a row, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from edition.model.annotation import Anchored, Claim, Laid, Seed
from edition.model.nodes import Mapping

Place = tuple[int, int]


def with_tabs(text: str, start: int, end: int, first: int, last: int) -> Place:
    """A row with the tabs at its edges: they begin or end an empty cell."""
    while start > first and text[start - 1] == "\t":
        start -= 1
    while end < last and text[end] == "\t":
        end += 1
    return start, end


def cells(text: str, start: int, end: int, separator: str) -> Iterator[Place]:
    """The cells of a line. White space stands between them, another separator at the begin of the next one; an
    empty cell is a point."""
    mark = separator.strip()
    if not mark:
        pattern = re.escape(separator) + ("" if "\t" in separator else " *")
        at = start
        for m in [*re.finditer(pattern, text[start:end]), None]:
            stop = end if m is None else start + m.start()
            words = text[at:stop]
            a = at + len(words) - len(words.lstrip())
            yield (a, a + len(words.strip())) if words.strip() else (at, at)
            at = stop if m is None else start + m.end()
        return
    left, right = separator[0].isspace(), separator[-1].isspace()
    cuts = [
        at
        for m in re.finditer(re.escape(mark), text[start:end])
        if (at := start + m.start()) >= 0
        and (not left or at == start or text[at - 1].isspace())
        and (not right or at + len(mark) == end or text[at + len(mark)].isspace())
    ]
    if len(cuts) > 1 and cuts[-1] + len(mark) == end:
        cuts.pop()  # one that closes the line
    bounds = [start, *(cut for cut in cuts if cut > start), end]
    for a, b in pairwise(bounds):
        yield a, a + len(text[a:b].rstrip())


def separators(laid: Iterable[Laid], seed: Seed) -> list[Anchored]:
    """Cell separators that are no white space: words of the seed that do not belong to the text."""
    text, places = seed.text, []
    for block in laid:
        mark = block.block.cells.strip()
        if block.block.name == "cell" and mark:
            if text.startswith(mark, block.start):
                places.append((block.start, block.start + len(mark)))
            if text.endswith(mark, block.start + len(mark), block.end):
                places.append((block.end - len(mark), block.end))
    node = Mapping({}, 0)
    claim = Claim("surplus", "separator", node, node)
    return [Anchored(claim, a, b, k, len(places)) for k, (a, b) in enumerate(places)]
