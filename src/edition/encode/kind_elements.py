"""What each shape of the vocabulary becomes in TEI: one function a shape, in SHAPES. Knows no order of annotations.

Attributes follow TEI: @resp the editor (of a voice's words: the voice), @cert the certainty of the claim, @source
its evidence (att.global.responsibility, att.global.source).
"""

from __future__ import annotations

from collections.abc import Callable

from edition.encode.encoder import NONE, Encoder, Pairs, editors_words, lining
from edition.encode.tei import WORDS
from edition.model import rules
from edition.model.annotation import Anchored, Claim
from edition.model.diagnostics import visible
from edition.model.events import BLOCK, CLOSE, LOOSE, OPEN, SOLID, Composed, Element
from edition.model.vocabulary import KINDS, NO_QUOTE, Kind
from edition.read.files import escapes
from edition.read.prose import Words, inline_words

QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』"
NO = ("no", "false")
_VALUE_OF = {"add": "place", "del": "rend", "damage": "agent"}  # the attribute that a mark's value becomes


def mention(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim, references = a.claim, encoder.references
    pointer = references.pointer(claim, kind)
    type_ = kind.type or (references.kind_of(claim.value) if kind.element == "rs" else "")
    use = ("subtype" if type_ else "type", claim.use)
    return [encoder.span(a, kind, (("type", type_), use, ("ref", pointer), *encoder.claimed(claim)))]


def phrase(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim = a.claim
    more = tuple((name, claim.field(name)) for name in kind.fields)
    return [encoder.span(a, kind, (*_valued(encoder, claim, kind), *more, *encoder.claimed(claim)))]


def _valued(encoder: Encoder, claim: Claim, kind: Kind) -> Pairs:
    """The attribute of a phrase that holds its value, which differs from kind to kind."""
    if kind.value == "key":
        return (("corresp", encoder.references.pointer(claim, kind)),)
    names = {"language": "xml:lang", "number": "value", "target": "target"}
    if kind.name == "emphasis":
        return (("rend", claim.value),)
    if kind.value in names:
        return ((names[kind.value], claim.value),)
    return (("type", kind.type), ("subtype", claim.value)) if kind.type else (("type", claim.value),)


def date(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim = a.claim
    own = encoder.references.dated(claim, kind)
    if claim.cert:  # what is written beside it goes before a “?” in it
        own = tuple(pair for pair in own if pair[0] != "cert")
    elif any(name == "cert" for name, _ in own):
        claim = claim._replace(cert="")
    pairs = (*own, *(p for p in encoder.claimed(claim) if p[1]))
    return [encoder.span(a, kind, pairs)]


def quotation(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    in_marks = encoder.text[a.start] in QUOTATION_MARKS and encoder.text[a.end - 1] in QUOTATION_MARKS
    if encoder.runs_on(a.start, a.end) and in_marks:
        encoder.references.declared(kind.name, a.claim.value, a.claim)
        return _two_marks(encoder, a, kind)
    return one_quotation(encoder, a, kind)


def one_quotation(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """A quotation as one element: within a block, or around whole ones."""
    encoder.references.declared(kind.name, a.claim.value, a.claim)
    return [encoder.span(a, kind, (("type", a.claim.value), *encoder.voiced(a.claim)))]


def _two_marks(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """A quotation that opens in one block and closes in another: two `pc`, which point at each other."""
    k, claim = len(encoder.elements), a.claim
    pairs: Pairs = (("type", "quotation"), ("subtype", claim.value), *encoder.voiced(claim))
    rank = KINDS["surplus"].rank
    ends = ((a.start, a.start + 1, k + 1), (a.end - 1, a.end, k))
    return [
        Element("pc", pairs, start, end, SOLID, rank, claim.at, kind.name, links=(("corresp", (other,)),))
        for start, end, other in ends
    ]


def gloss(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    encoder.references.declared(kind.name, a.claim.value, a.claim)
    own = (("type", kind.type), ("subtype", a.claim.value), ("place", "inline"))
    pairs = (*own, *_hand(encoder, a), *encoder.voiced(a.claim))
    return [encoder.span(a, kind, pairs), *_signature(encoder, a, kind)]


def _hand(encoder: Encoder, a: Anchored) -> Pairs:
    return (("hand", encoder.references.hand(a.claim)),)


def _signature(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """The signature of a voice's words, at their end or where `match` found it."""
    place = a.voice
    for sign in encoder.references.signs_of(a.claim.voice) if place is None else ():
        at = encoder.text.rfind(sign, max(a.start, a.end - len(sign) - 4), a.end)
        if at >= 0:
            place = (at, at + len(sign))
    if place is None:
        return []
    pairs = (("type", "voice"), ("ref", encoder.references.voice(a.claim)))
    return [Element("name", pairs, *place, LOOSE, KINDS["name"].rank, a.claim.at, kind.name)]


def footnote(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """Marker and body, linked both ways; the marker is encoded first. A body that repeats it points back."""
    k, claim = len(encoder.elements), a.claim
    rank = KINDS["ref"].rank
    if a.index == 0:
        encoder.markers[claim.node] = k
        own: Pairs = (("type", "noteAnchor"),)
        return [Element("ref", own, a.start, a.end, LOOSE, rank, claim.at, kind.name, "marker")]
    at = encoder.markers[claim.node]
    marker = encoder.elements[at] = encoder.elements[at]._replace(links=(("target", (k,)),))
    back = (("target", (at,)),)
    place = claim.field("position") or ("end" if encoder.notes_last else "bottom")
    own = (("type", kind.type), ("place", place), *_hand(encoder, a), *encoder.voiced(claim))
    body = encoder.span(a, kind, own)._replace(links=back)
    elements = [body, *_signature(encoder, a, kind)]
    words = encoder.text[marker.start : marker.end]
    if encoder.text.startswith(words, a.start):
        end, own = a.start + len(words), (("type", "noteBack"),)
        elements.append(
            Element("ref", own, a.start, end, LOOSE, rank, claim.at, kind.name, "back", links=back)
        )
    return elements


def choice(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """The seed's reading, and beside it the editor's; alternatives are further readings."""
    readings = (_beside(encoder, c, kind, kind.reading) for c in (a.claim, *a.claim.alternatives))
    whole = encoder.span(a, kind, ())
    return [whole._replace(held=(lining(kind.inner, a.claim, kind), *readings))]


def sides(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """Two states of the text: in TEI the lemma stands before its readings, what was deleted before what was added.
    `seed: no` says that the seed has the other side."""
    claim, (first, second) = a.claim, ("lem", "rdg") if kind.element == "app" else ("del", "add")
    seed_first = (claim.field("seed").lower() in NO) == (kind.element == "subst")
    whole = encoder.span(a, kind, _hand(encoder, a) if kind.element == "subst" else ())
    others = [_beside(encoder, c, kind, second) for c in claim.alternatives]
    if seed_first:
        held = [lining(first, claim, kind), _beside(encoder, claim, kind, second), *others]
    else:
        pairs = _witnessed(encoder, claim) if second == "rdg" else ()
        held = [_beside(encoder, claim, kind, first), lining(second, claim, kind, pairs), *others]
    return [whole._replace(held=tuple(held))]


def _beside(encoder: Encoder, claim: Claim, kind: Kind, name: str) -> Element:
    """A reading that the seed has not, as an element of this name; empty words say that a witness omits them."""
    witnessed: Pairs = _witnessed(encoder, claim) if name == "rdg" else ()
    pairs = (*witnessed, ("change", WORDS), *encoder.claimed(claim, resp=True))
    return editors_words(name, claim, kind, pairs, encoder.references.reading(claim))


def _witnessed(encoder: Encoder, claim: Claim) -> Pairs:
    references = encoder.references
    return (("wit", references.pointers(claim, "witness", ("witnesses",))), ("hand", references.hand(claim)))


def mark(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """Words that are struck out, added, damaged …; with `seed: no` they stand beside the seed, at a point."""
    claim, name = a.claim, _VALUE_OF.get(kind.element, "reason")
    own = ((name, claim.value), *_hand(encoder, a))
    if claim.field("seed").lower() in NO:
        pairs = (*own, ("change", WORDS), *encoder.claimed(claim, resp=True))
        return [encoder.point(a, kind, pairs, _text(claim))]
    return [encoder.span(a, kind, (*own, *encoder.claimed(claim)))]


def _text(claim: Claim) -> Words:
    """The words of `text:`, which do not stand in the seed."""
    made = inline_words(claim.field("text"))
    return made if made.text else NONE


def shift(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    pointer = encoder.references.pointer(a.claim, kind)
    return [encoder.point(a, kind, (("new", pointer), *encoder.claimed(a.claim)))]


def interpretation(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    pointer = encoder.references.pointer(a.claim, kind)
    return [encoder.span(a, kind, (("ana", pointer), *encoder.claimed(a.claim)))]


def link(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """No element: a link leads between ids, and is written beside the text (`links_and_notes`)."""
    return []


def relation(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """A `seg` around words that show a relation; the relation itself stands in standOff and points at them."""
    encoder.evidence.setdefault(a.claim.node, []).append(len(encoder.elements))
    return [encoder.span(a, kind._replace(element="seg"), (("type", "relation"),))]


def supplied(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim = a.claim
    pairs = (("reason", claim.field("reason")), ("change", WORDS), *encoder.claimed(claim, resp=True))
    made = encoder.references.reading(claim)
    return [encoder.point(a, kind, pairs, made if made.text else NONE)]


def gap(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim = a.claim
    extent = tuple((name, claim.field(name)) for name in kind.fields)
    return [encoder.point(a, kind, (("reason", claim.value), *extent, *encoder.claimed(claim, resp=True)))]


def milestone(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    claim = a.claim
    paths = {"facs": _path(encoder, claim)}
    more = [(name, paths.get(name) or claim.field(name)) for name in kind.fields]
    return [encoder.point(a, kind, (("n", claim.value), *more, *encoder.claimed(claim)))]


def _path(encoder: Encoder, claim: Claim) -> str:
    """The value of @facs: an address as it is, or the path of a file of the project as out/ reaches it."""
    path, references = claim.field("facs"), encoder.references
    if not path or ("://" in path and not path.startswith("file:")):
        return path
    if problem := escapes(path):
        help = "Name a file inside the project, or an address."
        references.report(rules.PATH, f"“{visible(path)}” {problem}", claim.node.items["facs"], help=help)
    return f"../{path}"


def any_element(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """Any element of TEI: around words of the seed, empty at a point, or with words of the editor's."""
    claim = a.claim
    own = claim.node.inner("attributes").pairs().items()
    pairs, named = (*own, *encoder.claimed(claim)), kind._replace(element=claim.value)
    if claim.field("words") == "editor":
        return [encoder.point(a, named, (*pairs, ("change", WORDS)), _text(claim))]
    return [encoder.span(a, named, pairs)]


def note(encoder: Encoder, a: Anchored, kind: Kind) -> list[Element]:
    """An editor's note on words of the seed, or at a point. Made after all others: it looks for what it is about."""
    claim = a.claim
    if a.start == a.end:
        encoder.note(claim, claim.value, a.end, (), side=-1 if a.side == "after" else 1)
    elif targets := encoder.collected(a):
        encoder.note(claim, claim.value, a.end, targets)
    return []


SHAPES: dict[str, Callable[[Encoder, Anchored, Kind], list[Element]]] = {
    "mention": mention,
    "phrase": phrase,
    "date": date,
    "duration": date,
    "quotation": quotation,
    "note": note,
    "gloss": gloss,
    "footnote": footnote,
    "choice": choice,
    "supplied": supplied,
    "gap": gap,
    "sides": sides,
    "mark": mark,
    "shift": shift,
    "interpretation": interpretation,
    "link": link,
    "relation": relation,
    "milestone": milestone,
    "element": any_element,
}
AROUND_BLOCKS = SHAPES | {"quotation": one_quotation}
"""The same for annotations that contain whole blocks."""


def with_q(composed: Composed) -> Composed:
    """A composed text with `q` for `quote` where TEI allows no `quote`: in dates and in the frame of a letter."""
    elements = [*composed.elements]
    stack: list[str] = []
    for event in composed.events if any(e.name == "quote" for e in elements) else ():
        if event[0] == OPEN:
            e = elements[event[1]]
            if e.name == "quote" and e.cutting != BLOCK and stack and stack[-1] in NO_QUOTE:
                elements[event[1]] = e._replace(name="q")
            stack.append(elements[event[1]].name)
        elif event[0] == CLOSE:
            stack.pop()
    return composed._replace(elements=elements)
