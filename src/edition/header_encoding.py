"""How the text is encoded: the editorial principles, the rule that gives the seed, the trees to cite by.

The same for every text but for the language and the names of its blocks.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.xml import Element, Raw, element, escape

WORDS = "#ed.words"
RULES = (
    "/tei:TEI/tei:text//text()"
    "[not(ancestor::*[contains(concat(' ', normalize-space(@change), ' '), ' {} ')])]",
    "string-join(/tei:TEI/tei:text//text()[not(ancestor::*[tokenize(@change, '\\s+') = '{}'])], '')",
)
DECLARED: tuple[tuple[str, dict[str, str]], ...] = (
    ("correction", {"method": "markup"}),
    ("normalization", {"method": "markup"}),
    ("quotation", {"marks": "all"}),
    ("segmentation", {}),
    ("stdVals", {}),
    ("interpretation", {}),
)


def encoding(
    say: dict[str, str], units: Iterable[str], has_divisions: bool, categories: Element | None = None
) -> Element:
    """`encodingDesc`. units: the elements that are blocks of text and carry a running @n."""
    principles = [element(name, pairs, element("p", None, Raw(say[name]))) for name, pairs in DECLARED]
    one, two = (f'<code lang="XPath">{escape(path.format(WORDS))}</code>' for path in RULES)
    rule = Raw(say["rule"].format(words=WORDS, one=one, two=two))
    seed = element("interpretation", {"xml:id": "seed.rule"}, element("p", None, rule))
    return element(
        "encodingDesc",
        None,
        element("editorialDecl", None, *principles, seed),
        *_references(sorted(set(units)), has_divisions),
        categories,
    )


def _references(units: list[str], has_divisions: bool) -> list[Element]:
    """Trees for DTS. One unit a tree: readers follow the first `citeStructure` only."""
    found = []
    if units:
        names = " or ".join(f"self::{unit}" for unit in units)
        match = f"/TEI/text/descendant::*[{names}][@n]"
        unit = element("citeStructure", {"unit": "block", "match": match, "use": "@n"})
        found.append(element("refsDecl", {"n": "blocks", "default": "true"}, unit))
    if has_divisions:
        title = element("citeData", {"property": "http://purl.org/dc/terms/title", "use": "head"})
        match = "/TEI/text/descendant::div[@n]"
        unit = element("citeStructure", {"unit": "division", "match": match, "use": "@n"}, title)
        found.append(element("refsDecl", {"n": "divisions", "default": "" if found else "true"}, unit))
    return found
