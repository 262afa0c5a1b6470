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

from edition.anchor.cells import with_tabs
from edition.anchor.footnotes import footnotes
from edition.anchor.hits import Finding, Hit
from edition.anchor.hits import inside as matches_inside
from edition.anchor.recognised import Place, Told, gaps, merged, trimmed
from edition.model.annotation import Anchored, Claim, Convention, Laid, Seed
from edition.model.diagnostics import Diagnostic
from edition.model.vocabulary import BLOCKS
from edition.read.annotations import own_fields, separator

_CLOSERS = ("div", "head", "trailer", "castList", "opener", "closer", "byline", "argument", "epigraph", "postscript", "sp")  # fmt: skip
_AT_HOME = {"l": ("lg", "sp"), "item": ("list",), "castItem": ("castList",), "row": ("table",)}


@dataclass(frozen=True, slots=True)
class Recognised:
    laid: list[Laid]
    anchored: list[Anchored]
    told: Told


def recognise(
    conventions: Sequence[Convention], seed: Seed, named: Sequence[Laid], anchored: Sequence[Anchored]
) -> Recognised:
    """What the conventions find outside of what is named."""
    told = Told(seed)
    if not conventions:
        return Recognised([], [], told)
    notes, taken = footnotes(conventions, seed, named, anchored, told)
    finding = Finding(seed, named, taken)
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


# what headings and speakers open


def _opened(hits: Sequence[Hit], named: Sequence[Laid], notes: list[Place], seed: Seed) -> list[Laid]:
    """Divisions, outer ones first; then what stands in them: speeches, lists."""
    outer = [b for b in named if b.block.content == "blocks"]
    divs = [h for h in hits if h.by.opens == "div"]
    closers = [(b.start, b.end) for b in named if b.block.name == "div"]
    found = _ranges(divs, outer, closers, seed.text, lambda h: h.by.level)
    found.sort(key=lambda b: (b.start, -b.end))
    others = [h for h in hits if h.by.opens and h.by.opens != "div"]
    openers = {(h.start, h.end) for h in others}
    closers = [*notes, *((b.start, b.end) for b in (*named, *found) if b.block.name in _CLOSERS)]
    closers += [
        (h.start, h.end) for h in hits if h.by.becomes in _CLOSERS and (h.start, h.end) not in openers
    ]
    return found + _ranges(others, [*outer, *found], closers, seed.text, lambda h: 1)


def _ranges(
    openers: Sequence[Hit],
    containers: Sequence[Laid],
    closers: Sequence[Place],
    text: str,
    level: Callable[[Hit], int],
) -> list[Laid]:
    """Each runs to the next of its level or a higher one, to a closer, or to the end of what it stands in."""
    points: list[tuple[Place, int, Hit | None]] = [((h.start, h.end), level(h), h) for h in openers]
    points += [(place, 0, None) for place in closers]
    points.sort(key=lambda p: (p[0][0], p[2] is None))
    parents = innermost(containers, [place for place, _, _ in points])
    waiting: dict[int, list[tuple[int, Hit]]] = defaultdict(list)
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


def _range(hit: Hit, end: int, text: str) -> Laid:
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


def _grouped(hits: Sequence[Hit], containers: Sequence[Laid], seed: Seed) -> list[Laid]:
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


def _adjacent(text: str, end: int, hit: Hit, loose: list[Place]) -> bool:
    near = loose[bisect_left(loose, (end, 0)) : bisect_left(loose, (hit.start, 0))]
    between = [text[a:b] for a, b in gaps([(end, hit.start)], near)]
    return not any(b.strip() or (hit.by.of == "line" and b.strip(" \t").count("\n") > 1) for b in between)


# blocks


def _laid(hits: Sequence[Hit], grouped: Sequence[Laid], seed: Seed) -> Iterator[Laid]:
    """Outer ones before inner ones, where they are of equal extent."""
    rows = [(h, BLOCKS[h.by.becomes]) for h in hits]
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and not b.group)
    yield from grouped
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and b.group)
    yield from (_block(h, seed.text) for h, b in rows if b.content == "text")
    for hit, _ in rows:
        yield from _parts(hit)


def _block(hit: Hit, text: str) -> Laid:
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


def _parts(hit: Hit) -> Iterator[Laid]:
    for name, (start, end) in hit.parts:
        yield Laid(BLOCKS[name], start, end, made=_made(hit.by))


def _who(hit: Hit, text: str) -> tuple[tuple[str, str], ...]:
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
            for hit in matches_inside(convention, seed.text, outer):
                k = bisect_right(inside, (hit.start, len(seed.text)))
                near = [p for p in inside[max(0, k - 1) : k + 1] if p[0] < hit.end and hit.start < p[1]]
                if not near or (outer.start, outer.end) in near:
                    more += [replace(_block(hit, seed.text), inline=BLOCKS[convention.becomes].loose)]
                    more += _parts(hit)
                    told.add(convention, (hit.start, hit.end))
        if more:
            laid = sorted([*laid, *more], key=lambda b: (b.start, -b.end))
    return laid, told.diagnostics(conventions)
