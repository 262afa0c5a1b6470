"""A text as LaTeX with reledmac. Knows no project and no TeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.exports.readers.apparatus import variant
from edition.exports.readers.html.html_text import gathered, run_in
from edition.exports.readers.interventions import explained, short
from edition.exports.readers.print.printed import SEPARATOR, Place, Series
from edition.exports.readers.print.printed_after import Book, edited_by
from edition.exports.readers.reading import Block, Choice, Content, Piece, Span, walk
from edition.exports.readers.trimming import opened
from edition.exports.readers.worded import corrected
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
    "speaker": "\\noindent\\scshape ", "salute": "\\noindent ", "ab": "\\noindent ",
}  # fmt: skip
SECTIONS = ("section", "subsection", "subsubsection")
INSET = ("quotation", "floating", "epigraph")
FONTS = (
    "Libertinus Serif", "FreeSerif", "CMU Serif", "DejaVu Serif", "SBL Hebrew", "Noto Serif Hebrew", "Amiri",
    "Noto Naskh Arabic", "Noto Serif CJK TC", "Noto Serif CJK SC", "FandolSong", "AR PL UMing TW", "Droid Sans Fallback",
)  # fmt: skip
LATIN = 0x24F
SHAPED = {"hebr": re.compile("[\u0590-\u05ff]").search, "arab": re.compile("[\u0600-\u06ff]").search}
_blank = re.compile(r"[ \t-\r\x85\u2028\u2029]+")
_beyond = re.compile(f"[^\\x00-\\u{LATIN:04x}\\u2000-\\u206f]").search


def escaped(words: str) -> str:
    """Words in which TeX reads nothing but words (in a font without TeX's ligatures); white space is one blank."""
    return "".join(SPECIAL.get(c, c) for c in _blank.sub(" ", words))


def tongue_name(language: str) -> str:
    """A name that babel knows a language by in this file: letters only."""
    return "L" + re.sub("[^A-Za-z]", "", language)


def locale(language: str) -> str:
    """What babel goes by: how Chinese breaks its lines, it knows under the script alone."""
    tag, script = speech(language)
    return f"zh-{script or 'Hant'}" if tag in ("zh", "lzh") else tag


class Sheet(Book[str]):
    """Source of LaTeX. depth: of quotations. unlined: ids of mentions in notes and tables, where no line is numbered."""

    depth = 0

    def join(self, parts: Iterable[str]) -> str:
        return "".join(parts)

    def words(self, words: str) -> str:
        return escaped(words)

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

    def landing(self, id: str, span: Span | None, inside: str) -> str:
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
            return f"\\signed{{{escaped(mark)}}}{{{inside}}}"
        if series == "text":
            return f"\\edtext{{}}{{\\lemma{{}}\\Afootnote[nosep]{{{inside}}}}}"
        return f"\\noteof{{{mark}}}{{{inside}}}"

    def pages(self, row: Iterable[Place]) -> str:
        """Page and line of each."""
        found = [
            (f"\\pageref{{{p.id}}}" if p.id in self.unlined else f"\\place{{{p.id}}}")
            + ("" if p.sure else "?")
            for p in row
            if p.id not in self.wanted
        ]
        return (
            f"{escaped(self.labels['mentions'])}: {escaped(self.labels['page'].format(n='').strip())} {', '.join(found)}."
            if found
            else ""
        )

    # the apparatus

    def changed(self, choice: Choice) -> str:
        inside = self.join([self.pieces(choice.best), self.skipped(choice)])
        return inside if self.again(choice) else self.critical(choice, inside, corrected(choice.best))

    def dropped(self, span: Span) -> str:
        if not span.first or span.kind == "hyphen" or span.value == SEPARATOR:
            return self.skipped(span)
        return self.critical(span, self.skipped(span), "")

    def marked_words(self, span: Span, inside: str) -> str:
        return self.critical(span, inside, corrected(span.content))

    def told(self, piece: Piece, id: str) -> str:
        return self.critical(piece, "", "")

    def critical(self, piece: Piece, inside: str, lemma: str) -> str:
        """Words with what the apparatus says of them; where no line is numbered, it is said in brackets."""
        if self.inner:
            said = explained(self.text, piece)
            return f"{inside} [{escaped(said)}.]"
        said = escaped(variant(self.text, piece) if lemma else explained(self.text, piece))
        option = "" if lemma else "[nosep]"
        return f"\\edtext{{{inside}}}{{\\lemma{{{escaped(short(lemma))}}}\\Afootnote{option}{{{said}}}}}"

    # blocks

    def blocks(self, content: Content) -> Iterator[str]:
        """Lines of verse that follow each other are one stanza."""
        lines: list[Block] = []
        for piece in (*run_in(content), None):
            if isinstance(piece, Block) and piece.kind == "l":
                lines.append(piece)
                continue
            if isinstance(piece, str):
                continue
            if lines:
                yield self.stanza(lines)
                lines = []
            if isinstance(piece, Block):
                yield from self.block(piece)
            elif piece is not None and (said := self.piece(piece)):
                yield self.paragraph_of(said, "\\noindent ")

    def block(self, block: Block) -> Iterator[str]:
        if block.kind == "footnote" and block.id in self.marked:
            return
        if block.kind == "table":
            yield self.table(block)
        elif block.kind in ("list", "castList"):
            yield from self.listed(block)
        elif block.flow:
            self.depth += block.kind in INSET
            yield from self.blocks(block.content)
            self.depth -= block.kind in INSET
        else:
            yield from self.paragraphs(block, ALIGNED.get(block.kind, ""))

    def paragraphs(self, block: Block, form: str) -> Iterator[str]:
        """Words; blocks within them stand apart."""
        words: list[Piece] = []
        for piece in (*opened(block.content), Block("", ())):
            if not isinstance(piece, Block):
                words.append(piece)
                continue
            if said := self.pieces(opened(tuple(words))):
                yield (
                    self.headed(block, said)
                    if block.kind == "head"
                    else self.paragraph_of(self.in_language(block, said), form)
                )
            if piece.kind:
                yield from self.block(piece)
            words = []

    def in_language(self, block: Block, said: str) -> str:
        return self.spoken(block.language, said) if block.language else said

    def headed(self, block: Block, said: str) -> str:
        level = SECTIONS[min(max(block.level, 1), len(SECTIONS)) - 1]
        return f"\\pstart\n\\eled{level}*{{{self.in_language(block, said)}}}\n\\pend"

    def paragraph_of(self, said: str, form: str) -> str:
        inset = f"\\inset{{{2 * self.depth}em}}" if self.depth else ""
        return f"\\pstart{inset}\n{form}{said}\n\\pend"

    def stanza(self, lines: list[Block]) -> str:
        rows = []
        for block in lines:
            gap = f"\\gap{{{min(block.indent, 60) * 0.45:g}}}" if block.indent else ""
            rows.append(gap + self.in_language(block, self.pieces(opened(block.content))))
        return "\\stanza\n" + "&\n".join(rows) + "\\&"

    def listed(self, block: Block) -> Iterator[str]:
        """A list keeps its own marks."""
        for part in gathered(block.content):
            if part.kind in ("item", "castItem") and not part.flow:
                yield from self.paragraphs(part, "\\noindent\\hangindent=1.2em ")
            else:
                yield from self.block(part)

    def table(self, block: Block) -> str:
        """Between numbered paragraphs; its lines have no numbers, and its notes stand in brackets."""
        parts = gathered(block.content)
        before = [said for p in parts if p.kind != "row" for said in self.block(p)]
        self.inner = True
        rows = [[self.cell(c) for c in gathered(p.content)] for p in parts if p.kind == "row"]
        self.inner = False
        width = max(map(len, rows), default=1)
        lines = "\\\\\n".join(" & ".join(row) for row in rows)
        return "\n\n".join(
            [
                *before,
                f"\\bigskip\\noindent\\begin{{tabular}}{{{'l' * width}}}\n{lines}\n\\end{{tabular}}\\bigskip",
            ]
        )

    def cell(self, block: Block) -> str:
        return self.pieces(
            opened(tuple(p for p in block.content if not isinstance(p, Block)))
            if block.flow
            else opened(block.content)
        )

    # the whole

    def whole(self) -> str:
        text, labels = self.text, self.labels
        self.unlined = set()
        body = "\n\n".join(self.blocks(self.body))
        self.inner = self.after = True
        after = [part for heading, rows in self.registers() for part in (section(heading), *map(entry, rows))]
        after += [section(labels["about_edition"])]
        after += [entry(f"\\emph{{{escaped(name)}}}: {said}") for name, said in self.about()]
        inside = "\n\n".join(after)
        return f"""% {text.name}: made from the TEI of the edition: corrections belong there.
% !TEX program = lualatex
\\documentclass[11pt,a4paper]{{article}}
{Path(__file__).with_name("print.tex").read_text("utf-8")}{fonts(self.opening() + body + inside)}
{self.languages()}
\\hypersetup{{pdftitle={{{escaped(text.title)}}},pdfauthor={{{escaped(text.author)}}}}}
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
            {p.language for p in pieces if isinstance(p, Span | Block)}
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
            f"{{\\noindent{form.format(escaped(words))}\\par}}\\smallskip" for words, form in rows if words
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
    return f"\\section*{{{escaped(heading)}}}"


def entry(said: str) -> str:
    return f"\\entry{{{said}}}"


def indexed(words: str) -> str:
    """Words as makeindex reads them."""
    return re.sub('([!@|"])', r'"\1', escaped(words))
