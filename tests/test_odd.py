"""The ODD is the grammar: the same elements, attributes, values and content models; and it is TEI itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from edition.checks.relaxng import parse
from odd_make import EXAMPLES, ODD, ROOT, WORDS, make, wanted, words
from odd_specs import TEI, Specs, customised, read_tei
from rng_inclusion import Automaton, beyond
from rng_instances import Grammar, Pattern
from tei_schema import CLOSED, SHARED, TEI_ALL, faults
from tools import missing

EDITIONS = sorted((ROOT / "out").glob("*.xml"))
SUBSET = SHARED / "tei" / "p5subset.xml"
EG = f"{{{EXAMPLES}}}"
RNG = "http://relaxng.org/ns/structure/1.0"


@cache
def grammar() -> Grammar:
    return Grammar(CLOSED)


@cache
def odd() -> etree._Element:
    return parse(ODD.read_bytes())


@cache
def tei() -> Specs:
    if not SUBSET.exists():
        missing(f"there is no {SUBSET} (EDITION_SHARED)")
    return read_tei(SUBSET)


def test_the_file_is_what_is_made_from_the_grammar() -> None:
    """UPDATE_PAGES=1 writes it, as it does the other pages."""
    made = make(grammar(), tei(), EDITIONS)
    if os.environ.get("UPDATE_PAGES"):
        ODD.write_bytes(made)
    assert made == ODD.read_bytes(), "run: UPDATE_PAGES=1 python -m pytest tests/test_odd.py"


def test_it_is_tei() -> None:
    assert faults(ODD.read_text("utf-8").split("?>\n", 2)[2], TEI_ALL) == []


def test_no_identifier_stands_twice() -> None:
    assert etree.parse(ODD, etree.XMLParser(collect_ids=True)).getroot() is not None


# the same schema


def test_the_same_elements() -> None:
    ours = customised(tei(), odd())
    assert set(ours.elements) == set(grammar().elements)
    assert [e.get("ident") for e in odd().iter(f"{TEI}elementSpec")] == sorted(
        grammar().elements, key=lambda name: (name.lower(), name)
    )


def test_the_same_attributes_and_closed_values() -> None:
    ours = customised(tei(), odd())
    for name in grammar().elements:
        there, here = ours.effective(name), wanted(grammar(), name)
        assert set(there) == set(here), name
        for a in here:
            assert there[a].required == here[a].required, (name, a)
            assert set(there[a].values) == set(here[a].values), (name, a)


def pattern(e: etree._Element) -> Pattern:
    """A content model of an ODD as a pattern of RELAX NG."""
    tag = etree.QName(e).localname
    key = str(e.get("key"))
    kinds = {
        "textNode": Pattern("text", (), "", ()),
        "dataRef": Pattern("data", (), "", ()),
        "empty": Pattern("empty", (), "", ()),
        "elementRef": Pattern("element", (key,), "", ()),
        "macroRef": Pattern("ref", (key,), "", ()),
    }
    inner = tuple(map(pattern, e))
    p = kinds.get(tag) or Pattern("choice" if tag == "alternate" else "group", (), "", inner)
    times = e.get("minOccurs", "1"), e.get("maxOccurs", "1")
    kind = {("0", "1"): "optional", ("0", "unbounded"): "zeroOrMore", ("1", "unbounded"): "oneOrMore"}.get(
        times
    )
    return Pattern(kind, (), "", (p,)) if kind else p


class Content:
    """The content models of the ODD, as far as an automaton asks."""

    def __init__(self) -> None:
        macros = odd().iter(f"{TEI}macroSpec")
        self.defines = {
            str(m.get("ident")): tuple(map(pattern, m.iterfind(f"{TEI}content/*"))) for m in macros
        }

    def inside(self, p: Pattern) -> tuple[Pattern, ...]:
        return self.defines[p.name] if p.kind == "ref" else p.parts


def models() -> Iterator[tuple[str, Pattern]]:
    for e in odd().iter(f"{TEI}elementSpec"):
        inner = tuple(map(pattern, e.iterfind(f"{TEI}content/*")))
        yield str(e.get("ident")), Pattern("element", (str(e.get("ident")),), "", inner)


def test_the_same_content() -> None:
    content = Content()
    for name, model in models():
        here = Automaton(grammar(), grammar().elements[name])
        there = Automaton(content, model)  # type: ignore[arg-type]
        assert beyond(here, there) == (), f"{name}: only in the RELAX NG"
        assert beyond(there, here) == (), f"{name}: only in the ODD"


# words and examples


def test_every_element_has_one_line_of_our_own() -> None:
    lines = [line.split("\t")[0] for line in WORDS.read_text("utf-8").splitlines()]
    assert lines == list(words()) and set(lines) == set(grammar().elements)
    known = (
        {e.findtext(f"{TEI}desc") for e in etree.parse(SUBSET).iter(f"{TEI}elementSpec")}
        if SUBSET.exists()
        else set()
    )
    for name, text in words().items():
        assert 4 < len(text) <= 100 and text[-1] in ".”" and text not in known, name


def examples() -> Iterator[tuple[str, etree._Element]]:
    for e in odd().iter(f"{EG}egXML"):
        (example,) = e
        yield str(e.get("source")), example


def in_tei(example: etree._Element) -> etree._Element:
    text = etree.tostring(example, encoding="unicode", with_tail=False)
    return parse(text.replace(EXAMPLES, TEI[1:-1]).encode())


def squeezed(e: etree._Element) -> bytes:
    """Canonical XML of an element alone, runs of white space as one space."""
    alone = parse(etree.tostring(e, with_tail=False))
    return re.sub(rb"\s+", b" ", etree.tostring(alone, method="c14n", exclusive=True))


def test_most_elements_that_are_written_have_an_example() -> None:
    written = {
        etree.QName(e).localname for path in EDITIONS for e in parse(path.read_bytes()).iter(etree.Element)
    }
    shown = {etree.QName(e).localname for _, e in examples()}
    large = {"TEI", "teiHeader", "fileDesc", "titleStmt", "encodingDesc", "editorialDecl", "profileDesc", "sourceDesc",
             "standOff", "text", "body", "div"}  # fmt: skip
    assert shown <= written
    assert len(written - shown - large) <= len(written) * 0.15, sorted(written - shown - large)


def test_examples_stand_in_the_editions() -> None:
    there = {
        f"#source.{path.stem}": {squeezed(e) for e in parse(path.read_bytes()).iter(etree.Element)}
        for path in EDITIONS
    }
    for source, example in examples():
        assert squeezed(in_tei(example)) in there[source], etree.tostring(example)


def test_examples_are_valid() -> None:
    root = parse(CLOSED.read_bytes())
    start = root.find(f"{{{RNG}}}start")
    assert start is not None
    start[:] = [etree.Element(f"{{{RNG}}}choice")]
    defines = (d for d in root.iter(f"{{{RNG}}}define") if d[0].tag == f"{{{RNG}}}element")
    start[0].extend([etree.Element(f"{{{RNG}}}ref", name=str(d.get("name"))) for d in defines])
    schema = etree.RelaxNG(root)
    for _, example in examples():
        assert schema.validate(in_tei(example)), (etree.tostring(example), schema.error_log)


def test_every_example_is_of_its_element() -> None:
    for e in odd().iter(f"{TEI}elementSpec"):
        for example in e.iter(f"{EG}egXML"):
            assert etree.QName(example[0]).localname == e.get("ident")


def test_the_file_of_the_package_is_the_one_of_the_project(tmp_path: Path) -> None:
    from edition.checks.shipped_schemas import FILES, schema_file

    assert schema_file(FILES["odd"]) == ODD.read_bytes()
