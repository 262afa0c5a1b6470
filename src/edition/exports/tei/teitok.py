"""TEITOK: the text in tokens. A correction of a word is the normal form of its token.

TEITOK reads files without namespace, with @id for @xml:id and words as `tok` (TEITOK's help, “teixml”; its own
converter teip52teitok.pl does the same). Of a token, @form is said where it is not simply what stands in it, @nform where
the editors read another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from lxml import etree

from edition.exports.readers.private_use import pointed
from edition.exports.tei.trees import (
    ID,
    SPACE,
    Tree,
    data,
    declare,
    editors,
    exported,
    extents,
    known_uris,
    local_name,
    loosen,
    made,
    one_line,
    remove,
    remove_all,
    rename,
    unwrap,
    with_keys,
)
from edition.exports.tokens import tokens
from edition.exports.writer import NOT_IN_TEI, Export, Omission, Writer
from edition.model.edition import Edition
from edition.model.spans import Place
from edition.model.xml import TEI

AUTHORITIES = ("wikidata", "gnd", "viaf", "geonames")
SIDES = {"sic": "corr", "orig": "reg", "abbr": "expan"}
DECLARED = (
    "Names have in key the key of their entry, and in ref its URI, if an authority knows it. A "
    "correction stands in corr at the words of the source (sic), a normal form in reg (orig), an "
    "expansion in expan (abbr), and in nform of a token where it is of one word."
)
_hyphen = re.compile(r"[-‐¬⸗=]?\s+")
_word = r"[\w\ue000-\uf8ff\U000f0000-\U0010fffd]+"  # private-use characters are letters
_before = re.compile(rf"{_word}[-‐¬⸗=]?\s*$").search
_after = re.compile(_word).match


def write(edition: Edition) -> Export:
    known = known_uris(edition, AUTHORITIES)
    keys = edition.project.registers.entries

    def changed(one: Tree) -> dict[str, bytes]:
        remove_all(one.root, "t:standOff")
        text = one.part("text")
        for e in reversed([*text.iter(f"{{{TEI}}}choice")]):
            _sided(e)
        _tokenised(text, one.built.document.seed.text)
        _normal(text)
        _standard(one)
        with_keys(one.root, keys, known)
        loosen(one.root)
        declare(one, DECLARED)
        return {f"xmlfiles/{one.name}.xml": _file(one)}

    return exported(edition, changed, ("annotations", "blocks", "texts"))


def _sided(e: etree._Element) -> None:
    """A choice is the element of the seed's side, with the other side in an attribute, as in TEI P4."""
    side = next((child for child in e if local_name(child) in SIDES), None)
    others = [child for child in e if local_name(child) in SIDES.values()]
    if side is None or not others:
        return
    tag, inner = local_name(side), dict(side.attrib)
    for key in ("resp", "cert", "source"):
        inner[key] = others[0].get(key, "")
    reading = one_line(others[0])
    for other in [child for child in e if child is not side]:
        remove(other)
    unwrap(side)
    rename(e, tag, **{SIDES[tag]: reading, **inner})


def _file(one: Tree) -> bytes:
    for e in one.root.iter(etree.Element):
        if ID in e.attrib:
            e.set("id", e.attrib.pop(ID))
        e.attrib.pop(SPACE, None)
    return data(one.root).replace(f' xmlns="{TEI}"'.encode(), f' xmlnsoff="{TEI}"'.encode(), 1)


# tokens


def _tokenised(text: etree._Element, seed: str) -> None:
    """Puts every word into a `tok`. What crosses the edge of an element is cut there; what stands in a word stays in it."""
    places = extents(text)
    slots = _slots(text)
    found = [*_words(seed, places)]
    taken = {e.get(ID) for e in text.iter(etree.Element)}
    numbers = (f"w-{k}" for k in range(1, len(found) + len(taken) + 1) if f"w-{k}" not in taken)
    named = [*zip(found, numbers, strict=False)]
    at = len(slots) - 1
    for (start, end), id in reversed(named):
        while slots[at][0] > start or (slots[at][0] == start and not _holds(slots[at], start)):
            at -= 1
        _wrap(slots, at, places, start, end, id)


Slot = tuple[int, etree._Element, bool, int]
"""Where a text node of the seed begins, the element it stands in or (True) behind, and how long it is."""


def _holds(slot: Slot, offset: int) -> bool:
    return slot[0] <= offset < slot[0] + slot[3]


def _slots(text: etree._Element) -> list[Slot]:
    """The text nodes of the seed, in their order; none is empty."""
    found: list[Slot] = []
    at = silent = 0
    for event, e in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            silent += bool(silent or editors(e))
            words, behind = e.text, False
        else:
            silent -= silent > 0
            words, behind = (None if e is text else e.tail), True
        if words and not silent:
            found.append((at, e, behind, len(words)))
            at += len(words)
    return found


def _words(seed: str, places: Mapping[etree._Element, Place]) -> Iterator[Place]:
    """Words, and all other characters singly; one word where a break in a word says so."""
    joined = dict(_joined(seed, places))
    spans = {place for place in places.values() if place[0] < place[1]}
    edges = sorted({offset for place in spans for offset in place})
    done = 0
    for start, end in tokens(seed, 0, len(seed), joined):
        if start < done:
            continue
        done = joined.get(start, end)
        yield from _cut(start, done, spans, edges)


def _joined(seed: str, places: Mapping[etree._Element, Place]) -> Iterator[Place]:
    for e, (at, _) in places.items():
        if e.get("break") == "no" and (first := _before(seed, 0, at)) and (last := _after(seed, at)):
            yield first.start(), last.end()


def _cut(start: int, end: int, spans: Iterable[Place], edges: list[int]) -> Iterator[Place]:
    """At the first edge in it of an element that does not lie within it."""
    for edge in edges[bisect_right(edges, start) : bisect_left(edges, end)]:
        if any(edge in span and not (start <= span[0] and span[1] <= end) for span in spans):
            yield from _cut(start, edge, spans, edges)
            yield from _cut(edge, end, spans, edges)
            return
    yield start, end


def _wrap(
    slots: list[Slot], at: int, places: Mapping[etree._Element, Place], start: int, end: int, id: str
) -> None:
    """One token: words of one text node, or of several with the elements between them."""
    begin, e, behind, _ = slots[at]
    outer, first = _outside(e, behind, places, start, end)
    offset = start - begin if first is None else -1
    if first is None:
        words = (e.tail if behind else e.text) or ""
    tok = made("tok", id=id)
    if first is None and end - begin <= len(words):
        tok.text, tok.tail = words[offset : end - begin], words[end - begin :] or None
        _keep(e, behind, words[:offset])
        outer.insert(outer.index(e) + 1 if behind else 0, tok)
        return
    if first is None:
        tok.text = words[offset:]
        _keep(e, behind, words[:offset])
        place = outer.index(e) + 1 if behind else 0
    else:
        place = outer.index(first)
    done = start + len(tok.text or "")
    outer.insert(place, tok)
    while done < end:
        child = outer[place + 1]
        done = max(done, places[child][1]) if child in places else done
        tail = child.tail or ""
        tok.append(child)
        inside = min(len(tail), max(0, end - done))
        child.tail, rest = tail[:inside] or None, tail[inside:]
        done += inside
        if done >= end:
            tok.tail = rest or None
    whole = "".join(_of_seed(tok))
    if _hyphen.search(whole):
        tok.set("form", _hyphen.sub("", whole))


def _of_seed(e: etree._Element) -> Iterator[str]:
    yield e.text or ""
    for child in e:
        if not editors(child):
            yield from _of_seed(child)
        yield child.tail or ""


def _outside(
    e: etree._Element, behind: bool, places: Mapping[etree._Element, Place], start: int, end: int
) -> tuple[etree._Element, etree._Element | None]:
    """The element that a token shall stand in, and the child of it that the token begins with, if it begins with one."""
    outer = e.getparent() if behind else e
    assert outer is not None
    first = None
    while (
        (places[outer] != (start, end) or local_name(outer) == "g")
        and start <= places[outer][0]
        and places[outer][1] <= end
    ):
        first = outer
        above = outer.getparent()
        assert above is not None
        outer = above
    return outer, first


def _keep(e: etree._Element, behind: bool, words: str) -> None:
    if behind:
        e.tail = words or None
    else:
        e.text = words or None


def _normal(text: etree._Element) -> None:
    """The editors' reading: of one word, whatever it is; of several, word by word if each resembles the other."""
    for e in text.iter(*(f"{{{TEI}}}{side}" for side in SIDES)):
        reading = e.get(SIDES[local_name(e)], "")
        words = [reading[a:b] for a, b in tokens(reading, 0, len(reading))]
        inside = [*e.iter(f"{{{TEI}}}tok")]
        pairs = [*zip(inside, words, strict=False)]
        if len(inside) == 1:
            inside[0].set("nform", reading)
        elif len(inside) == len(words) and all(_alike("".join(_of_seed(tok)), word) for tok, word in pairs):
            for tok, word in pairs:
                if "".join(_of_seed(tok)) != word:
                    tok.set("nform", word)


def _standard(one: Tree) -> None:
    """The normal form of a token with private-use characters has the standard ones."""
    known = one.signs
    for tok in one.part("text").iter(f"{{{TEI}}}tok"):
        form = tok.get("form") or "".join(_of_seed(tok))
        plainer = form
        for e in tok.iter(f"{{{TEI}}}g"):
            if (sign := pointed(e, known)) and sign.standard:
                plainer = plainer.replace("".join(_of_seed(e)), sign.standard)
        if plainer != form and "nform" not in tok.attrib:
            tok.set("nform", plainer)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() > 0.5


WRITER = Writer(
    name="teitok",
    tool="TEITOK",
    carries="the text in tokens with their normal forms; blocks, names, dates, glosses and notes as elements "
    "around them",
    cannot="registers (names have key and URI), sources, links and relations; sentences, lemmas and word "
    "classes. A correction that does not go word by word is no normal form of tokens: it stands at the "
    "words",
    opened="TEITOK and its converter are in no package registry. What its help asks for is checked: no "
    "namespace, unique ids, no token in a token, every word of the source in one token and none of the "
    "editors'; the text is the seed",
    about="A file a text, to be put into xmlfiles/. Tokens are w-1, w-2 …; a word that a line break divides is "
    "one token. What the editors correct, normalise or expand is `sic`, `orig` or `abbr` around the "
    "words, with the other reading in @corr, @reg or @expan, and @nform of the token where it is of one "
    "word or goes word by word. Words of the editors (notes, what is supplied) are in no token.",
    subjects=("annotations", "blocks", "texts"),
    write=write,
    omits=(
        Omission("TEITOK reads header and text only", of="link"),
        Omission("TEITOK reads header and text only", of="relation", kept="comment id"),
        Omission("the registers are not in the file", "source who"),
        Omission("the registers are not in the file", "value or", of="bibl"),
        Omission("a token has one normal form", "or", of="choice"),
        *NOT_IN_TEI,
    ),
)
