"""The schema of one annotation, made from the vocabulary and the table of fields."""

from __future__ import annotations

from collections.abc import Iterable

from edition.format.grammar_fields import (
    ANYTHING,
    CHARACTERS,
    LANGUAGE,
    NAME,
    TEXT,
    WORDS,
    Json,
    Schema,
    either,
    fields,
    fitting,
    ref,
    told,
)
from edition.format.grammar_places import (
    ANCHORS,
    ends,
    merged,
    needs,
    one_kind,
    requires,
    some_kind,
    styles,
    ways,
    without,
)
from edition.model import rules
from edition.model.vocabulary import COMMON, KINDS, WHERE, Kind

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


def specials(own: Iterable[str]) -> dict[str, Schema]:
    """For each field that only some kinds have: the others. (By field and not by kind: that is faster.)"""
    kinds = {name: KINDS[name].fields if name in KINDS else () for name in (*KINDS, *own)}
    return {
        field: without(
            [name for name, mine in kinds.items() if field not in mine],
            f"cannot stand beside “{field}”",
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
    on_words = [kind.name for kind in KINDS.values() if kind.at == "words"]
    words = ("quote", "from", "to", "match", "count")
    no_point = "cannot stand beside “{}”: it needs words of the seed, and not a point"
    no_words = "cannot stand beside “{}”: that stands at a point, “before” or “after” words"
    return {
        **{side: without(on_words, no_point.format(side)) for side in ("before", "after")},
        **{name: without(words, no_words.format(name)) for name in POINTS},
        "milestone": told(rules.MISSING_KEY, "is missing: it says what begins here", {"required": ["unit"]}),
        "link": without(
            [name for name in WHERE if name != "on"], "cannot stand beside “link”: give the ids with “on”"
        ),
        "footnote": without(WHERE, "does not stand beside “footnote”: marker and body say where they stand"),
    }


def offsets(own: Iterable[str]) -> dict[str, Schema]:
    """Offsets of words are checked by the words."""
    points: list[Json] = [{"required": [name]} for name in (*POINTS, *POINTS_TOO, *own)]
    checked: Json = {"required": ["quote", "end"]}
    predicate = "gives “start” without “end” and “quote”: offsets are checked by the words"
    return {"start": told(rules.SELECTOR, predicate, {"anyOf": [checked, *points]})}


def reckonings() -> dict[str, Schema]:
    """A reign has its own calendar."""
    predicate = "cannot stand beside “reign”: the calendar is that of the accession"
    return {**styles(), "reign": without(("calendar", "style"), predicate, rules.VALUE)}


def group(own: Iterable[str]) -> dict[str, Schema]:
    """What may not stand beside `annotations`."""
    others = [name for name in (*COMMON, *WHERE, *SPECIAL) if name not in GROUP]
    only = "cannot stand beside “annotations”: a group has only “in”, “by” and “cert”"
    no_kind = "cannot stand beside “annotations”: a group has no kind of its own"
    both: list[Json] = [
        without(others, only, rules.UNKNOWN_KEY),
        without((*KINDS, *own), no_kind, rules.KIND),
    ]
    return {"annotations": {"allOf": both}}


def annotation(own: tuple[str, ...]) -> Schema:
    properties = kind_properties(own)
    properties |= fields("", (*COMMON, *WHERE, *SPECIAL, "annotations"))
    kinds = (*KINDS, *own)
    beside = (
        one_kind(kinds, "an annotation"), specials(own), alternatives(own), group(own), reckonings(),
    )  # fmt: skip
    nowhere = "does not say where: give “quote”, “from” and “to”, “match”, “before”, “after” or “on”"
    where = (places(), ways(WHERE), needs(WHERE), ends(), offsets(own))
    return {
        "title": "Annotation",
        "description": "One kind, what is claimed, and where; or a group of annotations.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "dependentSchemas": merged(*beside, *where),
        "allOf": [
            some_kind((*kinds, "annotations")),
            requires(nowhere, *ANCHORS, *NOWHERE, "annotations"),
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
        "dependentSchemas": merged(
            one_kind(kinds, "a claim"), specials(own), alternatives(own), reckonings()
        ),
        "allOf": [some_kind(kinds)],
    }
