"""YAML nodes → annotations: selectors, claims, groups. The shape was checked before; here it gets its types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

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
    Textual,
    Whole,
)
from edition.model.diagnostics import Diagnostic, Rule, say
from edition.model.nodes import Mapping, Node, Scalar, Sequence
from edition.model.source import Source, Span
from edition.model.vocabulary import KINDS, Kind, Shape

_Confined = TypeVar("_Confined", bound=Textual | Area)
_YES = ("yes", "true", "on")


def read_annotations(
    node: Node | None, source: Source, kinds: dict[str, Kind]
) -> tuple[tuple[Annotation, ...], list[Diagnostic]]:
    """`annotations:` of a file, those in groups too; and values that nobody can read.

    kinds: the vocabulary and the project's own.
    """
    reader = Reader(source, kinds)
    return reader.annotations(node), reader.diagnostics


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads entries of one YAML file; what is wrong with a value is kept in `diagnostics`, by the reader alone."""

    source: Source
    kinds: dict[str, Kind]
    diagnostics: list[Diagnostic] = field(default_factory=list, init=False)

    def annotations(self, node: Node | None) -> tuple[Annotation, ...]:
        found: list[Annotation] = []
        for entry in node.items if type(node) is Sequence else ():
            if type(entry) is not Mapping:
                continue
            if "annotations" in entry.items and not self.kind_of(entry):
                found += self._group(entry)
            else:
                found.append(self._annotation(entry))
        return tuple(found)

    def _group(self, entry: Mapping) -> Iterator[Annotation]:
        """`in`, `by` and `cert` of a group hold for what it contains; inner values win."""
        by, cert, within = entry.text("by"), entry.text("cert"), self._within(entry)
        for inner in self.annotations(entry.items["annotations"]):
            claims = tuple(replace(c, by=c.by or by, cert=c.cert or cert) for c in inner.claims)
            yield replace(inner, claims=claims, selector=_confined(inner.selector, within))

    def _annotation(self, entry: Mapping) -> Annotation:
        first = self.claim(entry)
        also = [self.claim(node) for node in _mappings(entry.items.get("also"))]
        claims = (first, *(replace(claim, by=claim.by or first.by) for claim in also))
        return Annotation(self.selector(entry), claims, entry)

    def kind_of(self, entry: Mapping) -> str:
        kinds = self.kinds
        for key in entry.items:
            if key in kinds:
                return key
        return ""

    def claim(self, entry: Mapping) -> Claim:
        """What an entry says, whatever the place: its kind and value, and the fields beside them."""
        kind = self.kind_of(entry)
        value = entry.items.get(kind, entry)
        return Claim(
            kind,
            value.text("text") if type(value) is Mapping else text(value),
            entry,
            value,
            entry.text("by"),
            entry.text("cert"),
            entry.texts("source"),
            entry.text("comment"),
            entry.text("id"),
            entry.text("voice"),
            entry.text("use"),
            tuple(self.claim(node) for node in _mappings(entry.items.get("or"))),
        )

    # where

    def selector(self, entry: Mapping) -> Selector:
        """What an entry says of its place."""
        if self.kind_of(entry) == "footnote":
            parts = entry.inner("footnote")
            marker, body = self.textual(parts.inner("marker")), self.textual(parts.inner("body"))
            return MarkerAndBody(marker, body) if marker and body else Nowhere()
        if (selector := self.textual(entry)) is not None:
            return selector
        ids = entry.texts("on")
        return Nowhere() if not ids else Whole() if ids == ("text",) else On(ids, entry.items["on"])

    def textual(self, entry: Mapping) -> Textual | None:
        """The words, the passage, the point, the expression or the offsets that an entry gives, if it does."""
        items, within = entry.items, self._within(entry)
        if "start" in items:
            quote = self._quote(entry, "quote") if "quote" in items else None
            start, end = self._number(items["start"]), self._number(items.get("end", items["start"]))
            return Offsets(start, end, items["start"], quote, within)
        if "match" in items:
            count = self._number(items["count"]) if "count" in items else None
            return Matched(entry.text("match"), items["match"], count, within)
        return self._quoted(entry, within)

    def _quoted(self, entry: Mapping, within: Area | None) -> Quoted | Passage | None:
        if "from" in entry.items:
            return self._passage(entry, within)
        side = _side(entry)
        name = "quote" if "quote" in entry.items else side
        return Quoted(self._quotation(entry, name), side, within) if name else None

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
            return Quotation(self._quote(node, "quote"), node, self._occurrence(node))
        quote = Quote(text(node), within_word=_flag(entry))
        return Quotation(quote, node, self._occurrence(entry) if key == "from" else None)

    def _within(self, entry: Mapping) -> Area | None:
        """`in:` by quotation, by a passage, or by what stands before and after; `occurrence` counts what comes first."""
        node = entry.items.get("in")
        if type(node) is not Mapping:
            return None
        within = self._within(node)
        if not _side(node):
            return self._quoted(node, within)
        occurrence = self._occurrence(node)
        after, before = (self._quote(node, key) if key in node.items else None for key in ("after", "before"))
        return Between(
            Quotation(after, node, occurrence) if after else None,
            Quotation(before, node, None if after else occurrence) if before else None,
            within,
        )

    def _quotation(self, entry: Mapping, key: str) -> Quotation:
        return Quotation(self._quote(entry, key), entry.items[key], self._occurrence(entry))

    def _quote(self, entry: Mapping, key: str) -> Quote:
        exact, prefix, suffix = entry.text(key), entry.text("prefix"), entry.text("suffix")
        if exact.strip() or (exact and ("prefix" in entry.items or "suffix" in entry.items)):
            return Quote(exact, prefix, suffix, _flag(entry))
        self.wrong(
            rules.EMPTY, f"“{key}” holds no words", entry.items[key], "Quote the words that are meant."
        )
        return Quote("")

    def _occurrence(self, entry: Mapping) -> Occurrence | None:
        """`2 of 4`, `all of 7`, `1, 3 of 4`, `all`."""
        node = entry.items.get("occurrence")
        if type(node) is not Scalar:
            return None
        which, of, total = (part.strip() for part in node.text.partition(" of "))
        numbers = () if which == "all" else tuple(int(n) for n in which.split(",") if _small(n.strip()))
        wrong = (which != "all" and not numbers) or (of and not _small(total))
        if not wrong and (of or not numbers):
            return Occurrence(numbers, int(total) if of else None, node)
        message = f"“{node.text}” does not say which occurrences are meant"
        self.wrong(rules.VALUE, message, node, "Write “2 of 4”, “1, 3 of 4” or “all of 4”.")
        return Occurrence((), None, node)

    def _number(self, node: Node) -> int:
        value = text(node)
        if _small(value.removeprefix("-")):
            return int(value)
        shown = value if len(value) < 20 else f"{value[:16]}…"
        self.wrong(rules.NUMBER, f"“{shown}” is not a small whole number", node)
        return -1

    def wrong(self, rule: Rule, message: str, node: Node, help: str = "") -> None:
        self.diagnostics.append(say(rule, message, Span(self.source, node.start, node.end), help=help))


def text(node: Node | None) -> str:
    return node.text if type(node) is Scalar else ""


def _mappings(node: Node | None) -> Iterator[Mapping]:
    return (child for child in node.items if type(child) is Mapping) if type(node) is Sequence else iter(())


def _side(entry: Mapping) -> Side:
    return "before" if "before" in entry.items else "after" if "after" in entry.items else ""


def texts(node: Node | None) -> tuple[str, ...]:
    if type(node) is Sequence:
        return tuple(child.text for child in node.items if type(child) is Scalar)
    return (node.text,) if type(node) is Scalar else ()


def _small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10


def _flag(entry: Mapping) -> bool:
    return entry.text("within-word").lower() in _YES


def _confined(selector: Selector, area: Area | None) -> Selector:
    """The selector inside what a group around it confines to."""
    if area is None or isinstance(selector, (On, Whole, Nowhere)):
        return selector
    if isinstance(selector, MarkerAndBody):
        return MarkerAndBody(_inside(selector.marker, area), _inside(selector.body, area))
    return _inside(selector, area)


def _inside(selector: _Confined, area: Area) -> _Confined:
    inner = selector.within
    return replace(selector, within=area if inner is None else _inside(inner, area))


_OWN_SHAPES: dict[str, Shape] = {"editor": "supplied", "none": "milestone"}


def own_kinds(settings: Mapping | None) -> dict[str, Kind]:
    """The vocabulary, and `kinds:` of edition.yaml: rows a project adds. Each says whose words it holds."""
    rows = dict(KINDS)
    for name, row in settings.inner("kinds").items.items() if settings else ():
        if type(row) is Mapping and name not in KINDS:
            rows[name] = _own_kind(name, row)
    return rows


def _own_kind(name: str, row: Mapping) -> Kind:
    value, words = row.text("value") or "type", row.text("words") or "seed"
    shape: Shape = _OWN_SHAPES.get(words, "mention" if value == "key" else "phrase")
    return Kind(
        name,
        row.text("element"),
        shape,
        KINDS["element"].rank,
        value,
        "editor" if words == "editor" else "none" if words == "none" else "seed",
        row.text("about"),
        "",
        registers=("*",) if value == "key" else (),
        type=row.text("type"),
    )
