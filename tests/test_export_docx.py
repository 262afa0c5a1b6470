"""Word: python-docx opens it; with the changes accepted it is the corrected text, with the changes rejected the source."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx as python_docx
import pytest
from lxml import etree

from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.model import Text
from edition.exports.readers.print import docx
from edition.exports.readers.print.ooxml import ORDER, W
from edition.exports.readers.wording import legible
from printed_words import SIGNS, called, moved, own_notes, running, solid
from test_exports import PROJECTS, edition

TEXTS = [(project, k) for project in PROJECTS for k in range(len(edition(project).documents))]
AFTER = ("Author", "Title", "Subtitle", "Editors", "RegisterEntry")
_in = f"{{{W}}}"


class Opened:
    """A document as python-docx opens it, and its parts."""

    def __init__(self, data: bytes) -> None:
        self.document = python_docx.Document(io.BytesIO(data))
        self.parts = zipfile.ZipFile(io.BytesIO(data))
        self.footnotes = etree.fromstring(self.parts.read("word/footnotes.xml"))

    @property
    def body(self) -> etree._Element:
        element: etree._Element = self.document.element.body
        return element

    def paragraphs(self, text: Text) -> Iterator[etree._Element]:
        """Those of the text: not the title before, not the registers behind it."""
        for p in self.body.iter(f"{_in}p"):
            style = p.find(f"{_in}pPr/{_in}pStyle")
            name = style.get(f"{_in}val", "") if style is not None else ""
            if name == "RegisterEntry":
                return
            if name not in AFTER:
                yield p


def words(e: etree._Element, changes: str) -> str:
    """The words of an element with the changes "accepted" or "rejected"."""
    without = "del" if changes == "accepted" else "ins"
    said = []
    for r in e.iter(f"{_in}r"):
        style = r.find(f"{_in}rPr/{_in}rStyle")
        if style is not None and style.get(f"{_in}val") in ("BlockNumber", "FootnoteReference"):
            continue
        if any(a.tag == f"{_in}{without}" for a in r.iterancestors()):
            continue
        said += [t.text or "" for t in r if t.tag in (f"{_in}t", f"{_in}delText")]
    return "".join(said)


def opened(project: str, number: int) -> tuple[Text, Opened]:
    text = text_for_readers(edition(project).project, edition(project).documents[number])
    return text, Opened(docx.word_document(text))


def source(text: Text) -> str:
    """The words of the source, as they run; private-use characters as they are shown."""
    return solid(SIGNS.sub("", legible(moved(text))))


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_accepted_it_is_the_corrected_text_and_rejected_the_source(project: str, number: int) -> None:
    text, found = opened(project, number)
    paragraphs = list(found.paragraphs(text))
    headings = 0
    while paragraphs and style_of(paragraphs[-1]) == "Heading1" and headings < 1:
        paragraphs.pop()  # of the first register
        headings += 1
    accepted = solid(SIGNS.sub("", "".join(words(p, "accepted") for p in paragraphs)))
    assert accepted == running(text)
    rejected = solid(SIGNS.sub("", "".join(words(p, "rejected") for p in paragraphs)))
    assert rejected == source(text)


def style_of(p: etree._Element) -> str:
    style = p.find(f"{_in}pPr/{_in}pStyle")
    return str(style.get(f"{_in}val", "")) if style is not None else ""


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_every_footnote_stands_where_it_is_called(project: str, number: int) -> None:
    text, found = opened(project, number)
    references = [e.get(f"{_in}id") for e in found.body.iter(f"{_in}footnoteReference")]
    notes = {
        e.get(f"{_in}id"): solid(words(e, "accepted")) for e in found.footnotes if e.get(f"{_in}type") is None
    }
    assert references == list(notes) and len(set(references)) == len(references)
    for said in (*called(text), *own_notes(text)):
        assert any(said in note for note in notes.values()), said


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_what_is_named_is_there(project: str, number: int) -> None:
    _, found = opened(project, number)
    roots = [found.body, found.footnotes]
    names = [e.get(f"{_in}name") for root in roots for e in root.iter(f"{_in}bookmarkStart")]
    wanted = {a for root in roots for e in root.iter(f"{_in}hyperlink") if (a := e.get(f"{_in}anchor"))}
    assert len(names) == len(set(names)) and wanted <= set(names)
    styles = {s.style_id for s in found.document.styles}
    used = {
        e.get(f"{_in}val")
        for root in roots
        for tag in ("pStyle", "rStyle", "tblStyle")
        for e in root.iter(_in + tag)
    }
    assert used <= styles
    changes = [e.get(f"{_in}id") for root in roots for tag in ("ins", "del") for e in root.iter(_in + tag)]
    assert len(changes) == len(set(changes))
    for root in roots:
        for properties in root.iter(f"{_in}rPr"):
            order = [ORDER.index(etree.QName(e).localname) for e in properties]
            assert order == sorted(set(order))


def test_what_it_says_of_itself_tells_no_time_but_the_editions() -> None:
    text, found = opened("project", 0)
    core = found.document.core_properties
    assert (core.title, core.author) == (text.title, text.author)
    assert core.modified is not None and core.modified.date().isoformat() == text.revised
    assert {info.date_time for info in found.parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
