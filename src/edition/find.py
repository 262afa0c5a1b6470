"""Quotations → places in a text, by the words at them: never by scanning from the start for each.

White space in a quotation matches any run of white space, and is free between prefix, quotation and suffix. So the
search runs over a text in which every run is one space, and places are carried back. Knows no YAML and no rules.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from edition.model import Quote

# Scripts without spaces between words: South-East Asian, Han, kana. A word there has no edge to be seen.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_token = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_unspaced = re.compile(f"[{_UNSPACED}]").match
_runs = re.compile(r"\s\s+|[^\S ]")
Place = tuple[int, int]


def is_word(character: str) -> bool:
    """Letters, marks and digits; apostrophe and hyphen are edges."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def splits_word(text: str, at: int) -> bool:
    """Whether an edge at `at` stands inside a word."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    if left == " " or right == " " or not (is_word(left) and is_word(right)):
        return False
    return not (_unspaced(left) or _unspaced(right)) or unicodedata.category(right)[0] == "M"


def squeeze(text: str) -> str:
    return _runs.sub(" ", text)


class Finder:
    """All places of quotations in one text. `checked` counts the candidates looked at: the work done."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.checked = 0
        self._cache: dict[Quote, tuple[Place, ...]] = {}
        self._wanted: set[tuple[str, ...]] = set()
        self._where: dict[tuple[str, ...], list[int]] = {}
        self._carry_from: list[int] = []
        self._carry_by: list[int] = []
        self.text = self._squeezed(text)

    def _squeezed(self, text: str) -> str:
        gone = 0
        for m in _runs.finditer(text):
            if (extra := m.end() - m.start() - 1) > 0:
                gone += extra
                self._carry_from.append(m.end() - gone)
                self._carry_by.append(gone)
        return squeeze(text)

    def back(self, at: int) -> int:
        """A place of the squeezed text in the original one."""
        k = bisect_right(self._carry_from, at)
        return at + self._carry_by[k - 1] if k else at

    @cached_property
    def _tokens(self) -> tuple[list[str], list[int]]:
        found = [(m[0], m.start()) for m in _token.finditer(self.text)]
        return [t for t, _ in found], [s for _, s in found]

    def prepare(self, quotes: Iterable[Quote]) -> None:
        """Index the words of all these quotations in one pass, so that finding them later is cheap."""
        keys = {key for quote in quotes if (chosen := _key(quote)) for key in (chosen[0],)} - self._wanted
        self._wanted |= keys
        words, starts = self._tokens
        for n in {len(key) for key in keys}:
            where: dict[tuple[str, ...], list[int]] = {key: [] for key in keys if len(key) == n}
            for k, gram in enumerate(zip(*(words[i:] for i in range(n)), strict=False)):
                if gram in where:
                    where[gram].append(starts[k])
            self._where |= where

    def find(self, quote: Quote) -> tuple[Place, ...]:
        """Every place of the quotation with its context, in order, as code points of the original text."""
        found = self._cache.get(quote)
        if found is None:
            self._cache[quote] = found = self._find(quote)
        return found

    def _find(self, quote: Quote) -> tuple[Place, ...]:
        exact, prefix, suffix = squeeze(quote.exact), squeeze(quote.prefix).rstrip(), squeeze(quote.suffix).lstrip()
        if not exact:
            return ()
        found: list[Place] = []
        for start in self._candidates(quote, exact, prefix, suffix):
            self.checked += 1
            end = start + len(exact)
            if not self.text.startswith(exact, start) or found and found[-1][0] == start:
                continue
            if not self._after(prefix, start) or not self._before(suffix, end):
                continue
            if not quote.within_word and (splits_word(self.text, start) or splits_word(self.text, end)):
                continue
            found.append((start, end))
        return tuple((self.back(a), self.back(b)) for a, b in sorted(set(found)))

    def _after(self, prefix: str, at: int) -> bool:
        """Whether the prefix, and free white space, stand before `at`."""
        n = len(prefix)
        return not n or self.text.endswith(prefix, 0, at) or (at > n and self.text[at - 1] == " " and self.text.endswith(prefix, 0, at - 1))

    def _before(self, suffix: str, at: int) -> bool:
        return self.text.startswith(suffix, at) or (self.text.startswith(" ", at) and self.text.startswith(suffix, at + 1))

    def _candidates(self, quote: Quote, exact: str, prefix: str, suffix: str) -> Iterable[int]:
        """Where the quotation may begin: at the places of its rarest-looking words, else of its longest part."""
        chosen = _key(quote)
        if chosen:
            key, part, offset = chosen
            if key not in self._wanted:
                self.prepare([quote])
            hits: Iterable[int] = (at - offset for at in self._where[key])
        else:
            parts = (prefix, exact, suffix)
            part = max((1, 0, 2), key=lambda k: len(parts[k]))
            hits = self._scan(parts[part])
        for at in hits:
            if part == 1:
                yield at
            elif part == 0:
                yield from (at + len(prefix), at + len(prefix) + 1)
            else:
                yield from (at - len(exact) - 1, at - len(exact))

    def _scan(self, part: str) -> Iterable[int]:
        at = self.text.find(part)
        while at >= 0:
            yield at
            at = self.text.find(part, at + 1)


def _key(quote: Quote) -> tuple[tuple[str, ...], int, int] | None:
    """Up to three neighbouring words of the quotation and its context: the words, the part (0 prefix, 1 exact,
    2 suffix) and the offset in it at which the first begins. None if no whole word is sure to stand in the text."""
    words: list[tuple[str, int, int, bool]] = []
    for part, text in enumerate((squeeze(quote.prefix).rstrip(), squeeze(quote.exact), squeeze(quote.suffix).lstrip())):
        words += [(m[0], part, m.start(), _sure(quote, part, text, m)) for m in _token.finditer(text)]
    for size in (3, 2, 1):
        grams = (words[k : k + size] for k in range(len(words) - size + 1))
        sure = [gram for gram in grams if all(word[3] for word in gram)]
        if sure:
            best = max(sure, key=lambda gram: sum(len(w[0]) for w in gram))
            return tuple(w[0] for w in best), best[0][1], best[0][2]
    return None


def _sure(quote: Quote, part: int, text: str, m: re.Match[str]) -> bool:
    """Whether a word of a quotation is a whole word of the text: the outer edges of a context may be cut anywhere."""
    if _unspaced(m[0]):
        return True
    at_start, at_end = m.start() == 0, m.end() == len(text)
    if part == 0:
        return not at_start and not (at_end and quote.within_word)
    if part == 2:
        return not at_end and not (at_start and quote.within_word)
    return not (quote.within_word and (at_start or at_end))
