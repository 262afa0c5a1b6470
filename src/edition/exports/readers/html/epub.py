"""EPUB 3: a book a text. The same bytes each time: no clock, the files in one order, all of one date."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from edition.exports.annotations import iri
from edition.exports.readers.account import ADDRESS, ANCHOR, IN_PRINT, NUMBERS, accounted
from edition.exports.readers.claims import TOLD, fields_told
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.html.html import TEMPLATES, HtmlPage, abstract, filled_in
from edition.exports.readers.html.html_text import HtmlWriter
from edition.exports.readers.labels import citation
from edition.exports.readers.model import Point, Text, TextBlock, walk
from edition.exports.readers.wording import corrected, without
from edition.exports.readers.zipped import zipped
from edition.exports.writer import Export, Omission, Writer
from edition.model.edition import Edition

NO_DATE = "1980"
FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")


class EpubBook(HtmlPage):
    """The page as a book has it: corrected wording, notes that open where they are called, no choices."""

    told = TOLD | fields_told(lb="value break by cert source or")  # a book breaks its lines itself
    kinds = MappingProxyType(
        {"notes": "endnotes", "about_edition": "colophon", "people": "index", "bibliography": "bibliography"}
    )

    def __init__(self, text: Text) -> None:
        shown = without(text.body.content, residue=True)
        super().__init__(replace(text, body=replace(text.body, content=shown)))

    def writer(self) -> HtmlWriter:
        called = {p.key for p in walk(self.text.body.content) if isinstance(p, Point) and p.kind == "call"}
        notes = {note.id: note for note in self.text.notes if note.id in called}
        return HtmlWriter(self.text, notes, side=False, both=False, titles=self.titles)

    def other_writer(self) -> HtmlWriter:
        return HtmlWriter(self.text, {}, side=False, both=False)

    def content(self) -> str:
        return self.filled_in("book.xhtml")

    def navigation(self) -> str:
        return self.filled_in("navigation.xhtml")

    def contents(self) -> list[tuple[str, str]]:
        """Headings and sections: id, and what it is called."""
        heads = [b for b in walk(self.text.body.content) if isinstance(b, TextBlock) and b.kind == "head"]
        called = [(b.id, " ".join(corrected(b.content).split())) for b in heads if b.id]
        sections = [(name, self.labels[name]) for name in self.sections()]
        return [("text", self.labels["text"]), *((id, said) for id, said in called if said), *sections]


def modified(text: Text) -> str:
    """The latest revision that the header tells, or else the date of publication, at midnight: never the clock."""
    day = text.revised or NO_DATE
    return (
        f"{day}{'-01-01'[(len(day) - 4) :]}T00:00:00Z"
        if len(day) in (4, 7, 10)
        else f"{NO_DATE}-01-01T00:00:00Z"
    )


def opf(text: Text, identifier: str) -> str:
    """What the book says of itself, and its files."""
    elements = [
        ("title", text.title),
        ("creator", text.author),
        *(("contributor", name) for _, name in text.editors),
        ("publisher", text.publisher),
        ("date", text.published),
        *(("language", tag) for tag in dict.fromkeys((text.language, text.tongue))),
        ("description", abstract(text)),
        ("rights", " ".join(filter(None, (text.licence, text.licence_url)))),
        ("source", f"urn:sha256:{text.sha256}"),
    ]
    properties = [
        ("dcterms:modified", modified(text)),
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", citation(text)),
    ]
    return filled_in(
        "package.opf", text=text, identifier=identifier, elements=elements, properties=properties
    )


def frame(package: str) -> dict[str, str]:
    """What stands around the pages of a book."""
    return {
        "META-INF/container.xml": filled_in("container.xml"),
        "EPUB/package.opf": package,
        "EPUB/book.css": (TEMPLATES / "book.css").read_text("utf-8"),
    }


def book(text: Text, identifier: str) -> bytes:
    inside = EpubBook(text)
    pages = {"EPUB/text.xhtml": inside.content(), "EPUB/nav.xhtml": inside.navigation()}
    return packed(frame(opf(text, identifier)) | pages)


def packed(files: dict[str, str]) -> bytes:
    return zipped({name: words.encode() for name, words in files.items()}, "application/epub+zip")


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    names = {text.name: f"urn:uuid:{uuid5(NAMESPACE_URL, iri(edition.project, text.name))}" for text in texts}
    files = {f"{text.name}.epub": book(text, names[text.name]) for text in texts}
    return Export(files, accounted(edition, texts, residue=False))


NUMBERED = "head byline p ab opener closer salute l stage castItem item trailer"
"""Blocks that have their number as an attribute."""

WRITER = Writer(
    name="epub",
    tool="e-readers: Apple Books, Thorium, Kobo, calibre",
    carries="the corrected text with its structure; notes that open where they are called; what the source has, names, dates, "
    "what else is claimed of words, and the header behind the text",
    cannot="the wording of the source as a whole, line breaks, what belongs to the page and not to the text, links and relations",
    opened="epubcheck: no error and no warning",
    about="An EPUB 3 a text, with navigation, landmarks, notes as footnotes, language and accessibility metadata. Its identifier is made "
    "from the name of the text; its date of modification is that of the latest revision in the header, and else that of "
    "publication, so that the same edition gives the same bytes.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *IN_PRINT,
        Omission("a book breaks its lines itself", of="lb", kept="comment"),
        Omission(ANCHOR, "id", of="ref"),
        Omission(ANCHOR, "id", machines=True),
        Omission(ADDRESS, "value", of="ref interpretation", machines=True),
        Omission(NUMBERS, "n", of=NUMBERED, machines=True),
        Omission(NUMBERS, "n", of="blocks", but="dateline cell"),
    ),
)
