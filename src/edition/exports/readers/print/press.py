"""A text as it is set for print, whatever sets it: the corrected wording, what stands in notes, what the index leads to.

Three rows of notes: letters tell what was done to the words, numbers what the editors say, and notes of the source keep
their own signs. Within a note, another one stands in brackets.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal

from edition.exports.readers.apparatus import MARKS, cited_as, explanation, siglum, sure
from edition.exports.readers.claims import IN_PRINT, Told, place_said, untold_claims
from edition.exports.readers.indexes import IndexPlace, index_places, mention_said
from edition.exports.readers.labels import LABELS, REMARKS, SHOWN_REGISTERS, UNLABELLED, citation
from edition.exports.readers.model import (
    Choice,
    Claimed,
    Content,
    Fact,
    IndexedDate,
    Inline,
    Piece,
    Point,
    RegisterEntry,
    Text,
    TextBlock,
    walk,
)
from edition.exports.readers.walk import B, BlockWalk, T
from edition.exports.readers.wording import (
    DROPPED,
    called_before_blanks,
    capital,
    diplomatic,
    hugged,
    parted,
    stripped,
    unstopped,
    without,
)

Series = Literal["text", "note", "own"]
LETTERED = (*MARKS, "interpretation")  # what a letter is put to
SEPARATOR = "separator"  # the reason of a surplus that a table makes good


class PrintWriter(BlockWalk[T, B]):
    """Sets the pieces of one text. What a T is (source of a typesetter, elements) and how it looks is told by those below."""

    claims_told: Told = IN_PRINT

    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = LABELS[text.tongue]
        self.body = without(text.body.content, residue=True)
        self.notes = {note.id: note for note in text.notes}
        pieces = list(walk(self.body))
        self.own = {b.id: b for b in pieces if isinstance(b, Inline | TextBlock) and b.kind == "footnote"}
        self.marked = {s.key for s in pieces if isinstance(s, Inline) and s.kind == "marker"} & set(self.own)
        self.places = index_places(text)
        self.wanted = {place.id for row in self.places.values() for place in row}
        self.wanted |= {mention.id for moment in text.moments for mention in moment.mentions}
        self.printed = {
            p.key if isinstance(p, Point) and p.kind == "call" else p.id
            for p in pieces
            if not isinstance(p, str)
        }
        rows: list[RegisterEntry | IndexedDate] = [*text.entries, *text.moments]
        self.told_as = {m.id: mention_said(self.labels, m) for row in rows for m in row.mentions}
        self.letters = 0
        self.signs: set[str] = set()  # private-use characters that have been told of
        self.inner = False  # in words in which no note is called
        self.after = False  # behind the text

    # what each typesetter does in its own way

    @abstractmethod
    def join(self, parts: Iterable[T]) -> T: ...

    @abstractmethod
    def words(self, words: str) -> T:
        """Plain words; white space is one blank."""

    @abstractmethod
    def styled(self, style: str, inside: T) -> T:
        """style: a kind of span that is shown, or bold, italic, small, super."""

    @abstractmethod
    def spoken(self, language: str, inside: T) -> T: ...

    @abstractmethod
    def linked(self, address: str, inside: T) -> T: ...

    @abstractmethod
    def landing(self, id: str, span: Inline | None, inside: T) -> T:
        """A place that the index leads to."""

    @abstractmethod
    def footnote(self, series: Series, mark: str, id: str, inside: T) -> T: ...

    @abstractmethod
    def pages(self, row: Iterable[IndexPlace]) -> T:
        """Where these places stand."""

    # what was done to the words

    def changed(self, choice: Choice) -> T:
        """States of a place: the best in the text."""
        told = self.join([]) if self.again(choice) else self.told(choice, choice.id)
        return self.join([self.pieces(choice.best), self.skipped(choice), told])

    def again(self, choice: Choice) -> bool:
        """Whether it is a private-use character that has been told of."""
        known = choice.key in self.signs
        self.signs |= {choice.key} if choice.key else set()
        return known

    def dropped(self, span: Inline) -> T:
        """What the editors do not read."""
        told = span.first and span.kind != "hyphen" and span.value != SEPARATOR
        return self.join([self.skipped(span), self.told(span, span.id) if told else self.join([])])

    def loose(self, words: str) -> T:
        """A blank that goes where what is dropped goes."""
        return self.join([])

    def marked_words(self, span: Inline, inside: T) -> T:
        return self.join([inside, self.told(span, span.id)])

    def told(self, piece: Piece, id: str) -> T:
        said = explanation(self.text, piece)
        return self.foot("text", self.letter(), id, lambda: self.words(f"{said[:1].upper()}{said[1:]}."))

    def letter(self) -> str:
        """a, b … z, aa, ab …"""
        self.letters += 1
        number, mark = self.letters, ""
        while number:
            number, rest = divmod(number - 1, 26)
            mark = chr(ord("a") + rest) + mark
        return mark

    def foot(self, series: Series, mark: str, id: str, said: Callable[[], T]) -> T:
        if self.inner:
            return self.join([self.words(" ["), said(), self.words("]")])
        return self.footnote(series, mark, id, self.aside(said))

    def aside(self, said: Callable[[], T]) -> T:
        """Words in which no note is called."""
        before, self.inner = self.inner, True
        inside = said()
        self.inner = before
        return inside

    # pieces

    def pieces(self, content: Content) -> T:
        return self.join(
            self.loose(str(piece)) if loose else self.piece(piece)
            for piece, loose in hugged(called_before_blanks(content), is_dropped)
        )

    def piece(self, piece: Piece) -> T:
        if isinstance(piece, str):
            return self.words(piece)
        if isinstance(piece, Choice):
            return self.changed(piece)
        if isinstance(piece, Point):
            return self.point(piece)
        if isinstance(piece, TextBlock):
            return self.join([self.words(" "), self.pieces(piece.content), self.words(" ")])
        return self.span(piece)

    def span(self, span: Inline) -> T:
        if span.kind in ("marker", "back", "footnote"):
            return self.own_note(span)
        if is_dropped(span):
            return self.dropped(span)
        told = span.kind in LETTERED and span.first
        content, after = parted(span.content) if told else (span.content, "")
        inside = self.pieces(content)
        if span.kind == "gloss" and not any(
            isinstance(p, Inline) and p.kind == "signature" for p in span.content
        ):
            inside = self.join([inside, self.whose(span)])
        if span.kind == "ref" and "://" in span.value:
            inside = self.linked(span.value, inside)
        inside = self.styled(span.value if span.kind == "emphasis" else span.kind, inside)
        if span.language:
            inside = self.spoken(span.language, inside)
        if span.id in self.wanted:
            self.wanted.discard(span.id)
            inside = self.landing(span.id, span, inside)
        if told:
            inside = self.marked_words(span, inside)
        return self.join([inside, self.words(after)]) if after else inside

    def whose(self, span: Inline) -> T:
        """Whose words an unsigned gloss are: the editors say it."""
        entry = self.text.entry(span.voice)
        if entry is None:
            return self.join([])
        said = self.labels["voice"].format(said=entry.name)
        return self.foot("text", self.letter(), span.id, lambda: self.words(f"{said}."))

    def skipped(self, piece: Choice | Inline) -> T:
        """What leads to words that are not printed leads here: the index, and notes that are called among them."""
        within = [r.content for r in piece.readings] if isinstance(piece, Choice) else [piece.content]
        shown = piece.best if isinstance(piece, Choice) else None
        unseen = [p for content in within if content is not shown for p in walk(content)]
        unseen += [piece] if isinstance(piece, Inline) else []
        spans = [p for p in unseen if isinstance(p, Inline) and p.id in self.wanted]
        self.wanted -= {span.id for span in spans}
        calls = [p for p in unseen if isinstance(p, Point) and p.kind == "call"]
        return self.join(
            [*(self.landing(s.id, s, self.join([])) for s in spans), *(self.point(call) for call in calls)]
        )

    def own_note(self, span: Inline) -> T:
        """A footnote of the source is one again; its sign there is its sign here, and not repeated before its words."""
        if span.kind == "footnote":
            return self.join([]) if span.id in self.marked else self.pieces(span.content)
        if span.kind == "back":
            return self.join([]) if self.inner else self.pieces(span.content)
        body = self.own.get(span.key)
        if body is None:
            return self.pieces(span.content)
        sign = diplomatic(span.content).strip()
        mark = f"[{sign}]" if sign.isalnum() else sign
        return self.foot("own", mark, body.id, lambda: self.spoken_body(body))

    def spoken_body(self, body: Inline | TextBlock) -> T:
        content = stripped(tuple(p for p in body.content if not (isinstance(p, Inline) and p.kind == "back")))
        inside = self.pieces(content)
        return self.spoken(body.language or self.text.language, inside)

    def point(self, point: Point) -> T:
        if point.kind == "call" and (note := self.notes.get(point.key)) is not None:
            return self.foot(
                "note",
                str(note.number),
                note.id,
                lambda: self.editorial(note.content, note.cert, note.sources),
            )
        if point.kind == "gap":
            return self.join([self.words("[…]"), self.told(point, point.id)])
        if point.kind in ("pb", "cb"):
            said = self.labels["page" if point.kind == "pb" else "column"].format(n=point.value or "?")
            inside = self.styled("page", self.words(f"[{said}]"))
            inside = self.linked(point.said, inside) if "://" in point.said else inside
            return inside if point.joined else self.join([inside, self.words(" ")])
        if point.kind == "lb":
            return (
                self.styled("page", self.words("|"))
                if point.joined
                else self.join([self.styled("page", self.words("|")), self.words(" ")])
            )
        if point.kind == "hand" and point.value:
            said = self.labels["hand"].format(said=siglum(self.text, point.value))
            return self.foot("text", self.letter(), point.id, lambda: self.words(f"{said}."))
        return self.join([])

    # words of the editors

    def editorial(self, content: Content, cert: str = "", sources: tuple[str, ...] = ()) -> T:
        inside = self.aside(lambda: self.pieces(stripped(content)))
        said = self.words(sure(self.text, cert)) if cert else self.join([])
        return self.spoken(self.text.tongue, self.join([inside, said, self.cited(sources)]))

    def cited(self, keys: Iterable[str]) -> T:
        names = [cited_as(self.text, key) for key in keys]
        label = self.labels["sources" if len(names) > 1 else "one_source"]
        said = "; ".join(names)
        return self.words(f" {label}: {said}{'' if said.endswith('.') else '.'}") if names else self.join([])

    # behind the text

    def entry(self, entry: RegisterEntry) -> T:
        """An entry of a register in one paragraph."""
        siglum = entry.register == "witnesses" and entry.short not in ("", entry.name)
        called = entry.short if siglum else entry.name
        name = self.styled("bold", self.words(called))
        variants = f" ({self.labels['variants']} {', '.join(entry.variants)})" if entry.variants else ""
        variants += f": {entry.name}" if siglum else ""
        stop = "" if called.endswith((".", "?", "!")) and not variants else "."
        parts = [self.spoken(entry.language, name) if entry.language else name, self.words(variants + stop)]
        parts += self.facts(entry.facts)
        parts += [
            part for label, address in entry.links for part in (self.words(" "), self.link(label, address))
        ]
        parts.append(self.cited(entry.sources))
        if row := self.places.get(entry.key):
            parts += [self.words(" "), self.pages(row)]
        return self.join(parts)

    def link(self, label: str, address: str) -> T:
        """Authorities are printed with their number, and the address is behind it; other addresses in full."""
        return self.linked(
            address, self.words(f"{label} {address.rstrip('/').rsplit('/', 1)[-1]}." if label else address)
        )

    def facts(self, facts: tuple[Fact, ...]) -> Iterator[T]:
        """What is said in a word or two makes one sentence; remarks are sentences already."""
        brief = [fact for fact in facts if fact.name not in REMARKS]
        for k, fact in enumerate(brief):
            label = "" if fact.name in UNLABELLED else f"{self.labels.get(fact.name, fact.name)} "
            yield self.words(" " if k == 0 else "; ")
            yield self.words(label[:1].upper() + label[1:] if k == 0 else label)
            content = unstopped(fact.content)
            told = sure(self.text, fact.cert) in diplomatic(content)
            yield self.editorial(content if label or k else capital(content), "" if told else fact.cert)
        if brief:
            yield self.words(".")
        for fact in facts:
            if fact.name in REMARKS:
                yield self.words(" ")
                yield self.editorial(fact.content, fact.cert)

    def registers(self) -> Iterator[tuple[str, list[T]]]:
        """Heading and paragraphs of each register; dates before what is cited."""
        for register in SHOWN_REGISTERS:
            if register == "bibliography" and self.text.moments:
                yield self.labels["dates"], [self.moment(k) for k in range(len(self.text.moments))]
            if register == "bibliography" and (
                marked := untold_claims(self.text, self.claims_told, self.printed)
            ):
                yield self.labels["marked"], [self.claim(said, found) for said, found in marked.items()]
            entries = [e for e in self.text.entries if e.register == register]
            if entries:
                yield self.labels[register], [self.entry(e) for e in entries]

    def moment(self, number: int) -> T:
        moment = self.text.moments[number]
        said = self.styled("bold", self.words(moment.said))
        return self.join(
            [said, self.words(". "), self.pages(IndexPlace(mention.id) for mention in moment.mentions)]
        )

    def claim(self, said: str, found: Iterable[Claimed]) -> T:
        """What is claimed and not told otherwise, with the words it is claimed of."""
        places = "; ".join(place_said(self.text, one) for one in found)
        return self.join([self.styled("bold", self.words(said)), self.words(f". {places}.")])

    def about(self) -> Iterator[tuple[str, T]]:
        """Rows of the header: what it is, what is said."""
        text, labels = self.text, self.labels
        for _, name in text.editors:
            yield labels["edited_by"], self.words(name)
        for fact in text.facts:
            extra = tuple(key for key in fact.sources if text.entry(key) is None)
            yield labels.get(fact.name, fact.name), self.editorial(fact.content, fact.cert, extra)
        licence = self.words(text.licence)
        yield labels["licence"], self.linked(text.licence_url, licence) if text.licence_url else licence
        yield labels["cite"], self.words(citation(text))


def is_dropped(piece: Piece) -> bool:
    return isinstance(piece, Inline) and piece.kind in DROPPED


def edited_by(text: Text) -> str:
    """Editors, series and year, as in the citation."""
    return citation(replace(text, author="", title="")).removeprefix(". ").removesuffix(".")
