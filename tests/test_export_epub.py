"""`epub`: no error and no warning of epubcheck; the words of the book are those of the text."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from edition.checks.relaxng import parse
from edition.exports.readers.html import epub
from edition.exports.readers.model import Text
from edition.exports.readers.zipped import EARLIEST
from readings import PROJECTS, edition, seen, texts
from tools import missing, program, ran

JAR = Path(os.environ.get("EPUBCHECK", "/usr/share/java/epubcheck.jar"))
X = "{http://www.w3.org/1999/xhtml}"
BESIDE = ("call", "whose", "pb")


def books(project: str) -> dict[str, bytes]:
    return epub.write(edition(project)).files


def check(path: Path, data: bytes) -> None:
    """What epubcheck says of a book; its machine is told to be quick."""
    if not JAR.exists():
        missing(f"epubcheck is not installed: there is no {JAR}")
    path.write_bytes(data)
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    said = ran([program("java"), *quick, "-jar", JAR, "--failonwarnings", path])
    assert "No errors or warnings" in said


@pytest.mark.parametrize(
    "project, name", [("project", "reiss-1937"), ("project", "trotzki-exil"), ("scripts", "genesis")]
)
def test_epubcheck_finds_nothing(project: str, name: str, tmp_path: Path) -> None:
    check(tmp_path / f"{name}.epub", books(project)[f"{name}.epub"])


def test_epubcheck_finds_nothing_in_any_text(tmp_path: Path) -> None:
    """Every other text, and its navigation, as chapters of one book: epubcheck starts slowly."""
    chapters = {
        text.name: epub.EpubBook(text)
        for project in PROJECTS
        if project != "project"
        for text in texts(project)
    }
    files: dict[str, str] = {}
    for name, book in chapters.items():
        files[f"{name}.xhtml"] = book.content()
        files[f"{name}-nav.xhtml"] = book.navigation().replace("text.xhtml", f"{name}.xhtml")
    first = next(iter(chapters))
    rest = [name for name in files if name != f"{first}-nav.xhtml"]
    items = "".join(
        f'<item id="i{k}" href="{name}" media-type="application/xhtml+xml"/>' for k, name in enumerate(rest)
    )
    spine = "".join(f'<itemref idref="i{k}"/>' for k in range(len(rest)))
    package = epub.opf(chapters[first].text, "urn:uuid:6ba7b811-9dad-11d1-80b4-00c04fd430c8")
    package = package.replace('href="nav.xhtml"', f'href="{first}-nav.xhtml"')
    package = re.sub(r'<item id="text"[^>]*>', items, package).replace('<itemref idref="text"/>', spine)
    files = {name: words.replace("nav.xhtml#", f"{first}-nav.xhtml#") for name, words in files.items()}
    check(
        tmp_path / "all.epub",
        epub.packed({**epub.frame(package), **{f"EPUB/{n}": w for n, w in files.items()}}),
    )


def test_the_mimetype_comes_first_and_nothing_has_a_date() -> None:
    for data in books("project").values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            first, *_ = entries = archive.infolist()
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert {entry.date_time for entry in entries} == {EARLIEST}


@pytest.mark.parametrize(
    "revised, told",
    [
        ("2026-11-22", "2026-11-22T00:00:00Z"),
        ("2026-11", "2026-11-01T00:00:00Z"),
        ("2026", "2026-01-01T00:00:00Z"),
        ("", "1980-01-01T00:00:00Z"),
    ],
)
def test_it_was_modified_when_the_header_says(revised: str, told: str) -> None:
    assert epub.modified(replace(texts("project")[0], revised=revised)) == told


@pytest.mark.parametrize("project", PROJECTS)
def test_the_words_are_those_of_the_text(project: str) -> None:
    for text in texts(project):
        assert "".join(_words(text).split()) == "".join(seen(text, "corrected", "glosses").split())


def _words(text: Text) -> str:
    root = parse(epub.EpubBook(text).content().encode())
    (section,) = root.findall(f".//{X}section[@id='text']")
    for e in list(section.iter(f"{X}a", f"{X}span")):
        if set((e.get("class") or "").split()) & set(BESIDE):
            for child in list(e):
                e.remove(child)
            e.text = ""
    return "".join(section.itertext())


def test_notes_open_where_they_are_called() -> None:
    (text,) = (text for text in texts("project") if text.name == "reiss-1937")
    content = epub.EpubBook(text).content()
    assert content.count('epub:type="noteref"') > 50
    assert content.count('epub:type="footnote" role="doc-footnote"') >= content.count('epub:type="noteref"')
