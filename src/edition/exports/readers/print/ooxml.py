"""Elements and parts of an Office Open XML text (ECMA-376). Knows no edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

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


def run(words: str, tag: str = "t") -> Element:
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
            out += marked([run("\u2009")], rStyle={"val": "FootnoteReference"})
        out.append(e)
    return out


def is_call(e: Element) -> bool:
    return has(e, "r") and any(has(child, "footnoteReference") for child in e)


def footer_reference() -> Element:
    e = w("footerReference", type="default")
    e.set(f"{{{R}}}id", "footer")
    return e
