"""Dates against their words: vague ones, names of days, days before the reform of a calendar."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking import told, written
from edition.checks.time_spans import apart, before, dated, disjoint
from edition.encode.header.fields import Fields
from edition.model.nodes import Mapping, Scalar
from edition.model.source import Source


def check(folder: Path, seed: str, claim: str, code: str, header: str = "", registers: str = "") -> list[str]:
    written(folder, seed, f"  - {{{claim}}}\n", registers, header)
    return [f"{d.message} / {d.help}" if not d.is_error else d.rule.code for d in told(folder, code)]


VAGUE = [  # language, words with the annotated ones in ⟨⟩, the date, the vague word or ""
    ("en", "We met about ⟨1790⟩.", "1790", "about"),
    ("en", "We met ⟨about 1790⟩.", "1790", "about"),
    ("en", "We met ⟨in or around the year 1790⟩.", "1790", "around"),
    ("en", "We met c. ⟨1790⟩.", "1790", "c."),
    ("de", "Das war ca. ⟨1790⟩.", "1790", "ca."),
    ("en", "We met ⟨circa 3 May 1790⟩.", "1790-05-03", "circa"),
    ("en", "We met ⟨early in 1790⟩.", "1790", "early"),
    ("en", "We met ⟨early in 1790⟩.", "1790-01-12", "early"),
    ("en", "We met in mid-⟨1790⟩.", "1790", "mid"),
    ("en", "We met ⟨1790?⟩", "1790", "?"),
    ("en", "We met in ⟨1790⟩ (?) at home.", "1790", "?"),
    ("de", "⟨Anfang 1928⟩ ging er.", "1928", "Anfang"),
    ("de", "Er ging um das Jahr ⟨1928⟩.", "1928", "um"),
    ("fr", "Vers ⟨1790⟩ il partit.", "1790", "Vers"),
    ("it", "Partì ⟨verso il 1790⟩.", "1790", "verso"),
    ("es", "Salió hacia ⟨1790⟩.", "1790", "hacia"),
    ("nl", "Hij vertrok omstreeks ⟨1790⟩.", "1790", "omstreeks"),
    ("ru", "Это было около ⟨1790 года⟩.", "1790", "около"),
    ("ru", "Это было ⟨в начале 1790 года⟩.", "1790", "начале"),
    # said, or nothing vague
    ("en", "We met about ⟨1790⟩.", "1790~", ""),
    ("en", "We met about ⟨1790⟩.", "1790?", ""),
    ("en", "We met about ⟨1790⟩.", '"[1788..1792]"', ""),
    ("en", "We met about ⟨1790⟩.", "1788/1792", ""),
    ("en", "We met about ⟨1790⟩.", "1790, cert: medium", ""),
    ("en", "What he spoke about. ⟨1790⟩ came.", "1790", ""),
    ("en", "It was about him in ⟨1790⟩.", "1790", ""),
    ("en", "About this more.\n\n⟨1790⟩ came.", "1790", ""),
    ("en", "We met early on ⟨3 May 1790⟩.", "1790-05-03", ""),
    ("en", "We met ⟨early on 3 May 1790⟩.", "1790-05-03", ""),
    ("en", "We met ⟨about five o’clock on 3 May 1790⟩.", "1790-05-03", ""),
    ("de", "Er kam ⟨um 5 Uhr am 3. Mai 1790⟩.", "1790-05-03", ""),
    ("de", "They met about ⟨1790⟩.", "1790", ""),
    ("en", "Ein Drittel um ⟨1790⟩.", "1790", ""),
    ("en", "With vitamin c ⟨1790⟩ came.", "1790", ""),
]


@pytest.mark.parametrize(("tongue", "words", "value", "word"), VAGUE)
def test_vague_words(tongue: str, words: str, value: str, word: str, tmp_path: Path) -> None:
    seed, claim = annotated(words, value)
    found = check(tmp_path, seed, claim, "W511", f"{{language: {tongue}}}")
    assert [message.split("”")[0].split("“")[1] for message in found] == ([word] if word else [])


def annotated(words: str, value: str) -> tuple[str, str]:
    """A seed, and a date on the words between ⟨⟩."""
    start, end = words.index("⟨"), words.index("⟩") - 1
    seed = words.replace("⟨", "").replace("⟩", "") + "\n"
    return seed, f'date: {value}, start: {start}, end: {end}, quote: "{seed[start:end]}"'


DAYS = [  # words, the date with fields, the day named and the day it was, or ""
    ("On Sunday, ⟨July 17, 1937⟩, I wrote.", "1937-07-17", "Sunday Saturday"),
    ("On ⟨Sunday, July 17, 1937⟩, I wrote.", "1937-07-17", "Sunday Saturday"),
    ("On ⟨July 17, 1937⟩ (a Sunday) I wrote.", "1937-07-17", "Sunday Saturday"),
    ("I wrote on ⟨Sunday⟩.", "1937-07-17", "Sunday Saturday"),
    ("Sun. ⟨17 July 1937⟩", "1937-07-17", "Sun. Saturday"),
    ("Sonntag, den ⟨17. Juli 1937⟩", "1937-07-17", "Sonntag Saturday"),
    ("le lundi ⟨17 juillet 1937⟩", "1937-07-17", "lundi Saturday"),
    ("domenica ⟨17 luglio 1937⟩", "1937-07-17", "domenica Saturday"),
    ("el domingo ⟨17 de julio de 1937⟩", "1937-07-17", "domingo Saturday"),
    ("воскресенье, ⟨17 июля 1937⟩", "1937-07-17", "воскресенье Saturday"),
    ("zondag ⟨17 juli 1937⟩", "1937-07-17", "zondag Saturday"),
    ("Sunday, ⟨9 January 1905⟩", "1905-01-08, calendar: julian", "Sunday Saturday"),
    # right, or none named
    ("On Saturday, ⟨July 17, 1937⟩, I wrote.", "1937-07-17", ""),
    ("Samstag, den ⟨17. Juli 1937⟩", "1937-07-17", ""),
    ("Sonnabend, den ⟨17. Juli 1937⟩", "1937-07-17", ""),
    ("le samedi ⟨17 juillet 1937⟩", "1937-07-17", ""),
    ("sabato ⟨17 luglio 1937⟩", "1937-07-17", ""),
    ("el sábado ⟨17 de julio de 1937⟩", "1937-07-17", ""),
    ("в субботу ⟨17 июля 1937⟩", "1937-07-17", ""),
    ("zaterdag ⟨17 juli 1937⟩", "1937-07-17", ""),
    ("воскресенье, ⟨9 января 1905⟩", "1905-01-09, calendar: julian", ""),
    ("Sunday, ⟨9 January 1905⟩", "1905-01-09~, calendar: julian", ""),
    ("It was Sunday. ⟨July 17, 1937⟩ was better.", "1937-07-17", ""),
    ("from ⟨Friday to Sunday⟩", "1937-07-17", ""),
    ("Sunday in ⟨July 1937⟩", "1937-07", ""),
    ("Sunday, ⟨July 17⟩ to the 19th", "1937-07-17/1937-07-19", ""),
    ("⟨Sunday⟩", '"9999-12-31"', "Sunday Friday"),
    ("⟨Sunday⟩", '"0001-01-01"', "Sunday Monday"),
    ("⟨Sunday⟩", '"-0044-03-15"', ""),
]


@pytest.mark.parametrize(("words", "value", "days"), DAYS)
def test_names_of_days(words: str, value: str, days: str, tmp_path: Path) -> None:
    seed, claim = annotated(words, value)
    found = check(tmp_path, seed, claim, "W512")
    named, _, was = days.partition(" ")
    assert len(found) == bool(days), found
    assert all(f"“{named}”, but" in message and f"was a {was} /" in message for message in found)


def test_a_day_that_agrees_in_the_julian_calendar_is_told_so(tmp_path: Path) -> None:
    found = check(tmp_path, *annotated("Sunday, ⟨9 January 1905⟩", "1905-01-09"), "W512")
    assert "In the Julian calendar it was one: add `calendar: julian`" in found[0]
    found = check(tmp_path, *annotated("Friday, ⟨9 January 1905⟩", "1905-01-09"), "W512")
    assert "The nearest Friday is 1905-01-06." in found[0]


REGISTERS = """\
places:
  moscow: {name: Moscow, within: russia}
  russia: {name: Russia, wikidata: Q159}
  paris: {name: Paris, country: france}
  france: {name: France, wikidata: "https://www.wikidata.org/wiki/Q142"}
  atlantis: {name: Atlantis, within: lemuria}
  lemuria: {name: Lemuria, within: atlantis}
"""
REFORM = [  # header, words, the date with fields, where
    ("{language: ru}", "⟨9 января 1905⟩", "1905-01-09", "in Russia"),
    ("{language: en, translation: {from: ru}}", "⟨9 January 1905⟩", "1905-01-09", "in Russia"),
    ("{language: en, correspondence: {place: moscow}}", "⟨9 January 1905⟩", "1905-01-09", "in Russia"),
    ("{language: en}", "⟨5 November 1605⟩", "1605-11-05", "in Britain and its colonies"),
    ("{language: de}", "⟨aller selen tag⟩", "1526-11-02", "everywhere in Europe"),
    ("{language: en, correspondence: {place: atlantis}}", "⟨5 Nov.⟩", "1605-11-05", "in Britain and its colonies"),
    # Gregorian, named, converted, or not to be known
    ("{language: ru}", "⟨9 января 1905⟩", "1905-01-09, calendar: julian", ""),
    ("{language: ru}", "⟨9 января 1905⟩", "1905-01-22", ""),
    ("{language: ru}", "⟨сегодня⟩", "1905-01-09", ""),
    ("{language: ru}", "⟨14 февраля 1918⟩", "1918-02-14", ""),
    ("{language: ru, correspondence: {place: paris}}", "⟨9 января 1905⟩", "1905-01-09", ""),
    ("{language: en}", "⟨4 July 1776⟩", "1776-07-04", ""),
    ("{language: de}", "⟨5. November 1605⟩", "1605-11-05", ""),
    ("{language: ru}", "⟨1905⟩", "1905", ""),
]  # fmt: skip


@pytest.mark.parametrize(("header", "words", "value", "where"), REFORM)
def test_days_before_the_reform(header: str, words: str, value: str, where: str, tmp_path: Path) -> None:
    found = check(tmp_path, *annotated(words, value), "I513", header, REGISTERS)
    assert len(found) == bool(where), found
    assert all(where in message for message in found)


# spans of time

SOURCE = Source("x", "")
TEXTS = st.builds(
    lambda y, m, d, mark: "-".join(filter(None, (f"{y:04d}", m and f"{m:02d}", m and d and f"{d:02d}"))) + mark,
    st.integers(1, 9999), st.integers(0, 12), st.integers(0, 28), st.sampled_from(("", "", "~", "?")),
)  # fmt: skip


def read(text: str, **more: str) -> Fields:
    return Fields(Mapping({k: Scalar(v, 0, 0, True) for k, v in {"date": text, **more}.items()}, 0), SOURCE)


@settings(max_examples=300)
@given(TEXTS, TEXTS, TEXTS)
def test_before_is_an_order(one: str, two: str, three: str) -> None:
    a, b, c = (dated(read(text), "date") for text in (one, two, three))
    assert a and b and c
    assert not before(a, a) and not (before(a, b) and before(b, a))
    assert not (before(a, b) and before(b, c)) or before(a, c)
    assert disjoint(a, b) == disjoint(b, a)
    assert not before(a, b) or apart(a, b).split()[-1].rstrip("s") in ("day", "month", "year", "time")


@pytest.mark.parametrize(
    ("one", "two", "long"),
    [
        ("1937-09-04", "1937-09-12", "eight days"),
        ("1937-09-04", "1937-09-05", "one day"),
        ("1937-09-04", "1938-01-04", "four months"),
        ("1937-09-04", "1938-01-03", "three months"),
        ("1937-09", "1938-01", "four months"),
        ("1937", "1940-05-01", "three years"),
        ("1832-03-22", "1937", "105 years"),
        ("1937-09-04", "1939-09-03", "23 months"),
        ("1937-09-04", "1939-09-04", "two years"),
        ("0001-01-01", "9999-12-31", "9998 years"),
    ],
)
def test_how_long_it_is(one: str, two: str, long: str) -> None:
    a, b = dated(read(one), "date"), dated(read(two), "date")
    assert a and b and before(a, b)
    assert apart(a, b) == long


def test_a_doubted_date_convicts_nobody_by_a_day() -> None:
    sure, doubted, wild = (
        dated(read("1937-09-12"), "date"),
        dated(read("1937-09-04?"), "date"),
        dated(read("1926?"), "date"),
    )
    assert not before(doubted, sure) and before(wild, sure)
    assert dated(read("nonsense"), "date") is None and dated(read("XXXX-12-25"), "date") is None
