"""Weaving and its inverse: any tree comes back, text is conserved, crossing follows the written rule."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.encode.compose import compose
from edition.encode.tei import WORDS, expected, read_back, write_events
from edition.encode.weave import Layout, unweave, weave
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


def test_places_count_marks_and_ranks_count_spans_of_one_extent() -> None:
    """`<a><b>…<c/>the</b></a><d/><e/>` of an empty element, three letters, and two more elements that are empty."""
    a, b, c, d, e, f = range(6)
    events: list[Event] = [
        (OPEN, a, 0, 1), (OPEN, b, 2, 0), (POINT, c), (OPEN, f, 0, 0), (TEXT, 0, 3), (CLOSE, f), (CLOSE, b),
        (CLOSE, a), (POINT, d), (POINT, e),
    ]  # fmt: skip
    layout = unweave(events)
    assert (layout.length, layout.scale) == (3, 3)
    assert layout.spans == [(0, 9, 0, a, 0, 1), (0, 9, 1, b, 2, 0), (1, 9, 0, f, 0, 0)]
    assert layout.marks == [(0, c), (9, d), (10, e)]
    assert weave(layout) == events
    assert weave(Layout(3, 1, [], [])) == [(TEXT, 0, 3)] and weave(Layout(0, 1, [], [])) == []


def test_a_long_text_comes_back() -> None:
    """Numbers that are no small integers; no text is empty, and none is in two pieces without need."""
    spans = [(2 * at, 2 * at + n, 0, at + n, 0, 0) for at in range(0, 9000, 1000) for n in (1800, 1000)]
    layout = Layout(10_000, 2, spans, [(2 * at, at) for at in range(500, 9000, 1000)])
    events = weave(layout)
    assert unweave(events) == layout
    edges = [*sorted(at + k for at in range(0, 9000, 1000) for k in (0, 500, 900)), 10_000]
    assert [event[1:] for event in events if event[0] == TEXT] == [*itertools.pairwise(edges)]


SOME = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8)


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
    for a, b in draw(st.lists(st.sampled_from(text_blocks), max_size=1)):
        start, end = sorted(draw(st.sets(st.integers(a, b), min_size=2, max_size=2)))
        elements.append(Element("salute", (), start, end, BLOCK, 1, None))
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
    """Text conserved, order irrelevant, pieces spell their range, well-formed, and everything comes back.

    Where two may not be cut and cross, the words still stand; without one of them, all of this holds again."""
    text, text_blocks, elements = case
    while True:
        composed = compose(text, elements, text_blocks)
        body = "".join(write_events(composed))
        data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>'
        found, placed = read_back(data.encode())
        assert found == text
        events, words = in_a_row(composed)
        assert weave(unweave(events)) == events
        if not composed.overlaps:
            break
        gone = max(composed.overlaps[0], key=lambda k: elements[k].cutting)
        assert elements[gone].cutting in (SOLID, NOTE)
        del elements[gone]
    assert placed == expected(composed)
    shuffled = elements[:]
    rng.shuffle(shuffled)
    assert "".join(write_events(compose(text, shuffled, text_blocks))) == body
    tree = etree.fromstring(data.encode())[1]
    names = [etree.QName(e).localname for e in tree.iter("*")]
    assert [composed.elements[event[1]].name for _, event in start_tags(composed)] == names[2:]
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
