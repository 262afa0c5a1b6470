"""Selectors → places in the seed, and annotations → claims at places. Exact or a problem: a near miss is no answer.

The forms of selectors are those of the W3C Web Annotation Data Model; all offsets are code points of the seed. What is
not found, or found too often, is a value like what is found; `not_found` says it in words. Knows no YAML and no blocks.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from edition.anchor.find import Finder
from edition.anchor.problems import Absent, Ambiguous, NotFound, Problem
from edition.anchor.word_edges import inside_character, joins
from edition.model.annotation import (
    Anchored,
    Annotation,
    Area,
    Between,
    Claim,
    MarkerAndBody,
    Matched,
    Nowhere,
    Occurrence,
    Offsets,
    On,
    Passage,
    Quotation,
    Quote,
    Quoted,
    Seed,
    Selector,
    Textual,
    Whole,
)
from edition.model.diagnostics import Diagnostic
from edition.model.nodes import Mapping, Node
from edition.model.source import Source
from edition.model.spans import Place


class Found(NamedTuple):
    """The places that a selector means, in order, and the problems with them, or why there are none."""

    places: tuple[Place, ...] = ()
    problems: tuple[Problem, ...] = ()

    def then(self, further: Callable[[Place], Found]) -> Found:
        """What `further` finds at each of the places, in order, and all problems on the way."""
        found = [further(place) for place in self.places]
        places = tuple(place for one in found for place in one.places)
        return Found(places, self.problems + tuple(problem for one in found for problem in one.problems))

    def with_problems(self, *problems: Problem) -> Found:
        """The same places, with more problems."""
        return Found(self.places, (*self.problems, *problems)) if problems else self


class Anchorer:
    """Finds selectors of one file in one seed. It keeps what it has indexed, and changes nothing else."""

    def __init__(self, seed: Seed, source: Source, signs: dict[str, str]) -> None:
        self.seed = seed
        self.finder = Finder(seed.text)
        self.whole = (0, len(seed.text))
        self._signs = signs  # signature → key of the voice
        self._not_found = NotFound(seed, source, self.finder)

    def anchor(self, annotations: Iterable[Annotation]) -> tuple[list[Anchored], list[Problem]]:
        """Every claim at every place that its selector means, and the problems on the way.

        Annotations `on` others, on the whole text or on nothing have no place; those that are not found have a problem.
        """
        annotations = tuple(annotations)
        self.prepare(annotation.selector for annotation in annotations)
        anchored: list[Anchored] = []
        problems: list[Problem] = []
        for annotation in annotations:
            found, more = self._anchored(annotation)
            anchored += found
            problems += more
        return anchored, problems

    def diagnostics(self, problems: Iterable[Problem], anchored: Iterable[Anchored] = ()) -> list[Diagnostic]:
        """The problems in words, in their order.

        anchored: all that was found in the document. It shows which place is left for words that stand at several.
        """
        return self._not_found.diagnostics(problems, anchored)

    def prepare(self, selectors: Iterable[Selector]) -> None:
        """Index the words of all these selectors at once, so that finding them later is cheap."""
        self.finder.prepare(_quotes(selectors))

    def places(self, selector: Textual, area: Place | None = None) -> Found:
        """The places that a selector means in an area of the seed (all of it, if none is given); a point is (p, p)."""
        area = area or self.whole
        if selector.within is not None:
            return self._area(selector.within, area).then(lambda inner: self._places(selector, inner))
        return self._places(selector, area)

    def _anchored(self, annotation: Annotation) -> tuple[list[Anchored], Iterable[Problem]]:
        """The claims of one annotation at its places."""
        selector = annotation.selector
        match selector:
            case Quoted() | Passage() | Offsets():
                return self._claimed(annotation, selector)
            case Matched():
                return self._signed(annotation, selector)
            case MarkerAndBody():
                return self._footnote(annotation.claims[0], selector)
            case On() | Whole() | Nowhere():
                return [], ()

    def _claimed(
        self, annotation: Annotation, selector: Quoted | Passage | Offsets
    ) -> tuple[list[Anchored], Iterable[Problem]]:
        found = self.places(selector)
        side = selector.side if isinstance(selector, Quoted) else ""
        anchored = [
            Anchored(claim, *place, k, len(found.places), None, side)
            for k, place in enumerate(found.places)
            for claim in annotation.claims
        ]
        return anchored, found.problems and [_with(annotation, problem) for problem in found.problems]

    def _footnote(self, claim: Claim, selector: MarkerAndBody) -> tuple[list[Anchored], tuple[Problem, ...]]:
        """The claim of a footnote at its two places: its marker and its body."""
        marker, body = self.places(selector.marker), self.places(selector.body)
        both = [*marker.places[:1], *body.places[:1]]
        anchored = [Anchored(claim, *place, k, 2) for k, place in enumerate(both) if len(both) == 2]
        return anchored, marker.problems + body.problems

    # where

    def _places(self, selector: Textual, area: Place) -> Found:
        match selector:
            case Quoted(words, side):
                found = self._characters(words.at, self._chosen(words, area))
                return found if not side else Found(_points(found.places, side), found.problems)
            case Passage(first):
                found = self._characters(first.at, self._chosen(first, area))
                return found.then(lambda start: self._passage(selector, start, area))
            case Offsets():
                return self._offsets(selector, area)
            case Matched():
                return self._matches(selector, area, None)[0]

    def _area(self, selector: Area, outer: Place) -> Found:
        """The one place that an `in:` confines the search to; none if it has none, or several."""
        if isinstance(selector, Between):
            inside = Found((outer,)) if selector.within is None else self._area(selector.within, outer)
            return inside.then(lambda area: self._between(selector, area))
        words = selector.words if isinstance(selector, Quoted) else selector.first
        return self._only(words, self.places(selector, outer))

    def _between(self, selector: Between, area: Place) -> Found:
        if selector.after is None:
            return self._until(selector.before, area)
        after = self._only(selector.after, self._chosen(selector.after, area))
        return after.then(lambda place: self._until(selector.before, (place[1], area[1])))

    def _until(self, words: Quotation | None, area: Place) -> Found:
        """An area up to the first place of some words in it, or to the one that `occurrence` names."""
        if words is None:
            return Found((area,))
        if words.occurrence is not None:
            found = self._only(words, self._chosen(words, area))
        else:
            found = self._find(words, area)
            missing = () if found.places else (self._missing(words, area),)
            found = Found(found.places[:1], found.problems + missing)
        return found.then(lambda place: Found(((area[0], place[0]),)))

    def _only(self, words: Quotation, found: Found) -> Found:
        """The place if it is the only one; where there are several, none of them can confine the search."""
        many = len(found.places) > 1
        return (
            Found((), found.problems).with_problems(self._not_found.several(words, found.places))
            if many
            else found
        )

    def _find(self, words: Quotation, area: Place) -> Found:
        places = self.finder.find(words.quote)
        found = Found(places) if places else self._normalised(words)
        return found if area == self.whole else Found(_within(found.places, area), found.problems)

    def _chosen(self, words: Quotation, area: Place) -> Found:
        """The places of a quotation that `occurrence` names; without it there has to be exactly one."""
        if not words.quote.exact:
            return Found()
        found = self._find(words, area)
        if not found.places:
            return found.with_problems(self._missing(words, area))
        if words.occurrence is not None:
            return self._counted(words.quote, words.occurrence, found)
        if len(found.places) > 1:
            return Found((), (*found.problems, Ambiguous(words, found.places)))
        return found

    def _missing(self, words: Quotation, area: Place) -> Problem:
        """The problem of words that are not found in an area: they stand elsewhere, or nowhere."""
        outside = self.finder.find(words.quote)
        return self._not_found.outside(words, area, outside[0]) if outside else Absent(words)

    def _counted(self, quote: Quote, occurrence: Occurrence, found: Found) -> Found:
        """The places that `occurrence` names. If its total or a number is not right, there are none: nothing moves unseen."""
        places, none = found.places, Found((), found.problems)
        numbers = occurrence.numbers or range(1, len(places) + 1)
        if occurrence.total is None and not occurrence.numbers:
            return found.with_problems(self._not_found.uncounted(quote, occurrence, places))
        if occurrence.total != len(places):
            return none.with_problems(
                self._not_found.miscounted(quote, occurrence, places, occurrence.total or 0)
            )
        if not all(1 <= n <= len(places) for n in numbers):
            return none.with_problems(self._not_found.miscounted(quote, occurrence, places, None))
        return Found(tuple(places[n - 1] for n in numbers), found.problems)

    def _passage(self, passage: Passage, first: Place, area: Place) -> Found:
        """The passage from a `from` to the first `to` that neither starts nor ends before it."""
        last = passage.last
        if last is None:
            return Found(((first[0], self._end_of_block(first)),))
        found = self._find(last, self.whole) if last.occurrence is None else self._chosen(last, area)
        if last.occurrence is not None and not found.places:
            return found
        later = (place for place in found.places if place[0] >= first[0] and place[1] >= first[1])
        end = next(later, None)
        if end is None or end[1] > area[1]:
            return Found((), found.problems).with_problems(self._not_found.no_end(last, first))
        return Found(((first[0], end[1]),), found.problems)

    def _end_of_block(self, place: Place) -> int:
        k = bisect_right(self.seed.blocks, place[0], key=itemgetter(0))
        return max(self.seed.blocks[k - 1][1], place[1]) if k else place[1]

    def _offsets(self, selector: Offsets, area: Place) -> Found:
        start, end, check = selector.start, selector.end, selector.quote
        if not 0 <= start <= end <= len(self.seed.text):
            return Found().with_problems(self._not_found.no_passage(selector))
        if selector.within is not None and (start < area[0] or area[1] < end):
            return Found().with_problems(self._not_found.outside_of_area(selector, area))
        if check and check.exact.split() != self.seed.text[start:end].split():
            return Found().with_problems(self._not_found.other_words(selector, check))
        return self._characters(selector.at, Found(((start, end),)))

    def _characters(self, at: Node, found: Found) -> Found:
        """The same places, and a problem for each edge inside what readers see as one character (UAX #29)."""
        inside = []
        for place in found.places:
            for edge in place:
                if inside_character(self.seed.text, edge):
                    inside.append(self._not_found.split(at, place, edge))
        return found.with_problems(*inside) if inside else found

    # regular expressions

    def _matches(
        self, selector: Matched, area: Place, entry: Mapping | None
    ) -> tuple[Found, list[Place | None]]:
        """The places of a `match` (its group `quote`, or all of it), and those of its group `voice`, a signature."""
        import re2

        try:
            options = re2.Options()
            options.log_errors = False
            pattern = re2.compile(selector.pattern, options)
        except re2.error as error:
            return Found().with_problems(self._not_found.no_pattern(selector, _reason(error))), []
        matches = [m for m in pattern.finditer(self.seed.text[slice(*area)]) if m.end() > m.start()]
        places = tuple(_group(m, pattern, "quote", area[0]) or _moved(m.span(), area[0]) for m in matches)
        signs = [_group(m, pattern, "voice", area[0]) for m in matches]
        if selector.total == len(matches) and matches:
            return Found(places), signs
        wrong = self._not_found.miscounted_match(selector, entry, places)
        return (
            (Found(places).with_problems(wrong), signs)
            if selector.total is None
            else (Found().with_problems(wrong), [])
        )

    def _signed(self, annotation: Annotation, selector: Matched) -> tuple[list[Anchored], Iterable[Problem]]:
        """The claims at the places of a `match`, each with the voice that signs there."""
        area = Found((self.whole,)) if selector.within is None else self._area(selector.within, self.whole)
        if not area.places:
            return [], area.problems
        found, signs = self._matches(selector, area.places[0], annotation.node)
        anchored: list[Anchored] = []
        unknown: list[Problem] = []
        for k, (place, at) in enumerate(zip(found.places, signs, strict=True)):
            sign = " ".join(self.seed.text[slice(*at)].split()) if at else ""
            voice = self._signs.get(sign, "")
            for claim in annotation.claims:
                if at and sign not in self._signs:
                    unknown.append(self._not_found.no_voice(selector, sign, at))
                whose = claim._replace(voice=claim.voice or voice) if at else claim
                anchored.append(Anchored(whose, *place, k, len(found.places), at))
        return anchored, (*area.problems, *found.problems, *unknown)

    # Unicode

    @cached_property
    def _nfc(self) -> tuple[Finder, list[int]]:
        """A finder over the normalised text, and for each of its code points the one of the seed."""
        pieces: list[str] = []
        back: list[int] = []
        text, start = self.seed.text, 0
        for at in range(1, len(text) + 1):
            if at == len(text) or not joins(text[at]):
                piece = unicodedata.normalize("NFC", text[start:at])
                pieces.append(piece)
                back += [start] * len(piece)
                start = at
        return Finder("".join(pieces)), [*back, len(text)]

    def _normalised(self, words: Quotation) -> Found:
        """The places that agree only after normalisation (NFC, UAX #15), with W211. The seed is never normalised."""
        quote = words.quote
        exact, prefix, suffix = (
            unicodedata.normalize("NFC", part) for part in (quote.exact, quote.prefix, quote.suffix)
        )
        normal = Quote(exact, prefix, suffix, quote.within_word)
        if normal == quote and unicodedata.is_normalized("NFC", self.seed.text):
            return Found()
        finder, back = self._nfc
        places = tuple((back[a], back[b]) for a, b in finder.find(normal))
        return Found(places).with_problems(self._not_found.normalised(words, places)) if places else Found()


def _with(annotation: Annotation, problem: Problem) -> Problem:
    """The problem; if it is that the annotation's own words (not those of its `in:`) are ambiguous, with the annotation."""
    selector = annotation.selector
    own = isinstance(problem, Ambiguous) and isinstance(selector, Quoted) and problem.words is selector.words
    return problem._replace(annotation=annotation) if own and isinstance(problem, Ambiguous) else problem


def _points(places: Iterable[Place], side: str) -> tuple[Place, ...]:
    return tuple((a, a) if side == "before" else (b, b) for a, b in places)


def _within(places: tuple[Place, ...], area: Place) -> tuple[Place, ...]:
    later = places[bisect_left(places, area[0], key=itemgetter(0)) :]
    return tuple(place for place in later if place[1] <= area[1])


def _quotes(selectors: Iterable[Selector | Area]) -> Iterator[Quote]:
    """All words that selectors quote, and those of what confines them."""
    for selector in selectors:
        match selector:
            case Quoted(words):
                yield words.quote
            case Passage(one, other) | Between(one, other):
                yield from (words.quote for words in (one, other) if words is not None)
            case MarkerAndBody(marker, body):
                yield from _quotes((marker, body))
            case On() | Whole() | Nowhere():
                continue
        if not isinstance(selector, MarkerAndBody) and selector.within is not None:
            yield from _quotes((selector.within,))


def _moved(place: Place, by: int) -> Place:
    return place[0] + by, place[1] + by


def _group(match: Any, pattern: Any, name: str, by: int) -> Place | None:
    """Where a group of an expression matched; None if it has no such group, or that did not match."""
    k = pattern.groupindex.get(name)
    return _moved(match.span(k), by) if k is not None and match.start(k) >= 0 else None


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
