"""Editors' words: CommonMark → plain text and the elements over it; and that as TEI.

A line break inside a paragraph is one space (so that wrapping a note anew changes nothing), in a reading it
stays. Paragraphs are two line ends apart, items of a list one. Beyond CommonMark: no raw HTML, no images, no
headings, tables, rules or link definitions; and a number with a full stop begins a list only if it is 1 and a second
item follows, since “9. August 1931” is a date and its 9 would be lost.

Knows no registers: whether a link leads anywhere is for others to say. The parser is imported only where a text has
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from edition.model.diagnostics import shortened
from edition.model.vocabulary import KINDS
from edition.model.xml import FORBIDDEN, XmlElement

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_MENTIONS = [kind for kind in KINDS.values() if kind.shape == "mention"]
SCHEMES: dict[str, tuple[str, tuple[tuple[str, str], ...], str]] = {
    **{kind.name: (kind.element, (("type", kind.type),) if kind.type else (), "ref") for kind in _MENTIONS},
    "voice": ("name", (("type", "voice"),), "ref"),
    "bibl": ("bibl", (), "corresp"),
    "note": ("ref", (), "target"),
}
"""What a link may begin with (`person:KEY`): the element it becomes, its attributes, and the one that points."""
WEB = re.compile(r"(?:https?://|mailto:|urn:|doi:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)
half_link = re.compile(rf"\]\((?:{'|'.join(SCHEMES)}):[^()]*\)?")
KEY = re.compile(r"[^\W\d][\w.-]*")
links_in = re.compile(rf"(?<!!)\[([^\[\]]+)\]\(({'|'.join(SCHEMES)}):({KEY.pattern})\)").split
span_markup = re.compile(r"[\\`*_<&\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|\][(:]").search
inline_markup = re.compile(r"[\\`*_\[\]<&\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]").search
block_markup = re.compile(r"[#>+=~-]|\d{1,9}[.)]").match
EMPTY = "a sign that begins a list or a quotation has no words: write \\ before it for the sign itself"
LISTS = {"bullet_list": "bulleted", "ordered_list": "numbered"}
HOLDERS = {"list_item": "item", "blockquote": "quote"}
REFUSED = {
    "html_block": "raw HTML is not read: write \\< for the sign itself",
    "html_inline": "raw HTML is not read: write \\< for the sign itself",
    "image": "a note holds no images",
    "heading": "a note holds no headings: a line that begins with # or is underlined with - or = is one",
    "hr": "a note holds no rules: a line of --- or *** is one",
    "table": "a note holds no tables: a line of |---| makes one",
}
LEADS = "write https://…, person:KEY, place:KEY, … or note:ID"
DEEPEST = 24  # more than the parser nests


class Part(NamedTuple):
    """An element over code points of `Words.text`. Parts stand in document order; `rank` is their depth, from 0."""

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    rank: int = 0
    block: bool = False


class Link(NamedTuple):
    """A pointer into a register (`kind` is its scheme: person, place, …) or at an id (`note`).

    `start` and `end` are the linked words in `Words.text`; its target stands `at` a place of what was written.
    """

    kind: str
    key: str
    start: int
    end: int
    at: tuple[int, int]


class NoteProblem(NamedTuple):
    """Why something may not stand in a note, and its place in what was written."""

    message: str
    start: int
    end: int


class Words(NamedTuple):
    """Editors' words: plain text, and the elements, links and problems over it."""

    text: str
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[NoteProblem, ...] = ()


def words(text: str) -> Words:
    """The words of a note. Each of several paragraphs is a `p`; a single one is only its words."""
    bare = text.strip()
    one_line = not block_markup(bare) and "\n" not in bare and "\t" not in bare
    if one_line and not inline_markup(bare):
        return Words(bare)
    short = _linked(bare, text.index(bare)) if one_line else _plain(bare)
    return short or _Reader(text).note()


def _plain(text: str) -> Words | None:
    """Paragraphs without any markup; None if there may be some. (To import the parser takes 50 ms.)"""
    if inline_markup(text) or "|" in text or "\t" in text:
        return None
    lines = text.split("\n")
    for line in lines:
        bare = line.strip(" ")
        if line.startswith("    ") or line.endswith("  ") or block_markup(bare) or bare != bare.strip():
            return None
    paragraphs = re.split(r"\n\n+", "\n".join(line.strip(" ") for line in lines))
    paragraphs = [paragraph.replace("\n", " ") for paragraph in paragraphs]
    if len(paragraphs) == 1:
        return Words(paragraphs[0])
    ends = list(accumulate(len(paragraph) + 2 for paragraph in paragraphs))
    parts = (
        Part(end - 2 - len(p), end - 2, "p", block=True) for p, end in zip(paragraphs, ends, strict=True)
    )
    return Words("\n\n".join(paragraphs), tuple(parts))


def inline_words(text: str) -> Words:
    """The words of a reading: it has no blocks, and keeps its white space at both ends and at line ends."""
    if not inline_markup(text):
        return Words(text)
    return _linked(text) or _Reader(text).reading()


def _linked(text: str, shift: int = 0) -> Words | None:
    """A line with links, or brackets that make none, and no other markup; None if there may be some.

    It begins `shift` code points into what was written.
    """
    *pieces, rest = links_in(text)
    if any(span_markup(piece) for piece in (*pieces[::4], *pieces[1::4], rest)):
        return None
    said, parts, links = "", [], []
    for before, label, scheme, key in zip(*(iter(pieces),) * 4, strict=True):
        start, end = len(said) + len(before), len(said) + len(before) + len(label)
        element, pairs, attribute = SCHEMES[scheme]
        at = shift + text.index(target := f"{scheme}:{key}")
        parts.append(Part(start, end, element, (*pairs, (attribute, f"#{key}"))))
        links.append(Link(scheme, key, start, end, (at, at + len(target))))
        said += before + label
    return Words(said + rest, tuple(parts), tuple(links))


class _Reader:
    """A text on its way: pieces of plain text, parts as they open, and a cursor in what was written."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.bare = written.strip()
        self.shift = len(written) - len(written.lstrip())
        self.lines = [0, *(m.end() for m in re.finditer("\n", self.bare))]
        self.cursor = 0
        self.pieces: list[str] = []
        self.length = self.depth = 0
        self.parts: list[Part] = []
        self.links: list[Link] = []
        self.problems: list[NoteProblem] = []

    def note(self) -> Words:
        blocks, definitions = note_tree(self.bare)
        self.blocks(blocks)
        for label, line in definitions.items():
            self.cursor = self.lines[line]
            self.refuse("a link is written at its words: [words](target)", f"[{label}]")
        return self.words()

    def reading(self) -> Words:
        self.put(self.written[: self.shift])
        if self.bare:
            self.inline(reading_tree(self.bare))
            self.put(self.written[self.shift + len(self.bare) :])
        return self.words()

    def words(self) -> Words:
        text, self.cursor = "".join(self.pieces), 0
        for character in dict.fromkeys(FORBIDDEN.findall(text)):
            self.refuse(f"XML cannot hold the character U+{ord(character):04X}", character)
        return Words(text, tuple(self.parts), tuple(self.links), tuple(self.problems))

    # what is written

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    @contextmanager
    def part(self, element: str, *pairs: tuple[str, str], block: bool = False) -> Iterator[None]:
        """An element over what is put inside `with`."""
        index, depth = len(self.parts), self.depth
        self.parts.append(Part(self.length, 0, element, pairs, depth, block))
        self.depth += 1
        yield
        self.depth = depth
        self.parts[index] = self.parts[index]._replace(end=self.length)

    def place(self, needle: str) -> tuple[int, int]:
        """Where something stands in what was written: from the cursor on, or else the line of the cursor."""
        at = self.bare.find(needle, self.cursor) if needle else -1
        if at < 0:
            at = self.cursor
            needle = self.bare[at:].partition("\n")[0] or " "
        return self.shift + at, self.shift + at + len(needle)

    def refuse(self, message: str, needle: str) -> None:
        self.problems.append(NoteProblem(message, *self.place(needle)))

    # blocks

    def blocks(self, nodes: Sequence[SyntaxTreeNode], between: str = "\n\n") -> None:
        for k, node in enumerate(nodes):
            if k:
                self.put(between)
            if node.map:
                self.cursor = self.lines[node.map[0]]
            self.block(node, len(nodes) == 1)

    def block(self, node: SyntaxTreeNode, alone: bool) -> None:
        if node.type in LISTS:
            with self.part("list", ("rend", LISTS[node.type]), block=True):
                self.blocks(node.children, "\n")
        elif node.type in HOLDERS:
            if not node.children:
                self.refuse(EMPTY, node.markup)
            with self.part(HOLDERS[node.type], block=True):
                self.blocks(node.children)
        elif node.type in REFUSED:
            self.refuse(REFUSED[node.type], node.content.partition("\n")[0])
        elif alone:
            self.paragraph(node)
        else:
            with self.part("p", block=True):
                self.paragraph(node)

    def paragraph(self, node: SyntaxTreeNode) -> None:
        if node.type == "paragraph":
            self.inline(node.children[0])
        else:
            with self.part("code", *((("lang", node.info.split()[0]),) if node.info.strip() else ())):
                self.put(node.content.rstrip("\n"))

    # inside a paragraph

    def inline(self, node: SyntaxTreeNode) -> None:
        for child in node.children:
            kind = child.type
            if kind == "text":
                self.text(child.content)
            elif kind == "softbreak":
                self.put(" ")
            elif kind == "hardbreak":
                self.put("\n")
                with self.part("lb"):
                    pass
            elif kind == "code_inline":
                with self.part("code"):
                    self.put(child.content)
            elif kind in ("em", "strong"):
                with self.part("hi", ("rend", "italic" if kind == "em" else "bold")):
                    self.inline(child)
            elif kind == "link":
                self.link(child, str(child.attrs.get("href", "")))
            else:
                self.refuse(REFUSED[kind], child.content if kind == "html_inline" else "![")

    def text(self, text: str) -> None:
        for half in half_link.findall(text):
            self.refuse(f"“{shortened(half)}” is no link: between ( and ) stands one key", half)
        self.put(text)

    def link(self, node: SyntaxTreeNode, target: str) -> None:
        if not node.children:
            self.refuse("a link stands over words: [words](target)", target)
        scheme, colon, key = target.partition(":")
        if target.startswith("#") or (not colon and KEY.fullmatch(target)):
            scheme, key = "note", target.removeprefix("#")
        if scheme in SCHEMES and KEY.fullmatch(key):
            element, pairs, attribute = SCHEMES[scheme]
            start = self.length
            with self.part(element, *pairs, (attribute, f"#{key}")):
                self.inline(node)
            self.links.append(Link(scheme, key, start, self.length, self.place(target)))
        elif WEB.fullmatch(target):
            with self.part("ref", ("target", target)):
                self.inline(node)
        else:
            self.refuse(f"the link “{shortened(target)}” leads nowhere: {LEADS}", target)
            self.inline(node)


def as_element(words: Words) -> XmlElement:
    """Words with the elements over them, as TEI: mixed content."""
    inside = _nested(words, words.parts, 0, len(words.text))
    return XmlElement("", (), tuple(child for child in inside if child))


def _nested(words: Words, parts: Sequence[Part], at: int, end: int) -> Iterator[XmlElement | str]:
    """What stands between two places of the words; `parts` are those that stand there."""
    k = 0
    while k < len(parts):
        part, first = parts[k], k + 1
        k = next((i for i in range(first, len(parts)) if parts[i].rank <= part.rank), len(parts))
        yield words.text[at : part.start]
        inside = _nested(words, parts[first:k], part.start, part.end)
        yield XmlElement(part.element, part.attributes, tuple(child for child in inside if child))
        at = part.end
    yield words.text[at:end]


@cache
def _parser(reading: bool) -> MarkdownIt:
    """The parser for readings, whose line ends stay text, or for notes. Links are taken as written, and judged here."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser = parser.disable("newline") if reading else parser.enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def reading_tree(text: str) -> SyntaxTreeNode:
    """A reading as a tree of inline nodes."""
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser(True).parseInline(text)).children[0]


def note_tree(text: str) -> tuple[list[SyntaxTreeNode], dict[str, int]]:
    """The blocks of a note, and its link definitions, each with its line (from 0)."""
    from markdown_it.tree import SyntaxTreeNode

    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(_parse(text, env))
    return tree.children, {d["title"]: d["map"][0] for d in env.get("references", {}).values()}


def _parse(text: str, env: dict[str, Any]) -> Sequence[Token]:
    """The tokens of a note, after numbers that begin no list have been escaped."""
    parse = _parser(False).parse
    tokens = parse(text, env)
    for _ in range(DEEPEST):
        numbers = dict(_no_items(tokens))
        if not numbers:
            break
        lines = text.split("\n")
        for line, marker in numbers.items():
            lines[line] = lines[line].replace(marker, f"{marker[:-1]}\\{marker[-1]}", 1)
        text = "\n".join(lines)
        tokens = parse(text, env)
    return tokens


def _no_items(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Line and number of items whose list is none: it does not begin with 1, or has one item."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type == "ordered_list_close":
            items = lists.pop()
            if len(items) == 1 or items[0].info != "1":
                yield from ((item.map[0], item.info + item.markup) for item in items if item.map)
