"""Private-use characters that a project describes, and what stands for them in TEI (chapter 5).

A seed keeps them as they are: `g` around each points at the description, which the header lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from edition.model.events import SOLID, Element

INNERMOST = 99


def code(character: str) -> str:
    """`E000`: what stands after `U+`."""
    return f"{ord(character):04X}"


def identifier(character: str) -> str:
    """The xml:id of a description."""
    return f"char.{code(character)}"


def pointing(text: str, characters: Iterable[str]) -> Iterator[Element]:
    """A `g` around every one of these characters in a text; within all else that stands on it."""
    some = "".join(map(re.escape, characters))
    for m in re.finditer(f"[{some}]", text) if some else ():
        yield Element("g", (("ref", f"#{identifier(m[0])}"),), *m.span(), SOLID, INNERMOST, None)
