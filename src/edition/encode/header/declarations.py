"""What the header declares because a text uses it: witnesses, hands, categories, calendars, private-use characters.

Each function gives one list of TEI, or None if nothing is to stand in it. Knows no annotations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from edition.dates.calendars import Calendar
from edition.encode.header.fields import Facts, Fields
from edition.encode.header.sentences import SENTENCES
from edition.model import rules
from edition.model.annotation import Entry
from edition.model.xml import Child, XmlElement, element, filled
from edition.read.prose import as_element

TAXONOMY = "taxonomy"
ATT = re.compile("<att>(.*?)</att>")
WORD = re.compile(r"[A-Za-z_][\w.-]*")


def _entries(facts: Facts, keys: Iterable[str], register: str) -> list[Entry]:
    """The entries of one register among these keys, sorted by key."""
    entries = (facts.registers.get(key) for key in sorted(set(keys)))
    return [entry for entry in entries if entry is not None and entry.register == register]


# witnesses


def witnesses(facts: Facts, keys: Iterable[str]) -> XmlElement | None:
    """The `listWit` of the witnesses among these keys."""
    made = (_witness(facts, entry) for entry in _entries(facts, keys, "witnesses"))
    return filled("listWit", None, *made)


def _witness(facts: Facts, entry: Entry) -> XmlElement:
    fields = Fields(entry.node, entry.source)
    best = facts.entry_names(entry)[0]
    siglum, links = fields.text("siglum"), (facts.address(n, fields.source) for n in fields.scalars("links"))
    return element(
        "witness", {"xml:id": entry.key, "n": siglum, **facts.evidence(fields)},
        filled("abbr", {"type": "siglum"}, siglum),
        element(
            "bibl", None,
            facts.in_language("title", best.text, best.language),
            facts.dated(fields),
            filled("orgName", {"type": "repository"}, fields.text("repository")),
            filled("idno", {"type": "shelfmark"}, fields.text("shelfmark")),
            *facts.identifiers(fields),
            *(element("ptr", {"target": address}) for address in links if address),
        ),
        facts.remark(fields, "about"), facts.remark(fields, "comment"),
    )  # fmt: skip


# hands


def hands(facts: Facts, keys: Iterable[str]) -> XmlElement | None:
    """The `handNotes` of the hands among these keys."""
    return filled("handNotes", None, *(_hand(facts, entry) for entry in _entries(facts, keys, "hands")))


def _hand(facts: Facts, entry: Entry) -> XmlElement:
    """The `handNote` of an entry. @scribe takes one word of letters; any other name of a scribe stands in the note."""
    fields = Fields(entry.node, entry.source)
    best, scribe = facts.entry_names(entry)[0], fields.get("scribe")
    named = facts.agent("persName", scribe, fields.source, ("people",)) if scribe else None
    pointer = dict(named.attributes).get("ref", "") if named else ""
    word = scribe.text.strip() if scribe and not pointer else ""
    features = {"scribe": word if WORD.fullmatch(word) else "", "scribeRef": pointer}
    for name in ("script", "medium", "scope"):
        features[name] = " ".join(node.text.strip() for node in fields.scalars(name))
    return element(
        "handNote", {"xml:id": entry.key, **features, **facts.evidence(fields)},
        facts.in_language("label", best.text, best.language), named,
        facts.remark(fields, "about"), facts.remark(fields, "comment"),
    )  # fmt: skip


# categories


def taxonomy(facts: Facts, keys: Iterable[str]) -> XmlElement | None:
    """The `classDecl` of the categories among these keys, inside those that they are part of."""
    entries = {entry.key: entry for entry in _entries(facts, keys, TAXONOMY)}
    parents: dict[str, str] = {}
    waiting = sorted(entries)
    while waiting:
        key = waiting.pop()
        if key not in parents:
            parents[key] = _parent(facts, facts.registers.entries[key])
            waiting += [parents[key]] if parents[key] else []
    children = defaultdict(list)
    for key in sorted(parents):
        children["" if _circular(facts, key, parents) else parents[key]].append(key)
    if not parents:
        return None
    desc = element("desc", None, SENTENCES[facts.tongue]["categories"])
    tops = (_category(facts, key, children) for key in children[""])
    return element("classDecl", None, element("taxonomy", {"xml:id": TAXONOMY}, desc, *tops))


def _parent(facts: Facts, entry: Entry) -> str:
    wider = facts.pointers(Fields(entry.node, entry.source), "within", (TAXONOMY,))
    return wider[0][1:] if wider else ""


def _circular(facts: Facts, key: str, parents: dict[str, str]) -> bool:
    """Whether a category is the first of a circle, and so lies within itself, which is reported."""
    circle, above = [key], parents[key]
    while above and above not in circle:
        circle.append(above)
        above = parents[above]
    if above != key or key != min(circle):
        return False
    entry = facts.registers.entries[key]
    message = f"the category “{key}” lies within itself"
    facts.report(rules.VALUE, message, entry.node.items["within"], entry.source, "Take one `within` away.")
    return True


def _category(facts: Facts, key: str, children: dict[str, list[str]]) -> XmlElement:
    entry = facts.registers.entries[key]
    fields = Fields(entry.node, entry.source)
    best, about = facts.entry_names(entry)[0], facts.said(fields, "about")
    description: list[Child] = [facts.in_language("term", best.text, best.language)]
    if about is not None:
        words = facts.words(about.at, fields.source)
        if any(part.block for part in words.parts):
            message = "a category is described in one paragraph"
            facts.report(rules.NOTE_MARKUP, message, about.at, fields.source)
        description += [": ", facts.foreign(as_element(words), about.language)]
    inside = (_category(facts, child, children) for child in children.get(key, ()))
    pairs = {"xml:id": key, **facts.evidence(fields)}
    return element("category", pairs, element("catDesc", None, *description), *inside)


# calendars


def calendars(facts: Facts, used: Iterable[Calendar]) -> XmlElement | None:
    """The `calendarDesc` of these calendars."""
    made = (_calendar(facts, calendar) for calendar in sorted(used, key=lambda calendar: calendar.name))
    return filled("calendarDesc", None, *made)


def _calendar(facts: Facts, calendar: Calendar) -> XmlElement:
    tongue = facts.tongue
    name, about = calendar.said[tongue], calendar.about[tongue]
    sentence = SENTENCES[tongue]["reign" if calendar.ruler else "calendar"]
    words = sentence.format(name=name[0].upper() + name[1:], about=about)
    inside = (element("att", None, part) if k % 2 else part for k, part in enumerate(ATT.split(words)))
    return element("calendar", {"xml:id": calendar.name}, element("p", None, *inside))


# characters


def character_id(character: str) -> str:
    """The xml:id of the description of a private-use character."""
    return f"char.{ord(character):04X}"


def characters(facts: Facts, settings: Fields, used: Iterable[str]) -> XmlElement | None:
    """The `charDecl` of these private-use characters (TEI chapter 5), as `characters:` in the settings describes them."""
    described = settings.inner("characters")
    made = (_character(facts, c, described.either(f"U+{ord(c):04X}", "about")) for c in sorted(used))
    return filled("charDecl", None, *made)


def _character(facts: Facts, character: str, fields: Fields) -> XmlElement:
    name, image = fields.text("name"), fields.get("image")
    address = facts.address(image, fields.source) if image else ""
    return element(
        "char", {"xml:id": character_id(character)},
        element("localProp", {"name": "Name", "value": name}) if name else None,
        element("mapping", {"type": "PUA"}, f"U+{ord(character):04X}"),
        filled("mapping", {"type": "standard"}, fields.text("standard")),
        facts.saying("desc", fields, "about"),
        element("graphic", {"url": address}) if address else None,
    )  # fmt: skip
