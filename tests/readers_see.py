"""What readers see of an export, and not only machines: words, and how they are set; no attribute, no class."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree, html

from edition.exports.writer import Writer

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
LOOKS = ("b", "i", "u", "strike", "vertAlign", "smallCaps", "caps", "color", "highlight", "rStyle", "pStyle")


def seen(writer: Writer, files: Mapping[str, bytes]) -> list[object]:
    """Of formats for machines, everything."""
    found: list[object] = []
    for name, data in files.items():
        ending = name.rpartition(".")[2]
        if writer.name == "html" and ending == "html":
            found.append(page(data))
        elif ending == "epub":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                found += [page(parts.read(part)) for part in parts.namelist() if part.endswith("html")]
        elif ending == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                found += [printed(parts.read(part)) for part in PARTS if part in parts.namelist()]
        else:
            found.append((name, data))
    return found


def page(data: bytes) -> list[tuple[str, str, str]]:
    """Elements and the words in them and behind them."""
    root = html.document_fromstring(data)
    for e in root.iter("style", "script"):
        e.text = None
    return [(str(e.tag), e.text or "", e.tail or "") for e in root.iter(etree.Element)]


def printed(data: bytes) -> list[tuple[str, str]]:
    """Words, and what of their looks is said."""
    found = []
    for e in etree.fromstring(data).iter(etree.Element):
        name = etree.QName(e).localname
        if name in ("t", "tab", "br", "p", "r", "tc", "tr"):
            found.append((name, e.text or ""))
        elif name in LOOKS:
            found.append((name, e.get(f"{WORD}val", "")))
    return found
