"""What two annotations say of one place and cannot both: twice the same, contradictions, ids, numbers, ranges that cross."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edition.encode.references import Context
from edition.model import rules
from edition.model.annotation import Anchored, Claim
from edition.model.diagnostics import Diagnostic, Label, say, shortened
from edition.model.edition import Document
from edition.model.events import BLOCK, Element, Fragments
from edition.model.nodes import Node
from edition.model.source import Source, Span

_MANY = ("milestone", "footnote", "element")  # shapes that may stand twice at one place
_VARIOUS = ("note", "phrase", "quotation", "gloss")  # shapes of which different values agree


def said_twice(anchored: Sequence[Anchored], context: Context, seed: Source) -> list[Diagnostic]:
    """The same thing at the same place twice; and two values of one kind that exclude each other."""
    found: list[Diagnostic] = []
    seen: dict[tuple[str, str, int, int], Anchored] = {}
    for a in anchored:
        kind = context.kinds[a.claim.kind]
        if kind.shape in _MANY:
            continue
        first = seen.setdefault(
            (kind.name, a.claim.value if kind.shape in _VARIOUS else "", a.start, a.end), a
        )
        if first is not a and first.claim.node is not a.claim.node:
            found.append(_both(first, a, context, Span(seed, a.start, a.end)))
    return found


def _both(first: Anchored, again: Anchored, context: Context, place: Span) -> Diagnostic:
    kind, one, two = again.claim.kind, first.claim.value, again.claim.value
    words = f"“{shortened(place.text)}”" if place.text else "this point"
    places = (
        (context.span(again.claim.at), "and here"),
        (context.span(first.claim.at), "first here"),
        place,
    )
    if one == two:
        message = f"{words} is annotated twice as {kind}: {shortened(two)}"
        return say(rules.TWICE, message, *places, help="Remove one of the two.")
    message = f"{words} is annotated as {kind}: {shortened(one)} and as {kind}: {shortened(two)}"
    help = f"Keep one, or write the other under `or:` — or: [{{{kind}: {shortened(two)}}}]."
    return say(rules.CONTRADICTION, message, *places, help=help)


def same_ids(claims: Iterable[Claim], context: Context) -> list[Diagnostic]:
    """Ids become xml:id, with the keys of registers: each stands once."""
    found: list[Diagnostic] = []
    seen: dict[str, Node] = {}
    for claim in claims:
        if not claim.id:
            continue
        node = claim.node.items.get("id", claim.at)
        entry = context.registers.get(claim.id)
        if claim.id in seen:
            where = Label(context.span(seen[claim.id]), "first here")
        elif entry is not None:
            where = Label(entry.place, "a key of a register")
        elif claim.id in context.reserved:
            where = Label(context.span(node), "the header has it")
        else:
            seen[claim.id] = node
            continue
        message = f"the id “{claim.id}” is used twice"
        found.append(
            say(
                rules.ID,
                message,
                context.span(node),
                where,
                help="Ids become xml:id, like keys: choose another.",
            )
        )
    return found


def same_numbers(elements: Iterable[Element], context: Context, document: Document) -> list[Diagnostic]:
    """Blocks are cited by @n: in each tree of citations (`header_encoding`) a number stands once. Of each tree the
    first is told: those that follow count on from it."""
    found: dict[str, Diagnostic] = {}
    seen: dict[tuple[str, str], Element] = {}
    for e in elements:
        if e.weight != BLOCK or not e.n or not (e.text or e.name == "div"):
            continue
        tree = e.name if e.name in context.numbered or not e.text else ""
        first = seen.setdefault((tree, e.n), e)
        if first is not e:
            message = f"two blocks have the number “{shortened(e.n)}” by which they are cited"
            help = (
                "Give one of them another “n”; the number of a poem or an act may stand before it: “n: II.1”."
            )
            found.setdefault(tree, say(rules.ID, message, *_places(document, e, first), help=help))
    return [*found.values()]


def crossings(fragments: Fragments, elements: Sequence[Element], document: Document) -> list[Diagnostic]:
    """Ranges that cross: an error if neither may be cut, an information if one was."""
    found = [_overlap(one, other, elements, document) for one, other in fragments.overlaps]
    for k in fragments.too_deep:
        message = "elements are nested more than 240 deep here"
        found.append(
            say(rules.TOO_DEEP, message, *_places(document, elements[k]), help="Annotate less on one word.")
        )
    for k, by in sorted(fragments.cuts.items()):
        if elements[by].weight != BLOCK:
            message = f"{_said(elements[k], document)} crosses {_said(elements[by], document)} and is written in linked pieces"
            found.append(say(rules.CUT, message, *_places(document, elements[k], elements[by])))
    return found


def _overlap(one: int, other: int, elements: Sequence[Element], document: Document) -> Diagnostic:
    first, second = elements[one], elements[other]
    if one == other:
        message = f"“{shortened(document.seed.text[first.start : first.end])}” stands outside every block"
        return say(
            rules.OVERLAP,
            message,
            *_places(document, first),
            help="Let the place lie inside a block of text.",
        )
    if BLOCK in (first.weight, second.weight):
        block, inline = (first, second) if first.weight == BLOCK else (second, first)
        message = f"{_said(inline, document)} runs over the edge of {_kind(block)}, and may not be cut"
        help = "Annotate each block by itself."
    else:
        message = f"{_said(first, document)} and {_said(second, document)} cross, and neither may be cut"
        help = "Let one of them begin or end where the other does."
    return say(rules.OVERLAP, message, *_places(document, second, first), help=help)


def _said(element: Element, document: Document) -> str:
    return f"the {element.kind or element.name} “{shortened(document.seed.text[element.start : element.end], 40)}”"


def _kind(element: Element) -> str:
    return f"“{element.kind or element.name}”"


def _places(document: Document, *elements: Element) -> list[Label]:
    written = [Label(Span(document.source, e.home.start, e.home.end)) for e in elements if e.home]
    return written + [Label(Span(document.seed.source, e.start, e.end), _kind(e)) for e in elements]
