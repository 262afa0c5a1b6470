"""PDF: the tagged text has the words of the corrected text, notes stand where they are called, and typst reads words as words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.labels import LABELS, SHOWN_REGISTERS
from edition.exports.readers.model import Text, direction
from edition.exports.readers.print import pdf
from edition.exports.readers.print.pdf import FONTS, TypstWriter, string, typst_escaped
from edition.exports.readers.print.press import edited_by
from edition.exports.writer import Export
from printed_words import SIGNS, called, own_notes, running, solid, words_of
from test_exports import PROJECTS, edition
from tools import SECONDS, missing, program, ran

CHINESE = "lunyu"  # typst has no font for it
TEXTS = [
    (project, k)
    for project in PROJECTS
    for k, built in enumerate(edition(project).documents)
    if built.name != CHINESE
]


@dataclass
class Tagged:
    """An element of a tagged PDF: its type, its words and elements in their order."""

    kind: str
    content: list[str | Tagged] = field(default_factory=list)

    def all(self) -> Iterator[Tagged]:
        for child in self.content:
            if isinstance(child, Tagged):
                yield child
                yield from child.all()

    def words(self, *without: str) -> str:
        parts = (
            c if isinstance(c, str) else "" if c.kind in without or c.is_call else c.words(*without)
            for c in self.content
        )
        return "".join(parts)

    @property
    def is_call(self) -> bool:
        """The mark of a note: a label that is a link. Labels of lists are words of the text."""
        return self.kind == "Lbl" and any(isinstance(c, Tagged) and c.kind == "Link" for c in self.content)


def tagged(path: Path) -> Tagged:
    """The structure of a PDF as poppler reads it."""
    root = Tagged("root")
    stack = [(-1, root)]
    command = [program("pdfinfo"), "-struct-text", str(path)]
    said = subprocess.run(
        command, capture_output=True, check=True, timeout=SECONDS
    ).stdout  # titles in it are UTF-16
    for line in said.decode("utf-8", "replace").splitlines():
        depth, row = len(line) - len(line.lstrip()), line.strip()
        while stack[-1][0] >= depth:
            stack.pop()
        if row.startswith('"'):
            stack[-1][1].content.append(row[1:-1])
        elif (name := re.match(r"[A-Z]\w*", row)) and not row.startswith("Object "):
            element = Tagged(name[0])
            stack[-1][1].content.append(element)
            stack.append((depth, element))
    return root


def text_of(project: str, number: int) -> Text:
    return text_for_readers(edition(project).project, edition(project).documents[number])


@cache
def written(project: str) -> Export:
    return pdf.write(edition(project))


@cache
def structure(project: str, name: str) -> Tagged:
    """Poppler takes its time for it."""
    with TemporaryDirectory() as folder:
        return tagged(made(project, name, Path(folder)))


def made(project: str, name: str, folder: Path) -> Path:
    path = folder / f"{name}.pdf"
    path.write_bytes(written(project).files[path.name])
    return path


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_the_words_are_those_of_the_corrected_text(project: str, number: int, tmp_path: Path) -> None:
    text = text_of(project, number)
    read_back = structure(project, text.name)
    found = SIGNS.sub("", read_back.words("Note"))
    before = f"{text.author}{text.title}{text.subtitle}{edited_by(text)}"
    if (
        direction(text.language) == "rtl"
    ):  # what typst tells of clusters with points, poppler puts in no order
        path = made(project, text.name, tmp_path)
        assert set(running(text)) <= set(ran([program("pdftotext"), path, "-"]))
        return
    assert solid(found).startswith(solid(before) + running(text))
    rest = solid(found).removeprefix(solid(before) + running(text))
    labels = [solid(LABELS[text.tongue][r]) for r in (*SHOWN_REGISTERS, "dates", "about_edition")]
    assert rest.startswith(tuple(labels))
    notes = [solid(note.words()) for note in read_back.all() if note.kind == "Note"]
    assert len(set(notes)) >= len(text.notes)
    for words in (*called(text), *own_notes(text)):
        assert any(words in note for note in notes), words


def test_a_script_without_font(tmp_path: Path) -> None:
    """It is told, and the source is there; with a font in the folder fonts/ there is a PDF."""
    export = written("scripts")
    assert {f"{CHINESE}.typ", "genesis.pdf"} <= set(export.files) and f"{CHINESE}.pdf" not in export.files
    (why,) = (lost.why for lost in export.lost if lost.id == CHINESE)
    assert why.startswith("no font has the characters 論語")
    fonts = subprocess.run(
        ["fc-list", ":lang=zh-tw", "file"], capture_output=True, text=True, check=False
    ).stdout
    paths = [p for p in re.findall(r"(.+\.(?:ttf|otf|ttc)): ?$", fonts, re.M) if Path(p).is_file()]
    if not paths:
        missing("there is no Chinese font: apt-get install fonts-droid-fallback")
    shutil.copy(paths[0], tmp_path)
    text = text_of("scripts", [b.name for b in edition("scripts").documents].index(CHINESE))
    families = pdf.families(tmp_path)
    own = [name for name in families.families() if name not in FONTS]
    data, problem = pdf.typeset(TypstWriter(text).whole(own).encode(), families)
    assert not problem
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    assert running(text) in solid(SIGNS.sub("", tagged(path).words("Note")))


def test_it_is_accessible_and_tells_no_time(tmp_path: Path) -> None:
    path = made("project", "reiss-1937", tmp_path)
    said = ran([program("pdfinfo"), path])
    assert re.search(r"Tagged:\s+yes", said) and "Date" not in said
    assert b"pdfuaid" in path.read_bytes()


def test_every_page_that_a_register_tells_is_one(tmp_path: Path) -> None:
    path = made("project", "reiss-1937", tmp_path)
    pages = int(re.findall(r"Pages:\s+(\d+)", ran([program("pdfinfo"), path]))[0])
    told = re.findall(r"Mentioned:p\.([\d?,]+)\.", solid(structure("project", "reiss-1937").words("Note")))
    assert len(told) > 50
    assert all(1 <= int(n.rstrip("?")) <= pages for row in told for n in row.split(","))


# what typst reads


def flat(content: object) -> str:
    if not isinstance(content, dict):
        return ""
    kind = content["func"]
    if kind == "sequence":
        return "".join(map(flat, content["children"]))
    return {"space": " ", "text": content.get("text", ""), "symbol": content.get("text", "")}.get(
        kind
    ) or f"<{kind}>"


def as_typst_reads(contents: list[str]) -> list[object]:
    """The values of expressions, after typst has read them."""
    source = "".join(f"#metadata({content}) <it>\n" for content in contents)
    values: list[object] = json.loads(typst.query(source.encode(), "<it>", field="value"))
    return values


hostile = st.text(st.sampled_from("\\#$*_`<>@[]{}~-–=+/\"'.…:;,()!?%^&|1ahtp \u00a0é中א")) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"])
)


@settings(max_examples=50, deadline=None)
@given(st.lists(hostile, max_size=20))
def test_words_are_words_for_typst(lines: list[str]) -> None:
    found = as_typst_reads([f"[{typst_escaped(words)}]" for words in lines])
    assert list(map(flat, found)) == list(map(words_of, lines))


@settings(max_examples=30, deadline=None)
@given(st.lists(hostile, max_size=20))
def test_strings_are_strings_for_typst(lines: list[str]) -> None:
    assert as_typst_reads(list(map(string, lines))) == lines
