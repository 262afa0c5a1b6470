"""EDTF and ISO 8601 → TEI: what every form becomes, what is refused, and that TEI takes all that is given."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.calendars import CALENDARS, GREGORIAN, STYLES, Calendar, days, reign, span, styled
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
# calendar and EDTF → attributes (@calendar and @datingMethod, which name it, left out) | in English
CALENDAR_DATES = """
julian 1700-02-29             when="1700-03-11" when-custom="1700-02-29" | 11 March 1700
julian 1917-10-25             when="1917-11-07" when-custom="1917-10-25" | 7 November 1917
julian 1582-10-04             when="1582-10-14" when-custom="1582-10-04" | 14 October 1582
julian 0200-03-01             when="0200-03-01" when-custom="0200-03-01" | 1 March 200
julian -0043-03-15            when="-0044-03-13" when-custom="-0043-03-15" | 13 March 44 BC
julian 0000-02-29             when="-0001-02-27" when-custom="0000-02-29" | 27 February 1 BC
julian 0001-01-01             when="-0001-12-30" when-custom="0001-01-01" | 30 December 1 BC
julian 1917-10-25T21:40:00    when="1917-11-07T21:40:00" when-custom="1917-10-25T21:40:00" | 7 November 1917, 21:40:00
julian 1700-02                notBefore="1700-02-11" notAfter="1700-03-11" when-custom="1700-02" \
| between 11 February 1700 and 11 March 1700
julian 1700-02-XX             notBefore="1700-02-11" notAfter="1700-03-11" when-custom="1700-02" \
| between 11 February 1700 and 11 March 1700
julian 1700~                  notBefore="1700-01-11" notAfter="1701-01-11" precision="low" when-custom="1700" \
| roughly between 11 January 1700 and 11 January 1701
julian 1700-02/1700-05-02     from="1700-02-11" to="1700-05-13" from-custom="1700-02" to-custom="1700-05-02" \
| 11 February 1700 – 13 May 1700
julian ../1700-12-31?         to="1701-01-11" cert="low" to-custom="1700-12-31" | until 11 January 1701 (uncertain)
julian [1700..1702-01]        notBefore="1700-01-11" notAfter="1702-02-11" notBefore-custom="1700" \
notAfter-custom="1702-01" | between 11 January 1700 and 11 February 1702
french-republican 0008-02-18  when="1799-11-09" when-custom="0008-02-18" | 9 November 1799
french-republican 0002-11-09  when="1794-07-27" when-custom="0002-11-09" | 27 July 1794
french-republican 0003-13-06  when="1795-09-22" when-custom="0003-13-06" | 22 September 1795
islamic 0001-01-01            when="0622-07-19" when-custom="0001-01-01" | 19 July 622
hebrew 5785-07-01             when="2024-10-03" when-custom="5785-07-01" | 3 October 2024
hebrew 5700                   notBefore="1939-09-14" notAfter="1940-10-02" when-custom="5700" \
| between 14 September 1939 and 2 October 1940
coptic 1741-01-01             when="2024-09-11" when-custom="1741-01-01" | 11 September 2024
persian 1403-01-01            when="2024-03-20" when-custom="1403-01-01" | 20 March 2024
armenian 0001-01-01           when="0552-07-13" when-custom="0001-01-01" | 13 July 552
""".replace("\\\n", "")
NO_CALENDAR_DATES = {
    ("julian", "1701-02-29"): "invalid", ("julian", "1700-13"): "invalid", ("julian", "1700-02-30"): "invalid",
    ("julian", "1700-00"): "invalid", ("julian", "1700-02-00"): "invalid", ("julian", "1700-00-05"): "invalid",
    ("julian", "-0000"): "invalid", ("julian", "1702/1700"): "invalid", ("julian", "x"): "invalid",
    ("french-republican", "0008-13-06"): "invalid", ("french-republican", "0000"): "invalid",
    ("islamic", "0008-01-31"): "invalid", ("hebrew", "5701-13"): "invalid", ("islamic", "-0003"): "invalid",
    ("julian", "170X"): "unsayable", ("julian", "XXXX-12-25"): "unsayable", ("julian", "Y17000"): "unsayable",
    ("julian", "0000-03-02"): "unsayable", ("julian", "1700/"): "unsayable",
}  # fmt: skip
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


@pytest.mark.parametrize("row", CALENDAR_DATES.strip().splitlines())
def test_dates_of_other_calendars(row: str) -> None:
    first, english = row.split(" | ")
    calendar, text, written = first.split(maxsplit=2)
    named = f'calendar="#{calendar}"', f' datingMethod="#{calendar}"'
    assert (
        said(date_attributes(text, CALENDARS[calendar])).replace(f"{named[0]} ", "").replace(named[1], "")
        == written.strip()
    )
    assert all(part in said(date_attributes(text, CALENDARS[calendar])) for part in named)
    assert (
        readable(text, "en", CALENDARS[calendar]) == f"{english} ({text}, {CALENDARS[calendar].said['en']})"
    )
    assert CALENDARS[calendar].said["de"] in readable(text, "de", CALENDARS[calendar])


@pytest.mark.parametrize("date", NO_CALENDAR_DATES)
def test_what_is_no_date_there(date: tuple[str, str]) -> None:
    result = date_attributes(date[1], CALENDARS[date[0]])
    assert isinstance(result, Problem) and result.kind == NO_CALENDAR_DATES[date], result
    assert result.help and readable(date[1], "en", CALENDARS[date[0]]) == date[1]


def julian_day(year: int, month: int, day: int, gregorian: bool) -> int:
    """The number of a day, by the usual formula; years as astronomers count them."""
    y, m = year + 4800 - (month < 3), (month + 9) % 12
    centuries = y // 400 - y // 100 + 38 if gregorian else 0
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 + centuries


# style and date as it is written → Gregorian days
STYLED = {
    # the death of Charles I: 30 January 1648, which is 1649 for us
    ("lady-day", "1648-01-30"): "1649-02-09", ("lady-day", "1648-03-24"): "1649-04-03",
    ("lady-day", "1648-03-25"): "1648-04-04", ("lady-day", "1648"): "1648-04-04 1649-04-03",
    ("lady-day", "1648-02"): "1649-02-11 1649-03-10", ("lady-day", "1648-04"): "1648-04-11 1648-05-10",
    # Easter was on 11 April 1563 and on 2 April 1564
    ("easter", "1563-04-11"): "1563-04-21", ("easter", "1563-04-01"): "1564-04-11",
    ("easter", "1500-04-10"): "1501-04-20", ("easter", "1563-01"): "1564-01-11 1564-02-10", ("easter", "1563"): "1563-04-21 1564-04-11",
    ("venetian", "1499-02-28"): "1500-03-09", ("venetian", "1500-03-01"): "1500-03-11",
    ("christmas", "1400-12-25"): "1400-01-02", ("christmas", "1400-12-24"): "1401-01-02",
    ("pisan", "1400-03-25"): "1399-04-02", ("pisan", "1400-03-24"): "1400-04-02",
}  # fmt: skip
# accession (Julian unless years begin after 1752), date in years of the reign → Gregorian days. Regnal years as
# in C. R. Cheney, A Handbook of Dates: 10 Edward III is 25 January 1336 to 24 January 1337, 12 Charles II that of
# the Restoration, 29 Elizabeth I of the death of Mary Stuart (8 February 1587), 3 Henry V that of Agincourt.
REIGNS = {
    ("1327-01-25", "10"): "1336-02-02 1337-02-01", ("1649-01-30", "12-05-29"): "1660-06-08",
    ("1649-01-30", "3"): "1651-02-09 1652-02-08", ("1558-11-17", "29-02-08"): "1587-02-18",
    ("1558-11-17", "30"): "1587-11-27 1588-11-26", ("1413-03-21", "3-10-25"): "1415-11-03",
    ("1509-04-22", "25"): "1533-05-02 1534-05-01", ("1837-06-20", "1"): "1837-06-20 1838-06-19",
    ("1837-06-20", "64-01-22"): "1901-01-22", ("1760-10-25", "1-10-25"): "1760-10-25",
    ("1760-10-25", "1-10-24"): "1761-10-24", ("1837-06-20", "2/3"): "1838-06-20 1840-06-19",
    ("1504-02-29", "2"): "1505-03-11 1506-03-10",
}  # fmt: skip


def day(text: str) -> tuple[int, int, int]:
    year, month, number = map(int, text.split("-"))
    return year, month, number


def ruled(accession: str) -> Calendar:
    calendar = GREGORIAN if accession > "1752" else CALENDARS["julian"]
    return reign("x", calendar, day(accession), {"en": "years of X", "de": "Jahre von X"}, {})


def gregorian(text: str, calendar: Calendar) -> str:
    result = date_attributes(text, calendar)
    assert isinstance(result, DateAttributes), result.message
    named = ("when", "notBefore", "notAfter", "from", "to")
    return " ".join(value for name, value in result.pairs if name in named)


@pytest.mark.parametrize("written", STYLED, ids=" ".join)
def test_years_that_begin_otherwise(written: tuple[str, str]) -> None:
    assert gregorian(written[1], styled(written[0])) == STYLED[written]


@pytest.mark.parametrize("written", REIGNS, ids=" ".join)
def test_years_of_reigns(written: tuple[str, str]) -> None:
    assert gregorian(written[1], ruled(written[0])) == REIGNS[written]


@pytest.mark.parametrize(
    ("style", "text", "why"),
    [
        ("lady-day", "1648-03", "both ends"),  # 25 to 31 March 1648, and 1 to 24 March 1649
        ("easter", "1501-04-10", "none such"),  # Easter was on 11 April 1501, 27 March 1502 and 16 April 1503
        ("easter", "1502-04-10", "both ends"),
        ("lady-day", "1648-02-30", "none such"),
    ],
)
def test_what_is_not_clear_in_a_style(style: str, text: str, why: str) -> None:
    result = date_attributes(text, styled(style))
    assert isinstance(result, Problem) and why in result.message and result.help


@pytest.mark.parametrize("text", ["the third year of Charles II", "anno regni regis Edwardi tertii decimo"])
def test_a_reign_in_words_is_told_how_to_write_it(text: str) -> None:
    result = date_attributes(text)
    assert isinstance(result, Problem) and "reign: " in result.help


@given(st.sampled_from(sorted(STYLES)), st.dates(date(400, 1, 1), date(1900, 1, 1)))
def test_each_day_of_a_year_of_a_style_is_in_one_year(style: str, whole: date) -> None:
    """Of the years of a style each follows the other, and every day of the Julian calendar is in one of them."""
    calendar = styled(style)
    found = [
        number
        for year in range(whole.year - 1, whole.year + 3)
        for number in days(calendar, year, whole.month, whole.day)
    ]
    assert found == sorted(set(found))
    julian = span(CALENDARS["julian"], whole.year, whole.month, whole.day)
    assert julian is None or date(*julian[0]).toordinal() in found


@given(st.integers(-4000, 9000), st.integers(1, 12), st.integers(1, 28))
def test_julian_days_are_those_of_the_formula(year: int, month: int, day: int) -> None:
    found = span(CALENDARS["julian"], year, month, day)
    assert found and found[0] == found[1]
    assert julian_day(year, month, day, False) == julian_day(*found[0], True)


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    assert said(duration_attributes(text)) == DURATIONS[text]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_what_is_no_duration(text: str) -> None:
    assert said(duration_attributes(text)) == NO_DURATIONS[text]


def test_gregorian_dates_need_no_calendar() -> None:
    code = (
        "import sys; from edition.dates import *; date_attributes('1936~/1938-05-03');"
        "print('convertdate' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


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
    rows = CALENDAR_DATES.strip().splitlines()
    results += [date_attributes(row.split()[1], CALENDARS[row.split()[0]]) for row in rows]
    dates = [
        f"<date{attributes(result.pairs)}>x</date>"
        for result in results
        if isinstance(result, DateAttributes)
    ]
    assert len(dates) == len(results)
    assert faults(edition("<p>" + "\n".join(dates) + "</p>")) == []
