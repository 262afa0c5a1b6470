"""The schema of one annotation and of one block, made from the vocabulary and the table of fields.

Written so that every error has one cause: no alternatives of whole schemas, but what excludes what, key by
key. Knows nothing of YAML, and of messages only the predicates that stand in the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition import catalogue as rules
from edition.diagnostics import Rule
from edition.grammar_fields import (
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
    told,
)
from edition.vocabulary import BLOCKS, COMMON, KINDS, WHERE, Block, Kind

CLAIM = tuple(name for name in COMMON if name != "also")
# `annotations` of a note stand in its value, beside `text`: beside the kind they would look like a group.
SPECIAL = tuple(dict.fromkeys(f for kind in KINDS.values() for f in kind.fields if f != "annotations"))
GROUP = ("in", "by", "cert", "annotations")
POINTS = tuple(k.name for k in KINDS.values() if k.shape in ("supplied", "gap", "milestone"))
POINTS_TOO = ("note", "element")  # kinds that stand on words or at a point
ANCHORS = ("quote", "from", "match", "before", "after", "start", "on")
AREA = ("quote", "prefix", "suffix", "within-word", "occurrence", "from", "to", "before", "after", "in")
PLACE = tuple(name for name in WHERE if name not in ("before", "after", "on"))
BLOCK_FIELDS = ("voice", "by", "cert", "comment", "id", "n")
TYPED = tuple(block.name for block in BLOCKS.values() if block.typed)
UNTYPED = tuple(block.name for block in BLOCKS.values() if not block.typed)

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


def without(names: Iterable[str], predicate: str, rule: Rule = rules.SELECTOR) -> Schema:
    return {"propertyNames": told(rule, predicate, {"not": {"enum": list(names)}})}


def requires(predicate: str, *names: str, rule: Rule = rules.SELECTOR) -> Schema:
    """One of these keys at least."""
    return told(rule, predicate, {"anyOf": [{"required": [name]} for name in names]})


def some_kind(names: Iterable[str]) -> Schema:
    """One of these keys at least (said so because it is faster than `anyOf` with forty branches)."""
    none: Json = {"propertyNames": {"not": {"enum": list(names)}}}
    return told(rules.KIND, "has no kind: no key says what is claimed", {"not": none})


def one_kind(names: Iterable[str], what: str) -> dict[str, Schema]:
    """One of these keys at most; each pair is told once."""
    kinds = list(names)
    return {
        name: without(kinds[n:], f"does not stand with “{name}”: {what} has one kind", rules.KIND)
        for n, name in enumerate(kinds[:-1], start=1)
    }


def merged(*tables: Mapping[str, Schema]) -> Schema:
    """`dependentSchemas` of several tables."""
    found: dict[str, list[Schema]] = {}
    for table in tables:
        for name, schema in table.items():
            found.setdefault(name, []).append(schema)
    return {name: some[0] if len(some) == 1 else {"allOf": some} for name, some in found.items()}


def kind_property(kind: Kind) -> Schema:
    what, schema = VALUES[kind.value]
    if kind.shape == "milestone":
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


def ways(fields_allowed: Iterable[str], **allowed: str) -> dict[str, Schema]:
    """What excludes what among the fields that say where. `allowed`: pairs that may stand together here."""
    here = set(fields_allowed)
    found = {}
    for name, others in CLASHES.items():
        out = [other for other in others if other in here and allowed.get(name) != other]
        if name in here and out:
            found[name] = without(out, f"does not stand with “{name}”: there must be one way of saying where")
    return found


def needs(fields_allowed: Iterable[str]) -> dict[str, Schema]:
    here = set(fields_allowed)
    return {
        name: told(rules.SELECTOR, f"is missing: “{name}” means nothing without it", {"required": [other]})
        for name, other in NEEDS.items()
        if name in here
    }


def ends() -> dict[str, Schema]:
    """`from` as a mapping has its own context."""
    words: Schema = {"properties": {"from": {"type": list(SCALAR)}}}
    narrowing = ("prefix", "within-word", "occurrence")
    rest = without(narrowing, "belongs into the mapping of “from”, beside its “quote”")
    return {"from": {"if": words, "else": rest}}


def specials(own: Iterable[str]) -> dict[str, Schema]:
    """For each field that only some kinds have: the others. (By field and not by kind: that is faster.)"""
    kinds = {name: KINDS[name].fields if name in KINDS else () for name in (*KINDS, *own)}
    return {
        field: without(
            [name for name, mine in kinds.items() if field not in mine],
            f"does not stand with “{field}”",
            rules.UNKNOWN_KEY,
        )
        for field in SPECIAL
    }


def alternatives(own: Iterable[str]) -> dict[str, Schema]:
    """Each of `or` is of the kind of the claim it stands in."""
    predicate = "is missing: an alternative is of the same kind"
    same: Schema = {
        name: {"properties": {"or": {"items": told(rules.KIND, predicate, {"required": [name]})}}}
        for name in (*KINDS, *own)
    }
    return {"or": {"dependentSchemas": same}}


def places() -> dict[str, Schema]:
    """Kinds that stand on words, kinds that stand at a point, and `footnote`, whose value says where."""
    on_words = [name for name in KINDS if name not in (*POINTS, *POINTS_TOO, "footnote")]
    words = ("quote", "from", "to", "match", "count")
    no_point = "does not stand with “{}”: it needs words of the seed, and not a point"
    no_words = "does not stand with “{}”: that stands at a point, “before” or “after” words"
    return {
        **{side: without(on_words, no_point.format(side)) for side in ("before", "after")},
        **{name: without(words, no_words.format(name)) for name in POINTS},
        "footnote": without(WHERE, "does not stand beside “footnote”: marker and body say where they stand"),
    }


def offsets(own: Iterable[str]) -> dict[str, Schema]:
    """Offsets of words are checked by the words."""
    points: list[Json] = [{"required": [name]} for name in (*POINTS, *POINTS_TOO, *own)]
    checked: Json = {"required": ["quote", "end"]}
    predicate = "gives “start” without “end” and “quote”: offsets are checked by the words"
    return {"start": told(rules.SELECTOR, predicate, {"anyOf": [checked, *points]})}


def group(own: Iterable[str]) -> dict[str, Schema]:
    """What may not stand beside `annotations`."""
    others = [name for name in (*COMMON, *WHERE, *SPECIAL) if name not in GROUP]
    only = "does not stand with “annotations”: a group has only “in”, “by” and “cert”"
    no_kind = "does not stand with “annotations”: a group has no kind of its own"
    both: list[Json] = [
        without(others, only, rules.UNKNOWN_KEY),
        without((*KINDS, *own), no_kind, rules.KIND),
    ]
    return {"annotations": {"allOf": both}}


def annotation(own: tuple[str, ...]) -> Schema:
    properties = kind_properties(own)
    properties |= fields("", (*COMMON, *WHERE, *SPECIAL, "annotations"))
    kinds = (*KINDS, *own)
    tables = (
        one_kind(kinds, "an annotation"), specials(own), alternatives(own), places(), ways(WHERE), needs(WHERE),
        ends(), offsets(own), group(own),
    )  # fmt: skip
    return {
        "title": "Annotation",
        "description": "One kind, what is claimed, and where; or a group of annotations.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "dependentSchemas": merged(*tables),
        "allOf": [
            some_kind((*kinds, "annotations")),
            requires("does not say where: give “quote”, or another way", *ANCHORS, "footnote", "annotations"),
        ],
    }


def claim(own: tuple[str, ...]) -> Schema:
    properties = kind_properties(own)
    properties |= fields("", (*CLAIM, *SPECIAL))
    del properties["footnote"]
    kinds = (*(name for name in KINDS if name != "footnote"), *own)
    return {
        "title": "Claim",
        "description": "A kind and what is claimed; the place is that of the annotation it stands in.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "dependentSchemas": merged(one_kind(kinds, "a claim"), specials(own), alternatives(own)),
        "allOf": [some_kind(kinds)],
    }


def place(names: tuple[str, ...], about: str, **allowed: str) -> Schema:
    """A mapping that says where, and nothing else."""
    anchors = [name for name in ANCHORS if name in names]
    return {
        "description": about,
        **mapping("", names),
        "dependentSchemas": merged(ways(names, **allowed), needs(names), ends() if "from" in names else {}),
        "allOf": [requires("does not say where: give “quote”, or another way", *anchors)],
    }


def block_property(block: Block) -> Schema:
    if block.typed:
        about, example, schema = "The value is its type; the place stands beside it.", "letter", TEXT
    else:
        about = "The value is its words in the seed, or a mapping with a place and with parts."
        example, schema = "P. S.", either({**WORDS, **ref("block")}, "object")
    title = f"{block.name} → {block.element}"
    return {"title": title, "description": f"{block.about} {about}", "examples": [example], **schema}


def entry() -> Schema:
    """An entry of `structure`."""
    nowhere = "does not say where: give “quote”, “from” and “to”, or what it contains"
    outside = "does not stand beside the block here, but in its value: “head: {quote: …}”"
    return {
        "title": "Block",
        "description": "A block of the text: its kind, and where it stands.",
        "type": "object",
        "properties": {b.name: block_property(b) for b in BLOCKS.values()}
        | fields("", (*PLACE, "contains", *BLOCK_FIELDS)),
        "additionalProperties": False,
        "dependentSchemas": merged(one_kind(TYPED, "a block"), ways(PLACE), needs(PLACE), ends()),
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
        "allOf": [requires("does not say where: give “quote”, or another way", *PLACE, *UNTYPED, "contains")],
    }
