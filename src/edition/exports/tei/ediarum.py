"""ediarum: texts and registers in the collections of ediarum.BASE, and the appconf.xml of ediarum.WEB."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from edition.exports.identifiers import uri
from edition.exports.tei.entries import filed, home, listed, names
from edition.exports.tei.trees import (
    ID,
    NS,
    TEI_ALL,
    Tree,
    about,
    data,
    declare,
    export,
    laid,
    name,
    plain,
    remove,
    repoint,
    tree,
    unnamed,
)
from edition.exports.writer import Export, Subject, Writer
from edition.model.edition import Edition
from edition.model.vocabulary import REGISTERS
from edition.model.xml import TEI, Element, element, render

APPCONF = "http://www.bbaw.de/telota/software/ediarum/web/appconf"
FOLDERS = {
    "people": "Personen", "groups": "Gruppen", "places": "Orte", "orgs": "Institutionen", "events": "Ereignisse",
    "objects": "Objekte", "works": "Werke", "bibliography": "Literatur",
}  # fmt: skip
DECLARED = "Names have in key the id of their entry in the folder Register, and in ref its URI, if an authority knows it."
AUTHORITIES = ("gnd", "viaf", "wikidata", "geonames", "isni", "orcid")
SUBJECTS: tuple[Subject, ...] = ("annotations", "blocks", "entries", "texts")


def write(edition: Edition) -> Export:
    entries = filed(edition)
    where = {entry.key: f"Register/{FOLDERS[entry.register]}/{entry.key}.xml" for entry in entries}
    known = {
        key: found for key in where if (found := uri(edition.project.registers.entries[key], AUTHORITIES))
    }
    trees = [tree(edition, built) for built in edition.documents]
    lost = {key: why for key, why in unnamed(edition, trees).items() if key not in where}
    files: dict[str, bytes] = {}
    for one in trees:
        _text(one, where, known)
        files[f"data/Texte/{one.name}.xml"] = data(one.root, TEI_ALL)
    for entry in entries:
        root = about(edition, plain(next(names(entry.element))), id=entry.key)
        del entry.element.attrib[ID]
        for number, form in enumerate(names(entry.element)):
            form.set("type", "alt" if number else "reg")
        listed(root, "text/body", (entry,))
        laid(root, -1)
        repoint(root, {key: f"../{path.removeprefix('Register/')}" for key, path in where.items()})
        files[f"data/{where[entry.key]}"] = data(root, TEI_ALL)
    registers = dict.fromkeys(entry.register for entry in entries)
    files["appconf.xml"] = _appconf([key for key in FOLDERS if key in registers])
    return export(edition, files, SUBJECTS, lost)


def _text(one: Tree, where: Mapping[str, str], known: Mapping[str, str]) -> None:
    """@key and the authority's URI instead of the pointer at a list in the file, which is taken out."""
    for e in one.root.iter(etree.Element):
        key = e.get("ref", "").removeprefix("#")
        if key in where:
            e.set("key", key)
            e.attrib.pop("ref")
            if key in known:
                e.set("ref", known[key])
        elif e.get("match") == "@ref" and e.get("assertedValue", "")[1:] in where:
            e.set("match", "@key")
            e.set("assertedValue", e.get("assertedValue", "")[1:])
    stand = one.root.find("t:standOff", NS)
    for e in [] if stand is None else [*stand.iterfind("*/*", NS)]:
        if e.get(ID) in where or (name(e) == "relation" and home(e) in where):
            remove(e)
    for group in [] if stand is None else [group for group in stand if len(group) == 0]:
        remove(group)
    if stand is not None and len(stand) == 0:
        remove(stand)
    repoint(one.root, {key: f"../{path}" for key, path in where.items()})
    declare(one, DECLARED)


def _appconf(registers: list[str]) -> bytes:
    title = ".//tei:titleStmt/tei:title[@type='main']/normalize-space()"
    text = _object(
        "texte", "Texte", "/Texte", title, {"datum": ".//tei:profileDesc/tei:creation/tei:date/@when"}
    )
    whole = element(
        "config",
        {"xmlns": APPCONF},
        element(
            "project",
            None,
            element("name", None, "edition"),
            element("status", None, "intern"),
            element("collection", None, "/db/projects/edition/data"),
        ),
        text,
        *(_register(register) for register in registers),
        *(_relation(register) for register in registers),
        element(
            "search",
            {"xml:id": "volltext"},
            element("target", {"object": "texte", "xpath": "tei:text"}),
        ),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{render(whole)}\n'.encode()


def _object(id: str, said: str, collection: str, label: str, filters: Mapping[str, str]) -> Element:
    return element(
        "object",
        {"xml:id": id},
        element("name", None, said),
        element("collection", None, collection),
        _item("tei:TEI", element("id", None, "./@xml:id"), element("label", {"type": "xpath"}, label)),
        element("filters", None, _alphabet(id), *(_filter(id, key, path) for key, path in filters.items())),
    )


def _item(root: str, *inside: Element) -> Element:
    return element(
        "item", None, element("namespace", {"id": "tei"}, TEI), element("root", None, root), *inside
    )


def _alphabet(of: str) -> Element:
    return element(
        "filter",
        {"xml:id": f"{of}-alphabet"},
        element("name", None, "alphabetisch"),
        element("type", None, "single"),
        element("root", {"type": "label"}),
        element(
            "label-function",
            {"type": "xquery"},
            "function($string) { substring(normalize-space($string), 1, 1) }",
        ),
    )


def _filter(of: str, id: str, path: str) -> Element:
    return element(
        "filter",
        {"xml:id": f"{of}-{id}"},
        element("name", None, id),
        element("type", None, "union"),
        element("xpath", None, path),
        element("label-function", {"type": "xquery"}, "function($string) { $string }"),
    )


def _register(register: str) -> Element:
    said = FOLDERS[register]
    path = f".//tei:body/tei:{REGISTERS[register].list}/*/descendant-or-self::*[@type='reg'][1]/normalize-space()"
    return _object(
        said.lower(), said, f"/Register/{said}", path, {"gnd": ".//tei:idno[@type='GND']/string()"}
    )


def _relation(register: str) -> Element:
    """Where texts name the entries of a register: an element whose @key is the id of one."""
    said = FOLDERS[register]
    return element(
        "relation",
        {"xml:id": f"{said.lower()}-genannt", "subject": said.lower(), "object": "texte"},
        element("name", None, f"{said}: genannt in"),
        element("collection", None, "/Texte"),
        _item(
            "tei:*[@key]",
            element("label", {"type": "xquery"}, "function($node as node()) { 'genannt' }"),
        ),
        element("subject-condition", {"type": "id"}, "@key"),
        element("object-condition", {"type": "resource"}),
    )


WRITER = Writer(
    name="ediarum",
    tool="ediarum.BASE and ediarum.WEB",
    carries="everything in the text; all entries of registers that TEI has lists for, a file each",
    cannot="voices, hands, witnesses and categories that no text points at. Notes are those of TEI, and not the "
    "anchors that ediarum makes",
    opened="not run in eXist-db; every XPath of its appconf.xml is evaluated on the files with saxonche: each "
    "object has one id and a label, each @key is the id of an entry, each path leads to a file; jing "
    "with tei_all",
    about="data/ is to be the collection of the project in eXist-db. It has Texte/, and Register/ with a "
    "folder a register and a file an entry, whose TEI/@xml:id is the key. Names have this key in @key, "
    "in the correspDesc as well, and in @ref the URI of an authority, GND before others. The preferred "
    "name of an entry has the type `reg`, others have `alt`. appconf.xml tells ediarum.WEB what the "
    "objects are, what they are called and which texts name them; put the name and collection of your "
    "project there.",
    subjects=SUBJECTS,
    write=write,
)
