"""The reform of the calendar by which a text dates: that of the country it was sent from, or of its language.

Knows no dates: what they say against the reform is said in `dates`.
"""

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
    return BY_LANGUAGE.get(original.split("-")[0].lower(), ANYWHERE)


def _country(key: str, registers: Registers) -> str:
    """The Wikidata item of the nearest place around this one that had a reform of its own, or ""."""
    seen: set[str] = set()
    while key and key not in seen and (entry := registers.get(key)) and entry.register == "places":
        seen.add(key)
        item = entry.text("wikidata").strip().rpartition("/")[2]
        if item in BY_COUNTRY:
            return item
        key = entry.text("country").strip() or entry.text("within").strip()
    return ""
