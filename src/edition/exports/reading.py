"""A text as its readers see it: blocks of pieces, notes, registers, what the header says. Knows no TEI and no output.

The strings in the content are the words of the text and hold every character of the seed, the white space between blocks
too (in a block of blocks it may be passed over). `reader.read` makes it; the functions here tell its words and leave
out voices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))
RIGHT_TO_LEFT_SCRIPTS = frozenset(("Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"))
RESIDUE = (
    "residue"  # the type of a block, or reason of a surplus, that belongs to the page and not to the text
)
_closing = re.compile(r"\s|[.,;:!?)\]}»”’…、。，；：！？」』]").match


@dataclass(frozen=True, slots=True)
class Span:
    """Words, and what is said of them. `id`: the annotation's, the same in all formats.

    kind      name (a proper name, `key` of an entry) · reference (any other mention of an entry) · date · duration ·
              quotation · q · gloss · footnote · marker (of the text's own footnote, whose id is `key`) · back ·
              signature (of the voice `key`) · phrase · term · num · measure · foreign · emphasis · ref · bibl · title ·
              surplus · unclear · damage · deletion · addition · supplied · interpretation (a category, `key`) · evidence ·
              mark (a quotation mark that stands alone) · hyphen (where a line breaks a word) · code · element
              · or a block of the vocabulary that stands within a line: stage, label, salute, signed, dateline, role …
    value     what is claimed: a date as TEI has it, a number, a type, a reason, an address
    said      the same in words of the text's language (dates, durations)
    voice     who speaks, where it is not the author
    ours      the words are the editors' and not the seed's
    others    what else it may be: (value or key, cert)
    first     not the continuation of what another block or piece has begun
    """

    kind: str
    content: tuple[Piece, ...]
    id: str = ""
    key: str = ""
    value: str = ""
    said: str = ""
    voice: str = ""
    cert: str = ""
    by: str = ""
    language: str = ""
    ours: bool = False
    others: tuple[tuple[str, str], ...] = ()
    first: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One state of a place. role: sic corr orig reg abbr expan del add lem rdg; char shown (of a private-use character).

    `ours`: the editors read it, and the seed does not have it."""

    role: str
    content: tuple[Piece, ...]
    ours: bool = False
    witnesses: tuple[str, ...] = ()
    cert: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """States of one place. One is the seed's, if any.

    kind      correction · normalization · expansion · substitution · reading · character (a private-use one, which no font
              has, and what is shown instead: neither is an editor's reading)
    key, said of a character: its description
    """

    kind: str
    readings: tuple[Reading, ...]
    id: str = ""
    key: str = ""
    said: str = ""

    @property
    def seed(self) -> tuple[Piece, ...]:
        return next((r.content for r in self.readings if not r.ours), ())

    @property
    def best(self) -> tuple[Piece, ...]:
        """What the editors read: the correction, the usual form, the last state, the lemma."""
        return next((r.content for r in self.readings if r.role in BEST), self.seed)


BEST = ("corr", "reg", "expan", "add", "lem", "shown")


@dataclass(frozen=True, slots=True)
class Point:
    """A place without words. kind: pb cb lb milestone gap call (of the note `key`) anchor hand element.

    value: its number, reason or unit; joined: it stands inside a word; said: the extent of a gap, the image of a page.
    """

    kind: str
    id: str = ""
    key: str = ""
    value: str = ""
    said: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the structure; `kind` is its name in the vocabulary (div head p lg l sp … floating), or body, quotation,
    gloss, footnote, caption (a heading of a figure, list or table).

    n, id     as in the TEI
    level     of a heading: 1 the highest
    indent    of a line of verse: blanks of the seed before it
    part      of a line of verse in parts: I M F
    voice     who speaks, where it is not the author
    flow      its content are blocks and points; strings in it are the seed's white space
    """

    kind: str
    content: tuple[Piece, ...]
    id: str = ""
    n: str = ""
    type: str = ""
    level: int = 0
    indent: int = 0
    part: str = ""
    voice: str = ""
    language: str = ""
    flow: bool = False
    first: bool = True

    @property
    def residue(self) -> bool:
        return self.kind == "fw" or self.type == RESIDUE


Piece = str | Span | Choice | Point | Block
Content = tuple[Piece, ...]
Predicate = Callable[[Piece], bool]


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note. targets: ids of what it is about; place: number of the block it stands in; sources: keys or URLs."""

    id: str
    number: int
    content: Content
    targets: tuple[str, ...] = ()
    place: str = ""
    by: str = ""
    cert: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entry or a date is named: id of the span, number of its block, or of the note it stands in."""

    id: str
    place: str
    note: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said in a row: `name` is a key of `labels`; `cert` and `sources` where they are told."""

    name: str
    content: Content
    cert: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register as this text needs it. short: a line without markup; facts: birth, occupation, about …"""

    key: str
    register: str
    name: str
    language: str = ""
    variants: tuple[str, ...] = ()
    short: str = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of the index. value: as TEI has it; said: in words; order: what it is sorted by."""

    value: str
    said: str
    order: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Everything that readers get of one text. `facts` are rows of the header, in its order."""

    name: str
    language: str
    tongue: str
    title: str
    subtitle: str
    author: str
    body: Block
    notes: tuple[Note, ...]
    entries: tuple[Entry, ...]
    moments: tuple[Moment, ...]
    facts: tuple[Fact, ...]
    editors: tuple[tuple[str, str], ...]
    publisher: str
    published: str
    revised: str
    licence: str
    licence_url: str
    series: str
    sha256: str

    def entry(self, key: str) -> Entry | None:
        return next((e for e in self.entries if e.key == key), None)


def direction(language: str) -> str:
    """`rtl` for scripts that run from right to left, else `ltr`."""
    first, *rest = language.split("-")
    scripts = {part.title() for part in rest}
    right = scripts & RIGHT_TO_LEFT_SCRIPTS or (first.lower() in RIGHT_TO_LEFT and "Latn" not in scripts)
    return "rtl" if right else "ltr"


def inner(piece: Piece) -> tuple[Content, ...]:
    """What stands in a piece: one content, or that of each reading."""
    if isinstance(piece, Choice):
        return tuple(reading.content for reading in piece.readings)
    return (piece.content,) if isinstance(piece, Span | Block) else ()


def walk(content: Iterable[Piece]) -> Iterator[Piece]:
    """Every piece and what is in it, in document order."""
    for piece in content:
        yield piece
        for within in inner(piece):
            yield from walk(within)


def unseen_calls(choice: Choice) -> list[Point]:
    """The notes that only a state calls which is not the best: where one state is shown, their calls follow it."""
    others = [p for r in choice.readings if r.content is not choice.best for p in walk(r.content)]
    seen = {p.key for p in walk(choice.best) if isinstance(p, Point) and p.kind == "call"}
    return [p for p in others if isinstance(p, Point) and p.kind == "call" and p.key not in seen]


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
    if isinstance(piece, Point) or (isinstance(piece, Span) and piece.ours):
        return ""
    return words(piece.content)


DROPPED = ("surplus", "deletion", "hyphen")


def corrected(content: Iterable[Piece], gap: str = "[…]") -> str:
    """The words as the editors read them: corrections made, what is missing supplied, what is too much left out."""
    return "".join(_corrected(piece, gap) for piece, loose in hugged(tuple(content), _dropped) if not loose)


def _dropped(piece: Piece) -> bool:
    return isinstance(piece, Span) and piece.kind in DROPPED


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
    if isinstance(piece, Block):
        return piece.kind == "gloss" or (bool(piece.voice) and piece.kind != "quotation")
    return isinstance(piece, Span) and (
        piece.kind == "gloss" or (piece.kind in ("marker", "footnote") and bool(piece.voice))
    )


def is_residue(piece: Piece) -> bool:
    """What belongs to the page that carries the text, and not to the text."""
    if isinstance(piece, Block):
        return piece.residue
    return isinstance(piece, Span) and (
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
        elif isinstance(piece, Span | Block):
            kept.append(replace(piece, content=without(piece.content, voices, residue)))
        else:
            kept.append(piece)
    return tuple(kept)


def snug(content: Content) -> Content:
    """A note that follows words of the editors is called at the words, and not after a blank at their end."""
    pieces: list[Piece] = []
    for piece in content:
        last = pieces[-1] if pieces else None
        if isinstance(piece, Point) and piece.kind == "call" and isinstance(last, Span) and last.ours:
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
    for k, piece in enumerate(pieces):
        if not isinstance(piece, str):
            yield piece, False
            continue
        after = k > 0 and hidden(pieces[k - 1]) and not _before(pieces[: k - 1], hidden)
        ahead = k + 1 < len(pieces) and hidden(pieces[k + 1])
        lead = len(piece) - len(piece.lstrip()) if after else 0
        rest = piece[lead:]
        trail = len(rest) - len(rest.rstrip()) if ahead and _closes(pieces[k + 1 :], hidden) else 0
        for part, loose in (
            (piece[:lead], True),
            (rest[: len(rest) - trail], False),
            (rest[len(rest) - trail :], True),
        ):
            if part:
                yield part, loose


def _before(pieces: list[Piece], hidden: Predicate) -> bool:
    """Whether anything that is seen stands before."""
    return any(not hidden(piece) and diplomatic((piece,)).strip() for piece in pieces)


def _closes(pieces: list[Piece], hidden: Predicate) -> bool:
    """Whether what follows the hidden pieces wants no blank before it."""
    for piece in pieces:
        if not hidden(piece) and (words := diplomatic((piece,))):
            return _closing(words) is not None
    return True
