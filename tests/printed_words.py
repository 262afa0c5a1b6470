"""The words that a printed text must have, told from `reading` alone: what the writers themselves make of it is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from edition.exports.readers.model import Choice, Content, Inline, Text, TextBlock, walk
from edition.exports.readers.wording import corrected, without

SIGNS = re.compile(r"\[(?:p|S|col|Sp)\. [^]]*\]|\|")  # pages, columns, lines of the source, that print shows


def words_of(words: str) -> str:
    """White space is one blank."""
    return re.sub(r"[ \t-\r\x85\u2028\u2029]+", " ", words)


def solid(words: str) -> str:
    """Without white space: lines break where they may. Signs that only direct the line are left out, too."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+", "", words)


def moved(text: Text) -> Content:
    """The content, without each footnote of the source that is called, its mark, and the hyphens of lines."""
    body = without(text.body.content, residue=True)
    marked = {s.key for s in walk(body) if isinstance(s, Inline) and s.kind == "marker"}
    own = {b.id for b in walk(body) if isinstance(b, Inline | TextBlock) and b.kind == "footnote"}

    def kept(content: Content) -> Content:
        found = []
        for piece in content:
            if isinstance(piece, Inline | TextBlock):
                if (piece.kind == "footnote" and piece.id in marked) or piece.kind == "hyphen":
                    continue
                if isinstance(piece, Inline) and piece.kind == "marker" and piece.key in own:
                    continue
                piece = replace(piece, content=kept(piece.content))
            elif isinstance(piece, Choice):
                piece = replace(
                    piece, readings=tuple(replace(r, content=kept(r.content)) for r in piece.readings)
                )
            found.append(piece)
        return tuple(found)

    return kept(body)


def running(text: Text) -> str:
    """The running words, corrected, without white space."""
    return solid(SIGNS.sub("", corrected(moved(text))))


def called(text: Text) -> Iterator[str]:
    """The words of each editors' note on what is printed, without white space."""
    there = {getattr(p, "key", "") for p in walk(without(text.body.content, residue=True))}
    for note in text.notes:
        if note.id in there:
            yield solid(corrected(note.content))


def own_notes(text: Text) -> Iterator[str]:
    """The first words of each footnote of the source: notes on it come later."""
    for piece in walk(text.body.content):
        if isinstance(piece, Inline | TextBlock) and piece.kind == "footnote":
            back = [p for p in piece.content if isinstance(p, Inline) and p.kind == "back"]
            rest = corrected(tuple(p for p in piece.content if p not in back))
            yield solid(rest)[:30]
