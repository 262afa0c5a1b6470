"""Other calendars than the Gregorian: their days, months and years → days of the proleptic Gregorian one.

convertdate counts the days (its `to_jd`); its Gregorian half is not used, since around the birth of Christ it
disagrees with itself on year 0. Years are astronomers' here, as in EDTF: 0 is 1 BC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """`name` is what stands in YAML, and the xml:id. `first`: the first year it counts, if there is one. `begins`:
    the month with which the year begins.

    said: its name by language. about: what a reader must know, by language.
    """

    name: str
    module: str
    said: dict[str, str]
    about: dict[str, str]
    first: int | None = 1
    begins: int = 1


CALENDARS = {
    calendar.name: calendar
    for calendar in (
        Calendar(
            "julian", "julian",
            {"en": "Julian calendar", "de": "julianischer Kalender"},
            {"en": "“Old Style”; the year begins on 1 January.",
             "de": "„Alter Stil“; das Jahr beginnt am 1. Januar."},
            first=None,
        ),
        Calendar(
            "french-republican", "french_republican",
            {"en": "French Republican calendar", "de": "französischer Revolutionskalender"},
            {"en": "Months are counted from vendémiaire (01) to fructidor (12); 13 are the additional days.",
             "de": "Die Monate sind vom Vendémiaire (01) bis zum Fructidor (12) gezählt; "
                   "13 sind die Ergänzungstage."},
        ),
        Calendar(
            "hebrew", "hebrew",
            {"en": "Hebrew calendar", "de": "jüdischer Kalender"},
            {"en": "Months are counted from Nisan (01); the year begins with Tishri (07). A day is given as the "
                   "one in whose morning it falls.",
             "de": "Die Monate sind vom Nisan (01) an gezählt; das Jahr beginnt mit dem Tischri (07). Ein Tag "
                   "ist als der angegeben, auf dessen Morgen er fällt."},
            begins=7,
        ),
        Calendar(
            "islamic", "islamic",
            {"en": "Islamic calendar", "de": "islamischer Kalender"},
            {"en": "By the arithmetical calendar; where months began when the moon was seen, a day or two may "
                   "be wanting.",
             "de": "Nach dem zyklischen Kalender; wo der Monat mit der Sichtung des Mondes begann, kann es ein "
                   "oder zwei Tage Abweichung geben."},
        ),
        Calendar(
            "persian", "persian",
            {"en": "Persian calendar", "de": "persischer Kalender"},
            {"en": "The solar calendar; months are counted from Farvardin (01).",
             "de": "Der Sonnenkalender; die Monate sind vom Farwardin (01) an gezählt."},
        ),
        Calendar(
            "coptic", "coptic",
            {"en": "Coptic calendar", "de": "koptischer Kalender"},
            {"en": "Years of the Martyrs; months are counted from Thout (01), and 13 are the additional days.",
             "de": "Jahre der Märtyrer; die Monate sind vom Thot (01) an gezählt, 13 sind die Zusatztage."},
        ),
        Calendar(
            "armenian", "armenian",
            {"en": "Armenian calendar", "de": "armenischer Kalender"},
            {"en": "Years of the Armenian era; months are counted from Navasard (01), and 13 are the "
                   "additional days.",
             "de": "Jahre der armenischen Ära; die Monate sind vom Nawasard (01) an gezählt, 13 sind die "
                   "Zusatztage."},
        ),
    )
}  # fmt: skip

JULIAN_DAY = 1721424.5  # … of the day before 1 January of year 1, the first that Python counts
CYCLE, CYCLE_DAYS = 400, 146097  # after so many years the Gregorian calendar begins anew
FAULTS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises on days that are none."""


@cache
def span(calendar: Calendar, year: int, month: int = 0, day: int = 0) -> tuple[Day, Day] | None:
    """First and last day of a year, a month, a day; None if there is none such."""
    if calendar.first is not None and year < calendar.first:
        return None
    first = _count(calendar, year, month or calendar.begins, day or 1)
    if day or first is None:
        last = first
    elif month:
        days = (_count(calendar, year, month, d) for d in range(31, 0, -1))
        last = next(number for number in days if number is not None)
    else:
        after = _count(calendar, year + 1, calendar.begins, 1)
        last = None if after is None else after - 1
    return None if first is None or last is None else (_gregorian(first), _gregorian(last))


def _count(calendar: Calendar, year: int, month: int, day: int) -> int | None:
    """The number of a day. Some of the library's calendars take the 31st of a month of 30 days for the 1st of
    the next: such a day does not come back as it went."""
    module = import_module(f"convertdate.{calendar.module}")
    try:
        julian_day = module.to_jd(year, month, day)
        same = tuple(map(int, module.from_jd(julian_day))) == (year, month, day)
    except FAULTS:
        return None
    return round(julian_day - JULIAN_DAY) if same else None


def _gregorian(number: int) -> Day:
    cycles = max(0, -(number - 1) // CYCLE_DAYS + 1) if number < 1 else 0
    if number > date.max.toordinal():
        cycles = -((number - date.max.toordinal()) // CYCLE_DAYS + 1)
    day = date.fromordinal(number + cycles * CYCLE_DAYS)
    return day.year - cycles * CYCLE, day.month, day.day
