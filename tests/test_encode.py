"""What annotations and editors' words become in the text: cases as data, from YAML to TEI."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from edition.checks.proof import read_proof
from edition.encode.tei import WORDS, write_events
from edition.format.yaml import read_yaml
from edition.model.annotation import Entry, Registers, Seed
from edition.model.edition import Built, Document, Project
from edition.model.events import TEXT
from edition.model.nodes import Mapping, Scalar
from edition.model.source import Source
from edition.pipeline import build_document
from edition.read.seed import read_seed


def built(text: str, annotations: str, structure: str = "") -> Built:
    """A text of a project with two editors, a person `anna` and a witness `B`."""
    source = Source("annotations/a.yaml", f"annotations:\n{annotations}\n{structure}")
    node, told = read_yaml(source)
    assert isinstance(node, Mapping) and told == []
    seed, told = read_seed("seeds/a.txt", text.encode(), {})
    assert isinstance(seed, Seed) and told == []
    entries = {
        key: entry(register, key)
        for register, key in (
            ("people", "anna"),
            ("witnesses", "B"),
            ("taxonomy", "irony"),
            ("taxonomy", "wit"),
        )
    }
    settings, _ = read_yaml(
        Source("annotations/edition.yaml", "defaults: {by: ed}\neditors: {ed: {name: Ed}}")
    )
    assert isinstance(settings, Mapping)
    project = Project(Path(), ("a",), settings, registers=Registers(entries))
    return build_document(
        Document(
            "a", seed, source, structure=node.items.get("structure"), annotations=node.items["annotations"]
        ),
        project,
    )


def entry(register: str, key: str) -> Entry:
    return Entry(
        register, key, Mapping({"name": Scalar(key, 0, 0, True)}, 0), Source("", ""), Scalar(key, 0, 0, True)
    )


def body(one: Built) -> str:
    """The text of an edition, without the tags that stand around all of it."""
    return "".join(write_events(one.composed)).removeprefix('<p xml:id="p1" n="1">').removesuffix("</p>\n")


ED = f'change="{WORDS}" resp="#ed"'
NOTE = f'type="editorial" place="end" {ED}'
# annotations of “one two three.”, and what they become
WORDS_OF_EDITORS = {
    "a correction, and another one": (
        "- {correction: Two, quote: two, or: [{correction: '*too*'}]}",
        f'one <choice><sic>two</sic><corr {ED}>Two</corr><corr {ED}><hi rend="italic">too</hi></corr></choice> three.',
    ),
    "a reading beside the seed, which is the lemma": (
        "- {reading: '[Anna](person:anna)', witness: B, quote: two}",
        f'one <app><lem>two</lem><rdg wit="#B" {ED}><persName ref="#anna">Anna</persName></rdg></app> three.',
    ),
    "a lemma beside the seed, which is the reading; another witness has nothing": (
        "- {reading: x, witness: B, quote: two, seed: no, or: [{reading: ''}]}",
        f'one <app><lem {ED}>x</lem><rdg wit="#B">two</rdg><rdg {ED}/></app> three.',
    ),
    "a reading at a point: the seed has nothing": (
        "- {reading: x, witness: B, before: two}",
        f'one <app><lem/><rdg wit="#B" {ED}>x</rdg></app>two three.',
    ),
    "what was deleted stands before what was added, whichever the seed has": (
        "- {substitution: x, quote: one}\n- {substitution: y, quote: two, seed: no}",
        f"<subst><del {ED}>x</del><add>one</add></subst> <subst><del>two</del><add {ED}>y</add></subst> three.",
    ),
    "words at one point, in the order of what they say": (
        "- {element: w, words: editor, text: b, before: two}\n- {element: w, words: editor, text: a, before: two}",
        f'one <w change="{WORDS}">a</w><w change="{WORDS}">b</w>two three.',
    ),
    "signs that XML knows": (
        "- {supplied: '& \\<', before: two, reason: lost}",
        f'one <supplied reason="lost" {ED}>&amp; &lt;</supplied>two three.',
    ),
    "a note of several blocks, one of them empty": (
        '- {note: "a *b **c***\\n\\n- d\\n- e\\n\\n```\\n```", after: two}',
        f'one two<note xml:id="n1" {NOTE}><p>a <hi rend="italic">b <hi rend="bold">c</hi></hi></p>\n\n'
        '<list rend="bulleted"><item>d</item>\n<item>e</item></list>\n\n<p><code/></p></note> three.',
    ),
    "a correction and a note in a note: editors' words begin once": (
        "- {note: {text: a bb c, annotations: [{correction: b, quote: bb}, {note: 'd *e*', quote: c}]}, after: two}",
        f'one two<note xml:id="n1" {NOTE}>a <choice><sic>bb</sic><corr resp="#ed">b</corr></choice> <anchor xml:id="a1"/>c'
        '<note type="editorial" place="end" resp="#ed" target="#a1">d <hi rend="italic">e</hi></note></note> three.',
    ),
    "annotations in the items of a note": (
        '- {note: {text: "- a b\\n- c", annotations: [{person: anna, quote: b}, {gap: lost, before: c}]}, after: two}',
        f'one two<note xml:id="n1" {NOTE}><list rend="bulleted"><item>a <persName ref="#anna">b</persName></item>\n'
        '<item><gap reason="lost" resp="#ed"/>c</item></list></note> three.',
    ),
    "what crosses in a note is cut, and has an id before what is cut in the text": (
        "- {note: {text: a b c, annotations: [{term: x, quote: a b}, {term: y, quote: b c}]}, after: two}\n"
        "- {term: x, quote: one two}\n- {term: y, quote: two three}",
        '<term type="x">one <term xml:id="s2" type="y" next="#s2.1">two</term></term><term xml:id="s2.1" type="y" '
        f'prev="#s2"><note xml:id="n1" {NOTE}><term type="x">a <term xml:id="s1" type="y" next="#s1.1">b</term></term>'
        '<term xml:id="s1.1" type="y" prev="#s1"> c</term></note> three</term>.',
    ),
}


@pytest.mark.parametrize("case", WORDS_OF_EDITORS)
def test_words_of_editors(case: str) -> None:
    annotations, wanted = WORDS_OF_EDITORS[case]
    one = built("one two three.\n", annotations)
    assert [d.message for d in one.diagnostics if d.is_error] == []
    assert body(one) == wanted
    assert one.data is not None and read_proof(one.data).text == "one two three.\n"


@pytest.mark.parametrize("case", WORDS_OF_EDITORS)
def test_characters_of_the_seed_come_first_and_all_are_written(case: str) -> None:
    composed = built("one two three.\n", WORDS_OF_EDITORS[case][0]).composed
    written = sorted(range_of for event in composed.events if event[0] == TEXT for range_of in [event[1:]])
    assert composed.text[: composed.length] == "one two three.\n"
    assert "".join(composed.text[start:end] for start, end in written) == composed.text


def test_what_may_not_be_cut_is_told_in_a_note_too() -> None:
    inner = "[{correction: x, quote: a b}, {correction: y, quote: b c}]"
    one = built("one two.\n", f"- {{note: {{text: a b c, annotations: {inner}}}, after: two}}")
    (told,) = [d for d in one.diagnostics if d.is_error]
    assert told.message == "the correction “a b” and the correction “b c” cross, and neither may be cut"
    assert {label.span.text for label in told.labels} == {"y", "x", ""}


@pytest.mark.parametrize(
    "inside, too_deep",
    [("note: x, after: w0", 0), ("note: '*x*', after: w0", 1), ("correction: x, quote: w0", 2)],
)
def test_words_of_editors_count_as_depth(inside: str, too_deep: int) -> None:
    """In a paragraph and 238 elements one more may stand, and nothing in it."""
    words = " ".join(f"w{k}" for k in range(121))
    around = [f"- {{name: a, from: w0, to: w{k}}}\n" for k in range(1, 121)]
    around += [f"- {{term: a, from: w0, to: w{k}}}\n" for k in range(1, 119)]
    one = built(f"{words}\n", f"{''.join(around)}- {{{inside}}}")
    assert [d.rule.code for d in one.diagnostics if d.is_error] == ["E302"] * too_deep


def test_notes_that_end_at_one_place_stand_in_the_order_of_their_editors() -> None:
    """The order of the file says nothing, and that of the words only where all else is the same."""
    notes = [
        "- {note: Zeta, quote: two, by: a}",
        "- {note: Alpha, quote: one two, by: b}",
        "- {note: Beta, quote: two, by: b}",
    ]
    for order in permutations(notes):
        text = body(built("one two three.\n", "\n".join(order)))
        assert [text.index(words) for words in ("Zeta", "Alpha", "Beta")] == sorted(
            map(text.index, ("Zeta", "Alpha", "Beta"))
        )


def test_words_may_have_several_interpretations_in_any_order() -> None:
    first = "- {term: x, quote: two, id: here}"
    others = ["- {interpretation: wit, on: here}", "- {interpretation: irony, on: here}"]
    texts = {body(built("one two three.\n", "\n".join((first, *order)))) for order in permutations(others)}
    assert len(texts) == 1 and 'ana="#irony #wit"' in texts.pop()
