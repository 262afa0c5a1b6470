"""CATMA: the seed, and an annotation collection in CATMA's own TEI. Offsets are UTF-16 code units, as Java counts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from edition.exports.annotations import COMMON, NO_WORDS, AnnotationRow, entry_iri, flat, iri
from edition.exports.tokens import utf16
from edition.exports.uris import Names
from edition.exports.writer import Export, Writer, each_text
from edition.model.edition import Built, Edition, Project
from edition.model.vocabulary import Kind
from edition.model.xml import TEI, XmlElement, element, render
from edition.read.project import language

VERSION = "5"  # of CATMA's TEI
TIME = "1970-01-01T00:00:00.000+0000"  # versions of tags are times; ours never change
COLOURS = (0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xBCBD22, 0x17BECF)


def write(edition: Edition) -> Export:
    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        collection = _collection(edition.project, built, rows)
        return {f"{built.name}.txt": built.document.seed.text.encode(), f"{built.name}.catma.xml": collection}

    return each_text(edition, written, _unfit)


def _unfit(row: AnnotationRow) -> str:
    if not row.placed:
        return NO_WORDS
    return "CATMA marks words, and this stands at a point" if row.start == row.end else ""


def _id(project: Project, *parts: str) -> str:
    """CATMA's form of a UUID: one that never changes, made from our own identifier."""
    name = iri(project, parts[0], "/".join(parts[1:]))
    return f"CATMA_{str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()}"


def _collection(project: Project, built: Built, found: Sequence[AnnotationRow]) -> bytes:
    """The layout of CATMA's own collections: tags in encodingDesc, pointers into the text in `ab`, instances after it."""
    at = utf16(built.document.seed.text)
    document = _id(project, built.name)
    names = Names(project, language(project, built.document))
    kinds = {mark.kind: mark.sort for mark in sorted(found, key=lambda mark: mark.kind)}
    segments = [
        element(
            "seg",
            {"ana": f"#{_id(project, mark.text, mark.id)}"},
            element(
                "ptr",
                {"target": f"catma://{document}#char={at(mark.start)},{at(mark.end)}", "type": "inclusion"},
            ),
        )
        for mark in found
    ]
    whole = element(
        "TEI",
        {"xmlns": TEI, "xml:lang": "en"},
        _header(project, built, kinds.values()),
        element(
            "text",
            None,
            element("body", None, element("ab", {"type": "catma"}, *segments)),
            *(_instance(project, mark, names) for mark in found),
        ),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{render(whole)}\n'.encode()


def _header(project: Project, built: Built, kinds: Iterable[Kind]) -> XmlElement:
    """CATMA wants a title, an author, a publisher and a paragraph; its version stands in a feature of CATMA_TECH_DESC."""
    version = element("f", {"name": "version"}, element("string", None, VERSION))
    described = element("ab", None, element("fs", {"xml:id": "CATMA_TECH_DESC"}, version))
    tags = [_tag(project, k, kind) for k, kind in enumerate(kinds)]
    return element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element(
                "titleStmt", None, element("title", None, built.name), element("author", None, "edition")
            ),
            element("publicationStmt", None, element("publisher", None, "edition")),
            element(
                "sourceDesc",
                None,
                element("p", None, f"Annotations of {iri(project, built.name)}"),
                described,
            ),
        ),
        element(
            "encodingDesc",
            None,
            element("fsdDecl", {"xml:id": _id(project, "tagset"), "n": f"Edition {TIME}"}, *tags),
        ),
    )


def _properties(kind: Kind) -> tuple[str, ...]:
    """All that an instance may say; CATMA stops at one that its tag does not declare."""
    return tuple(dict.fromkeys(("id", "value", "name", "reference", *COMMON, *kind.fields)))


def _tag(project: Project, number: int, kind: Kind) -> XmlElement:
    id = _id(project, "tag", kind.name)
    system = {"catma_displaycolor": str(COLOURS[number % len(COLOURS)]), "catma_markupauthor": "edition"}
    declared = [
        element(
            "fDecl",
            {"xml:id": _id(project, "property", kind.name, name), "name": name},
            element(
                "vRange", None, element("vColl", None, element("string", None, value) if value else None)
            ),
        )
        for name, value in (system | dict.fromkeys(_properties(kind), "")).items()
    ]
    return element(
        "fsDecl", {"xml:id": id, "n": TIME, "type": id}, element("fsDescr", None, kind.name), *declared
    )


def _instance(project: Project, mark: AnnotationRow, names: Names) -> XmlElement:
    told = {"catma_markupauthor": mark.claim.by or "edition", "id": mark.id, "value": mark.value}
    if mark.entry:
        told |= {"name": names.of(mark), "reference": entry_iri(project, mark.entry.key)}
    features = [
        element("f", {"name": name}, element("string", None, value))
        for name, value in (told | flat(mark)).items()
        if value
    ]
    id = _id(project, mark.text, mark.id)
    return element("fs", {"xml:id": id, "type": _id(project, "tag", mark.kind)}, *features)


WRITER = Writer(
    name="catma",
    tool="CATMA 6 and 7",
    carries="every annotation on words: a tag a kind, with value, name, editor, certainty, sources and comment as properties",
    cannot="points between words, annotations on no words, blocks, the header",
    opened="none can be had offline: pointers are read as RFC 5147 says (UTF-16), each gives the words of the seed; "
    "identifiers are unique; each instance has a tag, and each of its properties is declared",
    about="Two files a text. Add NAME.txt to a project as a document (plain text, UTF-8), then import NAME.catma.xml as an annotation "
    "collection of it; the tagset Edition comes with it, a tag for each kind. Do not give CATMA the TEI of the edition: it "
    "would take the header for text and move all offsets. CATMA gives annotations identifiers of its own when it imports them: "
    "ours stand in the property id.",
    subjects=("annotations",),
    write=write,
)
