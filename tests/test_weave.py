"""Weaving and its inverse: any tree comes back, text is conserved, crossing follows the written rule."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.encode.compose import compose
from edition.encode.fragment import Range, fragment
from edition.encode.tei import WORDS, expected, read_back, write_events
from edition.encode.weave import unweave, weave
from edition.model.events import (
    BLOCK,
    CLOSE,
    LINING,
    LOOSE,
    MARK,
    NOTE,
    OPEN,
    POINT,
    SOLID,
    TEXT,
    Composed,
    Element,
    Event,
    start_tags,
)
from edition.model.spans import clipped

Forest = list[tuple[str, list]]  # type: ignore[type-arg]


def forests(n: int) -> Iterator[Forest]:
    """All ordered forests of n nodes; a leaf is a character or an empty element."""
    if n == 0:
        yield []
    for k in range(1, n + 1):
        for kids in forests(k - 1):
            for rest in forests(n - k):
                yield [("e", kids), *rest]
                if k == 1:
                    yield [("x", []), *rest]


def events_of(forest: Forest) -> list[Event]:
    events: list[Event] = []
    origins = itertools.count()
    at = 0

    def walk(nodes: Forest) -> None:
        nonlocal at
        for name, kids in nodes:
            if name == "x":
                at += 1
                if events and events[-1][0] == TEXT:
                    events[-1] = (TEXT, events[-1][1], at)
                else:
                    events.append((TEXT, at - 1, at))
            elif kids:
                origin = next(origins)
                events.append((OPEN, origin, 0, 0))
                walk(kids)
                events.append((CLOSE, origin))
            else:
                events.append((POINT, next(origins)))

    walk(forest)
    return events


def test_every_tree_of_up_to_seven_nodes_comes_back() -> None:
    shuffle = random.Random(7).shuffle
    count = 0
    for n in range(1, 8):
        for forest in forests(n):
            events = events_of(forest)
            layout = unweave(events)
            shuffle(layout.spans)
            shuffle(layout.marks)
            assert weave(layout) == events
            count += 1
    assert count == 10_878


SOME = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@st.composite
def content(draw: st.DrawFn, deep: int) -> tuple[str, tuple[Element, ...]]:
    """What a mark holds: words of an editor with elements over them, and marks in these, or nothing but marks."""
    words = draw(SOME)
    held: list[Element] = []
    for k in range(draw(st.integers(0, 3)) if deep else 0):
        start = draw(st.integers(0, len(words)))
        end = draw(st.integers(start, len(words)))
        pairs = (("n", f"{deep}.{k}"),)
        if start == end:
            inner, more = draw(content(deep - 1))
            side = draw(st.sampled_from((-1, 1)))
            held.append(Element("add", pairs, start, end, MARK, k, None, side=side, words=inner, held=more))
        else:
            held.append(Element("hi", pairs, start, end, LOOSE, k, None))
    return words, tuple(held)


@st.composite
def layers(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Element]]:
    """A text, its blocks, and ranges and marks over it: crossing, nested, equal, empty; with words of editors in
    marks, and beside words of the seed."""
    text = draw(SOME.filter(bool)) + draw(SOME) + "\n\n&<é\U00010400>"
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    text_blocks = [(edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2)]
    elements = [Element("p", (), a, b, BLOCK, 0, None, text=True) for a, b in text_blocks]
    change = ("change", WORDS)
    for k in range(draw(st.integers(0, 9))):
        first = draw(st.sampled_from(text_blocks))
        start = draw(st.integers(first[0], first[1] - 1))
        end = draw(st.integers(start, text_blocks[-1][1]))
        cutting = draw(st.sampled_from((LOOSE, LOOSE, LOOSE, NOTE, SOLID)))
        pair = ("type", f"t{k}")
        words, held = draw(content(2))
        if start == end:
            side = draw(st.sampled_from((-1, 1)))
            pairs = (pair, change) if words or held else (pair,)
            elements.append(
                Element("gap", pairs, start, start, MARK, k, None, "", "", side, words=words, held=held)
            )
            continue
        pieces: list[Element] = []
        if cutting == SOLID and draw(st.booleans()):
            reading = Element("corr", (change,), 0, 0, MARK, 0, None, words=words, held=held)
            sic = Element("sic", (pair,), 0, 0, LINING, 0, None)
            pieces = draw(st.permutations((sic, reading, reading)))
        name = "choice" if pieces else "seg"
        elements.append(
            Element(name, (pair,), start, end, cutting, draw(st.integers(1, 3)), None, held=tuple(pieces))
        )
    return text, text_blocks, elements


@settings(max_examples=400, deadline=None)
@given(layers(), st.randoms())
def test_layers_over_any_text(
    case: tuple[str, list[tuple[int, int]], list[Element]], rng: random.Random
) -> None:
    """Text conserved, order irrelevant, pieces spell their range, well-formed, and everything comes back."""
    text, text_blocks, elements = case
    composed = compose(text, elements, text_blocks)
    if composed.overlaps:
        return
    body = "".join(write_events(composed))
    shuffled = elements[:]
    rng.shuffle(shuffled)
    assert "".join(write_events(compose(text, shuffled, text_blocks))) == body
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>'.encode()
    found, placed = read_back(data)
    assert found == text
    assert placed == expected(composed)
    tree = etree.fromstring(data)[1]
    names = [etree.QName(e).localname for e in tree.iter("*")]
    assert [composed.elements[event[1]].name for _, event in start_tags(composed)] == names[2:]
    events, words = in_a_row(composed)
    assert words == "".join(tree.itertext())
    layout = unweave(events)
    rng.shuffle(layout.spans)
    rng.shuffle(layout.marks)
    assert weave(layout) == events


def in_a_row(composed: Composed) -> tuple[list[Event], str]:
    """The events over the words of the seed and of editors in document order, which is a text like any other."""
    events: list[Event] = []
    words = ""
    for event in composed.events:
        if event[0] != TEXT:
            events.append(event)
            continue
        start, words = len(words), words + composed.text[event[1] : event[2]]
        if events and events[-1][0] == TEXT:
            events[-1] = (TEXT, events[-1][1], len(words))
        else:
            events.append((TEXT, start, len(words)))
    return events, words


def test_words_of_editors_stand_where_they_are_held() -> None:
    """A note in a note, a correction in a note, and a reading on either side of the seed's."""
    inner = Element("note", (), 2, 2, MARK, 0, None, side=-1, words="x")
    right = Element("choice", (), 3, 5, SOLID, 0, None, held=(held("sic", LINING), held("corr", MARK, "de")))
    note = Element("note", (), 3, 3, MARK, 0, None, side=-1, words="ab cd", held=(inner, right))
    app = Element(
        "app", (), 0, 3, SOLID, 0, None, held=(held("lem", MARK), held("rdg", LINING), held("rdg", MARK, "o"))
    )
    composed = compose("one", [Element("p", (), 0, 3, BLOCK, 0, None, text=True), app, note], [(0, 3)])
    assert "".join(write_events(composed)) == (
        '<p xml:id="p1" n="1"><app><lem/><rdg>one</rdg><rdg>o</rdg></app><note xml:id="n1">'
        "ab<note>x</note> <choice><sic>cd</sic><corr>de</corr></choice></note></p>"
    )
    assert [composed.outermost(k) for k in range(9)] == [0, 1, 2, 1, 1, 1, 2, 2, 2]


def held(name: str, cutting: int, words: str = "") -> Element:
    return Element(name, (), 0, 0, cutting, 0, None, words=words)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[list[Range], list[tuple[int, int]]]:
    size = draw(st.integers(2, 30))
    edges = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=6)))
    text_blocks = [(edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2)]
    found: list[Range] = [(a, BLOCK, -b, 0, k) for k, (a, b) in enumerate(text_blocks)]
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, size - 1))
        end = draw(st.integers(start + 1, size))
        found.append(
            (start, draw(st.sampled_from((SOLID, NOTE, LOOSE))), -end, draw(st.integers(1, 4)), len(found))
        )
    return found, text_blocks


@settings(max_examples=400, deadline=None)
@given(ranges(), st.randoms())
def test_pieces_nest_and_spell_their_ranges(
    case: tuple[list[Range], list[tuple[int, int]]], rng: random.Random
) -> None:
    found, text_blocks = case
    result = fragment(found, text_blocks)
    shuffled = found[:]
    rng.shuffle(shuffled)
    assert sorted(fragment(shuffled, text_blocks).spans) == sorted(result.spans)
    if result.overlaps:
        return
    for one, other in itertools.permutations(result.spans, 2):
        assert not one[0] < other[0] < one[1] < other[1]
    for start, cutting, minus_end, _, origin in found:
        pieces = sorted(s for s in result.spans if s[3] == origin)
        covered = [p for s in pieces for p in range(s[0], s[1])]
        wanted = [p for a, b in clipped((start, -minus_end), text_blocks) for p in range(a, b)]
        assert covered == wanted
        assert [s[4] for s in pieces] == list(range(len(pieces)))
        assert [s[5] for s in pieces] == [1] * (len(pieces) - 1) + [0]
        assert cutting not in (BLOCK, SOLID) or len(pieces) == 1


def test_of_two_that_cross_the_later_is_cut() -> None:
    result = fragment([(0, BLOCK, -20, 0, 0), (0, LOOSE, -10, 1, 1), (5, LOOSE, -15, 1, 2)], [(0, 20)])
    assert [s for s in result.spans if s[3] == 1] == [(0, 10, 1, 1, 0, 0)]
    assert [s[:2] for s in result.spans if s[3] == 2] == [(5, 10), (10, 15)]


def test_what_holds_words_of_the_editor_is_not_cut() -> None:
    result = fragment([(0, BLOCK, -20, 0, 0), (0, LOOSE, -10, 1, 1), (5, SOLID, -15, 1, 2)], [(0, 20)])
    assert [s[:2] for s in result.spans if s[3] == 1] == [(0, 5), (5, 10)]
    assert [s[:2] for s in result.spans if s[3] == 2] == [(5, 15)]


def test_two_that_may_not_be_cut() -> None:
    result = fragment([(0, BLOCK, -20, 0, 0), (0, SOLID, -10, 1, 1), (5, SOLID, -15, 1, 2)], [(0, 20)])
    assert result.overlaps == [(1, 2)]


def test_pieces_grow_with_the_input_and_not_with_its_square() -> None:
    """A chain of n crossing ranges: twice as many give about twice as many pieces."""

    def pieces(n: int) -> int:
        chain: list[Range] = [(0, BLOCK, -(3 * n + 10), 0, 0)]
        chain += [(3 * k, LOOSE, -(3 * k + 5), 1, k + 1) for k in range(n)]
        return len(fragment(chain, [(0, 3 * n + 10)]).spans)

    assert pieces(2000) < 2.1 * pieces(1000)
