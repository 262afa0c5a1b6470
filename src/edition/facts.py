"""Fields of headers and registers → attributes and words of TEI. Keeps what they point at, tells faults.

The shape of the YAML was checked before: what has the wrong shape here is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edition import catalogue as rules
from edition.authorities import AUTHORITIES, identify
from edition.dates import Problem, date_attributes, readable
from edition.diagnostics import Diagnostic, Rule, say, shortened
from edition.model import Entry, Registers
from edition.prose import Words, words
from edition.prose import render as render_words
from edition.sentences import tongue
from edition.source import Source, Span
from edition.xml import Element, Raw, element
from edition.yamlmarks import Mapping, Node, Scalar, Sequence

NAMES = {
    "people": "persName", "places": "placeName", "orgs": "orgName", "works": "title", "events": "eventName",
    "objects": "objectName", "groups": "rs", "voices": "name", "bibliography": "title",
}  # fmt: skip
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
        node = self.node.items.get(name)
        items: list[Node] = node.items if isinstance(node, Sequence) else [node] if node else []
        return [item for item in items if isinstance(item, Scalar) and item.text.strip()]

    def pairs(self, name: str) -> list[tuple[str, str]]:
        node = self.node.items.get(name)
        items = node.items.items() if isinstance(node, Mapping) else ()
        return [
            (key, child.text.strip())
            for key, child in items
            if isinstance(child, Scalar) and child.text.strip()
        ]

    def inner(self, name: str) -> Fields:
        """A field that is a mapping; an empty one if it is none."""
        node = self.node.items.get(name)
        return Fields(node if isinstance(node, Mapping) else Mapping({}, self.node.start), self.source)

    def mappings(self, name: str) -> Iterator[Fields]:
        node = self.node.items.get(name)
        items = node.items if isinstance(node, Sequence) else ()
        return (Fields(item, self.source) for item in items if isinstance(item, Mapping))

    def either(self, name: str, main: str) -> Fields:
        """A field that is a mapping, or the text of its main field alone."""
        node = self.node.items.get(name)
        return (
            Fields(Mapping({main: node}, node.start, node.end), self.source)
            if isinstance(node, Scalar)
            else self.inner(name)
        )


class Facts:
    """What one header, or the lists of one document, says. `pointed`: register keys, in the order met."""

    def __init__(self, registers: Registers, language: str) -> None:
        self.registers = registers
        self.language = language
        self.tongue = tongue(language)
        self.pointed: dict[str, None] = {}
        self.found: list[Diagnostic] = []

    def tell(self, rule: Rule, message: str, node: Node, source: Source, help: str = "") -> None:
        self.found.append(say(rule, message, Span(source, node.start, node.end), help=help))

    # pointers

    def pointer(self, node: Scalar, source: Source, registers: Iterable[str] = ()) -> str:
        """`#key`, or "" for a key that is in no register (told), or not in those that are meant."""
        key, wanted = node.text.strip(), tuple(registers)
        entry = self.registers.get(key)
        if entry is None:
            known = [e.key for e in self.registers.entries.values() if e.register in wanted or not wanted]
            hint = near(key, known)
            help = f"{hint}{'Or add' if hint else 'Add'} an entry in annotations/registers/."
            self.tell(rules.REF, f"no register has the key “{shortened(key)}”", node, source, help)
            return ""
        if wanted and entry.register not in wanted:
            needed = " or ".join(wanted)
            self.tell(
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
        self.tell(
            rules.VALUE,
            f"“{shortened(text)}” is no URL",
            node,
            source,
            "URLs begin with https:// and hold no spaces.",
        )
        return ""

    def entry_name(self, key: str) -> str:
        """The name of an entry in the language of the document."""
        entry = self.registers.get(key)
        if entry is None:
            return key
        names = dict(entry.pairs("names"))
        return names.get(self.language) or names.get(self.tongue) or main_name(entry)

    def named(self, key: str, extra: Attributes | None = None) -> Element:
        """The name of an entry, pointing at it."""
        entry = self.registers.entries[key]
        kind = {"type": "group"} if entry.register == "groups" else {}
        return element(
            NAMES[entry.register], {**kind, "ref": f"#{key}", **(extra or {})}, self.entry_name(key)
        )

    def agent(
        self, node: Scalar, source: Source, registers: tuple[str, ...] = ("people",)
    ) -> tuple[str, str]:
        """A person by key, or else by name: pointer and words."""
        text = node.text.strip()
        if text in self.registers.entries or KEYLIKE.fullmatch(text):
            pointer = self.pointer(node, source, registers)
            return pointer, self.entry_name(text)
        return "", text

    # values

    def date(self, node: Scalar | None, source: Source) -> tuple[Attributes, str]:
        """Attributes of a date, and the date in words; none if it is none (told)."""
        if node is None:
            return {}, ""
        result = date_attributes(node.text)
        if isinstance(result, Problem):
            rule = rules.DATE if result.kind == "invalid" else rules.DATE_TEI
            self.tell(rule, result.message, node, source, result.help)
            return {}, node.text
        return dict(result.pairs), readable(node.text, self.tongue)

    def dated(self, fields: Fields, name: str = "date", extra: Attributes | None = None) -> Element | None:
        """A `date`."""
        pairs, said = self.date(fields.get(name), fields.source)
        return element("date", {**pairs, **(extra or {})}, said) if said else None

    def evidence(self, fields: Fields) -> Attributes:
        return {"cert": fields.text("cert"), "source": self.sources(fields)}

    def words(self, node: Scalar, source: Source) -> Words:
        """An editor's prose: problems are told, links followed."""
        made = words(node.text)
        for problem in made.problems:
            self.tell(rules.NOTE_MARKUP, problem.message, node, source)
        for link in made.links:
            if link.kind == "note":
                self.tell(rules.DANGLING, f"“{link.key}” cannot be linked to from here", node, source,
                          "Notes are linked to from notes of the same text.")  # fmt: skip
            else:
                self.pointer(Scalar(link.key, node.start, node.end, node.plain), source)
        return made

    def prose(self, fields: Fields, name: str) -> Raw | None:
        """An editor's prose, ready to stand in a note."""
        node = fields.get(name)
        return Raw(render_words(self.words(node, fields.source))) if node else None

    def note(self, fields: Fields, name: str, kind: str = "") -> Element | None:
        prose = self.prose(fields, name)
        return element("note", {"type": kind or name}, prose) if prose else None

    def identifiers(self, fields: Fields) -> list[Element]:
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
                    self.tell(rules.VALUE, problem, node, fields.source, help)


def main_name(entry: Entry) -> str:
    return entry.text("name") or entry.text("title") or entry.key


def near(key: str, known: list[str]) -> str:
    """“Did you mean …?”, or nothing."""
    from rapidfuzz import process

    found = process.extractOne(key, known, score_cutoff=60) if known else None
    return f"Did you mean “{found[0]}”? " if found else ""
