"""Finding quotations: by their words, at whole words, with free white space, and without needless work."""

from __future__ import annotations

import random
import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.anchor.find import Finder, plainly, squeeze
from edition.anchor.word_edges import FIGURES, inside_character, is_looked_through, is_word, splits_word
from edition.exports.tokens import tokens
from edition.model.annotation import Quote
from words import WORDS

# characters and words


def places(marked: str) -> tuple[str, set[int]]:
    """A text, and the places of the bars in it."""
    parts = marked.split("|")
    return "".join(parts), {len("".join(parts[:k])) for k in range(1, len(parts))}


def every(text: str) -> range:
    return range(-1, len(text) + 2)


FLAG = "\U0001f1e9\U0001f1ea"
CHARACTERS = [  # with a bar wherever a place stands inside a character
    "ab é\u00ff\n",
    "e|\u0301 a|\u0300b",
    "e|\u0301|\u0323x",
    "\u0301|\u0301",
    "क|ि",
    "👩|\u200d|👩 a|\u200d|b a|\u200d. a|\u200d",
    "가각\u1100|\u1161|\u11a8 x\u115f|\u1160 \u1112|\u11f9|\u11ff\u1200",
    f"{FLAG[0]}|{FLAG[1]}{FLAG[0]}|{FLAG[1]}",
    f"{FLAG[0]}|{FLAG[1]}{FLAG[0]} {FLAG[0]}|{FLAG[1]}",
    f"x{FLAG[0]}|{FLAG[1]}x中{FLAG[0]}x",
    f"\U0001f1e5{FLAG[0]}|\U0001f1e6\U0001f1ff|\U0001f1ff\U0001f200",
    f"{FLAG[0]}|{FLAG[1]}" * 40,
    "x\U0001f1e6\U0001f200",
]


@pytest.mark.parametrize("marked", CHARACTERS)
def test_inside_a_character(marked: str) -> None:
    text, inside = places(marked)
    assert {at for at in every(text) if inside_character(text, at)} == inside


SPLIT = [  # with a bar wherever a place stands inside a word
    "a|b|c d|1|9|4 é|ñ",
    "i|t’s l|o|w-l|a|n|d_x",
    "a|b.c|d(e|f)",
    "e|\u0301|t|e",
    "道可道1 1道",
    "道a b道",
    "道|\u0301道",
    "국|민 국",
    "ไทย ກາ မန កខ ひカㇰ 﨎𠀀",
    "𝔄|𝔅",
    "ن|ص",
    "ن|\u200c|ص \u200cن\u200c. \u200f",  # what is no edge of a word, and stands at its end
    "a|\u00ad|b|\u2060|\u200d|c a\u200bb",
    "a\u00ad-b a|\u00ad|1",
    "道\u200c道 道|\u200d|\u0301道",
    "a|b¹ a²¹b 1½ a①b 1|9²",
    "a*b a†b",
]


@pytest.mark.parametrize("marked", SPLIT)
def test_inside_a_word(marked: str) -> None:
    text, inside = places(marked)
    assert {at for at in every(text) if splits_word(text, at)} == inside


def test_what_words_are_made_of() -> None:
    assert all(map(is_word, "aé9٣Ⅷ中ن\u0301ि"))
    assert not any(map(is_word, " -’'_.\n\u200d\u00ad👩²①½"))


def test_the_figures_and_what_is_looked_through() -> None:
    """As Unicode's general categories have them, in every version from 14 on; those of later versions may be more."""
    if unicodedata.unidata_version == "14.0.0":
        every_character = [chr(c) for c in range(sys.maxunicode + 1)]
        figures = {c for c in every_character if unicodedata.category(c) == "No"}
        assert set(re.findall(f"[{FIGURES}]", "".join(every_character))) == figures
        formats = {c for c in every_character if unicodedata.category(c) == "Cf"} - {"\u200b"}
        assert {c for c in every_character if is_looked_through(c)} == formats | set("🏻🏼🏽🏾🏿") | TAGS


TAGS = set(map(chr, range(0xE0020, 0xE0080)))
THROUGH = "\u200c\u200d\u00ad\u2060\u200e\u200f\u061c\u2066\u2069\ufeff"
LETTERS = ["ab", "жю", "علی", "कख", "שם", "국민", "a1"]


@pytest.mark.parametrize("before", ["", "x " * 60])
@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("sign", THROUGH, ids=ascii)
def test_no_edge_in_a_word(sign: str, many: int, letters: str, before: str) -> None:
    """Neither half of a word is one; the word is, and what stands at its end or beginning is not needed."""
    between = sign * many
    text = f"{before}{letters}{between}{letters} {between}{letters}{between}."
    finder = Finder(text)
    start = len(before)
    whole = f"{letters}{between}{letters}"
    assert finder.find(Quote(whole)) == ((start, start + len(whole)),)
    alone = start + len(whole) + 1 + many
    assert finder.find(Quote(letters)) == ((alone, alone + len(letters)),)
    found = [text[a:b] for a, b in tokens(text, start, len(text))]
    assert found == [whole, f"{between}{letters}{between}", "."]


@pytest.mark.parametrize("before", ["", "x " * 60])
@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("sign", "¹²⁴₂①½⅓㊿\u200b*†§")
def test_an_edge_in_a_word(sign: str, letters: str, before: str) -> None:
    text = f"{before}{letters}{sign}{letters}"
    start = len(before)
    end = start + len(letters)
    assert Finder(text).find(Quote(letters)) == ((start, end), (end + 1, len(text)))
    assert Finder(text).find(Quote(sign)) == ((end, end + 1),)
    assert [text[a:b] for a, b in tokens(text, start, len(text))] == [letters, sign, letters]


PLAIN = [
    ("„Ab“ «c» ’d‘ `e´", "\"ab\" \"c\" 'd' 'e'"),
    ("a–b—c−d‐e", "a-b-c-d-e"),
    ("a\u00a0b\u202fc", "a b c"),
    ("İstanbul ÄẞΣ", "istanbul äßς"),
    ("“a”", '"a"'),
]


@pytest.mark.parametrize("text, plain", PLAIN)
def test_in_plain_signs(text: str, plain: str) -> None:
    assert plainly(text) == plain


@given(st.text())
def test_plain_signs_stand_where_the_others_stood(text: str) -> None:
    assert len(plainly(text)) == len(text)


SPACED = st.text("ab \n\t\u00a0\u3000\x1c", max_size=12)


@given(SPACED)
def test_every_run_of_white_space_is_one_space(text: str) -> None:
    assert squeeze(text) == re.sub(r"\s+", " ", text)


@given(SPACED)
def test_places_are_carried_back(text: str) -> None:
    """A space stands where its run begins; what follows, where it stood."""
    finder = Finder(text)
    starts = [m.start() for m in re.finditer(r"\s+|\S", text)]
    assert [finder.back(at) for at in range(len(starts))] == starts
    assert finder.back(len(finder.text)) == len(text)


# quotations

FOUND = [  # quotation, and the text with its places in brackets
    (Quote("Stalin"), "[Stalin] and\nStalinism. [Stalin]’s  friends."),
    (
        Quote("Stalin", within_word=True),
        "[Stalin] and [Stalin]ism. Antistalin",
    ),
    (Quote("Stalin", suffix="’s friends"), "Stalin and\nStalinism. [Stalin]’s  friends."),
    (Quote("and  Stalinism"), "Stalin [and\nStalinism]."),
    (Quote("a b"), "[a\n\n b] [a\tb] ab"),
    (Quote("道"), "[道]可[道]非常[道]"),
    (Quote("可道"), "道[可道]非常道"),
    (Quote("cafe"), "cafe\u0301 [cafe]"),
    (Quote("aba"), "abababa [aba]"),
    (Quote("aa", within_word=True), "[aa]"),
    (Quote("’s"), "it[’s] x"),
    (Quote("(a"), "[(a] b"),
    (Quote(""), "a"),
    (Quote("c"), "a b"),
    # context: directly beside the words, or with white space between
    (Quote("a", prefix="b"), "a b [a] b-a b\n\n[a] ba"),
    (Quote("a", prefix="b "), "a b [a]"),
    (Quote("a", prefix=" b"), "b a b [a]"),
    (Quote("a", suffix="b"), "[a] b [a]\n\nb a-b a"),
    (Quote("a", suffix=" b"), "a [a] b"),
    (Quote("a", prefix="(", suffix=")"), "([a]) ( [a] ) (a a) a"),
    (Quote("a", prefix="c b"), "b a c b [a]"),
    (Quote("a", prefix="c中"), "bc中[a] a"),
    (Quote("a", prefix="c b", suffix="中"), "dc b [a] 中 a"),
    (Quote("a", prefix="ther words b"), "other words b [a] words b a"),
    (Quote("a", suffix="b other wor"), "[a] b other words a b"),
    (Quote("a", suffix=f"{'b ' * 150}wor"), f"[a] {'b ' * 150}words a b"),
    (Quote("a", prefix="b", suffix="c"), "b a b [a] c a c"),
    (Quote("a", prefix="b"), "a"),
    (Quote(" a", prefix="b"), "b[ a] a"),
    (Quote("a ", suffix="b"), "a [a ]b"),
    (Quote(" ", prefix="a", suffix="b"), "b a[ ]b c"),
    (Quote("\n", suffix="\na"), "[\n\n]a\n"),
    (Quote("a", prefix="xx bb cccc dddd e"), "a xx bb cccc dddd e [a]"),
    (Quote("a", suffix="bb cc dddd eeee ff"), "a [a] bb cc dddd eeee ff a"),
    (Quote("bb cc dddd eeee", suffix="ff"), "cc dddd eeee [bb cc dddd eeee] ff"),
    (Quote("a", prefix="b"), "b\x01a"),
    (Quote("a", suffix="b"), "a\x01b"),
    (Quote("(", suffix="bb cc dd"), "xx [(]bb cc dd"),
    (Quote("中", suffix="ab c"), "[中] ab cd"),
    (Quote("中", prefix="文", suffix="字"), "中文[中]字中"),
]


@pytest.mark.parametrize("quote, marked", FOUND)
def test_places_of_a_quotation(quote: Quote, marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    for start, end in reversed(Finder(text).find(quote)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    assert text == marked


def scan(text: str, quote: Quote) -> list[tuple[int, int]]:
    """The same by looking at every place."""
    flat = squeeze(text)
    exact, prefix, suffix = (
        squeeze(quote.exact),
        squeeze(quote.prefix).rstrip(),
        squeeze(quote.suffix).lstrip(),
    )
    found = []
    for start in range(len(flat) if exact else 0):
        end = start + len(exact)
        before = (flat[:start], flat[: start - 1] if flat[:start].endswith(" ") else flat[:start])
        after = (flat[end:], flat[end + 1 :] if flat[end:].startswith(" ") else flat[end:])
        if (
            flat[start:end] == exact
            and any(part.endswith(prefix) for part in before)
            and any(part.startswith(suffix) for part in after)
            and (quote.within_word or not (splits_word(flat, start) or splits_word(flat, end)))
        ):
            found.append((start, end))
    return found


PARTS = st.just("") | WORDS


@settings(max_examples=600, deadline=None)
@given(WORDS, st.lists(st.builds(Quote, WORDS, PARTS, PARTS, st.booleans()), max_size=3), st.data())
def test_the_index_finds_what_a_scan_finds(text: str, quotes: list[Quote], data: st.DataObject) -> None:
    """Quotations made up, and such as stand in the text; all prepared at once, or each by itself."""
    for _ in range(3):
        a, b, c, d = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 4)))
        quotes.append(Quote(text[b:c], text[a:b], text[c:d], data.draw(st.booleans())))
    together = Finder(text)
    together.prepare(quotes)
    for quote in quotes:
        alone = Finder(text)
        expected = tuple((alone.back(a), alone.back(b)) for a, b in scan(text, quote))
        assert together.find(quote) == alone.find(quote) == together.find(quote) == expected


# work

WORK = [  # text, quotation, candidates looked at
    ("a b a c", Quote("a"), 2),
    ("a b a c", Quote("a b"), 1),
    ("a b c d e f a b c", Quote("a b c d"), 2),
    ("aa b c d eee f", Quote("aa b c d eee f"), 1),
    ("a b c a b c d", Quote("b", prefix="a", suffix="c d"), 2),
    ("one two three a b c d", Quote("one two three a b c d"), 1),
    ("three a b c d three a b", Quote("a b c d"), 1),
    ("b c d x c d e x aaaa b c d e", Quote("aaaa b c d e"), 1),
    ("a b c x a b c dddd e x c d e", Quote("a b c dddd e"), 1),
    ("a b c x a b c dddd", Quote("a b c dddd"), 1),
    ("a b x a b c", Quote("a b c"), 1),
    ("c dd ee x aaaa b c dd ee", Quote("aaaa b c dd ee"), 1),
    ("a b c x a b c d eeee", Quote("a b c d eeee"), 1),
    ("a b c x a b c d e ffff", Quote("a b c d e ffff"), 1),
    ("bbb x a bbb ccc. a bbb", Quote("a", suffix="bbb ccc."), 1),
    (".ccc bbb a x bbb a", Quote("a", prefix=".ccc bbb"), 2),
    ("a b x a b 中", Quote("a", suffix="b 中"), 1),
    ("xx yyyx x", Quote("x", prefix="yyy", within_word=True), 2),
    ("x y", Quote("z"), 0),
    ("xx xx", Quote("x", within_word=True), 4),
    ("xx yxx", Quote("x", prefix="y", within_word=True), 4),
    ("- - a -", Quote("-"), 3),
    ("- - a -", Quote("-", suffix="a"), 3),
    ("- - aa -", Quote("-", suffix="aa"), 2),
]


@pytest.mark.parametrize("text, quote, checked", WORK)
def test_candidates_looked_at(text: str, quote: Quote, checked: int) -> None:
    finder = Finder(text)
    finder.find(quote)
    finder.find(quote)
    assert finder.checked == checked


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
