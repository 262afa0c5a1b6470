"""`epub`: no error and no warning of epubcheck; the words of the book are those of the text."""

from __future__ import annotations

import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edition.exports import epub
from edition.exports.reading import Text
from edition.schema import parse
from readings import PROJECTS, edition, seen, texts
from tools import missing, program, ran

JAR = Path(os.environ.get("EPUBCHECK", "/usr/bin/epubcheck"))
X = "{http://www.w3.org/1999/xhtml}"
BESIDE = ("call", "whose", "pb")


def books(project: str) -> dict[str, bytes]:
    return epub.write(edition(project)).files


def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    if not JAR.exists():
        missing("epubcheck is not installed")
    paths = []
    for project in PROJECTS:
        for name, data in books(project).items():
            (tmp_path / name).write_bytes(data)
            paths.append(tmp_path / name)
    assert len(paths) > 10
    with ThreadPoolExecutor(2) as pool:
        for said in pool.map(
            lambda path: ran([program("java"), "-jar", JAR, "--failonwarnings", path]), paths
        ):
            assert "No errors or warnings" in said


def test_the_mimetype_comes_first_and_nothing_has_a_date() -> None:
    for data in books("project").values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            first, *_ = entries = archive.infolist()
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert {entry.date_time for entry in entries} == {epub.EARLIEST}


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
    from dataclasses import replace

    assert epub.modified(replace(texts("project")[0], revised=revised)) == told


@pytest.mark.parametrize("project", PROJECTS)
def test_the_words_are_those_of_the_text(project: str) -> None:
    for text in texts(project):
        assert "".join(_words(text).split()) == "".join(seen(text, "corrected", "glosses").split())


def _words(text: Text) -> str:
    root = parse(epub.Book(text).content().encode())
    (section,) = root.findall(f".//{X}section[@id='text']")
    for e in list(section.iter(f"{X}a", f"{X}span")):
        if set((e.get("class") or "").split()) & set(BESIDE):
            for child in list(e):
                e.remove(child)
            e.text = ""
    return "".join(section.itertext())


def test_notes_open_where_they_are_called() -> None:
    (text,) = (text for text in texts("project") if text.name == "reiss-1937")
    content = epub.Book(text).content()
    assert content.count('epub:type="noteref"') > 50
    assert content.count('epub:type="footnote" role="doc-footnote"') >= content.count('epub:type="noteref"')
