"""Blocks and anchored claims → elements, in the order in which one needs the other. Knows no kind by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edition.anchor.anchor import Anchorer
from edition.dates.tei import CALENDAR
from edition.encode.compose import compose
from edition.encode.elements import Encoder, Pairs, lining, over
from edition.encode.kinds import SHAPES
from edition.encode.references import Context, signs
from edition.encode.tei import tree
from edition.model import rules, xml
from edition.model.annotation import Anchored, Annotation, Claim, Laid, On, Seed, Whole
from edition.model.diagnostics import say, shortened
from edition.model.events import BLOCK, MARK, SOLID, Element
from edition.model.nodes import Mapping, Node
from edition.model.source import Source
from edition.read.annotations import read_annotations
from edition.read.prose import Words, words

_READINGS = (
    "choice",
    "sides",
)  # shapes whose alternatives are further readings; of others they are certainties …
_ASIDE = ("resp", "cert", "source", "precision", *CALENDAR)  # attributes that say how a value is meant
_WORDS = (
    "note",
    "supplied",
    "footnote",
    "element",
    "link",
    "relation",
)  # … but for these, which have no value to doubt


def encode(context: Context, text: str, anchored: Sequence[Anchored], laid: Sequence[Laid] = ()) -> Encoder:
    """All elements: markers before the footnotes they name, notes after what they are about."""
    encoder = Encoder(context, text)
    encoder.notes_last = _notes_last(anchored, text)
    kinds = context.kinds
    early = {k for k, a in enumerate(anchored) if a.claim.kind == "footnote" and a.index == 0}
    blocks = {block.anchored for block in laid}
    for k in sorted(early):
        _add(encoder, anchored[k])
    for rank, block in enumerate(laid):
        _block(encoder, block, rank, anchored)
    _speakers(encoder)
    late = []
    for k, a in enumerate(anchored):
        if kinds[a.claim.kind].shape == "note":
            late.append(a)
        elif k not in early and k not in blocks:
            _add(encoder, a)
    for a in sorted(late, key=lambda a: (a.end, -a.start, a.claim.value)):
        _add(encoder, a)
    own = [(block.claim, None) for block in laid if block.claim is not None and block.anchored < 0]
    _remarks(encoder, [*own, *((a.claim, a) for a in anchored)])
    for k, claim, made in encoder.annotated:
        note = encoder.elements[k]
        encoder.elements[k] = replace(note, held=(*_annotated(context, claim, made), *note.held))
    return encoder


def _annotated(context: Context, claim: Claim, made: Words) -> list[Element]:
    """Annotations over the words of a note. Places in it are told in a source of its own."""
    node = claim.at.items.get("annotations") if type(claim.at) is Mapping else None
    seed = Seed(Source(f"{context.source.name} (a note)", made.text), ((0, len(made.text)),), "", 0)
    annotations, unread = read_annotations(node, context.source, context.kinds)
    anchorer = Anchorer(seed, context.source, signs(context.registers))
    anchored = anchorer.anchor(annotations)
    context.found += [*unread, *anchorer.found]
    return [_unchanged(e) for e in encode(context, made.text, anchored).elements]


def _unchanged(e: Element) -> Element:
    """Without the sign that here words of an editor begin: it stands among them."""
    pairs = tuple(pair for pair in e.attributes if pair[0] != "change")
    return replace(e, attributes=pairs, held=tuple(map(_unchanged, e.held)))


def _notes_last(anchored: Iterable[Anchored], text: str) -> bool:
    """Whether nothing follows the bodies of all footnotes, nor stands between them."""
    bodies = sorted((a.start, a.end) for a in anchored if a.claim.kind == "footnote" and a.index == 1)
    pairs = pairwise([*bodies, (len(text), len(text))])
    return not any(text[end:start].strip() for (_, end), (start, _) in pairs)


def _add(encoder: Encoder, a: Anchored) -> None:
    kind = encoder.context.kinds[a.claim.kind]
    for k, element in enumerate(SHAPES[kind.shape](encoder, a, kind)):
        encoder.add(element, a.claim if k == 0 else None)


def _block(encoder: Encoder, block: Laid, rank: int, anchored: Sequence[Anchored]) -> None:
    """A block of the structure, or an annotation that contains whole blocks."""
    name, text = block.block.element, block.block.content == "text"
    if block.anchored >= 0:
        a = anchored[block.anchored]
        kind = encoder.context.kinds[a.claim.kind]
        first, *rest = SHAPES[kind.shape](encoder, a, kind)
        encoder.add(replace(first, name=name, weight=BLOCK, rank=rank, text=text), a.claim)
        for element in rest:
            encoder.add(element)
        return
    claim = block.claim
    pairs: Pairs = (("type", block.type), *(pair for pair in block.pairs if pair[0] != "hand"))
    if claim is not None:
        pairs += (("hand", encoder.context.hand(claim)),)
        pairs += encoder.voiced(claim)
        if block.type:
            encoder.context.declared(block.block.name, block.type, claim)
    node = claim.at if claim and not block.made else None
    inner = (lining(block.block.inner, None, block.block.name),) if block.block.inner else ()
    made = Element(
        name, pairs, block.start, block.end, BLOCK, rank, node, block.block.name, text=text, held=inner
    )
    if block.start == block.end:  # an empty cell
        made = replace(made, weight=MARK, side=-1 if block.order < 0 else 1, text=False)
    elif block.inline:
        made = replace(made, weight=SOLID, rank=0, text=False)
    elif number := claim.field("n").strip() if claim else "":
        made = replace(made, n=number)
        if text:
            encoder.context.numbered.add(name)
    encoder.add(made, claim)


def _speakers(encoder: Encoder) -> None:
    """@who: people of the registers, or the roles of a cast list by their ids."""
    claims = {k: claim for claim in encoder.claims for k in encoder.places[claim.node]}
    for k, element in enumerate(encoder.elements):
        if who := dict(element.attributes).get("who", ""):
            at = claims[k].node.items.get("who") if k in claims else element.yaml_node
            pointers = " ".join(_speaker(encoder, key, at or Mapping({}, 0)) for key in who.split())
            pairs = ((name, pointers if name == "who" else value) for name, value in element.attributes)
            encoder.elements[k] = replace(element, attributes=tuple(pairs))


def _speaker(encoder: Encoder, key: str, at: Node) -> str:
    if encoder.context.registers.get(key) is None and key in encoder.ids:
        _named(encoder, key, at)
    else:
        encoder.context.point(key, at)
    return f"#{key}"


def _remarks(encoder: Encoder, claims: Iterable[tuple[Claim, Anchored | None]]) -> None:
    """What claims say beside their element: comments, alternatives, who answers for a voice."""
    for claim, a in claims:
        targets = encoder.places.get(claim.node, [])
        if not targets:
            continue
        if claim.comment and (a is None or a.index == a.places - 1):
            last = encoder.elements[targets[-1]]
            encoder.note(
                claim, claim.comment, last.end, tuple(targets), last.side if last.weight == MARK else -1
            )
        shape = encoder.context.kinds[claim.kind].shape if a is not None and claim.alternatives else ""
        if shape in _WORDS and a is not None and a.index == 0:
            help = "Say in a `comment` what else is possible."
            place = encoder.context.span(claim.node.items.get("or", claim.at))
            encoder.context.tell(
                say(rules.VALUE, f"“or” cannot stand beside “{claim.kind}”", place, help=help)
            )
        elif shape and shape not in _READINGS and a is not None:
            _certainties(encoder, claim, targets[min(a.index, len(targets) - 1)], a)
        if claim.voice and claim.by and (a is None or a.index == a.places - 1):
            pairs = (("locus", "name"), ("resp", encoder.context.editor(claim)))
            encoder.remark("respons", pairs, claim, targets[-1])


def _certainties(encoder: Encoder, claim: Claim, target: int, a: Anchored) -> None:
    """One `certainty` for each attribute that an alternative would change (TEI chapter 22)."""
    context = encoder.context
    for other in claim.alternatives:
        kind = context.kinds[other.kind]
        if kind.shape in ("date", "duration"):
            made: Pairs = encoder.dated(other, kind)
        else:
            made = SHAPES[kind.shape](encoder, replace(a, claim=other), kind)[0].attributes
        own = encoder.elements[target].attributes
        said = [pair for pair in made if pair[1] and pair not in own and pair[0] not in _ASIDE]
        for name, value in said:
            pairs = (("match", f"@{name}"), ("locus", "value"), ("assertedValue", value))
            more = (
                ("cert", other.cert or "unknown"),
                ("resp", context.editor(other)),
                ("source", context.sources(other)),
            )
            encoder.remark("certainty", (*pairs, *more), other, target, value)


@dataclass(frozen=True, slots=True)
class Beside:
    """What annotations say that stands in no place of the text: for the header, and for standOff."""

    notes: tuple[tuple[Pairs, xml.Element], ...]  # on the whole text: attributes, and words
    links: tuple[Pairs, ...]
    relations: tuple[Pairs, ...]


def beside(annotations: Iterable[Annotation], encoder: Encoder) -> Beside:
    """Annotations `on:` others: notes stand after the last of them, interpretations on each; links and relations."""
    notes: list[tuple[Pairs, xml.Element]] = []
    links: list[tuple[tuple[int, ...], Claim]] = []
    relations: list[Claim] = []
    for annotation in annotations:
        for claim in annotation.claims:
            kind = encoder.context.kinds.get(claim.kind)
            if kind is not None and kind.shape == "relation":
                relations.append(claim)
            elif isinstance(annotation.selector, Whole):
                notes.append((encoder.claimed(claim, resp=True), _whole_note(encoder.context, claim)))
            elif isinstance(annotation.selector, On) and (targets := _targets(encoder, annotation.selector)):
                if kind is not None and kind.shape == "link":
                    links.append((targets, claim))
                elif kind is not None and kind.shape == "interpretation":
                    _interpret(encoder, targets, claim)
                else:
                    encoder.note(claim, claim.value, max(encoder.elements[k].end for k in targets), targets)
    return Beside(
        tuple(notes),
        tuple(_link(encoder, *link) for link in links),
        tuple(_relation(encoder, c) for c in relations),
    )


def _whole_note(context: Context, claim: Claim) -> xml.Element:
    """The words of a note on the whole text, as TEI for the header."""
    made = words(claim.value)
    context.checked(claim, made, claim.value)
    own = _annotated(context, claim, made) if type(claim.at) is Mapping else ()
    held = (*own, *over(made, claim.at))
    mark = Element("", (), 0, 0, MARK, 0, claim.at, words=made.text, held=held)
    composed = compose("", [mark], [(0, 0)], context.taken)
    context.taken |= set(composed.ids.values())
    (whole,) = tree(composed)
    assert isinstance(whole, xml.Element)
    return whole


def _targets(encoder: Encoder, on: On) -> tuple[int, ...]:
    targets = [_named(encoder, name, on.at) for name in on.ids]
    return tuple(k for k in targets if k is not None) if None not in targets else ()


def _interpret(encoder: Encoder, targets: tuple[int, ...], claim: Claim) -> None:
    pointer = encoder.context.pointer(claim, encoder.context.kinds[claim.kind])
    for k in targets:
        element = encoder.elements[k]
        encoder.elements[k] = replace(element, attributes=(*element.attributes, ("ana", pointer)))


def _link(encoder: Encoder, targets: tuple[int, ...], claim: Claim) -> Pairs:
    at = " ".join(f"#{encoder.named[k]}" for k in targets)
    if len(targets) < 2:
        message = "a link needs two ids or more, and has one"
        encoder.context.tell(
            say(rules.VALUE, message, encoder.context.span(claim.at), help="Write `on: [ID, ID]`.")
        )
    return (("type", claim.value), ("target", at), *encoder.claimed(claim))


def _relation(encoder: Encoder, claim: Claim) -> Pairs:
    """TEI's `relation`; the words that show it, if there are any, in @corresp."""
    context = encoder.context
    sides = tuple((name, context.pointers(claim, name)) for name in ("active", "passive", "mutual"))
    if {name for name, pointers in sides if pointers} not in ({"active", "passive"}, {"mutual"}):
        message = "a relation has “active” and “passive”, or “mutual”"
        context.tell(
            say(
                rules.MISSING_KEY,
                message,
                context.span(claim.at),
                help="Say who stands in it: keys of the registers.",
            )
        )
    evidence = []
    for k in encoder.evidence.get(claim.node, ()):
        if k not in encoder.named:
            encoder.named[k] = context.fresh("evidence")
        evidence.append(f"#{encoder.named[k]}")
    return (("name", claim.value), *sides, ("corresp", " ".join(evidence)), *encoder.claimed(claim))


def _named(encoder: Encoder, name: str, at: Node) -> int | None:
    """The element of the annotation with an id, which is then written; None after telling that there is none."""
    k = encoder.ids.get(name)
    if k is None:
        help = "Write `id:` beside the annotation that is meant."
        encoder.context.tell(
            say(
                rules.DANGLING,
                f"no annotation has the id “{shortened(name)}”",
                encoder.context.span(at),
                help=help,
            )
        )
    else:
        encoder.named[k] = name
        encoder.context.taken.add(name)
    return k


def link_notes(encoder: Encoder) -> None:
    """Ids that notes link to are written; unknown ones are told."""
    for name, claim in encoder.context.wanted:
        _named(encoder, name, claim.at)
