"""Whether out/ holds what the sources give: nothing stale, changed by hand, missing or left behind. Only compares.

Where there is no out/, nothing is reported: a project need not keep it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from edition.checks.acceptance import places
from edition.checks.proof import Proof, first_difference, read_proof
from edition.checks.relaxng import Fault, element_of, tag_at
from edition.checks.shipped_schemas import package_data
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Label, diagnostic
from edition.model.edition import Built, Edition
from edition.model.source import Source, Span, whole_file
from edition.read.files import read_file

POINTED_AT = ("edition.rng", "edition.sch")  # by every edition
_COPIES = (*POINTED_AT, "edition.rnc", "edition.odd", "seed.xsl")
_tag_or_words = re.compile(r"<[^>]{0,60}>?|[^<]{1,40}").match
_AGAIN = "Build it again; corrections belong into the annotations, not into out/."


def outputs(edition: Edition) -> Iterator[Diagnostic]:
    """Report editions in out/ that differ from those that are built, are missing, or belong to no text."""
    root = edition.project.root
    if edition.project.unsettled or not (root / "out").is_dir():
        return
    for one in edition.documents:
        file = f"out/{one.name}.xml"
        if one.data is None:
            continue
        if not (root / file).exists():
            place, help = (
                Span(one.document.seed.source, 0, 0),
                "Run `edition build`, and keep the file with the others.",
            )
            yield diagnostic(rules.NOT_BUILT, f"{file} is missing", place, help=help)
            continue
        data, wrong = read_file(root, file)
        yield from wrong
        if data is not None and data != one.data:
            yield _differs(edition, one, file, data, one.data)
    if len(edition.documents) == len(edition.project.names):
        yield from _left_behind(edition)


def _left_behind(edition: Edition) -> Iterator[Diagnostic]:
    for path in sorted((edition.project.root / "out").glob("*.xml")):
        if path.stem not in edition.project.names:
            file = f"out/{path.name}"
            message = f"{file} belongs to no text: there is no seeds/{path.stem}.txt"
            help = "Remove it, or put its text back."
            yield diagnostic(rules.LEFT_BEHIND, message, whole_file(file), help=help)


def _differs(edition: Edition, one: Built, file: str, old: bytes, new: bytes) -> Diagnostic:
    """Report the first place where a file of out/ differs, and the annotation that gives what is there now."""
    proof = read_proof(old)
    if not proof.proved:
        return unproved(edition.project.root, file, old, proof)
    was, now = old.decode("utf-8", "replace"), new.decode("utf-8")
    at = first_difference(was, now) or 0
    there = Label(Span(Source(file, was), at, min(at + 1, len(was))), _quoted("here: ", "here", was, at))
    if proof.stated != one.document.seed.sha256:
        message = f"{file} was built from another version of seeds/{one.name}.txt"
        seed = one.document.seed
        where = first_difference(proof.text, seed.text) or 0
        place = Label(Span(seed.source, where, min(where + 1, len(seed.text))), "the seeds part here")
        return diagnostic(rules.STALE, message, there, place, help=_AGAIN)
    gives = _quoted("this gives ", "this gives something else", now, at)
    labels = [Label(home, gives) for home in _giving(edition, one, now, at)]
    message = f"{file} is not what its sources give: they were changed since, or it was"
    return diagnostic(rules.STALE, message, there, *labels, help=_AGAIN)


def _giving(edition: Edition, one: Built, xml: str, at: int) -> Iterator[Span]:
    """The annotation, register entry or header that gives the start tag or the editor's words at a code point of an
    edition. Words of the seed come from none."""
    number, near, inside = tag_at(xml, at + 1)
    composed = one.composed
    own = composed.elements[composed.outermost(element_of(composed, number))] if number > 1 else None
    if inside or own is None or own.words or own.held:
        found = places(one.document, one.composed, Fault("", number, near, 0), edition.project.registers)
        yield from (label.span for label in found[:1] if number != 1)


def _quoted(before: str, nothing: str, text: str, at: int) -> str:
    shown = _shown(text, at)
    return f"{before}“{shown}”" if shown else nothing


def _shown(text: str, at: int) -> str:
    """The tag or the few words at a code point, from their beginning."""
    start = max(text.rfind(" ", 0, at) + 1, text.rfind("<", 0, at + 1), text.rfind(">", 0, at) + 1, at - 20)
    words = _tag_or_words(text, start)
    return " ".join(words[0].split()) if words else ""


def unproved(root: Path, name: str, data: bytes, proof: Proof) -> Diagnostic:
    """Report an edition whose text is not the seed that its header states, and where they part if that seed is here."""
    xml = Source(name, data.decode("utf-8", "replace"))
    if proof.problem:
        return diagnostic(rules.UNPROVED, f"{name}: {proof.problem}", Span(xml, 0, 0))
    bytes_, _ = read_file(root, f"seeds/{proof.file}")
    text = (bytes_ or b"").decode("utf-8", "replace").removeprefix("\ufeff")
    seed = Source(f"seeds/{proof.file}", text.replace("\r\n", "\n").replace("\r", "\n"))
    at = first_difference(seed.text, proof.text)
    if bytes_ is None or hashlib.sha256(seed.text.encode("utf-8", "replace")).hexdigest() != proof.stated:
        if at is None or bytes_ is None:
            message = f"{name}: its text has not the SHA-256 that its header states, and no seed of that digest is here"
            help = "The file was changed after it was built: build it again."
            return diagnostic(rules.UNPROVED, message, Span(xml, 0, 0), help=help)
        message = f"{name} was built from another version of seeds/{proof.file}"
    else:
        message = f"{name} does not hold the text of its seed"
    assert at is not None
    inside = proof.place(data, at)
    here = Label(Span(xml, inside, inside + 1), f"the edition: “{_around(proof.text, at)}”")
    there = Label(Span(seed, at, min(at + 1, len(seed.text))), f"the seed: “{_around(seed.text, at)}”")
    return diagnostic(rules.UNPROVED, message, here, there, help=_AGAIN)


def _around(text: str, at: int) -> str:
    return text[max(0, at - 20) : at + 20]


def copies(edition: Edition) -> Iterator[Diagnostic]:
    """Report files in schema/ that editions point at and that are missing, or that are not as this program writes them."""
    root = edition.project.root
    if not any((root / "out").glob("*.xml")):
        return
    missing, other = [], []
    for name in _COPIES:
        file = f"schema/{name}"
        data = read_file(root, file)[0] if (root / file).is_file() else None
        if data is None:
            missing += [file] if name in POINTED_AT else []
        elif data != package_data(name):
            other.append(file)
    if missing:
        yield _copy(missing, "missing, and the editions in out/ point there")
    if other:
        yield _copy(other, "not what this program writes")


def _copy(files: list[str], what: str) -> Diagnostic:
    listed = ", ".join(files[:-1]) + " and " if len(files) > 1 else ""
    message = f"{listed}{files[-1]} {'are' if listed else 'is'} {what}"
    help = "Run `edition schema --write`, and build again."
    return diagnostic(rules.SCHEMA_COPY, message, whole_file(files[0]), help=help)


FIDELITY = (outputs, copies)
