"""Whether a YAML file has the right shape: its JSON Schema decides, and what is wrong becomes diagnostics.

Knows the schemas and the nodes; nothing of what annotations mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from edition.format.fields import Schema
from edition.format.json_schema import Which, schema_of
from edition.format.schema_errors import MOST, Wrong, errors_of_mapping, extent, reported
from edition.model import rules
from edition.model.diagnostics import Diagnostic, diagnostic
from edition.model.nodes import Mapping, Node, Scalar, Sequence, as_data
from edition.model.source import Source, Span

AHEAD = 4 * MOST  # errors looked at: some only follow from others
Path = tuple[str | int, ...]


def validate(
    source: Source, node: Node | None, which: Which, own_kinds: Iterable[str] = ()
) -> list[Diagnostic]:
    """What is wrong with the shape of a file, in the order of the file. `node` is None for an empty one."""
    if type(node) is not Mapping:
        return [_root(source, node)]
    schema, validator = schema_and_validator(which, tuple(sorted(own_kinds)))
    data = as_data(node)
    if validator.is_valid(data):
        return []
    diagnostics = _reported(source, node, schema, islice(validator.iter_errors(data), AHEAD))
    return sorted(diagnostics, key=lambda diagnostic: diagnostic.labels[0].span.start)[:MOST]


@cache
def schema_and_validator(which: Which, own: tuple[str, ...]) -> tuple[Schema, Draft202012Validator]:
    """The schema of a sort of files in a project with these kinds of its own."""
    schema = schema_of(which, own)
    return schema, Draft202012Validator(schema)


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
    return Wrong(source, node, key, name, _constraint(schema, path), path, value)


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


def _constraint(schema: Any, path: Path) -> dict[str, Any]:
    """The part of the schema whose keyword, the last of the path, does not hold."""
    *_, (here, _) = _along(schema, path)
    return dict(here)


def _order(schema: Any, path: Iterable[str | int]) -> list[int]:
    """Where in the schema a keyword stands, step by step."""
    return [step if isinstance(step, int) else list(here).index(step) for here, step in _along(schema, path)]


def _along(schema: Any, path: Iterable[str | int]) -> Iterator[tuple[Any, str | int]]:
    """The parts of the schema on a path, each with the step that is made from it."""
    here = schema
    for step in path:
        yield here, step
        here = schema["$defs"][here["$ref"].rpartition("/")[2]] if step == "$ref" else here[step]


def _root(source: Source, node: Node | None) -> Diagnostic:
    if node is None or (type(node) is Scalar and not node.text):
        start = node.start if node else 0
        empty, help = Span(source, start, start), "Begin it with “edition: 1”."
        return diagnostic(rules.ROOT_TYPE, f"{source.name} is empty", empty, help=help)
    what = "a list" if type(node) is Sequence else "a text"
    help = "Write keys and their values, one a line, beginning with “edition: 1”."
    message = f"{source.name} is not a mapping of keys to values, but {what}"
    return diagnostic(rules.ROOT_TYPE, message, extent(source, node), help=help)
