"""Blocks and pieces of a text → HTML. Knows no page around them.

Marked words are runs: links to what explains them, with the explanation in `data-tip`. What nests in the text (a name in
a date, a correction in a name) are elements around the runs, since links may not nest; a run leads to the innermost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from edition.exports.readers.apparatus import MARKS, explanation
from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import (
    Choice,
    Content,
    Inline,
    Note,
    Piece,
    Point,
    Text,
    TextBlock,
    direction,
    unseen_calls,
)
from edition.exports.readers.walk import NUMBERED, gathered, run_in
from edition.exports.readers.wording import DROPPED, corrected, hugged, is_residue, other_voice, snug

LISTS = ("list", "castList", "table", "row")
BLOCK_TAGS = {
    "div": "section", "list": "ul", "castList": "ul", "item": "li", "castItem": "li", "table": "table", "row": "tr",
    "cell": "td", "figure": "figure", "quotation": "blockquote", "floating": "blockquote", "epigraph": "blockquote",
    "p": "p", "ab": "p", "speaker": "p", "stage": "p", "byline": "p", "trailer": "p", "label": "p",
    "salute": "p", "signed": "p", "dateline": "p", "fw": "p",
}  # fmt: skip
SPAN_TAGS = {
    "emphasis": "em", "foreign": "i", "term": "i", "title": "cite", "deletion": "del", "addition": "ins", "q": "span",
    "stage": "i", "code": "code",
}  # fmt: skip
SEED, OURS = "seed", "ours"


@dataclass(slots=True)
class HtmlWriter:
    """Writes the pieces of one text.

    side: with notes beside the text. both: the wording of the source and the corrected one, to be chosen from; else the
    corrected one, without void tags: XHTML then. led: what the reader has been led to once. titles: what is claimed and
    not told otherwise, by ids.
    """

    text: Text
    notes: dict[str, Note]
    side: bool = True
    both: bool = True
    bare: bool = False  # in lists and notes: no ids, no calls
    led: set[tuple[str, ...]] = field(default_factory=set)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        return LABELS[self.text.tongue]

    def known(self, id: str) -> dict[str, str]:
        """The id of an element, and what is claimed of it."""
        return {} if self.bare else {"id": id, "title": self.titles.get(id, "")}

    # blocks

    def blocks(self, content: Content) -> str:
        """The content of a block of blocks; what stands loose between them is in a block of its own."""
        out: list[str] = []
        for piece in run_in(content):
            if isinstance(piece, TextBlock):
                out.append(self.block(piece))
            elif not isinstance(piece, str):
                out.append(f'<div class="point">{self.pieces((piece,))}</div>')
        return "\n".join(out)

    def block(self, block: TextBlock) -> str:
        if block.kind in LISTS:
            return self.listed(block)
        inside = self.blocks(block.content) if block.flow else self.pieces(block.content)
        tag = BLOCK_TAGS.get(block.kind, "div")
        if block.kind == "head":
            tag = f"h{min(block.level + 1, 6)}"
        elif block.kind == "caption":
            tag = "figcaption"
        elif tag == "p" and (block.flow or any(isinstance(p, TextBlock) for p in block.content)):
            tag = "div"
        return f"<{tag}{self.attributes(block)}>{inside}</{tag}>"

    def listed(self, block: TextBlock) -> str:
        """Lists and tables hold nothing but their parts: captions stand before, points go into the next part."""
        before = [p for p in block.content if isinstance(p, TextBlock) and p.kind in ("caption", "head")]
        parts = [p for p in gathered(block.content) if p.kind not in ("caption", "head")]
        tag = BLOCK_TAGS[block.kind]
        inside = "\n".join(self.part(part, tag) for part in parts)
        if block.kind == "row":
            return f"<tr{self.attributes(block)}>{inside}</tr>"
        captions = "".join(self.caption(caption) for caption in before)
        return f"{captions}<{tag}{self.attributes(block)}>\n{inside}\n</{tag}>"

    def part(self, part: TextBlock, outer: str) -> str:
        tag = {"ul": "li", "table": "tr", "tr": "td"}[outer]
        if BLOCK_TAGS.get(part.kind) == tag:
            return self.block(part)
        return (
            f"<{tag}>{self.block(part)}</{tag}>"
            if outer != "table"
            else f"<tr><td>{self.block(part)}</td></tr>"
        )

    def caption(self, block: TextBlock) -> str:
        if block.kind == "head":
            return self.block(block)
        return f"<p{self.attributes(block)}>{self.pieces(block.content)}</p>"

    def attributes(self, block: TextBlock) -> str:
        classes = [block.kind] if block.kind not in ("p", "table", "row", "cell", "item") else []
        classes += [f"type-{block.type}"] if block.type.isascii() and block.type.isalnum() else []
        classes += [f"part-{block.part}"] if block.part in ("M", "F") else []
        classes += ["seed"] if block.kind in NUMBERED and not corrected(block.content).strip() else []
        classes += ["residue"] if is_residue(block) else ["voice"] if other_voice(block) else []
        pairs = {"class": " ".join(classes), **self.known(block.id)}
        if block.kind in NUMBERED and block.n and "." not in block.n:
            pairs["data-n"] = block.n
        if block.indent:
            pairs["style"] = f"--indent:{min(block.indent, 60)}"
        return _attributes(pairs) + language_attributes(block.language)

    # pieces

    def pieces(self, content: Content, things: tuple[Piece, ...] = (), side: str = "") -> str:
        out = []
        found = list(hugged(snug(content), _hides))
        for k, (piece, loose) in enumerate(found):
            written = self.piece(piece, things, side)
            out.append(f'<span class="{_goes_with(found, k)}">{written}</span>' if loose else written)
        return "".join(out)

    def piece(self, piece: Piece, things: tuple[Piece, ...], side: str) -> str:
        if isinstance(piece, str):
            return self.run(piece, things, side)
        if isinstance(piece, Choice):
            return self.choice(piece, things)
        if isinstance(piece, Point):
            return self.point(piece, things)
        if isinstance(piece, TextBlock):
            return self.block(piece)
        return self.span(piece, things, side)

    def run(self, words: str, things: tuple[Piece, ...], side: str) -> str:
        """Words; a link if they are marked. The first run of a thing can be reached with the keyboard."""
        told = [thing for thing in reversed(things) if explanation(self.text, thing)]
        if not told or not words.strip() or self.bare:
            return escape(words, quote=False)
        key = (side, *(str(getattr(thing, "id", "")) for thing in told[:1]))
        again = ' tabindex="-1"' if key in self.led else ""
        self.led.add(key)
        if not self.both:
            return f'<a href="#{escape(target(told[0]))}">{escape(words, quote=False)}</a>'
        tip = escape(" — ".join(dict.fromkeys(explanation(self.text, thing) for thing in told)))
        return (
            f'<a href="#{escape(target(told[0]))}" data-tip="{tip}"{again}>{escape(words, quote=False)}</a>'
        )

    def choice(self, choice: Choice, things: tuple[Piece, ...]) -> str:
        inner = (*things, choice)
        pairs = _attributes({"class": f"pair {choice.kind}", **self.known(choice.id)})
        seed = [r for r in choice.readings if not r.ours]
        best = next((r for r in choice.readings if r.content == choice.best), choice.readings[0])
        if not best.ours:
            return f"<span{pairs}>{self.pieces(best.content, inner)}</span>"
        if not self.both:
            calls = "".join(map(self.call, unseen_calls(choice)))
            return f'<span{pairs}><span class="ours">{self.pieces(best.content, inner)}</span>{calls}</span>'
        sides = [f'<span class="seed">{self.pieces(r.content, inner, SEED)}</span>' for r in seed]
        sides.append(f'<span class="ours">{self.pieces(best.content, inner, OURS)}</span>')
        return f"<span{pairs}>{''.join(sides)}</span>"

    def span(self, span: Inline, things: tuple[Piece, ...], side: str) -> str:
        if span.kind in DROPPED and not self.both:
            return f"<span{_attributes({'id': span.id})}></span>" if span.id else ""
        tag = SPAN_TAGS.get(span.kind, "span")
        inner = (*things, span) if explanation(self.text, span) else things
        inside = self.pieces(span.content, inner, side)
        if span.kind in ("marker", "back"):
            return self.marker(span, inside)
        if span.kind == "ref" and "://" in span.value and not things:
            return f'<a href="{escape(span.value)}">{self.pieces(span.content)}</a>'
        if (
            span.kind == "gloss"
            and span.voice
            and not any(isinstance(p, Inline) and p.kind == "signature" for p in span.content)
        ):
            inside += self.unsigned(span)
        classes = [span.kind, *(["residue"] if is_residue(span) else ["voice"] if other_voice(span) else [])]
        if span.ours or span.kind == "supplied":
            classes.append("ours")
        elif span.kind in ("surplus", "deletion", "hyphen"):
            classes.append("seed")
        if span.kind == "emphasis":
            classes += [
                word for word in span.value.split() if word.isascii() and word.replace("-", "").isalnum()
            ]
        pairs = {"class": " ".join(dict.fromkeys(classes)), **self.known(span.id)}
        if span.kind == "num" and span.value:
            tag, pairs = "data", pairs | {"value": span.value}
        return f"<{tag}{_attributes(pairs)}{language_attributes(span.language)}>{inside}</{tag}>"

    def unsigned(self, span: Inline) -> str:
        """Whose words an unsigned gloss are: the editors say it."""
        entry = self.text.entry(span.voice)
        if entry is None or self.bare:
            return ""
        tip = escape(self.labels["voice"].format(said=entry.short))
        told = f' data-tip="{tip}"' if self.both else ""
        return f'<a class="whose" href="#{escape(entry.key)}"{told}>{escape(entry.name)}</a>'

    def marker(self, span: Inline, inside: str) -> str:
        """Of the text's own notes: there and back."""
        voice = "" if not other_voice(span) else " voice"
        pairs = _attributes({"class": f"{span.kind}{voice}", "id": span.id})
        role = ' role="doc-noteref"' if span.kind == "marker" else ""
        return f'<a{pairs} href="#{escape(span.key)}"{role}>{inside}</a>'

    # points

    def point(self, point: Point, things: tuple[Piece, ...] = ()) -> str:
        if point.kind == "call":
            return self.call(point)
        id = _attributes(self.known(point.id))
        if point.kind == "gap":
            tip = escape(explanation(self.text, point))
            told = f' data-tip="{tip}"' if self.both else ""
            link = f'<a href="#t-{escape(point.id)}"{told}>[…]</a>' if not self.bare else "[…]"
            return f'<span class="gap ours"{id}>{link}</span>'
        if point.kind == "lb":
            return f'<br class="lb"{id}>' if self.both else ""
        if point.kind in ("pb", "cb"):
            said = escape(
                self.labels["page" if point.kind == "pb" else "column"].format(n=point.value or "?")
            )
            if "://" in point.said:
                image = escape(self.labels["image"].format(n=point.value or "?"))
                said = f'<a href="{escape(point.said)}" aria-label="{image}: {said}">{said}</a>'
            return f'<span class="pb"{id}>{said}</span>'
        return f"<span{id}></span>" if id else ""

    def call(self, point: Point) -> str:
        note = self.notes.get(point.key)
        if note is None or self.bare:
            return ""
        reference = "" if self.both else ' epub:type="noteref"'
        link = f'<a class="call"{reference} role="doc-noteref" id="{escape(point.id)}" href="#{escape(note.id)}">{note.number}</a>'
        if not self.side:
            return link
        words = escape(" ".join(corrected(note.content).split()), quote=False)
        aside = f'<span class="side" aria-hidden="true" lang="{self.text.tongue}" dir="ltr"><b>{note.number}</b> {words}</span>'
        return f"{link}{aside}"


def target(thing: Piece) -> str:
    """Where the explanation of a marked word stands on the page."""
    if isinstance(thing, Choice):
        return f"t-{thing.key or thing.id}"
    if isinstance(thing, Inline) and thing.kind in MARKS:
        return f"t-{thing.id}"
    if isinstance(thing, Inline) and thing.kind in ("date", "duration"):
        return date_id(thing.value)
    return thing.key if isinstance(thing, Inline) else ""


def date_id(value: str) -> str:
    return "d-" + re.sub(r"[^\w.-]", "_", value.replace("~", "-about"))


def _goes_with(found: list[tuple[Piece, bool]], k: int) -> str:
    """The class of the hidden neighbour that a loose blank goes with."""
    ahead = found[k + 1][0] if k + 1 < len(found) and _hides(found[k + 1][0]) else found[k - 1][0]
    return "residue" if is_residue(ahead) else "voice"


def _hides(piece: Piece) -> bool:
    return other_voice(piece) or is_residue(piece)


def _attributes(pairs: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items() if value)


def language_attributes(tag: str) -> str:
    """`lang`, and `dir` where the script runs from right to left."""
    if not tag:
        return ""
    return f' lang="{escape(tag)}"' + (' dir="rtl"' if direction(tag) == "rtl" else "")
