"""YAML text → nodes that know their places. Every scalar is text: `no`, `12:30`, `010` stay as written.

Read through libyaml's events: a guard stands before every node, so that no alias bomb and no million
brackets ever become a tree. Knows nothing of annotations.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser

from edition.model import rules
from edition.model.diagnostics import Diagnostic, Rule, diagnostic, visible
from edition.model.nodes import Mapping, Node, Scalar, Sequence
from edition.model.source import Source, Span
from edition.model.xml import FORBIDDEN

DEEPEST = 64
MOST_NODES = 5_000_000
NEEDS_QUOTES = "&*!@`%|>[]{}?,'\""


class _Stop(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read_yaml(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    """The document of a YAML file, and what is wrong with it. None after an error that leaves no document.

    All duplicate keys are reported; any other error is the last.
    """
    return _read(source, source.text)


def _read(source: Source, text: str) -> tuple[Node | None, list[Diagnostic]]:
    """The document that the source holds, or that `text`, its beginning, holds.

    libyaml looks up to 1,024 characters ahead for the colon of a key before it gives an event, and since 0.2.6 it
    bears only 1,000 levels. Where it stumbles there behind too many levels, what comes first is reported all the same.
    """
    builder = _Builder(source)
    try:
        builder.run(text)
        return builder.root, builder.diagnostics
    except _Stop as stop:
        last = stop.diagnostic
    except yaml.MarkedYAMLError as error:
        beginning = text[: min(mark.index for mark in (error.context_mark, error.problem_mark) if mark)]
        if isinstance(error, yaml.scanner.ScannerError) and _too_deep(beginning):
            return _read(source, beginning)
        last = _syntax(source, error)
    except yaml.reader.ReaderError as error:
        before = source.text.encode()[: error.position] if isinstance(error.position, int) else b""
        at = len(before.decode("utf-8", "ignore"))  # libyaml counts bytes
        message = f"{source.name} cannot be read as YAML: {error.reason}"
        last = diagnostic(rules.YAML, message, Span(source, at, at))
    return None, [*builder.diagnostics, last]


_LEVELS = {
    yaml.BlockSequenceStartToken: 1,
    yaml.BlockMappingStartToken: 1,
    yaml.FlowSequenceStartToken: 1,
    yaml.FlowMappingStartToken: 1,
    yaml.BlockEndToken: -1,
    yaml.FlowSequenceEndToken: -1,
    yaml.FlowMappingEndToken: -1,
}


def _too_deep(text: str) -> bool:
    """Whether more levels are open somewhere in the beginning of a document than may be."""
    depth, next_token = 0, CParser(text).get_token
    with suppress(yaml.scanner.ScannerError):  # at the end, for want of what was cut off
        while depth <= DEEPEST and (token := next_token()) is not None:
            depth += _LEVELS.get(type(token), 0)
    return depth > DEEPEST


_PROBLEMS = {  # libyaml's words → ours
    "mapping values are not allowed in this context": "a colon and a space stand inside a text",
    "found unexpected end of stream": "a quotation mark is opened here and never closed",
    "could not find expected ':'": "a key without a colon, or a text that runs on in the next line",
    "did not find expected key": "this stands at no level of the lists and keys above it",
    "did not find expected '-' indicator": "this stands at no level of the list above it",
    "did not find expected ',' or '}'": "a comma or “}” is missing, or a text wants quotation marks",
    "did not find expected ',' or ']'": "a comma or “]” is missing, or a text wants quotation marks",
    "found character that cannot start any token": "no text may begin with this character unless it is in quotes",
    "block sequence entries are not allowed in this context": "a list cannot begin here",
    "did not find expected alphabetic or numeric character": "“&” and “*” have a meaning of their own in YAML",
    "did not find expected comment or line break": "“|” and “>” begin a text in YAML that goes on in the next lines",
    "exceeded maximum nesting depth": "too much is opened where a key should stand",
    "did not find expected <document start>": "this does not belong to what stands before it",
}
_NO_LEVEL, _NO_ENTRY = "did not find expected key", "did not find expected '-' indicator"
TWICE = {  # what to do where the text in quotation marks ends too early
    "'": "Put the whole text in double quotes: \"…\". Within '…' an apostrophe is written twice: ''.",
    '"': 'Put the whole text in single quotes: \'…\'. Within "…" a quotation mark is written \\".',
}
_OPENED = (  # problems that are better reported where something was opened than where the file ends
    "found unexpected end of stream",
    "did not find expected ',' or '}'",
    "did not find expected ',' or ']'",
)


def _syntax(source: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    problem, context = error.problem or "", error.context or ""
    earlier = problem in _OPENED or context in ("while scanning an anchor", "while scanning an alias")
    mark = (error.context_mark if earlier else error.problem_mark) or error.context_mark
    at = min(mark.index, len(source.text)) if mark else 0
    if problem == "found invalid Unicode character escape code" and error.context_mark:
        at = error.context_mark.index
        message, help = "an escape in this text gives no character", "Write the character itself."
        return diagnostic(rules.CHAR, message, Span(source, at, at + 1), help=help)
    words, help = _in_words(source, problem, at)
    place = Span(source, at, min(at + 1, len(source.text)))
    return diagnostic(rules.YAML, f"this is not YAML: {words}", place, help=help)


def _in_words(source: Source, problem: str, at: int) -> tuple[str, str]:
    """What a problem of libyaml means on its line, and the help."""
    number, column = source.line_column(at)
    line = source.line(number) if problem != _OPENED[0] or source.text.startswith("'", at) else ""
    value = line.partition(":")[2].strip() or line.strip().removeprefix("-").strip()
    words = _PROBLEMS.get(problem, visible(problem or "it cannot be read"))
    if "\t" in line[: len(line) - len(line.lstrip())]:
        words = "a tab stands before the first word" if source.text.startswith("\t", at) else words
        return words, "Indent with spaces: YAML does not allow tabs there."
    if problem == _NO_LEVEL and value[:1] in TWICE and column > line.find(value) + 1:
        return "the text ends at its second quotation mark, and here it goes on", TWICE[value[0]]
    if value[:1] in tuple(NEEDS_QUOTES) or value.startswith("- ") or ": " in value:
        return words, "If this is text, put it in quotes: '…' or \"…\"."
    level = problem in (_NO_LEVEL, _NO_ENTRY)
    return words, "Let it begin in the same column as what it belongs with." if level else ""


class _Builder:
    """Makes nodes of the events of libyaml (which have marks and values, and no common type that says so).

    `inside` is the innermost node that is open, `stack` those around it; `key` waits for its value.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.root: Node | None = None
        self.inside: Mapping | Sequence | None = None
        self.key: Scalar | None = None
        self.stack: list[Mapping | Sequence | None] = []
        self.count = self.documents = 0

    def run(self, text: str) -> None:
        """The events of one document, stacked into nodes."""
        next_event = CParser(text).get_event
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.refuse,
            yaml.DocumentStartEvent: self.document,
        }
        while (event := next_event()) is not None and type(event) is not yaml.StreamEndEvent:
            handler = take.get(type(event))
            if handler is not None:
                handler(event)

    def scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        if event.style == '"' and (m := FORBIDDEN.search(event.value)):
            at, code = event.start_mark.index, f"U+{ord(m[0]):04X}"
            message = f"the escape in this text gives {code}, which cannot stand in XML"
            self.stop(rules.CHAR, message, at, event.end_mark.index)
        node = Scalar(event.value, event.start_mark.index, event.end_mark.index, not event.style)
        if self.key is None and type(self.inside) is Mapping:
            self.key = node
            return
        if node.plain and self.source.text.startswith(" #", node.end):
            self.hash_cut(node)
        self.put(node)

    def hash_cut(self, node: Scalar) -> None:
        """Report a text that YAML ends at “ #” without a space after it: nearly always more text, and no comment."""
        cut = self.source.text[node.end : node.end + 80].split("\n")[0].strip()
        if cut[1:2].strip():
            at = self.source.text.index("#", node.end)
            message = f"YAML reads “{visible(cut)}” as a comment: it is not part of the text"
            help = "If it belongs to the text, put the whole value in quotes."
            place = Span(self.source, at, at + len(cut))
            self.diagnostics.append(diagnostic(rules.HASH_CUT, message, place, help=help))

    def open(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.refuse(event)
        start = event.start_mark.index
        if self.key is None and type(self.inside) is Mapping:
            message = "this is not YAML as it is read here: a key must be a plain text"
            self.stop(rules.YAML, message, start, start + 1)
        node = Mapping({}, start) if type(event) is yaml.MappingStartEvent else Sequence([], start)
        self.put(node)
        self.stack.append(self.inside)
        if len(self.stack) > DEEPEST:
            self.stop(rules.DEPTH, f"the values are nested more than {DEEPEST} deep", start, start + 1)
        self.inside = node

    def close(self, event: Any) -> None:
        assert self.inside is not None
        self.inside.end = event.end_mark.index
        self.inside = self.stack.pop()

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            at = event.start_mark.index
            help = "Keep one document in a file: remove the line “---”."
            self.stop(rules.MULTI_DOC, "a second YAML document begins here", at, at + 3, help)

    def put(self, node: Node) -> None:
        """Put a value where it belongs: under the waiting key, into the list, or as the document."""
        self.count += 1
        inside = self.inside
        if type(inside) is Mapping:
            assert self.key is not None
            self.pair(inside, self.key, node)
            self.key = None
        elif inside is None:
            self.root = node
        else:
            inside.items.append(node)  # type: ignore[union-attr]
        if self.count > MOST_NODES:
            self.stop(rules.DEPTH, f"{self.source.name} holds more than {MOST_NODES:,} values", 0, 0)

    def pair(self, inside: Mapping, key: Scalar, node: Node) -> None:
        name = key.text if key.text.isascii() else unicodedata.normalize("NFC", key.text)
        if name not in inside.items:
            inside.items[name] = node
            inside.keys[name] = key
            return
        first = inside.keys[name]
        again, before = (self.source.span(key), "again here"), (self.source.span(first), "first here")
        help = "Remove one of the two, or make a second entry of it."
        message = f"the key “{visible(name)}” stands twice in one entry"
        self.diagnostics.append(diagnostic(rules.DUP_KEY, message, again, before, help=help))

    def refuse(self, event: Any) -> None:
        """Stop at a tag, an anchor or an alias: mostly words of a text that wanted quotation marks."""
        start = event.start_mark.index
        quotes = "If this is text, put it in quotes: '…' or \"…\"."
        tag = getattr(event, "tag", None)
        if tag is not None:
            message = f"“{visible(str(tag))}” is a YAML tag, and tags are not allowed"
            self.stop(rules.TAG, message, start, start + 1, quotes)
        alias = type(event) is yaml.AliasEvent
        end = max(start + 1, event.end_mark.index) if alias else start + 1
        what = "“*” begins an alias" if alias else "“&” begins an anchor"
        message = f"{what} in YAML, and that is not allowed here"
        self.stop(rules.ALIAS, message, start, end, f"{quotes} Otherwise write the value out.")

    def stop(self, rule: Rule, message: str, start: int, end: int, help: str = "") -> NoReturn:
        raise _Stop(diagnostic(rule, message, Span(self.source, start, end), help=help))
