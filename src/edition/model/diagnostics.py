"""Diagnostics: what is wrong, where, and how it is mended. Knows no rule by name: those stand in `rules`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from edition.model.source import Span

Severity = Literal["error", "warning", "information"]


class Rule(NamedTuple):
    """A rule, declared once in `rules`. `why` is one sentence; the page `rules/CODE-name.md` says the rest."""

    code: str
    name: str
    severity: Severity
    why: str


class Label(NamedTuple):
    """A place, and what is to be said of it in a few words."""

    span: Span
    message: str = ""


class Edit(NamedTuple):
    """Other text for the code points of a span; where the span is empty, text that is put in there."""

    span: Span
    text: str


class Fix(NamedTuple):
    """What mends one diagnostic and nothing else: edits of YAML files that do not touch one another."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """One thing that a rule is broken by. The first label is the main place; the message makes sense without labels."""

    rule: Rule
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        return self.rule.severity == "error"


def diagnostic(
    rule: Rule, message: str, *places: Span | Label | tuple[Span, str], help: str = "", fix: Fix | None = None
) -> Diagnostic:
    """A diagnostic with a label for each place, the main one first; a place may bring its words along."""
    labels = (p if isinstance(p, Label) else Label(p) if isinstance(p, Span) else Label(*p) for p in places)
    return Diagnostic(rule, message, tuple(labels), help, fix)


def errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of these keeps the edition from being written."""
    return any(d.is_error for d in diagnostics)


def visible(text: str) -> str:
    """Text that hides nothing: controls, bidi marks, zero-width and private-use characters are shown as <U+XXXX>."""
    return "".join(c if c == " " or c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def shortened(text: str, limit: int = 60) -> str:
    """Text on one line of at most `limit` characters, cut out in the middle, for use inside a message."""
    line, half = visible(" ".join(text.split())), limit // 2
    return line if len(line) <= limit else f"{line[:half].rstrip()} … {line[-limit // 2 + 3 :].lstrip()}"
