"""JSON for programs, readable, and with nothing in it that a terminal would obey or hide.

Its form is checks/schemas/report.schema.json, which `edition schema --of report` prints.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from edition.app.reports.fingerprints import fingerprints
from edition.app.reports.places import region
from edition.model.diagnostics import Diagnostic, Fix
from edition.model.rules import RULES
from edition.model.source import Span

VERSION = 1
_hidden = re.compile(r"[^\n\x20-\x7e]")


def rendered(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    counts = Counter(one.rule.severity for one in found)
    used = {one.rule.code for one in found}
    return dumped(
        {
            "version": VERSION,
            "tool": {"name": "edition", "version": version("tei-edition")},
            "checked": list(checked),
            "counts": {severity: counts[severity] for severity in ("error", "warning", "information")},
            "findings": [
                _finding(one, digest) for one, digest in zip(found, fingerprints(found), strict=True)
            ],
            "rules": {
                code: {"name": rule.name, "severity": rule.severity, "why": rule.why}
                for code, rule in RULES.items()
                if code in used
            },
        }
    )


def _finding(diagnostic: Diagnostic, fingerprint: str) -> dict[str, object]:
    return {
        "rule": diagnostic.rule.code,
        "severity": diagnostic.rule.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "places": [{**_place(label.span), "message": label.message} for label in diagnostic.labels],
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {"title": fix.title, "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits]}


def _place(span: Span) -> dict[str, object]:
    at = region(span)
    return {
        "file": at.file,
        "start": {"line": at.line, "column": at.column, "offset": span.start},
        "end": {"line": at.end_line, "column": at.end_column, "offset": max(span.start, span.end)},
    }


def dumped(value: object) -> str:
    """Indented; letters of all scripts as they are, controls, bidi marks and private-use characters as \\uXXXX."""
    return _hidden.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]
