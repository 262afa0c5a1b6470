"""`structure:` → blocks laid over the text; and annotations that contain whole blocks. Knows nothing of inline kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from edition.anchor.anchor import Anchorer
from edition.model import rules
from edition.model.annotation import Anchored, Laid, Offsets, Passage, Quotation, Quote, Quoted, Seed
from edition.model.diagnostics import say
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.nodes import Sequence as YamlSequence
from edition.model.vocabulary import BLOCKS, CHUNKS, KINDS, Block
from edition.read.annotations import Reader, text, texts

_PLACE = ("quote", "from", "start")
_GROWS = {
    "gloss": "note",
    "quotation": "quote",
    "q": "q",
    "footnote": "note",
}  # kinds that can contain whole blocks


def lay(node: Node | None, anchorer: Anchorer) -> list[Laid]:
    """The blocks that `structure:` names, outer ones before inner ones."""
    found: list[Laid] = []
    if type(node) is YamlSequence:
        anchorer.finder.prepare(quote for quote in _quoted(node))
        for entry in node.items:
            if type(entry) is Mapping:
                _lay(entry, None, anchorer, found)
    return [replace(block, order=k) for k, block in enumerate(found)]


def _quoted(node: Node) -> Iterable[Quote]:
    """Words that entries quote as their value, so that thousands of them are looked for at once."""
    for entry in node.items if type(node) is YamlSequence else ():
        if type(entry) is Mapping:
            context = text(entry.items.get("prefix")), text(entry.items.get("suffix"))
            for key, value in entry.items.items():
                if (
                    type(value) is Scalar
                    and value.text.strip()
                    and (key in BLOCKS or key in ("from", "quote"))
                ):
                    yield Quote(value.text, *context)
                    yield Quote(value.text)
                elif key == "contains":
                    yield from _quoted(value)
                elif type(value) is Mapping and key in BLOCKS and "contains" in value.items:
                    yield from _quoted(value.items["contains"])


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


def _selector(
    block: Block, entry: Mapping, inside: Mapping, reader: Reader
) -> Quoted | Passage | Offsets | None:
    value = entry.items[block.name]
    if type(value) is not Mapping and not block.typed:
        quote = Quote(text(value), text(entry.items.get("prefix")), text(entry.items.get("suffix")))
        if not quote.exact:
            reader.found.append(say(rules.EMPTY, f"“{block.name}” quotes nothing", reader.span(value)))
            return None
        return Quoted(Quotation(quote, value, reader.occurrence(entry)), within=reader.within(entry))
    selector = reader.selector(inside) if any(key in inside.items for key in _PLACE) else None
    return selector if isinstance(selector, (Quoted, Passage, Offsets)) else None


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
    if "cells" in block.fields and "cells" in entry.items:
        block = replace(block, cells=separator(text(entry.items["cells"])))
    claim = replace(fields, kind=block.name, value=type_, at=value)
    pairs = own_fields(block, {name: " ".join(texts(entry.items.get(name))) for name in block.fields})
    return Laid(block, *place, type_, claim, pairs=pairs)


def own_fields(block: Block, fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What the fields of a block become; who speaks is pointed at later."""
    names = {"position": "place"}
    return tuple((names.get(n, n), fields.get(n, "")) for n in block.fields if n != "cells" and fields.get(n))


def separator(written: str) -> str:
    """`\\t` is a tab."""
    return written.replace("\\t", "\t")


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
