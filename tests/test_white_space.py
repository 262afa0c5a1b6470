"""White space that is none for XML is text: it stands in a block, never between blocks, and comes back as it was."""

# ruff: noqa: E501  (a case is a line)

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

import edition
from edition.anchor.white_space import with_white_space
from edition.model.annotation import PlacedBlock
from edition.model.vocabulary import BLOCKS
from tei_schema import edition as whole
from tei_schema import faults
from test_structure import Result

CHARACTERS = [
    "\u3000",
    "\u00a0",
    "\u2003",
    "\u202f",
    "\u0085",
    "\u2028",
    "\u1680",
    "\u205f",
    "\u3000\u00a0 \u2003",
]
CHAPTER = "structure: [{div: chapter, from: One a, to: Two, contains: [{head: {quote: One a}}]}]\n"
TABLE = "structure: [{table: x, from: One a, to: v}]\n"
CASES = {  # what stands in the seed (`~`: the character), and what is said of it
    "the first paragraph": ("~One a.\n\nTwo.\n", ""),
    "a later paragraph": ("Two.\n\n~One a.\n", ""),
    "a second line": ("Two.\n~One a.\n", ""),
    "the end of a block": ("One a.~\n\nTwo.\n", ""),
    "the end of a text": ("One a.\n\nTwo.~", ""),
    "both ends": ("~One a.~\n\n~Two.~\n", ""),
    "a line of its own": ("One.\n\n~\n\nTwo.\n", ""),
    "a line of its own, close": ("One.\n~\nTwo.\n", ""),
    "a line of its own, first": ("~\n\nOne.\n\nTwo.\n", ""),
    "a line of its own, last": ("One.\n\nTwo.\n\n ~ \n", ""),
    "a heading": ("~One a\n\nTwo", CHAPTER),
    "the end of a heading": ("One a~\n~\nTwo~\n", CHAPTER),
    "a heading quoted with it": ("Zero.\n\n~One a\n\n~Two\n", 'structure: [{div: chapter, from: "~One a", to: Two, contains: [{head: "~One a"}]}]\n'),
    "a division": ("Zero.\n\n~One a\n\n~Two~\n\n~\n", CHAPTER),
    "between divisions": ("~One a\n\nTwo.\n~\n~One b\n\nTwo.\n", "conventions: [{becomes: head, match: '^One', opens: div, type: chapter}]\n"),
    "a verse": ("~One a\n~Two~\nThree\n~\n~One b\n", "structure: [{lg: poem, from: One a, to: One b}]\n"),
    "a list": ("~One a\n~Two~\n~One b\n\n~Three.\n", "structure: [{list: x, from: One a, to: One b}]\n"),
    "a table": ("~One a\tx~\n~y\t~Two\n~\tz\nw\t~\n~ \tOne b\t ~\tv~\n", TABLE),
    "a table with bars": ("~One a~|~x~\ny |~Two\n~\nOne b | v~\n", TABLE.replace("to: v", "to: v, cells: '|'")),
    "a quotation of blocks": ("~Zero.\n\n~One a.~\n\n~One b.~\n\n~Two.\n", "annotations: [{quotation: said, from: One a., to: One b.}]\n"),
    "a quotation that quotes it": ("~Zero.\n\n~One a.~\n\n~Two.\n", 'annotations: [{quotation: said, quote: "~One a."}]\n'),
    "a footnote": ("~One* a.~\n\n~* Note.~\n\n~Two.\n", "annotations: [{footnote: {marker: {quote: '*', prefix: One}, body: {quote: '* Note.'}}}]\n"),
    "a word at the start": ("Two.\n\n~One a.\n", "annotations: [{emphasis: italic, quote: One}]\n"),
}  # fmt: skip
HOLDERS = ("body", "div", "lg", "list", "row", "table", "quote")
SAID = "types: {quotation: {said: Somebody says it.}, div: {chapter: A chapter.}}\n"


@pytest.mark.parametrize("before", [0, 60])
@pytest.mark.parametrize("place", CASES)
@pytest.mark.parametrize("character", CHARACTERS, ids=ascii)
def test_it_stands_in_a_block_and_comes_back(character: str, place: str, before: int, tmp_path: Path) -> None:
    seed, said = (part.replace("~", character) for part in CASES[place])
    if '"' in said:
        said = CASES[place][1].replace("~", "".join(f"\\u{ord(c):04x}" for c in character))
    result = Result(tmp_path, "Before.\n\n" * before + seed, said, SAID)
    assert result.full, result.diagnostics
    assert_holds(result, "Before.\n\n" * before + seed)
    (proved,) = edition.prove(tmp_path)
    assert proved.ok


def assert_holds(result: Result, seed: str) -> None:
    """The text is the seed, and between blocks stands nothing but what XML takes for white space."""
    tree = etree.fromstring(f"<body>{result.full}</body>".encode())
    assert "".join(tree.itertext()) == seed
    assert faults(whole(result.full)) == []
    for holder in tree.iter(*HOLDERS):
        between = [holder.text, *(child.tail for child in holder)]
        assert not "".join(filter(None, between)).strip(" \n\t")


ODD = st.text(st.sampled_from("ab\n\n \t\u3000\u00a0\u2028"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(ODD, ODD, st.sampled_from(["", "div: x", "lg: x", "list: x", "table: x"]))
@example("a\t\n\xa0\n", "", "table: x")  # it belongs to the empty cell before it
def test_any_white_space_anywhere(inside: str, after: str, name: str) -> None:
    seed = f"{after}\n\nOne {inside} end.\n\n{after}"
    structure = f"structure: [{{{name}, from: One, to: end.}}]\n" if name else ""
    with TemporaryDirectory() as folder:
        result = Result(Path(folder), seed, structure)
        if name != "div: x" or not after.strip():
            assert result.full, result.diagnostics
        if result.full:
            assert_holds(result, seed)


PLACES = [  # blocks drawn by brackets, before and after
    ("{a}  \n\n~\n{b}", "{a  \n\n~}\n{b}"),
    ("{a}~\n~\n~{b}", "{a~\n~}\n{~b}"),
    ("~\n{a}", "{~\na}"),
    ("[{a}]~\n\n~[{b}]", "[{a~}]\n\n[{~b}]"),
    ("[{a}\n~]\n{b}", "[{a\n~}]\n{b}"),
    ("{a}\n[~\n{b}]", "{a}\n[{~\nb}]"),
    ("{a} ~ {b}", "{a ~} {b}"),
    ("[[{a}]]\u3000", "[[{a\u3000}]]"),
]


@pytest.mark.parametrize(("found", "widened"), PLACES)
def test_what_it_belongs_to(found: str, widened: str) -> None:
    blocks, text = placed(found.replace("~", "\u00a0"))
    assert with_white_space(blocks, text) == placed(widened.replace("~", "\u00a0"))[0]


def placed(drawn: str) -> tuple[list[PlacedBlock], str]:
    """The blocks of a drawing, divisions in [], paragraphs in {}, and the text without these signs."""
    text, blocks, stack = "", list[PlacedBlock](), list[int]()
    for sign in drawn:
        if sign in "[{":
            stack.append(len(blocks))
            blocks.append(PlacedBlock(BLOCKS["div" if sign == "[" else "p"], len(text), 0))
        elif sign in "]}":
            k = stack.pop()
            blocks[k] = blocks[k]._replace(end=len(text))
        else:
            text += sign
    return blocks, text


@pytest.mark.parametrize("character", ["\u3000", "\u00a0", "\u2003", "\u202f", "\u1680", "\u205f"], ids=ascii)
def test_readers_see_it(character: str, tmp_path: Path) -> None:
    """At the end of a block it is left out; U+0085, U+2028 and U+2029 are set as a blank, as line ends are."""
    seed = f"{character}One{character}a{character}\n\n{character}v\n{character}w\n"
    Result(tmp_path, seed, "structure: [{lg: x, from: v, to: w}]\n")
    edition.export(tmp_path, ["markdown"])
    made = (tmp_path / "out/exports/markdown/text.md").read_text("utf-8")
    assert f"\n{character}One{character}a\n\n{character}v\\\n{character}w\n" in made
