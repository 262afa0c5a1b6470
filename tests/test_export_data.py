"""Annotations as data, opened by the tools they are for: each gives back the words of the seed, and none is missing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.app import commands
from edition.exports.annotations import AnnotationRow, annotation_rows, block_rows, entry_iri, iri
from edition.exports.data import brat, cas_xmi, catma, conll, stam
from edition.exports.data.tables import guarded, unguarded
from edition.exports.formats import WRITERS
from edition.exports.tokens import text_units, tokens, utf16
from edition.exports.writer import Writer, unmet
from edition.model.authority_ids import AUTHORITIES
from edition.model.edition import Built, Edition
from tools import TOOLS, missing, python, ran

ROOT = Path(__file__).parent.parent
EDITIONS = {"project": ROOT, **{path.name: path for path in sorted((ROOT / "tests/editions").iterdir())}}
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"

# Characters beyond U+FFFF before, in and after what is annotated; a flag; a separator of lines; a span over a line's
# end; points; notes on no words; names in names; words that spreadsheets would run.
BEYOND = {
    "seeds/beyond.txt": "𝔄𝔅 wrote 😀 to 𐌲𐌿𐍄𐌰𐌸𐌹𐌿𐌳𐌰 🇩🇪.\n=1+1 and -5 of the\nHouse of Jena\u2028and 𝔄𝔅 again.\n\n@home 子曰 — 𝔄.\n",
    "annotations/beyond.yaml": """\
edition: 1
header: {title: Beyond the plane, language: en}
annotations:
  - person: ab
    quote: 𝔄𝔅
    occurrence: all of 2
    cert: low
    comment: "=not a formula\\n\\nSecond paragraph."
    or: [{person: goth, cert: low}]
  - term: face
    quote: 😀
    id: face
  - place: gut
    quote: 𐌲𐌿𐍄𐌰𐌸𐌹𐌿𐌳𐌰
  - term: flag
    quote: 🇩🇪
  - org: house
    quote: House of Jena
    id: the.house
  - place: jena
    quote: Jena
  - quotation: sum
    from: "=1+1"
    to: again.
  - person: home
    quote: "@home"
    comment: "'=an apostrophe before it"
  - correction: "-6"
    quote: "-5"
  - person: zi
    quote: 子
  - gap: lost
    after: "— 𝔄"
  - note: On nothing.
    on: text
  - note: On two.
    on: [face, the.house]
""",
    "annotations/registers/all.yaml": """\
edition: 1
people:
  ab: {name: A. B., wikidata: Q855}
  goth: {name: A Goth}
  home: {name: Home}
  zi: {name: 孔子}
places:
  gut: {name: Gotland, geonames: 2711509, gnd: 4074987-3}
  jena: {name: Jena}
orgs:
  house: {name: The house}
""",
    "annotations/edition.yaml": """\
edition: 1
publisher: The editors
licence: {name: CC0, url: "https://creativecommons.org/publicdomain/zero/1.0/"}
base: https://example.org/texts/
types:
  term: {face: A face, flag: A flag}
  quotation: {sum: A sum}
""",
}
PROJECTS = (*EDITIONS, "beyond")
everywhere = pytest.mark.parametrize("project", PROJECTS)


@pytest.fixture(scope="session")
def beyond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beyond")
    for name, text in BEYOND.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@cache
def made(root: Path) -> Edition:
    outcome = commands.build_in_memory(root)
    assert outcome.ok, outcome.diagnostics
    return outcome.edition


@pytest.fixture
def edition(project: str, beyond: Path) -> Edition:
    return made(EDITIONS.get(project, beyond))


def reread(writer: Writer, edition: Edition, folder: Path) -> Any:
    """What the tool of a format finds in its files."""
    for name, data in writer.write(edition).files.items():
        (folder / name).write_bytes(data)
    return json.loads(ran([python(), "-W", "ignore", TOOLS / "reread.py", writer.name, folder]))


def named(name: str) -> Writer:
    return next(writer for writer in WRITERS if writer.name == name)


def lost(writer: Writer, edition: Edition) -> set[str]:
    return {one.id for one in writer.write(edition).lost}


def texts(edition: Edition) -> Iterator[tuple[Built, list[AnnotationRow]]]:
    """Each text with the marks of it."""
    for built in edition.documents:
        yield built, list(annotation_rows(edition.project, built))


# cas-xmi


@everywhere
def test_cassis_covers_the_words_of_the_seed(edition: Edition, tmp_path: Path) -> None:
    found = reread(cas_xmi.WRITER, edition, tmp_path)
    assert [*found] == [built.name for built in edition.documents]
    for built, here in texts(edition):
        read = found[built.name]
        placed = [mark for mark in here if mark.placed]
        assert read["text"] == built.document.seed.text
        told = [(words, f["ID"], f["kind"], f.get("value", "")) for words, f in read["annotations"]]
        assert sorted(told) == sorted((m.exact, m.id, m.kind, m.value) for m in placed)
        seed = built.document.seed.text
        assert sorted((words, f["ID"], f["element"]) for words, f in read["blocks"]) == sorted(
            (seed[b.start : b.end], b.id, b.name) for b in block_rows(built)
        )
        names = [m for m in placed if m.kind in cas_xmi.TAGS and m.entry]
        assert sorted((words, f["value"]) for words, f in read["entities"]) == sorted(
            (m.exact, cas_xmi.TAGS[m.kind]) for m in names
        )
        assert [words for words, _ in read["sentences"]] == [seed[a:b] for a, b in text_units(built)]
        assert "".join(words for words, _ in read["tokens"]) == "".join(seed.split())


def test_cassis_finds_title_language_and_identifiers(beyond: Path, tmp_path: Path) -> None:
    read = reread(cas_xmi.WRITER, made(beyond), tmp_path)["beyond"]
    assert (read["title"], read["language"]) == ("Beyond the plane", "en")
    assert [
        words for words, f in read["entities"] if f["identifier"] == "http://www.wikidata.org/entity/Q855"
    ] == [
        "𝔄𝔅",
        "𝔄𝔅",
    ]
    first = next(f for words, f in read["annotations"] if words == "𝔄𝔅")
    assert (first["cert"], first["name"], first["alternatives"]) == ("low", "A. B.", "goth (low)")


# stam


@everywhere
def test_stam_gives_the_words_of_the_seed(edition: Edition, tmp_path: Path) -> None:
    found = reread(stam.WRITER, edition, tmp_path)
    for built, here in texts(edition):
        name, seed = built.name, built.document.seed.text
        assert (tmp_path / f"{name}.txt").read_bytes().decode() == seed
        read = {id: (words, data, targets) for id, words, data, targets in found[name]}
        assert len(read) == len(found[name])
        expected = {iri(edition.project, name, b.id): [seed[b.start : b.end]] for b in block_rows(built)}
        for mark in here:
            id = iri(edition.project, name, mark.id)
            words, data, _ = read[id]
            if mark.placed:
                expected[id] = [mark.exact]
                assert data.get("text", "") == mark.exact  # of the extension stam-textvalidation
            else:
                expected[id] = words
            assert (data["kind"], data.get("value", "")) == (mark.kind, mark.value)
            if mark.entry:
                assert data["reference"][0] == entry_iri(edition.project, mark.entry.key)
        assert {id: words for id, (words, _, _) in read.items()} == expected


def test_stam_carries_notes_on_other_annotations_and_on_the_whole(beyond: Path, tmp_path: Path) -> None:
    found = reread(stam.WRITER, made(beyond), tmp_path)["beyond"]
    notes = {
        data["value"]: (words, targets) for _, words, data, targets in found if data.get("kind") == "note"
    }
    assert notes["On nothing."] == ([], [])
    _, targets = notes["On two."]
    assert sorted(targets) == [
        "https://example.org/texts/beyond.xml#face",
        "https://example.org/texts/beyond.xml#the.house",
    ]


# brat


@everywhere
def test_pybrat_gives_the_words_of_the_seed(edition: Edition, tmp_path: Path) -> None:
    found = reread(brat.WRITER, edition, tmp_path)
    left = lost(brat.WRITER, edition)
    configuration = (tmp_path / "annotation.conf").read_text("utf-8")
    kinds = configuration.partition("[relations]")[0].split()[1:]
    for built, here in texts(edition):
        seed = built.document.seed.text
        written = [mark for mark in here if mark.key not in left]
        read = {
            number: (kind, spans, words, refs)
            for number, kind, spans, words, refs in found.get(built.name, [])
        }
        assert [*read] == [f"T{k}" for k in range(1, len(written) + 1)]
        for mark, (kind, spans, words, references) in zip(written, read.values(), strict=True):
            assert kind == mark.kind and kind in kinds
            assert words == " ".join(seed[a:b] for a, b in spans)
            assert "".join(words.split()) == "".join(mark.exact.split())
            assert all(len(seed[a:b].splitlines()) == 1 for a, b in spans)
            assert (f"Register:{mark.value}" in references) == bool(mark.entry)
        lines = (tmp_path / f"{built.name}.ann").read_text("utf-8").split("\n")
        assert all(re.fullmatch(r"[TAN#]\d+\t\S+ [^\t]+(\t.*)?", line) for line in lines if line)
        assert len({line.partition("\t")[0] for line in lines if line}) == len(
            [line for line in lines if line]
        )


def test_brat_has_certainty_identifiers_and_one_note(beyond: Path) -> None:
    lines = brat.WRITER.write(made(beyond)).files["beyond.ann"].decode().split("\n")
    number = next(line.partition("\t")[0] for line in lines if line.endswith("\t𐌲𐌿𐍄𐌰𐌸𐌹𐌿𐌳𐌰"))
    references = [line.split("\t")[1] for line in lines if line.startswith("N") and f" {number} " in line]
    assert references == [
        f"Reference {number} {id}" for id in ("Register:gut", "GND:4074987-3", "GeoNames:2711509")
    ]
    assert "A1\tCertainty T1 low" in lines
    assert any(
        line.startswith("#1\tAnnotatorNotes T1\tid: ") and "Second paragraph." in line for line in lines
    )


@given(st.text(alphabet="ab \n\r\x0b\x85\u2028𝔄", max_size=30), st.data())
def test_fragments_are_lines_and_lose_no_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = brat.fragments(text, start, end)
    assert all(len(text[a:b].splitlines()) == 1 and text[a:b].strip() for a, b in found)
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text[start:end].split())
    assert all(b < c for (_, b), (c, _) in pairwise(found))


# conll


def _names(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of IOB2: tag and joined words of each name."""
    found: list[tuple[str, str]] = []
    for form, tag in tokens:
        if tag.startswith("B-"):
            found.append((tag[2:], form))
        elif tag.startswith("I-"):
            assert found and found[-1][0] == tag[2:], "I- without its B-"
            found[-1] = (tag[2:], found[-1][1] + form)
    return found


@everywhere
def test_conllu_gives_the_words_of_the_seed(edition: Edition, tmp_path: Path) -> None:
    found = reread(conll.WRITER, edition, tmp_path)
    left = lost(conll.WRITER, edition)
    for built, here in texts(edition):
        seed = built.document.seed.text
        read = found[built.name]
        assert [words for words, _ in read] == [" ".join(seed[a:b].split()) for a, b in text_units(built)]
        for words, sentence in read:
            spaced = "".join(
                form + ("" if misc.get("SpaceAfter") == "No" else " ") for form, misc in sentence
            )
            assert spaced.strip() == words
        flat = [(form, misc) for _, sentence in read for form, misc in sentence]
        expected = [mark for mark in here if mark.key not in left]
        names = [(conll.TAGS[mark.kind], "".join(mark.exact.split())) for mark in expected]
        assert _names([(form, misc.get("NER", "O")) for form, misc in flat]) == names
        begun = [(misc["Id"], misc["Entity"]) for _, misc in flat if "Entity" in misc]
        assert begun == [(mark.id, mark.value) for mark in expected]
        lines = (tmp_path / f"{built.name}.conll").read_text("utf-8").splitlines()
        rows = [(form, tag) for form, _, tag in (line.rpartition(" ") for line in lines if line)]
        assert [form for form, _ in rows] == [form for form, _ in flat] and _names(rows) == names


def test_a_name_in_a_name_is_lost_and_said_so(beyond: Path) -> None:
    export = conll.WRITER.write(made(beyond))
    assert any(
        one.id.partition("#")[2].startswith("place") and "another name" in one.why for one in export.lost
    )


@given(st.text(max_size=40), st.sets(st.integers(0, 40)))
def test_tokens_hold_every_character_but_white_space(text: str, edges: set[int]) -> None:
    found = list(tokens(text, 0, len(text), edges))
    assert "".join(text[a:b] for a, b in found) == "".join(c for c in text if not c.isspace())
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    assert not any(a < edge < b for a, b in found for edge in edges)


# catma


@everywhere
def test_pointers_of_catma_give_the_words_of_the_seed(edition: Edition) -> None:
    """As CATMA reads it: `seg/@ana` → `fs`, `ptr/@target` as RFC 5147, `fs/@type` → `fsDecl` with every property."""
    export = catma.WRITER.write(edition)
    left = {one.id for one in export.lost}
    for built, here in texts(edition):
        seed = export.files[f"{built.name}.txt"].decode().encode("utf-16-le")
        assert seed.decode("utf-16-le") == built.document.seed.text
        root = ElementTree.fromstring(export.files[f"{built.name}.catma.xml"])
        ids = [e.get(ID) for e in root.iter() if e.get(ID)]
        assert len(ids) == len(set(ids))
        instances = {e.get(ID): e for e in root.find(f"{TEI}text") or () if e.tag == f"{TEI}fs"}
        tags = {e.get(ID): e for e in root.iter(f"{TEI}fsDecl")}
        read = []
        for segment in root.iter(f"{TEI}seg"):
            pointer = segment.find(f"{TEI}ptr")
            assert pointer is not None
            place = re.fullmatch(r"catma://CATMA_[0-9A-F-]{36}#char=(\d+),(\d+)", pointer.get("target", ""))
            assert place
            words = seed[2 * int(place[1]) : 2 * int(place[2])].decode("utf-16-le")
            instance = instances.pop(segment.get("ana", "").removeprefix("#"))
            tag = tags[instance.get("type")]
            said = {f.get("name"): f.findtext(f"{TEI}string") for f in instance}
            assert said.keys() <= {f.get("name") for f in tag.iter(f"{TEI}fDecl")}
            read.append((words, said["id"], tag.findtext(f"{TEI}fsDescr")))
        assert not instances
        expected = [(mark.exact, mark.id, mark.kind) for mark in here if mark.key not in left]
        assert read == expected


# tables


@everywhere
def test_jsonl_quotes_the_seed(edition: Edition) -> None:
    files = named("jsonl").write(edition).files
    for built, here in texts(edition):
        read = [json.loads(line) for line in files[f"{built.name}.jsonl"].decode().split("\n")[:-1]]
        assert [row["id"] for row in read] == [mark.id for mark in here]
        for row, mark in zip(read, here, strict=True):
            if "start" in row:
                assert row["quote"] == built.document.seed.text[row["start"] : row["end"]]
            assert ("name" in row) == bool(mark.entry)


def _tables(edition: Edition) -> dict[str, list[dict[str, str]]]:
    """The CSV as Python reads it, apostrophes of formulas taken away."""
    return {
        name.removesuffix(".csv"): [
            {key: unguarded(cell) for key, cell in row.items()}
            for row in csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
        ]
        for name, data in named("csv").write(edition).files.items()
    }


@everywhere
def test_csv_quotes_the_seed(edition: Edition) -> None:
    read = _tables(edition)
    seeds = {built.name: built.document.seed.text for built in edition.documents}
    here = [mark for _, found in texts(edition) for mark in found]
    assert [(row["text"], row["id"]) for row in read["annotations"]] == [
        (mark.text, mark.id) for mark in here
    ]
    named_entries = [mark for mark in here if mark.entry]
    assert [(row["key"], row["register"]) for row in read["mentions"]] == [
        (mark.value, mark.entry.register) for mark in named_entries if mark.entry
    ]
    for row in (*read["annotations"], *read["mentions"]):
        assert (row["start"] == "") == (row["quote"] == row["line"] == "")
        if row["start"]:
            seed = seeds[row["text"]]
            assert row["quote"] == seed[int(row["start"]) : int(row["end"])]
            before = seed[: int(row["start"])].split("\n")
            assert (int(row["line"]), int(row["column"])) == (len(before), len(before[-1]) + 1)


def test_no_cell_begins_a_formula(beyond: Path) -> None:
    edition = made(beyond)
    data = named("csv").write(edition).files
    cells = [
        cell
        for file in data.values()
        for row in csv.reader(io.StringIO(file.decode(), newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]
    assert {"'@home", "'-5", "'-6", "''=an apostrophe before it"} <= set(cells)
    mention = next(row for row in _tables(edition)["mentions"] if row["key"] == "gut")
    assert {field: mention[field] for field in AUTHORITIES if mention[field]} == {
        "gnd": "4074987-3",
        "geonames": "2711509",
    }
    assert all(file.endswith(b"\r\n") for file in data.values())


@given(st.text(alphabet="'=+-@\t\ra1", max_size=6))
def test_an_apostrophe_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r")


@everywhere
def test_parquet_has_the_tables_of_csv(edition: Edition, tmp_path: Path) -> None:
    if unmet(named("parquet")):
        missing("pyarrow is not installed: pip install 'tei-edition[parquet]'")
    found = reread(named("parquet"), edition, tmp_path)
    expected = _tables(edition)
    assert found.keys() == expected.keys()
    for name, (types, rows) in found.items():
        assert {key for key, type in types.items() if type == "int64"} == {"start", "end", "line", "column"}
        told = [{key: "" if cell is None else str(cell) for key, cell in row.items()} for row in rows]
        assert told == expected[name]


# offsets


@given(st.text(max_size=30))
def test_utf16_counts_as_java_does(text: str) -> None:
    at = utf16(text)
    assert all(at(k) == len(text[:k].encode("utf-16-le", "surrogatepass")) // 2 for k in range(len(text) + 1))


def test_a_missing_library_is_told_and_the_other_formats_are_written(
    monkeypatch: pytest.MonkeyPatch, beyond: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("edition.exports.writer.find_spec", lambda module: None)
    outcome = commands.export(beyond, [named("parquet"), named("jsonl")], to=tmp_path)
    assert [path.rpartition("/")[2] for path in outcome.written] == ["beyond.jsonl"]
    told = Counter((d.rule.code, d.message) for d in outcome.diagnostics if d.rule.code == "E701")
    assert told == {
        ("E701", "parquet was not written: it needs the library pyarrow, which is not installed"): 1
    }
