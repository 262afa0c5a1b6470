"""The format `tei`: what CETEIcean, axe, salve and the selectors of EVT 3 make of our editions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from lxml import etree

import tools
from edition.app import commands
from edition.exports.data.web_annotation import TeiPaths
from edition.exports.tei import tei
from edition.model.edition import Edition

ROOT = Path(__file__).parent.parent
PROJECTS = {"project": ROOT, **{path.name: path for path in sorted((ROOT / "tests/editions").iterdir())}}
NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
everywhere = pytest.mark.parametrize("project", PROJECTS)


@cache
def edition(project: str) -> Edition:
    outcome = commands.build_in_memory(PROJECTS[project])
    assert outcome.ok
    return outcome.edition


def texts(project: str) -> dict[str, etree._Element]:
    """The root of each edition."""
    return {built.name: etree.fromstring(built.data or b"") for built in edition(project).documents}


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return [e for e in list(root.xpath(path, namespaces=NS)) if isinstance(e, etree._Element)]


def laid_out(project: str, folder: Path) -> Path:
    """The export in a folder, with CETEIcean beside it as its pages ask."""
    for name, data in tei.write(edition(project)).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    copy(tools.node_modules() / "CETEIcean/dist/CETEI.js", folder)
    return folder


@pytest.fixture(scope="module", params=PROJECTS)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    """What CETEIcean shows of all texts of a project."""
    project: str = request.param
    folder = laid_out(project, tmp_path_factory.mktemp(project))
    return project, tools.browse(folder, "ceteicean", list(texts(project)))


def bare(text: str) -> str:
    """Words as seen and words as written differ in white space only."""
    return "".join(text.split())


def test_ceteicean_registers_every_element_and_adds_and_doubles_no_text(seen: tuple[str, Any]) -> None:
    project, pages = seen
    for built, (name, root) in zip(edition(project).documents, texts(project).items(), strict=True):
        page = pages[name]
        assert page["unregistered"] == []
        assert page["elements"] == [etree.QName(e).localname for e in root.iter(etree.Element)]
        assert page["text"] == TeiPaths(built.data or b"").text
        assert page["seed"] == built.document.seed.text


def test_ceteicean_hides_registers_and_brackets_no_gloss(seen: tuple[str, Any]) -> None:
    for name, root in texts(seen[0]).items():
        page = seen[1][name]
        assert page["hidden"] == []
        glosses = found(root, "//t:text//t:note[@type='gloss']")
        assert len(page["glosses"]) == len(glosses)
        for words, before, after in page["glosses"]:
            assert words.startswith("(") and not words.startswith("((")
            assert (before, after) == ("none", "none")
        assert page["title"] == " ".join("".join(found(root, "//t:title")[0].itertext()).split())


def test_ceteicean_opens_each_note_at_its_number(seen: tuple[str, Any]) -> None:
    for name, root in texts(seen[0]).items():
        page = seen[1][name]
        notes = found(root, "//t:text//t:note[@change='#ed.words']")
        assert page["violations"] == []  # axe-core
        assert page["closed"] == 0
        assert page["opened"] == [True] * len(page["numbers"])
        assert page["numbers"] == [0] * len(notes)


def test_ceteicean_shows_the_source_and_the_corrected_text(seen: tuple[str, Any]) -> None:
    for built in edition(seen[0]).documents:
        page = seen[1][built.name]
        assert bare(page["source"]) == bare(built.document.seed.text)
        (text,) = texts(seen[0])[built.name].findall("t:text", NS)
        assert bare(page["corrected"]) == bare("".join(_corrected(text)))


def test_ceteicean_shows_what_a_private_sign_stands_for(seen: tuple[str, Any]) -> None:
    for name, root in texts(seen[0]).items():
        described = {f"#{e.get(ID)}": e for e in found(root, "//t:charDecl/t:char")}
        of = [described[e.get("ref", "")] for e in found(root, "//t:text//t:g")]
        standard = "t:mapping[@type='standard']"
        shown = [f'"{e.findtext(standard, namespaces=NS)}"' for e in of]
        said = [e.findtext("t:desc", namespaces=NS) for e in of]
        assert seen[1][name]["signs"] == [[*both, "0px"] for both in zip(shown, said, strict=True)]
        assert bool(of) == (name == "epitaph")


def _corrected(e: etree._Element) -> Iterator[str]:
    """What an editor reads: of a choice the second, no surplus, no other readings, notes apart."""
    name = etree.QName(e).localname
    above = e.getparent()
    in_choice = above is not None and etree.QName(above).localname == "choice"
    first_of_choice = in_choice and name in ("sic", "orig", "abbr")
    note = name == "note" and "#ed.words" in e.get("change", "")
    if not (first_of_choice or note or name in ("surplus", "rdg")):
        yield e.text or ""
        for child in e:
            yield from _corrected(child)
            yield child.tail or ""


@pytest.mark.parametrize("schema", ["ours", "tei_all"])
def test_salve_finds_all_valid_and_a_broken_one_not(schema: str, tmp_path: Path) -> None:
    tools.node_modules()
    files = [tmp_path / f"{project}-{name}.xml" for project in PROJECTS for name in texts(project)]
    found = (built.data for project in PROJECTS for built in edition(project).documents)
    for file, data in zip(files, found, strict=True):
        file.write_bytes(data or b"")
    broken = tmp_path / "broken.xml"
    broken.write_text(files[0].read_text("utf-8").replace("<body", "<body nonsense='1'"), "utf-8")
    grammar = ROOT / "schema/edition.rng" if schema == "ours" else tools.shared("tei/tei_all.rng")
    command = [tools.program("node"), tools.TOOLS / "salve.mjs", grammar, *files, broken]
    said = json.loads(tools.ran(command))
    assert len(said.pop(str(broken))) == 1
    assert {path: faults for path, faults in said.items() if faults} == {}
    assert len(said) == len(files)


@everywhere
def test_mentions_that_evt_counts_are_entries_of_its_lists(project: str) -> None:
    names = ("persName", "placeName", "orgName", "geogName", "event")
    mentions = " | ".join(f"//t:text//t:{name}[@ref]" for name in names)
    kinds = ("listPerson", "listPlace", "listOrg", "listEvent")
    lists = [f"//t:{name}[not(ancestor::t:{name})]/*" for name in kinds]
    for root in texts(project).values():
        entries = {e.get(ID) for e in found(root, " | ".join(lists))}
        for mention in found(root, mentions):
            assert mention.get("ref", "").replace("#", "") in entries, mention.get("ref")


def test_files_are_those_of_out_and_name_their_schemas() -> None:
    files = tei.write(edition("project")).files
    for built in edition("project").documents:
        assert files[f"editions/{built.name}.xml"] == (ROOT / "out" / f"{built.name}.xml").read_bytes()
    assert files["schema/edition.rng"] == (ROOT / "schema/edition.rng").read_bytes()
