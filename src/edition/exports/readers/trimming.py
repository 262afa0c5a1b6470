"""Content without what stands at its ends: blanks, a full stop, the line that begins with it."""

from __future__ import annotations

from dataclasses import replace

from edition.exports.readers.reading import Content, Point, Span


def parted(content: Content) -> tuple[Content, str]:
    """The content, and the blanks at its end."""
    last = content[-1] if content else ""
    if isinstance(last, Span):
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
    while pieces and isinstance(pieces[0], str) and not pieces[0].strip():
        del pieces[0]
    while pieces and isinstance(pieces[-1], str) and not pieces[-1].strip():
        del pieces[-1]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(pieces)


def unstopped(content: Content) -> Content:
    """Without the full stop at its end."""
    pieces = stripped(content)
    last = pieces[-1] if pieces else ""
    return (*pieces[:-1], last.removesuffix(".")) if isinstance(last, str) and pieces else pieces
