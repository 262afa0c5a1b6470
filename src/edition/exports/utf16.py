"""Offsets for tools that count as Java and JavaScript do: a character beyond U+FFFF is two units."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable


def units(text: str) -> Callable[[int], int]:
    """Of a text: code points → UTF-16 code units."""
    beyond = [k for k, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(beyond, offset)
