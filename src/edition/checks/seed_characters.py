"""What a seed holds that its readers will stumble over. What is wrong with its bytes, reading reports."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from edition.checks.unpaired import unpaired
from edition.model import rules
from edition.model.annotation import Anchored, Seed
from edition.model.diagnostics import Diagnostic, Label, diagnostic
from edition.model.edition import Built, Edition
from edition.model.source import Source, Span
from edition.read.seed import seed_blocks

SHOWN = 3
"""The most places that one diagnostic shows."""
_controls = re.compile("[\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\ufffd]")  # U+0085 is a line separator
_after_space = re.compile(r"(?:\A|(?<=\s))[^\w\s!-~]")
_marked = re.compile("[^\\W\\d_][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u3099\u309a]+")
_link = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_REPLACED = ("correction", "normalization", "expansion")
_REMOVED = ("surplus", "deletion")


def _seeds(edition: Edition) -> Iterator[Seed]:
    return (built.document.seed for built in edition.documents)


def _labels(source: Source, places: Iterable[tuple[int, int]]) -> list[Label]:
    return [Label(Span(source, *place)) for place in [*places][:SHOWN]]


def _times(number: int) -> str:
    return f" ({number} in this text)" if number > 1 else ""


# characters


def controls(edition: Edition) -> Iterator[Diagnostic]:
    """Report controls that XML allows and nobody sees, and U+FFFD, which stands for a letter that is lost."""
    for seed in _seeds(edition):
        found: dict[str, list[tuple[int, int]]] = {}
        for m in _controls.finditer(seed.text):
            found.setdefault(m[0], []).append(m.span())
        for character, places in found.items():
            what, help = _explained(character)
            message = f"U+{ord(character):04X} {what}{_times(len(places))}"
            yield diagnostic(rules.CONTROL, message, *_labels(seed.source, places), help=help)


def _explained(character: str) -> tuple[str, str]:
    """What is wrong with a character, and what to do about it."""
    if character == "\ufffd":
        return "stands where a character was lost", "Look at the original, and put the right character there."
    meant = ""
    if "\x80" <= character <= "\x9f":
        meant = character.encode("latin-1").decode("windows-1252", "ignore")
    help = "Remove it from the seed: it is a trace of copying."
    if meant:
        help = (
            f"It may have been {meant} in Windows-1252: convert the original file again, from that encoding."
        )
    return "is a control character, and invisible", help


def lone_marks(edition: Edition) -> Iterator[Diagnostic]:
    """Report combining marks (Unicode, chapter 2.11) at the beginning or after white space: they have no letter."""
    for seed in _seeds(edition):
        places = [
            m.span()
            for m in _after_space.finditer(seed.text)
            if unicodedata.category(m[0])[0] == "M" and seed.text[m.start() - 1 : m.start()] != "\u00a0"
        ]
        if places:
            mark = seed.text[places[0][0]]
            name = unicodedata.name(mark, "").capitalize()
            message = (
                f"the combining mark U+{ord(mark):04X} ({name}) has no letter before it{_times(len(places))}"
            )
            help = "Put the letter before it, or a no-break space (U+00A0) if the mark itself is meant."
            yield diagnostic(rules.LONE_MARK, message, *_labels(seed.source, places), help=help)


def mixed_forms(edition: Edition) -> Iterator[Diagnostic]:
    """Report letters that stand both composed and decomposed (Unicode Standard Annex 15) in one text."""
    for seed in _seeds(edition):
        if unicodedata.is_normalized("NFC", seed.text):
            continue
        apart: dict[str, list[tuple[int, int]]] = {}
        for m in _marked.finditer(seed.text):
            if (one := unicodedata.normalize("NFC", m[0])) != m[0]:
                apart.setdefault(one, []).append(m.span())
        count = Counter(seed.text)
        both = sorted((letter for letter in apart if count[letter[0]]), key=lambda one: apart[one][0])
        if both:
            yield _mixed(seed, both, apart, count)


def _mixed(
    seed: Seed, both: list[str], apart: dict[str, list[tuple[int, int]]], count: Counter[str]
) -> Diagnostic:
    letter = both[0]
    whole = seed.text.index(letter[0])
    message = (
        f"“{letter[0]}” is written in two ways: as one character ({count[letter[0]]} in this text), and as a letter"
        f" with a mark ({len(apart[letter])})"
    )
    places = [
        Label(Span(seed.source, *apart[letter][0]), "a letter and a mark"),
        Label(Span(seed.source, whole, whole + 1), "one character"),
    ]
    more = f" So are {len(both) - 1} other letters." if len(both) > 1 else ""
    help = f"Searches will find only one of them.{more} If the source does not mean it, normalise the seed (NFC)."
    return diagnostic(rules.MIXED_FORMS, message, *places, help=help)


# pairs


def unbalanced(edition: Edition) -> Iterator[Diagnostic]:
    """Report quotation marks and brackets without a partner, once a paragraph. The text is taken as the editor reads it,
    so that what a correction has mended is not reported."""
    for built in edition.documents:
        if built.data is None:  # where an annotation finds no place, what it mends is not known
            continue
        text, back = as_read(built)
        for _, places in unpaired(text, seed_blocks(text)):
            first = text[places[0]]
            what = "bracket" if first in "()[]{}⟨⟩⟦⟧⟪⟫" else "quotation mark"
            more = f" ({len(places)} such marks in this paragraph)" if len(places) > 1 else ""
            message = f"the {what} {first} has no partner{more}"
            labels = _labels(built.document.seed.source, (back(at) for at in places))
            help = "If the source has it so, leave it or say so in a note; if it is a slip, annotate a `correction`."
            yield diagnostic(rules.UNPAIRED, message, *labels, help=help)


def as_read(built: Built) -> tuple[str, Callable[[int], tuple[int, int]]]:
    """The seed with the editor's readings in place, and a function from a code point of it to a place of the seed."""
    seed = built.document.seed
    parts: list[str] = []
    starts, homes = [], []
    length = at = 0

    def add(text: str, start: int, end: int) -> None:
        nonlocal length
        starts.append(length)
        homes.append((start, end, end - start == len(text)))
        parts.append(text)
        length += len(text)

    for start, end, reading in sorted(_readings(built.anchoring.anchored)):
        if start >= at:
            add(seed.text[at:start], at, start)
            add(reading, start, end)
            at = end
    add(seed.text[at:], at, len(seed.text))

    def back(offset: int) -> tuple[int, int]:
        k = bisect_right(starts, offset) - 1
        start, end, same = homes[k]
        return (start + offset - starts[k], start + offset - starts[k] + 1) if same else (start, end)

    return "".join(parts), back


def _readings(anchored: Iterable[Anchored]) -> Iterator[tuple[int, int, str]]:
    for a in anchored:
        if a.claim.kind in _REPLACED or (a.claim.kind == "supplied" and a.start == a.end):
            yield a.start, a.end, _link.sub(r"\1", a.claim.value)
        elif a.claim.kind in _REMOVED:
            yield a.start, a.end, ""


TEXT = (controls, lone_marks, mixed_forms, unbalanced)
