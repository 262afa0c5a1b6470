"""Schemas beside the program's own: RELAX NG, Schematron of both bindings, jing; told where the fault comes from."""

from __future__ import annotations

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.app.commands import Outcome, build_in_memory, check
from edition.checks.named_schemas import cache
from edition.checks.relaxng import element_numbers, parse, tag_at
from edition.checks.validators import located
from pages import COMMON, put
from tools import missing, program

LETTER = """edition: 1
annotations:
  - person: goethe
    quote: Goethe
  - date: 1801-05
    quote: May
"""
NO_NAMES = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName><except><name ns="http://www.tei-c.org/ns/1.0">persName</name></except></anyName>
<zeroOrMore><attribute><anyName/></attribute></zeroOrMore><mixed><zeroOrMore><ref name="any"/></zeroOrMore></mixed>
</element></define></grammar>"""
CERTAIN = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}">
<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/><pattern>
<rule context="t:body//t:persName"><assert test="{test}">Say how certain <value-of select="."/> is.</assert></rule>
<rule context="t:body//t:date"><report test="@when" role="warning">A date.</report></rule>
</pattern></schema>"""
# A transpiler of our own: enough for asserts and reports in rules.
TRANSPILER = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:o="urn:output" xmlns:s="http://purl.oclc.org/dsdl/schematron" exclude-result-prefixes="s">
<xsl:namespace-alias stylesheet-prefix="o" result-prefix="xsl"/>
<xsl:template match="/s:schema"><o:stylesheet version="3.0" xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
  <xsl:for-each select="s:ns"><xsl:namespace name="{@prefix}" select="string(@uri)"/></xsl:for-each>
  <o:template match="/"><svrl:schematron-output><o:apply-templates select="//*" mode="m"/></svrl:schematron-output></o:template>
  <o:template match="*" mode="m" priority="-1"/>
  <xsl:apply-templates select="s:pattern/s:rule"/></o:stylesheet></xsl:template>
<xsl:template match="s:rule"><o:template match="{@context}" mode="m"><xsl:apply-templates/></o:template></xsl:template>
<xsl:template match="s:assert"><o:if test="not({@test})"><xsl:call-template name="told"/></o:if></xsl:template>
<xsl:template match="s:report"><o:if test="{@test}"><xsl:call-template name="told"/></o:if></xsl:template>
<xsl:template name="told"><svrl:failed-assert location="{{path()}}" xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
  <xsl:copy-of select="@role"/><svrl:text><xsl:apply-templates mode="t"/></svrl:text></svrl:failed-assert></xsl:template>
<xsl:template match="s:value-of" mode="t"><o:value-of select="{@select}"/></xsl:template>
</xsl:stylesheet>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, text in COMMON.items():
        put(tmp_path / name, text.encode())
    put(tmp_path / "seeds/letter.txt", "I saw Goethe 𝔄 in May.\n".encode())
    put(tmp_path / "annotations/letter.yaml", LETTER.encode())
    return tmp_path


def name(folder: Path, schema: str, text: str, more: str = "") -> None:
    put(folder / schema, text.encode())
    put(
        folder / "annotations/edition.yaml",
        f"{COMMON['annotations/edition.yaml']}schemas: [{schema}]\n{more}".encode(),
    )


def told(outcome: Outcome) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (d.rule.code, d.message, tuple(str(label.span) for label in d.labels)) for d in outcome.diagnostics
    ]


PERSON = ("annotations/letter.yaml:3:13", "seeds/letter.txt:1:7")
DATE = ("annotations/letter.yaml:5:11", "seeds/letter.txt:1:19")


def test_a_relax_ng_of_the_project(folder: Path) -> None:
    name(folder, "schema/house.rng", NO_NAMES)
    (_, message, places), *_ = [t for t in told(check(folder)) if t[0] == "E601"]
    assert message.endswith("(schema/house.rng)") and places[0].startswith("annotations/")


@pytest.mark.parametrize(
    ("binding", "test"), [("xslt", "@cert"), ("xslt2", "some $c in @cert satisfies matches($c, '^h')")]
)
def test_a_schematron_of_either_binding(folder: Path, binding: str, test: str) -> None:
    if binding != "xslt":
        _needs("saxonche")
    put(folder / "schema/transpile.xsl", TRANSPILER.encode())
    name(
        folder, "house.sch", CERTAIN.format(binding=binding, test=test), "transpiler: schema/transpile.xsl\n"
    )
    assert told(check(folder)) == [
        ("E604", "Say how certain Goethe is (house.sch)", PERSON),
        ("W635", "A date (house.sch)", DATE),
    ]


def _needs(module: str) -> None:
    if find_spec(module) is None:
        missing(f"{module} is not installed")


def test_without_a_transpiler_it_says_what_to_write(folder: Path) -> None:
    name(folder, "house.sch", CERTAIN.format(binding="xslt3", test="@cert"))
    (told,) = check(folder).diagnostics
    assert told.rule.code == "E701" and "no transpiler is named" in told.message
    assert "transpiler: schema/transpile.xsl" in told.help
    assert str(told.labels[0].span).startswith("annotations/edition.yaml:")


READS = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}"><pattern>
<rule context="/*"><report test="true()"><value-of select="{function}"/></report></rule></pattern></schema>"""


@pytest.mark.parametrize(
    ("binding", "function"),
    [("xslt", "document('{uri}')"), ("xslt2", "doc('{uri}')"), ("xslt2", "unparsed-text('{uri}')")],
)
def test_a_schematron_reads_no_files(folder: Path, binding: str, function: str) -> None:
    put(folder / "secret.xml", b"<a>secret</a>")
    put(folder / "transpile.xsl", TRANSPILER.encode())
    uri = (folder / "secret.xml").as_uri()
    schema = READS.format(binding=binding, function=function.format(uri=uri))
    if binding != "xslt":
        _needs("saxonche")
    name(folder, "house.sch", schema, "transpiler: transpile.xsl\n")
    found = check(folder).diagnostics
    assert not any(d.message.startswith("secret") for d in found)
    assert [d.rule.code for d in found] == ["E701"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "cannot be used as a schema"),
        ("<a/>", "cannot be used as a schema"),
        (
            NO_NAMES.replace('<ref name="any"/></start>', '<ref name="none"/></start>'),
            "cannot be used as a schema",
        ),
        (CERTAIN.format(binding="", test="@@"), "cannot be used as a Schematron"),
        (
            CERTAIN.format(binding="", test="true()").replace(
                "<pattern>", '<include href="x.sch"/><pattern>'
            ),
            "includes",
        ),
    ],
)
def test_what_is_no_schema_is_told_where_it_is_named(folder: Path, text: str, problem: str) -> None:
    name(folder, "house.rng", text)
    (told,) = [d for d in check(folder).diagnostics if d.rule.code == "E701"]
    assert problem in told.message
    assert str(told.labels[0].span).startswith("annotations/edition.yaml:")


@pytest.mark.parametrize("path", ["../x.rng", "/etc/passwd", "missing.rng"])
def test_paths_stay_in_the_project(folder: Path, path: str) -> None:
    put(
        folder / "annotations/edition.yaml",
        f"{COMMON['annotations/edition.yaml']}schemas: [{path}]\n".encode(),
    )
    assert [d.rule.code for d in check(folder).diagnostics] == ["E701"]


def test_a_name_leads_into_the_cache(folder: Path) -> None:
    put(
        folder / "annotations/edition.yaml",
        f"{COMMON['annotations/edition.yaml']}schemas: [tei_all]\n".encode(),
    )
    (told,) = check(folder).diagnostics
    assert told.help == "`edition schema fetch tei_all` fetches it."
    put(cache() / "tei_all.rng", NO_NAMES.encode())
    put(cache() / "tei_all.rng.sha256", hashlib.sha256(NO_NAMES.encode()).hexdigest().encode())
    assert {d.rule.code for d in check(folder).diagnostics} == {"E601"}


# jing


def test_jing_says_it_in_its_words_at_the_same_place(folder: Path) -> None:
    program("jing")
    name(folder, "house.rng", NO_NAMES)
    (told,) = [
        d for d in check(folder, with_jing=True).diagnostics if "persName" in d.message and len(d.labels) > 1
    ]
    assert 'element "persName"' in told.message and told.message.endswith(" (house.rng)")
    assert tuple(str(label.span) for label in told.labels) == PERSON


def test_jing_has_nothing_against_the_own_schema(folder: Path) -> None:
    program("jing")
    assert not check(folder, with_jing=True).diagnostics


def test_without_jing_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (told,) = check(folder, with_jing=True).diagnostics
    assert told.rule.code == "E701" and "tei-edition[java]" in told.help


# finding home


def test_a_place_in_the_file_is_the_element_that_a_parser_finds(folder: Path) -> None:
    (one,) = build_in_memory(folder).documents
    assert one.data is not None
    xml = one.data.decode()
    numbers = element_numbers(parse(one.data))
    for element, number in numbers.items():
        opened = xml.index("<", _start(xml, element, numbers))
        assert tag_at(xml, opened + 1)[0] == number
        assert tag_at(xml, xml.index(">", opened) + 1)[0] == number


def _start(xml: str, element: etree._Element, numbers: dict[etree._Element, int]) -> int:
    tags = [m.start() for m in re.finditer(r"<[A-Za-z]", xml[xml.index("<text ") :])]
    return xml.index("<text ") + tags[numbers[element]]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=5))
def test_locations_of_all_transpilers_find_the_same_element(path: list[int]) -> None:
    root = parse(
        b'<a xmlns="urn:x">'
        + b"<b><b><b><b><b/><b/><b/></b><b/><b/></b><b/><b/></b><b/><b/></b>" * 3
        + b"</a>"
    )
    three = "/Q{urn:x}a[1]" + "".join(f"/Q{{urn:x}}b[{n}]" for n in path) + "/@Q{}n"
    two = "/*:a[1]" + "".join(f"/*:b[{n}]" for n in path)
    one = "/x:a[1]" + "".join(f"/x:b[{n}]" for n in path)
    expected = root.xpath(one, namespaces={"x": "urn:x"})
    assert root.xpath(located(three)) == root.xpath(located(two)) == expected
