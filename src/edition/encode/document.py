"""One anchored text → elements, events, and the bytes of its file: the passes of this room, in order.

Checks nothing that the passes do not; knows no kinds, and no schema.
"""

from __future__ import annotations

from typing import NamedTuple

from edition.anchor.lines_as_blocks import text_blocks
from edition.dates.calendars import Calendar
from edition.encode.compose import compose
from edition.encode.conflicts import crossings, said_twice, same_ids, same_numbers
from edition.encode.encoder import private_use
from edition.encode.header.declarations import character_id
from edition.encode.header.header import RESERVED, UNKNOWN, HeaderFacts, header
from edition.encode.header.standoff import standoff
from edition.encode.ids import numbered_elements
from edition.encode.kind_elements import with_q
from edition.encode.links_and_notes import Beside, beside
from edition.encode.references import References
from edition.encode.tei import write_events
from edition.encode.text_elements import encode
from edition.model.diagnostics import Diagnostic
from edition.model.edition import Anchoring, Document, Project
from edition.model.events import Composed
from edition.model.xml import TEI, XmlElement, attributes, element, filled, render
from edition.read.project import described_characters, language

PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="../schema/edition.rng" type="application/xml"'
    ' schematypens="http://relaxng.org/ns/structure/1.0"?>\n<?xml-model href="../schema/edition.sch"'
    ' type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>\n'
)


class Encoded(NamedTuple):
    """A text with its elements, and what header and lists must hold because of it.

    beside: what has no place in the text. pointed: the register keys it points at. voices: the keys of those who
    speak in it. calendars: those that its dates use.
    """

    composed: Composed
    beside: Beside
    pointed: frozenset[str]
    voices: frozenset[str]
    calendars: tuple[Calendar, ...]
    diagnostics: tuple[Diagnostic, ...]


def encode_document(document: Document, project: Project, anchoring: Anchoring) -> Encoded:
    """Make annotations and blocks elements over the seed, and weave them with it."""
    text, areas = document.seed.text, text_blocks(anchoring.blocks)
    references, private = References(document.source, project), described_characters(project.settings)
    reserved = {identity(document, project), *RESERVED, *references.editors, *map(character_id, private)}
    taken = {*reserved, *project.registers.entries}
    encoder = encode(references, text, areas, anchoring.anchored, anchoring.blocks)
    aside = beside(encoder, anchoring.annotations, taken)
    for name, claim in references.wanted:
        encoder.refer(name, claim.at)
    elements = [*encoder.elements, *private_use(text, private)]
    composed = with_q(compose(text, elements, areas, taken | aside.ids, encoder.named))
    diagnostics = (
        *said_twice(anchoring.anchored, references, document.seed.source),
        *same_ids(encoder.claims, references, reserved | references.header_ids()),
        *same_numbers(composed, document),
        *crossings(composed, document),
        *references.diagnostics,
    )
    calendars = tuple(references.calendars.values())
    pointed, voices = frozenset(references.pointed), frozenset(references.voices)
    return Encoded(composed, aside, pointed, voices, calendars, diagnostics)


class EditionFile(NamedTuple):
    """The bytes of an edition, and as elements what stands in them before the text."""

    data: bytes
    header: XmlElement
    stand_off: XmlElement | None
    diagnostics: tuple[Diagnostic, ...]


def edition_file(document: Document, project: Project, anchoring: Anchoring, encoded: Encoded) -> EditionFile:
    """Write an edition: prologue, header, lists and text."""
    body, tongue = "".join(write_events(encoded.composed)), language(project, document)
    top, problems, keys = header(_facts(document, project, anchoring, encoded, body))
    lists, more = standoff(encoded.pointed | keys, project.registers, tongue)
    name, stand_off = identity(document, project), _stand_off(encoded.beside, lists)
    root = attributes((("xmlns", TEI), ("xml:id", name), ("xml:lang", tongue)))
    text = attributes((("xml:id", f"{name}.text"), ("n", document.name), ("xml:space", "preserve")))
    parts = (
        f"{PROLOGUE}<TEI{root}>",
        render(top),
        *([render(stand_off)] if stand_off else []),
        f"<text{text}><body>{body}</body></text>",
        "</TEI>\n",
    )
    return EditionFile("\n".join(parts).encode(), top, stand_off, (*problems, *more))


def _stand_off(beside: Beside, lists: XmlElement | None) -> XmlElement | None:
    """The lists of entries, and after them the relations and links of annotations; None if all are empty."""
    relations = (element("relation", dict(pairs)) for pairs in beside.relations)
    links = (element("link", dict(pairs)) for pairs in beside.links)
    more = (filled("listRelation", None, *relations), filled("linkGrp", None, *links))
    own = lists or XmlElement("standOff")
    return filled("standOff", dict(own.attributes), *own.children, *more)


def identity(document: Document, project: Project) -> str:
    """The xml:id of `TEI`: the name of the text, after `edition.` if it begins with a digit or is the key of an entry."""
    name = document.name
    return name if not name[0].isdigit() and name not in project.registers.entries else f"edition.{name}"


def _facts(
    document: Document, project: Project, anchoring: Anchoring, encoded: Encoded, body: str
) -> HeaderFacts:
    areas = set(encoded.composed.text_blocks)
    units = {
        b.block.element for b in anchoring.blocks if b.block.content == "text" and (b.start, b.end) in areas
    }
    unknown = (UNKNOWN,) if UNKNOWN in encoded.voices else ()
    return HeaderFacts(
        name=identity(document, project),
        seed=document.seed,
        meta=document.header,
        source=document.source,
        settings=project.settings,
        settings_source=project.settings_source,
        registers=project.registers,
        voices=(*sorted(encoded.voices - {UNKNOWN}), *unknown),
        whole_notes=encoded.beside.notes,
        has_divisions=any(b.block.element == "div" for b in anchoring.blocks),
        units=tuple(sorted(units)),
        pointed=encoded.pointed,
        numbered=tuple(sorted(numbered_elements(encoded.composed))),
        calendars=encoded.calendars,
        characters=tuple(c for c in described_characters(project.settings) if c in body),
    )
