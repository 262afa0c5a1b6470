"""A built text → `model.Text`: its words with what is claimed of them, notes, where entries and dates are named.

Reads the elements that the edition is written from, and no bytes; ids are those of the annotations, as in all formats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, fields, replace

from edition.dates.tei import TIMES
from edition.dates.words import in_words
from edition.exports.annotations import annotation_rows
from edition.exports.readers.claims import claims
from edition.exports.readers.from_header import read_header
from edition.exports.readers.from_registers import read_entries
from edition.exports.readers.indexes import indexes
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
from edition.exports.readers.tagged import Tagged, of_header, of_text
from edition.model.edition import Built, Project
from edition.model.languages import tongue
from edition.model.vocabulary import BLOCKS, KINDS
from edition.read.project import language

NAMES = frozenset(kind.element for kind in KINDS.values() if kind.shape == "mention") - {"rs"}
OF_ELEMENT = {
    kind.element: kind.name
    for kind in KINDS.values()
    if kind.shape in ("phrase", "quotation", "mark", "supplied", "choice")
} | {"name": "phrase", "hi": "emphasis", "pc": "mark", "title": "title", "code": "code"}
"""What an element is to readers, whatever kind wrote it."""
CHUNKS = frozenset(
    ("div", "p", "ab", "lg", "l", "sp", "list", "table", "castList", "floatingText", "figure")
)  # blocks wherever they stand
CAPTIONED = ("figure", "list", "table")
HEADED = ("div", "lg", "castList", "body", "argument", "postscript")
POINTS = ("pb", "cb", "lb", "milestone", "gap", "anchor", "handShift")
ASIDE = ("certainty", "respons", "precision")
CHOICES = {kind.inner: kind.name for kind in KINDS.values() if kind.shape == "choice"}
LED_TO = {kind.name for kind in KINDS.values() if kind.shape in ("date", "duration", "mark", "supplied")} | {
    "name",
    "reference",
    "signature",
}  # what indexes and apparatus lead to: it has an id
VOICED = ("gloss", "footnote", "quotation", "q")
_hyphen = re.compile(r"(?:[-‐¬⸗=]?\s+)$")


def text_for_readers(project: Project, built: Built) -> Text:
    """A text that was built: its header must be there."""
    assert built.header is not None
    header, body = of_header(built.header), of_text(built.composed)
    spoken = language(project, built.document)
    editors = project.settings.inner("editors").items.keys()
    ids = {mark.element: mark.id for mark in annotation_rows(project, built) if mark.element >= 0}
    voices = {e.id: e.key("resp") for e in body.walk() if e.name == "note" and e.key("resp") not in editors}
    reader = _Reader(tongue(spoken), editors, ids, described_signs(header), _others(body), voices)
    whole = TextBlock("body", reader.content(body), flow=True)
    told = read_header(header, reader.content)
    mentions, moments = indexes(whole, reader.notes)
    lists = of_header(built.stand_off) if built.stand_off else None
    return Text(
        **{one.name: getattr(told, one.name) for one in fields(told)},
        name=built.name,
        language=spoken,
        tongue=tongue(spoken),
        body=whole,
        notes=tuple(reader.notes),
        entries=read_entries(header, lists, reader.content, mentions, tongue(spoken)),
        moments=moments,
        claims=claims(project, built, whole.content, reader.notes),
    )


def _others(body: Tagged) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What else something may be, which is said beside it: by the id of the element, value or key, and certainty."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for e in body.walk():
        if e.name == "certainty" and (value := e.get("assertedValue")):
            for target in e.keys("target"):
                found[target] = (*found.get(target, ()), (value.removeprefix("#"), e.get("cert")))
    return found


@dataclass(slots=True)
class _Reader:
    """ids: of annotations, by their elements. voices: of the text's own footnotes, by their ids."""

    tongue: str
    editors: Set[str]
    ids: Mapping[int, str]
    signs: Mapping[str, Sign]
    others: Mapping[str, tuple[tuple[str, str], ...]]
    voices: Mapping[str, str]
    notes: list[Note] = field(default_factory=list)
    above: list[Tagged] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    def id(self, e: Tagged, made: str = "") -> str:
        """The annotation's, or the TEI's; for a mention that has none, one is `made`."""
        known = self.ids.get(e.origin, "")
        own = f"{known}.{e.piece}" if known and e.piece else known or e.id
        if own or not made:
            return own
        self.made[made] += 1
        return f"{made}-{self.made[made]}"

    # content

    def content(self, e: Tagged, before: str = "") -> Content:
        """before: the words directly before it."""
        flow = flows(e)
        pieces: list[Piece] = []
        last: Tagged | str = "" if e.name == "body" else before
        self.above.append(e)
        for child in e.inside:
            if isinstance(child, str):
                pieces.append(self.words(e, child))
            else:
                pieces += self.pieces(child, flow, pieces, last if isinstance(last, str) else "")
            last = child
        self.above.pop()
        return tuple(pieces)

    def words(self, e: Tagged, words: str) -> str:
        """Private-use characters outside of `g` stand in words of the editors."""
        for sign in self.signs.values() if e.name != "g" else ():
            words = words.replace(sign.character, sign.shown)
        return words

    def pieces(self, e: Tagged, flow: bool, pieces: list[Piece], before: str) -> list[Piece]:
        """What an element is to readers. pieces: those that stand before it."""
        if e.name in ASIDE:
            return []
        if e.name == "note" and e.ours:
            return [self.editorial(e)]
        if e.name in POINTS or not (e.inside or e.block):
            return self.point(e, pieces)
        if e.name in ("choice", "subst", "app"):
            return [self.choice(e)]
        if e.name == "g" and (sign := pointed(e, self.signs)):
            return [self.character(e, sign)]
        if e.name == "body":  # of a quoted document
            return list(self.content(e))
        if e.block and (e.kind not in BLOCKS or e.name in CHUNKS or flow):
            return [self.block(e, before)]
        return [self.span(e)]

    def point(self, e: Tagged, pieces: list[Piece]) -> list[Piece]:
        joined = e.get("break") == "no"
        kind = {"handShift": "hand"}.get(e.name, e.name if e.name in POINTS else "element")
        extent = _amount(e) if e.name == "gap" else e.get("facs")
        point = Point(kind, self.id(e), "", e.value, extent or e.get("unit"), joined)
        last = pieces[-1] if pieces else None
        if joined and isinstance(last, str) and (found := _hyphen.search(last)):
            pieces[-1:] = [last[: found.start()]] if found.start() else []
            return [Inline("hyphen", (found[0],)), point]
        return [point]

    def editorial(self, e: Tagged) -> Point:
        number = len(self.notes) + 1
        id = e.id or f"note-{number}"
        here = next((n for n in reversed(self.place) if n), "")
        note = Note(id, number, (), e.keys("target"), here, e.key("resp"), e.get("cert"), e.keys("source"))
        self.notes.append(note)  # its place in the row, before notes within it
        self.notes[number - 1] = replace(note, content=self.content(e))
        return Point("call", f"call-{id}", id, str(number))

    def choice(self, e: Tagged) -> Choice:
        id = self.id(e, "place")
        readings = tuple(self.reading(side) for side in e.elements if side.name not in (*ASIDE, "note"))
        kind = {"subst": "substitution", "app": "reading"}.get(e.name) or CHOICES[readings[0].role]
        return Choice(kind, readings, id)

    def reading(self, e: Tagged) -> Reading:
        return Reading(e.name, self.content(e), e.ours, e.keys("wit"), e.get("cert"), e.key("resp"))

    def character(self, e: Tagged, sign: Sign) -> Choice:
        said = LABELS[self.tongue]["character"].format(code=sign.code, said=sign.said)
        readings = (Reading("char", self.content(e)), Reading("shown", (sign.shown,)))
        return Choice("character", readings, self.id(e, "sign"), sign.id, said)

    def voice(self, e: Tagged) -> str:
        return "" if e.key("resp") in self.editors else e.key("resp")

    def block(self, e: Tagged, before: str) -> TextBlock:
        parent = self.above[-1]
        kind = e.get("type") if e.name == "note" else OF_ELEMENT.get(e.name) or e.kind or e.name
        level = 0
        if e.name == "head" and parent.name in CAPTIONED:
            kind = "caption"
        elif e.name == "head":
            level = sum(a.name in HEADED and bool(a.all("head")) for a in self.above)
        self.place.append("" if e.flow else e.get("n"))
        found = TextBlock(
            kind,
            self.content(e, before),
            self.id(e),
            e.get("n"),
            e.get("type"),
            level,
            _indent(before) if e.name == "l" else 0,
            e.get("part"),
            self.voice(e),
            e.get("xml:lang"),
            flows(e),
            not e.get("prev"),
        )
        self.place.pop()
        return found

    def span(self, e: Tagged) -> Inline:
        kind, key = self.kind(e)
        return Inline(
            kind,
            self.content(e),
            self.id(e, kind if kind in LED_TO else ""),
            key,
            "" if key else VALUES.get(kind, _value)(e),
            in_words(e.pairs, self.tongue) if e.name == "date" else "",
            self.voice(e) if kind in VOICED else self.voices.get(key, "") if kind == "marker" else "",
            e.get("cert"),
            e.key("resp"),
            e.get("xml:lang"),
            e.ours,
            self.others.get(e.id, ()),
            not e.get("prev"),
        )

    def kind(self, e: Tagged) -> tuple[str, str]:
        """Kind and key of a span."""
        type_ = e.get("type")
        if e.name == "name" and type_ == "voice":
            return "signature", e.key("ref")
        if e.get("ref") and e.name in (*NAMES, "rs"):
            return "reference" if e.name == "rs" else "name", e.key("ref")
        if e.name == "ref" and type_ in ("noteAnchor", "noteBack"):
            return "marker" if type_ == "noteAnchor" else "back", e.key("target")
        if e.name == "date":
            return "date" if any(e.get(a) for a in TIMES) else "duration", ""
        if e.name == "note":
            return type_ or "gloss", ""
        if e.name == "seg":
            return ("interpretation", e.key("ana")) if e.get("ana") else ("evidence", "")
        if e.name == "bibl":
            return "bibl", e.key("corresp")
        return OF_ELEMENT.get(e.name) or (e.kind if e.kind in BLOCKS else "element"), ""


def flows(e: Tagged) -> bool:
    """Whether an element holds blocks: no words of its own, and a block at least."""
    if e.flow:
        return True
    if any(isinstance(child, str) and child.strip() for child in e.inside):
        return False
    blocks = [child.block or child.kind in BLOCKS for child in e.elements]
    besides = (*POINTS, *ASIDE, "note", "quote")
    return any(blocks) and all(
        block or child.name in besides for block, child in zip(blocks, e.elements, strict=True)
    )


def _value(e: Tagged) -> str:
    """What is claimed; of editors' words, how they are marked, or where they lead."""
    if e.kind in BLOCKS:
        return e.get("type")
    return e.value if e.kind else e.get("rend") or e.get("target")


def _amount(e: Tagged) -> str:
    return " ".join(filter(None, (e.get("quantity"), e.get("unit"))))


def _time(e: Tagged) -> str:
    """The value of a `date`: its ends; or a length, or the bounds of one. `~`: it is about then."""
    ends = "/".join(e.get(a) for a in TIMES if e.get(a))
    if ends:
        within = ".." if e.get("notBefore") or e.get("notAfter") else ""
        return f"{within}{ends}" + ("~" if e.get("precision") == "low" else "")
    bounds = [f"{a}{e.get(a)}{e.get('unit')}" for a in ("atLeast", "atMost") if e.get(a)]
    return e.get("dur") or "/".join(bounds)


def _indent(before: str) -> int:
    """Blanks of the seed before a block, on its line."""
    line = before.expandtabs().rpartition("\n")[2]
    return len(line) if not line.strip() else 0


VALUES: Mapping[str, Callable[[Tagged], str]] = {
    "date": _time,
    "duration": _time,
    "measure": _amount,
    "element": lambda e: e.name,
    "evidence": lambda e: e.get("type"),
    "supplied": lambda e: e.get("reason"),
}
