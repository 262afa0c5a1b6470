"""Workflow commands, which GitHub shows beside the lines of a change; and a summary of the run in Markdown.

GitHub shows ten annotations of each severity and step. Where there are more, the tenth counts the rest, which stand in
the log, in a group that can be opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.app.reports import short, text
from edition.app.reports.places import Region, primary, region
from edition.model.diagnostics import Diagnostic, Severity, visible

LIMIT = 10  # annotations of a severity and step
COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "notice"}
ROWS = 300  # of the summary, which may hold 1 MiB
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_markup = re.compile(r"[!-/:-@\[-`{-~]")


def rendered(found: Sequence[Diagnostic], checked: Sequence[str] = ()) -> str:
    lines: list[str] = []
    rest: list[Diagnostic] = []
    for severity, command in COMMANDS.items():
        told = [one for one in found if one.rule.severity == severity]
        shown = len(told) if len(told) <= LIMIT else LIMIT - 1
        lines += [_command(command, _title(one), _message(one), primary(one)) for one in told[:shown]]
        if more := told[shown:]:
            message = f"{text.summary(more)} more: the log and the summary of this step tell them"
            lines.append(_command(command, "edition check", message))
            rest += more
    if rest:
        lines += [f"::group::{text.summary(rest)} more", *map(_plain, rest), "::endgroup::"]
    return "".join(f"{line}\n" for line in lines)


def _command(name: str, title: str, message: str, at: Region | None = None) -> str:
    properties: dict[str, str] = {}
    if at is not None:
        properties |= {"file": at.file, "line": str(at.line), "endLine": str(at.end_line)}
        if at.line == at.end_line:  # columns are read within one line only
            properties |= {"col": str(at.column), "endColumn": str(at.end_column)}
    properties["title"] = title
    told = ",".join(f"{key}={visible(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {told}::{message.translate(_DATA)}"


def _title(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.rule.code} {diagnostic.rule.name}"


def _message(diagnostic: Diagnostic) -> str:
    """The message, what is said of the place, each further place with its words, and the help, a line each."""
    lines = [diagnostic.message, *(label.message for label in diagnostic.labels[:1])]
    for label in diagnostic.labels[1:]:
        at = region(label.span)
        lines.append(f"{at.file}:{at.line}:{at.column} {label.message}".rstrip())
    return "\n".join(visible(line) for line in (*lines, diagnostic.help) if line)


def _plain(diagnostic: Diagnostic) -> str:
    """A line of the log. The runner obeys `##[` anywhere in a line."""
    return short.line(diagnostic).replace("##[", "## [")


def summary_page(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    """Markdown for the page of a run. Words of the project stand in it as characters, never as markup."""
    said = text.summary(found) or "nothing to tell"
    lines = ["### edition check", "", f"{len(checked)} files checked: {said}.", ""]
    if found:
        lines += ["| | place | rule | |", "|---|---|---|---|"]
        lines += [_row(one) for one in found[:ROWS]]
    if len(found) > ROWS:
        lines += ["", f"{len(found) - ROWS} more are not listed here."]
    return "\n".join(lines) + "\n\n"


def _row(diagnostic: Diagnostic) -> str:
    at = primary(diagnostic)
    cells = (diagnostic.rule.severity, f"{at.file}:{at.line}:{at.column}", _title(diagnostic))
    return "| " + " | ".join(_literal(cell) for cell in (*cells, diagnostic.message)) + " |"


def _literal(words: str) -> str:
    return _markup.sub(lambda m: f"&#{ord(m[0])};", visible(words))
