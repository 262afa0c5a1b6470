"""The elements of one text as they are made: their order, who claims them, what may be pointed at.

Knows attributes that all kinds share. What a kind becomes stands in `shapes.py`; what order they are made in,
in `encode.py`.
"""

from __future__ import annotations

from edition import catalogue as rules
from edition import mending
from edition.context import Context
from edition.dates.reigns import UNCOUNTED
from edition.dates.tei import DateAttributes, date_attributes, duration_attributes
from edition.diagnostics import say
from edition.fragment import BLOCK, LOOSE, NOTE, SOLID
from edition.model import Anchored, Claim, Element
from edition.tei import MARK, WORDS
from edition.vocabulary import Kind

Pairs = tuple[tuple[str, str], ...]


class Encoder:
    """Elements in the order they are made. A claim is known by its YAML mapping: it may stand at many places."""

    def __init__(self, context: Context, text: str) -> None:
        self.context = context
        self.text = text
        self.elements: list[Element] = []
        self.claims: list[Claim] = []
        self.places: dict[int, list[int]] = {}  # id(claim.node) → elements
        self.ids: dict[str, int] = {}  # an annotation's id → its element
        self.markers: dict[int, int] = {}  # id(claim.node) → the marker of a footnote
        self.evidence: dict[int, list[int]] = {}  # id(claim.node) → the words that show a relation
        self.notes_last = False  # all footnotes stand together at the end of the text
        self._targets: dict[int, list[int]] = {}  # of a note with many places
        self._anchors: dict[int, int] = {}
        self._extents: dict[tuple[int, int], int] | None = None

    def add(self, element: Element, claim: Claim | None = None) -> int:
        """An element, and the claim it stands for, if it is the first of it."""
        k = len(self.elements)
        self.elements.append(element)
        if claim is not None:
            if id(claim.node) not in self.places:
                self.claims.append(claim)
            self.places.setdefault(id(claim.node), []).append(k)
            if claim.id:
                self.ids.setdefault(claim.id, k)
        return k

    # elements

    def span(self, a: Anchored, kind: Kind, pairs: Pairs) -> Element:
        if a.start == a.end:
            return self.point(a, kind, pairs)
        weight = LOOSE if kind.cut else NOTE if kind.shape in ("gloss", "footnote", "note") else SOLID
        return Element(kind.element, pairs, a.start, a.end, weight, kind.rank, a.claim.at, a.claim.value)

    def point(self, a: Anchored, kind: Kind, pairs: Pairs, tail: str = "") -> Element:
        side = -1 if a.side == "after" else 1
        value = a.claim.value
        return Element(
            kind.element, pairs, a.start, a.start, MARK, kind.rank, a.claim.at, value, tail=tail, side=side
        )

    def note(self, claim: Claim, words: str, at: int, targets: tuple[int, ...], side: int = -1) -> None:
        """An editor's note: its words are not the seed's, its place is the end of what it is about."""
        context = self.context
        resp, cert, source = self.claimed(claim, resp=True)
        own = (
            (resp, cert, source) if claim.kind == "note" else (resp, source)
        )  # a comment is as certain as it says
        pairs = (("type", "editorial"), ("place", "end"), ("change", WORDS), *own)
        inner = context.prose(context, claim, words) or " "
        links = (("target", targets),) if targets else ()
        rank = context.kinds["note"].rank
        element = Element(
            "note", pairs, at, at, MARK, rank, claim.at, words, tail=inner, side=side, links=links
        )
        self.add(element, claim if claim.kind == "note" else None)

    def remark(self, name: str, pairs: Pairs, claim: Claim, target: int, order: str = "") -> None:
        """An empty element about another one, directly after it: `certainty`, `respons`."""
        end = self.elements[target].end
        links = (("target", (target,)),)
        self.add(Element(name, pairs, end, end, MARK, 0, claim.at, order, side=-1, links=links))

    def target(self, a: Anchored) -> int:
        """What a note on these words points at: an element of the same extent, or an anchor at their start."""
        found = self._extent(a.start, a.end)
        if found is None:
            found = self._anchors.get(a.start)
        if found is None:
            anchor = Element("anchor", (), a.start, a.start, MARK, 99, a.claim.at, side=1)
            found = self._anchors[a.start] = self.add(anchor)
        return found

    def collected(self, a: Anchored) -> tuple[int, ...] | None:
        """The targets of a note at many places, once the last of them has come."""
        targets = self._targets.setdefault(id(a.claim.node), [])
        targets.append(self.target(a))
        return tuple(targets) if a.index == a.places - 1 else None

    def _extent(self, start: int, end: int) -> int | None:
        """An element that covers exactly this: a block of text, or else the outermost inline one."""
        if self._extents is None:
            self._extents = {}
            for *_, k in sorted(
                (e.weight != BLOCK, e.rank, e.order, k)
                for k, e in enumerate(self.elements)
                if e.weight != MARK and (e.weight != BLOCK or e.text)
            ):
                self._extents.setdefault((self.elements[k].start, self.elements[k].end), k)
        return self._extents.get((start, end))

    # attributes

    def claimed(self, claim: Claim, resp: bool = False) -> Pairs:
        """@resp, @cert, @source. @resp only where it is written, or where the words are the editor's (`resp`): a
        default on every name would be noise."""
        context = self.context
        editor = context.editor(claim) if claim.by or resp else ""
        return (("resp", editor), ("cert", claim.cert), ("source", context.sources(claim)))

    def voiced(self, claim: Claim) -> Pairs:
        """The same, @resp being the voice where there is one."""
        pairs = self.claimed(claim)
        return (("resp", self.context.voice(claim)), *pairs[1:]) if claim.voice else pairs

    def dated(self, claim: Claim, kind: Kind) -> Pairs:
        """att.datable of a date or duration; a fault is told, and gives none."""
        dated = kind.shape == "date"
        calendar = self.context.calendar(claim) if dated else None
        if calendar is UNCOUNTED:
            return ()
        result = date_attributes(claim.value, calendar) if dated else duration_attributes(claim.value)
        if isinstance(result, DateAttributes):
            if calendar:
                self.context.calendars[calendar.name] = calendar
            return result.pairs
        rule = rules.DATE if result.kind == "invalid" else rules.DATE_TEI
        fix = mending.date(result, self.context.source, claim.at)
        self.context.tell(say(rule, result.message, self.context.span(claim.at), help=result.help, fix=fix))
        return ()
