"""Fields of headers and registers → attributes and elements of TEI. Knows neither header nor lists as a whole.

The shape of the YAML was checked before: what has the wrong shape is passed over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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


class Fields(NamedTuple):
    """A mapping of YAML, and the file it stands in."""

    node: Mapping
    source: Source

    def get(self, name: str) -> Scalar | None:
        """The node of a field that is a text; None if it is empty or none."""
        node = self.node.items.get(name)
        return node if isinstance(node, Scalar) and node.text.strip() else None

    def text(self, name: str) -> str:
        """The text of a field without white space around it, or ""."""
        node = self.get(name)
        return node.text.strip() if node else ""

    def scalars(self, name: str) -> list[Scalar]:
        """The texts of a field that is one text or a list of them, without empty ones."""
        if name not in self.node.items:
            return []
        return [scalar for scalar in self.node.scalars(name) if scalar.text.strip()]

    def forms(self, name: str, language: str) -> list[Said]:
        """The texts of a field that is a text, a mapping with a `text`, a list of these, or any of these by language."""
        node = self.node.items.get(name)
        return list(_forms(node, self.source, language)) if node else []

    def inner(self, name: str) -> Fields:
        """The mapping that a field holds, or an empty one."""
        return Fields(self.node.inner(name), self.source)

    def mappings(self, name: str) -> Iterator[Fields]:
        return (Fields(node, self.source) for node in self.node.mappings(name))

    def either(self, name: str, main: str) -> Fields:
        """The mapping that a field holds; a text alone stands for a mapping with this text as its `main` field."""
        node = self.node.items.get(name)
        if isinstance(node, Scalar):
            return Fields(Mapping({main: node}, node.start, node.end), self.source)
        return self.inner(name)


class Said(NamedTuple):
    """A text of a field, its language ("" if nobody says), the node it stands in, and the fields beside it."""

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
    """Makes TEI of the fields of one header, or of the lists of one document, in the language of the document.

    language: that of the document. tongue: that of the sentences around (en, de). here: that of the words which need no
    @xml:lang. pointed: the register keys that the fields name, in the order met. diagnostics: what is wrong with fields.
    """

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
        """The value of @xml:lang for words in a language; "" if it is the one that is spoken here anyway."""
        return language if language and speech(language) != speech(self.here) else ""

    def fittest(self, forms: Sequence[Said]) -> Said | None:
        """The form in the language that readers of the document know best; None if there is no form."""
        wanted = (self.language, self.tongue, self.registers.language)
        return forms[fittest([form.language for form in forms], wanted)] if forms else None

    def said(self, fields: Fields, name: str) -> Said | None:
        """The text of a field of a register or of the settings, in the language of the document if it has it."""
        return self.fittest(fields.forms(name, self.registers.language))

    def saying(
        self, tag: str, fields: Fields, name: str, extra: Attributes | None = None
    ) -> XmlElement | None:
        """An element with the text of a field in the language of the document, or None if the field is empty."""
        said = self.said(fields, name)
        return self.in_language(tag, said.text, said.language, extra) if said else None

    def in_language(self, tag: str, text: str, language: str, extra: Attributes | None = None) -> XmlElement:
        return element(tag, {**(extra or {}), "xml:lang": self.other(language)}, text)

    def foreign(self, words: XmlElement, language: str) -> Child:
        """Words in the middle of others, in `foreign` if they are in another language."""
        tag = self.other(language)
        return element("foreign", {"xml:lang": tag}, words) if tag else words

    # pointers

    def pointer(self, node: Scalar, source: Source, registers: Iterable[str] = ()) -> str:
        """`#key`, or "" for a key that is in no register, or in none of `registers`; both are reported."""
        key, wanted = node.text.strip(), tuple(registers)
        entry = self.registers.get(key)
        if entry is None:
            known = [e.key for e in self.registers.entries.values() if e.register in wanted or not wanted]
            help = to_add(key, known, wanted)
            fix = key_fix(key, known, source, node)
            self.report(rules.REF, f"no register has the key “{shortened(key)}”", node, source, help, fix)
            return ""
        if wanted and entry.register not in wanted:
            message = (
                f"“{key}” is in the register of {entry.register}, and {' or '.join(wanted)} is needed here"
            )
            self.report(rules.REGISTER, message, node, source)
            return ""
        self.pointed[key] = None
        return f"#{key}"

    def pointers(self, fields: Fields, name: str, registers: Iterable[str] = ()) -> list[str]:
        """The keys of a field as `#key`, each once, without those that are wrong, which are reported."""
        wanted = tuple(registers)
        pointers = (self.pointer(node, fields.source, wanted) for node in fields.scalars(name))
        return list(dict.fromkeys(filter(None, pointers)))

    def sources(self, fields: Fields) -> str:
        """The value of @source: keys of the bibliography as pointers, addresses as they are."""
        targets = []
        for node in fields.scalars("source"):
            if "://" in node.text or node.text.startswith("urn:"):
                targets.append(self.address(node, fields.source))
            else:
                targets.append(self.pointer(node, fields.source, ("bibliography",)))
        return " ".join(filter(None, targets))

    def address(self, node: Scalar, source: Source) -> str:
        """The text of a node if XML Schema takes it for a URL (anyURI); else it is reported, and "" given."""
        text = node.text.strip()
        if WEB.fullmatch(text):
            return text
        help = "URLs begin with https:// and hold no spaces."
        self.report(rules.VALUE, f"“{shortened(text)}” is no URL", node, source, help)
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
        """An element with the name of an entry that points at the entry."""
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
        """The attributes of a date (TEI att.datable), and the date in words. A text that is no date is reported, and has
        no attributes.

        The attributes are Gregorian; only the words name another calendar, so that no list needs one in the header.
        """
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
        """The attributes and the words of a field that is a date, or a mapping with `date` and its calendar."""
        inner = fields.either(name, "date")
        return self.date(inner.get("date"), inner.source, self.calendar(inner))

    def calendar(self, fields: Fields) -> Calendar | None:
        """The calendar that the fields beside a date name; None for the Gregorian."""
        return reckoned(fields.text("calendar"), fields.text("style"))

    def dated(self, fields: Fields, name: str = "date", extra: Attributes | None = None) -> XmlElement | None:
        """A `date` element of such a field as in `moment`, or None if it is empty."""
        pairs, said = self.moment(fields, name)
        return element("date", {**pairs, **(extra or {})}, said) if said else None

    def evidence(self, fields: Fields) -> Attributes:
        """The attributes @cert and @source of an entry or a part of it; they may be empty."""
        return {"cert": fields.text("cert"), "source": self.sources(fields)}

    def words(self, node: Scalar, source: Source) -> Words:
        """The words of an editor's prose; its problems are reported, its links count as pointed at."""
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
        """The prose of a field, ready to stand in a note, or None if it is empty."""
        node = fields.get(name)
        return as_element(self.words(node, fields.source)) if node else None

    def note(self, fields: Fields, name: str, kind: str = "") -> XmlElement | None:
        """A `note` with the prose of a field, in the language of the header; None if it is empty."""
        prose = self.prose(fields, name)
        return element("note", {"type": kind or name}, prose) if prose else None

    def remark(self, fields: Fields, name: str) -> XmlElement | None:
        """A `note` with the prose of a field of an entry, in the language that suits the document best."""
        said = self.said(fields, name)
        if said is None:
            return None
        prose = as_element(self.words(said.at, fields.source))
        return element("note", {"type": name, "xml:lang": self.other(said.language)}, prose)

    def identifiers(self, fields: Fields) -> list[XmlElement]:
        """An `idno` for every authority file in which an entry has an identifier."""
        return [element("idno", {"type": name}, uri) for name, uri in self.authorities(fields)]

    def authorities(self, fields: Fields) -> Iterator[tuple[str, str]]:
        """The name and the URI of every identifier of an entry; a wrong identifier is reported."""
        for name, authority in AUTHORITIES.items():
            if node := fields.get(name):
                uri, problem = identify(name, node.text)
                if uri:
                    yield authority.name, uri
                else:
                    help = f"It looks like this: {authority.example}."
                    self.report(rules.VALUE, problem, node, fields.source, help)


def to_add(key: str, known: list[str], registers: tuple[str, ...]) -> str:
    """The help for a key that no register has: which one may be meant, and where an entry is added."""
    hint = near(key, known)
    under = f"it under `{registers[0]}:`" if len(registers) == 1 and registers[0] != "*" else "an entry"
    return f"{hint}{'Or add' if hint else 'Add'} {under} in annotations/registers/."


def near(key: str, known: list[str]) -> str:
    """“Did you mean …?”, or nothing."""
    return f"{did_you_mean(similar_key(key, known))} ".lstrip()
