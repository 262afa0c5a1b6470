"""(Seed, Annotation) → Anchored, or a diagnostic. Exact or an error: a near miss is a hint, never an answer."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import re2

from edition.anchor.find import Finder, inside_character
from edition.anchor.not_found import Unfound, written
from edition.format.splice import put_fix
from edition.model import rules
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
    Side,
    Whole,
)
from edition.model.diagnostics import Fix, say, shortened, visible
from edition.model.source import Source, Span

Place = tuple[int, int]


class Anchorer:
    """Finds the annotations of one document in its seed; what cannot be found goes to `found`, all of it."""

    def __init__(self, seed: Seed, source: Source, signs: dict[str, str]) -> None:
        self.seed = seed
        self.source = source
        self.signs = signs  # signature → key of the voice
        self.finder = Finder(seed.text)
        self.unfound = Unfound(seed, source, self.finder)
        self.found = self.unfound.found

    def anchor(self, annotations: Iterable[Annotation]) -> list[Anchored]:
        """All claims at all their places. Annotations `on` others, and those not found, give none."""
        annotations = tuple(annotations)
        self.prepare(annotation.selector for annotation in annotations)
        found = [a for annotation in annotations for a in self._anchored(annotation)]
        self._one_left(annotations, found)
        return found

    def prepare(self, selectors: Iterable[Selector]) -> None:
        """Look for the words of all at once: so thousands are found in one pass."""
        self.finder.prepare(quote for selector in selectors for quote in _quotes(selector))

    def _anchored(self, annotation: Annotation) -> list[Anchored]:
        """The claims of one annotation at its places."""
        selector = annotation.selector
        match selector:
            case Matched():
                return self._matched(annotation, selector)
            case MarkerAndBody():
                return self._footnote(annotation.claims[0], selector.marker, selector.body)
            case On() | Whole() | Nowhere():
                return []
            case Quoted() | Passage() | Offsets():
                places = self.places(selector)
                side: Side = selector.side if isinstance(selector, Quoted) else ""
                if isinstance(selector, Offsets) and selector.start == selector.end:
                    side = "before"
                return [
                    Anchored(claim, *place, k, len(places), None, side)
                    for k, place in enumerate(places)
                    for claim in annotation.claims
                ]

    def _one_left(self, annotations: Iterable[Annotation], found: list[Anchored]) -> None:
        """Of what is ambiguous: whether the same claim stands at all the other places."""
        for annotation in annotations if self.unfound.open else ():
            selector, claim = annotation.selector, annotation.claims[0]
            if isinstance(selector, Quoted) and id(selector.words.at) in self.unfound.open:
                same = (a for a in found if (a.claim.kind, a.claim.value) == (claim.kind, claim.value))
                self.unfound.one_left(selector.words, annotation.node, {(a.start, a.end) for a in same})

    def _footnote(self, claim: Claim, *parts: Selector | None) -> list[Anchored]:
        """Marker and body: two places of one claim."""
        found = []
        for k, part in enumerate(parts):
            places = self.places(part) if isinstance(part, (Quoted, Passage, Offsets)) else []
            found += [Anchored(claim, *place, k, 2) for place in places[:1]]
        return found if len(found) == 2 else []

    # where

    def places(self, selector: Quoted | Passage | Offsets, area: Place | None = None) -> list[Place]:
        """The places a selector means, in order; a point is (p, p). Empty after telling why."""
        if selector.within is not None:
            area = self.area(selector.within, area)
            if area is None:
                return []
        match selector:
            case Offsets():
                return self._offsets(selector, area)
            case Passage(first):
                chosen = self._whole(first, self._chosen(first, area))
                return [p for start in chosen if (p := self._passage(selector, start, area))]
            case Quoted(words, side):
                chosen = self._whole(words, self._chosen(words, area))
                return [
                    (a, a) if side == "before" else (b, b) if side == "after" else (a, b) for a, b in chosen
                ]

    def area(self, selector: Area, outer: Place | None = None) -> Place | None:
        """What an `in:` confines to."""
        if not isinstance(selector, Between):
            words = selector.words if isinstance(selector, Quoted) else selector.first
            return self._only(self.places(selector, outer), words)
        if selector.within is not None and (outer := self.area(selector.within, outer)) is None:
            return None
        start, end = outer or (0, len(self.seed.text))
        if selector.after is not None:
            after = self._only(self._chosen(selector.after, (start, end)), selector.after)
            if after is None:
                return None
            start = after[1]
        if selector.before is not None:
            before = self._before(selector.before, (start, end))
            if before is None:
                return None
            end = before[0]
        return start, end

    def _only(self, places: list[Place], words: Quotation) -> Place | None:
        """The place that an `in:` means, if it means one."""
        if len(places) > 1:
            message = f"“in” names {len(places)} places, and only one can confine the search"
            self.found.append(
                say(rules.SELECTOR, message, self._place(words), *(self._seed(*p) for p in places))
            )
        return places[0] if len(places) == 1 else None

    def _before(self, words: Quotation, area: Place) -> Place | None:
        """Where a passage ends: at the first place of these words in it, or at the one that `occurrence` names."""
        if words.occurrence is not None:
            return self._only(self._chosen(words, area), words)
        places = self._within(self._find(words), area)
        if not places:
            self.unfound.absent(words)
        return places[0] if places else None

    def _find(self, words: Quotation) -> tuple[Place, ...]:
        return self.finder.find(words.quote) or self._normalised(words)

    @staticmethod
    def _within(places: tuple[Place, ...], area: Place | None) -> list[Place]:
        if area is None:
            return list(places)
        return [p for p in places[bisect_left(places, (area[0], 0)) :] if area[0] <= p[0] and p[1] <= area[1]]

    def _chosen(self, words: Quotation, area: Place | None) -> list[Place]:
        """The places of a quotation that `occurrence` names; exactly one without it."""
        quote, occurrence = words.quote, words.occurrence
        if not quote.exact:
            return []
        places = self._within(self._find(words), area)
        if len(places) != 1 if occurrence is None else not places:
            self.unfound.not_one(words, places, area)
            return []
        return places if occurrence is None else self._counted(quote, occurrence, places)

    def _counted(self, quote: Quote, occurrence: Occurrence, places: list[Place]) -> list[Place]:
        """Those of the places that `occurrence` names; none if it counts wrongly."""
        if occurrence.total is None and not occurrence.numbers:
            self.unfound.uncounted(quote, occurrence, places)
        elif occurrence.total != len(places):
            self.unfound.miscounted(quote, occurrence, places, occurrence.total or 0)
            return []
        numbers = occurrence.numbers or range(1, len(places) + 1)
        if not all(1 <= n <= len(places) for n in numbers):
            self.unfound.miscounted(quote, occurrence, places, None)
            return []
        return [places[n - 1] for n in numbers]

    def _passage(self, passage: Passage, first: Place, area: Place | None) -> Place | None:
        """`to` is the first match that starts at or after the start of `from` and ends at or after its end."""
        last = passage.last
        if last is None:
            k = bisect_left(self.seed.blocks, (first[0] + 1, 0)) - 1
            end = self.seed.blocks[k][1] if k >= 0 else first[1]
            return first[0], max(end, first[1])
        places: Sequence[Place] = self._find(last) if last.occurrence is None else self._chosen(last, area)
        if last.occurrence is not None and not places:
            return None
        for a, b in places[bisect_left(places, (first[0], 0)) :]:
            if a >= first[0] and b >= first[1]:
                if area is None or b <= area[1]:
                    return first[0], b
                break
        self.found.append(
            say(
                rules.ORPHAN,
                f"“to” (“{shortened(last.quote.exact)}”) is not found after “from”",
                (self._place(last), "not found"),
                (self._seed(*first), "“to” is searched from here on"),
                help="Quote the last words of the passage, exactly as they stand in the seed.",
            )
        )
        return None

    def _offsets(self, selector: Offsets, area: Place | None) -> list[Place]:
        start, end, text = selector.start, selector.end, self.seed.text
        if not 0 <= start <= end <= len(text):
            self.found.append(
                say(
                    rules.RANGE,
                    f"{start} to {end} is no passage of a seed of {len(text)} code points",
                    self._place(selector),
                    help="`start` and `end` are code points, counted from 0; `end` is not less than `start`.",
                )
            )
            return []
        if selector.within is not None and area is not None and not area[0] <= start <= end <= area[1]:
            self.found.append(
                say(
                    rules.RANGE,
                    f"{start} to {end} lies outside of the passage that `in` names",
                    self._place(selector),
                    (self._seed(*area), "the passage"),
                    help="Correct `in:`, or `start` and `end`.",
                )
            )
            return []
        check = selector.quote
        if check and " ".join(check.exact.split()) != " ".join(text[start:end].split()):
            self.found.append(
                say(
                    rules.RANGE,
                    f"the words from {start} to {end} are “{shortened(text[start:end])}”, not “{shortened(check.exact)}”",
                    self._place(selector),
                    (self._seed(start, end), "stands here"),
                    *((self._seed(*p), "the words stand here") for p in self.finder.find(check)[:3]),
                    help="Write the `start` and `end` of the words, or only the words, with `quote`.",
                )
            )
            return []
        return self._whole(selector, [(start, end)])

    def _whole(self, said: Quotation | Offsets, places: list[Place]) -> list[Place]:
        """The places, after telling of edges inside what readers see as one character (UAX #29)."""
        text = self.seed.text
        for place in places:
            for edge in place:
                if inside_character(text, edge):
                    self.unfound.split(said.at, place, edge)
        return places

    # regular expressions

    def _matched(self, annotation: Annotation, selector: Matched) -> list[Anchored]:
        """Places of a `match`: the group `quote` or the whole; the group `voice` is a signature."""
        area = self.area(selector.within) if selector.within else (0, len(self.seed.text))
        if area is None:
            return []
        try:
            options = re2.Options()
            options.log_errors = False
            pattern = re2.compile(selector.pattern, options)
        except re2.error as error:
            self.found.append(
                say(
                    rules.PATTERN,
                    f"this is no regular expression of RE2: {visible(_reason(error))}",
                    self._place(selector),
                    help="RE2 has no look-around and no back references; it always ends in time.",
                )
            )
            return []
        groups = pattern.groupindex
        matches = [m for m in pattern.finditer(self.seed.text[area[0] : area[1]]) if m.end() > m.start()]
        spans = [
            m.span(groups["quote"]) if "quote" in groups and m.start(groups["quote"]) >= 0 else m.span()
            for m in matches
        ]
        if selector.count != len(matches) or not matches:
            self.unfound.miscounted_match(
                selector, annotation.node, [(a + area[0], b + area[0]) for a, b in spans]
            )
            if selector.count is not None or not matches:
                return []
        found = []
        for k, (m, (a, b)) in enumerate(zip(matches, spans, strict=True)):
            at, claims = None, annotation.claims
            if "voice" in groups and m.start(groups["voice"]) >= 0:
                sign = m.span(groups["voice"])
                at = (sign[0] + area[0], sign[1] + area[0])
                claims = tuple(self._signed(c, at, selector) for c in claims)
            found += [Anchored(c, a + area[0], b + area[0], k, len(matches), at) for c in claims]
        return found

    def _signed(self, claim: Claim, at: Place, selector: Matched) -> Claim:
        sign = " ".join(self.seed.text[at[0] : at[1]].split())
        if sign not in self.signs:
            self.found.append(
                say(
                    rules.REF,
                    f"no voice signs “{shortened(sign)}”",
                    self._place(selector),
                    (self._seed(*at), "signed here"),
                    help="Add the signature to `signs:` of a voice in annotations/registers/.",
                )
            )
        return replace(claim, voice=claim.voice or self.signs.get(sign, ""))

    # Unicode

    @cached_property
    def _nfc(self) -> tuple[Finder, list[int]]:
        """A finder over the normalised text, and the seed's code point of each of its code points."""
        pieces: list[str] = []
        back: list[int] = []
        text, start = self.seed.text, 0
        for at in range(1, len(text) + 1):
            if at == len(text) or not _joins(text[at]):
                piece = unicodedata.normalize("NFC", text[start:at])
                pieces.append(piece)
                back += [start] * len(piece)
                start = at
        return Finder("".join(pieces)), [*back, len(text)]

    def _normalised(self, words: Quotation) -> tuple[Place, ...]:
        """Places that agree after normalisation (NFC), told as such. The seed itself is never normalised."""
        quote = words.quote
        forms = [unicodedata.normalize("NFC", part) for part in (quote.exact, quote.prefix, quote.suffix)]
        if self.seed.text.isascii() or (
            forms == [quote.exact, quote.prefix, quote.suffix]
            and unicodedata.is_normalized("NFC", self.seed.text)
        ):
            return ()
        finder, back = self._nfc
        places = tuple(
            (back[a], back[b]) for a, b in finder.find(Quote(forms[0], forms[1], forms[2], quote.within_word))
        )
        if places:
            self.found.append(
                say(
                    rules.NORMALISED,
                    f"“{shortened(self._other_code_points(quote))}” is written with other code points in the seed; "
                    "it agrees after Unicode normalisation",
                    self._place(words),
                    (self._seed(*places[0]), "matched here"),
                    help="Copy the words from the seed.",
                    fix=self._copied(words, places),
                )
            )
        return places

    def _copied(self, words: Quotation, places: tuple[Place, ...]) -> Fix | None:
        """The words as the seed writes them, where that alone finds the same places."""
        text = " ".join(self.seed.text[slice(*places[0])].split())
        if self.finder.find(replace(words.quote, exact=text)) != places:
            return None
        return put_fix(self.source, written(words), text)

    def _other_code_points(self, quote: Quote) -> str:
        """Which part of a quotation needed normalisation: its words, else its context."""
        found = (part for part in (quote.exact, quote.prefix, quote.suffix) if not part.isascii())
        return next(found, quote.exact)

    def _place(self, said: Quotation | Offsets | Matched) -> Span:
        return self.source.span(said.at)

    def _seed(self, start: int, end: int) -> Span:
        return Span(self.seed.source, start, end)


def _quotes(selector: Selector | Area | None) -> Iterator[Quote]:
    """All words that a selector quotes, and those of what confines it."""
    match selector:
        case Quoted(words):
            yield words.quote
        case Passage(one, other) | Between(one, other):
            yield from (words.quote for words in (one, other) if words is not None)
        case MarkerAndBody(marker, body):
            yield from (*_quotes(marker), *_quotes(body))
    if isinstance(selector, (Quoted, Passage, Between, Matched, Offsets)):
        yield from _quotes(selector.within)


def _joins(character: str) -> bool:
    """Whether normalisation may join a character to the one before it: marks, and Hangul vowels and finals."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
