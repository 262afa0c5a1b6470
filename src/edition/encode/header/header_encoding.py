"""`encodingDesc`: the editorial principles, the rule that gives the seed, the trees to cite by.

It is the same for every text but for the language, the names of its blocks, and what the text declares.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.encode.tei import WORDS
from edition.model.xml import Raw, XmlElement, element, escape

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
    diagnostic: dict[str, str],
    units: Iterable[str],
    has_divisions: bool,
    categories: XmlElement | None = None,
    numbered: Iterable[str] = (),
    characters: XmlElement | None = None,
) -> XmlElement:
    """The `encodingDesc`, in the sentences given. units: the elements that are blocks of text with an @n; numbered: those
    of them whose numbers are the editor's."""
    principles = [element(name, pairs, element("p", None, Raw(diagnostic[name]))) for name, pairs in DECLARED]
    one, two = (f'<code lang="XPath">{escape(path.format(WORDS))}</code>' for path in RULES)
    rule = Raw(diagnostic["rule"].format(words=WORDS, one=one, two=two))
    seed = element("interpretation", {"xml:id": "seed.rule"}, element("p", None, rule))
    return element(
        "encodingDesc",
        None,
        element("editorialDecl", None, *principles, seed),
        *_references(set(units), set(numbered), has_divisions),
        categories,
        characters,
    )


def _references(units: set[str], numbered: set[str], has_divisions: bool) -> list[XmlElement]:
    """A `refsDecl` for each citation tree (for DTS), the first the default.

    A tree has one unit, as readers follow the first `citeStructure` only. What the editor numbers has a tree of its own:
    verses are cited by their numbers.
    """
    trees = [(name, _NAMED.get(name, name), [name]) for name in sorted(numbered)]
    trees += [("blocks", "block", sorted(units - numbered))] if units - numbered else []
    structures = []
    for tree, unit, elements in trees:
        names = " or ".join(f"self::{name}" for name in elements)
        match = f"/TEI/text/descendant::*[{names}][@n]"
        structures.append((tree, element("citeStructure", {"unit": unit, "match": match, "use": "@n"})))
    if has_divisions:
        title = element("citeData", {"property": "http://purl.org/dc/terms/title", "use": "head"})
        match = "/TEI/text/descendant::div[@n]"
        pairs = {"unit": "division", "match": match, "use": "@n"}
        structures.append(("divisions", element("citeStructure", pairs, title)))
    return [
        element("refsDecl", {"n": tree, "default": "" if k else "true"}, unit)
        for k, (tree, unit) in enumerate(structures)
    ]


_NAMED = {"l": "line", "p": "paragraph"}
