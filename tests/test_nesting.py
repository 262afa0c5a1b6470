"""What stands in what where extents are equal, whatever stands before it and whatever the order of the file."""

from __future__ import annotations

import json
import random
from functools import cache
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.model.edition import Built
from edition.model.events import CLOSE, OPEN, TEXT
from edition.model.vocabulary import Kind
from nesting import ON_WORDS, annotation, build

CONTAINING = {"quotation": "quote", "q": "q", "gloss": "note"}
"""Kinds that contain whole blocks, and their elements."""

# a block: its words, its line under `structure:`, and the words that it covers
CONTAINED = {
    "p": ("W", "", "W"),
    "ab": ("W", "ab: W", "W"),
    "l": ("W", "l: W", "W"),
    "lg": ("W\nWe", "lg: a, from: W, to: We", "W\nWe"),
    "list": ("W\nWe", "list: a, from: W, to: We", "W\nWe"),
    "table": ("W\tWe", "table: a, from: W, to: We", "W\tWe"),
    "sp": ("W\nWe", "sp: {from: W, to: We}", "W\nWe"),
}
HOLDING = {  # those that make divisions last
    "item": ("W\nWe", "list: a, from: W, to: We", "W"),
    "cell": ("W\tWe", "table: a, from: W, to: We", "W"),
    "speaker": ("W\nWe", "sp: {from: W, to: We, contains: [speaker: W]}", "W"),
    "head": ("W\n\nWe", "div: a, from: W, to: We, contains: [head: W]", "W"),
    "salute": ("W\n\nWe", "div: a, from: W, to: We, contains: [opener: {salute: W}]", "W"),
    "dateline": ("W\n\nWe", "div: a, from: W, to: We, contains: [opener: {dateline: W}]", "W"),
    "signed": ("We\n\nW", "div: a, from: We, to: W, contains: [closer: {signed: W}]", "W"),
}
BLOCKS = CONTAINED | HOLDING


def _named(block: str, kind: Kind) -> str:
    return f"W{list(BLOCKS).index(block)}x{ON_WORDS.index(kind)}x"


def _kinds(block: str) -> list[Kind]:
    """The kinds that may cover a block; what holds words of the editors covers no two lines (and TEI has rules)."""
    lines = "\n" in BLOCKS[block][2] or "\t" in BLOCKS[block][2]
    some = [kind for kind in ON_WORDS if not lines or kind.shape not in ("choice", "sides")]
    return [kind for kind in some if kind.name != "bibl" or block not in ("speaker", "dateline")]


@cache
def _covered(before: int) -> tuple[Built, dict[str, list[str]]]:
    """After this many paragraphs every block, covered by every kind in turn; and the elements around each word."""
    seed, structure, annotations = ["a"] * before, [], []
    for block, (words, line, covered) in BLOCKS.items():
        for kind in _kinds(block):
            w = _named(block, kind)
            seed.append(words.replace("W", w))
            if line:
                structure.append("- {" + line.replace("W", w) + "}")
            quote = covered.replace("W", w).replace("\n", " ").replace("\t", " ")
            annotations.append(annotation(kind, quote))
    built = build("\n\n".join(seed) + "\n", annotations, "structure:\n" + "\n".join(structure))
    stack: list[str] = []
    around: dict[str, list[str]] = {}
    composed = built.composed
    for event in composed.events:
        if event[0] == OPEN:
            stack.append(composed.elements[event[1]].name)
        elif event[0] == CLOSE:
            stack.pop()
        elif event[0] == TEXT and (found := composed.text[event[1] : event[2]].split()):
            around.setdefault(found[0], [*stack])
    return built, around


@pytest.mark.parametrize("before", [0, 50, 100, 1000])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_kind_over_a_whole_block(block: str, before: int) -> None:
    _, around = _covered(before)
    for kind in _kinds(block):
        names = around[_named(block, kind)]
        contains = kind.name in CONTAINING and block in CONTAINED
        own = (
            "q"
            if kind.name == "quotation" and block == "dateline"
            else CONTAINING.get(kind.name, kind.element)
        )
        assert (names.index(own) < names.index(block)) == contains, (kind.name, names)


@pytest.mark.parametrize("before", [0, 50, 100, 1000])
def test_all_of_them_are_valid(before: int) -> None:
    built, _ = _covered(before)
    assert [(d.rule.code, d.message) for d in built.diagnostics if d.rule.code.startswith("E")] == []
    assert built.data


def _pairs() -> tuple[str, list[str]]:
    """Two paragraphs for every pair of kinds: both on the whole of one, both on a word of the other, with equal comments.

    Two of one kind differ in their values, or in their words where values exclude each other.
    """
    seed, annotations = [], []
    for k, (one, other) in enumerate(combinations_with_replacement(ON_WORDS, 2)):
        if one.name == "bibl" and other.shape in ("date", "duration"):
            continue  # no date is both, in TEI
        seed += [f"W{k}x W{k}y", f"W{k}w W{k}z"]
        same = one is other and one.shape not in ("phrase", "quotation", "gloss")
        for kind, variant, words in ((one, "a", f"W{k}x"), (other, "b", f"W{k}y" if same else f"W{k}x")):
            annotations.append(annotation(kind, words, variant, ", comment: Same words."))
        if not same:
            both = f"W{k}w W{k}z"
            annotations += [
                annotation(one, both, "a"),
                annotation(other, both, "b", ", comment: Same words."),
            ]
    return "\n\n".join(seed) + "\n", annotations


BESIDE = [
    "{note: One note., on: text}",
    "{note: Another note., on: text}",
    "{note: Another note., on: text, cert: low}",
    '{relation: opponent, active: people-a, passive: people-b, quote: "W1x"}',
    '{relation: opponent, active: people-a, passive: people-b, quote: "W2x"}',
    "{relation: opponent, active: people-b, passive: people-a}",
    '{term: a, quote: "W3y", id: one}',
    '{term: a, quote: "W4y", id: two}',
    '{term: a, quote: "W5y", id: three}',
    "{link: allusion, on: [one, two]}",
    "{link: allusion, on: [two, three]}",
    "{note: On one., on: one}",
    "{note: On one., on: two}",
    "{note: On both., on: [one, two]}",
    '{note: Here., before: "W6x"}',
    '{note: Here., quote: "W6x"}',
    '{note: Here., quote: "W7x W7y"}',
    '{note: Here., quote: "W7y"}',
    '{element: w, words: editor, text: a, before: "W8x", id: first}',
    '{element: w, words: editor, text: a, before: "W8x", id: second}',
    '{date: "1937", calendar: julian, quote: "W9y"}',
    '{date: "1937", calendar: coptic, quote: "W10y"}',
]


@cache
def _in_order() -> tuple[str, list[str], tuple[bytes, list[str]]]:
    text, annotations = _pairs()
    annotations += BESIDE
    return text, annotations, _outcome(build(text, annotations))


def _outcome(built: Built) -> tuple[bytes, list[str]]:
    """The bytes of a text, and what is told of it."""
    told = sorted(f"{d.rule.code} {d.message}" for d in built.diagnostics)
    assert built.data is not None, told
    return built.data, told


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1 << 32))
def test_the_order_of_annotations_has_no_effect(start: int) -> None:
    text, annotations, outcome = _in_order()
    shuffled = random.Random(start).sample(annotations, len(annotations))
    assert _outcome(build(text, shuffled)) == outcome


def test_nor_has_the_order_turned_around() -> None:
    text, annotations, outcome = _in_order()
    assert _outcome(build(text, annotations[::-1])) == outcome


MARKS = ("“”", "„“", "«»", "「」", "''", '""', "  ")  # the last are none
WHOLE = {  # what stands in the seed between two other paragraphs, its structure, and the blocks that must be contained
    "a paragraph": ("W", "", "p"),
    "two paragraphs": ("W.\n\nWe", "", "p p"),
    "paragraphs on lines of one block": ("W\nWe", 'p: "{0}W"\n- p: "We{1}"', "p p"),
    "one of two paragraphs that are named": ("W", 'p: "{0}W{1}"', "p"),
    "blocks without a name": ("W\n\nWe", 'ab: "{0}W"\n- ab: "We{1}"', "ab ab"),
    "verse": ("W\nWe", 'lg: a, from: "{0}W", to: "We{1}"', "lg l l"),
    "a poem": ("W\nWe\n\nWo\nWi", 'lg: a, from: "{0}W", to: "Wi{1}"', "lg lg l l lg l l"),
    "a list and a paragraph": ("W\nWe\n\nWo", 'list: a, from: "{0}W", to: We', "list item item p"),
    "a table": ("W\tWe\nWo\tWi", 'table: a, from: "{0}W", to: "Wi{1}"', "table row cell cell row cell cell"),
    "a speech": ("W\n\nWe", 'sp: {{from: "{0}W", to: "We{1}"}}', "sp p p"),
}


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("kind", ["quotation", "q"])
@pytest.mark.parametrize("case", WHOLE)
def test_a_quotation_of_whole_blocks_contains_them(case: str, kind: str, marks: str) -> None:
    words, structure, blocks = WHOLE[case]
    left, right = marks[0].strip(), marks[1].strip()
    line = structure.format(left.replace('"', '\\"'), right.replace('"', '\\"'))
    text = f"a\n\n{left}{words}{right}\n\nb\n"
    quoted = json.dumps(f"{left}{words}{right}".replace("\n", " ").replace("\t", " "), ensure_ascii=False)
    written = "\n".join("- " + (f"{{{one}}}" if ", " in one else one) for one in line.split("\n- ") if one)
    built = build(text, [f"{kind}: a\n  quote: {quoted}"], f"structure:\n{written}" if written else "")
    assert built.data is not None, built.diagnostics
    names = [built.composed.elements[e[1]].name for e in built.composed.events if e[0] == OPEN]
    assert names == ["p", CONTAINING[kind], *blocks.split(), "p"]
    assert [e.name for e in built.composed.elements if e.name == "pc"] == []
