"""YAML nodes → annotations and blocks: selectors, claims, groups. The shape was checked before; here it gets its types.

Knows nothing of the seed: where the words stand, and whether they do, is found out by `anchor`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple, TypeVar, cast

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
from edition.model.diagnostics import Diagnostic, Rule, diagnostic
from edition.model.nodes import Mapping, Node, Scalar, mappings_of, text_of
from edition.model.source import Source
from edition.model.vocabulary import BLOCKS, Block

_Confined = TypeVar("_Confined", bound=Textual | Area)
_YES = ("yes", "true", "on")


class NamedBlock(NamedTuple):
    """An entry of `structure:`, and the blocks that it contains. Without a selector it stands where its parts stand.

    `type` is its value, where that is no place; `pairs` are attributes of its own.
    """

    block: Block
    selector: Textual | None
    claim: Claim
    type: str
    pairs: tuple[tuple[str, str], ...]
    parts: tuple[NamedBlock, ...]


def read_annotations(
    node: Node | None, source: Source, kinds: Container[str]
) -> tuple[tuple[Annotation, ...], list[Diagnostic]]:
    """The annotations of a list, and what is wrong with them: E122 and E204, which the schema cannot see.

    `kinds` are those of the vocabulary and the project's own.
    """
    reader = _Reader(source, kinds)
    return tuple(reader.annotations(node)), reader.diagnostics


def read_structure(
    node: Node | None, source: Source, kinds: Container[str]
) -> tuple[tuple[NamedBlock, ...], list[Diagnostic]]:
    """The blocks that `structure:` names, those inside others as their parts, and what is wrong with them."""
    reader = _Reader(source, kinds)
    return reader.blocks(mappings_of(node)), reader.diagnostics


class _Reader:
    """Reads the nodes of one YAML file, and keeps the diagnostics."""

    def __init__(self, source: Source, kinds: Container[str]) -> None:
        self.source = source
        self.kinds = kinds
        self.diagnostics: list[Diagnostic] = []

    def report(self, rule: Rule, message: str, node: Node, help: str) -> None:
        self.diagnostics.append(diagnostic(rule, message, self.source.span(node), help=help))

    # annotations

    def annotations(self, node: Node | None) -> list[Annotation]:
        found: list[Annotation] = []
        for entry in mappings_of(node):
            if "annotations" in entry.items and not self.kind_of(entry):
                found += self._group(entry)
            else:
                found.append(self.annotation(entry))
        return found

    def _group(self, entry: Mapping) -> list[Annotation]:
        """The annotations of a group, for which its `in`, `by` and `cert` hold; inner values win."""
        by, cert, within = entry.text("by"), entry.text("cert"), self.within(entry)
        found = []
        for inner in self.annotations(entry.items["annotations"]):
            claims = tuple(c._replace(by=c.by or by, cert=c.cert or cert) for c in inner.claims)
            found.append(inner._replace(claims=claims, selector=_confined(inner.selector, within)))
        return found

    def annotation(self, entry: Mapping) -> Annotation:
        """A place with its claims; who makes the first one makes those under `also`, if nothing else is said."""
        first = self.claim(entry)
        others = (self.claim(node) for node in entry.mappings("also"))
        claims = (first, *(other._replace(by=other.by or first.by) for other in others))
        return Annotation(self.selector(entry), claims, entry)

    def kind_of(self, entry: Mapping) -> str:
        for key in entry.items:
            if key in self.kinds:
                return key
        return ""

    def claim(self, entry: Mapping) -> Claim:
        kind = self.kind_of(entry)
        value = entry.items.get(kind, entry)
        return Claim(
            kind,
            value.text("text") if type(value) is Mapping else text_of(value),
            entry,
            value,
            entry.text("by"),
            entry.text("cert"),
            entry.texts("source"),
            entry.text("comment"),
            entry.text("id"),
            entry.text("voice"),
            entry.text("use"),
            tuple(self.claim(node) for node in entry.mappings("or")),
        )

    # blocks

    def blocks(self, entries: Iterable[Mapping]) -> tuple[NamedBlock, ...]:
        named = ((next((key for key in entry.items if key in BLOCKS), ""), entry) for entry in entries)
        return tuple(self.block(name, entry) for name, entry in named if name)

    def block(self, name: str, entry: Mapping) -> NamedBlock:
        block, value = BLOCKS[name], entry.items[name]
        inside = value if type(value) is Mapping else entry
        type_ = text_of(value) if block.typed else ""
        if "cells" in block.fields and "cells" in entry.items:
            block = block._replace(cells=separator(entry.text("cells")))
        claim = self._fields(entry, value)._replace(kind=name, value=type_, at=value)
        pairs = own_fields(block, {field: " ".join(entry.texts(field)) for field in block.fields})
        selector = self._place_of_block(block, entry, value)
        return NamedBlock(block, selector, claim, type_, pairs, self.blocks(_parts(name, inside)))

    def _fields(self, entry: Mapping, value: Node) -> Claim:
        """The fields beside a block and, where its value is a mapping, in that, as those of a claim."""
        fields = self.claim(entry)
        if type(value) is not Mapping:
            return fields
        inner = self.claim(value)
        names = ("voice", "by", "cert", "comment", "id", "source")
        return fields._replace(**{name: getattr(fields, name) or getattr(inner, name) for name in names})

    def _place_of_block(self, block: Block, entry: Mapping, value: Node) -> Textual | None:
        if type(value) is Mapping or block.typed:
            return self.textual(value if type(value) is Mapping else entry)
        return Quoted(Quotation(Quote(text_of(value)), value))

    # where

    def selector(self, entry: Mapping) -> Selector:
        """The place that an entry gives, in whichever way."""
        if "footnote" in entry.items:
            parts = entry.inner("footnote")
            marker, body = self.textual(parts.inner("marker")), self.textual(parts.inner("body"))
            return MarkerAndBody(marker, body) if marker and body else Nowhere()
        if (selector := self.textual(entry)) is not None:
            return selector
        ids = entry.texts("on")
        return Nowhere() if not ids else Whole() if ids == ("text",) else On(ids, entry.items["on"])

    def textual(self, entry: Mapping) -> Textual | None:
        """The words, the passage, the point, the expression or the offsets that an entry gives, if it does."""
        items, within = entry.items, self.within(entry)
        if "start" in items:
            quote = self.quote(entry, "quote") if "quote" in items else None
            start, end = int(entry.text("start")), int(entry.text("end") or entry.text("start"))
            return Offsets(start, end, items["start"], quote, within)
        if "match" in items:
            total = int(entry.text("count")) if "count" in items else None
            return Matched(entry.text("match"), items["match"], total, within)
        return self._quoted(entry, within)

    def _quoted(self, entry: Mapping, within: Area | None) -> Quoted | Passage | None:
        if "from" in entry.items:
            return self._passage(entry, within)
        side = _side(entry)
        name = "quote" if "quote" in entry.items else side
        return Quoted(self.quotation(entry, name), side, within) if name else None

    def _passage(self, entry: Mapping, within: Area | None) -> Passage:
        """A passage `from` … `to`; each is a text, or a mapping with a context of its own."""
        prefix, suffix = entry.text("prefix"), entry.text("suffix")
        first = self._end_of_passage(entry, "from")
        if "prefix" in entry.items:
            first = first._replace(quote=first.quote._replace(prefix=prefix))
        if "to" not in entry.items:
            first = first._replace(quote=first.quote._replace(suffix=first.quote.suffix or suffix))
            return Passage(first, None, within)
        last = self._end_of_passage(entry, "to")
        if "suffix" in entry.items:
            last = last._replace(quote=last.quote._replace(suffix=suffix))
        return Passage(first, last, within)

    def _end_of_passage(self, entry: Mapping, key: str) -> Quotation:
        node = entry.items[key]
        if type(node) is Mapping:
            return Quotation(self.quote(node, "quote"), node, self.occurrence(node))
        quote = Quote(text_of(node), within_word=_flag(entry))
        return Quotation(quote, node, self.occurrence(entry) if key == "from" else None)

    def within(self, entry: Mapping) -> Area | None:
        """The area of `in:`: a quotation, a passage, or what stands between; its `occurrence` is that of its first words."""
        node = entry.items.get("in")
        if type(node) is not Mapping:
            return None
        within = self.within(node)
        if not _side(node):
            return self._quoted(node, within)
        occurrence = self.occurrence(node)
        after, before = (self.quote(node, key) if key in node.items else None for key in ("after", "before"))
        return Between(
            Quotation(after, node, occurrence) if after else None,
            Quotation(before, node, None if after else occurrence) if before else None,
            within,
        )

    def quotation(self, entry: Mapping, key: str) -> Quotation:
        return Quotation(self.quote(entry, key), entry.items[key], self.occurrence(entry))

    def quote(self, entry: Mapping, key: str) -> Quote:
        exact = entry.text(key)
        if not exact.strip() and not (exact and ("prefix" in entry.items or "suffix" in entry.items)):
            help = "Quote the words that are meant."
            self.report(rules.EMPTY, f"“{key}” holds no words", entry.items[key], help)
            return Quote("")
        return Quote(exact, entry.text("prefix"), entry.text("suffix"), _flag(entry))

    def occurrence(self, entry: Mapping) -> Occurrence | None:
        """Which of several places are meant: `2 of 4`, `all of 7`, `1, 3 of 4`, `all`."""
        node = entry.items.get("occurrence")
        if type(node) is not Scalar:
            return None
        which, of, total = (part.strip() for part in node.text.partition(" of "))
        numbers = () if which == "all" else tuple(int(n) for n in which.split(",") if _small(n.strip()))
        wrong = (which != "all" and not numbers) or (of and not _small(total))
        if wrong or (numbers and not of):
            help = "Write “2 of 4”, “1, 3 of 4” or “all of 4”."
            self.report(rules.VALUE, f"“{node.text}” does not say which occurrences are meant", node, help)
            return Occurrence((), None, node)
        return Occurrence(numbers, int(total) if of else None, node)


def _parts(name: str, inside: Mapping) -> Iterable[Mapping]:
    """The parts of a block: those written as keys (`salute: "…"`) and those under `contains`."""
    for key, node in inside.items.items():
        if key in BLOCKS and key != name:
            yield Mapping({key: node}, node.start, node.end, {key: inside.keys[key]})
        elif key == "contains":
            yield from mappings_of(node)


def own_fields(block: Block, fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The attributes that the fields of a block become; who speaks is pointed at later."""
    names = {"position": "place"}
    return tuple((names.get(n, n), fields.get(n, "")) for n in block.fields if n != "cells" and fields.get(n))


def separator(written: str) -> str:
    """What stands between the cells of a row; `\\t` means a tab."""
    return written.replace("\\t", "\t")


def _side(entry: Mapping) -> Side:
    return "before" if "before" in entry.items else "after" if "after" in entry.items else ""


def _small(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10


def _flag(entry: Mapping) -> bool:
    return entry.text("within-word").lower() in _YES


def _confined(selector: Selector, area: Area | None) -> Selector:
    """The selector, confined to an area by the group around it."""
    if area is None or isinstance(selector, (On, Whole, Nowhere)):
        return selector
    if isinstance(selector, MarkerAndBody):
        return MarkerAndBody(_inside(selector.marker, area), _inside(selector.body, area))
    return _inside(selector, area)


def _inside(selector: _Confined, area: Area) -> _Confined:
    inner = selector.within
    within = area if inner is None else _inside(inner, area)
    return cast(_Confined, selector._replace(within=within))
