"""Changes of YAML by splicing: what is read again is what was meant, and every other byte is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.format.splice import (
    Add,
    Change,
    Put,
    as_tuples,
    change_of,
    double_quoted,
    edit_of,
    edited,
    spliced,
)
from edition.format.yaml import read_yaml
from edition.model.diagnostics import Edit, errors
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span

EXAMPLES = {
    "a value": ("a: one # why\nb: 2\n", ("put", "one", "two"), "a: two # why\nb: 2\n"),
    "a value that wants quotes": ("a: one\n", ("put", "one", "- two"), 'a: "- two"\n'),
    "in single quotes": ("a: 'one'\n", ("put", "one", "it's"), "a: 'it''s'\n"),
    "in double quotes": ('{a: "one"}\n', ("put", "one", 'a "b"\\'), '{a: "a \\"b\\"\\\\"}\n'),
    "a value that was empty": ("a: # why\nb: 2\n", ("put", "", "x"), 'a: "x" # why\nb: 2\n'),
    "an empty value in braces": ("{a, b: 2}", ("put", "", "x"), '{a: "x", b: 2}'),
    "a block scalar": ("a: |-  # why\n  one\n  two\n\nb: 2\n", ("put", "one\ntwo", "x"), 'a: "x"  # why\n\nb: 2\n'),
    "a key": ("a: 1 # why\n", ("put", "a", "b"), "b: 1 # why\n"),
    "a key of a list": ("- qoute: x\n  b: 2\n", ("put", "qoute", "quote"), "- quote: x\n  b: 2\n"),
    "a new key": ("- a: 1 # why\n# next\n- c: 1\n", ("add", "a", "b"), '- a: 1 # why\n  b: new\n# next\n- c: 1\n'),
    "a new key in braces": ("- {a: 1 }\n", ("add", "a", "b"), '- {a: 1, b: new }\n'),
    "a new key in empty braces": ("a: {}\n", ("add", "", "b"), 'a: {b: new}\n'),
    "a new key before a block scalar": (
        "- a: 1\n  text: |\n    one\n\n- c: 1\n", ("add", "a", "b"), '- a: 1\n  b: new\n  text: |\n    one\n\n- c: 1\n'
    ),
    "a new key where all are block scalars": (
        "- text: |\n    one\n- c: 1\n", ("add", "text", "b"), '- b: new\n  text: |\n    one\n- c: 1\n'
    ),
    "a new key after what is nested": (
        "a:\n  x:\n    - 1\n    - 2 # why\n\nz: 3", ("add", "x", "b"), 'a:\n  x:\n    - 1\n    - 2 # why\n  b: new\n\nz: 3'
    ),
    "a new key at the end of a file without a line end": ("a: 1", ("add", "a", "b"), 'a: 1\nb: new'),
    "a new key among CRLF": ("a: 1\r\nb: 2\r\n", ("add", "a", "c"), 'a: 1\r\nb: 2\r\nc: new\r\n'),
}  # fmt: skip
NOT_DONE = {
    "a key that is there": ("a: 1\nb: 2\n", ("put", "a", "b")),
    "a pair in brackets": ("- [a: 1]\n", ("add", "a", "b")),
    "a character that XML has not": ("a: 1\n", ("put", "1", "\x01")),
}


def within(node: Node) -> list[Node]:
    """All nodes, keys as well, in the order of the file."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Mapping):
        pairs = ([node.keys[name], *within(child)] for name, child in node.items.items())
        return [node, *(inner for pair in pairs for inner in pair)]
    return [node, *(inner for child in node.items for inner in within(child))]


def change(root: Node, what: tuple[str, str, str]) -> Change:
    verb, words, new = what
    if verb == "put":
        return Put(next(n for n in within(root) if isinstance(n, Scalar) and n.text == words), new)
    return Add(
        next(n for n in within(root) if isinstance(n, Mapping) and (words in n.items or not n.items)),
        new,
        "new",
    )


@pytest.mark.parametrize(("text", "what", "wanted"), EXAMPLES.values(), ids=EXAMPLES)
def test_a_change_is_spliced_in(text: str, what: tuple[str, str, str], wanted: str) -> None:
    source = Source("a.yaml", text)
    root = read_yaml(source)[0]
    assert root is not None
    assert spliced(source, [edit_of(source, change(root, what))]) == wanted


@pytest.mark.parametrize(("text", "what"), NOT_DONE.values(), ids=NOT_DONE)
def test_what_would_come_out_otherwise_is_not_done(text: str, what: tuple[str, str, str]) -> None:
    source = Source("a.yaml", text)
    root = read_yaml(source)[0]
    assert root is not None
    assert spliced(source, [edit_of(source, change(root, what))]) is None


def test_an_edit_that_is_no_change_is_not_done() -> None:
    source = Source("a.yaml", "a: one two\n")
    assert spliced(source, [Edit(Span(source, 3, 6), "three")]) is None


@given(st.text())
def test_a_quoted_text_is_read_as_it_was(text: str) -> None:
    node, found = read_yaml(Source("", double_quoted(text)))
    if errors(found):
        assert [d.rule.code for d in found] == ["E103"]  # what XML cannot hold
    else:
        assert isinstance(node, Scalar) and node.text == text


# files as scholars write them

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
NAMES = st.sampled_from(["person", "quote", "in", "a b", "über", "1937", "x.y"])
WORDS = st.text(st.sampled_from("ab é1.,:'\"#-\\&{}[]|>@%~!? \n\t…“”\u00a0𝔘"), max_size=12)
COMMENTS = st.sampled_from(["", "", " # a note", "  # “x”: {y}"])
Data = Any  # what WORDS, lists and mappings of them give


def _tree() -> st.SearchStrategy[Data]:
    inner = st.recursive(
        WORDS,
        lambda child: st.lists(child, max_size=3) | st.dictionaries(NAMES, child, max_size=4),
        max_leaves=6,
    )
    return st.dictionaries(NAMES, inner, min_size=1, max_size=4)


class Writer:
    """Data as YAML, in one of the many ways to write it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def scalar(self, text: str, flow: bool, room: int) -> str:
        ways = [double_quoted(text)]
        if text and not set(text) - set("abé1. …𝔘") and text == text.strip():
            ways += [text, text, text]
        if text.isprintable():
            ways.append("'" + text.replace("'", "''") + "'")
        if not text:
            ways.append("")
        if not flow and text and not set(text) - set("ab é1.,:\n") and text.strip(" \n") == text:
            lines = "".join(f"\n{' ' * room}{line}" if line else "\n" for line in text.split("\n"))
            ways += [self.pick("|-", "|", "|+", "|- # keep") + lines + self.pick("", "\n", "\n\n")]
        return self.pick(*ways)

    def key(self, name: str) -> str:
        return double_quoted(name) if self.draw(st.integers(0, 5)) == 0 else name

    def flow(self, data: Data) -> str:
        if isinstance(data, str):
            return self.scalar(data, True, 0)
        gap = self.pick("", " ", " ")
        if isinstance(data, list):
            return "[" + gap + ", ".join(self.flow(d) or '""' for d in data) + gap + "]"
        return "{" + gap + ", ".join(f"{self.key(k)}: {self.flow(v)}" for k, v in data.items()) + gap + "}"

    def block(self, data: Data, indent: int, lead: str) -> str:
        """What stands behind `key:` or `-`: on the same line or on the next ones, with the line end."""
        if isinstance(data, str):
            written = self.scalar(data, False, indent + 2)
            comment = "" if "\n" in written else self.draw(COMMENTS)
            return f"{' ' if written else ''}{written}{comment}\n"
        if not data or self.draw(st.integers(0, 2)) == 0:
            return f" {self.flow(data)}{self.draw(COMMENTS)}\n"
        room = indent + 2
        parts = self.parts(data, room)
        if lead == "-" and self.draw(st.booleans()):
            return " " + "".join(parts)[room:]
        between = self.pick("", "", "# between\n", "\n")
        return self.draw(COMMENTS) + "\n" + between.join(parts)

    def parts(self, data: Data, room: int) -> list[str]:
        margin = " " * room
        if isinstance(data, list):
            return [f"{margin}-{self.block(d, room, '-')}" for d in data]
        return [f"{margin}{self.key(k)}:{self.block(v, room, ':')}" for k, v in data.items()]


@st.composite
def files(draw: st.DrawFn) -> Source:
    text = "".join(Writer(draw).parts(draw(_tree()), 0))
    text = draw(st.sampled_from(["", "# a letter\n"])) + text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return Source("a.yaml", text.rstrip("\r\n") if draw(st.booleans()) else text)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Source, Node, Change]:
    source = draw(files())
    root, found = read_yaml(source)
    assert root is not None and not errors(found), "the writer of this test writes no YAML"
    node = draw(st.sampled_from([n for n in within(root) if isinstance(n, Scalar | Mapping)]))
    if isinstance(node, Mapping):
        return source, root, Add(node, "new key", draw(WORDS))
    return source, root, Put(node, draw(WORDS) + "!")


@RELAXED
@given(changed())
def test_any_change_is_done_and_nothing_else(case: tuple[Source, Node, Change]) -> None:
    source, root, change = case
    edit = edit_of(source, change)
    new = edited(source.text, [edit])
    again, found = read_yaml(Source("a.yaml", new))
    assert again is not None and not errors(found)
    assert as_tuples(again) == as_tuples(root, [change])
    assert change_of(source, root, edit) == change
    assert spliced(source, [edit]) == new
    comments = source.text.count("# a note") + source.text.count("# keep") + source.text.count("# between")
    assert new.count("# a note") + new.count("# keep") + new.count("# between") == comments


@RELAXED
@given(files())
def test_no_edits_change_nothing(source: Source) -> None:
    assert spliced(source, []) == source.text
