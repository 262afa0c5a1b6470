"""The passes in order. The only module that knows the order.

seed and annotations → anchored → blocks and elements → events → bytes → accepted. `build_document` is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from edition.anchor.anchor import Anchorer
from edition.anchor.lines_as_blocks import fill, separators
from edition.anchor.named_blocks import notes_as_blocks, place_blocks
from edition.anchor.recognise import recognise, recognise_within, report_conventions
from edition.anchor.white_space import with_white_space
from edition.checks.acceptance import accepted
from edition.checks.coverage import COVERAGE
from edition.checks.dates import DATES
from edition.checks.mentions import MENTIONS
from edition.checks.out_folder import FIDELITY
from edition.checks.plausibility import PLAUSIBILITY
from edition.checks.register_entries import REFERENCES
from edition.checks.seed_characters import TEXT
from edition.encode.document import edition_file, encode_document
from edition.encode.references import signs
from edition.model.diagnostics import Diagnostic, errors
from edition.model.edition import Anchoring, Built, Document, Edition, Project
from edition.read.annotations import read_annotations, read_structure

Check = Callable[[Edition], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (*REFERENCES, *DATES, *PLAUSIBILITY, *MENTIONS, *COVERAGE, *TEXT, *FIDELITY)
"""The checks of editions as built. A check changes nothing, and only those of out/ (FIDELITY) read files."""


def anchor_document(document: Document, project: Project) -> Anchoring:
    """Find annotations and blocks in the seed."""
    seed, source, conventions = document.seed, document.source, document.conventions
    annotations, unread = read_annotations(document.annotations, source, project.kinds)
    structure, unread_blocks = read_structure(document.structure, source, project.kinds)
    anchorer = Anchorer(seed, source, signs(project.registers))
    anchored, not_found = anchorer.anchor(annotations)
    named, not_placed = place_blocks(structure, anchorer)
    missing = anchorer.diagnostics([*not_found, *not_placed], anchored)
    recognised = recognise(conventions, seed, named, anchored)
    anchored += recognised.footnotes
    named += recognised.blocks
    blocks, crossing = fill([*named, *notes_as_blocks(anchored, named, seed)], seed, source)
    blocks, made = recognise_within(conventions, blocks, seed)
    anchored += separators(blocks, seed)
    blocks = with_white_space(blocks, seed.text)
    reported = report_conventions(conventions, seed, [*recognised.made, *made])
    diagnostics = (*unread, *unread_blocks, *missing, *crossing, *recognised.diagnostics, *reported)
    return Anchoring(seed, annotations, tuple(anchored), tuple(blocks), diagnostics)


def build_document(document: Document, project: Project) -> Built:
    """The edition of one text. Pure: the same document and project give the same bytes, in any order of annotations."""
    anchoring = anchor_document(document, project)
    encoded = encode_document(document, project, anchoring)
    diagnostics = (*anchoring.diagnostics, *encoded.diagnostics)
    if errors(diagnostics):
        return Built(document, None, diagnostics, anchoring, encoded.composed)
    file = edition_file(document, project, anchoring, encoded)
    diagnostics += file.diagnostics
    if not errors(diagnostics):
        diagnostics += accepted(document, project, file.data, encoded.composed)
    data = None if errors(diagnostics) else file.data
    return Built(document, data, diagnostics, anchoring, encoded.composed, file.header, file.stand_off)
