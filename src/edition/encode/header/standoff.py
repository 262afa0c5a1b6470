"""Register entries → `standOff`: those that a document points at, and those that these point at.

One function a register. Lists stand at the first level, each entry under its key as xml:id; how entries
belong together is said once, in `listRelation`. Words are those in the language of the document where a register
has them; others say in @xml:lang what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from edition.encode.header.fields import Attributes, Facts, Fields, Said
from edition.model import rules
from edition.model.annotation import Entry, Registers
from edition.model.diagnostics import Diagnostic
from edition.model.nodes import Scalar
from edition.model.vocabulary import LISTED, REGISTERS
from edition.model.xml import Child, XmlElement, element, filled

PARTS = ("forename", "surname", "addName", "roleName", "nameLink", "genName")
SYMMETRIC = ("ally", "colleague", "cousin", "friend", "opponent", "partner", "rival", "sibling", "spouse")
"""Relations that go both ways. Others go from the entry they stand with to the one they name."""
LIFE = (("born", "birth"), ("died", "death"), ("floruit", "floruit"))
Builder = Callable[["_Lists", Entry, Fields], XmlElement]


def standoff(
    pointed: Iterable[str], registers: Registers, language: str = "en"
) -> tuple[XmlElement | None, list[Diagnostic]]:
    """The `standOff` of a document in `language`, and what is wrong with its entries; None if there are no entries.

    Voices are not in it: they stand in the header.
    """
    lists = _Lists(registers, language)
    lists.follow(pointed)
    entries = lists.by_register()
    shown = [
        element(REGISTERS[name].list, {"type": name}, *entries[name]) for name in LISTED if name in entries
    ]
    relations = filled("listRelation", None, *(lists.relations[key] for key in sorted(lists.relations)))
    facts = lists.facts
    whole = filled("standOff", {"xml:lang": "" if facts.here == language else facts.here}, *shown, relations)
    return whole, lists.facts.diagnostics


def closure(pointed: Iterable[str], registers: Registers) -> tuple[str, ...]:
    """The keys of all entries that `standOff` would hold, sorted."""
    lists = _Lists(registers, "en")
    lists.follow(pointed)
    return tuple(sorted(lists.made))


class _Lists:
    """The entries of one document as elements, by key, and the relations between them."""

    def __init__(self, registers: Registers, language: str) -> None:
        self.facts = Facts(registers, language)
        self.made: dict[str, XmlElement] = {}
        self.relations: dict[tuple[str, ...], XmlElement] = {}

    def follow(self, pointed: Iterable[str]) -> None:
        """Make the entries pointed at, and then those that these point at."""
        waiting = sorted(set(pointed), reverse=True)
        while waiting:
            entry = self.facts.registers.get(waiting.pop())
            if entry is None or entry.key in self.made or entry.register not in BUILDERS:
                continue
            self.facts.pointed = {}
            fields = Fields(entry.node, entry.source)
            self.made[entry.key] = BUILDERS[entry.register](self, entry, fields)
            self.related(entry, fields)
            waiting += self.facts.pointed

    def by_register(self) -> dict[str, list[XmlElement]]:
        """The entries of each list in the order of their keys, with those of a register that stands within its own."""
        entries: dict[str, list[XmlElement]] = {}
        for key in sorted(self.made):
            row = REGISTERS[self.facts.registers.entries[key].register]
            entries.setdefault(row.within or row.name, []).append(self.made[key])
        return entries

    def relate(self, name: str, entry: Entry, active: list[str], passive: str) -> None:
        """Add the one relation of this name that an entry brings; nothing if a side of it is empty."""
        if active and passive:
            attributes = {"name": name, "active": " ".join(active), "passive": passive}
            self.relations[name, entry.key] = element("relation", attributes)

    def related(self, entry: Entry, fields: Fields) -> None:
        """Add what an entry says in `relations:`. If two entries say the same, that of the first by key counts."""
        for relation in fields.mappings("relations"):
            name = relation.text("name")
            pairs, _ = self.facts.moment(relation, "date")
            more = {**_datable(pairs), **_given(self.facts.evidence(relation))}
            desc = self.facts.saying("desc", relation, "comment")
            for pointer in self.facts.pointers(relation, "to", LISTED):
                own, other = f"#{entry.key}", pointer
                if name in SYMMETRIC:
                    own, other = sorted((own, other))
                    ends = {"mutual": f"{own} {other}"}
                else:
                    ends = {"active": own, "passive": other}
                key = (name, own, other)
                if key not in self.relations or own == f"#{entry.key}":
                    self.relations[key] = element("relation", {"name": name, **ends, **more}, desc)

    # what every entry has

    def about(self, entry: Entry, fields: Fields, extra: Attributes | None = None) -> Attributes:
        return {"xml:id": entry.key, **(extra or {}), **self.facts.evidence(fields)}

    def names(self, entry: Entry, fields: Fields, extra: Attributes | None = None) -> list[XmlElement]:
        """The name elements of an entry: its main form, forms in other languages, variants."""
        name = "persName" if entry.register == "groups" else REGISTERS[entry.register].element
        facts, more = self.facts, extra or {}
        best, *others = facts.entry_names(entry)
        made = [
            self.name(name, best, fields, {"type": "main", **more, "xml:lang": facts.other(best.language)})
        ]
        made += [self.name(name, form, fields, {"xml:lang": form.language, **more}) for form in others]
        for field, kind in (("variants", "variant"), ("forms", "form")):
            for form in fields.forms(field, facts.registers.language):
                pairs = {"type": kind, **more, "xml:lang": facts.other(form.language)}
                made.append(self.name(name, form, form.fields, pairs))
        return made

    def name(self, tag: str, form: Said, entry: Fields, pairs: Attributes) -> XmlElement:
        """The element of one form of a name, with the time of its use and its parts, which stand with the form, or for
        a main form that is only a text with the entry."""
        own = form.fields if form.fields.node.items else entry if form.at is entry.get("name") else None
        if own is None:
            return element(tag, pairs, form.text)
        more = {**self.used(form.fields), **_given(self.facts.evidence(form.fields))}
        return element(tag, {**pairs, **more}, *self.parts(form, own))

    def used(self, fields: Fields) -> Attributes:
        """The attributes that say from when to when a name was in use."""
        begin, end = fields.get("from"), fields.get("to")
        if begin is None and end is None:
            return {}
        text = "/".join(node.text.strip() if node else ".." for node in (begin, end))
        at = begin or end
        period = Scalar(text, at.start, (end or at).end, True) if at else None
        return _datable(self.facts.date(period, fields.source)[0])

    def parts(self, form: Said, fields: Fields) -> list[Child]:
        """A name with elements around its forename, surname …, where they stand in it. A part that does not stand in the
        name is reported."""
        found: dict[int, tuple[int, str]] = {}
        for part in PARTS:
            for node in fields.scalars(part):
                words = node.text.strip()
                at = form.text.find(words)
                while at >= 0 and any(
                    start < at + len(words) and at < end for start, (end, _) in found.items()
                ):
                    at = form.text.find(words, at + 1)
                if at >= 0:
                    found[at] = at + len(words), part
                else:
                    message = f"“{words}” does not stand in the name “{form.text}”"
                    help = "A part is written as in the whole."
                    self.facts.report(rules.VALUE, message, node, fields.source, help)
        children: list[Child] = []
        done = 0
        for start, (end, part) in sorted(found.items()):
            children += [form.text[done:start], element(part, None, form.text[start:end])]
            done = end
        return [*children, form.text[done:]]

    def notes(self, fields: Fields) -> list[Child]:
        return [self.facts.remark(fields, "about"), self.facts.remark(fields, "comment")]

    def links(self, fields: Fields, pointing: bool = True) -> list[XmlElement]:
        """The web pages of an entry, as `ptr`, or as `idno` where TEI allows no `ptr`."""
        found = []
        for name in ("url", "links"):
            addresses = (self.facts.address(node, fields.source) for node in fields.scalars(name))
            found += [address for address in addresses if address]
        if pointing:
            return [element("ptr", {"target": address}) for address in found]
        return [element("idno", {"type": "URI"}, address) for address in found]

    def kind(self, fields: Fields) -> Attributes:
        """The attribute @type of what an entry says in `kind:`, as one word, which TEI wants."""
        return {"type": "-".join(fields.text("kind").split())}

    def life(self, fields: Fields, name: str, tag: str) -> XmlElement | None:
        """The element of a birth, a death or a floruit, which is a date or a mapping that says more."""
        if name not in fields.node.items:
            return None
        facts, life = self.facts, fields.either(name, "date")
        pairs, said = facts.moment(fields, name)
        place = facts.pointers(life, "place", ("places",))
        where = facts.named(place[0][1:]) if place else None
        children = [*_date(pairs, said), ", " if said and where else "", where, facts.remark(life, "comment")]
        return filled(tag, {**_datable(pairs), **_given(facts.evidence(life))}, *children)


def _datable(pairs: Attributes) -> Attributes:
    """The attributes of a date without @precision, which only `date` may have."""
    return {name: value for name, value in pairs.items() if name != "precision"}


def _given(attributes: Attributes) -> Attributes:
    return {name: value for name, value in attributes.items() if value}


def _date(pairs: Attributes, said: str) -> list[Child]:
    """The words of a date, inside a `date` of their own if @precision is to be said."""
    return [element("date", pairs, said) if "precision" in pairs else said]


# one function a register


def _person(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    return element(
        "person", lists.about(entry, fields),
        *lists.names(entry, fields),
        *(lists.life(fields, *names) for names in LIFE), _event_of(lists, fields, "accession"),
        lists.facts.saying("occupation", fields, "occupation"),
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _group(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    members = lists.facts.pointers(fields, "members", ("people",))
    lists.relate("member", entry, members, f"#{entry.key}")
    size = {"size": "-".join(fields.text("size").split())}
    return element(
        "personGrp", lists.about(entry, fields, size),
        *lists.names(entry, fields), lists.life(fields, "date", "floruit"),
        *lists.facts.identifiers(fields), *lists.links(fields, pointing=False), *lists.notes(fields),
    )  # fmt: skip


def _place(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    within = lists.facts.pointers(fields, "within", ("places",))
    lists.relate("within", entry, [f"#{entry.key}"], " ".join(within))
    degrees = " ".join(fields.text("location").replace("+", "").split())
    location = filled("location", None, filled("geo", None, degrees))
    return element(
        "place", lists.about(entry, fields, lists.kind(fields)),
        *lists.names(entry, fields), _country(lists, fields), location,
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _country(lists: _Lists, fields: Fields) -> XmlElement | None:
    node = fields.get("country")
    return lists.facts.agent("country", node, fields.source, ("places",)) if node else None


def _org(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    facts, own = lists.facts, f"#{entry.key}"
    before, after = (facts.pointers(fields, name, ("orgs",)) for name in ("predecessor", "successor"))
    for earlier, later in (*((other, own) for other in before), *((own, other) for other in after)):
        ends = {"active": earlier, "passive": later}
        lists.relations["predecessor", earlier, later] = element("relation", {"name": "predecessor", **ends})
    lists.relate("member", entry, facts.pointers(fields, "members", ("people", "orgs", "groups")), own)
    return element(
        "org", lists.about(entry, fields, lists.kind(fields)),
        *lists.names(entry, fields), *lists.facts.identifiers(fields),
        _event_of(lists, fields, "founded"), _event_of(lists, fields, "dissolved"),
        *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _event_of(lists: _Lists, fields: Fields, name: str) -> XmlElement | None:
    pairs, said = lists.facts.moment(fields, name)
    label = filled("label", None, *_date(pairs, said))
    return element("event", {"type": name, **_datable(pairs)}, label) if label else None


def _event(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    """The `event` of an entry. How sure or precise its date is belongs to the date, which then stands in a note."""
    facts = lists.facts
    lists.relate("participant", entry, facts.pointers(fields, "participants", LISTED), f"#{entry.key}")
    time = fields.either("date", "date")
    calendar = facts.calendar(time) or facts.calendar(fields)
    pairs, said = facts.date(time.get("date"), time.source, calendar)
    where = facts.pointers(fields, "place", ("places",))
    noted = "low" in pairs.values() or calendar
    date = element("note", {"type": "date"}, element("date", pairs, said)) if noted else None
    when = {name: value for name, value in pairs.items() if value != "low"}
    return element(
        "event", lists.about(entry, fields, {**when, "where": " ".join(where)}),
        *lists.names(entry, fields), date,
        *facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _object(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    identifiers = [*lists.facts.identifiers(fields), *lists.links(fields, pointing=False)]
    return element(
        "object", lists.about(entry, fields, lists.kind(fields)),
        element("objectIdentifier", None, *lists.names(entry, fields), *identifiers),
        *lists.notes(fields),
    )  # fmt: skip


def _work(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
    return element(
        "bibl", lists.about(entry, fields),
        *lists.names(entry, fields, {"level": fields.text("level")}),
        _agent(lists, fields, "author"), _host(lists, fields),
        filled("pubPlace", None, fields.text("pubplace")),
        filled("publisher", None, fields.text("publisher")),
        lists.facts.dated(fields), lists.facts.dated(fields, "published", {"type": "published"}),
        *lists.facts.identifiers(fields), *lists.links(fields), *lists.notes(fields),
    )  # fmt: skip


def _reference(lists: _Lists, entry: Entry, fields: Fields) -> XmlElement:
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


def _agent(lists: _Lists, fields: Fields, name: str) -> XmlElement | None:
    node = fields.get(name)
    return lists.facts.agent(name, node, fields.source, ("people", "orgs")) if node else None


def _host(lists: _Lists, fields: Fields) -> XmlElement | None:
    """The book or journal in which a work stands, which `in:` names by key or by title."""
    facts = lists.facts
    host = facts.fittest(fields.forms("in", fields.text("language") or facts.registers.language))
    if host is None:
        return None
    registers, known = ("works", "bibliography"), host.text in facts.registers.entries
    pointer = facts.pointer(host.at, fields.source, registers) if known else ""
    said = facts.entry_name(host.text) if pointer else (host.text, host.language)
    return element("bibl", {"type": "host", "corresp": pointer}, facts.in_language("title", *said))


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
