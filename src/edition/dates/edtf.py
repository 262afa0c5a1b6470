"""EDTF (ISO 8601-2, the Library of Congress's profile) → moments and periods, or what is wrong with a text.

The forms that TEI has attributes for are read. The others that EDTF knows are recognised, so that a help can say
what to write instead.

TEI counts years as XML Schema 1.0 does (remarks on att.datable.w3c): no year 0, and -0044 is 44 BC. EDTF
counts as astronomers do: 0000 is 1 BC and -0043 is 44 BC. Years before Christ are therefore moved by one.

A date of another calendar is written in the same way, in its own years, months and days; what is read is
Gregorian. Of TEI this knows only how it writes years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from edition.dates.calendars import Calendar, Day, days, span


class Problem(NamedTuple):
    """Why a text is no date that can be written: it is none at all, or TEI has no attribute for it (`unsayable`).

    `better` is the same in EDTF, where the text can be read in one way only.
    """

    kind: Literal["invalid", "unsayable"]
    message: str
    help: str = ""
    better: str = ""


class Moment(NamedTuple):
    """A point of time, as precise as it was written; `low` and `high` are its bounds as TEI writes them, often equal.

    `first` and `last` are the earliest and latest (year, month, day, hour, minute, second) that may be meant, years as in
    EDTF. `many`: it is a decade, a century or more.
    """

    text: str
    low: str
    high: str
    mark: str = ""
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    many: bool = False

    @property
    def bare(self) -> str:
        """What was written, without its marks of doubt."""
        return self.text.rstrip("?~%").replace("-XX", "")


Form = Literal["moment", "period", "within"]


class Time(NamedTuple):
    """A moment (`low` alone), a period from `low` to `high`, or some time `within` them. None is an open end."""

    form: Form
    low: Moment | None
    high: Moment | None = None

    @property
    def marks(self) -> str:
        """The marks of doubt at either end."""
        return "".join(end.mark for end in (self.low, self.high) if end)


def doubts(marks: str) -> tuple[bool, bool]:
    """Whether marks say that it was about then (`~`, `%`), and whether they say that it is not certain (`?`, `%`)."""
    return "~" in marks or "%" in marks, "?" in marks or "%" in marks


YEAR = r"(?P<year>Y-?[1-9]\d{4,}|-?(?:\d{4}|\d{3}X|\d\dXX|\dXXX|XXXX))"
CLOCK = r"T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<zone>Z|[+-]\d\d(?::\d\d)?)?"
MOMENT = re.compile(
    rf"{YEAR}(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:{CLOCK})?)?)?(?P<mark>[?~%])?", re.ASCII
)
SHORT_YEAR = re.compile(r"^\d{1,3}(?=[-?~%]|$)", re.ASCII)  # of a reign
WITHIN = re.compile(r"\[([^,\[\]{}/]*?)\.\.([^,\[\]{}/]*)\]")
LONGEST_YEAR = 18  # digits that both RELAX NG validators still read as a year
LONGEST_TEXT = 200
SEASONS = range(21, 42)
LEAP = 2000  # a year that has every day
LATER = 99  # than any month, day or hour: where a moment ends that says no more


def _invalid(text: str, why: str, help: str = "") -> Problem:
    return Problem("invalid", f"“{text}” is no date: {why}", help)


def unsayable(text: str, why: str, help: str) -> Problem:
    return Problem("unsayable", f"TEI has no attribute for “{text}”: {why}", help)


@lru_cache(4096)  # attributes, words and several checks ask for the same dates
def parse_time(text: str, calendar: Calendar | None = None) -> Time | Problem:
    """The time that an EDTF text says in a calendar (if none is given: the Gregorian), or what is wrong with it."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        return _invalid(text[:40] + "…", "it is too long", "Put prose into `comment` or a note.")
    return _time(text, partial(_moment_in, calendar) if calendar else _moment) or _elsewhere(text)


Reader = Callable[[str], "Moment | Problem | None"]


def _time(text: str, read: Reader) -> Time | Problem | None:
    """The time that a text says, or what is wrong with it; None, here and below, if it has none of these forms."""
    within = WITHIN.fullmatch(text)
    if within:
        return _between(text, "within", within[1] or "..", within[2] or "..", read)
    if "/" in text:
        low, _, high = text.partition("/")
        return _between(text, "period", low, high, read)
    moment = read(text)
    return Time("moment", moment) if isinstance(moment, Moment) else moment


def _between(
    text: str, form: Literal["period", "within"], low: str, high: str, read: Reader
) -> Time | Problem | None:
    ends: list[Moment | None] = []
    for end in (low, high):
        moment = None if end in ("", "..") else read(end)
        if isinstance(moment, Problem):
            return moment
        if moment is None and end not in ("", ".."):
            return None
        ends.append(moment)
    if not any(ends):
        return unsayable(text, "it says nothing", "Leave the date out.") if low or high else None
    if not low or not high:
        known = low or high
        help = f"Write {known}/.. or ../{known} for an open end, or the known end alone: {known}."
        return unsayable(text, "one end is unknown", help)
    return _in_order(text, Time(form, ends[0], ends[1]))


def _in_order(text: str, time: Time) -> Time | Problem:
    """The time, if it has ends that can be ends and the earlier one comes first."""
    for end in (time.low, time.high):
        if end and not end.first:
            return unsayable(text, "a day of every year begins or ends nothing", "Write the years.")
        if end and time.form == "period" and end.many:
            help = "Write years on both sides and say in `comment` how sure they are."
            return unsayable(text, f"“{end.text}” is no single begin or end", help)
    if time.low and time.high and time.low.first > time.high.last:
        return _invalid(text, "it ends before it begins", "Write the earlier date first.")
    return time


def _moment(text: str) -> Moment | Problem | None:
    match = MOMENT.fullmatch(text)
    if not match:
        return None
    year, month, day = _parts(match)
    if year == "-0000":
        return _invalid(text, "there is no year -0000", "1 BC is 0000.")
    if "X" in year and (month or day):
        return _every_year(match) if year == "XXXX" else None
    if "XXXX" in year:
        return unsayable(text, "it leaves the year open", 'Write the span it lies in: "[1900..1999]".')
    if year.startswith("Y"):
        return _long_year(match)
    if not month:
        return None if day else _years(match)
    return _month_or_day(match, int(year), int(month), day)


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    """Year, month and day as they are written; "" for a month or a day that is not known."""
    month, day = ((match[name] or "").strip("X") for name in ("month", "day"))
    return match["year"], month, day


def _days(year: int, month: int) -> range:
    return range(1, monthrange(year, month)[1] + 1)


def _tei_year(year: int) -> str:
    return f"{year:04d}" if year > 0 else f"-{1 - year:04d}"


def _month_or_day(match: re.Match[str], year: int, month: int, day: str) -> Moment | Problem | None:
    text, written = match[0], f"{match['year']}-{match['month']}"
    if month in SEASONS:
        return None
    if month not in range(1, 13):
        return _invalid(text, f"there is no month {month:02d}", "Months are 01 to 12.")
    tei = f"{_tei_year(year)}-{month:02d}"
    if not day:
        return _one(match, tei, (year, month))
    when = (year, month, int(day))
    if when[2] not in (allowed := _days(year, month)):
        return _invalid(text, f"there is no day {day}", f"The last day of {written} is {allowed[-1]}.")
    if unknown := _no_leap_day(text, when, written):
        return unknown
    return _second(match, f"{tei}-{day}", when) if match["hour"] else _one(match, f"{tei}-{day}", when)


def _one(match: re.Match[str], tei: str, when: tuple[int, ...]) -> Moment:
    """The moment for which TEI has one value; it lasts as long as its smallest part, such as a month."""
    return Moment(match[0], tei, tei, match["mark"] or "", when, (*when, LATER))


def _no_leap_day(text: str, day: Day, instead: str) -> Problem | None:
    if day[0] < 1 and day[1:] == (2, 29):
        return unsayable(text, "its schemas know no leap day before Christ", f"Write {instead}.")
    return None


def _moment_in(calendar: Calendar, text: str) -> Moment | Problem | None:
    """The Gregorian days of a year, a month or a day of another calendar."""
    match = MOMENT.fullmatch(SHORT_YEAR.sub(lambda m: m[0].zfill(4), text) if calendar.ruler else text)
    if not match:
        return None
    year, month, day = _parts(match)
    if not year.lstrip("-").isdigit() or (day and not month):
        why = f"of the {calendar.said['en']} single years, months and days are known"
        return unsayable(text, why, 'Write a span: "[1700..1709]" for 170X.')
    named = (int(year), *(int(part) for part in (month, day) if part))
    whole = None if year == "-0000" or 0 in named[1:] else span(calendar, *named)
    if whole is None:
        return _no_span(text, calendar, named)
    first, last = whole
    if unknown := _no_leap_day(text, first, year) or _no_leap_day(text, last, year):
        return unknown
    low, high = (f"{_tei_year(end[0])}-{end[1]:02d}-{end[2]:02d}" for end in whole)
    if match["hour"]:
        return _second(match, low, first)
    return Moment(text, low, high, match["mark"] or "", first, (*last, LATER))


def _no_span(text: str, calendar: Calendar, named: tuple[int, ...]) -> Problem:
    """Why a year, month or day of a calendar is no span of days: there is none, or it is in two pieces."""
    if 0 not in named[1:] and calendar.starts and days(calendar, *named):
        help = "Write the day. If that is still not clear, write it in years from 1 January, without “style” or “reign”."
        return Problem("invalid", f"“{text}” stands at both ends of that year ({calendar.said['en']})", help)
    why = f"there is none such in the {calendar.said['en']}"
    return _invalid(text, why, "Months and days are numbers there too.")


def _second(match: re.Match[str], tei: str, day: tuple[int, ...]) -> Moment | Problem:
    clock = (int(match["hour"]), int(match["minute"]), int(match["second"]))
    if clock > (24, 0, 0) or clock[1] > 59 or clock[2] > 59:
        return _invalid(match[0], "there is no such time of day", "Times are 00:00:00 to 24:00:00.")
    zone = match["zone"] or ""
    if zone not in ("", "Z"):
        zone = zone if ":" in zone else f"{zone}:00"
        hours, minutes = int(zone[1:3]), int(zone[4:])
        if minutes > 59 or hours * 60 + minutes > 14 * 60:
            return _invalid(match[0], f"there is no time zone {zone}", "Zones are -14:00 to +14:00.")
    tei += "T{:02d}:{:02d}:{:02d}".format(*clock) + zone
    if zone:  # an hour of another zone is not compared
        return _one(match, tei, day)
    return Moment(match[0], tei, tei, match["mark"] or "", (*day, *clock), (*day, *clock))


def _years(match: re.Match[str]) -> Moment:
    """A year, a decade, a century, a millennium."""
    year, mark = match["year"], match["mark"] or ""
    low, high = sorted((int(year.replace("X", "0")), int(year.replace("X", "9"))))
    if year.startswith("-"):
        high = min(high, -1)  # there is no -0000
    return Moment(match[0], _tei_year(low), _tei_year(high), mark, (low,), (high, LATER), "X" in year)


def _long_year(match: re.Match[str]) -> Moment | Problem:
    text, year = match[0], match["year"][1:]
    if match["month"]:
        return _invalid(text, "a year of more than four digits has no months in EDTF", f"Write Y{year}.")
    if len(year.lstrip("-")) > LONGEST_YEAR:
        return unsayable(text, "the year is too far away", "Write it into a note.")
    return _one(match, _tei_year(int(year)), (int(year),))


def _every_year(match: re.Match[str]) -> Moment | Problem | None:
    """A day or month of every year, such as XXXX-12-25."""
    _, month, day = _parts(match)
    if not month or int(month) in SEASONS or match["hour"]:
        return None
    if int(month) not in range(1, 13) or (day and int(day) not in _days(LEAP, int(month))):
        return _invalid(match[0], "there is no such day in any year")
    tei = f"--{month}-{day}" if day else f"--{month}"
    return Moment(match[0], tei, tei, match["mark"] or "")


# what is none of these forms

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
        "November", "Dezember",
    ),
}  # fmt: skip
# EDTF that TEI has no attribute for: a date any part of which may be open or doubted, and what is made of such dates
QUALIFIED = r"[?~%]?(?:{})[?~%]?"
YEAR_OPEN = QUALIFIED.format(r"-?[\dX]{4}")
MONTH_OPEN = QUALIFIED.format(r"0[1-9]|1[0-2]|[01X]X|X\d")
DAY_OPEN = QUALIFIED.format(r"0[1-9]|[12]\d|3[01]|[0-3X]X|X\d")
DATE = rf"{YEAR_OPEN}(?:-{MONTH_OPEN}(?:-{DAY_OPEN})?)?"
SEASON = r"-?\d{4}-(?:2[1-9]|3\d|4[01])[?~%]?"
SPAN = rf"(?:{DATE}|{DATE}\.\.(?:{DATE})?|\.\.{DATE})"
SEVERAL = rf"(?:{SPAN}(?:,{SPAN})+|{DATE}\.\.(?:{DATE})?|\.\.{DATE})"
END = rf"(?:{DATE}|{SEASON}|\.\.)"
SEASON_HELP = 'Write the months meant as a span: "[2001-03..2001-05]" for a northern spring.'
UNSAID: tuple[tuple[str, str, str], ...] = (
    (r"-?\d{4}-2[1-4][?~%]?", "it is a season", SEASON_HELP),
    (SEASON, "it is a part of a year", SEASON_HELP),
    (rf"\[{SEVERAL}\]", "it is a choice of dates",
     'Write the span they lie in, "[1667..1672]", or use `or:`.'),
    (rf"\{{{SEVERAL}\}}", "it is several dates",
     "Write the period, 1667/1672, or one annotation for each date."),
    (rf"-?\d{{4}}(?:-(?:0[1-9]|1[0-2]))?{CLOCK}", "a time of day needs the whole date", "Write 1937-07-17T10:10:10."),
    (r"Y-?[1-9]\d*E[1-9]\d*(?:S\d+)?", "the year is a power", "Write the year out: Y170000000."),
    (rf"{DATE}|{END}/{END}?|/{END}|(?:-?\d{{4}}|Y-?[1-9]\d{{4,}})S\d+", "only a part of it is open or uncertain",
     'Put ?, ~ or % at the end, where it is said of the whole, or write a span: "[1900-12..1999-12]".'),
)  # fmt: skip
MONTH_NAMES = {name.casefold(): n for names in MONTHS.values() for n, name in enumerate(names, 1)}
NAME = rf"(?P<name>{'|'.join(MONTH_NAMES)})"
Habits = tuple[tuple[str, Callable[[re.Match[str]], str]], ...]
HABITS: Habits = (  # what has one reading only …
    (r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})", lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"),
    (r"(1[3-9]|[23]\d)/(\d\d?)/(\d{4})", lambda m: f"{m[3]}-{int(m[2]):02d}-{m[1]}"),
    (r"(\d\d?)/(1[3-9]|[23]\d)/(\d{4})", lambda m: f"{m[3]}-{int(m[1]):02d}-{m[2]}"),
    (r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"),
    (rf"(\d\d?)(?:\.|st|nd|rd|th)?\s{NAME}\s(\d{{4}})", lambda m: _named(m, m[3], m[1])),
    (rf"{NAME}\s(\d\d?)(?:st|nd|rd|th)?,?\s(\d{{4}})", lambda m: _named(m, m[3], m[2])),
    (rf"{NAME}\s(\d{{4}})", lambda m: _named(m, m[2])),
    (r"(\d{4})\s?[-–—]\s?(\d{4})", lambda m: f"{m[1]}/{m[2]}"),
    (r"(?:ca?\.?|circa|about|around|um|etwa)\s?(\d{4})", lambda m: f"{m[1]}~"),
    (r"(\d\d[1-9])0(?:s|er)(?: Jahre)?", lambda m: f"{m[1]}X"),
    (r"([1-9]\d{0,3})\s?(?:BCE?|v\. ?Chr\.)", lambda m: f"{1 - int(m[1]):05d}" if int(m[1]) > 1 else "0000"),
    (r"Y(-?\d{4})", lambda m: m[1]),
)
GUESSES: Habits = (  # … and what may have more
    (r"(\d{4})[-/.](\d)", lambda m: f"{m[1]}-0{m[2]}"),
    (r"(?:before|vor)\s(\d{4})", lambda m: f"[..{m[1]}]"),
    (r"(?:after|nach)\s(\d{4})", lambda m: f"[{m[1]}..]"),
    (r"(?:since|from|seit|ab)\s(\d{4})", lambda m: f"{m[1]}/.."),
    (r"(?:until|till|to|bis)\s(\d{4})", lambda m: f"../{m[1]}"),
    (r"(\d\d)00(?:s|er)(?: Jahre)?", lambda m: f"{m[1]}0X"),
)

REIGNS = r"\b(?:year of|regn\w+|reign\w*|regier\w+|anno)\b"


def _named(match: re.Match[str], year: str, day: str = "") -> str:
    month = f"{year}-{MONTH_NAMES[match['name'].casefold()]:02d}"
    return f"{month}-{int(day):02d}" if day else month


def _elsewhere(text: str) -> Problem:
    """What is wrong with a text that is none of the forms read here."""
    for pattern, why, help in UNSAID:
        if re.fullmatch(pattern, text, re.ASCII):
            return unsayable(text, why, help)
    certain = _rewritten(text, HABITS)
    better = certain or _rewritten(text, GUESSES)
    of_a_reign = SHORT_YEAR.match(text) or re.search(REIGNS, text, re.IGNORECASE)
    help = f'Write "{better}".' if better else OF_A_REIGN if of_a_reign else LIKE
    return _invalid(text, "it is not EDTF", help)._replace(better=certain)


OF_A_REIGN = (
    "For a year of a reign write its number, and the ruler beside it: “date: 3”, “reign: charles_ii”."
)
LIKE = 'Dates look like 1937-07-17, 1937-07, 1937, 1919~, 1936/1938, "[1936..1938]".'


def _rewritten(text: str, habits: Habits) -> str:
    """What a text that is no EDTF means in EDTF, or ""."""
    for pattern, rewrite in habits:
        match = re.fullmatch(f"(?ai:{pattern})", text)
        if match and isinstance(_time(better := rewrite(match), _moment), Time):
            return better
    return ""
