"""Plain text, three times: the words of the source, the author's alone, and corrected."""

from __future__ import annotations

from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.wording import corrected, diplomatic, without
from edition.exports.writer import Export, Lost, Omission, Writer
from edition.model.edition import Edition

WHY = "plain text has no markup"


def write(edition: Edition) -> Export:
    files: dict[str, bytes] = {}
    for built in edition.documents:
        text = text_for_readers(edition.project, built)
        everything = text.body.content
        files[f"{text.name}.txt"] = diplomatic(everything).encode()
        files[f"{text.name}.author.txt"] = diplomatic(without(everything, voices=True, residue=True)).encode()
        files[f"{text.name}.corrected.txt"] = corrected(without(everything, residue=True)).encode()
    return Export(files, tuple(Lost(key, WHY) for key in sorted(edition.project.registers.entries)))


WRITER = Writer(
    name="txt",
    tool="corpus tools, concordancers, diff, a text editor",
    carries="the words: of the source, of the author alone, and corrected",
    cannot="every annotation, the structure, the registers",
    opened="Python: the text with everything is the source, byte for byte",
    about="Three files a text. NAME.txt has every word of the source. NAME.author.txt leaves out what other voices say in it "
    "(glosses, their footnotes and headings) and what belongs to the page that carried it. NAME.corrected.txt has the "
    "other voices, but every correction, usual form and expansion in place of what the source has, what is supplied, and "
    "not what is too much; a gap is […], and a private-use character that is described is its standard one, or words in "
    "brackets.",
    subjects=("texts", "annotations"),
    write=write,
    omits=(
        Omission(WHY, of="choice supplied", kept="value"),
        Omission(WHY, of="deletion sides", kept="seed"),
        Omission(WHY, of="mark element", kept="seed text words"),
        Omission(WHY, of="cb", kept="break"),
        Omission(WHY),
    ),
)
