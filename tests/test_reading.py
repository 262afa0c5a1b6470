"""A text as readers see it holds the seed to the letter: in the projects, and in the example of every kind and block."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.app import commands
from edition.checks.relaxng import parse
from edition.dates.tei import date_order
from edition.exports.readers import markdown, txt
from edition.exports.readers.apparatus import interventions
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.html import epub, html
from edition.exports.readers.model import (
    Choice,
    Content,
    Inline,
    Piece,
    Point,
    Text,
    TextBlock,
    direction,
    walk,
)
from edition.exports.readers.print import docx, latex
from edition.exports.readers.wording import corrected, diplomatic, hugged, legible, snug, without
from edition.format.explain import PAGES, Page
from edition.model.edition import Edition
from edition.model.vocabulary import BLOCKS, KINDS
from pages import fences, put
from readings import PROJECTS, edition, texts

OURS = [page for page in PAGES if page.section != "rules"]
everywhere = pytest.mark.parametrize("project", PROJECTS)
UNSEEN = {"link", "relation"}  # they stand in no place of the text


@everywhere
def test_it_holds_the_seed(project: str) -> None:
    for built, text in zip(edition(project).documents, texts(project), strict=True):
        assert diplomatic(text.body.content) == built.document.seed.text


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.path.stem)
def test_every_kind_and_block_is_read_and_written(page: Page, tmp_path: Path) -> None:
    for fence in fences(page.read()):
        if fence.path and not fence.path.startswith("out/"):
            put(tmp_path / fence.path, fence.body.encode())
    outcome = commands.build_in_memory(tmp_path)
    assert outcome.ok
    for built in outcome.documents:
        text = text_for_readers(outcome.edition.project, built)
        assert diplomatic(text.body.content) == built.document.seed.text
    shown = b"".join(html.write(outcome.edition).files.values())
    assert b"<article" in shown
    for writer in (epub, markdown, txt):
        assert writer.write(outcome.edition).files


def test_every_kind_has_a_form() -> None:
    """All that the vocabulary has comes in the projects or in the pages; here: what a reader meets of both seeds."""
    found = {piece.kind for project in PROJECTS for text in texts(project) for piece in pieces(text)}
    assert {
        "name",
        "reference",
        "date",
        "gloss",
        "marker",
        "back",
        "signature",
        "quotation",
        "call",
        "gap",
    } <= found
    assert {"correction", "normalization", "expansion", "substitution", "reading"} <= found
    assert {
        "head",
        "p",
        "l",
        "lg",
        "sp",
        "speaker",
        "stage",
        "castItem",
        "row",
        "item",
        "floating",
        "caption",
    } <= found
    assert len(KINDS) > 40 and len(BLOCKS) > 25


def pieces(text: Text) -> Iterator[TextBlock | Inline | Choice | Point]:
    return (piece for piece in walk(text.body.content) if not isinstance(piece, str))


@everywhere
def test_what_indexes_and_notes_point_at_is_there(project: str) -> None:
    for text in texts(project):
        ids = {piece.id for piece in pieces(text)}
        ids |= {getattr(p, "id", "") for note in text.notes for p in walk(note.content)}
        places = [entry.mentions for entry in text.entries] + [moment.mentions for moment in text.moments]
        assert {mention.id for mentions in places for mention in mentions} <= ids - {""}
        assert {row.id for row in interventions(text)} <= ids
        assert [note.number for note in text.notes] == list(range(1, len(text.notes) + 1))


def letter() -> Text:
    return next(text for text in texts("project") if text.name == "reiss-1937")


def test_the_letter_without_its_glossators() -> None:
    words = diplomatic(without(letter().body.content, voices=True, residue=True))
    assert "E. H." not in words and "Traitor" not in words
    assert 'order of the "father of nations".' in words
    assert "red plebiscite, defeat of the German proletariat, social fascism" in words
    assert words.startswith("“The Central Committee")


def test_the_letter_corrected() -> None:
    words = corrected(letter().body.content)
    assert "Ruthless struggle against Stalinism!" in words
    assert "(refers to the collapse of E. Thälmann’s policies. — E. H.)" in words
    assert "“To the Central Committee" in words and "both[…] of its comrades" in words


def test_what_a_name_may_be_else() -> None:
    (trepov,) = (s for s in walk(letter().body.content) if isinstance(s, Inline) and s.others)
    assert trepov.key == "trepov_dmitri" and trepov.others == (("trepov_fyodor", "low"),)


def test_an_index_leads_to_text_and_notes() -> None:
    entry = letter().entry("howard_interview")
    assert entry is not None
    assert [bool(mention.note) for mention in entry.mentions] == [False, False, True]


# private-use characters: one with a standard one, one without, each twice, in a correction and in a note

SIGNS = {
    "seeds/signs.txt": "The \ue001ficer came. I saw \ue000 at Jena, and \ue000 saw me; the \ue001fcer lied.\n",
    "annotations/edition.yaml": """edition: 1
editors: {ed: {name: Ed Itor}}
defaults: {by: ed, language: en}
characters:
  U+E000: A running hare, drawn with the pen; her sign for her brother.
  U+E001: {about: The ligature of o and f., standard: of}
""",
    "annotations/signs.yaml": """edition: 1
header: {title: Signs}
annotations:
  - {correction: officer, quote: "\\uE001fcer"}
  - {note: "Who \\uE000 is, nobody knows.", quote: me}
  - {unclear: blurred, quote: "saw \\uE000"}
""",
}
HARE = "[A running hare, drawn with the pen]"


@pytest.fixture
def signs(tmp_path: Path) -> Edition:
    for path, written in SIGNS.items():
        put(tmp_path / path, written.encode())
    outcome = commands.build_in_memory(tmp_path)
    assert outcome.ok, outcome.diagnostics
    return outcome.edition


def test_a_private_sign_is_shown_as_what_it_stands_for(signs: Edition) -> None:
    (built,) = signs.documents
    text = text_for_readers(signs.project, built)
    assert diplomatic(text.body.content) == SIGNS["seeds/signs.txt"]
    source = f"The officer came. I saw {HARE} at Jena, and {HARE} saw me; the offcer lied.\n"
    assert legible(text.body.content) == source
    assert corrected(text.body.content) == source.replace("offcer", "officer")
    assert diplomatic(text.notes[0].content) == f"Who {HARE} is, nobody knows."
    rows = [row for row in interventions(text) if row.kind == "character"]
    assert [(row.lemma, row.key) for row in rows] == [("of", "char.E001"), (HARE, "char.E000")]
    assert rows[1].said.endswith(
        "(U+E000): " + "A running hare, drawn with the pen; her sign for her brother"
    )


def test_no_form_for_readers_has_a_bare_private_sign(signs: Edition) -> None:
    (built,) = signs.documents
    book = epub.EpubBook(text_for_readers(signs.project, built)).content()
    page = html.write(signs).files["signs.html"].decode()
    mark = markdown.write(signs).files["signs.md"].decode()
    plain = txt.write(signs).files
    for shown in (book, page, mark, plain["signs.corrected.txt"].decode()):
        assert not re.search("[\ue000-\uf8ff]", shown) and "A running hare, drawn with the pen" in shown
    assert plain["signs.txt"] == built.document.seed.text.encode()
    for shown in (book, page):
        assert set(re.findall('href="#([^"]+)"', shown)) <= set(re.findall(' id="([^"]+)"', shown))
        assert shown.count("The ligature of o and f.") == 1
    assert mark.count("(U+E000)") == 1


# what is claimed and has no form of its own

CLAIMS = {
    "seeds/quires.txt": "Eight leaves, a motto, and a tear.\n",
    "annotations/edition.yaml": """edition: 1
editors: {ed: {name: Ed Itor}, jd: {name: Jane Doe}}
defaults: {by: ed, language: en}
kinds: {damaged-leaf: {element: seg, words: seed, about: A leaf that is damaged.}}
types: {quotation: {motto: A motto.}}
""",
    "annotations/registers/hands.yaml": """edition: 1
hands: {clerk: {name: The clerk}}
""",
    "annotations/quires.yaml": """edition: 1
header: {title: Quires}
annotations:
  - {measure: count, quantity: "8", unit: folium, quote: Eight leaves}
  - {quotation: motto, quote: a motto}
  - {damaged-leaf: wormholes, by: jd, quote: tear}
  - {addition: overleaf, hand: clerk, quote: and}
""",
}
SAID = (
    "measure: count; quantity: 8; unit: folium",
    "quotation: motto",
    "damaged-leaf: wormholes; by: Jane Doe",
)


@pytest.mark.parametrize("writer", [html, epub, docx, latex])
def test_what_is_claimed_is_told_with_all_its_fields(writer: Any, tmp_path: Path) -> None:
    for path, written in CLAIMS.items():
        put(tmp_path / path, written.encode())
    outcome = commands.build_in_memory(tmp_path)
    assert outcome.ok, outcome.diagnostics
    files = writer.write(outcome.edition).files.items()
    parts = [part for name, data in files for part in unpacked(name, data) if not name.endswith(".xml")]
    shown = re.sub("<[^>]*>|\n", "", " ".join(parts))
    for said in (*SAID, "addition: overleaf; hand: The clerk"):
        assert said in shown


def unpacked(name: str, data: bytes) -> list[str]:
    if not name.endswith((".epub", ".docx")):
        return [data.decode()]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(part).decode() for part in package.namelist()]


words = st.text("a .,“”\n", max_size=4)
leaves = (
    words
    | st.builds(lambda w: Inline("gloss", (w,)), words)
    | st.builds(lambda w: Inline("term", (w,)), words)
)


def is_gloss(piece: Piece) -> bool:
    return isinstance(piece, Inline) and piece.kind == "gloss"


@given(st.lists(leaves, max_size=6).map(tuple))
def test_blanks_that_go_with_a_hidden_piece_lose_no_words(content: Content) -> None:
    found = list(hugged(content, is_gloss))
    assert "".join(diplomatic((piece,)) for piece, _ in found) == diplomatic(content)
    assert all(not str(piece).strip() for piece, loose in found if loose)
    left = diplomatic(without(content, voices=True))
    all_left = diplomatic(tuple(p for p in content if not is_gloss(p)))
    assert "".join(left.split()) == "".join(all_left.split())


def test_a_note_is_called_at_the_words_and_not_after_their_blank() -> None:
    supplied, call = Inline("supplied", ("to the 10. ",), id="s1", ours=True), Point("call", key="n1")
    words, called, blank = snug((supplied, call))
    assert called == call and diplomatic((words, blank)) == ""
    assert (corrected((words,)), corrected((blank,))) == ("to the 10.", " ")
    assert snug(("seed ", call)) == ("seed ", call)


def test_times_in_order() -> None:
    values = ["-0300", "-0044", "0800", "1500~", "..1928-01/1928-03", "1937-07-17", "P16Y"]
    assert sorted(values, key=date_order) == values


@pytest.mark.parametrize(
    "tag, way", [("he", "rtl"), ("ar-Latn", "ltr"), ("az-Arab", "rtl"), ("de", "ltr"), ("zh-Hant", "ltr")]
)
def test_directions(tag: str, way: str) -> None:
    assert direction(tag) == way


def test_pages_are_xml_enough_to_be_read_strictly() -> None:
    """The book is XHTML: a parser that knows no repair reads it (epubcheck does the rest)."""
    for text in texts("project"):
        book = epub.EpubBook(text)
        assert parse(book.content().encode()) is not None and parse(book.navigation().encode()) is not None
