"""Register entries → `standOff`: those that a document points at, and those that these point at.

One function a register. Lists stand at the first level, each entry under its key as xml:id; how entries
belong together is said once, in `listRelation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from edition.diagnostics import Diagnostic
from edition.facts import NAMES, Attributes, Facts, Fields, main_name
from edition.model import Entry, Registers
from edition.xml import Child, Element, element, filled, render

LISTS = (
    ("listPerson", "people", ("people", "groups")),
    ("listPlace", "places", ("places",)),
    ("listOrg", "orgs", ("orgs",)),
    ("listEvent", "events", ("events",)),
    ("listObject", "objects", ("objects",)),
    ("listBibl", "works", ("works",)),
    ("listBibl", "bibliography", ("bibliography",)),
)
LIFE = (("born", "birth"), ("died", "death"), ("floruit", "floruit"))
Builder = Callable[["_Lists", Entry, Fields], Element]


def standoff(
    pointed: Iterable[str], registers: Registers, language: str = "en"
) -> tuple[str, list[Diagnostic]]:
    """The `standOff` of a document in `language`, or "" if it points at nothing. Voices are not in it."""
    lists = _Lists(registers, language)
    lists.follow(pointed)
    shown = [
        filled(name, {"type": kind}, *(lists.made[key] for key in sorted(lists.of(members))))
        for name, kind, members in LISTS
    ]
    relations = filled("listRelation", None, *(lists.relations[key] for key in sorted(lists.relations)))
    whole = filled("standOff", None, *shown, relations)
    return render(whole) if whole else "", lists.facts.found


def closure(pointed: Iterable[str], registers: Registers) -> tuple[str, ...]:
    """The keys of all entries that `standOff` would hold, sorted."""
    lists = _Lists(registers, "en")
    lists.follow(pointed)
    return tuple(sorted(lists.made))


class _Lists:
    """Entries as elements, by key; and how they belong together."""

    def __init__(self, registers: Registers, language: str) -> None:
        self.facts = Facts(registers, language)
        self.made: dict[str, Element] = {}
        self.relations: dict[tuple[str, str], Element] = {}

    def follow(self, pointed: Iterable[str]) -> None:
        """Makes the entries pointed at, and then what they have pointed at."""
        waiting = sorted(set(pointed), reverse=True)
        while waiting:
            entry = self.facts.registers.get(waiting.pop())
            if entry is None or entry.key in self.made or entry.register not in BUILDERS:
                continue
            self.facts.pointed = {}
            self.made[entry.key] = BUILDERS[entry.register](self, entry, Fields(entry.node, entry.source))
            waiting += self.facts.pointed

    def of(self, registers: tuple[str, ...]) -> Iterator[str]:
        entries = self.facts.registers.entries
        return (key for key in self.made if entries[key].register in registers)

    def relate(self, name: str, entry: Entry, active: list[str], passive: str) -> None:
        """One relation of a name is told with each entry."""
        if active and passive:
            attributes = {"name": name, "active": " ".join(active), "passive": passive}
            self.relations[name, entry.key] = element("relation", attributes)

    # what every entry has

    def about(self, entry: Entry, fields: Fields, extra: Attributes | None = None) -> Attributes:
        return {"xml:id": entry.key, **(extra or {}), **self.facts.evidence(fields)}

    def names(self, entry: Entry, fields: Fields, extra: Attributes | None = None) -> list[Element]:
        """The main form, forms in other languages, variants."""
        name = "persName" if entry.register == "groups" else NAMES[entry.register]
        more = extra or {}
        return [
            element(name, {"type": "main", **more}, main_name(entry)),
            *(element(name, {"xml:lang": tag, **more}, form) for tag, form in fields.pairs("names")),
            *(element(name, {"type": "variant", **more}, v.text.strip()) for v in fields.scalars("variants")),
        ]

    def notes(self, fields: Fields) -> list[Child]:
        return [self.facts.note(fields, "about"), self.facts.note(fields, "comment")]

    def links(self, fields: Fields, pointing: bool = True) -> list[Element]:
        """Pages of the web; `idno` where TEI allows no `ptr`."""
        found = []
        for name in ("url", "links"):
            addresses = (self.facts.address(node, fields.source) for node in fields.scalars(name))
            found += [address for address in addresses if address]
        if pointing:
            return [element("ptr", {"target": address}) for address in found]
        return [element("idno", {"type": "URI"}, address) for address in found]

    def kind(self, fields: Fields) -> Attributes:
        """@type is one word in TEI."""
        return {"type": "-".join(fields.text("kind").split())}

    def life(self, fields: Fields, name: str, tag: str) -> Element | None:
        """Birth, death, floruit: a date, or a mapping that says more."""
        facts, life = self.facts, fields.either(name, "date")
        pairs, said = facts.date(life.get("date"), life.source)
        place = facts.pointers(life, "place", ("places",))
        where = facts.named(place[0][1:]) if place else None
        children = [*_date(pairs, said), ", " if said and where else "", where, facts.note(life, "comment")]
        return filled(tag, {**_datable(pairs), **_given(facts.evidence(life))}, *children)


def _datable(pairs: Attributes) -> Attributes:
    """Without @precision, which only `date` may have."""
    return {name: value for name, value in pairs.items() if name != "precision"}


def _given(attributes: Attributes) -> Attributes:
    return {name: value for name, value in attributes.items() if value}


def _date(pairs: Attributes, said: str) -> list[Child]:
    """The words; inside a `date` of their own where precision is to be said."""
    return [element("date", pairs, said) if "precision" in pairs else said]


# one function a register


def _person(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    return element(
        "person", lists.about(entry, fields),
        *lists.names(entry, fields),
        *(lists.life(fields, *names) for names in LIFE),
        filled("occupation", None, fields.text("occupation")),
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _group(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    members = lists.facts.pointers(fields, "members", ("people",))
    lists.relate("member", entry, members, f"#{entry.key}")
    size = {"size": "-".join(fields.text("size").split())}
    return element(
        "personGrp", lists.about(entry, fields, size),
        *lists.names(entry, fields), lists.life(fields, "date", "floruit"),
        *lists.facts.identifiers(fields), *lists.links(fields, pointing=False), *lists.notes(fields),
    )  # fmt: skip


def _place(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    within = lists.facts.pointers(fields, "within", ("places",))
    lists.relate("within", entry, [f"#{entry.key}"], " ".join(within))
    degrees = " ".join(fields.text("location").replace("+", "").split())
    location = filled("location", None, filled("geo", None, degrees))
    return element(
        "place", lists.about(entry, fields, lists.kind(fields)),
        *lists.names(entry, fields), location,
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _org(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    return element(
        "org", lists.about(entry, fields, lists.kind(fields)),
        *lists.names(entry, fields), *lists.facts.identifiers(fields),
        _event_of(lists, fields, "founded"), _event_of(lists, fields, "dissolved"),
        *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _event_of(lists: _Lists, fields: Fields, name: str) -> Element | None:
    pairs, said = lists.facts.date(fields.get(name), fields.source)
    label = filled("label", None, *_date(pairs, said))
    return element("event", {"type": name, **_datable(pairs)}, label) if label else None


def _event(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    """How sure or precise the date is belongs to the date, and not to the event."""
    facts = lists.facts
    lists.relate("participant", entry, facts.pointers(fields, "participants"), f"#{entry.key}")
    pairs, said = facts.date(fields.get("date"), fields.source)
    where = facts.pointers(fields, "place", ("places",))
    date = (
        element("note", {"type": "date"}, element("date", pairs, said)) if "low" in pairs.values() else None
    )
    when = {name: value for name, value in pairs.items() if value != "low"}
    return element(
        "event", lists.about(entry, fields, {**when, "where": " ".join(where)}),
        *lists.names(entry, fields), date,
        *facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _object(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    identifiers = [*lists.facts.identifiers(fields), *lists.links(fields, pointing=False)]
    return element(
        "object", lists.about(entry, fields, lists.kind(fields)),
        element("objectIdentifier", None, *lists.names(entry, fields), *identifiers),
        *lists.notes(fields),
    )  # fmt: skip


def _work(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    return element(
        "bibl", lists.about(entry, fields),
        *lists.names(entry, fields, {"level": fields.text("level")}),
        _agent(lists, fields, "author"), lists.facts.dated(fields),
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _reference(lists: _Lists, entry: Entry, fields: Fields) -> Element:
    facts = lists.facts
    pages = filled("biblScope", {"unit": "page"}, fields.text("pages"))
    return element(
        "bibl", lists.about(entry, fields),
        _agent(lists, fields, "author"), *lists.names(entry, fields, {"level": fields.text("level")}),
        _agent(lists, fields, "editor"), _host(lists, fields),
        filled("pubPlace", None, fields.text("pubplace")),
        filled("publisher", None, fields.text("publisher")),
        facts.dated(fields), pages, *facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _agent(lists: _Lists, fields: Fields, name: str) -> Element | None:
    node = fields.get(name)
    if node is None:
        return None
    pointer, said = lists.facts.agent(node, fields.source, ("people", "orgs"))
    return element(name, {"ref": pointer}, said)


def _host(lists: _Lists, fields: Fields) -> Element | None:
    """The book or journal it stands in: an entry by key, or a title."""
    node = fields.get("in")
    if node is None:
        return None
    key, facts = node.text.strip(), lists.facts
    pointer = facts.pointer(node, fields.source) if key in facts.registers.entries else ""
    said = facts.entry_name(key)
    return element("bibl", {"type": "host", "corresp": pointer}, element("title", None, said))


BUILDERS: dict[str, Builder] = {
    "people": _person,
    "groups": _group,
    "places": _place,
    "orgs": _org,
    "events": _event,
    "objects": _object,
    "works": _work,
    "bibliography": _reference,
}
