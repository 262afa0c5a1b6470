"""Dates and lengths of time in words: German for `de`, `de-AT` …, English for every other language.

Knows no YAML and no texts: of TEI, only the names of its attributes of time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.dates.calendars import Calendar
from edition.dates.edtf import MONTHS, Moment, Problem, Time, doubts, parse_time
from edition.dates.tei import ENDS
from edition.model.languages import tongue

WORDS = {
    "en": {
        "day": "{day} {month}", "decade": "{0}s", "bc": "{0} BC",
        "about": "about {0}", "roughly": "roughly {0}",
        "uncertain": "{0} (uncertain)", "the_day": "{0}", "between": "between {0} and {1}", "not_before": "not before {0}",
        "not_after": "not after {0}", "from": "from {0}", "to": "until {0}",
    },
    "de": {
        "day": "{day}. {month}", "decade": "{0}er Jahre", "bc": "{0} v. Chr.",
        "about": "um {0}", "roughly": "ungefähr {0}",
        "uncertain": "{0} (unsicher)", "the_day": "dem {0}", "between": "zwischen {0} und {1}", "not_before": "nicht vor {0}",
        "not_after": "nicht nach {0}", "from": "ab {0}", "to": "bis {0}",
    },
}  # fmt: skip
UNITS = {
    "en": {name: (name, f"{name}s") for name in ("year", "month", "week", "day", "hour", "minute", "second")},
    "de": {
        "year": ("Jahr", "Jahre"), "month": ("Monat", "Monate"), "week": ("Woche", "Wochen"), "day": ("Tag", "Tage"),
        "hour": ("Stunde", "Stunden"), "minute": ("Minute", "Minuten"), "second": ("Sekunde", "Sekunden"),
    },
}  # fmt: skip
BOUNDS = {
    "en": {"atLeast": "at least {}", "atMost": "at most {}"},
    "de": {"atLeast": "mindestens {}", "atMost": "höchstens {}"},
}
VALUE = re.compile(r"(?P<year>-?\d{4,})?(?:-{1,2}(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:T(?P<clock>.*))?")
DAYS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
CLOCK = {"H": "hour", "M": "minute", "S": "second"}
AMOUNT = re.compile(r"([\d.]+)([A-Z])")


def readable(text: str, language: str, calendar: Calendar | None = None) -> str:
    """An EDTF text in words, with the text itself if a calendar is given. What is no date stays as it is."""
    time, speaking = parse_time(text, calendar), tongue(language)
    if isinstance(time, Problem):
        return text
    if calendar is None:
        return _in_words(time, speaking)
    return f"{_in_words(_days_as_span(time), speaking)} ({text.strip()}, {calendar.said[speaking]})"


def in_words(attributes: Mapping[str, str], language: str) -> str:
    """TEI's attributes of time in words; "" if they say nothing. How certain a date is they leave out."""
    speaking = tongue(language)
    if length := attributes.get("dur"):
        return _duration_in_words(length, speaking)
    bounds = [
        words.format(_amount_in_words(attributes[name], attributes.get("unit", "day"), speaking))
        for name, words in BOUNDS[speaking].items()
        if attributes.get(name)
    ]
    return ", ".join(bounds) or _date_in_words(attributes, speaking)


# lengths of time


def _duration_in_words(length: str, speaking: str) -> str:
    days, _, clock = length.removeprefix("P").partition("T")
    amounts = [(n, DAYS[letter]) for n, letter in AMOUNT.findall(days)]
    amounts += [(n, CLOCK[letter]) for n, letter in AMOUNT.findall(clock)]
    return ", ".join(_amount_in_words(n, unit, speaking) for n, unit in amounts)


def _amount_in_words(n: str, unit: str, speaking: str) -> str:
    one, many = UNITS[speaking][unit]
    return f"{n} {one if n == '1' else many}"


# dates


def _date_in_words(attributes: Mapping[str, str], speaking: str) -> str:
    mark = "~" if attributes.get("precision") == "low" else ""
    for form, names in ENDS.items():
        low, high = (Moment(v, v, v) if (v := attributes.get(name)) else None for name in names)
        if low or high:
            return _with_marks(_in_words(Time(form, low, high), speaking), mark, speaking, "about")
    return ""


def _days_as_span(time: Time) -> Time:
    """A time of another calendar as Gregorian days: a month or year there is a span of days here."""
    match time:
        case Time("period", low, high):
            return Time("period", low and low._replace(high=low.low), high and high._replace(low=high.high))
        case Time("moment", Moment() as at) if at.low != at.high:
            return Time("within", at, at._replace(mark=""))
        case _:
            return time


def _in_words(time: Time, speaking: str) -> str:
    low, high = (_moment_in_words(end, speaking) if end else "" for end in (time.low, time.high))
    match time.form:
        case "within":
            return _within_in_words(time, speaking)
        case "period" if low and high:
            return f"{low} – {high}" if " " in low + high else f"{low}–{high}"
        case "period":
            return WORDS[speaking]["from" if low else "to"].format(low or high)
        case "moment":
            return low


def _within_in_words(time: Time, speaking: str) -> str:
    low, high = time.low and time.low.low, time.high and time.high.high
    ends = [_end_in_words(end, speaking) for end in (low, high) if end]
    words = WORDS[speaking]
    said = words["between" if low and high else "not_before" if low else "not_after"].format(*ends)
    return _with_marks(said, time.marks, speaking, "roughly")


def _end_in_words(value: str, speaking: str) -> str:
    """A TEI value in words, as after a preposition: German says “dem” before a day."""
    said, match = _value_in_words(value, speaking), VALUE.fullmatch(value)
    return WORDS[speaking]["the_day"].format(said) if match and match["day"] else said


def _moment_in_words(moment: Moment, speaking: str) -> str:
    said = _value_in_words(moment.low, speaking)
    if moment.low == moment.high:
        return _with_marks(said, moment.mark, speaking, "about")
    if moment.high == f"{moment.low[:-1]}9":  # a decade
        said = WORDS[speaking]["decade"].format(said)
    else:
        said = f"{said}–{_value_in_words(moment.high, speaking)}"
    return _with_marks(said, moment.mark, speaking, "roughly")


def _with_marks(said: str, marks: str, speaking: str, about: str) -> str:
    approximate, uncertain = doubts(marks)
    if approximate:
        said = WORDS[speaking][about].format(said)
    return WORDS[speaking]["uncertain"].format(said) if uncertain else said


def _value_in_words(value: str, speaking: str) -> str:
    """A TEI value (1937-07-17, -0044, --12-25) in words."""
    match = VALUE.fullmatch(value)
    if not match:
        return value
    year, words = match["year"] or "", WORDS[speaking]
    year = words["bc"].format(int(year[1:])) if year.startswith("-") else str(int(year)) if year else ""
    month = MONTHS[speaking][int(match["month"]) - 1] if match["month"] else ""
    if match["day"]:
        month = words["day"].format(day=int(match["day"]), month=month)
    clock = re.sub(r"(?=[+-])", " ", (match["clock"] or "").replace("Z", " UTC"))
    return " ".join(filter(None, (month, year))) + (f", {clock}" if clock else "")
