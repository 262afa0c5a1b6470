"""Private-use characters as the header of an edition describes them: what is shown instead, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from edition.exports.readers.tagged import Tagged

_clause = re.compile(r"[.;:](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sign:
    """id: of the description (`char.E000`); code: `U+E000`; standard: the nearest characters of Unicode, or ""."""

    id: str
    code: str
    standard: str = ""
    name: str = ""
    about: str = ""

    @property
    def shown(self) -> str:
        """What a reader sees in its place, for no font has it: the standard characters, or words in brackets."""
        return self.standard or f"[{_clause.split(self.about)[0] or self.name or self.code}]"

    @property
    def character(self) -> str:
        return chr(int(self.code[2:], 16))

    @property
    def said(self) -> str:
        """What it is, without a full stop at the end."""
        return self.about.removesuffix(".") or self.name or self.standard


def described_signs(header: Tagged) -> Mapping[str, Sign]:
    """Those that `charDecl` describes, by the ids that `g` points at."""
    found = (_sign(e) for e in header.all("encodingDesc/charDecl/char"))
    return {sign.id: sign for sign in found}


def _sign(e: Tagged) -> Sign:
    name = next((p.get("value") for p in e.all("localProp", name="Name")), "")
    code, standard = ("".join(m.words for m in e.all("mapping", type=kind)) for kind in ("PUA", "standard"))
    return Sign(e.id, code, standard, name, "".join(d.words for d in e.all("desc")))


def pointed(e: Tagged | etree._Element, signs: Mapping[str, Sign]) -> Sign | None:
    """The character that a `g` points at."""
    return signs.get((e.get("ref") or "").removeprefix("#"))
