"""The registers of an edition's `standOff`, categories, voices and witnesses of its header → entries for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from edition.dates.tei import date_order
from edition.dates.words import in_words
from edition.exports.readers.model import (
    Choice,
    Content,
    Fact,
    IndexedDate,
    Inline,
    Mention,
    Note,
    RegisterEntry,
    TextBlock,
    walk,
)
from edition.exports.readers.wording import diplomatic
from edition.model.xml import TEI, XML

ReadContent = Callable[[etree._Element], Content]
NAMES = ("persName", "placeName", "orgName", "eventName", "objectName", "title")
LISTS = ("people", "places", "orgs", "events", "objects", "works", "bibliography")
FACTS = {
    "birth": "birth", "death": "death", "floruit": "floruit", "occupation": "occupation", "country": "country",
    "date": "date", "pubPlace": "pubplace", "publisher": "publisher", "author": "author", "editor": "editor",
}  # fmt: skip
LIVES = ("birth", "death", "floruit")
_in = f"{{{TEI}}}"


def name(e: etree._Element) -> str:
    return etree.QName(e).localname


def read_entries(
    root: etree._Element, content: ReadContent, mentions: Mapping[str, Sequence[Mention]]
) -> tuple[RegisterEntry, ...]:
    """In the order of the TEI: by register, then by key."""
    found: list[RegisterEntry] = []
    stand = root.find(f"{_in}standOff")
    for group in stand if stand is not None else ():
        register = group.get("type", "")
        if register in LISTS:
            for e in group:
                own = "groups" if name(e) == "personGrp" else register
                found.append(_entry(e, own, content, tuple(mentions.get(_id(e), ()))))
    header = root.find(f"{_in}teiHeader")
    assert header is not None
    found += [_voice(e, content) for e in header.iter(f"{_in}respStmt") if _id(e)]
    found += [
        RegisterEntry(
            _id(e), "witnesses", _witness(e), facts=tuple(_notes(e, content)), short=e.get("n") or _id(e)
        )
        for e in header.iter(f"{_in}witness")
    ]
    found += [
        RegisterEntry(_id(e), "taxonomy", _category(e), facts=tuple(_notes(e, content)))
        for e in header.iter(f"{_in}category")
    ]
    found += [_hand(e, content) for e in header.iter(f"{_in}handNote")]
    return tuple(found)


def _id(e: etree._Element) -> str:
    return e.get(f"{{{XML}}}id", "")


def _keys(e: etree._Element) -> tuple[str, ...]:
    return tuple(key.removeprefix("#") for key in e.get("source", "").split())


def _entry(
    e: etree._Element, register: str, content: ReadContent, mentions: tuple[Mention, ...]
) -> RegisterEntry:
    inside = [child for part in e for child in (part if name(part) == "objectIdentifier" else (part,))]
    names = [child for child in inside if name(child) in NAMES]
    best, *others = names or [e]
    facts = tuple(_facts(e, inside, content))
    links = [(child.get("type") or "", _plain(child)) for child in inside if name(child) == "idno"]
    links += [("", child.get("target", "")) for child in e if name(child) == "ptr"]
    entry = RegisterEntry(
        _id(e),
        register,
        _plain(best),
        best.get(f"{{{XML}}}lang", ""),
        tuple(dict.fromkeys(_plain(other) for other in others if _plain(other) != _plain(best))),
        "",
        facts,
        tuple((label, address) for label, address in links if "://" in address),
        _keys(e),
        mentions,
    )
    return _shortened(entry, e)


def _shortened(entry: RegisterEntry, e: etree._Element) -> RegisterEntry:
    """Name, years, and what is said first: what a reader is told in passing."""
    years = "–".join(_year(e, tag) for tag in ("birth", "death")).strip("–")
    said = {fact.name: diplomatic(fact.content) for fact in reversed(entry.facts)}
    if entry.register == "bibliography":
        return replace(entry, short=said.get("cited", entry.name))
    about = said.get("about", "")
    named = f"{entry.name} ({years})" if years else entry.name
    return replace(entry, short=f"{named}. {about}" if about else named)


def _year(e: etree._Element, tag: str) -> str:
    found = e.find(f"{_in}{tag}")
    value = (found.get("when") or found.get("notBefore") or "") if found is not None else ""
    return value[:4].lstrip("0") if value[:1].isdigit() else ""


def _facts(e: etree._Element, inside: list[etree._Element], content: ReadContent) -> Iterator[Fact]:
    if name(e) == "bibl" and (cited := _cited(e)) != e.findtext(f"{_in}title"):
        yield Fact("cited", (cited,))
    if name(e) != "bibl":
        for child in inside:
            if (fact := FACTS.get(name(child))) is not None:
                yield Fact(fact, _own(child, content), child.get("cert", ""), _keys(child))
            elif name(child) == "event" and child.get("type"):
                yield Fact(child.get("type", ""), (_plain(child),), child.get("cert", ""))
            elif name(child) == "location":
                yield Fact("location", (_plain(child),))
        if name(e) == "event" and not e.findall(f"{_in}note[@type='date']"):
            tongue = (
                "de" if (e.xpath("ancestor::*[@xml:lang][last()]/@xml:lang") or ["en"])[0] == "de" else "en"
            )
            if words := in_words({str(k): str(v) for k, v in e.attrib.items()}, tongue):
                yield Fact("date", (words,))
    yield from _notes(e, content)


def _own(e: etree._Element, content: ReadContent) -> Content:
    """The words of a fact, its comment in parentheses after them."""
    return tuple(piece for part in content(e) for piece in _flat(part))


def _flat(piece: object) -> Iterator[str]:
    if isinstance(piece, str):
        yield " ".join(piece.split()) if not piece.strip() else piece
    elif isinstance(piece, Inline):
        words = diplomatic(piece.content)
        yield f" ({words.strip().rstrip('.')})" if piece.kind == "comment" else words


def _notes(e: etree._Element, content: ReadContent) -> Iterator[Fact]:
    for note in e.findall(f"{_in}note"):
        yield Fact(note.get("type", "about"), content(note), note.get("cert", ""), _keys(note))


def _plain(e: etree._Element) -> str:
    return " ".join("".join(e.itertext(f"{_in}*")).split())


def _said(e: etree._Element) -> str:
    """Its words without its notes."""
    words = [e.text or ""]
    for child in e:
        words += ["" if name(child) == "note" else _plain(child), child.tail or ""]
    return " ".join("".join(words).split())


def _witness(e: etree._Element) -> str:
    """What is said of a witness beside its siglum."""
    parts = [
        part
        for child in e
        if name(child) not in ("abbr", "note")
        for part in (child if len(child) else [child])
    ]
    said = ", ".join(_plain(part) for part in parts if name(part) not in ("note", "ptr"))
    return said or " ".join((e.text or "").split()) or _id(e)


def _hand(e: etree._Element, content: ReadContent) -> RegisterEntry:
    """Its label; then whose it is, what it is written with."""
    label = e.find(f"{_in}label")
    named = _plain(label) if label is not None else _said(e)
    whose = ", ".join(_plain(child) for child in e if name(child) not in ("label", "note"))
    facts = (*((Fact("about", (whose,)),) if whose else ()), *_notes(e, content))
    return RegisterEntry(_id(e), "hands", named, short=f"{named}, {whose}" if whose else named, facts=facts)


def _category(e: etree._Element) -> str:
    found = e.find(f"{_in}catDesc")
    return _plain(found) if found is not None else _id(e)


def _voice(e: etree._Element, content: ReadContent) -> RegisterEntry:
    resp, names = e.find(f"{_in}resp"), [child for child in e if name(child) in (*NAMES, "name")]
    role = (Fact("role", (_plain(resp),)),) if resp is not None else ()
    called = _plain(names[0]) if names else _id(e)
    short = f"{called}, {_plain(resp)}" if resp is not None else called
    return RegisterEntry(
        _id(e), "voices", called, short=short, facts=(*role, *_notes(e, content)), sources=_keys(e)
    )


def _cited(e: etree._Element) -> str:
    """A reference as it is cited: author, title, where it stands, place, publisher, date, pages."""

    def of(tag: str) -> str:
        found = next((child for child in e if name(child) == tag), None)
        return _plain(found) if found is not None else ""

    place = ": ".join(filter(None, (of("pubPlace"), of("publisher"))))
    parts = [
        of("author"),
        of("title"),
        of("bibl") and f"in: {of('bibl')}",
        place,
        of("date"),
        of("biblScope"),
    ]
    return ", ".join(filter(None, parts))


Found = Iterator[tuple[Inline, str, int]]


def indexes(
    body: TextBlock, notes: Sequence[Note]
) -> tuple[dict[str, tuple[Mention, ...]], tuple[IndexedDate, ...]]:
    """Mentions by the key of their entry; dates in their order. Those of a text first, then those of its notes."""
    named: dict[str, list[Mention]] = {}
    dated: dict[tuple[str, str], list[Mention]] = {}
    spans = [*_spans(body.content, "", 0)]
    for note in notes:
        spans += _spans(note.content, note.place, note.number)
    for span, place, note_number in spans:
        mention = Mention(span.id, place, note_number)
        if span.kind in ("name", "reference") and span.key:
            named.setdefault(span.key, []).append(mention)
        elif span.kind in ("date", "duration") and span.said:
            dated.setdefault((span.value, span.said), []).append(mention)
    moments = [
        IndexedDate(value, said, date_order(value), tuple(places)) for (value, said), places in dated.items()
    ]
    return (
        {key: tuple(places) for key, places in named.items()},
        tuple(sorted(moments, key=lambda moment: (moment.order, moment.value, moment.said))),
    )


def _spans(content: Content, place: str, note: int) -> Found:
    """Spans that begin here. What a reading of the editors' names again, they do not mention again."""
    for piece in content:
        if isinstance(piece, Choice):
            own = {(s.kind, s.key, s.value) for s in walk(piece.seed) if isinstance(s, Inline)}
            for reading in piece.readings:
                found = _spans(reading.content, place, note)
                yield from (one for one in found if not reading.ours or _what(one[0]) not in own)
        elif isinstance(piece, TextBlock):
            yield from _spans(piece.content, place if piece.flow else piece.n or place, note)
        elif isinstance(piece, Inline):
            if piece.first:
                yield piece, place, note
            yield from _spans(piece.content, place, note)


def _what(span: Inline) -> tuple[str, str, str]:
    return span.kind, span.key, span.value
