"""Units of text, the words in them, and offsets as others count them. Nothing is guessed: no sentence is split."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator

from edition.anchor.lines_as_blocks import text_blocks
from edition.anchor.word_edges import inside_character, is_looked_through, splits_word
from edition.model.edition import Built
from edition.model.spans import Place, trimmed


def text_units(built: Built) -> list[Place]:
    """The outermost blocks of text (paragraphs, headings, lines of verse), white space at their ends left out."""
    text = built.document.seed.text
    return [
        place for zone in text_blocks(built.anchoring.blocks) if (place := trimmed(text, zone))[0] < place[1]
    ]


def tokens(text: str, start: int, end: int, edges: Container[int] = ()) -> Iterator[Place]:
    """Words, and all other characters singly; in scripts without spaces each character. Cut at `edges`, too.

    A private-use character that stands at a word belongs to it: it may be an abbreviation. What is no edge of a word
    (joiners, marks of direction) belongs to what stands before it, else to what follows.
    """
    first = start
    for at in range(start, end):
        if at > first and (_parts(text, first, at) or at in edges):
            if not text[first].isspace():
                yield first, at
            first = at
    if first < end and not text[first].isspace():
        yield first, end


def _parts(text: str, first: int, at: int) -> bool:
    """Whether a token ends here that began at `first`."""
    if text[at].isspace() or text[at - 1].isspace():
        return True
    if is_looked_through(text[at]) or all(is_looked_through(text[k]) for k in range(first, at)):
        return False
    if splits_word(text, at) or inside_character(text, at):
        return False
    sides = "".join("x" if unicodedata.category(c) == "Co" else c for c in text[at - 1 : at + 1])
    return sides == text[at - 1 : at + 1] or not splits_word(sides, 1)


def utf16(text: str) -> Callable[[int], int]:
    """Of a text: code points → UTF-16 code units, as Java and JavaScript count: a character beyond U+FFFF is two."""
    beyond = [k for k, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(beyond, offset)
