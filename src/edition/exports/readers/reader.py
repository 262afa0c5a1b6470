"""The TEI of a text → `reading.Text`. Reads the edition's own bytes; ids are those of the annotations, as in all formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from edition.checks.relaxng import parse
from edition.dates.tei import TIMES
from edition.dates.words import in_words
from edition.encode.tei import WORDS
from edition.exports.annotations import marks
from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import (
    Choice,
    Content,
    Inline,
    Note,
    Piece,
    Point,
    Reading,
    Text,
    TextBlock,
)
from edition.exports.readers.private_use import Sign, described_signs, pointed
from edition.exports.readers.reader_header import Header, read_header
from edition.exports.readers.reader_registers import indexes, read_entries
from edition.model.edition import Built, Project
from edition.model.events import OPEN, start_tags
from edition.model.languages import tongue
from edition.model.vocabulary import BLOCKS
from edition.model.xml import TEI, XML

NAMES = ("persName", "placeName", "orgName", "eventName", "objectName", "title")
FLOWS = frozenset(
    ("body", *(block.element for block in BLOCKS.values() if block.content == "blocks"))
)  # elements that hold blocks
BLOCKISH = frozenset(block.element for block in BLOCKS.values())
CHUNKS = frozenset(
    ("div", "p", "ab", "lg", "l", "sp", "list", "table", "castList", "floatingText", "figure")
)  # blocks wherever they stand
CAPTIONED = ("figure", "list", "table")
HEADED = ("div", "lg", "castList", "body", "argument", "postscript")
POINTS = ("pb", "cb", "lb", "milestone", "gap", "anchor", "handShift")
ASIDE = ("certainty", "respons", "precision")
CHOICES = {"sic": "correction", "orig": "normalization", "abbr": "expansion"}
KINDS = {
    "quote": "quotation", "emph": "emphasis", "hi": "emphasis", "del": "deletion", "add": "addition", "pc": "mark",
    "floatingText": "floating",
}  # fmt: skip
SAME = frozenset(
    ("q", "term", "num", "measure", "foreign", "ref", "bibl", "surplus", "unclear", "damage", "supplied", "title", "code")
)  # fmt: skip
LED_TO = frozenset(
    (
        "name",
        "reference",
        "date",
        "duration",
        "surplus",
        "unclear",
        "damage",
        "deletion",
        "addition",
        "supplied",
        "signature",
    )
)  # what indexes and apparatus lead to: it has an id
VOICED = ("gloss", "footnote", "quotation", "q")
VALUE = {
    "del": "rend", "add": "place", "damage": "agent", "num": "value", "ref": "target", "fw": "type", "hi": "rend",
    "emph": "rend", "surplus": "reason", "unclear": "reason", "supplied": "reason", "gap": "reason",
}  # fmt: skip
_hyphen = re.compile(r"(?:[-‐¬⸗=]?\s+)$")


def text_for_readers(project: Project, built: Built) -> Text:
    """A text that was built: its data must be there."""
    root = parse(built.data or b"")
    body = root.find(f"{{{TEI}}}text/{{{TEI}}}body")
    assert body is not None
    language = root.get(f"{{{XML}}}lang", "und")
    known = frozenset(project.settings.inner("editors").items)
    reader = _Reader(tongue(language), known, identifiers(project, built), described_signs(root), {}, {})
    reader.number(root)
    reader.alternatives(body)
    whole = TextBlock("body", reader.content(body), flow=True)
    header: Header = read_header(root, reader.content)
    mentions, moments = indexes(whole, reader.notes)
    entries = read_entries(root, reader.content, mentions)
    return Text(
        name=built.name,
        language=language,
        tongue=tongue(language),
        title=header.title,
        subtitle=header.subtitle,
        author=header.author,
        body=whole,
        notes=tuple(reader.notes),
        entries=entries,
        moments=moments,
        facts=header.facts,
        editors=header.editors,
        publisher=header.publisher,
        published=header.published,
        revised=header.revised,
        licence=header.licence,
        licence_url=header.licence_url,
        series=header.series,
        sha256=header.sha256,
    )


def identifiers(project: Project, built: Built) -> dict[int, str]:
    """The number of an element within `text` (which is 0) → the id of its annotation; pieces have `.1`, `.2` …"""
    known = {mark.element: mark.id for mark in marks(project, built) if mark.element >= 0}
    found: dict[int, str] = {}
    for number, event in start_tags(built.composed):
        if name := known.get(event[1]):
            piece = event[2] if event[0] == OPEN else 0
            found[number] = f"{name}.{piece}" if piece else name
    return found


def name(e: etree._Element) -> str:
    return etree.QName(e).localname


@dataclass(slots=True)
class _Reader:
    tongue: str
    editors: frozenset[str]
    ids: dict[int, str]
    signs: Mapping[str, Sign]
    numbers: dict[etree._Element, int]
    others: dict[str, tuple[tuple[str, str], ...]]
    voices: dict[str, str] = field(default_factory=dict)  # of the text's own footnotes, by their ids
    notes: list[Note] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    def number(self, root: etree._Element) -> None:
        text = root.find(f"{{{TEI}}}text")
        assert text is not None
        self.numbers = {e: k for k, e in enumerate(text.iter("{*}*"))}

    def alternatives(self, body: etree._Element) -> None:
        """What is said elsewhere of what stands here: what else a name may be, whose a footnote is."""
        for e in body.iter(f"{{{TEI}}}note"):
            self.voices[e.get(f"{{{XML}}}id", "")] = self.voice(e)
        for e in body.iter(f"{{{TEI}}}certainty"):
            if value := e.get("assertedValue"):
                for target in e.get("target", "").split():
                    told = (value.removeprefix("#"), e.get("cert", ""))
                    self.others[target[1:]] = (*self.others.get(target[1:], ()), told)

    def id(self, e: etree._Element, made: str = "") -> str:
        """The annotation's, or the TEI's; for a mention that has none, one is `made`."""
        own = self.ids.get(self.numbers.get(e, -1), "") or e.get(f"{{{XML}}}id", "")
        if own or not made:
            return own
        self.made[made] += 1
        return f"{made}-{self.made[made]}"

    # content

    def content(self, e: etree._Element) -> Content:
        flow = flows(e)
        pieces: list[Piece] = [self.words(e, e.text)] if e.text else []
        for child in e:
            if isinstance(child.tag, str):
                pieces += self.pieces(child, flow, pieces)
            if child.tail:
                pieces.append(self.words(e, child.tail))
        return tuple(pieces)

    def words(self, e: etree._Element, words: str) -> str:
        """Private-use characters outside of `g` stand in words of the editors."""
        for sign in self.signs.values() if name(e) != "g" else ():
            words = words.replace(sign.character, sign.shown)
        return words

    def pieces(self, e: etree._Element, flow: bool, before: list[Piece]) -> list[Piece]:
        tag = name(e)
        if tag in ASIDE:
            return []
        if tag == "note" and WORDS in e.get("change", "").split():
            return [self.editorial(e)]
        if tag in POINTS or (tag not in BLOCKISH and not len(e) and not e.text):
            return self.point(e, tag, before)
        if tag in ("choice", "subst", "app"):
            return [self.choice(e, tag)]
        if tag == "g" and (sign := pointed(e, self.signs)):
            return [self.character(e, sign)]
        if tag == "body":  # of a quoted document
            return list(self.content(e))
        if is_block(e, tag, flow):
            return [self.block(e, tag)]
        return [self.span(e, tag)]

    def point(self, e: etree._Element, tag: str, before: list[Piece]) -> list[Piece]:
        joined = e.get("break") == "no"
        kind = {"handShift": "hand"}.get(tag, tag if tag in POINTS else "element")
        value = e.get("n") or e.get("reason") or e.get("new", "").removeprefix("#")
        extent = (
            " ".join(filter(None, (e.get("quantity"), e.get("unit")))) if tag == "gap" else e.get("facs", "")
        )
        point = Point(kind, self.id(e), "", value, extent or e.get("unit", ""), joined)
        last = before[-1] if before else None
        if joined and isinstance(last, str) and (found := _hyphen.search(last)):
            before[-1:] = [last[: found.start()]] if found.start() else []
            return [Inline("hyphen", (found[0],)), point]
        return [point]

    def editorial(self, e: etree._Element) -> Point:
        number = len(self.notes) + 1
        id = e.get(f"{{{XML}}}id") or f"note-{number}"
        self.notes.append(Note(id, number, ()))  # its place in the row, before notes within it
        targets = tuple(t[1:] for t in e.get("target", "").split())
        sources = tuple(s.removeprefix("#") for s in e.get("source", "").split())
        self.notes[number - 1] = Note(
            id, number, self.content(e), targets, self.here, e.get("resp", "").removeprefix("#"), e.get("cert", ""), sources
        )  # fmt: skip
        return Point("call", f"call-{id}", id, str(number))

    @property
    def here(self) -> str:
        return next((n for n in reversed(self.place) if n), "")

    def choice(self, e: etree._Element, tag: str) -> Choice:
        id = self.id(e, "place")
        sides = [child for child in e if name(child) not in (*ASIDE, "note")]
        readings = [self.reading(side) for side in sides]
        kind = {"subst": "substitution", "app": "reading"}.get(tag) or CHOICES[readings[0].role]
        return Choice(kind, tuple(readings), id)

    def reading(self, e: etree._Element) -> Reading:
        return Reading(
            name(e),
            self.content(e),
            WORDS in e.get("change", "").split(),
            tuple(w[1:] for w in e.get("wit", "").split()),
            e.get("cert", ""),
            e.get("resp", "").removeprefix("#"),
        )

    def character(self, e: etree._Element, sign: Sign) -> Choice:
        said = LABELS[self.tongue]["character"].format(code=sign.code, said=sign.said)
        readings = (Reading("char", self.content(e)), Reading("shown", (sign.shown,)))
        return Choice("character", readings, self.id(e, "sign"), sign.id, said)

    def voice(self, e: etree._Element) -> str:
        key = e.get("resp", "").removeprefix("#").split(" ")[0]
        return "" if key in self.editors else key

    def block(self, e: etree._Element, tag: str) -> TextBlock:
        parent = e.getparent()
        kind = KINDS.get(tag, e.get("type", "") if tag == "note" else tag)
        level = 0
        if tag == "head" and parent is not None:
            if name(parent) in CAPTIONED:
                kind = "caption"
            else:
                above = [parent, *parent.iterancestors()]
                level = sum(name(a) in HEADED and a.find(f"{{{TEI}}}head") is not None for a in above)
        self.place.append(e.get("n", "") if tag not in FLOWS else "")
        found = TextBlock(
            kind,
            self.content(e),
            self.id(e),
            e.get("n", ""),
            e.get("type", ""),
            level,
            _indent(e) if tag == "l" else 0,
            e.get("part", ""),
            self.voice(e),
            e.get(f"{{{XML}}}lang", ""),
            flows(e) or tag in FLOWS,
            e.get("prev") is None,
        )
        self.place.pop()
        return found

    def span(self, e: etree._Element, tag: str) -> Inline:
        kind, key, value = self.kind(e, tag)
        first = e.get("prev") is None
        at = e.get(f"{{{XML}}}id", "")
        spoken = in_words({str(k): str(v) for k, v in e.attrib.items()}, self.tongue) if tag == "date" else ""
        # an id for whatever the indexes lead to
        id = self.id(e, kind if kind in LED_TO else "")
        return Inline(
            kind,
            self.content(e),
            id,
            key,
            value,
            spoken,
            self.voice(e) if kind in VOICED else self.voices.get(key, "") if kind == "marker" else "",
            e.get("cert", ""),
            e.get("resp", "").removeprefix("#"),
            e.get(f"{{{XML}}}lang", ""),
            WORDS in e.get("change", "").split(),
            self.others.get(at, ()),
            first,
        )

    def kind(self, e: etree._Element, tag: str) -> tuple[str, str, str]:
        """Kind, key and value of a span."""
        pointer = (e.get("ref") or "").removeprefix("#")
        type_, value = e.get("type", ""), e.get(VALUE.get(tag, "type"), "")
        if tag == "name" and type_ == "voice":
            return "signature", pointer, ""
        if tag in NAMES and pointer:
            return "name", pointer, type_
        if tag == "rs" and pointer:
            return "reference", pointer, e.get("subtype", "")
        if tag == "ref" and type_ in ("noteAnchor", "noteBack"):
            return "marker" if type_ == "noteAnchor" else "back", e.get("target", "")[1:], ""
        if tag == "date":
            return ("date" if any(e.get(a) for a in TIMES) else "duration"), "", _time(e)
        if tag == "note":
            return type_ or "gloss", "", e.get("subtype", "")
        if tag == "bibl":
            return "bibl", e.get("corresp", "").removeprefix("#"), ""
        if tag == "seg":
            category = e.get("ana", "").removeprefix("#")
            return ("interpretation", category, "") if category else ("evidence", "", type_)
        if tag == "name":
            return "phrase", "", type_
        if tag == "measure":
            return "measure", "", " ".join(filter(None, (e.get("quantity"), e.get("unit"))))
        if tag in SAME or tag in KINDS:
            return KINDS.get(tag, tag), "", value
        return (tag, "", type_) if tag in BLOCKISH else ("element", "", tag)


def flows(e: etree._Element) -> bool:
    """Whether an element holds blocks: no words of its own, and a block at least."""
    if name(e) in FLOWS:
        return True
    if (e.text or "").strip() or any((child.tail or "").strip() for child in e):
        return False
    inside = [name(child) for child in e if isinstance(child.tag, str)]
    return any(tag in BLOCKISH for tag in inside) and all(
        tag in BLOCKISH or tag in POINTS or tag in ASIDE or tag in ("note", "quote") for tag in inside
    )


def is_block(e: etree._Element, tag: str, flow: bool) -> bool:
    if tag in CHUNKS or (tag in BLOCKISH and flow):
        return True
    if tag not in ("quote", "q", "note", "floatingText"):
        return False
    parent = e.getparent()
    holds = any(isinstance(child.tag, str) and name(child) in CHUNKS for child in e)
    return holds or (parent is not None and name(parent) in FLOWS)


def _time(e: etree._Element) -> str:
    """The value of a `date`: its ends; or a length, or the bounds of one. `~`: it is about then."""
    ends = "/".join(e.get(a, "") for a in TIMES if e.get(a))
    if ends:
        within = ".." if e.get("notBefore") or e.get("notAfter") else ""
        return f"{within}{ends}" + ("~" if e.get("precision") == "low" else "")
    bounds = [f"{a}{e.get(a)}{e.get('unit', '')}" for a in ("atLeast", "atMost") if e.get(a)]
    return e.get("dur", "") or "/".join(bounds)


def _indent(e: etree._Element) -> int:
    """Blanks of the seed before a block, on its line; they may stand before the block that it begins."""
    previous, parent = e.getprevious(), e.getparent()
    words = previous.tail if previous is not None else parent.text if parent is not None else ""
    line = (words or "").expandtabs().rpartition("\n")[2]
    if line or (words or "") or previous is not None or parent is None or name(parent) == "body":
        return len(line) if not line.strip() else 0
    return _indent(parent)
