"""Registers as a whole: entries that no text uses, entries that stand there twice, faults where no build looks.

Whether keys resolve, witnesses are declared and links lead somewhere, the build reports for all that a text points at.
Which entries a text uses is read from its edition, where each stands under its key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from edition.encode.header.declarations import taxonomy, witnesses
from edition.encode.header.fields import Facts, Fields
from edition.encode.header.standoff import standoff
from edition.model import rules
from edition.model.annotation import Entry, Registers
from edition.model.authority_ids import AUTHORITIES, identify
from edition.model.diagnostics import Diagnostic, diagnostic, shortened
from edition.model.edition import Edition
from edition.model.source import Span

_id = re.compile(rb' xml:id="([^"]*)"')
TELLING = {
    "people": ("born", "died", "floruit"),
    "orgs": ("founded", "dissolved"),
    "events": ("date",),
    "works": ("author", "date"),
    "bibliography": ("author", "date", "in", "pages", "url"),
}
"""The fields that tell two entries of the same name apart. Where all are empty, nobody can know."""
COPIES = ("works", "bibliography", "witnesses")
"""Registers that may share an identifier: a work, a print of it and a copy of the print."""


def unused(edition: Edition) -> Iterator[Diagnostic]:
    """Report entries that no text uses, if all texts are built."""
    texts = len(edition.documents)
    for entry in _unused(edition):
        number = {1: "the one text does not use", 2: "neither of the two texts uses"}.get(
            texts, f"none of the {texts} texts uses"
        )
        yield diagnostic(
            rules.UNUSED,
            f"{number} “{entry.key}” of the register of {entry.register}",
            entry.place,
            help="Annotate what it is for, or take it away.",
        )


def faulty_unused(edition: Edition) -> Iterator[Diagnostic]:
    """Report faults of entries that no text uses: no build reports them, and they would go wrong at the first use."""
    rest = {entry.key: entry for entry in _unused(edition)}
    if not rest:
        return
    registers = edition.project.registers
    facts = Facts(registers, registers.language or "en")
    witnesses(facts, rest)
    taxonomy(facts, rest)
    for voice in (Fields(e.node, e.source) for e in rest.values() if e.register == "voices"):
        facts.evidence(voice)
        if voice.text("identified").lower() not in ("", "no", "false"):
            facts.pointers(voice, "identified", ("people",))
    yield from (*facts.diagnostics, *standoff(rest, registers, facts.language)[1])


def _unused(edition: Edition) -> list[Entry]:
    """The entries that stand in no edition; none as long as some text is not built."""
    if len(edition.documents) < len(edition.project.names) or not edition.documents:
        return []
    used: set[str] = set()
    for built in edition.documents:
        if built.data is None:
            return []
        used.update(key.decode() for key in _id.findall(built.data, 0, built.data.find(b"<text ")))
    return [entry for entry in edition.project.registers.entries.values() if entry.key not in used]


def same_identifier(edition: Edition) -> Iterator[Diagnostic]:
    """Report two entries with one identifier of an authority file."""
    first: dict[str, tuple[Entry, Span]] = {}
    for entry in edition.project.registers.entries.values():
        for uri, at in _identifiers(entry):
            other, there = first.setdefault(uri, (entry, at))
            if other is not entry and not (entry.register in COPIES and other.register in COPIES):
                yield diagnostic(
                    rules.SAME_IDENTIFIER,
                    f"“{entry.key}” and “{other.key}” have the same identifier, {uri}",
                    (at, f"of “{entry.key}”"),
                    (there, f"of “{other.key}”"),
                    help="One of the two is wrong, or both are the same and become one entry.",
                )


def _identifiers(entry: Entry) -> Iterator[tuple[str, Span]]:
    for name in AUTHORITIES:
        if written := entry.text(name).strip():
            node = entry.node.items[name]
            yield identify(name, written)[0] or written, entry.source.span(node)


def same_name(edition: Edition) -> Iterator[Diagnostic]:
    """Report two entries of a register with one name, where all that could tell them apart is the same."""
    registers = edition.project.registers
    alike: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in registers.entries.values():
        if any(values := _telling(entry)):
            alike[entry.register, *values].append(entry)
    for (_, *same), entries in alike.items():
        named: dict[str, Entry] = {}
        for entry in entries if len(entries) > 1 else ():
            firsts = [named.setdefault(name, entry) for name in _names(entry, registers)]
            for first in dict.fromkeys(first.key for first in firsts if first is not entry):
                yield _same(entry, registers.entries[first], same, registers)


def _same(entry: Entry, first: Entry, values: Iterable[str], registers: Registers) -> Diagnostic:
    name = Facts(registers, registers.language or "en").entry_name(entry.key)[0]
    same = [f"“{field}”" for field, value in zip(TELLING[entry.register], values, strict=True) if value]
    return diagnostic(
        rules.SAME_NAME,
        f"“{entry.key}” and “{first.key}” have the same name, {shortened(name)}, and the same {' and '.join(same)}",
        (entry.place, "again here"),
        (first.place, "first here"),
        help="If it is the same, keep one entry; if not, say what tells them apart.",
    )


def _telling(entry: Entry) -> tuple[str, ...]:
    fields = Fields(entry.node, entry.source)
    return tuple(
        fields.either(name, "date").text("date") if name in fields.node.items else ""
        for name in TELLING.get(entry.register, ())
    )


def _names(entry: Entry, registers: Registers) -> Iterator[str]:
    for form in Facts(registers, registers.language).entry_names(entry):
        yield " ".join(form.text.casefold().split())


REFERENCES = (unused, faulty_unused, same_identifier, same_name)
