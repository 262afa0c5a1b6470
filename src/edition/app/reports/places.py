"""Places as reports tell them: a file, and line and column of its start and end; and what files are named from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from edition.app.reports import Base
from edition.model.diagnostics import Diagnostic, Edit, Fix, Label
from edition.model.source import Source, Span, whole_file


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns count from 1, in code points; the end is the column after the last one."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Region(".", 1, 1, 1, 1)


def region(span: Span) -> Region:
    end = max(span.start, span.end)
    return Region(span.source.name, *span.source.line_column(span.start), *span.source.line_column(end))


def primary(diagnostic: Diagnostic) -> Region:
    """The first place; a finding without one belongs to the whole project."""
    return region(diagnostic.labels[0].span) if diagnostic.labels else NOWHERE


def by_file(found: Iterable[Diagnostic], checked: Iterable[str] = ()) -> dict[str, list[Diagnostic]]:
    """Findings by the file of their first place; files without findings too. Sorted."""
    files: dict[str, list[Diagnostic]] = {file: [] for file in checked}
    for diagnostic in found:
        files.setdefault(primary(diagnostic).file, []).append(diagnostic)
    return dict(sorted(files.items()))


def prefix(root: Path, base: Base) -> str:
    """What paths of the project have in front if they start at the base: "" or `letters/`."""
    if base == "project":
        return ""
    path = os.path.relpath(root.resolve(), Path.cwd() if base == "here" else _repository(root.resolve()))
    return "" if path == os.curdir else f"{Path(path).as_posix()}/"


def _repository(root: Path) -> Path:
    """The top folder of the repository that a project stands in; without one, the current folder or the project."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return folder
    return Path.cwd() if root.is_relative_to(Path.cwd()) else root


def in_files(root: Path, found: Iterable[Diagnostic], files: Sequence[str]) -> list[Diagnostic]:
    """The findings with the places that are in files of the project; one that has none, as where a file is missing,
    is told at the top of the first of `files`."""
    top = tuple(Label(whole_file(file)) for file in files[:1])

    def there(label: Label) -> bool:
        return (root / label.span.source.name).exists()

    return [one._replace(labels=tuple(filter(there, one.labels)) or top or one.labels) for one in found]


def named_from(
    before: str, found: Sequence[Diagnostic], checked: Sequence[str]
) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """The findings and files with `before` in front of every relative path."""
    if not before:
        return tuple(found), tuple(checked)
    sources: dict[Source, Source] = {}

    def moved(span: Span) -> Span:
        old = span.source
        name = old.name if Path(old.name).is_absolute() else before + old.name
        return span._replace(source=sources.setdefault(old, Source(name, old.text)))

    def fixed(fix: Fix | None) -> Fix | None:
        return fix and fix._replace(edits=tuple(Edit(moved(edit.span), edit.text) for edit in fix.edits))

    return tuple(
        one._replace(
            labels=tuple(Label(moved(label.span), label.message) for label in one.labels),
            fix=fixed(one.fix),
        )
        for one in found
    ), tuple(before + file for file in checked)
