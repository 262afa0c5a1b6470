"""The names that annotations of one document use, and where they lead: register keys, voices, editors, types.

Every name of the text is resolved here, so that header and lists hold exactly what the text points at. Knows no
elements.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.dates.calendars import Calendar
from edition.dates.reigns import UNCOUNTED, counted, reckoned
from edition.dates.tei import DateAttributes, date_attributes, duration_attributes
from edition.encode.header.declarations import TAXONOMY
from edition.encode.header.fields import Facts, to_add
from edition.encode.header.header import UNKNOWN, UNKNOWN_VOICE
from edition.format.splice import key_fix, put_fix
from edition.model import rules
from edition.model.annotation import Claim, Entry, Registers
from edition.model.diagnostics import Diagnostic, Fix, Label, Rule, diagnostic, shortened
from edition.model.edition import Project
from edition.model.languages import LANGUAGES
from edition.model.nodes import Node, Scalar, text_of
from edition.model.similar import did_you_mean, similar_key
from edition.model.source import Source, Span
from edition.model.vocabulary import REGISTERS, Kind
from edition.read.prose import NoteProblem, Words, inline_words

Pairs = tuple[tuple[str, str], ...]


class References:
    """Resolves the names of one document, and keeps what it resolved.

    pointed: the keys that the text points at. voices: the keys of those who speak. calendars: those that dates use,
    by xml:id. wanted: the ids that notes link to. diagnostics: what is wrong with any of these names.
    """

    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.kinds = project.kinds
        self.registers = project.registers
        self.editors = project.settings.inner("editors").items
        self.pointed: set[str] = set()
        self.voices: set[str] = set()
        self.calendars: dict[str, Calendar] = {}
        self.wanted: list[tuple[str, Claim]] = []
        self.diagnostics: list[Diagnostic] = []
        self._unsettled = project.unsettled  # then nobody knows what its edition.yaml declares
        self._default = project.settings.inner("defaults").text("by")
        self._types = project.settings.inner("types")
        self._reported: set[tuple[str, int]] = set()

    def span(self, node: Node) -> Span:
        return self.source.span(node)

    def report(
        self, rule: Rule, message: str, node: Node, *labels: Label, help: str, fix: Fix | None = None
    ) -> None:
        """Keep a diagnostic at a node; a claim that stands at many places brings it once."""
        if (rule.code + message, node.start) not in self._reported:
            self._reported.add((rule.code + message, node.start))
            self.diagnostics.append(diagnostic(rule, message, self.span(node), *labels, help=help, fix=fix))

    # pointers

    def pointer(self, claim: Claim, kind: Kind) -> str:
        """`#key`, the value of a claim; reported if no entry has the key, or one of a register unfit for the kind."""
        entry = self.registers.get(claim.value)
        allowed = kind.registers or ("bibliography",) if kind.value == "key" else ()
        if entry is None:
            known = [
                e.key for e in self.registers.entries.values() if e.register in allowed or "*" in allowed
            ]
            self._unknown(claim.value, claim.at, known, allowed)
        elif entry.register not in allowed and "*" not in allowed:
            help = f"Write `{REGISTERS[entry.register].kind}: {claim.value}`, or choose another key."
            self._elsewhere(entry, f"`{kind.name}`", allowed, claim.at, help)
        self.pointed.add(claim.value)
        return f"#{claim.value}"

    def pointers(self, claim: Claim, field: str, registers: tuple[str, ...] = ()) -> str:
        """A field of keys as `#key #key`; entries of other `registers` than these are reported."""
        pointers = []
        for item in claim.node.listed(field):
            key = text_of(item)
            self.point(key, item)
            entry = self.registers.get(key)
            if entry is not None and registers and entry.register not in registers:
                self._elsewhere(entry, f"“{field}”", registers, item, "Choose another key.")
            pointers.append(f"#{key}")
        return " ".join(pointers)

    def hand(self, claim: Claim) -> str:
        """The value of @hand, which says who wrote the words."""
        return self.pointers(claim, "hand", ("hands",)) if "hand" in claim.node.items else ""

    def dated(self, claim: Claim, kind: Kind) -> Pairs:
        """The attributes of a date or duration (TEI att.datable); none if its value is faulty, which is reported."""
        dated = kind.shape == "date"
        calendar = self._calendar(claim) if dated else None
        if calendar is UNCOUNTED:
            return ()
        result = date_attributes(claim.value, calendar) if dated else duration_attributes(claim.value)
        if isinstance(result, DateAttributes):
            if calendar:
                self.calendars[calendar.name] = calendar
            return result.pairs
        rule = rules.DATE if result.kind == "invalid" else rules.DATE_TEI
        fix = put_fix(self.source, claim.at, result.better)
        self.report(rule, result.message, claim.at, help=result.help, fix=fix)
        return ()

    def _calendar(self, claim: Claim) -> Calendar | None:
        """The calendar of a date, or None for the Gregorian; UNCOUNTED for a reign with a fault, which is reported."""
        if not (ruler := claim.field("reign")):
            return reckoned(claim.field("calendar"), claim.field("style"))
        if known := self.calendars.get(f"reign.{ruler}"):
            return known
        at = claim.node.items["reign"]
        entry = self.registers.get(ruler)
        self.pointers(claim, "reign", ("people",))
        if entry is None or entry.register != "people":
            return UNCOUNTED
        names = {tongue: Facts(self.registers, tongue).entry_name(ruler)[0] for tongue in LANGUAGES}
        result = counted(entry, names)
        if isinstance(result, Calendar):
            return result
        self.report(rules.DATE, result.message, at, Label(entry.place, "registered here"), help=result.help)
        return UNCOUNTED

    def point(self, key: str, node: Node) -> None:
        """Count a key as pointed at, whether prose or a field names it; report it if no register has it."""
        if self.registers.get(key) is None:
            self._unknown(key, node, self.registers.entries)
        self.pointed.add(key)

    def _unknown(self, key: str, node: Node, known: Iterable[str], registers: tuple[str, ...] = ()) -> None:
        message, known = f"no register has the key “{shortened(key)}”", list(known)
        fix = key_fix(key, known, self.source, node)
        self.report(rules.REF, message, node, help=to_add(key, known, registers), fix=fix)

    def _elsewhere(self, entry: Entry, what: str, registers: tuple[str, ...], node: Node, help: str) -> None:
        """Report that a key leads to an entry of another register than may stand there."""
        others = " or ".join(filter(None, (", ".join(registers[:-1]), registers[-1])))
        message = f"“{entry.key}” is in the register of {entry.register}, and {what} takes a key of {others}"
        self.report(rules.REGISTER, message, node, Label(entry.place, "registered here"), help=help)

    def kind_of(self, key: str) -> str:
        """The kind that names entries of the register of a key (`person`), or "" for an unknown key."""
        entry = self.registers.get(key)
        return REGISTERS[entry.register].kind if entry else ""

    def sources(self, claim: Claim) -> str:
        """The value of @source: keys of the bibliography as pointers, addresses with a scheme as they are."""
        targets = []
        for source in claim.source:
            if "://" in source:
                targets.append(source)
            else:
                self.point(source, claim.node.items.get("source", claim.at))
                targets.append(f"#{source}")
        return " ".join(targets)

    def header_ids(self) -> set[str]:
        """The xml:ids that the header gives because of this text: its calendars, and the taxonomy if it is used."""
        entries = (self.registers.get(key) for key in self.pointed)
        categories = any(entry is not None and entry.register == TAXONOMY for entry in entries)
        return {*self.calendars, *[TAXONOMY] * categories}

    # people behind the words

    def editor(self, claim: Claim) -> str:
        """The value of @resp: who makes a claim, by default the `by` of the project's `defaults`."""
        key = claim.by or self._default
        if not key or self._unsettled:
            return ""
        if key not in self.editors and key != self._default:
            help = f"Add the editor under `editors:` in annotations/edition.yaml.{_near(key, self.editors)}"
            self._nobody("editor", key, claim, "by", [*self.editors], help)
        return f"#{key}"

    def voice(self, claim: Claim) -> str:
        """The value of @resp for words that another voice speaks than the author's; "" if it is the author's."""
        key = claim.voice
        if not key:
            return ""
        self.voices.add(key)
        if key == UNKNOWN:
            return f"#{UNKNOWN_VOICE}"
        entry = self.registers.get(key)
        if entry is None or entry.register != "voices":
            known = [e.key for e in self.registers.of("voices")]
            help = "Add it under `voices:` in annotations/registers/, or write `voice: unknown`."
            self._nobody("voice", key, claim, "voice", known, f"{help}{_near(key, known)}")
        return f"#{key}"

    def _nobody(self, what: str, key: str, claim: Claim, field: str, known: list[str], help: str) -> None:
        message, node = f"no {what} has the key “{shortened(key)}”", claim.node.items.get(field)
        fix = key_fix(key, known, self.source, node)
        self.report(rules.REF, message, node or claim.at, help=help, fix=fix)

    def signs_of(self, key: str) -> tuple[str, ...]:
        """The signatures that a voice uses."""
        entry = self.registers.get(key) if key else None
        return entry.texts("signs") if entry else ()

    def declared(self, kind: str, value: str, claim: Claim | None) -> None:
        """Report a type that is not declared. Types are free until a project declares one of the kind in `types:`."""
        known = self._types.inner(kind).items
        always = known or kind in ("gloss", "q", "quotation")
        if claim is None or self._unsettled or not value or value in known or not always:
            return
        hint = _near(value, known).strip()
        add = f"dd it with a description under `types: {{{kind}: …}}` in annotations/edition.yaml."
        help, fix = f"{hint} Or a{add}" if hint else f"A{add}", key_fix(value, known, self.source, claim.at)
        message = f"the {kind} type “{shortened(value)}” is not declared"
        self.report(rules.UNDECLARED_TYPE, message, claim.at, help=help, fix=fix)

    # words

    def reading(self, claim: Claim) -> Words:
        """The words of an editor's reading: one line, its white space kept, its mentions as links."""
        made = inline_words(claim.value)
        self.checked(claim, made, claim.value)
        return made

    def _part(self, node: Node, problem: NoteProblem, written: str) -> Node:
        """The faulty part of a text, if the YAML writes it as it reads; else the node of the whole text."""
        part = written[problem.start : problem.end]
        at = self.source.text.find(part, node.start, node.end) if part else -1
        return Scalar(part, at, at + len(part), True) if at >= 0 else node

    def checked(self, claim: Claim, words: Words, written: str) -> None:
        """Report the problems of an editor's prose, and resolve its links."""
        for problem in words.problems:
            help = "Notes are CommonMark without raw HTML, headings and images."
            self.report(rules.NOTE_MARKUP, problem.message, self._part(claim.at, problem, written), help=help)
        for link in words.links:
            if link.kind == "note":
                self.wanted.append((link.key, claim))
            else:
                self.point(link.key, claim.at)


def signs(registers: Registers) -> dict[str, str]:
    """The keys of voices by their signatures."""
    return {sign: entry.key for entry in registers.of("voices") for sign in entry.texts("signs")}


def _near(key: str, known: Iterable[str]) -> str:
    return f" {did_you_mean(similar_key(key, known))}".rstrip()
