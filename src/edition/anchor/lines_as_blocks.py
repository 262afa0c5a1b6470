"""Blocks that are named → blocks over the whole text: what nothing names becomes what its container says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from edition.anchor.white_space import XML_SPACE, not_of_xml
from edition.model import rules
from edition.model.annotation import Anchored, Claim, PlacedBlock, Seed
from edition.model.diagnostics import Diagnostic, diagnostic, shortened
from edition.model.nodes import Mapping
from edition.model.source import Source, Span
from edition.model.spans import Place, trimmed
from edition.model.vocabulary import BLOCKS, Block
from edition.read.seed import lines, seed_blocks

BODY = Block("body", "body", "blocks", "The text.", "p")
_AROUND = ("div", "epigraph", "argument", "postscript")
_INLINE = ("fw", "stage")  # within a line of text they are no blocks: others need not be cut at them


def fill(
    blocks: Sequence[PlacedBlock], seed: Seed, source: Source
) -> tuple[list[PlacedBlock], list[Diagnostic]]:
    """Blocks over all words of the seed, outer ones before inner ones; and what crosses or stands where TEI allows none.

    blocks: those that are named, recognised or annotated. source: the file in which they are.
    """
    filling = _Filling(seed, source)
    filling.run(sorted([*blocks, *_stanzas(blocks, seed)], key=_outer_first))
    found = filling.found
    if any(d.rule is rules.OVERLAP for d in found):  # what seems misplaced only follows from that
        found = [d for d in found if d.rule is rules.OVERLAP]
    ordered = sorted(filling.result, key=lambda r: (r[1].start, -r[1].end, r[0]))
    return [block for _, block in ordered], found


def _outer_first(b: PlacedBlock) -> tuple[int, int, int, int]:
    """A key that sorts blocks from the outside in: of equal extent divisions, then notes, then what stands in them."""
    return (b.start, -b.end, 1 if b.anchored >= 0 else 0 if b.block.name in _AROUND else 2, b.order)


def _stanzas(blocks: Iterable[PlacedBlock], seed: Seed) -> Iterator[PlacedBlock]:
    """The blocks, with a group for each stanza of a poem of several, unless other blocks stand in it."""
    ordered = sorted(blocks, key=lambda b: b.start)
    starts, ends = [b.start for b in ordered], [b for _, b in seed.blocks]
    for poem in [b for b in ordered if b.block.name == "lg"]:
        start, end = poem.start, poem.end
        parts = []
        for a, b in seed.blocks[bisect_left(ends, start + 1) :]:
            if a >= end:
                break
            parts.append((max(a, start), min(b, end)))
        inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)] if len(parts) > 1 else []
        others = [b for b in inside if b.end <= end and (b.start, b.end) != (start, end)]
        plain = list(_undivided(parts, others))
        if len(plain) > 1 or any(b.block.name == "lg" for b in others):
            yield from (PlacedBlock(BLOCKS["lg"], a, b, order=-1, made=poem.made) for a, b in plain)


def _undivided(parts: Iterable[Place], others: Sequence[PlacedBlock]) -> Iterator[Place]:
    k = 0
    for a, b in parts:
        while k < len(others) and others[k].end <= a:
            k += 1
        at, divided = k, False
        while at < len(others) and others[at].start < b:
            divided = divided or _divides(others[at], (a, b))
            at += 1
        if not divided:
            yield a, b


def _divides(block: PlacedBlock, stanza: Place) -> bool:
    """Whether a stanza with this block in it is no plain group of lines."""
    if block.block.name == "l" or block.block.loose:
        return block.block.loose and (block.start, block.end) == stanza
    return block.end > stanza[0]


class _Filling:
    """One pass over the named blocks, in order. `result` has the depth of each block."""

    def __init__(self, seed: Seed, source: Source) -> None:
        self.seed = seed
        self.text = seed.text
        self.source = source
        self.result: list[tuple[int, PlacedBlock]] = []
        self.found: list[Diagnostic] = []

    def run(self, ordered: Iterable[PlacedBlock]) -> None:
        stack: list[tuple[PlacedBlock, list[PlacedBlock]]] = [(PlacedBlock(BODY, 0, len(self.text)), [])]

        def close(until: int) -> None:
            while len(stack) > 1 and stack[-1][0].end <= until:
                self.complete(*stack.pop(), len(stack))

        for block in ordered:
            close(block.start)
            parent, children = stack[-1]
            if block.end > parent.end:
                self.found.append(self.crossing(parent, block))
                continue
            if block.block.name == "row" and "cells" not in (block.claim.node.items if block.claim else {}):
                block = block._replace(block=block.block._replace(cells=parent.block.cells))
            children.append(block)
            stack.append((block, []))
        close(len(self.text) + 1)
        self.complete(*stack[0], 0)

    def complete(self, parent: PlacedBlock, children: list[PlacedBlock], depth: int) -> None:
        """Close a container, whose children are now known."""
        if parent.block.content == "text":
            self.result += [(depth + 1, _inside(child)) for child in children]
            return
        inner: set[int] = set()  # children within a line of what nothing names, by their numbers
        for (a, b), within, divided in self.units(parent, children):
            inner.update(within)
            if not parent.block.default or divided:
                self.found.append(self.misplaced(parent, a, b, divided))
            self.unit(parent, a, b, depth + 1)
        self.result += [(depth + 1, _inside(c) if k in inner else c) for k, c in enumerate(children)]

    def unit(self, parent: PlacedBlock, start: int, end: int, depth: int) -> None:
        """The blocks that what nothing names becomes, with the cells of rows."""
        row = BLOCKS.get(parent.block.default, BLOCKS["p"])
        if row.name in ("row", "cell"):
            row = row._replace(cells=parent.block.cells)
        order = -1 if start == end == parent.end else 0  # an empty cell belongs to what stands before it
        block = PlacedBlock(
            row, start, end, order=order, made="" if parent.block.unit == "block" else parent.made
        )
        self.result.append((depth, block))
        if row.content == "blocks":
            self.complete(block, [], depth)

    def units(
        self, parent: PlacedBlock, children: list[PlacedBlock]
    ) -> Iterator[tuple[Place, list[int], bool]]:
        """The units of a container that no child covers.

        Each comes with the indices of the loose children in it, and whether a division stands before it.
        """
        divided = False
        at = parent.start
        loose: list[int] = []
        for n, child in enumerate([*children, None]):
            if child is not None and self.is_loose(child, parent):
                loose.append(n)
                continue
            end = parent.end if child is None else child.start
            if end > at:
                k = 0
                for unit in self.split(parent, at, end):
                    within = []
                    while k < len(loose) and children[loose[k]].end <= unit[1]:
                        within += [loose[k]] if children[loose[k]].start >= unit[0] else []
                        k += 1
                    if unit[0] == unit[1]:  # a cell
                        yield unit, within, divided
                    elif (place := self.without_edges(unit, [children[k] for k in within])) is not None:
                        yield place[0], within[place[1]], divided
            if child is not None:
                at, loose = max(at, child.end), []
                divided = divided or child.block.name == "div"

    def is_loose(self, child: PlacedBlock, parent: PlacedBlock) -> bool:
        if not child.block.loose or parent.block.unit == "cell":
            return False
        words = self.text[child.start : child.end]
        return "\n" not in words if parent.block.unit == "line" else not re.search(r"\n\s*\n", words)

    def without_edges(self, unit: Place, within: list[PlacedBlock]) -> tuple[Place, slice] | None:
        """A unit without the loose children on lines of their own at its edges, and which of them are left in it."""
        (a, b), first, last = unit, 0, len(within)
        text = self.text
        while (
            first < last and within[first].start <= a and not _to_line_end(text, within[first].end, b).strip()
        ):
            a = trimmed(text, (within[first].end, b))[0]
            first += 1
        while (
            first < last
            and within[last - 1].end >= b
            and not _from_line_start(text, within[last - 1].start, a).strip()
        ):
            last -= 1
            b = a + len(text[a : within[last].start].rstrip())
        return ((a, b), slice(first, last)) if a < b else None

    def split(self, parent: PlacedBlock, start: int, end: int) -> Iterator[Place]:
        if parent.block.unit == "cell":
            yield from cells(self.text, start, end, parent.block.cells)
            return
        units = seed_blocks if parent.block.unit == "block" else lines
        for a, b in units(self.text, start, end):
            if a < b:
                yield with_tabs(self.text, a, b, start, end) if parent.block.name == "table" else (a, b)

    def crossing(self, one: PlacedBlock, other: PlacedBlock) -> Diagnostic:
        labels = [
            (self.source.span(b.claim.at), f"{b.block.name}: {self.shown(b)}")
            for b in (other, one)
            if b.claim and not b.made
        ]
        places = [(Span(self.seed.source, b.start, b.end), b.block.name) for b in (other, one)]
        return diagnostic(
            rules.OVERLAP,
            f"the blocks “{one.block.name}” and “{other.block.name}” cross: one must contain the other",
            *labels,
            *places,
            help="Let one of them end where the other ends, or begin after it.",
        )

    def misplaced(self, parent: PlacedBlock, start: int, end: int, divided: bool) -> Diagnostic:
        words = shortened(self.text[start:end], 40)
        labels = [
            (Span(self.seed.source, start, end), "stands here"),
            *(
                [(self.source.span(parent.claim.at), "inside this")]
                if parent.claim and not parent.made
                else []
            ),
        ]
        if divided:
            return diagnostic(
                rules.MISPLACED,
                f"“{words}” follows a division, where TEI allows no paragraph",
                *labels,
                help="Say under `structure:` where it belongs: extend the division with `to:`, "
                "or write another `- div: TYPE` with `from:` and `to:`.",
            )
        return diagnostic(
            rules.MISPLACED,
            f"“{words}” is not named by `structure:`, and a “{parent.block.name}” holds only blocks",
            *labels,
            help="Name it under `contains:`, or let a neighbour include it.",
        )

    def shown(self, block: PlacedBlock) -> str:
        return f"“{shortened(self.text[block.start : block.end], 40)}”"


def _inside(block: PlacedBlock) -> PlacedBlock:
    return block._replace(inline=True) if block.block.name in _INLINE else block


def _to_line_end(text: str, at: int, limit: int) -> str:
    end = text.find("\n", at, limit)
    return text[at : limit if end < 0 else end]


def _from_line_start(text: str, at: int, limit: int) -> str:
    return text[max(limit, text.rfind("\n", limit, at) + 1) : at]


def text_blocks(blocks: Iterable[PlacedBlock]) -> list[Place]:
    """The places where text may stand, in order and apart: the outermost blocks that hold text."""
    found: list[Place] = []
    at = 0
    for block in blocks:
        if block.block.content == "text" and block.start < block.end and block.start >= at:
            found.append((block.start, block.end))
            at = block.end
    return found


# the cells of a row, and what stands between them


def with_tabs(text: str, start: int, end: int, first: int, last: int) -> Place:
    """The place of a row with the tabs at its edges, which begin or end an empty cell."""
    lead = _from_line_start(text, start, first)
    rest = _to_line_end(text, end, last)
    if not_of_xml.search(lead) and "\t" in lead:  # a cell that holds such a character is not empty
        start -= len(lead.lstrip(" "))
    else:
        start -= len(lead) - len(lead.rstrip("\t"))
    if not_of_xml.search(rest) and "\t" in rest:
        return start, end + len(rest.rstrip(" "))
    return start, end + len(rest) - len(rest.lstrip("\t"))


def cells(text: str, start: int, end: int, separator: str) -> Iterator[Place]:
    """The places of the cells of a line; an empty cell is a point.

    White space stands between cells, any other separator at the beginning of the next one.
    """
    mark = separator.strip()
    if not mark:
        pattern = re.escape(separator) + ("" if "\t" in separator else " *")
        at = start
        for m in [*re.finditer(pattern, text[start:end]), None]:
            stop = end if m is None else start + m.start()
            a, b = trimmed(text, (at, stop), XML_SPACE)
            yield (a, b) if a < b else (at, at)
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
        yield a, a + len(text[a:b].rstrip(XML_SPACE))


def separators(blocks: Iterable[PlacedBlock], seed: Seed) -> list[Anchored]:
    """The separators of cells that are no white space, as claims: they do not belong to the text."""
    text, places = seed.text, []
    for block in blocks:
        mark = block.block.cells.strip()
        if block.block.name == "cell" and mark:
            if text.startswith(mark, block.start):
                places.append((block.start, block.start + len(mark)))
            if text.endswith(mark, block.start + len(mark), block.end):
                places.append((block.end - len(mark), block.end))
    node = Mapping({}, 0)
    claim = Claim("surplus", "separator", node, node)
    return [Anchored(claim, a, b, k, len(places)) for k, (a, b) in enumerate(places)]
