"""Diagnostics as a compiler shows them: the place, its line, a caret for each label, and help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from edition.model.diagnostics import Diagnostic, Label, visible

WIDTH = 100  # of a shown line; the rest is cut
_COLOURS = {"error": "31", "warning": "33", "information": "36", "place": "34", "help": "32"}


class Excerpt(NamedTuple):
    """line[start:end] of a source as it is shown, with “…” where it is cut; `end` counts the end of the line."""

    line: int
    start: int
    end: int
    text: str

    def shows(self, line: int, column: int, length: int) -> bool:
        return line == self.line and self.start < column and column - 1 + min(length, WIDTH) <= self.end


_NOTHING = Excerpt(0, 0, 0, "")


def rendered(found: Sequence[Diagnostic], checked: Sequence[str] = ()) -> str:
    return f"{told}\n" if (told := report(found)) else ""


def report(diagnostics: Iterable[Diagnostic], colour: bool = False) -> str:
    """Every diagnostic in full, and a last line that counts them."""
    found = list(diagnostics)
    return "\n".join([*(one(d, colour) for d in found), summary(found)]) if found else ""


def one(diagnostic: Diagnostic, colour: bool = False) -> str:
    """One diagnostic: headline, labels grouped by file, help."""
    severity = diagnostic.rule.severity
    head = f"{_paint(f'{severity}[{diagnostic.rule.code}]', severity, colour)}: {visible(diagnostic.message)}"
    lines = [head]
    primary = True
    for group in _by_file(diagnostic.labels):
        width = max(len(str(_line(label))) for label in group)
        arrow = "-->" if primary else ":::"
        lines.append(f"{' ' * width} {_paint(arrow, 'place', colour)} {visible(str(group[0].span))}")
        last = _NOTHING
        for label in sorted(group, key=lambda label: label.span.start) if group[0].span.source.text else ():
            told, last = _shown(label, width, primary and label is group[0], last, colour)
            lines += told
        primary = False
    if diagnostic.help:
        lines.append(f"  {_paint('help', 'help', colour)}: {visible(diagnostic.help)}")
    return "\n".join(lines) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    counts = {"error": 0, "warning": 0, "information": 0}
    for d in diagnostics:
        counts[d.rule.severity] += 1
    words = {
        "error": ("error", "errors"),
        "warning": ("warning", "warnings"),
        "information": ("piece of information", "pieces of information"),
    }
    said = [f"{n} {words[s][n != 1]}" for s, n in counts.items() if n]
    return ", ".join(said)


def _by_file(labels: tuple[Label, ...]) -> list[list[Label]]:
    groups: dict[str, list[Label]] = {}
    for label in labels:
        groups.setdefault(label.span.source.name, []).append(label)
    return list(groups.values())


def _line(label: Label) -> int:
    return label.span.source.line_column(label.span.start)[0]


def _shown(label: Label, width: int, primary: bool, last: Excerpt, colour: bool) -> tuple[list[str], Excerpt]:
    span = label.span
    number, column = span.source.line_column(span.start)
    line = span.source.line(number)
    length = max(1, min(span.end - span.start, len(line) - column + 1))
    excerpt = last if last.shows(number, column, length) else _excerpt(line, number, column, length)
    text, length = excerpt.text, min(length, WIDTH)
    at = column - 1 - excerpt.start + (1 if excerpt.start else 0)
    before, marked = text[:at], text[at : at + length]
    caret = ("^" if primary else "-") * max(1, _cells(visible(marked)))
    bar = " " * width + " |"
    lines = []
    if excerpt is not last:
        next_line = number == last.line + 1
        lines = [bar] if last is _NOTHING else [] if next_line else [f"{' ' * width} ..."]
        lines.append(f"{number:>{width}} | {visible(text).rstrip()}")
    told = f"{caret} {visible(label.message)}".rstrip()
    lines.append(
        f"{bar} {' ' * _cells(visible(before))}{_paint(told, 'error' if primary else 'place', colour)}"
    )
    return lines, excerpt


def _excerpt(line: str, number: int, column: int, length: int) -> Excerpt:
    """A long line is shown around the place only."""
    if len(line) <= WIDTH:
        return Excerpt(number, 0, len(line) + 1, line)
    start = max(0, min(column - 1 - max(10, (WIDTH - length) // 2), len(line) - WIDTH))
    end = min(len(line), start + WIDTH)
    shown = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    return Excerpt(number, start, end + (end == len(line)), shown)


def _cells(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining ones none."""
    return sum(2 if east_asian_width(c) in "WF" else 0 if "\u0300" <= c <= "\u036f" else 1 for c in text)


def _paint(text: str, what: str, colour: bool) -> str:
    return f"\x1b[1;{_COLOURS[what]}m{text}\x1b[0m" if colour else text
