"""What is known of old is not told, what is new is; and a finding is known again after lines were put in above."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.app.reports import baseline
from edition.app.reports.fingerprints import fingerprints, known
from edition.model import rules
from edition.model.diagnostics import Diagnostic, diagnostic
from edition.model.source import Source, Span
from pages import put, run

Line = tuple[int, str]  # a rule, words
RULES = (rules.ORPHAN, rules.BARE_ALL, rules.CUT)
lines = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["Goethe", "Jena", "a b", "", "x" * 200])), max_size=8
)


def findings(given: list[Line], above: int = 0) -> list[Diagnostic]:
    """A finding a line; what the message quotes, or the words of the line."""
    source = Source("annotations/a.yaml", "\n" * above + "".join(f"{words}\n" for _, words in given))
    found = []
    for n, (rule, words) in enumerate(given, above):
        start = source.line_starts[n]
        message = f"“{words}” occurs {n} times" if rule else f"at line {n}"
        found.append(diagnostic(RULES[rule], message, Span(source, start, start + len(words))))
    return found


@given(lines, st.integers(1, 9), st.randoms())
def test_lines_above_do_not_change_a_fingerprint(given: list[Line], above: int, random: Random) -> None:
    before, after = findings(given), findings(given, above)
    digests = fingerprints(before)
    assert fingerprints(after) == digests and len(set(digests)) == len(digests)
    order = random.sample(range(len(after)), len(after))
    assert fingerprints([after[n] for n in order]) == [digests[n] for n in order]


@given(lines, lines, st.integers(0, 9))
def test_a_baseline_and_what_is_new_and_gone(old: list[Line], new: list[Line], above: int) -> None:
    counts = baseline.read_baseline(baseline.baseline_of(findings(old)))
    assert not isinstance(counts, str)
    assert baseline.compared(findings(old, above), counts) == ([], len(old), 0)
    told, n, gone = baseline.compared(findings(old + new, above), counts)
    assert (len(told), n, gone) == (len(new), len(old), 0)
    told, n, gone = baseline.compared(findings(old[1:]), counts)
    assert (told, n, gone) == ([], max(0, len(old) - 1), min(1, len(old)))


@given(lines)
def test_a_baseline_is_sorted_and_says_each_once(given: list[Line]) -> None:
    text = baseline.baseline_of(findings(given))
    items = json.loads(text)["findings"]
    keys = [(item["file"], item["rule"], item["words"]) for item in items]
    assert keys == sorted(set(keys)) and sum(item["count"] for item in items) == len(given)
    assert text == baseline.baseline_of(findings(given, 3)[::-1])


def test_long_words_that_begin_and_end_alike_are_told_apart() -> None:
    one, other = findings([(1, "x" * 200), (1, "x" * 201)])
    assert known(one) != known(other) and len(known(one).words) <= 80


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [1]}',
        '{"version": 1, "findings": [{"file": "a", "rule": "E201", "words": "x"}]}',
        '{"version": 1, "findings": [{"file": "a", "rule": "E201", "words": 1, "count": 1}]}',
        '{"version": 1, "findings": [{"file": "a", "rule": "E201", "words": "x", "count": true}]}',
        '{"version": 1, "findings": [{"file": "a", "rule": "E201", "words": "x", "count": 0}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_said(text: str) -> None:
    assert isinstance(baseline.read_baseline(text), str)


def test_what_cannot_be_read_is_never_in_a_baseline(tmp_path: Path) -> None:
    put(tmp_path / "seeds/letter.txt", b"I have seen Goethe.\n")
    said = run("edition check --schema nowhere.rng --baseline known.json --write-baseline", tmp_path)
    assert said.code == 3 and "nowhere.rng" in said.stderr and not (tmp_path / "known.json").exists()
    put(tmp_path / "known.json", baseline.baseline_of([]).encode())
    assert run("edition check --schema nowhere.rng --baseline known.json", tmp_path).code == 3
