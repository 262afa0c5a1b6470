"""EDTF and ISO 8601 → TEI: what every form becomes, what is refused, and that TEI takes all that is given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.dates.calendars import CALENDARS
from edition.dates.edtf import Problem, Time, parse_time
from edition.dates.tei import DateAttributes, date_attributes, duration_attributes
from edition.dates.words import in_words, readable
from edition.model.xml import attributes
from tei_schema import edition, faults

# EDTF → attributes | in English | in German
DATES = """
1937-07-17               when="1937-07-17"                         | 17 July 1937 | 17. Juli 1937
1937-07                  when="1937-07"                            | July 1937 | Juli 1937
1937                     when="1937"                               | 1937 | 1937
1919~                    when="1919" precision="low"               | about 1919 | um 1919
1919?                    when="1919" cert="low"                    | 1919 (uncertain) | 1919 (unsicher)
1919%                    when="1919" precision="low" cert="low"    | about 1919 (uncertain) | um 1919 (unsicher)
1937-XX                  when="1937"                               | 1937 | 1937
1937-07-XX               when="1937-07"                            | July 1937 | Juli 1937
193X                     notBefore="1930" notAfter="1939"          | 1930s | 1930er Jahre
19XX                     notBefore="1900" notAfter="1999"          | 1900–1999 | 1900–1999
193X~                    notBefore="1930" notAfter="1939" precision="low" | roughly 1930s | ungefähr 1930er Jahre
1936/1938                from="1936" to="1938"                     | 1936–1938 | 1936–1938
1936-08-25/1937-07       from="1936-08-25" to="1937-07"            | 25 August 1936 – July 1937 | 25. August 1936 – Juli 1937
1927~/1937-07-17         from="1927" to="1937-07-17" precision="low" | about 1927 – 17 July 1937 | um 1927 – 17. Juli 1937
1927~/1937~              from="1927" to="1937" precision="low"     | about 1927 – about 1937 | um 1927 – um 1937
1927~/1937?              from="1927" to="1937" precision="low" cert="low" \
| about 1927 – 1937 (uncertain) | um 1927 – 1937 (unsicher)
[1936~..1938~]           notBefore="1936" notAfter="1938" precision="low" \
| roughly between 1936 and 1938 | ungefähr zwischen 1936 und 1938
[1936%..1938?]           notBefore="1936" notAfter="1938" precision="low" cert="low" \
| roughly between 1936 and 1938 (uncertain) | ungefähr zwischen 1936 und 1938 (unsicher)
../1937                  to="1937"                                 | until 1937 | bis 1937
1937/..                  from="1937"                               | from 1937 | ab 1937
[1936..1938]             notBefore="1936" notAfter="1938"          | between 1936 and 1938 | zwischen 1936 und 1938
[..1937-05-03]           notAfter="1937-05-03"                     | not after 3 May 1937 | nicht nach dem 3. Mai 1937
[1937..]                 notBefore="1937"                          | not before 1937 | nicht vor 1937
[193X..1945]             notBefore="1930" notAfter="1945"          | between 1930 and 1945 | zwischen 1930 und 1945
XXXX-12-25               when="--12-25"                            | 25 December | 25. Dezember
-0043-03-15              when="-0044-03-15"                        | 15 March 44 BC | 15. März 44 v. Chr.
0000                     when="-0001"                              | 1 BC | 1 v. Chr.
-004X                    notBefore="-0050" notAfter="-0041"        | 50 BC–41 BC | 50 v. Chr.–41 v. Chr.
-000X                    notBefore="-0010" notAfter="-0002"        | 10 BC–2 BC | 10 v. Chr.–2 v. Chr.
000X                     notBefore="-0001" notAfter="0009"         | 1 BC–9 | 1 v. Chr.–9
-01XX                    notBefore="-0200" notAfter="-0101"        | 200 BC–101 BC | 200 v. Chr.–101 v. Chr.
0001                     when="0001"                               | 1 | 1
0009?/0010               from="0009" to="0010" cert="low"          | 9 (uncertain) – 10 | 9 (unsicher) – 10
[1937-08..1938-01-01?]   notBefore="1937-08" notAfter="1938-01-01" cert="low" \
| between August 1937 and 1 January 1938 (uncertain) | zwischen August 1937 und dem 1. Januar 1938 (unsicher)
[-0043-03-15..1937-05-31] notBefore="-0044-03-15" notAfter="1937-05-31" \
| between 15 March 44 BC and 31 May 1937 | zwischen dem 15. März 44 v. Chr. und dem 31. Mai 1937
-0001/0000               from="-0002" to="-0001"                   | 2 BC – 1 BC | 2 v. Chr. – 1 v. Chr.
1XXX%                    notBefore="1000" notAfter="1999" precision="low" cert="low" \
| roughly 1000–1999 (uncertain) | ungefähr 1000–1999 (unsicher)
XXXX-12                  when="--12"                               | December | Dezember
XXXX-02-29~              when="--02-29" precision="low"            | about 29 February | um 29. Februar
XXXX-01-31               when="--01-31"                            | 31 January | 31. Januar
Y999999999999999999      when="999999999999999999"                 | 999999999999999999 | 999999999999999999
Y170000002?              when="170000002" cert="low"               | 170000002 (uncertain) | 170000002 (unsicher)
Y170000002               when="170000002"                          | 170000002 | 170000002
Y-17000                  when="-17001"                             | 17001 BC | 17001 v. Chr.
2004-01-01T10:10:10Z     when="2004-01-01T10:10:10Z"               | 1 January 2004, 10:10:10 UTC | 1. Januar 2004, 10:10:10 UTC
2004-01-01T10:10:10+04   when="2004-01-01T10:10:10+04:00"          | 1 January 2004, 10:10:10 +04:00 | 1. Januar 2004, 10:10:10 +04:00
2004-01-01T00:00:00-14:00 when="2004-01-01T00:00:00-14:00"         | 1 January 2004, 00:00:00 -14:00 | 1. Januar 2004, 00:00:00 -14:00
2004-01-01T23:59:59+13:59~ when="2004-01-01T23:59:59+13:59" precision="low" \
| about 1 January 2004, 23:59:59 +13:59 | um 1. Januar 2004, 23:59:59 +13:59
2004-01-01T10:10:10Z/2004-01-01T09:00:00+05 from="2004-01-01T10:10:10Z" to="2004-01-01T09:00:00+05:00" \
| 1 January 2004, 10:10:10 UTC – 1 January 2004, 09:00:00 +05:00 | 1. Januar 2004, 10:10:10 UTC – 1. Januar 2004, 09:00:00 +05:00
2004-01-01T24:00:00/2004-01-01 from="2004-01-01T24:00:00" to="2004-01-01" \
| 1 January 2004, 24:00:00 – 1 January 2004 | 1. Januar 2004, 24:00:00 – 1. Januar 2004
2004-01-01T24:00:00/2004-01-01T10:10:10Z from="2004-01-01T24:00:00" to="2004-01-01T10:10:10Z" \
| 1 January 2004, 24:00:00 – 1 January 2004, 10:10:10 UTC | 1. Januar 2004, 24:00:00 – 1. Januar 2004, 10:10:10 UTC
2004-01-31T10:10:10/2004-01 from="2004-01-31T10:10:10" to="2004-01" \
| 31 January 2004, 10:10:10 – January 2004 | 31. Januar 2004, 10:10:10 – Januar 2004
2004-01-01T24:00:00      when="2004-01-01T24:00:00"                | 1 January 2004, 24:00:00 | 1. Januar 2004, 24:00:00
2004-01-01T10:10:10/2004-01-01T10:10:10 from="2004-01-01T10:10:10" to="2004-01-01T10:10:10" \
| 1 January 2004, 10:10:10 – 1 January 2004, 10:10:10 | 1. Januar 2004, 10:10:10 – 1. Januar 2004, 10:10:10
2000-02-29               when="2000-02-29"                         | 29 February 2000 | 29. Februar 2000
""".replace("\\\n", "")

# EDTF → why TEI cannot say it
UNSAYABLE = {
    "2001-21": "it is a season", "-0043-24?": "it is a season",
    "2001-25": "it is a part of a year", "2001-41~": "it is a part of a year",
    "[1667,1668]": "it is a choice of dates", "[1667,1668..1670]": "it is a choice of dates",
    "[..1667,1668-12,1670..]": "it is a choice of dates",
    "[1667-0X..1668]": "it is a choice of dates", "[1XX3..]": "it is a choice of dates", "[..1XX3]": "it is a choice of dates",
    "{1667,1668}": "it is several dates", "{1667..1668}": "it is several dates",
    "{1667..}": "it is several dates", "{..1667}": "it is several dates",
    "1937T10:10:10": "a time of day needs the whole date", "-0043-07T10:10:10Z": "a time of day needs the whole date",
    "Y17E7": "the year is a power", "Y-17E10S2": "the year is a power",
    "2004-06~-11": "only a part of it", "?2004-06-11": "only a part of it", "2004?-06": "only a part of it",
    "2004-~12-X9": "only a part of it", "19XX-12": "only a part of it", "1XX3": "only a part of it",
    "1937-1X-31": "only a part of it", "1937-XX-17": "only a part of it", "-1X00-12-3X%": "only a part of it",
    "1950S2": "only a part of it", "Y170000S3": "only a part of it",
    "XXXX-XX-12": "only a part of it",
    "2001-21/2003": "only a part of it", "../1XX3": "only a part of it", "1XX3/": "only a part of it", "/1XX3": "only a part of it",
    "1937/": "one end is unknown", "/1937": "one end is unknown",
    "../": "it says nothing", "../..": "it says nothing", "[..]": "it says nothing",
    "XXXX": "it leaves the year open", "Y9999999999999999999": "the year is too far away",
    "193X/1945": "“193X” is no single begin or end", "1929/193X": "“193X” is no single begin or end",
    "[XXXX-12-25..1937]": "a day of every year begins or ends nothing", "XXXX-12-25/..": "a day of every year begins or ends nothing",
    "0000-02-29": "its schemas know no leap day before Christ", "-0004-02-29": "its schemas know no leap day before Christ",
}  # fmt: skip
INVALID = (
    "", "/", "[]", "[1937]", "0000-00-00", "2001-02-30", "2001-02-29", "1900-02-29", "1937-13",
    "1937-00", "1937-04-31",
    "-0000", "1938/1936", "[1938..1936]", "2004-01-01T10:10:10/2004-01-01T10:10:09", "1937-08/1937-07", "2004-01-01T24:00:01",
    "2004-01-01T24:01:00", "2004-01-01T25:00:00", "2004-01-01T10:60:00", "2004-01-01T10:10:60",
    "2004-01-01T10:10:10+15", "2004-01-01T10:10:10+14:01", "2004-01-01T10:10:10+14:08", "2004-01-01T10:10:10-15:00",
    "2004-01-01T10:10:10-13:60", "2004-01-02T10:10:10Z/2004-01-01",
    "2001-20", "2001-42", "XXXX-00", "XXXX-13", "XXXX-12-00", "XXXX-01-32", "XXXX-12-25T10:10:10", "XXXX-21",
    "2004-01-01/2003", "2004-02/2004-01-31", "[194X..1939]", "Y1937",
    "Y12345-02", "XXXX-02-30", "2001-21-05", "--12", "last summer", "١٩٣٧", "1937\n", "x" * 5000, "1/" * 90,
)  # fmt: skip
# what is written → EDTF that says it
SAID_ONCE = {  # where it can be read in one way
    "17.07.1937": "1937-07-17", "12.9.1937": "1937-09-12", "1. 2.1937": "1937-02-01",
    "22/12/1818": "1818-12-22", "12/22/1818": "1818-12-22", "13/1/1818": "1818-01-13", "1/13/1818": "1818-01-13",
    "1937-7-17": "1937-07-17", "1937/07/17": "1937-07-17", "1937.9.2": "1937-09-02",
    "17. Juli 1937": "1937-07-17", "12 September 1937": "1937-09-12", "3rd May 1937": "1937-05-03",
    "July 17, 1937": "1937-07-17", "december 1st 1937": "1937-12-01",
    "July 1937": "1937-07", "Januar 1937": "1937-01", "März 1937": "1937-03",
    "1936-1938": "1936/1938", "1936 – 1938": "1936/1938",
    "c. 1919": "1919~", "Um 1919": "1919~", "circa 1919": "1919~", "about 1919": "1919~",
    "1880s": "188X", "1880er Jahre": "188X", "2010s": "201X",
    "44 BC": "-0043", "2 BCE": "-0001", "1 v. Chr.": "0000", "1000 BC": "-0999", "Y1937": "1937", "Y-0044": "-0044",
}  # fmt: skip
GUESSED = {
    "1937/9": "1937-09", "1937-9": "1937-09", "vor 1937": "[..1937]", "after 1937": "[1937..]",
    "since 1937": "1937/..", "until 1937": "../1937", "1900s": "190X",
}  # fmt: skip
NOT_SAID = ("0 BC", "31.2.1937", "13.13.1937", "9/12/1937", "Juli 17", "1938-1936", "2000 June", "12345 BC")


DURATIONS = {
    "P16Y": 'dur="P16Y"', "P1Y6M": 'dur="P1Y6M"', "PT48H": 'dur="PT48H"', "P2W": 'dur="P14D"',
    "P1W3D": 'dur="P10D"', "P3D": 'dur="P3D"', "P1Y2M3DT4H5M6S": 'dur="P1Y2M3DT4H5M6S"', " P0D ": 'dur="P0D"',
    "PT1,5S": 'dur="PT1.5S"', "P16Y~": 'dur="P16Y" precision="low"', "P16Y?": 'dur="P16Y" cert="low"',
    "<P3M": 'atMost="3" unit="month"', ">P2W": 'atLeast="2" unit="week"',
    "<P1Y6M": 'atMost="18" unit="month"',
    "P3M/P6M": 'atLeast="3" atMost="6" unit="month"', "P1Y/P18M": 'atLeast="12" atMost="18" unit="month"',
    "P3M/P3M": 'atLeast="3" atMost="3" unit="month"', "P3M~/P6M?": 'atLeast="3" atMost="6" unit="month" precision="low" cert="low"',
    ">P1W3D": 'atLeast="10" unit="day"', "P9D/P2W": 'atLeast="9" atMost="14" unit="day"',
    "PT1H/PT1H30M": 'atLeast="60" atMost="90" unit="minute"', "P9M/P10M": 'atLeast="9" atMost="10" unit="month"',
    "PT1.5S/PT2,5S": 'atLeast="1.5" atMost="2.5" unit="second"',
    "<PT1.5S%": 'atMost="1.5" unit="second" precision="low" cert="low"',
}  # fmt: skip
NO_DURATIONS = {
    "": "invalid", "P": "invalid", "PT": "invalid", "P1YT": "invalid", "-P1Y": "invalid",
    "16 years": "invalid",
    "P6M/P3M": "invalid", "<P3M/P6M": "invalid", "P1Y/P2Y/P3Y": "invalid", "P1234567890Y": "invalid",
    "PT1.5H": "unsayable",
    "P0.5Y": "unsayable", "<P1W2DT3H": "unsayable", "P1M/P40D": "unsayable", "P3M/": "invalid", "P1Y/x": "invalid",
    "P3M/>P6M": "invalid", "<P1Y6D": "unsayable", "<P1Y2M3D": "unsayable",
}  # fmt: skip


def said(result: DateAttributes | Problem) -> str:
    return attributes(result.pairs).strip() if isinstance(result, DateAttributes) else result.kind


@pytest.mark.parametrize("row", DATES.strip().splitlines())
def test_dates(row: str) -> None:
    first, english, german = row.split(" | ")
    text, written = first.split(maxsplit=1)
    assert said(date_attributes(text)) == written.strip()
    assert readable(text, "en-GB") == english.strip()
    assert readable(text, "de-AT") == german.strip()


@pytest.mark.parametrize(
    "attributes, english, german",
    [
        ({"when": "1937-07-17"}, "17 July 1937", "17. Juli 1937"),
        ({"when": "1919", "precision": "low"}, "about 1919", "um 1919"),
        ({"from": "1927", "to": "1928"}, "1927–1928", "1927–1928"),
        ({"notBefore": "1928-01", "notAfter": "1928-03"}, "between January 1928 and March 1928", "zwischen Januar 1928 und März 1928"),
        ({"to": "1938"}, "until 1938", "bis 1938"),
        ({"when": "-0044"}, "44 BC", "44 v. Chr."),
        ({"dur": "P1Y6M"}, "1 year, 6 months", "1 Jahr, 6 Monate"),
        ({"dur": "PT48H"}, "48 hours", "48 Stunden"),
        ({"atMost": "3", "unit": "month"}, "at most 3 months", "höchstens 3 Monate"),
        ({"atLeast": "1", "unit": "week"}, "at least 1 week", "mindestens 1 Woche"),
        ({"atLeast": "2", "atMost": "6", "unit": "day"}, "at least 2 days, at most 6 days", "mindestens 2 Tage, höchstens 6 Tage"),
        ({"dur": "P2DT1H3M1.5S"}, "2 days, 1 hour, 3 minutes, 1.5 seconds", "2 Tage, 1 Stunde, 3 Minuten, 1.5 Sekunden"),
        ({"dur": "P0D"}, "0 days", "0 Tage"),
        ({"notBefore": "1928-01-01"}, "not before 1 January 1928", "nicht vor dem 1. Januar 1928"),
        ({"notAfter": "1928", "precision": "low"}, "about not after 1928", "um nicht nach 1928"),
        ({"from": "1928", "precision": "medium"}, "from 1928", "ab 1928"),
        ({"when": "soon"}, "soon", "soon"),
        ({"notBefore": "soon"}, "not before soon", "nicht vor soon"),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_times_in_words(attributes: dict[str, str], english: str, german: str) -> None:
    assert in_words(attributes, "en") == english and in_words(attributes, "de") == german


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "um 1919"),
        ("de-AT", "um 1919"),
        ("cs", "about 1919"),
        ("fr-de", "about 1919"),
        ("", "about 1919"),
    ],
)
def test_words_are_german_or_english(language: str, words: str) -> None:
    assert readable("1919~", language) == words
    element = etree.fromstring('<date when="1919" precision="low"/>')
    assert in_words({str(name): str(value) for name, value in element.attrib.items()}, language) == words


def test_certainty_is_not_told_with_the_words() -> None:
    assert in_words({"when": "1937", "cert": "low"}, "en") == "1937"


@pytest.mark.parametrize("text", UNSAYABLE)
def test_dates_that_tei_cannot_say(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and result.kind == "unsayable"
    assert result.help and result.message.startswith(f"TEI has no attribute for “{text}”: {UNSAYABLE[text]}")
    assert readable(text, "en") == text


@pytest.mark.parametrize("text", ["1937~/", "/1937~"])
def test_an_open_end_is_told_from_an_unknown_one(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem)
    assert result.help == "Write 1937~/.. or ../1937~ for an open end, or the known end alone: 1937~."


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date(text: str) -> None:
    result = date_attributes(text.strip() and text)
    if text == "1937\n":  # a block scalar's line end
        assert isinstance(result, DateAttributes)
    else:
        assert isinstance(result, Problem) and result.kind == "invalid", result
        assert len(text) > 200 or f"“{text}” is no date: " in result.message


@pytest.mark.parametrize(("text", "better"), [*SAID_ONCE.items(), *GUESSED.items()])
def test_other_habits_are_put_right(text: str, better: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and result.help == f'Write "{better}".'
    assert result.better == ("" if text in GUESSED else better)
    assert isinstance(date_attributes(better), DateAttributes)


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_may_mean_anything_is_not_put_right(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and result.help.startswith("Dates look like") and not result.better


def test_a_long_text_is_told_by_its_beginning() -> None:
    for length, message in (
        (200, f"“{'x' * 200}” is no date: it is not EDTF"),
        (201, f"“{'x' * 40}…” is no date: it is too long"),
    ):
        result = date_attributes("x" * length)
        assert isinstance(result, Problem) and result.message == message
    for length, message in ((59, "x" * 59), (60, "x" * 40 + "…"), (61, "x" * 40 + "…")):
        assert duration_problem("x" * length).message == f"“{message}” is no duration"


def duration_problem(text: str) -> Problem:
    result = duration_attributes(text)
    assert isinstance(result, Problem)
    return result


@pytest.mark.parametrize(
    "text", ["the third year of Charles II", "Anno regni regis Edwardi tertii decimo", "3", "29-02-08"]
)
def test_a_reign_in_words_is_told_how_to_write_it(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and "reign: " in result.help


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    assert said(duration_attributes(text)) == DURATIONS[text]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_what_is_no_duration(text: str) -> None:
    assert said(duration_attributes(text)) == NO_DURATIONS[text]


# what is read can be written again, and is compared as a calendar on the wall would


def edtf(value: str) -> str:
    """A TEI date in EDTF: years before Christ are counted with a year 0."""
    if not value.startswith("-"):
        return value
    year, _, rest = value[1:].partition("-")
    return "-".join(filter(None, ((f"-{int(year) - 1:04d}" if int(year) > 1 else "0000"), rest)))


def last_day(year: int, month: int) -> int:
    like = year % 400 + 400
    return (date(like + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def written(year: int, *parts: int) -> str:
    return "-".join((f"{year:05d}" if year < 0 else f"{year:04d}", *(f"{part:02d}" for part in parts)))


@given(
    st.integers(-9999, 9999),
    st.one_of(st.integers(0, 14), st.integers(0, 99)),
    st.integers(0, 33),
    st.sampled_from(["", "?", "~", "%"]),
)
@example(1900, 2, 29, "")
@example(2000, 2, 29, "")
@example(-4, 2, 29, "")
@example(0, 2, 28, "")
@example(2001, 20, 1, "")
@example(2001, 21, 1, "")  # seasons have no days
@example(2001, 41, 1, "")
@example(2001, 42, 1, "")
def test_days_are_those_of_the_calendar_and_come_back(year: int, month: int, day: int, mark: str) -> None:
    result = date_attributes(text := written(year, month, day) + mark)
    if month in range(21, 42):
        assert isinstance(result, Problem) and result.message.endswith("it is not EDTF")
    elif not 0 < month < 13:
        assert isinstance(result, Problem) and result.message.endswith(f"there is no month {month:02d}")
    elif not 0 < day <= last_day(year, month):
        assert isinstance(result, Problem) and f"there is no day {day:02d}" in result.message
        assert result.help == f"The last day of {written(year, month)} is {last_day(year, month)}."
    elif year < 1 and (month, day) == (2, 29):
        assert isinstance(result, Problem) and result.help == f"Write {written(year, month)}."
    else:
        assert isinstance(result, DateAttributes)
        attributes = dict(result.pairs)
        assert edtf(attributes.pop("when")) + mark == text
        assert set(attributes) == {"?": {"cert"}, "~": {"precision"}, "%": {"cert", "precision"}}.get(
            mark, set()
        )


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_has_its_days_in_every_year(month: int) -> None:
    for year in (1900, 1936, 1937, 2000):
        last = last_day(year, month)
        assert isinstance(date_attributes(written(year, month, last)), DateAttributes)
        assert isinstance(date_attributes(written(year, month, last + 1)), Problem)
    every = last_day(2000, month)
    assert isinstance(date_attributes(f"XXXX-{month:02d}-01"), DateAttributes)
    assert isinstance(date_attributes(f"XXXX-{month:02d}-{every}"), DateAttributes)
    assert isinstance(date_attributes(f"XXXX-{month:02d}-{every + 1}"), Problem)


Second = tuple[int, ...]


@st.composite
def points(draw: st.DrawFn) -> tuple[str, Second, Second]:
    """A date of any precision, the first second that it may mean, and the last."""
    year, month = draw(st.integers(-12, 12)), draw(st.integers(1, 12))
    day = draw(st.integers(1, 28))
    last = last_day(year, month)
    hour, minute, second = draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.integers(0, 2))
    precise = f"{written(year, month, day)}T{hour:02d}:{minute:02d}:{second:02d}"
    exact = (year, month, day, hour, minute, second)
    readings: list[tuple[str, Second, Second]] = [
        (written(year), (year, 1, 1, 0, 0, 0), (year, 12, 31, 24, 0, 0)),
        (written(year, month), (year, month, 1, 0, 0, 0), (year, month, last, 24, 0, 0)),
        (written(year, month, day), (year, month, day, 0, 0, 0), (year, month, day, 24, 0, 0)),
        (precise, exact, exact),
    ]
    return draw(st.sampled_from(readings))


@given(points(), points(), st.sampled_from(["{}/{}", "[{}..{}]"]))
def test_a_span_ends_after_it_begins(
    one: tuple[str, Second, Second], two: tuple[str, Second, Second], form: str
) -> None:
    """What ends before it begins is refused, and nothing else: 1937-07/1937 may be a part of that year."""
    (low, first, _), (high, _, last) = one, two
    result = date_attributes(form.format(low, high))
    if first <= last:
        assert isinstance(result, DateAttributes)
        assert [edtf(value) for _, value in result.pairs] == [low, high]
        time = parse_time(form.format(low, high))
        assert isinstance(time, Time) and time.low and time.high
        assert (time.low.text, time.high.text) == (low, high)
    else:
        assert isinstance(result, Problem) and result.message.endswith("it ends before it begins")


@pytest.mark.parametrize("text", ["193X~", "1937-XX?", "XXXX-12", "Y17000%", "2004-01-01T10:10:10Z~"])
def test_what_was_written_is_kept(text: str) -> None:
    time = parse_time(text)
    assert isinstance(time, Time) and time.low and time.low.text == text and text.endswith(time.marks)


@given(st.from_regex(r"-?([0-9]{3}X|[0-9]{2}XX|[0-9]XXX)", fullmatch=True))
@example("-000X")
@example("-00XX")
@example("000X")
def test_decades_and_more_hold_their_years(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, DateAttributes)
    low, high = (int(edtf(value)) for _, value in result.pairs)
    years = {int(text.replace("X", "0")), int(text.replace("X", "9"))}
    assert low == min(years) and high == min(max(years), -1 if text[0] == "-" else 9999)


WRITTEN = (
    "19 37 0000 -0044 2001 1900 - 07 02 12 13 29 30 17 21 33 / .. [ ] { } , ? ~ % X XX XXXX Y Y12345 E S T "
    "10:10:10 24:00:00 Z +01 -14:00 P <P > W 6M 3Y 4D PT 1.5S ^"
)
PIECES = st.sampled_from(WRITTEN.split())
YEARS = st.one_of(
    st.integers(-9999, 9999).map(lambda y: f"{y:05d}" if y < 0 else f"{y:04d}"),
    st.integers(10000, 10**17).map("Y{}".format),
    st.from_regex(r"-?([0-9]{3}X|[0-9]{2}XX|[0-9]XXX)", fullmatch=True),
)
DAYS = st.one_of(
    st.just(""), st.integers(1, 12).map("-{:02d}".format), st.dates().map(lambda d: f"{d:-%m-%d}")
)
MOMENTS = st.builds("{}{}{}".format, YEARS, DAYS, st.sampled_from(["", "", "?", "~", "%"]))
ENDS = st.one_of(MOMENTS, st.just(".."))
TEXTS = st.one_of(
    MOMENTS,
    st.builds("{}/{}".format, ENDS, ENDS),
    st.builds("[{}..{}]".format, MOMENTS, MOMENTS),
    st.lists(PIECES, max_size=8).map("".join),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=15, max_size=25))
def test_whatever_is_written(texts: list[str]) -> None:
    """Nothing raises, and what is given is valid TEI."""
    dates = []
    for text in texts:
        assert not text or (readable(text, "de") and readable(text, "en"))
        julian = date_attributes(text, CALENDARS["julian"])
        assert not text or readable(text, "de", CALENDARS["julian"])
        for result in (date_attributes(text), julian, duration_attributes(text)):
            if isinstance(result, DateAttributes):
                dates.append(f"<date{attributes(result.pairs)}>x</date>")
            else:
                assert result.message
    assert faults(edition("<p>" + "\n".join(dates) + "</p>")) == []


def test_one_document_of_all_forms() -> None:
    rows = [row.split()[0] for row in DATES.strip().splitlines()]
    results = [*map(date_attributes, rows), *map(duration_attributes, DURATIONS)]
    dates = [
        f"<date{attributes(result.pairs)}>x</date>"
        for result in results
        if isinstance(result, DateAttributes)
    ]
    assert len(dates) == len(results)
    assert faults(edition("<p>" + "\n".join(dates) + "</p>")) == []
