"""EDTF dates and ISO 8601 durations → the attributes that TEI has for time (att.datable, att.dimensions).

`~` is precision, `?` is certainty, `%` both; said of one end of a period, they are written for the whole.
Of a date in another calendar the attributes of W3C are Gregorian; what was written stands in those of
att.datable.custom, and @calendar and @datingMethod name the calendar.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from edition.dates.calendars import Calendar
from edition.dates.edtf import Form, Moment, Problem, Time, doubts, parse_time, unsayable

Pairs = tuple[tuple[str, str], ...]


class DateAttributes(NamedTuple):
    """TEI's attributes of a date or a length of time, in the order in which they are written."""

    pairs: Pairs


def date_attributes(text: str, calendar: Calendar | None = None) -> DateAttributes | Problem:
    """The attributes of att.datable for an EDTF text in a calendar (None: Gregorian), or what is wrong with it."""
    time = parse_time(text, calendar)
    if isinstance(time, Problem):
        return time
    written = _in_calendar(time, calendar.name) if calendar else ()
    return DateAttributes((*_gregorian(time), *_marked(time.marks), *written))


ENDS: dict[Form, tuple[str, str]] = {
    "moment": ("when", ""),
    "period": ("from", "to"),
    "within": ("notBefore", "notAfter"),
}
TIMES = tuple(name for ends in ENDS.values() for name in ends if name)
CALENDAR = frozenset(("calendar", "datingMethod", *(f"{name}-custom" for name in TIMES)))
"""The attributes that are only written for another calendar than the Gregorian."""


def _gregorian(time: Time) -> Pairs:
    match time:
        case Time("moment", Moment() as at) if at.low != at.high:
            return ("notBefore", at.low), ("notAfter", at.high)
        case Time(form, low, high):
            begin, end = ENDS[form]
            pairs = (low and (begin, low.low), high and (end, high.high))
            return tuple(pair for pair in pairs if pair)


def _in_calendar(time: Time, calendar: str) -> Pairs:
    """The attributes for a date as it was written, and for its calendar."""
    begin, end = ENDS[time.form]
    written = ((f"{name}-custom", at.bare) for name, at in ((begin, time.low), (end, time.high)) if at)
    return (("calendar", f"#{calendar}"), *written, ("datingMethod", f"#{calendar}"))


def _marked(marks: str) -> Pairs:
    about, uncertain = doubts(marks)
    return (("precision", "low"),) * about + (("cert", "low"),) * uncertain


# durations

DURATION = re.compile(
    r"(?P<bound>[<>]?)P(?=\d|T\d)(?:(?P<year>\d{1,9})Y)?(?:(?P<month>\d{1,9})M)?(?:(?P<week>\d{1,8})W)?"
    r"(?:(?P<day>\d{1,9})D)?(?:T(?=\d)(?:(?P<hour>\d{1,9})H)?(?:(?P<minute>\d{1,9})M)?"
    r"(?:(?P<second>\d{1,9}(?:[.,]\d{1,9})?)S)?)?(?P<mark>[?~%]?)",
    re.ASCII,
)
UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
SMALLER = {("year", "month"): 12, ("week", "day"): 7, ("hour", "minute"): 60}
BOUND = {"<": "atMost", ">": "atLeast"}


def duration_attributes(text: str) -> DateAttributes | Problem:
    """The attributes of a length of time, or what is wrong with it: `P16Y` becomes @dur.

    `<P3M`, `>P3M` and `P3M/P6M` become @atMost, @atLeast and both (TEI, att.ranging).
    """
    text = text.strip()
    pairs: Pairs | Problem
    match [DURATION.fullmatch(part) for part in text.split("/")]:
        case [re.Match() as length] if not length["bound"]:
            marks, pairs = length["mark"], (("dur", _written(length)),)
        case [re.Match() as length]:
            marks, pairs = length["mark"], _ranging(text, {BOUND[length["bound"]]: length})
        case [re.Match() as least, re.Match() as most] if not (least["bound"] or most["bound"]):
            marks, pairs = least["mark"] + most["mark"], _ranging(text, {"atLeast": least, "atMost": most})
        case _:
            return _no_duration(text)
    return pairs if isinstance(pairs, Problem) else DateAttributes((*pairs, *_marked(marks)))


def _no_duration(text: str) -> Problem:
    text = text if len(text) < 60 else text[:40] + "…"
    if re.fullmatch(r"P[\dYMWDTHS]*\d[.,]\d[\dYMWDTHS.,]*", text.strip("<>?~%")):
        return unsayable(
            text, "only seconds have fractions", "Write it in a smaller unit: P6M for half a year."
        )
    help = "Durations look like P16Y, P3M, P2W, P1Y6M, PT48H; <P3M is less than three months."
    return Problem("invalid", f"“{text}” is no duration", help)


def _written(match: re.Match[str]) -> str:
    """A length of time as XML Schema writes it: without weeks, and with a decimal point."""
    days = int(match["day"] or 0) + 7 * int(match["week"] or 0)
    day = f"{days}D" if match["day"] or match["week"] else ""
    date = "".join(f"{match[name]}{name[0].upper()}" for name in ("year", "month") if match[name])
    clock = "".join(f"{match[name]}{name[0].upper()}" for name in ("hour", "minute", "second") if match[name])
    return f"P{date}{day}{'T' if clock else ''}{clock.replace(',', '.')}"


def _ranging(text: str, bounds: dict[str, re.Match[str]]) -> Pairs | Problem:
    """The attributes of bounds as att.ranging wants them: numbers, which share one unit."""
    units = [unit for unit in UNITS if any(match[unit] for match in bounds.values())]
    large, small = units[0], units[-1]
    factor = 0 if large == small else SMALLER.get((large, small))
    if factor is None:
        help = "Write it in one unit: <P18M for less than a year and a half."
        return unsayable(text, "a bound has one unit", help)
    pairs = [(name, _amount(match[large], match[small], factor)) for name, match in bounds.items()]
    if float(pairs[0][1]) > float(pairs[-1][1]):
        return Problem("invalid", f"“{text}” is no duration: the longer bound comes first")
    return (*pairs, ("unit", small))


def _amount(large: str | None, small: str | None, factor: int) -> str:
    """A length in the smaller of two units; where there is only one (factor 0), as it is written."""
    if factor:
        return str(int(large or 0) * factor + int(small or 0))
    return (small or "").replace(",", ".")


def date_order(value: str) -> str:
    """A key that sorts values of date attributes by time, also before Christ; lengths of time come last."""
    first = value.removeprefix("..").split("/")[0]
    if first[:1] in ("P", "a"):
        return f"2{first}"
    if not first.startswith("-") or first.startswith("--"):
        return f"1{first}"
    year = first[1:].split("-")[0]
    return f"0{99999999 - int(year):08}{first[1 + len(year) :]}"
