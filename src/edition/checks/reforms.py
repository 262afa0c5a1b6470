"""Where and when the Gregorian calendar came in: by the country a letter was sent from, or by the language of a text.

Only countries and languages of which one day can be named. The German lands, the Netherlands and Switzerland went
over one by one between 1582 and 1812: of them is said what holds of all, that no day before the bull is Gregorian.
Sources: C. R. Cheney, A Handbook of Dates; H. Grotefend, Taschenbuch der Zeitrechnung.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from edition.encode.header.fields import Fields
from edition.model.annotation import Registers
from edition.model.edition import Document, Project
from edition.read.project import language


@dataclass(frozen=True, slots=True)
class Reform:
    """first: the first Gregorian day. countries: as Wikidata counts them."""

    where: str
    first: date
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    first_anywhere: ClassVar[date] = date(1582, 10, 15)


ANYWHERE = Reform("everywhere in Europe", Reform.first_anywhere)
REFORMS = (
    Reform("in Russia", date(1918, 2, 14), ("ru",), ("Q159", "Q34266", "Q15180")),
    Reform("in Britain and its colonies", date(1752, 9, 14), ("en",), ("Q145", "Q21", "Q25", "Q161885", "Q174193")),
    Reform("in Sweden", date(1753, 3, 1), ("sv",), ("Q34",)),
    Reform("in Denmark and Norway", date(1700, 3, 1), ("da", "no"), ("Q35", "Q20")),
    Reform("in Bulgaria", date(1916, 4, 14), ("bg",), ("Q219",)),
    Reform("in Romania", date(1919, 4, 14), ("ro",), ("Q218",)),
    Reform("in Greece", date(1923, 3, 1), ("el",), ("Q41",)),
    Reform("in France", date(1582, 12, 20), ("fr",), ("Q142",)),
    Reform("in Spain, Portugal, Poland and Italy", Reform.first_anywhere, ("es", "pt", "pl", "it"),
           ("Q29", "Q45", "Q36", "Q38")),
)  # fmt: skip
BY_LANGUAGE = {tongue: reform for reform in REFORMS for tongue in reform.languages}
BY_COUNTRY = {item: reform for reform in REFORMS for item in reform.countries}


def reform(document: Document, project: Project) -> Reform:
    """That of the country the letter was sent from; else of the language the text was written in."""
    header = Fields(document.header, document.source)
    key = header.inner("correspondence").either("place", "place").text("place")
    country = _country(key, project.registers)
    if country in BY_COUNTRY:
        return BY_COUNTRY[country]
    original = header.inner("translation").text("from") or language(project, document)
    return BY_LANGUAGE.get(_first(original), ANYWHERE)


def _first(tag: str) -> str:
    return tag.split("-")[0].lower()


def _country(key: str, registers: Registers) -> str:
    """The nearest place around this one that has a reform of its own, as Wikidata counts it; or ""."""
    seen: set[str] = set()
    while key and key not in seen and (entry := registers.get(key)) and entry.register == "places":
        seen.add(key)
        item = entry.text("wikidata").strip().rpartition("/")[2]
        if item in BY_COUNTRY:
            return item
        key = entry.text("country").strip() or entry.text("within").strip()
    return ""
