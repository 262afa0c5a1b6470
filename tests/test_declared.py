"""A small project, from its files: dates of other calendars and of reigns, categories and hands as the edition has them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from lxml import etree

import edition
from edition.app.commands import Outcome
from tei_schema import CLOSED, TEI_ALL, faults

XML = "http://www.w3.org/XML/1998/namespace"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
FILES = {
    "seeds/letter.txt": "On 25 October 1917 the winter palace, in the year VIII the council fell.\n",
    "annotations/edition.yaml": """
        edition: 1
        defaults: {language: en}
    """,
    "annotations/registers/all.yaml": """
        edition: 1
        taxonomy:
          war: {name: War, names: {de: Krieg}, within: history}
          history: {name: History}
    """,
    "annotations/letter.yaml": """
        edition: 1
        header: {language: de}
        annotations:
          - date: 1917-10-25
            calendar: julian
            quote: 25 October 1917
          - date: 0008
            calendar: french-republican
            quote: the year VIII
          - interpretation: war
            quote: the winter palace
    """,
}


HANDS = {
    "seeds/deed.txt": "The tenth year of Edward. Sold and bought. Seen by me on 8 February 1586.\n",
    "annotations/edition.yaml": """
        edition: 1
        defaults: {language: en}
    """,
    "annotations/registers/all.yaml": """
        edition: 1
        people:
          edward_iii: {name: {en: Edward III, de: Eduard III.}, accession: {date: 1327-01-25, calendar: julian}}
          victoria: {name: Victoria, accession: 1837-06-20}
          clerk: {name: A clerk}
        hands:
          h1: {name: {en: First hand, de: Erste Hand}, scribe: clerk, script: [anglicana, secretary], scope: major}
          h2: {name: Another, scribe: John of Lynn, medium: black}
          h3: {name: A third, scribe: Hoccleve}
          h4: {name: Not used}
    """,
    "annotations/deed.yaml": """
        edition: 1
        header:
          date: {date: 1586-02-08, calendar: julian, style: lady-day}
        annotations:
          - date: 10
            reign: edward_iii
            quote: The tenth year of Edward
          - deletion: strikethrough
            hand: h2
            quote: and bought
          - substitution: lent
            hand: h3
            quote: Sold
          - hand-shift: h1
            before: Seen
          - date: 1586-02-08
            calendar: julian
            style: lady-day
            quote: 8 February 1586
    """,
}


def built(folder: Path, files: dict[str, str] = FILES, /, **changed: str) -> Outcome:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in changed.items():
            text = text.replace(old, new)
        path.write_text(textwrap.dedent(text).removeprefix("\n"), "utf-8")
    return edition.build(folder)


def test_calendars_and_categories(tmp_path: Path) -> None:
    outcome = built(tmp_path)
    assert outcome.ok, outcome.diagnostics
    path = tmp_path / "out" / "letter.xml"
    tree = etree.parse(path)
    dates = [dict(e.attrib) for e in tree.iterfind(".//t:text//t:date", NS)]
    assert dates == [
        {"when": "1917-11-07", "calendar": "#julian", "when-custom": "1917-10-25", "datingMethod": "#julian"},
        {"notBefore": "1799-09-23", "notAfter": "1800-09-22", "calendar": "#french-republican",
         "when-custom": "0008", "datingMethod": "#french-republican"},
    ]  # fmt: skip
    ids = {e.get("{http://www.w3.org/XML/1998/namespace}id") for e in tree.iter()}
    assert {"julian", "french-republican", "taxonomy", "history", "war"} <= ids and "islamic" not in ids
    terms = [e.text for e in tree.iterfind(".//t:catDesc/t:term", NS)]
    assert terms == ["History", "Krieg"]
    assert faults(path.read_text("utf-8").split("?>", 3)[-1], TEI_ALL) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("1917-10-25", "1917-02-29", "E501"),
        ("1917-10-25", "191X", "E502"),
        ("calendar: julian", "calendar: juliann", "E122"),
    ],
)
def test_faults(tmp_path: Path, right: str, wrong: str, rule: str) -> None:
    outcome = built(tmp_path, **{right: wrong})
    told = [(d.rule.code, d.labels[0].span.text) for d in outcome.diagnostics]
    assert told == [(rule, wrong.removeprefix("calendar: "))]


def test_hands_and_reigns(tmp_path: Path) -> None:
    outcome = built(tmp_path, HANDS)
    assert outcome.ok, outcome.diagnostics
    tree = etree.parse(tmp_path / "out" / "deed.xml")
    hands = {e.get(f"{{{XML}}}id"): dict(e.attrib) for e in tree.iterfind(".//t:handNote", NS)}
    for key, features in hands.items():
        assert features.pop(f"{{{XML}}}id") == key
    assert hands == {
        "h1": {"scribeRef": "#clerk", "script": "anglicana secretary", "scope": "major"},
        "h2": {"medium": "black"},
        "h3": {"scribe": "Hoccleve"},
    }
    names = [e.text for e in tree.iterfind(".//t:handNote/t:persName", NS)]
    assert names == ["A clerk", "John of Lynn", "Hoccleve"]
    dates = [dict(e.attrib) for e in tree.iterfind(".//t:text//t:date", NS)]
    assert dates == [
        {"notBefore": "1336-02-02", "notAfter": "1337-02-01", "calendar": "#reign.edward_iii",
         "when-custom": "10", "datingMethod": "#reign.edward_iii"},
        {"when": "1587-02-18", "calendar": "#julian.lady-day", "when-custom": "1586-02-08",
         "datingMethod": "#julian.lady-day"},
    ]  # fmt: skip
    said = tree.findtext(".//t:calendar[@xml:id='reign.edward_iii']/t:p", namespaces={**NS, "xml": XML})
    assert said and said.startswith("Regnal years of Edward III. Counted from 2 February 1327 (1327-01-25, ")
    (creation,) = tree.iterfind(".//t:creation/t:date", NS)
    assert dict(creation.attrib) == {"when": "1587-02-18"}
    assert creation.text == "18 February 1587 (1586-02-08, Julian calendar, year from Lady Day)"
    assert faults((tmp_path / "out" / "deed.xml").read_text("utf-8").split("?>", 3)[-1], TEI_ALL) == []


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("hand: h2", "hand: h5", "E401 h5"),
        ("hand: h2", "hand: clerk", "E404 clerk"),
        ("hand-shift: h1", "hand-shift: clerk", "E404 clerk"),
        ("reign: edward_iii", "reign: edward_iv", "E401 edward_iv"),
        ("reign: edward_iii", "reign: h1", "E404 h1"),
        ("reign: edward_iii", "reign: clerk", "E501 clerk"),
        ("{date: 1327-01-25, calendar: julian}", "1327-01", "E501 edward_iii"),
        ("{date: 1327-01-25, calendar: julian}", "1327-02-29", "E501 edward_iii"),
        ("date: 10\n", "date: 0\n", "E501 0"),
        ("date: 10\n", "date: 10-01\n", "E501 10-01"),
        ("date: 10\n", "date: tenth year of Edward\n", "E501 tenth year of Edward"),
        ("reign: edward_iii", "reign: edward_iii\n            calendar: julian", "E122 calendar"),
        ("calendar: julian\n            style", "style", "E121 style"),
        ("calendar: julian\n            style", "calendar: coptic\n            style", "E122 coptic"),
        ("style: lady-day}", "style: ladyday}", "E122 ladyday"),
        ("date: 1586-02-08, calendar: julian", "date: 1586-03, calendar: julian", "E501 1586-03"),
        ("scope: major", "scope: huge", "E122 huge"),
        ("  h4: {", "  reign.edward_iii: {", "E402 reign.edward_iii"),
        ("quote: Sold", "quote: Sold\n            id: julian.lady-day", "E402 julian.lady-day"),
    ],
)
def test_faults_of_hands_and_reigns(tmp_path: Path, right: str, wrong: str, expected: str) -> None:
    outcome = built(tmp_path, HANDS, **{right: wrong})
    told = [f"{d.rule.code} {d.labels[0].span.text}" for d in outcome.diagnostics if d.is_error]
    assert told == [expected], [d.message for d in outcome.diagnostics]


SIGNS = {
    "seeds/print.txt": "Sold \ue000 bought, \U000f0001\ue000 and \ue001.\n\n\ue001\n",
    "annotations/edition.yaml": """
        edition: 1
        defaults: {language: en}
        characters:
          U+E000: {about: {en: An owl, de: Eine Eule}, name: PRINTERS OWL, standard: 🦉, image: "https://example.org/owl.png"}
          U+E001: A stag.
          U+E005: In no text.
    """,
    "annotations/print.yaml": """
        edition: 1
        header: {language: de}
        annotations:
          - expansion: owls
            quote: "\\uE000"
            occurrence: 1 of 2
          - surplus: ornament
            quote: "\\U000F0001\\uE000"
          - deletion: erasure
            quote: "\\uE001"
            occurrence: 2 of 2
    """,
}


def test_characters_of_ones_own(tmp_path: Path) -> None:
    """The header describes those that the text has; each of them points there, and the text stays as it is."""
    outcome = built(tmp_path, SIGNS)
    told = [(d.rule.code, d.labels[0].span.text) for d in outcome.diagnostics]
    assert outcome.ok and ("W153", "\U000f0001") in told and "\ue000" not in dict(told).values()
    path = tmp_path / "out" / "print.xml"
    tree = etree.parse(path)
    assert [[(etree.QName(e).localname, dict(e.attrib), e.text) for e in char] for char in tree.iterfind(".//t:char", NS)] == [
        [
            ("localProp", {"name": "Name", "value": "PRINTERS OWL"}, None),
            ("mapping", {"type": "PUA"}, "U+E000"),
            ("mapping", {"type": "standard"}, "🦉"),
            ("desc", {}, "Eine Eule"),
            ("graphic", {"url": "https://example.org/owl.png"}, None),
        ],
        [("mapping", {"type": "PUA"}, "U+E001"), ("desc", {f"{{{XML}}}lang": "en"}, "A stag.")],
    ]  # fmt: skip
    assert re.findall('<(\\w+)[^>]*><g ref="#(char.E00.)">(.)</g>', path.read_text("utf-8")) == [
        ("abbr", "char.E000", "\ue000"),
        ("del", "char.E001", "\ue001"),
    ]
    assert [(e.get("ref"), e.text) for e in tree.iterfind(".//t:g", NS)] == [
        ("#char.E000", "\ue000"),
        ("#char.E000", "\ue000"),
        ("#char.E001", "\ue001"),
        ("#char.E001", "\ue001"),
    ]
    (proof,) = edition.prove(tmp_path)
    assert proof.ok and proof.proof.text == SIGNS["seeds/print.txt"]
    for schema in (TEI_ALL, CLOSED):
        assert faults(path.read_text("utf-8").split("?>", 3)[-1], schema) == []


def test_a_text_without_such_characters_describes_none(tmp_path: Path) -> None:
    built(
        tmp_path,
        SIGNS,
        **{"\ue000": "a", "\ue001": "b", "\\uE000": "a", "occurrence: 1 of 2": "occurrence: 1 of 4"},
    )
    assert "charDecl" not in "".join(p.read_text("utf-8") for p in (tmp_path / "out").glob("*.xml"))


@pytest.mark.parametrize("key", ["e000", "U+e000", "U+0041", "U+F900", '"\ue000"'])
def test_only_private_use_characters_are_described(tmp_path: Path, key: str) -> None:
    outcome = built(tmp_path, SIGNS, **{"U+E005": key})
    assert ("E122", key) in [(d.rule.code, d.labels[0].span.text) for d in outcome.diagnostics]


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("A stag.", "{name: STAG}", "E121"),
        ("https://example.org/owl.png", "owl png", "E122"),
        ('quote: "\\uE001"', 'id: char.E000\n            quote: "\\uE001"', "E402"),
    ],
)
def test_faults_of_descriptions(tmp_path: Path, right: str, wrong: str, rule: str) -> None:
    outcome = built(tmp_path, SIGNS, **{right: wrong})
    assert rule in [d.rule.code for d in outcome.diagnostics], outcome.diagnostics
