"""What the tests of the exports in TEI share: the files of a writer, and jing with all of TEI or a part of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import tools
from edition.app import commands
from edition.exports.writer import Writer
from edition.model.edition import Edition

ROOT = Path(__file__).parent.parent
PROJECTS = {"project": ROOT, **{path.name: path for path in sorted((ROOT / "tests/editions").iterdir())}}
TEI = "http://www.tei-c.org/ns/1.0"
RNG = "http://relaxng.org/ns/structure/1.0"
NS = {"t": TEI}
ID = "{http://www.w3.org/XML/1998/namespace}id"
everywhere = pytest.mark.parametrize("project", PROJECTS)


@cache
def edition(project: str) -> Edition:
    outcome = commands.build_in_memory(PROJECTS[project])
    assert outcome.ok
    return outcome.edition


@cache
def files(writer: Writer, project: str) -> dict[str, bytes]:
    return writer.write(edition(project)).files


def roots(writer: Writer, project: str, folder: str = "") -> dict[str, etree._Element]:
    """The XML files of an export below a folder of it, by their names without it and the ending."""
    return {
        name.removeprefix(folder).removesuffix(".xml"): etree.fromstring(data)
        for name, data in files(writer, project).items()
        if name.startswith(folder) and name.endswith(".xml")
    }


def all_laid_out(writer: Writer, folder: Path) -> list[Path]:
    """The XML files of an export of all projects."""
    return [path for project in PROJECTS for path in laid_out(writer, project, folder / project)]


def laid_out(writer: Writer, project: str, folder: Path) -> list[Path]:
    """The export in a folder; its XML files."""
    for name, data in files(writer, project).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return sorted(folder.rglob("*.xml"))


def found(root: etree._Element, path: str) -> list[etree._Element]:
    elements: list[etree._Element] = root.xpath(path, namespaces=NS)
    return elements


def values(root: etree._Element, path: str) -> list[str]:
    return [str(value) for value in root.xpath(path, namespaces=NS)]


def pointers(root: etree._Element) -> set[str]:
    """All ids that local pointers name; a @rendition may be one that a format knows by itself."""
    pairs = (pair for e in root.iter(etree.Element) for pair in e.attrib.items() if pair[0] != "rendition")
    parts = (part for _, value in pairs for part in value.split())
    return {part[1:] for part in parts if part.startswith("#") and "(" not in part}


def jing(schema: Path, paths: Iterable[Path]) -> list[str]:
    """What jing has against files."""
    run = subprocess.run(
        [tools.program("jing"), "-i", str(schema), *map(str, paths)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout.splitlines()


def part_of_tei(folder: Path, elements: Iterable[str], without: Iterable[str]) -> Path:
    """TEI's own schema with these elements alone, and without these attributes: written into a folder."""
    grammar = etree.parse(tools.shared("tei/tei_all.rng"))
    kept, gone = set(elements), set(without)
    for e in [*grammar.getroot().iter(f"{{{RNG}}}element", f"{{{RNG}}}attribute")]:
        name = e.get("name", "")
        if name and (name not in kept if etree.QName(e).localname == "element" else name in gone):
            parent = e.getparent()
            assert parent is not None
            parent.replace(e, etree.Element(f"{{{RNG}}}notAllowed"))
    path = folder / "part.rng"
    grammar.write(path)
    return path


def xpaths(asked: list[dict[str, object]]) -> list[list[dict[str, list[str]]]]:
    """Answers of Saxon: see tests/tools/xpaths.py."""
    import json

    answer: list[list[dict[str, list[str]]]] = json.loads(
        tools.ran([tools.python(), tools.TOOLS / "xpaths.py"], json.dumps(asked))
    )
    return answer
