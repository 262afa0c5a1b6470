"""Registers → standOff: exactly the entries pointed at and what they point at, as TEI takes them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from lxml import etree

from edition.encode.header import standoff as lists_of
from edition.encode.header.standoff import closure
from edition.exports.readers.labels import LABELS
from edition.model.annotation import Registers
from edition.model.authority_ids import AUTHORITIES, identify
from edition.model.diagnostics import Diagnostic
from edition.model.vocabulary import KINDS, LISTED, REGISTERS
from edition.model.xml import render
from sample import REGISTER, registers
from tei_schema import CLOSED, TEI_ALL, edition, faults

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def standoff(
    pointed: Iterable[str], entries: Registers, language: str = "en"
) -> tuple[str, list[Diagnostic]]:
    """The lists as they are written."""
    lists, found = lists_of.standoff(pointed, entries, language)
    return render(lists) if lists else "", found


def tree(*pointed: str, language: str = "en") -> etree._Element:
    lists, found = standoff(pointed, registers(), language)
    assert not found
    return etree.fromstring(edition(lists=lists).encode())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("schema", [TEI_ALL, CLOSED])
def test_every_field_is_valid_tei(language: str, schema: object) -> None:
    every = registers()
    lists, found = standoff(every.entries, every, language)
    assert not found
    assert faults(edition("<p>x</p>", lists=lists).replace("<p/>", "<p>x</p>"), schema) == []  # type: ignore[arg-type]


def test_entries_pointed_at_and_what_these_point_at() -> None:
    assert closure(["trial"], registers()) == (
        "cc", "france", "lenin", "paris", "trial"
    )  # fmt: skip
    assert closure(["reiss"], registers()) == ("cc", "lenin", "memoir", "pidvolochysk", "reiss")
    assert closure(["EH", "nobody", "ed"], registers()) == ()
    assert standoff(["EH", "nobody"], registers()) == ("", [])


def test_lists_stand_in_order_and_entries_by_key() -> None:
    every = registers()
    document = tree(*every.entries)
    lists = [(etree.QName(e).localname, e.get("type")) for e in document.iterfind("t:standOff/*", NS)]
    assert lists == [
        ("listPerson", "people"), ("listPlace", "places"), ("listOrg", "orgs"), ("listEvent", "events"),
        ("listObject", "objects"), ("listBibl", "works"),
        ("listBibl", "bibliography"), ("listRelation", None),
    ]  # fmt: skip
    ids = [[e.get(ID) for e in part] for part in document.iterfind("t:standOff/*", NS)][:-1]
    assert ids == [sorted(filter(None, part)) for part in ids]
    assert {key for part in ids for key in part} == {
        e.key for e in every.entries.values() if e.register in LISTED
    }


def test_order_of_pointing_changes_nothing() -> None:
    every = registers()
    keys = list(every.entries)
    assert standoff(keys, every) == standoff(reversed(keys), every) == standoff([*keys, *keys], every)


PERSON = """
    <person xml:id="reiss" cert="high" source="#memoir https://example.org/a?b=1&amp;c=2">
      <persName type="main">Ignace Reiss</persName>
      <persName xml:lang="de">Ignaz Reiss</persName>
      <persName xml:lang="ru">Игнатий Рейсс</persName>
      <persName type="variant">Ludwig</persName>
      <persName type="variant">Ludwik</persName>
      <birth when="1899" cert="medium" source="#memoir"><date when="1899" precision="low">about 1899</date>, \
<placeName ref="#pidvolochysk">Pidvolochysk</placeName><note type="comment">Or 1898.</note></birth>
      <death when="1937-09-04">4 September 1937</death>
      <occupation>officer</occupation>
      <idno type="GND">https://d-nb.info/gnd/118642499</idno>
      <idno type="VIAF">http://viaf.org/viaf/101705481</idno>
      <idno type="Wikidata">https://www.wikidata.org/entity/Q855</idno>
      <idno type="ISNI">https://isni.org/isni/000000012281955X</idno>
      <ptr target="https://example.org/reiss"/>
      <note type="about">Wrote <orgName ref="#cc">to the committee</orgName>.</note>
      <note type="comment">See the memoir.</note>
    </person>
"""


def test_a_person() -> None:
    assert PERSON.strip("\n") in standoff(["reiss"], registers())[0]


def test_what_belongs_together_is_said_once() -> None:
    relations = tree("sixteen", "trial").iterfind(".//t:relation", NS)
    assert [(r.get("name"), r.get("active"), r.get("passive")) for r in relations] == [
        ("member", "#lenin #reiss", "#sixteen"),
        ("participant", "#lenin #cc", "#trial"),
        ("within", "#paris", "#france"),
    ]


def test_words_follow_the_language() -> None:
    german = tree("reiss", "trial", language="de")
    assert [e.text for e in german.iterfind(".//t:death", NS)] == ["4. September 1937"]
    assert [e.text for e in german.iterfind(".//t:note[@type='date']/t:date", NS)] == ["um August 1936"]


GALLIFFET = """
    <person xml:id="galliffet">
      <persName type="main"><forename>Gaston</forename> <nameLink>de</nameLink> <surname>Galliffet</surname></persName>
      <persName xml:lang="de"><roleName>General</roleName> <surname>Galliffet</surname>, <forename>Gaston</forename> \
<nameLink>de</nameLink></persName>
      <persName xml:lang="ru-Latn">Gaston de Galife</persName>
      <persName xml:lang="ru-Latn" from="1850" to="1909" cert="low" source="#memoir">Markiz Galife</persName>
      <persName xml:lang="zh-Hant">加斯東</persName>
      <persName type="variant">Butcher</persName>
      <persName type="variant" from="1850">Marquis</persName>
      <persName type="form" xml:lang="de">Galliffets</persName>
      <persName type="form" xml:lang="ru">Галифе</persName>
      <birth when="1830-01-23">23 January 1830 (1830-01-11, Julian calendar)</birth>
      <occupation>general</occupation>
      <note type="about">Known from <eventName ref="#trial">the trial</eventName>.</note>
      <note type="comment" xml:lang="fr">Né à Paris.</note>
    </person>
"""


def test_names_and_their_parts() -> None:
    assert GALLIFFET.strip("\n") in standoff(["galliffet"], registers())[0]


def test_each_text_in_the_language_of_the_document_if_there_is_one() -> None:
    found = []
    for language in ("de-AT", "fr", "ru", "und"):
        document = tree("galliffet", "brief", "chapter", language=language)
        person = document.find(".//t:person[@xml:id='galliffet']", {**NS, "xml": ID[1:-3]})
        assert person is not None
        parts = [person.find(path, NS) for path in ("t:persName", "t:occupation", "t:note[@type='about']")]
        titles = [e.get(LANG, "–") for e in document.iterfind(".//t:listBibl//t:title", NS)]
        lists = document.find("t:standOff", NS)
        found.append(
            (lists.get(LANG, "–"), [e.get(LANG, "–") for e in parts], titles)  # type: ignore[union-attr]
        )
    assert found == [
        ("–", ["–", "–", "–"], ["en", "–", "fr", "en", "en", "en"]),
        ("en", ["–", "–", "–"], ["–", "–", "fr", "fr", "–", "–"]),
        ("en", ["ru-Latn", "–", "–"], ["–", "–", "fr", "–", "–", "–"]),
        ("en", ["–", "–", "–"], ["–", "–", "fr", "–", "–", "–"]),
    ]


def test_a_place_and_the_names_it_had() -> None:
    lists, _ = standoff(["petrograd", "nowhere"], registers())
    for line in (
        '<placeName xml:lang="ru" to="1914">Петербург</placeName>',
        '<placeName xml:lang="ru" from="1914" to="1924-01-26">Петроград</placeName>',
        '<country ref="#france">France</country>',
        "<geo>59.93 30.31</geo>",
        "<country>Utopia</country>",
    ):
        assert line in lists


def test_relations() -> None:
    """Both sides of a symmetric one are one relation; whom it names is in the lists too."""
    document = tree("galliffet", "cavaignac", "bolsheviks")
    relations = [dict(e.attrib) for e in document.iterfind(".//t:relation", NS)]
    parent = {"name": "parent", "active": "#galliffet", "from": "1871", "cert": "low", "source": "#memoir"}
    for relation in (
        {"name": "opponent", "mutual": "#cavaignac #galliffet"},
        {**parent, "passive": "#lenin"},
        {**parent, "passive": "#reiss"},
        {"name": "predecessor", "active": "#party", "passive": "#bolsheviks"},
        {"name": "predecessor", "active": "#bolsheviks", "passive": "#cc"},
        {"name": "member", "active": "#lenin #cc #sixteen", "passive": "#bolsheviks"},
    ):
        assert relations.count(relation) == 1
    assert [e.text for e in document.iterfind(".//t:relation/t:desc", NS)] == ["Invented.", "Invented."]
    assert "reiss" in closure(["galliffet"], registers()) and "party" in closure(["bolsheviks"], registers())
    assert "galliffet" in closure(["cavaignac"], registers())


def test_works_and_events() -> None:
    lists, _ = standoff(["article", "chapter", "october"], registers(), "de")
    assert '<bibl type="host" corresp="#izvestia">' in lists
    assert '<date when="1918" type="published">1918</date>' in lists
    assert "<title>Ein Buch</title>" in lists
    assert '<event xml:id="october" when="1917-11-07">' in lists
    assert '<date when="1917-11-07">7. November 1917 (1917-10-25, julianischer Kalender)</date>' in lists


FAULTS = {
    "died: 1937-09-04": ("died: 1937-13-04", "E501 1937-13-04"),
    "died: 1937-09-04 ": ("died: 1937-21", "E502 1937-21"),
    "wikidata: https://www.wikidata.org/wiki/Q855": ("wikidata: 855", "E122 855"),
    "gnd: 118642499": ("gnd: 118642498", "E122 118642498"),
    "source: [memoir, ": ("source: [memoire, ", "E401 memoire"),
    "place: pidvolochysk,": ("place: cc,", "E404 cc"),
    'links: ["https://example.org/reiss"]': ('links: ["www.example.org"]', 'E122 "www.example.org"'),
    "comment: See the memoir.": ("comment: See <b>it</b>.", "E503 See <b>it</b>."),
    "[to the committee](org:cc)": ("[to the committee](org:ccc)",
    "E401 Wrote [to the committee](org:ccc)."),
}  # fmt: skip


@pytest.mark.parametrize("right", FAULTS)
def test_faults_are_told_at_their_place(right: str) -> None:
    wrong, expected = FAULTS[right]
    assert right.strip() in REGISTER
    _, found = standoff(["reiss"], registers(REGISTER.replace(right.strip(), wrong, 1)))
    told = dict.fromkeys(f"{d.rule.code} {d.labels[0].span.text}" for d in found)
    assert list(told) == [expected]


MORE_FAULTS = {
    "surname: Galliffet\n": ("surname: Gallifet\n", "E122 Gallifet"),
    "from: 1850~, to: 1909": ("from: 1910, to: 1909", "E501 1910, to: 1909"),
    "calendar: julian}\n    occ": ("calendar: hebrew, place: x}\n    occ", "E401 x"),
    "date: 1830-01-11, cal": ("date: 1830-02-30, cal", "E501 1830-02-30"),
    "to: [reiss, lenin]": ("to: [reiss, EH]", "E404 EH"),
    "date: 1871/..,": ("date: 1871-13,", "E501 1871-13"),
    "comment: {fr: Né à Paris.}": ("comment: {fr: Né <b>à</b> Paris.}", "E503 Né <b>à</b> Paris."),
}  # fmt: skip


@pytest.mark.parametrize("right", MORE_FAULTS)
def test_faults_of_names_and_relations(right: str) -> None:
    wrong, expected = MORE_FAULTS[right]
    assert right in REGISTER
    _, found = standoff(["galliffet"], registers(REGISTER.replace(right, wrong, 1)))
    told = dict.fromkeys(f"{d.rule.code} {d.labels[0].span.text}" for d in found)
    assert list(told) == [expected]


WRONG_IDENTIFIERS = {
    "gnd": ("11864249A", "118642498"), "isni": ("0000 0001 2281 955", "0000 0001 2281 9551"),
    "orcid": ("0000000218250097", "0000-0002-1825-0098"), "viaf": ("Q101705481",), "wikidata": ("855",),
    "geonames": ("Paris",),
}  # fmt: skip


@pytest.mark.parametrize("field", AUTHORITIES)
def test_wrong_identifiers_are_told_at_their_value(field: str) -> None:
    for value in WRONG_IDENTIFIERS[field]:
        text = REGISTER.replace("{name: Nobody}", f"{{name: Nobody, {field}: {value}}}")
        _, found = standoff(["unmentioned"], registers(text))
        assert [(d.rule.code, d.labels[0].span.text) for d in found] == [("E122", value)]
        assert AUTHORITIES[field].example in found[0].help
        assert AUTHORITIES[field].name in found[0].message
        assert ("check digit" in found[0].message) == (value != WRONG_IDENTIFIERS[field][0])


IDENTIFIERS = {
    ("gnd", "118540238"): "https://d-nb.info/gnd/118540238",
    ("gnd", "https://d-nb.info/gnd/4066009-6"): "https://d-nb.info/gnd/4066009-6",
    ("gnd", "4065105-8"): "https://d-nb.info/gnd/4065105-8",
    ("gnd", "118540239"): "",
    ("gnd", "4066009-7"): "",
    ("orcid", "0000-0002-1825-0097"): "https://orcid.org/0000-0002-1825-0097",
    ("orcid", "0000-0002-1825-0098"): "",
    ("orcid", "0000000218250097"): "",
    ("isni", "0000-0001-2281-955X"): "https://isni.org/isni/000000012281955X",
    ("isni", "0000 0001 2145 0271"): "",
    ("geonames", "https://www.geonames.org/2988507/"): "https://sws.geonames.org/2988507/",
    ("geonames", "Paris"): "",
    ("viaf", "101705481"): "http://viaf.org/viaf/101705481",
    ("wikidata", "q855"): "",
}


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_identifiers(identifier: tuple[str, str]) -> None:
    uri, problem = identify(*identifier)
    assert uri == IDENTIFIERS[identifier]
    assert bool(problem) == (not uri)


def test_every_register_has_its_place() -> None:
    assert {name for name, row in REGISTERS.items() if row.list} == {*LISTED}
    assert all(
        row.kind in {*KINDS, "voice", "witness"} and {*row.labels} == {*LABELS} for row in REGISTERS.values()
    )
