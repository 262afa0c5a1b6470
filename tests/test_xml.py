"""Trees of header and registers: indentation never touches text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.model.xml import Raw, XmlElement, element, filled, inline, render


def test_elements_stand_one_a_line_and_text_on_its_own() -> None:
    tree = element(
        "a",
        {"xml:id": "k", "cert": ""},
        element("b"),
        element("c", None, "x & y"),
        None,
        "",
        Raw("<d/>", mixed=False),
    )
    assert render(tree, 1) == '  <a xml:id="k">\n    <b/>\n    <c>x &amp; y</c>\n    <d/>\n  </a>'


def test_mixed_content_gets_no_white_space() -> None:
    tree = element("p", None, "a ", element("hi", None, element("b"), element("c")), Raw("<x/>"))
    assert render(tree, 2) == "    <p>a <hi><b/><c/></hi><x/></p>"


def test_nothing_is_made_of_nothing() -> None:
    assert filled("a", {"n": "1"}, None, "", Raw("")) is None
    assert render(element("a", {"n": 'x"<\n'})) == '<a n="x&quot;&lt;&#10;"/>'


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=6,
)
TREES = st.recursive(
    st.sampled_from("ab").map(XmlElement),
    lambda trees: st.builds(
        lambda name, children: element(name, None, *children),
        st.sampled_from("cd"),
        st.lists(st.one_of(TEXT, trees), max_size=4),
    ),
    max_leaves=12,
)


@given(TREES)
def test_text_survives_indentation(tree: XmlElement) -> None:
    shown, plain = etree.fromstring(render(tree)), etree.fromstring(inline(tree))
    for one, other in zip(shown.iter(), plain.iter(), strict=True):
        mixed = bool(other.text or any(child.tail for child in other))
        assert one.tag == other.tag
        assert (
            ("".join(one.itertext()) == "".join(other.itertext())) if mixed else not (one.text or "").strip()
        )
