"""Whether a YAML file has the right shape: its JSON Schema decides, and what is wrong becomes diagnostics.

Knows the schemas and the nodes; nothing of what annotations mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jsonschema_rs import Draft202012Validator

from edition.format.fields import Schema
from edition.format.json_schema import Which, schema_of
from edition.model import rules
from edition.model.diagnostics import Diagnostic, diagnostic
from edition.model.nodes import Mapping, Node, Scalar, Sequence, as_data
from edition.model.source import Source, Span


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
    from edition.format.schema_errors import diagnostics_of

    return diagnostics_of(source, node, schema, validator.iter_errors(data))


@cache
def schema_and_validator(which: Which, own: tuple[str, ...]) -> tuple[Schema, Draft202012Validator]:
    """The schema of a sort of files in a project with these kinds of its own."""
    schema = schema_of(which, own)
    return schema, Draft202012Validator(schema)


def _root(source: Source, node: Node | None) -> Diagnostic:
    from edition.format.schema_errors import extent

    if node is None or (type(node) is Scalar and not node.text):
        start = node.start if node else 0
        empty, help = Span(source, start, start), "Begin it with “edition: 1”."
        return diagnostic(rules.ROOT_TYPE, f"{source.name} is empty", empty, help=help)
    what = "a list" if type(node) is Sequence else "a text"
    help = "Write keys and their values, one a line, beginning with “edition: 1”."
    message = f"{source.name} is not a mapping of keys to values, but {what}"
    return diagnostic(rules.ROOT_TYPE, message, extent(source, node), help=help)
