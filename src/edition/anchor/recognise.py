"""Conventions over a seed → blocks. What `structure:` says wins: nothing is found in the blocks of text it names.

In this order: patterns that stand anywhere, as they are listed; what headings and speakers open; patterns within
a kind of block; runs of lines or items, which get the block they belong into. `recognise_within` follows once all blocks
are known, for patterns inside paragraphs and lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from edition.anchor.convention_matches import Hit, Search, matches_inside
from edition.anchor.lines_as_blocks import with_tabs
from edition.model import rules
from edition.model.annotation import Anchored, Claim, Convention, PlacedBlock, Seed
from edition.model.diagnostics import Diagnostic, Label, diagnostic, shortened
from edition.model.nodes import Mapping
from edition.model.source import Span
from edition.model.spans import Place, gaps, innermost, merged, trimmed
from edition.model.vocabulary import BLOCKS
from edition.read.annotations import own_fields, separator
from edition.read.seed import lines

_CLOSERS = ("div", "head", "trailer", "castList", "opener", "closer", "byline", "argument", "epigraph", "postscript", "sp")  # fmt: skip
_AT_HOME = {"l": ("lg", "sp"), "item": ("list",), "castItem": ("castList",), "row": ("table",)}


Made = tuple[Convention, Place]
"""What a convention found. All of it is reported, so that nothing becomes structure unseen."""
SHOWN = 3
_HELP = "`edition show --as seed` lists the blocks with the convention that made them; `structure:` goes before it."


class Recognised(NamedTuple):
    """Blocks and footnotes as conventions show them, and what each found; and reports of footnotes without a pair."""

    blocks: tuple[PlacedBlock, ...] = ()
    footnotes: tuple[Anchored, ...] = ()
    made: tuple[Made, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def recognise(
    conventions: Sequence[Convention], seed: Seed, named: Sequence[PlacedBlock], anchored: Sequence[Anchored]
) -> Recognised:
    """Blocks and footnotes that conventions find where nothing is named or annotated.

    named: the blocks of `structure:`. anchored: the annotations, of which footnotes take their places.
    """
    if not conventions:
        return Recognised()
    pairs, bodies, unpaired = _footnotes(conventions, seed, named, anchored)
    search = Search(seed, named, bodies)
    blocks_of = [c for c in conventions if c.becomes in BLOCKS]
    for convention in blocks_of:
        if not convention.within:
            search.find(convention, [(0, len(seed.text))])
    opened = _opened(search.hits, named, bodies, seed)
    for convention in blocks_of:
        if convention.within and BLOCKS[convention.within].content == "blocks":
            search.find(convention, search.places_of(convention.within, opened))
    grouped = _grouped(search.hits, [*named, *opened], seed)
    blocks = [*opened, *_placed(search.hits, grouped, seed)]
    made = [(convention, (note.start, note.end)) for convention, note in pairs if note.index == 0]
    return Recognised(
        tuple(b._replace(order=k) for k, b in enumerate(blocks, start=len(named))),
        tuple(note for _, note in pairs),
        (*made, *((hit.by, (hit.start, hit.end)) for hit in search.hits)),
        tuple(unpaired),
    )


def report_conventions(
    conventions: Iterable[Convention], seed: Seed, made: Sequence[Made]
) -> Iterator[Diagnostic]:
    """A diagnostic for each convention, I312: how many places it found in this text, and the first of them."""
    for convention in conventions:
        places = sorted(place for by, place in made if by is convention)
        times = {0: "nothing", 1: "1 place"}.get(len(places), f"{len(places)} places")
        message = f"the convention for “{convention.becomes}” finds {times} in {seed.source.name}"
        labels = [Label(Span(seed.source, *place)) for place in places[:SHOWN]]
        yield diagnostic(rules.CONVENTION, message, convention.place, *labels, help=_HELP if places else "")


# what headings and speakers open


def _opened(
    hits: Sequence[Hit], named: Sequence[PlacedBlock], notes: list[Place], seed: Seed
) -> list[PlacedBlock]:
    """The divisions that conventions open, outer ones first, then what they open in these: speeches, lists."""
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
    containers: Sequence[PlacedBlock],
    closers: Sequence[Place],
    text: str,
    level: Callable[[Hit], int],
) -> list[PlacedBlock]:
    """A block for each opener, up to the next of its level or a higher one, a closer, or the end of its container."""
    points: list[tuple[Place, int, Hit | None]] = [((h.start, h.end), level(h), h) for h in openers]
    points += [(place, 0, None) for place in closers]
    points.sort(key=lambda p: (p[0][0], p[2] is None))
    containers = sorted(containers, key=lambda b: (b.start, -b.end, b.order))
    parents = innermost([(b.start, b.end) for b in containers], [place for place, _, _ in points])
    waiting: dict[int, list[tuple[int, Hit]]] = defaultdict(list)
    found: list[PlacedBlock] = []

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


def _range(hit: Hit, end: int, text: str) -> PlacedBlock:
    block = BLOCKS[hit.by.opens]
    pairs = _who(hit, text) if block.name == "sp" else ()
    return PlacedBlock(
        block, hit.start, end, hit.by.type if block.typed else "", pairs=pairs, made=_made(hit.by)
    )


# runs


def _grouped(hits: Sequence[Hit], containers: Sequence[PlacedBlock], seed: Seed) -> list[PlacedBlock]:
    """A group for each run of lines, items or rows that nothing holds yet."""
    grouped = sorted((h for h in hits if BLOCKS[h.by.becomes].group), key=lambda h: h.start)
    holders = [b for b in containers if b.block.content == "blocks"]
    holders += [
        PlacedBlock(BLOCKS[h.by.becomes], h.start, h.end)
        for h in hits
        if BLOCKS[h.by.becomes].content == "blocks" and not BLOCKS[h.by.becomes].group
    ]
    holders.sort(key=lambda b: (b.start, -b.end, b.order))
    parents = innermost([(b.start, b.end) for b in holders], [(h.start, h.end) for h in grouped])
    loose = merged([(h.start, h.end) for h in hits if BLOCKS[h.by.becomes].loose])
    found: list[PlacedBlock] = []
    last: tuple[str, int] | None = None
    for hit, parent in zip(grouped, parents, strict=True):
        name = hit.by.becomes
        if parent >= 0 and holders[parent].block.name in _AT_HOME[name]:
            last = None
            continue
        block = BLOCKS[BLOCKS[name].group]
        if last == (block.name, parent) and _adjacent(seed.text, found[-1].end, hit, loose):
            found[-1] = found[-1]._replace(end=hit.end)
        else:
            type_ = hit.by.type if block.typed and not BLOCKS[name].typed else ""
            found.append(PlacedBlock(block, hit.start, hit.end, type_, made=_made(hit.by)))
        last = (block.name, parent)
    return found


def _adjacent(text: str, end: int, hit: Hit, loose: list[Place]) -> bool:
    near = loose[bisect_left(loose, (end, 0)) : bisect_left(loose, (hit.start, 0))]
    between = [text[a:b] for a, b in gaps([(end, hit.start)], near)]
    return not any(b.strip() or (hit.by.of == "line" and b.strip(" \t").count("\n") > 1) for b in between)


# blocks


def _placed(hits: Sequence[Hit], grouped: Sequence[PlacedBlock], seed: Seed) -> Iterator[PlacedBlock]:
    """The blocks of hits, outer ones before inner ones of equal extent."""
    rows = [(h, BLOCKS[h.by.becomes]) for h in hits]
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and not b.group)
    yield from grouped
    yield from (_block(h, seed.text) for h, b in rows if b.content == "blocks" and b.group)
    yield from (_block(h, seed.text) for h, b in rows if b.content == "text")
    for hit, _ in rows:
        yield from _parts(hit)


def _block(hit: Hit, text: str) -> PlacedBlock:
    by, block = hit.by, BLOCKS[hit.by.becomes]
    if by.fields.get("cells"):
        block = block._replace(cells=separator(by.fields["cells"]))
    start, end = hit.start, hit.end
    if block.name == "table":
        start, end = with_tabs(text, start, end, 0, len(text))
    type_ = by.type if not by.opens else ""
    pairs = own_fields(block, {**by.fields, "type": type_ if not block.typed else ""})
    if block.name == "sp":
        pairs += _who(hit, text)
    claim = Claim(block.name, "", by.node, by.node, voice=by.voice) if by.voice else None
    return PlacedBlock(block, start, end, type_ if block.typed else "", claim, pairs=pairs, made=_made(by))


def _parts(hit: Hit) -> Iterator[PlacedBlock]:
    for name, (start, end) in hit.parts:
        yield PlacedBlock(BLOCKS[name], start, end, made=_made(hit.by))


def _who(hit: Hit, text: str) -> tuple[tuple[str, str], ...]:
    """The key or id of who speaks, where the convention gives one for the words of the speaker."""
    start, end = dict(hit.parts).get("speaker", (hit.start, hit.end))
    words = " ".join(text[start:end].split())
    who = hit.by.who.get(words) or hit.by.who.get(words.strip(" .:,;—–-"), "")
    return (("who", who),) if who else ()


def _made(convention: Convention) -> str:
    line, _ = convention.source.line_column(convention.place.start)
    return f"{convention.source.name}:{line}"


# within paragraphs and lines


def recognise_within(
    conventions: Iterable[Convention], blocks: list[PlacedBlock], seed: Seed
) -> tuple[list[PlacedBlock], list[Made]]:
    """All blocks, with those that conventions find inside paragraphs and lines; and what each convention found there."""
    made: list[Made] = []
    for convention in conventions:
        if (
            convention.becomes not in BLOCKS
            or not convention.within
            or BLOCKS[convention.within].content != "text"
        ):
            continue
        inside = merged((b.start, b.end) for b in blocks if b.inline or (b.made and b.block.loose))
        more = []
        for outer in (b for b in blocks if b.block.name == convention.within):
            for hit in matches_inside(convention, seed.text, outer):
                k = bisect_right(inside, (hit.start, len(seed.text)))
                near = [p for p in inside[max(0, k - 1) : k + 1] if p[0] < hit.end and hit.start < p[1]]
                if not near or (outer.start, outer.end) in near:
                    more += [_block(hit, seed.text)._replace(inline=BLOCKS[convention.becomes].loose)]
                    more += _parts(hit)
                    made.append((convention, (hit.start, hit.end)))
        if more:
            blocks = sorted([*blocks, *more], key=lambda b: (b.start, -b.end))
    return blocks, made


# footnotes: a pattern for the markers and one for the bodies, paired by their numbers

_Numbered = dict[str, list[Place]]


def _footnotes(
    conventions: Iterable[Convention], seed: Seed, named: Sequence[PlacedBlock], anchored: Sequence[Anchored]
) -> tuple[list[tuple[Convention, Anchored]], list[Place], list[Diagnostic]]:
    """The footnotes as claims at places, the places of their bodies, and the markers and bodies that have no pair."""
    known = merged((a.start, a.end) for a in anchored if a.claim.kind == "footnote" and a.start < a.end)
    bodies_taken = [place for place in known if place in set(seed.blocks)]
    named_text = merged((b.start, b.end) for b in named if b.block.content == "text")
    found: list[tuple[Convention, Anchored]] = []
    unpaired: list[Diagnostic] = []
    for convention in conventions:
        if convention.becomes == "footnote":
            bodies = _bodies(convention, seed, merged([*known, *named_text, *bodies_taken]))
            places = [place for of_number in bodies.values() for place in of_number]
            markers = _markers(convention, seed, merged([*known, *bodies_taken, *places]))
            pairs, alone = _paired(convention, markers, bodies, seed)
            found += [(convention, note) for note in pairs]
            unpaired += alone
            bodies_taken += places
    return found, bodies_taken, unpaired


def _bodies(convention: Convention, seed: Seed, taken: list[Place]) -> _Numbered:
    """The blocks or lines that begin with the number of a footnote."""
    units = seed.blocks if convention.of == "block" else [p for p in lines(seed.text) if p[0] < p[1]]
    free = set(gaps(units, taken)) & set(units)
    found: _Numbered = defaultdict(list)
    pattern = convention.patterns["body"]
    for start, end in (unit for unit in units if unit in free):
        if m := pattern.search(seed.text[start:end]):
            k = pattern.groupindex.get("text")
            place = (start, end) if k is None else trimmed(seed.text, (start + m.start(k), start + m.end(k)))
            found[_number(m, pattern.groupindex)].append(place)
    return found


def _markers(convention: Convention, seed: Seed, taken: list[Place]) -> _Numbered:
    found: _Numbered = defaultdict(list)
    pattern = convention.patterns["marker"]
    for start, end in gaps([(0, len(seed.text))], taken):
        for m in pattern.finditer(seed.text[start:end]):
            k = pattern.groupindex.get("text", 0)
            found[_number(m, pattern.groupindex)].append((start + m.start(k), start + m.end(k)))
    return found


def _number(m: object, groups: dict[str, int]) -> str:
    return str(m.group(groups["number"]) if "number" in groups else m.group(0)).strip()  # type: ignore[attr-defined]


def _paired(
    convention: Convention, markers: _Numbered, bodies: _Numbered, seed: Seed
) -> tuple[list[Anchored], list[Diagnostic]]:
    """Pairs of the first marker and first body of a number, the second ones, and so on; and those left over."""
    position = {name: node for name, node in convention.node.items.items() if name == "position"}
    found: list[Anchored] = []
    unpaired: list[Diagnostic] = []
    for number in sorted({*markers, *bodies}):
        here, there = markers.get(number, []), bodies.get(number, [])
        if len(here) != len(there):
            unpaired.append(_unpaired(convention, number, here, there, seed))
            continue
        for marker, body in zip(here, there, strict=True):
            node = Mapping(position, 0)  # one footnote is known by its node
            claim = Claim("footnote", "", node, node, voice=convention.voice)
            found += [Anchored(claim, *marker, 0, 2), Anchored(claim, *body, 1, 2)]
    return found, unpaired


def _unpaired(
    convention: Convention, number: str, markers: list[Place], bodies: list[Place], seed: Seed
) -> Diagnostic:
    labels = [Label(Span(seed.source, *place), "marker") for place in markers[:3]]
    labels += [Label(Span(seed.source, *place), "body") for place in bodies[:3]]
    message = f"the footnote “{shortened(number)}” has {_many(len(markers), 'marker')} and {_many(len(bodies), 'body')}"
    help = "Let the patterns say more closely what a marker and a body is, or write these footnotes under `annotations:`."
    return diagnostic(rules.COUNT, message, convention.place, *labels, help=help)


def _many(n: int, what: str) -> str:
    return f"{n or 'no'} {what if n < 2 else {'body': 'bodies'}.get(what, what + 's')}"
