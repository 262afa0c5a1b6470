"""An editor's note that carries annotations of its own words: woven like a text, by the same means."""

from __future__ import annotations

from edition.anchor.anchor import Anchorer
from edition.encode.elements import encode
from edition.encode.references import Context, signs
from edition.encode.tei import compose, write
from edition.model.annotation import Claim, Seed
from edition.model.events import BLOCK, LOOSE, Element
from edition.model.nodes import Mapping, Sequence
from edition.model.source import Source
from edition.model.vocabulary import EMPHASIS
from edition.read.annotations import read_annotations
from edition.read.prose import Words, render, words


def note_words(context: Context, claim: Claim, written: str) -> str:
    """The TEI of a note's words, without the note's own tags."""
    made = words(written)
    context.checked(claim, made, written)
    node = claim.at.items.get("annotations") if type(claim.at) is Mapping and written == claim.value else None
    return _annotated(context, made, node) if type(node) is Sequence else render(made)


def _annotated(context: Context, made: Words, node: Sequence) -> str:
    """Annotations over the words of a note. Places in it are told in a source of its own."""
    seed = Seed(Source(f"{context.source.name} (a note)", made.text), ((0, len(made.text)),), "", 0)
    annotations, unread = read_annotations(node, context.source, context.kinds)
    anchorer = Anchorer(seed, context.source, signs(context.registers))
    anchored = anchorer.anchor(annotations)
    context.found += [*unread, *anchorer.found]
    encoder = encode(context, made.text, anchored)
    for part in made.parts:
        weight, rank = (BLOCK, part.rank) if part.block else (LOOSE, EMPHASIS)
        encoder.add(
            Element(
                part.element,
                part.attributes,
                part.start,
                part.end,
                weight,
                rank,
                node,
                text=part.element == "p",
            )
        )
    paragraphs = [(p.start, p.end) for p in made.parts if p.block and p.element == "p"]
    composed = compose(
        made.text, encoder.elements, paragraphs or [(0, len(made.text))], context.taken, whole=False
    )
    return "".join(write(composed))
