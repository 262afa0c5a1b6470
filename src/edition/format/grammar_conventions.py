"""The schema of `conventions`: how texts show their blocks."""

from __future__ import annotations

from edition.format.grammar_fields import Json, Schema, fields, one_of, told
from edition.format.grammar_places import merged, without
from edition.model import rules
from edition.model.vocabulary import BLOCKS

NAMES = (
    "becomes", "match", "of", "within", "opens", "type", "level", "voice", "runs-on", "who",
    "part", "position", "cells", "marker", "body",
)  # fmt: skip
_OF_MATCH = ("match", "within", "opens", "type", "level", "runs-on", "who", "part", "cells")
_OPENED = [block.name for block in BLOCKS.values() if block.content == "blocks"]


def convention() -> Schema:
    """One convention: a kind of block, and the pattern that shows it."""
    properties: dict[str, Json] = {**fields("convention", NAMES)}
    properties["becomes"] = {**_property(properties, "becomes"), **one_of((*BLOCKS, "footnote"))}
    properties["within"] = {**_property(properties, "within"), **one_of(BLOCKS)}
    properties["opens"] = {**_property(properties, "opens"), **one_of(_OPENED)}
    no_pair = "cannot stand beside “{}”: a footnote has “marker” and “body” instead"
    pair = "cannot stand beside “{}”: only a footnote has a marker and a body"
    footnote: Schema = {"properties": {"becomes": {"const": "footnote"}}, "required": ["becomes"]}
    both = "is missing: a footnote has a pattern for its markers, and one for its bodies"
    one = "is missing: it says what the convention looks for"
    return {
        "title": "Convention",
        "description": "How the texts show a kind of block: what the pattern finds becomes one.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": ["becomes"],
        "dependentSchemas": merged(
            {name: without(("marker", "body"), pair.format(name)) for name in _OF_MATCH}
            | {"marker": without(_OF_MATCH, no_pair.format("marker"))}
        ),
        "if": footnote,
        "then": told(rules.MISSING_KEY, both, {"required": ["marker", "body"]}),
        "else": told(rules.MISSING_KEY, one, {"required": ["match"]}),
    }


def _property(properties: dict[str, Json], name: str) -> Schema:
    found = properties[name]
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key not in ("type", "pattern", "x-rule")}
