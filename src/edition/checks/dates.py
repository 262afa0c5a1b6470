"""Dates against the words they stand on: vague words, names of days, and days before a calendar's reform.

Looks at the annotated words and those around them. Whether a date is one at all, and ends after it begins, the build
reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from edition.checks.date_words import ABOUT, ARTICLES, CLOCK, EVERYWHERE, FILLERS, PARTS, SHORT, WEEKDAYS
from edition.checks.time_spans import Dated, claimed
from edition.dates.calendars import ANYWHERE, BY_COUNTRY, BY_LANGUAGE, CALENDARS, FIRST_REFORM, Reform
from edition.dates.edtf import Problem, parse_time
from edition.encode.header.fields import Fields
from edition.model import rules
from edition.model.annotation import Anchored, Registers
from edition.model.diagnostics import Diagnostic, diagnostic
from edition.model.edition import Built, Document, Edition, Project
from edition.model.source import Span
from edition.read.project import language

AROUND = 48  # code points before and after the annotated words that are looked at
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_word = re.compile(r"\w+\.?|[^\w\s]")  # a point belongs to what it cuts short
_doubted = re.compile(r"\s?[(\[]\?[)\]]").match
_aside = re.compile(r"\s*[(\[]\s*(?:\w{1,3}\s+)?(\w+)\s*[)\]]").match


def _dates(edition: Edition) -> Iterator[tuple[Built, Anchored, Dated]]:
    """The annotated dates that can be read as dates, with each of their places."""
    for built in edition.documents:
        source, registers = built.document.source, edition.project.registers
        for a in built.anchoring.anchored:
            if a.claim.kind == "date" and (said := claimed(a.claim, source, registers)):
                yield built, a, said


def _words(built: Built, a: Anchored) -> tuple[str, str, str]:
    """The words before an annotation in its paragraph, its own words, and those after it."""
    text = built.document.seed.text
    before = text[max(0, a.start - AROUND) : a.start].rpartition("\n\n")[2]
    return before, text[a.start : a.end], text[a.end : a.end + AROUND].partition("\n\n")[0]


def _at(built: Built, a: Anchored) -> Span:
    return built.document.seed.source.span(a)


# vague words


def vague(edition: Edition) -> Iterator[Diagnostic]:
    """Report a date without ~, ? or a span where the text says “about”, unless `cert` says how sure it is."""
    for built, a, said in _dates(edition):
        if said.time.form != "moment" or said.time.marks or a.claim.cert:
            continue
        about, parts = _vague_words(language(edition.project, built.document).split("-")[0].lower())
        before, words, after = _words(built, a)
        if word := _vague(about, before, words) or ("?" if _doubted(after) or words.endswith("?") else ""):
            help = f"Write “{said.text}~” for about that time, “{said.text}?” if it is not sure, or the span meant."
            yield _exact(built, a, said, word, help)
        elif not (said.day and _has_number(words, said.day.day)) and (word := _vague(parts, before, words)):
            span = "[1928-01..1928-04]" if said.day else f"[{said.text}-01..{said.text}-04]"
            help = f"Write the span meant, such as “{span}”, or say with `cert` how sure it is."
            yield _exact(built, a, said, word, help)


@cache
def _vague_words(tongue: str) -> tuple[frozenset[str], frozenset[str]]:
    about = f"{EVERYWHERE} {ABOUT.get(tongue, '')}"
    return frozenset(about.split()), frozenset(PARTS.get(tongue, "").split())


def _vague(meant: frozenset[str], before: str, words: str) -> str:
    """The word of `meant` directly before a date, at its beginning or before its number; "" if there is none."""
    tokens = _word.findall(words)
    if any(token.lower() in CLOCK for token in tokens):
        return ""
    last, first = _filled(reversed(_word.findall(before))), _filled(tokens)
    for word in (last, first):
        if word.lower() in meant:
            return word
    for token in tokens:
        if token[0].isdigit() and last.lower() in meant:
            return last
        last = last if token.lower() in FILLERS else token
    return ""


def _filled(tokens: Iterable[str]) -> str:
    """The first word that is no filler."""
    return next((token for token in tokens if token.lower() not in FILLERS), "")


def _exact(built: Built, a: Anchored, said: Dated, word: str, help: str) -> Diagnostic:
    message = f"the text says “{word}”, and the date {said} is written as certain and exact"
    return diagnostic(rules.VAGUE, message, (said.place, "exact"), (_at(built, a), "vague"), help=help)


def _has_number(words: str, number: int) -> bool:
    """Whether a number stands in words in figures, as 7, 07 or 7th."""
    return bool(re.search(rf"(?<!\d)0?{number}(?!\d)", words))


# names of days


def weekdays(edition: Edition) -> Iterator[Diagnostic]:
    """Report a date that falls on another day of the week than its words say."""
    for built, a, said in _dates(edition):
        named = _weekday(built, a, language(edition.project, built.document)) if said.day else None
        if said.day and named and named[1] != said.day.weekday():
            yield _another_day(built, a, said, said.day, *named)


def _weekday(built: Built, a: Anchored, tag: str) -> tuple[str, int] | None:
    """The name and number of the one day in the annotated words, directly before them, or in brackets after them."""
    before, words, after = _words(built, a)
    days = WEEKDAYS | SHORT.get(tag.split("-")[0].lower(), {})
    inside = [named for token in _word.findall(words.rstrip(".")) if (named := _day_named(token, days))]
    if inside:
        return inside[0] if len({number for _, number in inside}) == 1 else None
    last = next((token for token in reversed(_word.findall(before)) if token.lower() not in ARTICLES), "")
    aside = _aside(after)
    return _day_named(last, days) or _day_named(aside[1] if aside else "", days)


def _day_named(word: str, days: dict[str, int]) -> tuple[str, int] | None:
    return (word, days[word.lower()]) if word.lower() in days else None


def _another_day(built: Built, a: Anchored, said: Dated, day: date, word: str, named: int) -> Diagnostic:
    message = f"the text says “{word}”, but {said} was a {NAMES[day.weekday()]}"
    near = day.toordinal() + (named - day.weekday() + 3) % 7 - 3
    help = (
        f"The nearest {NAMES[named]} is {date.fromordinal(near)}" if 0 < near <= date.max.toordinal() else ""
    )
    if said.calendar is None and _julian(said.text) == named:
        help = "In the Julian calendar it was one: add `calendar: julian` if the text dates so"
    elif said.calendar:
        help += " (Gregorian)"
    labels = (said.place, f"a {NAMES[day.weekday()]}"), (_at(built, a), f"“{word}”")
    return diagnostic(rules.WEEKDAY, message, *labels, help=help and f"{help}.")


def _julian(written: str) -> int | None:
    """The weekday of a date read in the Julian calendar; None if it has none."""
    time = parse_time(written, CALENDARS["julian"])
    if isinstance(time, Problem) or time.low is None or not 0 < time.low.first[0] < 10000:
        return None
    return date(*time.low.first[:3]).weekday()


# the reform of the calendar


def unreformed(edition: Edition) -> Iterator[Diagnostic]:
    """Report a day before the reform of the calendar that has the number in the text: perhaps nobody converted it."""
    for built, a, said in _dates(edition):
        if said.day and said.calendar is None and not said.time.marks:
            rule = reform(built.document, edition.project)
            if said.day < rule.first and (
                said.day < FIRST_REFORM or _has_number(_words(built, a)[1], said.day.day)
            ):
                yield _unreformed(built, a, said, rule)


def _unreformed(built: Built, a: Anchored, said: Dated, rule: Reform) -> Diagnostic:
    return diagnostic(
        rules.UNREFORMED,
        f"{said} is written as Gregorian, and {rule.where} dates were Julian until {rule.first}",
        (said.place, "without `calendar`"),
        (_at(built, a), "perhaps Julian"),
        help="If the text dates in the Julian calendar, add `calendar: julian` and write the day as the text has it.",
    )


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


DATES = (vague, weekdays, unreformed)
