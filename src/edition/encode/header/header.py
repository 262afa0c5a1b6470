"""What is known of a text and its edition → `teiHeader`. Knows neither clock nor path nor version.

The parts stand in the order of TEI's chapter 2: file, encoding, text, revisions.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from edition.dates.calendars import Calendar
from edition.encode.header.correspondence import correspondence
from edition.encode.header.declarations import (
    TAXONOMY,
    calendars,
    character_id,
    characters,
    hands,
    taxonomy,
    witnesses,
)
from edition.encode.header.fields import Facts, Fields, near
from edition.encode.header.header_encoding import encoding
from edition.encode.header.sentences import SENTENCES
from edition.encode.tei import WORDS
from edition.format.splice import key_fix
from edition.model import rules
from edition.model.annotation import Entry, Registers, Seed
from edition.model.diagnostics import Diagnostic, Label, diagnostic, shortened
from edition.model.languages import from_language, language_name, speech, tongue
from edition.model.nodes import Mapping, Scalar
from edition.model.source import Source
from edition.model.xml import Child, XmlElement, element, filled
from edition.read.prose import as_element

UNKNOWN = "unknown"
UNKNOWN_VOICE = "unknown-voice"
WholeNotes = tuple[tuple[tuple[tuple[str, str], ...], XmlElement], ...]
"""Notes on the whole text: attributes, and words."""
RESERVED = ("seed", "seed.rule", WORDS[1:], UNKNOWN_VOICE)
"""Values of xml:id that every header may hold: no entry, editor or annotation may have them."""
ANOTHER = "Keys become xml:id: choose another."


class HeaderFacts(NamedTuple):
    """All that a header is made of.

    voices: keys of those who speak, `unknown` for one that has none. whole_notes: notes on the whole text, as
    TEI without `note` tags. units: names of the elements that are blocks of text, with an @n; numbered: those
    whose numbers are the editor's. pointed: keys of the registers that the text points at. calendars: those of its dates.
    characters: the private-use characters in it that the project describes.
    """

    name: str
    seed: Seed
    meta: Mapping
    source: Source
    settings: Mapping
    settings_source: Source
    registers: Registers
    voices: tuple[str, ...] = ()
    whole_notes: WholeNotes = ()
    has_divisions: bool = False
    units: tuple[str, ...] = ()
    pointed: frozenset[str] = frozenset()
    numbered: tuple[str, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    characters: tuple[str, ...] = ()


def header(facts: HeaderFacts) -> tuple[XmlElement, list[Diagnostic], set[str]]:
    """The `teiHeader`, what is wrong with the fields it is made of, and the register keys it points at."""
    writer = _Header(facts)
    writer.check_keys()
    whole = element(
        "teiHeader",
        {"xml:lang": writer.tongue},
        writer.file(),
        encoding(
            writer.say,
            facts.units,
            facts.has_divisions,
            taxonomy(writer.facts, facts.pointed),
            facts.numbered,
            characters(writer.facts, writer.settings, facts.characters),
        ),
        writer.profile(),
        writer.revisions(),
    )
    return whole, writer.facts.diagnostics, set(writer.facts.pointed)


class _Header:
    """Makes the parts of one header, each from its fields in the header of the text, the settings and the registers."""

    def __init__(self, given: HeaderFacts) -> None:
        self.given = given
        self.meta = Fields(given.meta, given.source)
        self.settings = Fields(given.settings, given.settings_source)
        self.defaults = self.settings.inner("defaults")
        self.editors = self.settings.inner("editors")
        self.language = self.meta.text("language") or self.defaults.text("language") or "und"
        self.tongue = tongue(self.language)
        self.say = SENTENCES[self.tongue]
        self.facts = Facts(given.registers, self.language)

    def taken(self) -> tuple[str, ...]:
        """The xml:ids that this header gives to other things than register entries."""
        pointed = (self.given.registers.get(key) for key in self.given.pointed)
        categories = any(entry and entry.register == TAXONOMY for entry in pointed)
        names = sorted(calendar.name for calendar in self.given.calendars)
        names += map(character_id, self.given.characters)
        return (*RESERVED, self.given.name, *names, *[TAXONOMY] * categories)

    def check_keys(self) -> None:
        """Report keys of registers that the header needs as xml:id for something else."""
        for key in self.taken():
            if entry := self.given.registers.get(key):
                message = f"the key “{key}” is taken: every header has it"
                self.facts.diagnostics.append(diagnostic(rules.ID, message, entry.place, help=ANOTHER))

    # the file

    def file(self) -> XmlElement:
        series = self.facts.saying("title", self.settings, "title")
        return element(
            "fileDesc", None,
            self.titles(),
            self.publication(),
            filled("seriesStmt", None, series),
            self.notes(),
            self.origin(),
        )  # fmt: skip

    def titles(self) -> XmlElement:
        title = self.meta.text("title") or self.given.name
        return element(
            "titleStmt", None,
            element("title", {"type": "main"}, title),
            filled("title", {"type": "sub"}, self.meta.text("subtitle")),
            self.author(),
            *self.people(),
            *(self.voice(key) for key in self.given.voices),
        )  # fmt: skip

    def author(self) -> XmlElement | None:
        node = self.meta.get("author")
        if node is None:
            return None
        return self.facts.agent("author", node, self.meta.source, ("people", "orgs", "groups"))

    def people(self) -> list[XmlElement]:
        """The editors of the project: each an `editor`, or a `respStmt` if the roles say something else than editing."""
        self.editor(self.defaults.get("by"), self.defaults.source)
        return [self.person(key, self.editors.inner(key)) for key in self.editors.node.items]

    def person(self, key: str, fields: Fields) -> XmlElement:
        entry, node = self.given.registers.get(key), self.editors.node.keys[key]
        if entry is not None or key in self.taken():
            here = Label(fields.source.span(node), "an editor has it")
            places = [Label(entry.place, "the key of an entry"), here] if entry else [here]
            taken = diagnostic(rules.ID, f"the key “{key}” is taken", *places, help=ANOTHER)
            self.facts.diagnostics.append(taken)
        facts, roles = self.facts, {form.text for form in fields.forms("role", "")}
        identity = {"xml:id": key, "ref": " ".join(uri for _, uri in self.facts.authorities(fields))}
        if not roles or "editor" in roles:
            return facts.saying("editor", fields, "name", identity) or element("editor", identity, key)
        name = facts.saying("name", fields, "name") or element("name", None, key)
        return element("respStmt", identity, facts.saying("resp", fields, "role"), name)

    def editor(self, node: Scalar | None, source: Source) -> str:
        """`#key` of an editor, or "" for one that the settings do not name, which is reported."""
        if node is None:
            return ""
        if node.text in self.editors.node.items:
            return f"#{node.text}"
        suggestion = near(node.text, list(self.editors.node.items))
        help = f"{suggestion}Editors stand under `editors:` in annotations/edition.yaml."
        fix = key_fix(node.text, self.editors.node.items, source, node)
        self.facts.report(
            rules.REF, f"no editor has the key “{shortened(node.text)}”", node, source, help, fix
        )
        return ""

    def voice(self, key: str) -> XmlElement | None:
        """The `respStmt` of one who speaks in the source text beside its author."""
        if key == UNKNOWN:
            resp = element("resp", None, self.say["unknown_voice_resp"])
            name = element("name", None, self.say["unknown_voice"])
            return element("respStmt", {"xml:id": UNKNOWN_VOICE}, resp, name)
        entry = self.given.registers.get(key)
        if entry is None:
            return None
        if entry.register != "voices":
            self.facts.pointed[key] = None
            return None
        return self.registered_voice(entry)

    def registered_voice(self, entry: Entry) -> XmlElement:
        fields = Fields(entry.node, entry.source)
        role = self.facts.said(fields, "role")
        person = fields.get("identified")
        known = person is not None and person.text.lower() not in ("no", "false")
        pointer = self.facts.pointer(person, fields.source, ("people",)) if known and person else ""
        evidence = self.facts.evidence(fields)
        name = self.facts.named((pointer or f"#{entry.key}")[1:], {} if pointer else {"ref": ""})
        sentences = SENTENCES[tongue(role.language or self.tongue)] if role else self.say
        words = role.text if role else self.say["voice"]
        resp = sentences["identified" if pointer else "unidentified"].format(role=words)
        return element(
            "respStmt", {"xml:id": entry.key, **evidence},
            self.facts.in_language("resp", resp, role.language if role else ""),
            name,
            self.facts.remark(fields, "about"), self.facts.remark(fields, "comment"),
        )  # fmt: skip

    def publication(self) -> XmlElement:
        settings, licence = self.settings, self.settings.inner("licence")
        address = licence.get("url")
        target = self.facts.address(address, licence.source) if address else ""
        terms = (
            self.facts.saying("licence", licence, "name", {"target": target})
            or element("licence", {"target": target}, target)
            if "licence" in settings.node.items
            else element("p", None, self.say["no_licence"])
        )
        return element(
            "publicationStmt", None,
            self.facts.saying("publisher", settings, "publisher")
            or element("publisher", None, self.say["unpublished"]),
            self.facts.saying("pubPlace", settings, "pubplace"),
            self.facts.dated(settings),
            element("idno", {"type": "local"}, self.given.name),
            element("availability", None, terms),
        )  # fmt: skip

    def notes(self) -> XmlElement | None:
        whole = (
            element("note", {"type": "text", **{name: value for name, value in pairs if value}}, said)
            for pairs, said in self.given.whole_notes
        )
        return filled("notesStmt", None, *whole, self.translation())

    def translation(self) -> XmlElement | None:
        """The note that the seed is a translation, from what and by whom; None if it is none."""
        fields = self.meta.inner("translation")
        if not fields.node.items:
            return None
        original, by = fields.text("from"), fields.get("by")
        known = original not in ("", UNKNOWN, "und")
        machine = by is not None and by.text == "machine"
        sentence = {(True, True): "machine_from", (True, False): "machine", (False, True): "translated_from"}
        name = from_language(original, self.tongue)
        said: list[Child] = [self.say[sentence.get((machine, known), "translated")].format(language=name)]
        if by is not None and not machine:
            said += [" ", self.say["by"], self.facts.agent("persName", by, fields.source), "."]
        comment = self.facts.prose(fields, "comment")
        pairs = {"type": "translation", "cert": fields.text("cert")}
        return element("note", pairs, *said, " " if comment else "", comment)

    def origin(self) -> XmlElement:
        seed, fields = self.given.seed, self.meta.inner("source")
        size = self.say["bytes"].format(size=seed.size)
        measure = element("measure", {"unit": "byte", "quantity": str(seed.size)}, size)
        return element(
            "sourceDesc", None,
            element(
                "bibl", {"xml:id": "seed"},
                element("title", {"type": "file"}, PurePosixPath(seed.source.name).name),
                filled("idno", {"type": "original-file"}, fields.text("original")),
                element("idno", {"type": "SHA-256"}, seed.sha256),
                element("extent", None, measure),
                self.facts.note(fields, "about", "transmission"),
            ),
            self.prints(fields),
            witnesses(self.facts, self.given.pointed),
        )  # fmt: skip

    def prints(self, fields: Fields) -> XmlElement | None:
        keys = self.facts.pointers(fields, "printed", ("bibliography",))
        if not keys:
            return None
        titles = (self.facts.in_language("title", *self.facts.entry_name(key[1:])) for key in keys)
        items = (element("bibl", {"corresp": key}, title) for key, title in zip(keys, titles, strict=True))
        return element("listBibl", {"type": "printed"}, element("head", None, self.say["prints"]), *items)

    # the text

    def profile(self) -> XmlElement:
        words = element("change", {"xml:id": WORDS[1:]}, self.say["words"])
        return element(
            "profileDesc", None,
            self.abstract(),
            element("creation", None, self.facts.dated(self.meta), element("listChange", None, words)),
            element("langUsage", None, *self.languages()),
            correspondence(self.facts, self.meta.inner("correspondence")),
            self.genre(),
            hands(self.facts, self.given.pointed),
            calendars(self.facts, self.given.calendars),
        )  # fmt: skip

    def abstract(self) -> XmlElement | None:
        node = self.meta.get("abstract")
        if node is None:
            return None
        words = self.facts.words(node, self.meta.source)
        said = as_element(words)
        if any(part.block and part.rank == 0 and part.element != "quote" for part in words.parts):
            return element("abstract", None, said)
        return element("abstract", None, element("p", None, said))

    def languages(self) -> list[XmlElement]:
        """A `language` for that of the text, of the header if it is another, and of the original of a translation."""
        original = self.meta.inner("translation").text("from")
        tags = (self.language,) if speech(self.language)[0] == self.tongue else (self.language, self.tongue)
        names = {tag: language_name(tag, self.tongue) for tag in tags}
        if original not in ("", UNKNOWN, *names):
            name = language_name(original, self.tongue)
            names[original] = self.say["original_language"].format(language=name)
        return [element("language", {"ident": tag}, name) for tag, name in names.items()]

    def genre(self) -> XmlElement | None:
        terms = [element("term", None, node.text.strip()) for node in self.meta.scalars("genre")]
        return filled("textClass", None, filled("keywords", None, *terms))

    # revisions

    def revisions(self) -> XmlElement | None:
        changes = []
        for fields in self.meta.mappings("revisions"):
            pairs, _ = self.facts.date(fields.get("when"), fields.source)
            when = {name: value for name, value in pairs.items() if name != "precision"}
            who = self.editor(fields.get("by"), fields.source)
            changes.append(element("change", {**when, "who": who}, self.facts.prose(fields, "what")))
        return filled("revisionDesc", None, *changes)
