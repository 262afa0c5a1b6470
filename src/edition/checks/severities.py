"""How a finding counts: what `rules:` in edition.yaml says of its rule, and `ignore:` beside its annotation.

Errors stay errors: what keeps an edition from being written cannot be talked away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from edition.model import rules
from edition.model.diagnostics import Diagnostic, Severity, diagnostic
from edition.model.edition import Edition
from edition.model.nodes import Mapping, Node, Scalar, Sequence
from edition.model.source import Source

OFF = "off"
SEVERITIES: dict[str, Severity] = {
    "error": "error",
    "warning": "warning",
    "information": "information",
}


class Setting(NamedTuple):
    """One line of `rules:`. `files`: patterns of paths, or names of texts; none means everywhere."""

    code: str
    severity: str
    files: tuple[str, ...] = ()

    def holds(self, diagnostic: Diagnostic) -> bool:
        names = {label.span.source.name for label in diagnostic.labels}
        return self.code == diagnostic.rule.code and (
            not self.files or any(_matches(name, pattern) for name in names for pattern in self.files)
        )


class Ignore(NamedTuple):
    """One code of an annotation's `ignore:`, and the extent of the annotation."""

    code: str
    source: Source
    start: int
    end: int
    at: Scalar

    def holds(self, diagnostic: Diagnostic) -> bool:
        return self.code == diagnostic.rule.code and any(
            label.span.source is self.source and self.start <= label.span.start < self.end
            for label in diagnostic.labels
        )


def with_severities(found: Iterable[Diagnostic], edition: Edition, whole: bool = False) -> list[Diagnostic]:
    """The diagnostics that count, as severe as the project wants them. `whole`: all checks ran, so that an `ignore:` that
    ignores nothing can be reported."""
    ignores = tuple(_ignores(edition))
    settings = tuple(_settings(edition))
    idle = dict.fromkeys(ignores)
    kept: list[Diagnostic] = []
    for finding in found:
        if finding.is_error:
            kept.append(finding)
            continue
        meant = [ignore for ignore in ignores if ignore.holds(finding)]
        for ignore in meant:
            idle.pop(ignore, None)
        if not meant and (one := _as_set(finding, settings)) is not None:
            kept.append(one)
    return [*kept, *map(_idle, idle)] if whole else kept


def _as_set(diagnostic: Diagnostic, settings: Iterable[Setting]) -> Diagnostic | None:
    """A diagnostic as severe as the last line of `rules:` that holds for it says; None if it is switched off."""
    severity: str = diagnostic.rule.severity
    for setting in settings:
        if setting.holds(diagnostic):
            severity = setting.severity
    if severity == diagnostic.rule.severity:
        return diagnostic
    if severity == OFF:
        return None
    return diagnostic._replace(rule=diagnostic.rule._replace(severity=SEVERITIES[severity]))


def _matches(file: str, pattern: str) -> bool:
    """Whether a pattern means a file: as a path, as a pattern of paths, or as the name of the text it belongs to."""
    return fnmatchcase(file, pattern) or file in (f"seeds/{pattern}.txt", f"annotations/{pattern}.yaml")


def _settings(edition: Edition) -> Iterator[Setting]:
    table = edition.project.settings.inner("rules")
    for code in table.items:
        for node in table.listed(code):
            if isinstance(node, Scalar):
                yield Setting(code, node.text)
            elif isinstance(node, Mapping):
                yield Setting(code, node.text("is"), node.texts("in"))


def _ignores(edition: Edition) -> Iterator[Ignore]:
    """Every `ignore:` of annotations, of what holds some of them together, and of register entries."""
    for built in edition.documents:
        document = built.document
        if "ignore" in document.source.text:
            for node in (document.structure, document.annotations):
                yield from _inside(node, document.source)
    for entry in edition.project.registers.entries.values():
        if "ignore" in entry.node.items:
            yield from _inside(entry.node, entry.source, entry.at.start)


def _inside(node: Node | None, source: Source, start: int = -1) -> Iterator[Ignore]:
    children: Iterable[Node] = ()
    if isinstance(node, Mapping):
        codes = node.inner("ignore")
        begin = node.start if start < 0 else start
        for code in codes.items:
            yield Ignore(code, source, begin, node.end, codes.keys[code])
        children = node.items.values()
    elif isinstance(node, Sequence):
        children = node.items
    for child in children:
        yield from _inside(child, source)


def _idle(ignore: Ignore) -> Diagnostic:
    place = ignore.source.span(ignore.at)
    message, help = f"{ignore.code} is ignored here, and nothing here gives it", "Remove this line."
    rule = rules.RULES.get(ignore.code)
    if rule is None:
        message, help = f"there is no rule {ignore.code} to ignore", "`edition explain` lists the rules."
    elif rule.severity == "error":
        message = f"{ignore.code} is an error, and errors are not ignored"
        help = "Mend what it tells, and remove this line."
    return diagnostic(rules.IDLE_IGNORE, message, place, help=help)
