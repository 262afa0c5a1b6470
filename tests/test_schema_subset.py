"""The schema of the edition is TEI, made smaller: what it accepts, tei_all accepts.

Content models and names of attributes are compared one by one; values of attributes are tried with random
documents, in libxml2 and in jing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from edition.checks.relaxng import Customisation, parse
from edition.model.vocabulary import BLOCKS, KINDS
from rng_inclusion import differences
from rng_instances import RNG, Grammar, Instances
from tei_schema import CLOSED, SHARED, TEI_ALL, edition, faults
from tools import missing

TEI_ALL_PLAIN = SHARED / "tei" / "tei_all.rng"


def needs(what: Path | str) -> str:
    """The path of a file, or of a program; where there is none the test is skipped, and in CI fails."""
    found = shutil.which(what) if isinstance(what, str) else what.exists() and str(what)
    if not found:
        missing(f"there is no {what}")
    return str(found)


@cache
def instances() -> tuple[tuple[str, ...], frozenset[str]]:
    """Documents, and the names of the elements in them. Small ones first: on a large one that is invalid
    libxml2 can go on for minutes with tei_all."""
    made = Instances(Grammar(CLOSED), Random(1937))
    documents = [etree.tostring(made.document(25), encoding="unicode") for _ in range(300)]
    return tuple(sorted(documents, key=len)), frozenset(made.used)


def test_xml_form_is_made_from_the_compact_form(tmp_path: Path) -> None:
    made = tmp_path / CLOSED.name
    subprocess.run([needs("trang"), CLOSED.with_suffix(".rnc"), made], check=True)
    assert made.read_bytes() == CLOSED.read_bytes()


def test_libxml2_compiles_without_a_word() -> None:
    program = "import sys; from lxml import etree; etree.RelaxNG(etree.parse(sys.argv[1]))"
    run = subprocess.run([sys.executable, "-c", program, CLOSED], capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"", b"")


@pytest.mark.parametrize("door", ["model.inline", "model.block"])
def test_doors_are_plain_choices(door: str) -> None:
    defines = etree.parse(CLOSED).findall(f"{RNG}define[@name='{door}']")
    assert [[e.tag for e in define] for define in defines] == [[RNG + "choice"]]
    assert {e.tag for e in defines[0][0]} == {RNG + "ref"}


def test_no_content_and_no_attribute_beyond_tei() -> None:
    assert differences(Grammar(CLOSED), Grammar(Path(needs(TEI_ALL_PLAIN)))) == []


def test_every_kind_and_block_is_in_it() -> None:
    used = {kind.element or "p" for kind in KINDS.values()} | {block.element for block in BLOCKS.values()}
    assert used - set(Grammar(CLOSED).elements) == set()


def test_random_documents_reach_every_element() -> None:
    assert set(Grammar(CLOSED).elements) - instances()[1] == set()


@pytest.mark.parametrize("schema", [CLOSED, TEI_ALL], ids=["edition", "tei_all"])
def test_random_documents_are_valid(schema: Path) -> None:
    invalid = ((found, d) for d in instances()[0] if (found := faults(d, schema)))
    assert next(invalid, None) is None


@pytest.mark.parametrize("schema", [CLOSED, TEI_ALL_PLAIN], ids=["edition", "tei_all"])
def test_random_documents_are_valid_in_jing(schema: Path, tmp_path: Path) -> None:
    some = instances()[0][::8]
    files = [tmp_path / f"{k}.xml" for k in range(len(some))]
    for file, document in zip(files, some, strict=True):
        file.write_text(document, encoding="utf-8")
    run = subprocess.run([needs("jing"), "-i", needs(schema), *files], capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("", 0)


def test_the_letter_drafted_by_hand_is_valid() -> None:
    draft = Path(needs(SHARED / "reference" / "letter-draft.xml")).read_text(encoding="utf-8")
    assert faults(draft.split("?>", 2)[2], CLOSED) == []


ALLOWED = (
    "<p><date when='1937-07-17'><q>17</q>.7</date></p>",
    "<p><choice><sic>a</sic><corr change='#w'>b</corr><corr change='#w' cert='low'>c</corr></choice></p>",
    "<p><persName ref='#a' next='#b'>N.</persName><certainty target='#b' match='@ref' locus='value' "
    "assertedValue='#c' cert='low'/></p>",
    "<pb n='1' facs='a.jpg'/><head>A</head><lg><l>a</l><lb/><l>b</l></lg><note place='end'><p>n</p></note>",
    "<div type='letter'><opener><dateline>P., <date when='1937'>1937</date></dateline></opener><p>a</p>"
    "<closer><signed>L.</signed></closer><postscript><label>P. S.</label><p>b</p></postscript></div>",
    "<list><item>1. <list><label>a</label><item>b</item></list></item></list>",
    "<table><head>a</head><row><cell role='label'>b</cell></row></table>",
    "<sp who='#a'><speaker>A.</speaker><p>a <stage type='exit'>goes</stage></p></sp>",
    "<p><quote><floatingText><body><p>a</p></body></floatingText></quote></p><quote><p>a</p><p>b</p></quote>",
)
REFUSED = (
    "",
    "a",
    "<p><p/></p>",
    "<div><p/></div><p>after a division</p>",
    "<p><date><quote>a</quote></date></p>",
    "<closer><quote>a</quote></closer>",
    "<p><choice><corr>b</corr><sic>a</sic></choice></p>",
    "<p><choice><sic>a</sic><reg>b</reg></choice></p>",
    "<p><persName part='I'>a</persName></p>",
    "<p><persName cert='0.5'>a</persName></p>",
    "<p><persName ref=''>a</persName></p>",
    "<p><date when='17.7.1937'>a</date></p>",
    "<p><note place='foot'>a</note></p>",
    "<p><certainty match='@ref'/></p>",
    "<p><milestone/></p>",
    "<p type='a'>a</p>",
    "<p style='color: red'>a</p>",
    "<p><formula>a</formula></p>",
    "<p xmlns=''>a</p>",
)


@pytest.mark.parametrize("body", ALLOWED)
def test_allowed_in_the_text(body: str) -> None:
    assert faults(edition(body), CLOSED) == []
    assert faults(edition(body)) == []


@pytest.mark.parametrize("body", REFUSED)
def test_refused_in_the_text(body: str) -> None:
    assert faults(edition(body), CLOSED)


def test_a_part_of_the_schema_says_yes_to_what_is_valid() -> None:
    """Of each document the part that its own elements make: the whole is compiled only for one with others."""
    roots = [parse(document.encode()) for document in instances()[0][::6]]
    for root in roots:
        schema = Customisation()
        assert schema.faults(root) == [] and "whole" not in vars(schema)
    assert [schema.faults(root) for root in roots] == [[]] * len(roots) and "whole" in vars(schema)
