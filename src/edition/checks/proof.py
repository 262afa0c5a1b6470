"""The text of an edition is its seed: recomputed from the XML alone, with a parser of its own (expat).

It shares no code with what writes. The rule stands in every header, and `schema/seed.xsl` does the same without
this tool: character data of /TEI/text, without elements whose @change names #ed.words.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from xml.parsers import expat

TEI = "http://www.tei-c.org/ns/1.0"
WORDS = "#ed.words"


class Proof(NamedTuple):
    """What an edition says its seed is, and the text it really holds. `file`: the seed's name in the header."""

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
        collector = _Collector(parser, at)
        parser.Parse(data, True)
        return len(data[: collector.byte].decode("utf-8", "replace"))

    @property
    def proved(self) -> bool:
        return not self.problem and self.sha256 == self.stated


def read_proof(data: bytes) -> Proof:
    """The proof of one edition from its bytes. No entity is expanded; a broken file is told in `problem`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    collector = _Collector(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return Proof("", "", "", f"this is not well-formed XML: {error}")
    if collector.refused:
        return Proof("", "", "", "this is no TEI, or it declares entities, which are not expanded here")
    problem = "" if collector.stated else "the header states no SHA-256 of a seed"
    return Proof("".join(collector.parts), collector.file, collector.stated.strip(), problem)


class _Collector:
    """Follows the depth of elements; keeps what the seed rule keeps, and two fields of the header."""

    def __init__(self, parser: expat.XMLParserType, wanted: int = -1) -> None:
        self.parser = parser
        self.wanted = wanted  # a code point of the text, whose byte in the file is looked for
        self.byte = self.seen = 0
        self.depth = self.silent_from = 0
        self.in_text = self.in_source = self.refused = False
        self.parts: list[str] = []
        self.file = self.stated = self.field = ""
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = self.entity

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
                self.parts.append(data)
                if self.wanted >= self.seen:
                    self.byte = self.parser.CurrentByteIndex + len(
                        data[: self.wanted - self.seen].encode("utf-8")
                    )
                self.seen += len(data)
        elif self.field:
            setattr(self, self.field, getattr(self, self.field) + data)


def first_difference(one: str, other: str) -> int | None:
    """The first code point at which two texts differ, or None."""
    if one == other:
        return None
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
