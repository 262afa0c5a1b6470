"""The schema of annotations as an editor of text wants it: with the keys of this project's registers to choose from.

The generic schema stays what `edition check` goes by; this one only narrows it. Each key brings the name and the
description of its entry, which an editor shows beside it. It stands in keys.schema.json, which every build writes
and git does not keep; the first line of a file of annotations names project.schema.json, which never changes.
"""

from __future__ import annotations

import json
from typing import Any

from edition.encode.header.fields import Facts
from edition.format.json_schema import annotations_schema
from edition.model.annotation import Entry
from edition.model.edition import Project
from edition.model.vocabulary import KINDS, REGISTERS
from edition.read.project import spoken

FILE = "project.schema.json"
KEYS = "keys.schema.json"
ABSENT = "absent"  # a definition of keys.schema.json that nothing fits: where the file is missing, all fits
EDITORS = "editors"
EVERY = tuple(REGISTERS)
OPEN = "open"  # another text may stand there as well
FIELDS: dict[str, tuple[str, ...]] = {
    "by": (EDITORS, "=machine"),
    "voice": ("voices", "people", "=unknown"),
    "reign": ("people",),
    "hand": ("hands",),
    "witness": ("witnesses",),
    "active": EVERY,
    "passive": EVERY,
    "mutual": EVERY,
    "source": ("bibliography", OPEN),
    "author": ("people", "orgs", OPEN),
    "who": ("people", OPEN),
}
"""Fields that hold keys: of which registers; `=word`: that word too."""
Schema = dict[str, Any]
_GENERIC: Schema = {"$ref": "annotations.schema.json"}
CHOICE: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Annotations of a text, with the keys of this project",
    "$comment": "`edition build` writes keys.schema.json, and a fresh clone has none: then annotations.schema.json "
    "holds. yaml-language-server gives up where a reference leads to a missing file, but not in a schemaSequence, from "
    "which it takes a schema by the number of the document in the file; while you type, that number is undefined.",
    "allOf": [_GENERIC],
    "$defs": {
        "0": {"if": {"$ref": f"{KEYS}#/$defs/{ABSENT}"}, "then": _GENERIC, "else": {"$ref": KEYS}},
        "undefined": {"$ref": "#/$defs/0"},
    },
    "schemaSequence": {"$ref": "#/$defs"},
}
"""What project.schema.json says: the keys of the project where they have been written, else any key."""


def editor_schema(project: Project) -> Schema:
    """The schema of this project's annotations."""
    own = [name for name in project.kinds if name not in KINDS]
    schema: Schema = annotations_schema(own)
    definitions = schema["$defs"]
    lists = {f"keys.{name}": {"anyOf": items} for name, items in _choices(project).items() if items}
    narrowed = {}
    for name in ("annotation", "claim", "entry", "header"):
        properties = dict(definitions[name]["properties"])
        for field in properties if name != "header" else ("author",):
            wanted = FIELDS.get(field) or _of_kind(project, field)
            if any(f"keys.{each}" in lists for each in wanted):
                properties[field] = _choosing(properties[field], wanted, lists)
        narrowed[name] = {**definitions[name], "properties": properties}
    title = "Annotations of a text, with the keys of this project"
    return {
        **schema,
        "$id": "urn:edition:project:1",
        "title": title,
        "$defs": {**definitions, **narrowed, **lists, ABSENT: {"not": {}}},
    }


def editor_files(project: Project) -> dict[str, bytes]:
    """What an editor needs in schema/ beside the schemas that all projects share."""
    files = {FILE: CHOICE, KEYS: editor_schema(project)}
    return {
        name: (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
        for name, schema in files.items()
    }


def _of_kind(project: Project, name: str) -> tuple[str, ...]:
    """What the value of a kind or block names: entries of registers, or declared types."""
    kind = project.kinds.get(name)
    if kind is not None and kind.value == "key":
        return EVERY if "*" in kind.registers else kind.registers or ("bibliography",)
    return (f"types.{name}",)


def _choices(project: Project) -> dict[str, list[Schema]]:
    """What can be chosen, by register: entries, editors, declared types."""
    facts = Facts(project.registers, spoken(project.settings) or "en")
    found = {name: [_entry(facts, entry) for entry in project.registers.of(name)] for name in REGISTERS}
    if EDITORS in project.settings.items:
        found[EDITORS] = [_word(key, "An editor.") for key in project.settings.inner(EDITORS).items]
    types = project.settings.inner("types")
    for kind in types.items:
        found[f"types.{kind}"] = [_word(name, about) for name, about in types.inner(kind).pairs().items()]
    return found


def _entry(facts: Facts, entry: Entry) -> Schema:
    about = entry.text("about") or entry.text("comment")
    name = facts.entry_names(entry)[0].text
    return _word(entry.key, f"{name}. {' '.join(about.split())}" if about else name)


def _word(word: str, about: str) -> Schema:
    """One choice. Alone in its `enum`: so an editor shows no list of all others beside it."""
    return {"title": word, "enum": [word], "enumDescriptions": [about]}


def _choosing(schema: Schema, wanted: tuple[str, ...], lists: dict[str, Schema]) -> Schema:
    """A property that takes keys: the keys to choose from, in place of its example."""
    keys: list[Schema] = [{"$ref": f"#/$defs/keys.{name}"} for name in wanted if f"keys.{name}" in lists]
    keys += [_word(word[1:], "") for word in wanted if word[0] == "="]
    kept = {name: value for name, value in schema.items() if name != "examples"}
    if OPEN in wanted:
        return {**kept, "anyOf": [*keys, {"type": schema["type"]}]}
    if "array" not in schema["type"]:
        return {**kept, "type": "string", "anyOf": keys}
    return {
        **kept,
        "type": ["string", "array"],
        "items": {"anyOf": keys},
        "anyOf": [*keys, {"type": "array"}],
    }
