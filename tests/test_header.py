"""What is known of a text → teiHeader: valid, complete, in two languages, and each fault at its place."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from edition.dates.calendars import CALENDARS
from edition.encode.header.header import HeaderFacts, header
from edition.encode.header.sentences import SENTENCES
from edition.encode.header.standoff import standoff
from edition.model.edition import NOTHING
from edition.model.languages import LANGUAGES
from edition.model.source import Source
from edition.model.xml import render
from edition.read.prose import as_element, words
from sample import HEADER, REGISTER, SETTINGS, mapping, registers, seed
from tei_schema import CLOSED, TEI_ALL, edition, faults

NS = {"t": "http://www.tei-c.org/ns/1.0", "xml": "http://www.w3.org/XML/1998/namespace"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


def facts(top: str = HEADER, settings: str = SETTINGS, **more: Any) -> HeaderFacts:
    source, shared = Source("annotations/letter.yaml", top), Source("annotations/edition.yaml", settings)
    meta = mapping(source).items["header"]
    given = HeaderFacts(
        "letter", seed(), meta, source, mapping(shared), shared, registers(),  # type: ignore[arg-type]
        voices=("EH", "NK", "bare", "unknown"), whole_notes=(((("resp", "#ed"),), as_element(words("On *all*."))),),
        has_divisions=True, units=("p", "head"),
    )  # fmt: skip
    return given._replace(**more)


def document(given: HeaderFacts, body: str = "<p>x</p>") -> str:
    top, found, keys = header(given)
    assert not found
    lists, found = standoff(keys, given.registers)
    assert not found
    return edition(body, render(top), render(lists) if lists else "")


GERMAN = HEADER.replace("language: en", "language: de")
BARE = "header: {}"


@pytest.mark.parametrize(
    "top", [HEADER, GERMAN, BARE, HEADER.replace("machine", "lenin").replace("ru,", "unknown,")]
)
@pytest.mark.parametrize("schema", [TEI_ALL, CLOSED])
def test_headers_are_valid_tei(top: str, schema: Any) -> None:
    assert faults(document(facts(top)), schema) == []


@pytest.mark.parametrize("schema", [TEI_ALL, CLOSED])
def test_a_text_of_which_nothing_is_known(schema: Any) -> None:
    bare = facts()._replace(
        meta=NOTHING, settings=NOTHING, voices=(), whole_notes=(), has_divisions=False, units=()
    )
    text = document(bare)
    assert faults(text, schema) == []
    assert "letter" in text and "Not published" in text


def texts(tree: etree._Element, path: str) -> list[str]:
    return ["".join(e.itertext()) for e in tree.iterfind(path, NS)]


def test_it_says_all_that_is_known() -> None:
    tree = etree.fromstring(document(facts()).encode())
    assert texts(tree, ".//t:titleStmt/t:title") == ["A letter <1937>", "Draft"]
    assert texts(tree, ".//t:titleStmt/t:author[@ref='#reiss']") == ["Ignace Reiss"]
    assert texts(tree, ".//t:titleStmt/t:editor") == ["The editors"]
    assert texts(tree, ".//t:respStmt/t:resp") == [
        "project lead", "glossator, not identified", "speaks in the source text, identified as",
        "speaks in the source text, not identified", "speaks in the source text; who it is is not known",
    ]  # fmt: skip
    assert texts(tree, ".//t:idno[@type='SHA-256']") == [seed().sha256]
    assert texts(tree, ".//t:title[@type='file']") == ["letter.txt"]
    assert texts(tree, ".//t:notesStmt/t:note") == [
        "On all.", "A machine translation from Russian. The wording follows a Russian text."
    ]  # fmt: skip
    assert texts(tree, ".//t:correspAction[@type='received']/*") == [
        "Central Committee", "Somebody", "between 17 July 1937 and August 1937"
    ]  # fmt: skip
    assert texts(tree, ".//t:langUsage/t:language") == ["English", "Russian (of the original)"]
    assert texts(tree, ".//t:revisionDesc/t:change") == ["First version.", "Second."]
    assert [c.get("who") for c in tree.iterfind(".//t:revisionDesc/t:change", NS)] == ["#jd", None]


def test_every_pointer_leads_somewhere() -> None:
    tree = etree.fromstring(document(facts()).encode())
    ids = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in tree.iter()}
    for e in tree.iter():
        for name in ("ref", "corresp", "target", "source", "who", "active", "passive", "where"):
            assert all(v[1:] in ids for v in e.get(name, "").split() if v.startswith("#")), (e.tag, e.attrib)


def test_german() -> None:
    tree = etree.fromstring(document(facts(GERMAN)).encode())
    assert tree.find("t:teiHeader", NS).get("{http://www.w3.org/XML/1998/namespace}lang") == "de"  # type: ignore[union-attr]
    assert texts(tree, ".//t:creation/t:date") == ["um 17. Juli 1937"]
    assert texts(tree, ".//t:author")[:1] == ["Ignaz Reiss"]
    assert texts(tree, ".//t:langUsage/t:language") == ["Deutsch", "Russisch (Sprache des Originals)"]


def test_settings_in_german() -> None:
    tree = etree.fromstring(document(facts(GERMAN)).encode())
    assert texts(tree, ".//t:seriesStmt/t:title") == ["Briefe & Aufsätze"]
    assert texts(tree, ".//t:publicationStmt/t:publisher") == ["Das Projekt"]
    assert texts(tree, ".//t:respStmt/t:resp")[0] == "Leitung"
    spoken = {
        "".join(e.itertext()): e.get("{http://www.w3.org/XML/1998/namespace}lang")
        for e in tree.iterfind(".//t:fileDesc//*", NS)
    }
    assert spoken["Jane Doe"] == spoken["CC BY 4.0"] == spoken["glossator, not identified"] == "en"
    assert spoken["Briefe & Aufsätze"] is None


@pytest.mark.parametrize(
    ("original", "sentence"),
    [
        ("en", "aus dem Englischen."), ("de", "aus dem Deutschen."), ("la", "aus dem Lateinischen."),
        ("en-GB", "aus dem Englischen."), ("ru-Latn", "aus dem Russischen."), ("und", "ist unbekannt."),
        ("tlh", "aus einer Sprache mit dem Kürzel „tlh“."), ("unknown", "ist unbekannt."),
    ],
)  # fmt: skip
def test_german_inflects(original: str, sentence: str) -> None:
    tree = etree.fromstring(document(facts(GERMAN.replace("from: ru", f"from: {original}"))).encode())
    said = texts(tree, ".//t:note[@type='translation']")[0]
    assert said.removesuffix(" The wording follows a Russian text.").endswith(sentence)


DECLARED = frozenset(("A", "B", "C", "irony", "metaphor"))


@pytest.mark.parametrize("schema", [TEI_ALL, CLOSED])
@pytest.mark.parametrize("top", [HEADER, GERMAN])
def test_what_is_pointed_at_is_declared(top: str, schema: Any) -> None:
    text = document(facts(top, pointed=DECLARED, calendars=tuple(CALENDARS.values())))
    assert faults(text, schema) == []
    tree = etree.fromstring(text.encode())
    ids = [
        e.get(ID) for path in ("witness", "category", "calendar") for e in tree.iterfind(f".//t:{path}", NS)
    ]
    assert ids == ["A", "B", "C", "figures", "irony", "metaphor", *sorted(CALENDARS)]
    assert [e.getparent().get(ID) for e in tree.iterfind(".//t:category", NS)] == [  # type: ignore[union-attr]
        "taxonomy", "figures", "figures"
    ]  # fmt: skip
    german = top == GERMAN
    assert texts(tree, ".//t:witness//t:title") == [
        "Erstdruck" if german else "First print",
        "Copy",
        "Lost copy",
    ]
    said = "Ironie: Gesagt, nicht gemeint." if german else "Irony: Said & not meant."
    assert texts(tree, ".//t:category[@xml:id='irony']/t:catDesc") == [said]
    assert texts(tree, ".//t:witness/t:abbr") == ["A¹"]
    assert texts(tree, ".//t:calendar/t:p")[-2].startswith("Julianischer" if german else "Julian calendar.")


def test_nothing_is_declared_that_is_not_pointed_at() -> None:
    tree = etree.fromstring(document(facts(pointed=frozenset(("reiss",)))).encode())
    assert not [
        e for name in ("listWit", "classDecl", "calendarDesc") for e in tree.iterfind(f".//t:{name}", NS)
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("figures: {name: Figures,", "figures: {name: Figures, within: irony,", "E122 irony"),
        ("figures: {name: Figures,", "figures: {name: Figures, within: figures,", "E122 figures"),
        ("within: figures, source", "within: figurs, source", "E401 figurs"),
        ("within: figures, source", "within: lenin, source", "E404 lenin"),
        ("about: Of speech.", 'about: "Of\\n\\nspeech."', 'E503 "Of\\n\\nspeech."'),
        ("lenin: {name: Lenin", "julian: {name: Julian}\n  lenin: {name: Lenin", "E402 julian"),
        ("lenin: {name: Lenin", "taxonomy: {name: T}\n  lenin: {name: Lenin", "E402 taxonomy"),
        ("date: 1937-12, source: print", "date: 1937-13, source: print", "E501 1937-13"),
    ],
)
def test_faults_of_what_is_declared(right: str, wrong: str, expected: str) -> None:
    assert right in REGISTER
    given = facts(
        pointed=DECLARED,
        calendars=(CALENDARS["julian"],),
        registers=registers(REGISTER.replace(right, wrong)),
    )
    _, found, _ = header(given)
    assert [f"{d.rule.code} {d.labels[0].span.text}" for d in found] == [expected]


def test_both_languages_say_the_same_things() -> None:
    assert SENTENCES["en"].keys() == SENTENCES["de"].keys()
    assert LANGUAGES["en"].keys() == LANGUAGES["de"].keys()


BODY = (
    '<head n="1">A</head><div n="1">'
    '<p n="2">b<note change="#x #ed.words"><p>no</p></note> c<gap/></p>\n</div>'
)  # fmt: skip


def test_the_rule_in_the_header_gives_the_seed() -> None:
    tree = etree.fromstring(document(facts(), BODY).encode())
    rule = texts(tree, ".//t:interpretation/t:p/t:code")[0]
    found = tree.xpath(rule, namespaces={"tei": NS["t"]})
    assert "".join(found) == "Ab c\n"


def test_citable_units_are_those_of_the_text() -> None:
    tree = etree.fromstring(document(facts(), BODY).encode())
    found = {}
    for part in tree.iterfind(".//t:refsDecl", NS):
        match = str(part[0].get("match")).replace("self::", "self::t:").replace("::div", "::t:div")
        match = match.replace("/TEI/text/", "/t:TEI/t:text/")
        found[part.get("n")] = [e.get("n") for e in tree.xpath(match, namespaces=NS)]
        assert str(part[0].get("unit")).isidentifier()
    assert found == {"blocks": ["1", "2"], "divisions": ["1"]}


def test_what_the_editor_numbers_is_a_tree_of_its_own() -> None:
    tree = etree.fromstring(document(facts(units=("head", "l", "p"), numbered=("l",)), BODY).encode())
    found = {
        part.get("n"): (part.get("default"), part[0].get("unit"), part[0].get("match"))
        for part in tree.iterfind(".//t:refsDecl", NS)
    }
    assert found == {
        "l": ("true", "line", "/TEI/text/descendant::*[self::l][@n]"),
        "blocks": (None, "block", "/TEI/text/descendant::*[self::head or self::p][@n]"),
        "divisions": (None, "division", "/TEI/text/descendant::div[@n]"),
    }


FAULTS = {
    "date: 1937-07-17~": ("date: 1937-7-17", "E501 1937-7-17"),
    "sent: 1937-07-17": ("sent: 1937-21", "E502 1937-21"),
    "author: reiss": ("author: reis", "E401 reis"),
    "printed: [print,": ("printed: [cc,", "E404 cc"),
    "by: jd": ("by: dj", "E401 dj"),
    "(person:lenin)": ("(person:lenni)", 'E401 "From a *web'),
    "He **breaks** with": ("He <b>breaks</b> with", "E503 He <b>breaks"),
    "place: {place: paris,": ("place: {place: pari,", "E401 pari"),
}


@pytest.mark.parametrize("right", FAULTS)
def test_faults_are_told_at_their_place(right: str) -> None:
    wrong, expected = FAULTS[right]
    assert right in HEADER
    _, found, _ = header(facts(HEADER.replace(right, wrong, 1)))
    told = dict.fromkeys(f"{d.rule.code} {d.labels[0].span.text}"[: len(expected)] for d in found)
    assert list(told) == [expected]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("jd:|seed:", "E402 seed"),
        ("jd:|lenin:", "E402 lenin"),
        ("by: ed|by: de", "E401 de"),
        ("2026-11|2026-13", "E501 2026-13"),
    ],
)
def test_faults_of_the_settings(wrong: str, expected: str) -> None:
    old, new = wrong.split("|")
    _, found, _ = header(facts(HEADER.replace("by: jd, ", ""), SETTINGS.replace(old, new)))
    assert [f"{d.rule.code} {d.labels[0].span.text}" for d in found] == [expected]


def test_it_depends_on_nothing_else() -> None:
    assert header(facts())[0] == header(facts())[0]
    assert header(facts(units=("head", "p")))[0] == header(facts())[0]
