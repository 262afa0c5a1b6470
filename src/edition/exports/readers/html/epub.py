"""EPUB 3: a book a text. The same bytes each time: no clock, the files in one order, all of one date."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from edition.exports.annotations import iri
from edition.exports.readers.account import HIDDEN, accounted
from edition.exports.readers.html.html_page import HtmlPage
from edition.exports.readers.html.html_text import HtmlWriter
from edition.exports.readers.labels import citation
from edition.exports.readers.model import Note, Point, Text, TextBlock, direction, walk
from edition.exports.readers.reader import text_for_readers
from edition.exports.readers.wording import corrected, without
from edition.exports.readers.zipped import zipped
from edition.exports.writer import Export, Writer
from edition.model.edition import Edition

NO_DATE = "1980"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")


class EpubBook(HtmlPage):
    """The page as a book has it: corrected wording, notes that open where they are called, no choices."""

    def __init__(self, text: Text) -> None:
        shown = without(text.body.content, residue=True)
        super().__init__(replace(text, body=replace(text.body, content=shown)))

    def writer(self) -> HtmlWriter:
        called = {p.key for p in walk(self.text.body.content) if isinstance(p, Point) and p.kind == "call"}
        return HtmlWriter(
            self.text, {n.id: n for n in self.text.notes if n.id in called}, side=False, both=False
        )

    def tei(self) -> str:
        return escape(f"{self.text.name}.xml")

    def words(self) -> HtmlWriter:
        return HtmlWriter(self.text, {}, side=False, both=False)

    def notes(self) -> str:
        return "\n".join(map(self.note, self.pen.notes.values()))

    def note(self, note: Note) -> str:
        label = escape(self.labels["back_note"].format(n=note.number))
        call = f"call-{note.id}"
        link = f'<a class="return" role="doc-backlink" href="#{escape(call)}" aria-label="{label}">↩</a>'
        back = f" {link}" if call in self.there else ""
        return (
            f'<aside epub:type="footnote" role="doc-footnote" id="{escape(note.id)}"><div><b>{note.number}</b> '
            f"{self.flowing(note)}{self.sources(note.sources)}{back}</div></aside>"
        )

    def content(self) -> str:
        text = self.text
        where = f'lang="{escape(text.language)}" xml:lang="{escape(text.language)}" dir="{direction(text.language)}"'
        sections = "\n".join(self.in_book(html) for _, _, html in self.sections())
        author = f'<p class="author">{escape(text.author)}</p>' if text.author else ""
        subtitle = f'<p class="subtitle">{escape(text.subtitle)}</p>' if text.subtitle else ""
        body = f"""<header epub:type="titlepage">{author}<h1>{escape(text.title)}</h1>{subtitle}</header>
<section id="text" epub:type="bodymatter" {where} aria-label="{self.labels["text_itself"]}">
{self.article}
</section>
{sections}"""
        return _xhtml(text.tongue, text.title, body)

    def in_book(self, html: str) -> str:
        kinds = {
            "notes": "endnotes",
            "about_edition": "colophon",
            "people": "index",
            "bibliography": "bibliography",
        }
        for id, kind in kinds.items():
            html = html.replace(f'<section id="{id}" ', f'<section id="{id}" epub:type="{kind}" ', 1)
        return html

    def navigation(self) -> str:
        labels = self.labels
        heads = [b for b in walk(self.text.body.content) if isinstance(b, TextBlock) and b.kind == "head"]
        shown = [(b.id, " ".join(corrected(b.content).split())) for b in heads if b.id]
        items = [("text", labels["text"]), *((id, said) for id, said in shown if said)]
        items += [(id, said) for id, said, _ in self.sections()]
        toc = "\n".join(
            f'<li><a href="text.xhtml#{escape(id)}">{escape(said)}</a></li>' for id, said in items
        )
        body = f"""<nav epub:type="toc" role="doc-toc" aria-labelledby="contents"><h1 id="contents">{labels["contents"]}</h1>
<ol>
{toc}
</ol></nav>
<nav epub:type="landmarks" aria-label="{labels["contents"]} 2" hidden="hidden"><ol>
<li><a epub:type="toc" href="nav.xhtml#contents">{labels["contents"]}</a></li>
<li><a epub:type="bodymatter" href="text.xhtml#text">{labels["text"]}</a></li>
<li><a epub:type="colophon" href="text.xhtml#about_edition">{labels["about_edition"]}</a></li>
</ol></nav>"""
        return _xhtml(self.text.tongue, labels["contents"], body)


def _xhtml(language: str, title: str, body: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head>
<meta charset="utf-8"/>
<title>{escape(title)}</title>
<link rel="stylesheet" href="book.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def modified(text: Text) -> str:
    """The latest revision that the header tells, or else the date of publication, at midnight: never the clock."""
    day = text.revised or NO_DATE
    return (
        f"{day}{'-01-01'[(len(day) - 4) :]}T00:00:00Z"
        if len(day) in (4, 7, 10)
        else f"{NO_DATE}-01-01T00:00:00Z"
    )


def opf(text: Text, identifier: str) -> str:
    def meta(name: str, value: str) -> str:
        return f'    <meta property="{name}">{escape(value)}</meta>\n' if value else ""

    def dc(name: str, value: str) -> str:
        return f"    <dc:{name}>{escape(value)}</dc:{name}>\n" if value else ""

    languages = "".join(dc("language", tag) for tag in dict.fromkeys((text.language, text.tongue)))
    about = next((" ".join(corrected(f.content).split()) for f in text.facts if f.name == "abstract"), "")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{text.tongue}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">{identifier}</dc:identifier>
{dc("title", text.title)}{dc("creator", text.author)}{"".join(dc("contributor", name) for _, name in text.editors)}\
{dc("publisher", text.publisher)}{dc("date", text.published)}{languages}{dc("description", about)}\
{dc("rights", " ".join(filter(None, (text.licence, text.licence_url))))}{dc("source", f"urn:sha256:{text.sha256}")}\
{meta("dcterms:modified", modified(text))}{meta("schema:accessMode", "textual")}\
{meta("schema:accessModeSufficient", "textual")}{"".join(meta("schema:accessibilityFeature", f) for f in FEATURES)}\
{meta("schema:accessibilityHazard", "none")}{meta("schema:accessibilitySummary", citation(text))}\
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
    <item id="style" href="book.css" media-type="text/css"/>
  </manifest>
  <spine{' page-progression-direction="rtl"' if direction(text.language) == "rtl" else ""}>
    <itemref idref="text"/>
    <itemref idref="nav" linear="no"/>
  </spine>
</package>
"""


def frame(package: str) -> dict[str, str]:
    """What stands around the pages of a book."""
    return {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": package,
        "EPUB/book.css": Path(__file__).with_name("book.css").read_text("utf-8"),
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
    return Export(files, *accounted(edition, texts, dict(HIDDEN) | NOT_IN_BOOKS, residue=False))


NOT_IN_BOOKS = {"lb": "a book breaks its lines itself"}

WRITER = Writer(
    name="epub",
    tool="e-readers: Apple Books, Thorium, Kobo, calibre",
    carries="the corrected text with its structure; notes that open where they are called; what the source has, names, dates and the "
    "header behind the text",
    cannot="the wording of the source as a whole, line breaks, what belongs to the page and not to the text, links and relations",
    opened="epubcheck: no error and no warning",
    about="An EPUB 3 a text, with navigation, landmarks, notes as footnotes, language and accessibility metadata. Its identifier is made "
    "from the name of the text; its date of modification is that of the latest revision in the header, and else that of "
    "publication, so that the same edition gives the same bytes.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
)
