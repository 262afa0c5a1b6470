"""Annotations `on:` others and on the whole text → what stands beside the text: notes, links, relations.

Comes after all places have elements. Knows neither blocks nor anchoring.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import NamedTuple

from edition.encode.compose import compose
from edition.encode.encoder import Encoder, Pairs, over
from edition.encode.references import References
from edition.encode.tei import tree
from edition.encode.text_elements import annotated
from edition.model import rules, xml
from edition.model.annotation import Annotation, Claim, On, Whole
from edition.model.events import MARK, Element
from edition.model.nodes import Mapping
from edition.model.spans import Place
from edition.read.prose import words


class Beside(NamedTuple):
    """What annotations say that has no place in the text.

    notes: on the whole text, for the header: attributes and words. links, relations: attributes, for standOff.
    ids: the xml:ids that stand in the words of the notes.
    """

    notes: tuple[tuple[Pairs, xml.XmlElement], ...]
    links: tuple[Pairs, ...]
    relations: tuple[Pairs, ...]
    ids: frozenset[str]


def beside(encoder: Encoder, annotations: Iterable[Annotation], taken: Iterable[str]) -> Beside:
    """What annotations say beside the text. Notes `on:` others are added after the last of these, and interpretations
    to each of them. `taken`: xml:ids that must not be given."""
    ids: set[str] = set()
    notes: list[tuple[Pairs, xml.XmlElement]] = []
    whole: list[Claim] = []
    links: list[tuple[tuple[int, ...], Claim]] = []
    relations: list[Claim] = []
    for annotation in annotations:
        for claim in annotation.claims:
            kind = encoder.references.kinds.get(claim.kind)
            if kind is not None and kind.shape == "relation":
                relations.append(claim)
            elif isinstance(annotation.selector, Whole):
                whole.append(claim)
            elif isinstance(annotation.selector, On) and (targets := _targets(encoder, annotation.selector)):
                if kind is not None and kind.shape == "link":
                    links.append((targets, claim))
                elif kind is not None and kind.shape == "interpretation":
                    _interpret(encoder, targets, claim)
                else:
                    encoder.note(claim, claim.value, max(encoder.elements[k].end for k in targets), targets)
    for claim in sorted(whole, key=_said):
        note, own_ids = _whole_note(encoder.references, claim, {*taken, *ids, *encoder.ids})
        notes.append((encoder.claimed(claim, resp=True), note))
        ids |= own_ids
    relations.sort(key=lambda claim: (_said(claim), _places(encoder, claim)))
    return Beside(
        tuple(notes),
        tuple(sorted(_link(encoder, *link) for link in links)),
        tuple(_relation(encoder, c, taken) for c in relations),
        frozenset(ids),
    )


def _said(claim: Claim) -> tuple[object, ...]:
    """What sorts claims by what they say, and not by where they are written."""
    fields = tuple((name, repr(claim.node.texts(name))) for name in ("active", "passive", "mutual"))
    return (claim.value, claim.by, claim.cert, claim.source, fields)


def _places(encoder: Encoder, claim: Claim) -> list[Place]:
    """The places of the words that show a relation."""
    found = [encoder.elements[k] for k in encoder.evidence.get(claim.node, ())]
    return [(e.start, e.end) for e in found]


def _whole_note(references: References, claim: Claim, taken: set[str]) -> tuple[xml.XmlElement, set[str]]:
    """The words of a note on the whole text, as TEI for the header; and the ids in it."""
    made = words(claim.value)
    references.checked(claim, made, claim.value)
    own = annotated(references, claim, made) if type(claim.at) is Mapping else ()
    held = (*own, *over(made, claim.at))
    mark = Element("", (), 0, 0, MARK, 0, claim.at, words=made.text, held=held)
    composed = compose("", [mark], [(0, 0)], taken)
    (whole,) = tree(composed)
    assert isinstance(whole, xml.XmlElement)
    return whole, {*composed.ids.values()}


def _targets(encoder: Encoder, on: On) -> tuple[int, ...]:
    targets = [encoder.refer(name, on.at) for name in on.ids]
    return tuple(k for k in targets if k is not None) if None not in targets else ()


def _interpret(encoder: Encoder, targets: tuple[int, ...], claim: Claim) -> None:
    pointer = encoder.references.pointer(claim, encoder.references.kinds[claim.kind])
    for k in targets:
        element = encoder.elements[k]
        others = [pair for pair in element.attributes if pair[0] != "ana"]
        pointers = {
            pointer,
            *dict(element.attributes).get("ana", "").split(),
        }  # TEI: @ana takes one or several
        encoder.elements[k] = element._replace(attributes=(*others, ("ana", " ".join(sorted(pointers)))))


def _link(encoder: Encoder, targets: tuple[int, ...], claim: Claim) -> Pairs:
    at = " ".join(f"#{encoder.named[k]}" for k in targets)
    if len(targets) < 2:
        message = "a link needs two ids or more, and has one"
        encoder.references.report(rules.VALUE, message, claim.at, help="Write `on: [ID, ID]`.")
    return (("type", claim.value), ("target", at), *encoder.claimed(claim))


def _relation(encoder: Encoder, claim: Claim, taken: Iterable[str]) -> Pairs:
    """The attributes of TEI's `relation`; @corresp points at the words that show it, if there are any."""
    references = encoder.references
    sides = tuple((name, references.pointers(claim, name)) for name in ("active", "passive", "mutual"))
    if {name for name, pointers in sides if pointers} not in ({"active", "passive"}, {"mutual"}):
        message = "a relation has “active” and “passive”, or “mutual”"
        help = "Say who stands in it: keys of the registers."
        references.report(rules.MISSING_KEY, message, claim.at, help=help)
    evidence = []
    for k in encoder.evidence.get(claim.node, ()):
        if k not in encoder.named:
            encoder.named[k] = _fresh("evidence", {*taken, *encoder.named.values()})
        evidence.append(f"#{encoder.named[k]}")
    return (("name", claim.value), *sides, ("corresp", " ".join(evidence)), *encoder.claimed(claim))


def _fresh(prefix: str, taken: set[str]) -> str:
    """The first of prefix1, prefix2 … that is not taken."""
    return next(name for n in count(1) if (name := f"{prefix}{n}") not in taken)
