"""TEI Lite: the text and its annotations in the elements of TEI Lite, and the registers as lists behind the text.

Which elements and attributes TEI Lite has: TEI Consortium, “TEI Lite”, final revised edition for TEI P5, its schema
specification (`tei_lite.odd`).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import RegisterEntry
from edition.exports.tei.trees import (
    ALL,
    ID,
    NS,
    SPACE,
    TEI_ALL,
    Tree,
    data,
    declare,
    editors,
    exported,
    local_name,
    loosen,
    made,
    one_line,
    remove,
    remove_all,
    rename,
    unwrap,
    without_apparatus,
    without_signs,
)
from edition.exports.writer import NOT_IN_TEI, Export, Omission, Writer
from edition.model.edition import Edition
from edition.model.vocabulary import LISTED

_ELEMENTS = (
    "abbr add addrLine address author bibl biblScope choice cit corr date del desc divGen editor emph expan "
    "foreign gap gloss graphic head hi index item l label lb lg list listBibl mentioned milestone name note "
    "num orig p pb ptr pubPlace publisher q ref reg relatedItem resp respStmt rs sic soCalled sp speaker "
    "stage teiCorpus term time title unclear authority availability catDesc catRef category change classCode "
    "classDecl creation distributor edition editionStmt editorialDecl encodingDesc extent fileDesc funder "
    "idno keywords langUsage language licence notesStmt principal profileDesc projectDesc publicationStmt "
    "refsDecl revisionDesc samplingDecl seriesStmt sourceDesc sponsor taxonomy teiHeader textClass titleStmt "
    "TEI argument back body byline closer dateline div docAuthor docDate docEdition docImprint docTitle "
    "epigraph front group imprimatur opener postscript salute signed text titlePage titlePart trailer cell "
    "figure figDesc formula row table anchor seg interp interpGrp pc s w att code eg gi ident val"
)
ELEMENTS = frozenset(_ELEMENTS.split())
PERIODS = ("notBefore", "notAfter", "from", "to")
WITHOUT = frozenset(("change", SPACE, "rendition", "style", *PERIODS))
"""Attributes that TEI Lite takes away from all elements, and @change, whose module it does not have."""
NAMES = {
    "persName": "person", "placeName": "place", "orgName": "org", "eventName": "event", "objectName": "object",
    "role": "role",
}  # fmt: skip
WITHIN = ("surplus", "damage", "roleDesc", "fw")
TO = {"quote": "q", "castList": "list", "castItem": "item", "ab": "p"}
DECLARED = (
    "This file is in TEI Lite. A correction stands beside the reading of the source (sic, corr), and so "
    "does a normal form (orig, reg) and an expansion (abbr, expan); what is supplied is a correction of "
    "nothing, what is too much or damaged a seg of this type. The words of the source are the character "
    "data of the body without corr, reg, expan and notes of the type editorial. Names point with ref at "
    "entries of the lists behind the text. A date has when if it is a moment."
)


def write(edition: Edition) -> Export:
    def changed(one: Tree) -> dict[str, bytes]:
        text = text_for_readers(edition.project, one.built)
        told = without_signs(one)
        without_apparatus(one, "TEI Lite has no apparatus")
        for e in reversed([*one.part("text").iter(etree.Element)]):
            _text(one, e)
        _header(one, told)
        _registers(one, text.entries, LABELS[text.tongue])
        for e in one.root.iter(etree.Element):
            for key in WITHOUT & set(e.keys()):
                del e.attrib[key]
        loosen(one.root)
        return {f"{one.name}.xml": data(one.root, TEI_ALL)}

    return exported(edition, changed)


def _text(one: Tree, e: etree._Element) -> None:
    """One element of the text. What is in it has been changed before."""
    tag, kind = local_name(e), e.get("type", "")
    if tag in NAMES:
        e.attrib.pop("type", None)
        rename(e, "name", type=NAMES[tag], subtype=kind)
    elif tag in TO:
        if tag == "ab":
            e.attrib.pop("type", None)
        rename(e, TO[tag])
    elif tag in WITHIN:
        _segment(e, tag)
    elif tag == "supplied":
        _choice(e)
    elif tag == "cb":
        rename(e, "milestone", unit="column")
    elif tag == "floatingText":
        _floating(one, e)
    elif tag == "del" and editors(e):
        one.remove(e, "TEI Lite does not say which words of a substitution the source has")
    elif tag == "subst":
        one.lose(
            e, "TEI Lite has additions and deletions, and no substitutions" if len(e) < 2 else "", kept="seed"
        )
        unwrap(e)
    elif tag in ("certainty", "precision", "respons"):
        remove(e)
    elif tag not in ELEMENTS:
        one.unwrap(e, f"TEI Lite has no `{tag}`")
    if tag == "date" and any(key in e.attrib for key in PERIODS):
        one.lose(e, "a date of TEI Lite is a moment: it has no beginning and end")
        for key in ("precision", "cert"):
            e.attrib.pop(key, None)


def _segment(e: etree._Element, tag: str) -> None:
    """A `seg` of this type; where only blocks may stand, inside a paragraph."""
    kind = e.get("type", "") if tag == "fw" else e.get("reason", "") or e.get("agent", "")
    subtype = "-".join(kind.split())
    for key in ("reason", "agent", "type", "place"):
        e.attrib.pop(key, None)
    parent = e.getparent()
    blocks = parent is not None and local_name(parent) in ("sp", "lg", "div", "body", "list")
    if not blocks:
        rename(e, "seg", type=tag, subtype=subtype)
        return
    inner = made("seg", type=tag, subtype=subtype)
    inner.text = e.text
    inner.extend([*e])
    e.text = None
    e.append(inner)
    rename(e, "p")


def _choice(e: etree._Element) -> None:
    """What is supplied is a correction of nothing."""
    inner = made("corr", e.text or "", type="supplied")
    for key in ("resp", "cert", "source"):
        if key in e.attrib:
            inner.set(key, e.attrib.pop(key))
    inner.extend([*e])
    for key in set(e.keys()) - {ID}:
        del e.attrib[key]
    e.text = None
    e.extend([made("sic"), inner])
    rename(e, "choice")


def _floating(one: Tree, e: etree._Element) -> None:
    """A text in the text is a quotation of blocks: without headings and closing formulas of its own."""
    why = "in TEI Lite a text inside another is a quotation, and has no such block"
    for inner in [*e.iter(etree.Element)]:
        if local_name(inner) == "body":
            unwrap(inner)
        elif local_name(inner) in ("signed", "salute", "dateline"):
            one.unwrap(inner, why)
        elif local_name(inner) in ("head", "opener", "closer", "byline", "trailer"):
            one.lose(inner, why)
            inner.attrib.pop("type", None)
            rename(inner, "p")
        elif local_name(inner) in ("div", "postscript", "epigraph", "argument"):
            one.unwrap(inner, why)
    rename(e, "q")


def _header(one: Tree, told: str) -> None:
    """What TEI Lite has no element for is said in notes; declarations are paragraphs, with what is `told`."""
    head = one.part("teiHeader")
    remove_all(
        head,
        "t:encodingDesc/t:refsDecl",
        "t:profileDesc/t:creation/t:listChange",
        "t:profileDesc/t:calendarDesc",
        ".//t:interpretation[@xml:id='seed.rule']",
    )
    declare(one, DECLARED + told, "correction stdVals interpretation")
    notes = [note for e in [*head.iter(etree.Element)] for note in _said(e)]
    if notes:
        statement = head.find("t:fileDesc/t:notesStmt", NS)
        if statement is None:
            statement = made("notesStmt")
            one.part("teiHeader/fileDesc/sourceDesc").addprevious(statement)
        statement.extend(notes)
    for e in [e for part in head for e in part if local_name(e) not in ELEMENTS]:
        remove(e)
    for e in reversed([*head.iter(etree.Element)]):
        if local_name(e) in ("persName", "placeName", "orgName"):
            rename(e, "name", type=NAMES[local_name(e)])
        elif local_name(e) not in ELEMENTS:
            unwrap(e)
    for e in [*head.iterfind("t:profileDesc/t:creation", NS)]:
        if len(e) == 0:
            remove(e)


def _said(e: etree._Element) -> Iterator[etree._Element]:
    """Notes instead of an element of the header, which is taken out."""
    if e.getparent() is None or local_name(e) not in ("abstract", "correspDesc", "handNotes", "listWit"):
        return
    parts = {"handNotes": "t:handNote", "listWit": "t:witness"}.get(local_name(e), "")
    for part in e.iterfind(parts, NS) if parts else [e]:
        note = made("note", _words(part), type=local_name(part))
        if ID in part.attrib:
            note.set(ID, part.attrib[ID])
        yield note
    remove(e)


def _words(e: etree._Element) -> str:
    """Of elements side by side each with its @type."""
    if (e.text or "").strip() or not len(e):
        return one_line(e)
    said = []
    for child in e:
        kind = child.get("type", "")
        parts = [*child] if len(child) and not (child.text or "").strip() else [child]
        inside = ", ".join(one_line(part) for part in parts if local_name(part) != "note" or part is child)
        remarks = [
            one_line(part).rstrip(".") for part in parts if local_name(part) == "note" and part is not child
        ]
        inside += f" ({'; '.join(remarks)})" if remarks else ""
        said.append(f"{kind}: {inside}" if kind and kind != "comment" else inside)
    return "; ".join(said)


def _registers(one: Tree, entries: tuple[RegisterEntry, ...], labels: dict[str, str]) -> None:
    """Behind the text: a list a register, an item an entry."""
    remove_all(one.root, "t:standOff")
    shown = [register for register in LISTED if any(entry.register == register for entry in entries)]
    if not shown:
        return
    back, whole = made("back"), made("div", type="registers")
    back.append(whole)
    one.part("text").append(back)
    for register in shown:
        part, listing = made("div", type=register), made("list")
        part.append(made("head", labels.get(register, register)))
        part.append(listing)
        listing.extend(_item(entry) for entry in entries if entry.register == register)
        whole.append(part)


def _item(entry: RegisterEntry) -> etree._Element:
    item, called = made("item"), made("name", entry.name)
    item.set(ID, entry.key)
    rest = entry.short.removeprefix(entry.name) if entry.short.startswith(entry.name) else f". {entry.short}"
    called.tail = rest if entry.short else ""
    item.append(called)
    for label, address in entry.links:
        item[-1].tail = f"{item[-1].tail or ''} "
        item.append(made("ref", label or address, target=address))
    return item


WRITER = Writer(
    name="tei-lite",
    tool="whatever reads TEI Lite",
    carries="the text, its blocks, names, dates, corrections, glosses and notes, with editor, certainty and "
    "sources; the entries that the text needs, as lists behind the text",
    cannot="periods, apparatus, measures, changes of hand, links and relations; what else a date or name may "
    "be; of entries, more than name, years and a sentence; of a private-use character, more than its standard "
    "one (orig, reg) and its description in the header",
    opened="jing, with tei_all cut down to the elements and attributes in the specification of TEI Lite; every "
    "pointer leads to something; the body without the editors' words is the seed",
    about="A file a text with the elements of TEI Lite alone. Names are `name` with a @type; what is supplied "
    "is a correction of nothing; what is surplus or damaged is a `seg` of that type. The registers stand "
    "in the back of the text. Since TEI Lite has no @change, the header says in words which words are "
    "the source's.",
    subjects=ALL,
    write=write,
    omits=(
        Omission("TEI Lite has no place for it", of="link"),
        Omission("TEI Lite has no place for it", of="relation", kept="comment id"),
        Omission("TEI Lite has no certainty of alternatives", "or", but="choice foreign"),
        Omission("TEI Lite has no attribute for it", "type", of="ab"),
        Omission("TEI Lite has no attribute for it", "position", of="fw"),
        Omission("TEI Lite has no attribute for it", "reason", of="supplied"),
        Omission("TEI Lite has no attribute for it", "by", of="gloss"),
        *NOT_IN_TEI,
    ),
)
