"""Why a selector has no place, or too many: said with the places in question, and how to mend it.

Every method of `NotFound` gives a diagnostic and changes nothing. What can be said well only once the whole document
is known is a value (`Absent`, `Ambiguous`) until `diagnostics` turns all of them into words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from edition.anchor.find import Finder, plainly
from edition.anchor.selector_for import settle
from edition.format.splice import add_fix, put_fix
from edition.model import rules
from edition.model.annotation import (
    Anchored,
    Annotation,
    Matched,
    Occurrence,
    Offsets,
    Quotation,
    Quote,
    Seed,
)
from edition.model.diagnostics import Diagnostic, Fix, Label, diagnostic, shortened, visible
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span
from edition.model.spans import Place, trimmed

WORDS = ("quote", "before", "after")  # fields that hold words of the seed
LISTED = 6  # places named in a message
MANY = 500  # more places than these are told apart by their numbers
HINTED = 20  # absent quotations for which a nearest passage is searched, in one document
HINT_WINDOW = 400_000  # code points of the seed that are searched for it
_COPY = "Copy the words from the seed: every letter and mark counts, white space does not."


class Absent(NamedTuple):
    """The problem of words that do not stand in the seed."""

    words: Quotation


class Ambiguous(NamedTuple):
    """The problem of words at several places, of which none is chosen. `annotation` is theirs, if they are its own."""

    words: Quotation
    places: tuple[Place, ...]
    annotation: Annotation | None = None


Problem = Diagnostic | Absent | Ambiguous
_Taken = dict[tuple[str, str], set[Place]]  # kind and value of a claim → where it stands


class _Hint(NamedTuple):
    """What may have been meant by words that are absent."""

    labels: tuple[Label, ...] = ()
    help: str = _COPY
    fix: Fix | None = None


class NotFound:
    """Puts into words what is wrong with the selectors of a file (`source`) in a seed."""

    def __init__(self, seed: Seed, source: Source, finder: Finder) -> None:
        self.seed = seed
        self.source = source
        self.finder = finder

    def diagnostics(self, problems: Iterable[Problem], anchored: Iterable[Anchored]) -> list[Diagnostic]:
        """All problems as diagnostics, in their order. Only the first absent words get hints that take a search."""
        found: list[Diagnostic] = []
        searched = 0
        problems = tuple(problems)
        taken = _taken(anchored) if any(isinstance(problem, Ambiguous) for problem in problems) else {}
        for problem in problems:
            if isinstance(problem, Absent):
                hint = self._plain_hint(problem.words.quote)
                searched += hint is None
                found.append(self._absent(problem.words, hint or self._hint(problem.words, searched)))
            elif isinstance(problem, Ambiguous):
                found.append(self._ambiguous(problem, taken))
            else:
                found.append(problem)
        return found

    def _seed(self, place: Place) -> Span:
        return Span(self.seed.source, *place)

    def _words(self, place: Place) -> str:
        return " ".join(self.seed.text[slice(*place)].split())

    def _numbered(self, places: Sequence[Place]) -> list[Label]:
        numbers = enumerate(places[:LISTED], start=1)
        return [Label(self._seed(place), f"{k} of {len(places)}") for k, place in numbers]

    # too many

    def _ambiguous(self, problem: Ambiguous, taken: _Taken) -> Diagnostic:
        quote, places, annotation = problem.words.quote, problem.places, problem.annotation
        labels = [Label(self.source.span(problem.words.at), "says which words, not which of the places")]
        ways = []
        for k, place in enumerate(places[:LISTED], start=1):
            better = settle(self.finder, quote, place, places) if len(places) <= MANY else None
            parts = {"prefix": better.prefix, "suffix": better.suffix} if better else {}
            context = ", ".join(f"{name}: {_yaml(words)}" for name, words in parts.items() if words)
            ways.append(context if 0 < len(context) < 80 else f"occurrence: {k} of {len(places)}")
            labels.append(Label(self._seed(place), f"{k} of {len(places)} — {ways[-1]}"))
        more = f" ({len(places) - LISTED} more are not shown)" if len(places) > LISTED else ""
        return diagnostic(
            rules.AMBIGUOUS,
            f"“{shortened(quote.exact)}” occurs {len(places)} times in {self.seed.source.name}{more}",
            *labels,
            help=f"Add what stands beside the place you mean, for the first one `{ways[0]}`; or `occurrence: all of {len(places)}`.",
            fix=self._one_left(quote, places, annotation, taken) if annotation else None,
        )

    def _one_left(
        self, quote: Quote, places: Sequence[Place], annotation: Annotation, taken: _Taken
    ) -> Fix | None:
        """The fix that adds the context of the one place that the same claim has not taken yet, which must be meant."""
        claim = annotation.claims[0]
        left = [place for place in places if place not in taken.get((claim.kind, claim.value), ())]
        if len(left) != 1 or len(places) > MANY or quote.prefix or quote.suffix:
            return None
        better = settle(self.finder, quote, left[0], places)
        parts = {"prefix": better.prefix, "suffix": better.suffix} if better else {}
        return add_fix(self.source, annotation.node, parts)

    def several(self, words: Quotation, places: Sequence[Place]) -> Diagnostic:
        """The report of an `in:` that has more than one place."""
        message = f"“in” names {len(places)} places, and only one can confine the search"
        return diagnostic(rules.SELECTOR, message, self.source.span(words.at), *map(self._seed, places))

    def uncounted(self, quote: Quote, occurrence: Occurrence, places: Sequence[Place]) -> Diagnostic:
        n = len(places)
        message = f"“all” does not say how many: “{shortened(quote.exact)}” occurs {_times(n)} now"
        help = f"Write “all of {n}”: then a change is noticed."
        fix = put_fix(self.source, occurrence.at, f"all of {n}") if n else None
        return diagnostic(rules.BARE_ALL, message, self.source.span(occurrence.at), help=help, fix=fix)

    def miscounted(
        self, quote: Quote, occurrence: Occurrence, places: Sequence[Place], said: int | None
    ) -> Diagnostic:
        """The report of an `occurrence` whose total is not right, or that names a place that is none."""
        missing = next((n for n in occurrence.numbers if not 0 < n <= len(places)), 0)
        wrong = f", not {said}" if said is not None else f": there is no number {missing}"
        return diagnostic(
            rules.COUNT,
            f"“{shortened(quote.exact)}” occurs {_times(len(places))}{wrong}",
            Label(self.source.span(occurrence.at), f"{said} expected" if said is not None else ""),
            *self._numbered(places),
            help="Look at each place, then write the new numbers: nothing is moved silently.",
        )

    def miscounted_match(
        self, selector: Matched, entry: Mapping | None, places: Sequence[Place]
    ) -> Diagnostic:
        """The report of an expression that finds too few or too many; the count may be added to `entry`."""
        times, said = _places(len(places)), selector.total
        if said is None and places:
            count = str(len(places))
            return diagnostic(
                rules.BARE_ALL,
                f"the expression finds {times}, and `count` is not written",
                Label(self.source.span(selector.at)),
                *self._numbered(places),
                help=f"Write `count: {count}` beside it.",
                fix=add_fix(self.source, entry, {"count": count}) if entry else None,
            )
        wanted = "at least one" if said is None else str(said)
        return diagnostic(
            rules.COUNT,
            f"the expression finds {times}, not {wanted}",
            Label(self.source.span(selector.at), f"{wanted} expected"),
            *self._numbered(places),
            help="Look at each place; mend the expression or write the new count.",
        )

    # none

    def outside(self, words: Quotation, area: Place, first: Place) -> Diagnostic:
        """The report of words that stand in the seed, but not in the area that `in:` names."""
        return diagnostic(
            rules.ORPHAN,
            f"“{shortened(words.quote.exact)}” does not occur in the passage that `in` names",
            self.source.span(words.at),
            (self._seed(first), "it occurs here, outside"),
            (self._seed(area), "the passage"),
            help="Correct `in:`, or quote words of that passage.",
        )

    def no_end(self, last: Quotation, first: Place) -> Diagnostic:
        """The report of a passage whose last words do not follow its first."""
        return diagnostic(
            rules.ORPHAN,
            f"“to” (“{shortened(last.quote.exact)}”) is not found after “from”",
            (self.source.span(last.at), "not found"),
            (self._seed(first), "“to” is searched from here on"),
            help="Quote the last words of the passage, exactly as they stand in the seed.",
        )

    def _absent(self, words: Quotation, hint: _Hint) -> Diagnostic:
        return diagnostic(
            rules.ORPHAN,
            f"“{shortened(words.quote.exact)}” does not occur in {self.seed.source.name}",
            Label(self.source.span(words.at), "not found"),
            *hint.labels,
            help=hint.help,
            fix=hint.fix,
        )

    def _plain_hint(self, quote: Quote) -> _Hint | None:
        """Hints at places where the words stand inside longer ones, or in another context."""
        inside = () if quote.within_word else self.finder.find(quote._replace(within_word=True))
        if inside:
            label = Label(self._seed(inside[0]), "only inside a longer word")
            return _Hint((label,), "Quote whole words, or write `within-word: yes` beside it.")
        bare = self.finder.find(quote._replace(prefix="", suffix="")) if quote.prefix or quote.suffix else ()
        labels = tuple(Label(self._seed(p), "the words, with another context") for p in bare[:LISTED])
        help = "Correct `prefix` or `suffix`: they are what stands directly beside the words."
        return _Hint(labels, help) if bare else None

    def _hint(self, words: Quotation, searched: int) -> _Hint:
        """Hints at the most similar passage, while searches are left, or else at the place of the context."""
        quote, fix = words.quote, None
        place = alike = self._alike(quote) if searched <= HINTED else None
        if alike is not None:
            text = self._words(alike)
            if len(self.finder.find(quote._replace(exact=text))) == 1:
                fix = put_fix(self.source, _scalar_of(words), text)
        elif searched <= HINTED:
            place = self._nearest(quote.exact)
        if place is not None:
            label = Label(self._seed(place), f"nearest passage: “{shortened(self.seed.text[slice(*place)])}”")
            return _Hint((label,), fix=fix)
        beside = self._context(quote)
        label_of = "the context stands here, beside other words"
        return _Hint((Label(self._seed(beside), label_of),)) if beside else _Hint()

    @cached_property
    def _plain(self) -> Finder:
        return Finder(plainly(self.seed.text))

    def _alike(self, quote: Quote) -> Place | None:
        """The one place that differs from the quotation only in capitals, quotation marks, dashes or spaces."""
        exact, prefix, suffix = map(plainly, (quote.exact, quote.prefix, quote.suffix))
        places = self._plain.find(Quote(exact, prefix, suffix, quote.within_word))
        return places[0] if len(places) == 1 else None

    def _context(self, quote: Quote) -> Place | None:
        """The place of the prefix or of the suffix, if it stands at one only."""
        for part in (quote.prefix.strip(), quote.suffix.strip()):
            places = self.finder.find(Quote(part, within_word=True)) if part else ()
            if len(places) == 1:
                return places[0]
        return None

    def _nearest(self, words: str) -> Place | None:
        """The most similar passage, widened to whole words; None if nothing is similar."""
        from rapidfuzz import fuzz

        text = self.seed.text[:HINT_WINDOW]
        if len(text.casefold()) != len(text):
            return None
        found = fuzz.partial_ratio_alignment(words[:500].casefold(), text.casefold(), score_cutoff=60)
        if found is None:
            return None
        start, end = found.dest_start, found.dest_end
        while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        start, end = trimmed(text, (start, end))
        return (start, end) if start < end else None

    # at another place, or other words there

    def split(self, at: Node, place: Place, edge: int) -> Diagnostic:
        """The report of an edge inside one character as readers see it."""
        where = "begins" if edge == place[0] else "ends"
        message = f"the place {where} inside a character, before its part U+{ord(self.seed.text[edge]):04X}"
        help = "Let it begin or end beside the whole character."
        return diagnostic(
            rules.GRAPHEME, message, self.source.span(at), self._seed((edge - 1, edge + 1)), help=help
        )

    def no_passage(self, selector: Offsets) -> Diagnostic:
        size = len(self.seed.text)
        message = f"{selector.start} to {selector.end} is no passage of a seed of {size} code points"
        help = "`start` and `end` are code points, counted from 0; `end` is not less than `start`."
        return diagnostic(rules.RANGE, message, self.source.span(selector.at), help=help)

    def outside_of_area(self, selector: Offsets, area: Place) -> Diagnostic:
        message = f"{selector.start} to {selector.end} does not lie in the passage that `in` names"
        help = "Correct `in:`, or `start` and `end`."
        return diagnostic(
            rules.RANGE, message, self.source.span(selector.at), (self._seed(area), "the passage"), help=help
        )

    def other_words(self, selector: Offsets, check: Quote) -> Diagnostic:
        start, end = selector.start, selector.end
        words = shortened(self.seed.text[start:end])
        return diagnostic(
            rules.RANGE,
            f"the words from {start} to {end} are “{words}”, not “{shortened(check.exact)}”",
            self.source.span(selector.at),
            (self._seed((start, end)), "stands here"),
            *((self._seed(place), "the words stand here") for place in self.finder.find(check)[:3]),
            help="Write the `start` and `end` of the words, or only the words, with `quote`.",
        )

    def normalised(self, words: Quotation, places: tuple[Place, ...]) -> Diagnostic:
        """The report of words that agree only after normalisation; its fix copies those of the seed, if that will do."""
        quote, text = words.quote, self._words(places[0])
        parts = (part for part in (quote.exact, quote.prefix, quote.suffix) if not part.isascii())
        said = shortened(next(parts, quote.exact))
        agrees = "it agrees after Unicode normalisation"
        message = f"“{said}” is written with other code points in the seed; {agrees}"
        same = self.finder.find(quote._replace(exact=text)) == places
        return diagnostic(
            rules.NORMALISED,
            message,
            self.source.span(words.at),
            (self._seed(places[0]), "matched here"),
            help="Copy the words from the seed.",
            fix=put_fix(self.source, _scalar_of(words), text) if same else None,
        )

    # expressions

    def no_pattern(self, selector: Matched, reason: str) -> Diagnostic:
        message = f"this is no regular expression of RE2: {visible(reason)}"
        help = "RE2 has no look-around and no back references; it always ends in time."
        return diagnostic(rules.PATTERN, message, self.source.span(selector.at), help=help)

    def no_voice(self, selector: Matched, sign: str, at: Place) -> Diagnostic:
        message = f"no voice signs “{shortened(sign)}”"
        help = "Add the signature to `signs:` of a voice in annotations/registers/."
        return diagnostic(
            rules.REF, message, self.source.span(selector.at), (self._seed(at), "signed here"), help=help
        )


def _taken(anchored: Iterable[Anchored]) -> _Taken:
    found: _Taken = defaultdict(set)
    for a in anchored:
        found[a.claim.kind, a.claim.value].add((a.start, a.end))
    return found


def _scalar_of(words: Quotation) -> Node | None:
    """The scalar that holds a quotation's words: the node of the quotation itself, or a field of it."""
    at = words.at
    fields = [at] if not isinstance(at, Mapping) else [at.items[k] for k in WORDS if k in at.items]
    exact = words.quote.exact
    return next((node for node in fields if isinstance(node, Scalar) and node.text == exact), None)


def _times(n: int) -> str:
    return ("not at all", "once", "twice")[n] if n < 3 else f"{n} times"


def _places(n: int) -> str:
    return "nothing" if not n else "one place" if n == 1 else f"{n} places"


def _yaml(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
