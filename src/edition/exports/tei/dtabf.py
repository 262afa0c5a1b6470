"""The base format of the Deutsches Textarchiv (DTABf) for printed texts, as far as the content allows.

What it has is taken from its ODD: Deutsches Textarchiv, `schema/basisformat_all.odd` and `basisformat.odd`, version 1.2.0 of
2024-09-30: the elements, what it takes away from the attribute classes of TEI, and its closed lists of values.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from edition.exports.annotations import VALUE
from edition.exports.tei.trees import (
    ID,
    LANG,
    NS,
    TEI_ALL,
    Tree,
    data,
    declare,
    exported,
    known_uris,
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

_ELEMENTS = (
    "abbr addrLine address author bibl biblScope cb choice cit corr date editor email expan foreign gap head "
    "hi item l lb lg list listBibl measure milestone name note orig p pb pubPlace publisher q quote ref reg "
    "resp respStmt sic sp speaker stage title unclear abstract availability biblFull classCode correspDesc "
    "correspAction correspContext edition editionStmt editorialDecl encodingDesc extent fileDesc idno "
    "langUsage language licence notesStmt profileDesc publicationStmt rendition seriesStmt sourceDesc "
    "tagsDecl teiHeader textClass titleStmt TEI argument back body byline closer dateline div docAuthor "
    "docDate docEdition docImprint docTitle epigraph floatingText front imprimatur opener postscript salute "
    "signed text titlePage titlePart trailer channel textDesc actor castGroup castItem castList role roleDesc "
    "spGrp cell figure formula row table msDesc msIdentifier physDesc repository typeDesc addName country "
    "forename genName nameLink orgName persName placeName roleName surname fw space supplied"
)
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "cb": ("n",), "date": ("when",), "div": ("type", "n"), "fw": ("type", "place"),
    "gap": ("reason", "unit", "quantity"), "hi": ("rendition",), "l": ("n",), "language": ("ident",),
    "lb": ("n",), "lg": ("type", "n"), "licence": ("target",), "name": ("type", "ref"),
    "note": ("type", "place", "resp"), "orgName": ("ref",), "pb": ("facs", "n"), "persName": ("ref",),
    "placeName": ("ref",), "quote": ("type",), "ref": ("target",), "supplied": ("reason",),
    "title": ("type",), "unclear": ("reason",),
}  # fmt: skip
"""Those that we write, beside @xml:id, @next, @prev and @corresp, and @xml:lang on words."""
NO_LINKS = ("TEI", "teiHeader", "text", "hi", "lb", "milestone", "unclear")
_DIVISIONS = (
    "abbreviations act advertisement appendix bibliography contents copyright corrigenda dedication "
    "figures frontispiece imprint imprimatur index poem scene chapter diaryEntry edition lexiconEntry "
    "letter recipe postface preface session"
)
VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("div", "type"): tuple(_DIVISIONS.split()),
    ("lg", "type"): ("poem",),
    ("note", "type"): ("editorial",),
    ("note", "place"): ("left", "right", "foot", "end"),
    ("quote", "type"): ("translation",),
    ("gap", "reason"): ("insignificant", "illegible", "fm", "lost", "legal", "covered"),
    ("gap", "unit"): ("chars", "lines", "pages", "words"),
    ("supplied", "reason"): ("covered", "damage"),
    ("unclear", "reason"): ("illegible", "covered"),
    ("fw", "type"): ("header", "sig", "catch", "pageNum", "folNum"),
    ("fw", "place"): ("top", "bottom"),
    ("title", "type"): ("main", "sub", "volume", "part"),
    ("name", "type"): ("artificialWork",),
}
FIELDS = {
    ("gap", "unit"): "unit",
    ("supplied", "reason"): "reason",
    ("note", "place"): "position",
    ("fw", "place"): "position",
}
"""Of the attributes in these lists: what field they are of; of the others, the value."""
RENDITIONS = {
    "italics": "#i", "italic": "#i", "bold": "#b", "spaced": "#g", "underlined": "#u", "underline": "#u",
    "superscript": "#sup", "subscript": "#sub", "small-caps": "#k", "smallcaps": "#k",
}  # fmt: skip
"""How words are set apart, for those of its values that are sure."""
REQUIRED = {
    "hi": ("rendition",),
    "fw": ("type", "place"),
    "pb": ("facs",),
    "unclear": ("reason",),
    "foreign": (LANG,),
}
UNITS = {"character": "chars", "line": "lines", "page": "pages", "word": "words"}
DECLARED = (
    "This file follows the base format of the Deutsches Textarchiv (DTABf). A correction stands beside "
    "the reading of the source (sic, corr), and so does a normal form (orig, reg) and an expansion "
    "(abbr, expan). The words of the source are the character data of the text without corr, reg, expan, "
    "supplied and notes of the type editorial. Blocks follow its blank lines. What does not belong to "
    "the text, but stands in the source, is not marked."
)
_CLAIMS = "t:encodingDesc/t:editorialDecl/t:interpretation"
AUTHORITIES = ("gnd", "viaf", "wikidata", "geonames")
DECLARATIONS = (
    "correction",
    "normalization",
    "quotation",
    "segmentation",
    "stdVals",
    "interpretation",
    "hyphenation",
)
HEADINGS = ("gi", "att", "val", "code", "ident", "measure")


def write(edition: Edition) -> Export:
    known = known_uris(edition, AUTHORITIES)

    def changed(one: Tree) -> dict[str, bytes]:
        told = without_signs(one)
        without_apparatus(one, "DTABf for printed texts has no apparatus")
        for e in reversed([*one.part("text").iter(etree.Element)]):
            _text(one, e, known)
        _header(one, told)
        for e in one.root.iter(etree.Element):
            _attributes(one, e)
        loosen(one.root)
        return {f"{one.name}.xml": data(one.root, TEI_ALL)}

    return exported(edition, changed, ("annotations", "blocks", "texts"))


def _text(one: Tree, e: etree._Element, known: Mapping[str, str]) -> None:
    """One element of the text. What is in it has been changed before."""
    tag = local_name(e)
    if "ref" in e.attrib:
        _named(one, e, known)
    if tag == "title":
        rename(e, "name", type="artificialWork")
    elif tag == "ab" or (tag == "label" and _among_blocks(e)):
        one.lose(e, "DTABf has no labels: it is a paragraph" if tag == "label" else "")
        rename(e, "p")
    elif tag in ("emph", "hi") and e.get("rend") in RENDITIONS:
        rename(e, "hi", rendition=RENDITIONS[e.get("rend", "")])
    elif tag == "gap" and e.get("unit") in UNITS:
        e.set("unit", UNITS[e.get("unit", "")])
    elif tag == "date" and "when" not in e.attrib:
        one.unwrap(e, "a date of DTABf is a moment: it has only @when")
        return
    elif tag in ("certainty", "precision", "respons"):
        remove(e)
        return
    _allowed(one, e, local_name(e))


def _among_blocks(e: etree._Element) -> bool:
    parent = e.getparent()
    return parent is not None and local_name(parent) in ("postscript", "epigraph", "argument")


def _named(one: Tree, e: etree._Element, known: Mapping[str, str]) -> None:
    """DTABf has no registers: a name has the URI of an authority, or none."""
    found = known.get(e.attrib.pop("ref").removeprefix("#"))
    if found:
        e.set("ref", found)
    else:
        one.lose(e, "DTABf has no registers, and no authority knows the entry", VALUE)


def _allowed(one: Tree, e: etree._Element, tag: str) -> None:
    """What DTABf does not have, or not without an attribute, loses its tags; a point is gone with them."""
    _values(one, e, tag)
    lacking = [key for key in REQUIRED.get(tag, ()) if key not in e.attrib]
    if tag in ELEMENTS and tag not in ("milestone", "measure", "bibl") and not lacking:
        return
    if lacking:
        one.unwrap(e, f"DTABf has no `{tag}` like this: it needs @{' and @'.join(lacking)} of its own lists")
    else:
        one.unwrap(
            e, f"DTABf has no `{tag}`" if tag not in ELEMENTS else f"DTABf has no such `{tag}` in texts"
        )


def _values(one: Tree, e: etree._Element, tag: str) -> None:
    """Values that stand in no list of DTABf are taken away; numbers of divisions are counts."""
    for (of, key), values in VALUES.items():
        if of == tag and key in e.attrib and e.get(key) not in values:
            one.lose(e, "it stands in no list of DTABf", FIELDS.get((of, key), VALUE))
            del e.attrib[key]
    if tag in ("div", "lg") and not e.get("n", "0").isdigit():
        one.lose(e, "DTABf numbers divisions with figures only", "n")
        del e.attrib["n"]


def _attributes(one: Tree, e: etree._Element) -> None:
    tag = local_name(e)
    allowed = {*ATTRIBUTES.get(tag, ())}
    if tag not in NO_LINKS:
        allowed |= {ID, "next", "prev", "corresp"}
    if tag in ("p", "foreign", "quote", "q", "head", "l", "item", "note"):
        allowed.add(LANG)
    if tag in ("editor", "author", "bibl", "title", "idno"):
        allowed -= {ID, "next", "prev", "corresp"} if tag != "bibl" else {"next", "prev", "corresp"}
    if ID not in allowed:
        one.lose(e, "DTABf lets nothing point at it", "id")
    for key in set(e.keys()) - allowed:
        del e.attrib[key]


def _header(one: Tree, told: str) -> None:
    """What DTABf has of it: description of file and source, declarations, contents, languages; and what is `told`."""
    remove_all(one.root, "t:standOff")
    head = one.part("teiHeader")
    remove_all(
        head,
        _CLAIMS,
        "t:profileDesc/t:correspDesc",
        "t:profileDesc/t:textClass",
        ".//t:sourceDesc/t:listWit",
    )
    for e in [e for part in (head, *head) for e in part if local_name(e) not in ELEMENTS]:
        remove(e)
    declare(one, DECLARED + told, "correction stdVals segmentation")
    for e in head.iterfind(".//t:bibl/t:idno[@type]", NS):
        rename(e, "note")
        e.text = f"{e.attrib.pop('type')}: {one_line(e)}"
    for e in reversed([*head.iter(etree.Element)]):
        if local_name(e) in (*DECLARATIONS, *HEADINGS):
            unwrap(e)
        elif local_name(e) == "title":
            e.set("type", e.get("type", "") if e.get("type") in ("main", "sub") else "main")
        elif local_name(e) == "note":
            e.attrib.pop("type", None)
        elif local_name(e) in ("persName", "orgName", "placeName", "name") and "ref" in e.attrib:
            del e.attrib["ref"]
        elif local_name(e) == "licence" and "target" not in e.attrib:
            rename(e, "p")
        elif local_name(e) not in ELEMENTS:
            unwrap(e)
    if head.find("t:encodingDesc/t:editorialDecl/t:p", NS) is None:
        remove_all(head, "t:encodingDesc")
    licence = head.find(".//t:licence", NS)
    if licence is not None and (licence.text or "").strip():
        said = made("p", one_line(licence))
        for inner in [*licence]:
            licence.remove(inner)
        licence.text = None
        licence.append(said)


WRITER = Writer(
    name="dtabf",
    tool="Deutsches Textarchiv, and tools made for its base format",
    carries="the text and its blocks, corrections, normal forms, expansions, quotations and notes; names of "
    "people, places, bodies and works with the URI of an authority; dates that are moments",
    cannot="registers, mentions that are `rs`, events, terms, numbers, periods, surplus, damage, apparatus, "
    "certainty, sources. A gloss is a note with @resp, and no more is said of it. A private-use character has "
    "its standard one as normal form (orig, reg), and its description in the header; name and image are left out",
    opened="the schema of DTABf cannot be had offline: jing, with tei_all cut down to the elements and "
    "attributes in its ODD (1.2.0); its closed lists of values are compared one by one",
    about="A file a text after the base format for printed texts. What the format does not have loses its tags "
    "and keeps its words, and is reported. The words of the editors stand in corr, reg, expan, supplied "
    "and notes of the type editorial, since DTABf has no @change. Its own schema was not tried: it may "
    "ask for statements in the header, on corpus and publisher, that only you can make.",
    subjects=("annotations", "blocks", "texts"),
    write=write,
    omits=(
        Omission("DTABf has no place for it", of="link"),
        Omission("DTABf has no place for it", of="relation", kept="comment id"),
        Omission("DTABf has no attribute for it", "by cert source use hand type part who break"),
        Omission("DTABf has no attribute for it", "value", of="q floating list table"),
        Omission("DTABf has no attribute for it", "voice", of="blocks quotation"),
        Omission("DTABf says one thing of words, and no alternative", "or", but="choice foreign"),
        Omission("DTABf numbers divisions, stanzas and verse only", "n", of="blocks", but="div lg l"),
        *NOT_IN_TEI,
    ),
)
