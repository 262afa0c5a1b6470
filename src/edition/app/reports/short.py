"""One line a finding, as compilers have it: `file:line:column: severity CODE message`. Editors jump there."""

from __future__ import annotations

from collections.abc import Sequence

from edition.app.reports.places import primary
from edition.model.diagnostics import Diagnostic, visible


def rendered(found: Sequence[Diagnostic], checked: Sequence[str] = ()) -> str:
    return "".join(f"{line(one)}\n" for one in found)


def line(diagnostic: Diagnostic) -> str:
    at, rule = primary(diagnostic), diagnostic.rule
    return visible(f"{at.file}:{at.line}:{at.column}: {rule.severity} {rule.code} {diagnostic.message}")
