"""Annotations that stand elsewhere than in the former edition, though nobody said so. Compares; writes nothing.

The former output holds the seed it was made from. Where the seed has changed, the old and the new text are
aligned; an annotation whose new place does not answer to its old one is told, with both places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate
from xml.parsers.expat import ExpatError

from edition.encode.tei import LINKING, Placed, read_back
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Label, diagnostic, shortened
from edition.model.edition import Document
from edition.model.events import BLOCK, Composed, Element
from edition.model.source import Source, Span
from edition.model.spans import clipped

FINEST = 20_000_000  # product of lengths up to which a changed passage is aligned letter by letter
Run = tuple[int, int, int, int]
"""(new start, new end, old start, old end)"""


def moved(former: bytes, name: str, document: Document, composed: Composed) -> list[Diagnostic]:
    """Report annotations that moved since the former edition of a text; none if the seed is the same.

    `former`: its bytes; `name`: its file. What is no edition any more is passed over.
    """
    try:
        old_text, old = read_back(former)
    except (ExpatError, KeyError):
        return []
    if old_text == document.seed.text:
        return []
    runs = aligned(document.seed.text, old_text)
    starts = [run[0] for run in runs]
    doubtful = []
    for element in composed.on_seed:
        if element.cutting == BLOCK or element.yaml_node is None or element.name == "anchor":
            continue
        ranges = clipped((element.start, element.end), composed.text_blocks) or (
            (element.start, element.end),
        )
        own = tuple((k, v) for k, v in element.attributes if v and k not in LINKING)
        origin = tuple((back(runs, starts, a), back(runs, starts, b)) for a, b in ranges)
        if old[element.name, own, origin] > 0:
            old[element.name, own, origin] -= 1
        else:
            doubtful.append((element, own, (origin[0][0], origin[-1][1])))
    left = Counter({placed: many for placed, many in old.items() if many > 0})
    diagnostics = []
    former_seed = Source(f"{name} (its former text)", old_text)
    for element, own, where in doubtful:
        if _confirmed(left, (element.name, own), where):
            continue
        gone = next((p for p in left if left[p] > 0 and p[:2] == (element.name, own)), None)
        if gone is not None:  # else it is a new annotation
            left[gone] -= 1
            before = Span(former_seed, gone[2][0][0], gone[2][-1][1])
            diagnostics.append(_elsewhere(document, element, before))
    return diagnostics


def _elsewhere(document: Document, element: Element, before: Span) -> Diagnostic:
    now = document.seed.source.span(element)
    assert element.yaml_node is not None
    return diagnostic(
        rules.MOVED,
        f"since the seed was changed, this annotation stands at another place: now at “{shortened(now.text)}”",
        document.source.span(element.yaml_node),
        Label(now, "now here"),
        Label(before, "before, here"),
        help="Look at both places. If the new one is right: `edition build --accept-moved`; "
        "if not, correct or remove the annotation.",
    )


def _confirmed(
    left: Counter[Placed], key: tuple[str, tuple[tuple[str, str], ...]], where: tuple[int, int]
) -> bool:
    """Whether the former edition had the same element where the new one comes from; it is then used up."""
    for placed, many in left.items():
        if many and placed[:2] == key and placed[2][0][0] <= where[1] and where[0] <= placed[2][-1][1]:
            left[placed] -= 1
            return True
    return False


def aligned(new: str, old: str) -> list[Run]:
    """Passages of the new text that answer to passages of the old one, in order, without gaps in the new."""
    runs: list[Run] = []
    new_lines, old_lines = new.splitlines(keepends=True), old.splitlines(keepends=True)
    new_at, old_at = ([*accumulate(map(len, lines), initial=0)] for lines in (new_lines, old_lines))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, new_lines, old_lines, autojunk=False).get_opcodes():
        a, b, c, d = new_at[i1], new_at[i2], old_at[j1], old_at[j2]
        if tag == "replace" and (b - a) * (d - c) <= FINEST:
            from rapidfuzz.distance import Levenshtein

            runs += [
                (a + o.src_start, a + o.src_end, c + o.dest_start, c + o.dest_end)
                for o in Levenshtein.opcodes(new[a:b], old[c:d])
            ]
        else:
            runs.append((a, b, c, d))
    return [run for run in runs if run[0] < run[1]]


def back(runs: list[Run], starts: list[int], at: int) -> int:
    """The place of the old text that a place of the new one answers to."""
    k = max(0, bisect_right(starts, at) - 1)
    if not runs:
        return 0
    start, _, old_start, old_end = runs[k]
    return min(old_start + at - start, old_end)
