"""Blocks of all genres, and the conventions that find them: what stands in the seed → what stands in TEI."""

# ruff: noqa: E501  (a case is a line)

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import edition
from edition.anchor.lines_as_blocks import cells
from edition.app import commands
from edition.app.show import shown
from edition.model.diagnostics import Diagnostic
from pages import put
from tei_schema import edition as whole
from tei_schema import faults

SETTINGS = """\
edition: 1
publisher: The editors
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors: {ed: {name: The editors}}
defaults: {by: ed, language: en}
"""
VOICES = """\
edition: 1
people: {hamlet: {name: Hamlet}}
voices: {page: {name: The page, identified: no}}
"""


class Result:
    def __init__(
        self, folder: Path, seed: str, annotations: str, settings: str = "", registers: str = ""
    ) -> None:
        put(folder / "seeds/text.txt", seed.encode())
        put(folder / "annotations/edition.yaml", (SETTINGS + settings).encode())
        put(folder / "annotations/registers/all.yaml", (VOICES + registers).encode())
        put(folder / "annotations/text.yaml", ("edition: 1\n" + annotations).encode())
        outcome = edition.build(folder)
        self.diagnostics = outcome.diagnostics
        self.outcome = outcome
        out = folder / "out/text.xml"
        data = out.read_text("utf-8") if outcome.ok and out.exists() else ""
        self.full = "".join(re.findall(r"<body>(.*)</body></text>", data, re.DOTALL))

    @property
    def body(self) -> str:
        """Without ids and numbers."""
        return re.sub(r' (xml:id|n)="[^"]*"', "", self.full).rstrip()

    @property
    def codes(self) -> list[str]:
        return [d.rule.code for d in self.diagnostics]

    @property
    def told(self) -> list[Diagnostic]:
        return [d for d in self.diagnostics if d.rule.code != "I312"]


Build = Callable[..., Result]


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """Builds a text, and holds the result against TEI's own schema."""

    def build(seed: str, annotations: str, settings: str = "", registers: str = "") -> Result:
        result = Result(tmp_path, seed, annotations, settings, registers)
        if result.full:
            assert faults(whole(result.full.replace("\n", " "))) == []
        return result

    return build


# blocks

TAKEN = [
    # several stanzas are groups of their own, one is not
    ("a\n  b\n\nc\n", "- lg: x\n    from: a\n    to: c",
     '<lg type="x"><lg><l>a</l>\n  <l>b</l></lg>\n\n<lg><l>c</l></lg></lg>'),
    ("a\nb\n", "- lg: x\n    from: a\n    to: b", '<lg type="x"><l>a</l>\n<l>b</l></lg>'),
    ("T\n\na\nb\n", "- lg: x\n    from: T\n    to: b\n    contains: [head: T]",
     '<lg type="x"><head>T</head>\n\n<l>a</l>\n<l>b</l></lg>'),
    # a verse in two parts
    ("a\n   b\n", "- lg: x\n    from: a\n    to: b\n    contains:\n      - l: a\n        part: I\n      - l: b\n        part: F",
     '<lg type="x"><l part="I">a</l>\n   <l part="F">b</l></lg>'),
    # speeches
    ("H. To be\nor not\n", "- sp: {from: H., to: not, speaker: H.}\n    who: hamlet",
     '<sp who="#hamlet"><speaker>H.</speaker> <p>To be\nor not</p></sp>'),
    ("HAM, a prince\n\nH. No.\n",
     '- castList:\n      contains:\n        - castItem: {quote: "HAM, a prince", role: HAM, roleDesc: a prince}\n          id: ham\n  - sp: {quote: H. No., speaker: H.}\n    who: ham',
     '<castList><castItem><role>HAM</role>, <roleDesc>a prince</roleDesc></castItem></castList>\n\n<sp who="#ham"><speaker>H.</speaker> <p>No.</p></sp>'),
    # cells: tabs between them, other separators in them; an empty one is there
    ("a\tb\nc\n", "- table: x\n    from: a\n    to: c",
     '<table type="x"><row><cell>a</cell>\t<cell>b</cell></row>\n<row><cell>c</cell></row></table>'),
    ("a\t\tc\n", "- table: x\n    from: a\n    to: c",
     '<table type="x"><row><cell>a</cell>\t<cell/>\t<cell>c</cell></row></table>'),
    ("a | b\n", '- table: x\n    from: a\n    to: b\n    cells: " | "',
     '<table type="x"><row><cell>a</cell> <cell><surplus reason="separator">|</surplus> b</cell></row></table>'),
    # lists keep their bullets, unless they are named
    ("- a\n- b\n", '- list: x\n    quote: "- a - b"\n    contains:\n      - item: {quote: "- b", label: "-"}',
     '<list type="x"><item>- a</item>\n<item><label>-</label> b</item></list>'),
    # a text in a text
    ("x\n\nN\n\ny\n", "- floating: note\n    quote: N", '<p>x</p>\n\n<floatingText type="note"><body><p>N</p></body></floatingText>\n\n<p>y</p>'),
    ("m\n\nx\n", "- div: d\n    from: m\n    to: x\n    contains:\n      - epigraph: {quote: m}", '<div type="d"><epigraph><p>m</p></epigraph>\n\n<p>x</p></div>'),
    ("m\n\nx\n", "- argument: {quote: m}\n  - byline: x", None),
    # what belongs to the page divides no paragraph; at its edge it stands outside
    ("a and\n12\nb\n", '- fw: pageNum\n    quote: "12"\n    position: bottom', '<p>a and\n<fw type="pageNum" place="bottom">12</fw>\nb</p>'),
    ("a\n12\n\nb\n", '- fw: pageNum\n    quote: "12"', '<p>a</p>\n<fw type="pageNum">12</fw>\n\n<p>b</p>'),
    ("12\na\n", '- fw: pageNum\n    quote: "12"', '<fw type="pageNum">12</fw>\n<p>a</p>'),
    ("a (x) b\n", '- stage: "(x)"\n    type: exit', '<p>a <stage type="exit">(x)</stage> b</p>'),
    ("a\n\n(x)\n\nb\n", '- stage: "(x)"', '<p>a</p>\n\n<stage>(x)</stage>\n\n<p>b</p>'),
    ("a\n12\nb\n", '- lg: x\n    from: a\n    to: b\n    contains:\n      - fw: pageNum\n        quote: "12"',
     '<lg type="x"><l>a</l>\n<fw type="pageNum">12</fw>\n<l>b</l></lg>'),
    ("x\n\nEdit\n", "- ab: Edit\n    type: residue", '<p>x</p>\n\n<ab type="residue">Edit</ab>'),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "structure", "body"), TAKEN)
def test_blocks(built: Build, seed: str, structure: str, body: str | None) -> None:
    result = built(seed, f"structure:\n  {structure}\n")
    if body is None:
        assert "E601" in result.codes  # told, and nothing is written
    else:
        assert (result.body, result.told) == (body, [])


def test_after_a_division_only_another_one(built: Build) -> None:
    result = built("a\n\nb\n", "structure:\n  - div: x\n    quote: a\n")
    assert result.codes == ["E305"] and "div: TYPE" in result.diagnostics[0].help


def test_a_quotation_may_contain_a_whole_poem(built: Build) -> None:
    notes = "annotations:\n  - quotation: verse\n    from: a\n    to: b\n"
    settings = "types: {quotation: {verse: Verse}}\n"
    result = built(
        "x\n\na\nb\n",
        "structure:\n  - lg: x\n    from: a\n    to: b\n    contains: [l: a]\n" + notes,
        settings,
    )
    assert result.body == '<p>x</p>\n\n<quote type="verse"><lg type="x"><l>a</l>\n<l>b</l></lg></quote>'


def test_a_name_round_page_furniture_is_in_one_piece(built: Build) -> None:
    structure = 'structure:\n  - fw: pageNum\n    quote: "12"\n'
    result = built(
        "a Ham\n12\nlet b\n", structure + "annotations:\n  - person: hamlet\n    from: Ham\n    to: let\n"
    )
    assert '<persName ref="#hamlet">Ham\n<fw type="pageNum">12</fw>\nlet</persName>' in result.body


def test_the_last_words_of_a_passage_may_be_counted(built: Build) -> None:
    where = "    from: a\n    to: {quote: x, occurrence: 2 of 2}\n"
    assert built("a x\n\nb x\n", "structure:\n  - div: d\n" + where).body.endswith("<p>b x</p></div>")


# lines that the editor numbers → @n of all blocks of text; the parts of a line after its first have none
NUMBERED = [
    ({}, "1 2 3 4 5"),
    ({"a": "n: 23"}, "1 23 24 25 26"),
    ({"b": "n: 5"}, "1 1 5 6 7"),
    ({"a": "n: I.9", "c": "n: II.1"}, "1 I.9 I.10 II.1 II.2"),
    ({"a": "n: 45", "b": "n: 45a"}, "1 45 45a 46 47"),
    ({"a": "n: 1", "b": "part: I", "c": "part: F"}, "1 1 2 - 3"),
    ({"b": "part: I", "c": "part: F"}, "1 2 3 4 5"),
    ({"b": "n: β"}, "1 1 β 2 3"),
]


@pytest.mark.parametrize(("fields", "numbers"), NUMBERED)
def test_lines_have_the_numbers_of_the_editor(built: Build, fields: dict[str, str], numbers: str) -> None:
    lines = "".join(f"\n      - l: {name}\n        {field}" for name, field in fields.items())
    inside = f"\n    contains:{lines}" if lines else ""
    result = built(
        "T\n\na\nb\n\nc\nd\n", f"structure:\n  - head: T\n  - lg: x\n    from: a\n    to: d{inside}\n"
    )
    found = re.findall(r"<(?:head|l) ([^>]*)>", result.full)
    assert result.codes == []
    assert [m[1] if (m := re.search(r' n="([^"]+)"', pairs)) else "-" for pairs in found] == numbers.split()


def test_a_number_stands_once(built: Build) -> None:
    lines = "contains: [{l: a, n: 2}, {l: c, n: 3}]"
    result = built("a\nb\nc\n", f"structure:\n  - lg: x\n    from: a\n    to: c\n    {lines}\n")
    assert result.codes == ["E402"] and "“3”" in result.diagnostics[0].message
    assert [label.span.text for label in result.diagnostics[0].labels[-2:]] == ["c", "b"]


def test_a_number_of_a_division_counts_on(built: Build) -> None:
    first = "structure:\n  - {div: d, quote: a, n: IV.1}\n  - {div: d, quote: b}\n"
    assert re.findall(r'<div [^>]*\bn="([^"]*)"', built("a\n\nb\n", first).full) == ["IV.1", "IV.2"]


@pytest.mark.parametrize(
    ("more", "seed", "place"),
    [
        ("", "x* y\n\n* z\n", "end"),
        ("", "x* y\n\n* z\n\nx\n", "bottom"),
        ("    position: margin\n", "x* y\n\n* z\n", "margin"),
    ],
)
def test_where_a_footnote_stands(built: Build, more: str, seed: str, place: str) -> None:
    parts = '  - footnote: {marker: {quote: "*", occurrence: 1 of 2}, body: {quote: "* z"}}\n'
    assert f'place="{place}"' in built(seed, f"annotations:\n{parts}{more}").full


def test_a_convention_says_where_footnotes_stand(built: Build) -> None:
    entry = "becomes: footnote, marker: '[*]', body: '^[*]', position: margin"
    assert 'place="margin"' in built("x* y\n\n* z\n", conventions(entry)).body


def test_the_hand_of_a_block(built: Build) -> None:
    hands = "hands: {ink: {name: Ink}}\n"
    result = built("a\n\nb\n", "structure:\n  - {signed: b, hand: ink}\n", registers=hands)
    assert result.body.endswith('<signed hand="#ink">b</signed>')


WRONG = [
    ("- {p: a, hand: hamlet}", "E404"),
    ("- p: a\n    who: hamlet", "E120"),
    ("- l: a\n    part: X", "E122"),
    ("- l: a\n    cells: x", "E120"),
    ("- fw: pageNum\n    quote: a\n    position: nowhere", "E122"),
    ("- sp: {quote: a}\n    who: nobody", "E401"),
]


@pytest.mark.parametrize(("structure", "code"), WRONG)
def test_what_is_wrong_with_a_block(built: Build, structure: str, code: str) -> None:
    result = built("a\n", f"structure:\n  {structure}\n")
    assert (
        result.codes == [code] and result.diagnostics[0].labels[0].span.source.name == "annotations/text.yaml"
    )


def test_a_speaker_that_nobody_is_is_told_where_it_is_written(built: Build) -> None:
    result = built("a\n", "structure:\n  - sp: {quote: a}\n    who: nobody\n")
    assert [label.span.text for label in result.diagnostics[0].labels] == ["nobody"]


@pytest.mark.parametrize(
    ("line", "separator", "found"),
    [
        ("a\tb", "\t", ["a", "b"]),
        ("\ta\t\tb\t", "\t", ["", "a", "", "b", ""]),
        ("a  b c    d", "  ", ["a", "b c", "d"]),
        ("a | b|c | d", " | ", ["a", "| b|c", "| d"]),
        ("| a | b |", "|", ["| a", "| b |"]),
        ("a||c", "|", ["a", "|", "|c"]),
        ("a", "|", ["a"]),
        ("|", "|", ["|"]),
    ],
)
def test_cells(line: str, separator: str, found: list[str]) -> None:
    assert [line[a:b] for a, b in cells(line, 0, len(line), separator)] == found


# conventions


def conventions(*entries: str) -> str:
    return "conventions:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


CHAPTER = "becomes: head, match: '^CHAPTER', opens: div, type: chapter"
SECTION = "becomes: head, match: '^§', opens: div, type: section"
SPEAKER = "becomes: speaker, of: line, match: '^(?P<text>[A-Z]+\\.)', opens: sp"
VERSE = "becomes: l, of: line, within: sp, match: '\\S'"

FOUND = [
    ("CHAPTER 1\n\n§ a\n\nx\n\n§ b\n\ny\n\nCHAPTER 2\n\nz\n", (CHAPTER, SECTION),
     '<div type="chapter"><head>CHAPTER 1</head>\n\n<div type="section"><head>§ a</head>\n\n<p>x</p></div>\n\n'
     '<div type="section"><head>§ b</head>\n\n<p>y</p></div></div>\n\n'
     '<div type="chapter"><head>CHAPTER 2</head>\n\n<p>z</p></div>'),
    # the level says it where the order does not
    ("§ a\n\nCHAPTER 1\n\nx\n", (SECTION + ", level: 2", CHAPTER + ", level: 1"),
     '<div type="section"><head>§ a</head></div>\n\n<div type="chapter"><head>CHAPTER 1</head>\n\n<p>x</p></div>'),
    ("A. x (y) z\nw\n\nB.\nv\n", ("becomes: stage, match: '(?P<text>\\([^)]*\\))'", SPEAKER, VERSE),
     "<sp><speaker>A.</speaker> <l>x <stage>(y)</stage> z</l>\n<l>w</l></sp>\n\n"
     "<sp><speaker>B.</speaker>\n<l>v</l></sp>"),
    ("A. x\n\nCHAPTER\n\nB. y\n", (SPEAKER, CHAPTER),
     '<sp><speaker>A.</speaker> <p>x</p></sp>\n\n<div type="chapter"><head>CHAPTER</head>\n\n'
     '<sp><speaker>B.</speaker> <p>y</p></sp></div>'),
    ("A: x\n\ny\n", ("becomes: sp, match: '^(?P<speaker>[A-Z]:)', who: {A: hamlet}",),
     '<sp who="#hamlet"><speaker>A:</speaker> <p>x</p></sp>\n\n<p>y</p>'),
    ("x\n\n    a\n      b\n\n    c\n\ny\n", ("becomes: lg, match: '^    ', type: stanza",),
     '<p>x</p>\n\n    <lg type="stanza"><l>a</l>\n      <l>b</l></lg>\n\n    <lg type="stanza"><l>c</l></lg>\n\n<p>y</p>'),
    ("x\n  a\n  b\ny\n", ("becomes: l, of: line, match: '^  '",),
     "<p>x</p>\n  <lg><l>a</l>\n  <l>b</l></lg>\n<p>y</p>"),
    ("* a\n  b\n* c\n\nd\n", ("becomes: item, of: line, match: '^(?P<label>\\*)', runs-on: yes",),
     "<list><item><label>*</label> a\n  b</item>\n<item><label>*</label> c</item></list>\n\n<p>d</p>"),
    ("P\n\nA, b\nC\n\nx\n\nCHAPTER\n", (CHAPTER, "becomes: castItem, of: line, match: '^(?P<role>[A-Z]), (?P<roleDesc>.)'"),
     '<p>P</p>\n\n<castList><castItem><role>A</role>, <roleDesc>b</roleDesc></castItem></castList>\n<p>C</p>\n\n'
     '<p>x</p>\n\n<div type="chapter"><head>CHAPTER</head></div>'),
    ("* a\n12\n* b\n\n* c\n", ("becomes: fw, type: pageNum, of: line, match: '^[0-9]+$'", "becomes: item, of: line, match: '^[*]'"),
     '<list><item>* a</item>\n<fw type="pageNum">12</fw>\n<item>* b</item></list>\n\n<list><item>* c</item></list>'),
    ("a and\n  12\nb\n", ("becomes: fw, type: pageNum, of: line, match: '^ *[0-9]+$', position: top",),
     '<p>a and\n  <fw type="pageNum" place="top">12</fw>\nb</p>'),
    ("\tx\ty\na\tb\t\n", ("becomes: table, match: '\\t'",),
     "<table><row><cell/>\t<cell>x</cell>\t<cell>y</cell></row>\n<row><cell>a</cell>\t<cell>b</cell>\t<cell/></row></table>"),
    ("See *a* and b.\n", ("becomes: label, within: p, match: '\\*[a-z]\\*'",), "<p>See <label>*a*</label> and b.</p>"),
    ("a\n", ("becomes: head, match: 'a', voice: page",), None),
    ("a[1] b[2]\n\n[1] x\n\n[2] y\n", ("becomes: footnote, marker: '\\[(?P<number>\\d)\\]', body: '^\\[(?P<number>\\d)\\] '",),
     '<p>a<ref type="noteAnchor" target="#n1">[1]</ref> b<ref type="noteAnchor" target="#n2">[2]</ref></p>\n\n'
     '<note type="footnote" place="end" target="#r1"><ref type="noteBack" target="#r1">[1]</ref> x</note>\n\n'
     '<note type="footnote" place="end" target="#r2"><ref type="noteBack" target="#r2">[2]</ref> y</note>'),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "entries", "body"), FOUND)
def test_conventions(built: Build, seed: str, entries: tuple[str, ...], body: str | None) -> None:
    result = built(seed, conventions(*entries))
    if body is None:
        assert 'resp="#page"' in result.full or "E601" in result.codes
    else:
        assert (result.body, result.told) == (body, [])
    assert result.codes.count("I312") == len(entries)


def test_structure_goes_before_conventions(built: Build) -> None:
    structure = "structure:\n  - p: CHAPTER 1\n  - div: appendix\n    from: A\n    to: x\n"
    result = built("CHAPTER 1\n\nCHAPTER 2\n\ny\n\nA\n\nx\n", conventions(CHAPTER) + structure)
    assert result.body == (
        '<p>CHAPTER 1</p>\n\n<div type="chapter"><head>CHAPTER 2</head>\n\n<p>y</p></div>\n\n'
        '<div type="appendix"><p>A</p>\n\n<p>x</p></div>'
    )


def test_a_text_has_its_own_conventions_instead_of_those_of_the_project(built: Build) -> None:
    settings = conventions(CHAPTER)
    assert "<head>" in built("CHAPTER 1\n\nx\n", "", settings).body
    assert built("CHAPTER 1\n\nx\n", "conventions: []\n", settings).body == "<p>CHAPTER 1</p>\n\n<p>x</p>"
    assert "<trailer>" in built("x\n\nEND\n", conventions("becomes: trailer, match: '^END$'"), settings).body


def test_a_footnote_that_is_annotated_is_left_to_that(built: Build) -> None:
    note = 'annotations:\n  - footnote: {marker: {quote: "[1]", prefix: a}, body: {from: "[1] x"}}\n'
    rule = conventions("becomes: footnote, marker: '\\[(?P<number>\\d)\\]', body: '^\\[(?P<number>\\d)\\] '")
    assert built("a[1]\n\n[1] x\n", rule + note).body.count("<note ") == 1


def test_what_a_convention_found_is_told_and_shown(built: Build, tmp_path: Path) -> None:
    result = built("CHAPTER 1\n\nx\n", conventions(CHAPTER, "becomes: trailer, match: '^END$'"))
    first, second = result.diagnostics
    assert "finds 1 place in" in first.message and "finds nothing in" in second.message
    assert [str(label.span) for label in first.labels] == ["annotations/text.yaml:3:15", "seeds/text.txt:1:1"]
    outcome = commands.build_in_memory(tmp_path)
    project = outcome.edition.project
    plain, coloured = (list(shown(outcome.documents[0], project, "seed", colour)) for colour in (False, True))
    assert plain[1].endswith("CHAPTER 1  ← annotations/text.yaml:3") and "\x1b" not in "".join(plain)
    assert plain[-1].endswith(" x") and "\x1b[34m" in coloured[0]


BAD = [
    ("becomes: head, match: '('", "E206", 1),
    ("becomes: head, match: 'a*'", "E206", 1),
    ("becomes: head, match: '(?P<nothing>a)'", "E206", 1),
    ("becomes: hed, match: a", "E122", 1),
    ("becomes: head", "E121", 1),
    ("match: a", "E121", 1),
    ("becomes: footnote, match: a", "E121", 1),
    ("becomes: head, match: a, opens: p", "E122", 1),
    ("becomes: head, match: a, of: page", "E122", 1),
    ("becomes: head, match: a, within: nowhere", "E122", 1),
    ("becomes: head, match: a, level: x", "E125", 1),
    ("becomes: head, match: a, opns: div", "E120", 1),
    ("becomes: head, match: a, voice: nobody", "E401", 1),
    ("becomes: head, match: a, opens: div, type: chaptr", "E126", 1),
    ("becomes: footnote, marker: '\\[1\\]', body: '^1'", "E203", 1),
]


@pytest.mark.parametrize(("entry", "code", "line"), BAD)
@pytest.mark.parametrize("where", ["text", "project"])
def test_what_is_wrong_with_a_convention(built: Build, entry: str, code: str, line: int, where: str) -> None:
    types = "types: {div: {chapter: A chapter}}\n"
    rule = conventions(entry)
    result = built("a [1]\n", rule, types) if where == "text" else built("a [1]\n", "", types + rule)
    told = [d for d in result.told if d.is_error]
    assert told and told[0].rule.code == code, result.codes
    place = told[0].labels[0].span
    name = "annotations/text.yaml" if where == "text" else "annotations/edition.yaml"
    assert place.source.name == name and entry.split(":")[0] in place.source.line(
        place.source.line_column(place.start)[0]
    )


def test_the_order_of_found_blocks_is_that_of_the_text(built: Build) -> None:
    """Ten speeches in each of ten scenes: every one closes where the next begins."""
    seed = "".join(f"CHAPTER {n}\n\n" + "".join(f"A. {m}\n\n" for m in range(10)) for n in range(10))
    result = built(seed, conventions(SPEAKER, CHAPTER))
    assert result.body.count("<sp>") == 100 and result.body.count("</sp></div>") == 10


def test_blocks_by_an_expression(built: Build) -> None:
    """Where a block has its type as its value, `match` finds as many as it says."""
    result = built("A 1\n\nx\n\nA 2\n\ny\n", 'structure:\n  - ab: {match: "A [0-9]", count: 2}\n')
    assert result.body == "<ab>A 1</ab>\n\n<p>x</p>\n\n<ab>A 2</ab>\n\n<p>y</p>"
    result = built("A 1\n\nx\n", 'structure:\n  - div: d\n    match: "A [^y]*x"\n    count: 1\n')
    assert result.body == '<div type="d"><p>A 1</p>\n\n<p>x</p></div>'
    assert "E203" in built("A 1\n", 'structure:\n  - div: d\n    match: "B"\n    count: 1\n').codes


EDGES = [  # what an annotation says, where, and what is told of it
    ("correction: x", "quote: am. Yours", "the correction “am. Yours” runs over the edge of “salute”, and may not be cut"),
    ("correction: x", "quote: 'Yours, The'", "the correction “Yours, The” runs over the edge of “salute”, and may not be cut"),
    ("correction: x", "from: Editor, to: This", "the correction “Editor This” runs over the edge of “signed”, and may not be cut"),
    ("correction: x", "quote: 'Yours,'", ""),
    ("gloss: signed", "quote: am. Yours", ""),
    ("gloss: signed", "quote: 'Yours, The'", ""),
    ("gloss: signed", "from: Editor, to: This", ""),
    ("gloss: signed", "from: 'Yours,', to: page}, {gloss: signed, from: Editor, to: This", ""),
    ("gloss: signed", "from: 'Yours,', to: This}, {gloss: signed, from: Editor, to: page",
     "the gloss “Yours, The Editor This” and the gloss “Editor This page” cross, and neither may be cut"),
]  # fmt: skip


@pytest.mark.parametrize("said, where, told", EDGES)
def test_what_runs_over_the_edge_of_a_block(said: str, where: str, told: str, tmp_path: Path) -> None:
    seed = "It is late.\n\nI am. Yours,\nThe Editor\n\nThis page.\n"
    structure = 'structure:\n  - closer: {from: I am, salute: "Yours,", signed: The Editor}\n  - postscript: This page.\n'
    annotations = f"annotations: [{{{said}, {where}}}]\n"
    types = "types: {gloss: {signed: Signed.}}\n"
    result = Result(tmp_path, seed, structure + annotations, types)
    assert [d.message for d in result.diagnostics if d.is_error] == [told] * bool(told)
