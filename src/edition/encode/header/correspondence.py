"""Who wrote to whom, when and where → `correspDesc` (TEI 2.4.6), as correspSearch reads it."""

from __future__ import annotations

from edition.encode.header.fields import Facts, Fields
from edition.encode.header.sentences import SENTENCES
from edition.model.nodes import Scalar
from edition.model.source import Source
from edition.model.xml import Child, XmlElement, element

CORRESPONDENTS = ("people", "orgs", "groups")


def correspondence(facts: Facts, fields: Fields) -> XmlElement | None:
    """The `correspDesc` of what `correspondence:` in a header says; None if that is empty."""
    if not fields.node.items:
        return None
    return element(
        "correspDesc",
        {"cert": fields.text("cert")},
        _action(facts, fields, "sent", "from", _whereabouts(facts, fields)),
        _action(facts, fields, "received", "to", []),
        facts.note(fields, "comment"),
    )


def _action(facts: Facts, fields: Fields, kind: str, agent: str, place: list[Child]) -> XmlElement:
    """The `correspAction` of sending or receiving. Both are always written: where nobody is named, it is “Unknown”."""
    names = [_correspondent(facts, node, fields.source) for node in fields.scalars(agent)]
    nobody = element("persName", None, SENTENCES[facts.tongue]["unknown_person"])
    date = facts.dated(fields, kind)
    return element("correspAction", {"type": kind}, *(names or [nobody]), *place, date)


def _correspondent(facts: Facts, node: Scalar, source: Source) -> XmlElement:
    key = node.text.strip()
    made = facts.agent("persName", node, source, CORRESPONDENTS)
    entry = facts.registers.get(key)
    return facts.named(key) if entry and entry.register in CORRESPONDENTS else made


def _whereabouts(facts: Facts, fields: Fields) -> list[Child]:
    """The place of sending, with evidence of its own, since it may be less certain than the rest."""
    place = fields.either("place", "place")
    keys = facts.pointers(place, "place", ("places",))
    evidence = facts.evidence(place)
    named: list[Child] = [facts.named(key[1:], evidence) for key in keys]
    return [*named, facts.note(place, "comment")]
