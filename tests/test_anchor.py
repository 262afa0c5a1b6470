"""Finding and describing places: exact or nothing, inverse to each other, and without needless work."""

from __future__ import annotations

import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edition.anchor.anchor import Anchorer
from edition.anchor.describe import describe
from edition.anchor.find import Finder, splits_word, squeeze
from edition.model.annotation import Quote, Quoted, Seed
from edition.model.source import Source

WORDS = st.lists(
    st.sampled_from(("a", "b", "ab", "e\u0301", "(", "’s", "-", "\n\n", " ", "  ", "中文", "𝔄", "ן", "1937")),
    min_size=1,
    max_size=14,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(WORDS, st.data())
def test_describing_and_anchoring_are_inverse(text: str, data: st.DataObject) -> None:
    """Every place of any text, empty ones and those inside white space too; a quotation wherever one can say it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source = Source("seeds/any.txt", text)
    anchorer = Anchorer(Seed(source, (), "", 0), Source("any.yaml", ""), {})
    selector = describe(anchorer.finder, start, end)
    found = anchorer.places(selector)
    assert found.places == ((start, end),)
    assert not any(diagnostic.is_error for diagnostic in anchorer.diagnostics(found.problems))
    quote = selector.words.quote if isinstance(selector, Quoted) else selector.quote
    assert quote is not None and quote.exact == text[start:end]
    alone = anchorer.finder.find(Quote(text[start:end], within_word=True)) == ((start, end),)
    assert isinstance(selector, Quoted) or not alone


@settings(max_examples=400, deadline=None)
@given(WORDS, WORDS)
def test_the_index_finds_what_a_scan_finds(text: str, words: str) -> None:
    assume(words.strip())
    naive = []
    flat, exact = squeeze(text), squeeze(words)
    at = flat.find(exact)
    while at >= 0:
        if not splits_word(flat, at) and not splits_word(flat, at + len(exact)):
            naive.append(at)
        at = flat.find(exact, at + 1)
    finder = Finder(text)
    assert [a for a, _ in finder.find(Quote(words))] == [finder.back(a) for a in naive]


def test_whole_words_and_free_white_space() -> None:
    finder = Finder("Stalin and\nStalinism. Stalin’s  friends.")
    assert len(finder.find(Quote("Stalin"))) == 2
    assert len(finder.find(Quote("Stalin", within_word=True))) == 3
    assert finder.find(Quote("Stalin", suffix="’s friends")) == ((22, 28),)
    assert finder.find(Quote("and Stalinism")) == ((7, 20),)


def test_scripts_without_spaces_have_no_word_edges() -> None:
    finder = Finder("道可道非常道")
    assert finder.find(Quote("可道")) == ((1, 3),)
    assert len(finder.find(Quote("道"))) == 3


def test_marks_belong_to_their_letter() -> None:
    assert Finder("cafe\u0301").find(Quote("cafe")) == ()


def _work(size: int) -> int:
    """Candidates looked at for one quotation with context in every hundred words."""
    rng = random.Random(1)
    vocabulary = [f"w{rng.randint(1, 3000)}" for _ in range(2000)]
    text = " ".join(rng.choice(vocabulary) for _ in range(size))
    finder = Finder(text)
    quotes = []
    for _ in range(size // 100):
        at = rng.randrange(100, len(text) - 100)
        start = text.index(" ", at) + 1
        end = text.index(" ", start)
        quotes.append(Quote(text[start:end], text[start - 20 : start], text[end : end + 20]))
    finder.prepare(quotes)
    assert all(finder.find(q) for q in quotes)
    return finder.checked


def test_work_grows_with_text_and_quotations_and_not_with_their_product() -> None:
    assert _work(40_000) < 3 * _work(20_000)
