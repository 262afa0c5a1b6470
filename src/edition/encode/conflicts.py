"""What annotations say that cannot stand together: the same twice, contradictions, ids, numbers, ranges that cross.

Changes no element: what is cut, and where, was decided in `fragment`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from edition.encode.ids import numbered_elements
from edition.encode.references import References
from edition.model import rules
from edition.model.annotation import Anchored, Claim
from edition.model.diagnostics import Diagnostic, Label, diagnostic, shortened
from edition.model.edition import Document
from edition.model.events import BLOCK, CLOSE, OPEN, Composed, Element
from edition.model.nodes import Node
from edition.model.source import Source, Span

DEEPEST = 240
"""Elements inside one another within a text; XML readers refuse 256 in a document."""
_CITED = "Give one of them another “n”; the number of a poem or an act may stand before it: “n: II.1”."
_MANY = ("milestone", "footnote", "element")  # shapes that may stand twice at one place
_VARIOUS = ("note", "phrase", "quotation", "gloss")  # shapes of which different values agree


def said_twice(anchored: Sequence[Anchored], references: References, seed: Source) -> list[Diagnostic]:
    """Report the same thing said twice of one place, and two values of one kind that exclude each other."""
    diagnostics: list[Diagnostic] = []
    seen: dict[tuple[str, str, int, int], Anchored] = {}
    for a in anchored:
        kind = references.kinds[a.claim.kind]
        if kind.shape in _MANY:
            continue
        value = a.claim.value if kind.shape in _VARIOUS else ""
        first = seen.setdefault((kind.name, value, a.start, a.end), a)
        if first is not a and first.claim.node is not a.claim.node:
            diagnostics.append(_both(first, a, references, seed.span(a)))
    return diagnostics


def _both(first: Anchored, again: Anchored, references: References, place: Span) -> Diagnostic:
    kind, one, two = again.claim.kind, first.claim.value, again.claim.value
    words = f"“{shortened(place.text)}”" if place.text else "this point"
    here, there = references.span(again.claim.at), references.span(first.claim.at)
    places = ((here, "and here"), (there, "first here"), place)
    if one == two:
        message = f"{words} is annotated twice as {kind}: {shortened(two)}"
        return diagnostic(rules.TWICE, message, *places, help="Remove one of the two.")
    message = f"{words} is annotated as {kind}: {shortened(one)} and as {kind}: {shortened(two)}"
    help = f"Keep one, or write the other under `or:` — or: [{{{kind}: {shortened(two)}}}]."
    return diagnostic(rules.CONTRADICTION, message, *places, help=help)


def same_ids(claims: Iterable[Claim], references: References, reserved: Container[str]) -> list[Diagnostic]:
    """Report ids that stand twice, or that a register or the header (`reserved`) has: all become xml:id."""
    diagnostics: list[Diagnostic] = []
    seen: dict[str, Node] = {}
    for claim in claims:
        if not claim.id:
            continue
        node = claim.node.items.get("id", claim.at)
        entry = references.registers.get(claim.id)
        if claim.id in seen:
            where = Label(references.span(seen[claim.id]), "first here")
        elif entry is not None:
            where = Label(entry.place, "a key of a register")
        elif claim.id in reserved:
            where = Label(references.span(node), "the header has it")
        else:
            seen[claim.id] = node
            continue
        message, help = f"the id “{claim.id}” is used twice", "Ids become xml:id, like keys: choose another."
        diagnostics.append(diagnostic(rules.ID, message, references.span(node), where, help=help))
    return diagnostics


def same_numbers(composed: Composed, document: Document) -> list[Diagnostic]:
    """Report numbers (@n) that two blocks of one tree of citations (`header_encoding`) have.

    Only the first of a tree is reported, since those that follow count on from it.
    """
    diagnostics: dict[str, Diagnostic] = {}
    own = numbered_elements(composed)
    seen: dict[tuple[str, str], int] = {}
    for k, n in sorted(composed.numbers.items()):
        e = composed.elements[k]
        if not n or not (e.text or e.name == "div"):
            continue
        tree = e.name if e.name in own or not e.text else ""
        first = seen.setdefault((tree, n), k)
        if first != k:
            message = f"two blocks have the number “{shortened(n)}” by which they are cited"
            places = _places(document, composed, k, first)
            diagnostics.setdefault(tree, diagnostic(rules.ID, message, *places, help=_CITED))
    return [*diagnostics.values()]


def crossings(composed: Composed, document: Document) -> list[Diagnostic]:
    """Report ranges that cross: an error if neither may be cut, an information if one was; and elements too deep."""
    diagnostics = [_overlap(one, other, composed, document) for one, other in composed.overlaps]
    for k in _too_deep(composed):
        message, help = f"elements are nested more than {DEEPEST} deep here", "Annotate less on one word."
        diagnostics.append(diagnostic(rules.TOO_DEEP, message, *_places(document, composed, k), help=help))
    for k, by in sorted(composed.cuts.items()):
        if composed.elements[by].cutting != BLOCK:
            message = f"{_named(k, composed)} crosses {_named(by, composed)} and is written in linked pieces"
            diagnostics.append(diagnostic(rules.CUT, message, *_places(document, composed, k, by)))
    return diagnostics


def _too_deep(composed: Composed) -> Iterator[int]:
    depth = 0
    for event in composed.events:
        if event[0] == OPEN:
            depth += 1
            if depth == DEEPEST + 1:
                yield event[1]
        elif event[0] == CLOSE:
            depth -= 1


def _overlap(one: int, other: int, composed: Composed, document: Document) -> Diagnostic:
    first, second = composed.elements[one], composed.elements[other]
    if one == other:
        message = f"“{shortened(_words(one, composed))}” stands outside every block"
        help = "Let the place lie inside a block of text."
        return diagnostic(rules.OVERLAP, message, *_places(document, composed, one), help=help)
    if BLOCK in (first.cutting, second.cutting):
        block, inline = (first, other) if first.cutting == BLOCK else (second, one)
        message = f"{_named(inline, composed)} runs over the edge of {_kind(block)}, and may not be cut"
        help = "Annotate each block by itself."
    else:
        message = f"{_named(one, composed)} and {_named(other, composed)} cross, and neither may be cut"
        help = "Let one of them begin or end where the other does."
    return diagnostic(rules.OVERLAP, message, *_places(document, composed, other, one), help=help)


def _words(k: int, composed: Composed) -> str:
    """The words that an element stands on: those of the seed, or those of the editor in which it stands."""
    e = composed.elements[k]
    holder = composed.holders.get(k)
    return (composed.text if holder is None else composed.elements[holder].words)[e.start : e.end]


def _named(k: int, composed: Composed) -> str:
    element = composed.elements[k]
    return f"the {element.kind or element.name} “{shortened(_words(k, composed), 40)}”"


def _kind(element: Element) -> str:
    return f"“{element.kind or element.name}”"


def _places(document: Document, composed: Composed, *which: int) -> list[Label]:
    """Where elements are written, and where they stand in the seed."""
    elements = [(composed.elements[k], composed.elements[composed.outermost(k)]) for k in which]
    written = [document.source.span(e.yaml_node) for e, _ in elements if e.yaml_node]
    return [Label(span) for span in written] + [
        Label(document.seed.source.span(outer), _kind(e)) for e, outer in elements
    ]
