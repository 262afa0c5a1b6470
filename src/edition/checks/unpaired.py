"""Quotation marks and brackets that have no partner. Knows text only, and no language.

“ opens in English and closes in German, » opens in German and closes in French. So its neighbours tell what a mark
does: it opens if white space or an opening mark stands before it, and a letter after it. Apostrophes are no marks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

BRACKETS = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⟧": "⟦", "⟫": "⟪"}
_DOUBLE, _ANGLES, _ANGLE = "„“”‟", "«»", "‹›"
_STRAIGHT, _SINGLE, _SINGLE_ENDS = '"', "‚‘", "‘’"
_NEXT, _FAR = 1, 1 << 30  # a bracket may close in the next paragraph, a quotation much later
_marks = re.compile(
    f'["{_DOUBLE}{_ANGLES}{_ANGLE}{_SINGLE}{re.escape("".join(BRACKETS) + "".join(BRACKETS.values()))}]'
)
_item = re.compile(r"[ \t]*\w{1,4}").fullmatch  # “a)”, “12)” at the beginning of a line
_smile = re.compile(r"[:;8=][-o']?$").search

Block = tuple[int, int]
Open = tuple[str, int, int]
"""A mark: its family, its offset (code points), the number of its block."""


def unpaired(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[int]]]:
    """The blocks with marks that have no partner, and the offsets (code points) of these marks."""
    turned = {family: _turned(text, family) for family in (_ANGLES, _ANGLE)}
    left: list[tuple[Open, bool]] = []
    for number, block in enumerate(blocks):
        left += _within(text, block, number, turned)
    alone: dict[int, list[int]] = {}
    for _, at, number in _across(text, blocks, left):
        alone.setdefault(number, []).append(at)
    for number in sorted(alone):
        yield blocks[number], sorted(alone[number])


def _within(
    text: str, block: Block, number: int, turned: dict[str, bool | None]
) -> Iterator[tuple[Open, bool]]:
    """The marks of a block that have no partner in it, and whether they open."""
    stacks: dict[str, list[Open]] = {}
    for m in _marks.finditer(text, *block):
        family = _family(m[0])
        stack = stacks.setdefault(family, [])
        opens = _opens(text, m.start(), block, stack, turned)
        if opens is None:
            continue
        if opens:
            stack.append((family, m.start(), number))
        elif stack:
            stack.pop()
        else:
            yield (family, m.start(), number), False
    for stack in stacks.values():
        yield from ((mark, True) for mark in stack)


def _family(mark: str) -> str:
    for family in (_DOUBLE, _ANGLES, _ANGLE, _SINGLE):
        if mark in family:
            return family
    return BRACKETS.get(mark, mark)


def _opens(
    text: str, at: int, block: Block, stack: Sequence[Open], turned: dict[str, bool | None]
) -> bool | None:
    """Whether a mark opens; None if the character is no mark here. `stack`: the open marks of its family."""
    mark = text[at]
    if mark in BRACKETS:
        line = text[max(block[0], text.rfind("\n", 0, at) + 1) : at]
        return None if not stack and (_item(line) or _smile(line)) else False
    if mark in BRACKETS.values() or mark in "„‟":
        return True
    before = text[at - 1] if at > block[0] else " "
    after = text[at + 1] if at + 1 < block[1] else " "
    left, right = _free(before, "Ps", "Pi", "Pd"), _free(after, "Pe", "Pf", "Po", "Pd")
    if mark in _SINGLE:
        closed = any(text.find(end, at + 1, block[1]) >= 0 for end in _SINGLE_ENDS)
        return True if left and not right and not closed else None
    if mark in _ANGLES + _ANGLE:
        way = turned[_family(mark)]
        return None if way is None else (mark in "»›") == way
    if mark == _STRAIGHT and before.isdigit() and not stack:
        return None  # inches, seconds
    if stack:  # a second one opens only in English, and only where it cannot close
        return mark == "“" and left and not right and all(text[other] != "„" for _, other, _ in stack)
    if left and right:  # space on both sides
        return at + 1 < block[1] and (mark != "”" or at == block[0])
    return not right


def _free(neighbour: str, *categories: str) -> bool:
    return neighbour.isspace() or neighbour == _STRAIGHT or category(neighbour) in categories


def _turned(text: str, family: str) -> bool | None:
    """Whether the second mark of a family opens, as in »German«; None if the text has only one of the two."""
    first, second = family[0], family[1]
    if first not in text or second not in text:
        return None
    opening = len(re.findall(rf"(?<!\S){first}\w", text)) + len(re.findall(rf"\S{second}(?!\w)", text))
    closing = len(re.findall(rf"(?<!\S){second}\w", text)) + len(re.findall(rf"\S{first}(?!\w)", text))
    return closing > opening


def _across(text: str, blocks: Sequence[Block], left: Iterable[tuple[Open, bool]]) -> list[Open]:
    """The marks that have no partner in other blocks either."""
    waiting: list[Open] = []
    alone: list[Open] = []
    for mark, opens in sorted(left, key=lambda one: one[0][1]):
        if opens:
            waiting.append(mark)
            continue
        partner = next((w for w in reversed(waiting) if _meets(w, mark)), None)
        if partner is None:
            alone.append(mark)
        else:
            waiting.remove(partner)
    return alone + [w for w in waiting if not _taken_up(text, blocks, w)]


def _meets(opening: Open, closing: Open) -> bool:
    (family, _, first), (other, _, last) = opening, closing
    reach = {_STRAIGHT: 0, _DOUBLE: _FAR, _ANGLES: _FAR, _ANGLE: _FAR}.get(family, _NEXT)
    return family == other and last - first <= reach


def _taken_up(text: str, blocks: Sequence[Block], mark: Open) -> bool:
    """A quotation of several paragraphs opens again at each, and closes only once."""
    _, at, number = mark
    again = blocks[number + 1][0] if number + 1 < len(blocks) else -1
    return again >= 0 and text[again] == text[at] and text[at] not in BRACKETS.values()
