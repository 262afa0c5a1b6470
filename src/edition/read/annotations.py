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
    """One entry of `structure:`, and the blocks that it contains. No selector: it stands where its parts stand.

    pairs: attributes of its own. type: its value, where that is no place."""

    block: Block
    selector: Textual | None
    claim: Claim
    type: str
    pairs: tuple[tuple[str, str], ...]
    parts: tuple[NamedBlock, ...]


def read_annotations(
    node: Node | None, source: Source, kinds: Container[str]
) -> tuple[tuple[Annotation, ...], list[Diagnostic]]:
    """The annotations of a list. `kinds` are those of the vocabulary and the project's own."""
    reader = _Reader(source, kinds)
    return tuple(reader.annotations(node)), reader.found


def read_structure(
    node: Node | None, source: Source, kinds: Container[str]
) -> tuple[tuple[NamedBlock, ...], list[Diagnostic]]:
    """The blocks that `structure:` names, those inside others as their parts."""
    reader = _Reader(source, kinds)
    return reader.blocks(mappings_of(node)), reader.found


class _Reader:
    """Reads the nodes of one YAML file, and keeps what it found wrong."""

    def __init__(self, source: Source, kinds: Container[str]) -> None:
        self.source = source
        self.kinds = kinds
        self.found: list[Diagnostic] = []

    def tell(self, rule: Rule, message: str, node: Node, help: str = "") -> None:
        self.found.append(diagnostic(rule, message, self.source.span(node), help=help))

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
        """`in`, `by` and `cert` of a group hold for what it contains; inner values win."""
        by, cert, within = entry.text("by"), entry.text("cert"), self.within(entry)
        found = []
        for inner in self.annotations(entry.items["annotations"]):
            claims = tuple(c._replace(by=c.by or by, cert=c.cert or cert) for c in inner.claims)
            found.append(inner._replace(claims=claims, selector=_confined(inner.selector, within)))
        return found

    def annotation(self, entry: Mapping) -> Annotation:
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
        """What is said beside a block and, where its value is a mapping, in that."""
        fields = self.claim(entry)
        if type(value) is not Mapping:
            return fields
        inner = self.claim(value)
        names = ("voice", "by", "cert", "comment", "id", "source")
        return fields._replace(**{name: getattr(fields, name) or getattr(inner, name) for name in names})

    def _place_of_block(self, block: Block, entry: Mapping, value: Node) -> Textual | None:
        if type(value) is Mapping or block.typed:
            return self.textual(value if type(value) is Mapping else entry)
        if text_of(value):
            return Quoted(Quotation(Quote(text_of(value)), value))
        self.tell(rules.EMPTY, f"“{block.name}” quotes nothing", value)
        return None

    # where

    def selector(self, entry: Mapping) -> Selector:
        """What an entry says of its place."""
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
            start, end = self.number(items["start"]), self.number(items.get("end", items["start"]))
            return Offsets(start, end, items["start"], quote, within)
        if "match" in items:
            count = self.number(items["count"]) if "count" in items else None
            return Matched(entry.text("match"), items["match"], count, within)
        return self._quoted(entry, within)

    def _quoted(self, entry: Mapping, within: Area | None) -> Quoted | Passage | None:
        if "from" in entry.items:
            return self._passage(entry, within)
        side = _side(entry)
        name = "quote" if "quote" in entry.items else side
        return Quoted(self.quotation(entry, name), side, within) if name else None

    def _passage(self, entry: Mapping, within: Area | None) -> Passage:
        """`from` … `to`; each a text, or a mapping with its own context."""
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
        """`in:` by quotation, by a passage, or by what stands before and after; `occurrence` counts what comes first."""
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
            self.tell(rules.EMPTY, f"“{key}” holds no words", entry.items[key], help)
            return Quote("")
        return Quote(exact, entry.text("prefix"), entry.text("suffix"), _flag(entry))

    def occurrence(self, entry: Mapping) -> Occurrence | None:
        """`2 of 4`, `all of 7`, `1, 3 of 4`, `all`."""
        node = entry.items.get("occurrence")
        if type(node) is not Scalar:
            return None
        which, of, total = (part.strip() for part in node.text.partition(" of "))
        numbers = () if which == "all" else tuple(int(n) for n in which.split(",") if _small(n.strip()))
        wrong = (which != "all" and not numbers) or (of and not _small(total))
        if wrong or (numbers and not of):
            help = "Write “2 of 4”, “1, 3 of 4” or “all of 4”."
            self.tell(rules.VALUE, f"“{node.text}” does not say which occurrences are meant", node, help)
            return Occurrence((), None, node)
        return Occurrence(numbers, int(total) if of else None, node)

    def number(self, node: Node) -> int:
        value = text_of(node)
        if _small(value.removeprefix("-")):
            return int(value)
        shown = value if len(value) < 20 else f"{value[:16]}…"
        self.tell(rules.NUMBER, f"“{shown}” is not a small whole number", node)
        return -1


def _parts(name: str, inside: Mapping) -> Iterable[Mapping]:
    """Parts of a block written as keys (`salute: "…"`) and those under `contains`."""
    for key, node in inside.items.items():
        if key in BLOCKS and key != name:
            yield Mapping({key: node}, node.start, node.end, {key: inside.keys[key]})
        elif key == "contains":
            yield from mappings_of(node)


def own_fields(block: Block, fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What the fields of a block become; who speaks is pointed at later."""
    names = {"position": "place"}
    return tuple((names.get(n, n), fields.get(n, "")) for n in block.fields if n != "cells" and fields.get(n))


def separator(written: str) -> str:
    """`\\t` is a tab."""
    return written.replace("\\t", "\t")


def _side(entry: Mapping) -> Side:
    return "before" if "before" in entry.items else "after" if "after" in entry.items else ""


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
    within = area if inner is None else _inside(inner, area)
    return cast(_Confined, selector._replace(within=within))
