"""EDTF and ISO 8601 → TEI: what every form becomes, what is refused, and that TEI takes all that is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.calendars import CALENDARS
from edition.dates import DateAttributes, Problem, date_attributes, duration_attributes, readable
from edition.xml import attributes
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
Y170000002               when="170000002"                          | 170000002 | 170000002
Y-17000                  when="-17001"                             | 17001 BC | 17001 v. Chr.
2004-01-01T10:10:10Z     when="2004-01-01T10:10:10Z"               | 1 January 2004, 10:10:10 UTC | 1. Januar 2004, 10:10:10 UTC
2004-01-01T10:10:10+04   when="2004-01-01T10:10:10+04:00"          | 1 January 2004, 10:10:10 +04:00 | 1. Januar 2004, 10:10:10 +04:00
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
    "2001-21/2003": "only a part of it", "../1XX3": "only a part of it", "1XX3/": "only a part of it", "/1XX3": "only a part of it",
    "1937/": "one end is unknown", "/1937": "one end is unknown",
    "../": "it says nothing", "../..": "it says nothing", "[..]": "it says nothing",
    "XXXX": "it leaves the year open", "Y9999999999999999999": "the year is too far away",
    "193X/1945": "“193X” is no single begin or end", "XXXX-12-25/..": "a day of every year begins or ends nothing",
    "0000-02-29": "its schemas know no leap day before Christ", "-0004-02-29": "its schemas know no leap day before Christ",
}  # fmt: skip
INVALID = (
    "", "/", "[]", "[1937]", "0000-00-00", "2001-02-30", "2001-02-29", "1900-02-29", "1937-13",
    "1937-00", "1937-04-31",
    "-0000", "1938/1936", "[1938..1936]", "2004-01-01T10:10:10/2004-01-01T10:10:09", "1937-08/1937-07", "2004-01-01T24:00:01",
    "2004-01-01T10:10:10+15", "Y1937",
    "Y12345-02", "XXXX-02-30", "2001-21-05", "--12", "last summer", "١٩٣٧", "1937\n", "x" * 5000, "1/" * 90,
)  # fmt: skip
SUGGESTED = {
    "17.07.1937": "1937-07-17", "17. Juli 1937": "1937-07-17", "July 17, 1937": "1937-07-17",
    "July 1937": "1937-07", "22/12/1818": "1818-12-22", "12/22/1818": "1818-12-22",
    "3rd May 1937": "1937-05-03", "1937-7-17": "1937-07-17", "1937/07/17": "1937-07-17",
    "1936-1938": "1936/1938",
    "1936 – 1938": "1936/1938", "c. 1919": "1919~", "um 1919": "1919~", "vor 1937": "[..1937]",
    "since 1937": "1937/..",
    "1880s": "188X", "1880er Jahre": "188X", "44 BC": "-0043", "1 v. Chr.": "0000", "Y1937": "1937",
}  # fmt: skip
DURATIONS = {
    "P16Y": 'dur="P16Y"', "P1Y6M": 'dur="P1Y6M"', "PT48H": 'dur="PT48H"', "P2W": 'dur="P14D"',
    "P1W3D": 'dur="P10D"',
    "PT1,5S": 'dur="PT1.5S"', "P16Y~": 'dur="P16Y" precision="low"', "P16Y?": 'dur="P16Y" cert="low"',
    "<P3M": 'atMost="3" unit="month"', ">P2W": 'atLeast="2" unit="week"',
    "<P1Y6M": 'atMost="18" unit="month"',
    "P3M/P6M": 'atLeast="3" atMost="6" unit="month"', "P1Y/P18M": 'atLeast="12" atMost="18" unit="month"',
    "<PT1.5S%": 'atMost="1.5" unit="second" precision="low" cert="low"',
}  # fmt: skip
NO_DURATIONS = {
    "": "invalid", "P": "invalid", "PT": "invalid", "P1YT": "invalid", "-P1Y": "invalid",
    "16 years": "invalid",
    "P6M/P3M": "invalid", "<P3M/P6M": "invalid", "P1Y/P2Y/P3Y": "invalid", "P1234567890Y": "invalid",
    "PT1.5H": "unsayable",
    "P0.5Y": "unsayable", "<P1Y6D": "unsayable", "<P1Y2M3D": "unsayable",
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


@pytest.mark.parametrize("text", UNSAYABLE)
def test_dates_that_tei_cannot_say(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and result.kind == "unsayable"
    assert result.help and result.message.startswith(f"TEI has no attribute for “{text}”: {UNSAYABLE[text]}")
    assert readable(text, "en") == text


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_date(text: str) -> None:
    result = date_attributes(text.strip() and text)
    if text == "1937\n":  # a block scalar's line end
        assert isinstance(result, DateAttributes)
    else:
        assert isinstance(result, Problem) and result.kind == "invalid", result


@pytest.mark.parametrize("text", SUGGESTED)
def test_other_habits_are_put_right(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and result.help == f'Write "{SUGGESTED[text]}".'


@pytest.mark.parametrize("text", ["the third year of Charles II", "anno regni regis Edwardi tertii decimo"])
def test_a_reign_in_words_is_told_how_to_write_it(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and "reign: " in result.help


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    assert said(duration_attributes(text)) == DURATIONS[text]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_what_is_no_duration(text: str) -> None:
    assert said(duration_attributes(text)) == NO_DURATIONS[text]


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
