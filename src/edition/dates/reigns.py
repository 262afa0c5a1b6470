"""Which calendar a date of the YAML is written in: a named one, one of a style, or the years of a ruler's reign.

A regnal year is counted from the day of the accession, which stands in the register of people (C. R. Cheney, A
Handbook of Dates, chapter 2). Rulers whose years were counted otherwise (John of England: from Ascension Day, which
moves) have none here: their dates are written as spans.
"""

from __future__ import annotations

import re

from edition.dates.calendars import CALENDARS, GREGORIAN, Calendar, reign, span, styled
from edition.dates.edtf import Problem
from edition.dates.words import readable
from edition.model.annotation import Entry

UNCOUNTED = Calendar("", "", {}, {})
"""Stands in place of a reign that is not known, of which a diagnostic says so."""
SAID = {"en": "regnal years of {}", "de": "Regierungsjahre von {}"}
ABOUT = {
    "en": "Counted from {}, the day of the accession.",
    "de": "Gezählt ab dem {}, dem Tag des Regierungsantritts.",
}
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


def reckoned(calendar: str, style: str = "") -> Calendar | None:
    """The calendar that the fields of a date name, with the years of a style; None for the Gregorian."""
    return styled(style) if style and calendar == "julian" else CALENDARS.get(calendar)


def counted(ruler: Entry, names: dict[str, str]) -> Calendar | Problem:
    """The years of a ruler as a calendar, or why the register does not tell them.

    They begin with `accession` of the ruler's entry. `names` are what the ruler is called, by language.
    """
    fields = ruler.node.inner("accession")
    written = (ruler.text("accession") or fields.text("date")).strip()
    calendar, style = fields.text("calendar").strip(), fields.text("style").strip()
    match = DAY.fullmatch(written)
    base = reckoned(calendar, style)
    day = match and (int(match[1]), int(match[2]), int(match[3]))
    if not day or span(base or GREGORIAN, *day) is None:
        unknown = f"the register does not say when the reign of “{ruler.key}” began"
        problem = f"the accession of “{ruler.key}” is no day: {written}" if written else unknown
        help = "Add the day to the entry: “accession: {date: 1649-01-30, calendar: julian}”."
        return Problem("invalid", problem, help)
    said = {language: words.format(names[language]) for language, words in SAID.items()}
    about = {language: words.format(readable(written, language, base)) for language, words in ABOUT.items()}
    return reign(ruler.key, base or GREGORIAN, day, said, about)
