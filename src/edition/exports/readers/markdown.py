"""Markdown: the corrected text with its notes as footnotes, in CommonMark with the footnotes and tables that GitHub and pandoc know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.exports.readers.account import accounted
from edition.exports.readers.apparatus import MARKS, explanation, sure
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.labels import LABELS, SHOWN_REGISTERS, citation
from edition.exports.readers.model import (
    Choice,
    Content,
    Inline,
    Piece,
    Point,
    RegisterEntry,
    Text,
    TextBlock,
    unseen_calls,
    walk,
)
from edition.exports.readers.walk import INSET, BlockWalk, gathered
from edition.exports.readers.wording import DROPPED, corrected, hugged, snug, without
from edition.exports.writer import Export, Omission, Writer
from edition.model.edition import Edition

_special = re.compile(r"([\\`*_{}\[\]<>#|~^$&=])")
_start = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
PLAIN = ("footnote", "marker", "back")


def markdown_escaped(words: str) -> str:
    """Words on one line, in which nothing is markup."""
    return _special.sub(r"\\\1", re.sub(r"\s+", " ", words))


def as_line(words: str) -> str:
    """A line that begins neither a list nor anything else."""
    match = _start.match(words)
    if not match:
        return words
    if match[2] in "-+":
        return f"{match[1]}\\{words[match.start(2) :]}"
    return f"{words[: match.end(2)]}\\{words[match.end(2) :]}"


def _marked(words: str, mark: str) -> str:
    """A mark stands at the words, and before a blank after them."""
    kept = words.rstrip()
    return kept + mark + words[len(kept) :]


class MarkdownWriter(BlockWalk[str, str]):
    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = LABELS[text.tongue]
        self.body = without(text.body.content, residue=True)
        self.foot: list[str] = []
        self.signs: set[str] = set()  # those that a footnote has told of
        self.sign = "*"
        self.notes = {note.id: note for note in text.notes}
        self.own = {
            b.id: b for b in walk(self.body) if isinstance(b, Inline | TextBlock) and b.kind == "footnote"
        }
        self.marked = {s.key for s in walk(self.body) if isinstance(s, Inline) and s.kind == "marker"}

    # blocks

    def paragraph(self, block: TextBlock, said: str) -> list[str]:
        said = said.strip()
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
            "\\\n".join("&emsp;" * (p.indent // 4) + as_line(self.pieces(p.content).strip()) for p in lines)
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
        return self.pieces(block.content).strip()

    def table(self, rows: list[list[str]], width: int) -> list[str]:
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return ["\n".join([*lines[:1], f"|{' --- |' * width}", *lines[1:]])]

    # pieces

    def pieces(self, content: Content) -> str:
        pieces = hugged(snug(content), lambda piece: isinstance(piece, Inline) and piece.kind in DROPPED)
        return "".join(self.piece(piece) for piece, loose in pieces if not loose)

    def piece(self, piece: Piece) -> str:
        if isinstance(piece, str):
            return markdown_escaped(piece)
        if isinstance(piece, Choice):
            calls = "".join(map(self.point, unseen_calls(piece)))
            return _marked(self.pieces(piece.best), self.changed(piece) + calls)
        if isinstance(piece, Point):
            return self.point(piece)
        if isinstance(piece, TextBlock):
            return self.pieces(piece.content)
        if piece.kind in PLAIN:
            return self.own_note(piece)
        inside = "" if piece.kind in DROPPED else self.pieces(piece.content)
        if piece.kind in ("emphasis", "stage") and inside.strip() == inside and inside and "*" not in inside:
            inside = f"*{inside}*"
        silent = piece.kind == "surplus" and not re.search(
            r"\w", corrected(piece.content)
        )  # a blank, a rule of a table
        told = piece.kind in MARKS and piece.first and not silent
        return _marked(inside, self.told(piece, piece.id)) if told else inside

    def point(self, point: Point) -> str:
        if point.kind == "gap":
            return "\\[…\\]" + self.told(point, point.id)
        note = self.notes.get(point.key) if point.kind == "call" else None
        if note is None:
            return ""
        said = self.pieces(note.content) + sure(self.text, note.cert)
        names = [entry.name if (entry := self.text.entry(key)) else key for key in note.sources]
        label = self.labels["sources" if len(names) > 1 else "one_source"]
        cited = f" {label}: {markdown_escaped('; '.join(names))}." if names else ""
        return self.footnote(note.id, said.strip() + cited)

    def changed(self, choice: Choice) -> str:
        """A private-use character is told of where it first stands."""
        if choice.key in self.signs:
            return ""
        self.signs |= {choice.key} - {""}
        return self.told(choice, choice.id)

    def told(self, piece: Piece, id: str) -> str:
        return self.footnote(id, markdown_escaped(explanation(self.text, piece)) + ".")

    def own_note(self, span: Inline) -> str:
        """A footnote of the source is one again: its marks make room for those of the format."""
        if span.kind == "back":
            return "" if any(key == span.key for key in self.own_marks()) else self.pieces(span.content)
        body = self.own.get(span.key if span.kind == "marker" else "")
        if body is None:
            return self.pieces(span.content)
        return self.footnote(body.id, self.pieces(body.content).strip())

    def own_marks(self) -> Iterator[str]:
        return (s.id for s in walk(self.body) if isinstance(s, Inline) and s.kind == "marker")

    def footnote(self, id: str, words: str) -> str:
        name = f"[^{re.sub(r'[^A-Za-z0-9.-]', '-', id)}]"
        self.foot.append(f"{name}: {words}")
        return name

    # the whole

    def whole(self) -> str:
        text = self.text
        head = [f"# {markdown_escaped(text.title)}"]
        head += [f"*{markdown_escaped(text.subtitle)}*"] if text.subtitle else []
        parts = [*head, *self.blocks(self.body), *self.foot]
        parts += [part for register in SHOWN_REGISTERS for part in self.register(register)]
        parts += [
            f"## {self.labels['about_edition']}",
            markdown_escaped(citation(text)),
            markdown_escaped(text.licence),
        ]
        return "\n\n".join(filter(None, parts)) + "\n"

    def register(self, register: str) -> Iterator[str]:
        entries = [entry for entry in self.text.entries if entry.register == register]
        if entries:
            yield f"## {self.labels[register]}"
            yield "\n".join(f"- {self.entry(entry)}" for entry in entries)

    def entry(self, entry: RegisterEntry) -> str:
        links = " ".join(f"<{address}>" for _, address in entry.links if " " not in address)
        said = " ".join(
            corrected(f.content).strip() for f in entry.facts if f.name in ("about", "cited", "role")
        )
        stop = "" if entry.name.endswith((".", "?", "!")) else "."
        return " ".join(
            filter(None, (f"**{markdown_escaped(entry.name)}**{stop}", markdown_escaped(said), links))
        )


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    files = {f"{text.name}.md": MarkdownWriter(text).whole().encode() for text in texts}
    return Export(files, accounted(edition, texts, residue=False))


WHY = "its words stand in the text as they are, without a mark"
HIDDEN = (
    "link", "relation", "interpretation", "person", "place", "org", "work", "event", "object", "group", "rs", "term", "name",
    "num", "measure", "bibl", "ref", "foreign", "date", "duration", "quotation", "q", "gloss", "element", "pb", "cb", "lb",
    "milestone", "hand-shift",
)  # fmt: skip

WRITER = Writer(
    name="markdown",
    tool="GitHub, pandoc, Obsidian, any editor",
    carries="the corrected text, its headings, paragraphs, verse, lists and tables; notes, corrections and footnotes as footnotes; "
    "the registers as lists",
    cannot="names, dates, glosses and quotations as such, page and line breaks, what belongs to the page and not to the text",
    opened="markdown-it-py: the words are those of the corrected text, every footnote is defined once",
    about="A file a text, in CommonMark with the footnotes and tables of GitHub and pandoc. The text stands in the corrected wording; "
    "what the source has stands in footnotes, beside the editors' notes. Footnotes of the source are footnotes again.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(Omission(WHY, of=" ".join(HIDDEN)),),
)
