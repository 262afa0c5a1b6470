"""Dates of annotations, headers and registers as spans of time, so that one can be said to lie before another.

A date that is marked as about or uncertain, or whose `cert` is not high, is taken with some years on either side:
it never convicts anybody by a day. What is no date, the build reports, and it is passed over here.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from edition.dates.calendars import Calendar
from edition.dates.edtf import Problem, Time, parse_time
from edition.dates.reigns import counted, reckoned
from edition.encode.header.fields import Fields
from edition.model.annotation import Claim, Registers
from edition.model.source import Source, Span

Instant = tuple[int, ...]
"""Year, month, day …, as far as known; years as in EDTF, days Gregorian. Compared from the left."""
DOUBT = 10
"""Years on either side of a date that is not certain."""
SURE = ("", "high")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Dated(NamedTuple):
    """A date as written, its place, and the time it means. earliest, latest: None where it is open."""

    text: str
    place: Span
    time: Time
    calendar: Calendar | None
    earliest: Instant | None
    latest: Instant | None

    @property
    def day(self) -> date | None:
        """The one day it is, if it is one that Python can count (years 1 to 9999)."""
        low = self.time.low
        if self.time.form != "moment" or low is None or len(low.first) < 3 or low.first[:3] != low.last[:3]:
            return None
        return _day(low.first)

    def __str__(self) -> str:
        if self.calendar is None:
            return self.text
        return f"{self.text}, {self.calendar.said['en']}"

    @property
    def when(self) -> str:
        """The date as it stands after a verb: “on” a day, “in” a month or year."""
        if self.time.form != "moment":
            return f"({self})"
        return f"{'on' if self.day else 'in'} {self}"


def dated(fields: Fields, name: str) -> Dated | None:
    """The date of a field that is a date, or a mapping with `date` and its calendar, which may also stand beside it."""
    if name not in fields.node.items:
        return None
    told = fields.either(name, "date")
    node = told.get("date")
    if node is None:
        return None
    calendar = reckoned(
        told.text("calendar") or fields.text("calendar"), told.text("style") or fields.text("style")
    )
    place = fields.source.span(node)
    return _dated(node.text.strip(), place, calendar, told.text("cert") in SURE)


def claimed(claim: Claim, source: Source, registers: Registers) -> Dated | None:
    """The date that an annotation claims; None if it says that it may be another one."""
    place = source.span(claim.at)
    calendar = reckoned(claim.field("calendar"), claim.field("style"))
    if ruler := claim.field("reign"):
        entry = registers.get(ruler)
        reign = counted(entry, {"en": ruler, "de": ruler}) if entry else None
        if not isinstance(reign, Calendar):
            return None
        calendar = reign
    if claim.alternatives:
        return None
    return _dated(claim.value.strip(), place, calendar, claim.cert in SURE)


def _dated(text: str, place: Span, calendar: Calendar | None, sure: bool) -> Dated | None:
    time = parse_time(text, calendar)
    if isinstance(time, Problem):
        return None
    high = time.low if time.form == "moment" else time.high
    if any(end is not None and not end.first for end in (time.low, high)):
        return None  # a day of every year
    earliest = _moved(time.low.first, -DOUBT if time.low.mark or not sure else 0) if time.low else None
    latest = _moved(high.last, DOUBT if high.mark or not sure else 0) if high else None
    return Dated(text, place, time, calendar, earliest, latest)


def _moved(instant: Instant, years: int) -> Instant:
    return (instant[0] + years, *instant[1:])


def before(one: Dated | None, other: Dated | None) -> bool:
    """Whether one date is certainly over before the other begins."""
    if one is None or other is None or one.latest is None or other.earliest is None:
        return False
    return one.latest < other.earliest


def disjoint(one: Dated | None, other: Dated | None) -> bool:
    return before(one, other) or before(other, one)


def apart(one: Dated, other: Dated) -> str:
    """How long from one date to a later one, as exactly as both are known: “eight days”, “three years”."""
    end, start = one.time.low if one.time.form == "moment" else one.time.high, other.time.low
    if end is None or start is None:
        return "some time"
    last, first = end.last, start.first
    left, right = _day(last) if len(last) > 3 else None, _day(first) if len(first) > 2 else None
    if left and right and (right - left).days < 60:
        return _number((right - left).days, "day")
    if len(last) < 3 or len(first) < 2:  # years, which end with a month 13
        return _number(first[0] - last[0], "year")
    months = (first[0] - last[0]) * 12 + first[1] - last[1]
    if left and right and right.day < left.day:
        months -= 1
    return _number(months, "month") if months < 24 else _number(months // 12, "year")


def _day(instant: Instant) -> date | None:
    return date(*instant[:3]) if 0 < instant[0] < 10000 else None


def _number(n: int, unit: str) -> str:
    if n < 1:
        return "some time"
    return f"{NUMBERS[n - 1] if n <= len(NUMBERS) else n} {unit}{'' if n == 1 else 's'}"
