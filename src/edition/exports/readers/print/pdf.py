"""PDF, set by typst: tagged, with notes at the foot of the page and registers that lead to pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edition.exports.readers.print.printed import printed_account
from edition.exports.readers.print.typst_text import FONTS, Sheet
from edition.exports.readers.reader import read
from edition.exports.writer import Export, Lost, Writer
from edition.model.edition import Edition

if TYPE_CHECKING:
    import typst

ACCESSIBLE: Final = "ua-1"  # PDF/UA-1
SHOWN = 8  # of the characters that no font has
_unset = re.compile(r'the text `"(.+?)"` could not be displayed').findall


def write(edition: Edition) -> Export:
    fonts = families(edition.project.root / "fonts")
    own = [name for name in fonts.families() if name not in FONTS]
    texts = [read(edition.project, built) for built in edition.documents]
    files: dict[str, bytes] = {}
    unset: dict[str, str] = {}
    for text in texts:
        source = Sheet(text).whole(own).encode()
        files[f"{text.name}.typ"] = source
        made, problem = typeset(source, fonts)
        files |= {f"{text.name}.pdf": made} if made else {}
        unset |= {text.name: problem} if problem else {}
    carried, lost = printed_account(edition, texts)
    return Export(files, carried - set(unset), (*lost, *(Lost(name, why) for name, why in unset.items())))


def families(folder: Path) -> typst.Fonts:
    """The fonts that typst brings, and those of a folder: no font of the system, so that the bytes are the same everywhere."""
    import typst

    paths = [folder] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(paths))


def typeset(source: bytes, fonts: typst.Fonts) -> tuple[bytes, str]:
    """The PDF; or nothing, and why."""
    import typst

    try:
        made = typst.compile(
            source, format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=[ACCESSIBLE]
        )
    except typst.TypstError as error:
        said = f"{error.message}\n{error.diagnostic}"
        if found := list(dict.fromkeys("".join(_unset(said)))):
            signs = "".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
            return (
                b"",
                f"no font has the characters {signs}: put one that has them into the folder fonts/ of the project",
            )
        return b"", f"typst could not set it: {error.message.splitlines()[0]}"
    assert isinstance(made, bytes)
    return made, ""


WRITER = Writer(
    name="pdf",
    tool="print, PDF readers, screen readers",
    carries="the corrected text with its structure; notes at the foot of the page: letters tell what the source has, numbers what the "
    "editors say, notes of the source keep their signs; registers and dates with pages; the header",
    cannot="the wording of the source as a whole, values of numbers and measures, what belongs to the page and not to the "
    "text, links and relations",
    opened="poppler: the words of the tagged text are those of the corrected text, every note stands where it is called; typst itself "
    "checks PDF/UA-1",
    about="A PDF a text on A4, tagged for screen readers (PDF/UA-1), and the typst source it is set from (.typ), to be changed "
    "and set again: typst compile NAME.typ. Fonts are those that typst brings (Latin, Greek, Cyrillic, Hebrew); for other "
    "scripts put a font file into the folder fonts/ of the project. The points of Hebrew are printed right, but words that "
    "are copied from the PDF may have them wrong. A page with “?” in a register: the editors are not certain that it is "
    "meant. The same version of typst gives the same bytes.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    needs=("typst", "pdf"),
)
