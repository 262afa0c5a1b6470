"""Anchored claims and blocks → elements: what each shape of the vocabulary becomes in TEI. Knows no YAML text.

One function a shape, in SHAPES. Attributes follow TEI: @resp the editor (of a voice's words: the voice), @cert
the certainty of the claim, @source its evidence (att.global.responsibility, att.global.source).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from edition import catalogue as rules
from edition.context import Context
from edition.dates import DateAttributes, date_attributes, duration_attributes
from edition.diagnostics import Diagnostic, say, shortened
from edition.fragment import BLOCK, LOOSE, NOTE, SOLID
from edition.model import Anchored, Claim, Element, Laid
from edition.source import Span
from edition.tei import MARK, WORDS
from edition.vocabulary import Kind
from edition.yamlmarks import Mapping

Pairs = tuple[tuple[str, str], ...]


class Encoder:
    """Elements of one text, in the order of the claims. `places` says which elements each claim became."""

    def __init__(self, context: Context, text: str) -> None:
        self.context = context
        self.text = text
        self.elements: list[Element] = []
        self.claims: list[Claim] = []
        self.places: dict[int, list[int]] = {}  # id(claim.node) → elements
        self.ids: dict[str, int] = {}  # an annotation's id → its element
        self.anchors: dict[int, int] = {}
        self._extents: dict[tuple[int, int], int] | None = None

    # blocks

    def blocks(self, laid: Sequence[Laid], anchored: Sequence[Anchored]) -> None:
        for rank, block in enumerate(laid):
            if block.anchored >= 0:
                grown = anchored[block.anchored]
                self.encode(grown, anchored, block=(block, rank))
                continue
            claim = block.claim
            pairs: Pairs = (("type", block.type),)
            if claim:
                pairs += self._voiced(claim)
            if block.type:
                self.context.declared(block.block.name, block.type, claim)
            element = Element(block.block.element, pairs, block.start, block.end, BLOCK, rank, claim.at if claim else None,
                              text=block.block.content == "text")
            self.add(element, claim)

    # annotations

    def encode(self, a: Anchored, anchored: Sequence[Anchored], block: tuple[Laid, int] | None = None) -> None:
        kind = self.context.kinds[a.claim.kind]
        made = SHAPES[kind.shape](self, a, kind)
        for k, element in enumerate(made):
            if block and k == 0:
                element = replace(element, weight=BLOCK, rank=block[1], text=block[0].block.content == "text",
                                  name=block[0].block.element)
            self.add(element, a.claim if k == 0 else None)

    def add(self, element: Element, claim: Claim | None) -> int:
        k = len(self.elements)
        self.elements.append(element)
        if claim is not None:
            if id(claim.node) not in self.places:
                self.claims.append(claim)
            self.places.setdefault(id(claim.node), []).append(k)
            if claim.id and claim.id not in self.ids:
                self.ids[claim.id] = k
        return k

    def extras(self, claims: Iterable[tuple[Claim, Anchored | None]]) -> None:
        """What claims say beside their element: comments, alternatives, who is responsible for a voice."""
        for claim, a in claims:
            targets = self.places.get(id(claim.node), [])
            if not targets:
                continue
            if claim.comment and (a is None or a.index == a.places - 1):
                last = self.elements[targets[-1]]
                side = last.side if last.weight == MARK else -1
                self.note(claim, claim.comment, last.end, tuple(targets), side=side)
            if claim.alternatives and a is not None and self.context.kinds[claim.kind].shape in ("mention", "date", "duration"):
                self._certainties(claim, targets[a.index] if a.index < len(targets) else targets[-1])
            if claim.voice and claim.by:
                self.add(Element("respons", (("locus", "name"), ("resp", self.context.editor(claim))), *self._end(targets[-1]), MARK, 0,
                                 claim.at, side=-1, links=(("target", (targets[-1],)),)), None)

    def _end(self, k: int) -> tuple[int, int]:
        return self.elements[k].end, self.elements[k].end

    def _certainties(self, claim: Claim, target: int) -> None:
        """One `certainty` for each attribute that an alternative would change (TEI chapter 22)."""
        element = self.elements[target]
        for other in claim.alternatives:
            for name, value in self._claimed(other):
                pairs = (("match", f"@{name}"), ("locus", "value"), ("assertedValue", value), ("cert", other.cert or "unknown"),
                         ("resp", self.context.editor(other)), ("source", self.context.sources(other)))
                self.add(Element("certainty", pairs, element.end, element.end, MARK, 0, other.at, value, side=-1,
                                 links=(("target", (target,)),)), None)

    def _claimed(self, claim: Claim) -> Pairs:
        kind = self.context.kinds[claim.kind]
        if kind.shape == "mention":
            return (("ref", self.context.pointer(claim, kind)),)
        return tuple(p for p in self._dated(claim, kind) if p[0] not in ("cert", "precision"))

    # pieces of attributes

    def _claim_pairs(self, claim: Claim, resp: bool = False) -> Pairs:
        """@resp only where it is written, or where the words are the editor's: a default on every name is noise."""
        context = self.context
        return (
            ("resp", context.editor(claim) if claim.by or resp else ""),
            ("cert", claim.cert),
            ("source", context.sources(claim)),
        )

    def _voiced(self, claim: Claim) -> Pairs:
        """@resp is the voice where there is one."""
        if not claim.voice:
            return self._claim_pairs(claim)
        return (("resp", self.context.voice(claim)), *self._claim_pairs(claim)[1:])

    def _dated(self, claim: Claim, kind: Kind) -> Pairs:
        result = (date_attributes if kind.shape == "date" else duration_attributes)(claim.value)
        if isinstance(result, DateAttributes):
            return result.pairs
        rule = rules.DATE if result.kind == "invalid" else rules.DATE_TEI
        self.context.tell(say(rule, result.message, self.context.span(claim.at), help=result.help))
        return ()

    # shapes

    def mention(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        pointer = self.context.pointer(claim, kind)
        type_ = kind.type or (self.context.sort_of(claim.value) if kind.element == "rs" else "")
        use = ("subtype" if type_ else "type", claim.use)
        pairs = (("type", type_), use, ("ref", pointer), *self._claim_pairs(claim))
        return [self._span(a, kind, pairs)]

    def phrase(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        value = claim.value
        own: Pairs = {
            "language": (("xml:lang", value),),
            "number": (("value", value),),
            "target": (("target", value),),
            "key": (("corresp", self.context.pointer(claim, kind)) if kind.value == "key" else ("", ""),),
        }.get(kind.value, (("type", kind.type or value), ("subtype", value if kind.type else "")))
        if kind.name == "emphasis":
            own = (("rend", value),)
        more = tuple((f, claim.field(f)) for f in kind.fields)
        return [self._span(a, kind, (*own, *more, *self._claim_pairs(claim)))]

    def date(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        own = self._dated(claim, kind)
        taken = {name for name, _ in own}
        pairs = tuple(p for p in self._claim_pairs(claim) if p[0] not in taken or p[0] != "cert" or not p[1])
        if claim.cert:
            own = tuple(p for p in own if p[0] != "cert")
            pairs = self._claim_pairs(claim)
        calendar = claim.field("calendar")
        return [self._span(a, kind, (*own, ("calendar", f"#{calendar}" if calendar else ""), *pairs))]

    def quotation(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        if claim.value:
            self.context.declared(kind.name, claim.value, claim)
        pairs = (("type", claim.value), *self._voiced(claim))
        if self.context.runs_on(a.start, a.end) and self._in_marks(a):
            return self._two_marks(a, claim)
        return [self._span(a, kind, pairs)]

    def _in_marks(self, a: Anchored) -> bool:
        marks = "\"'“”„‟‘’‚‛«»‹›「」『』"
        return self.text[a.start] in marks and self.text[a.end - 1] in marks

    def _two_marks(self, a: Anchored, claim: Claim) -> list[Element]:
        """Marks that open in one block and close in another: two `pc` that point at each other (`corresp`)."""
        k = len(self.elements)
        pairs: Pairs = (("type", "quotation"), ("subtype", claim.value), *self._voiced(claim))
        ends = ((a.start, a.start + 1, k + 1), (a.end - 1, a.end, k))
        return [Element("pc", pairs, s, e, SOLID, self.context.kinds["surplus"].rank, claim.at, links=(("corresp", (other,)),)) for s, e, other in ends]

    def gloss(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        if claim.value:
            self.context.declared(kind.name, claim.value, claim)
        pairs = (("type", kind.type), ("subtype", claim.value), ("place", "inline"), *self._voiced(claim))
        return [self._span(a, kind, pairs), *self._signature(a)]

    def _signature(self, a: Anchored) -> list[Element]:
        """The signature of a voice's words, at their end or where `match` found it."""
        place = a.voice
        for sign in self.context.signs_of(a.claim.voice) if place is None else ():
            at = self.text.rfind(sign, max(a.start, a.end - len(sign) - 4), a.end)
            if at >= 0:
                place = (at, at + len(sign))
        if place is None:
            return []
        pairs = (("type", "voice"), ("ref", self.context.voice(a.claim)))
        return [Element("name", pairs, *place, LOOSE, self.context.kinds["name"].rank, a.claim.at)]

    def footnote(self, a: Anchored, kind: Kind) -> list[Element]:
        """Marker and body come one after the other: they point at each other."""
        k = len(self.elements)
        if a.index == 0:
            self.context.markers[id(a.claim.node)] = (k, self.text[a.start : a.end])
            return [Element("ref", (("type", "noteAnchor"),), a.start, a.end, LOOSE, self.context.kinds["ref"].rank, a.claim.at, order="marker")]
        marker, words = self.context.markers[id(a.claim.node)]
        self.elements[marker].links = (("target", (k,)),)
        pairs = (("type", kind.type), ("place", "bottom"), *self._voiced(a.claim))
        body = replace(self._span(a, kind, pairs), links=(("target", (marker,)),))
        found = [body, *self._signature(a)]
        if self.text.startswith(words, a.start):
            found.append(Element("ref", (("type", "noteBack"),), a.start, a.start + len(words), LOOSE, self.context.kinds["ref"].rank,
                                 a.claim.at, order="back", links=(("target", (marker,)),)))
        return found

    def choice(self, a: Anchored, kind: Kind) -> list[Element]:
        """The seed's reading, and beside it the editor's; alternatives are further readings."""
        readings = "".join(self._reading(c, kind) for c in (a.claim, *a.claim.alternatives))
        return [Element("choice", (), a.start, a.end, SOLID, kind.rank, a.claim.at, a.claim.value, inner=kind.inner, tail=readings)]

    def _reading(self, claim: Claim, kind: Kind) -> str:
        from edition.xml import attributes

        pairs = (("change", WORDS), *self._claim_pairs(claim, resp=True))
        return f"<{kind.reading}{attributes(pairs)}>{self.context.reading(claim)}</{kind.reading}>"

    def mark(self, a: Anchored, kind: Kind) -> list[Element]:
        name = "place" if kind.element == "add" else "rend" if kind.element == "del" else "agent" if kind.element == "damage" else "reason"
        return [self._span(a, kind, ((name, a.claim.value), *self._claim_pairs(a.claim)))]

    def supplied(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        pairs = (("reason", claim.field("reason")), ("change", WORDS), *self._claim_pairs(claim, resp=True))
        words = self.context.reading(claim) or " "
        return [self._point(a, kind, pairs, words)]

    def gap(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        pairs = (("reason", claim.value), ("quantity", claim.field("quantity")), ("unit", claim.field("unit")), *self._claim_pairs(claim, resp=True))
        return [self._point(a, kind, pairs)]

    def milestone(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        pairs = [("n", claim.value), *((f, claim.field(f)) for f in kind.fields), *self._claim_pairs(claim)]
        element = self._point(a, kind, tuple(pairs))
        element.leaves = kind.name != "lb"
        return [element]

    def element(self, a: Anchored, kind: Kind) -> list[Element]:
        claim = a.claim
        node = claim.node.items.get("attributes")
        own = tuple((k, v) for k, v in self.context.texts_of(node)) if type(node) is Mapping else ()
        self.context.opened.add(claim.value)
        pairs = (*own, *self._claim_pairs(claim))
        if claim.field("words") == "editor":
            return [self._point(a, replace(kind, element=claim.value), (*pairs, ("change", WORDS)), self.context.plain(claim, "text"))]
        return [self._span(a, replace(kind, element=claim.value), pairs)]

    def note(self, claim: Claim, words: str, at: int, targets: tuple[int, ...], side: int = -1) -> None:
        """An editor's note: its words are not the seed's, its place is the end of what it is about."""
        inner = self.context.prose(self.context, claim, words)
        pairs = (("type", "editorial"), ("place", "end"), ("change", WORDS), *self._note_pairs(claim))
        self.add(Element("note", pairs, at, at, MARK, self.context.kinds["note"].rank, claim.at, words, tail=inner or " ", side=side,
                         links=(("target", targets),) if targets else ()), claim if claim.kind == "note" else None)

    def _note_pairs(self, claim: Claim) -> Pairs:
        pairs = self._claim_pairs(claim, resp=True)
        return pairs if claim.kind == "note" else (pairs[0], pairs[2])  # a comment is as certain as it says

    def editorial(self, a: Anchored, kind: Kind) -> list[Element]:
        """A note of its own points at an element of the same extent, or from an anchor at the start of its words."""
        claim = a.claim
        if a.start == a.end:
            self.note(claim, claim.value, a.end, (), side=-1 if a.side == "after" else 1)
            return []
        target = self.extent(a.start, a.end)
        if target is None:
            target = self.anchors.get(a.start)
            if target is None:
                target = self.anchors[a.start] = self.add(Element("anchor", (), a.start, a.start, MARK, 99, claim.at, side=1), None)
        if a.index < a.places - 1:
            self.context.targets.setdefault(id(claim.node), []).append(target)
            return []
        self.note(claim, claim.value, a.end, (*self.context.targets.get(id(claim.node), ()), target))
        return []

    def extent(self, start: int, end: int) -> int | None:
        """An element that covers exactly this: a block of text, or else the outermost inline one."""
        if self._extents is None:
            self._extents = {}
            inline = [(e.weight != BLOCK, e.rank, e.order, k) for k, e in enumerate(self.elements) if e.weight != MARK and (e.weight != BLOCK or e.text)]
            for *_, k in sorted(inline):
                self._extents.setdefault((self.elements[k].start, self.elements[k].end), k)
        return self._extents.get((start, end))

    def _span(self, a: Anchored, kind: Kind, pairs: Pairs) -> Element:
        if a.start == a.end:
            return self._point(a, kind, pairs)
        weight = LOOSE if kind.cut else NOTE if kind.shape in ("gloss", "footnote", "note") else SOLID
        return Element(kind.element, pairs, a.start, a.end, weight, kind.rank, a.claim.at, a.claim.value)

    def _point(self, a: Anchored, kind: Kind, pairs: Pairs, tail: str = "") -> Element:
        side = -1 if a.side == "after" else 1
        return Element(kind.element, pairs, a.start, a.start, MARK, kind.rank, a.claim.at, a.claim.value, tail=tail, side=side)


SHAPES: dict[str, Callable[[Encoder, Anchored, Kind], list[Element]]] = {
    "mention": Encoder.mention,
    "phrase": Encoder.phrase,
    "date": Encoder.date,
    "duration": Encoder.date,
    "quotation": Encoder.quotation,
    "note": Encoder.editorial,
    "gloss": Encoder.gloss,
    "footnote": Encoder.footnote,
    "choice": Encoder.choice,
    "supplied": Encoder.supplied,
    "gap": Encoder.gap,
    "mark": Encoder.mark,
    "milestone": Encoder.milestone,
    "element": Encoder.element,
}
LATE = ("note",)  # shapes that look for the elements others made


def said_twice(anchored: Sequence[Anchored], context: Context, source: Span) -> list[Diagnostic]:
    """The same thing at the same place twice; and two values of one kind that exclude each other."""
    found: list[Diagnostic] = []
    seen: dict[tuple[str, int, int], Anchored] = {}
    for a in anchored:
        kind = context.kinds[a.claim.kind]
        if kind.shape in ("milestone", "footnote", "element"):
            continue
        value = a.claim.value if kind.shape in ("note", "phrase", "quotation", "gloss") else ""
        key = (f"{kind.name} {value}", a.start, a.end)
        first = seen.setdefault(key, a)
        if first is a or first.claim.node is a.claim.node:
            continue
        words = shortened(source.source.text[a.start : a.end]) or "this point"
        places = ((context.span(a.claim.at), "again here"), (context.span(first.claim.at), "first here"), Span(source.source, a.start, a.end))
        if first.claim.value == a.claim.value:
            found.append(say(rules.TWICE, f"“{words}” is annotated twice as {kind.name}: {shortened(a.claim.value)}", *places,
                             help="Remove one of the two."))
        else:
            found.append(say(rules.CONTRADICTION, f"“{words}” is annotated as {kind.name}: {first.claim.value} and as {kind.name}: {a.claim.value}", *places,
                             help=f"Keep one, or write the other under `or:` — or: [{{{kind.name}: {a.claim.value}}}]."))
    return found
