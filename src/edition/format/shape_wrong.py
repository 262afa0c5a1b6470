"""An error of the schema at its node, and which errors of a mapping only follow from another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edition.model import rules
from edition.model.diagnostics import Rule, shortened
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span
from edition.model.vocabulary import BLOCKS, KINDS, WHERE

if TYPE_CHECKING:
    from jsonschema import ValidationError

MOST = 100  # errors told of one file
ALIKE = 72  # of 100: how like a known name a name must be to be taken for a misspelling


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error and the node it is about; `key` and `name` of the node are empty in a list."""

    source: Source
    node: Node
    key: Scalar | None
    name: str
    error: ValidationError

    @property
    def schema(self) -> dict[str, Any]:
        schema = self.error.schema
        return schema if isinstance(schema, dict) else {}

    @property
    def rule(self) -> Rule:
        return rules.RULES[self.schema.get("x-rule", rules.VALUE.code)]

    @property
    def predicate(self) -> str:
        words = self.schema.get("patternErrorMessage") or self.schema.get("errorMessage")
        return str(words or "is not what may stand here")

    @property
    def keyword(self) -> str:
        return str(self.error.validator)

    @property
    def wanted(self) -> Any:
        """The value of the keyword."""
        return self.error.validator_value

    @property
    def value(self) -> Any:
        return self.error.instance

    @property
    def subject(self) -> str:
        return f"“{shortened(self.name)}”" if self.name else "this entry"

    @property
    def said(self) -> str:
        """The key with its value, where that is a text."""
        text = shortened(self.node.text, 40) if type(self.node) is Scalar else ""
        return f"“{self.name}: {text}”" if text and self.name else f"“{text}”" if text else self.subject

    @property
    def place(self) -> Span:
        if self.key and self.node.start == self.node.end:
            return extent(self.source, self.key)
        return extent(self.source, self.node)

    @property
    def of_key(self) -> bool:
        """The error is about the name of a key of the mapping."""
        path = self.error.relative_schema_path
        return len(path) > 1 and path[-2] == "propertyNames"

    @property
    def because(self) -> str:
        """The key whose presence brought the constraint in."""
        path = list(self.error.relative_schema_path)
        at = len(path) - 1 - path[::-1].index("dependentSchemas") if "dependentSchemas" in path else -1
        return str(path[at + 1]) if at >= 0 else ""

    @property
    def unknown(self) -> list[str]:
        """Keys that the mapping does not have."""
        if self.keyword != "additionalProperties":
            return []
        return [name for name in self.value if name not in self.schema.get("properties", {})][:MOST]

    @property
    def is_text(self) -> bool:
        """`{gap}`: meant as text, read by YAML as a mapping."""
        in_braces = self.source.text[self.node.start : self.node.start + 1] == "{"
        return in_braces and bool(self.unknown) and all(value == "" for value in self.value.values())

    @property
    def no_kind(self) -> bool:
        return self.rule is rules.KIND and self.keyword == "not" and not self.of_key

    @property
    def free(self) -> list[str]:
        """Keys that the mapping may still take."""
        return [key for key in self.schema.get("properties", {}) if key not in self.value]

    def guess(self, name: str) -> str:
        """What the mapping may still take, and the unknown key is probably a misspelling of."""
        known = self.schema.get("properties", {})
        if ("person" in known and name in BLOCKS) or ("head" in known and name in KINDS):
            return ""  # a known word, at the wrong place
        return alike(name, self.free)

    def at_key(self, name: str) -> Span:
        assert type(self.node) is Mapping
        return extent(self.source, self.node.keys[name])

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys that are absent, one of which at least would mend it."""
        if self.keyword == "required":
            return tuple(name for name in self.wanted if name not in self.value)
        if self.keyword == "anyOf":
            return tuple(name for branch in self.wanted for name in branch["required"])
        return tuple(self.wanted["propertyNames"]["not"]["enum"]) if self.no_kind else ()


def extent(source: Source, node: Node) -> Span:
    """The place of a node, on its first line: of a mapping in block style its first key."""
    if type(node) is Mapping and node.keys and source.text[node.start : node.start + 1] != "{":
        node = next(iter(node.keys.values()))
    end = source.text.find("\n", node.start, node.end)
    return Span(source, node.start, node.end if end < 0 else end)


def alike(name: str, known: list[str]) -> str:
    """The known name that this one is probably a misspelling of, or ""."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(name.lower(), known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return best[0] if best else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """The errors of one mapping together. `guesses`: what each unknown key may stand for, or ""."""

    guesses: frozenset[str]
    is_text: bool
    wrong_kind: bool
    no_kind: bool
    needs: bool

    def explains(self, wrong: Wrong) -> bool:
        """Whether the error only follows from another one of the mapping."""
        if wrong.unknown:
            return False
        if self.is_text or self.guesses & set(wrong.missing):
            return True
        if wrong.of_key:
            among_places = wrong.because in WHERE and wrong.value in WHERE
            return self.wrong_kind and wrong.rule is not rules.KIND and not among_places
        if wrong.keyword == "required":
            return self.no_kind and wrong.rule is rules.KIND
        return bool(wrong.missing) and ("" in self.guesses or (self.needs and wrong.keyword == "anyOf"))


def beside(errors: list[Wrong]) -> Beside:
    return Beside(
        frozenset(wrong.guess(name) for wrong in errors for name in wrong.unknown),
        any(wrong.is_text for wrong in errors),
        any(wrong.rule is rules.KIND for wrong in errors),
        any(wrong.no_kind for wrong in errors),
        any(wrong.keyword == "required" and wrong.rule is rules.SELECTOR for wrong in errors),
    )
