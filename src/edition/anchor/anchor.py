"""(Seed, Annotation) → Anchored, or a diagnostic. Exact or an error: a near miss is a hint, never an answer."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import re2

from edition.anchor.find import Finder, inside_character
from edition.anchor.not_found import Unfound, written
from edition.format.splice import put_fix
from edition.model import rules
from edition.model.annotation import Anchored, Annotation, Claim, Quote, Seed, Selector
from edition.model.diagnostics import Fix, say, shortened, visible
from edition.model.nodes import Mapping
from edition.model.source import Span
from edition.read.annotations import Reader

Place = tuple[int, int]


class Anchorer:
    """Finds the annotations of one document in its seed; what cannot be found goes to `found`, all of it."""

    def __init__(self, seed: Seed, reader: Reader, signs: dict[str, str]) -> None:
        self.seed = seed
        self.reader = reader
        self.signs = signs  # signature → key of the voice
        self.finder = Finder(seed.text)
        self.unfound = Unfound(seed, reader, self.finder)
        self.found = self.unfound.found

    def anchor(self, annotations: Iterable[Annotation]) -> list[Anchored]:
        """All claims at all their places. Annotations `on` others, and those not found, give none."""
        annotations = tuple(annotations)
        self.finder.prepare(q for a in annotations for q in _quotes(a.selector))
        found: list[Anchored] = []
        for annotation in annotations:
            form = annotation.selector.form
            if annotation.claims[0].kind == "footnote":
                found += self._footnote(annotation)
            elif form == "match":
                found += self._matched(annotation)
            elif form not in ("on", "none"):
                places = self.places(annotation.selector)
                side = annotation.selector.side or (
                    "before" if form == "offsets" and places and places[0][0] == places[0][1] else ""
                )
                for k, (start, end) in enumerate(places):
                    for claim in annotation.claims:
                        found.append(Anchored(claim, start, end, k, len(places), None, side))
        self._one_left(annotations, found)
        return found

    def _one_left(self, annotations: Iterable[Annotation], found: list[Anchored]) -> None:
        """Of what is ambiguous: whether the same claim stands at all the other places."""
        for annotation in annotations if self.unfound.open else ():
            selector, claim = annotation.selector, annotation.claims[0]
            if id(selector.at) in self.unfound.open and selector.form == "quote":
                same = (a for a in found if (a.claim.kind, a.claim.value) == (claim.kind, claim.value))
                self.unfound.one_left(selector, annotation.node, {(a.start, a.end) for a in same})

    def _footnote(self, annotation: Annotation) -> list[Anchored]:
        """Marker and body: two places of one claim."""
        claim, found = annotation.claims[0], []
        parts = claim.at.items if type(claim.at) is Mapping else {}
        for k, name in enumerate(("marker", "body")):
            part = parts.get(name)
            places = self.places(self.reader.selector(part)) if type(part) is Mapping else []
            found += [Anchored(claim, *place, k, 2) for place in places[:1]]
        return found if len(found) == 2 else []

    # where

    def places(self, selector: Selector, area: Place | None = None) -> list[Place]:
        """The places a selector means, in order; a point is (p, p). Empty after telling why."""
        if selector.within is not None:
            area = self.area(selector.within, area)
            if area is None:
                return []
        if selector.form == "offsets":
            return self._offsets(selector)
        assert selector.quote is not None
        if not selector.quote.exact:
            return []
        chosen = self._chosen(selector, area)
        self._graphemes(selector, chosen)
        if selector.form == "passage":
            return [p for start in chosen if (p := self._passage(selector, start, area))]
        if selector.side == "before":
            return [(a, a) for a, _ in chosen]
        return [(b, b) for _, b in chosen] if selector.side == "after" else chosen

    def area(self, selector: Selector, outer: Place | None = None) -> Place | None:
        """What an `in:` confines to."""
        if selector.form != "between":
            places = self.places(selector, outer)
            if len(places) > 1:
                message = f"“in” names {len(places)} places, and only one can confine the search"
                self.found.append(
                    say(rules.SELECTOR, message, self._place(selector), *(self._seed(*p) for p in places))
                )
            return places[0] if len(places) == 1 else None
        if selector.within is not None and (outer := self.area(selector.within, outer)) is None:
            return None
        start, end = outer or (0, len(self.seed.text))
        if selector.quote is not None:
            after = self._one(selector.quote, selector, (start, end))
            if after is None:
                return None
            start = after[1]
        if selector.to is not None:
            before = [p for p in self.finder.find(selector.to) if start <= p[0] and p[1] <= end]
            if not before:
                self.unfound.absent(selector.to, selector)
                return None
            end = before[0][0]
        return start, end

    def _one(self, quote: Quote, selector: Selector, area: Place | None) -> Place | None:
        places = self._within(self._find(quote, selector), area)
        if len(places) == 1:
            return places[0]
        self.unfound.not_one(quote, selector, places, area)
        return None

    def _find(self, quote: Quote, selector: Selector) -> tuple[Place, ...]:
        return self.finder.find(quote) or self._normalised(quote, selector)

    @staticmethod
    def _within(places: tuple[Place, ...], area: Place | None) -> list[Place]:
        if area is None:
            return list(places)
        return [p for p in places[bisect_left(places, (area[0], 0)) :] if area[0] <= p[0] and p[1] <= area[1]]

    def _chosen(self, selector: Selector, area: Place | None) -> list[Place]:
        """The places of the quotation that `occurrence` names; exactly one without it."""
        quote, occurrence = selector.quote, selector.occurrence
        assert quote is not None
        places = self._within(self._find(quote, selector), area)
        if occurrence is None or not places:
            if len(places) != 1:
                self.unfound.not_one(quote, selector, places, area)
                return []
            return places
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

    def _passage(self, selector: Selector, first: Place, area: Place | None) -> Place | None:
        """`to` is the first match that starts at or after the start of `from` and ends at or after its end."""
        if selector.to is None:
            k = bisect_left(self.seed.blocks, (first[0] + 1, 0)) - 1
            end = self.seed.blocks[k][1] if k >= 0 else first[1]
            return first[0], max(end, first[1])
        places = self._find(selector.to, selector)
        if selector.to_occurrence is not None:
            last = replace(selector, quote=selector.to, occurrence=selector.to_occurrence)
            places = tuple(self._chosen(replace(last, at=selector.to_at or selector.at), area))
            if not places:
                return None
        for a, b in places[bisect_left(places, (first[0], 0)) :]:
            if a >= first[0] and b >= first[1]:
                if area is None or b <= area[1]:
                    return first[0], b
                break
        self.found.append(
            say(
                rules.ORPHAN,
                f"“to” (“{shortened(selector.to.exact)}”) is not found after “from”",
                (self.reader.span(selector.to_at or selector.at), "not found"),
                (self._seed(*first), "“to” is searched from here on"),
                help="Quote the last words of the passage, exactly as they stand in the seed.",
            )
        )
        return None

    def _offsets(self, selector: Selector) -> list[Place]:
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
        self._graphemes(selector, [(start, end)])
        return [(start, end)]

    def _graphemes(self, selector: Selector, places: list[Place]) -> None:
        """Edges inside what readers see as one character (a letter and its marks: UAX #29)."""
        text = self.seed.text
        for place in places:
            for at in place:
                if inside_character(text, at):
                    self.unfound.split(selector, place, at)

    # regular expressions

    def _matched(self, annotation: Annotation) -> list[Anchored]:
        """Places of a `match`: the group `quote` or the whole; the group `voice` is a signature."""
        selector = annotation.selector
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

    def _signed(self, claim: Claim, at: Place, selector: Selector) -> Claim:
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

    def _normalised(self, quote: Quote, selector: Selector) -> tuple[Place, ...]:
        """Places that agree after normalisation (NFC), told as such. The seed itself is never normalised."""
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
                    self._place(selector),
                    (self._seed(*places[0]), "matched here"),
                    help="Copy the words from the seed.",
                    fix=self._copied(quote, selector, places),
                )
            )
        return places

    def _copied(self, quote: Quote, selector: Selector, places: tuple[Place, ...]) -> Fix | None:
        """The words as the seed writes them, where that alone finds the same places."""
        words = " ".join(self.seed.text[slice(*places[0])].split())
        if self.finder.find(replace(quote, exact=words)) != places:
            return None
        return put_fix(self.reader.source, written(quote, selector.at), words)

    def _other_code_points(self, quote: Quote) -> str:
        """Which part of a quotation needed normalisation: its words, else its context."""
        found = (part for part in (quote.exact, quote.prefix, quote.suffix) if not part.isascii())
        return next(found, quote.exact)

    def _place(self, selector: Selector) -> Span:
        return self.reader.span(selector.at)

    def _seed(self, start: int, end: int) -> Span:
        return Span(self.seed.source, start, end)


def _quotes(selector: Selector | None) -> Iterable[Quote]:
    while selector is not None:
        if selector.quote is not None and selector.form != "offsets":
            yield selector.quote
        if selector.to is not None:
            yield selector.to
        selector = selector.within


def _joins(character: str) -> bool:
    """Whether normalisation may join a character to the one before it: marks, and Hangul vowels and finals."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
