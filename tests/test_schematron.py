"""The Schematron says what it should, and the one pass of the program finds the same as its XSLT."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from lxml import etree, isoschematron

from edition.checks.relaxng import parse
from edition.checks.schematron import POINTERS, broken, messages, schematron_faults
from edition.checks.shipped_schemas import package_data
from rng_instances import Grammar, Pattern
from tei_schema import CLOSED, edition

ROOT = Path(__file__).parent.parent
EDITIONS = sorted((ROOT / "out").glob("*.xml"))
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"

SAMPLE = edition(
    lists="""<standOff><listPerson><person xml:id="a"><persName>A</persName><birth from="1870" to="1871">x</birth></person>
<personGrp xml:id="g" corresp="#a #a2"/><person xml:id="a2"/></listPerson><listPlace><place xml:id="b"/></listPlace>
<listOrg><org xml:id="c"/></listOrg><listEvent><event xml:id="d" where="#b" notBefore="-0044" notAfter="-0043-03"/></listEvent>
<listObject><object xml:id="o"><objectIdentifier><objectName>o</objectName></objectIdentifier></object></listObject>
<listRelation><relation name="x" active="#a #a2 #g" passive="#d"/></listRelation>
<note xml:id="w"><list><item xml:id="ed.words" type="x" subtype="y">Words</item></list></note></standOff>""",
    body="""<head>A</head><div xml:id="v"><p xml:id="p1">a <persName ref="#a">A</persName> <placeName ref="#b">B</placeName>
<orgName ref="#c">C</orgName> <eventName ref="#d">D</eventName> <objectName ref="#o">O</objectName>
<rs ref="#g" xml:id="r">g</rs><note xml:id="n1" place="end" change="#ed.words" target="#r #x1">N
<choice><sic>a</sic><corr>b</corr></choice>
<list><item><p>z</p></item></list></note> <choice xml:id="x1"><sic>a</sic>
<corr change="#ed.words">b</corr><corr change="#ed.words">c</corr></choice>
<date from="1937-07" to="1937-07-17">d</date> <date notBefore="1937" notAfter="1938">d</date> <date when="1937">d</date>
<date calendar="https://example.org/#julian" when="1937-07-04">d</date>
<supplied change="#ed.words"><persName ref="#a2">e</persName></supplied>
<quote xml:id="q1" next="#q1.1">quoted</quote></p><p xml:id="p2"><quote xml:id="q1.1" prev="#q1" next="#q1.2">on</quote></p>
<p><quote xml:id="q1.2" prev="#q1.1">end</quote> <quote><p>b</p></quote><floatingText><body><div><p>f</p></div></body></floatingText></p>
<lg><l xml:id="l1">a<note place="end"><lg><l>inner</l></lg><p>b</p></note></l><l>b</l></lg></div>""",
)


@cache
def compiled() -> isoschematron.Schematron:
    return isoschematron.Schematron(parse(package_data("edition.sch")), store_report=True)


def by_xslt(root: etree._Element) -> list[tuple[str, str]]:
    """Names of asserts and paths of elements, from the Schematron itself."""
    tree = root.getroottree()
    compiled().validate(tree)
    report = compiled().validation_report
    assert report is not None
    failed = [(str(f.get("id")), str(f.get("location"))) for f in report.iter(f"{SVRL}failed-assert")]
    return sorted({(name, tree.getpath(tree.xpath(place)[0])) for name, place in failed})


def by_us(root: etree._Element) -> list[tuple[str, str]]:
    tree = root.getroottree()
    return sorted({(name, tree.getpath(e)) for name, e, _ in broken(root)})


def names(document: str) -> set[str]:
    """What is broken, and the same by both."""
    root = parse(document.encode())
    assert by_us(root) == by_xslt(root)
    return {name for name, _, _ in broken(root)}


# the file itself


def test_identifiers_and_messages_are_unique_and_said_in_plain_words() -> None:
    rules = [*parse(package_data("edition.sch")).iter("{http://purl.oclc.org/dsdl/schematron}assert")]
    assert len({rule.get("id") for rule in rules}) == len(rules) == len(messages())
    assert len(set(messages().values())) == len(rules)
    for rule in rules:
        said = " ".join("".join(rule.itertext()).split())
        assert said.endswith(".") and len(said) < 140 and not re.search(r"\b(error|invalid|must)\b", said)


def test_it_is_xslt_1_without_extensions() -> None:
    text = package_data("edition.sch").decode()
    assert 'queryBinding="xslt"' in text
    assert not re.search(r"tokenize|matches\(|exslt|\bfor \$|\bif \(", text)


def test_every_attribute_that_points_is_looked_at() -> None:
    """Those of the grammar whose type is a pointer; not from and to of `app`, names of namespaces, nor prefixes."""
    grammar = Grammar(CLOSED)
    found: set[str] = set()

    def look(p: Pattern) -> None:
        if p.kind == "attribute" and any(q.names[:1] in (("pointer",), ("pointers",)) for q in p.parts):
            found.update(p.names)
        for q in p.parts:
            look(q)

    for parts in grammar.defines.values():
        for p in parts:
            look(p)
    assert found - {"from", "to", "name", "property"} <= POINTERS
    sch = package_data("edition.sch").decode()
    assert {name for name in POINTERS if f"@{name}, ' '" in sch or f"@{name})), ' ')" in sch} == POINTERS


# what it finds


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: path.stem)
def test_nothing_in_our_editions(path: Path) -> None:
    root = parse(path.read_bytes())
    assert (by_us(root), by_xslt(root)) == ([], [])


def test_nothing_in_the_sample() -> None:
    assert names(SAMPLE) == set()


BROKEN = {
    "id.once": ('xml:id="p2"', 'xml:id="p1"'),
    "pointer.resolves": ('target="#r #x1"', 'target="#r #x11"'),
    "ref.person": ('<persName ref="#a">', '<persName ref="#b">'),
    "ref.place": ('<placeName ref="#b">', '<placeName ref="#a">'),
    "ref.org": ('<orgName ref="#c">', '<orgName ref="#d">'),
    "ref.event": ('<eventName ref="#d">', '<eventName ref="#c">'),
    "ref.object": ('<objectName ref="#o">', '<objectName ref="#g">'),
    "words.outermost": ("<corr>b</corr>", '<corr change="#ed.words">b</corr>'),
    "choice.sides": ("<choice><sic>a</sic>", "<choice>"),
    "choice.words": ('<corr change="#ed.words">c</corr>', "<corr>c</corr>"),
    "next.mutual": ('xml:id="q1.1" prev="#q1"', 'xml:id="q1.1"'),
    "prev.mutual": ('prev="#q1" next="#q1.2"', 'prev="#q1"'),
    "next.order": ('next="#q1.2"', 'next="#q1"'),
    "note.where": ('<note place="end">', "<note>"),
    "period.order": ('to="1937-07-17"', 'to="1937-06-30"'),
    "span.order": ('notBefore="-0044"', 'notBefore="-0042"'),
    "date.when": ('<date when="1937"', '<date when="1937" to="1938"'),
    "date.from": ('notBefore="1937" notAfter="1938"', 'notBefore="1937" from="1938"'),
    "date.to": ('notBefore="1937" notAfter="1938"', 'to="1937" notAfter="1938"'),
    "calendar.words": ('when="1937-07-04">d<', 'when="1937-07-04"><'),
    "subtype.type": ('type="x" subtype="y"', 'subtype="y"'),
    "block.block": ("<item><p>z</p></item>", "<item><ab><p>z</p></ab></item>"),
    "block.line": ("<l>b</l>", "<l><quote><p>b</p></quote></l>"),
    "division.inside": (
        "<floatingText><body><div><p>f</p></div></body></floatingText>",
        "<div><p>f</p></div>",
    ),
    "line.line": ("<l>b</l>", "<l><quote><l>b</l></quote></l>"),
}


def test_every_assert_is_tried() -> None:
    assert set(BROKEN) == set(messages())


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(name: str) -> None:
    old, new = BROKEN[name]
    assert SAMPLE.count(old) >= 1
    assert name in names(SAMPLE.replace(old, new, 1))


PERIODS = (
    ("1937", "1937", True),
    ("1937-07-17", "1937", True),
    ("1937-07", "1937-07-01", True),
    ("1937-08", "1937-07-31", False),
    ("1938", "1937-12-31", False),
    ("-0044-03-15", "-0044-03", True),
    ("-0044-04", "-0044-03-15", False),
    ("-0043", "-0044", False),
    ("-0044", "0014", True),
    ("0014", "-0044", False),
    ("12:30:00", "11:30:00", True),  # not compared
    ("1937-07-17T12:30:00", "1936", True),
    ("--07-17", "--07-16", True),
    ("12000", "1937", True),
)


@pytest.mark.parametrize(("first", "last", "fine"), PERIODS)
def test_periods(first: str, last: str, fine: bool) -> None:
    for one, other, name in (("from", "to", "period.order"), ("notBefore", "notAfter", "span.order")):
        document = edition(f'<p><date {one}="{first}" {other}="{last}">d</date></p>')
        assert names(document) == (set() if fine else {name})


def test_long_lists_of_pointers() -> None:
    people = "".join(f'<person xml:id="person{k}"/>' for k in range(60))
    every = " ".join(f"#person{k}" for k in range(60))
    lists = f"<standOff><listPerson>{people}</listPerson></standOff>"
    text = "<p>a</p>" * 400
    assert names(edition(f'{text}<p><rs ref="{every}">all</rs></p>', lists=lists)) == set()
    broken = edition(f'{text}<p><rs ref="{every} #person60">all</rs></p>', lists=lists)
    assert names(broken) == {"pointer.resolves"}


def test_faults_are_told_by_the_number_of_the_element() -> None:
    root = parse(edition('<p>a</p><p xml:id="p"><persName ref="#x">b</persName></p>').encode())
    (fault,) = schematron_faults(root)
    assert (fault.number, fault.near) == (4, "p")  # text, body, p, p, persName
    assert fault.message.endswith("leads to an element of the file: #x does not")


# both the same, whatever is done to a file


def _elements(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter(etree.Element) if e.getparent() is not None]


def lose_attribute(root: etree._Element, random: Random) -> None:
    e = random.choice([e for e in _elements(root) if e.attrib])
    del e.attrib[random.choice(e.keys())]


def swap_values(root: etree._Element, random: Random) -> None:
    one, other = random.sample([e for e in _elements(root) if e.attrib], 2)
    a, b = random.choice(one.keys()), random.choice(other.keys())
    one.attrib[a], other.attrib[b] = other.attrib[b], one.attrib[a]


def rename(root: etree._Element, random: Random) -> None:
    one, other = random.sample(_elements(root), 2)
    one.tag = other.tag


def repeat(root: etree._Element, random: Random) -> None:
    one, other = random.sample(_elements(root), 2)
    other.append(copy.deepcopy(one))


def remove(root: etree._Element, random: Random) -> None:
    e = random.choice(_elements(root))
    parent = e.getparent()
    assert parent is not None
    parent.remove(e)


def give(root: etree._Element, random: Random) -> None:
    name = random.choice(("next", "prev", "change", "ref", "subtype", "notAfter", "to", "when", "calendar"))
    value = random.choice(("#ed.words", "#a", "#q1", "#nowhere", "1937", "1936-05", "a#b", ""))
    random.choice(_elements(root)).set(name, value)


MUTATIONS: tuple[Callable[[etree._Element, Random], None], ...] = (
    lose_attribute,
    swap_values,
    rename,
    repeat,
    remove,
    give,
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_both_find_the_same_in_mutated_samples(mutation: Callable[[etree._Element, Random], None]) -> None:
    random = Random(1937)
    seen: set[str] = set()
    for _ in range(40):
        root = parse(SAMPLE.encode())
        for _ in range(random.randint(1, 3)):
            mutation(root, random)
        mine = by_us(root)
        assert mine == by_xslt(root), etree.tostring(root, encoding="unicode")
        seen |= {name for name, _ in mine}
    assert seen, "no mutation broke anything"


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: path.stem)
def test_both_find_the_same_in_mutated_editions(path: Path) -> None:
    random = Random(1937)
    whole = parse(path.read_bytes())
    for _ in range(6):
        root = copy.deepcopy(whole)
        for _ in range(12):
            random.choice(MUTATIONS)(root, random)
        assert by_us(root) == by_xslt(root)
