"""Registers → entries for readers: those of the lists, and voices, witnesses, categories and hands of the header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from edition.dates.words import in_words
from edition.exports.readers.model import (
    Content,
    Fact,
    Inline,
    Mention,
    RegisterEntry,
)
from edition.exports.readers.tagged import Tagged
from edition.exports.readers.wording import diplomatic

ReadContent = Callable[[Tagged], Content]
NAMES = ("persName", "placeName", "orgName", "eventName", "objectName", "title")
LISTS = ("people", "places", "orgs", "events", "objects", "works", "bibliography")
FACTS = {
    "birth": "birth", "death": "death", "floruit": "floruit", "occupation": "occupation", "country": "country",
    "date": "date", "pubPlace": "pubplace", "publisher": "publisher", "author": "author", "editor": "editor",
}  # fmt: skip


def read_entries(
    header: Tagged,
    lists: Tagged | None,
    content: ReadContent,
    mentions: Mapping[str, Sequence[Mention]],
    tongue: str,
) -> tuple[RegisterEntry, ...]:
    """In the order of the TEI: by register, then by key."""
    found: list[RegisterEntry] = []
    for group in lists.elements if lists else ():
        for e in group.elements if group.get("type") in LISTS else ():
            register = "groups" if e.name == "personGrp" else group.get("type")
            found.append(_entry(e, register, content, tuple(mentions.get(e.id, ())), tongue))
    others = {"respStmt": _voice, "witness": _witness, "category": _category, "handNote": _hand}
    for name, read in others.items():
        found += [read(e, content) for e in header.walk() if e.name == name and e.id]
    return tuple(found)


# the lists


def _entry(
    e: Tagged, register: str, content: ReadContent, mentions: tuple[Mention, ...], tongue: str
) -> RegisterEntry:
    inside = [child for part in e.elements for child in _parts(part)]
    best, *others = [child for child in inside if child.name in NAMES] or [e]
    links = [(child.get("type"), child.words) for child in inside if child.name == "idno"]
    links += [("", child.get("target")) for child in e.all("ptr")]
    entry = RegisterEntry(
        e.id,
        register,
        best.words,
        best.get("xml:lang"),
        tuple(dict.fromkeys(other.words for other in others if other.words != best.words)),
        "",
        tuple(_facts(e, inside, content, tongue)),
        tuple((label, address) for label, address in links if "://" in address),
        e.keys("source"),
        mentions,
    )
    return replace(entry, short=_in_passing(entry, e))


def _parts(e: Tagged) -> Iterator[Tagged]:
    return e.elements if e.name == "objectIdentifier" else iter((e,))


def _in_passing(entry: RegisterEntry, e: Tagged) -> str:
    """Name, years, and what is said first: what a reader is told in passing."""
    said = {fact.name: diplomatic(fact.content) for fact in reversed(entry.facts)}
    if entry.register == "bibliography":
        return said.get("cited", entry.name)
    years = "–".join(_year(e, tag) for tag in ("birth", "death")).strip("–")
    named = f"{entry.name} ({years})" if years else entry.name
    about = said.get("about", "")
    return f"{named}. {about}" if about else named


def _year(e: Tagged, tag: str) -> str:
    value = next((found.get("when") or found.get("notBefore") for found in e.all(tag)), "")
    return value[:4].lstrip("0") if value[:1].isdigit() else ""


def _facts(e: Tagged, inside: Sequence[Tagged], content: ReadContent, tongue: str) -> Iterator[Fact]:
    if e.name == "bibl" and (cited := _cited(e)) not in [title.words for title in e.all("title")[:1]]:
        yield Fact("cited", (cited,))
    for child in inside if e.name != "bibl" else ():
        if child.name in FACTS:
            yield Fact(FACTS[child.name], _own(child, content), child.get("cert"), child.keys("source"))
        elif child.name == "event" and child.get("type"):
            yield Fact(child.get("type"), (child.words,), child.get("cert"))
        elif child.name == "location":
            yield Fact("location", (child.words,))
    if e.name == "event" and not e.all("note", type="date") and (words := in_words(e.pairs, tongue)):
        yield Fact("date", (words,))
    yield from _notes(e, content)


def _own(e: Tagged, content: ReadContent) -> Content:
    """The words of a fact, its comment in parentheses after them."""
    return tuple(piece for part in content(e) for piece in _flat(part))


def _flat(piece: object) -> Iterator[str]:
    if isinstance(piece, str):
        yield piece if piece.strip() else ""
    elif isinstance(piece, Inline):
        words = diplomatic(piece.content)
        yield f" ({words.strip().rstrip('.')})" if piece.kind == "comment" else words


def _notes(e: Tagged, content: ReadContent) -> Iterator[Fact]:
    for note in e.all("note"):
        yield Fact(note.get("type") or "about", content(note), note.get("cert"), note.keys("source"))


def _cited(e: Tagged) -> str:
    """A reference as it is cited: author, title, where it stands, place, publisher, date, pages."""

    def of(tag: str) -> str:
        return next((child.words for child in e.all(tag)), "")

    place = ": ".join(filter(None, (of("pubPlace"), of("publisher"))))
    host = of("bibl") and f"in: {of('bibl')}"
    parts = (of("author"), of("title"), host, place, of("date"), of("biblScope"))
    return ", ".join(filter(None, parts))


# the header


def _voice(e: Tagged, content: ReadContent) -> RegisterEntry:
    named = next((child.words for child in e.elements if child.name in (*NAMES, "name")), e.id)
    role = "".join(child.words for child in e.all("resp")[:1])
    facts = (*((Fact("role", (role,)),) if role else ()), *_notes(e, content))
    short = f"{named}, {role}" if role else named
    return RegisterEntry(e.id, "voices", named, short=short, facts=facts, sources=e.keys("source"))


def _witness(e: Tagged, content: ReadContent) -> RegisterEntry:
    """What is said of it beside its siglum."""
    parts = [part for child in e.all("bibl") for part in child.elements if part.name not in ("note", "ptr")]
    named = ", ".join(part.words for part in parts) or e.id
    return RegisterEntry(e.id, "witnesses", named, short=e.get("n") or e.id, facts=tuple(_notes(e, content)))


def _category(e: Tagged, content: ReadContent) -> RegisterEntry:
    named = next((child.words for child in e.all("catDesc")), e.id)
    return RegisterEntry(e.id, "taxonomy", named, facts=tuple(_notes(e, content)))


def _hand(e: Tagged, content: ReadContent) -> RegisterEntry:
    """Its label; then whose it is."""
    named = next((child.words for child in e.all("label")), e.id)
    whose = ", ".join(child.words for child in e.elements if child.name not in ("label", "note"))
    facts = (*((Fact("about", (whose,)),) if whose else ()), *_notes(e, content))
    short = f"{named}, {whose}" if whose else named
    return RegisterEntry(e.id, "hands", named, short=short, facts=facts)
