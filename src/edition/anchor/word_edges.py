"""Where words and characters end: whether a place in a text stands inside one. Knows text only.

A word is a run of letters, marks and decimal digits; in scripts without spaces every character is one. Joiners, soft
hyphens and other invisible signs in it make no edge (UAX #29, WB4). What readers see as one character is the extended
grapheme cluster of UAX #29, of which the common cases are known here.
"""

from __future__ import annotations

import re
import unicodedata

# Scripts without spaces between words: South-East Asian, Han, kana. A word there has no edge to be seen.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
FIGURES = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u09f4-\u09f9\u0b72-\u0b77\u0bf0-\u0bf2\u0c78-\u0c7e\u0d58-\u0d5e"
    "\u0d70-\u0d78\u0f2a-\u0f33\u1369-\u137c\u17f0-\u17f9\u19da\u2070\u2074-\u2079\u2080-\u2089"
    "\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u2cfd\u3192-\u3195\u3220-\u3229"
    "\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf\ua830-\ua835\U00010107-\U00010133"
    "\U00010175-\U00010178\U0001018a\U0001018b\U000102e1-\U000102fb\U00010320-\U00010323"
    "\U00010858-\U0001085f\U00010879-\U0001087f\U000108a7-\U000108af\U000108fb-\U000108ff"
    "\U00010916-\U0001091b\U000109bc\U000109bd\U000109c0-\U000109cf\U000109d2-\U000109ff"
    "\U00010a40-\U00010a48\U00010a7d\U00010a7e\U00010a9d-\U00010a9f\U00010aeb-\U00010aef"
    "\U00010b58-\U00010b5f\U00010b78-\U00010b7f\U00010ba9-\U00010baf\U00010cfa-\U00010cff"
    "\U00010e60-\U00010e7e\U00010f1d-\U00010f26\U00010f51-\U00010f54\U00010fc5-\U00010fcb"
    "\U00011052-\U00011065\U000111e1-\U000111f4\U0001173a\U0001173b\U000118ea-\U000118f2"
    "\U00011c5a-\U00011c6c\U00011fc0-\U00011fd4\U00016b5b-\U00016b61\U00016e80-\U00016e96"
    "\U0001d2e0-\U0001d2f3\U0001d360-\U0001d378\U0001e8c7-\U0001e8cf\U0001ec71-\U0001ecab"
    "\U0001ecad-\U0001ecaf\U0001ecb1-\U0001ecb4\U0001ed01-\U0001ed2d\U0001ed2f-\U0001ed3d"
    "\U0001f100-\U0001f10c"
)
"""The figures that are not decimal (general category No), as a class of a regular expression: `¹`, `①`, `½` end a word."""
_looked_through = re.compile(
    "["
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0001\U000e0020-\U000e007f"
    "]"
).match
_ZWJ = "\u200d"
_MOST = 64  # so many signs in a row are looked through: a run without end takes no time
_is_figure = re.compile(f"[{FIGURES}]").match
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two regional indicators make one flag


def is_word(character: str) -> bool:
    """Whether a character belongs to a word: a letter, mark or decimal digit. Apostrophe and hyphen are edges."""
    if character.isascii():
        return character.isalnum()
    return _is_mark(character) or (character.isalnum() and not _is_figure(character))


def is_looked_through(character: str) -> bool:
    """Whether a character is no edge: format characters, joiners and the tones of emoji (marks belong to words anyway)."""
    return not character.isascii() and _looked_through(character) is not None


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
    if joins(right) or right == _ZWJ or (left == _ZWJ and unicodedata.category(right)[0] in "LMS"):
        return True
    if right not in _FLAGS:
        return False
    before = text[:at]
    return bool(len(before[len(before.rstrip(_FLAGS)) :]) % 2)


def splits_word(text: str, at: int) -> bool:
    """Whether a place stands inside a word."""
    if at <= 0 or at >= len(text):
        return False
    left, right = _beside(text, at)
    if not (is_word(left) and is_word(right)):
        return False
    return not (is_unspaced(left) or is_unspaced(right)) or _is_mark(right)


def _beside(text: str, at: int) -> tuple[str, str]:
    """The characters on both sides of a place, past those that are looked through."""
    a, b = at - 1, at
    first, last = max(0, at - _MOST), min(len(text) - 1, at + _MOST)
    while a > first and is_looked_through(text[a]):
        a -= 1
    while b < last and is_looked_through(text[b]):
        b += 1
    return text[a], text[b]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
