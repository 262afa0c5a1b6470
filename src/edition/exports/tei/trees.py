"""The tree of an edition, read from its own bytes, to be made into what another tool reads. Its words stay what they are.

A `Tree` knows which annotation or block wrote which element, and keeps the account of what is taken out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.tei import WORDS
from edition.exports.annotations import AnnotationRow, annotation_rows, block_rows
from edition.exports.readers.private_use import Sign, described_signs, pointed
from edition.exports.readers.tagged import of_header
from edition.exports.uris import uri
from edition.exports.writer import Export, Lost, Subject
from edition.model.edition import Built, Edition
from edition.model.events import BLOCK, start_tags
from edition.model.xml import TEI, XML

ID, LANG, SPACE = (f"{{{XML}}}{name}" for name in ("id", "lang", "space"))
TEI_ALL = (
    '<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>'
)
MIXED = ("p", "note", "head", "item", "licence", "bibl", "desc", "title", "label", "ab", "quote")
"""Elements in the header that hold words: they stay as they are even if there are none between their elements."""
NS = {"t": TEI, "xml": XML}
KEPT = ("comment",)
"""What is not lost with the element of an annotation: it is a note of its own."""
ALL: tuple[Subject, ...] = ("annotations", "blocks", "entries", "texts")
_in = f"{{{TEI}}}"


@dataclass(slots=True)
class Tree:
    """One edition, to be changed in place.

    built   the text as it was built
    keys    element → the keys of the annotation or block that wrote it
    blocks  the elements of `text` that are blocks, and not words in a line
    marks   the annotations of the text
    signs   private-use characters that the header describes
    lost    what the new form does not carry, by its key and field
    """

    built: Built
    root: etree._Element
    keys: dict[etree._Element, tuple[str, ...]]
    blocks: frozenset[etree._Element]
    marks: tuple[AnnotationRow, ...]
    signs: Mapping[str, Sign] = field(default_factory=dict)
    lost: dict[tuple[str, str], Lost] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.built.name

    def part(self, path: str) -> etree._Element:
        """The element at a path of names (`teiHeader/fileDesc`), which must be there."""
        found = self.root.find("/".join(_in + name for name in path.split("/")))
        assert found is not None, path
        return found

    def lose(self, e: etree._Element, why: str, of: str = "", kept: str = "") -> None:
        """What wrote the element is lost, but for some fields; or one field of it."""
        for key in self.keys.get(e, ()) if why else ():
            self.lost.setdefault((key, of), Lost(key, why, of, (*KEPT, *kept.split())))

    def unwrap(self, e: etree._Element, why: str = "") -> None:
        """Takes the tags away and leaves the words of the source that are in them. With `why`, what wrote it is lost."""
        self.lose(e, why)
        if editors(e):
            remove(e)
        else:
            unwrap(e)

    def remove(self, e: etree._Element, why: str = "") -> None:
        """Takes an element away with all that is in it."""
        for inner in e.iter(etree.Element) if why else ():
            self.lose(inner, why)
        remove(e)


def tree_of(edition: Edition, built: Built) -> Tree:
    """A text that was built: its data must be there."""
    assert built.data is not None
    root = parse(built.data)
    text = root.find(f"{_in}text")
    assert text is not None
    elements = [*text.iter(etree.Element)]
    places = _numbers(built)
    keys: dict[etree._Element, tuple[str, ...]] = {}
    found = annotation_rows(edition.project, built)
    wrote = [(mark.element, mark.key) for mark in found] + [
        (block.element, block.key) for block in block_rows(built)
    ]
    for origin, key in wrote:
        for number in places.get(origin, ()):
            keys[elements[number]] = (*keys.get(elements[number], ()), key)
    solid = {
        elements[number]
        for k, e in enumerate(built.composed.on_seed)
        for number in places.get(k, ())
        if e.cutting == BLOCK or e.name == "cell"  # one that is empty is a point
    }
    solid |= {e for e in elements if local_name(e) in ("text", "body")}
    known = described_signs(of_header(built.header)) if built.header else {}
    return Tree(built, root, keys, frozenset(solid), found, known)


def _numbers(built: Built) -> dict[int, list[int]]:
    """Elements of `composed` → their numbers within `text`, which itself is 0. One that was cut has several."""
    found: dict[int, list[int]] = {}
    for number, event in start_tags(built.composed):
        found.setdefault(event[1], []).append(number)
    return found


def local_name(e: etree._Element) -> str:
    return etree.QName(e).localname


def rename(e: etree._Element, to: str, **attributes: str) -> None:
    """Another element of TEI in its place; attributes that are "" are not set."""
    e.tag = _in + to
    for key, value in attributes.items():
        if value:
            e.set(key, value)


def made(to: str, text: str = "", **attributes: str) -> etree._Element:
    """A new element of TEI."""
    e = etree.Element(_in + to, {key: value for key, value in attributes.items() if value}, nsmap={None: TEI})
    e.text = text or None
    return e


def put(parent: etree._Element, at: int, words: str | None) -> None:
    """Words before the child number `at`."""
    if not words:
        return
    if at == 0:
        parent.text = (parent.text or "") + words
    else:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words


def unwrap(e: etree._Element) -> None:
    parent = e.getparent()
    assert parent is not None
    at, children = parent.index(e), [*e]
    put(parent, at, e.text)
    for k, child in enumerate(children):
        parent.insert(at + k, child)
    put(parent, at + len(children), e.tail)
    parent.remove(e)


def remove(e: etree._Element) -> None:
    parent = e.getparent()
    assert parent is not None
    put(parent, parent.index(e), e.tail)
    parent.remove(e)


def declare(one: Tree, words: str, replaced: str = "interpretation") -> None:
    """Says in the header, in English, what is other in this file; instead of what is said there and no longer so."""
    place = one.root.find("t:teiHeader/t:encodingDesc/t:editorialDecl", NS)
    if place is None:
        return
    for tag in replaced.split():
        for old in place.findall(f"t:{tag}", NS):
            if ID not in old.attrib:
                remove(old)
    said = made("interpretation")
    said.append(made("p", words))
    said[0].set(LANG, "en")
    place.append(said)


def without_signs(one: Tree) -> str:
    """Private-use characters for a format that has no `charDecl`: standard characters are their normal form.

    What they are is returned in words, for the header.
    """
    known = one.signs
    for e in [*one.part("text").iter(f"{_in}g")]:
        sign = pointed(e, known)
        if sign is None or not sign.standard:
            unwrap(e)
            continue
        original, regular = made("orig", e.text or ""), made("reg", sign.standard)
        e.text = None
        e.attrib.clear()
        e.extend([original, regular])
        rename(e, "choice")
    remove_all(one.root, "t:teiHeader/t:encodingDesc/t:charDecl")
    return "".join(f" {s.code} is a private-use character of the source: {s.said}." for s in known.values())


def indented(e: etree._Element, depth: int = 0) -> None:
    """Indents what holds elements only: header, lists, files of registers; never a text."""
    children = [*e]
    whole = all(not (part or "").strip() for part in (e.text, *(child.tail for child in children)))
    if not children or not whole or local_name(e) in MIXED:
        return
    e.text = "\n" + "  " * (depth + 1)
    for child in children:
        indented(child, depth + 1)
        child.tail = e.text
    children[-1].tail = "\n" + "  " * depth


def editors(e: etree._Element) -> bool:
    """Whether its words are the editors' and not the seed's: it says so itself."""
    return WORDS in e.get("change", "").split()


def seed(e: etree._Element) -> str:
    """The words of the seed in an element."""
    return "".join(_seed(e))


def _seed(e: etree._Element) -> Iterator[str]:
    if isinstance(e.tag, str) and not editors(e):
        yield e.text or ""
        for child in e:
            yield from _seed(child)
            yield child.tail or ""


def extents(text: etree._Element) -> dict[etree._Element, tuple[int, int]]:
    """Of each element that is not within words of the editors: the code points of the seed in it."""
    found: dict[etree._Element, tuple[int, int]] = {}
    begun: list[int] = []
    at = silent = 0
    for event, e in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            if not silent:
                found[e] = (at, at)
            silent += bool(silent or editors(e))
            begun.append(at)
            at += len(e.text or "") if not silent else 0
            continue
        first = begun.pop()
        if e in found:
            found[e] = (first, at)
        silent -= silent > 0
        if e is not text and not silent:
            at += len(e.tail or "")
    return found


def known_uris(edition: Edition, authorities: tuple[str, ...]) -> dict[str, str]:
    """Keys of the entries that one of these authorities knows → the URI that the first of them gives."""
    entries = edition.project.registers.entries.items()
    return {key: found for key, entry in entries if (found := uri(entry, authorities))}


def with_keys(root: etree._Element, keys: Container[str], uris: Mapping[str, str]) -> None:
    """Names say in @key whose entry is meant, and in @ref its URI, where the registers are not in the file."""
    for e in root.iter(etree.Element):
        key = e.get("ref", "").removeprefix("#")
        if key in keys:
            e.set("key", key)
            del e.attrib["ref"]
            if key in uris:
                e.set("ref", uris[key])
        elif e.get("match") == "@ref" and (key := e.get("assertedValue", "")[1:]) in keys:
            e.set("match", "@key")
            e.set("assertedValue", key)


def without_apparatus(one: Tree, why: str) -> None:
    """Of an apparatus, what the source has."""
    for e in [*one.part("text").iter(f"{_in}app")]:
        one.lose(e, why)
        for inner in [*e.iterfind("t:lem", NS), *e.iterfind("t:rdg", NS)]:
            remove(inner) if editors(inner) else unwrap(inner)
        unwrap(e)


def remove_all(root: etree._Element, *paths: str) -> None:
    """Takes away all that is at these paths."""
    for path in paths:
        for e in root.findall(path, NS):
            remove(e)


def repoint(root: etree._Element, places: Mapping[str, str]) -> None:
    """Pointers at `#id` lead to where that now is."""
    for e in root.iter(etree.Element):
        for key, value in e.items():
            if "#" in value and (new := _repointed(value, places)) != value:
                e.set(key, new)


def _repointed(value: str, places: Mapping[str, str]) -> str:
    parts = value.split()
    led = [places.get(part[1:], part) if part.startswith("#") else part for part in parts]
    return value if led == parts else " ".join(led)


def loosen(root: etree._Element) -> None:
    """Pointers at what is no longer there are taken away; a @rendition may be one that a format knows by itself."""
    there = {e.get(ID) for e in root.iter(etree.Element)}
    for e in root.iter(etree.Element):
        for key, value in e.items():
            parts = value.split()
            if parts and key != "rendition" and all(part.startswith("#") for part in parts):
                kept = [part for part in parts if part[1:] in there]
                if not kept:
                    del e.attrib[key]
                elif kept != parts:
                    e.set(key, " ".join(kept))


def one_line(e: etree._Element) -> str:
    """Its words on one line."""
    return " ".join("".join(e.itertext(f"{_in}*")).split())


def data(root: etree._Element, *instructions: str) -> bytes:
    """The bytes of a file: what stands before the root, a line each; nothing is indented."""
    etree.cleanup_namespaces(root)
    for e in root.iterchildren(f"{_in}teiHeader", f"{_in}standOff"):
        indented(e)
        e.tail = "\n"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        *instructions,
        etree.tostring(root, encoding="unicode", with_tail=False),
    ]
    return ("\n".join(lines) + "\n").encode()


Changed = Callable[[Tree], dict[str, bytes]]
"""A profile: it changes the tree of a text, keeps the account of what goes, and gives the files that are made of it."""


def exported(
    edition: Edition,
    changed: Changed,
    which: tuple[Subject, ...] = ALL,
    beside: Mapping[str, bytes] = MappingProxyType({}),
    elsewhere: Container[str] = (),
) -> Export:
    """Every text through one profile; what is not lost is carried.

    beside     files that are not of one text
    elsewhere  keys of the entries in them: those that are in no file are lost
    """
    files: dict[str, bytes] = {}
    lost: list[Lost] = []
    trees = [tree_of(edition, built) for built in edition.documents]
    if "entries" in which:
        there = {e.get(ID) for one in trees for e in one.root.iter(etree.Element)}
        absent = [
            key for key in edition.project.registers.entries if key not in there and key not in elsewhere
        ]
        lost += [Lost(key, "no text points at it") for key in absent]
    for one in trees:
        files |= changed(one)
        lost += one.lost.values()
    return Export({**files, **beside}, tuple(lost))
