"""`html` in Chromium: accessible in each view, its notes reached with the keyboard, its words those of the text; and valid."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from edition.exports.readers.html import html
from readings import PROJECTS, edition, one_line, seen, texts
from tools import TOOLS, browse, node_modules, program, ran

THOROUGH = ["project/reiss-1937.html"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("html")
    for project in PROJECTS:
        for name, data in html.write(edition(project)).files.items():
            (root / project).mkdir(exist_ok=True)
            (root / project / name).write_bytes(data)
    return root


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, Any]:
    """What one start of Chromium finds on all pages."""
    paths = (path.relative_to(folder).as_posix() for path in folder.glob("*/*.html"))
    pages = sorted(path for path in paths if not path.endswith("index.html") or "project" in path)
    answers = browse(folder, "reading", {"pages": pages, "thorough": THOROUGH})
    assert len(answers) == len(pages) > 12
    return {answer["page"]: answer for answer in answers}


def test_no_fault_of_accessibility(found: dict[str, Any]) -> None:
    """axe-core: light, dark, small, and the letter in every view."""
    assert {page: answer["faults"] for page, answer in found.items() if answer["faults"]} == {}


def test_every_link_leads_somewhere_and_no_id_is_double(found: dict[str, Any]) -> None:
    assert [(p, a["doubled"], a["broken"]) for p, a in found.items() if a["doubled"] or a["broken"]] == []


def test_a_small_screen_need_not_be_moved_sideways(found: dict[str, Any]) -> None:
    assert [page for page, answer in found.items() if answer["wide"] > 0] == []


@pytest.mark.parametrize("project", PROJECTS)
def test_each_view_shows_its_words(project: str, found: dict[str, Any]) -> None:
    for text in texts(project):
        views = found[f"{project}/{text.name}.html"]["views"]
        assert views
        for view, words in views.items():
            assert one_line(words) == seen(text, *view.split()), view


def test_the_letter_has_all_views_it_needs(found: dict[str, Any]) -> None:
    views = found["project/reiss-1937.html"]["views"]
    assert set(views) == {f"{w} {s}" for w in ("corrected", "diplomatic") for s in ("author", "glosses")}
    assert "E. H." in views["diplomatic glosses"] and "E. H." not in views["diplomatic author"]


@pytest.mark.parametrize("page", THOROUGH)
def test_the_keyboard_reaches_every_note_and_every_explanation(page: str, found: dict[str, Any]) -> None:
    keyboard = found[page]["keyboard"]
    assert keyboard["calls"] > 50
    assert keyboard["lost"] == [] and keyboard["silent"] == 0


def test_pages_are_valid(folder: Path) -> None:
    node_modules()
    tool = TOOLS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    ran([program("node"), tool, "--config", TOOLS / "html-validate.json", f"{folder}/**/*.html"])


def test_pages_need_nothing_else(folder: Path) -> None:
    for path in folder.glob("*/*.html"):
        page = path.read_text("utf-8")
        assert "<script" not in page and " onclick" not in page
        assert not re.search(r"<(?:link|img|iframe)\b|@import|url\(", page)
        for target in re.findall(r'href="([^"#][^":]*)"', page):
            assert (path.parent / target).exists(), target


def test_a_page_speaks_the_language_of_its_text(folder: Path) -> None:
    german = (folder / "project/trotzki-exil.html").read_text("utf-8")
    assert '<html lang="de">' in german and "Anmerkungen" in german and "About this edition" not in german
    hebrew = (folder / "scripts/genesis.html").read_text("utf-8")
    assert '<article id="text" lang="he" dir="rtl"' in hebrew and '<html lang="en">' in hebrew
