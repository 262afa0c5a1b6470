"""By which reform of the calendar a text dates: that of the country a letter was sent from, or of its language."""

from __future__ import annotations

from edition.dates.calendars import ANYWHERE, BY_COUNTRY, BY_LANGUAGE, Reform
from edition.encode.header.fields import Fields
from edition.model.annotation import Registers
from edition.model.edition import Document, Project
from edition.read.project import language


def reform(document: Document, project: Project) -> Reform:
    """The reform of the country a letter was sent from; else of the language the text was written in."""
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
