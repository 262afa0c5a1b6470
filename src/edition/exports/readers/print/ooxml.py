"""Elements and parts of an Office Open XML text (ECMA-376): runs, paragraphs, styles, settings. Knows no piece of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from edition.exports.readers.model import Text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
ORDER = (
    "rStyle", "b", "bCs", "i", "iCs", "smallCaps", "strike", "color", "spacing", "sz", "szCs", "u", "vertAlign", "rtl", "lang",
)  # the order in which the schema wants the properties of a run  # fmt: skip
Element = etree._Element


def w(tag: str, *children: Element, **values: str | int) -> Element:
    """An element of the namespace w, its attributes too."""
    e = etree.Element(
        f"{{{W}}}{tag}", {f"{{{W}}}{k.rstrip('_')}": str(v) for k, v in values.items()}, {"w": W, "r": R}
    )
    e.extend(children)
    return e


def word_run(words: str, tag: str = "t") -> Element:
    text = w(tag)
    text.text = words
    text.set(f"{{{XML}}}space", "preserve")
    return w("r", text)


def has(e: Element, tag: str) -> bool:
    return e.tag == f"{{{W}}}{tag}"


def runs(elements: Iterable[Element]) -> list[Element]:
    return [r for e in elements for r in e.iter(f"{{{W}}}r")]


def marked(elements: list[Element], **properties: Mapping[str, str | int]) -> list[Element]:
    """The same runs with further properties; one that a run has already stays."""
    for r in runs(elements):
        found = r.find(f"{{{W}}}rPr")
        if found is None:
            found = w("rPr")
            r.insert(0, found)
        for name, values in properties.items():
            if found.find(f"{{{W}}}{name}") is None:
                found.append(w(name, **values))
        found[:] = sorted(found, key=lambda e: ORDER.index(etree.QName(e).localname))
    return elements


def paragraph(
    style: str, inside: Iterable[Element], right: bool = False, **properties: Mapping[str, str | int]
) -> Element:
    """properties: in the order of the schema (spacing, ind, jc)."""
    before = [w("bidi")] if right else []
    own = [w(name, **values) for name, values in properties.items()]
    return w("p", w("pPr", w("pStyle", val=style), *before, *own), *inside)


def serialized(e: Element) -> bytes:
    etree.cleanup_namespaces(e, keep_ns_prefixes=["w", "r"])
    return etree.tostring(e, xml_declaration=True, encoding="UTF-8", standalone=True)


def content_types(parts: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})
    etree.SubElement(
        root,
        f"{{{TYPES}}}Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    etree.SubElement(root, f"{{{TYPES}}}Default", Extension="xml", ContentType="application/xml")
    for name, kind in parts.items():
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    return serialized(root)


def relations(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """(id, type, target): what is outside the file has an address with a scheme."""
    root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})
    for id, kind, target in rows:
        e = etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=id, Type=kind, Target=target)
        if kind.endswith("/hyperlink"):
            e.set("TargetMode", "External")
    return serialized(root)


def spaced(inside: list[Element]) -> list[Element]:
    """A thin space between notes that are called at one place."""
    out: list[Element] = []
    for e in inside:
        if out and is_call(e) and is_call(out[-1]):
            out += marked([word_run("\u2009")], rStyle={"val": "FootnoteReference"})
        out.append(e)
    return out


def is_call(e: Element) -> bool:
    return has(e, "r") and any(has(child, "footnoteReference") for child in e)


def footer_reference() -> Element:
    e = w("footerReference", type="default")
    e.set(f"{{{R}}}id", "footer")
    return e


NUMBER = "BlockNumber"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DC = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
FONT = {"ascii": "Georgia", "hAnsi": "Georgia", "cs": "Times New Roman", "eastAsia": "SimSun"}
Properties = Mapping[str, Mapping[str, str | int]]
Style = tuple[str, Properties, Properties]  # its name, of the paragraph, of its words
GREY: Properties = {"color": {"val": "767676"}, "sz": {"val": 16}}
ITALIC: Properties = {"i": {}}
PARAGRAPHS: dict[str, Style] = {
    "BodyText": ("Body Text", {"spacing": {"after": 120, "line": 288, "lineRule": "auto"}, "jc": {"val": "both"}}, {}),
    "Title": ("Title", {"spacing": {"after": 80}}, {"sz": {"val": 40}}),
    "Subtitle": ("Subtitle", {"spacing": {"after": 120}}, ITALIC),
    "Author": ("Author", {"spacing": {"after": 60}}, {"sz": {"val": 24}}),
    "Editors": ("Editors", {"spacing": {"after": 480}}, {"sz": {"val": 19}}),
    "Quote": ("Quote", {"spacing": {"before": 120, "after": 120}, "ind": {"left": 567, "right": 567}}, {}),
    "Verse": ("Verse", {"tabs": {}, "spacing": {"after": 0}, "ind": {"left": 284}}, {}),
    "Speaker": ("Speaker", {"keepNext": {}, "spacing": {"before": 160, "after": 0}}, {"smallCaps": {}}),
    "StageDirection": ("Stage Direction", {"spacing": {"before": 120, "after": 120}}, ITALIC),
    "Salutation": ("Salutation", {"spacing": {"after": 120}}, {}),
    "Signature": ("Signature", {"spacing": {"before": 120, "after": 120}, "jc": {"val": "right"}}, {}),
    "Dateline": ("Dateline", {"spacing": {"before": 120, "after": 120}, "jc": {"val": "right"}}, {}),
    "Byline": ("Byline", {"spacing": {"after": 120}}, ITALIC),
    "Trailer": ("Trailer", {"spacing": {"before": 120, "after": 120}, "jc": {"val": "center"}}, {}),
    "Caption": ("caption", {"spacing": {"before": 60, "after": 120}}, ITALIC),
    "ListParagraph": ("List Paragraph", {"spacing": {"after": 40}, "ind": {"left": 284, "hanging": 284}}, {}),
    "RegisterEntry": ("Register Entry", {"spacing": {"after": 60}, "ind": {"left": 284, "hanging": 284}}, {"sz": {"val": 19}}),
    "FootnoteText": ("footnote text", {"spacing": {"after": 20}, "jc": {"val": "both"}}, {"sz": {"val": 17}}),
    "Footer": ("footer", {"jc": {"val": "center"}}, {"sz": {"val": 18}}),
}  # fmt: skip
HEADINGS = {
    level: {"sz": {"val": size}} for level, size in zip(range(1, 7), (30, 26, 23, 22, 22, 22), strict=True)
}
CHARACTERS: dict[str, tuple[str, Properties]] = {
    "FootnoteReference": ("footnote reference", {"vertAlign": {"val": "superscript"}}),
    "Hyperlink": ("Hyperlink", {"color": {"val": "1F4E79"}}),
    "Gloss": ("Gloss", {"sz": {"val": 20}}),
    NUMBER: ("Block Number", GREY),
}


def style_sheet(text: Text) -> Element:
    """Styles by the names that Word knows, so that they speak the language of whoever opens it."""
    tags = {"val": text.language, "eastAsia": text.language, "bidi": text.language}
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", w("rFonts", **FONT), w("sz", val=22), w("szCs", val=22), w("lang", **tags))),
        w("pPrDefault", w("pPr")),
    )
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", styleId="Normal", default=1)
    found = [defaults, normal]
    for level, words in HEADINGS.items():
        before = {"keepNext": {}, "spacing": {"before": 320, "after": 160}, "outlineLvl": {"val": level - 1}}
        found.append(style(f"Heading{level}", f"heading {level}", before, words))
    found += [style(id, *row) for id, row in PARAGRAPHS.items()]
    found += [
        w("style", w("name", val=name), w("rPr", *children(words)), type="character", styleId=id)
        for id, (name, words) in CHARACTERS.items()
    ]
    edges = [w(side, val="single", sz=4, space=0, color="A6A6A6") for side in ("top", "bottom", "insideH")]
    found.append(
        w(
            "style",
            w("name", val="Table Grid"),
            w("tblPr", w("tblBorders", *edges)),
            type="table",
            styleId="TableGrid",
        )
    )
    return w("styles", *found)


def style(id: str, name: str, of_paragraph: Properties, of_words: Properties) -> Element:
    inside = w("pPr", *children(of_paragraph))
    if (tabs := inside.find(f"{{{W}}}tabs")) is not None:
        tabs.append(w("tab", val="right", pos=8270))
    parts = [
        w("name", val=name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        inside,
        w("rPr", *children(of_words)),
    ]
    return w("style", *parts, type="paragraph", styleId=id)


def children(properties: Properties) -> list[Element]:
    return [w(name, **values) for name, values in properties.items()]


def settings() -> Element:
    marks = [w("footnote", id=number) for number in (-1, 0)]
    compatible = w(
        "compat",
        w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )
    return w("settings", w("footnotePr", *marks), compatible)


def footer() -> Element:
    """The number of the page."""
    return w("ftr", paragraph("Footer", [w("fldSimple", w("r", w("t")), instr="PAGE")]))


def core_properties(text: Text, date: str) -> bytes:
    """What it says of itself. Dates are those of the edition, never the clock's."""
    root = etree.Element(f"{{{DC['cp']}}}coreProperties", nsmap=DC)
    rows = [
        ("dc", "title", text.title), ("dc", "creator", text.author or text.publisher), ("dc", "subject", text.series),
        ("dc", "language", text.language), ("cp", "lastModifiedBy", " / ".join(name for _, name in text.editors)),
    ]  # fmt: skip
    for prefix, name, words in rows:
        etree.SubElement(root, f"{{{DC[prefix]}}}{name}").text = words
    for name in ("created", "modified"):
        e = etree.SubElement(root, f"{{{DC['dcterms']}}}{name}")
        e.set(f"{{{DC['xsi']}}}type", "dcterms:W3CDTF")
        e.text = date
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def package(
    parts: Mapping[str, bytes], core: bytes, of_document: bytes, of_footnotes: bytes
) -> dict[str, bytes]:
    """The files of the document, in the order in which they stand in it."""
    kinds = {name: f"{WORD}.{name.removeprefix('word/').removesuffix('.xml')}+xml" for name in parts}
    kinds |= {"word/document.xml": f"{WORD}.document.main+xml", "docProps/core.xml": CORE}
    top = [
        ("document", f"{OFFICE}/officeDocument", "word/document.xml"),
        ("core", f"{RELATIONS}/metadata/core-properties", "docProps/core.xml"),
    ]
    return {
        "[Content_Types].xml": content_types(kinds),
        "_rels/.rels": relations(top),
        "docProps/core.xml": core,
        **parts,
        "word/_rels/document.xml.rels": of_document,
        "word/_rels/footnotes.xml.rels": of_footnotes,
    }
