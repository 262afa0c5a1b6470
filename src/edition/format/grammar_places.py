"""How a schema says where: what excludes what, key by key, so that every error has one cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edition.format.grammar_fields import SCALAR, Json, Schema, mapping, told
from edition.model import rules
from edition.model.diagnostics import Rule
from edition.model.vocabulary import WHERE

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


def without(names: Iterable[str], predicate: str, rule: Rule = rules.SELECTOR) -> Schema:
    return {"propertyNames": told(rule, predicate, {"not": {"enum": list(names)}})}


def requires(predicate: str, *names: str, rule: Rule = rules.SELECTOR) -> Schema:
    """One of these keys at least."""
    return told(rule, predicate, {"anyOf": [{"required": [name]} for name in names]})


def some_kind(names: Iterable[str]) -> Schema:
    """One of these keys at least (said so because it is faster than `anyOf` with forty branches)."""
    none: Json = {"type": "object", "propertyNames": {"not": {"enum": list(names)}}}
    return told(rules.KIND, "has no kind: no key says what is claimed", {"not": none})


def one_kind(names: Iterable[str], what: str) -> dict[str, Schema]:
    """One of these keys at most; each pair is told once."""
    kinds = list(names)
    return {
        name: without(kinds[n:], f"cannot stand beside “{name}”: {what} has one kind", rules.KIND)
        for n, name in enumerate(kinds[:-1], start=1)
    }


def merged(*tables: Mapping[str, Schema]) -> Schema:
    """`dependentSchemas` of several tables."""
    found: dict[str, list[Schema]] = {}
    for table in tables:
        for name, schema in table.items():
            found.setdefault(name, []).append(schema)
    return {name: some[0] if len(some) == 1 else {"allOf": some} for name, some in found.items()}


def ways(fields_allowed: Iterable[str], **allowed: str) -> dict[str, Schema]:
    """What excludes what among the fields that say where. `allowed`: pairs that may stand together here."""
    here = set(fields_allowed)
    found = {}
    for name, others in CLASHES.items():
        out = [other for other in others if other in here and allowed.get(name) != other]
        if name in here and out:
            found[name] = without(out, f"cannot stand beside “{name}”: say where in one way")
    return found


def needs(fields_allowed: Iterable[str]) -> dict[str, Schema]:
    here = set(fields_allowed)
    return {
        name: told(rules.SELECTOR, f"is missing: “{name}” means nothing without it", {"required": [other]})
        for name, other in NEEDS.items()
        if name in here
    }


def styles() -> dict[str, Schema]:
    """A style is one of the Julian calendar."""
    predicate = "is missing: a style says when the year of the Julian calendar begins"
    missing = told(rules.MISSING_KEY, predicate, {"required": ["calendar"]})
    other: Schema = {"properties": {"calendar": told(rules.VALUE, "has no styles", {"const": "julian"})}}
    return {"style": {"allOf": [missing, other]}}


def ends() -> dict[str, Schema]:
    """`from` as a mapping has its own context."""
    words: Schema = {"properties": {"from": {"type": list(SCALAR)}}}
    narrowing = ("prefix", "within-word", "occurrence")
    rest = without(narrowing, "belongs into the mapping of “from”, beside its “quote”")
    return {"from": {"if": words, "else": rest}}


def place(names: tuple[str, ...], about: str, **allowed: str) -> Schema:
    """A mapping that says where, and nothing else."""
    anchors = [name for name in ANCHORS if name in names]
    return {
        "description": about,
        **mapping("", names),
        "dependentSchemas": merged(ways(names, **allowed), needs(names), ends() if "from" in names else {}),
        "allOf": [requires("does not say where: give “quote”, or “from” and “to”", *anchors)],
    }
