"""`structure:` and the seed's blank lines → blocks laid over the text, all of it. Knows nothing of inline kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition import catalogue as rules
from edition.anchor import Anchorer
from edition.annotations import Reader, text
from edition.diagnostics import Diagnostic, say, shortened
from edition.model import Anchored, Claim, Laid, Quote, Seed, Selector
from edition.seed import blocks, lines
from edition.source import Span
from edition.vocabulary import BLOCKS, KINDS, Block
from edition.yamlmarks import Mapping, Node
from edition.yamlmarks import Sequence as YamlSequence

BODY = Block("body", "body", "blocks", "The text.", "p")
_PLACE = ("quote", "from", "start")
_GROWS = {
    "gloss": "note",
    "quotation": "quote",
    "q": "q",
    "footnote": "note",
}  # kinds that can contain whole blocks
_CHUNKS = ("p", "lg", "list", "ab", "sp")  # blocks that may stand in a note or quotation


def lay(node: Node | None, anchorer: Anchorer) -> list[Laid]:
    """The blocks that `structure:` names, outer ones before inner ones."""
    found: list[Laid] = []
    if type(node) is YamlSequence:
        for entry in node.items:
            if type(entry) is Mapping:
                _lay(entry, None, anchorer, found)
    return [replace(block, order=k) for k, block in enumerate(found)]


def _lay(
    entry: Mapping, area: tuple[int, int] | None, anchorer: Anchorer, found: list[Laid]
) -> tuple[int, int] | None:
    """One entry and its parts; the range it covers."""
    name = next((key for key in entry.items if key in BLOCKS), "")
    if not name:
        return None
    block, value = BLOCKS[name], entry.items[name]
    inside = value if type(value) is Mapping else entry
    at = len(found)
    place: tuple[int, int] | None = None
    if selector := _selector(block, entry, inside, anchorer.reader):
        places = anchorer.places(selector, area)
        if not places:
            return None
        place = places[0]
        for more in places[1:]:
            found.append(_laid(block, more, value, entry, anchorer.reader))
    parts = [_lay(part, place or area, anchorer, found) for part in _parts(name, inside)]
    if place is None:
        known = [part for part in parts if part]
        if not known:
            return None
        place = _widened(min(a for a, _ in known), max(b for _, b in known), anchorer.seed, area)
    found.insert(at, _laid(block, place, value, entry, anchorer.reader))
    return place


def _selector(block: Block, entry: Mapping, inside: Mapping, reader: Reader) -> Selector | None:
    value = entry.items[block.name]
    if type(value) is not Mapping and not block.typed:
        quote = Quote(text(value), text(entry.items.get("prefix")), text(entry.items.get("suffix")))
        if not quote.exact:
            reader.found.append(say(rules.EMPTY, f"“{block.name}” quotes nothing", reader.span(value)))
            return None
        return Selector(
            "quote", value, quote, occurrence=reader.occurrence(entry), within=reader.within(entry)
        )
    return reader.selector(inside) if any(key in inside.items for key in _PLACE) else None


def _parts(name: str, inside: Mapping) -> Iterable[Mapping]:
    """Parts written as keys (`salute: "…"`) and those under `contains`."""
    for key, node in inside.items.items():
        if key in BLOCKS and key != name:
            yield Mapping({key: node}, node.start, node.end, {key: inside.keys[key]})
        elif key == "contains" and type(node) is YamlSequence:
            yield from (child for child in node.items if type(child) is Mapping)


def _laid(block: Block, place: tuple[int, int], value: Node, entry: Mapping, reader: Reader) -> Laid:
    fields = reader.claim(entry)
    if type(value) is Mapping:
        inner = reader.claim(value)
        fields = replace(
            fields,
            voice=fields.voice or inner.voice,
            by=fields.by or inner.by,
            cert=fields.cert or inner.cert,
            comment=fields.comment or inner.comment,
            id=fields.id or inner.id,
            source=fields.source or inner.source,
        )
    type_ = text(value) if block.typed else ""
    return Laid(block, *place, type_, replace(fields, kind=block.name, value=type_, at=value))


def _widened(start: int, end: int, seed: Seed, area: tuple[int, int] | None) -> tuple[int, int]:
    """A block without a place of its own covers the whole blocks of the seed that its parts stand in."""
    for a, b in seed.blocks:
        if a < end and start < b:
            start, end = min(start, a), max(end, b)
    return (max(start, area[0]), min(end, area[1])) if area else (start, end)


def grown(anchored: Sequence[Anchored], laid: list[Laid], seed: Seed) -> list[Laid]:
    """Notes, footnote bodies and quotations that cover whole blocks of the seed contain them."""
    starts = {a: k for k, (a, _) in enumerate(seed.blocks)}
    ends = {b: k for k, (_, b) in enumerate(seed.blocks)}
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
        inside = [
            b
            for b in laid
            if a.start < b.end
            and b.start < a.end
            and not (b.start <= a.start and a.end <= b.end and b.block.content == "blocks")
        ]
        if any(b.block.name not in _CHUNKS or not (a.start <= b.start and b.end <= a.end) for b in inside):
            continue
        alone = kind == "footnote" and starts[a.start] == ends[a.end]
        row = Block(
            kind, _GROWS[kind], "text" if alone else "blocks", KINDS[kind].about, "" if alone else "p"
        )
        found.append(Laid(row, a.start, a.end, claim=a.claim, anchored=index, order=index))
    return found


def fill(laid: list[Laid], seed: Seed, reader: Reader) -> tuple[list[Laid], list[Diagnostic]]:
    """Every unit of the seed that no block of text covers becomes what its container says; crossing blocks are told."""
    found: list[Diagnostic] = []
    result: list[Laid] = []
    ordered = sorted(laid, key=lambda b: (b.start, -b.end, b.anchored >= 0, b.order))
    stack: list[tuple[Laid, list[Laid]]] = [(Laid(BODY, 0, len(seed.text)), [])]

    def close(until: int) -> None:
        while len(stack) > 1 and stack[-1][0].end <= until:
            _complete(*stack.pop(), seed, reader, result, found)

    for block in ordered:
        close(block.start)
        parent, children = stack[-1]
        if block.end > parent.end:
            found.append(_crossing(parent, block, seed, reader))
            continue
        children.append(block)
        stack.append((block, []))
        result.append(block)
    close(len(seed.text) + 1)
    _complete(*stack[0], seed, reader, result, found)
    if any(d.rule is rules.OVERLAP for d in found):  # what seems misplaced only follows from that
        found = [d for d in found if d.rule is rules.OVERLAP]
    return sorted(result, key=lambda b: (b.start, -b.end)), found


def _complete(
    parent: Laid,
    children: list[Laid],
    seed: Seed,
    reader: Reader,
    result: list[Laid],
    found: list[Diagnostic],
) -> None:
    """Fill one container, once its children are known."""
    if parent.block.content == "text":
        return
    divided = False
    k = 0
    units = blocks if parent.block.unit == "block" else lines
    for a, b in _uncovered(parent, children, seed, units):
        while k < len(children) and children[k].end <= a:
            divided = divided or (
                children[k].block.element in ("div", "floatingText") and children[k].block.name == "div"
            )
            k += 1
        if not parent.block.default or divided:
            found.append(_misplaced(parent, a, b, divided, seed, reader))
        result.append(Laid(BLOCKS.get(parent.block.default, BLOCKS["p"]), a, b))


def _uncovered(parent: Laid, children: list[Laid], seed: Seed, units: object) -> Iterable[tuple[int, int]]:
    """Passages of a container between its children, unit by unit."""
    at = parent.start
    for child in [*children, None]:
        end = parent.end if child is None else child.start
        if end > at:
            yield from ((a, b) for a, b in units(seed.text, at, end) if a < b)  # type: ignore[operator]
        if child is not None:
            at = max(at, child.end)


def _crossing(one: Laid, other: Laid, seed: Seed, reader: Reader) -> Diagnostic:
    labels = [
        (reader.span(b.claim.at), f"{b.block.name}: {_shown(b, seed)}") for b in (other, one) if b.claim
    ]
    places = [(Span(seed.source, b.start, b.end), b.block.name) for b in (other, one)]
    return say(
        rules.OVERLAP,
        f"the blocks “{one.block.name}” and “{other.block.name}” cross: one must contain the other",
        *labels,
        *places,
        help="Let one of them end where the other ends, or begin after it.",
    )


def _misplaced(parent: Laid, start: int, end: int, divided: bool, seed: Seed, reader: Reader) -> Diagnostic:
    words = shortened(seed.text[start:end], 40)
    labels = [
        (Span(seed.source, start, end), "stands here"),
        *([(reader.span(parent.claim.at), "inside this")] if parent.claim else []),
    ]
    if divided:
        return say(
            rules.MISPLACED,
            f"“{words}” follows a division, where TEI allows no paragraph",
            *labels,
            help="Say under `structure:` where it belongs: extend the division with `to:`, "
            "or write another `- div: TYPE` with `from:` and `to:`.",
        )
    return say(
        rules.MISPLACED,
        f"“{words}” is not named by `structure:`, and a “{parent.block.name}” holds only blocks",
        *labels,
        help="Name it under `contains:`, or let a neighbour include it.",
    )


def _shown(block: Laid, seed: Seed) -> str:
    return f"“{shortened(seed.text[block.start : block.end], 40)}”"


def zones(laid: Iterable[Laid]) -> list[tuple[int, int]]:
    """The outermost blocks of text: apart, in order."""
    found: list[tuple[int, int]] = []
    for block in laid:
        if block.block.content == "text" and (not found or block.start >= found[-1][1]):
            found.append((block.start, block.end))
    return found


def claims_of(laid: Iterable[Laid]) -> Iterable[Claim]:
    return (block.claim for block in laid if block.claim is not None and block.anchored < 0)
