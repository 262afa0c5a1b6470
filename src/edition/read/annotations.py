"""YAML nodes → annotations: selectors, claims, groups. The shape was checked before; here it gets its types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from edition.model import rules
from edition.model.annotation import Annotation, Claim, Occurrence, Quote, Selector
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
            found.append(replace(inner, claims=claims, selector=_confine(inner.selector, within)))
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
        items = entry.items
        within = self.within(entry) if "in" in items else None
        if "quote" in items and "start" not in items:
            return Selector(
                "quote",
                items["quote"],
                self.quote(entry, "quote"),
                within=within,
                occurrence=self.occurrence(entry),
            )
        if "from" in items:
            return self.passage(entry, within)
        if side := _side(entry):
            point, node = self.quote(entry, side), items[side]
            return Selector("quote", node, point, side=side, within=within, occurrence=self.occurrence(entry))
        if "match" in items:
            count = self.number(items["count"]) if "count" in items else None
            return Selector("match", items["match"], pattern=text(items["match"]), count=count, within=within)
        if "start" in items:
            quote = self.quote(entry, "quote") if "quote" in items else None
            start, end = self.number(items["start"]), self.number(items.get("end", items["start"]))
            return Selector("offsets", items["start"], quote, start=start, end=end)
        if "on" in items:
            return Selector("on", items["on"], on=texts(items["on"]))
        return Selector("none", entry)

    def passage(self, entry: Mapping, within: Selector | None) -> Selector:
        """`from` … `to`; each a text, or a mapping with its own context."""
        first, start_at = self._end_of_passage(entry, "from")
        if "prefix" in entry.items:
            first = replace(first, prefix=text(entry.items["prefix"]))
        if "to" not in entry.items:
            first = replace(first, suffix=first.suffix or text(entry.items.get("suffix")))
            return Selector("passage", entry.items["from"], first, within=within, occurrence=start_at)
        last, last_at = self._end_of_passage(entry, "to")
        if "suffix" in entry.items:
            last = replace(last, suffix=text(entry.items["suffix"]))
        return Selector(
            "passage",
            entry.items["from"],
            first,
            last,
            within=within,
            occurrence=start_at,
            to_occurrence=last_at,
            to_at=entry.items["to"],
        )

    def _end_of_passage(self, entry: Mapping, key: str) -> tuple[Quote, Occurrence | None]:
        node = entry.items[key]
        if type(node) is Mapping:
            return self.quote(node, "quote"), self.occurrence(node)
        return Quote(text(node), within_word=_flag(entry)), self.occurrence(entry) if key == "from" else None

    def within(self, entry: Mapping) -> Selector | None:
        """`in:` by quotation, by a passage, or by what stands before and after."""
        node = entry.items.get("in")
        if type(node) is not Mapping:
            return None
        if "after" in node.items or "before" in node.items:
            first = self.quote(node, "after") if "after" in node.items else None
            last = self.quote(node, "before") if "before" in node.items else None
            return Selector("between", node, first, last, within=self.within(node))
        return self.selector(node)

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


def _side(entry: Mapping) -> Literal["", "before", "after"]:
    return "before" if "before" in entry.items else "after" if "after" in entry.items else ""


def texts(node: Node | None) -> tuple[str, ...]:
    if type(node) is Sequence:
        return tuple(child.text for child in node.items if type(child) is Scalar)
    return (node.text,) if type(node) is Scalar else ()


def _small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10


def _flag(entry: Mapping) -> bool:
    return "within-word" in entry.items and text(entry.items["within-word"]).lower() in _YES


def _confine(selector: Selector, within: Selector | None) -> Selector:
    return (
        selector
        if within is None or selector.form == "on"
        else replace(selector, within=_innermost(selector.within, within))
    )


def _innermost(inner: Selector | None, outer: Selector) -> Selector:
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
