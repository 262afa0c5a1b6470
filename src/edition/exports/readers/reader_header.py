"""The header of an edition → rows that readers are told: source, licence, who made it, how to understand it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from edition.exports.readers.model import Content, Fact
from edition.model.xml import TEI, XML

ReadContent = Callable[[etree._Element], Content]
_in = f"{{{TEI}}}"


@dataclass(frozen=True, slots=True)
class Header:
    """What a `teiHeader` says. editors: key and name; revised: the latest change, or the date of publication."""

    title: str
    subtitle: str
    author: str
    editors: tuple[tuple[str, str], ...]
    publisher: str
    published: str
    revised: str
    licence: str
    licence_url: str
    series: str
    sha256: str
    facts: tuple[Fact, ...]


def read_header(root: etree._Element, content: ReadContent) -> Header:
    header = root.find(f"{_in}teiHeader")
    assert header is not None
    find = _Finder(header)
    changes = [
        e.get("when") or e.get("notAfter") or "" for e in header.iterfind(f".//{_in}revisionDesc/{_in}change")
    ]
    published = find.attribute("fileDesc/publicationStmt/date", "when")
    licence = header.find(f".//{_in}availability/*")
    return Header(
        find.text("fileDesc/titleStmt/title[@type='main']"),
        find.text("fileDesc/titleStmt/title[@type='sub']"),
        find.text("fileDesc/titleStmt/author"),
        tuple(
            (e.get(f"{{{XML}}}id", ""), _plain(e)) for e in header.iterfind(f".//{_in}titleStmt/{_in}editor")
        ),
        find.text("fileDesc/publicationStmt/publisher"),
        published,
        max([change for change in changes if change[:1].isdigit()], default=published),
        _plain(licence) if licence is not None else "",
        licence.get("target", "") if licence is not None else "",
        find.text("fileDesc/seriesStmt/title"),
        find.text("fileDesc/sourceDesc/bibl/idno[@type='SHA-256']"),
        tuple(_facts(header, find, content)),
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    header: etree._Element

    def all(self, path: str) -> list[etree._Element]:
        return self.header.findall("/".join(_in + step for step in path.split("/")))

    def text(self, path: str) -> str:
        return next((_plain(e) for e in self.all(path)), "")

    def attribute(self, path: str, attribute: str) -> str:
        return next((e.get(attribute, "") for e in self.all(path)), "")


def _plain(e: etree._Element) -> str:
    return " ".join("".join(e.itertext(f"{_in}*")).split())


def _facts(header: etree._Element, find: _Finder, content: ReadContent) -> Iterator[Fact]:
    for path, name in (
        ("profileDesc/abstract", "abstract"),
        ("profileDesc/creation/date", "written"),
        ("fileDesc/notesStmt/note", "remark"),
        ("fileDesc/sourceDesc/bibl/note", "source"),
    ):
        for e in find.all(path):
            yield Fact(name, content(e), e.get("cert", ""))
    for e in find.all("profileDesc/correspDesc"):
        yield from _letter(e, content)
    prints = find.all("fileDesc/sourceDesc/listBibl/bibl")
    yield from (
        Fact("print", (_plain(e),), sources=(e.get("corresp", "").removeprefix("#"),)) for e in prints
    )
    for name, path in (
        ("languages", "profileDesc/langUsage/language"),
        ("genre", "profileDesc/textClass/keywords/term"),
    ):
        if said := "; ".join(_plain(e) for e in find.all(path)):
            yield Fact(name, (said,))
    yield from (Fact("calendar", content(p)) for p in find.all("profileDesc/calendarDesc/calendar/p"))
    for name, path in (
        ("file", "fileDesc/sourceDesc/bibl/title"),
        ("sha256", "fileDesc/sourceDesc/bibl/idno[@type='SHA-256']"),
    ):
        if said := find.text(path):
            yield Fact(name, (said,))
    for e in find.all("revisionDesc/change"):
        yield Fact("revision", (f"{e.get('when') or e.get('notAfter') or ''}: ", *content(e)))


def _letter(e: etree._Element, content: ReadContent) -> Iterator[Fact]:
    """Who wrote to whom, whence and when."""
    for action in e.iterfind(f"{_in}correspAction"):
        parts = [_plain(child) for child in action if etree.QName(child).localname != "note"]
        yield Fact(action.get("type", "sent"), (", ".join(parts),), action.get("cert", ""))
    yield from (Fact("remark", content(note)) for note in e.iterfind(f"{_in}note"))
