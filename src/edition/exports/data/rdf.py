"""Linked data: what the registers know and what the texts name, with the terms of schema.org and CIDOC CRM.

Every node has an IRI, so that the same edition gives the same triples and the same bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from edition.encode.header.fields import Facts, Fields, Said
from edition.exports.annotations import AnnotationRow, annotation_rows, entry_iri, iri
from edition.exports.uris import uris
from edition.exports.writer import Export, Lost, Omission, Writer
from edition.model.annotation import Entry
from edition.model.edition import Built, Edition
from edition.read.project import language, spoken

if TYPE_CHECKING:
    from rdflib import Graph, Literal

SCHEMA = "https://schema.org/"
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CLASSES = {
    "people": (f"{SCHEMA}Person", f"{CRM}E21_Person"),
    "places": (f"{SCHEMA}Place", f"{CRM}E53_Place"),
    "orgs": (f"{SCHEMA}Organization", f"{CRM}E74_Group"),
    "groups": (f"{CRM}E74_Group",),
    "works": (f"{SCHEMA}CreativeWork", f"{CRM}E73_Information_Object"),
    "bibliography": (f"{SCHEMA}CreativeWork", f"{CRM}E73_Information_Object"),
    "events": (f"{SCHEMA}Event", f"{CRM}E5_Event"),
    "objects": (f"{SCHEMA}Thing", f"{CRM}E22_Human-Made_Object"),
    "taxonomy": (f"{SKOS}Concept",),
}
DATES = {"born": "birthDate", "died": "deathDate", "founded": "foundingDate", "dissolved": "dissolutionDate"}
BY_REGISTER = {"events": "startDate", "works": "dateCreated", "bibliography": "datePublished"}
POINTERS = {  # field of a register → property of schema.org, and of CIDOC CRM
    "author": ("author", ""),
    "place": ("location", "P7_took_place_at"),
    "participants": ("attendee", "P11_had_participant"),
    "members": ("member", "P107_has_current_or_former_member"),
    "within": ("containedInPlace", "P89_falls_within"),
    "in": ("isPartOf", "P106i_forms_part_of"),
}
PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Triples:
    """A graph being made. Texts are in the language of the project where they are in one at all."""

    def __init__(self, edition: Edition) -> None:
        from rdflib import Graph

        self.edition, self.project = edition, edition.project
        self.facts = Facts(edition.project.registers, spoken(edition.project.settings) or "en")
        self.graph: Graph = Graph(bind_namespaces="none")
        for prefix, space in (("schema", SCHEMA), ("crm", CRM), ("owl", OWL), ("skos", SKOS), ("xsd", XSD)):
            self.graph.bind(prefix, space)

    def add(self, subject: str, predicate: str, value: str | Literal) -> None:
        """A triple; a plain text is an IRI."""
        from rdflib import Literal, URIRef

        what = value if isinstance(value, Literal) else URIRef(value)
        self.graph.add((URIRef(subject), URIRef(predicate), what))

    def say(self, subject: str, predicate: str, said: Said) -> None:
        from rdflib import Literal

        self.add(subject, predicate, Literal(said.text, lang=said.language or None))


def write(edition: Edition) -> Export:
    triples = Triples(edition)
    lost: list[Lost] = []
    for entry in edition.project.registers.entries.values():
        if entry.register in CLASSES:
            _entry(triples, entry)
        else:
            lost.append(Lost(entry.key, f"{entry.register} are written in the TEI only"))
    for built in edition.documents:
        _text(triples, built)
        for mark in annotation_rows(edition.project, built):
            if mark.entry and mark.placed and mark.entry.register in CLASSES:
                _mention(triples, built, mark)
            else:
                lost.append(Lost(mark.key, "it names no entry of a register"))
    files = {"edition.ttl": _turtle(triples.graph), "edition.jsonld": _jsonld(triples.graph)}
    return Export(files, tuple(lost))


def _entry(triples: Triples, entry: Entry) -> None:
    subject, fields = entry_iri(triples.project, entry.key), Fields(entry.node, entry.source)
    for sort in CLASSES[entry.register]:
        triples.add(subject, f"{RDF}type", sort)
    for said in triples.facts.entry_names(entry):
        triples.say(subject, f"{SKOS}prefLabel" if entry.register == "taxonomy" else f"{SCHEMA}name", said)
    for said in fields.forms("variants", triples.project.registers.language):
        triples.say(subject, f"{SCHEMA}alternateName", said)
    for said in fields.forms("about", triples.project.registers.language):
        triples.say(subject, f"{SCHEMA}description", said)
    for uri in uris(entry).values():
        triples.add(subject, f"{OWL}sameAs", uri)
    _dates(triples, entry, subject, fields)
    for name, (schema, crm) in POINTERS.items():
        for node in fields.scalars(name):
            if (other := triples.project.registers.get(node.text)) and other.register in CLASSES:
                triples.add(subject, f"{SCHEMA}{schema}", entry_iri(triples.project, other.key))
                if crm:
                    triples.add(subject, f"{CRM}{crm}", entry_iri(triples.project, other.key))


def _dates(triples: Triples, entry: Entry, subject: str, fields: Fields) -> None:
    from rdflib import Literal, URIRef

    names = {**DATES, "date": BY_REGISTER.get(entry.register, "")}
    for name, term in names.items():
        pairs, _ = triples.facts.moment(fields, name) if term and name in fields.node.items else ({}, "")
        begins = pairs.get("when") or pairs.get("from") or ""
        for value, what in ((begins, term), (pairs.get("to", ""), "endDate" if term == "startDate" else "")):
            sort = PRECISION.get(len(value.lstrip("-")))
            if what and sort:
                triples.add(subject, f"{SCHEMA}{what}", Literal(value, datatype=URIRef(f"{XSD}{sort}")))


def _text(triples: Triples, built: Built) -> None:
    from rdflib import Literal

    subject = iri(triples.project, built.name)
    tongue = language(triples.project, built.document)
    meta = Fields(built.document.header, built.document.source)
    title = Facts(triples.project.registers, tongue).said(meta, "title")
    triples.add(subject, f"{RDF}type", f"{SCHEMA}CreativeWork")
    triples.add(subject, f"{RDF}type", f"{CRM}E33_Linguistic_Object")
    triples.add(subject, f"{SCHEMA}name", Literal(title.text if title else built.name))
    triples.add(subject, f"{SCHEMA}inLanguage", Literal(tongue))
    for node in meta.scalars("author"):
        if triples.project.registers.get(node.text):
            triples.add(subject, f"{SCHEMA}author", entry_iri(triples.project, node.text))


def _mention(triples: Triples, built: Built, mark: AnnotationRow) -> None:
    """The passage is a linguistic object of its own: a part of the text that refers to what the entry is about."""
    from rdflib import Literal

    assert mark.entry is not None
    text, passage = iri(triples.project, built.name), iri(triples.project, built.name, mark.id)
    named = entry_iri(triples.project, mark.entry.key)
    triples.add(text, f"{SCHEMA}mentions", named)
    triples.add(passage, f"{RDF}type", f"{CRM}E33_Linguistic_Object")
    triples.add(passage, f"{CRM}P106i_forms_part_of", text)
    triples.add(passage, f"{CRM}P67_refers_to", named)
    words = Literal(mark.exact, lang=language(triples.project, built.document) or None)
    triples.add(passage, f"{CRM}P190_has_symbolic_content", words)


def _turtle(graph: Graph) -> bytes:
    data: bytes = graph.serialize(format="turtle", encoding="utf-8")
    return data


def _jsonld(graph: Graph) -> bytes:
    """Nodes by their IRIs, values in order: rdflib gives them as they come."""
    context = {prefix: str(space) for prefix, space in graph.namespaces()}
    found = json.loads(graph.serialize(format="json-ld", context=dict(sorted(context.items()))))
    return (json.dumps(_ordered(found), ensure_ascii=False, indent=1) + "\n").encode()


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_ordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


WRITER = Writer(
    name="rdf",
    tool="triple stores, SPARQL, linked open data",
    carries="people, places, bodies, groups, works, events and categories with names, dates, relations and authority URIs; "
    "every passage that names one of them",
    cannot="corrections, notes, dates and all that names no entry; the structure of the text",
    opened="rdflib reads both files back: the same graph",
    about="`edition.ttl` (Turtle) and `edition.jsonld` (JSON-LD) hold the same triples: schema.org for those who search, CIDOC CRM "
    "for museums and libraries. A passage is an E33_Linguistic_Object that P67_refers_to what it names. IRIs begin with `base` of "
    "annotations/edition.yaml. Needs the library rdflib.",
    subjects=("entries", "annotations"),
    write=write,
    omits=(
        Omission(
            "a mention is a link between a text and an entry, and no more", "by cert source comment or use"
        ),
    ),
    needs=("rdflib", "rdf"),
)
