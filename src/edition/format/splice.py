"""Changes of a YAML file by splicing: other words for a scalar, a new key; all else stays as it was written. And fixes.

A change is made into an edit of the text (`edit_of`), an edit is understood as a change again (`change_of`), and what
is spliced is read anew and compared node by node with what was meant (`spliced`). A fix is offered only where there is
no doubt. Knows YAML; nothing of annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edition.format.yaml import read_yaml
from edition.model.diagnostics import Edit, Fix, errors, shortened
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.similar import key_meant
from edition.model.source import Source, Span

_BARE = re.compile(r"\w[\w./~-]*(?: \w[\w./~-]*)*").fullmatch  # text that needs no quotation marks anywhere
_BLOCK = re.compile(r"[|>][-+0-9]*")  # the head of a block scalar
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WHITE = " \t\r\n"
Tree = str | tuple[object, ...]


class Put(NamedTuple):
    """A change: other text for a scalar, which is a value or a key of a mapping."""

    node: Scalar
    text: str


class Add(NamedTuple):
    """A change: a key that a mapping does not have yet, and its value."""

    to: Mapping
    key: str
    text: str


Change = Put | Add


def double_quoted(text: str) -> str:
    """Text as a scalar in double quotes on one line: legal in both styles, wherever a scalar may stand."""
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def edit_of(source: Source, change: Change) -> Edit:
    """The edit that makes a change. In rare YAML (`? key`, `[a: b]`) it may make another one: `spliced` finds that out."""
    return _put(source, change) if isinstance(change, Put) else _add(source, change)


def _put(source: Source, change: Put) -> Edit:
    node, text, new = change.node, source.text, change.text
    start, end, first = node.start, node.end, text[node.start : node.start + 1]
    if start == end:  # nothing is written there: `key:`, `- `, or in braces `key`
        before = text[:start].rstrip(_WHITE)[-1:]
        space = "" if text[start - 1 : start].isspace() else " "
        return Edit(Span(source, start, end), f"{space if before in ':-' else ': '}{double_quoted(new)}")
    if first in "|>":
        if not node.plain:
            head, _, _ = text[start:end].partition("\n")
            rest = _BLOCK.sub("", head, count=1).rstrip()  # a comment
            end = start + len(text[start:end].rstrip(_WHITE))
            return Edit(Span(source, start, end), double_quoted(new) + rest)
    elif first == "'" and new.isprintable():
        return Edit(Span(source, start, end), "'" + new.replace("'", "''") + "'")
    return Edit(Span(source, start, end), new if node.plain and _BARE(new) else double_quoted(new))


def _add(source: Source, change: Add) -> Edit:
    to, text = change.to, source.text
    pair = ": ".join(each if _BARE(each) else double_quoted(each) for each in (change.key, change.text))
    if text.startswith("{", to.start):
        at = _end(text, to.items[next(reversed(to.items))]) if to.items else to.start + 1
        assert at is not None  # no block scalar stands in braces
        return Edit(Span(source, at, at), f", {pair}" if to.items else pair)
    first = next(iter(to.keys.values()))
    indent = " " * (source.line_column(first.start)[1] - 1)
    ends = (_end(text, node) for node in reversed(to.items.values()))
    after = next((end for end in ends if end is not None), None)
    if after is None:
        return Edit(Span(source, first.start, first.start), f"{pair}{_line_end(source)}{indent}")
    found = text.find("\n", after)
    at = len(text) if found < 0 else found - 1 if text[found - 1] == "\r" else found
    return Edit(Span(source, at, at), f"{_line_end(source)}{indent}{pair}")


def _end(text: str, node: Node) -> int | None:
    """Where a value really ends, by its last scalar; None if that is a block scalar, whose end no mark gives."""
    if isinstance(node, Scalar):
        return None if not node.plain and text.startswith(("|", ">"), node.start) else node.end
    if text.startswith(("{", "["), node.start):
        return node.end
    return _end(text, [*(node.items.values() if isinstance(node, Mapping) else node.items)][-1])


def _line_end(source: Source) -> str:
    starts = source.line_starts
    return "\r\n" if len(starts) > 1 and source.text[: starts[1]].endswith("\r\n") else "\n"


def change_of(source: Source, root: Node, edit: Edit) -> Change | None:
    """The change that an edit makes; None if it is no edit that `edit_of` gives."""
    for node in _nodes(root):
        if isinstance(node, Scalar) and node.start == edit.span.start:
            value = _value(edit.text.removeprefix(": "))
            if value is not None and edit_of(source, change := Put(node, value)) == edit:
                return change
    pair = _pair(edit.text) if edit.span.start == edit.span.end else None
    for node in _nodes(root) if pair else ():
        if isinstance(node, Mapping) and pair and edit_of(source, add := Add(node, *pair)) == edit:
            return add
    return None


def _value(written: str) -> str | None:
    node, found = read_yaml(Source("", written))
    return node.text if isinstance(node, Scalar) and not errors(found) else None


def _pair(written: str) -> tuple[str, str] | None:
    node, found = read_yaml(Source("", "{" + written.removeprefix(", ").strip() + "}"))
    if not isinstance(node, Mapping) or errors(found) or len(node.items) != 1:
        return None
    key, value = next(iter(node.items.items()))
    return (key, value.text) if isinstance(value, Scalar) else None


def _nodes(node: Node) -> Iterator[Node]:
    """A node, its keys, and all nodes within it."""
    yield node
    if isinstance(node, Mapping):
        yield from node.keys.values()
    if not isinstance(node, Scalar):
        for child in node.items.values() if isinstance(node, Mapping) else node.items:
            yield from _nodes(child)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits that do not touch one another."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join(parts) + text[at:]


def spliced(source: Source, edits: Sequence[Edit]) -> str | None:
    """The text after the edits; None if that, read again, is anything else than was meant."""
    root, found = read_yaml(source)
    if root is None or errors(found):
        return None
    changes = [change_of(source, root, edit) for edit in edits]
    if not all(changes):
        return None
    new = edited(source.text, edits)
    again, found = read_yaml(Source(source.name, new))
    if again is None or errors(found) or as_tuples(again) != as_tuples(root, [c for c in changes if c]):
        return None
    return new


def as_tuples(node: Node, changes: Sequence[Change] = ()) -> Tree:
    """A node as nested tuples, in its order, as it would be with some changes."""
    puts = {change.node: change.text for change in changes if isinstance(change, Put)}
    adds = [change for change in changes if isinstance(change, Add)]
    return _tree(node, puts, adds)


def _tree(node: Node, puts: dict[Scalar, str], adds: list[Add]) -> Tree:
    if isinstance(node, Scalar):
        return puts.get(node, node.text)
    if not isinstance(node, Mapping):
        return ("-", *(_tree(child, puts, adds) for child in node.items))
    pairs = [
        (puts.get(node.keys[name], name), _tree(child, puts, adds)) for name, child in node.items.items()
    ]
    pairs += [(add.key, add.text) for add in adds if add.to is node]
    return (":", *sorted(pairs, key=lambda pair: pair[0]))


def put_fix(source: Source, node: Node | None, text: str) -> Fix | None:
    """The fix that writes other text in place of a scalar; None where there is no text to write, or no scalar."""
    if not text or not isinstance(node, Scalar):
        return None
    said = shortened(text)
    title = f"Write {said}" if said[0] in '“„«"' else f"Write “{said}”"
    return Fix(title, (edit_of(source, Put(node, text)),))


def add_fix(source: Source, to: Mapping, fields: dict[str, str]) -> Fix | None:
    """The fix that adds fields to a mapping, but for those without a text; None if that leaves none."""
    edits = tuple(edit_of(source, Add(to, name, text)) for name, text in fields.items() if text)
    said = ", ".join(f"{name}: {shortened(text)}" for name, text in fields.items() if text)
    return Fix(f"Add “{said}”", edits) if edits else None


def key_fix(written: str, keys: Iterable[str], source: Source, node: Node | None) -> Fix | None:
    """The fix that writes the key that was meant, where that is certain and the node holds nothing else."""
    alone = isinstance(node, Scalar) and node.text.strip() == written
    return put_fix(source, node, key_meant(written, keys)) if alone else None
