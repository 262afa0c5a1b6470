"""The one walk over the blocks of a text, for every format that is written from its beginning to its end.

Knows no format, and not the words in a line: the writers below say what a paragraph, a list or a table looks like.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Generic, TypeVar

from edition.exports.readers.model import Content, Inline, Piece, TextBlock
from edition.exports.readers.wording import opened
from edition.model.vocabulary import BLOCKS

T = TypeVar("T")
B = TypeVar("B")
INSET = ("quotation", "floating", "epigraph")
LISTS = ("list", "castList")
NUMBERED = frozenset(name for name, b in BLOCKS.items() if b.content == "text") - {
    "cell",
    "speaker",
    "label",
} | {"footnote"}
LOOSE = TextBlock("", ())  # stands for what is between blocks


class BlockWalk(ABC, Generic[T, B]):
    """Words of a line are a T; a paragraph or a table is one B or several. depth: of quotations.

    own: the source's footnotes by their ids; marked: ids of those that a sign in the text calls.
    """

    depth = 0
    own: dict[str, Inline | TextBlock]
    marked: set[str]

    # what each format does in its own way

    @abstractmethod
    def pieces(self, content: Content) -> T:
        """What stands in a line."""

    @abstractmethod
    def paragraph(self, block: TextBlock, said: T) -> list[B]:
        """Words of a block up to a block within them, or its end."""

    @abstractmethod
    def cell(self, block: TextBlock) -> B:
        """A cell of a table."""

    @abstractmethod
    def table(self, rows: list[list[B]], width: int) -> list[B]:
        """A table of rows, the longest of which has `width` cells."""

    def framed(self, block: TextBlock, inside: list[B]) -> list[B]:
        """What is in a block, with what stands around it."""
        return inside

    def verse(self, lines: list[TextBlock]) -> list[B]:
        """Lines of verse that follow each other."""
        return [b for line in lines for b in self.worded(line)]

    def listed(self, block: TextBlock) -> list[B]:
        """A list, which keeps its own marks."""
        return [b for part in gathered(block.content) for b in self.block(part)]

    # the walk

    def blocks(self, content: Content) -> list[B]:
        found: list[B] = []
        for is_verse, group in groupby((p for p in run_in(content) if not isinstance(p, str)), _is_verse):
            if is_verse:
                found += self.verse([piece for piece in group if isinstance(piece, TextBlock)])
            else:
                for piece in group:
                    found += self.block(piece) if isinstance(piece, TextBlock) else self.between(piece)
        return found

    def between(self, piece: Piece) -> list[B]:
        said = self.pieces((piece,))
        return self.paragraph(LOOSE, said) if said else []

    def block(self, block: TextBlock) -> list[B]:
        if block.kind == "footnote" and block.id in self.marked:
            return []
        if block.kind == "table":
            return self.framed(block, self.tabled(block))
        if block.kind in LISTS:
            return self.framed(block, self.listed(block))
        if not block.flow:
            return self.worded(block)
        self.depth += block.kind in INSET
        inside = self.blocks(block.content)
        self.depth -= block.kind in INSET
        return self.framed(block, inside)

    def worded(self, block: TextBlock) -> list[B]:
        """A block of words; blocks within them stand apart."""
        inside: list[B] = []
        for is_block, group in groupby(block.content, lambda piece: isinstance(piece, TextBlock)):
            pieces = tuple(group)
            if is_block:
                inside += [b for p in pieces if isinstance(p, TextBlock) for b in self.block(p)]
            elif said := self.pieces(opened(pieces)):
                inside += self.paragraph(block, said)
        return self.framed(block, inside)

    def tabled(self, block: TextBlock) -> list[B]:
        """A table, after its heading."""
        parts = gathered(block.content)
        before = [b for part in parts if part.kind != "row" for b in self.block(part)]
        rows = [[self.cell(cell) for cell in gathered(part.content)] for part in parts if part.kind == "row"]
        return [*before, *self.table(rows, max(map(len, rows), default=1))]


def _is_verse(piece: Piece) -> bool:
    return isinstance(piece, TextBlock) and piece.kind == "l"


def run_in(content: Content) -> list[Piece]:
    """A label before a paragraph begins its first line: P. S."""
    pieces: list[Piece] = []
    label: TextBlock | None = None
    for piece in content:
        if isinstance(piece, TextBlock) and piece.kind == "p" and label is not None:
            span = Inline("label", label.content, label.id, value=label.type, language=label.language)
            pieces.append(_with(piece, (span, " ", *piece.content)))
            label = None
        elif isinstance(piece, TextBlock):
            pieces += [label] if label is not None else []
            label = piece if piece.kind == "label" else None
            pieces += [] if label is piece else [piece]
        else:
            pieces.append(piece)
    return [*pieces, label] if label is not None else pieces


def gathered(content: Content) -> list[TextBlock]:
    """The parts of a list; what stands loose between them at the beginning of the next, or else the end of the last."""
    parts: list[TextBlock] = []
    loose: list[Piece] = []
    for piece in content:
        if isinstance(piece, TextBlock):
            parts.append(_with(piece, (*loose, *piece.content)) if loose else piece)
            loose = []
        elif not isinstance(piece, str):
            loose.append(piece)
    if loose and parts:
        parts[-1] = _with(parts[-1], (*parts[-1].content, *loose))
    return parts


def _with(block: TextBlock, content: Iterable[Piece]) -> TextBlock:
    return replace(block, content=tuple(content))
