"""PDF: the tagged text has the words of the corrected text, notes stand where they are called, and typst reads words as words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.exports import pdf
from edition.exports.labels import LABELS, REGISTERS
from edition.exports.printed import edited_by
from edition.exports.reader import read
from edition.exports.reading import Text
from edition.exports.typst_text import escaped, string
from printed_words import SIGNS, called, own_notes, running, solid, words_of
from test_exports import PROJECTS, edition
from tools import missing, program, ran

TEXTS = [(project, k) for project in PROJECTS for k in range(len(edition(project).documents))]
CHINESE = "lunyu"


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
    for line in ran([program("pdfinfo"), "-struct-text", path]).splitlines():
        depth, said = len(line) - len(line.lstrip()), line.strip()
        while stack[-1][0] >= depth:
            stack.pop()
        if said.startswith('"'):
            stack[-1][1].content.append(said[1:-1])
        elif (name := re.match(r"[A-Z]\w*", said)) and not said.startswith(("Object ", "/")):
            element = Tagged(name[0])
            stack[-1][1].content.append(element)
            stack.append((depth, element))
    return root


def text_of(project: str, number: int) -> Text:
    return read(edition(project).project, edition(project).documents[number])


def made(project: str, name: str, folder: Path) -> Path:
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf.write(edition(project)).files[path.name])
    return path


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_the_words_are_those_of_the_corrected_text(project: str, number: int, tmp_path: Path) -> None:
    text = text_of(project, number)
    if text.name == CHINESE:
        pytest.skip("typst has no font for it: see test_a_script_without_font")
    structure = tagged(made(project, text.name, tmp_path))
    found = SIGNS.sub("", structure.words("Note"))
    before = f"{text.author}{text.title}{text.subtitle}{edited_by(text)}"
    assert solid(found).startswith(solid(before) + running(text))
    rest = solid(found).removeprefix(solid(before) + running(text))
    labels = [solid(LABELS[text.tongue][r]) for r in (*REGISTERS, "dates", "about_edition")]
    assert rest.startswith(tuple(labels))
    notes = [solid(note.words()) for note in structure.all() if note.kind == "Note"]
    assert len(set(notes)) >= len(text.notes)
    for words in (*called(text), *own_notes(text)):
        assert any(words in note for note in notes), words


def test_a_script_without_font(tmp_path: Path) -> None:
    """It is told, and the source is there; with a font in the folder fonts/ there is a PDF."""
    export = pdf.write(edition("scripts"))
    assert {f"{CHINESE}.typ", "genesis.pdf"} <= set(export.files) and f"{CHINESE}.pdf" not in export.files
    (why,) = (lost.why for lost in export.lost if lost.id == CHINESE)
    assert why.startswith("no font has the characters 論語")
    fonts = subprocess.run(["fc-list", ":lang=zh-tw", "file"], capture_output=True, text=True, check=False).stdout
    paths = [p for p in re.findall(r"(.+\.(?:ttf|otf|ttc)): ?$", fonts, re.M) if Path(p).is_file()]
    if not paths:
        missing("there is no Chinese font: apt-get install fonts-droid-fallback")
    shutil.copy(paths[0], tmp_path)
    text = text_of("scripts", [b.name for b in edition("scripts").documents].index(CHINESE))
    families = pdf.families(tmp_path)
    own = [name for name in families.families() if name not in pdf.FONTS]
    data, problem = pdf.typeset(pdf.Sheet(text).whole(own).encode(), families)
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
    told = re.findall(r"Mentioned:p\.([\d?,]+)\.", solid(tagged(path).words("Note")))
    assert len(told) > 50
    assert all(1 <= int(n.rstrip("?")) <= pages for row in told for n in row.split(","))


# what typst reads


def flat(content: object) -> str:
    if not isinstance(content, dict):
        return ""
    kind = content["func"]
    if kind == "sequence":
        return "".join(map(flat, content["children"]))
    return {"space": " ", "text": content.get("text", "")}.get(kind) or f"<{kind}>"


def as_typst_reads(source: str) -> str:
    (value,) = json.loads(typst.query(f"#metadata([{source}]) <it>".encode(), "<it>", field="value"))
    return flat(value)


hostile = st.text(st.sampled_from("\\#$*_`<>@[]{}~-–=+/\"'.…:;,()!?%^&|1ahtp \u00a0é中א")) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"])
)


@settings(max_examples=300, deadline=None)
@given(hostile)
def test_words_are_words_for_typst(words: str) -> None:
    assert as_typst_reads(escaped(words)) == words_of(words)


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_strings_are_strings_for_typst(words: str) -> None:
    (value,) = json.loads(typst.query(f"#metadata({string(words)}) <it>".encode(), "<it>", field="value"))
    assert value == words
