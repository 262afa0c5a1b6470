"""The passes in order. The only module that knows the order.

seed and annotations → anchored → blocks and elements → events → bytes → accepted. `build_document` is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from edition.anchor.anchor import Anchorer
from edition.anchor.blocks import fill, zones
from edition.anchor.cells import separators
from edition.anchor.recognition import recognise, within
from edition.anchor.structure import grown, lay
from edition.checks.acceptance import accepted
from edition.checks.coverage import COVERAGE
from edition.checks.dates import DATES
from edition.checks.fidelity import FIDELITY
from edition.checks.mentions import MENTIONS
from edition.checks.plausibility import PLAUSIBILITY
from edition.checks.references import REFERENCES
from edition.checks.relaxng import core
from edition.checks.text import TEXT
from edition.encode.characters import identifier, pointing
from edition.encode.compose import compose
from edition.encode.conflicts import crossings, said_twice, same_ids, same_numbers
from edition.encode.encode import Beside, encode, link_notes
from edition.encode.encode import beside as said_beside
from edition.encode.header.header import RESERVED, HeaderFacts, header
from edition.encode.header.standoff import standoff
from edition.encode.references import UNKNOWN, Context, declared, signs
from edition.encode.tei import write
from edition.model.diagnostics import Diagnostic, errors
from edition.model.edition import Anchoring, Built, Document, Edition, Project
from edition.model.events import BLOCK, CLOSE, OPEN, Composed
from edition.model.source import Span
from edition.model.vocabulary import KINDS, NO_QUOTE
from edition.model.xml import TEI, Element, attributes, element, filled, render
from edition.read.annotations import read_annotations, read_structure
from edition.read.project import described_characters, language

Check = Callable[[Edition], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (*REFERENCES, *DATES, *PLAUSIBILITY, *MENTIONS, *COVERAGE, *TEXT, *FIDELITY)
"""What may be wrong with editions that build. A check changes nothing; only those of fidelity read files."""

PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="../schema/edition.rng" type="application/xml"'
    ' schematypens="http://relaxng.org/ns/structure/1.0"?>\n<?xml-model href="../schema/edition.sch"'
    ' type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>\n'
)


def anchor_document(document: Document, project: Project) -> Anchoring:
    """Annotations and blocks, found in the seed."""
    source = document.source
    annotations, unread = read_annotations(document.annotations, source, project.kinds)
    structure, unread_blocks = read_structure(document.structure, source, project.kinds)
    anchorer = Anchorer(document.seed, source, signs(project.registers))
    anchored = tuple(anchorer.anchor(annotations))
    named = lay(structure, anchorer)
    by_convention = recognise(document.conventions, document.seed, named, anchored)
    anchored += tuple(by_convention.anchored)
    named += by_convention.laid
    laid, crossing = fill(named + grown(anchored, named, document.seed), document.seed, source)
    laid, told = within(document.conventions, laid, document.seed, by_convention.told)
    crossing += told
    anchored += tuple(separators(laid, document.seed))
    found = (*unread, *unread_blocks, *anchorer.found, *crossing)
    return Anchoring(document.seed, annotations, anchored, tuple(laid), found)


def compose_document(
    document: Document, project: Project, anchoring: Anchoring
) -> tuple[Composed, Context, list[Diagnostic], Beside]:
    """Elements over the seed, woven; what was found out on the way; and the editor's notes on the whole text."""
    areas = zones(anchoring.laid)
    context = Context(document.source, project.kinds, project.registers, project.settings, areas)
    context.unsettled = project.unsettled
    private = described_characters(project.settings)
    context.reserved = frozenset(
        (_identity(document, project), *RESERVED, *context.editors, *map(identifier, private))
    )
    context.taken |= {*context.reserved, *project.registers.entries}
    encoder = encode(context, document.seed.text, anchoring.anchored, anchoring.laid)
    beside = said_beside(anchoring.annotations, encoder)
    context.reserved |= declared(context)
    link_notes(encoder)
    encoder.elements += pointing(document.seed.text, private)
    composed = _settled(compose(document.seed.text, encoder.elements, areas, context.taken, encoder.named))
    found = said_twice(anchoring.anchored, context, document.seed.source) + same_ids(encoder.claims, context)
    found += same_numbers(composed, context, document) + crossings(composed, document)
    return composed, context, found + context.found, beside


def _settled(composed: Composed) -> Composed:
    """TEI allows `q`, and no `quote`, in dates and in the frame of a letter."""
    elements = [*composed.elements]
    stack: list[str] = []
    for event in composed.events if any(e.name == "quote" for e in elements) else ():
        if event[0] == OPEN:
            e = elements[event[1]]
            if e.name == "quote" and e.weight != BLOCK and stack and stack[-1] in NO_QUOTE:
                elements[event[1]] = replace(e, name="q")
            stack.append(elements[event[1]].name)
        elif event[0] == CLOSE:
            stack.pop()
    return replace(composed, elements=elements)


def build_document(document: Document, project: Project) -> Built:
    """The edition of one text. Pure: the same document and project give the same bytes, in any order of annotations."""
    anchoring = anchor_document(document, project)
    composed, context, found, beside = compose_document(document, project, anchoring)
    found = [*anchoring.diagnostics, *found]
    if errors(found):
        return Built(document, None, tuple(found), anchoring, composed)
    body = "".join(write(composed))
    top, told, keys = header(_facts(document, project, anchoring, context, beside, body))
    tongue = language(project, document)
    lists, more = standoff(context.pointed | keys, project.registers, tongue)
    stand_off = _with(beside, lists)
    data = _file(document, _identity(document, project), tongue, top, stand_off, body)
    found += [*told, *more]
    if not errors(found):
        found += accepted(document, data, composed, _opened(project, anchoring, context), project.registers)
    return Built(document, None if errors(found) else data, tuple(found), anchoring, composed, top, stand_off)


def _opened(project: Project, anchoring: Anchoring, context: Context) -> dict[str, Span]:
    """Elements for which the schema is opened, and where they are first written: those of `element:`, and those
    that only a project's own kinds bring in."""
    places = {name: context.span(node) for name, node in context.opened.items()}
    for a in anchoring.anchored:
        name = project.kinds[a.claim.kind].element
        if a.claim.kind not in KINDS and name not in core():
            places.setdefault(name, context.span(a.claim.at))
    return places


def _file(
    document: Document, name: str, language: str, top: Element, stand_off: Element | None, body: str
) -> bytes:
    root = attributes((("xmlns", TEI), ("xml:id", name), ("xml:lang", language)))
    text = attributes((("xml:id", f"{name}.text"), ("n", document.name), ("xml:space", "preserve")))
    parts = (
        PROLOGUE,
        f"<TEI{root}>",
        render(top),
        *([render(stand_off)] if stand_off else []),
        f"<text{text}><body>{body}</body></text>",
        "</TEI>\n",
    )
    return (parts[0] + "\n".join(parts[1:])).encode()


def _with(beside: Beside, lists: Element | None) -> Element | None:
    """standOff with the links and relations that annotations say."""
    relations = (element("relation", dict(pairs)) for pairs in beside.relations)
    links = (element("link", dict(pairs)) for pairs in beside.links)
    more = (filled("listRelation", None, *relations), filled("linkGrp", None, *links))
    own = lists or Element("standOff")
    return filled("standOff", dict(own.attributes), *own.children, *more)


def _identity(document: Document, project: Project) -> str:
    """The xml:id of the whole: the name of the text, which may not begin with a digit nor be the key of an entry."""
    name = document.name
    return name if not name[0].isdigit() and name not in project.registers.entries else f"edition.{name}"


def _facts(
    document: Document, project: Project, anchoring: Anchoring, context: Context, beside: Beside, body: str
) -> HeaderFacts:
    areas = set(context.zones)
    units = {
        b.block.element for b in anchoring.laid if b.block.content == "text" and (b.start, b.end) in areas
    }
    unknown = (UNKNOWN,) if UNKNOWN in context.voices else ()
    return HeaderFacts(
        name=_identity(document, project),
        seed=document.seed,
        meta=document.header,
        source=document.source,
        settings=project.settings,
        settings_source=project.settings_source,
        registers=project.registers,
        voices=(*sorted(context.voices - {UNKNOWN}), *unknown),
        whole_notes=beside.notes,
        has_divisions=any(b.block.element == "div" for b in anchoring.laid),
        units=tuple(sorted(units)),
        pointed=frozenset(context.pointed),
        numbered=tuple(sorted(context.numbered)),
        calendars=tuple(context.calendars.values()),
        characters=tuple(c for c in described_characters(project.settings) if c in body),
    )
