"""A Word document: corrections are tracked changes by the editors. Accepted, the text is the corrected one; rejected, the source's."""

from __future__ import annotations

from edition.exports.readers.print.docx_parts import OFFICE, core, footer, package, settings, styles
from edition.exports.readers.print.docx_text import Sheet
from edition.exports.readers.print.ooxml import relations, serialized
from edition.exports.readers.print.printed import printed_account
from edition.exports.readers.reader import read
from edition.exports.readers.reading import Text
from edition.exports.readers.zipped import zipped
from edition.exports.writer import Export, Writer
from edition.model.edition import Edition


def document(text: Text) -> bytes:
    """The same bytes each time: no clock, the files in one order, all of one date."""
    sheet = Sheet(text)
    main = serialized(sheet.document())
    parts = {
        "word/document.xml": main,
        "word/footnotes.xml": serialized(sheet.footnotes_part()),
        "word/styles.xml": serialized(styles(text)),
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
        package(parts, core(text, sheet.date), relations([*related, *links[0]]), relations(links[1]))
    )


def write(edition: Edition) -> Export:
    texts = [read(edition.project, built) for built in edition.documents]
    return Export({f"{text.name}.docx": document(text) for text in texts}, *printed_account(edition, texts))


WRITER = Writer(
    name="docx",
    tool="Word, LibreOffice Writer, Google Docs, pandoc",
    carries="the text with its structure in styles of its own; corrections as tracked changes; editors' notes and notes of the source as "
    "footnotes; registers and dates with links to the text; the header",
    cannot="values of numbers and measures, what belongs to the page and not to the text, links and relations",
    opened="python-docx: with every change accepted the words are those of the corrected text, with every change rejected those of the "
    "source; every footnote stands where it is called",
    about="A document a text. What the editors changed are changes by them: accept them all, and you have the corrected text; reject them "
    "all, and you have the words of the source. What else is told of words, and how sure the editors are, stands in footnotes. Grey "
    "numbers are those of the blocks, by which the registers lead to the text.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
)
