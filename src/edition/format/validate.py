"""Is a YAML file of the right shape? jsonschema-rs decides; what is wrong is then told, with its place.

Only the wrong entries are looked at a second time (by jsonschema): one mistake among many costs little.
Knows the schemas and the nodes; nothing of what annotations mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from edition.format.fields import NAME, Schema
from edition.format.schema import Which as Which
from edition.format.schema import annotations_schema, registers_schema, settings_schema
from edition.format.schema_errors import MOST, Wrong, beside, extent, in_words
from edition.model import rules
from edition.model.diagnostics import Diagnostic, say
from edition.model.nodes import Mapping, Node, Scalar, Sequence, plain
from edition.model.source import Source, Span

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

AHEAD = 4 * MOST  # errors looked at: some only follow from others
Path = list[str | int]
Wanted = dict["str | int", "Wanted"]  # the paths of the errors, as a tree


def check_shape(
    source: Source, node: Node | None, which: Which, own_kinds: Iterable[str] = ()
) -> list[Diagnostic]:
    """What is wrong with the shape of a file, in the order of the file. `node` is None for an empty one."""
    if type(node) is not Mapping:
        return [_root(source, node)]
    own = tuple(sorted(own_kinds))
    data, validator = plain(node), _judge(which, own)
    if validator.is_valid(data):
        return []
    paths = [error.instance_path for error in islice(validator.iter_errors(data), AHEAD)]
    found = list(_explained(_wrong(source, node, which, own, paths))) or _bare(source, node, paths)
    return sorted(found, key=lambda diagnostic: diagnostic.labels[0].span.start)[:MOST]


def _schema(which: Which, own: tuple[str, ...]) -> Schema:
    if which == "annotations":
        return annotations_schema(own)
    return registers_schema() if which == "registers" else settings_schema()


@cache
def _judge(which: Which, own: tuple[str, ...]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_schema(which, own))


@cache
def _reader(which: Which, own: tuple[str, ...]) -> Validator:
    """The reference implementation, with patterns whose `$` does not match before a last line end."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_: Validator, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
            yield ValidationError(f"{value!r} does not match {wanted!r}")

    strict: type[Validator] = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return strict(_schema(which, own))


def _wrong(
    source: Source, root: Mapping, which: Which, own: tuple[str, ...], paths: list[Path]
) -> list[Wrong]:
    """The errors as jsonschema sees them, each with the node it is about."""
    wanted: Wanted = {}
    for path in paths:
        inside = wanted
        for step in path:
            inside = inside.setdefault(step, {})
    some = _pruned(root, wanted, 1 if which == "registers" else -1)
    data: Any = plain(some)
    try:
        errors = list(islice(_reader(which, own).iter_errors(data), AHEAD))
    except RecursionError:
        return []
    return [_located(source, some, error) for error in errors]


def _pruned(node: Node, wanted: Wanted, register: int) -> Node:
    """The node with only the wrong entries of its lists, and, `register` levels down, of its mappings."""
    if type(node) is Sequence:
        items = [_pruned(node.items[at], inner, register - 1) for at, inner in _steps(wanted)]
        return Sequence(items, node.start, node.end)
    if type(node) is not Mapping:
        return node
    some = {
        name: _pruned(child, wanted.get(name, {}), register - 1)
        for name, child in node.items.items()
        if register or name in wanted or not re.fullmatch(NAME, name)
    }
    return Mapping(some, node.start, node.end, node.keys)


def _steps(wanted: Wanted) -> list[tuple[int, Wanted]]:
    return sorted((at, inner) for at, inner in wanted.items() if isinstance(at, int))


def _located(source: Source, root: Node, error: ValidationError) -> Wrong:
    node, key, name = follow(root, error.absolute_path)
    return Wrong(source, node, key, name, error)


def follow(root: Node, path: Iterable[str | int]) -> tuple[Node, Scalar | None, str]:
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


def _explained(errors: list[Wrong]) -> Iterator[Diagnostic]:
    """Each cause once."""
    by_node: dict[int, list[Wrong]] = defaultdict(list)
    for wrong in errors:
        by_node[id(wrong.node)].append(wrong)
    told = set()
    for some in by_node.values():
        others = beside(some)
        for wrong in some:
            for diagnostic in () if others.explains(wrong) else in_words(wrong):
                seen = diagnostic.rule.code, diagnostic.labels[0].span.start
                if seen not in told:
                    told.add(seen)
                    yield diagnostic


def _root(source: Source, node: Node | None) -> Diagnostic:
    if node is None or (type(node) is Scalar and not node.text):
        start = node.start if node else 0
        return say(
            rules.ROOT_TYPE,
            f"{source.name} is empty",
            Span(source, start, start),
            help="Begin it with “edition: 1”.",
        )
    what = "a list" if type(node) is Sequence else "a text"
    help = "Write keys and their values, one a line, beginning with “edition: 1”."
    message = f"{source.name} is not a mapping of keys to values, but {what}"
    return say(rules.ROOT_TYPE, message, extent(source, node), help=help)


def _bare(source: Source, root: Node, paths: list[Path]) -> list[Diagnostic]:
    """If the two validators should ever disagree, or the nesting is too deep for one: at least the places."""
    found = []
    for path in paths:
        node, _, name = follow(root, path)
        subject = f"“{name}”" if name else "this entry"
        found.append(say(rules.VALUE, f"{subject} is not what may stand here", extent(source, node)))
    return found
