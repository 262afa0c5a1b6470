"""The page on the markup: whole, safe, true. Its examples stand in the files, its numbers are those of the editions."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from edition.app import commands
from edition.app.markup_page import markup_page
from edition.encode.tei import read_back
from edition.model.vocabulary import BLOCKS, KINDS
from pages import put, run

ROOT = Path(__file__).parent.parent
EMPTY = {"meta", "br", "hr", "img", "link"}


class Reader(HTMLParser):
    """Elements with their attributes; and the text of every one, in order of their ends."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        name, text = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        self.texts.append((tag, "".join(text)))

    def handle_data(self, data: str) -> None:
        for _, text in self.open:
            text.append(data)

    def all(self, name: str) -> list[str]:
        return [text for tag, text in self.texts if tag == name]


def reader(html: str) -> Reader:
    made = Reader()
    made.feed(html)
    made.close()
    assert made.open == []
    return made


@cache
def ours() -> str:
    outcome = commands.build_in_memory(ROOT)
    project = outcome.edition.project
    return markup_page(project, outcome.documents)


def section(html: str, anchor: str) -> str:
    found = re.search(rf'<section id="{anchor}">.*?</section>', html, re.S)
    assert found, anchor
    return found[0]


def test_it_is_one_whole_page_without_scripts_or_anything_from_elsewhere() -> None:
    html = reader(ours())
    names = Counter(name for name, _ in html.elements)
    assert names["h1"] == names["main"] == names["title"] == names["nav"] == 1
    assert not names & Counter(["script", "link", "img", "iframe", "object", "form"])
    assert not re.search(r"url\(|@import|\bon\w+=", ours().partition("</style>")[0])
    assert ours().startswith('<!DOCTYPE html>\n<html lang="en">')
    for _, attributes in html.elements:
        assert not attributes.keys() & {"src", "style", "onclick"}
        assert (attributes.get("href") or "#").startswith("#")


def test_links_lead_somewhere_and_headings_go_down_one_by_one() -> None:
    html = reader(ours())
    ids = [attributes["id"] for _, attributes in html.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for name, a in html.elements if name == "a"} <= set(ids)
    levels = [int(name[1]) for name, _ in html.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def test_every_kind_and_every_block_has_its_part() -> None:
    for anchor in [*(f"kind-{name}" for name in KINDS), *(f"block-{name}" for name in BLOCKS)]:
        part = section(ours(), anchor)
        assert "TEI" in part and part.count("<h4>") == 1, anchor


def test_light_and_dark_screen_and_paper() -> None:
    style = reader(ours()).all("style")[0]
    assert "prefers-color-scheme: dark" in style and "@media print" in style
    colours = [
        set(re.findall(r"(--\w+):", part)) for part in style.split("@media (prefers-color-scheme: dark)")[:2]
    ]
    assert colours[0] == colours[1]


def test_examples_stand_in_the_files() -> None:
    """Words in the seed, lines in the YAML, TEI in the edition."""
    files = {path: (ROOT / path).read_text("utf-8") for path in named(ours())}
    out = "".join(path.read_text("utf-8") for path in sorted((ROOT / "out").glob("*.xml")))
    shown = 0
    for figure in re.findall(r"<figure>.*?</figure>", ours(), re.S):
        html = reader(figure)
        (caption,) = html.all("figcaption")
        if caption == "TEI":
            assert html.all("code")[0].removesuffix(" …") in out
        elif caption.startswith("seeds/"):
            words = html.all("mark")[0]
            assert words == "‸" or words.partition(" … ")[0] in files[caption.partition(":")[0]]
        else:
            squeezed = re.sub(r"\s+", " ", files[caption.partition(":")[0]])
            assert re.sub(r"\s+", " ", html.all("code")[0]).removesuffix(" …") in squeezed
        shown += 1
    assert shown > 60


def named(html: str) -> set[str]:
    return {c.partition(":")[0] for c in reader(html).all("figcaption") if c != "TEI"}


@pytest.mark.parametrize(
    ("kind", "element"), [("person", "persName"), ("place", "placeName"), ("correction", "choice")]
)
def test_numbers_are_those_of_the_editions(kind: str, element: str) -> None:
    told = dict(re.findall(r"(\d+) in ([\w-]+)", section(ours(), f"kind-{kind}").partition("</p>")[0]))
    for number, name in told.items():
        _, placed = read_back((ROOT / "out" / f"{name}.xml").read_bytes())
        inner = {"choice": "sic"}.get(element, element)
        assert sum(n for (e, _, _), n in placed.items() if e == inner) == int(number)


def test_the_elements_are_all_told_in_words() -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", section(ours(), "elements"), re.S)[1:]
    assert len(rows) > 80
    for row in rows:
        name, about, *numbers = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        assert len(about) > 4 and any(n != "–" for n in numbers), name


def test_what_a_project_writes_is_escaped(tmp_path: Path) -> None:
    put(tmp_path / "seeds/a.txt", b"I have <script>alert(1)</script> seen <b>Goethe</b>.\n")
    put(
        tmp_path / "annotations/a.yaml",
        b"edition: 1\nannotations:\n  - note: '5 < 6 & \"x\"'\n    quote: <script>alert(1)</script>\n",
    )
    put(
        tmp_path / "annotations/edition.yaml",
        b'edition: 1\ntitle: "<script>x</script>"\npublisher: A\nlicence: {name: CC0, url: "https://x.org/"}\n'
        b"editors: {ed: {name: Ed}}\ndefaults: {by: ed, language: en}\n",
    )
    ran = run("edition schema --doc", tmp_path)
    assert (ran.code, ran.stderr) == (0, "")
    html = reader(ran.stdout)
    assert "script" not in {name for name, _ in html.elements}
    assert "<script>alert(1)</script>" in html.all("mark")
    assert html.all("title") == ["<script>x</script>: the markup"]


def test_a_text_with_errors_is_told_and_the_page_still_made(tmp_path: Path) -> None:
    put(tmp_path / "seeds/a.txt", b"I have seen Goethe.\n")
    put(
        tmp_path / "annotations/a.yaml",
        b"edition: 1\nannotations:\n  - person: goethe\n    quote: Schiller\n",
    )
    ran = run("edition schema --doc page.html", tmp_path)
    assert ran.code == 1 and "[E201]" in ran.stderr
    reader((tmp_path / "page.html").read_text("utf-8"))


def test_it_is_the_same_each_time() -> None:
    outcome = commands.build_in_memory(ROOT)
    project = outcome.edition.project
    assert markup_page(project, outcome.documents) == ours()
