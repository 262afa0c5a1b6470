"""The edition with its words clean: blocks and nothing else in the text, everything said of words in `standOff`.

An annotation points at words with TEI's own scheme (Guidelines, “Linking, Segmentation, and Alignment”):
`#string-range(TEXT,OFFSET,LENGTH)`, where TEXT is the xml:id of `text`, and OFFSET and LENGTH count its code points, which are
those of the seed. Its body holds the element that would stand there, empty of the seed's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from lxml import etree

from edition.encode.tei import PAIRED
from edition.exports.data.web_annotation import MOTIVES
from edition.exports.tei.trees import (
    ALL,
    ID,
    NS,
    TEI_ALL,
    Tree,
    data,
    declare,
    editors,
    exported,
    extents,
    local_name,
    made,
    remove,
    unwrap,
)
from edition.exports.writer import NOT_IN_TEI, Export, Writer
from edition.model.edition import Edition
from edition.model.spans import Place
from edition.model.xml import TEI

DECLARED = (
    "In this file the text has its blocks alone, and all its words are those of the source. What is said "
    "of them stands in standOff: each annotation points with string-range at words of the text (offset "
    "and length in code points) or at another annotation, and holds the element that would stand there, "
    "empty of these words. Names in it point with ref at entries of standOff."
)
BESIDE = ("certainty", "precision", "respons")
"""What is said of another annotation, in the body of which it stands."""


def write(edition: Edition) -> Export:
    return exported(edition, _changed)


def _changed(one: Tree) -> dict[str, bytes]:
    """Takes what is no block out of the text, in the order of the text, into a list of annotations."""
    text = one.part("text")
    places = extents(text)
    anchors = {e.get(ID, ""): places[e][0] for e in text.iter(f"{{{TEI}}}anchor") if e in places}
    found = [e for e in text.iter(etree.Element) if e in places and e not in one.blocks]
    _put(one, _annotations(one, text, found, places, anchors))
    for e in reversed(found):
        remove(e) if editors(e) or places[e][0] == places[e][1] else unwrap(e)
    declare(one, DECLARED)
    return {f"{one.name}.xml": data(one.root, TEI_ALL)}


def _annotations(
    one: Tree,
    text: etree._Element,
    found: list[etree._Element],
    places: dict[etree._Element, Place],
    anchors: dict[str, int],
) -> etree._Element:
    taken = {e.get(ID) for e in one.root.iter(etree.Element)}
    identifiers = _identifiers(one, taken)
    kinds = {mark.key: MOTIVES.get(mark.sort.shape, "classifying") for mark in one.marks}
    listing = made("listAnnotation")
    annotations: dict[str, etree._Element] = {}
    for e in found:
        if local_name(e) == "anchor" or _side(e):
            continue
        if local_name(e) in BESIDE and (about := annotations.get(e.get("target", "")[1:])) is not None:
            e.attrib.pop("target")
            about[0].append(_skeleton(e, places))
            continue
        id = e.get(ID) or identifiers.get(e) or _free("said", taken)
        taken.add(id)
        note = local_name(e) == "note" and editors(e)
        target = _targets(e, anchors, places, text) if note else _range(text, *places[e])
        known = next((kinds[key] for key in one.keys.get(e, ()) if key in kinds), "describing")
        annotation = made("annotation", motivation="commenting" if note else known, target=target)
        annotation.set(ID, id)
        annotation.append(_body(e, places, note))
        annotations[id] = annotation
        listing.append(annotation)
    return listing


def _identifiers(one: Tree, taken: set[str | None]) -> dict[etree._Element, str]:
    """The ids that annotations have in all formats; pieces are numbered."""
    known = {mark.key: mark.id for mark in one.marks}
    found: dict[etree._Element, str] = {}
    for e, keys in one.keys.items():
        wanted = next((known[key] for key in keys if key in known), "")
        if wanted and ID not in e.attrib:
            found[e] = wanted if wanted not in taken else _free(wanted, taken)
            taken.add(found[e])
    return found


def _free(stem: str, taken: set[str | None]) -> str:
    number = 1
    while f"{stem}.{number}" in taken:
        number += 1
    return f"{stem}.{number}"


def _range(text: etree._Element, start: int, end: int) -> str:
    return f"#string-range({text.get(ID)},{start},{end - start})"


def _targets(
    e: etree._Element, anchors: dict[str, int], places: dict[etree._Element, Place], text: etree._Element
) -> str:
    """What a note of the editors is about: annotations, blocks, or words from an anchor on; else the point where it stands."""
    here = places[e][0]
    found = []
    for target in e.attrib.pop("target", "").split():
        begun = anchors.get(target[1:])
        found.append(target if begun is None else _range(text, begun, here))
    return " ".join(found) or _range(text, here, here)


def _body(e: etree._Element, places: dict[etree._Element, Place], note: bool) -> etree._Element:
    """A note is itself the body; any other element stands in one."""
    inner = _skeleton(e, places)
    inner.attrib.pop(ID, None)
    if note:
        return inner
    body = made("note", type="encoding")
    body.append(inner)
    return body


def _skeleton(e: etree._Element, places: dict[etree._Element, Place]) -> etree._Element:
    """A copy without the words of the seed, and without what is said of these: that has annotations of its own."""
    if editors(e) or e not in places:
        whole = copy(e)
        whole.tail = None
        return whole
    bare = etree.Element(e.tag, dict(e.attrib), nsmap=e.nsmap)
    bare.extend(_skeleton(child, places) for child in _parts(e))
    return bare


def _parts(e: etree._Element) -> Iterator[etree._Element]:
    """Of what has two sides, these; of anything else nothing: it stands in the text, or for itself."""
    if local_name(e) in PAIRED:
        yield from e.iterchildren(etree.Element)


def _side(e: etree._Element) -> bool:
    parent = e.getparent()
    return parent is not None and local_name(parent) in PAIRED


def _put(one: Tree, listing: etree._Element) -> None:
    if len(listing) == 0:
        return
    stand = one.root.find("t:standOff", NS)
    if stand is None:
        stand = made("standOff")
        one.part("text").addprevious(stand)
    stand.append(listing)


WRITER = Writer(
    name="tei-standoff",
    tool="whatever wants clean text and resolves TEI's string-range pointers",
    carries="everything",
    cannot="entries of registers that no text points at",
    opened="a resolver of string-range finds the words of every annotation, and they are those of the seed; the "
    "elements in the annotations, at their words, are all elements of the edition that are no blocks; "
    "jing with tei_all",
    about="A file a text. The text has its blocks and no other elements, and its words are the source's. "
    "Everything else stands in standOff/listAnnotation: an annotation with the identifier it has in all "
    "formats, its target (offset and length in code points of the text, white space included), and in "
    "its body the element that would stand there. An editor's note is itself the body and points at what "
    "it is about, be it words, a block or another annotation.",
    subjects=ALL,
    write=write,
    omits=NOT_IN_TEI,
)
