"""Letters, authority numbers, networks and crates, read by those who read such files."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from edition.app import commands
from edition.exports.data import beacon, cmif, gexf, ro_crate
from edition.exports.writer import Export
from edition.model.authority_ids import identify
from pages import put
from test_exports import ROOT, edition
from tools import TOOLS, program, python, ran, shared

LETTER = {
    "seeds/one.txt": "Dear Bettine, I was in Jena with Bettine.\n\nGoethe came. Bettine left.\n",
    "annotations/one.yaml": """\
edition: 1
header:
  title: A letter
  correspondence: {from: goethe, to: family, sent: 1807-06, place: {place: jena, cert: medium}}
annotations:
  - {person: bettine, quote: Bettine, occurrence: all of 3}
  - {place: jena, quote: Jena}
  - {person: goethe, quote: Goethe}
""",
    "seeds/two.txt": "To whom it may concern.\n",
    "annotations/two.yaml": "edition: 1\nheader: {language: de, correspondence: {from: bettine, sent: 1807}}\n",
    "annotations/edition.yaml": """\
edition: 1
title: Letters
publisher: A library
base: https://example.org/letters/
date: 2026
licence: {name: CC0, url: "https://creativecommons.org/publicdomain/zero/1.0/"}
editors: {ed: {name: An editor, orcid: 0000-0002-1825-0097}}
""",
    "annotations/registers/all.yaml": """\
edition: 1
people:
  goethe: {name: Johann Wolfgang von Goethe, gnd: "118540238"}
  bettine: {name: Bettina von Arnim, gnd: "118504185"}
  schiller: {name: Friedrich Schiller, gnd: "118607626"}
groups: {family: {name: Goethe's family}}
places: {jena: {name: Jena, geonames: "2895044"}}
""",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    for name, text in LETTER.items():
        put(folder / name, text.encode())
    return folder


def written(export: Export, folder: Path) -> Path:
    for name, data in export.files.items():
        put(folder / name, data)
    return folder


NOTE = "{http://www.tei-c.org/ns/1.0}note"


def correspondence(root: etree._Element) -> list[list[tuple[str, dict[str, str], str]]]:
    """Of each letter, what its actions say."""
    return [
        [
            (etree.QName(part).localname, {**part.attrib}, part.text or "")
            for part in letter.iter()
            if part.text and part.text.strip()
        ]
        for letter in root.iter("{*}correspDesc")
    ]


def test_cmif_is_valid_and_says_who_wrote_to_whom(letters: Path, tmp_path: Path) -> None:
    for k, given in enumerate((commands.build_in_memory(letters).edition, edition("project"))):
        file = written(cmif.write(given), tmp_path / str(k)) / "cmif.xml"
        ran([program("jing"), shared("schemas/cmif.rng"), file])
        answer = json.loads(ran([python(), TOOLS / "schematron.py", shared("schemas/cmif.sch"), file]))
        assert answer["asked"] >= 5 and answer["failed"] == []
    one, two = correspondence(etree.parse(tmp_path / "0/cmif.xml").getroot())
    assert one == [
        ("persName", {"ref": "https://d-nb.info/gnd/118540238"}, "Johann Wolfgang von Goethe"),
        ("placeName", {"ref": "https://sws.geonames.org/2895044/", "cert": "low"}, "Jena"),
        ("date", {"when": "1807-06"}, "June 1807"),
        ("persName", {}, "Goethe's family"),
    ]
    assert two[-1] == ("persName", {}, "Unknown")


def test_a_letter_to_two(letters: Path, tmp_path: Path) -> None:
    for name in LETTER:
        put(tmp_path / name, (letters / name).read_bytes().replace(b"to: family", b"to: [bettine, schiller]"))
    outcome = commands.build_in_memory(tmp_path)
    assert outcome.ok
    put(tmp_path / "cmif.xml", cmif.write(outcome.edition).files["cmif.xml"])
    one, _ = correspondence(etree.parse(tmp_path / "cmif.xml").getroot())
    assert [words for _, _, words in one[-2:]] == ["Bettina von Arnim", "Friedrich Schiller"]
    ran([program("jing"), shared("schemas/cmif.rng"), tmp_path / "cmif.xml"])


def test_the_schematron_processor_sees_what_is_wrong(letters: Path, tmp_path: Path) -> None:
    data = cmif.write(commands.build_in_memory(letters).edition).files["cmif.xml"]
    put(tmp_path / "bad.xml", data.replace(b'type="received"', b'type="sent"'))
    answer = json.loads(
        ran([python(), TOOLS / "schematron.py", shared("schemas/cmif.sch"), tmp_path / "bad.xml"])
    )
    assert [said.partition("]")[0] for said in answer["failed"]] == ["[E0002", "[E0002"]


def test_cmif_keeps_its_identifier_when_letters_come_and_go(letters: Path) -> None:
    def identifier(names: tuple[str, ...]) -> str:
        data = cmif.write(commands.build_in_memory(letters, names).edition).files["cmif.xml"]
        found = re.search(rb'xml:id="(uuid-[0-9a-f-]{36})"', data)
        assert found
        return found[1].decode()

    assert identifier(()) == identifier(("two",))


def test_beacon(letters: Path) -> None:
    """As the format's specification has it: fields, an empty line, then GND number, count and target."""
    lines = beacon.write(commands.build_in_memory(letters).edition).files["beacon.txt"].decode().split("\n")
    head, links = lines[: lines.index("")], lines[lines.index("") + 1 : -1]
    assert head[:2] == ["#FORMAT: BEACON", "#PREFIX: https://d-nb.info/gnd/"]
    assert all(re.fullmatch(r"#[A-Z]+: \S.*", line) for line in head)
    assert links == [
        "118504185|1|https://example.org/letters/one.xml#bettine",
        "118540238|1|https://example.org/letters/one.xml#goethe",
    ]


def test_beacon_of_the_project_has_only_right_numbers() -> None:
    data = beacon.write(edition("project")).files["beacon.txt"].decode()
    links = [line for line in data.splitlines() if line and not line.startswith("#")]
    assert links and all(identify("gnd", line.partition("|")[0])[0] for line in links)


def test_networkx_reads_who_is_named_with_whom(letters: Path, tmp_path: Path) -> None:
    file = written(gexf.write(commands.build_in_memory(letters).edition), tmp_path) / "network.gexf"
    graph = json.loads(ran([python(), TOOLS / "network.py", file]))
    assert {key: node["mentions"] for key, node in graph["nodes"].items()} == {
        "bettine": 3,
        "jena": 1,
        "goethe": 1,
    }
    assert graph["nodes"]["bettine"] == {"label": "Bettina von Arnim", "mentions": 3, "kind": "person"}
    assert sorted(graph["edges"]) == [["bettine", "goethe", 1], ["bettine", "jena", 1]]


def test_the_network_of_the_letter_is_what_its_tei_says(tmp_path: Path) -> None:
    """Counted again, from the TEI: references in each paragraph, heading, opener or closer."""
    given = edition("project")
    file = written(gexf.write(given), tmp_path) / "network.gexf"
    graph = json.loads(ran([python(), TOOLS / "network.py", file]))
    weights: Counter[tuple[str, str]] = Counter()
    for built in given.documents:
        assert built.data is not None
        text = etree.fromstring(built.data).find("{*}text")
        assert text is not None
        for block in text.iter("{*}p", "{*}head", "{*}salute", "{*}closer", "{*}signed", NOTE):
            if block.tag == NOTE and block.get("type") != "footnote":
                continue
            inside = {e.get("ref", "")[1:] for e in block.iter() if "ref" in e.attrib and not own(e)}
            weights.update(combinations(sorted(inside & set(graph["nodes"])), 2))
    assert {(a, b): weight for a, b, weight in graph["edges"]} == dict(weights)


def own(element: etree._Element) -> bool:
    """Whether it stands in the editor's words."""
    return any("#ed.words" in (e.get("change") or "") for e in (element, *element.iterancestors()))


def test_rocrate_reads_the_crate(letters: Path, tmp_path: Path) -> None:
    for k, root in enumerate((letters, ROOT)):
        given = commands.build_in_memory(root).edition
        folder = written(ro_crate.write(given), tmp_path / str(k))
        crate = json.loads(ran([python(), TOOLS / "crate.py", folder]))
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert set(crate["files"]) == there - {"ro-crate-metadata.json"}
        assert all(said == found for said, found in crate["files"].values())
        for built in given.documents:
            assert (folder / f"out/{built.name}.xml").read_bytes() == built.data
    crate = json.loads(ran([python(), TOOLS / "crate.py", tmp_path / "0"]))
    assert (crate["name"], crate["license"]) == (
        "Letters",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    )
    assert crate["authors"] == ["https://orcid.org/0000-0002-1825-0097"]
