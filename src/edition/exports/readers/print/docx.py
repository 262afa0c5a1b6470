"""A Word document: corrections are tracked changes by the editors. Accepted, the text is the corrected one; rejected, the
source's. Knows no TEI, and how the parts of such a file look is told in `ooxml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from edition.exports.readers.account import ADDRESS, ANCHOR, IN_PRINT, NUMBERS, printed_account
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.html.epub import modified
from edition.exports.readers.indexes import IndexPlace
from edition.exports.readers.model import Choice, Content, Inline, Point, Text, TextBlock, direction
from edition.exports.readers.print.ooxml import (
    NUMBER,
    OFFICE,
    Element,
    core_properties,
    footer,
    footer_reference,
    has,
    marked,
    package,
    paragraph,
    relations,
    serialized,
    settings,
    spaced,
    style_sheet,
    w,
    word_run,
)
from edition.exports.readers.print.ooxml import R as RELATED
from edition.exports.readers.print.press import PrintWriter, Series, edited_by
from edition.exports.readers.walk import NUMBERED
from edition.exports.readers.wording import corrected, legible
from edition.exports.readers.zipped import zipped
from edition.exports.writer import Export, Omission, Writer
from edition.model.edition import Edition

Row = list[Element]
STYLES: dict[str, dict[str, dict[str, str | int]]] = {
    "bold": {"b": {}}, "italic": {"i": {}}, "underline": {"u": {"val": "single"}}, "small-caps": {"smallCaps": {}},
    "spaced": {"spacing": {"val": 40}}, "superscript": {"vertAlign": {"val": "superscript"}},
    "subscript": {"vertAlign": {"val": "subscript"}}, "emphasis": {"i": {}}, "term": {"i": {}}, "title": {"i": {}},
    "foreign": {"i": {}}, "stage": {"i": {}}, "role": {"smallCaps": {}}, "speaker": {"smallCaps": {}},
    "gloss": {"rStyle": {"val": "Gloss"}}, "page": {"rStyle": {"val": NUMBER}},
}  # fmt: skip
PARAGRAPHS = {
    "salute": "Salutation", "signed": "Signature", "dateline": "Dateline", "closer": "Signature", "opener": "Salutation",
    "byline": "Byline", "trailer": "Trailer", "caption": "Caption", "stage": "StageDirection", "speaker": "Speaker",
    "item": "ListParagraph", "castItem": "ListParagraph", "quotation": "Quote",
}  # fmt: skip
INSET = ("quotation", "floating", "epigraph")
INDENT = 90  # twentieths of a point for a blank before a line
INSET_BY = 567
EVERY = 5
_blank = re.compile(r"[ \t-\r\x85\u2028\u2029]+")


class DocxWriter(PrintWriter[Row, Element]):
    """Elements of a document. plain: within words that are a change already."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.editors = dict(text.editors)
        self.date = modified(text)
        self.footnotes: Row = []
        self.links: dict[bool, dict[str, str]] = {
            False: {},
            True: {},
        }  # address → id, in the text and in footnotes
        self.bookmarks: dict[str, str] = {}
        self.changes = 0
        self.plain = False

    def join(self, parts: Iterable[Row]) -> Row:
        return [e for part in parts for e in part]

    def words(self, words: str) -> Row:
        words = _blank.sub(" ", words)
        return [word_run(words)] if words else []

    def styled(self, style: str, inside: Row) -> Row:
        for one in style.split():
            marked(inside, **STYLES.get(one, {}))
        return inside

    def spoken(self, language: str, inside: Row) -> Row:
        rtl = direction(language) == "rtl"
        tags: dict[str, str | int] = {"val": language, "eastAsia": language, "bidi": language}
        return marked(inside, lang=tags, **({"rtl": {}} if rtl else {}))

    def linked(self, address: str, inside: Row) -> Row:
        known = self.links[self.inner and not self.after]
        link = w("hyperlink", *marked(inside, rStyle={"val": "Hyperlink"}))
        link.set(f"{{{RELATED}}}id", known.setdefault(address, f"link{len(known) + 1}"))
        return [link]

    def landing(self, id: str, span: Inline | None, inside: Row) -> Row:
        number = len(self.bookmarks) + 1
        name = self.bookmarks.setdefault(id, f"mention{number}")
        return [w("bookmarkStart", id=number, name=name), *inside, w("bookmarkEnd", id=number)]

    def pages(self, row: Iterable[IndexPlace]) -> Row:
        """Links to the places, by the numbers of their blocks: pages are known to Word alone."""
        found = self.words(f"{self.labels['mentions']}: ")
        for k, place in enumerate(p for p in row if p.id in self.bookmarks):
            found += self.words(", ") if k else []
            said = word_run(self.told_as.get(place.id, "*") + ("" if place.sure else "?"))
            found.append(w("hyperlink", said, anchor=self.bookmarks[place.id]))
        return [*found, *self.words(".")] if len(found) > 1 else []

    def footnote(self, series: Series, mark: str, id: str, inside: Row) -> Row:
        """Word numbers the editors' notes; one of the source keeps its sign."""
        number = len(self.footnotes) + 1
        sign = [word_run(mark)] if series == "own" else []
        called = w("r", w("footnoteReference", **({"customMarkFollows": 1} if sign else {}), id=number))
        called.extend(sign[0] if sign else [])
        here = word_run(mark) if sign else w("r", w("footnoteRef"))
        style: dict[str, str | int] = {"val": "FootnoteReference"}
        marked([called, here], rStyle=style)
        right = direction(self.text.language if series == "own" else self.text.tongue) == "rtl"
        self.footnotes.append(
            w("footnote", paragraph("FootnoteText", [here, *self.words(" "), *inside], right), id=number)
        )
        return [called]

    # changes

    def changed(self, choice: Choice) -> Row:
        ours = [r for r in choice.readings if r.ours and r.content is choice.best]
        if self.plain or not ours:
            told = [] if self.plain or self.again(choice) else self.told(choice, choice.id)
            return [*self.pieces(choice.best), *self.skipped(choice), *told]
        more = sum(r.ours for r in choice.readings) > 1 or ours[0].cert
        old = self.change("del", ours[0].by, deleted(legible(unbroken(choice.seed))))
        new = self.change("ins", ours[0].by, self.within(choice.best))
        return [*old, *new, *self.skipped(choice), *(self.told(choice, choice.id) if more else [])]

    def dropped(self, span: Inline) -> Row:
        if span.kind == "hyphen" or self.plain:
            return self.skipped(span)
        told = self.told(span, span.id) if span.first and (span.cert or span.kind == "deletion") else []
        return [
            *self.change("del", span.by, deleted(legible(unbroken(span.content)))),
            *self.skipped(span),
            *told,
        ]

    def loose(self, words: str) -> Row:
        return [] if self.plain else self.change("del", "", deleted(words))

    def marked_words(self, span: Inline, inside: Row) -> Row:
        if span.kind != "supplied" or not span.ours or self.plain:
            return [*inside, *([] if self.plain else self.told(span, span.id))]
        return [*self.change("ins", span.by, inside), *(self.told(span, span.id) if span.cert else [])]

    def point(self, point: Point) -> Row:
        """The sign of a gap is the editors'."""
        if point.kind != "gap" or self.plain:
            return super().point(point)
        return [*self.change("ins", "", self.words("[…]")), *self.told(point, point.id)]

    def within(self, content: Content) -> Row:
        """Words that the editors put in: what is told of them in their turn is told with them."""
        before, self.plain = self.plain, True
        inside = self.pieces(content)
        self.plain = before
        return inside

    def change(self, how: str, by: str, inside: Row) -> Row:
        """Runs, each row of them in one change."""
        out: Row = []
        for e in inside:
            if not has(e, "r"):
                out.append(e)
                continue
            if not (out and has(out[-1], how) and out[-1].get("own")):
                self.changes += 1
                author = self.editors.get(by) or next(iter(self.editors.values()), "edition")
                out.append(w(how, id=self.changes, author=author, date=self.date))
                out[-1].set("own", "1")
            out[-1].append(e)
        for e in out:
            e.attrib.pop("own", None)
        return out

    # blocks

    def paragraph(self, block: TextBlock, said: Row) -> Row:
        if block.language:
            said = self.spoken(block.language, said)
        style, told, indent = PARAGRAPHS.get(block.kind, "BodyText"), Row(), 0
        if block.kind == "l":
            style, indent = "Verse", block.indent * INDENT
            if block.n.isdigit() and int(block.n) % EVERY == 0:
                said = [*said, w("r", w("tab")), *self.number(block.n)]
        elif block.kind == "head" and corrected(block.content).strip():
            style = f"Heading{min(max(block.level, 1), 6)}"
        elif block.kind in ("p", "ab") and block.kind in NUMBERED and block.n.isdigit():
            told = self.number(f"{block.n}\u00a0")
        return [self.set_in(style, [*told, *said], indent, block.language)]

    def number(self, n: str) -> Row:
        """The number of a block, by which it is cited: no word of the text."""
        return marked([word_run(n)], rStyle={"val": NUMBER})

    def set_in(self, style: str, inside: Row, indent: int = 0, language: str = "") -> Element:
        right = direction(language or self.text.language) == "rtl"
        by = indent + INSET_BY * self.depth
        style = "Quote" if self.depth and style == "BodyText" else style
        by = 0 if style == "Quote" and self.depth == 1 else by
        return paragraph(style, spaced(inside), right, **({"ind": {"left": by}} if by else {}))

    def table(self, rows: list[Row], width: int) -> Row:
        grid = w("tblGrid", *(w("gridCol", w=9000 // width) for _ in range(width)))
        properties = w("tblPr", w("tblStyle", val="TableGrid"), w("tblW", w=0, type="auto"))
        lines = [w("tr", *row, *(w("tc", w("p")) for _ in range(width - len(row)))) for row in rows]
        return [w("tbl", properties, grid, *lines), paragraph("BodyText", [])]

    def cell(self, block: TextBlock) -> Element:
        return w("tc", *(self.blocks(block.content) if block.flow else self.worded(block)) or [w("p")])

    # the whole

    def document(self) -> Element:
        text = self.text
        body = self.blocks(self.body)
        self.inner = self.after = True
        rows = [("Author", text.author), ("Title", text.title), ("Subtitle", text.subtitle)]
        head = [self.set_in(style, self.words(words)) for style, words in rows if words]
        head.append(paragraph("Editors", self.spoken(text.tongue, self.words(edited_by(text)))))
        after: Row = []
        for heading, entries in self.registers():
            after += [
                self.heading(heading),
                *(paragraph("RegisterEntry", self.spoken(text.tongue, e)) for e in entries),
            ]
        after.append(self.heading(self.labels["about_edition"]))
        for name, said in self.about():
            row = [*self.styled("italic", self.words(f"{name}: ")), *said]
            after.append(paragraph("RegisterEntry", self.spoken(text.tongue, row)))
        last = w(
            "sectPr",
            footer_reference(),
            w("pgSz", w=11906, h=16838),
            w("pgMar", top=1588, right=1814, bottom=1814, left=1814, header=709, footer=709, gutter=0),
        )
        return w("document", w("body", *head, *body, *after, last))

    def heading(self, words: str) -> Element:
        return paragraph("Heading1", self.spoken(self.text.tongue, self.words(words)))

    def footnotes_part(self) -> Element:
        lines = [
            w("footnote", w("p", w("r", w(mark))), type=mark, id=number)
            for number, mark in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        return w("footnotes", *lines, *self.footnotes)


def unbroken(content: Content) -> Content:
    """Without the hyphens of lines."""
    kept = (p for p in content if not (isinstance(p, Inline) and p.kind == "hyphen"))
    return tuple(replace(p, content=unbroken(p.content)) if isinstance(p, Inline) else p for p in kept)


def deleted(words: str) -> Row:
    return [word_run(_blank.sub(" ", words), "delText")] if words else []


def word_document(text: Text) -> bytes:
    """The same bytes each time: no clock, the files in one order, all of one date."""
    sheet = DocxWriter(text)
    main = serialized(sheet.document())
    parts = {
        "word/document.xml": main,
        "word/footnotes.xml": serialized(sheet.footnotes_part()),
        "word/styles.xml": serialized(style_sheet(text)),
        "word/settings.xml": serialized(settings()),
        "word/footer.xml": serialized(footer()),
    }
    related = [
        (name, f"{OFFICE}/{name}", f"{name}.xml") for name in ("footnotes", "styles", "settings", "footer")
    ]
    links = [
        [(id, f"{OFFICE}/hyperlink", address) for address, id in sheet.links[inner].items()]
        for inner in (False, True)
    ]
    return zipped(
        package(
            parts, core_properties(text, sheet.date), relations([*related, *links[0]]), relations(links[1])
        )
    )


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    return Export(
        {f"{text.name}.docx": word_document(text) for text in texts}, printed_account(edition, texts)
    )


WRITER = Writer(
    name="docx",
    tool="Word, LibreOffice Writer, Google Docs, pandoc",
    carries="the text with its structure in styles of its own; corrections as tracked changes; editors' notes and notes of the source as "
    "footnotes; registers and dates with links to the text; what else is claimed of words; the header",
    cannot="what belongs to the page and not to the text, links and relations",
    opened="python-docx: with every change accepted the words are those of the corrected text, with every change rejected those of the "
    "source; every footnote stands where it is called",
    about="A document a text. What the editors changed are changes by them: accept them all, and you have the corrected text; reject them "
    "all, and you have the words of the source. What else is told of words, and how sure the editors are, stands in footnotes. Grey "
    "numbers are those of the blocks, by which the registers lead to the text.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *IN_PRINT,
        Omission(ANCHOR, "id"),
        Omission("print breaks its lines itself", "break", of="lb"),
        Omission(ADDRESS, "value", of="ref", machines=True),
        Omission(NUMBERS, "n", of="blocks", but="p ab dateline"),
    ),
)
