"""UIMA CAS XMI 1.0 and its type system, for INCEpTION. Offsets are UTF-16 code units, as UIMA counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.exports.annotations import (
    NO_WORDS,
    AnnotationRow,
    BlockRow,
    block_rows,
    flat,
    flat_block,
    iri,
)
from edition.exports.tokens import text_units, tokens, utf16
from edition.exports.uris import Names
from edition.exports.writer import Export, Writer, each_text
from edition.model.edition import Built, Edition
from edition.model.xml import XmlElement, attributes, element, render
from edition.read.project import language

SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
OURS, BLOCK = "webanno.custom.Edition", "webanno.custom.EditionBlock"
ANNOTATION = "uima.tcas.Annotation"
# Names only: a description (`rs`) is in the layer of all annotations. The tags are those that INCEpTION brings along.
TAGS = {
    "person": "PER",
    "place": "LOC",
    "org": "ORG",
    "work": "OTH",
    "event": "OTH",
    "object": "OTH",
    "group": "OTH",
}
AUTHORITIES = ("wikidata", "gnd", "viaf", "geonames")

_STRING, _BOOLEAN = "uima.cas.String", "uima.cas.Boolean"
# type → what it is, its supertype, its features
TYPES: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    METADATA: (
        "The text as a whole.",
        "uima.tcas.DocumentAnnotation",
        (
            ("documentTitle", "Its title."),
            ("documentId", "Its name in the project."),
            ("documentUri", "Its address."),
            ("collectionId", ""),
            ("documentBaseUri", ""),
            ("isLastSegment", ""),
        ),
    ),
    f"{SEGMENTATION}.Sentence": ("A unit of text: a paragraph, a heading, a line of verse.", ANNOTATION, ()),
    f"{SEGMENTATION}.Token": ("A word, or a mark.", ANNOTATION, ()),
    ENTITY: (
        "A name.",
        ANNOTATION,
        (("value", "PER, LOC, ORG or OTH."), ("identifier", "IRI of whom or what it names.")),
    ),
    OURS: (
        "Every annotation of the edition.",
        ANNOTATION,
        (
            ("ID", "Its identifier, the same in all formats."),
            ("kind", "person, date, note, correction …"),
            ("value", "What is claimed: a register key, a date, words, a type."),
            ("name", "The name of the register entry."),
            ("reference", "IRI of the register entry: of an authority, else our own."),
            ("by", "The editor who claims it."),
            ("cert", "high, medium, low, unknown."),
            ("voice", "Who speaks."),
            ("use", "How a name is used."),
            ("source", "Keys of the bibliography, URLs."),
            ("comment", "A sentence on it."),
            ("alternatives", "Other values, with their certainty."),
            ("details", "Fields that only this kind has."),
        ),
    ),
    BLOCK: (
        "A block of the structure.",
        ANNOTATION,
        (
            ("ID", "Its identifier."),
            ("element", "Its element in TEI."),
            ("blockType", "Its type."),
            ("details", "All else that is written of it."),
        ),
    ),
}


def write(edition: Edition) -> Export:
    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        return {f"{built.name}.xmi": _xmi(edition, built, rows, block_rows(built)).encode()}

    found = each_text(edition, written, lambda row: "" if row.placed else NO_WORDS)
    return Export({"TypeSystem.xml": _type_system(), **found.files}, found.lost)


def _type_system() -> bytes:
    types = [
        element(
            "typeDescription",
            None,
            element("name", None, name),
            element("description", None, about),
            element("supertypeName", None, supertype),
            element("features", None, *(_feature(*feature) for feature in features)),
        )
        for name, (about, supertype, features) in TYPES.items()
    ]
    whole = element(
        "typeSystemDescription",
        {"xmlns": "http://uima.apache.org/resourceSpecifier"},
        element("name", None, "edition"),
        element("types", None, *types),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{render(whole)}\n'.encode()


def _feature(name: str, about: str) -> XmlElement:
    return element(
        "featureDescription",
        None,
        element("name", None, name),
        element("description", None, about),
        element("rangeTypeName", None, _BOOLEAN if name == "isLastSegment" else _STRING),
    )


def _xmi(
    edition: Edition, built: Built, found: Sequence[AnnotationRow], structure: tuple[BlockRow, ...]
) -> str:
    """The sofa is number 1; feature structures have the numbers that follow, and are all members of its view."""
    text = built.document.seed.text
    at = utf16(text)
    written = [
        f'<{_prefixed(name)} xmi:id="{number}" sofa="1" begin="{at(start)}" end="{at(end)}"{attributes(pairs)}/>\n'
        for number, (name, start, end, pairs) in enumerate(_all(edition, built, found, structure), 2)
    ]
    spaces = "".join(f' xmlns:{prefix}="http:///{path}.ecore"' for path, prefix in _spaces().items())
    members = " ".join(map(str, range(2, len(written) + 2)))
    sofa = attributes([("sofaString", text)])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"{spaces} xmi:version="2.0">\n'
        '<cas:NULL xmi:id="0"/>\n'
        f"{''.join(written)}"
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"{sofa}/>\n'
        f'<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    )


def _spaces() -> dict[str, str]:
    """Path of each package → prefix of its namespace."""
    return {path: f"type{k}" for k, path in enumerate(dict.fromkeys(_path(name) for name in TYPES), 1)}


def _path(name: str) -> str:
    return name.rpartition(".")[0].replace(".", "/")


def _prefixed(name: str) -> str:
    return f"{_spaces()[_path(name)]}:{name.rpartition('.')[2]}"


Structure = tuple[str, int, int, list[tuple[str, str]]]


def _all(
    edition: Edition, built: Built, found: Sequence[AnnotationRow], structure: tuple[BlockRow, ...]
) -> Iterator[Structure]:
    project, text = edition.project, built.document.seed.text
    tongue = language(project, built.document)
    names = Names(project, tongue)
    title = built.document.header.items.get("title")
    yield (
        METADATA,
        0,
        len(text),
        [
            ("language", tongue),
            ("documentTitle", getattr(title, "text", "") or built.name),
            ("documentId", built.name),
            ("documentUri", iri(project, built.name)),
            ("isLastSegment", "false"),
        ],
    )
    for start, end in text_units(built):
        yield f"{SEGMENTATION}.Sentence", start, end, []
        yield from ((f"{SEGMENTATION}.Token", a, b, []) for a, b in tokens(text, start, end))
    for block in structure:
        details = "; ".join(f"{key}={value}" for key, value in flat_block(block).items())
        pairs = [("ID", block.id), ("element", block.name), ("blockType", block.type), ("details", details)]
        yield BLOCK, block.start, block.end, pairs
    for mark in found:
        reference = _concept(names.uri(mark, AUTHORITIES))
        yield OURS, mark.start, mark.end, _features(mark, names.of(mark), reference)
        if mark.entry and mark.kind in TAGS:
            yield ENTITY, mark.start, mark.end, [("value", TAGS[mark.kind]), ("identifier", reference)]


def _concept(uri: str) -> str:
    """Wikidata names its entities with http, and INCEpTION compares IRIs letter by letter."""
    return uri.replace("https://www.wikidata.org/entity/", "http://www.wikidata.org/entity/", 1)


def _features(mark: AnnotationRow, name: str, reference: str) -> list[tuple[str, str]]:
    told = flat(mark)
    told["alternatives"] = told.pop("or", "")
    known = {feature for feature, _ in TYPES[OURS][2]}
    details = "; ".join(f"{key}={value}" for key, value in told.items() if key not in known)
    pairs = {"ID": mark.id, "kind": mark.kind, "value": mark.value, "name": name, "reference": reference}
    return [*pairs.items(), *((key, told[key]) for key in told if key in known), ("details", details)]


WRITER = Writer(
    name="cas-xmi",
    tool="INCEpTION, WebAnno, UIMA, DKPro",
    carries="every annotation on words or at a point, names a second time as entities with their IRIs, blocks, words",
    cannot="the header but for title and language; annotations on no words; entries of the registers beyond name and IRI",
    opened="dkpro-cassis: the text of each annotation is that of the seed, none is missing",
    about="One NAME.xmi a text, and TypeSystem.xml for all. In INCEpTION import TypeSystem.xml under Settings, Layers, "
    "then the .xmi files as documents of the format “UIMA CAS XMI (XML 1.0)”. The layer Edition holds every annotation; "
    "names stand in the built-in layer Named entity, too, with the tags PER, LOC, ORG and OTH and the IRI that links them "
    "to a knowledge base. What INCEpTION calls a sentence is here a whole unit of text (a paragraph, a heading, a line of "
    "verse): no sentence is guessed, and few annotations run over the end of one. Offsets count UTF-16 code units.",
    subjects=("annotations", "blocks"),
    write=write,
)
