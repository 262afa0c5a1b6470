"""TEI Publisher: texts and registers as its collections have them. Where a name is, its @key says whose it is."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from edition.exports.tei.entries import Filed, beside_the_texts, filed, names, put_in_lists, without_filed
from edition.exports.tei.trees import (
    ALL,
    NS,
    TEI_ALL,
    Tree,
    data,
    declare,
    exported,
    indented,
    local_name,
    made,
    repoint,
    with_keys,
)
from edition.exports.writer import NOT_IN_TEI, Export, Writer
from edition.model.edition import Edition

FILE_OF = {
    "people": "persons", "groups": "persons", "places": "places", "orgs": "organizations",
    "works": "bibliography", "bibliography": "bibliography",
}  # fmt: skip
FILES = {
    "persons": ("pb-persons", "People"),
    "places": ("pb-places", "Places"),
    "organizations": ("pb-organizations", "Organisations"),
    "bibliography": ("pb-bibl", "Works and literature"),
}
DECLARED = (
    "Names have in key the id of their entry in the registers; those of events and things point at standOff."
)


def write(edition: Edition) -> Export:
    entries = [entry for entry in filed(edition) if entry.register in FILE_OF]
    where = {entry.key: f"{FILE_OF[entry.register]}.xml#{entry.key}" for entry in entries}
    registers: dict[str, bytes] = {}
    for file, (id, title) in FILES.items():
        own = tuple(entry for entry in entries if FILE_OF[entry.register] == file)
        if own:
            registers[f"data/registers/{file}.xml"] = _register(edition, id, title, own, where)

    def changed(one: Tree) -> dict[str, bytes]:
        """@key for names of what has a register; lists of these are taken out; other pointers lead to their files."""
        with_keys(one.root, where, {})
        _dated(one)
        without_filed(one, entries)
        repoint(one.root, {key: f"registers/{file}" for key, file in where.items()})
        declare(one, DECLARED)
        return {f"data/{one.name}.xml": data(one.root, TEI_ALL, f"<?teipublisher {_view(one)}?>")}

    return exported(edition, changed, beside=registers, elsewhere=where)


def _view(one: Tree) -> str:
    """Division by division only where nothing stands beside the divisions: it would not be shown."""
    body = one.part("text/body")
    divisions = body.findall(".//t:div", NS)
    if divisions and all(local_name(e) == "div" for e in body.iterchildren(etree.Element)):
        depth = max(1 + sum(local_name(above) == "div" for above in e.iterancestors()) for e in divisions)
        return f'view="div" depth="{depth}"'
    return 'view="page"' if body.find(".//t:pb", NS) is not None else 'view="single"'


def _dated(one: Tree) -> None:
    """The date is looked for in the statement of the edition."""
    date = one.root.find(".//t:publicationStmt/t:date", NS)
    if date is not None:
        statement, edition = made("editionStmt"), made("edition")
        edition.append(made("date", date.text or "", when=date.get("when", "")))
        statement.append(edition)
        one.part("teiHeader/fileDesc/titleStmt").addnext(statement)


def _register(
    edition: Edition, id: str, title: str, entries: tuple[Filed, ...], where: Mapping[str, str]
) -> bytes:
    root = beside_the_texts(edition, title, id=id)
    for entry in entries:
        for other in [*names(entry.element)][1:]:
            if not other.get("type"):
                other.set("type", "variant")
        for known in entry.element.findall("t:idno[@type='GeoNames']", NS):
            pointer = made("ptr", type="geonames", target=known.text or "")
            pointer.tail, known.tail = known.tail, known.tail
            known.addnext(pointer)
    put_in_lists(root, "standOff", entries)
    indented(root, -1)
    here = where[entries[0].key].partition("#")[0]  # pointers inside a file do not name it
    repoint(root, {key: file.removeprefix(here) for key, file in where.items()})
    return data(root, TEI_ALL)


WRITER = Writer(
    name="tei-publisher",
    tool="TEI Publisher 10 and what jinks makes of it",
    carries="everything in the text; people, groups, places, organisations, works and literature as its registers",
    cannot="events and objects have no register there: those that a text points at stay in its standOff. Its "
    "annotation editor does not know names that are `rs`, nor those inside corrections",
    opened="not run in eXist-db; its own XPaths (navigation-tei.xql, collection.xconf) are evaluated with "
    "saxonche: titles, dates, divisions, and every @key is an entry of a register; jing with tei_all",
    about="A data/ folder to be stored as that of an application: a file a text, and data/registers/ with "
    "persons.xml, places.xml, organizations.xml and bibliography.xml. Names have the bare key of their "
    "entry in @key, as its annotation editor since version 10 wants it. The processing instruction shows "
    "a text division by division only if nothing stands beside its divisions, else page by page or as a "
    "whole; it names no ODD, so that the application's own is used.",
    subjects=ALL,
    write=write,
    omits=NOT_IN_TEI,
)
