"""The nouns. Frozen, without behaviour beyond the obvious; offsets are code points of the seed text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span
from edition.model.vocabulary import Block

EDITOR = "editor"  # whose words an element holds
SEED = "seed"


class Seed(NamedTuple):
    """A source text as received. `blocks`: runs of lines between blank lines, trimmed of white space."""

    source: Source
    blocks: tuple[tuple[int, int], ...]
    sha256: str
    size: int

    @property
    def text(self) -> str:
        return self.source.text


class Quote(NamedTuple):
    """W3C TextQuoteSelector: the exact words, narrowed by what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    within_word: bool = False


class Occurrence(NamedTuple):
    """`2 of 4`, `all of 7`, `1, 3 of 4`. No numbers: all. No total: `all` alone."""

    numbers: tuple[int, ...]
    total: int | None
    at: Node


Side = Literal["", "before", "after"]


class Quotation(NamedTuple):
    """A quotation as a file writes it, and which of its places are meant (None: it has to have one only)."""

    quote: Quote
    at: Node
    occurrence: Occurrence | None = None


# Where: a selector has one of these forms, and every form has the fields that mean something in it, and no others.
# `within` is what an `in:` says: the passage in which the words are looked for.


class Quoted(NamedTuple):
    """`quote`: the words themselves; or a point `before` or `after` them (W3C TextQuoteSelector)."""

    words: Quotation
    side: Side = ""
    within: Area | None = None


class Passage(NamedTuple):
    """`from` … `to`: from the first words to the last, or to the end of the block (W3C RangeSelector)."""

    first: Quotation
    last: Quotation | None = None
    within: Area | None = None


class Between(NamedTuple):
    """What stands `after` some words and `before` others: only to confine another selector."""

    after: Quotation | None
    before: Quotation | None
    within: Area | None = None


class Matched(NamedTuple):
    """`match`: all that a regular expression (RE2) finds; `total`: how often."""

    pattern: str
    at: Node
    total: int | None = None
    within: Area | None = None


class Offsets(NamedTuple):
    """Code points `start` to `end` of the seed (W3C TextPositionSelector); `quote` says what has to stand there."""

    start: int
    end: int
    at: Node
    quote: Quote | None = None
    within: Area | None = None


class MarkerAndBody(NamedTuple):
    """The two places of a footnote."""

    marker: Textual
    body: Textual


class On(NamedTuple):
    """Other annotations, by their ids."""

    ids: tuple[str, ...]
    at: Node


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole text: `on: text`."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """No place in the text: a relation between entries of the registers."""


Area = Quoted | Passage | Between
Textual = Quoted | Passage | Matched | Offsets  # those that lead to places of the seed by themselves
Selector = Textual | MarkerAndBody | On | Whole | Nowhere


class Claim(NamedTuple):
    """What is claimed of a place: a kind and its value, with the fields beside it. `node` is the YAML mapping."""

    kind: str
    value: str
    node: Mapping
    at: Scalar | Node
    by: str = ""
    cert: str = ""
    source: tuple[str, ...] = ()
    comment: str = ""
    id: str = ""
    voice: str = ""
    use: str = ""
    alternatives: tuple[Claim, ...] = ()

    def field(self, name: str) -> str:
        """A field's text, or "" where it is not written."""
        return self.node.text(name)


class Annotation(NamedTuple):
    """One entry of `annotations:`: a place, and what is claimed of it."""

    selector: Selector
    claims: tuple[Claim, ...]
    node: Mapping


@dataclass(frozen=True, slots=True)
class Anchored:
    """A claim found in the seed. `last`: the last of the places its annotation was found at (1 if it is the only one)."""

    claim: Claim
    start: int
    end: int
    index: int = 0
    places: int = 1
    voice: tuple[int, int] | None = None
    side: Side = ""


class Entry(NamedTuple):
    """An entry of a register. `node` is its YAML mapping; `source` the file it stands in."""

    register: str
    key: str
    node: Mapping
    source: Source
    at: Scalar

    @property
    def place(self) -> Span:
        return Span(self.source, self.at.start, self.at.end)

    def text(self, name: str) -> str:
        return self.node.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that may be one text or a list of them."""
        return self.node.texts(name)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A field that is a mapping of texts."""
        return tuple(self.node.inner(name).pairs().items())


@dataclass(frozen=True, slots=True)
class Registers:
    """All entries of a project by key: a key is unique over all registers, since it becomes an xml:id.

    language: that of their texts where nothing else is said.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    language: str = ""

    def of(self, register: str) -> list[Entry]:
        return [e for e in self.entries.values() if e.register == register]

    def get(self, key: str) -> Entry | None:
        return self.entries.get(key)


class PlacedBlock(NamedTuple):
    """A block laid over the seed. `claim` holds its fields; `anchored` is the annotation that is this block, or -1.

    pairs: attributes of its own. made: the convention that found it. inline: it stands within a line of text.
    """

    block: Block
    start: int
    end: int
    type: str = ""
    claim: Claim | None = None
    anchored: int = -1
    order: int = 0
    pairs: tuple[tuple[str, str], ...] = ()
    made: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Convention:
    """How texts show a kind of block: what a pattern finds becomes one.

    patterns: `match`, or `marker` and `body` of footnotes (RE2). level: of the divisions it opens, 1 the highest.
    who: for speeches, the words of a speaker → whose they are.
    """

    node: Mapping
    source: Source
    becomes: str
    patterns: dict[str, Any]
    of: str = "block"
    within: str = ""
    opens: str = ""
    type: str = ""
    level: int = 0
    voice: str = ""
    runs_on: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    who: dict[str, str] = field(default_factory=dict)

    def levelled(self, level: int) -> Convention:
        return self if self.level else replace(self, level=level)

    @property
    def place(self) -> Span:
        at = self.node.items.get("becomes", self.node)
        return Span(self.source, at.start, at.end)
