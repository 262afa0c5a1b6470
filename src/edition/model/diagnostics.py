"""What can be said, and about where. Knows no rule by name: those stand in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from edition.model.source import Span

Severity = Literal["error", "warning", "information"]


class Rule(NamedTuple):
    """Declared once, in the catalogue. `why` is one sentence; the page `rules/CODE-name.md` says the rest."""

    code: str
    name: str
    severity: Severity
    why: str


class Label(NamedTuple):
    """A place, and what is to be said of it in a few words."""

    span: Span
    message: str = ""


class Edit(NamedTuple):
    """These code points of a file, replaced by other text (where the span is empty: text put in)."""

    span: Span
    text: str


class Fix(NamedTuple):
    """What mends a finding and nothing else: edits of YAML files that do not touch one another."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """One finding. The first label is the primary place; the message makes sense without any of them."""

    rule: Rule
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        return self.rule.severity == "error"


def diagnostic(
    rule: Rule,
    message: str,
    *places: Span | Label | tuple[Span, str],
    help: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic from places in the order of their weight."""
    labels = tuple(
        p if isinstance(p, Label) else Label(p) if isinstance(p, Span) else Label(*p) for p in places
    )
    return Diagnostic(rule, message, labels, help, fix)


def errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.is_error for d in diagnostics)


def visible(text: str) -> str:
    """Text for a terminal: controls, bidi marks, zero-width and private-use characters as <U+XXXX>."""
    return "".join(c if c == " " or c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def shortened(text: str, limit: int = 60) -> str:
    """Text on one line, cut in the middle, for use inside a message."""
    line = visible(" ".join(text.split()))
    return (
        line if len(line) <= limit else f"{line[: limit // 2].rstrip()} … {line[-limit // 2 + 3 :].lstrip()}"
    )
