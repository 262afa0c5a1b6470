"""Errors of the JSON Schema as diagnostics: at their nodes, and in words that a scholar understands.

That something is wrong was decided before. Knows what kinds and blocks are called; nothing of what they become.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from jsonschema_rs import ValidationError

from edition.format.annotation_schema import SPECIAL
from edition.format.fields import Schema
from edition.format.splice import put_fix
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Rule, diagnostic, shortened, visible
from edition.model.languages import LANGUAGES
from edition.model.nodes import Mapping, Node, Scalar, Sequence
from edition.model.similar import did_you_mean, similar_word, word_meant
from edition.model.source import Source, Span
from edition.model.vocabulary import BLOCKS, KINDS, WHERE

MOST = 100  # errors that are reported of one file
AHEAD = 4 * MOST  # errors looked at: some only follow from others
Path = tuple[str | int, ...]


class Wrong(NamedTuple):
    """An error of the schema, and the node it is about. In a list the node has no `key`, and "" for its `name`.

    `schema` is the part that does not allow the `value`, which for an error of a key is the key; `path` leads through the
    whole schema to the keyword that does not hold.
    """

    source: Source
    node: Node
    key: Scalar | None
    name: str
    schema: dict[str, Any]
    path: Path
    value: Any

    @property
    def rule(self) -> Rule:
        return rules.RULES[self.schema.get("x-rule", rules.VALUE.code)]

    @property
    def predicate(self) -> str:
        words = self.schema.get("patternErrorMessage") or self.schema.get("errorMessage")
        return str(words or "is not what may stand here")

    @property
    def keyword(self) -> str:
        return str(self.path[-1])

    @property
    def wanted(self) -> Any:
        """The value of the keyword."""
        return self.schema[self.keyword]

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
        """Whether the error is about the name of a key of the mapping."""
        return self.path[-2:-1] == ("propertyNames",)

    @property
    def because(self) -> str:
        """The key whose presence brought the constraint in, or ""."""
        at = [k for k, step in enumerate(self.path) if step == "dependentSchemas"]
        return str(self.path[at[-1] + 1]) if at else ""

    @property
    def unknown(self) -> list[str]:
        """Keys that the mapping does not have."""
        if self.keyword != "additionalProperties":
            return []
        return [name for name in self.value if name not in self.schema.get("properties", {})][:MOST]

    @property
    def is_text(self) -> bool:
        """Whether the node was meant as text, and YAML reads a mapping because of the braces: `{gap}`."""
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
        """The key that the mapping may still take and that the unknown one is probably a misspelling of, or ""."""
        known = self.schema.get("properties", {})
        if ("person" in known and name in BLOCKS) or ("head" in known and name in KINDS):
            return ""  # a known word, at the wrong place
        return similar_word(name.lower(), self.free)

    def at_key(self, name: str) -> Span:
        assert type(self.node) is Mapping
        return extent(self.source, self.node.keys[name])

    @property
    def missing(self) -> tuple[str, ...]:
        """Absent keys, of which all, or one at least, would mend it."""
        if self.keyword == "required":
            return tuple(name for name in self.wanted if name not in self.value)
        if self.keyword == "anyOf":
            return tuple(name for branch in self.wanted for name in branch["required"])
        return tuple(self.wanted["propertyNames"]["not"]["enum"]) if self.no_kind else ()


def diagnostics_of(
    source: Source, root: Mapping, schema: Schema, errors: Iterable[ValidationError]
) -> list[Diagnostic]:
    """The errors of a file as diagnostics, in the order of the file."""
    diagnostics = _reported(source, root, schema, islice(errors, AHEAD))
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.labels[0].span.start)[:MOST]


def _reported(
    source: Source, root: Mapping, schema: Schema, errors: Iterable[ValidationError]
) -> Iterator[Diagnostic]:
    """The diagnostics of errors, each cause once; of several at one place, the one that the schema says first."""
    by_place: dict[Path, list[Wrong]] = {}
    for error in sorted(errors, key=lambda error: _order(schema, error.schema_path)):
        path = tuple(error.instance_path)
        by_place.setdefault(path, []).append(_wrong(source, root, schema, error))
    seen = set()
    for some in by_place.values():
        others = errors_of_mapping(some)
        for wrong in some:
            for found in () if others.explains(wrong) else reported(wrong):
                cause = found.rule.code, found.labels[0].span.start
                if cause not in seen:
                    seen.add(cause)
                    yield found


def _wrong(source: Source, root: Mapping, schema: Schema, error: ValidationError) -> Wrong:
    node, key, name = _at(root, error.instance_path)
    path = tuple(error.schema_path)
    kind: Any = error.kind
    of_a_key = path[-2:-1] == ("propertyNames",)
    value = kind.error.instance if of_a_key else error.instance
    *_, (part, _) = _along(schema, path)  # its keyword, the last of the path, does not hold
    return Wrong(source, node, key, name, dict(part), path, value)


def _at(root: Node, path: Iterable[str | int]) -> tuple[Node, Scalar | None, str]:
    """The node at a path, the key it stands under, and that key's name (both empty in a list)."""
    node = root
    key: Scalar | None = None
    name = ""
    for step in path:
        key, name = None, ""
        if type(node) is Mapping:
            key, name = node.keys[str(step)], str(step)
            node = node.items[name]
        elif type(node) is Sequence:
            node = node.items[int(step)]
    return node, key, name


def _order(schema: Any, path: Iterable[str | int]) -> list[int]:
    """Where in the schema a keyword stands, step by step."""
    return [step if isinstance(step, int) else list(here).index(step) for here, step in _along(schema, path)]


def _along(schema: Any, path: Iterable[str | int]) -> Iterator[tuple[Any, str | int]]:
    """The parts of the schema on a path, each with the step that is made from it."""
    here = schema
    for step in path:
        yield here, step
        here = schema["$defs"][here["$ref"].rpartition("/")[2]] if step == "$ref" else here[step]


def extent(source: Source, node: Node) -> Span:
    """The place of a node on its first line; for a mapping in block style, the place of its first key."""
    if type(node) is Mapping and node.keys and source.text[node.start : node.start + 1] != "{":
        node = next(iter(node.keys.values()))
    end = source.text.find("\n", node.start, node.end)
    return Span(source, node.start, node.end if end < 0 else end)


class MappingErrors(NamedTuple):
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


def errors_of_mapping(errors: list[Wrong]) -> MappingErrors:
    return MappingErrors(
        frozenset(wrong.guess(name) for wrong in errors for name in wrong.unknown),
        any(wrong.is_text for wrong in errors),
        any(wrong.rule is rules.KIND for wrong in errors),
        any(wrong.no_kind for wrong in errors),
        any(wrong.keyword == "required" and wrong.rule is rules.SELECTOR for wrong in errors),
    )


COMMON_KINDS = ("person", "place", "date", "note", "correction", "head", "p", "lg", "signed")
NAMES = {"string": "a text", "array": "a list", "object": "a mapping"}

MEANT = {  # words of others for a field, and what it is called here
    "title": "name", "name": "title", "label": "name", "birth": "born", "death": "died", "geo": "location",
    "coordinates": "location", "sender": "from", "recipient": "to", "addressee": "to", "lang": "language",
}  # fmt: skip
KIND_OF = {kind.registers[0]: kind.name for kind in reversed(KINDS.values()) if len(kind.registers) == 1}


def reported(wrong: Wrong) -> Iterable[Diagnostic]:
    """The diagnostics of an error: several only where several keys are unknown or missing."""
    if wrong.of_key:
        return [_key(wrong)]
    if wrong.is_text:
        return [_text_in_braces(wrong)]
    if wrong.unknown:
        return [_unknown(wrong, name) for name in wrong.unknown]
    if wrong.keyword == "required":
        return [_missing(wrong, name) for name in wrong.missing]
    return [{"type": _type, "enum": _word}.get(wrong.keyword, _in_words_of_schema)(wrong)]


def _in_words_of_schema(wrong: Wrong) -> Diagnostic:
    help = _nearest(wrong) if wrong.no_kind else _tag(str(wrong.value))
    return diagnostic(wrong.rule, f"{wrong.said} {wrong.predicate}", wrong.place, help=help)


def _tag(written: str) -> str:
    """The help for a language that is called by its name and not by its tag, or ""."""
    names = {name.lower(): tag for names in LANGUAGES.values() for tag, name in names.items()}
    tag = names.get(written.strip().lower())
    return f"Write “{tag}”." if tag else ""


def _nearest(wrong: Wrong) -> str:
    """The help for an entry without a kind: the kinds whose fields stand there, or else those that are wanted most."""
    known = {name: row.fields for table in (KINDS, BLOCKS) for name, row in table.items()}
    kinds = [name for name in wrong.missing if name in known]
    special = {field for name in kinds for field in known[name]} & set(wrong.value)
    fit = [name for name in kinds if special and special <= set(known[name])]
    some = (fit or [name for name in COMMON_KINDS if name in kinds])[:6]
    section = "structure" if "head" in kinds else "kinds"
    return f"Say what it is: {', '.join(f'“{name}: …”' for name in some)}. `edition explain {section}` lists all."


def _key(wrong: Wrong) -> Diagnostic:
    """A key that may not have this name, or not beside another one."""
    name, because = str(wrong.value), wrong.because
    if wrong.rule is rules.UNKNOWN_KEY and because in SPECIAL:
        message = f"“{because}” cannot stand beside “{visible(name)}”"
        places = (wrong.at_key(because), (wrong.at_key(name), "the kind"))
        help = f"It stands with: {', '.join(kind.name for kind in KINDS.values() if because in kind.fields)}."
        return diagnostic(wrong.rule, message, *places, help=help)
    message = f"“{shortened(name)}” {wrong.predicate}"
    if not because:
        code = next((rule.code for rule in rules.RULES.values() if rule.name == name), "")
        help = f"Its code is {code}." if code else ""
        return diagnostic(wrong.rule, message, wrong.at_key(name), help=help)
    beside = (wrong.at_key(because), "beside this")
    help = _parted(name, because) if wrong.rule is rules.KIND else ""
    return diagnostic(wrong.rule, message, wrong.at_key(name), beside, help=help)


def _parted(name: str, because: str) -> str:
    """The help for two kinds in one mapping."""
    if because == "annotations":
        own = "Annotations of a note's own words stand in its value: “note: {text: …, annotations: […]}”."
        return own if name == "note" else ""
    if name in BLOCKS:
        return "Make two entries of it, or put one under “contains” of the other."
    return "Make two entries of it; several claims on the same words stand together under “also”."


def _text_in_braces(wrong: Wrong) -> Diagnostic:
    message = f"{wrong.subject} is read as a mapping, because of the braces"
    return diagnostic(rules.VALUE, message, wrong.place, help=_in_quotes(wrong))


def _in_quotes(wrong: Wrong) -> str:
    text = wrong.source.text[wrong.node.start : wrong.node.end].strip()
    if text[:1] not in "[{" or "\n" in text or len(text) > 40:
        return 'If this is text, put it in quotes: "…".'
    mark = "'" if '"' in text else '"'
    return f"If this is text, put it in quotes: {mark}{visible(text)}{mark}."


def _unknown(wrong: Wrong, name: str) -> Diagnostic:
    shown, guess = shortened(name), wrong.guess(name)
    properties = wrong.schema.get("properties", {})
    meant = (KIND_OF if "person" in properties else MEANT).get(name.lower(), "")
    if meant in wrong.free:
        help = f"Write “{meant}”."
    elif guess:
        help = did_you_mean(guess)
    elif name in BLOCKS and "contains" in properties:
        help = "Put it under “contains”."
    elif name in BLOCKS and "person" in properties:
        help = f"“{name}” is a kind of block: it belongs under “structure”."
    elif name in KINDS and "head" in properties:
        help = f"“{name}” is a kind of annotation: it belongs under “annotations”."
    elif name in WHERE and "also" not in properties and "person" in properties:
        help = "It stands where the annotation stands that it is part of."
    elif "person" in properties:
        help = "Kinds of your own are declared under “kinds” in edition.yaml."
    else:
        help = f"Fields here are: {', '.join(properties)}." if len(properties) < 30 else ""
    message = f"there is no field “{shown}” {f'in “{wrong.name}”' if wrong.name else 'here'}"
    key = wrong.node.keys[name] if type(wrong.node) is Mapping else None
    fix = put_fix(wrong.source, key, word_meant(name, wrong.free))
    return diagnostic(rules.UNKNOWN_KEY, message, wrong.at_key(name), help=help, fix=fix)


def _missing(wrong: Wrong, name: str) -> Diagnostic:
    if "x-rule" in wrong.schema:
        place = wrong.at_key(wrong.because) if wrong.because in wrong.value else wrong.place
        return diagnostic(wrong.rule, f"“{name}” {wrong.predicate}", place)
    example = wrong.schema["properties"][name]["examples"][0]
    help = f"For example: “{name}: {example}”." if isinstance(example, str) else ""
    where = f" in {wrong.subject}" if wrong.name else ""
    return diagnostic(rules.MISSING_KEY, f"“{name}” is missing{where}", wrong.place, help=help)


def _word(wrong: Wrong) -> Diagnostic:
    """A value that is none of the few words that are allowed."""
    if "errorMessage" in wrong.schema:
        return _in_words_of_schema(wrong)
    words = [word for word in wrong.wanted if isinstance(word, str)]
    value = str(wrong.value)
    guess = similar_word(value.lower(), words)
    message = f"{wrong.subject} must be one of {', '.join(words)}, and not “{shortened(value)}”"
    fix = put_fix(wrong.source, wrong.node, word_meant(value, words))
    return diagnostic(wrong.rule, message, wrong.place, help=did_you_mean(guess), fix=fix)


def _type(wrong: Wrong) -> Diagnostic:
    """A text, a list or a mapping, where another of them is expected."""
    node, types = wrong.node, wrong.wanted
    expected = [types] if isinstance(types, str) else list(types)
    wanted = " or ".join(words for kind, words in NAMES.items() if kind in expected)
    actual = "not a list" if type(node) is Sequence else "not a mapping"
    if type(node) is Scalar:
        actual = "not a text" if node.text else "is empty"
    message = f"{wrong.subject} must be {wanted}, and {actual}"
    return diagnostic(rules.VALUE, message, wrong.place, help=_type_help(wrong, expected))


def _type_help(wrong: Wrong, expected: list[str]) -> str:
    node = wrong.node
    fields = "Write its fields below it, one a line: “name: value”."
    if type(node) is not Scalar:
        if "string" in expected:
            return _in_quotes(wrong)
        return "Put “- ” before each of its entries." if "array" in expected else fields
    if not node.text:
        return "If there is nothing to say, leave the key out."
    if "array" in expected:
        return f"Write a list, even of one: “[{shortened(node.text, 30)}]”, or each on a line after “- ”."
    if re.match(r"[\w-]+:\S", node.text):
        return f"A space belongs after the colon: “{shortened(node.text.replace(':', ': ', 1), 40)}”."
    return fields
