"""PDF, set by typst: tagged, with notes at the foot of the page and registers that lead to pages."""

from __future__ import annotations

from edition.exports.printed import IN_PRINT, printed_account
from edition.exports.reader import read
from edition.exports.typst_text import Sheet
from edition.exports.writer import Export, Writer
from edition.pipeline import Edition

ACCESSIBLE = "ua-1"  # PDF/UA-1


def write(edition: Edition) -> Export:
    texts = [read(edition.project, built) for built in edition.documents]
    files: dict[str, bytes] = {}
    for text in texts:
        source = Sheet(text).whole().encode()
        files[f"{text.name}.typ"] = source
        files[f"{text.name}.pdf"] = typeset(source)
    return Export(files, *printed_account(edition, texts, IN_PRINT))


def typeset(source: bytes) -> bytes:
    """With the fonts that typst brings alone, so that the bytes are the same everywhere."""
    import typst

    made = typst.compile(source, format="pdf", ignore_system_fonts=True, pdf_standards=[ACCESSIBLE])
    assert isinstance(made, bytes)
    return made
