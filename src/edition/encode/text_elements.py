"""Blocks and anchored claims → elements, in the order in which one needs the other. Knows no kind by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from edition.anchor.anchor import Anchorer
from edition.dates.tei import CALENDAR
from edition.encode.encoder import Encoder, Pairs, lining
from edition.encode.kind_elements import AROUND_BLOCKS, SHAPES
from edition.encode.references import References, signs
from edition.model import rules
from edition.model.annotation import Anchored, Claim, PlacedBlock, Seed
from edition.model.events import BLOCK, MARK, SOLID, Element
from edition.model.nodes import Mapping, Node
from edition.model.source import Source
from edition.read.annotations import read_annotations
from edition.read.prose import Words

# alternatives (`or:`) are further readings of some shapes, may not stand beside others, and else are certainties
_READINGS = ("choice", "sides")
_WITHOUT = ("note", "supplied", "footnote", "element", "link", "relation")
_ASIDE = ("resp", "cert", "source", "precision", *CALENDAR)  # attributes that say how a value is meant


def encode(
    references: References,
    text: str,
    text_blocks: Sequence[tuple[int, int]],
    anchored: Sequence[Anchored],
    blocks: Sequence[PlacedBlock] = (),
) -> Encoder:
    """The elements of a text, made in this order: markers of footnotes, blocks, what stands in them, notes."""
    encoder = Encoder(references, text, text_blocks, _notes_last(anchored, text))
    kinds = references.kinds
    early = {k for k, a in enumerate(anchored) if a.claim.kind == "footnote" and a.index == 0}
    as_blocks = {block.anchored for block in blocks}
    for k in sorted(early):
        _add(encoder, anchored[k])
    for rank, block in enumerate(blocks):
        _block(encoder, block, rank, anchored)
    _speakers(encoder)
    late = []
    for k, a in enumerate(anchored):
        if kinds[a.claim.kind].shape == "note":
            late.append(a)
        elif k not in early and k not in as_blocks:
            _add(encoder, a)
    for a in sorted(late, key=lambda a: (a.end, -a.start, a.claim.value)):
        _add(encoder, a)
    own = [(block.claim, None) for block in blocks if block.claim is not None and block.anchored < 0]
    _remarks(encoder, [*own, *((a.claim, a) for a in anchored)])
    for k, claim, made in encoder.annotated:
        note = encoder.elements[k]
        encoder.elements[k] = note._replace(held=(*annotated(references, claim, made), *note.held))
    return encoder


def annotated(references: References, claim: Claim, made: Words) -> list[Element]:
    """The elements over the words of a note that its own `annotations:` ask for.

    Places in the note are given in a source of its own, “FILE (a note)”.
    """
    node = claim.at.items.get("annotations") if type(claim.at) is Mapping else None
    seed = Seed(Source(f"{references.source.name} (a note)", made.text), ((0, len(made.text)),), "", 0)
    annotations, unread = read_annotations(node, references.source, references.kinds)
    anchorer = Anchorer(seed, references.source, signs(references.registers))
    anchored, problems = anchorer.anchor(annotations)
    references.diagnostics += [*unread, *anchorer.diagnostics(problems, anchored)]
    return [_unchanged(e) for e in encode(references, made.text, [(0, len(made.text))], anchored).elements]


def _unchanged(e: Element) -> Element:
    """The element without the @change that marks editors' words: it stands among such words already."""
    pairs = tuple(pair for pair in e.attributes if pair[0] != "change")
    return e._replace(attributes=pairs, held=tuple(map(_unchanged, e.held)))


def _notes_last(anchored: Iterable[Anchored], text: str) -> bool:
    """Whether nothing follows the bodies of all footnotes, nor stands between them."""
    bodies = sorted((a.start, a.end) for a in anchored if a.claim.kind == "footnote" and a.index == 1)
    pairs = pairwise([*bodies, (len(text), len(text))])
    return not any(text[end:start].strip() for (_, end), (start, _) in pairs)


def _add(encoder: Encoder, a: Anchored) -> None:
    kind = encoder.references.kinds[a.claim.kind]
    for k, element in enumerate(SHAPES[kind.shape](encoder, a, kind)):
        encoder.add(element, a.claim if k == 0 else None)


def _block(encoder: Encoder, block: PlacedBlock, rank: int, anchored: Sequence[Anchored]) -> None:
    """Add the element of a block of the structure, or of an annotation that contains whole blocks."""
    name, text = block.block.element, block.block.content == "text"
    if block.anchored >= 0:
        a = anchored[block.anchored]
        kind = encoder.references.kinds[a.claim.kind]
        first, *rest = AROUND_BLOCKS[kind.shape](encoder, a, kind)
        first = first._replace(
            name=name, start=block.start, end=block.end, cutting=BLOCK, rank=rank, text=text
        )
        encoder.add(first, a.claim)
        for element in rest:
            encoder.add(element)
        return
    claim = block.claim
    pairs: Pairs = (("type", block.type), *(pair for pair in block.pairs if pair[0] != "hand"))
    if claim is not None:
        pairs += (("hand", encoder.references.hand(claim)), *encoder.voiced(claim))
        encoder.references.declared(block.block.name, block.type, claim)
    node = claim.at if claim and not block.made else None
    made = Element(name, pairs, block.start, block.end, BLOCK, rank, node, block.block.name, text=text)
    if block.block.inner:
        made = made._replace(held=(lining(block.block.inner, claim, block.block),))
    if block.start == block.end:  # an empty cell
        made = made._replace(cutting=MARK, side=-1 if block.order < 0 else 1, text=False)
    elif block.inline:
        made = made._replace(cutting=SOLID, rank=0, text=False)
    elif number := claim.field("n").strip() if claim else "":
        made = made._replace(n=number)
    encoder.add(made, claim)


def _speakers(encoder: Encoder) -> None:
    """Turn the keys in @who into pointers: to people of the registers, or to roles of the cast list by their ids."""
    claims = {k: claim for claim in encoder.claims for k in encoder.places[claim.node]}
    for k, element in enumerate(encoder.elements):
        if who := dict(element.attributes).get("who", ""):
            at = claims[k].node.items.get("who") if k in claims else element.yaml_node
            pointers = " ".join(_speaker(encoder, key, at or Mapping({}, 0)) for key in who.split())
            pairs = ((name, pointers if name == "who" else value) for name, value in element.attributes)
            encoder.elements[k] = element._replace(attributes=tuple(pairs))


def _speaker(encoder: Encoder, key: str, at: Node) -> str:
    if encoder.references.registers.get(key) is None and key in encoder.ids:
        encoder.refer(key, at)
    else:
        encoder.references.point(key, at)
    return f"#{key}"


def _remarks(encoder: Encoder, claims: Iterable[tuple[Claim, Anchored | None]]) -> None:
    """Add what claims say beside their elements: comments, alternatives, and who answers for a voice."""
    for claim, a in claims:
        targets = encoder.places.get(claim.node, [])
        if not targets:
            continue
        if claim.comment and (a is None or a.index == a.places - 1):
            last = encoder.elements[targets[-1]]
            side = last.side if last.cutting == MARK else -1
            encoder.note(claim, claim.comment, last.end, tuple(targets), side)
        shape = encoder.references.kinds[claim.kind].shape if a is not None and claim.alternatives else ""
        if shape in _WITHOUT and a is not None and a.index == 0:
            message, help = (
                f"“or” cannot stand beside “{claim.kind}”",
                "Say in a `comment` what else is possible.",
            )
            encoder.references.report(rules.VALUE, message, claim.node.items.get("or", claim.at), help=help)
        elif shape and shape not in _READINGS and a is not None:
            _certainties(encoder, claim, targets[min(a.index, len(targets) - 1)], a)
        if claim.voice and claim.by and (a is None or a.index == a.places - 1):
            pairs = (("locus", "name"), ("resp", encoder.references.editor(claim)))
            encoder.remark("respons", pairs, claim, targets[-1])


def _certainties(encoder: Encoder, claim: Claim, target: int, a: Anchored) -> None:
    """Add a `certainty` for each attribute that an alternative would change (TEI chapter 22)."""
    references = encoder.references
    for other in claim.alternatives:
        kind = references.kinds[other.kind]
        if kind.shape in ("date", "duration"):
            made: Pairs = references.dated(other, kind)
        else:
            shapes = AROUND_BLOCKS if encoder.elements[target].cutting == BLOCK else SHAPES
            made = shapes[kind.shape](encoder, a._replace(claim=other), kind)[0].attributes
        own = encoder.elements[target].attributes
        other_values = [pair for pair in made if pair[1] and pair not in own and pair[0] not in _ASIDE]
        for name, value in other_values:
            pairs = (("match", f"@{name}"), ("locus", "value"), ("assertedValue", value))
            cert, resp, sources = other.cert or "unknown", references.editor(other), references.sources(other)
            more = (("cert", cert), ("resp", resp), ("source", sources))
            encoder.remark("certainty", (*pairs, *more), other, target, value)
