"""Other calendars than the Gregorian: their days, months and years → days of the proleptic Gregorian one.

A year need not begin where the calendar's does, but on Lady Day, at Easter, on the day of an accession. Then a day
of it is looked for between the beginnings of two years.

convertdate counts the days (its `to_jd`); its Gregorian half is not used, since around the birth of Christ it
disagrees with itself on year 0. Years are astronomers' here, as in EDTF: 0 is 1 BC. A day has a number, 1 on 1 January
of the year 1. Knows nothing of how dates are written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib import import_module
from typing import NamedTuple

Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """A calendar of convertdate's `module`. `name` is what stands in YAML, and the xml:id.

    `said` is its name and `about` what a reader must know, by language. `first` is the first year it counts, if there is
    one, `begins` the month with which the year begins. Where years begin otherwise, `starts` gives the number of the
    first day of a year. `ruler` is the key of the person whose years they are.
    """

    name: str
    module: str
    said: dict[str, str]
    about: dict[str, str]
    first: int | None = 1
    begins: int = 1
    starts: Callable[[int], int | None] | None = None
    ruler: str = ""


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

GREGORIAN = Calendar(
    "gregorian", "gregorian", {"en": "Gregorian calendar", "de": "gregorianischer Kalender"}, {}
)
"""Only for years of reigns: of dates it is what is meant where no calendar is named."""

JULIAN_DAY = 1721424.5  # of the day before number 1
CYCLE, CYCLE_DAYS = 400, 146097  # after so many years the Gregorian calendar begins anew
FAULTS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises on days that are none."""


@cache
def span(calendar: Calendar, year: int, month: int = 0, day: int = 0) -> tuple[Day, Day] | None:
    """The first and last Gregorian day of a year, a month or a day; None if there is none, or not in one piece."""
    if calendar.starts:
        found = days(calendar, year, month, day)
        whole = found and found[-1] - found[0] == len(found) - 1
        return (_gregorian(found[0]), _gregorian(found[-1])) if whole else None
    if calendar.first is not None and year < calendar.first:
        return None
    first = _count(calendar, year, month or calendar.begins, day or 1)
    if day or first is None:
        last = first
    elif month:
        counted = (_count(calendar, year, month, d) for d in range(31, 0, -1))
        last = next(number for number in counted if number is not None)
    else:
        after = _count(calendar, year + 1, calendar.begins, 1)
        last = None if after is None else after - 1
    return None if first is None or last is None else (_gregorian(first), _gregorian(last))


def days(calendar: Calendar, year: int, month: int = 0, day: int = 0) -> list[int]:
    """The numbers of all days that a date means in a calendar whose years begin otherwise.

    At both ends of a year there may be days of one month, and if years are of unequal length (Easter) one day may come
    twice, or never.
    """
    begin, after = (calendar.starts(y) if calendar.starts else None for y in (year, year + 1))
    if begin is None or after is None or (calendar.first is not None and year < calendar.first):
        return []
    if not month:
        return list(range(begin, after))
    years = range(_written(calendar, begin)[0], _written(calendar, after)[0] + 1)
    named = (_count(calendar, y, month, d) for y in years for d in ([day] if day else range(1, 32)))
    return [number for number in named if number is not None and begin <= number < after]


def _written(calendar: Calendar, number: int) -> Day:
    """The year, month and day of a day by its number, in years that begin where the calendar's do."""
    year, month, day = import_module(f"convertdate.{calendar.module}").from_jd(number + JULIAN_DAY)
    return int(year), int(month), int(day)


def _count(calendar: Calendar, year: int, month: int, day: int) -> int | None:
    """The number of a day, or None if there is no such day.

    Some of the library's calendars take the 31st of a month of 30 days for the 1st of the next: such a day does not come
    back as it went.
    """
    try:
        julian_day = import_module(f"convertdate.{calendar.module}").to_jd(year, month, day)
        number = round(julian_day - JULIAN_DAY)
        return number if _written(calendar, number) == (year, month, day) else None
    except FAULTS:
        return None


def _gregorian(number: int) -> Day:
    cycles, rest = divmod(number - 1, CYCLE_DAYS)
    day = date.fromordinal(rest + 1)
    return day.year + cycles * CYCLE, day.month, day.day


# years that begin otherwise


class Style(NamedTuple):
    """Where a year begins: on a month and day of the same year (0) or the one before (-1), or at Easter (None).

    `said` is what the style is called, `begun` when its year begins, in words by language.
    """

    begins: Day | None
    said: dict[str, str]
    begun: dict[str, str]


STYLES = {
    "lady-day": Style(
        (0, 3, 25), {"en": "year from Lady Day", "de": "Jahr ab Mariä Verkündigung"},
        {"en": "on 25 March: 1 January to 24 March belong to the year before",
         "de": "am 25. März: 1. Januar bis 24. März gehören zum Jahr davor"},
    ),
    "pisan": Style(
        (-1, 3, 25), {"en": "Pisan style", "de": "Pisaner Stil"},
        {"en": "on 25 March of the year before", "de": "am 25. März des Jahres davor"},
    ),
    "venetian": Style(
        (0, 3, 1), {"en": "Venetian style", "de": "venezianischer Stil"},
        {"en": "on 1 March: January and February belong to the year before",
         "de": "am 1. März: Januar und Februar gehören zum Jahr davor"},
    ),
    "christmas": Style(
        (-1, 12, 25), {"en": "year from Christmas", "de": "Jahr ab Weihnachten"},
        {"en": "on 25 December of the year before", "de": "am 25. Dezember des Jahres davor"},
    ),
    "easter": Style(
        None, {"en": "year from Easter", "de": "Jahr ab Ostern"},
        {"en": "at Easter: what comes before it belongs to the year before",
         "de": "zu Ostern: was davor liegt, gehört zum Jahr davor"},
    ),
}  # fmt: skip
"""Styles of the Julian calendar (A. Cappelli, Cronologia; C. R. Cheney, A Handbook of Dates)."""


@cache
def styled(name: str) -> Calendar:
    """The Julian calendar with the years of a style, by its name in `STYLES`."""
    julian, style = CALENDARS["julian"], STYLES[name]
    starts = partial(_begin, julian, style.begins) if style.begins else _easter
    said = {language: f"{words}, {style.said[language]}" for language, words in julian.said.items()}
    begins = {"en": "The year begins {}.", "de": "Das Jahr beginnt {}."}
    about = {language: words.format(style.begun[language]) for language, words in begins.items()}
    return replace(julian, name=f"julian.{name}", said=said, about=about, starts=starts)


def reign(
    ruler: str, calendar: Calendar, accession: Day, said: dict[str, str], about: dict[str, str]
) -> Calendar:
    """A calendar with the years of a reign, which begin on the accession: a day of this calendar."""
    if calendar.starts:
        (number,) = days(calendar, *accession)
        accession = _written(calendar, number)
    year, month, day = accession
    starts = partial(_begin, calendar, (year - 1, month, day))
    return replace(
        calendar, name=f"reign.{ruler}", ruler=ruler, said=said, about=about, first=1, starts=starts
    )


def _begin(calendar: Calendar, begins: Day, year: int) -> int | None:
    """The number of the first day of a year; years that begin on 29 February begin on 1 March where there is none."""
    offset, month, day = begins
    number = _count(calendar, year + offset, month, day)
    return _count(calendar, year + offset, 3, 1) if number is None and (month, day) == (2, 29) else number


def _easter(year: int) -> int | None:
    if not 0 < year < date.max.year:
        return None
    return date(*import_module("convertdate.holidays").easter(year, "orthodox")).toordinal()


# where and when the Gregorian calendar came in


class Reform(NamedTuple):
    """A change from the Julian to the Gregorian calendar: its first Gregorian day; countries as Wikidata counts them.

    Only countries and languages of which one day can be named. The German lands, the Netherlands and Switzerland
    went over one by one between 1582 and 1812: of them is said what holds of all, that no day before the bull is
    Gregorian. Sources: C. R. Cheney, A Handbook of Dates; H. Grotefend, Taschenbuch der Zeitrechnung.
    """

    where: str
    first: date
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


FIRST_REFORM = date(1582, 10, 15)
ANYWHERE = Reform("everywhere in Europe", FIRST_REFORM)
REFORMS = (
    Reform("in Russia", date(1918, 2, 14), ("ru",), ("Q159", "Q34266", "Q15180")),
    Reform("in Britain and its colonies", date(1752, 9, 14), ("en",), ("Q145", "Q21", "Q25", "Q161885", "Q174193")),
    Reform("in Sweden", date(1753, 3, 1), ("sv",), ("Q34",)),
    Reform("in Denmark and Norway", date(1700, 3, 1), ("da", "no"), ("Q35", "Q20")),
    Reform("in Bulgaria", date(1916, 4, 14), ("bg",), ("Q219",)),
    Reform("in Romania", date(1919, 4, 14), ("ro",), ("Q218",)),
    Reform("in Greece", date(1923, 3, 1), ("el",), ("Q41",)),
    Reform("in France", date(1582, 12, 20), ("fr",), ("Q142",)),
    Reform("in Spain, Portugal, Poland and Italy", FIRST_REFORM, ("es", "pt", "pl", "it"),
           ("Q29", "Q45", "Q36", "Q38")),
)  # fmt: skip
BY_LANGUAGE = {tongue: reform for reform in REFORMS for tongue in reform.languages}
BY_COUNTRY = {item: reform for reform in REFORMS for item in reform.countries}
