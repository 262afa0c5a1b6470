"""`check --watch`: check again whenever a file is saved, and build only those texts anew whose own files changed.

Looks at times and sizes of files five times a second, and so works on every system and every file system.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from edition.app.commands import Outcome, build_text, with_checks
from edition.model.diagnostics import Diagnostic, errors
from edition.model.edition import SETTINGS, Built, Edition, Project
from edition.read import project as projects

PAUSE = 0.2  # seconds
FOLDERS = ("seeds", "annotations", "schema", "out")
Stamps = dict[str, tuple[int, int]]
"""Time of change (ns) and size of files, by their names."""
Told = tuple[Built | None, list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class State:
    """What is kept between two saves: the shared files as read, and each text as built, with what was found."""

    project: Project
    found: list[Diagnostic]
    texts: Mapping[str, Told]

    @property
    def outcome(self) -> Outcome:
        built = tuple(one for one, _ in self.texts.values() if one is not None)
        told = [d for _, found in self.texts.values() for d in found]
        return Outcome(Edition(self.project, built), (*self.found, *told))


def stamps(root: Path, others: Iterable[Path] = (), folders: Iterable[str] = FOLDERS) -> Stamps:
    """The stamps of all files in these folders of a project, and of other files."""
    found: Stamps = {}
    for folder in folders:
        for path, _, files in os.walk(root / folder):
            for name in files:
                _stamp(root, Path(path) / name, found)
    for other in others:
        _stamp(root, other, found)
    return found


def _stamp(root: Path, path: Path, found: Stamps) -> None:
    try:
        stat = path.stat()
    except OSError:  # gone meanwhile, or not there yet: that it comes is a change
        return
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    found[name] = stat.st_mtime_ns, stat.st_size


def changed(before: Stamps, after: Stamps) -> tuple[str, ...]:
    """The names of files that are new, gone, or other than before; sorted."""
    return tuple(sorted(dict(before.items() ^ after.items())))


def own(file: str) -> str:
    """The name of the text whose own file this is; "" for a file that texts share."""
    path = PurePosixPath(file)
    mine = (path.parent.as_posix(), path.suffix) in (("seeds", ".txt"), ("annotations", ".yaml"))
    return path.stem if mine and file != SETTINGS else ""


def begun(root: Path, names: Sequence[str]) -> State:
    """Read and build everything, or the texts named."""
    project, found = projects.load(root)
    shared = errors(found)
    return State(project, found, {name: build_text(project, name, shared) for name in names or project.names})


def renewed(state: State, names: Sequence[str], files: Iterable[str]) -> State:
    """Build the texts of these files anew, which changed; or all, if something changed that texts share."""
    root = state.project.root
    mine = {file: own(file) for file in files if not file.startswith(("out/", "schema/"))}
    if not all(name in state.texts and (root / file).exists() for file, name in mine.items()):
        return begun(root, names)
    shared = errors(state.found)
    anew = {name: build_text(state.project, name, shared) for name in mine.values()}
    return replace(state, texts={**state.texts, **anew})


def watched(
    root: Path, names: Sequence[str] = (), schemas: Sequence[Path] = ()
) -> Iterator[tuple[tuple[str, ...], Outcome]]:
    """Give what is found, and the files that changed before (none at first), now and after every save. Never ends."""
    files: tuple[str, ...] = ()
    seen = stamps(root, schemas)
    state = begun(root, names)
    while True:
        outcome = with_checks(state.outcome, schemas, whole=not names)
        others = [*schemas, *(root / file for file in outcome.files)]
        seen = stamps(root, others, ()) | seen
        yield files, outcome
        seen, files = _next(root, seen, others)
        state = renewed(state, names, files)


def _next(root: Path, seen: Stamps, others: Sequence[Path]) -> tuple[Stamps, tuple[str, ...]]:
    """Wait for a change, and until nothing changes any more, as editors write a file in several steps."""
    before, now = seen, stamps(root, others)
    while now == seen or now != before:
        time.sleep(PAUSE)
        before, now = now, stamps(root, others)
    return now, changed(seen, now)
