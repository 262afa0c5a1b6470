"""HTML: a page a text, to be read in any browser without a script; and a page that lists them.

What a page shows is found here; how it is marked up stands in `templates`, and words with their marks in `html_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from edition.exports.readers.account import ADDRESS, ANCHOR, LINKS, NOT_OF_THE_TEXT, NUMBERS, accounted
from edition.exports.readers.apparatus import cited_as, interventions, sure
from edition.exports.readers.claims import ON_PAGE, Told, place_said, untold_claims
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.html.html_text import HtmlWriter, date_id, language_attributes
from edition.exports.readers.labels import LABELS, REMARKS, SHOWN_REGISTERS, UNLABELLED, citation
from edition.exports.readers.model import (
    Content,
    Fact,
    Inline,
    RegisterEntry,
    Text,
    TextBlock,
    direction,
    walk,
)
from edition.exports.readers.wording import corrected, is_residue, other_voice
from edition.exports.writer import NOT_IN_TEI, Export, Omission, Writer
from edition.model.edition import Edition
from edition.model.languages import tongue

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
SECTIONS = (
    "notes",
    "apparatus",
    *SHOWN_REGISTERS[:7],
    "dates",
    "marked",
    *SHOWN_REGISTERS[7:],
    "about_edition",
)
_ids = re.compile(r' id="([^"]+)"').findall


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    for function in (citation, cited_as, date_id, direction, host, language_attributes, place_said, sure):
        environment.globals[function.__name__] = function
    return environment


def filled_in(template: str, **values: object) -> str:
    """A file of `templates`, filled in: what is no HTML is escaped."""
    return _environment().get_template(template).render(values)


class HtmlPage:
    """What stands on the page of a text."""

    told: Told = ON_PAGE
    kinds: Mapping[str, str] = MappingProxyType({})  # what a book calls its sections

    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = LABELS[text.tongue]
        self.rows = interventions(text)
        self.marked = untold_claims(text, self.told)
        self.titles = {
            claim.id: said
            for said, found in self.marked.items()
            for claim in found
            if claim.shape != "milestone"
        }
        self.pen = self.writer()
        self.article = self.pen.blocks(text.body.content)
        told = "".join(self.words(note.content) for note in text.notes)
        self.there = frozenset(_ids(self.article + told))  # a reading that is not shown may hold a mention

    def writer(self) -> HtmlWriter:
        """For the words of the text."""
        return HtmlWriter(self.text, {note.id: note for note in self.text.notes}, titles=self.titles)

    def other_writer(self) -> HtmlWriter:
        """For words that are not the text's: of notes, registers, the header. Mentions in them are links."""
        return HtmlWriter(self.text, {}, side=False)

    def filled_in(self, template: str) -> str:
        return filled_in(template, page=self, text=self.text, labels=self.labels, tongue=self.text.tongue)

    # before the text

    def legend(self) -> list[str]:
        """The signs that the text has."""
        found = {piece.kind for piece in walk((self.text.body,)) if isinstance(piece, Inline)}
        signs = {
            "name": bool(found & {"name", "reference"}),
            "date": bool(found & {"date", "duration"}),
            "ours": any(row.kind not in ("deletion", "character") for row in self.rows),
            "gloss": "gloss" in found,
        }
        return [name for name, there in signs.items() if there]

    def choices(self) -> Iterator[tuple[str, dict[str, str], str]]:
        """What its reader may choose, since the text has it: what it is about, values with their labels, the first value."""
        pieces = list(walk((self.text.body,)))
        voices = any(other_voice(piece) and not is_residue(piece) for piece in pieces)
        if any(not row.key for row in self.rows):
            yield "wording", {"corrected": "corrected", "diplomatic": "diplomatic"}, "corrected"
        shown = {"author": "author_alone" if voices else "text_alone"}
        shown |= {"glosses": "with_glosses"} if voices else {}
        shown |= {"residue": "with_residue"} if any(map(is_residue, pieces)) else {}
        if len(shown) > 1:
            yield "shown", shown, "glosses" if voices else "author"

    # after the text

    def sections(self) -> list[str]:
        """Those that have anything in them, in their order."""
        there = {entry.register for entry in self.text.entries} | {"about_edition"}
        there |= {"notes"} if self.text.notes else set()
        there |= {"apparatus"} if self.rows else set()
        there |= {"dates"} if self.text.moments else set()
        there |= {"marked"} if self.marked else set()
        return [name for name in SECTIONS if name in there]

    def words(self, content: Content) -> str:
        """Words that are not the text's, as HTML."""
        apart = any(isinstance(p, TextBlock) and p.kind in ("p", "list", "table") for p in content)
        return self.other_writer().blocks(content) if apart else self.other_writer().pieces(content)

    def entries(self, register: str) -> list[RegisterEntry]:
        return [entry for entry in self.text.entries if entry.register == register]

    def at(self, place: str) -> str:
        """How a place is named: by the number of its block."""
        return self.labels["block"].format(n=place) if place else self.labels["text_itself"]

    def facts(self, facts: Iterable[Fact]) -> str:
        """What is said in a word or two makes one sentence; remarks are sentences already. As HTML."""
        said = "; ".join(self.brief(fact) for fact in facts if fact.name not in REMARKS)
        sentence = f"{said[:1].upper()}{said[1:]}. " if said else ""
        remarks = (
            f"{self.words(fact.content).strip()}{sure(self.text, fact.cert)}"
            for fact in facts
            if fact.name in REMARKS
        )
        return sentence + " ".join(remarks)

    def brief(self, fact: Fact) -> str:
        words = self.words(fact.content).strip().removesuffix(".")
        label = "" if fact.name in UNLABELLED else f"{escape(self.labels.get(fact.name, fact.name))} "
        sure_of = sure(self.text, fact.cert)
        return f"{label}{words}{'' if sure_of in words else sure_of}"

    def unlisted(self, fact: Fact) -> Fact:
        """A row of the header; sources that the bibliography has need not be named."""
        return replace(fact, sources=tuple(key for key in fact.sources if self.text.entry(key) is None))


def text_page(text: Text) -> bytes:
    return HtmlPage(text).filled_in("text.html").encode()


def host(address: str) -> str:
    return address.split("://")[-1].split("/")[0].removeprefix("www.")


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    files = {f"{text.name}.html": text_page(text) for text in texts}
    files |= {f"{built.name}.xml": built.data or b"" for built in edition.documents}
    files["index.html"] = index(edition, texts)
    return Export(files, accounted(edition, texts))


def index(edition: Edition, texts: list[Text]) -> bytes:
    speaking = tongue(edition.project.registers.language or "en")
    series = next((text.series for text in texts if text.series and text.tongue == speaking), "")
    title = series or LABELS[speaking]["texts"]
    return filled_in("index.html", texts=texts, title=title, tongue=speaking, abstract=abstract).encode()


def abstract(text: Text) -> str:
    return next((" ".join(corrected(f.content).split()) for f in text.facts if f.name == "abstract"), "")


WRITER = Writer(
    name="html",
    tool="any browser",
    carries="the text with its structure, in the wording of the source and corrected; names, dates, glosses, "
    "what else is claimed of words, notes, registers, the header",
    cannot="links and relations between annotations, entries that no text mentions",
    opened="Chromium: accessibility by axe-core in every view, every note reached with the keyboard; html5lib: well-formed",
    about="A self-contained page a text, an index.html that lists them, and the TEI files beside them. The reader chooses between "
    "the wording of the source and the corrected one, and between the author alone, other voices, and everything the source "
    "has; marked words are explained when they are pointed at or focused. Notes stand beside the text where there is room, "
    "and below it. No script, nothing loaded from elsewhere.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *NOT_IN_TEI,
        Omission(LINKS, of="link", machines=True),
        Omission(NOT_OF_THE_TEXT, of="fw", kept="comment", machines=True),
        Omission(ANCHOR, "id", machines=True),
        Omission(ADDRESS, "value", of="ref interpretation", machines=True),
        Omission("only who points at the words is told", "cert", of="mention date duration", machines=True),
        Omission("only who points at the words is told", "or", of="mention", machines=True),
        Omission(NUMBERS, "n", of="blocks", but="dateline cell", machines=True),
    ),
)
