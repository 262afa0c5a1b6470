"""Where words and characters end: whether a place in a text stands inside one. Knows text only.

A word is a run of letters, marks and digits; in scripts without spaces every character is one. What readers see as
one character is the extended grapheme cluster of UAX #29, of which the common cases are known here.
"""

from __future__ import annotations

import re
import unicodedata

# Scripts without spaces between words: South-East Asian, Han, kana. A word there has no edge to be seen.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two regional indicators make one flag


def is_word(character: str) -> bool:
    """Whether a character belongs to a word: a letter, mark or digit. Apostrophe and hyphen are edges."""
    return character.isalnum() or _is_mark(character)


def joins(character: str) -> bool:
    """Whether a character may be one with that before it: marks, and Hangul vowels and finals."""
    return _is_mark(character) or "\u1160" <= character <= "\u11ff"


def is_unspaced(character: str) -> bool:
    """Whether a character stands for a word of its own, in a script without spaces."""
    return character >= UNSPACED[0] and re.match(f"[{UNSPACED}]", character) is not None


def inside_character(text: str, at: int) -> bool:
    """Whether a place stands inside what readers see as one character (the common cases of UAX #29)."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if joins(right) or "\u200d" in (left, right):
        return True
    if right not in _FLAGS:
        return False
    before = text[:at]
    return bool(len(before[len(before.rstrip(_FLAGS)) :]) % 2)


def splits_word(text: str, at: int) -> bool:
    """Whether a place stands inside a word."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    if not (is_word(left) and is_word(right)):
        return False
    return not (is_unspaced(left) or is_unspaced(right)) or _is_mark(right)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
