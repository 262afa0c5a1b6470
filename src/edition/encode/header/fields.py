"""Fields of headers and registers → attributes and words of TEI. Keeps what they point at, tells faults.

The shape of the YAML was checked before: what has the wrong shape here is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edition.dates.calendars import Calendar
from edition.dates.edtf import Problem
from edition.dates.reigns import reckoned
from edition.dates.tei import CALENDAR, date_attributes
from edition.dates.words import readable
from edition.format.splice import key_fix, put_fix
from edition.model import rules
from edition.model.annotation import Entry, Registers
from edition.model.authority_ids import AUTHORITIES, identify
from edition.model.diagnostics import Diagnostic, Fix, Rule, diagnostic, shortened
from edition.model.languages import fittest, speech, tongue
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.nodes import Sequence as List
from edition.model.similar import did_you_mean, similar_key
from edition.model.source import Source
from edition.model.vocabulary import LISTED, REGISTERS
from edition.model.xml import Child, XmlElement, element
from edition.read.prose import Words, as_element, words

WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`\[\]]+|urn:[^\s<>\"{}|\\^`\[\]]+")
KEYLIKE = re.compile(r"[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*")  # a name of a person is not written so
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of YAML, and the file it stands in."""

    node: Mapping
    source: Source

    def __contains__(self, name: str) -> bool:
        return name in self.node.items

    def get(self, name: str) -> Scalar | None:
        node = self.node.items.get(name)
        return node if isinstance(node, Scalar) and node.text.strip() else None

    def text(self, name: str) -> str:
        node = self.get(name)
        return node.text.strip() if node else ""

    def scalars(self, name: str) -> list[Scalar]:
        """A field that is one text or a list of them."""
        return [scalar for scalar in self.node.scalars(name) if scalar.text.strip()]

    def forms(self, name: str, language: str) -> list[Said]:
        """A field that is a text, a text with more on it, a list of them, or any of these by language."""
        node = self.node.items.get(name)
        return list(_forms(node, self.source, language)) if node else []

    def inner(self, name: str) -> Fields:
        """A field that is a mapping; an empty one if it is none."""
        return Fields(self.node.inner(name), self.source)

    def mappings(self, name: str) -> Iterator[Fields]:
        return (Fields(node, self.source) for node in self.node.mappings(name))

    def either(self, name: str, main: str) -> Fields:
        """A field that is a mapping, or the text of its main field alone."""
        node = self.node.items.get(name)
        return (
            Fields(Mapping({main: node}, node.start, node.end), self.source)
            if isinstance(node, Scalar)
            else self.inner(name)
        )


class Said(NamedTuple):
    """A text, the language it is in ("" : nobody says), where it stands, and what else is said of it."""

    text: str
    language: str
    at: Scalar
    fields: Fields


def _forms(node: Node, source: Source, language: str) -> Iterator[Said]:
    if isinstance(node, Scalar):
        if node.text.strip():
            yield Said(node.text.strip(), language, node, Fields(Mapping({}, node.start), source))
    elif isinstance(node, List):
        for item in node.items:
            yield from _forms(item, source, language)
    elif isinstance(text := node.items.get("text"), Scalar):
        yield Said(text.text.strip(), language, text, Fields(node, source))
    else:
        for tag, child in node.items.items():
            yield from _forms(child, source, tag)


class Facts:
    """What one header, or the lists of one document, says. `pointed`: register keys, in the order met."""

    def __init__(self, registers: Registers, language: str) -> None:
        self.registers = registers
        self.language = language
        self.tongue = tongue(language)
        self.here = language if speech(language)[0] == self.tongue else self.tongue
        self.pointed: dict[str, None] = {}
        self.diagnostics: list[Diagnostic] = []

    def report(
        self, rule: Rule, message: str, node: Node, source: Source, help: str = "", fix: Fix | None = None
    ) -> None:
        self.diagnostics.append(diagnostic(rule, message, source.span(node), help=help, fix=fix))

    # languages

    def other(self, language: str) -> str:
        """@xml:lang of words in a language, where it is not the one that is spoken here anyway."""
        return language if language and speech(language) != speech(self.here) else ""

    def fittest(self, forms: Sequence[Said]) -> Said | None:
        """The form for readers of the document."""
        wanted = (self.language, self.tongue, self.registers.language)
        return forms[fittest([form.language for form in forms], wanted)] if forms else None

    def said(self, fields: Fields, name: str) -> Said | None:
        """A field of a register or of the settings, in the language of the document if it has it."""
        return self.fittest(fields.forms(name, self.registers.language))

    def saying(
        self, tag: str, fields: Fields, name: str, extra: Attributes | None = None
    ) -> XmlElement | None:
        """An element with the words of such a field, if there are any."""
        said = self.said(fields, name)
        return self.in_language(tag, said.text, said.language, extra) if said else None

    def in_language(self, tag: str, text: str, language: str, extra: Attributes | None = None) -> XmlElement:
        return element(tag, {**(extra or {}), "xml:lang": self.other(language)}, text)

    def foreign(self, words: XmlElement, language: str) -> Child:
        """Words in the middle of others, in their language."""
        tag = self.other(language)
        return element("foreign", {"xml:lang": tag}, words) if tag else words

    # pointers

    def pointer(self, node: Scalar, source: Source, registers: Iterable[str] = ()) -> str:
        """`#key`, or "" for a key that is in no register (told), or not in those that are meant."""
        key, wanted = node.text.strip(), tuple(registers)
        entry = self.registers.get(key)
        if entry is None:
            known = [e.key for e in self.registers.entries.values() if e.register in wanted or not wanted]
            help = to_add(key, known, wanted)
            fix = key_fix(key, known, source, node)
            self.report(rules.REF, f"no register has the key “{shortened(key)}”", node, source, help, fix)
            return ""
        if wanted and entry.register not in wanted:
            needed = " or ".join(wanted)
            self.report(
                rules.REGISTER,
                f"“{key}” is in the register of {entry.register}, and {needed} is needed here",
                node,
                source,
            )
            return ""
        self.pointed[key] = None
        return f"#{key}"

    def pointers(self, fields: Fields, name: str, registers: Iterable[str] = ()) -> list[str]:
        wanted = tuple(registers)
        found = (self.pointer(node, fields.source, wanted) for node in fields.scalars(name))
        return list(dict.fromkeys(filter(None, found)))

    def sources(self, fields: Fields) -> str:
        """@source: keys of the bibliography as pointers, addresses as they are."""
        found = []
        for node in fields.scalars("source"):
            if "://" in node.text or node.text.startswith("urn:"):
                found.append(self.address(node, fields.source))
            else:
                found.append(self.pointer(node, fields.source, ("bibliography",)))
        return " ".join(filter(None, found))

    def address(self, node: Scalar, source: Source) -> str:
        """A URL that XML Schema takes for one; "" (told) if it is none."""
        text = node.text.strip()
        if WEB.fullmatch(text):
            return text
        self.report(
            rules.VALUE,
            f"“{shortened(text)}” is no URL",
            node,
            source,
            "URLs begin with https:// and hold no spaces.",
        )
        return ""

    def entry_names(self, entry: Entry) -> list[Said]:
        """The main forms of the name of an entry: the one that suits the document best, then the others."""
        fields = Fields(entry.node, entry.source)
        own = entry.text("language") or self.registers.language
        main = REGISTERS[entry.register].title
        forms = [*fields.forms(main, own), *fields.forms("names", own)]
        best = self.fittest(forms) or Said(entry.key, "", entry.at, fields)
        return [best, *(form for form in forms if form is not best)]

    def entry_name(self, key: str) -> tuple[str, str]:
        """The name of an entry in the language of the document, and that language."""
        entry = self.registers.get(key)
        if entry is None:
            return key, ""
        best = self.entry_names(entry)[0]
        return best.text, best.language

    def named(self, key: str, extra: Attributes | None = None) -> XmlElement:
        """The name of an entry, pointing at it."""
        entry = self.registers.entries[key]
        kind = {"type": "group"} if entry.register == "groups" else {}
        pairs = {**kind, "ref": f"#{key}", **(extra or {})}
        return self.in_language(REGISTERS[entry.register].element, *self.entry_name(key), pairs)

    def agent(
        self, tag: str, node: Scalar, source: Source, registers: tuple[str, ...] = ("people",)
    ) -> XmlElement:
        """An element that names a person by key, or else in words."""
        text = node.text.strip()
        if text in self.registers.entries or KEYLIKE.fullmatch(text):
            pointer = self.pointer(node, source, registers)
            return self.in_language(tag, *self.entry_name(text), {"ref": pointer})
        return element(tag, None, text)

    # values

    def date(
        self, node: Scalar | None, source: Source, calendar: Calendar | None = None
    ) -> tuple[Attributes, str]:
        """Attributes of a date, and the date in words; none if it is none (told). Gregorian: of another calendar
        only the words speak, so that what stands in lists needs no calendar in the header."""
        if node is None:
            return {}, ""
        result = date_attributes(node.text, calendar)
        if isinstance(result, Problem):
            rule = rules.DATE if result.kind == "invalid" else rules.DATE_TEI
            self.report(rule, result.message, node, source, result.help, put_fix(source, node, result.better))
            return {}, node.text
        pairs = {name: value for name, value in result.pairs if name not in CALENDAR}
        return pairs, readable(node.text, self.tongue, calendar)

    def moment(self, fields: Fields, name: str) -> tuple[Attributes, str]:
        """The same of a field that is a date, or a mapping with `date` and its calendar."""
        told = fields.either(name, "date")
        return self.date(told.get("date"), told.source, self.calendar(told))

    def calendar(self, fields: Fields) -> Calendar | None:
        """The calendar that stands beside a date, if it is not the Gregorian."""
        return reckoned(fields.text("calendar"), fields.text("style"))

    def dated(self, fields: Fields, name: str = "date", extra: Attributes | None = None) -> XmlElement | None:
        """A `date`."""
        pairs, said = self.moment(fields, name)
        return element("date", {**pairs, **(extra or {})}, said) if said else None

    def evidence(self, fields: Fields) -> Attributes:
        return {"cert": fields.text("cert"), "source": self.sources(fields)}

    def words(self, node: Scalar, source: Source) -> Words:
        """An editor's prose: problems are told, links followed."""
        made = words(node.text)
        for problem in made.problems:
            self.report(rules.NOTE_MARKUP, problem.message, node, source)
        for link in made.links:
            if link.kind == "note":
                self.report(rules.DANGLING, f"“{link.key}” cannot be linked to from here", node, source,
                          "Notes are linked to from notes of the same text.")  # fmt: skip
            else:
                self.pointer(Scalar(link.key, node.start, node.end, node.plain), source, (*LISTED, "voices"))
        return made

    def prose(self, fields: Fields, name: str) -> XmlElement | None:
        """An editor's prose, ready to stand in a note."""
        node = fields.get(name)
        return as_element(self.words(node, fields.source)) if node else None

    def note(self, fields: Fields, name: str, kind: str = "") -> XmlElement | None:
        """A note in the language of the header."""
        prose = self.prose(fields, name)
        return element("note", {"type": kind or name}, prose) if prose else None

    def remark(self, fields: Fields, name: str) -> XmlElement | None:
        """A note on an entry, in the language that suits the document best."""
        said = self.said(fields, name)
        if said is None:
            return None
        prose = as_element(self.words(said.at, fields.source))
        return element("note", {"type": name, "xml:lang": self.other(said.language)}, prose)

    def identifiers(self, fields: Fields) -> list[XmlElement]:
        """`idno` for every authority file an entry names."""
        return [element("idno", {"type": name}, uri) for name, uri in self.authorities(fields)]

    def authorities(self, fields: Fields) -> Iterator[tuple[str, str]]:
        """Name of the authority file, and URI."""
        for name, authority in AUTHORITIES.items():
            if node := fields.get(name):
                uri, problem = identify(name, node.text)
                if uri:
                    yield authority.name, uri
                else:
                    help = f"It looks like this: {authority.example}."
                    self.report(rules.VALUE, problem, node, fields.source, help)


def to_add(key: str, known: list[str], registers: tuple[str, ...]) -> str:
    """What to do about a key that no register has: the one it may be, or where to add it."""
    hint = near(key, known)
    under = f"it under `{registers[0]}:`" if len(registers) == 1 and registers[0] != "*" else "an entry"
    return f"{hint}{'Or add' if hint else 'Add'} {under} in annotations/registers/."


def near(key: str, known: list[str]) -> str:
    """“Did you mean …?”, or nothing."""
    return f"{did_you_mean(similar_key(key, known))} ".lstrip()
