"""LaTeX with reledmac: a text with numbered lines, an apparatus by lines, notes, registers that lead to pages and lines."""

from __future__ import annotations

from edition.exports.latex_text import Sheet
from edition.exports.printed import printed_account
from edition.exports.reader import read
from edition.exports.writer import Export, Writer
from edition.pipeline import Edition


def write(edition: Edition) -> Export:
    texts = [read(edition.project, built) for built in edition.documents]
    return Export(
        {f"{text.name}.tex": Sheet(text).whole().encode() for text in texts}, *printed_account(edition, texts)
    )


WRITER = Writer(
    name="latex",
    tool="LaTeX with reledmac (TeX Live)",
    carries="the corrected text with numbered lines; an apparatus by page and line; editors' notes and notes of the source at the foot "
    "of the page; registers and dates with pages and lines; the header",
    cannot="values of numbers and measures, what belongs to the page and not to the text, links and relations",
    opened="pylatexenc reads the words back; lualatex sets it with reledmac",
    about="A file a text, to be set with lualatex, three times (Debian: texlive-luatex, texlive-humanities, "
    "texlive-latex-extra). Corrections, readings, gaps and what is supplied stand in the first apparatus (\\Afootnote), "
    "editors' notes are \\footnoteA, notes of the source \\footnoteB with their own signs. Registers tell page and line. "
    "For scripts other than Latin it takes the first of some usual fonts that is installed; a character that no font has is "
    "an error, and never left out in silence. In lines from right to left reledmac turns brackets the wrong way.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
)
