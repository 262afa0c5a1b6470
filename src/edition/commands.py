"""build, check and prove over a project's files: what the command line and the library share. Prints nothing."""

from __future__ import annotations

import errno
import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from edition import catalogue as rules
from edition import project as projects
from edition.acceptance import invalid
from edition.checks import CHECKS
from edition.diagnostics import Diagnostic, Label, errors, say
from edition.exports.writer import Writer, account
from edition.files import locked, read, unsafe, write_all
from edition.moved import moved
from edition.pipeline import Built, Edition, build_document
from edition.project import Project
from edition.proof import Proof, first_difference, read_proof
from edition.schema import compiled, parse
from edition.severities import settled
from edition.source import Source, Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run over a project gave. `written`: files of out/ that are now as built (none if there was an error)."""

    edition: Edition
    diagnostics: tuple[Diagnostic, ...]
    written: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Built, ...]:
        return self.edition.documents

    @property
    def ok(self) -> bool:
        return not errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Proved:
    """One edition: whether its text is its seed, and if not, where they part."""

    file: str
    proof: Proof
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return not self.diagnostics


@contextmanager
def _without_collector() -> Iterator[None]:
    """A build makes much and drops little: the cyclic collector would double its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _silent(_: str) -> None:
    pass


def make(root: Path, names: Sequence[str] = (), said: Callable[[str], None] = _silent) -> Outcome:
    """Every text of a project, or those named, built in memory."""
    with _without_collector():
        project, found = projects.load(root)
        shared = errors(found)
        built = []
        for name in names or project.names:
            said(name)
            if name not in project.names and not projects.named(name, f"seeds/{name}.txt", found):
                continue
            document, told = projects.document(project, name)
            found += told
            if document is not None and not errors(told):
                one = build_document(document, project)
                # where a register cannot be read, keys that are missing only follow from that
                found += [
                    d for d in one.diagnostics if not (shared and d.rule in (rules.REF, rules.REGISTER))
                ]
                built.append(one)
        return Outcome(Edition(project, tuple(built)), tuple(found))


def build(
    root: Path, names: Sequence[str] = (), accept_moved: bool = False, said: Callable[[str], None] = _silent
) -> Outcome:
    """Build, validate and prove every text; write out/ only if there is no error anywhere."""
    try:
        with locked(root) as stage:
            outcome = make(root, names, said)
            found = settled(outcome.diagnostics, outcome.edition)
            files = {f"{one.name}.xml": one.data for one in outcome.documents if one.data is not None}
            for file in files:
                if problem := unsafe(root, f"out/{file}"):
                    found.append(
                        say(rules.PATH, f"out/{file} {problem}", Span(Source(f"out/{file}", ""), 0, 0))
                    )
            if not errors(found) and not accept_moved:
                found += _moved(root, outcome)
            if errors(found):
                return Outcome(outcome.edition, tuple(found))
            write_all(root / "out", files, stage)
            return Outcome(outcome.edition, tuple(found), tuple(f"out/{file}" for file in files))
    except OSError as error:
        return Outcome(Edition(Project(root)), (_unwritten(root, error),))


def _unwritten(root: Path, error: OSError) -> Diagnostic:
    """A file that could not be written; a link that leads out of the project is told as that."""
    path = Path(error.filename or root / "out")
    name = path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else path.name
    if error.errno == errno.EPERM and name.startswith(".edition"):
        return say(rules.PATH, f"{name} {error.strerror}", Span(Source(name, ""), 0, 0))
    help = "Nothing was torn: each file of out/ is as before, or whole and new."
    message = f"{name} could not be written: {error.strerror or error}"
    return say(rules.IO, message, Span(Source(name, ""), 0, 0), help=help)


def _moved(root: Path, outcome: Outcome) -> list[Diagnostic]:
    """Only where the seed is another than the one the former edition states."""
    found: list[Diagnostic] = []
    for one in outcome.documents:
        name = f"out/{one.name}.xml"
        former = read(root, name)[0] if (root / name).is_file() else None
        if former is not None and one.document.seed.sha256.encode() not in former:
            found += moved(former, name, one.document, one.composed)
    return found


def check(
    root: Path,
    names: Sequence[str] = (),
    schemas: Sequence[Path] = (),
    said: Callable[[str], None] = _silent,
) -> Outcome:
    """Everything that `build` finds, what the checks find, and what further RELAX NG say; nothing is written."""
    outcome = make(root, names, said)
    edition = outcome.edition
    found = [*outcome.diagnostics, *(d for run in CHECKS for d in run(edition))]
    for schema in schemas:
        found += _further(edition, schema)
    return Outcome(edition, tuple(settled(found, edition, whole=not names)))


def _further(edition: Edition, schema: Path) -> list[Diagnostic]:
    try:
        grammar = compiled(schema.read_bytes())
    except OSError as error:
        grammar = f"it cannot be read: {error.strerror}"
    if isinstance(grammar, str):
        message = f"{schema.name} cannot be used as a schema (RELAX NG in XML syntax): {grammar}"
        return [say(rules.IO, message, Span(Source(schema.name, ""), 0, 0))]
    return [
        fault
        for one in edition.documents
        if one.data is not None
        for fault in invalid(
            one.document,
            parse(one.data),
            one.composed,
            grammar,
            schema.name,
            edition.project.registers,
        )
    ]


def export(
    root: Path,
    writers: Sequence[Writer],
    names: Sequence[str] = (),
    to: Path | None = None,
    said: Callable[[str], None] = _silent,
) -> Outcome:
    """Each format into a folder of its own below `to` (by default out/exports/). Nothing is written if a text has an error."""
    outcome = make(root, names, said)
    edition = outcome.edition
    found = settled(outcome.diagnostics, edition)
    if errors(found):
        return Outcome(edition, tuple(found))
    files: dict[str, bytes] = {}
    told: list[Diagnostic] = []
    for writer in writers:
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
        return Outcome(edition, (*found, _unwritten(root, error)))
    where = folder.as_posix() if to else "out/exports"
    return Outcome(edition, tuple(found), tuple(f"{where}/{file}" for file in files))


def prove(root: Path, paths: Iterable[Path] = ()) -> tuple[Proved, ...]:
    """The proof of editions, by default all of out/, each from its bytes alone; a seed beside it shows where it fails."""
    chosen = tuple(paths) or tuple(sorted((root / "out").glob("*.xml")))
    return tuple(_prove(root, path) for path in chosen)


def _prove(root: Path, path: Path) -> Proved:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError:
        data = None
    if data is None:
        told = say(rules.IO, f"{name} cannot be read", Span(Source(name, ""), 0, 0))
        return Proved(name, Proof("", "", ""), (told,))
    proof = read_proof(data)
    if proof.proved:
        return Proved(name, proof, ())
    return Proved(name, proof, (_unproved(root, name, data, proof),))


def _unproved(root: Path, name: str, data: bytes, proof: Proof) -> Diagnostic:
    xml = Source(name, data.decode("utf-8", "replace"))
    if proof.problem:
        return say(rules.UNPROVED, f"{name}: {proof.problem}", Span(xml, 0, 0))
    bytes_, _ = read(root, f"seeds/{proof.file}")
    seed = Source(
        f"seeds/{proof.file}",
        (bytes_ or b"")
        .decode("utf-8", "replace")
        .removeprefix("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n"),
    )
    at = first_difference(seed.text, proof.text)
    if bytes_ is None or hashlib.sha256(seed.text.encode("utf-8", "replace")).hexdigest() != proof.stated:
        if at is None or bytes_ is None:
            return say(
                rules.UNPROVED,
                f"{name}: its text has not the SHA-256 that its header states, and no seed of that digest is here",
                Span(xml, 0, 0),
                help="The file was changed after it was built: build it again.",
            )
        message = f"{name} was built from another version of seeds/{proof.file}"
    else:
        message = f"{name} does not hold the text of its seed"
    assert at is not None
    inside = proof.place(data, at)
    return say(
        rules.UNPROVED,
        message,
        Label(Span(xml, inside, inside + 1), f"the edition: “{_around(proof.text, at)}”"),
        Label(Span(seed, at, min(at + 1, len(seed.text))), f"the seed: “{_around(seed.text, at)}”"),
        help="Build it again; corrections belong into the annotations, not into out/.",
    )


def _around(text: str, at: int) -> str:
    return text[max(0, at - 20) : at + 20]
