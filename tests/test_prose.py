"""CommonMark → words: what becomes which element, what is refused, and that text is never lost silently."""

from __future__ import annotations

import subprocess
import sys
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.model.xml import inline
from edition.read.prose import Link, Words, _Reader, as_element, inline_words, words
from tei_schema import CLOSED, edition, faults

NOTES = {
    "The plebiscite was Prussian (9 August 1931), not Saxon.": None,
    "*Process*, **trial**, `a<b`": (
        '<hi rend="italic">Process</hi>, <hi rend="bold">trial</hi>, <code>a&lt;b</code>'
    ),
    "one\ntwo": "one two",
    "one  \ntwo": "one\n<lb/>two",
    "one\n\n*two*": '<p>one</p>\n\n<p><hi rend="italic">two</hi></p>',
    "- one\n- two": '<list rend="bulleted"><item>one</item>\n<item>two</item></list>',
    "1. one\n2. two": '<list rend="numbered"><item>one</item>\n<item>two</item></list>',
    "> one": "<quote>one</quote>",
    "so:\n\n> one\n\n- a\n\n  b": (
        '<p>so:</p>\n\n<quote>one</quote>\n\n<list rend="bulleted"><item><p>a</p>\n\n<p>b</p></item></list>'
    ),
    "```py\nx = 1\n```": '<code lang="py">x = 1</code>',
    "[a *b*](person:lenin)": '<persName ref="#lenin">a <hi rend="italic">b</hi></persName>',
    "[a](place:x) [b](org:x) [c](work:x)": (
        '<placeName ref="#x">a</placeName> <orgName ref="#x">b</orgName> <title ref="#x">c</title>'
    ),
    "[a](event:x) [b](object:x) [c](group:x)": (
        '<eventName ref="#x">a</eventName> <objectName ref="#x">b</objectName> '
        '<rs type="group" ref="#x">c</rs>'
    ),
    "[a](rs:x) [b](bibl:x) [c](voice:x)": (
        '<rs ref="#x">a</rs> <bibl corresp="#x">b</bibl> <name type="voice" ref="#x">c</name>'
    ),
    "[a](note:n1) [b](#n2) [c](n3)": (
        '<ref target="#n1">a</ref> <ref target="#n2">b</ref> <ref target="#n3">c</ref>'
    ),
    "[a](https://e.org/?x=1&y=2) <https://e.org>": (
        '<ref target="https://e.org/?x=1&amp;y=2">a</ref> <ref target="https://e.org">https://e.org</ref>'
    ),
    "a & b &amp; c < d \\* \\< &c. [sic] *": "a &amp; b &amp; c &lt; d * &lt; &amp;c. [sic] *",
    # numbers that begin no list
    "9. August 1931": None,
    "1. Mai": None,
    "- 9. August\n- 1. Mai": '<list rend="bulleted"><item>9. August</item>\n<item>1. Mai</item></list>',
    "9. August\n10. August": "9. August 10. August",
    "8) a\n\n9) b": "<p>8) a</p>\n\n<p>9) b</p>",
}  # fmt: skip
REFUSED = {
    "a <b>c</b>": ["<b>", "</b>"],
    "<!-- c -->": ["<!-- c -->"],
    "<div>\nx\n</div>": ["<div>"],
    "a ![i](u)": ["!["],
    "# h": ["# h"],
    "a\n\nh\n===": ["h"],
    "a\n\n---": ["---"],
    "*": ["*"],
    "- a\n-": ["-"],
    ">": [">"],
    "| a |\n|---|\n| b |": ["| a |"],
    "[1]: https://e.org": ["[1]: https://e.org"],
    "[a](javascript:x)": ["javascript:x"],
    "[a](../b.html)": ["../b.html"],
    "[a](person:le nin)": ["](person:le nin)"],
    "[](person:lenin)": ["person:lenin"],
    "a &#12;": ["a &#12;"],
}
READINGS = {
    "against ": "against ",
    "  ": "  ",
    " *a*\n  b ": ' <hi rend="italic">a</hi>\n  b ',
    "[Noskes](person:noske) and …": '<persName ref="#noske">Noskes</persName> and …',
    "# a": "# a",
    "- a": "- a",
    "1. a": "1. a",
    "–": "–",
    "a  \nb": "a  \nb",
}


def render(made: Words) -> str:
    return inline(as_element(made))


@pytest.mark.parametrize("text", NOTES)
def test_notes(text: str) -> None:
    made = words(text)
    assert render(made) == (NOTES[text] or text)
    assert not made.problems
    assert made.text == "".join(etree.fromstring(f"<n>{render(made)}</n>").itertext())


@pytest.mark.parametrize("text", REFUSED)
def test_what_a_note_may_not_hold(text: str) -> None:
    assert [text[p.start : p.end] for p in words(text).problems] == REFUSED[text]


@pytest.mark.parametrize("text", READINGS)
def test_readings(text: str) -> None:
    assert render(inline_words(text)) == READINGS[text]


def test_links_know_their_words_and_their_place() -> None:
    text = "see [*the* trial](event:trial), [n](note:n1)"
    made = words(text)
    assert made.links == (Link("event", "trial", 4, 13, (18, 29)), Link("note", "n1", 15, 16, (36, 43)))
    assert [made.text[link.start : link.end] for link in made.links] == ["the trial", "n"]
    assert [text[slice(*link.at)] for link in made.links] == ["event:trial", "note:n1"]


def test_parts_stand_in_document_order_with_their_depth() -> None:
    parts = words("a **[b](person:x)** c").parts
    assert [(p.start, p.end, p.element, p.rank, p.block) for p in parts] == [
        (2, 3, "hi", 0, False),
        (2, 3, "persName", 1, False),
    ]


def test_all_of_it_is_tei() -> None:
    notes = "\n".join(f"<note>{render(words(text))}</note>" for text in NOTES)
    readings = "".join(
        f"<choice><sic>x</sic><corr>{render(inline_words(text))}</corr></choice>" for text in READINGS
    )
    document = edition(f"<p>{notes}{readings}</p>")
    assert faults(document) == []
    assert faults(document.replace("<p/></sourceDesc>", "<p>x</p></sourceDesc>"), CLOSED) == []


def test_plain_notes_are_fast_and_need_no_parser() -> None:
    code = (
        "import sys; from edition.read.prose import words, inline_words; words('A note, not marked up (1937).');"
        "inline_words('against '); print('markdown_it' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
    notes = [f"The plebiscite was Prussian (9 August 1931), not Saxon; see line {n}." for n in range(10_000)]
    best = min(_time(notes) for _ in range(5))
    assert best < 0.1, f"{best * 1000:.0f} ms; 25 ms are usual"


def _time(notes: list[str]) -> float:
    start = process_time()
    for note in notes:
        words(note)
    return process_time() - start


MARKS = st.lists(
    st.sampled_from(["a", "B ", " ", "\n", "\n\n", "*", "**", "_", "`", "[x](person:k)", "](", "[", "<",
    "<b>", "&", "&lt;",
                     "- ", "1. ", "9. ", "> ", "#", "---", "|", "\\", "    ", "\t", "!", "ü", "😀",
                     "\x0b", "{", "]: u"]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(MARKS)
@example("*a **b***")
@example("9. 9. 9. x")
def test_whatever_is_written(text: str) -> None:
    """Nothing raises; what is rendered is XML with the same text; ranges nest; no letter is lost untold."""
    for made in (words(text), inline_words(text)):
        if not any("XML cannot hold" in problem.message for problem in made.problems):
            tree = etree.fromstring(f"<n>{render(made)}</n>")
            assert "".join(tree.itertext()) == made.text.replace("\r", "")
        nested(made)
        for place in [(p.start, p.end) for p in made.problems] + [link.at for link in made.links]:
            assert 0 <= place[0] < place[1] <= len(text) or place[1] == place[0] + 1
    for letter in "aBü😀":
        assert made.text.count(letter) == text.count(letter) or made.problems


PLAIN = st.lists(
    st.sampled_from(
        [
            "a",
            "b.",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n ",
            "1937",
            "1. ",
            "9. ",
            "-",
            "—",
            ":",
            "=",
            "\u00a0",
            "\u2028",
            "x:y",
        ]
    ),
    max_size=10,
).map("".join)


LINKED = st.lists(
    st.sampled_from(["a", " ", "\t", "\n", "!", ":", "(", ")", "[", "]", "](person:x)", "[x]", "]:", "[x][", "- ", "2. ", "\u2028"])
    | st.builds("[{}]({}:{})".format, st.sampled_from(["a", "b c", " d ", "e!", "[", "", "\u00a0", "*f*"]),
                st.sampled_from(["person", "note", "bibl", "voice", "https", "Person"]),
                st.sampled_from(["x", "y.z-1", "ü", "1x", "x y", ""])),
    max_size=6,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(PLAIN | LINKED)
def test_the_short_way_leads_to_the_same_words(text: str) -> None:
    assert words(text) == _Reader(text).note()
    assert inline_words(text) == _Reader(text).reading()


def nested(made: Words) -> None:
    stack: list[tuple[int, int]] = []
    for part in made.parts:
        del stack[part.rank :]
        assert len(stack) == part.rank
        assert not stack or stack[-1][0] <= part.start <= part.end <= stack[-1][1]
        stack.append((part.start, part.end))
