"""Distributed Text Services 1.0, as files: entry point, collection, navigation and every passage of every text.

A web server that serves the folder answers as a DTS server does, with paths instead of query strings: the entry
point holds the templates (RFC 6570). `dts-metadata.xml` is the catalogue that dapytains reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.header.fields import Facts, Fields
from edition.exports.annotations import iri
from edition.exports.uris import setting
from edition.exports.writer import Export, Writer
from edition.model.edition import Built, Edition
from edition.model.xml import TEI, XML, XmlElement, element, render
from edition.read.project import language, spoken

CONTEXT = "https://dtsapi.org/context/v1.0.json"
DTS = "https://dtsapi.org/v1.0#"
VERSION = "1.0"
MEDIA = "application/tei+xml"
ROOT = "index"
NS = {"t": TEI}
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
Thing = dict[str, object]
_name = re.compile(r"(?<=/)(?=\w+(?:\[|/|$))|(?<=::)(?=\w)")  # where a name of an element begins


@dataclass(frozen=True, slots=True)
class CitationTree:
    """One way to cite a text: its name, the unit, and the passages by their references, in document order."""

    name: str
    unit: str
    passages: tuple[tuple[str, etree._Element], ...]


def write(edition: Edition) -> Export:
    base = (setting(edition.project, "base") or "/") + "dts/"
    root = _collection(edition, base)
    files = {"index.json": _json(_entry(base)), "collection.json": _json(root)}
    for built in edition.documents:
        assert built.data is not None
        trees = cited(built.data)
        resource = _resource(edition, built, base, trees)
        files[f"collection/{built.name}.json"] = _json({**_head(), **resource, "totalParents": 1})
        files[f"document/{built.name}.xml"] = built.data
        for k, tree in enumerate(trees):
            navigation = _json(_navigation(base, resource, tree, built))
            files[f"navigation/{built.name}/{tree.name}.json"] = navigation
            if k == 0:
                files[f"navigation/{built.name}.json"] = navigation
            for ref, passage in tree.passages:
                files[f"document/{built.name}/{tree.name}/{quote(ref, safe='')}.xml"] = _passage(ref, passage)
    files["dts-metadata.xml"] = (PROLOGUE + render(_catalogue(edition)) + "\n").encode()
    return Export(files)


def cited(data: bytes) -> tuple[CitationTree, ...]:
    """The trees of a text as its `refsDecl` describe them (TEI chapter 17, canonical references)."""
    root = parse(data)
    trees = []
    for declared in root.iterfind("t:teiHeader/t:encodingDesc/t:refsDecl", NS):
        unit = declared.find("t:citeStructure", NS)
        assert unit is not None
        path, use = _name.sub("t:", unit.get("match", "")), unit.get("use", "").removeprefix("@")
        found = root.getroottree().xpath(path, namespaces=NS)
        trees.append(
            CitationTree(
                declared.get("n", ""), unit.get("unit", ""), tuple((e.get(use, ""), e) for e in found)
            )
        )
    return tuple(trees)


def _head() -> Thing:
    return {"@context": CONTEXT, "dtsVersion": VERSION}


def _entry(base: str) -> Thing:
    return {
        **_head(),
        "@id": f"{base}index.json",
        "@type": "EntryPoint",
        "collection": f"{base}collection{{/id}}.json",
        "navigation": f"{base}navigation/{{resource}}{{/tree}}.json",
        "document": f"{base}document/{{resource}}{{/tree,ref}}.xml",
    }


def _collection(edition: Edition, base: str) -> Thing:
    project = edition.project
    facts = Facts(project.registers, spoken(project.settings) or "en")
    title = facts.said(Fields(project.settings, project.settings_source), "title")
    members = [
        _resource(edition, built, base, cited(built.data)) for built in edition.documents if built.data
    ]
    return {
        **_head(),
        "@id": ROOT,
        "@type": "Collection",
        "title": title.text if title else "Editions",
        "totalParents": 0,
        "totalChildren": len(members),
        "collection": f"{base}collection{{/id}}.json",
        "member": members,
    }


def _resource(edition: Edition, built: Built, base: str, trees: tuple[CitationTree, ...]) -> Thing:
    title, author = _said(edition, built, "title"), _author(edition, built)
    described = {"title": title, "language": language(edition.project, built.document)}
    described |= {"creator": author} if author else {}
    at = iri(edition.project, built.name)
    return {
        "@id": built.name,
        "@type": "Resource",
        "title": title,
        "totalParents": 1,
        "totalChildren": 0,
        "dublinCore": {**described, "identifier": at},
        "collection": f"{base}collection/{built.name}.json",
        "navigation": f"{base}navigation/{built.name}{{/tree}}.json",
        "document": f"{base}document/{built.name}{{/tree,ref}}.xml",
        "download": f"{base}document/{built.name}.xml",
        "mediaTypes": [MEDIA],
        "citationTrees": [
            {
                "@type": "CitationTree",
                "identifier": tree.name,
                "citeStructure": [{"@type": "CiteStructure", "citeType": tree.unit}],
            }
            for tree in trees
        ],
    }


def _navigation(base: str, resource: Thing, tree: CitationTree, built: Built) -> Thing:
    members = [dict(_unit(ref, tree, passage)) for ref, passage in tree.passages]
    return {
        **_head(),
        "@id": f"{base}navigation/{built.name}/{tree.name}.json",
        "@type": "Navigation",
        "resource": resource,
        "member": members,
    }


def _unit(ref: str, tree: CitationTree, passage: etree._Element) -> Iterator[tuple[str, object]]:
    yield from (("identifier", ref), ("@type", "CitableUnit"), ("level", 1), ("parent", None))
    yield "citeType", tree.unit
    head = passage.find("t:head", NS)
    if head is not None:
        yield "dublinCore", {"title": " ".join("".join(head.itertext()).split())}


def _passage(ref: str, passage: etree._Element) -> bytes:
    """A document of its own: `TEI` with the passage in `dts:wrapper` (DTS 1.0, Document endpoint)."""
    top = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI, "dts": DTS})
    wrapper = etree.SubElement(top, f"{{{DTS}}}wrapper", ref=ref)
    copy = deepcopy(passage)
    copy.tail = None
    spoken_here = next(passage.iterancestors(f"{{{TEI}}}TEI")).get(f"{{{XML}}}lang", "")
    if spoken_here:
        wrapper.set(f"{{{XML}}}lang", spoken_here)
    wrapper.append(copy)
    etree.cleanup_namespaces(top, keep_ns_prefixes=["dts"])
    return PROLOGUE.encode() + etree.tostring(top, encoding="UTF-8") + b"\n"


def _catalogue(edition: Edition) -> XmlElement:
    resources = [
        element(
            "resource",
            {"identifier": built.name, "filepath": f"document/{built.name}.xml"},
            element("title", None, _said(edition, built, "title")),
            element("dublinCore", None, element("language", None, language(edition.project, built.document))),
        )
        for built in edition.documents
    ]
    title = element("title", None, str(_collection(edition, "")["title"]))
    return element("collection", {"identifier": ROOT}, title, element("members", None, *resources))


def _said(edition: Edition, built: Built, name: str) -> str:
    facts = Facts(edition.project.registers, language(edition.project, built.document))
    said = facts.said(Fields(built.document.header, built.document.source), name)
    return said.text if said else built.name


def _author(edition: Edition, built: Built) -> str:
    """The author's name, as the header of the TEI has it."""
    assert built.data is not None
    found = parse(built.data).find("t:teiHeader/t:fileDesc/t:titleStmt/t:author", NS)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _json(thing: Thing) -> bytes:
    return (json.dumps(thing, ensure_ascii=False, indent=1) + "\n").encode()


WRITER = Writer(
    name="dts",
    tool="DTS clients, dapytains, static web hosts",
    carries="every text, whole and in every unit that its reference declarations name, with titles, authors and languages",
    cannot="ranges of passages: a folder of files cannot put them together; the registers are in the whole texts only",
    opened="dapytains; pyld expands every JSON-LD file with the context of DTS 1.0",
    about="Put the folder behind any web server as `dts/` below `base` of annotations/edition.yaml (without one: at the "
    "root): `index.json` is the entry point of DTS 1.0 and its templates lead to collections, navigation and documents "
    "by path. Or give `dts-metadata.xml` to dapytains, which answers query strings and ranges as well.",
    subjects=("texts",),
    write=write,
)
