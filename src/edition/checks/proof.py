"""The text of an edition is its seed: recomputed from the XML alone, with a parser of its own (expat).

It shares no code with what writes. The rule stands in every header, and `schema/seed.xsl` does the same without
this tool: character data of /TEI/text, without elements whose @change names #ed.words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

TEI = "http://www.tei-c.org/ns/1.0"
WORDS = "#ed.words"


class Proof(NamedTuple):
    """What an edition says its seed is, and the text it really holds.

    file, stated: the seed's name and SHA-256 in the header. problem: why there is no proof, or "".
    """

    text: str
    file: str
    stated: str
    problem: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def place(self, data: bytes, at: int) -> int:
        """The code point of the file at which a code point of its text is written."""
        parser = expat.ParserCreate(namespace_separator=" ")
        byte = seen = 0

        def heard(words: str) -> None:
            nonlocal byte, seen
            if at >= seen:
                byte = parser.CurrentByteIndex + len(words[: at - seen].encode("utf-8"))
            seen += len(words)

        _Collector(parser, heard)
        parser.Parse(data, True)
        return len(data[:byte].decode("utf-8", "replace"))

    @property
    def proved(self) -> bool:
        """Whether the two are one. Where there is a problem, nothing is stated."""
        return self.sha256 == self.stated


def read_proof(data: bytes) -> Proof:
    """The proof of one edition from its bytes. No entity is expanded; `problem` says if the file is broken."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parts: list[str] = []
    collector = _Collector(parser, parts.append)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return Proof("", "", "", f"this is not well-formed XML: {error}")
    if collector.refused:
        return Proof("", "", "", "this is no TEI, or it declares entities, which are not expanded here")
    stated = collector.stated.strip()
    problem = "" if stated else "the header states no SHA-256 of a seed"
    return Proof("".join(parts), collector.file, stated, problem)


class _Collector:
    """Follows the depth of elements; hands on what the seed rule keeps, and keeps two fields of the header."""

    def __init__(self, parser: expat.XMLParserType, heard: Callable[[str], object]) -> None:
        self.heard = heard
        self.depth = self.silent_from = 0
        self.in_text = self.in_source = self.refused = False
        self.file = self.stated = self.field = ""
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.entity  # declared outside the file

    def entity(self, *_: object) -> None:
        self.refused = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.in_text:
            if not self.silent_from and "change" in attributes and WORDS in attributes["change"].split():
                self.silent_from = self.depth
        elif self.depth == 1:
            self.refused = self.refused or name != f"{TEI} TEI"
        elif self.depth == 2:
            self.in_text = name == f"{TEI} text"
        elif name == f"{TEI} sourceDesc":
            self.in_source = True
        elif (
            self.in_source
            and name == f"{TEI} idno"
            and attributes.get("type") == "SHA-256"
            and not self.stated
        ):
            self.field = "stated"
        elif self.in_source and name == f"{TEI} title" and attributes.get("type") == "file" and not self.file:
            self.field = "file"

    def end(self, name: str) -> None:
        if self.silent_from == self.depth:
            self.silent_from = 0
        self.depth -= 1
        if self.depth == 1:
            self.in_text = False
        self.field = ""

    def text(self, data: str) -> None:
        if self.in_text:
            if not self.silent_from:
                self.heard(data)
        elif self.field:
            setattr(self, self.field, getattr(self, self.field) + data)


def first_difference(one: str, other: str) -> int | None:
    """The first code point at which two texts differ, or None."""
    if one == other:
        return None
    parted = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(parted, min(len(one), len(other)))
