"""Quotations → places in a text, by the words at them: never by scanning from the start for each.

White space in a quotation matches any run of white space, and is free between prefix, quotation and suffix. So the
search runs over a text in which every run is one space, and places are carried back. Knows no YAML and no rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from edition.anchor.word_edges import FIGURES, UNSPACED, is_unspaced, splits_word
from edition.model.annotation import Quote
from edition.model.spans import Place

_word = re.compile(f"([{UNSPACED}]|[^\\W_{FIGURES}{UNSPACED}]+)")
_runs = re.compile(r"\s\s+|[^\S ]")


class _Sought(NamedTuple):
    """A quotation as it is looked for: its parts with single spaces, and up to three neighbouring words of them.

    gram      the words; none if no whole word is sure to stand in the text
    part      the part in which the first of them begins: 0 the prefix, 1 the words themselves, 2 the suffix
    offset    the code points of that part before it
    """

    prefix: str
    exact: str
    suffix: str
    gram: tuple[str, ...] = ()
    part: int = 0
    offset: int = 0


_ALIKE = str.maketrans("“”„‟«»‘’‚‛‹›´`‐‑‒–—―−\u00a0\u202f", "\"\"\"\"\"\"''''''''-------  ")


def plainly(text: str) -> str:
    """A text of the same length in small letters, with one sort of quotation marks, dashes and spaces."""
    return text.replace("İ", "i").lower().translate(_ALIKE)  # “İ”.lower() is two code points


def squeeze(text: str) -> str:
    """A text with one space for every run of white space."""
    return text if text.isprintable() and "  " not in text else _runs.sub(" ", text)


class Finder:
    """All places of quotations in one text. `checked` counts the candidates looked at: the work done."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.checked = 0
        self._cache: dict[Quote, tuple[Place, ...]] = {}
        self._sought: dict[Quote, _Sought] = {}
        self._where: dict[tuple[str, ...], list[int]] = {}
        self._carry_from: list[int] = []
        self._carry_by: list[int] = []
        self.text = self._squeezed(text)

    def _squeezed(self, text: str) -> str:
        gone = 0
        for m in _runs.finditer(text):
            gone += m.end() - m.start() - 1
            self._carry_from.append(m.end() - gone)
            self._carry_by.append(gone)
        return squeeze(text)

    def back(self, at: int) -> int:
        """A place of the squeezed text in the original one."""
        k = bisect_right(self._carry_from, at)
        return at + self._carry_by[k - 1] if k else at

    @cached_property
    def _tokens(self) -> tuple[list[str], list[int]]:
        """The words of the text, and where each begins."""
        parts: list[str] = _word.split(self.text)  # every second one is a word
        return parts[1::2], [*accumulate(map(len, parts))][:-1:2]

    def prepare(self, quotes: Iterable[Quote]) -> None:
        """Index the words of all these quotations in one pass, so that finding them later is cheap."""
        new = {quote: _sought(quote) for quote in quotes if quote not in self._sought}
        if not new:
            return
        self._sought |= new
        keys = {sought.gram for sought in new.values() if sought.gram} - self._where.keys()
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
        sought, text = self._sought.get(quote), self.text
        if sought is None:
            self.prepare([quote])
            sought = self._sought[quote]
        if not sought.exact:
            return ()
        size = len(sought.exact)
        found: set[Place] = set()
        for start in self._candidates(sought):
            self.checked += 1
            end = start + size
            if start < 0 or not text.startswith(sought.exact, start):
                continue
            if not self._after(sought.prefix, start) or not self._before(sought.suffix, end):
                continue
            if not quote.within_word and (splits_word(text, start) or splits_word(text, end)):
                continue
            found.add((start, end))
        return tuple([(self.back(a), self.back(b)) for a, b in sorted(found)])

    def _after(self, prefix: str, at: int) -> bool:
        """Whether the prefix of a quotation stands before a place, with any white space between."""
        return self.text.endswith((prefix, f"{prefix} "), 0, at)

    def _before(self, suffix: str, at: int) -> bool:
        """Whether the suffix of a quotation stands at a place, with any white space between."""
        return self.text.startswith((suffix, f" {suffix}"), at)

    def _candidates(self, sought: _Sought) -> Iterable[int]:
        """Where the quotation may begin: at the places of its rarest-looking words, else of its longest part."""
        prefix, exact, suffix, gram, part, offset = sought
        if gram:
            hits: Iterable[int] = [at - offset for at in self._where[gram]]
        else:
            parts = (prefix, exact, suffix)
            part = max((1, 0, 2), key=lambda k: len(parts[k]))
            hits = self._scan(parts[part])
        if part == 1:
            return hits
        if part == 0:
            return [at + len(prefix) + space for at in hits for space in (0, 1)]
        return [at - len(exact) - space for at in hits for space in (1, 0)]

    def _scan(self, part: str) -> Iterable[int]:
        at = self.text.find(part)
        while at >= 0:
            yield at
            at = self.text.find(part, at + 1)


def _sought(quote: Quote) -> _Sought:
    """How to look for a quotation: by its longest words that are sure to stand in the text as they are.

    The outer words of a context may be cut anywhere, and with `within_word` all may.
    """
    prefix, exact, suffix = (
        squeeze(quote.prefix).rstrip(),
        squeeze(quote.exact),
        squeeze(quote.suffix).lstrip(),
    )
    whole = f"{prefix} {exact} {suffix}"
    words = [m.span() for m in _word.finditer(whole)] if not quote.within_word else []
    if words and prefix and words[0][0] == 0 and not is_unspaced(whole[0]):
        del words[0]
    if words and suffix and words[-1][1] == len(whole) and not is_unspaced(whole[words[-1][0]]):
        del words[-1]
    if not words:
        return _Sought(prefix, exact, suffix)
    size = min(3, len(words))
    lengths = [last[1] - first[0] for first, last in zip(words, words[size - 1 :], strict=False)]
    k = lengths.index(max(lengths))
    gram = tuple([whole[a:b] for a, b in words[k : k + size]])
    start = words[k][0]
    if start < len(prefix):
        return _Sought(prefix, exact, suffix, gram, 0, start)
    start -= len(prefix) + 1
    if start < len(exact):
        return _Sought(prefix, exact, suffix, gram, 1, start)
    return _Sought(prefix, exact, suffix, gram, 2, start - len(exact) - 1)
