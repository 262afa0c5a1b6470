"""What an edition must pass before it is written: it is valid, proved, and gives every place back.

Brings every fault home to the annotation that caused it. Writes nothing, and knows no kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.checks.proof import first_difference, read_proof
from edition.checks.relaxng import Fault, closed, core, element_of, parse
from edition.checks.schematron import schematron_faults
from edition.encode.tei import expected, read_back
from edition.model import rules
from edition.model.annotation import Registers
from edition.model.diagnostics import Diagnostic, Label, Rule, diagnostic
from edition.model.edition import Document, Project
from edition.model.events import Composed
from edition.model.nodes import Node
from edition.model.source import Span
from edition.model.vocabulary import KINDS

OUR_FAULT = "This is a fault of this program: please report it with the text and its annotations."
OURS = "the schema of this program"
CHOOSE = "Choose another value, kind or extent for this place."
SHOWN = 20  # faults of a schema that are reported; more would follow from them


def accepted(document: Document, project: Project, data: bytes, composed: Composed) -> tuple[Diagnostic, ...]:
    """Report everything that keeps an edition from being written, at the annotation and the seed."""
    diagnostics: list[Diagnostic] = []
    opened = _opened(project, composed)
    for name, node in sorted(opened.items()):
        place = document.source.span(node)
        message = f"`{name}` is not checked against TEI: the schema of this program was opened for it"
        help = "Check the result with `edition check --schema tei_all.rng`."
        diagnostics.append(diagnostic(rules.OPEN_SCHEMA, message, place, help=help))
    root, registers = parse(data), project.registers
    invalid, inconsistent = closed(frozenset(opened)).faults(root), schematron_faults(root)
    diagnostics += at_home(invalid, rules.SCHEMA, document, composed, registers, OURS, CHOOSE)
    help = "`edition schema --of sch` prints the rule."
    diagnostics += at_home(inconsistent, rules.SCHEMATRON, document, composed, registers, help=help)
    return (
        *diagnostics,
        *_seed_not_given_back(document, data),
        *_places_not_given_back(document, data, composed),
    )


def _opened(project: Project, composed: Composed) -> dict[str, Node]:
    """The elements for which the schema is opened, each with the node that first writes it.

    They come from `element:`, or from kinds of the project whose element our customisation has not.
    """
    opened: dict[str, Node] = {}
    for e in composed.elements:
        kind = project.kinds.get(e.kind)
        if kind is None or e.yaml_node is None:
            continue
        if kind.shape == "element":
            opened.setdefault(e.name, e.yaml_node)
        elif kind.name not in KINDS and kind.element not in core():
            opened.setdefault(kind.element, e.yaml_node)
    return opened


def at_home(
    faults: Iterable[Fault],
    rule: Rule,
    document: Document,
    composed: Composed,
    registers: Registers,
    schema: str = "",
    help: str = "",
) -> Iterator[Diagnostic]:
    """Report the first faults of an edition where they come from; `schema`: the name of the one that found them."""
    for fault in [*faults][:SHOWN]:
        message = f"{fault.message} ({schema})" if schema else fault.message
        yield diagnostic(rule, message, *places(document, composed, fault, registers), help=help)


def places(document: Document, composed: Composed, fault: Fault, registers: Registers) -> list[Label]:
    """Where a fault comes from: the annotation that wrote the element, and the words it stands on; for a fault outside
    of the text, the register entry or the header."""
    if fault.number <= 1:
        entry = registers.get(fault.near)
        at = document.header.start
        return [Label(entry.place if entry else Span(document.source, at, at))]
    element = composed.elements[composed.outermost(element_of(composed, fault.number))]
    labels = [Label(document.seed.source.span(element), f"`{element.name}`")]
    if element.yaml_node is not None:
        place = document.source.span(element.yaml_node)
        labels.insert(0, Label(place, f"written as `{element.name}`"))
    return labels


def _seed_not_given_back(document: Document, data: bytes) -> list[Diagnostic]:
    """Read the seed again, from the bytes alone and by another parser than the schema's; report where it differs."""
    proof, seed = read_proof(data), document.seed
    if proof.proved and proof.text == seed.text:
        return []
    at = first_difference(seed.text, proof.text) or 0
    message = proof.problem or "the text of the edition differs from the seed"
    place = Span(seed.source, at, min(len(seed.text), at + 1))
    return [diagnostic(rules.UNPROVED, message, place, help=OUR_FAULT)]


def _places_not_given_back(document: Document, data: bytes, composed: Composed) -> list[Diagnostic]:
    """Read the bytes back, and report an element that does not stand where it was put: text alone proves no places."""
    text, placed = read_back(data)
    wanted = expected(composed)
    if text != document.seed.text or placed == wanted:
        return []
    lost = sorted((wanted - placed) + (placed - wanted))
    places = [Span(document.seed.source, *extent) for _, _, ranges in lost[:1] for extent in ranges[:1]]
    message = f"reading the edition back does not give `{lost[0][0]}` where it was put"
    return [diagnostic(rules.MISPLACED_SPAN, message, *places, help=OUR_FAULT)]
