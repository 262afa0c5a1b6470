"""Schemas that a project names beside that of this program: RELAX NG and Schematron, held against every edition.

Schemas of others stand in the user's own cache, known by name, each with its digest, which is checked at every use.
Each is compiled once a process. What they say is reported at the annotation and the seed, like every error. Fetches
nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from edition.checks.acceptance import CHOOSE, OURS, SHOWN, at_home
from edition.checks.relaxng import Fault, compiled, element_numbers, fault_of, parse, relaxng_faults
from edition.checks.schematron import SCH
from edition.checks.shipped_schemas import package_data
from edition.checks.validators import SvrlFinding, by_lxml, by_saxon, findings
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Rule, diagnostic
from edition.model.edition import Built, Edition
from edition.model.source import Span, whole_file
from edition.read import files

_TEI = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/{}.rng"
KNOWN = {
    name: _TEI.format(name)
    for name in ("tei_all", "tei_bare", "tei_drama", "tei_lite", "tei_simplePrint", "tei_speech")
}
SUFFIXES = {"http://relaxng.org/ns/structure/1.0": ".rng", "http://purl.oclc.org/dsdl/schematron": ".sch"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*").fullmatch
XSLT1 = ("", "xslt", "xslt1", "xpath")
_ADVICE = ("warning", "warn", "nonfatal", "information", "info", "advice")
_compiled = lru_cache(maxsize=8)(compiled)


class Named(NamedTuple):
    """A schema that someone named: how, where, and its bytes."""

    name: str
    place: Span
    data: bytes


class _Unusable(Exception):
    """Why a schema cannot be used, and what to do."""

    def __init__(self, problem: str, help: str = "") -> None:
        self.problem, self.help = problem, help


def further(edition: Edition, asked: Sequence[Path] = (), with_jing: bool = False) -> Iterator[Diagnostic]:
    """Report what the schemas do not allow that `schemas:` names or the user asks for.

    `with_jing`: jing reads the RELAX NG, in whose words it is reported, and the program's own schema if there is no
    other.
    """
    for name, place, path in (*_declared(edition), *_given(asked)):
        try:
            schema = Named(name, place, _bytes(edition, name, path))
            yield from _held(edition, schema, with_jing)
        except _Unusable as wrong:
            yield diagnostic(rules.IO, f"{name} {wrong.problem}", place, help=wrong.help)
    if with_jing and not asked and not any(_declared(edition)):
        yield from _own_by_jing(edition)


def _declared(edition: Edition) -> Iterator[tuple[str, Span, Path | None]]:
    project = edition.project
    for item in project.settings.scalars("schemas"):
        yield item.text, project.settings_source.span(item), None


def _given(asked: Iterable[Path]) -> Iterator[tuple[str, Span, Path | None]]:
    for path in asked:
        yield path.name, whole_file(path.name), path


def _bytes(edition: Edition, name: str, path: Path | None) -> bytes:
    """The bytes of a schema: of a file of the project, of any file that the user asks for, or by name from the cache."""
    if is_name(name) and not (path and path.exists()):
        data, problem = kept(name)
        if problem:
            source = "" if name in KNOWN else " --from URL"
            raise _Unusable(problem, f"`edition schema fetch {name}{source}` fetches it.")
        return data
    if path is not None:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _Unusable(f"cannot be used as a schema: it cannot be read: {error.strerror}") from None
    data_, wrong = files.read_file(edition.project.root, name)
    if data_ is None:
        raise _Unusable(wrong[0].message.partition(" ")[2], wrong[0].help)
    return data_


def _held(edition: Edition, schema: Named, with_jing: bool) -> Iterator[Diagnostic]:
    try:
        root = parse(schema.data)
    except etree.XMLSyntaxError as error:
        hint = (
            "RELAX NG in compact syntax has to be converted first: trang x.rnc x.rng"
            if schema.name.endswith(".rnc")
            else ""
        )
        raise _Unusable(f"cannot be used as a schema (RELAX NG in XML syntax): {error}", hint) from None
    if etree.QName(root).namespace == SCH:
        yield from _by_schematron(edition, schema, root)
    elif with_jing:
        yield from _by_jing(edition, schema.name, etree.tostring(root))
    else:
        grammar = _compiled(schema.data)
        if isinstance(grammar, str):
            raise _Unusable(f"cannot be used as a schema (RELAX NG in XML syntax): {grammar}")
        for one, data in _built(edition):
            faults = relaxng_faults(parse(data), grammar)
            yield from _at_home(edition, one, faults, rules.SCHEMA, schema.name, CHOOSE)


def _at_home(
    edition: Edition, one: Built, faults: Iterable[Fault], rule: Rule, schema: str, help: str = ""
) -> Iterator[Diagnostic]:
    registers = edition.project.registers
    return at_home(faults, rule, one.document, one.composed, registers, schema, help)


def _built(edition: Edition) -> Iterator[tuple[Built, bytes]]:
    return ((one, one.data) for one in edition.documents if one.data is not None)


# Schematron


def _by_schematron(edition: Edition, schema: Named, root: etree._Element) -> Iterator[Diagnostic]:
    binding = root.get("queryBinding", "").lower()
    built = list(_built(edition))
    try:
        if binding in XSLT1:
            reports = by_lxml(schema.data, [data for _, data in built])
        else:
            reports = by_saxon(schema.data, _transpiler(edition, binding), [data for _, data in built])
    except ImportError:
        help = "pip install 'tei-edition[schematron]'"
        raise _Unusable(f"is written for {binding}, which wants the package saxonche", help) from None
    except ValueError as error:
        raise _Unusable(f"cannot be used as a Schematron: {error}") from None
    for (one, data), report in zip(built, reports, strict=True):
        yield from _schematron_faults(edition, one, data, findings(report), schema.name)


def _transpiler(edition: Edition, binding: str) -> bytes:
    """The stylesheet that makes a stylesheet of a Schematron; `transpiler:` in edition.yaml names it."""
    project = edition.project
    named = project.settings.texts("transpiler")
    if not named:
        help = "Put transpile.xsl of SchXslt2 into the project, and write `transpiler: schema/transpile.xsl` in annotations/edition.yaml."
        raise _Unusable(f"is written for {binding}, and no transpiler is named", help)
    data, wrong = files.read_file(project.root, named[0])
    if data is None:
        raise _Unusable(f"wants a transpiler: {wrong[0].message}", wrong[0].help)
    return data


def _schematron_faults(
    edition: Edition, one: Built, data: bytes, found: Iterable[SvrlFinding], name: str
) -> Iterator[Diagnostic]:
    root = parse(data)
    numbers = element_numbers(root)
    for finding in [*found][:SHOWN]:
        at = root.xpath(finding.location) if finding.location else []
        element = at[0] if isinstance(at, list) and at and isinstance(at[0], etree._Element) else root
        fault = fault_of(element, numbers, finding.message.rstrip(" ."))
        rule = rules.ADVICE if finding.role in _ADVICE else rules.SCHEMATRON
        yield from _at_home(edition, one, [fault], rule, name)


# jing


def _own_by_jing(edition: Edition) -> Iterator[Diagnostic]:
    try:
        yield from _by_jing(edition, OURS, package_data("edition.rng"))
    except _Unusable as wrong:
        place = whole_file("schema/edition.rng")
        yield diagnostic(rules.IO, f"schema/edition.rng {wrong.problem}", place, help=wrong.help)


def _by_jing(edition: Edition, name: str, grammar: bytes) -> Iterator[Diagnostic]:
    from edition.checks.validators import jing

    built = list(_built(edition))
    try:
        reports = jing(grammar, [data for _, data in built], edition.project.root)
    except FileNotFoundError:
        help = "It wants Java, and the program jing or: pip install 'tei-edition[java]'"
        raise _Unusable("is to be held against the editions by jing, which is not here", help) from None
    except ValueError as error:
        raise _Unusable(f"cannot be used by jing as a schema: {error}") from None
    for (one, _), faults in zip(built, reports, strict=True):
        yield from _at_home(edition, one, faults, rules.SCHEMA, name)


# the user's cache


def cache() -> Path:
    """The folder of schemas in the user's cache (XDG Base Directory Specification, or what macOS and Windows have)."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        base = Path(named)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path.home() / ".cache"
    return base / "edition" / "schemas"


def is_name(text: str) -> bool:
    """Whether this is the name of a schema in the cache, and no path."""
    return _NAME(text) is not None


def kept(name: str) -> tuple[bytes, str]:
    """The bytes of a schema that was fetched, and why they cannot be used ("" if they can)."""
    for suffix in SUFFIXES.values():
        path = cache() / f"{name}{suffix}"
        try:
            data = path.read_bytes()
            stated = path.with_name(f"{path.name}.sha256").read_text("ascii").split()[:1]
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            return b"", f"cannot be read from your cache: {error}"
        if [hashlib.sha256(data).hexdigest()] != stated:
            return b"", "is not as it was fetched: its SHA-256 is another"
        return data, ""
    return b"", "has not been fetched yet"
