"""The registers of a project as elements of TEI, for tools that keep them in files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.header.standoff import standoff
from edition.exports.tei.trees import ID, NS, Tree, local_name, made, remove
from edition.model.edition import Edition
from edition.model.vocabulary import LISTED, REGISTERS
from edition.model.xml import TEI, render
from edition.read.project import language, spoken

NAMES = ("persName", "placeName", "orgName", "eventName", "objectName", "title")


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry as an element, and the relations that are told with it: those whose first end it is.

    said: the attributes of these, as they are in the texts: pointers in the elements may lead elsewhere later.
    """

    key: str
    register: str
    element: etree._Element
    relations: tuple[etree._Element, ...]
    said: tuple[dict[str, str], ...]


def filed(edition: Edition) -> tuple[Filed, ...]:
    """All entries that TEI has lists for, in the language of the project, by key."""
    registers = edition.project.registers
    tongue = _tongue(edition)
    keys = [entry.key for entry in registers.entries.values() if entry.register in LISTED]
    lists, _ = standoff(keys, registers, tongue)
    if lists is None:
        return ()
    root = parse(f'<TEI xmlns="{TEI}" xml:lang="{tongue}">{render(lists)}</TEI>'.encode())
    told: dict[str, list[etree._Element]] = {}
    for relation in root.iterfind(".//t:listRelation/t:relation", NS):
        told.setdefault(home(relation), []).append(_single(relation))
    found = {e.get(ID, ""): e for e in root.iterfind("t:standOff/*/*", NS)}
    return tuple(
        Filed(
            key,
            registers.entries[key].register,
            _single(found[key]),
            tuple(told.get(key, ())),
            tuple({**relation.attrib} for relation in told.get(key, ())),
        )
        for key in sorted(keys)
        if key in found
    )


def _tongue(edition: Edition) -> str:
    """Of the project, or else of its first text."""
    own = spoken(edition.project.settings)
    if own or not edition.documents:
        return own or "en"
    return language(edition.project, edition.documents[0].document)


def home(relation: etree._Element) -> str:
    """The key of the entry that a relation stands with: its first active or mutual end."""
    ends = (relation.get("active") or relation.get("mutual") or relation.get("passive") or "").split()
    return ends[0].removeprefix("#") if ends else ""


def _single(e: etree._Element) -> etree._Element:
    e.tail = None
    return e


def names(e: etree._Element) -> Iterator[etree._Element]:
    """The names of an entry, the main one first."""
    inside = [child for part in e for child in (part if local_name(part) == "objectIdentifier" else (part,))]
    found = [child for child in inside if local_name(child) in NAMES]
    yield from sorted(found, key=lambda child: child.get("type") != "main")


def put_in_lists(root: etree._Element, path: str, entries: Iterable[Filed]) -> None:
    """Puts entries into a new list below `path` (`standOff`, `text/body`), made where it is missing."""
    place = root
    for step in path.split("/"):
        inner = place.find(f"t:{step}", NS)
        place = inner if inner is not None else etree.SubElement(place, f"{{{TEI}}}{step}")
    lists: dict[str, etree._Element] = {}
    for entry in entries:
        kind = REGISTERS[entry.register].list
        if kind not in lists:
            lists[kind] = made(kind)
            place.append(lists[kind])
        lists[kind].append(entry.element)
        lists[kind].extend(entry.relations)


def without_filed(one: Tree, entries: Iterable[Filed]) -> None:
    """Takes the entries that have files of their own out of the lists of a text, with the relations that are told there."""
    where = {entry.key for entry in entries}
    told = [said for entry in entries for said in entry.said]
    stand = one.root.find("t:standOff", NS)
    if stand is None:
        return
    for e in [*stand.iterfind("*/*", NS)]:
        if e.get(ID) in where or (local_name(e) == "relation" and {**e.attrib} in told):
            remove(e)
    for group in [group for group in stand if len(group) == 0]:
        remove(group)
    if len(stand) == 0:
        remove(stand)


def beside_the_texts(edition: Edition, title: str, id: str) -> etree._Element:
    """A TEI file beside the texts: its root with a header; who publishes it and its licence are those of the texts."""
    root, head, desc, titles, source = map(made, ("TEI", "teiHeader", "fileDesc", "titleStmt", "sourceDesc"))
    root.set(ID, id)
    root.append(head)
    head.append(desc)
    titles.append(made("title", title))
    source.append(made("p", "Made from the registers of the edition."))
    first = edition.documents[0].data if edition.documents else None
    found = None if first is None else parse(first).find(".//t:publicationStmt", NS)
    if found is None:
        statement = made("publicationStmt")
        statement.append(made("publisher", "unpublished"))
    else:
        statement = deepcopy(found)
    for own in statement.findall("t:idno", NS):
        statement.remove(own)
    statement.tail = None
    desc.extend([titles, statement, source])
    return root
