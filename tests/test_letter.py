"""The letter, end to end: what is committed is what is built, valid, proved, and every mistake is told."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

import edition
from edition.app.commands import build_in_memory
from edition.checks.proof import read_proof
from edition.checks.shipped_schemas import FILES, schema_file
from edition.encode.tei import read_back
from tools import missing

ROOT = Path(__file__).parent.parent
OUT = ROOT / "out" / "reiss-1937.xml"
SEED = (ROOT / "seeds" / "reiss-1937.txt").read_text("utf-8")
SHARED = Path(os.environ.get("EDITION_SHARED", ROOT.parent / "shared"))


def needs(present: bool, what: str) -> None:
    """Skip where a tool is absent; in CI it may not be."""
    if not present:
        missing(f"{what} is missing")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("seeds", "annotations", "out", "schema"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_out_is_what_the_sources_give(project: Path) -> None:
    (project / "out" / OUT.name).unlink()
    outcome = edition.build(project)
    assert outcome.ok and "out/reiss-1937.xml" in outcome.written
    for path in (ROOT / "out").glob("*.xml"):
        assert (project / "out" / path.name).read_bytes() == path.read_bytes()


def test_the_order_of_annotations_never_matters(project: Path) -> None:
    path = project / "annotations" / "reiss-1937.yaml"
    head, _, body = path.read_text("utf-8").partition("\nannotations:\n")
    entries = ["  - " + entry for entry in re.split(r"(?m)^  - ", body)[1:]]
    random.Random(3).shuffle(entries)
    path.write_text(
        f"{head}\nannotations:\n" + "\n".join(entry.rstrip("\n") for entry in entries) + "\n", "utf-8"
    )
    assert edition.build(project).ok
    assert (project / "out" / OUT.name).read_bytes() == OUT.read_bytes()


@pytest.mark.parametrize("name", FILES.values())
def test_schema_holds_what_the_package_holds(name: str) -> None:
    assert (ROOT / "schema" / name).read_bytes() == schema_file(name)


def test_the_seed_comes_back_by_xslt() -> None:
    """By lxml's libxslt, and by the command that a scholar in thirty years would find."""
    style = etree.XSLT(etree.parse(ROOT / "schema" / "seed.xsl"))
    assert str(style(etree.parse(OUT))) == SEED
    needs(shutil.which("xsltproc") is not None, "xsltproc")
    run = subprocess.run(["xsltproc", ROOT / "schema" / "seed.xsl", OUT], capture_output=True, check=True)
    assert run.stdout == SEED.encode()


@pytest.mark.parametrize("out", sorted((ROOT / "out").glob("*.xml")), ids=lambda path: path.stem)
def test_valid_by_libxml2_and_by_jing(out: Path) -> None:
    """Every edition, against our schema and against all of TEI."""
    tei_all = SHARED / "tei" / "tei_all.rng"
    assert etree.RelaxNG(etree.parse(ROOT / "schema" / "edition.rng")).validate(etree.parse(out))
    needs(tei_all.exists(), "tei_all.rng")
    etree.RelaxNG(etree.parse(SHARED / "tei" / "tei_all.fast.rng")).assertValid(etree.parse(out))
    needs(shutil.which("jing") is not None, "jing")
    for schema in (ROOT / "schema" / "edition.rng", tei_all):
        run = subprocess.run(["jing", schema, out], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout


def test_a_changed_letter_is_shown_where_it_stands(tmp_path: Path) -> None:
    """Sixty letters of the text, changed one at a time: the proof fails at that very place."""
    data = OUT.read_bytes()
    proof = read_proof(data)
    text = data.decode()
    places = [k for k, c in enumerate(SEED) if c.isalpha()]
    for at in random.Random(5).sample(places, 60):
        inside = proof.place(data, at)
        assert text[inside] == SEED[at]
        changed = tmp_path / "changed.xml"
        changed.write_text(
            text[:inside] + ("x" if text[inside] != "x" else "y") + text[inside + 1 :],
            "utf-8",
        )
        (result,) = edition.prove(ROOT, [changed])
        assert not result.ok
        xml, seed = result.diagnostics[0].labels
        assert (xml.span.start, seed.span.start) == (inside, at)


def test_a_word_of_the_editor_may_change_and_the_proof_holds(tmp_path: Path) -> None:
    changed = tmp_path / "changed.xml"
    changed.write_bytes(OUT.read_bytes().replace(b">raise my voice<", b">lift my voice<"))
    assert changed.read_bytes() != OUT.read_bytes()
    assert edition.prove(ROOT, [changed])[0].ok


def _quoted(path: Path) -> list[tuple[int, str]]:
    """Lines of the letter's annotations that quote a word of four letters or more."""
    lines = path.read_text("utf-8").split("\n")
    start = lines.index("annotations:")
    return [
        (k, line)
        for k, line in enumerate(lines)
        if k > start and line.strip().startswith("quote: ") and _word(line)
    ]


def _word(line: str) -> str:
    words = [w.strip("\"'“”.,!?()") for w in line.partition(": ")[2].split()]
    return max((w for w in words if w.isalpha() and len(w) > 3), key=len, default="")


def test_a_typo_in_any_annotation_is_told_in_both_places(project: Path) -> None:
    """One by one, two letters of a quoted word are exchanged: the report names that line, and a place of the seed."""
    path = project / "annotations" / "reiss-1937.yaml"
    original = path.read_text("utf-8")
    lines = original.split("\n")
    quoted = _quoted(path)
    assert len(quoted) > 80
    for number, line in quoted:
        word = _word(line)
        typo = word[0] + word[2] + word[1] + word[3:] if word[1] != word[2] else word[:-1] + "x"
        path.write_text("\n".join([*lines[:number], line.replace(word, typo), *lines[number + 1 :]]), "utf-8")
        outcome = build_in_memory(project, ["reiss-1937"])
        (told, *_) = [d for d in outcome.diagnostics if d.is_error]
        first = told.labels[0].span
        assert (first.source.name, first.source.line_column(first.start)[0]) == (
            "annotations/reiss-1937.yaml",
            number + 1,
        )
        assert any(label.span.source.name.startswith("seeds/") for label in told.labels), (line, told)


def test_a_failing_build_leaves_the_former_output(project: Path) -> None:
    path = project / "annotations" / "reiss-1937.yaml"
    path.write_text(path.read_text("utf-8").replace("quote: Galfa", "quote: Gallfa"), "utf-8")
    outcome = edition.build(project)
    assert not outcome.ok and not outcome.written
    assert (project / "out" / OUT.name).read_bytes() == OUT.read_bytes()


ID = "{http://www.w3.org/XML/1998/namespace}id"
POINTERS = (
    "ref",
    "resp",
    "target",
    "corresp",
    "source",
    "next",
    "prev",
    "change",
    "assertedValue",
    "active",
    "passive",
)


def test_every_pointer_leads_somewhere_and_every_entry_is_pointed_at() -> None:
    root = etree.parse(OUT).getroot()
    ids = {str(e.get(ID)) for e in root.iter() if e.get(ID)}
    values = [str(e.get(name)) for e in root.iter() for name in POINTERS if e.get(name)]
    pointed = {word[1:] for value in values for word in value.split() if word.startswith("#")}
    assert pointed <= ids
    entries = {str(e.get(ID)) for lists in root.iterfind("{*}standOff/*") for e in lists if e.get(ID)}
    assert entries <= pointed


def test_what_the_letter_must_hold() -> None:
    """Voices, the mark that opens in the salute, two candidates, errors noted and not changed."""
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    root = etree.parse(OUT)
    signed = root.xpath("//t:note[@type='gloss'][@subtype='signed']", namespaces=ns)
    assert [note.get("resp") for note in signed] == ["#NKh", "#EH", "#EH", "#EH"]
    assert len(root.xpath("//t:name[@type='voice']", namespaces=ns)) == 5
    (opening,) = root.xpath("//t:salute/t:pc", namespaces=ns)
    (closing,) = root.xpath("//t:postscript//t:pc", namespaces=ns)
    assert opening.get("corresp") == "#" + closing.get("{http://www.w3.org/XML/1998/namespace}id")
    assert root.xpath(
        "//t:persName[@type='antonomasia'][.='Trepovs']/following-sibling::t:certainty", namespaces=ns
    )
    assert not root.xpath(
        "//t:choice[contains(t:sic, 'Saxony') or contains(t:sic, 'May 1935')]", namespaces=ns
    )
    assert (
        root.xpath("string(//t:sourceDesc//t:idno[@type='original-file'])", namespaces=ns)
        == "002_b1ebdd057500230e.txt"
    )


def test_reading_gives_the_seed() -> None:
    assert read_back(OUT.read_bytes())[0] == SEED
