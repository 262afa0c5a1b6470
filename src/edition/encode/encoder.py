"""The elements of one text as they are made: who claims them, what may be pointed at, which words editors add.

Knows the attributes that all kinds share. What a kind becomes stands in `kind_elements`; the order, in `text_elements`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from edition.encode.header.declarations import character_id
from edition.encode.references import References
from edition.encode.tei import WORDS
from edition.model import rules
from edition.model.annotation import Anchored, Claim
from edition.model.diagnostics import shortened
from edition.model.events import BLOCK, LINING, LOOSE, MARK, NOTE, SOLID, Element
from edition.model.nodes import Mapping, Node
from edition.model.vocabulary import EMPHASIS, KINDS, Block, Kind
from edition.read.prose import Part, Words, words

Pairs = tuple[tuple[str, str], ...]
INNERMOST = 99
NONE = Words(" ")  # a space, where an editor's words are empty


def lining(name: str, claim: Claim | None, kind: Kind | Block, pairs: Pairs = ()) -> Element:
    """The element inside another one that holds the seed's words, as `sic` in `choice`."""
    return Element(name, pairs, 0, 0, LINING, 0, claim.at if claim else None, kind.name)


def editors_words(name: str, claim: Claim, kind: Kind, pairs: Pairs, made: Words) -> Element:
    """The element inside another one that holds an editor's words, as `corr` in `choice`."""
    return holding(Element(name, pairs, 0, 0, MARK, 0, claim.at, kind.name), made, claim)


def holding(mark: Element, made: Words, claim: Claim) -> Element:
    """A mark, with an editor's words put into it."""
    return mark._replace(words=made.text, held=over(made, claim.at))


def over(made: Words, node: Node) -> tuple[Element, ...]:
    """The elements over an editor's words: paragraphs, emphasis, links."""
    return tuple(_over(made.parts, node)) if made.parts else ()


def _over(parts: Sequence[Part], node: Node) -> Iterator[Element]:
    """The elements of parts, which stand in document order, each before those inside it, whose rank is higher."""
    k = 0
    while k < len(parts):
        part, first = parts[k], k + 1
        k = next((i for i in range(first, len(parts)) if parts[i].rank <= part.rank), len(parts))
        inner = parts[first:k]
        cutting, rank = (BLOCK, part.rank) if part.block else (LOOSE, EMPHASIS)
        made = Element(part.element, part.attributes, part.start, part.end, cutting, rank, node)
        if part.start == part.end:
            yield made._replace(cutting=MARK, rank=0, held=tuple(_over(inner, node)))
            continue
        yield made._replace(order=f"{part.rank:03}", text=part.block and not any(p.block for p in inner))
        yield from _over(inner, node)


def private_use(text: str, characters: Iterable[str]) -> Iterator[Element]:
    """A `g` around every private-use character that the project describes (TEI chapter 5): a seed keeps them as they
    are, and the header says what they stand for. It stands within all else."""
    some = "".join(map(re.escape, characters))
    for m in re.finditer(f"[{some}]", text) if some else ():
        yield Element("g", (("ref", f"#{character_id(m[0])}"),), *m.span(), SOLID, INNERMOST, None)


class Encoder:
    """The elements of one text, in the order in which they are made.

    A claim is known by its YAML mapping, since it may stand at many places. `elements` are known by their index.
    named: the id of each element that something points at. ids: the element of each `id:` of an annotation.
    annotated: notes with annotations of their own words, whose elements are made last. markers: the marker of each
    footnote. evidence: the elements of the words that show a relation. notes_last: whether all footnotes stand
    together at the end of the text.
    """

    def __init__(
        self, references: References, text: str, text_blocks: Sequence[tuple[int, int]], notes_last: bool
    ) -> None:
        self.references = references
        self.text = text
        self.text_blocks = text_blocks
        self.notes_last = notes_last
        self.elements: list[Element] = []
        self.claims: list[Claim] = []
        self.places: dict[Mapping, list[int]] = {}  # the elements of a claim
        self.ids: dict[str, int] = {}
        self.named: dict[int, str] = {}
        self.annotated: list[tuple[int, Claim, Words]] = []
        self.markers: dict[Mapping, int] = {}
        self.evidence: dict[Mapping, list[int]] = {}
        self._targets: dict[Mapping, list[int]] = {}  # what a note with many places is about
        self._anchors: dict[int, int] = {}
        self._extents: dict[tuple[int, int], int] | None = None

    def add(self, element: Element, claim: Claim | None = None) -> int:
        """Add an element, and give its index. `claim`: what it stands for, if it is the first element of a place."""
        k = len(self.elements)
        self.elements.append(element)
        if claim is not None:
            if claim.node not in self.places:
                self.claims.append(claim)
            self.places.setdefault(claim.node, []).append(k)
            if claim.id:
                self.ids.setdefault(claim.id, k)
        return k

    # elements

    def span(self, a: Anchored, kind: Kind, pairs: Pairs) -> Element:
        """An element over the words of a place, or at a point."""
        cutting = LOOSE if kind.cut else NOTE if kind.shape in ("gloss", "footnote", "note") else SOLID
        if a.start == a.end:
            return self.point(a, kind, pairs)
        claim = a.claim
        return Element(
            kind.element, pairs, a.start, a.end, cutting, kind.rank, claim.at, kind.name, claim.value
        )

    def point(self, a: Anchored, kind: Kind, pairs: Pairs, made: Words | None = None) -> Element:
        """An element at the start of a place, with words of an editor if there are any."""
        claim, at, side = a.claim, a.start, -1 if a.side == "after" else 1
        leaves = kind.shape == "milestone" and kind.name != "lb"
        mark = Element(
            kind.element, pairs, at, at, MARK, kind.rank, claim.at, kind.name, claim.value, side, leaves
        )
        return holding(mark, made, claim) if made else mark

    def note(self, claim: Claim, text: str, at: int, targets: tuple[int, ...], side: int = -1) -> None:
        """Add an editor's note with this text, at the end of the elements it is about."""
        made, own = words(text), claim.kind == "note"
        self.references.checked(claim, made, text)
        resp, cert, source = self.claimed(claim, resp=True)
        begin = (("type", "editorial"), ("place", "end"), ("change", WORDS), resp)
        pairs = (*begin, cert, source) if own else (*begin, source)  # a comment is as certain as it says
        links = (("target", targets),) if targets else ()
        mark = Element("note", pairs, at, at, MARK, KINDS["note"].rank, claim.at, side=side, links=links)
        note = holding(mark, made if made.text or made.parts else NONE, claim)
        k = self.add(note, claim if own else None)
        if type(claim.at) is Mapping and "annotations" in claim.at.items and text == claim.value:
            self.annotated.append((k, claim, made))

    def remark(self, name: str, pairs: Pairs, claim: Claim, target: int, order: str = "") -> None:
        """Add an empty element about another one, directly after it: `certainty` or `respons`."""
        end = self.elements[target].end
        links = (("target", (target,)),)
        self.add(Element(name, pairs, end, end, MARK, 0, claim.at, "", order, -1, links=links))

    def target(self, a: Anchored) -> int:
        """What a note on these words points at: an element of the same extent, or an anchor at their start."""
        if (k := self._extent(a.start, a.end)) is not None:
            return k
        if a.start not in self._anchors:
            anchor = Element("anchor", (), a.start, a.start, MARK, 99, a.claim.at, side=1)
            self._anchors[a.start] = self.add(anchor)
        return self._anchors[a.start]

    def collected(self, a: Anchored) -> tuple[int, ...] | None:
        """What a note at many places is about, once its last place has come; None before."""
        targets = self._targets.setdefault(a.claim.node, [])
        targets.append(self.target(a))
        return tuple(targets) if a.index == a.places - 1 else None

    def _extent(self, start: int, end: int) -> int | None:
        """The element that covers exactly this: a block of text, or else the outermost inline one."""
        if self._extents is None:
            some = [e for e in enumerate(self.elements) if e[1].text or e[1].cutting not in (BLOCK, MARK)]
            some.sort(key=lambda e: e[1].nesting)
            self._extents = {(e.start, e.end): k for k, e in reversed(some)}
        return self._extents.get((start, end))

    def runs_on(self, start: int, end: int) -> bool:
        """Whether a passage ends in another block of text than it begins in."""
        k = bisect_right(self.text_blocks, (start, 1 << 60)) - 1
        return k >= 0 and end > self.text_blocks[k][1]

    def refer(self, name: str, at: Node) -> int | None:
        """The element of the annotation with this id, which is written from now on; None, reported, if there is none."""
        k = self.ids.get(name)
        if k is None:
            help = "Write `id:` beside the annotation that is meant."
            message = f"no annotation has the id “{shortened(name)}”"
            self.references.report(rules.DANGLING, message, at, help=help)
        else:
            self.named[k] = name
        return k

    # attributes

    def claimed(self, claim: Claim, resp: bool = False) -> Pairs:
        """The attributes @resp, @cert and @source of a claim. @resp is given only where `by:` is written, or where the
        words are the editor's (`resp`): a default on every name would be noise."""
        editor = self.references.editor(claim) if claim.by or resp else ""
        source = self.references.sources(claim) if claim.source else ""
        return (("resp", editor), ("cert", claim.cert), ("source", source))

    def voiced(self, claim: Claim) -> Pairs:
        """The attributes @resp, @cert and @source of words that a voice speaks, if there is one: @resp is the voice."""
        pairs = self.claimed(claim)
        return (("resp", self.references.voice(claim)), *pairs[1:]) if claim.voice else pairs
