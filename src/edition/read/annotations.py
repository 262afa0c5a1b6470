"""YAML nodes → annotations: selectors, claims, groups. The shape was checked before; here it gets its types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from edition.model import rules
from edition.model.annotation import (
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
    Selector,
    Side,
    Whole,
)
from edition.model.diagnostics import Diagnostic, say
from edition.model.nodes import Mapping, Node, Scalar, Sequence
from edition.model.source import Source, Span
from edition.model.vocabulary import KINDS, Kind, Shape

EMPTY = Mapping({}, 0)
_YES = ("yes", "true", "on")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads annotations of one YAML file. `kinds` are those of the vocabulary and the project's own."""

    source: Source
    kinds: dict[str, Kind]
    found: list[Diagnostic]

    def span(self, node: Node) -> Span:
        return Span(self.source, node.start, node.end)

    def annotations(self, node: Node | None) -> tuple[Annotation, ...]:
        if type(node) is not Sequence:
            return ()
        found: list[Annotation] = []
        for entry in node.items:
            if type(entry) is not Mapping:
                continue
            if "annotations" in entry.items and not self.kind_of(entry):
                found += self._group(entry)
            else:
                found.append(self.annotation(entry))
        return tuple(found)

    def _group(self, entry: Mapping) -> list[Annotation]:
        """`in`, `by` and `cert` of a group hold for what it contains; inner values win."""
        outer = {k: entry.items[k] for k in ("by", "cert") if k in entry.items}
        within = self.within(entry)
        found = []
        for inner in self.annotations(entry.items["annotations"]):
            claims = tuple(
                replace(c, by=c.by or text(outer.get("by")), cert=c.cert or text(outer.get("cert")))
                for c in inner.claims
            )
            found.append(replace(inner, claims=claims, selector=_confined(inner.selector, within)))
        return found

    def annotation(self, entry: Mapping) -> Annotation:
        first = self.claim(entry)
        also = entry.items.get("also")
        others = [c for c in also.items if type(c) is Mapping] if type(also) is Sequence else []
        claims = (first, *(self._beside(first, self.claim(c)) for c in others))
        return Annotation(self.selector(entry), claims, entry)

    @staticmethod
    def _beside(first: Claim, other: Claim) -> Claim:
        return replace(other, by=other.by or first.by)

    def kind_of(self, entry: Mapping) -> str:
        kinds = self.kinds
        for key in entry.items:
            if key in kinds:
                return key
        return ""

    def claim(self, entry: Mapping) -> Claim:
        items = entry.items
        kind = self.kind_of(entry)
        value = items.get(kind, entry)
        alternatives = items.get("or")
        return Claim(
            kind,
            text(value) if type(value) is not Mapping else text(value.items.get("text")),
            entry,
            value,
            text(items.get("by")),
            text(items.get("cert")),
            texts(items.get("source")),
            text(items.get("comment")),
            text(items.get("id")),
            text(items.get("voice")),
            text(items.get("use")),
            tuple(self.claim(c) for c in alternatives.items if type(c) is Mapping)
            if type(alternatives) is Sequence
            else (),
        )

    # where

    def selector(self, entry: Mapping) -> Selector:
        """What an entry says of its place."""
        items, within = entry.items, self.within(entry)
        if self.kind_of(entry) == "footnote":
            return self._marker_and_body(entry.inner("footnote"))
        if "start" in items:
            quote = self.quote(entry, "quote") if "quote" in items else None
            start, end = self.number(items["start"]), self.number(items.get("end", items["start"]))
            return Offsets(start, end, items["start"], quote, within)
        if (area := self._area(entry, within)) is not None:
            return area
        if "match" in items:
            count = self.number(items["count"]) if "count" in items else None
            return Matched(entry.text("match"), items["match"], count, within)
        if "on" in items:
            ids = entry.texts("on")
            return Whole() if ids == ("text",) else On(ids, items["on"])
        return Nowhere()

    def _marker_and_body(self, parts: Mapping) -> MarkerAndBody:
        marker, body = parts.items.get("marker"), parts.items.get("body")
        return MarkerAndBody(
            self.selector(marker) if type(marker) is Mapping else None,
            self.selector(body) if type(body) is Mapping else None,
        )

    def _area(self, entry: Mapping, within: Area | None) -> Quoted | Passage | None:
        """A quotation, a passage or a point, if it is one."""
        if "quote" in entry.items:
            return Quoted(self.quotation(entry, "quote"), within=within)
        if "from" in entry.items:
            return self._passage(entry, within)
        if side := _side(entry):
            return Quoted(self.quotation(entry, side), side, within)
        return None

    def _passage(self, entry: Mapping, within: Area | None) -> Passage:
        """`from` … `to`; each a text, or a mapping with its own context."""
        prefix, suffix = entry.text("prefix"), entry.text("suffix")
        first = self._end_of_passage(entry, "from")
        if "prefix" in entry.items:
            first = replace(first, quote=replace(first.quote, prefix=prefix))
        if "to" not in entry.items:
            first = replace(first, quote=replace(first.quote, suffix=first.quote.suffix or suffix))
            return Passage(first, None, within)
        last = self._end_of_passage(entry, "to")
        if "suffix" in entry.items:
            last = replace(last, quote=replace(last.quote, suffix=suffix))
        return Passage(first, last, within)

    def _end_of_passage(self, entry: Mapping, key: str) -> Quotation:
        node = entry.items[key]
        if type(node) is Mapping:
            return Quotation(self.quote(node, "quote"), node, self.occurrence(node))
        quote = Quote(text(node), within_word=_flag(entry))
        return Quotation(quote, node, self.occurrence(entry) if key == "from" else None)

    def within(self, entry: Mapping) -> Area | None:
        """`in:` by quotation, by a passage, or by what stands before and after; `occurrence` counts what comes first."""
        node = entry.items.get("in")
        if type(node) is not Mapping:
            return None
        within = self.within(node)
        if not _side(node):
            return self._area(node, within)
        occurrence = self.occurrence(node)
        after = Quotation(self.quote(node, "after"), node, occurrence) if "after" in node.items else None
        before = (
            Quotation(self.quote(node, "before"), node, None if after else occurrence)
            if "before" in node.items
            else None
        )
        return Between(after, before, within)

    def quotation(self, entry: Mapping, key: str) -> Quotation:
        return Quotation(self.quote(entry, key), entry.items[key], self.occurrence(entry))

    def quote(self, entry: Mapping, key: str) -> Quote:
        items = entry.items
        node = items[key]
        exact = text(node)
        if not exact.strip() and not (exact and ("prefix" in items or "suffix" in items)):
            self.found.append(
                say(
                    rules.EMPTY,
                    f"“{key}” holds no words",
                    self.span(node),
                    help="Quote the words that are meant.",
                )
            )
            return Quote("")
        return Quote(exact, text(items.get("prefix")), text(items.get("suffix")), _flag(entry))

    def occurrence(self, entry: Mapping) -> Occurrence | None:
        """`2 of 4`, `all of 7`, `1, 3 of 4`, `all`."""
        node = entry.items.get("occurrence")
        if type(node) is not Scalar:
            return None
        which, of, total = (part.strip() for part in node.text.partition(" of "))
        numbers = () if which == "all" else tuple(int(n) for n in which.split(",") if _small(n.strip()))
        wrong = (which != "all" and not numbers) or (of and not _small(total))
        if wrong or (numbers and not of):
            self.found.append(
                say(
                    rules.VALUE,
                    f"“{node.text}” does not say which occurrences are meant",
                    self.span(node),
                    help="Write “2 of 4”, “1, 3 of 4” or “all of 4”.",
                )
            )
            return Occurrence((), None, node)
        return Occurrence(numbers, int(total) if of else None, node)

    def number(self, node: Node) -> int:
        value = text(node)
        if _small(value.removeprefix("-")):
            return int(value)
        shown = value if len(value) < 20 else f"{value[:16]}…"
        self.found.append(say(rules.NUMBER, f"“{shown}” is not a small whole number", self.span(node)))
        return -1


def text(node: Node | None) -> str:
    return node.text if type(node) is Scalar else ""


def _side(entry: Mapping) -> Side:
    return "before" if "before" in entry.items else "after" if "after" in entry.items else ""


def texts(node: Node | None) -> tuple[str, ...]:
    if type(node) is Sequence:
        return tuple(child.text for child in node.items if type(child) is Scalar)
    return (node.text,) if type(node) is Scalar else ()


def _small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10


def _flag(entry: Mapping) -> bool:
    return "within-word" in entry.items and text(entry.items["within-word"]).lower() in _YES


def _confined(selector: Selector, area: Area | None) -> Selector:
    """The selector inside what a group around it confines to."""
    if area is None or isinstance(selector, (On, Whole, Nowhere)):
        return selector
    if isinstance(selector, MarkerAndBody):
        parts = (selector.marker, selector.body)
        return MarkerAndBody(*(part and _confined(part, area) for part in parts))
    return replace(selector, within=_innermost(selector.within, area))


def _innermost(inner: Area | None, outer: Area) -> Area:
    return outer if inner is None else replace(inner, within=_innermost(inner.within, outer))


_OWN_SHAPES: dict[str, Shape] = {"editor": "supplied", "none": "milestone"}


def own_kinds(settings: Mapping | None) -> dict[str, Kind]:
    """The vocabulary, and `kinds:` of edition.yaml: rows a project adds. Each says whose words it holds."""
    rows = dict(KINDS)
    node = settings.items.get("kinds") if settings else None
    for name, row in node.items.items() if type(node) is Mapping else ():
        if type(row) is Mapping and name not in KINDS:
            rows[name] = _own_kind(name, row)
    return rows


def _own_kind(name: str, row: Mapping) -> Kind:
    value, words = text(row.items.get("value")) or "type", text(row.items.get("words")) or "seed"
    shape: Shape = _OWN_SHAPES.get(words, "mention" if value == "key" else "phrase")
    return Kind(
        name,
        text(row.items.get("element")),
        shape,
        KINDS["element"].rank,
        value,
        "editor" if words == "editor" else "none" if words == "none" else "seed",
        text(row.items.get("about")),
        "",
        registers=("*",) if value == "key" else (),
        type=text(row.items.get("type")),
    )
