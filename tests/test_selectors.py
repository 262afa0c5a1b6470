"""What a selector says decides where it leads: every form, every field of it, from YAML to places."""

from __future__ import annotations

from typing import get_args

import pytest

from edition.anchor.anchor import Anchorer
from edition.format.yaml import read_yaml
from edition.model.annotation import Area, Nowhere, Occurrence, On, Quotation, Quote, Seed, Selector, Whole
from edition.model.nodes import Mapping
from edition.model.source import Source
from edition.model.vocabulary import KINDS
from edition.read.annotations import read_annotations
from edition.read.seed import seed_blocks

TEXT = "one two, one three, one four.\n\nfive one two, six\n"


def places(written: str) -> list[str] | str:
    """Where an annotation stands, as `start:words`; or the code of the error."""
    source = Source("annotations/any.yaml", f"annotations: [{{{written}}}]")
    seed = Seed(Source("seeds/any.txt", TEXT), tuple(seed_blocks(TEXT)), "", 0)
    node, told = read_yaml(source)
    assert isinstance(node, Mapping) and told == []
    annotations, unread = read_annotations(node.items["annotations"], source, KINDS)
    anchorer = Anchorer(seed, source, {})
    anchored, problems = anchorer.anchor(annotations)
    errors = [d.rule.code for d in (*unread, *anchorer.diagnostics(problems, anchored)) if d.is_error]
    return errors[0] if errors else [f"{a.start}:{TEXT[a.start : a.end]}" for a in anchored]


# A passage is confined by what stands after and before other words; `occurrence` counts those that come first.
CONFINED = [
    ("quote: one, in: {after: three}", "E202"),
    ("quote: one, in: {after: three, before: six}, occurrence: 2 of 2", ["36:one"]),
    ("quote: six, in: {after: two}", "E202"),
    ("quote: six, in: {after: two, occurrence: 2 of 2}", ["45:six"]),
    ("quote: three, in: {after: two, occurrence: 2 of 2}", "E201"),
    ("quote: three, in: {after: two, occurrence: 1 of 2}", ["13:three"]),
    ("quote: three, in: {after: two, occurrence: 1 of 3}", "E203"),
    ("quote: three, in: {after: two, occurrence: all of 2}", "E124"),
    ("quote: three, in: {before: two}", "E201"),
    ("quote: three, in: {before: two, occurrence: 2 of 2}", ["13:three"]),
    ("quote: three, in: {before: two, occurrence: 1 of 2}", "E201"),
    ("quote: three, in: {before: two, occurrence: 2 of 3}", "E203"),
    ("quote: three, in: {before: two, occurrence: all of 2}", "E124"),
    ("quote: one, in: {after: three, before: four}", ["20:one"]),
    ("quote: three, in: {after: one, before: two, occurrence: 1 of 4}", "E201"),
    ("quote: three, in: {after: one, before: two, occurrence: 2 of 4}", ["13:three"]),
    ("quote: one, in: {quote: one two, occurrence: 2 of 2}", ["36:one"]),
    ("quote: one, in: {from: five, to: two}", ["36:one"]),
    ("quote: one, in: {quote: one two, in: {from: five}}", ["36:one"]),
    (
        'quote: one, in: {after: one, occurrence: 2 of 3, before: six, in: {from: "two, one", to: six}}',
        ["36:one"],
    ),
    ("start: 36, end: 39, in: {from: five}", ["36:one"]),
    ("start: 9, end: 12, in: {from: five}", "E205"),
]


@pytest.mark.parametrize(("where", "found"), CONFINED)
def test_the_passage_in_which_words_are_looked_for(where: str, found: list[str] | str) -> None:
    assert places(f"term: x, {where}") == found


def test_a_group_confines_the_marker_and_the_body_of_a_footnote() -> None:
    footnote = "footnote: {marker: {quote: one}, body: {quote: two}}"
    assert places(footnote) == "E202"
    group = "in: {{{}}}, annotations: [{{{}}}]"
    assert places(group.format("from: five", footnote)) == ["36:one", "40:two"]
    assert places(group.format("after: three, before: five", footnote)) == "E201"


# Two ways to write one field, which lead to two places: no field is read and then forgotten.
DECIDES = {
    "Quote.exact": ("quote: two, occurrence: 1 of 2", "quote: three"),
    "Quote.prefix": ("quote: one, prefix: five", "quote: one, prefix: and"),
    "Quote.suffix": ("quote: one, suffix: three", "quote: one, suffix: four"),
    "Quote.within_word": ("quote: hree", "quote: hree, within-word: yes"),
    "Quotation.quote": ("quote: five", "quote: six"),
    "Quotation.occurrence": ("quote: two, occurrence: 1 of 2", "quote: two, occurrence: 2 of 2"),
    "Occurrence.numbers": ("quote: two, occurrence: 1 of 2", "quote: two, occurrence: all of 2"),
    "Occurrence.total": ("quote: two, occurrence: 1 of 2", "quote: two, occurrence: 1 of 3"),
    "Quoted.words": ("quote: five", "quote: six"),
    "Quoted.side": ("before: five", "after: five"),
    "Quoted.within": ("quote: two, in: {from: five}", "quote: two, in: {to: five, from: one four}"),
    "Passage.first": ("from: five, to: six", "from: four, to: six"),
    "Passage.last": ("from: five, to: two", "from: five"),
    "Passage.within": ("from: one, to: six, in: {after: three, before: five}", "from: one, to: six, in: {from: five, to: six}"),
    "Between.after": ("quote: two, in: {after: three}", "quote: two, in: {after: six}"),
    "Between.before": ("quote: two, in: {before: three}", "quote: two, in: {before: six}"),
    "Between.within": ("quote: two, in: {after: one, in: {before: three}}", "quote: two, in: {after: one, in: {from: five}}"),
    "Matched.pattern": ("match: o.e, count: 4", "match: t.o, count: 2"),
    "Matched.total": ("match: two, count: 2", "match: two, count: 3"),
    "Matched.within": ("match: two, count: 1, in: {from: five}", "match: two, count: 1, in: {before: five}"),
    "Offsets.start": ("start: 0, end: 7", "start: 4, end: 7"),
    "Offsets.end": ("start: 0, end: 7", "start: 0, end: 3"),
    "Offsets.quote": ("start: 0, end: 7, quote: one two", "start: 0, end: 7, quote: one"),
    "Offsets.within": ("start: 0, end: 3, in: {before: five}", "start: 0, end: 3, in: {after: five}"),
}  # fmt: skip


@pytest.mark.parametrize("field", DECIDES)
def test_a_field_decides(field: str) -> None:
    one, other = DECIDES[field]
    assert places(f"term: x, {one}") != places(f"term: x, {other}")


def test_every_field_of_every_form_is_looked_at() -> None:
    """Of those that lead to places of their own; `at` says where they are written."""
    forms = {*get_args(Selector), *get_args(Area), Quotation, Quote, Occurrence} - {On, Whole, Nowhere}
    all_fields = {f"{form.__name__}.{field}" for form in forms for field in form._fields}
    footnote = {"MarkerAndBody.marker", "MarkerAndBody.body"}
    assert {name for name in all_fields if not name.endswith(".at")} == {*DECIDES, *footnote}
