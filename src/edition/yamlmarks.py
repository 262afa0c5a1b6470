"""YAML text → nodes that know their places. Every scalar is text: `no`, `12:30`, `010` stay as written.

Read through libyaml's events: a guard stands before every node, so that no alias bomb and no million
brackets ever become a tree. Knows nothing of annotations.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import yaml
from yaml.cyaml import CParser

from edition import catalogue as rules
from edition.diagnostics import Diagnostic, say, visible
from edition.source import Source, Span

DEEPEST = 64
MOST_NODES = 5_000_000
NEEDS_QUOTES = "&*!@`%|>[]{}?,'\""


@dataclass(slots=True, eq=False)
class Scalar:
    """Text, and the code points of the file it stands at. `plain`: written without quotation marks."""

    text: str
    start: int
    end: int
    plain: bool


@dataclass(slots=True, eq=False)
class Sequence:
    items: list[Node]
    start: int
    end: int = 0


@dataclass(slots=True, eq=False)
class Mapping:
    items: dict[str, Node]
    start: int
    end: int = 0
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as Python data: str, list, dict."""
    kind = type(node)
    if kind is Scalar:
        return node.text  # type: ignore[union-attr]
    if kind is Mapping:
        return {key: plain(child) for key, child in node.items.items()}  # type: ignore[union-attr]
    return [plain(child) for child in node.items]


class _Stop(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read_yaml(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """The document of a YAML file, or what is wrong with it. Duplicate keys are told all; the rest stops at once."""
    found: list[Diagnostic] = []
    try:
        return _build(source, found), found
    except _Stop as stop:
        found.append(stop.diagnostic)
    except yaml.MarkedYAMLError as error:
        found.append(_syntax(source, error))
    except yaml.reader.ReaderError as error:
        at = error.position if isinstance(error.position, int) else 0
        found.append(
            say(rules.YAML, f"{source.name} cannot be read as YAML: {error.reason}", Span(source, at, at))
        )
    return None, found


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(source.text)) if mark else 0
    line = source.line(source.line_column(at)[0])
    value = line.partition(":")[2].strip() or line.strip().removeprefix("-").strip()
    if "\t" in line[: len(line) - len(line.lstrip())]:
        help = "Indent with spaces: YAML does not allow tabs there."
    elif value[:1] and value[0] in NEEDS_QUOTES or ": " in value:
        help = "If this is text, put it in quotes: '…' or \"…\"."
    else:
        help = ""
    problem = visible(error.problem or "this is not YAML")
    return say(rules.YAML, f"this is not YAML: {problem}", Span(source, at, at + 1), help=help)


def _build(source: Source, found: list[Diagnostic]) -> Node | None:
    """The events of one document, stacked into nodes."""
    scalar, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends, stream_end = (yaml.MappingEndEvent, yaml.SequenceEndEvent), yaml.StreamEndEvent
    next_event = CParser(source.text).get_event
    root: Node | None = None
    stack: list[tuple[Mapping | Sequence | None, Scalar | None]] = []
    inside: Mapping | Sequence | None = None
    key: Scalar | None = None
    count = documents = 0
    while True:
        event = next_event()
        kind = type(event)
        node: Node
        if kind is scalar:
            if event.tag is not None or event.anchor is not None:
                raise _Stop(_refused(source, event))
            node = Scalar(event.value, event.start_mark.index, event.end_mark.index, event.style is None)
            if type(inside) is Mapping and key is None:
                key = node
                continue
        elif kind is mapping_start or kind is sequence_start:
            if event.tag is not None or event.anchor is not None:
                raise _Stop(_refused(source, event))
            start = event.start_mark.index
            if type(inside) is Mapping and key is None:
                raise _Stop(say(rules.YAML, "this is not YAML as it is read here: a key must be a plain text", Span(source, start, start + 1)))
            node = Mapping({}, start) if kind is mapping_start else Sequence([], start)
        elif kind in ends:
            assert inside is not None
            inside.end = event.end_mark.index
            inside, key = stack.pop()
            continue
        elif kind is stream_end:
            return root
        elif kind is yaml.AliasEvent:
            raise _Stop(_refused(source, event))
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                at = event.start_mark.index
                raise _Stop(
                    say(
                        rules.MULTI_DOC,
                        "a second YAML document begins here",
                        Span(source, at, at + 3),
                        help="Keep one document in a file: remove the line “---”.",
                    )
                )
            continue
        else:
            continue
        count += 1
        if count > MOST_NODES:
            raise _Stop(
                say(rules.DEPTH, f"{source.name} holds more than {MOST_NODES:,} values", Span(source, 0, 0))
            )
        if inside is None:
            root = node
        elif type(inside) is Mapping:
            assert key is not None
            _put(source, inside, key, node, found)
        else:
            inside.items.append(node)  # type: ignore[union-attr]
        if kind is scalar:
            key = None
        else:
            stack.append((inside, None))
            if len(stack) > DEEPEST:
                raise _Stop(
                    say(
                        rules.DEPTH,
                        f"the values are nested more than {DEEPEST} deep",
                        Span(source, node.start, node.start + 1),
                    )
                )
            inside, key = node, None  # type: ignore[assignment]


def _put(source: Source, inside: Mapping, key: Scalar, node: Node, found: list[Diagnostic]) -> None:
    name = key.text if key.text.isascii() else unicodedata.normalize("NFC", key.text)
    if name in inside.items:
        first = inside.keys[name]
        found.append(
            say(
                rules.DUP_KEY,
                f"the key “{visible(name)}” stands twice in one entry",
                (Span(source, key.start, key.end), "again here"),
                (Span(source, first.start, first.end), "first here"),
                help="Remove one of the two, or make a second entry of it.",
            )
        )
        return
    inside.items[name] = node
    inside.keys[name] = key


def _refused(source: Source, event: yaml.NodeEvent) -> Diagnostic:
    start = event.start_mark.index
    end = max(start + 1, event.end_mark.index) if type(event) is yaml.AliasEvent else start + 1
    place = Span(source, start, end)
    quotes = "If this is text, put it in quotes: '…' or \"…\"."
    if getattr(event, "tag", None) is not None:
        return say(rules.TAG, f"“{visible(str(event.tag))}” is a tag in YAML, and tags are not allowed here", place, help=quotes)
    what = "“*” begins an alias" if type(event) is yaml.AliasEvent else "“&” begins an anchor"
    return say(
        rules.ALIAS, f"{what} in YAML, and that is not allowed here", place, help=f"{quotes} Otherwise write the value out."
    )
