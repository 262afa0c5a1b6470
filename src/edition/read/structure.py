"""`structure:` of a file → the blocks it names, each with its place as written and its parts. Looks at no seed.

What stands in which block, and what may, is decided by the schema of the file before, and by anchoring after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from edition.model import rules
from edition.model.annotation import Claim, Quotation, Quote, Quoted, Textual
from edition.model.diagnostics import Diagnostic
from edition.model.nodes import Mapping, Node, Sequence
from edition.model.source import Source
from edition.model.vocabulary import BLOCKS, Block, Kind
from edition.read.annotations import Reader, text


@dataclass(frozen=True, slots=True)
class NamedBlock:
    """A block as `structure:` names it. `selector`: None if its parts say where it stands. `pairs`: its attributes."""

    block: Block
    claim: Claim
    selector: Textual | None
    pairs: tuple[tuple[str, str], ...] = ()
    parts: tuple[NamedBlock, ...] = ()


def read_structure(
    node: Node | None, source: Source, kinds: dict[str, Kind]
) -> tuple[tuple[NamedBlock, ...], list[Diagnostic]]:
    """The blocks that `structure:` of a file names; and values that nobody can read.

    kinds: the vocabulary and the project's own.
    """
    reader = Reader(source, kinds)
    entries = node.items if type(node) is Sequence else ()
    return tuple(_blocks(entries, reader)), reader.diagnostics


def _blocks(entries: Iterable[Node], reader: Reader) -> Iterator[NamedBlock]:
    for entry in entries:
        name = next((key for key in entry.items if key in BLOCKS), "") if type(entry) is Mapping else ""
        if type(entry) is Mapping and name:
            yield _block(BLOCKS[name], entry, reader)


def _block(block: Block, entry: Mapping, reader: Reader) -> NamedBlock:
    value = entry.items[block.name]
    inside = value if type(value) is Mapping else entry
    if "cells" in block.fields and "cells" in entry.items:
        block = replace(block, cells=separator(entry.text("cells")))
    fields = {name: " ".join(entry.texts(name)) for name in block.fields}
    return NamedBlock(
        block,
        _claim(block, value, entry, reader),
        _selector(block, value, inside, reader),
        own_fields(block, fields),
        tuple(_blocks(_parts(block.name, inside), reader)),
    )


def _claim(block: Block, value: Node, entry: Mapping, reader: Reader) -> Claim:
    """What is said of a block: beside its name, or in its value."""
    said = reader.claim(entry)
    if type(value) is Mapping:
        inner = reader.claim(value)
        names = ("voice", "by", "cert", "comment", "id", "source")
        said = replace(said, **{name: getattr(said, name) or getattr(inner, name) for name in names})
    return replace(said, kind=block.name, value=text(value) if block.typed else "", at=value)


def _selector(block: Block, value: Node, inside: Mapping, reader: Reader) -> Textual | None:
    if block.typed or type(value) is Mapping:
        return reader.textual(inside)
    if not text(value):
        reader.wrong(rules.EMPTY, f"“{block.name}” quotes nothing", value)
        return None
    return Quoted(Quotation(Quote(text(value)), value))


def _parts(name: str, inside: Mapping) -> Iterator[Node]:
    """Parts written as keys (`salute: "…"`) and those under `contains`."""
    for key, node in inside.items.items():
        if key in BLOCKS and key != name:
            yield Mapping({key: node}, node.start, node.end, {key: inside.keys[key]})
        elif key == "contains" and type(node) is Sequence:
            yield from node.items


def own_fields(block: Block, fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What the fields of a block become; who speaks is pointed at later."""
    names = {"position": "place"}
    return tuple((names.get(n, n), fields.get(n, "")) for n in block.fields if n != "cells" and fields.get(n))


def separator(written: str) -> str:
    """What parts the cells of a row: `\\t` is a tab."""
    return written.replace("\\t", "\t")
