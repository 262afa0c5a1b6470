"""The JSON Schemas (2020-12) of the three sorts of YAML files, put together from tables. Editors read the same ones.

To make all three takes a millisecond, less than to parse them as JSON would: so nothing is stored. Knows what may be
written, and nothing of any file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from edition.format.annotation_schema import (
    AREA,
    PASSAGE,
    SPECIAL,
    TYPED,
    annotation,
    block,
    claim,
    dependent_schemas,
    entry,
    place,
    styles,
)
from edition.format.fields import (
    FIELDS,
    NAME,
    PARTS,
    TEXT,
    Schema,
    fields,
    inner,
    mapping,
    one_of,
    with_error,
    with_required,
    without_keys,
)
from edition.model import rules
from edition.model.vocabulary import BLOCKS, COMMON, KINDS, REGISTERS, WHERE

Which = Literal["annotations", "registers", "settings"]


def with_calendar(context: str, *more: str) -> Schema:
    """A date as a mapping: the date, its calendar and style, and more fields."""
    dated = inner(context, ("date", "calendar", "style", *more), ("date",))
    return {**dated, "dependentSchemas": styles()}


IDENTIFIERS = ("gnd", "viaf", "wikidata", "geonames", "orcid", "isni")
HEADER: dict[str, Schema] = {
    "header": mapping(
        "header",
        ("title", "subtitle", "author", "language", "date", "source", "translation", "correspondence",
         "genre", "abstract", "revisions"),
    ),
    "origin": mapping("origin", ("original", "about", "printed")),
    "translation": mapping("translation", ("from", "by", "cert", "comment")),
    "correspondence": mapping(
        "correspondence", ("from", "to", "sent", "received", "place", "cert", "comment")
    ),
    "whereabouts": inner("", ("place", "cert", "source", "comment"), ("place",)),
    "revision": mapping("revision", ("when", "by", "what"), ("when", "what")),
}  # fmt: skip


def annotations_schema(own_kinds: Iterable[str] = ()) -> Schema:
    """The schema of annotations/NAME.yaml; `own_kinds` are the project's own, from edition.yaml."""
    own = tuple(dict.fromkeys(name for name in own_kinds if name not in KINDS))
    end = ("quote", "prefix", "suffix", "occurrence")
    return {
        **_root("annotations", "Annotations of a text"),
        **mapping("file", ("edition", "header", "conventions", "structure", "annotations"), ("edition",)),
        "$defs": {
            "annotation": annotation(own),
            "claim": claim(own),
            "place": place(PASSAGE, "Where it stands."),
            "area": place(AREA, "Where words are looked for.", after="before"),
            "end": inner("", end, ("quote",)),
            "note": inner("note", ("text", "annotations"), ("text",)),
            "footnote": inner("", ("marker", "body"), ("marker", "body")),
            "entry": entry(),
            "block": block(),
            "convention": convention(),
            "moment": with_calendar("moment"),
            **HEADER,
        },
    }


SHORT = ("names", "about", "source", "cert")
ENTRY = ("names", "variants", "forms", *SHORT[1:], "comment", *IDENTIFIERS, "links", "relations")
ENTRIES: dict[str, tuple[str, ...]] = {
    "people": (*ENTRY, *PARTS, "born", "died", "accession", "floruit", "occupation"),
    "places": (*ENTRY, "kind", "location", "country", "within"),
    "orgs": (*ENTRY, "kind", "founded", "dissolved", "predecessor", "successor", "members"),
    "works": (*ENTRY, "author", "date", "in", "published", "publisher", "pubplace", "level"),
    "events": (*ENTRY, "date", "calendar", "place", "participants"),
    "objects": (*ENTRY, "kind"),
    "groups": (*ENTRY, "members", "date", "size"),
    "voices": (*SHORT, "comment", "signs", "identified", "role"),
    "bibliography": (
        *ENTRY, "language", "author", "editor", "date", "publisher", "pubplace", "pages", "in", "url", "level",
    ),
    "witnesses": (*SHORT, "comment", *IDENTIFIERS, "links", "siglum", "date", "repository", "shelfmark"),
    "hands": (*SHORT, "comment", "scribe", "script", "medium", "scope"),
    "taxonomy": (*SHORT, "within"),
}  # fmt: skip


def register(name: str) -> Schema:
    """The entries of a register by their keys; an entry has a name, but for voices, whose key may do."""
    row = REGISTERS[name]
    required = () if name == "voices" else (row.title,)
    return {
        "title": row.about.partition(":")[0],
        "description": f"{row.about}, each under its key.",
        "examples": [{"key": {row.title: FIELDS[row.title].example}}],
        "type": "object",
        "propertyNames": FIELDS["id"].schema,
        "additionalProperties": mapping(name, (row.title, *ENTRIES[name], "ignore"), required),
    }


def registers_schema() -> Schema:
    """The schema of annotations/registers/*.yaml."""
    return {
        **_root("registers", "Registers: what texts share"),
        "type": "object",
        "properties": fields("", ("edition",)) | {name: register(name) for name in REGISTERS},
        "additionalProperties": False,
        "$defs": {
            "life": with_calendar("life", "place", "cert", "source", "comment"),
            "moment": with_calendar("moment"),
            "form": inner("form", ("text", *PARTS, "from", "to", "cert", "source"), ("text",)),
            "relation": mapping(
                "relation", ("name", "to", "date", "cert", "source", "comment"), ("name", "to")
            ),
        },
    }


def _types() -> Schema:
    """The types of a project, by the kinds and blocks that have types: each with a sentence."""
    names = [k.name for k in KINDS.values() if k.value in ("type", "reason")] + list(TYPED)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {
                "title": f"Types of {name}",
                "description": "Each type, with a sentence that says what it means.",
                "examples": [{"letter": "A letter."}],
                "type": "object",
                "additionalProperties": TEXT,
            }
            for name in names
        },
    }


def _kinds() -> Schema:
    taken = [*KINDS, *BLOCKS, *COMMON, *WHERE, *SPECIAL, "annotations", "contains", "n"]
    name: Schema = {"pattern": NAME, "not": {"enum": list(dict.fromkeys(taken))}}
    return {
        "type": "object",
        "propertyNames": with_error(rules.VALUE, "cannot name a kind, or is taken by the format", name),
        "additionalProperties": mapping(
            "kinds", ("element", "words", "value", "type", "about"), ("element", "words", "about")
        ),
    }


def settings_schema() -> Schema:
    """The schema of annotations/edition.yaml."""
    names = (
        "edition", "title", "publisher", "pubplace", "date", "licence", "editors", "defaults", "types",
        "kinds", "characters", "conventions", "include", "base", "rules", "schemas", "transpiler", "left_out",
    )  # fmt: skip
    return {
        **_root("edition", "The project: what holds for all its texts"),
        **mapping("settings", names, ("edition",)),
        "$defs": {
            "licence": mapping("licence", ("name", "url"), ("name",)),
            "editor": mapping("", ("name", "role", "orcid", "gnd", "viaf", "wikidata", "isni"), ("name",)),
            "defaults": mapping("", ("by", "language")),
            "types": _types(),
            "kinds": _kinds(),
            "character": inner("character", ("name", "about", "standard", "image"), ("about",)),
            "convention": convention(),
            "rule": inner("rule", ("is", "in", "reason"), ("is",)),
            "moment": with_calendar("moment"),
            "left_out": mapping("left_out", ("seed", "table", "row", "reason"), ("seed", "row", "reason")),
        },
    }


CONVENTION = (
    "becomes", "match", "of", "within", "opens", "type", "level", "voice", "runs-on", "who",
    "part", "position", "cells", "marker", "body",
)  # fmt: skip
_OF_MATCH = ("match", "within", "opens", "type", "level", "runs-on", "who", "part", "cells")
_OPENED = [block.name for block in BLOCKS.values() if block.content == "blocks"]


def convention() -> Schema:
    """One convention: a kind of block, and the pattern that shows it."""
    properties = fields("convention", CONVENTION)
    for name, words in {"becomes": (*BLOCKS, "footnote"), "within": BLOCKS, "opens": _OPENED}.items():
        properties[name] = {**_property(properties, name), **one_of(words)}
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
        "dependentSchemas": dependent_schemas(
            {name: without_keys(("marker", "body"), pair.format(name)) for name in _OF_MATCH}
            | {"marker": without_keys(_OF_MATCH, no_pair.format("marker"))}
        ),
        "if": footnote,
        "then": with_required(rules.MISSING_KEY, both, "marker", "body"),
        "else": with_required(rules.MISSING_KEY, one, "match"),
    }


def _property(properties: Schema, name: str) -> Schema:
    """A field without what it may hold."""
    found = properties[name]
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key not in ("type", "pattern", "x-rule")}


def schema_of(which: Which, own_kinds: Iterable[str] = ()) -> Schema:
    """The schema of a sort of files; `own_kinds` make a difference only in that of annotations."""
    if which == "annotations":
        return annotations_schema(own_kinds)
    return registers_schema() if which == "registers" else settings_schema()


def _root(name: str, title: str) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:edition:{name}:1",
        "title": title,
        "description": f"{title}. Every value is text, as it is written.",
    }
