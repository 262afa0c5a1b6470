"""`markdown`, read again with markdown-it-py: the words are those of the corrected text, every footnote is there once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from edition.exports.readers import markdown
from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import Inline, Point, Text, walk
from edition.exports.readers.wording import corrected, without
from readings import PROJECTS, edition, texts

CALL = re.compile(r"\[\^[A-Za-z0-9.-]+\]")
DEFINED = re.compile(r"^(\[\^[A-Za-z0-9.-]+\]): ", re.MULTILINE)


def rendered(source: str) -> str:
    """The words of Markdown."""
    return "".join(_words(MarkdownIt("commonmark").enable("table").parse(source)))


def _words(tokens: list[Token]) -> list[str]:
    return [
        " " if token.type in ("softbreak", "hardbreak") else "".join(_words(token.children)) if token.children else token.content
        for token in tokens
    ]  # fmt: skip


def whole(project: str, text: Text) -> str:
    return markdown.write(edition(project)).files[f"{text.name}.md"].decode()


def body(text: Text, source: str) -> str:
    """The part of a file that is the text: after title and subtitle, before footnotes, registers and what follows."""
    ends = [m.start() for m in DEFINED.finditer(source)]
    ends += [
        source.index(f"\n## {said}\n") for said in LABELS[text.tongue].values() if f"\n## {said}\n" in source
    ]
    rest = source[: min(ends)].split("\n\n", 1)[1]
    return rest.split("\n\n", 1)[1] if text.subtitle else rest


def expected(text: Text) -> str:
    """The corrected words, without what footnotes of the source have: they stand in notes."""
    content = without(text.body.content, residue=True)
    notes = {p.key for p in walk(content) if isinstance(p, Inline) and p.kind == "marker"}

    def left(pieces: object) -> str:
        return corrected(tuple(p for p in pieces if getattr(p, "id", "") not in notes))  # type: ignore[attr-defined]

    marks = {p.id for p in walk(content) if isinstance(p, Inline) and p.kind == "marker"}
    words = left(_unmarked(content, marks))
    return "".join(words.split())


def _unmarked(content: object, marks: set[str]) -> tuple[object, ...]:
    from dataclasses import replace

    kept = []
    for piece in content:  # type: ignore[attr-defined]
        if getattr(piece, "kind", "") == "marker" and piece.id in marks:
            continue
        inside = getattr(piece, "content", None)
        kept.append(replace(piece, content=_unmarked(inside, marks)) if inside is not None else piece)
    return tuple(kept)


@pytest.mark.parametrize("project", PROJECTS)
def test_the_words_are_those_of_the_corrected_text(project: str) -> None:
    for text in texts(project):
        source = CALL.sub("", body(text, whole(project, text)))
        assert "".join(rendered(source).split()) == expected(text)


@pytest.mark.parametrize("project", PROJECTS)
def test_every_footnote_is_called_and_defined_once(project: str) -> None:
    for text in texts(project):
        source = whole(project, text)
        defined = Counter(DEFINED.findall(source))
        called = Counter(CALL.findall(DEFINED.sub("", source)))
        assert set(defined) == set(called)
        assert [name for name, times in defined.items() if times > 1] == []


def test_every_note_on_words_that_are_shown_is_there() -> None:
    for text in texts("project"):
        shown = {p.key for p in walk(without(text.body.content, residue=True)) if isinstance(p, Point)}
        notes = {f"[^{note.id}]" for note in text.notes if note.id in shown}
        assert len(notes) > 40 and notes <= set(DEFINED.findall(whole("project", text)))


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs", "Cs", "Cn")),
        min_size=1,
        max_size=40,
    )
)
def test_words_are_not_taken_for_markup(words: str) -> None:
    assert rendered(markdown.as_line(markdown.markdown_escaped(words))) == words


def test_lines_of_verse_are_lines() -> None:
    (text,) = (text for text in texts("verse") if text.name == "tintern")
    breaks = [t for t in MarkdownIt("commonmark").parse(whole("verse", text)) if t.type == "inline"]
    assert sum(c.type == "hardbreak" for t in breaks for c in t.children or ()) == 22
