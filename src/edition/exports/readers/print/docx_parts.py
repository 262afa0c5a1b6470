"""The parts of a Word document beside its text: styles, settings, what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from edition.exports.readers.print.ooxml import (
    CORE,
    RELATIONS,
    WORD,
    Element,
    W,
    content_types,
    paragraph,
    relations,
    w,
)
from edition.exports.readers.reading import Text

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


def styles(text: Text) -> Element:
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


def core(text: Text, date: str) -> bytes:
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
