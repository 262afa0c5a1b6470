"""Why a quotation has no place, or too many: said with the places in question, and how to mend it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from edition.anchor.describe import settle
from edition.anchor.find import Finder, plainly
from edition.format.splice import add_fix, put_fix
from edition.model import rules
from edition.model.annotation import Matched, Occurrence, Quotation, Quote, Seed
from edition.model.diagnostics import Diagnostic, Label, say, shortened
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source, Span

Place = tuple[int, int]
WORDS = ("quote", "before", "after")  # fields that hold words of the seed
LISTED = 6  # places named in a message
MANY = 500  # more places than these are told apart by their numbers
HINTED = 20  # absent quotations for which a nearest passage is searched, in one document
HINT_WINDOW = 400_000


class Unfound:
    """Tells of selectors that failed, into `found`."""

    def __init__(self, seed: Seed, source: Source, finder: Finder) -> None:
        self.seed = seed
        self.source = source
        self.finder = finder
        self.found: list[Diagnostic] = []
        self.hints = 0
        self.open: dict[
            int, tuple[int, Quote, list[Place]]
        ] = {}  # id(words.at) of what is ambiguous → its report

    def _place(self, words: Quotation | Matched) -> Span:
        return self.source.span(words.at)

    def _seed(self, start: int, end: int) -> Span:
        return Span(self.seed.source, start, end)

    def not_one(self, words: Quotation, places: list[Place], area: Place | None) -> None:
        quote = words.quote
        if places:
            self.ambiguous(words, places)
        elif area is not None and self.finder.find(quote):
            first = self.finder.find(quote)[0]
            self.found.append(
                say(
                    rules.ORPHAN,
                    f"“{shortened(quote.exact)}” does not occur in the passage that `in` names",
                    self._place(words),
                    (self._seed(*first), "it occurs here, outside"),
                    (self._seed(*area), "the passage"),
                    help="Correct `in:`, or quote words of that passage.",
                )
            )
        else:
            self.absent(words)

    def ambiguous(self, words: Quotation, places: list[Place]) -> None:
        quote = words.quote
        labels = [Label(self._place(words), "says which words, not which of the places")]
        ways = []
        for k, place in enumerate(places[:LISTED]):
            better = settle(self.finder, quote, place, places) if len(places) <= MANY else None
            context = f"prefix: {_yaml(better.prefix)}" if better and better.prefix else ""
            if better and better.suffix:
                context += f"{', ' if context else ''}suffix: {_yaml(better.suffix)}"
            way = context if context and len(context) < 80 else f"occurrence: {k + 1} of {len(places)}"
            ways.append(way)
            labels.append(Label(self._seed(*place), f"{k + 1} of {len(places)} — {way}"))
        more = f" ({len(places) - LISTED} more are not shown)" if len(places) > LISTED else ""
        self.open[id(words.at)] = len(self.found), quote, places
        self.found.append(
            say(
                rules.AMBIGUOUS,
                f"“{shortened(quote.exact)}” occurs {len(places)} times in {self.seed.source.name}{more}",
                *labels,
                help=f"Add what stands beside the place you mean, for the first one `{ways[0]}`; or `occurrence: all of {len(places)}`.",
            )
        )

    def one_left(self, words: Quotation, to: Mapping, taken: set[Place]) -> None:
        """An ambiguous quotation, all of whose places but one are taken by the same claim: that one is meant."""
        at, quote, places = self.open[id(words.at)]
        left = [place for place in places if place not in taken]
        if len(left) != 1 or len(places) > MANY or quote.prefix or quote.suffix:
            return
        better = settle(self.finder, quote, left[0], places)
        parts = {"prefix": better.prefix, "suffix": better.suffix} if better else {}
        self.found[at] = replace(self.found[at], fix=add_fix(self.source, to, parts))

    def uncounted(self, quote: Quote, occurrence: Occurrence, places: list[Place]) -> None:
        n = len(places)
        message = f"“all” does not say how many: “{shortened(quote.exact)}” occurs {_times(n)} now"
        help = f"Write “all of {n}”: then a change is noticed."
        fix = put_fix(self.source, occurrence.at, f"all of {n}") if n else None
        self.found.append(say(rules.BARE_ALL, message, self.source.span(occurrence.at), help=help, fix=fix))

    def split(self, said: Node, place: Place, at: int) -> None:
        """An edge inside one character, as readers see it."""
        edge = "begins" if at == place[0] else "ends"
        message = f"the place {edge} inside a character, before its part U+{ord(self.seed.text[at]):04X}"
        help = "Let it begin or end beside the whole character."
        self.found.append(
            say(rules.GRAPHEME, message, self.source.span(said), self._seed(at - 1, at + 1), help=help)
        )

    def miscounted(self, quote: Quote, occurrence: Occurrence, places: list[Place], said: int | None) -> None:
        labels = [Label(self._seed(*p), f"{k + 1} of {len(places)}") for k, p in enumerate(places[:LISTED])]
        self.found.append(
            say(
                rules.COUNT,
                f"“{shortened(quote.exact)}” occurs {_times(len(places))}"
                + (
                    f", not {said}" if said is not None else f": there is no number {max(occurrence.numbers)}"
                ),
                Label(self.source.span(occurrence.at), f"{said} expected" if said is not None else ""),
                *labels,
                help="Look at each place, then write the new numbers: nothing is moved silently.",
            )
        )

    def miscounted_match(self, selector: Matched, to: Mapping, places: list[Place]) -> None:
        labels = [Label(self._seed(*p), f"{k + 1} of {len(places)}") for k, p in enumerate(places[:LISTED])]
        if selector.count is None and places:
            self.found.append(
                say(
                    rules.BARE_ALL,
                    f"the expression finds {_places(len(places))}, and `count` is not written",
                    Label(self._place(selector)),
                    *labels,
                    help=f"Write `count: {len(places)}` beside it.",
                    fix=add_fix(self.source, to, {"count": str(len(places))}),
                )
            )
        else:
            said = "at least one" if selector.count is None else str(selector.count)
            self.found.append(
                say(
                    rules.COUNT,
                    f"the expression finds {_places(len(places))}, not {said}",
                    Label(self._place(selector), f"{said} expected"),
                    *labels,
                    help="Look at each place; mend the expression or write the new count.",
                )
            )

    def absent(self, words: Quotation) -> None:
        quote = words.quote
        labels = [Label(self._place(words), "not found")]
        fix = None
        help = "Copy the words from the seed: every letter and mark counts, white space does not."
        if not quote.within_word and (
            inside := self.finder.find(Quote(quote.exact, quote.prefix, quote.suffix, True))
        ):
            labels.append(Label(self._seed(*inside[0]), "only inside a longer word"))
            help = "Quote whole words, or write `within-word: yes` beside it."
        elif (quote.prefix or quote.suffix) and (
            bare := self.finder.find(Quote(quote.exact, within_word=quote.within_word))
        ):
            labels += [Label(self._seed(*p), "the words, with another context") for p in bare[:LISTED]]
            help = "Correct `prefix` or `suffix`: they are what stands directly beside the words."
        elif alike := self.alike(quote):
            text = " ".join(self.seed.text[slice(*alike)].split())
            labels.append(Label(self._seed(*alike), f"nearest passage: “{shortened(text)}”"))
            if len(self.finder.find(replace(quote, exact=text))) == 1:
                fix = put_fix(self.source, written(words), text)
        elif near := self.nearest(quote.exact):
            labels.append(
                Label(self._seed(*near), f"nearest passage: “{shortened(self.seed.text[near[0] : near[1]])}”")
            )
        elif beside := self._context(quote):
            labels.append(Label(self._seed(*beside), "the context stands here, beside other words"))
        self.found.append(
            say(
                rules.ORPHAN,
                f"“{shortened(quote.exact)}” does not occur in {self.seed.source.name}",
                *labels,
                help=help,
                fix=fix,
            )
        )

    @cached_property
    def _plain(self) -> Finder:
        return Finder(plainly(self.seed.text))

    def alike(self, quote: Quote) -> Place | None:
        """The one place that differs from the quotation only in capitals, quotation marks, dashes or spaces."""
        self.hints += 1
        if self.hints > HINTED:
            return None
        exact, prefix, suffix = map(plainly, (quote.exact, quote.prefix, quote.suffix))
        places = self._plain.find(Quote(exact, prefix, suffix, quote.within_word))
        return places[0] if len(places) == 1 else None

    def _context(self, quote: Quote) -> Place | None:
        """Where the prefix or the suffix stands, if it is one place."""
        for part in (quote.prefix.strip(), quote.suffix.strip()):
            places = self.finder.find(Quote(part, within_word=True)) if part else ()
            if len(places) == 1:
                return places[0]
        return None

    def nearest(self, words: str) -> Place | None:
        """The most similar passage, widened to whole words; None if nothing is similar."""
        from rapidfuzz import fuzz

        text = self.seed.text[:HINT_WINDOW]
        if self.hints > HINTED or not text:
            return None
        found = fuzz.partial_ratio_alignment(words[:500].casefold(), text.casefold(), score_cutoff=60)
        if found is None or len(text.casefold()) != len(text):
            return None
        start, end = found.dest_start, found.dest_end
        while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None


def written(words: Quotation) -> Node | None:
    """The scalar that holds a quotation's words: the place itself, or a field of it."""
    at = words.at
    fields = [at] if not isinstance(at, Mapping) else [at.items[k] for k in WORDS if k in at.items]
    return next(
        (node for node in fields if isinstance(node, Scalar) and node.text == words.quote.exact), None
    )


def _times(n: int) -> str:
    return ("not at all", "once", "twice")[n] if n < 3 else f"{n} times"


def _places(n: int) -> str:
    return "nothing" if not n else "one place" if n == 1 else f"{n} places"


def _yaml(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
