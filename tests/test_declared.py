"""A small project, from its files: dates of other calendars, categories and witnesses as the edition has them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from lxml import etree

import edition
from edition.commands import Outcome
from tei_schema import TEI_ALL, faults

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


def built(folder: Path, **changed: str) -> Outcome:
    for name, text in FILES.items():
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
