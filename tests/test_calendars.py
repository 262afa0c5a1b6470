"""Dates of other calendars, of years that begin otherwise and of reigns → days of the Gregorian calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edition.dates.calendars import CALENDARS, GREGORIAN, REFORMS, STYLES, Calendar, days, reign, span, styled
from edition.dates.edtf import Problem
from edition.dates.reigns import counted, reckoned
from edition.dates.tei import DateAttributes, date_attributes
from edition.dates.words import readable
from edition.model.annotation import Entry
from edition.model.nodes import Mapping, Scalar
from edition.model.source import Source
from edition.model.xml import attributes

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
julian 1700-04                notBefore="1700-04-12" notAfter="1700-05-11" when-custom="1700-04" \
| between 12 April 1700 and 11 May 1700
julian 1700~                  notBefore="1700-01-11" notAfter="1701-01-11" precision="low" when-custom="1700" \
| roughly between 11 January 1700 and 11 January 1701
julian 1700-02/1700-05-02     from="1700-02-11" to="1700-05-13" from-custom="1700-02" to-custom="1700-05-02" \
| 11 February 1700 – 13 May 1700
julian 1700~/1702?            from="1700-01-11" to="1703-01-11" precision="low" cert="low" from-custom="1700" \
to-custom="1702" | about 11 January 1700 – 11 January 1703 (uncertain)
julian 1700/..                from="1700-01-11" from-custom="1700" | from 11 January 1700
julian [..1700]               notAfter="1701-01-11" notAfter-custom="1700" | not after 11 January 1701
julian 1700-01-05?            when="1700-01-15" cert="low" when-custom="1700-01-05" | 15 January 1700 (uncertain)
julian 1917-10-25T21:40:00+02 when="1917-11-07T21:40:00+02:00" when-custom="1917-10-25T21:40:00+02" \
| 7 November 1917, 21:40:00 +02:00
julian 1917-10-25T24:00:00/1917-10-25 from="1917-11-07T24:00:00" to="1917-11-07" from-custom="1917-10-25T24:00:00" \
to-custom="1917-10-25" | 7 November 1917, 24:00:00 – 7 November 1917
julian -0043                  notBefore="-0045-12-30" notAfter="-0044-12-29" when-custom="-0043" \
| between 30 December 45 BC and 29 December 44 BC
julian 9999-12-31             when="10000-03-13" when-custom="9999-12-31" | 13 March 10000
julian -9999-01-01            when="-10001-10-16" when-custom="-9999-01-01" | 16 October 10001 BC
julian ../1700-12-31?         to="1701-01-11" cert="low" to-custom="1700-12-31" | until 11 January 1701 (uncertain)
julian [1700..1702-01]        notBefore="1700-01-11" notAfter="1702-02-11" notBefore-custom="1700" \
notAfter-custom="1702-01" | between 11 January 1700 and 11 February 1702
french-republican 0008-02-18  when="1799-11-09" when-custom="0008-02-18" | 9 November 1799
french-republican 0002-11-09  when="1794-07-27" when-custom="0002-11-09" | 27 July 1794
french-republican 0003-13-06  when="1795-09-22" when-custom="0003-13-06" | 22 September 1795
french-republican 0001        notBefore="1792-09-22" notAfter="1793-09-21" when-custom="0001" \
| between 22 September 1792 and 21 September 1793
islamic 0001-01-01            when="0622-07-19" when-custom="0001-01-01" | 19 July 622
hebrew 5785-07-01             when="2024-10-03" when-custom="5785-07-01" | 3 October 2024
hebrew 5700                   notBefore="1939-09-14" notAfter="1940-10-02" when-custom="5700" \
| between 14 September 1939 and 2 October 1940
coptic 1741-01-01             when="2024-09-11" when-custom="1741-01-01" | 11 September 2024
persian 1402-12               notBefore="2024-02-20" notAfter="2024-03-19" when-custom="1402-12" \
| between 20 February 2024 and 19 March 2024
persian 1403-12-30            when="2025-03-20" when-custom="1403-12-30" | 20 March 2025
persian 1403-01-01            when="2024-03-20" when-custom="1403-01-01" | 20 March 2024
armenian 0001-01-01           when="0552-07-13" when-custom="0001-01-01" | 13 July 552
""".replace("\\\n", "")
NO_CALENDAR_DATES = {
    ("julian", "1701-02-29"): "invalid", ("julian", "1700-13"): "invalid", ("julian", "1700-02-30"): "invalid",
    ("julian", "1700-00"): "invalid", ("julian", "1700-02-00"): "invalid", ("julian", "1700-00-05"): "invalid",
    ("julian", "-0000"): "invalid", ("julian", "1702/1700"): "invalid", ("julian", "x"): "invalid",
    ("french-republican", "1209"): "invalid",  # the last that convertdate counts: where it ends is not known
    ("french-republican", "0008-13-06"): "invalid", ("french-republican", "0000"): "invalid",
    ("islamic", "0008-01-31"): "invalid", ("hebrew", "5701-13"): "invalid", ("islamic", "-0003"): "invalid",
    ("julian", "170X"): "unsayable", ("julian", "XXXX-12-25"): "unsayable", ("julian", "Y17000"): "unsayable",
    ("julian", "1700-02-3X"): "unsayable", ("julian", "1700/1699-12"): "invalid",
    ("julian", "1700-XX-05"): "unsayable", ("julian", "0000-03-02"): "unsayable",
    ("julian", "1700/"): "unsayable",
}  # fmt: skip


@pytest.mark.parametrize("row", CALENDAR_DATES.strip().splitlines())
def test_dates_of_other_calendars(row: str) -> None:
    first, english = row.split(" | ")
    name, text, written = first.split(maxsplit=2)
    result = date_attributes(text, CALENDARS[name])
    assert isinstance(result, DateAttributes)
    said = dict(result.pairs)
    assert [*said][-1] == "datingMethod"
    assert said.pop("calendar") == said.pop("datingMethod") == f"#{name}"
    assert attributes(said.items()).strip() == written.strip()
    assert readable(text, "en", CALENDARS[name]) == f"{english} ({text}, {CALENDARS[name].said['en']})"
    assert CALENDARS[name].said["de"] in readable(text, "de", CALENDARS[name])


@pytest.mark.parametrize(("name", "text"), NO_CALENDAR_DATES)
def test_what_is_no_date_there(name: str, text: str) -> None:
    result = date_attributes(text, CALENDARS[name])
    assert isinstance(result, Problem) and result.kind == NO_CALENDAR_DATES[name, text], result
    assert result.help and readable(text, "en", CALENDARS[name]) == text


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
    # from the second day of the year
    ("1700-01-02", "1-01-01"): "1701-01-12", ("1700-01-02", "1-01-02"): "1700-01-12",
    # from a leap day, or from 1 March where there is none
    ("1504-02-29", "2"): "1505-03-11 1506-03-10", ("1504-02-29", "4"): "1507-03-11 1508-03-09",
    ("1504-02-29", "5"): "1508-03-10 1509-03-10",
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
        ("lady-day", "1648-00", "none such"),
        ("easter", "0000", "none such"),
        ("easter", "-0005", "none such"),
        ("easter", "9998", "none such"),
        ("easter", "9999", "none such"),
    ],
)
def test_what_is_not_clear_in_a_style(style: str, text: str, why: str) -> None:
    result = date_attributes(text, styled(style))
    assert isinstance(result, Problem) and why in result.message and result.help


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


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 28))
@example(9999, 12, 31)
@example(9999, 10, 18)  # the last day that Python knows, and the first that it does not
@example(9999, 10, 19)
@example(-9999, 1, 1)
@example(1, 1, 2)
@example(1, 1, 3)  # the first day that Python knows
def test_julian_days_are_those_of_the_formula(year: int, month: int, day: int) -> None:
    found = span(CALENDARS["julian"], year, month, day)
    assert found and found[0] == found[1]
    assert julian_day(year, month, day, False) == julian_day(*found[0], True)


@given(st.integers(1, 9997))
@example(1)
@example(9997)
def test_a_year_of_easter_begins_on_the_sunday_of_the_tables(year: int) -> None:
    """The usual formula for the Julian Easter (J. Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 4, year % 7, year % 19
    moon = (19 * c + 15) % 30
    week = (2 * a + 4 * b - moon + 34) % 7
    month, number = divmod(moon + week + 114, 31)
    whole = span(styled("easter"), year)
    assert whole and julian_day(*whole[0], True) == julian_day(year, month, number + 1, False)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([name for name in CALENDARS if name != "persian"]), st.integers(1, 5000))
@example("french-republican", 3)  # with a leap day
@example("hebrew", 5784)  # with a leap month
@example("julian", -4)
def test_months_fill_the_year_and_days_the_month(name: str, year: int) -> None:
    calendar = CALENDARS[name]
    months = {month: found for month in range(1, 15) if (found := span(calendar, year, month))}
    if (whole := span(calendar, year)) is None:  # convertdate counts no such year
        assert not months
        return
    in_order = sorted(months.values())
    assert (in_order[0][0], in_order[-1][1]) == whole and len(months) >= 12
    ends = [(julian_day(*first, True), julian_day(*last, True)) for first, last in in_order]
    assert all(last + 1 == first for (_, last), (first, _) in pairwise(ends))
    for month, (first, last) in months.items():
        length = julian_day(*last, True) - julian_day(*first, True) + 1
        assert span(calendar, year, month, 1) == (first, first)
        assert span(calendar, year, month, length) == (last, last)
        assert span(calendar, year, month, length + 1) is None


def test_no_year_before_the_first() -> None:
    for calendar in (*CALENDARS.values(), ruled("1837-06-20")):
        for year in (1, 0, -1):
            assert (span(calendar, year) is None) == (year < 1 and calendar.name != "julian"), calendar.name
            assert not calendar.starts or bool(days(calendar, year)) == (year > 0)


def test_a_reign_from_a_day_that_few_years_have() -> None:
    """The Islamic year 2 has a 30th of its last month, and the years 3 and 4 have none."""
    islamic = reign("x", CALENDARS["islamic"], (2, 12, 30), {"en": "years of X"}, {})
    assert days(islamic, 1) == days(islamic, 2) == [] and span(islamic, 1) is None
    julian = reign("x", CALENDARS["julian"], (1504, 2, 29), {"en": "years of X"}, {})
    assert [len(days(julian, year)) for year in range(1, 6)] == [366, 365, 365, 365, 366]


def test_days_of_a_year_that_begins_otherwise() -> None:
    lady_day = styled("lady-day")
    assert len(days(lady_day, 1648)) == 365 and len(days(lady_day, 1647)) == 366
    march = days(lady_day, 1648, 3)  # 25 to 31 March 1648, and 1 to 24 March 1649
    assert len(march) == 31 and march[7] - march[6] == 365 - 30
    assert days(lady_day, 1648, 3, 1) == [march[7]]


LAST_JULIAN = {
    "ru": "1918-01-31", "en": "1752-09-02", "sv": "1753-02-17", "da": "1700-02-18", "no": "1700-02-18",
    "bg": "1916-03-31", "ro": "1919-03-31", "el": "1923-02-15", "fr": "1582-12-09", "es": "1582-10-04",
    "pt": "1582-10-04", "pl": "1582-10-04", "it": "1582-10-04",
}  # fmt: skip


def test_a_reform_begins_on_the_day_after_the_last_julian_one() -> None:
    for reform in REFORMS:
        for tongue in reform.languages:
            last = gregorian(LAST_JULIAN[tongue], CALENDARS["julian"])
            assert date.fromisoformat(last) + timedelta(1) == reform.first, reform.where
    assert set(LAST_JULIAN) == {tongue for reform in REFORMS for tongue in reform.languages}


def test_gregorian_dates_need_no_calendar() -> None:
    code = (
        "import sys; from edition.dates.tei import *; date_attributes('1936~/1938-05-03');"
        "print('convertdate' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def ruler(accession: str | dict[str, str] | None) -> Entry:
    """An entry of the register of people, with the field as it is written."""
    scalars = {k: scalar(v) for k, v in accession.items()} if isinstance(accession, dict) else {}
    node = Mapping({**scalars}, 0) if isinstance(accession, dict) else scalar(accession or "")
    items = {} if accession is None else {"accession": node}
    return Entry("people", "queen", Mapping({**items}, 0), Source("x", ""), scalar("queen"))


def scalar(text: str) -> Scalar:
    return Scalar(text, 0, 0, True)


@pytest.mark.parametrize(
    ("accession", "third", "about"),
    [
        ("1837-06-20", "1839-06-20 1840-06-19", "20 June 1837"),
        (" 1837-06-20 ", "1839-06-20 1840-06-19", "20 June 1837"),
        ({"date": "1837-06-20"}, "1839-06-20 1840-06-19", "20 June 1837"),
        ({"date": "1837-06-20", "style": "lady-day"}, "1839-06-20 1840-06-19", "20 June 1837"),
        (
            {"date": "1649-01-30", "calendar": " julian "}, "1651-02-09 1652-02-08",
            "9 February 1649 (1649-01-30, Julian calendar)",
        ),
        (
            {"date": "1648-01-30", "calendar": " julian ", "style": "lady-day"}, "1651-02-09 1652-02-08",
            "9 February 1649 (1648-01-30, Julian calendar, year from Lady Day)",
        ),
    ],
)  # fmt: skip
def test_a_reign_is_counted_from_the_accession(
    accession: str | dict[str, str], third: str, about: str
) -> None:
    result = counted(ruler(accession), {"en": "the queen", "de": "der Königin"})
    assert isinstance(result, Calendar) and (result.name, result.ruler) == ("reign.queen", "queen")
    assert result.said == {"en": "regnal years of the queen", "de": "Regierungsjahre von der Königin"}
    assert result.about["en"] == f"Counted from {about}, the day of the accession."
    assert result.about["de"].startswith("Gezählt ab dem ")
    assert gregorian("3", result) == third


@pytest.mark.parametrize(
    ("accession", "why"),
    [
        (None, "does not say when the reign of “queen” began"),
        ("", "does not say when"),
        ({"calendar": "julian"}, "does not say when"),
        ("1837-06", "the accession of “queen” is no day: 1837-06"),
        ("1837-06-31", "is no day"),
        ("1837-06-20~", "is no day"),
        ({"date": "1700-02-30", "calendar": "julian"}, "is no day"),
    ],
)
def test_an_accession_is_a_day(accession: str | dict[str, str] | None, why: str) -> None:
    result = counted(ruler(accession), {"en": "", "de": ""})
    assert isinstance(result, Problem) and result.kind == "invalid" and why in result.message
    assert "accession: {date: 1649-01-30, calendar: julian}" in result.help


def test_which_calendar_is_meant() -> None:
    assert reckoned("") is None and reckoned("", "easter") is None
    assert reckoned("islamic") is reckoned("islamic", "easter") is CALENDARS["islamic"]
    assert reckoned("persian", "easter") is CALENDARS["persian"]
    assert reckoned("julian") is CALENDARS["julian"]
    styled_one = reckoned("julian", "easter")
    assert styled_one and styled_one.name == "julian.easter"
    assert styled_one.said["de"] == "julianischer Kalender, Jahr ab Ostern"
    assert styled_one.about["de"].startswith("Das Jahr beginnt zu Ostern: ")
