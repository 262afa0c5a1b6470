"""CMIF, the Correspondence Metadata Interchange Format: who wrote to whom, when and where, for correspSearch.

One file for the project, a `correspDesc` for each letter, made from that of its TEI header.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.header.fields import Facts, Fields
from edition.encode.header.sentences import SENTENCES
from edition.exports.annotations import iri
from edition.exports.uris import setting, uri
from edition.exports.writer import Export, Lost, Writer
from edition.model.edition import Built, Edition
from edition.model.xml import TEI, XmlElement, element, render
from edition.read.project import spoken

PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<?xml-model href="https://raw.githubusercontent.com/TEI-Correspondence-SIG/CMIF/master/schema/cmi-customization.rng"'
    ' type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)
NAMES = ("persName", "orgName", "placeName", "rs")
PEOPLE = ("gnd", "viaf", "wikidata", "isni")
PLACES = ("geonames", "gnd", "wikidata")
NS = {"t": TEI}
UNKNOWN = {said["unknown_person"] for said in SENTENCES.values()}


def write(edition: Edition) -> Export:
    letters: list[tuple[Built, etree._Element]] = []
    lost: list[Lost] = []
    for built in edition.documents:
        assert built.data is not None
        found = parse(built.data).find("t:teiHeader/t:profileDesc/t:correspDesc", NS)
        if found is None:
            lost.append(Lost(built.name, "its header says nothing of a correspondence"))
        else:
            letters.append((built, found))
    if not letters:
        return Export({}, lost=tuple(lost))
    source = _identity(edition, letters)
    described = [_letter(edition, built, found, source) for built, found in letters]
    top = element(
        "teiHeader", None, _file(edition, source, letters[0][0]), element("profileDesc", None, *described)
    )
    body = element("text", None, element("body", None, element("p")))
    whole = PROLOGUE + render(element("TEI", {"xmlns": TEI}, top, body)) + "\n"
    return Export({"cmif.xml": whole.encode()}, tuple(lost))


def _identity(edition: Edition, letters: list[tuple[Built, etree._Element]]) -> str:
    """A UUID that stays the same: of where the project is published, or else of its first letter."""
    base = setting(edition.project, "base")
    named = base or letters[0][0].document.seed.sha256
    return f"uuid-{uuid.uuid5(uuid.NAMESPACE_URL, named)}"


def _file(edition: Edition, source: str, built: Built) -> XmlElement:
    """Title, editors, publisher, licence: those of the project; the date is that of the edition."""
    project = edition.project
    language = spoken(project.settings) or "en"
    facts = Facts(project.registers, language)
    settings = Fields(project.settings, project.settings_source)
    editors = settings.inner("editors")
    names = [facts.saying("editor", editors.inner(key), "name") for key in editors.node.items]
    publisher = facts.saying("publisher", settings, "publisher")
    title = facts.saying("title", settings, "title") or element("title", None, "Letters")
    licence = settings.inner("licence")
    return element(
        "fileDesc",
        None,
        element("titleStmt", None, title, *(names or [element("editor", None, "unknown")])),
        element(
            "publicationStmt",
            None,
            publisher or element("publisher", None, "unpublished"),
            element("idno", {"type": "url"}, f"{setting(project, 'base') or 'urn:edition:'}cmif.xml"),
            element("date", _when(settings.text("date"))),
            element("availability", None, _licence(facts, licence)),
        ),
        element("sourceDesc", None, element("bibl", {"type": "online", "xml:id": source}, *title.children)),
    )


def _when(date: str) -> dict[str, str]:
    return {"when": date} if date else {}


def _licence(facts: Facts, licence: Fields) -> XmlElement:
    target = licence.text("url") or "https://creativecommons.org/licenses/by/4.0/"
    return facts.saying("licence", licence, "name", {"target": target}) or element(
        "licence", {"target": target}, target
    )


def _letter(edition: Edition, built: Built, found: etree._Element, source: str) -> XmlElement:
    at = iri(edition.project, built.name) if setting(edition.project, "base") else ""
    pairs = {"key": built.name, "ref": at, "source": f"#{source}"}
    actions = [
        element("correspAction", {"type": action.get("type", "")}, *_parts(edition, built, action))
        for action in found.iterfind("t:correspAction", NS)
    ]
    return element("correspDesc", pairs, *actions)


def _parts(edition: Edition, built: Built, action: etree._Element) -> Iterator[XmlElement]:
    """Names with the identifiers of the world instead of our own keys; one date; no notes."""
    for part in action:
        name = etree.QName(part).localname
        words = " ".join("".join(part.itertext()).split())
        doubt = {"cert": "low"} if part.get("cert", "high") != "high" else {}  # CMIF knows no other
        if name in NAMES:
            entry = edition.project.registers.get(part.get("ref", "").removeprefix("#"))
            known = uri(entry, PLACES if name == "placeName" else PEOPLE) if entry else ""
            known_as = "Unknown" if entry is None and words in UNKNOWN else words
            yield element("persName" if name == "rs" else name, {"ref": known, **doubt}, known_as)
        elif name == "date":
            dated = {
                key: value
                for key, value in part.items()
                if key in ("when", "from", "to", "notBefore", "notAfter")
            }
            if dated:
                yield element("date", {**dated, **doubt}, words)


WRITER = Writer(
    name="cmif",
    tool="correspSearch and other directories of letters",
    carries="sender, receiver, places and dates of each letter, with GND, VIAF, Wikidata and GeoNames identifiers",
    cannot="the text and its annotations; notes on the correspondence; groups are written as people",
    opened="jing and a Schematron processor, with the schema of the TEI Correspondence SIG",
    about="One file, `cmif.xml`, to be published on the web and registered with correspSearch, for all texts whose header has a "
    "`correspondence`. The identifier of the edition in it is made from `base` in annotations/edition.yaml and never changes. "
    "Set `base`, so that the letters have addresses. correspSearch wants the licence CC BY 4.0 or CC0.",
    subjects=("texts",),
    write=write,
)
