"""A project's editions into the formats of other tools: files, and what they cannot carry. Prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from edition.app.commands import Outcome, make, silent, unwritten
from edition.checks.severities import settled
from edition.exports.writer import Writer, account, unmet
from edition.model import rules
from edition.model.diagnostics import Diagnostic, errors, say
from edition.model.source import Source, Span
from edition.read.files import unsafe, write_all


def export(
    root: Path,
    writers: Sequence[Writer],
    names: Sequence[str] = (),
    to: Path | None = None,
    said: Callable[[str], None] = silent,
) -> Outcome:
    """Each format into a folder of its own below `to` (by default out/exports/). Nothing is written if a text has an error;
    a format that needs a library which is not installed is told, and the others are written."""
    outcome = make(root, names, said)
    edition = outcome.edition
    found = settled(outcome.diagnostics, edition)
    if errors(found):
        return Outcome(edition, tuple(found))
    files: dict[str, bytes] = {}
    told: list[Diagnostic] = []
    lacking = [one for writer in writers for one in unmet(writer)]
    for writer in writers:
        if unmet(writer):
            continue
        given = writer.write(edition)
        files |= {f"{writer.name}/{name}": data for name, data in given.files.items()}
        told += account(writer, edition, given)
    found += settled(told, edition)
    folder = to or root / "out" / "exports"
    try:
        if to is None and (problem := unsafe(root, "out/exports")):
            found.append(say(rules.PATH, f"out/exports {problem}", Span(Source("out/exports", ""), 0, 0)))
        if errors(found):
            return Outcome(edition, tuple(found))
        write_all(folder, files)
    except OSError as error:
        return Outcome(edition, (*found, unwritten(root, error)))
    where = folder.as_posix() if to else "out/exports"
    return Outcome(edition, (*found, *lacking), tuple(f"{where}/{file}" for file in files))
