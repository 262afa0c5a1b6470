"""What an edition must pass before it is written: valid, proved, and every place given back."""

from __future__ import annotations

from lxml import etree

from edition.checks import schematron
from edition.checks.proof import first_difference, read_proof
from edition.checks.relaxng import Fault, closed, core, element_of, parse, relaxng_faults
from edition.encode.tei import expected, read_back
from edition.model import rules
from edition.model.annotation import Registers
from edition.model.diagnostics import Diagnostic, Label, diagnostic
from edition.model.edition import Document, Project
from edition.model.events import Composed
from edition.model.nodes import Node
from edition.model.source import Span
from edition.model.vocabulary import KINDS

OUR_FAULT = "This is a fault of this program: please report it with the text and its annotations."
SHOWN = 20  # faults of a schema told one by one


def accepted(document: Document, project: Project, data: bytes, composed: Composed) -> tuple[Diagnostic, ...]:
    """Everything that keeps an edition from being written, at the annotation and the seed."""
    found: list[Diagnostic] = []
    opened, registers = _opened(project, composed), project.registers
    for name, node in sorted(opened.items()):
        place = Span(document.source, node.start, node.end)
        message = f"`{name}` is not checked against TEI: the schema of this program was opened for it"
        help = "Check the result with `edition check --schema tei_all.rng`."
        found.append(diagnostic(rules.OPEN_SCHEMA, message, place, help=help))
    schema = closed(frozenset(opened))
    root = parse(data)
    found += invalid(document, root, composed, schema, "the schema of this program", registers)
    found += inconsistent(document, root, composed, registers)
    return (*found, *_seed_not_given_back(document, data), *not_given_back(document, data, composed))


def _opened(project: Project, composed: Composed) -> dict[str, Node]:
    """Elements for which the schema is opened, and where they are first written: those of `element:`, and those
    that only a project's own kinds bring in."""
    found: dict[str, Node] = {}
    for e in composed.elements:
        kind = project.kinds.get(e.kind)
        if kind is None or e.yaml_node is None:
            continue
        if kind.shape == "element":
            found.setdefault(e.name, e.yaml_node)
        elif kind.name not in KINDS and kind.element not in core():
            found.setdefault(kind.element, e.yaml_node)
    return found


def invalid(
    document: Document,
    root: etree._Element,
    composed: Composed,
    schema: etree.RelaxNG,
    name: str,
    registers: Registers,
) -> list[Diagnostic]:
    """What a RELAX NG does not allow, told where it comes from."""
    help = "Choose another value, kind or extent for this place."
    return [
        diagnostic(
            rules.SCHEMA,
            f"{fault.message} ({name})",
            *places(document, composed, fault, registers),
            help=help,
        )
        for fault in relaxng_faults(root, schema)[:SHOWN]
    ]


def inconsistent(
    document: Document, root: etree._Element, composed: Composed, registers: Registers
) -> list[Diagnostic]:
    """What no grammar can say: pointers, both sides of a choice, order of dates."""
    help = "`edition schema --of sch` prints the rule."
    return [
        diagnostic(rules.SCHEMATRON, fault.message, *places(document, composed, fault, registers), help=help)
        for fault in schematron.schematron_faults(root)[:SHOWN]
    ]


def places(document: Document, composed: Composed, fault: Fault, registers: Registers) -> list[Label]:
    """Where a fault comes from: the annotation that wrote the element, and the words it stands on; else the register
    entry, or the header."""
    if fault.number <= 1:
        entry = registers.get(fault.near)
        at = document.header.start
        return [Label(entry.place if entry else Span(document.source, at, at))]
    element = composed.elements[composed.outermost(element_of(composed, fault.number))]
    labels = [Label(Span(document.seed.source, element.start, element.end), f"`{element.name}`")]
    if element.yaml_node is not None:
        place = Span(document.source, element.yaml_node.start, element.yaml_node.end)
        labels.insert(0, Label(place, f"written as `{element.name}`"))
    return labels


def _seed_not_given_back(document: Document, data: bytes) -> list[Diagnostic]:
    """The seed again, from the bytes alone, by another parser than the one that checks the schema."""
    proof = read_proof(data)
    if proof.proved and proof.text == document.seed.text:
        return []
    at = first_difference(document.seed.text, proof.text) or 0
    place = Span(document.seed.source, at, min(len(document.seed.text), at + 1))
    return [
        diagnostic(
            rules.UNPROVED,
            proof.problem or "the text of the edition differs from the seed",
            place,
            help=OUR_FAULT,
        )
    ]


def not_given_back(document: Document, data: bytes, composed: Composed) -> list[Diagnostic]:
    """Text alone does not prove placement: reading the bytes back gives the places it was made from."""
    text, placed = read_back(data)
    wanted = expected(composed)
    if text != document.seed.text or placed == wanted:
        return []
    lost = sorted((wanted - placed) + (placed - wanted))
    places = [Span(document.seed.source, *extent) for _, _, ranges in lost[:1] for extent in ranges[:1]]
    message = f"reading the edition back does not give `{lost[0][0]}` where it was put"
    return [diagnostic(rules.MISPLACED_SPAN, message, *places, help=OUR_FAULT)]
