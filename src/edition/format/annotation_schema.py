"""The JSON Schemas of what is said of words: annotations, claims, blocks of `structure`, and how a place is given.

They are made from the vocabulary and the table of fields. What excludes what is said key by key, so that every error
has one cause. Knows no file: `json_schema` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition.format.fields import (
    ANYTHING,
    CHARACTERS,
    LANGUAGE,
    NAME,
    SCALAR,
    TEXT,
    WORDS,
    Json,
    Schema,
    either,
    fields,
    fitting,
    mapping,
    ref,
    with_error,
    with_required,
    without_keys,
)
from edition.model import rules
from edition.model.vocabulary import BLOCKS, COMMON, KINDS, WHERE, Block, Kind

ANCHORS = ("quote", "from", "match", "before", "after", "start", "on")
PASSAGE = ("quote", "prefix", "suffix", "within-word", "occurrence", "from", "to", "in")
AREA = (*PASSAGE, "before", "after")

# Two ways of saying where, or a narrowing that has nothing to narrow; each pair once.
CLASHES: dict[str, tuple[str, ...]] = {
    "from": ("quote",),
    "match": ("quote", "from", "to", "prefix", "suffix", "within-word", "occurrence"),
    "before": ("quote", "from", "to", "match", "count"),
    "after": ("quote", "from", "to", "match", "count", "before"),
    "start": ("from", "to", "match", "count", "before", "after", "occurrence", "in"),
    "on": tuple(name for name in WHERE if name != "on"),
}
NEEDS = {"to": "from", "count": "match", "end": "start"}


def requires(predicate: str, *names: str) -> Schema:
    """A mapping with one of these keys at least, since they say where."""
    return with_error(rules.SELECTOR, predicate, {"anyOf": [{"required": [name]} for name in names]})


def some_kind(names: Iterable[str]) -> Schema:
    """A mapping with one of these keys at least (said so because it is faster than `anyOf` with forty branches)."""
    none: Json = {"type": "object", "propertyNames": {"not": {"enum": list(names)}}}
    return with_error(rules.KIND, "has no kind: no key says what is claimed", {"not": none})


def one_kind(names: Iterable[str], what: str) -> dict[str, Schema]:
    """For each of these keys, that those after it do not stand beside it: so each pair is reported once."""
    kinds = list(names)
    return {
        name: without_keys(kinds[n:], f"cannot stand beside “{name}”: {what} has one kind", rules.KIND)
        for n, name in enumerate(kinds[:-1], start=1)
    }


def dependent_schemas(*tables: Mapping[str, Schema]) -> Schema:
    """One `dependentSchemas` of several tables, each of which says what the presence of a key asks for."""
    by_name: dict[str, list[Schema]] = {}
    for table in tables:
        for name, schema in table.items():
            by_name.setdefault(name, []).append(schema)
    return {name: some[0] if len(some) == 1 else {"allOf": some} for name, some in by_name.items()}


def described(title: str, about: str, properties: Schema, *tables: Mapping[str, Schema]) -> Schema:
    """A mapping with these properties and no others, and what the presence of one asks of the others."""
    return {
        "title": title,
        "description": about,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "dependentSchemas": dependent_schemas(*tables),
    }


def where_rules(names: tuple[str, ...], **allowed: str) -> tuple[dict[str, Schema], ...]:
    """What excludes and what needs what among these fields that say where; `allowed` pairs may stand together."""
    others = {
        name: [other for other in CLASHES[name] if other in names and allowed.get(name) != other]
        for name in CLASHES
        if name in names
    }
    one_way = {
        name: without_keys(out, f"cannot stand beside “{name}”: say where in one way")
        for name, out in others.items()
        if out
    }
    needed = {
        name: with_required(rules.SELECTOR, f"is missing: “{name}” means nothing without it", other)
        for name, other in NEEDS.items()
        if name in names
    }
    text: Schema = {"properties": {"from": {"type": list(SCALAR)}}}
    narrowing = ("prefix", "within-word", "occurrence")
    rest = without_keys(narrowing, "belongs into the mapping of “from”, beside its “quote”")
    return one_way, needed, {"from": {"if": text, "else": rest}}


def styles() -> dict[str, Schema]:
    """Beside `style` the calendar stands, and it is the Julian one."""
    predicate = "is missing: a style says when the year of the Julian calendar begins"
    missing = with_required(rules.MISSING_KEY, predicate, "calendar")
    julian = with_error(rules.VALUE, "has no styles", {"const": "julian"})
    return {"style": {"allOf": [missing, {"properties": {"calendar": julian}}]}}


def place(names: tuple[str, ...], about: str, **allowed: str) -> Schema:
    """A mapping that says where, and nothing else."""
    anchors = [name for name in ANCHORS if name in names]
    return {
        "description": about,
        **mapping("", names),
        "dependentSchemas": dependent_schemas(*where_rules(names, **allowed)),
        "allOf": [requires("does not say where: give “quote”, or “from” and “to”", *anchors)],
    }


CLAIM = tuple(name for name in COMMON if name != "also")
# `annotations` of a note stand in its value, beside `text`: beside the kind they would look like a group.
SPECIAL = tuple(dict.fromkeys(f for kind in KINDS.values() for f in kind.fields if f != "annotations"))
GROUP = ("in", "by", "cert", "annotations")
POINTS = tuple(k.name for k in KINDS.values() if k.at == "point")
POINTS_TOO = tuple(k.name for k in KINDS.values() if k.at in ("either", "anywhere"))
NOWHERE = tuple(k.name for k in KINDS.values() if k.at in ("parts", "anywhere"))

VALUES: dict[str, tuple[str, Schema]] = {
    "key": ("a key of the registers", TEXT),
    "date": ("a date in EDTF", TEXT),
    "duration": ("a duration in ISO 8601", TEXT),
    "type": ("a type", TEXT),
    "words": ("the editor's words", CHARACTERS),
    "reason": ("a reason", TEXT),
    "number": ("a number", TEXT),
    "target": ("an id, or a URL", TEXT),
    "language": ("a language tag (BCP 47)", LANGUAGE),
    "name": ("the name of an element of TEI", fitting(NAME, "is not the name of an element")),
    "places": ("where its marker and its body stand", {"type": "object", **ref("footnote")}),
}
EXAMPLES: dict[str, Json] = {
    "footnote": {"marker": {"quote": "*"}, "body": {"from": "* This", "to": "- E. H."}}
}


def kind_property(kind: Kind) -> Schema:
    what, schema = VALUES[kind.value]
    if kind.shape == "milestone" or kind.name == "reading":  # an empty reading: the witness has nothing there
        schema = ANYTHING
    elif kind.shape == "note":
        schema = either({**WORDS, **ref("note")}, "object")
    registers = f" ({', '.join(kind.registers)})" if kind.registers else ""
    about = f"{kind.about} The value is {what}{registers}."
    title = f"{kind.name} → {kind.element or 'TEI'}"
    example = EXAMPLES.get(kind.name, kind.example)
    return {"title": title, "description": about, "examples": [example], **schema}


def own_property(name: str) -> Schema:
    about = "A kind of this project, from edition.yaml."
    return {"title": name, "description": about, "examples": ["…"], **ANYTHING}


def kind_properties(own: Iterable[str]) -> Schema:
    properties: Schema = {name: kind_property(kind) for name, kind in KINDS.items()}
    return properties | {name: own_property(name) for name in own}


def only_with_owners(owners: Mapping[str, Iterable[str]], special: Iterable[str]) -> dict[str, Schema]:
    """For each special field, that it stands beside no kind or block but its owners. (By field: that is faster.)"""
    others = {field: [name for name, own in owners.items() if field not in own] for field in special}
    return {
        field: without_keys(names, f"cannot stand beside “{field}”", rules.UNKNOWN_KEY)
        for field, names in others.items()
    }


def specials(own: Iterable[str]) -> dict[str, Schema]:
    """What may stand beside the fields that only some kinds have."""
    return only_with_owners(
        {name: KINDS[name].fields if name in KINDS else () for name in (*KINDS, *own)}, SPECIAL
    )


def alternatives(own: Iterable[str]) -> dict[str, Schema]:
    """That each entry of `or` is of the kind of the claim it stands in."""
    predicate = "is missing: an alternative is of the same kind"
    same: Schema = {
        name: {"properties": {"or": {"items": with_required(rules.KIND, predicate, name)}}}
        for name in (*KINDS, *own)
    }
    return {"or": {"dependentSchemas": same}}


def place_rules() -> dict[str, Schema]:
    """Kinds that stand on words, kinds that stand at a point, and `footnote`, whose value says where."""
    on_words = [kind.name for kind in KINDS.values() if kind.at == "words"]
    words = ("quote", "from", "to", "match", "count")
    no_point = "cannot stand beside “{}”: it needs words of the seed, and not a point"
    no_words = "cannot stand beside “{}”: that stands at a point, “before” or “after” words"
    return {
        **{side: without_keys(on_words, no_point.format(side)) for side in ("before", "after")},
        **{name: without_keys(words, no_words.format(name)) for name in POINTS},
        "milestone": with_required(rules.MISSING_KEY, "is missing: it says what begins here", "unit"),
        "link": without_keys(
            [name for name in WHERE if name != "on"], "cannot stand beside “link”: give the ids with “on”"
        ),
        "footnote": without_keys(
            WHERE, "does not stand beside “footnote”: marker and body say where they stand"
        ),
    }


def offsets(own: Iterable[str]) -> dict[str, Schema]:
    """That offsets of words stand beside the words, by which they are checked."""
    points: list[Json] = [{"required": [name]} for name in (*POINTS, *POINTS_TOO, *own)]
    checked: Json = {"required": ["quote", "end"]}
    predicate = "gives “start” without “end” and “quote”: offsets are checked by the words"
    return {"start": with_error(rules.SELECTOR, predicate, {"anyOf": [checked, *points]})}


def reckonings() -> dict[str, Schema]:
    """That a reign, which has a calendar of its own, stands beside no other; and what a style needs."""
    predicate = "cannot stand beside “reign”: the calendar is that of the accession"
    return {**styles(), "reign": without_keys(("calendar", "style"), predicate, rules.VALUE)}


def group(own: Iterable[str]) -> dict[str, Schema]:
    """That a group has nothing beside `annotations` but `in`, `by` and `cert`."""
    others = [name for name in (*COMMON, *WHERE, *SPECIAL) if name not in GROUP]
    only = "cannot stand beside “annotations”: a group has only “in”, “by” and “cert”"
    no_kind = "cannot stand beside “annotations”: a group has no kind of its own"
    both: list[Json] = [
        without_keys(others, only, rules.UNKNOWN_KEY),
        without_keys((*KINDS, *own), no_kind, rules.KIND),
    ]
    return {"annotations": {"allOf": both}}


def annotation(own: tuple[str, ...]) -> Schema:
    """An entry of `annotations`; `own` are the kinds that only the project has."""
    kinds = (*KINDS, *own)
    properties = kind_properties(own) | fields("", (*COMMON, *WHERE, *SPECIAL, "annotations"))
    about = "One kind, what is claimed, and where; or a group of annotations."
    beside = (one_kind(kinds, "an annotation"), specials(own), alternatives(own), group(own), reckonings())
    where = (place_rules(), *where_rules(WHERE), offsets(own))
    nowhere = "does not say where: give “quote”, “from” and “to”, “match”, “before”, “after” or “on”"
    asked: list[Json] = [
        some_kind((*kinds, "annotations")),
        requires(nowhere, *ANCHORS, *NOWHERE, "annotations"),
    ]
    return {**described("Annotation", about, properties, *beside, *where), "allOf": asked}


def claim(own: tuple[str, ...]) -> Schema:
    """An entry of `also` or `or`: it has no place, and is no footnote, whose value is a place."""
    properties = kind_properties(own) | fields("", (*CLAIM, *SPECIAL))
    del properties["footnote"]
    kinds = (*(name for name in KINDS if name != "footnote"), *own)
    about = "A kind and what is claimed; the place is that of the annotation it stands in."
    beside = (one_kind(kinds, "a claim"), specials(own), alternatives(own), reckonings())
    return {**described("Claim", about, properties, *beside), "allOf": [some_kind(kinds)]}


PLACE = tuple(name for name in WHERE if name not in ("before", "after", "on"))
BLOCK_FIELDS = ("voice", "by", "cert", "comment", "id", "n")
OWN_FIELDS = tuple(dict.fromkeys(name for block in BLOCKS.values() for name in block.fields))
TYPED = tuple(block.name for block in BLOCKS.values() if block.typed)
UNTYPED = tuple(block.name for block in BLOCKS.values() if not block.typed)
_PARTED = either({**WORDS, **ref("block")}, "object")


def block_property(block: Block) -> Schema:
    if block.typed:
        about, example, schema = "The value is its type; the place stands beside it.", "letter", TEXT
    else:
        about = "The value is its words in the seed, or a mapping with a place and with parts."
        example, schema = "P. S.", _PARTED
    title = f"{block.name} → {block.element}"
    return {"title": title, "description": f"{block.about} {about}", "examples": [example], **schema}


def entry() -> Schema:
    """An entry of `structure`."""
    nowhere = "does not say where: give “quote”, “from” and “to”, or what it contains"
    outside = "does not stand beside the block here, but in its value: “head: {quote: …}”"
    properties: Schema = {name: block_property(row) for name, row in BLOCKS.items()}
    properties |= fields("", (*PLACE, "contains", *BLOCK_FIELDS, *OWN_FIELDS))
    about = "A block of the text: its kind, and where it stands."
    special = only_with_owners({name: row.fields for name, row in BLOCKS.items()}, OWN_FIELDS)
    beside = (one_kind(TYPED, "a block"), *where_rules(PLACE), special)
    return {
        **described("Block", about, properties, *beside),
        "if": {"anyOf": [{"required": [name]} for name in TYPED]},
        "then": {"allOf": [requires(nowhere, *PLACE, *UNTYPED, "contains")]},
        "else": {
            **without_keys((*PLACE, "contains"), outside),
            "dependentSchemas": dependent_schemas(one_kind(UNTYPED, "a block")),
            "allOf": [some_kind(UNTYPED)],
        },
    }


def block() -> Schema:
    """The value of a block that is no plain text: a mapping."""
    nowhere = "does not say where: give “quote”, “from” and “to”, or parts"
    return {
        "properties": fields("", (*PLACE, "contains"))
        | {name: block_property(BLOCKS[name]) for name in UNTYPED},
        "additionalProperties": False,
        "dependentSchemas": dependent_schemas(*where_rules(PLACE)),
        "allOf": [requires(nowhere, *PLACE, *UNTYPED, "contains")],
    }
