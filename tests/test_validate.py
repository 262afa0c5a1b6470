"""The shape of YAML files: what is told of bad ones, where, and in which words."""

# ruff: noqa: E501  (a case is a line)

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.format.json_schema import Which
from edition.format.validate import validate
from edition.format.yaml import read_yaml
from edition.model.diagnostics import Diagnostic
from edition.model.source import Source
from tools import shared

SHARED = Path(os.environ.get("EDITION_SHARED", Path(__file__).parents[2] / "shared"))


def shape(text: str, which: Which = "annotations", own: tuple[str, ...] = ()) -> list[Diagnostic]:
    source = Source("file.yaml", text)
    node, found = read_yaml(source)
    assert not found
    return validate(source, node, which, own)


def briefly(diagnostic: Diagnostic) -> str:
    """Code, message and help of a diagnostic, on one line."""
    return f"{diagnostic.rule.code} {diagnostic.message} {diagnostic.help}"


GOOD = """edition: 1
header:
  title: Open letter
  author: reiss
  language: en
  date: 1937-07-17
  source: {original: letter.html, about: From the web., printed: [poretsky1969]}
  translation: {from: unknown, by: machine, cert: medium, comment: A supposition.}
  correspondence: {from: reiss, to: cc, sent: 1937-07-17, place: {place: paris, cert: medium}}
  genre: [open letter]
  revisions: [{when: 2026-11-22, by: editors, what: First version.}]
structure:
  - head: Open letter
    voice: page
  - div: letter
    from: "Open"
    to: {quote: End., occurrence: 2 of 2}
    head: {quote: Open letter, occurrence: 1 of 2}
    contains:
      - opener: {salute: Dear all.}
      - closer: {from: "Ludwig, July", to: "1937.", signed: Ludwig}
      - postscript: {from: P. S., to: ”, label: P. S., contains: [p: In 1928]}
  - list: bulleted
    quote: one two
    n: 3
annotations:
  - gloss: signed
    match: '\\((?P<voice>E\\. H\\.)\\)'
    count: 4
  - footnote: {marker: {quote: "*", in: {quote: nations *}}, body: {from: "* This", to: "- E. H."}}
    voice: EH
  - person: stalin
    quote: Stalin
    occurrence: all of 4
    ignore: {W213: It grows.}
    source: [a, https://example.org/]
  - person: galliffet
    quote: Galfa
    within-word: yes
    also: [{correction: Galliffets, cert: medium, or: [{correction: Galliffet}]}, {note: See there.}]
    or: [{person: other, cert: low, use: antonomasia}]
  - supplied: "against "
    before: Stalinism!
    prefix: Ruthless struggle
    suffix: " now"
  - note: {text: The words., annotations: [{person: lenin, quote: words}]}
    after: Saxony
    id: n1
  - note: On it.
    on: [n1, n2]
  - term: politics
    on: text
  - in: {after: begin, before: end}
    by: editors
    cert: low
    annotations:
      - date: 1937
        quote: 1937
        calendar: julian
      - person: x
        from: {quote: a, prefix: b, suffix: c, occurrence: 1 of 2}
        to: b
  - element: w
    quote: go
    attributes: {lemma: go, "xml:lang": en}
    words: seed
  - seal: anything
    quote: seal
  - lb:
    after: line
    break: no
  - person: x
    start: 0
    end: 5
    quote: Words
"""
REGISTERS = """people:
  stalin: {name: Stalin, names: {de: Stalin, ru-Latn: Stalin}, variants: [Koba], born: 1878-12-18,
           died: {date: 1953-03-05, place: moscow, cert: high}, gnd: 118642499, links: [https://example.org/]}
places:
  moscow: {name: Moscow, kind: city, location: 55.75 37.6, within: russia}
works: {w1: {name: A work, author: stalin, date: 1900, level: m}}
events: {e1: {name: An event, participants: [stalin], place: moscow}}
groups: {sixteen: {name: The sixteen, members: [a, b], size: 16}}
voices: {EH: {signs: [E. H.], identified: no}, page: {}}
bibliography: {p1969: {title: A book, author: Someone, in: other, pages: 1–2}}
"""
SETTINGS = """edition: 1
title: Letters
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors: {editors: {name: The editors, orcid: 0000-0002-1825-0097}}
defaults: {by: editors, language: en}
types: {gloss: {signed: With a signature.}, div: {letter: A letter.}}
kinds: {seal: {element: seal, words: seed, value: key, about: Words of a seal.}}
include: [registers/more.yaml]
left_out: [{seed: letter, table: dates, row: "12: today", reason: Vague.}]
"""


def test_good_files() -> None:
    assert [*map(briefly, shape(GOOD, own=("seal",)))] == []
    assert [*map(briefly, shape(REGISTERS, "registers"))] == []
    assert [*map(briefly, shape(SETTINGS, "settings"))] == []


def test_worked_example() -> None:
    page = shared("design/format.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example
    assert [*map(briefly, shape(example[1]))] == []


# an entry of `annotations` → what is told, at the places marked §
BAD_ANNOTATIONS = {
    "{person: stalin, §qoute: Stalin}": ["E120 there is no field “qoute” here Did you mean “quote”?"],
    "{§persn: stalin, quote: Stalin}": ["E120 there is no field “persn” here Did you mean “person”?"],
    "{§seal: x, quote: y}": ["E120 there is no field “seal” here Kinds of your own"],
    "{§head: x}": ["E120 there is no field “head” here “head” is a kind of block"],
    "§{quote: x}": ["E123 this entry has no kind"],
    "{person: x, quote: y, §date: 1937}": ["E123 “date” cannot stand beside “person”"],
    "{person: x, §date: 1937, quote: y, calendar: julian}": ["E123"],
    "{person: x, quote: y, §calendar: julian}": ["E120 “calendar” cannot stand beside “person” It stands with: date."],
    "§{person: x}": ["E124 this entry does not say where"],
    "{person: x, quote: §[sic]}": ['E122 “quote” must be a text, and not a list If this is text, put it in quotes: "[sic]".'],
    "{person: x, quote: §{gap}}": ["E122 “quote” must be a text, and not a mapping If this is text, put it in quotes"],
    "{note: §{gap}, quote: y}": ["E122 “note” is read as a mapping, because of the braces If this is text"],
    "{person: §[x], quote: y}": ["E122 “person” must be a text, and not a list"],
    '{person: x, quote: §""}': ["E204 “quote” is empty"],
    '{person: x, quote: §" "}': ["E204 “quote” is empty"],
    "{person: x, §quote: }": ["E204 “quote” is empty"],
    '{person: §"", quote: y}': ["E122 “person” is empty"],
    "{person: x, §quote: y, match: z}": ["E124 “quote” cannot stand beside “match”"],
    "{person: x, match: z, §prefix: a}": ["E124 “prefix” cannot stand beside “match”"],
    "{person: x, §quote: y, on: n1}": ["E124 “quote” cannot stand beside “on”"],
    "{person: x, §to: y}": ["E124 “from” is missing: “to” means nothing without it"],
    "{person: x, quote: y, §count: 3}": ["E124 “match” is missing: “count” means nothing without it"],
    "{§person: x, before: y}": ["E124 “person” cannot stand beside “before”: it needs words of the seed"],
    "{gap: lost, §quote: y}": ["E124 “quote” cannot stand beside “gap”: that stands at a point"],
    "{gap: lost, §before: y, after: z}": ["E124 “before” cannot stand beside “after”"],
    "§{person: x, start: 1, end: 2}": ["E124 this entry gives “start” without “end” and “quote”"],
    "{person: x, from: {quote: a}, §prefix: b}": ["E124 “prefix” belongs into the mapping of “from”"],
    "{person: x, quote: y, in: {§line: 7}}": ["E120 there is no field “line” in “in”"],
    "{person: x, quote: y, id: §1a}": ["E402 “id: 1a” is not an identifier"],
    "{person: x, quote: y, id: §ä}": ["E402"],
    "{person: x, match: y, count: §four}": ["E125 “count: four” is not a whole number of at most nine digits"],
    "{person: x, quote: y, end: 2, start: §1234567890}": ["E125"],
    f"{{person: x, quote: y, end: 2, start: §{'9' * 5000}}}": ["E125 “start: 9999"],
    "{person: x, quote: y, occurrence: §2}": ["E122 “occurrence: 2” does not say which of how many: write “2 of 4”"],
    "{person: x, quote: y, cert: §hihg}": ["E122 “cert” must be one of high, medium, low, unknown, and not “hihg” Did you mean “high”?"],
    "{person: x, quote: y, within-word: §ja}": ["E122 “within-word: ja” is neither “yes” nor “no”"],
    "{foreign: §russisch, quote: y}": ["E122 “foreign: russisch” is not a language tag"],
    "{element: §1w, quote: y}": ["E122 “element: 1w” is not the name of an element"],
    "{footnote: §{marker: {quote: x}}}": ["E121 “body” is missing in “footnote”"],
    "{footnote: {marker: {quote: x}, body: {quote: y}}, §quote: z}": ["E124 “quote” does not stand beside “footnote”"],
    "{§note: x, annotations: []}": ["E123 “note” cannot stand beside “annotations”: a group has no kind of its own Annotations of a note's"],
    "{annotations: [], §quote: x}": ["E120 “quote” cannot stand beside “annotations”"],
    "{person: x, quote: y, also: [{correction: z, §quote: f}]}": ["E120 there is no field “quote” here It stands where"],
    "{person: x, quote: y, also: §{correction: z}}": ["E122 “also” must be a list, and not a mapping"],
    "{person: x, quote: y, also: [§{voice: z}]}": ["E123 this entry has no kind"],
    "{person: x, quote: y, or: [§{place: z}, §{cert: low}]}": ["E123 “person” is missing: an alternative is of the same kind", "E123 this entry has no kind"],
    "{person: x, quote: y, ignore: {§foo: z}}": ["E122 “foo” is not the code of a rule"],
    "§person stalin": ["E122 this entry must be a mapping, and not a text Write its fields"],
    "§person:stalin": ["E122 this entry must be a mapping, and not a text A space belongs after the colon: “person: stalin”."],
}  # fmt: skip
# an entry of `structure`
BAD_BLOCKS = {
    "{head: x, §quote: y}": ["E124 “quote” does not stand beside the block here, but in its value"],
    "§{div: letter}": ["E124 this entry does not say where"],
    "{head: x, §opener: y}": ["E123 “opener” cannot stand beside “head”: a block has one kind"],
    "{div: x, §list: y, quote: z}": ["E123 “list” cannot stand beside “div”"],
    "{§person: x}": ["E120 there is no field “person” here “person” is a kind of annotation"],
    "{closer: {signed: x, §foo: y}}": ["E120 there is no field “foo” in “closer”"],
    "{opener: {§div: x}}": ["E120 there is no field “div” in “opener” Put it under “contains”."],
    "{opener: §{}}": ["E124 “opener” does not say where"],
    '{head: §""}': ["E204 “head” is empty"],
    "§{n: 3}": ["E123 this entry has no kind"],
}
BAD_FILES: dict[str, tuple[Which, list[str]]] = {
    "§": ("annotations", ["E116 file.yaml is empty Begin it"]),
    "§# nothing\n": ("settings", ["E116 file.yaml is empty"]),
    "§words": ("annotations", ["E116 file.yaml is not a mapping of keys to values, but a text"]),
    "§- person: x": ("registers", ["E116 file.yaml is not a mapping of keys to values, but a list"]),
    "§annotations: []": ("annotations", ["E121 “edition” is missing For example: “edition: 1”."]),
    "edition: §2": ("annotations", ["E122 “edition: 2” is not 1"]),
    "edition: 1\n§headr: {}": ("annotations", ["E120 there is no field “headr” here Did you mean “header”?"]),
    "edition: 1\n§annotations:": ("annotations", ["E122 “annotations” must be a list, and is empty"]),
    "edition: 1\nheader:\n  genre: §letter": ("annotations", ["E122 “genre” must be a list, and not a text Write a list, even of one: “[letter]”"]),
    "edition: 1\nheader:\n  source: §x.txt": ("annotations", ["E122 “source” must be a mapping, and not a text"]),
    "people:\n  x: {§nmae: y}": ("registers", ["E120 there is no field “nmae” in “x” Did you mean “name”?"]),
    "people:\n  x: §{about: y}": ("registers", ["E121 “name” is missing in “x”"]),
    "people:\n  §1x: {name: y}": ("registers", ["E402 “1x” is not an identifier"]),
    "people:\n  x: {name: y, born: §{place: z}}": ("registers", ["E121 “date” is missing in “born”"]),
    "places:\n  x: {name: y, location: §there}": ("registers", ["E122 “location: there” is not a latitude"]),
    "people:\n  x: {name: y, §birth: 1937}": ("registers", ["E120 there is no field “birth” in “x” Write “born”."]),
    "people:\n  x: {name: y, §title: Dr}": ("registers", ["E120 there is no field “title” in “x” Fields here"]),
    "edition: 1\nannotations:\n- {§people: x, quote: y}": ("annotations", ["E120 there is no field “people” here Write “person”."]),
    "edition: 1\nheader: {title: x, language: §English}": ("annotations", ["E122 “language: English” is not a language tag, such as de, ru, grc, zh-Hant Write “en”."]),
    "edition: 1\nrules: {§missed-mention: off}": ("settings", ["E122 “missed-mention” is not the code of a warning or an information, such as W213: an error stays an error Its code is W552."]),
    "works:\n  x: {name: y, level: §book}": ("registers", ["E122 “level” must be one of a, m, j, s, u, and not “book”"]),
    "§peple: {}": ("registers", ["E120 there is no field “peple” here Did you mean “people”?"]),
    "edition: 1\nkinds: {§person: {element: x, words: seed, about: y}}": ("settings", ["E122 “person” cannot name a kind"]),
    "edition: 1\nkinds: {seal: §{element: x, about: y}}": ("settings", ["E121 “words” is missing in “seal”"]),
    "edition: 1\nleft_out: [{seed: x, table: §dats, row: y, reason: z}]": ("settings", ["E122 “table” must be one of entities, dates, emendations"]),
}  # fmt: skip


JARGON = re.compile(r"given schemas|\b(object|array|string|property|properties|boolean|null)\b|\^|None")


def check(marked: str, which: Which, expected: list[str]) -> list[Diagnostic]:
    """Exactly these are told, in this order, at the places marked §."""
    found = shape(marked.replace("§", ""), which)
    lines = [briefly(diagnostic) for diagnostic in found]
    assert len(lines) == len(expected), lines
    assert all(line.startswith(words) for line, words in zip(lines, expected, strict=True)), lines
    assert not any(JARGON.search(line) for line in lines), lines
    before = ["".join(marked.split("§")[: n + 1]) for n in range(marked.count("§"))]
    places = [
        f"file.yaml:{text.count(chr(10)) + 1}:{len(text.rpartition(chr(10))[2]) + 1}" for text in before
    ]
    assert [str(diagnostic.labels[0].span) for diagnostic in found] == places
    return found


@pytest.mark.parametrize("entry", BAD_ANNOTATIONS, ids=lambda entry: entry[:50])
def test_bad_annotations(entry: str) -> None:
    check(f"edition: 1\nannotations:\n- {entry}\n", "annotations", BAD_ANNOTATIONS[entry])


@pytest.mark.parametrize("entry", BAD_BLOCKS)
def test_bad_blocks(entry: str) -> None:
    check(f"edition: 1\nstructure:\n- {entry}\n", "annotations", BAD_BLOCKS[entry])


@pytest.mark.parametrize("text", BAD_FILES)
def test_bad_files(text: str) -> None:
    check(text, *BAD_FILES[text])


def test_block_style() -> None:
    text = "edition: 1\nannotations:\n  - person: x\n    §date: 1937\n    §qote: y\n    use:\n      §- a\n"
    found = check(text, "annotations", ["E123", "E120", "E122 “use” must be a text, and not a list"])
    assert [label.span.text for label in found[0].labels] == ["date", "person"]


def test_all_errors_are_told_up_to_a_hundred() -> None:
    head = "edition: 1\nannotations:\n"
    wrong, good = "- {persn: x, quote: y}\n", "- {person: x, quote: y}\n"
    assert len(shape(head + wrong * 60 + good * 100 + wrong * 20)) == 80
    assert len(shape(head + wrong * 500)) == 100
    check(head + good * 999 + "- {§persn: x, quote: y}", "annotations", ["E120"])


def test_deep_nesting_is_told_and_not_a_fault() -> None:
    deep = "{annotations: [" * 30 + "{persn: x, quote: y}" + "]}" * 30
    assert "E120" in briefly(shape(f"edition: 1\nannotations: [{deep}]")[0])


def nested(levels: list[str], behind: str) -> tuple[str, list[int]]:
    """A value in lists and mappings within one another, in block and then in flow style, and where each begins."""
    text, starts, column = "", [], 0
    for level in levels:
        starts.append(len(text))
        column += 2 if level == "- " else 1
        text += level + " " * column if level == "a:\n" else level
    closed = "".join({"[": "]", "{a: ": "}"}.get(level, "") for level in reversed(levels))
    return text + (behind or "x" + closed), starts


BLOCK, FLOW, BEHIND = ["- ", "a:\n"], ["[", "{a: "], ["", "@", "'", "]", "}", "&a", "[" * 2000, "{a: " * 2000]


@given(
    st.lists(st.sampled_from(BLOCK), max_size=70),
    st.lists(st.sampled_from(FLOW), max_size=70),
    st.sampled_from(BEHIND),
)
def test_the_64th_level_is_the_last(block: list[str], flow: list[str], behind: str) -> None:
    """Whatever depth the parser bears, and whatever stands behind."""
    text, starts = nested(block + flow, behind if len(block + flow) > 64 else "")
    node, found = read_yaml(Source("file.yaml", text))
    assert [(d.rule.code, d.labels[0].span.start) for d in found] == [("E113", at) for at in starts[64:65]]
    assert (node is None) == (len(starts) > 64)


@pytest.mark.parametrize("levels", [["["], ["{a: "], ["{a: ", "["], ["- "], ["- "] * 40 + ["["] * 960])
@pytest.mark.parametrize("times", [65, 1000, 1001, 100_000])
@pytest.mark.parametrize("behind", ["", "@"])
def test_nesting_without_end(levels: list[str], times: int, behind: str) -> None:
    text, starts = nested((levels * times)[:times], behind)
    _, found = read_yaml(Source("file.yaml", text))
    assert [(d.rule.code, d.labels[0].span.start) for d in found] == [("E113", starts[64])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- [b, c, &a " + "[" * 1100, ["E112 9"]),
        ("- [b, c, &a @", ["E110 12"]),
        ("- [b, c, &a " + "[" * 70 + "@", ["E112 9"]),
        ("- [b, } " + "[" * 1100, ["E110 6"]),
        ("- [b, } " + "[" * 1002 + "@", ["E110 6"]),
        ("a: 1\na: 2\nb: [{c: d, c: e}, &a " + "[" * 1002 + "@", ["E111 5", "E111 21", "E112 28"]),
        ("a: 1\na: 2\nb: [{c: d, c: e}, @", ["E111 5", "E111 21", "E110 28"]),
        ("a: [b\nc: @", ["E110 3"]),
    ],
)
def test_what_comes_first_is_told_first(text: str, told: list[str]) -> None:
    _, found = read_yaml(Source("file.yaml", text))
    assert [f"{d.rule.code} {d.labels[0].span.start}" for d in found] == told


def test_nesting_where_a_key_should_stand() -> None:
    _, found = read_yaml(Source("file.yaml", "a: 1\n" + "[" * 1001))
    assert [d.rule.code for d in found] == ["E110"]
