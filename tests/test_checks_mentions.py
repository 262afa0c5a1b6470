"""Names: one form for two entries, and names that were passed over."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checking import lines, made, told, written
from edition.checks.mentions import MENTIONS, missed, occurrences

REGISTERS = """\
people:
  one: {name: Ivan Smirnov}
  two: {name: Alexander Smirnov}
places:
  town: {name: Smirnov}
events:
  trial: {name: The trial of Smirnov}
works:
  book: {name: Smirnov}
"""
SEED = (
    "Smirnov spoke. Then Smirnov slept, but Ivan Smirnov did not; Smirnov and his Smirnovs, Smirnov again.\n"
)


def claim(body: str) -> str:
    return "".join(f"  - {{{line}}}\n" for line in body.splitlines())


TWO = {
    "person: one, quote: Smirnov, occurrence: '1, 2 of 5'\nperson: two, quote: Smirnov, occurrence: 4 of 5": 1,
    "person: two, quote: Smirnov, occurrence: 4 of 5\nperson: one, quote: Smirnov, occurrence: '1, 2 of 5'": 1,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nperson: two, quote: Smirnov, occurrence: 4 of 5, cert: low": 0,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nperson: two, quote: Smirnov, occurrence: 4 of 5, or: [{person: one}]": 0,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nplace: town, quote: Smirnov, occurrence: 4 of 5": 0,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nrs: two, quote: Smirnov, occurrence: 4 of 5": 0,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nperson: two, quote: Smirnovs": 0,
    "person: one, quote: Smirnov, occurrence: 1 of 5\nperson: two, quote: Smirnov, occurrence: 4 of 5, ignore: {W551: 'So it is.'}": 0,
}


@pytest.mark.parametrize("body", TWO)
def test_one_form_for_two_entries(body: str, tmp_path: Path) -> None:
    found = told(written(tmp_path, SEED, claim(body), REGISTERS), "W551", "W127")
    assert len(found) == TWO[body], lines(found)
    for d in found:
        assert [label.span.text for label in d.labels] == ["two", "one", "Smirnov", "Smirnov"]
        assert [str(label.span) for label in d.labels[2:]] == [
            "seeds/letter.txt:1:62",
            "seeds/letter.txt:1:1",
        ]


MISSED = {  # annotations → columns of the seed, and how many of how many
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 4 of 5'": ([88], "4 of 5"),
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 5 of 5'": ([62], "4 of 5"),
    "person: one, quote: Smirnov, occurrence: all of 5": ([], ""),
    "person: one, quote: Smirnov, occurrence: '1, 2 of 5'": ([], ""),
    # inside another name, or a reference that is spoken for; a description of an event leaves it open
    "person: one, quote: Smirnov, occurrence: '1, 2, 4, 5 of 5'\nperson: one, quote: Ivan Smirnov": ([], ""),
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 5 of 5'\nrs: two, quote: Smirnov and his": ([], ""),
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 5 of 5'\nrs: trial, quote: Smirnov and his": (
        [62],
        "4 of 5",
    ),
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 5 of 5'\nevent: trial, quote: Smirnov and his": (
        [],
        "",
    ),
    # not names: small letters, or too short
    "person: one, quote: spoke": ([], ""),
    "person: one, quote: Smirnov, occurrence: '1, 2, 3, 4 of 5', ignore: {W552: Another one.}": ([], ""),
}


@pytest.mark.parametrize("body", MISSED)
def test_names_that_were_passed_over(body: str, tmp_path: Path) -> None:
    columns, share = MISSED[body]
    found = told(written(tmp_path, SEED, claim(body), REGISTERS), "W552", "W127")
    assert [d.labels[0].span.start + 1 for d in found] == columns, lines(found)
    assert all(d.message == f"{share} mentions of “Smirnov” are annotated, and this is not" for d in found)
    assert all(
        [label.span.source.name for label in d.labels][1:] == ["annotations/letter.yaml"] for d in found
    )


@pytest.mark.parametrize(
    ("seed", "quote", "expected"),
    [
        ("Minsk, Minsk, Minsk.", "Minsk", 1),
        ("Minsk, Minsk, Minsker.", "Minsk", 0),
        ("Minsk, Minsk, Minsk-born.", "Minsk", 1),
        ("Minsk, Minsk, Minsk\u0301.", "Minsk", 0),
        ("minsk, minsk, minsk.", "minsk", 0),
        ("Bonn, Bonn, Bonn.", "Bonn", 1),
        ("Ulm, Ulm, Ulm.", "Ulm", 0),
        ("Alma Ata, Alma  Ata, Alma\nAta.", "Alma Ata", 1),
        ("Минск, Минск, Минск.", "Минск", 1),
        ("ירושלים, ירושלים, ירושלים.", "ירושלים", 1),
    ],
)
def test_whole_words_written_like_names(seed: str, quote: str, expected: int, tmp_path: Path) -> None:
    body = f"  - {{place: town, quote: {quote}, occurrence: '1, 2 of {'2' if 'er' in seed or chr(0x301) in seed else '3'}'}}\n"
    found = told(written(tmp_path, seed + "\n", body, REGISTERS), "W552")
    assert len(found) == expected, lines(found)


WORDS = st.lists(st.sampled_from(("Anna", "Bert", "Carl", "and", ",")), max_size=14)


@settings(max_examples=200)
@given(
    WORDS, st.lists(st.lists(st.sampled_from(("Anna", "Bert", "Carl")), min_size=1, max_size=3), max_size=4)
)
def test_occurrences_are_those_of_a_plain_search(words: list[str], names: list[list[str]]) -> None:
    text, forms = " ".join(words), {tuple(name) for name in names}
    expected, at = [], 0
    while at < len(words):
        fits = [form for form in forms if tuple(words[at : at + len(form)]) == form]
        longest = max(fits, key=len, default=())
        if longest:
            start = len(" ".join([*words[:at], ""]))
            expected.append((longest, (start, start + len(" ".join(longest)))))
        at += len(longest) or 1
    assert list(occurrences(text, forms)) == expected


MIXED = """\
person: one, quote: Smirnov, occurrence: 1 of 5
person: two, quote: Smirnov, occurrence: 2 of 5
person: one, quote: Smirnov, occurrence: 3 of 5
person: two, quote: Smirnov, occurrence: 5 of 5
person: two, quote: Smirnovs
place: town, quote: his"""


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(MIXED.splitlines()))
def test_the_order_of_annotations_never_matters(tmp_path: Path, body: list[str]) -> None:
    found = told(written(tmp_path, SEED, claim("\n".join(body)), REGISTERS), "W551", "W552")
    assert sorted((d.message, str(d.labels[-1].span).partition(":")[0]) for d in found) == [
        ("4 of 5 mentions of “Smirnov” are annotated, and this is not", "annotations/letter.yaml"),
        ("“Smirnov” is “two” here and “one” there, both of the register of people", "seeds/letter.txt"),
    ]


def work(folder: Path, names: int) -> int:
    """Calls made, of Python's own functions as well, for a text in which so many names stand thrice each."""
    keys = [f"Person{chr(97 + n % 26)}{n}" for n in range(names)]
    seed = "".join(f"{key} met {key} and {key}.\n\n" for key in keys)
    entries = "".join(f"  k{n}: {{name: {key}}}\n" for n, key in enumerate(keys))
    body = "".join(
        f"  - {{person: k{n}, quote: {key}, occurrence: '1, 2 of 3'}}\n" for n, key in enumerate(keys)
    )
    edition = made(written(folder, seed, body, f"people:\n{entries}"))
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = [d for check in MENTIONS for d in check(edition)]
    finally:
        sys.setprofile(None)
    assert len(found) == names
    return calls


def test_twice_the_names_are_twice_the_work(tmp_path: Path) -> None:
    small, large = work(tmp_path / "small", 60), work(tmp_path / "large", 120)
    assert large < 2.3 * small


def test_a_text_without_names_is_not_looked_at(tmp_path: Path) -> None:
    assert list(missed(made(written(tmp_path, SEED, "", REGISTERS)))) == []
