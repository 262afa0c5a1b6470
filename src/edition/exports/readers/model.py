"""A text as its readers see it: blocks of pieces, notes, registers, what the header says. Knows no TEI and no output.

The strings in the content are the words of the text and hold every character of the seed, the white space between blocks
too (in a block of blocks it may be passed over). `reader.read` makes it; `worded` tells its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))
RIGHT_TO_LEFT_SCRIPTS = frozenset(("Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"))
RESIDUE = (
    "residue"  # the type of a block, or reason of a surplus, that belongs to the page and not to the text
)


@dataclass(frozen=True, slots=True)
class Inline:
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
class TextBlock:
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


Piece = str | Inline | Choice | Point | TextBlock
Content = tuple[Piece, ...]


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
class RegisterEntry:
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
class IndexedDate:
    """A date of the index. value: as TEI has it; said: in words; order: what it is sorted by."""

    value: str
    said: str
    order: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an annotation claims, as it has it: its kind, the value, all fields. shape: what kinds of its sort have.

    words: those it is about, on one line; place, note: the number of their block, or of the note they stand in.
    """

    id: str
    kind: str
    shape: str
    value: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    words: str
    place: str
    note: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says. editors: key and name; revised: the latest change, or the date of publication; facts: rows
    of all else, in its order."""

    title: str
    subtitle: str
    author: str
    editors: tuple[tuple[str, str], ...]
    publisher: str
    published: str
    revised: str
    licence: str
    licence_url: str
    series: str
    sha256: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Header):
    """Everything that readers get of one text."""

    name: str
    language: str
    tongue: str
    body: TextBlock
    notes: tuple[Note, ...]
    entries: tuple[RegisterEntry, ...]
    moments: tuple[IndexedDate, ...]
    claims: tuple[Claimed, ...]

    def entry(self, key: str) -> RegisterEntry | None:
        return next((e for e in self.entries if e.key == key), None)


def direction(language: str) -> str:
    """`rtl` for scripts that run from right to left, else `ltr`."""
    first, *rest = language.split("-")
    scripts = {part.title() for part in rest}
    right = scripts & RIGHT_TO_LEFT_SCRIPTS or (first.lower() in RIGHT_TO_LEFT and "Latn" not in scripts)
    return "rtl" if right else "ltr"


def contents_of(piece: Piece) -> tuple[Content, ...]:
    """What stands in a piece: one content, or that of each reading."""
    if isinstance(piece, Choice):
        return tuple(reading.content for reading in piece.readings)
    return (piece.content,) if isinstance(piece, Inline | TextBlock) else ()


def walk(content: Iterable[Piece]) -> Iterator[Piece]:
    """Every piece and what is in it, in document order."""
    for piece in content:
        yield piece
        for within in contents_of(piece):
            yield from walk(within)


def unseen_calls(choice: Choice) -> list[Point]:
    """The notes that only a state calls which is not the best: where one state is shown, their calls follow it."""
    others = [p for r in choice.readings if r.content is not choice.best for p in walk(r.content)]
    seen = {p.key for p in walk(choice.best) if isinstance(p, Point) and p.kind == "call"}
    return [p for p in others if isinstance(p, Point) and p.kind == "call" and p.key not in seen]
