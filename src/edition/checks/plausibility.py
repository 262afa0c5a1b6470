"""What cannot have been so: acts of the dead and the unborn, letters received before they were sent, events outside
their time.

Compares only what the editors themselves have said: the header of a letter, the registers, and a date that stands
inside the words of an annotated event. To be named in a text is no act.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from edition.checks.time_spans import Dated, apart, before, claimed, dated, disjoint
from edition.encode.header.fields import Facts, Fields
from edition.encode.header.standoff import SYMMETRIC
from edition.model import rules
from edition.model.annotation import Anchored, Entry, Registers
from edition.model.authority_ids import AUTHORITIES
from edition.model.diagnostics import Diagnostic, diagnostic
from edition.model.edition import Built, Edition
from edition.model.nodes import Scalar
from edition.model.source import Source, Span

LIVES = {"people": ("born", "died"), "orgs": ("founded", "dissolved")}
VERBS = {"born": "was born", "died": "died", "founded": "was founded", "dissolved": "was dissolved"}
WRONG_SORT = {
    "geonames": (("people", "groups", "works", "events", "bibliography", "witnesses"), "places"),
    "orcid": (
        ("places", "orgs", "works", "events", "objects", "groups", "bibliography", "witnesses"),
        "people",
    ),
    "isni": (("places", "works", "events", "objects", "bibliography", "witnesses"), "people and bodies"),
}
"""For an authority file, the registers in which its identifiers cannot stand, and what it identifies."""
ORDERS = (
    ("people", "born", "died", "{name} died {end}, before the birth {begin}"),
    ("people", "born", "floruit", "{name} was active {end}, before the birth {begin}"),
    ("people", "floruit", "died", "{name} died {end}, before being active {begin}"),
    ("orgs", "founded", "dissolved", "{name} was dissolved {end}, before it was founded {begin}"),
    ("works", "date", "published", "{name} was published {end}, before it was written {begin}"),
)


class Act(NamedTuple):
    """Someone did something at a time.

    who: the key of an entry. what: what was done, as a clause. where: the place that says so. late: whether the dead may
    be meant too.
    """

    who: str
    when: Dated
    what: str
    where: Span
    late: bool = False


def lifetimes(edition: Edition) -> Iterator[Diagnostic]:
    """Report a person who acts before birth or after death, and a body that acts before or after its time."""
    registers = edition.project.registers
    reported: set[tuple[str, Span]] = set()
    for act in _acts(edition):
        entry = registers.get(act.who)
        if entry is not None and entry.register in LIVES and (act.who, act.where) not in reported:
            for one in _outlived(act, entry, registers):
                reported.add((act.who, act.where))
                yield one


def _outlived(act: Act, entry: Entry, registers: Registers) -> Iterator[Diagnostic]:
    begin, end = (dated(Fields(entry.node, entry.source), name) for name in LIVES[entry.register])
    began, ended = (VERBS[name] for name in LIVES[entry.register])
    name = _name(entry, registers)
    if begin and before(act.when, begin):
        how = f"{name} {began} {begin.when}, {apart(act.when, begin)} after {act.what} ({act.when})"
        yield _lifetime(act, how, (begin.place, began))
    elif end and not act.late and before(end, act.when):
        how = f"{name} {ended} {end.when}, {apart(end, act.when)} before {act.what} ({act.when})"
        yield _lifetime(act, how, (end.place, ended))


def _lifetime(act: Act, message: str, life: tuple[Span, str]) -> Diagnostic:
    help = "One of the dates is wrong, or someone else is meant; mark with ~ or ? what is not certain."
    return diagnostic(rules.LIFETIME, message, act.where, life, help=help)


def _acts(edition: Edition) -> Iterator[Act]:
    registers = edition.project.registers
    for built in edition.documents:
        yield from _of_header(Fields(built.document.header, built.document.source), registers)
        yield from _of_annotations(built, registers)
    for entry in registers.entries.values():
        yield from _of_entry(entry)


def _of_header(header: Fields, registers: Registers) -> Iterator[Act]:
    letter = header.inner("correspondence")
    sent, received = dated(letter, "sent"), dated(letter, "received")
    for node in letter.scalars("from") if sent else ():
        yield _act(node, sent, "this letter was sent", header.source)
    arrival = (received, "this letter was received") if received else (sent, "this letter was sent to them")
    for node in letter.scalars("to") if arrival[0] else ():
        yield _act(node, *arrival, header.source)
    written, author = dated(header, "date"), header.get("author")
    if written and author and author.text not in {node.text for node in letter.scalars("from") if sent}:
        yield _act(author, written, "this text was written", header.source)


def _act(node: Scalar, when: Dated | None, what: str, source: Source, late: bool = False) -> Act:
    assert when is not None
    return Act(node.text.strip(), when, what, source.span(node), late)


def _of_entry(entry: Entry) -> Iterator[Act]:
    fields = Fields(entry.node, entry.source)
    when = dated(fields, "date")
    if entry.register == "events" and when:
        for node in fields.scalars("participants"):
            yield _act(node, when, f"“{entry.key}”", entry.source)
    elif entry.register == "groups" and when:
        for node in fields.scalars("members"):
            yield _act(node, when, f"the time of “{entry.key}”", entry.source)
    elif entry.register in ("works", "bibliography"):
        yield from _of_work(entry, fields, when)
    for relation in fields.mappings("relations"):
        yield from _of_relation(entry, relation)


def _of_work(entry: Entry, fields: Fields, written: Dated | None) -> Iterator[Act]:
    """The act of an author, which is to write a work only if print has a date of its own: the dead are printed too."""
    author, published = fields.get("author"), dated(fields, "published")
    when = written or published
    if author and when:
        alone = entry.register == "bibliography" or not (written and published)
        what = f"“{entry.key}” was published" if alone else f"“{entry.key}” was written"
        yield _act(author, when, what, entry.source, late=alone)


def _of_relation(entry: Entry, relation: Fields) -> Iterator[Act]:
    """The acts of a relation with a date. One who translates an author may come after the death; a spouse does not."""
    when, name = dated(relation, "date"), relation.text("name")
    if when is None:
        return
    what = f"the relation “{name}” of “{entry.key}”"
    yield Act(entry.key, when, what, when.place)
    for node in relation.scalars("to"):
        yield _act(node, when, what, entry.source, late=name not in SYMMETRIC)


def _of_annotations(built: Built, registers: Registers) -> Iterator[Act]:
    """The acts of those who are named, together with one date, in the words of an event. Who is no participant of it
    may be dead: a funeral names the dead."""
    source = built.document.source
    for event, inner in _events(built, registers):
        entry = registers.entries[event.claim.value]
        part = entry.texts("participants")
        dates = [d for a in inner if a.claim.kind == "date" and (d := claimed(a.claim, source, registers))]
        for a in inner if len(dates) == 1 else ():
            if a.claim.kind in ("person", "org") and not a.claim.use and not a.claim.alternatives:
                key, at = a.claim.value, source.span(a.claim.at)
                yield Act(key, dates[0], f"“{entry.key}”, as the text dates it", at, late=key not in part)


def _events(built: Built, registers: Registers) -> Iterator[tuple[Anchored, list[Anchored]]]:
    """The annotated events, each with the annotated dates and names inside its words."""
    known = registers.entries
    kinds = ("date", "person", "org")
    inner = sorted(
        (a for a in built.anchoring.anchored if a.claim.kind in kinds), key=lambda a: (a.start, a.end)
    )
    starts = [a.start for a in inner]
    for event in built.anchoring.anchored:
        entry = known.get(event.claim.value) if event.claim.kind in ("event", "rs") else None
        if entry is not None and entry.register == "events" and not event.claim.alternatives:
            first, last = bisect_left(starts, event.start), bisect_left(starts, event.end)
            yield event, [a for a in inner[first:last] if a.end <= event.end]


def letters(edition: Edition) -> Iterator[Diagnostic]:
    """Report a letter that was received before it was sent."""
    for built in edition.documents:
        letter = Fields(built.document.header, built.document.source).inner("correspondence")
        sent, received = dated(letter, "sent"), dated(letter, "received")
        if sent and received and before(received, sent):
            yield diagnostic(
                rules.RECEIVED_BEFORE,
                f"this letter was received {received.when}, {apart(received, sent)} before it was sent ({sent})",
                (received.place, "received"),
                (sent.place, "sent"),
                help="Look which of the two is wrong; one may be in another calendar: `{date: …, calendar: julian}`.",
            )


def events(edition: Edition) -> Iterator[Diagnostic]:
    """Report an event that a text dates otherwise than the register, or that lies within another and not in its time."""
    registers = edition.project.registers
    for built in edition.documents:
        reported: set[tuple[str, int]] = set()
        for event, inner in _events(built, registers):
            entry = registers.entries[event.claim.value]
            when = dated(Fields(entry.node, entry.source), "date")
            for a in inner:
                key = (entry.key, a.claim.at.start)
                said = claimed(a.claim, built.document.source, registers) if a.claim.kind == "date" else None
                if when and said and disjoint(when, said) and key not in reported:
                    reported.add(key)
                    yield _otherwise(entry, when, said)
    for entry in registers.of("events"):
        yield from _within(entry, registers)


def _otherwise(entry: Entry, when: Dated, said: Dated) -> Diagnostic:
    return diagnostic(
        rules.EVENT_TIME,
        f"the text dates “{entry.key}” to {said}, and the register to {when}",
        (said.place, "in the words of the event"),
        (when.place, "in the register"),
        help="If the text is mistaken, say so in a note and ignore this here.",
    )


def _within(entry: Entry, registers: Registers) -> Iterator[Diagnostic]:
    fields = Fields(entry.node, entry.source)
    when = dated(fields, "date")
    for relation in fields.mappings("relations"):
        for node in relation.scalars("to") if relation.text("name") == "within" else ():
            other = registers.get(node.text.strip())
            whole = dated(Fields(other.node, other.source), "date") if other else None
            if when and whole and disjoint(when, whole):
                yield diagnostic(
                    rules.EVENT_TIME,
                    f"“{entry.key}” ({when}) lies within “{node.text.strip()}”, and not in its time ({whole})",
                    (when.place, f"of “{entry.key}”"),
                    (whole.place, f"of “{node.text.strip()}”"),
                )


def reversed_lives(edition: Edition) -> Iterator[Diagnostic]:
    """Report entries whose dates come in an order that cannot be, as a death before the birth."""
    registers = edition.project.registers
    for register, first, last, words in ORDERS:
        for entry in registers.of(register):
            fields = Fields(entry.node, entry.source)
            begin, end = dated(fields, first), dated(fields, last)
            if begin and end and before(end, begin):
                message = words.format(name=_name(entry, registers), begin=begin.when, end=end.when)
                help = "Look which of the two dates is wrong."
                yield diagnostic(
                    rules.REVERSED_LIFE, message, (end.place, last), (begin.place, first), help=help
                )


def identifiers(edition: Edition) -> Iterator[Diagnostic]:
    """Report identifiers of authority files that identify other things than the entry is."""
    for entry in edition.project.registers.entries.values():
        for field, (wrong, right) in WRONG_SORT.items():
            node = entry.node.items.get(field)
            if entry.register in wrong and isinstance(node, Scalar):
                yield _wrong_sort(entry, field, right, node)


def _wrong_sort(entry: Entry, field: str, right: str, node: Scalar) -> Diagnostic:
    name = AUTHORITIES[field].name
    return diagnostic(
        rules.IDENTIFIER_SORT,
        f"{name} identifies {right}, and “{entry.key}” is in the register of {entry.register}",
        (entry.source.span(node), f"an identifier of {name}"),
        (entry.place, "registered here"),
        help="Move it to the entry it belongs to, or take it away.",
    )


def _name(entry: Entry, registers: Registers) -> str:
    name = Facts(registers, registers.language or "en").entry_name(entry.key)[0]
    return name if entry.register != "works" else f"“{name}”"


PLAUSIBILITY = (lifetimes, letters, events, reversed_lives, identifiers)
