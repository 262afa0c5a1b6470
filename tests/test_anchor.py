"""Anchoring: the places of every form of selector, what is told where there is none, and its inverse."""

# ruff: noqa: E501  (a case is a line)

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.anchor.anchor import Anchorer
from edition.anchor.find import Finder
from edition.anchor.selector_for import describe
from edition.format.yaml import read_yaml
from edition.model.annotation import Anchored, Quote, Quoted, Seed
from edition.model.diagnostics import Diagnostic
from edition.model.source import Source
from edition.model.vocabulary import KINDS
from edition.read.annotations import read_annotations
from edition.read.seed import read_seed
from words import WORDS


def anchored(seed: str, *annotations: str, **signs: str) -> tuple[list[Anchored], list[Diagnostic]]:
    """Annotations over a seed; one without braces is the place of a term."""
    read, wrong = read_seed("seeds/a.txt", seed.encode())
    assert read is not None and not wrong, wrong
    entries = [a if a[0] == "{" else f"{{term: x, {a}}}" for a in annotations]
    source = Source("annotations/a.yaml", f"[{', '.join(entries)}]")
    node, wrong = read_yaml(source)
    assert not wrong, wrong
    entries_read, unread = read_annotations(node, source, KINDS)
    anchorer = Anchorer(read, source, signs)
    found, problems = anchorer.anchor(entries_read)
    return found, [*unread, *anchorer.diagnostics(problems, found)]


def marked(seed: str, found: list[Anchored]) -> str:
    """The seed with brackets around the places in it, and a bar at each point."""
    signs = [(a.end, 1, "|") for a in found if a.start == a.end]
    signs += [
        (at, order, sign)
        for a in found
        if a.start < a.end
        for at, order, sign in ((a.start, 2, "["), (a.end, 0, "]"))
    ]
    for at, _, sign in sorted(signs, reverse=True):
        seed = f"{seed[:at]}{sign}{seed[at:]}"
    return seed


def plain(seed: str) -> str:
    return re.sub(r"[\[\]|]", "", seed)


def reported(found: list[Diagnostic]) -> list[str]:
    """Code and message, the words at each place and what is said of them, and what the fix would write."""
    lines = []
    for d in found:
        places = (f"{label.span.text} {label.message}".strip() for label in d.labels)
        fix = "".join(f" → {edit.text}" for edit in d.fix.edits) if d.fix else ""
        lines.append(" @ ".join((f"{d.rule.code} {d.message}", *places)) + fix)
    return lines


PLACES = [  # annotation, and the seed with its places
    # quotations
    ("quote: Jena", "At [Jena], in Jenaer and Weimar."),
    ("quote: a b", "x [a\n b] x"),
    ("quote: a, prefix: c", "a b a c [a]"),
    ("quote: a, suffix: b", "[a] b a c a"),
    ("quote: a, within-word: yes", "c[a]b"),
    ("quote: a, occurrence: 1 of 3", "[a] a a"),
    ("quote: a, occurrence: 3 of 3", "a a [a]"),
    ("quote: a, occurrence: '1, 3 of 3'", "[a] a [a]"),
    ("quote: a, occurrence: all of 3", "[a] [a] [a]"),
    ("quote: a, occurrence: 1 of 1", "b [a]"),
    ("before: b", "a |b c"),
    ("after: b", "a b| c"),
    ("after: b, occurrence: 2 of 2", "b b| c"),
    # passages
    ("from: b, to: d", "a [b c d] e d"),
    ("from: b, to: b", "a [b] c"),
    ("from: b c, to: c", "a [b c] d c"),  # it ends inside its own first words
    ("from: b c, to: c d", "a [b c d] e c d"),
    ("from: b c d, to: c", "a [b c d x c] c"),  # not before they end
    ("from: b c, to: b", "a [b c d b] b"),
    ("from: b, to: a", "a [b c a] a"),
    ("from: b", "a [b c\nd]\n\ne"),
    ("from: a", "[a b]\n\nc"),
    ("from: b, suffix: d", "b a [b d]\n\nb"),
    ("from: e", "a b\n\n[e f]\n"),
    ("from: e", "a b\n\nc\n\n[e f]\n\ng"),
    ("from: b c", "a\n\n[b\nc]\n\nd"),
    ("from: b d", "a\n\n[b\n\nd] e"),  # longer than its block
    ("from: b e, to: c, occurrence: 2 of 2", "b e c [b e c]"),
    ("from: {quote: b, occurrence: 2 of 2}, to: {quote: c, occurrence: 2 of 3}", "b [b c c] c"),
    ("from: b, to: c, suffix: d", "[b c c] d c"),
    ("from: a, to: b, prefix: d", "a b d [a b]"),
    ("from: a, to: b, occurrence: all of 2", "[a b] [a b]"),
    ("from: ' a'", "[\n a] b\n\nc"),  # before the first block
    # confined
    ("from: a, to: c, in: {quote: a b c}", "c [a b c] c"),
    ("quote: a, in: {before: b, occurrence: 2 of 2}", "b [a] b"),
    ("from: {quote: b, occurrence: 1 of 2}, to: a b c", "a [b c d a b c]"),
    ("quote: a, in: {quote: b a b}", "a b [a] b a"),
    ("quote: a b, in: {quote: a b}", "[a b] a"),
    ("quote: a, in: {quote: b a c, in: {after: d}}", "b a c d b [a] c"),
    ("quote: a, in: {from: b, to: c}", "a b [a] c a"),
    ("quote: a, in: {from: b, to: c}, occurrence: 2 of 2", "a b a [a] c a"),
    ("quote: a, in: {after: b}", "a b [a]"),
    ("quote: a, in: {before: b}", "[a] b a b"),
    ("quote: a, in: {after: b, before: c}", "c a b [a] c a"),
    ("quote: (, in: {after: b, before: c}", "( b[(]c ("),
    ("quote: d, in: {after: a b, before: b c}", "a b c [d] b c"),
    ("quote: a, in: {after: b, before: c, in: {after: d, before: e}}", "b a c a d b [a] c a e b a c"),
    ("quote: a, in: {after: b, prefix: d}", "a b a d b [a]"),
    ("quote: a, in: {before: c, in: {quote: b a c}}", "a c b [a] c a"),
    ("before: a, in: {after: b}", "a b |a"),
    ("from: a, to: c, in: {after: b}", "a c b [a c] c"),
    ("from: a, to: c, in: {before: d}", "[a c] d c"),
    ("from: a, to: {quote: c, occurrence: 2 of 2}, in: {before: d}", "[a c c] d c"),
    (
        "{in: {after: b}, annotations: [{term: x, quote: a}, {term: x, in: {before: d}, quote: c}]}",
        "a c b [a] [c] d c",
    ),
    # code points
    ("start: 2, end: 3", "a [b] c"),
    ("start: 0, end: 5", "[a b c]"),
    ("start: 5", "a b c|"),
    ("start: 0", "|a b c"),
    ("start: 2, end: 5, quote: b c", "a [b\nc]"),
    ("start: 2, end: 7, in: {quote: b c d}", "a [b c d] e"),
    ("start: 4, end: 5, in: {quote: b c d}", "a b [c] d e"),
    ("start: 4, in: {quote: b c d}", "a b |c d e"),
    # expressions
    ("match: 'b\\w', count: 2", "[bc] d [be] b"),
    ("match: 'b', count: 1, in: {after: c}", "b c [b]"),
    ("match: 'b', count: 1, in: {after: a, before: c}", "b a [b] c b"),
    ("match: 'b*', count: 2", "a [bb] a [b] a"),  # what is empty is no match
    ("match: 'b(?P<quote>c)', count: 1", "c b[c]"),
    ("match: '(?P<quote>b)c', count: 1", "[b]c"),
    ("match: 'b(?P<quote>c)?', count: 2", "[b] b[c]"),
    ("match: '(?P<quote>c)?b', count: 2, in: {after: a}", "cb a [c]b [b]"),
    # two places of one claim, several claims of one place, none
    ("{footnote: {marker: {quote: '(', occurrence: all of 2}, body: {from: '( b'}}}", "a[(]\n\n[( b]\n\nc"),
    ("{term: x, quote: a, also: [{footnote: y}]}", "b [[a]]"),
    ("{footnote: {marker: {quote: b}, body: {quote: a}}, also: [{term: y}]}", "[b] [a]"),
    ("{correction: x, quote: a}", "b [a]"),
    ("on: text", "a"),
    ("by: ed", "a"),
    # scripts
    ("quote: 국", "[국] 국민 민국"),  # Hangul has words
    ("quote: 국, within-word: yes, occurrence: all of 3", "[국] [국]민 민[국]"),
    ("quote: 道, occurrence: all of 3", "[道]可[道]非常[道]"),
    ("quote: क", "[क] कि"),
    ("quote: 𝔄", "ab 𝔄𝔄 [𝔄]"),
]


@pytest.mark.parametrize("annotation, seed", PLACES)
def test_places(annotation: str, seed: str) -> None:
    found, told = anchored(plain(seed), annotation)
    assert (marked(plain(seed), found), reported(told)) == (seed, [])


W211 = "is written with other code points in the seed; it agrees after Unicode normalisation"
REPORTS = [  # annotation, the seed with the places that are taken nevertheless, and what is told
    (
        "quote: a, in: {after: '-', before: b}",
        "x-b a b",
        "E201 “a” does not occur in the passage that `in` names @ a @ a it occurs here, outside @ the passage",
    ),
    (
        "quote: b c, in: {before: c d}",
        "a b c d",
        "E201 “b c” does not occur in the passage that `in` names @ b c @ b c it occurs here, outside @ a b  the passage",
    ),
    (
        "quote: a, in: {before: c d, in: {before: d e}}",
        "a c d e",
        "E201 “c d” does not occur in the passage that `in` names @ {before: c d, in: {before: d e}} @ c d it occurs here, outside @ a c  the passage",
    ),
    (
        "quote: a, in: {before: b}",
        "c b a",
        "E201 “a” does not occur in the passage that `in` names @ a @ a it occurs here, outside @ c  the passage",
    ),
    (
        "quote: a, occurrence: all of 0",
        "a a",
        "E203 “a” occurs twice, not 0 @ all of 0 0 expected @ a 1 of 2 @ a 2 of 2",
    ),
    (
        "from: b, to: {quote: z, occurrence: 1 of 1}",
        "b c",
        "E201 “z” does not occur in seeds/a.txt @ {quote: z, occurrence: 1 of 1} not found",
    ),
    (
        "start: 2, end: 3, quote: a",
        "a b c",
        "E205 the words from 2 to 3 are “b”, not “a” @ 2 @ b stands here @ a the words stand here",
    ),
    ("quote: \u212b", "[\u00c5] b", f"W211 “\u212b” {W211} @ \u212b @ \u00c5 matched here → \u00c5"),
    ("quote: \u212a", "[K] b", f"W211 “\u212a” {W211} @ \u212a @ K matched here → K"),
    (
        "from: a, to: c d, in: {quote: a b c}",
        "a b c d",
        "E201 “to” (“c d”) is not found after “from” @ c d not found @ a “to” is searched from here on",
    ),
    (
        "quote: b e, in: {after: c}",
        "b  e, b e c d",
        "E201 “b e” does not occur in the passage that `in` names @ b e @ b  e it occurs here, outside @ d the passage",
    ),
    ("quote: é", "([e\u0301] b", f'W211 “é” {W211} @ é @ e\u0301 matched here → "e\u0301"'),
    (
        "quote: \u1ec7, occurrence: all of 2",
        "[\u1eb9\u0302] [e\u0323\u0302]",
        f"W211 “\u1ec7” {W211} @ \u1ec7 @ \u1eb9\u0302 matched here",
    ),
    (
        "quote: \u1ec7, occurrence: all of 3",
        "[\u1eb9\u0302] [e\u0323\u0302] [\u1eb9\u0302]",
        f"W211 “\u1ec7” {W211} @ \u1ec7 @ \u1eb9\u0302 matched here",
    ),
    (
        "quote: \u1ec7, occurrence: 2 of 2",
        "\u1eb9\u0302 [\u1eb9\u0302]",
        f'W211 “\u1ec7” {W211} @ \u1ec7 @ \u1eb9\u0302 matched here → "\u1eb9\u0302"',
    ),
    (
        "quote: a, occurrence: 0 of 4",
        "a a a a",
        "E203 “a” occurs 4 times: there is no number 0 @ 0 of 4 @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: '1, 0 of 4'",
        "a a a a",
        "E203 “a” occurs 4 times: there is no number 0 @ '1, 0 of 4' @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: 5 of 4",
        "a a a a",
        "E203 “a” occurs 4 times: there is no number 5 @ 5 of 4 @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: '2, 6, 7 of 4'",
        "a a a a",
        "E203 “a” occurs 4 times: there is no number 6 @ '2, 6, 7 of 4' @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: 2 of 3",
        "a a a a",
        "E203 “a” occurs 4 times, not 3 @ 2 of 3 3 expected @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: all of 3",
        "a a a a",
        "E203 “a” occurs 4 times, not 3 @ all of 3 3 expected @ a 1 of 4 @ a 2 of 4 @ a 3 of 4 @ a 4 of 4",
    ),
    (
        "quote: a, occurrence: all",
        "[a] [a]",
        "W213 “all” does not say how many: “a” occurs twice now @ all → all of 2",
    ),
    (
        "quote: a, occurrence: all",
        "[a]",
        "W213 “all” does not say how many: “a” occurs once now @ all → all of 1",
    ),
    (
        "quote: a, occurrence: some of 3",
        "[a] [a]",
        "E122 “some of 3” does not say which occurrences are meant @ some of 3",
        "W213 “all” does not say how many: “a” occurs twice now @ some of 3 → all of 2",
    ),
    (
        "quote: a",
        "a b a",
        'E202 “a” occurs 2 times in seeds/a.txt @ a says which words, not which of the places @ a 1 of 2 — suffix: "b" @ a 2 of 2 — prefix: "b"',
    ),
    ("quote: a, occurrence: 1 of 2", "b", "E201 “a” does not occur in seeds/a.txt @ a not found"),
    (
        "quote: a, in: {quote: b}",
        "a b",
        "E201 “a” does not occur in the passage that `in` names @ a @ a it occurs here, outside @ b the passage",
    ),
    (
        "quote: a, in: {quote: b c, occurrence: all of 2}",
        "a b c b c",
        "E124 “in” names 2 places, and only one can confine the search @ b c @ b c @ b c",
    ),
    ("quote: a, in: {quote: d}", "a b c b c", "E201 “d” does not occur in seeds/a.txt @ d not found"),
    (
        "quote: a, in: {after: b}",
        "b a b a",
        'E202 “b” occurs 2 times in seeds/a.txt @ {after: b} says which words, not which of the places @ b 1 of 2 — suffix: "a b" @ b 2 of 2 — prefix: "a"',
    ),
    ("quote: a, in: {after: d}", "b a", "E201 “d” does not occur in seeds/a.txt @ {after: d} not found"),
    ("quote: a, in: {before: d}", "b a", "E201 “d” does not occur in seeds/a.txt @ {before: d} not found"),
    (
        "quote: a, in: {after: a, before: b}",
        "b a a",
        'E202 “a” occurs 2 times in seeds/a.txt @ {after: a, before: b} says which words, not which of the places @ a 1 of 2 — prefix: "b" @ a 2 of 2 — prefix: "a"',
    ),
    (
        "quote: a, in: {after: b, before: c}",
        "a c b d a",
        "E201 “c” does not occur in the passage that `in` names @ {after: b, before: c} @ c it occurs here, outside @ d a the passage",
    ),
    (
        "quote: a, in: {after: b, in: {after: c}}",
        "a b c d a",
        "E201 “b” does not occur in the passage that `in` names @ {after: b, in: {after: c}} @ b it occurs here, outside @ d a the passage",
    ),
    (
        "quote: a, in: {after: b, in: {quote: d}}",
        "a b",
        "E201 “d” does not occur in seeds/a.txt @ d not found",
    ),
    (
        "quote: a, in: {quote: b, in: {after: c, before: d}}",
        "b c a d b",
        "E201 “b” does not occur in the passage that `in` names @ b @ b it occurs here, outside @ a  the passage",
    ),
    ("quote: '  '", "a", "E204 “quote” holds no words @ '  '"),
    ("quote: '', in: {after: a}", "a", "E204 “quote” holds no words @ ''"),
    (
        "from: b, to: c",
        "c b",
        "E201 “to” (“c”) is not found after “from” @ c not found @ b “to” is searched from here on",
    ),
    (
        "from: b c d, to: c",
        "b c d",
        "E201 “to” (“c”) is not found after “from” @ c not found @ b c d “to” is searched from here on",
    ),
    (
        "from: b, to: c, in: {before: d}",
        "b d c",
        "E201 “to” (“c”) is not found after “from” @ c not found @ b “to” is searched from here on",
    ),
    (
        "from: b, to: c, in: {before: d}",
        "b d c e",
        "E201 “to” (“c”) is not found after “from” @ c not found @ b “to” is searched from here on",
    ),
    (
        "from: b, to: {quote: c, occurrence: 3 of 2}",
        "b c c",
        "E203 “c” occurs twice: there is no number 3 @ 3 of 2 @ c 1 of 2 @ c 2 of 2",
    ),
    (
        "from: b, to: {quote: c, occurrence: 1 of 2}",
        "c b c",
        "E201 “to” (“c”) is not found after “from” @ {quote: c, occurrence: 1 of 2} not found @ b “to” is searched from here on",
    ),
    (
        "from: b, to: {quote: c, occurrence: 2 of 2}, in: {before: d}",
        "b c d c",
        "E203 “c” occurs once, not 2 @ 2 of 2 2 expected @ c 1 of 1",
    ),
    ("start: 3, end: 2", "a b c", "E205 3 to 2 is no passage of a seed of 5 code points @ 3"),
    ("start: 2, end: 6", "a b c", "E205 2 to 6 is no passage of a seed of 5 code points @ 2"),
    ("start: -1, end: 2", "a b c", "E205 -1 to 2 is no passage of a seed of 5 code points @ -1"),
    *(
        (
            f"start: {start}, end: {end}, in: {{quote: b c d}}",
            "a b c d e",
            f"E205 {start} to {end} does not lie in the passage that `in` names @ {start} @ b c d the passage",
        )
        for start, end in ((0, 9), (0, 3), (1, 7), (2, 8), (0, 1), (8, 9))
    ),
    (
        "start: 2, end: 3, quote: c",
        "a b c",
        "E205 the words from 2 to 3 are “b”, not “c” @ 2 @ b stands here @ c the words stand here",
    ),
    (
        "start: 2, end: 3, quote: d",
        "a b c c",
        "E205 the words from 2 to 3 are “b”, not “d” @ 2 @ b stands here",
    ),
    (
        "start: 0, end: 1, quote: c",
        "a b c c c c c",
        "E205 the words from 0 to 1 are “a”, not “c” @ 0 @ a stands here @ c the words stand here @ c the words stand here @ c the words stand here",
    ),
    (
        "start: 1, end: 2",
        "e[\u0301]a",
        "W212 the place begins inside a character, before its part U+0301 @ 1 @ e\u0301",
    ),
    (
        "quote: ae, within-word: yes",
        "[ae]\u0301",
        "W212 the place ends inside a character, before its part U+0301 @ ae @ e\u0301",
    ),
    (
        "quote: '\u0301b', within-word: yes",
        "ae[\u0301b]",
        "W212 the place begins inside a character, before its part U+0301 @ '\u0301b' @ e\u0301",
    ),
    (
        "start: 0, end: 1",
        "[👩]\u200d👩",
        "W212 the place ends inside a character, before its part U+200D @ 0 @ 👩\u200d",
    ),
    ("match: '(', count: 1", "a", "E206 this is no regular expression of RE2: missing ): ( @ '('"),
    (
        "match: '(?=a)', count: 1",
        "a",
        "E206 this is no regular expression of RE2: invalid perl operator: (?= @ '(?=a)'",
    ),
    (
        "match: a",
        "[a] [a]",
        "W213 the expression finds 2 places, and `count` is not written @ a @ a 1 of 2 @ a 2 of 2 → , count: 2",
    ),
    (
        "match: a",
        "[a]",
        "W213 the expression finds one place, and `count` is not written @ a @ a 1 of 1 → , count: 1",
    ),
    ("match: b", "a", "E203 the expression finds nothing, not at least one @ b at least one expected"),
    ("match: b, count: 2", "a", "E203 the expression finds nothing, not 2 @ b 2 expected"),
    (
        "match: a(?P<quote>b)?, count: 1",
        "a c ab",
        "E203 the expression finds 2 places, not 1 @ a(?P<quote>b)? 1 expected @ a 1 of 2 @ b 2 of 2",
    ),
    (
        "match: a(?P<quote>b)?, count: 1, in: {after: c}",
        "ab c a ab",
        "E203 the expression finds 2 places, not 1 @ a(?P<quote>b)? 1 expected @ a 1 of 2 @ b 2 of 2",
    ),
    (
        "match: a*, count: 3",
        "aa b a",
        "E203 the expression finds 2 places, not 3 @ a* 3 expected @ aa 1 of 2 @ a 2 of 2",
    ),
    (
        "match: a, count: 1, in: {after: d}",
        "b a",
        "E201 “d” does not occur in seeds/a.txt @ {after: d} not found",
    ),
    (
        "{gloss: x, match: '\\((?P<quote>[^-]*) - (?P<voice>[^)]*)\\)', count: 2}",
        "([ab] - E. H.) c ([d] - E. I.)",
        "E401 no voice signs “E. I.” @ '\\((?P<quote>[^-]*) - (?P<voice>[^)]*)\\)' @ E. I. signed here",
    ),
    (
        "quote: café",
        "a [cafe\u0301] b",
        'W211 “café” is written with other code points in the seed; it agrees after Unicode normalisation @ café @ cafe\u0301 matched here → "cafe\u0301"',
    ),
    (
        "quote: b, prefix: café",
        "a cafe\u0301 [b]",
        "W211 “café” is written with other code points in the seed; it agrees after Unicode normalisation @ b @ b matched here",
    ),
    (
        "quote: b, suffix: café",
        "a [b] cafe\u0301 c",
        "W211 “café” is written with other code points in the seed; it agrees after Unicode normalisation @ b @ b matched here",
    ),
    (
        "quote: 각",
        "[\u1100\u1161\u11a8] 가",
        "W211 “각” is written with other code points in the seed; it agrees after Unicode normalisation @ 각 @ \u1100\u1161\u11a8 matched here → \u1100\u1161\u11a8",
    ),
    (
        "quote: \u1100\u1161\u11a8",
        "가 [각]",
        "W211 “\u1100\u1161\u11a8” is written with other code points in the seed; it agrees after Unicode normalisation @ \u1100\u1161\u11a8 @ 각 matched here → 각",
    ),
    (
        "quote: cafe\u0301 café",
        "é [café cafe\u0301] c",
        'W211 “cafe\u0301 café” is written with other code points in the seed; it agrees after Unicode normalisation @ cafe\u0301 café @ café cafe\u0301 matched here → "café cafe\u0301"',
    ),
    (
        "quote: cafe\u0301, occurrence: 2 of 2",
        "é\ncafé\n[café]",
        "W211 “cafe\u0301” is written with other code points in the seed; it agrees after Unicode normalisation @ cafe\u0301 @ café matched here → café",
    ),
    (
        "quote: café, within-word: yes",
        "a [cafe\u0301]s",
        'W211 “café” is written with other code points in the seed; it agrees after Unicode normalisation @ café @ cafe\u0301 matched here → "cafe\u0301"',
    ),
    ("quote: xé", "a cafe\u0301s", "E201 “xé” does not occur in seeds/a.txt @ xé not found"),
    (
        "quote: xe",
        "a cafe",
        "E201 “xe” does not occur in seeds/a.txt @ xe not found @ cafe nearest passage: “cafe”",
    ),
    (
        "quote: 국",
        "국민",
        "E201 “국” does not occur in seeds/a.txt @ 국 not found @ 국 only inside a longer word",
    ),
    (
        "quote: 국",
        "국\u1100\u1161\u11a8",
        "E201 “국” does not occur in seeds/a.txt @ 국 not found @ 국 only inside a longer word",
    ),
]


@pytest.mark.parametrize("annotation, seed, report", [(one, two, report) for one, two, *report in REPORTS])
def test_reports(annotation: str, seed: str, report: list[str]) -> None:
    found, told = anchored(plain(seed), annotation, **{"E. H.": "EH"})
    assert (marked(plain(seed), found), reported(told)) == (seed, report)


def test_a_signature_is_the_voice_of_its_gloss() -> None:
    pattern = r"\((?P<quote>\w)(?: - (?P<voice>E\.\s+H\.))?\)"
    annotation = f"{{gloss: x, voice: NK, match: '{pattern}', count: 3, in: {{after: '-', prefix: aaa}}}}"
    for voice, first in (("NK", "NK"), ("", "EH")):
        found, told = anchored(
            "aaa- (b - E.\n H.) (c) (d)",
            annotation.replace("voice: NK, ", voice and "voice: NK, "),
            **{"E. H.": "EH"},
        )
        assert [(a.start, a.end, a.index, a.places, a.voice, a.claim.voice) for a in found] == [
            (6, 7, 0, 3, (10, 16), first),
            (19, 20, 1, 3, None, voice),
            (23, 24, 2, 3, None, voice),
        ]
        assert not told


def test_more_places_than_small_numbers() -> None:
    for annotation in (
        "quote: é, occurrence: all of 300",
        "match: é*, count: 300",
        "quote: e\u0301, occurrence: all of 300",
    ):
        found, told = anchored("é " * 300, annotation)
        assert [a.start for a in found] == list(range(0, 600, 2)) and not any(d.is_error for d in told)
    found, told = anchored("é.b" * 300, "match: é*, count: 300")  # and matches of nothing beyond these
    assert [a.start for a in found] == list(range(0, 900, 3)) and not told


def test_a_signature_that_begins_the_text() -> None:
    (found,), told = anchored("EH: a", "{gloss: x, match: '(?P<voice>EH): (?P<quote>a)', count: 1}", EH="eh")
    assert (found.start, found.end, found.voice, found.claim.voice, told) == (4, 5, (0, 2), "eh", [])


def test_every_claim_at_every_place() -> None:
    found, _ = anchored("a a", "{term: x, quote: a, occurrence: all of 2, also: [{term: y}]}")
    assert [(a.claim.value, a.start, a.index, a.places) for a in found] == [
        ("x", 0, 0, 2), ("y", 0, 0, 2), ("x", 2, 1, 2), ("y", 2, 1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "place, side", [("quote: a", ""), ("before: a", "before"), ("after: a", "after"), ("start: 1", ""), ("start: 1, end: 2", ""), ("start: 4, end: 5", "")]
)  # fmt: skip
def test_the_side_of_a_point(place: str, side: str) -> None:
    found, told = anchored("b c a", place)
    assert [a.side for a in found] == [side] and not told


FOOTNOTES = {
    "both": ("marker: {quote: m}, body: {from: b}", [(0, 1, 0), (3, 6, 1)]),
    "of several places the first": (
        "marker: {quote: m, occurrence: all of 2}, body: {from: b}",
        [(0, 1, 0), (3, 6, 1)],
    ),
    "of several bodies the first": (
        "marker: {quote: b}, body: {quote: m, occurrence: all of 2}",
        [(3, 4, 0), (0, 1, 1)],
    ),
    "no body": ("marker: {quote: m, occurrence: 1 of 2}", []),
    "no marker": ("body: {from: b}", []),
    "a body that is not found": ("marker: {quote: m, occurrence: 2 of 2}, body: {from: c}", []),
    "a body that is no place": ("marker: {quote: m, occurrence: 2 of 2}, body: b", []),
}


@pytest.mark.parametrize("parts, places", FOOTNOTES.values(), ids=FOOTNOTES)
def test_marker_and_body_of_a_footnote(parts: str, places: list[tuple[int, int, int]]) -> None:
    seed = "m\n\nb m" if "occurrence" in parts else "m\n\nb x"
    found, _ = anchored(seed, f"{{footnote: {{{parts}}}}}")
    assert [(a.start, a.end, a.index) for a in found] == places
    assert all(a.places == 2 for a in found)
    found, _ = anchored(seed, f"{{footnote: {{{parts}}}, also: [{{term: x}}]}}")
    assert all(a.claim.kind == "footnote" for a in found)


LEFT = {  # entries beside an ambiguous “a” → what the fix of its report would write
    "all but one": (["quote: a, suffix: b", "quote: a, prefix: b, suffix: c"], " → , prefix: c"),
    "the last": (["quote: a, prefix: b, suffix: c", "quote: a, prefix: c"], " → , suffix: b"),
    "all but two": (["quote: a, suffix: b"], ""),
    "none": (["quote: a, occurrence: all of 3"], ""),
    "another value": (["quote: a, suffix: b", "{term: y, quote: a, prefix: b, suffix: c}"], ""),
    "another kind": (["quote: a, suffix: b", "{person: x, quote: a, prefix: b, suffix: c}"], ""),
}


def test_a_passage_that_is_ambiguous_is_not_mended() -> None:
    _, told = anchored("a b a c a", "quote: a, suffix: b", "quote: a, prefix: b, suffix: c", "from: a")
    assert [(d.rule.code, d.fix) for d in told] == [("E202", None)]


def test_what_is_claimed_beside_does_not_matter() -> None:
    _, told = anchored("a b a", "quote: a, suffix: b", "quote: a, also: [{term: y}]")
    assert told[0].fix


def test_all_quotations_are_indexed_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[set[str]] = []
    prepare = Finder.prepare

    def counted(finder: Finder, quotes: Iterable[Quote]) -> None:
        listed = [*quotes]
        passes.append({quote.exact for quote in listed})
        prepare(finder, listed)

    monkeypatch.setattr(Finder, "prepare", counted)
    _, told = anchored(
        "a b c d e f g",
        "{term: x, on: y}",
        "quote: b, in: {after: a, before: d, in: {quote: a b c d e}}",
        "from: f, to: g",
        "quote: c",
    )
    assert not told and passes == [{"b", "a", "d", "a b c d e", "f", "g", "c"}]


def test_an_expression_that_is_wrong_is_told_only_once(capfd: pytest.CaptureFixture[str]) -> None:
    _, told = anchored("a", "match: '(', count: 1")
    assert len(told) == 1 and capfd.readouterr() == ("", "")


@pytest.mark.parametrize("others, fix", LEFT.values(), ids=LEFT)
def test_of_an_ambiguous_quotation_the_place_that_is_left(others: list[str], fix: str) -> None:
    _, told = anchored("a b a c a", *others, "quote: a")
    (report,) = reported(told)
    assert report.startswith("E202 “a” occurs 3 times") and report.endswith(fix)
    assert ("→" in report) == bool(fix)


@settings(max_examples=600, deadline=None)
@given(WORDS, st.data())
def test_describing_and_anchoring_are_inverse(text: str, data: st.DataObject) -> None:
    """Every place of any text, empty ones and those inside white space too; a quotation wherever one can say it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source = Source("seeds/any.txt", text)
    anchorer = Anchorer(Seed(source, (), "", 0), Source("any.yaml", ""), {})
    selector = describe(anchorer.finder, start, end)
    found = anchorer.places(selector)
    assert found.places == ((start, end),)
    assert not any(diagnostic.is_error for diagnostic in anchorer.diagnostics(found.problems))
    quote = selector.words.quote if isinstance(selector, Quoted) else selector.quote
    assert quote is not None and quote.exact == text[start:end]
    alone = anchorer.finder.find(Quote(text[start:end], within_word=True)) == ((start, end),)
    assert isinstance(selector, Quoted) or not alone
