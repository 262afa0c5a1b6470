"""The header of an edition → what readers are told of it: title, editors, source, licence, how to understand it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edition.exports.readers.model import Content, Fact, Header
from edition.exports.readers.tagged import Tagged

ReadContent = Callable[[Tagged], Content]
MAIN = (
    ("profileDesc/abstract", "abstract"),
    ("profileDesc/creation/date", "written"),
    ("fileDesc/notesStmt/note", "remark"),
    ("fileDesc/sourceDesc/bibl/note", "source"),
)
IN_ONE = (
    ("profileDesc/langUsage/language", "languages"),
    ("profileDesc/textClass/keywords/term", "genre"),
)
FILE = (("fileDesc/sourceDesc/bibl/title", "file"), ("fileDesc/sourceDesc/bibl/idno", "sha256"))


def read_header(header: Tagged, content: ReadContent) -> Header:
    def text(path: str, **wanted: str) -> str:
        return next((e.words for e in header.all(f"fileDesc/{path}", **wanted)), "")

    published = next((e.get("when") for e in header.all("fileDesc/publicationStmt/date")), "")
    changes = [_when(e) for e in header.all("revisionDesc/change")]
    licences = [e for place in header.all("fileDesc/publicationStmt/availability") for e in place.elements]
    return Header(
        title=text("titleStmt/title", type="main"),
        subtitle=text("titleStmt/title", type="sub"),
        author=text("titleStmt/author"),
        editors=tuple((e.id, e.words) for e in header.all("fileDesc/titleStmt/editor")),
        publisher=text("publicationStmt/publisher"),
        published=published,
        revised=max([change for change in changes if change[:1].isdigit()], default=published),
        licence="".join(e.words for e in licences[:1]),
        licence_url="".join(e.get("target") for e in licences[:1]),
        series=text("seriesStmt/title"),
        sha256=text("sourceDesc/bibl/idno", type="SHA-256"),
        facts=tuple(_facts(header, content)),
    )


def _when(e: Tagged) -> str:
    return e.get("when") or e.get("notAfter")


def _facts(header: Tagged, content: ReadContent) -> Iterator[Fact]:
    for path, name in MAIN:
        yield from (Fact(name, content(e), e.get("cert")) for e in header.all(path))
    for e in header.all("profileDesc/correspDesc"):
        yield from _letter(e, content)
    for e in header.all("fileDesc/sourceDesc/listBibl/bibl"):
        yield Fact("print", (e.words,), sources=(e.key("corresp"),))
    for path, name in IN_ONE:
        if said := "; ".join(e.words for e in header.all(path)):
            yield Fact(name, (said,))
    for e in header.all("profileDesc/calendarDesc/calendar/p"):
        yield Fact("calendar", content(e))
    for path, name in FILE:
        found = [e.words for e in header.all(path) if e.get("type") in ("file", "SHA-256")]
        yield from (Fact(name, (said,)) for said in found[:1] if said)
    for e in header.all("revisionDesc/change"):
        yield Fact("revision", (f"{_when(e)}: ", *content(e)))


def _letter(e: Tagged, content: ReadContent) -> Iterator[Fact]:
    """Who wrote to whom, whence and when."""
    for action in e.all("correspAction"):
        parts = (child.words for child in action.elements if child.name != "note")
        yield Fact(action.get("type"), (", ".join(parts),), action.get("cert"))
    yield from (Fact("remark", content(note)) for note in e.all("note"))
