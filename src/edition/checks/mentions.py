"""Names in a text and the entries they are said to mean: one name for two entries, and names that were passed over.

Names are compared as they stand in the text, white space apart. References that are no names (`rs`) are left alone,
as they differ by nature, and so are scripts without spaces between words, which show no whole words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from edition.anchor.word_edges import FIGURES, is_word, splits_word
from edition.model import rules
from edition.model.annotation import Anchored, Entry
from edition.model.diagnostics import Diagnostic, diagnostic, shortened
from edition.model.edition import Built, Edition
from edition.model.source import Span
from edition.model.spans import Place, covers, outermost
from edition.model.vocabulary import Kind

Form = tuple[str, ...]
SHORTEST, LONGEST = 4, 8  # the fewest letters, and the most words, of a name that is looked for
ENOUGH = 2  # a name is annotated as a practice if it is so this many times as often as it is passed over
_token = re.compile(rf"[^\W_{FIGURES}]+|\S")


def two_entities(edition: Edition) -> Iterator[Diagnostic]:
    """Report one name that stands for two entries of a register, though no annotation says that it is unsure."""
    entries = edition.project.registers.entries
    for built in edition.documents:
        meant: dict[tuple[str, str], dict[str, list[Anchored]]] = defaultdict(lambda: defaultdict(list))
        for a in _names(built, edition.project.kinds):
            entry = entries.get(a.claim.value)
            if entry and a.claim.cert in ("", "high") and not a.claim.alternatives:
                meant[entry.register, _form(built, a)][entry.key].append(a)
        for (register, form), uses in sorted(meant.items()):
            common, *others = sorted(uses.values(), key=lambda same: (-len(same), same[0].start))
            for other in others:
                yield _two(built, register, form, other[0], common[0])


def _two(built: Built, register: str, form: str, one: Anchored, other: Anchored) -> Diagnostic:
    source, seed = built.document.source, built.document.seed.source
    labels = [source.span(a.claim.at) for a in (one, other)]
    places = [(seed.span(a), f"“{a.claim.value}”") for a in (one, other)]
    return diagnostic(
        rules.TWO_ENTITIES,
        f"“{shortened(form)}” is “{one.claim.value}” here and “{other.claim.value}” there, both of the register of {register}",
        *labels,
        *places,
        help="If the name really has two bearers, say on one of them how certain it is (`cert`), or ignore this here.",
    )


def missed(edition: Edition) -> Iterator[Diagnostic]:
    """Report places where a name is not annotated that is annotated nearly everywhere else in the text."""
    for built in edition.documents:
        names = _names(built, edition.project.kinds)
        forms: dict[Form, list[Anchored]] = defaultdict(list)
        for a in names:
            if form := _looked_for(built.document.seed.text[a.start : a.end]):
                forms[form].append(a)
        covered = _covered(built, names, edition.project.registers.entries)
        passed_over: dict[Form, list[Place]] = defaultdict(list)
        for form, place in occurrences(built.document.seed.text, forms):
            if not covers(covered, place):
                passed_over[form].append(place)
        for form, places in passed_over.items():
            if ENOUGH * len(places) <= len({(a.start, a.end) for a in forms[form]}):
                yield from _missed(built, forms[form], places)


def _missed(built: Built, annotated: list[Anchored], places: list[Place]) -> Iterator[Diagnostic]:
    first = annotated[0]
    seed, claim = built.document.seed.source, first.claim
    times = len({(a.start, a.end) for a in annotated})
    name = shortened(seed.text[first.start : first.end])
    for start, end in places:
        yield diagnostic(
            rules.MISSED_MENTION,
            f"{times} of {times + len(places)} mentions of “{name}” are annotated, and this is not",
            (Span(seed, start, end), "not annotated"),
            (built.document.source.span(claim.at), "one of those that are"),
            help=f"Annotate it as well, or ignore this at “{claim.value}” with the reason.",
        )


def _names(built: Built, kinds: Mapping[str, Kind]) -> list[Anchored]:
    """The annotations that are names of entries, in the order of the text."""
    found = built.anchoring.anchored
    named = (a for a in found if kinds[a.claim.kind].shape == "mention" and a.claim.kind != "rs")
    return sorted((a for a in named if a.start < a.end), key=lambda a: (a.start, a.end, a.claim.value))


def _form(built: Built, a: Anchored) -> str:
    return " ".join(built.document.seed.text[a.start : a.end].split())


def _looked_for(words: str) -> Form:
    """The words of a name; () if it is too short, too long, or not written like a name."""
    if sum(map(str.isalpha, words)) < SHORTEST or not words[0].isalpha() or words[0].islower():
        return ()
    form = tuple(_token.findall(words))
    return form if len(form) <= LONGEST else ()


def _covered(built: Built, names: Iterable[Anchored], entries: Mapping[str, Entry]) -> list[Place]:
    """The places at which a name needs no annotation, since another one speaks of it: none inside another, in order.

    A description of an event is no such place, as the names in it want annotations of their own.
    """
    spoken = [(a.start, a.end) for a in names]
    for a in built.anchoring.anchored:
        entry = entries.get(a.claim.value) if a.claim.kind == "rs" else None
        if a.claim.kind in ("bibl", "name", "term") or (entry and entry.register != "events"):
            spoken.append((a.start, a.end))
    return outermost(spoken)


@dataclass(slots=True)
class _Node:
    """A word of one or more names: what may follow, and the name that ends here."""

    after: dict[str, _Node] = field(default_factory=dict)
    form: Form = ()


def occurrences(text: str, forms: Iterable[Form]) -> Iterator[tuple[Form, Place]]:
    """The places where names stand as whole words, the longest name at each word. One pass for any number of names."""
    tree = _Node()
    for form in forms:
        node = tree
        for word in form:
            node = node.after.setdefault(word, _Node())
        node.form = form
    words = [(m[0], m.start(), m.end()) for m in _token.finditer(text)] if tree.after else []
    at = 0
    while at < len(words):
        found, length = _longest(tree, words, at)
        if length:
            start, end = words[at][1], words[at + length - 1][2]
            beside = (text[end : end + 1], text[start - 1 : start] if start else "")
            if not (any(map(is_word, beside)) or splits_word(text, start) or splits_word(text, end)):
                yield found, (start, end)
        at += length or 1


def _longest(tree: _Node, words: list[tuple[str, int, int]], at: int) -> tuple[Form, int]:
    node, length = tree, 0
    found: Form = ()
    for k in range(at, len(words)):
        follower = node.after.get(words[k][0])
        if follower is None:
            break
        node = follower
        if node.form:
            found, length = node.form, k - at + 1
    return found, length


MENTIONS = (two_entities, missed)
