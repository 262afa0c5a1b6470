"""ediarum: texts and registers in the collections of ediarum.BASE, and the appconf.xml of ediarum.WEB."""

from __future__ import annotations

from collections.abc import Mapping

from edition.exports.tei.entries import beside_the_texts, filed, names, put_in_lists, without_filed
from edition.exports.tei.trees import (
    ALL,
    ID,
    TEI_ALL,
    Tree,
    data,
    declare,
    exported,
    indented,
    known_uris,
    one_line,
    repoint,
    with_keys,
)
from edition.exports.writer import NOT_IN_TEI, Export, Writer
from edition.model.edition import Edition
from edition.model.vocabulary import REGISTERS
from edition.model.xml import TEI, XmlElement, element, render

APPCONF = "http://www.bbaw.de/telota/software/ediarum/web/appconf"
FOLDERS = {
    "people": "Personen", "groups": "Gruppen", "places": "Orte", "orgs": "Institutionen", "events": "Ereignisse",
    "objects": "Objekte", "works": "Werke", "bibliography": "Literatur",
}  # fmt: skip
DECLARED = "Names have in key the id of their entry in the folder Register, and in ref its URI, if an authority knows it."
AUTHORITIES = ("gnd", "viaf", "wikidata", "geonames", "isni", "orcid")


def write(edition: Edition) -> Export:
    entries = filed(edition)
    where = {entry.key: f"Register/{FOLDERS[entry.register]}/{entry.key}.xml" for entry in entries}
    known = known_uris(edition, AUTHORITIES)
    beside: dict[str, bytes] = {}
    for entry in entries:
        root = beside_the_texts(edition, one_line(next(names(entry.element))), id=entry.key)
        del entry.element.attrib[ID]
        for number, form in enumerate(names(entry.element)):
            form.set("type", "alt" if number else "reg")
        put_in_lists(root, "text/body", (entry,))
        indented(root, -1)
        repoint(root, {key: f"../{path.removeprefix('Register/')}" for key, path in where.items()})
        beside[f"data/{where[entry.key]}"] = data(root, TEI_ALL)
    registers = dict.fromkeys(entry.register for entry in entries)
    beside["appconf.xml"] = _appconf([key for key in FOLDERS if key in registers])

    def changed(one: Tree) -> dict[str, bytes]:
        """@key and the authority's URI instead of the pointer at a list in the file, which is taken out."""
        with_keys(one.root, where, known)
        without_filed(one, entries)
        repoint(one.root, {key: f"../{path}" for key, path in where.items()})
        declare(one, DECLARED)
        return {f"data/Texte/{one.name}.xml": data(one.root, TEI_ALL)}

    return exported(edition, changed, beside=beside, elsewhere=where)


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


def _object(id: str, said: str, collection: str, label: str, filters: Mapping[str, str]) -> XmlElement:
    return element(
        "object",
        {"xml:id": id},
        element("name", None, said),
        element("collection", None, collection),
        _item("tei:TEI", element("id", None, "./@xml:id"), element("label", {"type": "xpath"}, label)),
        element("filters", None, _alphabet(id), *(_filter(id, key, path) for key, path in filters.items())),
    )


def _item(root: str, *inside: XmlElement) -> XmlElement:
    return element(
        "item", None, element("namespace", {"id": "tei"}, TEI), element("root", None, root), *inside
    )


def _alphabet(of: str) -> XmlElement:
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


def _filter(of: str, id: str, path: str) -> XmlElement:
    return element(
        "filter",
        {"xml:id": f"{of}-{id}"},
        element("name", None, id),
        element("type", None, "union"),
        element("xpath", None, path),
        element("label-function", {"type": "xquery"}, "function($string) { $string }"),
    )


def _register(register: str) -> XmlElement:
    said = FOLDERS[register]
    path = f".//tei:body/tei:{REGISTERS[register].list}/*/descendant-or-self::*[@type='reg'][1]/normalize-space()"
    return _object(
        said.lower(), said, f"/Register/{said}", path, {"gnd": ".//tei:idno[@type='GND']/string()"}
    )


def _relation(register: str) -> XmlElement:
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
    subjects=ALL,
    write=write,
    omits=NOT_IN_TEI,
)
