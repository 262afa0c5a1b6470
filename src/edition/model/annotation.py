"""The nouns of the annotation format, as they are read and anchored: seeds, selectors, claims, registers, blocks.

All are frozen. `start` and `end` are code points of the seed's text, counted from 0, the last one not included; `at` and
`node` are nodes of the YAML file, for messages. Knows neither how they are read nor what becomes of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span
from edition.model.vocabulary import Block


class Seed(NamedTuple):
    """A source text as received, its line ends read as U+000A. `sha256` and `size` are those of its UTF-8 bytes.

    `blocks` are the places of its runs of lines between blank lines, without the white space at both ends.
    """

    source: Source
    blocks: tuple[tuple[int, int], ...]
    sha256: str
    size: int

    @property
    def text(self) -> str:
        return self.source.text


class Quote(NamedTuple):
    """Words, narrowed by what stands directly before and after them (TextQuoteSelector, W3C Web Annotation 4.2.4).

    `within_word`: they may begin or end inside a word.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    within_word: bool = False


class Occurrence(NamedTuple):
    """Which of several places are meant: `2 of 4`, `all of 7`, `1, 3 of 4`, `all`.

    `numbers` count from 1, and are empty for “all”; `total` is None where only `all` is written.
    """

    numbers: tuple[int, ...]
    total: int | None
    at: Node


Side = Literal["", "before", "after"]


class Quotation(NamedTuple):
    """A quotation as a file writes it. Where `occurrence` is None, it has to stand at one place only."""

    quote: Quote
    at: Node
    occurrence: Occurrence | None = None


# A selector says where an annotation stands. Each form has the fields that mean something in it, and no others;
# `within` is the passage that `in:` confines the search to.


class Quoted(NamedTuple):
    """The words that `quote` gives; or, with a `side`, the point directly before or after words."""

    words: Quotation
    side: Side = ""
    within: Area | None = None


class Passage(NamedTuple):
    """A passage `from` its first words `to` its last, or to the end of its block (RangeSelector, W3C 4.2.9)."""

    first: Quotation
    last: Quotation | None = None
    within: Area | None = None


class Between(NamedTuple):
    """What stands `after` some words and `before` others. It confines another selector, and never stands alone."""

    after: Quotation | None
    before: Quotation | None
    within: Area | None = None


class Matched(NamedTuple):
    """All places that a regular expression (RE2) finds; `total` says how many there must be."""

    pattern: str
    at: Node
    total: int | None = None
    within: Area | None = None


class Offsets(NamedTuple):
    """Code points of the seed (TextPositionSelector, W3C 4.2.5); `quote` says which words have to stand there."""

    start: int
    end: int
    at: Node
    quote: Quote | None = None
    within: Area | None = None


class MarkerAndBody(NamedTuple):
    """The two places of a footnote in the seed: its sign in the text, and its words."""

    marker: Textual
    body: Textual


class On(NamedTuple):
    """What other annotations stand on, given by their ids."""

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
    """What is claimed of a place: a kind and its value, with the fields beside it.

    `node` is the mapping that holds them, `at` the node of the value; `alternatives` are the claims under `or`.
    """

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


class Anchored(NamedTuple):
    """A claim at one of the places where its annotation was found; a point has start == end.

    `index` counts these places from 0, `places` is how many there are. `voice` is the place of a signature in it.
    """

    claim: Claim
    start: int
    end: int
    index: int = 0  # type: ignore[assignment]  # and not the method of a tuple
    places: int = 1
    voice: tuple[int, int] | None = None
    side: Side = ""


class Entry(NamedTuple):
    """An entry of a register: the mapping under a key of the file `source`. `at` is that key."""

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
        """The texts of a field that may be one text or a list of them."""
        return self.node.texts(name)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """The names and texts of a field that is a mapping of texts."""
        return tuple(self.node.inner(name).pairs().items())


class Registers(NamedTuple):
    """All entries of a project by key: a key is unique over all registers, since it becomes an xml:id.

    `language` is the language of their texts where nothing else is said.
    """

    entries: dict[str, Entry]
    language: str = ""

    def of(self, register: str) -> list[Entry]:
        return [e for e in self.entries.values() if e.register == register]

    def get(self, key: str) -> Entry | None:
        return self.entries.get(key)


class PlacedBlock(NamedTuple):
    """A block over code points of the seed. `claim` holds its fields.

    `anchored` is the index of the annotation that is this block, or -1; `order` sorts blocks of equal extent; `pairs` are
    attributes of its own; `made` names the convention that found it; `inline`: it stands within a line of text.
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


class Convention(NamedTuple):
    """How texts show a kind of block: what a pattern finds becomes one.

    `patterns` are compiled (RE2): `match`, or `marker` and `body` of footnotes. `level` is that of the divisions it opens,
    1 the highest. `who` leads from what a speaker is called in the text to a key or id.
    """

    node: Mapping
    source: Source
    becomes: str
    patterns: dict[str, Any]
    of: str
    within: str
    opens: str
    type: str
    level: int
    voice: str
    runs_on: bool
    fields: dict[str, str]
    who: dict[str, str]

    @property
    def place(self) -> Span:
        at = self.node.items.get("becomes", self.node)
        return Span(self.source, at.start, at.end)
