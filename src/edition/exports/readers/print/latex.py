"""LaTeX with reledmac: a text with numbered lines, an apparatus by lines, registers that lead to pages and lines.

Runs no TeX, and knows no TEI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from edition.exports.readers.account import ANCHOR, IN_PRINT, NUMBERS, printed_account
from edition.exports.readers.apparatus import explanation, short, variant
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.indexes import IndexPlace
from edition.exports.readers.model import Choice, Inline, Piece, TextBlock, walk
from edition.exports.readers.print.press import SEPARATOR, PrintWriter, Series, edited_by
from edition.exports.readers.wording import corrected, opened
from edition.exports.writer import Export, Omission, Writer
from edition.model.edition import Edition
from edition.model.languages import speech

SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "#": "\\#", "%": "\\%", "_": "\\_", "&": "\\ampersand{}",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "\u00a0": "~", "\u00ad": "\\-",
}  # fmt: skip
STYLES = {
    "bold": "textbf", "italic": "textit", "underline": "underline", "small-caps": "textsc", "superscript": "textsuperscript",
    "subscript": "textsubscript", "emphasis": "emph", "term": "emph", "title": "emph", "foreign": "emph", "stage": "emph",
    "role": "textsc", "speaker": "textsc", "gloss": "gloss", "page": "sourcepage",
}  # fmt: skip
ALIGNED = {
    "signed": "\\raggedleft ", "dateline": "\\raggedleft ", "closer": "\\raggedleft ", "trailer": "\\centering ",
    "byline": "\\noindent\\itshape ", "caption": "\\noindent\\itshape ", "stage": "\\noindent\\itshape ",
    "speaker": "\\noindent\\scshape ", "salute": "\\noindent ", "ab": "\\noindent ", "": "\\noindent ",
    "item": "\\noindent\\hangindent=1.2em ", "castItem": "\\noindent\\hangindent=1.2em ",
}  # fmt: skip
SECTIONS = ("section", "subsection", "subsubsection")
FONTS = (
    "Libertinus Serif", "FreeSerif", "CMU Serif", "DejaVu Serif", "SBL Hebrew", "Noto Serif Hebrew", "Amiri",
    "Noto Naskh Arabic", "Noto Serif CJK TC", "Noto Serif CJK SC", "FandolSong", "AR PL UMing TW", "Droid Sans Fallback",
)  # fmt: skip
LATIN = 0x24F
SHAPED = {"hebr": re.compile("[\u0590-\u05ff]").search, "arab": re.compile("[\u0600-\u06ff]").search}
_blank = re.compile(r"[ \t-\r\x85\u2028\u2029]+")
_beyond = re.compile(f"[^\\x00-\\u{LATIN:04x}\\u2000-\\u206f]").search


def latex_escaped(words: str) -> str:
    """Words in which TeX reads nothing but words (in a font without TeX's ligatures); white space is one blank."""
    return "".join(SPECIAL.get(c, c) for c in _blank.sub(" ", words))


def tongue_name(language: str) -> str:
    """A name that babel knows a language by in this file: letters only."""
    return "L" + re.sub("[^A-Za-z]", "", language)


def locale(language: str) -> str:
    """What babel goes by: how Chinese breaks its lines, it knows under the script alone."""
    tag, script = speech(language)
    return f"zh-{script or 'Hant'}" if tag in ("zh", "lzh") else tag


class LatexWriter(PrintWriter[str, str]):
    """Source of LaTeX. unlined: ids of mentions in notes and tables, where no line is numbered."""

    def join(self, parts: Iterable[str]) -> str:
        return "".join(parts)

    def words(self, words: str) -> str:
        return latex_escaped(words)

    def styled(self, style: str, inside: str) -> str:
        for one in style.split():
            inside = f"\\{STYLES[one]}{{{inside}}}" if inside and one in STYLES else inside
        return inside

    def spoken(self, language: str, inside: str) -> str:
        if not inside or language == (self.text.tongue if self.after else self.text.language):
            return inside
        return f"\\foreignlanguage{{{tongue_name(language)}}}{{{inside}}}"

    def linked(self, address: str, inside: str) -> str:
        address = re.sub(r"[\\{}^~\s]", lambda m: f"%{ord(m[0]):02X}", address)
        address = re.sub("([%#&_])", r"\\\1", address)
        return f"\\href{{{address}}}{{{inside}}}"

    def landing(self, id: str, span: Inline | None, inside: str) -> str:
        entry = self.text.entry(span.key) if span else None
        register, name = (
            (self.labels[entry.register], entry.name)
            if entry
            else (self.labels["dates"], span.said if span else "")
        )
        if self.inner:
            self.unlined.add(id)
        command = "mention" if id not in self.unlined else "mentioned"
        return f"\\{command}{{{id}}}{{{indexed(register)}}}{{{indexed(name)}}}{inside}"

    unlined: set[str]

    def footnote(self, series: Series, mark: str, id: str, inside: str) -> str:
        if series == "own":
            return f"\\signed{{{latex_escaped(mark)}}}{{{inside}}}"
        if series == "text":
            return f"\\edtext{{}}{{\\lemma{{}}\\Afootnote[nosep]{{{inside}}}}}"
        return f"\\noteof{{{mark}}}{{{inside}}}"

    def pages(self, row: Iterable[IndexPlace]) -> str:
        """Page and line of each."""
        found = [
            (f"\\pageref{{{p.id}}}" if p.id in self.unlined else f"\\place{{{p.id}}}")
            + ("" if p.sure else "?")
            for p in row
            if p.id not in self.wanted
        ]
        return (
            f"{latex_escaped(self.labels['mentions'])}: {latex_escaped(self.labels['page'].format(n='').strip())} {', '.join(found)}."
            if found
            else ""
        )

    # the apparatus

    def changed(self, choice: Choice) -> str:
        inside = self.join([self.pieces(choice.best), self.skipped(choice)])
        return inside if self.again(choice) else self.critical(choice, inside, corrected(choice.best))

    def dropped(self, span: Inline) -> str:
        if not span.first or span.kind == "hyphen" or span.value == SEPARATOR:
            return self.skipped(span)
        return self.critical(span, self.skipped(span), "")

    def marked_words(self, span: Inline, inside: str) -> str:
        return self.critical(span, inside, corrected(span.content))

    def told(self, piece: Piece, id: str) -> str:
        return self.critical(piece, "", "")

    def critical(self, piece: Piece, inside: str, lemma: str) -> str:
        """Words with what the apparatus says of them; where no line is numbered, it is said in brackets."""
        if self.inner:
            said = explanation(self.text, piece)
            return f"{inside} [{latex_escaped(said)}.]"
        said = latex_escaped(variant(self.text, piece) if lemma else explanation(self.text, piece))
        option = "" if lemma else "[nosep]"
        return (
            f"\\edtext{{{inside}}}{{\\lemma{{{latex_escaped(short(lemma))}}}\\Afootnote{option}{{{said}}}}}"
        )

    # blocks

    def paragraph(self, block: TextBlock, said: str) -> list[str]:
        said = self.in_language(block, said)
        if block.kind == "head":
            level = SECTIONS[min(max(block.level, 1), len(SECTIONS)) - 1]
            return [f"\\pstart\n\\eled{level}*{{{said}}}\n\\pend"]
        inset = f"\\inset{{{2 * self.depth}em}}" if self.depth else ""
        return [f"\\pstart{inset}\n{ALIGNED.get(block.kind, '')}{said}\n\\pend"]

    def in_language(self, block: TextBlock, said: str) -> str:
        return self.spoken(block.language, said) if block.language else said

    def verse(self, lines: list[TextBlock]) -> list[str]:
        """One stanza."""
        rows = []
        for block in lines:
            gap = f"\\gap{{{min(block.indent, 60) * 0.45:g}}}" if block.indent else ""
            rows.append(gap + self.in_language(block, self.pieces(opened(block.content))))
        return ["\\stanza\n" + "&\n".join(rows) + "\\&"]

    def cell(self, block: TextBlock) -> str:
        """Its lines have no numbers, and its notes stand in brackets."""
        words = (
            tuple(p for p in block.content if not isinstance(p, TextBlock)) if block.flow else block.content
        )
        return self.aside(lambda: self.pieces(opened(words)))

    def table(self, rows: list[list[str]], width: int) -> list[str]:
        """Between numbered paragraphs."""
        lines = "\\\\\n".join(" & ".join(row) for row in rows)
        form = "l" * width
        return [f"\\bigskip\\noindent\\begin{{tabular}}{{{form}}}\n{lines}\n\\end{{tabular}}\\bigskip"]

    # the whole

    def whole(self) -> str:
        text, labels = self.text, self.labels
        self.unlined = set()
        body = "\n\n".join(self.blocks(self.body))
        self.inner = self.after = True
        after = [
            part
            for heading, rows in self.registers()
            for part in (section(heading), *map(register_entry, rows))
        ]
        after += [section(labels["about_edition"])]
        after += [register_entry(f"\\emph{{{latex_escaped(name)}}}: {said}") for name, said in self.about()]
        inside = "\n\n".join(after)
        return f"""% {text.name}: made from the TEI of the edition: corrections belong there.
% !TEX program = lualatex
\\documentclass[11pt,a4paper]{{article}}
{Path(__file__).with_name("print.tex").read_text("utf-8")}{fonts(self.opening() + body + inside)}
{self.languages()}
\\hypersetup{{pdftitle={{{latex_escaped(text.title)}}},pdfauthor={{{latex_escaped(text.author)}}}}}
\\begin{{document}}
{self.opening()}

\\beginnumbering
{body}
\\endnumbering

\\selectlanguage{{{tongue_name(text.tongue)}}}
{inside}

% An index of all registers in one, by makeindex: \\printindex
\\end{{document}}
"""

    def languages(self) -> str:
        """The first, and those beside it."""
        text = self.text
        pieces = walk((text.body, *(p for note in text.notes for p in note.content)))
        found = (
            {p.language for p in pieces if isinstance(p, Inline | TextBlock)}
            | {e.language for e in text.entries}
            | {text.tongue}
        )
        others = "".join(
            f"\n\\tongue{{{locale(tag)}}}{{{tongue_name(tag)}}}"
            for tag in sorted(found - {"", text.language})
        )
        return f"\\maintongue{{{locale(text.language)}}}{{{tongue_name(text.language)}}}{others}"

    def opening(self) -> str:
        text = self.text
        rows = [
            (text.author, "\\large {}"),
            (text.title, "\\LARGE {}"),
            (text.subtitle, "\\itshape {}"),
            (edited_by(text), "\\small {}"),
        ]
        said = "\n\n".join(
            f"{{\\noindent{form.format(latex_escaped(words))}\\par}}\\smallskip"
            for words, form in rows
            if words
        )
        return f"{said}\n\\bigskip"


def fonts(source: str) -> str:
    """Fonts of other scripts, where one is needed; the script whose letters change with their neighbours is named."""
    if not _beyond(source):
        return "\\setmainfont{\\letters}"
    script = next((f"script={name};" for name, found in SHAPED.items() if found(source)), "")
    rows = "".join(f"\\other{{{name}}}" for name in FONTS)
    return (
        f"\\renewcommand\\script{{{script}}}{rows}\n\\directlua{{luaotfload.add_fallback('others', {{\\others}})}}\n"
        "\\setmainfont{\\letters}[RawFeature={fallback=others}]"
    )


def section(heading: str) -> str:
    return f"\\section*{{{latex_escaped(heading)}}}"


def register_entry(said: str) -> str:
    return f"\\entry{{{said}}}"


def indexed(words: str) -> str:
    """Words as makeindex reads them."""
    return re.sub('([!@|"])', r'"\1', latex_escaped(words))


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    return Export(
        {f"{text.name}.tex": LatexWriter(text).whole().encode() for text in texts},
        printed_account(edition, texts),
    )


WRITER = Writer(
    name="latex",
    tool="LaTeX with reledmac (TeX Live)",
    carries="the corrected text with numbered lines; an apparatus by page and line; editors' notes and notes of the source at the foot "
    "of the page; registers and dates with pages and lines; what else is claimed of words; the header",
    cannot="what belongs to the page and not to the text, links and relations",
    opened="pylatexenc reads the words back; lualatex sets it with reledmac",
    about="A file a text, to be set with lualatex, three times (Debian: texlive-luatex, texlive-humanities, "
    "texlive-latex-extra). Corrections, readings, gaps and what is supplied stand in the first apparatus (\\Afootnote), "
    "editors' notes are \\footnoteA, notes of the source \\footnoteB with their own signs. Registers tell page and line. "
    "For scripts other than Latin it takes the first of some usual fonts that is installed; a character that no font has is "
    "an error, and never left out in silence. In lines from right to left reledmac turns brackets the wrong way.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *IN_PRINT,
        Omission(ANCHOR, "id", but="mention date duration"),
        Omission("print breaks its lines itself", "break", of="lb"),
        Omission(NUMBERS, "n", of="blocks", but="dateline"),
    ),
)
