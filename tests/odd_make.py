"""The grammar of the edition → its ODD: the same schema, as a customisation of TEI that is itself a TEI document.

    python tests/odd_make.py         writes src/edition/checks/schemas/edition.odd

What it says of each element in words stands in odd_words.tsv; examples are taken from the editions in out/.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from edition.checks.relaxng import parse
from edition.model.xml import Child, Raw, XmlElement, element, filled, inline, render
from odd_specs import TEI, Attribute, Specs, read_tei
from rng_inclusion import attributes
from rng_instances import Grammar, Pattern

ROOT = Path(__file__).parent.parent
ODD = ROOT / "src" / "edition" / "checks" / "schemas" / "edition.odd"
WORDS = Path(__file__).parent / "odd_words.tsv"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
SHORT, LONG = 400, 1500  # characters of an example
_ids = re.compile(r'xml:id="([^"]+)"').findall

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_odds.rng" \
type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
"""
PROSE = (
    "This is the schema of the edition as a customisation of TEI P5: the same elements, attributes, closed lists of "
    "values and content models as in <code>edition.rng</code>. Everything that is valid by it is valid TEI.",
    "The text of an edition is the text of its source, letter by letter. The outermost element of words that are not "
    'the source’s has <code>change="#ed.words"</code>; what is left without these elements is the source. '
    "<code>seed.xsl</code> takes it out again.",
    "What a grammar cannot say (that pointers lead somewhere, that periods are in order) stands in "
    "<code>edition.sch</code>. The editions are made from plain text and annotations in YAML, and are not edited by hand.",
)


def words() -> dict[str, str]:
    """What each element is, in our words."""
    lines = WORDS.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def values(grammar: Grammar, p: Pattern) -> tuple[str, ...]:
    """The values of an attribute whose list is closed; () where it is open."""
    if p.kind in ("attribute", "choice") or (p.kind == "ref" and grammar.inside(p)):
        parts = [values(grammar, q) for q in (grammar.inside(p) if p.kind == "ref" else p.parts)]
        return tuple(v for part in parts for v in part) if all(parts) else ()
    return (p.text,) if p.kind == "value" else ()


def attribute_patterns(grammar: Grammar, patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    for p in patterns:
        if p.kind == "attribute":
            yield p
        elif p.kind != "element" and not (p.kind == "ref" and next(grammar.children(p), "")):
            yield from attribute_patterns(grammar, grammar.inside(p))


def wanted(grammar: Grammar, name: str) -> dict[str, Attribute]:
    """The attributes that the grammar gives an element."""
    parts = grammar.elements[name].parts
    required = attributes(grammar, parts)
    closed = {a: values(grammar, p) for p in attribute_patterns(grammar, parts) for a in p.names}
    return {a: Attribute(a, "", required[a], closed[a]) for a in required}


# attributes: what TEI's classes lose, and what single elements lose or change


Change = tuple[bool, tuple[str, ...]]
"""(required, closed values) where they differ from TEI's, else (False, ())."""
FEW = 0.25  # of the elements of a class: these get anew an attribute that the class loses


class Attributes:
    """For classes and for elements: attributes deleted, and attributes changed."""

    def __init__(self, grammar: Grammar, tei: Specs) -> None:
        self.deleted: defaultdict[str, set[str]] = defaultdict(set)
        self.changed: defaultdict[str, dict[str, Change]] = defaultdict(dict)
        self.added: defaultdict[str, dict[str, Attribute]] = defaultdict(dict)
        given: defaultdict[tuple[str, str], dict[str, Change | None]] = defaultdict(dict)
        for name in grammar.elements:
            kept = wanted(grammar, name)
            possible = tei.effective(name)
            assert kept.keys() <= possible.keys(), (name, kept.keys() - possible.keys())
            for a, theirs in possible.items():
                given[theirs.owner or name, a][name] = _change(kept[a], theirs) if a in kept else None
        for (owner, a), changes in given.items():
            keepers = [name for name, change in changes.items() if change is not None]
            if len(set(changes.values())) == 1 and owner.startswith("att."):
                self.put(owner, a, next(iter(changes.values())))
            elif len(keepers) < FEW * len(changes) and owner.startswith("att."):
                self.put(owner, a, None)
                for name in keepers:
                    ours = wanted(grammar, name)[a]
                    self.added[name][a] = replace(ours, datatype=tei.effective(name)[a].datatype)
            else:
                for name, change in changes.items():
                    self.put(name, a, change)

    def put(self, where: str, a: str, change: Change | None) -> None:
        if change is None:
            self.deleted[where].add(a)
        elif change != (False, ()):
            self.changed[where][a] = change

    def definitions(self, where: str) -> XmlElement | None:
        """The attList of a spec."""
        made: list[Child] = []
        for a in sorted({*self.deleted[where], *self.changed[where], *self.added[where]}):
            if a in self.deleted[where]:
                made.append(element("attDef", {"ident": a, "mode": "delete"}))
            elif a in self.added[where]:
                one = self.added[where][a]
                made.append(_definition(a, "add", one.required, one.values, _datatype(one)))
            else:
                made.append(_definition(a, "change", *self.changed[where][a]))
        return filled("attList", {}, *made)


def _definition(
    a: str, mode: str, required: bool, closed: tuple[str, ...], datatype: XmlElement | None = None
) -> XmlElement:
    items = (element("valItem", {"ident": value}) for value in closed)
    how = {"mode": "replace"} if mode == "change" else {}
    listed = filled("valList", {"type": "closed", **how}, *items)
    usage = {"usage": "req"} if required else {}
    return element("attDef", {"ident": a, "mode": mode, **usage}, datatype, listed)


def _datatype(a: Attribute) -> XmlElement:
    """TEI's own, written again."""
    typed = etree.fromstring(a.datatype)
    times = {str(name): str(value) for name, value in typed.items()}
    inner = next(iter(typed.iter(f"{TEI}dataRef")))
    return element("datatype", times, element("dataRef", {str(k): str(v) for k, v in inner.items()}))


def _change(ours: Attribute, theirs: Attribute) -> Change:
    closed = ours.values if ours.values and set(ours.values) != set(theirs.values) else ()
    return ours.required and not theirs.required, closed


# content models


def content(grammar: Grammar, patterns: Iterable[Pattern]) -> XmlElement:
    """A content model; attributes are left out."""
    parts = [made for p in patterns for made in _parts(grammar, p)]
    if not parts:
        parts = [element("empty")]
    return element("content", {}, parts[0] if len(parts) == 1 else element("sequence", {}, *parts))


def _parts(grammar: Grammar, p: Pattern) -> list[XmlElement]:
    if p.kind in ("attribute", "empty"):
        return []
    if p.kind == "text":
        return [element("textNode")]
    if p.kind == "data":
        limit = next((q.text for q in p.parts if q.name == "pattern"), "")
        return [element("dataRef", {"name": p.text, "restriction": limit})]
    if p.kind == "ref":
        if grammar.inside(p)[0].kind == "element":
            return [element("elementRef", {"key": grammar.inside(p)[0].name})]
        return (
            [element("macroRef", {"key": macro(p.name)})] if has_content(grammar, grammar.inside(p)) else []
        )
    inner = [made for q in grammar.inside(p) for made in _parts(grammar, q)]
    if p.kind in ("optional", "zeroOrMore", "oneOrMore"):
        return [_repeated(inner, p.kind)] if inner else []
    if p.kind == "choice":
        return [element("alternate", {}, *inner)] if inner else []
    return [element("sequence", {}, *inner)] if len(inner) > 1 else inner


def _repeated(inner: list[XmlElement], kind: str) -> XmlElement:
    times = {"minOccurs": "0"} if kind != "oneOrMore" else {}
    times |= {"maxOccurs": "unbounded"} if kind != "optional" else {}
    one = inner[0]
    if (
        len(inner) == 1
        and one.name in ("elementRef", "alternate", "sequence")
        and "minOccurs" not in dict(one.attributes)
    ):
        return XmlElement(one.name, (*one.attributes, *times.items()), one.children)
    return element("sequence", times, *inner)


def has_content(grammar: Grammar, patterns: Iterable[Pattern]) -> bool:
    return any(
        p.kind in ("text", "data", "element")
        or (p.kind != "attribute" and has_content(grammar, grammar.inside(p)))
        for p in patterns
    )


def macro(define: str) -> str:
    return f"edition.{define}"


def macros(grammar: Grammar) -> Iterator[XmlElement]:
    """Patterns of the grammar that contents share."""
    used: set[str] = set()
    todo = [m for e in grammar.elements.values() for p in e.parts for m in _macros(grammar, p)]
    while todo:
        used.add(name := todo.pop())
        todo += [m for p in grammar.defines[name] for m in _macros(grammar, p) if m not in used]
    for name in grammar.defines:
        if name in used:
            yield element(
                "macroSpec",
                {"ident": macro(name), "mode": "add"},
                content(grammar, grammar.defines[name]),
            )


def _macros(grammar: Grammar, p: Pattern) -> Iterator[str]:
    if p.kind == "ref":
        inside = grammar.inside(p)
        if inside[0].kind != "element" and has_content(grammar, inside):
            yield p.name
    elif p.kind != "attribute":
        for q in p.parts:
            yield from _macros(grammar, q)


# examples


def examples(files: Iterable[Path]) -> dict[str, tuple[str, str]]:
    """For each element: the name of an edition, and XML that stands in it. No xml:id stands in two examples.

    Short ones first, of these the one that shows most attributes; what has many occurrences chooses last."""
    found: defaultdict[str, list[tuple[tuple[bool, int, int], str, str]]] = defaultdict(list)
    for path in files:
        for e in parse(path.read_bytes()).iter(etree.Element):
            xml = etree.tostring(e, encoding="unicode", with_tail=False)
            xml = xml.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "", 1).replace(_indent(e), "\n")
            if len(xml) <= LONG:
                shown = len({a for inner in e.iter() for a, _ in inner.items()})
                found[etree.QName(e).localname].append(((len(xml) > SHORT, -shown, len(xml)), path.stem, xml))
    taken: Counter[str] = Counter()
    chosen: dict[str, tuple[str, str]] = {}
    for name in sorted(found, key=lambda name: (len(found[name]), name)):
        for _, file, xml in sorted(found[name], key=lambda one: one[0]):
            if not any(taken[key] for key in _ids(xml)):
                taken.update(_ids(xml))
                chosen[name] = (file, xml)
                break
    return chosen


def _indent(e: etree._Element) -> str:
    """The line end and the white space before an element that begins a line."""
    before = e.getprevious()
    parent = e.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return "\n" + (text or "").rpartition("\n")[2] if not (text or "").strip() else "\n"


def exemplum(example: tuple[str, str] | None) -> XmlElement | None:
    if example is None:
        return None
    file, xml = example
    pairs = {"xmlns": EXAMPLES, "xml:space": "preserve", "source": f"#source.{file}"}
    return element("exemplum", {}, Raw(inline(element("egXML", pairs, Raw(xml)))))


# the document


def said(text: str) -> Raw:
    """Words with code in backquotes."""
    return Raw(re.sub(r"`([^`]*)`", r"<code>\1</code>", text.replace("&", "&amp;").replace("<", "&lt;")))


def specification(grammar: Grammar, tei: Specs, shown: dict[str, tuple[str, str]]) -> XmlElement:
    """The schemaSpec."""
    by_module: defaultdict[str, list[str]] = defaultdict(list)
    for name in grammar.elements:
        by_module[tei.elements[name].module].append(name)
    small = replace(tei, modules={"tei", *by_module})
    small.lone = {
        line.name
        for name in grammar.elements
        for a in wanted(grammar, name).keys() - small.effective(name).keys()
        for line in tei.lines(tei.elements[name])
        if not small.has(line)
        and tei.effective(name)[a].owner in (line.name, *(x.name for x in tei.lines(line)))
    }
    told, lists = words(), Attributes(grammar, small)
    owners = sorted(w for w in {*lists.deleted, *lists.changed} if w.startswith("att."))
    return element(
        "schemaSpec",
        {"ident": "edition", "start": "TEI", "docLang": "en"},
        element("moduleRef", {"key": "tei"}),
        *(
            element("moduleRef", {"key": module, "include": " ".join(sorted(names))})
            for module, names in sorted(by_module.items())
        ),
        *(element("classRef", {"key": name}) for name in sorted(small.lone)),
        *macros(grammar),
        *(
            element("classSpec", {"ident": owner, "type": "atts", "mode": "change"}, made)
            for owner in owners
            if (made := lists.definitions(owner))
        ),
        *(
            element(
                "elementSpec",
                {"ident": name, "mode": "change"},
                element("desc", {"xml:lang": "en"}, said(told[name])),
                content(grammar, grammar.elements[name].parts),
                lists.definitions(name),
                exemplum(shown.get(name)),
            )
            for name in sorted(grammar.elements, key=lambda name: (name.lower(), name))
        ),
    )


def header(files: Iterable[Path]) -> XmlElement:
    titles = (
        (path.stem, parse(path.read_bytes()).findtext(f".//{TEI}titleStmt/{TEI}title")) for path in files
    )
    sources = (
        element("bibl", {"xml:id": f"source.{name}"}, element("title", {}, title)) for name, title in titles
    )
    return element(
        "teiHeader",
        {},
        element(
            "fileDesc",
            {},
            element("titleStmt", {}, element("title", {}, "The schema of the edition")),
            element(
                "publicationStmt",
                {},
                element("p", {}, "Distributed with the program that makes the editions."),
            ),
            element(
                "sourceDesc",
                {},
                element("listBibl", {}, element("head", {}, "Editions that examples are from"), *sources),
            ),
        ),
    )


def make(grammar: Grammar, tei: Specs, files: list[Path]) -> bytes:
    """The ODD."""
    document = element(
        "TEI",
        {"xmlns": "http://www.tei-c.org/ns/1.0", "xml:lang": "en"},
        header(files),
        element(
            "text",
            {},
            element(
                "body",
                {},
                element("head", {}, "The schema of the edition"),
                *(element("p", {}, Raw(text)) for text in PROSE),
                specification(grammar, tei, examples(files)),
            ),
        ),
    )
    return (HEAD + render(document) + "\n").encode()


if __name__ == "__main__":
    from tei_schema import CLOSED, SHARED

    made = make(
        Grammar(CLOSED), read_tei(SHARED / "tei" / "p5subset.xml"), sorted((ROOT / "out").glob("*.xml"))
    )
    ODD.write_bytes(made)
