"""A place → the shortest selector that finds it: the inverse of anchoring."""

from __future__ import annotations

from collections.abc import Iterable

from edition.anchor.find import Finder
from edition.anchor.word_edges import is_word, splits_word
from edition.model.annotation import Offsets, Quotation, Quote, Quoted
from edition.model.nodes import Scalar

LONGEST = 2000  # code points of context that are looked through
AT_ONCE = 64
_NOWHERE = Scalar("", 0, 0, True)  # a selector that is written in no file


def describe(finder: Finder, start: int, end: int) -> Quoted | Offsets:
    """The shortest selector that finds exactly these code points: `Anchorer.places` gives them back.

    A quotation, with the shortest prefix or suffix that settles it. Where no quotation can say it (an empty place, one
    that begins or ends inside a run of white space, or whose context never differs): `start` and `end`, with the
    words as check.
    """
    quote = _quoted(finder, start, end)
    if quote is not None:
        return Quoted(Quotation(quote, _NOWHERE))
    return Offsets(start, end, _NOWHERE, Quote(finder.original[start:end]))


def _quoted(finder: Finder, start: int, end: int) -> Quote | None:
    """A quotation that occurs at this place only."""
    text = finder.original
    inside = splits_word(text, start) or splits_word(text, end)
    quote = Quote(text[start:end], within_word=inside)
    places = finder.find(quote)
    if (start, end) not in places:
        return None
    return quote if len(places) == 1 else settle(finder, quote, (start, end), places)


def settle(
    finder: Finder, quote: Quote, place: tuple[int, int], places: Iterable[tuple[int, int]]
) -> Quote | None:
    """A quotation with the shortest context that none of the other places shares."""
    text, (start, end) = finder.original, place
    others = [p for p in places if p != place]
    after = _longer(text, end, max(_alike(text, end, b, 1) for _, b in others), 1)
    before = _longer(text, start, max(_alike(text, start - 1, a - 1, -1) for a, _ in others), -1)
    prefix, suffix = text[start - before : start].strip(), text[end : end + after].strip()
    contexts = ((prefix, ""), ("", suffix), (prefix, suffix))
    choices = [quote._replace(prefix=left, suffix=right) for left, right in contexts]
    for choice in sorted(choices, key=lambda q: len(q.prefix) + len(q.suffix)):
        if len(choice.prefix) + len(choice.suffix) > LONGEST:
            return None
        if (choice.prefix or choice.suffix) and finder.find(choice) == (place,):
            return choice
    return None


def _longer(text: str, at: int, shared: int, step: int) -> int:
    """The length of a context: a character more than is shared, past white space, and on to the end of the word."""
    n = shared + 1
    limit = len(text) - at if step > 0 else at

    def char(k: int) -> str:
        return text[at + k - 1] if step > 0 else text[at - k]

    while n < limit and char(n).isspace():
        n += 1
    while n < limit and is_word(char(n)) and is_word(char(n + 1)):
        n += 1
    return min(n, limit)


def _alike(text: str, a: int, b: int, step: int) -> int:
    """How many code points from `a` on agree with those from `b` on, going forth (1) or back (-1).

    Any white space is like any other. Nothing longer than LONGEST is looked at: no context would be as long.
    """
    first, size = a, len(text)
    low, high = (0, AT_ONCE) if step > 0 else (1 - AT_ONCE, 1)
    while abs(a - first) < LONGEST:
        within = min(a, b) + low >= 0 and max(a, b) + high <= size
        if within and text[a + low : a + high] == text[b + low : b + high]:
            a, b = a + step * AT_ONCE, b + step * AT_ONCE
            continue
        while 0 <= a < size and text[a].isspace():
            a += step
        while 0 <= b < size and text[b].isspace():
            b += step
        if not (0 <= a < size and 0 <= b < size) or text[a] != text[b]:
            return abs(a - first)
        a, b = a + step, b + step
    return LONGEST
