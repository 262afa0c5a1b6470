"""Conventions over a seed → blocks. What `structure:` says wins: nothing is found in the blocks of text it names.

In this order: patterns that stand anywhere, as they are listed; what headings and speakers open; patterns within
a kind of block; runs of lines or items, which get the block they belong into. `within` follows once all blocks
are known, for patterns inside paragraphs and lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from edition.diagnostics import Diagnostic
from edition.blocks import with_tabs
from edition.footnotes import footnotes
from edition.model import Anchored, Claim, Convention, Laid, Seed
from edition.recognised import Place, Told, gaps, merged, shares_line, trimmed, units
from edition.structure import own_fields, separator
from edition.vocabulary import BLOCKS

_CLOSERS = ("div", "head", "trailer", "castList", "opener", "closer", "byline", "argument", "epigraph", "postscript", "sp")  # fmt: skip
_AT_HOME = {"l": ("lg", "sp"), "item": ("list",), "castItem": ("castList",), "row": ("table",)}


@dataclass(frozen=True, slots=True)
class Recognised:
    laid: list[Laid]
    anchored: list[Anchored]
    told: Told


@dataclass(frozen=True, slots=True)
class _Hit:
    by: Convention
    start: int
    end: int
    parts: tuple[tuple[str, Place], ...] = ()
    loose: bool = False


def recognise(
    conventions: Sequence[Convention], seed: Seed, named: Sequence[Laid], anchored: Sequence[Anchored]
) -> Recognised:
    """What the conventions find outside of what is named."""
    told = Told(seed)
    if not conventions:
        return Recognised([], [], told)
    notes, taken = footnotes(conventions, seed, named, anchored, told)
    finding = _Finding(seed, named, taken)
    blocks_of = [c for c in conventions if c.becomes in BLOCKS]
    for convention in blocks_of:
        if not convention.within:
            finding.find(convention, [(0, len(seed.text))])
    opened = _opened(finding.hits, named, taken, seed)
    for convention in blocks_of:
        if convention.within and BLOCKS[convention.within].content == "blocks":
            finding.find(convention, finding.places_of(convention.within, opened))
    for hit in finding.hits:
        told.add(hit.by, (hit.start, hit.end))
    grouped = _grouped(finding.hits, [*named, *opened], seed)
    laid = [*opened, *_laid(finding.hits, grouped, seed)]
    first = len(named)
    return Recognised([replace(b, order=first + k) for k, b in enumerate(laid)], notes, told)


class _Finding:
    """Hits so far, and what they leave for the next convention. A hit within a line of text (a stage direction,
    page furniture) leaves the line whole."""

    def __init__(self, seed: Seed, named: Sequence[Laid], taken: list[Place]) -> None:
        self.text = seed.text
        self.seed = seed
        self.hits: list[_Hit] = []
        self.named = named
        self.edges = sorted(
            (p, b.start, b.end) for b in named if b.block.content == "blocks" for p in (b.start, b.end)
        )
        self.solid = list(taken)
        self.whole_lines: list[Place] = []
        self.loose: list[Place] = []
        for b in named:
            if b.block.content == "text" or b.block.loose:
                self._take((b.start, b.end), b.block.loose)

    def _take(self, place: Place, loose: bool) -> None:
        if not loose or self._is_block(place):
            self.solid.append(place)
        elif not shares_line(self.text, place):
            self.whole_lines.append(place)
        else:
            self.loose.append(place)

    def _is_block(self, place: Place) -> bool:
        k = bisect_right(self.seed.blocks, place[0], key=lambda b: b[0]) - 1
        return k >= 0 and self.seed.blocks[k] == place

    def find(self, convention: Convention, areas: Sequence[Place]) -> None:
        """All places of one convention in the areas."""
        if convention.of == "line":
            solid = merged([*self.solid, *self.whole_lines])
        else:
            solid = merged(self.solid)
        self.loose.sort()
        block = BLOCKS[convention.becomes]
        found = [h for area in gaps(areas, solid) for h in self._in(convention, area) if self._fits(h)]
        for hit in found:
            if block.content == "text" or not convention.within:
                self._take((hit.start, hit.end), block.loose)
        self.hits += found

    def _in(self, convention: Convention, area: Place) -> list[_Hit]:
        found = [h for unit in units(self.text, convention.of, area) for h in _matches(convention, self.text, unit)]
        if not convention.runs_on or not found:
            return found
        ends = [h.start for h in found[1:]] + [area[1]]
        return [self._run_on(h, end) for h, end in zip(found, ends, strict=True)]

    def _run_on(self, hit: _Hit, end: int) -> _Hit:
        if hit.by.of == "line":
            k = bisect_right(self.seed.blocks, hit.start, key=lambda b: b[0]) - 1
            end = min(end, self.seed.blocks[k][1]) if k >= 0 else end
        return replace(hit, end=trimmed(self.text, (hit.start, max(end, hit.end)))[1])

    def _fits(self, hit: _Hit) -> bool:
        """Whether it crosses no block that is named, and none that stands within a line."""
        a, b = hit.start, hit.end
        k = bisect_right(self.edges, (a, len(self.text) + 1, 0))
        while k < len(self.edges) and self.edges[k][0] < b:
            _, start, end = self.edges[k]
            if start < a or b < end or BLOCKS[hit.by.becomes].content == "text":
                return False
            k += 1
        first = max(0, bisect_left(self.loose, (a, 0)) - 1)
        for start, end in self.loose[first:]:
            if start >= b:
                break
            if end > a and (start < a or b < end or (start, end) == (a, b)):
                return False
        return True

    def places_of(self, name: str, opened: Iterable[Laid]) -> list[Place]:
        """Where a kind of block stands, as far as is known."""
        known = [(b.start, b.end) for b in (*self.named, *opened) if b.block.name == name]
        return merged([*known, *((h.start, h.end) for h in self.hits if h.by.becomes == name)])


def _matches(convention: Convention, text: str, unit: Place) -> Iterator[_Hit]:
    """The places of a pattern in a unit: each of the group `text`, or else the whole unit once."""
    pattern, (start, end) = convention.patterns["match"], unit
    for m in pattern.finditer(text[start:end]):
        groups = {
            name: trimmed(text, (start + m.start(k), start + m.end(k)))
            for name, k in pattern.groupindex.items()
            if m.start(k) >= 0
        }
        parts = [(name, place) for name, place in groups.items() if name in BLOCKS and place[0] < place[1]]
        a, b = groups.get("text") or trimmed(text, unit)
        a, b = min([a, *(p[0] for _, p in parts)]), max([b, *(p[1] for _, p in parts)])
        if a < b:
            loose = BLOCKS[convention.becomes].loose and shares_line(text, (a, b))
            parts.sort(key=lambda part: (part[1][0], -part[1][1]))
            yield _Hit(convention, a, b, tuple(parts), loose)
        if "text" not in pattern.groupindex:
            return


# what headings and speakers open


def _opened(hits: Sequence[_Hit], named: Sequence[Laid], notes: list[Place], seed: Seed) -> list[Laid]:
    """Divisions, outer ones first; then what stands in them: speeches, lists."""
    outer = [b for b in named if b.block.content == "blocks"]
    divs = [h for h in hits if h.by.opens == "div"]
    closers = [(b.start, b.end) for b in named if b.block.name == "div"]
    found = _ranges(divs, outer, closers, seed.text, lambda h: h.by.level)
    found.sort(key=lambda b: (b.start, -b.end))
    others = [h for h in hits if h.by.opens and h.by.opens != "div"]
    openers = {(h.start, h.end) for h in others}
    closers = [*notes, *((b.start, b.end) for b in (*named, *found) if b.block.name in _CLOSERS)]
    closers += [(h.start, h.end) for h in hits if h.by.becomes in _CLOSERS and (h.start, h.end) not in openers]
    return found + _ranges(others, [*outer, *found], closers, seed.text, lambda h: 1)


def _ranges(
    openers: Sequence[_Hit],
    containers: Sequence[Laid],
    closers: Sequence[Place],
    text: str,
    level: Callable[[_Hit], int],
) -> list[Laid]:
    """Each runs to the next of its level or a higher one, to a closer, or to the end of what it stands in."""
    points: list[tuple[Place, int, _Hit | None]] = [((h.start, h.end), level(h), h) for h in openers]
    points += [(place, 0, None) for place in closers]
    points.sort(key=lambda p: (p[0][0], p[2] is None))
    parents = innermost(containers, [place for place, _, _ in points])
    waiting: dict[int, list[tuple[int, _Hit]]] = defaultdict(list)
    found: list[Laid] = []

    def close(parent: int, at_level: int, end: int) -> None:
        stack = waiting[parent]
        while stack and stack[-1][0] >= at_level:
            hit = stack.pop()[1]
            found.append(_range(hit, trimmed(text, (hit.start, end))[1], text))

    for (place, at_level, hit), parent in zip(points, parents, strict=True):
        close(parent, at_level, place[0])
        if hit is not None:
            waiting[parent].append((at_level, hit))
    for parent in list(waiting):
        close(parent, 0, containers[parent].end if parent >= 0 else len(text))
    return found


def _range(hit: _Hit, end: int, text: str) -> Laid:
    block = BLOCKS[hit.by.opens]
    pairs = _who(hit, text) if block.name == "sp" else ()
    return Laid(block, hit.start, end, hit.by.type if block.typed else "", pairs=pairs, made=_made(hit.by))


def innermost(containers: Sequence[Laid], places: Sequence[Place]) -> list[int]:
    """The index of the container that each place stands in (-1: in none, or only in its like); both in order."""
    order = sorted(
        range(len(containers)), key=lambda k: (containers[k].start, -containers[k].end, containers[k].order)
    )
    found, stack, k = [], [], 0
    for start, end in places:
        while k < len(order) and containers[order[k]].start <= start:
            stack.append(order[k])
            k += 1
        while stack and containers[stack[-1]].end <= start:
            stack.pop()
        at = len(stack) - 1
        while at >= 0 and (
            containers[stack[at]].end < end
            or (containers[stack[at]].start, containers[stack[at]].end) == (start, end)
        ):
            at -= 1
        found.append(stack[at] if at >= 0 else -1)
    return found


# runs


def _grouped(hits: Sequence[_Hit], containers: Sequence[Laid], seed: Seed) -> list[Laid]:
    """Lines, items and rows that follow one another, where nothing holds them yet."""
    grouped = sorted((h for h in hits if BLOCKS[h.by.becomes].group), key=lambda h: h.start)
    holders = [b for b in containers if b.block.content == "blocks"]
    holders += [
        Laid(BLOCKS[h.by.becomes], h.start, h.end)
        for h in hits
        if BLOCKS[h.by.becomes].content == "blocks" and not BLOCKS[h.by.becomes].group
    ]
    parents = innermost(holders, [(h.start, h.end) for h in grouped])
    loose = merged([(h.start, h.end) for h in hits if BLOCKS[h.by.becomes].loose])
    found: list[Laid] = []
    last: tuple[str, int] | None = None
    for hit, parent in zip(grouped, parents, strict=True):
        name = hit.by.becomes
        if parent >= 0 and holders[parent].block.name in _AT_HOME[name]:
            last = None
            continue
        block = BLOCKS[BLOCKS[name].group]
        if last == (block.name, parent) and _adjacent(seed.text, found[-1].end, hit, loose):
            found[-1] = replace(found[-1], end=hit.end)
        else:
            type_ = hit.by.type if block.typed and not BLOCKS[name].typed else ""
            found.append(Laid(block, hit.start, hit.end, type_, made=_made(hit.by)))
        last = (block.name, parent)
    return found


def _adjacent(text: str, end: int, hit: _Hit, loose: list[Place]) -> bool:
    between = "".join(text[a:b] for a, b in gaps([(end, hit.start)], loose))
    return not between.strip() and (hit.by.of != "line" or between.count("\n") < 2 or "\n\n" not in between)


# blocks


def _laid(hits: Sequence[_Hit], grouped: Sequence[Laid], seed: Seed) -> Iterator[Laid]:
    """Outer ones before inner ones, where they are of equal extent."""
    rows = [(h, BLOCKS[h.by.becomes]) for h in hits]
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and not b.group)
    yield from grouped
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and b.group)
    yield from (_block(h, seed.text) for h, b in rows if b.content == "text")
    for hit, _ in rows:
        yield from _parts(hit)


def _block(hit: _Hit, text: str) -> Laid:
    by, block = hit.by, BLOCKS[hit.by.becomes]
    if by.fields.get("cells"):
        block = replace(block, cells=separator(by.fields["cells"]))
    start, end = hit.start, hit.end
    if block.name == "table":
        start, end = with_tabs(text, start, end, 0, len(text))
    type_ = by.type if not by.opens else ""
    pairs = own_fields(block, {**by.fields, "type": type_ if not block.typed else ""})
    if block.name == "sp":
        pairs += _who(hit, text)
    claim = Claim(block.name, "", by.node, by.node, voice=by.voice) if by.voice else None
    return Laid(block, start, end, type_ if block.typed else "", claim, pairs=pairs, made=_made(by))


def _parts(hit: _Hit) -> Iterator[Laid]:
    for name, (start, end) in hit.parts:
        yield Laid(BLOCKS[name], start, end, made=_made(hit.by))


def _who(hit: _Hit, text: str) -> tuple[tuple[str, str], ...]:
    """Whose speech it is, where the convention says so for the words of the speaker."""
    start, end = dict(hit.parts).get("speaker", (hit.start, hit.end))
    words = " ".join(text[start:end].split())
    who = hit.by.who.get(words) or hit.by.who.get(words.strip(" .:,;—–-"), "")
    return (("who", who),) if who else ()


def _made(convention: Convention) -> str:
    line, _ = convention.source.line_column(convention.place.start)
    return f"{convention.source.name}:{line}"


# within paragraphs and lines


def within(
    conventions: Iterable[Convention], laid: list[Laid], seed: Seed, told: Told
) -> tuple[list[Laid], list[Diagnostic]]:
    """Blocks inside blocks of text, for conventions `within` those; then what every convention found."""
    chosen = [c for c in conventions if c.becomes in BLOCKS and c.within]
    chosen = [c for c in chosen if BLOCKS[c.within].content == "text"]
    for convention in chosen:
        inside = merged((b.start, b.end) for b in laid if b.inline or (b.made and b.block.loose))
        more = []
        for outer in (b for b in laid if b.block.name == convention.within):
            for hit in _inside(convention, seed.text, outer):
                k = bisect_right(inside, (hit.start, len(seed.text)))
                near = [p for p in inside[max(0, k - 1) : k + 1] if p[0] < hit.end and hit.start < p[1]]
                if not near or (outer.start, outer.end) in near:
                    more += [replace(_block(hit, seed.text), inline=BLOCKS[convention.becomes].loose)]
                    more += _parts(hit)
                    told.add(convention, (hit.start, hit.end))
        if more:
            laid = sorted([*laid, *more], key=lambda b: (b.start, -b.end))
    return laid, told.diagnostics(conventions)


def _inside(convention: Convention, text: str, outer: Laid) -> Iterator[_Hit]:
    """The places of a pattern in a block of text, or in each of its lines; without a group `text`, what matches."""
    pattern = convention.patterns["match"]
    k = pattern.groupindex.get("text", 0)
    for start, end in units(text, convention.of, (outer.start, outer.end)):
        for m in pattern.finditer(text[start:end]):
            a, b = trimmed(text, (start + m.start(k), start + m.end(k))) if m.start(k) >= 0 else (0, 0)
            if a < b and (a, b) != (outer.start, outer.end):
                yield _Hit(convention, a, b)
