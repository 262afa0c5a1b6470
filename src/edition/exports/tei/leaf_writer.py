"""LEAF-Writer: the edition with the two instructions it asks for, and the identifiers of the world on names."""

from __future__ import annotations

from lxml import etree

from edition.exports.tei.trees import ALL, TEI_ALL, Tree, data, declare, exported, known_uris
from edition.exports.writer import NOT_IN_TEI, Export, Writer
from edition.model.edition import Edition

STYLE = '<?xml-stylesheet type="text/css" href="https://cwrc.ca/templates/css/tei.css"?>'
AUTHORITIES = ("viaf", "wikidata", "geonames", "gnd", "isni", "orcid")
"""In the order in which LEAF-Writer looks names up, then the others."""
DECLARED = (
    "Names have in ref the URI by which an authority knows their entry, and in key the id of the entry "
    "in standOff; those that no authority knows point with ref at the entry."
)


def write(edition: Edition) -> Export:
    known = known_uris(edition, AUTHORITIES)

    def changed(one: Tree) -> dict[str, bytes]:
        for e in one.root.iter(etree.Element):
            key = e.get("ref", "").removeprefix("#")
            if key in known:
                e.set("ref", known[key])
                e.set("key", key)
            elif e.get("match") == "@ref" and (key := e.get("assertedValue", "")[1:]) in known:
                e.set("assertedValue", known[key])
        declare(one, DECLARED)
        return {f"{one.name}.xml": data(one.root, TEI_ALL, STYLE)}

    return exported(edition, changed)


WRITER = Writer(
    name="leaf-writer",
    tool="LEAF-Writer (CWRC-Writer)",
    carries="everything",
    cannot="entries of registers that no text points at",
    opened="jing and salve (the validator inside LEAF-Writer) with tei_all; its two instructions are compared "
    "word for word. LEAF-Writer itself cannot be had offline",
    about="A file a text, with the instructions by which LEAF-Writer finds schema and style sheet. A name has "
    "in @ref the URI of its entry, as LEAF-Writer writes it, VIAF before Wikidata, GeoNames and GND; and "
    "in @key the key of the entry, which stays in the file. A name whose entry has no URI points at the "
    "entry.",
    subjects=ALL,
    write=write,
    omits=NOT_IN_TEI,
)
