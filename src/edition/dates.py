"""EDTF dates and ISO 8601 durations → the attributes TEI has for time; and dates in words.

`~` is precision, `?` is certainty, `%` both; said of one end of a period, they are written for the whole.
Of a date in another calendar the attributes of W3C are Gregorian; what was written stands in those of
att.datable.custom, and @calendar and @datingMethod name the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from edition.calendars import Calendar
from edition.moments import MONTHS, Moment, Problem, Time, parse_time

__all__ = ["DateAttributes", "Problem", "date_attributes", "duration_attributes", "in_words", "readable"]


@dataclass(frozen=True, slots=True)
class DateAttributes:
    """Attributes in the order they are written. Fewer elements know `precision` than the others."""

    pairs: tuple[tuple[str, str], ...]


def date_attributes(text: str, calendar: Calendar | None = None) -> DateAttributes | Problem:
    """The attributes of att.datable that an EDTF text means; in a calendar, if one is given."""
    time = parse_time(text, calendar)
    if isinstance(time, Problem):
        return time
    written = _in_calendar(time, calendar.name) if calendar else ()
    return DateAttributes((*_gregorian(time), *_marked(time.marks), *written))


ENDS = {"moment": ("when", ""), "period": ("from", "to"), "within": ("notBefore", "notAfter")}


def _gregorian(time: Time) -> tuple[tuple[str, str], ...]:
    low, high = time.low, time.high
    if time.form == "moment" and low and low.low != low.high:
        return ("notBefore", low.low), ("notAfter", low.high)
    begin, end = ENDS[time.form]
    pairs = (low and (begin, low.low), high and (end, high.high))
    return tuple(pair for pair in pairs if pair)


def _in_calendar(time: Time, calendar: str) -> tuple[tuple[str, str], ...]:
    """The date as it was written, and in which calendar."""
    begin, end = ENDS[time.form]
    written = ((f"{name}-custom", at.bare) for name, at in ((begin, time.low), (end, time.high)) if at)
    return (("calendar", f"#{calendar}"), *written, ("datingMethod", f"#{calendar}"))


def _marked(marks: str) -> tuple[tuple[str, str], ...]:
    precision = ("~" in marks or "%" in marks) and ("precision", "low")
    certainty = ("?" in marks or "%" in marks) and ("cert", "low")
    return tuple(pair for pair in (precision, certainty) if pair)


CALENDAR = frozenset(
    ("calendar", "datingMethod", *(f"{name}-custom" for pair in ENDS.values() for name in pair if name))
)
"""What is only there for another calendar than the Gregorian."""


# durations

DURATION = re.compile(
    r"(?P<bound>[<>]?)P(?=\d|T\d)(?:(?P<year>\d{1,9})Y)?(?:(?P<month>\d{1,9})M)?(?:(?P<week>\d{1,8})W)?"
    r"(?:(?P<day>\d{1,9})D)?(?:T(?=\d)(?:(?P<hour>\d{1,9})H)?(?:(?P<minute>\d{1,9})M)?"
    r"(?:(?P<second>\d{1,9}(?:[.,]\d{1,9})?)S)?)?(?P<mark>[?~%]?)",
    re.ASCII,
)
UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
SMALLER = {("year", "month"): 12, ("week", "day"): 7, ("hour", "minute"): 60}
Bounds = list[tuple[str, re.Match[str]]]


def duration_attributes(text: str) -> DateAttributes | Problem:
    """`P16Y` → dur. `<P3M`, `>P3M`, `P3M/P6M` → at most, at least, both."""
    text = text.strip()
    parts = text.split("/")
    matches = [match for part in parts if (match := DURATION.fullmatch(part))]
    bounds: Bounds = [("atLeast" if m["bound"] == ">" else "atMost", m) for m in matches if m["bound"]]
    if len(matches) < len(parts) or len(parts) > 2 or (bounds and len(parts) == 2):
        return _no_duration(text)
    if len(parts) == 2:
        bounds = [("atLeast", matches[0]), ("atMost", matches[1])]
    pairs = _ranging(text, bounds) if bounds else (("dur", _written(matches[0])),)
    if isinstance(pairs, Problem):
        return pairs
    return DateAttributes((*pairs, *_marked("".join(match["mark"] for match in matches))))


def _no_duration(text: str) -> Problem:
    text = text if len(text) < 60 else text[:40] + "…"
    if re.fullmatch(r"P[\dYMWDTHS]*\d[.,]\d[\dYMWDTHS.,]*", text.strip("<>?~%")):
        return Problem(
            "unsayable", f"TEI has no attribute for “{text}”: only seconds have fractions",
            "Write it in a smaller unit: P6M for half a year.",
        )  # fmt: skip
    return Problem(
        "invalid", f"“{text}” is no duration",
        "Durations look like P16Y, P3M, P2W, P1Y6M, PT48H; <P3M is less than three months.",
    )  # fmt: skip


def _written(match: re.Match[str]) -> str:
    """As XML Schema writes it: without weeks, and with a decimal point."""
    days = int(match["day"] or 0) + 7 * int(match["week"] or 0)
    day = f"{days}D" if match["day"] or match["week"] else ""
    date = "".join(f"{match[name]}{name[0].upper()}" for name in ("year", "month") if match[name])
    clock = "".join(f"{match[name]}{name[0].upper()}" for name in ("hour", "minute", "second") if match[name])
    return f"P{date}{day}{'T' if clock else ''}{clock.replace(',', '.')}"


def _ranging(text: str, bounds: Bounds) -> tuple[tuple[str, str], ...] | Problem:
    """Bounds as att.ranging wants them: numbers, which share one unit."""
    units = [unit for unit in UNITS if any(match[unit] for _, match in bounds)]
    large, small = units[0], units[-1]
    factor = 0 if large == small else SMALLER.get((large, small))
    if factor is None:
        return Problem(
            "unsayable", f"TEI has no attribute for “{text}”: a bound has one unit",
            "Write it in one unit: <P18M for less than a year and a half.",
        )  # fmt: skip
    pairs = [(name, _amount(match[large], match[small], factor)) for name, match in bounds]
    if float(pairs[0][1]) > float(pairs[-1][1]):
        return Problem("invalid", f"“{text}” is no duration: the longer bound comes first")
    return (*pairs, ("unit", small))


def _amount(large: str | None, small: str | None, factor: int) -> str:
    """In the smaller of two units; where there is only one (factor 0), as it is written."""
    if factor:
        return str(int(large or 0) * factor + int(small or 0))
    return (small or "").replace(",", ".")


# in words

WORDS = {
    "en": {
        "day": "{day} {month}", "decade": "{0}s", "bc": "{0} BC",
        "about": "about {0}", "roughly": "roughly {0}",
        "uncertain": "{0} (uncertain)", "between": "between {0} and {1}", "not_before": "not before {0}",
        "not_after": "not after {0}", "from": "from {0}", "to": "until {0}",
    },
    "de": {
        "day": "{day}. {month}", "decade": "{0}er Jahre", "bc": "{0} v. Chr.",
        "about": "um {0}", "roughly": "ungefähr {0}",
        "uncertain": "{0} (unsicher)", "between": "zwischen {0} und {1}", "not_before": "nicht vor {0}",
        "not_after": "nicht nach {0}", "from": "ab {0}", "to": "bis {0}",
    },
}  # fmt: skip
VALUE = re.compile(r"(?P<year>-?\d{4,})?(?:-{1,2}(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:T(?P<clock>.*))?")


def readable(text: str, language: str, calendar: Calendar | None = None) -> str:
    """An EDTF text in words: German for `de`, else English. What is no date stays as it is."""
    time = parse_time(text, calendar)
    if isinstance(time, Problem):
        return text
    tongue = "de" if language.split("-")[0] == "de" else "en"
    if calendar:
        said = _in_words(_days_as_span(time), tongue)
        return f"{said} ({text.strip()}, {calendar.said[tongue]})"
    return _in_words(time, tongue)


NAMED: dict[Literal["moment", "period", "within"], tuple[str, ...]] = {
    "moment": ("when",),
    "period": ("from", "to"),
    "within": ("notBefore", "notAfter"),
}


def in_words(attributes: Mapping[str, str], language: str) -> str:
    """What attributes of att.datable mean, in words: German for `de`, else English. How certain it is they leave out."""
    tongue = "de" if language.split("-")[0] == "de" else "en"
    mark = "~" if attributes.get("precision") == "low" else ""
    for form, names in NAMED.items():
        ends = [Moment(v, v, v) if (v := attributes.get(name)) else None for name in names]
        if any(ends):
            return _with_marks(_in_words(Time(form, *ends), tongue), mark, tongue, "about")
    return ""


def _days_as_span(time: Time) -> Time:
    """A month or year of another calendar is a span of Gregorian days, and no month or year."""
    if time.form == "period":
        ends = (
            time.low and replace(time.low, high=time.low.low),
            time.high and replace(time.high, low=time.high.high),
        )
        return Time("period", *ends)
    if time.form == "moment" and time.low and time.low.low != time.low.high:
        return Time("within", time.low, replace(time.low, mark=""))
    return time


def _in_words(time: Time, tongue: str) -> str:
    words = WORDS[tongue]
    if time.form == "within":
        return _within_in_words(time, tongue)
    low, high = (_moment_in_words(end, tongue) if end else "" for end in (time.low, time.high))
    if time.form == "moment":
        return low
    if not (low and high):
        return words["from" if low else "to"].format(low or high)
    return f"{low} – {high}" if " " in low + high else f"{low}–{high}"


def _within_in_words(time: Time, tongue: str) -> str:
    low, high = time.low and time.low.low, time.high and time.high.high
    ends = [_value_in_words(end, tongue) for end in (low, high) if end]
    if tongue == "de":
        ends = [f"dem {end}" if end[:3].strip("0123456789") in (". ", ".") else end for end in ends]
    words = WORDS[tongue]
    said = words["between" if low and high else "not_before" if low else "not_after"].format(*ends)
    return _with_marks(said, time.marks, tongue, "roughly")


def _moment_in_words(moment: Moment, tongue: str) -> str:
    said = _value_in_words(moment.low, tongue)
    if moment.low != moment.high:
        decade = int(moment.high) - int(moment.low) == 9 and moment.low[0] != "-"
        last = _value_in_words(moment.high, tongue)
        said = WORDS[tongue]["decade"].format(said) if decade else f"{said}–{last}"
    return _with_marks(said, moment.mark, tongue, "about" if moment.low == moment.high else "roughly")


def _with_marks(said: str, marks: str, tongue: str, about: str) -> str:
    for name, _ in _marked(marks):
        said = WORDS[tongue][about if name == "precision" else "uncertain"].format(said)
    return said


def _value_in_words(value: str, tongue: str) -> str:
    """A TEI value: 1937-07-17, -0044, --12-25."""
    match = VALUE.fullmatch(value)
    if not match:
        return value
    year, words = match["year"] or "", WORDS[tongue]
    year = words["bc"].format(int(year[1:])) if year.startswith("-") else str(int(year)) if year else ""
    month = MONTHS[tongue][int(match["month"]) - 1] if match["month"] else ""
    if match["day"]:
        month = words["day"].format(day=int(match["day"]), month=month)
    clock = re.sub(r"(?=[+-])", " ", (match["clock"] or "").replace("Z", " UTC"))
    return " ".join(filter(None, (month, year))) + (f", {clock}" if clock else "")
