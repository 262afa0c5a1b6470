"""The schema of one block of `structure`, made from the table of blocks."""

from __future__ import annotations

from edition.format.grammar_fields import TEXT, WORDS, Schema, either, fields, ref
from edition.format.grammar_places import ends, merged, needs, one_kind, requires, some_kind, ways, without
from edition.model import rules
from edition.model.vocabulary import BLOCKS, WHERE, Block

PLACE = tuple(name for name in WHERE if name not in ("before", "after", "on"))
BLOCK_FIELDS = ("voice", "by", "cert", "comment", "id", "n")
OWN_FIELDS = tuple(dict.fromkeys(name for block in BLOCKS.values() for name in block.fields))
TYPED = tuple(block.name for block in BLOCKS.values() if block.typed)
UNTYPED = tuple(block.name for block in BLOCKS.values() if not block.typed)


def block_property(block: Block) -> Schema:
    if block.typed:
        about, example, schema = "The value is its type; the place stands beside it.", "letter", TEXT
    else:
        about = "The value is its words in the seed, or a mapping with a place and with parts."
        example, schema = "P. S.", either({**WORDS, **ref("block")}, "object")
    title = f"{block.name} → {block.element}"
    return {"title": title, "description": f"{block.about} {about}", "examples": [example], **schema}


def _own() -> dict[str, Schema]:
    """For each field that only some blocks have: the others."""
    return {
        field: without(
            [block.name for block in BLOCKS.values() if field not in block.fields],
            f"cannot stand beside “{field}”",
            rules.UNKNOWN_KEY,
        )
        for field in OWN_FIELDS
    }


def entry() -> Schema:
    """An entry of `structure`."""
    nowhere = "does not say where: give “quote”, “from” and “to”, or what it contains"
    outside = "does not stand beside the block here, but in its value: “head: {quote: …}”"
    return {
        "title": "Block",
        "description": "A block of the text: its kind, and where it stands.",
        "type": "object",
        "properties": {b.name: block_property(b) for b in BLOCKS.values()}
        | fields("", (*PLACE, "contains", *BLOCK_FIELDS, *OWN_FIELDS)),
        "additionalProperties": False,
        "dependentSchemas": merged(one_kind(TYPED, "a block"), ways(PLACE), needs(PLACE), ends(), _own()),
        "if": {"anyOf": [{"required": [name]} for name in TYPED]},
        "then": {"allOf": [requires(nowhere, *PLACE, *UNTYPED, "contains")]},
        "else": {
            **without((*PLACE, "contains"), outside),
            "dependentSchemas": merged(one_kind(UNTYPED, "a block")),
            "allOf": [some_kind(UNTYPED)],
        },
    }


def block() -> Schema:
    """The value of a block that is no plain text."""
    names = (*PLACE, "contains")
    return {
        "properties": fields("", names) | {name: block_property(BLOCKS[name]) for name in UNTYPED},
        "additionalProperties": False,
        "dependentSchemas": merged(ways(PLACE), needs(PLACE), ends()),
        "allOf": [
            requires(
                "does not say where: give “quote”, “from” and “to”, or parts", *PLACE, *UNTYPED, "contains"
            )
        ],
    }
