"""Marks without a partner, in the ways of several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.checks.unpaired import unpaired
from edition.read.seed import seed_blocks


def alone(text: str) -> list[int]:
    return [at for _, places in unpaired(text, seed_blocks(text)) for at in places]


PAIRED = (
    "He said “yes”.",
    "Er sagte „ja“, und „nein”.",
    "Er sagte »ja«, und ›nein‹.",
    "Il dit « oui », puis « ‹ non › ».",
    "Он сказал: «Да», „нет“.",
    "Han sade ”ja” och »nej».",
    "(“Yes”) — “no”—and “so”…",
    "„Er sagt „ja““, so steht’s da.",
    "a) one\nb) two\n12) three",
    "It's ’tis, rock ’n’ roll, and the boys’ own 12\" disc :-)",
    'He said "yes" and "no".',
    "“The first paragraph.\n\n“The second.\n\n“The third.”",
    "“The,” he said, “first paragraph.\n\n“The second.”",
    "“The letter begins\n\nhas a middle (and this\n\nends here), and ends. ”",
    "‘Single’ and ‚einfach‘.",
    "[a {b ⟨c⟩}]",
)


@pytest.mark.parametrize("text", PAIRED)
def test_what_is_paired_is_not_told(text: str) -> None:
    assert alone(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("He said “yes.", [8]),
        ("He said yes”.", [11]),
        ("vor Stalin,“ gaben ihre Fehler zu “ und", [11, 34]),
        ("„Über“ stellte als“ Agenten “ dar)", [18, 28, 33]),
        ("(a\n\nb\n\nc d)", [0, 10]),  # not in the next paragraph, but in the one after
        ('say "a" and "b', [12]),
        ("the ‘thing is", [4]),
        ("[a (b] c", [3]),
        ("»ja und «nein»", [0]),
    ],
)
def test_what_is_alone_is_told(text: str, places: list[int]) -> None:
    assert alone(text) == places


@given(st.text(alphabet='ab .\n“”„«»()[]"‘’:1', max_size=40))
def test_every_place_is_a_mark_of_its_block_told_once(text: str) -> None:
    for (start, end), places in unpaired(text, seed_blocks(text)):
        assert places == sorted(set(places)) and places
        assert all(start <= at < end and text[at] in '“”„«»()[]"‘’' for at in places)


@given(st.lists(st.sampled_from(["word ", "(in) ", "„so“ ", "[x] ", "\n\n"]), max_size=12))
def test_whole_pairs_in_any_order_are_paired(parts: list[str]) -> None:
    assert alone("".join(parts)) == []
