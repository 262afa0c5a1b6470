"""Markdown: the corrected text with its notes as footnotes, in CommonMark with the footnotes and tables that GitHub and pandoc know.

Set as for print, but without pages: registers tell the numbers of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from edition.exports.readers.account import ANCHOR, IN_PRINT, NUMBERS, printed_account
from edition.exports.readers.claims import TOLD, fields_told
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.indexes import IndexPlace
from edition.exports.readers.model import Inline, Piece, Point, Text, TextBlock
from edition.exports.readers.print.press import PrintWriter, Series
from edition.exports.readers.walk import INSET, gathered
from edition.exports.readers.wording import BLANKS, corrected
from edition.exports.writer import Export, Omission, Writer
from edition.model.edition import Edition

_special = re.compile(r"([\\`*_{}\[\]<>#|~^$&=])")
_blank = re.compile(f"[{BLANKS}]+")
_start = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
STYLES = {"bold": "**", "italic": "*", "emphasis": "*", "stage": "*"}


def markdown_escaped(words: str) -> str:
    """Words on one line, in which nothing is markup."""
    return _special.sub(r"\\\1", _blank.sub(" ", words))


def as_line(words: str) -> str:
    """A line that begins neither a list nor anything else."""
    match = _start.match(words)
    if not match:
        return words
    if match[2] in "-+":
        return f"{match[1]}\\{words[match.start(2) :]}"
    return f"{words[: match.end(2)]}\\{words[match.end(2) :]}"


class MarkdownWriter(PrintWriter[str, str]):
    """Source of Markdown. Every footnote has a name; its words stand behind the text."""

    claims_told = TOLD | fields_told(pb="", cb="")

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.defined: list[str] = []
        self.sign = "*"

    def join(self, parts: Iterable[str]) -> str:
        return "".join(parts)

    def words(self, words: str) -> str:
        return markdown_escaped(words)

    def styled(self, style: str, inside: str) -> str:
        for mark in dict.fromkeys(STYLES[one] for one in style.split() if one in STYLES):
            inside = (
                f"{mark}{inside}{mark}" if inside.strip() == inside != "" and "*" not in inside else inside
            )
        return inside

    def spoken(self, language: str, inside: str) -> str:
        return inside

    def linked(self, address: str, inside: str) -> str:
        return f"[{inside}](<{address}>)" if not set("<>\n") & set(address) else inside

    def landing(self, id: str, span: Inline | None, inside: str) -> str:
        return inside

    def pages(self, row: Iterable[IndexPlace]) -> str:
        """By the numbers of blocks."""
        said = [
            self.told_as[place.id] + ("" if place.sure else "?") for place in row if place.id in self.told_as
        ]
        return self.words(f"{self.labels['mentions']}: {', '.join(said)}.") if said else ""

    def footnote(self, series: Series, mark: str, id: str, inside: str) -> str:
        name = f"[^{re.sub(r'[^A-Za-z0-9.-]', '-', id)}]"
        self.defined.append(f"{name}: {inside.strip()}")
        return name

    def foot(self, series: Series, mark: str, id: str, said: Callable[[], str]) -> str:
        """In a note too."""
        return self.footnote(series, mark, id, said())

    def told(self, piece: Piece, id: str) -> str:
        """Nothing of a blank, or of the rule of a table."""
        if (
            isinstance(piece, Inline)
            and piece.kind == "surplus"
            and not re.search(r"\w", corrected(piece.content))
        ):
            return ""
        return super().told(piece, id)

    def point(self, point: Point) -> str:
        return "" if point.kind in ("pb", "cb", "lb") else super().point(point)

    # blocks

    def paragraph(self, block: TextBlock, said: str) -> list[str]:
        said = said.lstrip(BLANKS).rstrip()
        if block.kind == "head":
            sign = f"{'#' * min(block.level + 1, 6)} " if corrected(block.content).strip() else ""
            return [sign + said]
        return [as_line(said) if block.kind else said] if said else []

    def framed(self, block: TextBlock, inside: list[str]) -> list[str]:
        said = "\n\n".join(inside)
        if block.kind in INSET:
            return ["\n".join(f"> {row}".rstrip() for row in said.split("\n"))]
        mark = {"speaker": "**", "stage": "*", "caption": "*"}.get(block.kind, "")
        return [f"{mark}{said}{mark}"] if mark and said and not set("*\n") & set(said) else inside

    def verse(self, lines: list[TextBlock]) -> list[str]:
        """Lines end with a hard break."""
        return [
            "\\\n".join(
                "&emsp;" * (p.indent // 4) + as_line(self.pieces(p.content).lstrip(BLANKS).rstrip())
                for p in lines
            )
        ]

    def listed(self, block: TextBlock) -> list[str]:
        self.sign = "*" if self.sign == "-" else "-"  # lists that follow each other are two
        return ["\n".join(row for part in gathered(block.content) for row in self.item(part))]

    def item(self, block: TextBlock) -> Iterator[str]:
        bullet = f"{self.sign} " if block.kind in ("item", "castItem") else ""
        first, *rest = "\n\n".join(self.block(block)).split("\n")
        yield "\n".join([bullet + first, *(f"  {row}".rstrip() for row in rest)])
        if not bullet:
            yield ""

    def cell(self, block: TextBlock) -> str:
        return self.pieces(block.content).lstrip(BLANKS).rstrip()

    def table(self, rows: list[list[str]], width: int) -> list[str]:
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return ["\n".join([*lines[:1], f"|{' --- |' * width}", *lines[1:]])]

    # the whole

    def whole(self) -> str:
        text = self.text
        head = [f"# {self.words(text.title)}", self.styled("italic", self.words(text.subtitle))]
        body = self.blocks(self.body)
        after: list[str] = []
        self.inner = self.after = True
        for heading, entries in self.registers():
            after += [f"## {heading}", "\n".join(f"- {entry.strip()}" for entry in entries)]
        about = "\n".join(f"- *{self.words(name)}*: {said}" for name, said in self.about())
        parts = [*head, *body, *self.defined, *after, f"## {self.labels['about_edition']}", about]
        return "\n\n".join(filter(None, parts)) + "\n"


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    files = {f"{text.name}.md": MarkdownWriter(text).whole().encode() for text in texts}
    return Export(files, printed_account(edition, texts))


WRITER = Writer(
    name="markdown",
    tool="GitHub, pandoc, Obsidian, any editor",
    carries="the corrected text, its headings, paragraphs, verse, lists and tables; notes, corrections and footnotes as footnotes; "
    "behind the text registers and dates with the numbers of blocks, what else is claimed of words, the header",
    cannot="where pages and lines begin, what belongs to the page and not to the text, links and relations",
    opened="markdown-it-py: the words are those of the corrected text, every footnote is defined once",
    about="A file a text, in CommonMark with the footnotes and tables of GitHub and pandoc. The text stands in the corrected wording; "
    "what the source has stands in footnotes, beside the editors' notes. Footnotes of the source are footnotes again.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *IN_PRINT,
        Omission(ANCHOR, "id", of="own-kinds"),
        Omission(ANCHOR, "id", but="note choice mark sides supplied gap hand-shift interpretation"),
        Omission(NUMBERS, "n", of="blocks", but="dateline"),
    ),
)
