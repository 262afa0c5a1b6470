"""CommonMark text → markdown-it's syntax tree. Knows no TEI. Imported only where a text has markup.

One rule is narrower than CommonMark's: a number with a full stop begins a list only if it is 1 and a second
item follows, since “9. August 1931” is a date and its 9 would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

DEEPEST = 24  # more than the parser nests


@cache
def _parser(reading: bool) -> MarkdownIt:
    """Of a reading the line ends stay text. Links are taken as written: prose judges them."""
    parser = MarkdownIt("commonmark")
    parser = parser.disable("newline") if reading else parser.enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def reading_tree(text: str) -> SyntaxTreeNode:
    """One line of text: its inline nodes."""
    return SyntaxTreeNode(_parser(True).parseInline(text)).children[0]


def note_tree(text: str) -> tuple[list[SyntaxTreeNode], dict[str, int]]:
    """The blocks of a note; and the link definitions it holds, with the line each stands in."""
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(_parse(text, env))
    return tree.children, {d["title"]: d["map"][0] for d in env.get("references", {}).values()}


def _parse(text: str, env: dict[str, Any]) -> Sequence[Token]:
    """Tokens, after numbers that begin no list have been escaped."""
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
    """Line and number of the items of numbered lists that are none: not begun with 1, or of one item."""
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
