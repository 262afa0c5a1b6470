"""build, check, export and prove over a project's files, for the command line and the library. Prints nothing.

What only one of them needs is imported there: a check that finds nothing writes nothing.
"""

from __future__ import annotations

import errno
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from edition.checks.out_folder import unproved
from edition.checks.proof import Proof, read_proof
from edition.checks.severities import with_severities
from edition.model import rules
from edition.model.diagnostics import Diagnostic, diagnostic, errors
from edition.model.edition import Built, Edition, Project
from edition.model.source import whole_file
from edition.pipeline import CHECKS, build_document
from edition.read import project as projects
from edition.read.files import read_file, unsafe

if TYPE_CHECKING:
    from edition.exports.writer import Writer


class Outcome(NamedTuple):
    """What a run over a project gave. `written`: files of out/ that are now as built (none if there was an error)."""

    edition: Edition
    diagnostics: tuple[Diagnostic, ...]
    written: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Built, ...]:
        return self.edition.documents

    @property
    def files(self) -> tuple[str, ...]:
        """The sources that were read, sorted: seeds, annotations, registers, settings."""
        project = self.edition.project
        sources = [e.source for e in project.registers.entries.values()]
        sources += [s for b in self.documents for s in (b.document.seed.source, b.document.source)]
        sources += [project.settings_source] if project.settings.items else []
        return tuple(sorted({source.name for source in sources if source.text}))

    @property
    def ok(self) -> bool:
        return not errors(self.diagnostics)


class Proved(NamedTuple):
    """One edition: whether its text is its seed, and if not, where they part."""

    file: str
    proof: Proof
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return not self.diagnostics


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch Python's cyclic collector off: a build makes much and drops little, and would take twice its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def silent(_: str) -> None:
    pass


def build_in_memory(
    root: Path,
    names: Sequence[str] = (),
    said: Callable[[str], None] = silent,
    overrides: dict[str, bytes] | None = None,
) -> Outcome:
    """Build every text of a project, or those named, in memory. `said` gets the name of each text before it is built;
    `overrides`: bytes to take in place of those of some files."""
    with _without_collector():
        project, found = projects.load(root, overrides)
        shared = errors(found)
        built = []
        for name in names or project.names:
            said(name)
            one, told = build_text(project, name, shared)
            found += told
            built += [one] if one else []
        return Outcome(Edition(project, tuple(built)), tuple(found))


def build_text(project: Project, name: str, faulty: bool) -> tuple[Built | None, list[Diagnostic]]:
    """Read and build one text; None if it cannot be read. `faulty`: whether something that texts share cannot be."""
    if name not in project.names and (problem := projects.unfit(name, f"seeds/{name}.txt")):
        return None, [problem]
    document, found = projects.document(project, name)
    if document is None or errors(found):
        return None, found
    one = build_document(document, project)
    # where a register cannot be read, keys that are missing only follow from that
    follow = (rules.REF, rules.REGISTER) if faulty else ()
    return one, [*found, *(d for d in one.diagnostics if d.rule not in follow)]


def build(
    root: Path, names: Sequence[str] = (), accept_moved: bool = False, said: Callable[[str], None] = silent
) -> Outcome:
    """Build, validate and prove every text; write out/ only if there is no error anywhere."""
    from edition.app import editor_schema as editors
    from edition.read.lock import locked, write_all

    try:
        with locked(root) as stage:
            outcome = build_in_memory(root, names, said)
            found = with_severities(outcome.diagnostics, outcome.edition)
            files = {f"{one.name}.xml": one.data for one in outcome.documents if one.data is not None}
            for file in files:
                if problem := unsafe(root, f"out/{file}"):
                    found.append(diagnostic(rules.PATH, f"out/{file} {problem}", whole_file(f"out/{file}")))
            if not errors(found) and not accept_moved:
                found += _moved(root, outcome)
            if errors(found):
                return Outcome(outcome.edition, tuple(found))
            write_all(root / "out", files, stage)
            if (root / "schema" / editors.FILE).is_file():
                schemas = editors.editor_files(outcome.edition.project)
                if not any(unsafe(root, f"schema/{name}") for name in schemas):
                    write_all(root / "schema", schemas, stage)
            return Outcome(outcome.edition, tuple(found), tuple(f"out/{file}" for file in files))
    except OSError as error:
        return Outcome(Edition(Project(root)), (unwritten(root, error),))


def unwritten(root: Path, error: OSError) -> Diagnostic:
    """Report a file that could not be written, or a link in its way that leads out of the project."""
    path = Path(error.filename or root / "out")
    name = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else path.name
    if error.errno == errno.EPERM and name.startswith(".edition"):
        return diagnostic(rules.PATH, f"{name} {error.strerror}", whole_file(name))
    help = "Nothing was torn: each file of out/ is as before, or whole and new."
    message = f"{name} could not be written: {error.strerror or error}"
    return diagnostic(rules.IO, message, whole_file(name), help=help)


def _moved(root: Path, outcome: Outcome) -> list[Diagnostic]:
    """Report annotations that moved, of texts whose seed is another than the one that the former edition states."""
    from edition.checks.moved_annotations import moved

    found: list[Diagnostic] = []
    for one in outcome.documents:
        name = f"out/{one.name}.xml"
        former = read_file(root, name)[0] if (root / name).is_file() else None
        if former is not None and one.document.seed.sha256.encode() not in former:
            found += moved(former, name, one.document, one.composed)
    return found


def check(
    root: Path,
    names: Sequence[str] = (),
    schemas: Sequence[Path] = (),
    said: Callable[[str], None] = silent,
    with_jing: bool = False,
    overrides: dict[str, bytes] | None = None,
) -> Outcome:
    """Everything that `build` finds, what the checks find, and what further schemas say; nothing is written.
    `with_jing`: jing reads the RELAX NG, in whose words its faults are reported."""
    return with_checks(build_in_memory(root, names, said, overrides), schemas, with_jing, whole=not names)


def with_checks(
    outcome: Outcome, schemas: Sequence[Path] = (), with_jing: bool = False, whole: bool = True
) -> Outcome:
    """Run checks and further schemas over what was built. `whole`: whether it is all of the project."""
    edition = outcome.edition
    found = [*outcome.diagnostics, *(d for run in CHECKS for d in run(edition))]
    if schemas or with_jing or "schemas" in edition.project.settings.items:
        from edition.checks.named_schemas import further

        found += further(edition, schemas, with_jing)
    return Outcome(edition, tuple(with_severities(found, edition, whole=whole)))


def export(
    root: Path,
    writers: Sequence[Writer],
    names: Sequence[str] = (),
    to: Path | None = None,
    said: Callable[[str], None] = silent,
) -> Outcome:
    """Write each format into a folder of its own below `to` (by default out/exports/).

    Nothing is written if a text has an error. A format that needs a library which is not installed is reported, and the
    others are written.
    """
    from edition.exports.writer import account, unmet
    from edition.read.lock import write_all

    outcome = build_in_memory(root, names, said)
    edition = outcome.edition
    found = with_severities(outcome.diagnostics, edition)
    if errors(found):
        return Outcome(edition, tuple(found))
    files: dict[str, bytes] = {}
    accounts: list[Diagnostic] = []
    lacking = [one for writer in writers for one in unmet(writer)]
    for writer in writers:
        if unmet(writer):
            continue
        given = writer.write(edition)
        files |= {f"{writer.name}/{name}": data for name, data in given.files.items()}
        accounts += account(writer, edition, given)
    found += with_severities(accounts, edition)
    folder = to or root / "out" / "exports"
    try:
        if to is None and (problem := unsafe(root, "out/exports")):
            found.append(diagnostic(rules.PATH, f"out/exports {problem}", whole_file("out/exports")))
        if errors(found):
            return Outcome(edition, tuple(found))
        write_all(folder, files)
    except OSError as error:
        return Outcome(edition, (*found, unwritten(root, error)))
    where = folder.as_posix() if to else "out/exports"
    return Outcome(edition, (*found, *lacking), tuple(f"{where}/{file}" for file in files))


def prove(root: Path, paths: Iterable[Path] = ()) -> tuple[Proved, ...]:
    """Prove editions, by default all of out/, each from its bytes alone. The seed, if it is here, shows where one fails."""
    chosen = tuple(paths) or tuple(sorted((root / "out").glob("*.xml")))
    return tuple(_prove(root, path) for path in chosen)


def _prove(root: Path, path: Path) -> Proved:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError:
        data = None
    if data is None:
        unread = diagnostic(rules.IO, f"{name} cannot be read", whole_file(name))
        return Proved(name, Proof("", "", ""), (unread,))
    proof = read_proof(data)
    if proof.proved:
        return Proved(name, proof, ())
    return Proved(name, proof, (unproved(root, name, data, proof),))
