"""The schemas: every field is described, examples hold, and what is wrong is what the reference validator says."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from edition.format.json_schema import Which, schema_of
from edition.format.validate import schema_and_validator
from edition.format.yaml import read_yaml
from edition.model.nodes import as_data
from edition.model.source import Source
from test_validate import GOOD, REGISTERS, SETTINGS, shape

SORTS: tuple[Which, ...] = ("annotations", "registers", "settings")
SCHEMAS = {which: schema_of(which, ("seal",)) for which in SORTS}


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every property that a schema declares (and not those it only constrains further)."""
    if isinstance(schema, list):
        for child in schema:
            yield from properties(child, path)
    elif isinstance(schema, dict):
        for name, child in schema.items():
            if name in ("dependentSchemas", "if", "examples", "enum"):
                continue
            if name == "properties":
                yield from ((f"{path}/{field}", inner) for field, inner in child.items())
            yield from properties(child, f"{path}/{name}")


@pytest.mark.parametrize("which", SCHEMAS)
def test_every_field_is_described(which: Which) -> None:
    found = dict(properties(SCHEMAS[which]))
    assert len(found) > 30
    for path, field in found.items():
        assert field["title"] and len(field["description"]) > 8 and field["examples"], path


@pytest.mark.parametrize("which", SCHEMAS)
def test_examples_are_valid(which: Which) -> None:
    root = SCHEMAS[which]
    for path, field in properties(root):
        validator = jsonschema_rs.Draft202012Validator({**field, "$defs": root.get("$defs", {})})
        for example in field["examples"]:
            assert [error.message for error in validator.iter_errors(example)] == [], path


def test_editors_that_read_yaml_1_2() -> None:
    """There a number is a number; what looks like one is text here."""
    _, validator = schema_and_validator("annotations", ())
    entry: dict[str, Any] = {"person": "x", "match": 1937, "count": 4}
    other = {"date": 1937, "quote": None, "within-word": True, "id": "n1", "prefix": False}
    assert validator.is_valid({"edition": 1, "header": {"date": 1937}, "annotations": [entry, other]})
    assert not validator.is_valid({"edition": 1, "annotations": [{**entry, "count": 1.5}]})
    assert not validator.is_valid({"edition": 1, "annotations": [{**entry, "count": -1}]})


VALUES: list[Any] = [
    "",
    " ",
    "x",
    "1a",
    "12",
    "12\n",
    "yes",
    "all of 3",
    "high",
    "é",
    "9" * 12,
    "scare quotes\n",
]
VALUES += [[], {}, ["x"], {"quote": "x"}, {"text": "x"}, {"a": {}}, [{}], [{"person": "x"}], [["x"]]]
VALUES += [None, True, 3, 1.5, -1]


def spots(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from spots(child)


def mutate(data: Any, names: list[str], chance: random.Random) -> None:
    spot = chance.choice([*spots(data)])
    value = copy.deepcopy(chance.choice([*VALUES, *spots(data)]))
    if isinstance(spot, list):
        spot.insert(chance.randint(0, len(spot)), value)
    elif not spot or chance.random() < 0.4:
        spot[chance.choice(names)] = value
    elif chance.random() < 0.5:
        spot[chance.choice([*spot])] = value
    else:
        spot[chance.choice(names)] = spot.pop(chance.choice([*spot]))


def reference(schema: Any) -> Validator:
    """The reference implementation, with patterns whose `$` does not match before a last line end."""

    def pattern(_: Validator, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
            yield ValidationError(f"{value!r} does not match {wanted!r}")

    strict: type[Validator] = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return strict(schema)


@pytest.mark.parametrize(
    ("which", "text"), [("annotations", GOOD), ("registers", REGISTERS), ("settings", SETTINGS)]
)
def test_the_validator_agrees_with_the_reference(which: Which, text: str) -> None:
    schema, fast = schema_and_validator(which, ("seal",))
    slow = reference(schema)
    node, _ = read_yaml(Source("file.yaml", text))
    assert node
    good: Any = as_data(node)
    names = [*{path.rpartition("/")[2] for path, _ in properties(SCHEMAS[which])}, "qoute", "1x"]
    chance, wrong = random.Random(1937), 0
    for _ in range(200):
        data = copy.deepcopy(good)
        for _ in range(chance.randint(1, 3)):
            mutate(data, names, chance)
        paths = {tuple(error.instance_path) for error in fast.iter_errors(data)}
        assert fast.is_valid(data) == (not paths)
        assert paths == {tuple(error.absolute_path) for error in slow.iter_errors(data)}
        wrong += bool(paths)
    assert wrong > 100


def test_every_error_is_told() -> None:
    """Whatever is wrong, something is said of it, at a place in the file, and only known rules are used."""
    node, _ = read_yaml(Source("file.yaml", GOOD))
    assert node
    good: Any = as_data(node)
    names = [*{path.rpartition("/")[2] for path, _ in properties(SCHEMAS["annotations"])}, "qoute"]
    chance = random.Random(64)
    for _ in range(150):
        data = copy.deepcopy(good)
        mutate(data, names, chance)
        text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
        if not (read := read_yaml(Source("file.yaml", text)))[0]:
            continue
        wrong = not schema_and_validator("annotations", ("seal",))[1].is_valid(as_data(read[0]))
        found = shape(text, own=("seal",))
        assert bool(found) == wrong
        assert not any("is not what may stand here" in diagnostic.message for diagnostic in found)
        assert all(0 <= d.labels[0].span.start <= d.labels[0].span.end <= len(text) for d in found)
