"""The words of a text for readers: the seed's, the corrected ones, without other voices or residue, blanks in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from edition.exports.readers.model import RESIDUE, Choice, Content, Inline, Piece, Point, TextBlock

BLANKS = " \t\n\v\f\r\x85\u2028\u2029"
"""What is set as one blank, and not at all where a block begins; other white space there (U+3000) indents it."""
_closing = re.compile(r"\s|[.,;:!?)\]}»”’…、。，；：！？」』]").match
Predicate = Callable[[Piece], bool]


def diplomatic(content: Iterable[Piece]) -> str:
    """The words of the seed, every character of them."""
    return "".join(_diplomatic(piece, diplomatic) for piece in content)


def legible(content: Iterable[Piece]) -> str:
    """The words of the seed; for each private-use character that is described, what readers are shown."""
    return "".join(
        corrected(piece.best)
        if isinstance(piece, Choice) and piece.kind == "character"
        else _diplomatic(piece, legible)
        for piece in content
    )


def _diplomatic(piece: Piece, words: Callable[[Iterable[Piece]], str]) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Choice):
        return words(piece.seed)
    if isinstance(piece, Point) or (isinstance(piece, Inline) and piece.ours):
        return ""
    return words(piece.content)


DROPPED = ("surplus", "deletion", "hyphen")


def corrected(content: Iterable[Piece], gap: str = "[…]") -> str:
    """The words as the editors read them: corrections made, what is missing supplied, what is too much left out."""
    return "".join(_corrected(piece, gap) for piece, loose in hugged(tuple(content), _dropped) if not loose)


def _dropped(piece: Piece) -> bool:
    return isinstance(piece, Inline) and piece.kind in DROPPED


def _corrected(piece: Piece, gap: str) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Choice):
        return corrected(piece.best, gap)
    if isinstance(piece, Point):
        return gap if piece.kind == "gap" else ""
    return "" if _dropped(piece) else corrected(piece.content, gap)


def other_voice(piece: Piece) -> bool:
    """Words in the seed that are not the author's: glosses, footnotes and headings of others, and their markers."""
    if isinstance(piece, TextBlock):
        return piece.kind == "gloss" or (bool(piece.voice) and piece.kind != "quotation")
    return isinstance(piece, Inline) and (
        piece.kind == "gloss" or (piece.kind in ("marker", "footnote") and bool(piece.voice))
    )


def is_residue(piece: Piece) -> bool:
    """What belongs to the page that carries the text, and not to the text."""
    if isinstance(piece, TextBlock):
        return piece.residue
    return isinstance(piece, Inline) and (
        piece.kind == "fw" or (piece.kind == "surplus" and piece.value == RESIDUE)
    )


def without(content: Content, voices: bool = False, residue: bool = False) -> Content:
    """The content without other voices, or residue, and without the blanks that would be left over."""

    def hidden(piece: Piece) -> bool:
        return (voices and other_voice(piece)) or (residue and is_residue(piece))

    kept: list[Piece] = []
    for piece, loose in hugged(content, hidden):
        if loose or hidden(piece):
            continue
        if isinstance(piece, Choice):
            readings = (replace(r, content=without(r.content, voices, residue)) for r in piece.readings)
            kept.append(replace(piece, readings=tuple(readings)))
        elif isinstance(piece, Inline | TextBlock):
            kept.append(replace(piece, content=without(piece.content, voices, residue)))
        else:
            kept.append(piece)
    return tuple(kept)


def snug(content: Content) -> Content:
    """A note that follows words of the editors is called at the words, and not after a blank at their end."""
    pieces: list[Piece] = []
    for piece in content:
        last = pieces[-1] if pieces else None
        if isinstance(piece, Point) and piece.kind == "call" and isinstance(last, Inline) and last.ours:
            *before, words = last.content or ("",)
            if isinstance(words, str) and words != words.rstrip():
                kept = words.rstrip()
                pieces[-1] = replace(last, content=(*before, kept))
                pieces += [piece, replace(last, content=(words[len(kept) :],), id="", first=False)]
                continue
        pieces.append(piece)
    return tuple(pieces)


def hugged(content: Content, hidden: Predicate) -> Iterator[tuple[Piece, bool]]:
    """The pieces; and whether one is a blank that goes where its hidden neighbour goes.

    That is the blank before it, if a blank, a closing mark or nothing follows; else the blank after it.
    """
    pieces = list(content)
    begins = True  # nothing that is seen stands before the piece before this one
    for k, piece in enumerate(pieces):
        begins = begins and (k < 2 or not _seen(pieces[k - 2], hidden))
        if not isinstance(piece, str):
            yield piece, False
            continue
        after = k > 0 and begins and hidden(pieces[k - 1])
        ahead = k + 1 < len(pieces) and hidden(pieces[k + 1])
        lead = len(piece) - len(piece.lstrip()) if after else 0
        rest = piece[lead:]
        trail = (
            len(rest) - len(rest.rstrip()) if ahead and _closes(islice(pieces, k + 1, None), hidden) else 0
        )
        for part, loose in (
            (piece[:lead], True),
            (rest[: len(rest) - trail], False),
            (rest[len(rest) - trail :], True),
        ):
            if part:
                yield part, loose


def _seen(piece: Piece, hidden: Predicate) -> bool:
    return not hidden(piece) and bool(diplomatic((piece,)).strip())


def _closes(pieces: Iterable[Piece], hidden: Predicate) -> bool:
    """Whether what follows the hidden pieces wants no blank before it."""
    for piece in pieces:
        if not hidden(piece) and (words := diplomatic((piece,))):
            return _closing(words) is not None
    return True


def parted(content: Content) -> tuple[Content, str]:
    """The content, and the blanks at its end."""
    last = content[-1] if content else ""
    if isinstance(last, Inline):
        inside, blank = parted(last.content)
        return ((*content[:-1], replace(last, content=inside)), blank) if blank else (content, "")
    words = last.rstrip() if isinstance(last, str) else ""
    return ((*content[:-1], words), str(last)[len(words) :]) if words else (content, "")


def called_before_blanks(content: Content) -> Content:
    """Notes are called before the blanks after what they are about."""
    out: Content = ()
    after = ""
    for piece in content:
        if isinstance(piece, Point) and piece.kind == "call":
            out, blank = parted(out)
            out, after = (*out, piece), blank + after
        else:
            out, after = (*out, *filter(None, (after,)), piece), ""
    return (*out, after) if after else out


def opened(content: Content) -> Content:
    """The content of a block: without the blanks at its ends and the line that begins with it."""
    content = stripped(content)
    first = content[0] if content else ""
    return stripped(content[1:]) if isinstance(first, Point) and first.kind == "lb" else content


def capital(content: Content) -> Content:
    """Its first letter a capital."""
    first = content[0] if content else ""
    return (first[:1].upper() + first[1:], *content[1:]) if isinstance(first, str) and first else content


def stripped(content: Content) -> Content:
    """Without the blanks at its ends."""
    pieces = list(content)
    while pieces and isinstance(pieces[0], str) and not pieces[0].strip(BLANKS):
        del pieces[0]
    while pieces and isinstance(pieces[-1], str) and not pieces[-1].strip():
        del pieces[-1]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip(BLANKS)
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(pieces)


def unstopped(content: Content) -> Content:
    """Without the full stop at its end."""
    pieces = stripped(content)
    last = pieces[-1] if pieces else ""
    return (*pieces[:-1], last.removesuffix(".")) if isinstance(last, str) and pieces else pieces
