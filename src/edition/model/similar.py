"""“Did you mean …?”: which of the names that are known is meant by one that is not.

`similar_word` and `similar_key` are guesses for a help; `word_meant` and `key_meant` leave no doubt, so that a fix may
be made of them. Knows nothing but letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[A-Za-z]+|[0-9]+").findall


def similar_word(word: str, known: Iterable[str], at_least: int = 72) -> str:
    """The word of a closed list that this one is probably a misspelling of, or "". `at_least`: of 100."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return best[0] if best else ""


def similar_key(key: str, known: Iterable[str]) -> str:
    """The key that is most like this one, also where one is a part of the other (trotsky, trotsky_leon), or ""."""
    from rapidfuzz import process

    best = process.extractOne(key, list(known), score_cutoff=60)
    return best[0] if best else ""


def did_you_mean(name: str) -> str:
    """The question that a help asks; "" where there is no name to ask for."""
    return f"Did you mean “{name}”?" if name else ""


def word_meant(written: str, words: Iterable[str]) -> str:
    """The one word of a closed list that was certainly meant, or "": one slip away, in a long word two.

    A slip is a letter too many, missing or wrong, or two letters swapped (optimal string alignment).
    """
    near = _near(written.casefold(), words, 2 if len(written) > 6 else 1) if len(written) > 3 else []
    best = [word for slips, word in near if slips == near[0][0]]
    return best[0] if len(best) == 1 else ""


def key_meant(written: str, keys: Iterable[str]) -> str:
    """The one key that is a slip away, none other being within three; else "".

    Keys name things of the world, so another key may be another thing: one with other numbers, other parts
    (smith_a, smith_b) or another end (hanna, hanno) is never taken; two letters swapped are (yezhvo).
    """
    near = _near(written, keys, 3)
    return near[0][1] if len(near) == 1 and near[0][0] == 1 and _slip_inside(written, near[0][1]) else ""


def _near(written: str, known: Iterable[str], slips: int) -> list[tuple[int, str]]:
    """The words that are at most so many slips away, each with their number, the nearest first."""
    from rapidfuzz.distance import OSA

    found = ((OSA.distance(written, word, score_cutoff=slips), word) for word in set(known))
    return sorted(pair for pair in found if pair[0] <= slips)


def _slip_inside(written: str, key: str) -> bool:
    """Whether two keys differ only inside parts of four letters or more, or in the order of their letters."""
    mine, other = _PARTS(written), _PARTS(key)
    pairs = [pair for pair in zip(mine, other, strict=False) if pair[0] != pair[1]]
    return len(mine) == len(other) and all(
        min(len(a), len(b)) > 3 and a.isalpha() and ((a[0], a[-1]) == (b[0], b[-1]) or sorted(a) == sorted(b))
        for a, b in pairs
    )
