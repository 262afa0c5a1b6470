"""The passes in order. The only module that knows the order.

seed, annotations → blocks → anchored → elements → events → bytes → checked, proved. `build_document` is pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edition import catalogue as rules
from edition.anchor import Anchorer
from edition.annotations import Reader
from edition.context import UNKNOWN, Context, signs
from edition.diagnostics import Diagnostic, Label, errors, say, shortened
from edition.encode import LATE, Encoder, said_twice
from edition.fragment import BLOCK, Fragments
from edition.header import HeaderFacts, header
from edition.model import Anchored, Annotation, Document, Laid, Seed
from edition.notes import note_words
from edition.project import Project, language
from edition.proof import first_difference, read_proof
from edition.schema import closed, faults, home
from edition.source import Span
from edition.standoff import standoff
from edition.structure import claims_of, fill, grown, lay, zones
from edition.tei import Composed, compose, expected, read, write
from edition.vocabulary import NO_QUOTE
from edition.weave import CLOSE, OPEN
from edition.xml import attributes
from edition.yamlmarks import Node

MODELS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<?xml-model href="../schema/edition.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)
SHOWN = 20  # faults of the schema told one by one


@dataclass(frozen=True, slots=True)
class Anchoring:
    """What was found in the seed, and what was said on the way."""

    seed: Seed
    annotations: tuple[Annotation, ...]
    anchored: tuple[Anchored, ...]
    laid: tuple[Laid, ...]
    reader: Reader
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """One document: its bytes (None if there was an error) and every intermediate form on the way."""

    name: str
    data: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    anchoring: Anchoring
    composed: Composed | None = None


def anchor_document(document: Document, project: Project) -> Anchoring:
    """Annotations and blocks, found in the seed."""
    found: list[Diagnostic] = []
    reader = Reader(document.source, project.kinds, found)
    anchorer = Anchorer(document.seed, reader, signs(project.registers))
    annotations = reader.annotations(document.annotations)
    anchored = anchorer.anchor(annotations)
    laid = lay(document.structure, anchorer)
    whole, crossing = fill(laid + grown(anchored, laid, document.seed), document.seed, reader)
    anchored = [a for a in anchored if a.claim.kind in project.kinds]
    return Anchoring(document.seed, annotations, tuple(anchored), tuple(whole), reader, (*found, *anchorer.found, *crossing))


def compose_document(document: Document, project: Project, anchoring: Anchoring) -> tuple[Composed, Context, list[Diagnostic], tuple[str, ...]]:
    """Elements over the seed, woven; and the editor's notes on the whole text."""
    seed, anchored = document.seed, anchoring.anchored
    areas = zones(anchoring.laid)
    context = Context(document.source, project.kinds, project.registers, project.settings, areas, note_words)
    context.taken |= {document.name, *project.registers.entries}
    encoder = Encoder(context, seed.text)
    markers = [k for k, a in enumerate(anchored) if a.claim.kind == "footnote" and a.index == 0]
    for k in markers:  # before their bodies, which may be blocks
        encoder.encode(anchored[k], anchored)
    encoder.blocks(anchoring.laid, anchored)
    done = {block.anchored for block in anchoring.laid} | set(markers)
    for late in (False, True):
        for k, a in enumerate(anchored):
            if (project.kinds[a.claim.kind].shape in LATE) == late and k not in done:
                encoder.encode(a, anchored)
    encoder.extras([(claim, None) for claim in claims_of(anchoring.laid)] + [(a.claim, a) for a in anchored])
    whole = _on_others(anchoring.annotations, encoder)
    found = [*said_twice(anchored, context, Span(seed.source, 0, 0)), *_identified(encoder)]
    composed = compose(seed.text, encoder.elements, areas, context.taken)
    _settle_quotes(composed)
    found += _crossings(composed.fragments, encoder.elements, document)
    return composed, context, found + context.found, whole


def _on_others(annotations: Iterable[Annotation], encoder: Encoder) -> tuple[str, ...]:
    """Notes `on:` other annotations stand after the last of them; those on the whole text go to the header."""
    context, whole = encoder.context, []
    for annotation in annotations:
        if annotation.selector.form != "on":
            continue
        claim = annotation.claims[0]
        if annotation.selector.on == ("text",):
            whole.append(context.prose(context, claim, claim.value))
            continue
        unknown = [name for name in annotation.selector.on if name not in encoder.ids]
        for name in unknown:
            context.tell(say(rules.DANGLING, f"no annotation has the id “{shortened(name)}”", context.span(annotation.selector.at),
                             help="Write `id:` beside the annotation that is meant."))
        if not unknown:
            targets = tuple(encoder.ids[name] for name in annotation.selector.on)
            for name, target in zip(annotation.selector.on, targets, strict=True):
                encoder.elements[target].id = name
            encoder.note(claim, claim.value, max(encoder.elements[t].end for t in targets), targets)
    return tuple(whole)


def _identified(encoder: Encoder) -> list[Diagnostic]:
    """Ids are unique; those that notes link to are written."""
    context, found = encoder.context, []
    seen: dict[str, Node] = {}
    for claim in encoder.claims:
        if not claim.id:
            continue
        if claim.id in seen or claim.id in context.registers.entries:
            where = (context.span(seen[claim.id]), "first here") if claim.id in seen else Label(context.registers.entries[claim.id].place, "a key of a register")
            found.append(say(rules.ID, f"the id “{claim.id}” is used twice", context.span(claim.node.items.get("id", claim.at)), where,
                             help="Ids become xml:id: choose another."))
        seen.setdefault(claim.id, claim.node.items.get("id", claim.at))
    for name, claim in context.wanted:
        if name in encoder.ids:
            encoder.elements[encoder.ids[name]].id = name
        else:
            found.append(say(rules.DANGLING, f"no annotation has the id “{shortened(name)}”", context.span(claim.at),
                             help="Write `id:` beside the annotation that is meant."))
    context.taken |= {e.id for e in encoder.elements if e.id}
    return found


def _settle_quotes(composed: Composed) -> None:
    """TEI allows `q`, and no `quote`, in dates and in the frame of a letter."""
    elements = composed.elements
    if not any(e.name == "quote" for e in elements):
        return
    stack: list[str] = []
    for event in composed.events:
        if event[0] == OPEN:
            e = elements[event[1]]
            if e.name == "quote" and e.weight != BLOCK and stack and stack[-1] in NO_QUOTE:
                e.name = "q"
            stack.append(e.inner or e.name)
        elif event[0] == CLOSE:
            stack.pop()


def _crossings(fragments: Fragments, elements: Iterable[Element], document: Document) -> list[Diagnostic]:
    elements = tuple(elements)
    found = []

    def places(*origins: int) -> list[Label]:
        labels = [Label(Span(document.source, e.home.start, e.home.end)) for k in origins if (e := elements[k]).home]
        return labels + [Label(Span(document.seed.source, elements[k].start, elements[k].end), f"`{elements[k].name}`") for k in dict.fromkeys(origins)]

    for one, other in fragments.overlaps:
        if one == other:
            message = f"“{shortened(document.seed.text[elements[one].start : elements[one].end])}” stands outside every block"
            found.append(say(rules.OVERLAP, message, *places(one), help="Let the place lie inside a block of text."))
            continue
        message = f"`{elements[one].name}` and `{elements[other].name}` cross, and neither may be cut"
        found.append(say(rules.OVERLAP, message, *places(other, one), help="Let one of them begin or end where the other does."))
    for k in fragments.too_deep:
        found.append(say(rules.TOO_DEEP, "elements are nested more than 240 deep here", *places(k), help="Annotate less on one word."))
    for k, by in sorted(fragments.cuts.items()):
        if elements[by].weight != BLOCK:
            message = f"`{elements[k].name}` crosses `{elements[by].name}` and is written in linked pieces"
            found.append(say(rules.CUT, message, *places(k, by)))
    return found


def build_document(document: Document, project: Project) -> Built:
    """The edition of one text. Pure: the same document and project give the same bytes, in any order of annotations."""
    anchoring = anchor_document(document, project)
    composed, context, found, whole = compose_document(document, project, anchoring)
    found = [*anchoring.diagnostics, *found]
    if errors(found):
        return Built(document.name, None, tuple(found), anchoring, composed)
    body = "".join(write(composed))
    top, told, keys = header(_facts(document, project, anchoring, context, whole))
    lists, more = standoff(context.pointed | keys, project.registers)
    found += [*told, *more]
    identity = attributes((("xml:id", _ncname(document.name)), ("xml:lang", language(project, document))))
    text = attributes((("xml:id", f"{_ncname(document.name)}.text"), ("n", document.name), ("xml:space", "preserve")))
    data = f'{MODELS}<TEI xmlns="http://www.tei-c.org/ns/1.0"{identity}>\n{top}\n{lists}{_newline(lists)}<text{text}><body>{body}</body></text>\n</TEI>\n'.encode()
    if not errors(found):
        found += checked(document, project, data, composed, context, lists)
    return Built(document.name, None if errors(found) else data, tuple(found), anchoring, composed)


def _ncname(name: str) -> str:
    return name if not name[0].isdigit() else f"t{name}"


def _newline(text: str) -> str:
    return "\n" if text and not text.endswith("\n") else ""


def _facts(document: Document, project: Project, anchoring: Anchoring, context: Context, whole: tuple[str, ...]) -> HeaderFacts:
    areas = set(context.zones)
    leaves = sorted({b.block.element for b in anchoring.laid if (b.start, b.end) in areas and b.block.content == "text"})
    return HeaderFacts(
        name=_ncname(document.name),
        seed=document.seed,
        meta=document.header,
        source=document.source,
        settings=project.settings,
        settings_source=project.settings_source,
        registers=project.registers,
        voices=tuple(sorted(context.voices - {UNKNOWN})) + ((UNKNOWN,) if UNKNOWN in context.voices else ()),
        whole_notes=whole,
        has_divisions=any(b.block.element == "div" for b in anchoring.laid),
        units=tuple(leaves),
    )


# what an edition must pass before it is written


def checked(document: Document, project: Project, data: bytes, composed: Composed, context: Context, lists: str) -> list[Diagnostic]:
    """Valid, proved, and every place given back; else told at the annotation and the seed."""
    found: list[Diagnostic] = []
    if context.opened:
        names = ", ".join(f"`{name}`" for name in sorted(context.opened))
        found.append(say(rules.OPEN_SCHEMA, f"{names} {'is' if len(context.opened) == 1 else 'are'} not checked against TEI: the schema was opened for it",
                         Span(document.source, 0, 0), help="Check the result with `edition check --schema tei_all.rng`."))
    found += invalid(document, data, composed, closed(frozenset(context.opened)), "the edition’s schema")
    found += unproved(document, data)
    text, placed = read(data)
    if text == document.seed.text and placed != (wanted := expected(composed.elements, context.zones)):
        lost = sorted((wanted - placed).items())[:1] + sorted((placed - wanted).items())[:1]
        places = [Span(document.seed.source, r[0], r[1]) for (_, _, ranges), _ in lost for r in ranges[:1]]
        found.append(say(rules.MISPLACED_SPAN, f"reading the edition back does not give `{lost[0][0][0]}` where it was put", *places,
                         help="This is a fault of this program: please report it with the text and its annotations."))
    return found


def invalid(document: Document, data: bytes, composed: Composed, schema: object, name: str) -> list[Diagnostic]:
    found = []
    for fault in faults(data, schema)[:SHOWN]:  # type: ignore[arg-type]
        labels: list[Label] = []
        if fault.number > 1:
            k = home(composed, fault.number)
            e = composed.elements[k]
            if e.home is not None:
                labels.append(Label(Span(document.source, e.home.start, e.home.end), f"written as `{e.name}`"))
            labels.append(Label(Span(document.seed.source, e.start, e.end), f"`{e.name}`" if e.name else ""))
        else:
            node = document.header
            labels.append(Label(Span(document.source, node.start, node.start) if node else Span(document.source, 0, 0), f"near xml:id {fault.near}"))
        found.append(say(rules.SCHEMA, f"{fault.message} ({name})", *labels, help="Choose another kind, or another extent, for this place."))
    return found


def unproved(document: Document, data: bytes) -> list[Diagnostic]:
    """The seed again, from the bytes alone."""
    proof = read_proof(data)
    if proof.proved and proof.text == document.seed.text:
        return []
    at = first_difference(document.seed.text, proof.text)
    place = Span(document.seed.source, at or 0, min(len(document.seed.text), (at or 0) + 1))
    return [say(rules.UNPROVED, proof.problem or "the text of the edition differs from the seed", place,
                help="This is a fault of this program: please report it with the text and its annotations.")]


__all__ = ["Anchoring", "Built", "anchor_document", "build_document", "compose_document"]
