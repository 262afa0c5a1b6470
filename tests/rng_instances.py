"""A RELAX NG grammar in XML syntax, and random documents from it. Knows no TEI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from random import Random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML_ID = "xml:id"
XML = "http://www.w3.org/XML/1998/namespace"
Pattern = etree._Element


class Grammar:
    """Elements have one define each, and one name; attributes have names, no wildcards."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path).getroot()
        for foreign in [e for e in root.iter() if not (isinstance(e.tag, str) and e.tag.startswith(RNG))]:
            parent = foreign.getparent()
            assert parent is not None
            parent.remove(foreign)
        self.namespace = root.get("ns", "")
        self.defines = {str(d.get("name")): list(d) for d in root.iter(RNG + "define")}
        self.elements = {str(e.get("name")): e for e in root.iter(RNG + "element") if e.get("name")}
        self.start = [p for s in root.iter(RNG + "start") for p in s]

    def alternatives(self, patterns: Iterable[Pattern]) -> Iterator[Pattern]:
        """Of a choice, with the choices that it refers to spread out."""
        for p in patterns:
            inner = self.defines[str(p.get("name"))] if p.tag == RNG + "ref" else [p]
            if len(inner) == 1 and inner[0].tag == RNG + "choice":
                yield from self.alternatives(inner[0])
            else:
                yield p

    @cached_property
    def least(self) -> dict[str, int]:
        """How many elements the smallest instance of each element has, itself included."""
        least = dict.fromkeys(self.elements, 10**6)
        while True:
            found = {name: 1 + self.cost(e, least) for name, e in self.elements.items()}
            if found == least:
                return least
            least = found

    def cost(self, patterns: Iterable[Pattern], least: dict[str, int] | None = None) -> int:
        known = self.least if least is None else least
        return sum(self._cost(p, known) for p in patterns)

    def _cost(self, p: Pattern, least: dict[str, int]) -> int:
        kind = p.tag[len(RNG) :]
        if kind in ("optional", "zeroOrMore", "attribute", "list"):
            return 0
        if kind == "element":
            return least[str(p.get("name"))]
        if kind == "choice":
            return min(self._cost(c, least) for c in p)
        return self.cost(self.defines[str(p.get("name"))] if kind == "ref" else p, least)


def names(attribute: Pattern) -> list[str]:
    return [str(attribute.get("name"))] if attribute.get("name") else [n.text or "" for n in attribute.iter(RNG + "name")]


class Instances:
    """Random documents of a grammar; of several elements, one that has been used little is chosen."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.grammar = grammar
        self.random = Random(seed)
        self.used: Counter[str] = Counter()
        self.left = self.ids = 0

    def document(self, size: int) -> etree._Element:
        """A document of about so many elements, or the smallest there is."""
        self.left, self.ids = size, 0
        top = etree.Element("top")
        self.patterns(self.grammar.start, top)
        return top[0]

    def patterns(self, patterns: Iterable[Pattern], into: etree._Element) -> None:
        for p in patterns:
            self.pattern(p, into)

    def pattern(self, p: Pattern, into: etree._Element) -> None:
        kind = p.tag[len(RNG) :]
        if kind == "element":
            self.element(p, into)
        elif kind == "attribute":
            self.attribute(p, into)
        elif kind in ("optional", "zeroOrMore", "oneOrMore"):
            for _ in range(self.times(p, kind)):
                self.patterns(p, into)
        elif kind == "choice" and self.is_value(p):
            write(into, self.value([p]))
        elif kind == "choice":
            self.pattern(self.chosen(p), into)
        elif kind in ("data", "value", "list", "text"):
            write(into, self.value([p]))
        elif kind in ("ref", "group"):
            self.patterns(self.grammar.defines[str(p.get("name"))] if kind == "ref" else p, into)
        else:
            assert kind == "empty", kind

    def element(self, p: Pattern, into: etree._Element) -> None:
        name = str(p.get("name"))
        self.left -= 1
        self.used[name] += 1
        self.patterns(p, etree.SubElement(into, f"{{{self.grammar.namespace}}}{name}"))

    def attribute(self, p: Pattern, into: etree._Element) -> None:
        name = self.random.choice(names(p))
        self.ids += name == XML_ID
        value = f"id{self.ids}" if name == XML_ID else self.value(p)
        into.set(name.replace("xml:", f"{{{XML}}}"), value)

    def times(self, p: Pattern, kind: str) -> int:
        inner = p[0]
        if inner.tag == RNG + "attribute":
            return int(self.random.random() < 0.25)
        least, most = int(kind == "oneOrMore"), 1 if kind == "optional" else 4
        room = self.left - self.grammar.cost(p)
        return self.random.randint(least, most) if room > 0 else least

    def chosen(self, choice: Pattern) -> Pattern:
        """Among four alternatives at random the one least used, as long as there is room; then the smallest."""
        every = list(self.grammar.alternatives(choice))
        if self.left <= 0:
            return min(every, key=lambda p: self.grammar.cost([p]))
        few = self.random.sample(every, min(4, len(every)))
        return min(few, key=lambda p: self.used[str(p.get("name"))] if p.tag == RNG + "ref" else 0)

    # values

    def is_value(self, p: Pattern) -> bool:
        return all(c.tag in (RNG + "value", RNG + "data") for c in p)

    def value(self, patterns: Iterable[Pattern]) -> str:
        """Of an attribute, or of an element without children."""
        return " ".join(self._value(p) for p in patterns if p.tag not in (RNG + "choice", RNG + "name") or self.is_value(p))

    def _value(self, p: Pattern) -> str:
        kind = p.tag[len(RNG) :]
        if kind == "text":
            return self.random.choice(TEXTS)
        if kind == "value":
            return p.text or ""
        if kind == "choice":
            return self._value(self.random.choice(list(p)))
        if kind == "data":
            return self.random.choice(self.samples(p))
        if kind == "ref":
            return self.value(self.grammar.defines[str(p.get("name"))])
        repeat = self.random.randint(1, 3) if kind == "oneOrMore" else 1
        return " ".join(self.value(p) for _ in range(repeat))

    def samples(self, data: Pattern) -> Sequence[str]:
        limits = {str(q.get("name")): q.text or "" for q in data}
        found = SAMPLES[limits.get("pattern", str(data.get("type")))]
        most = float(limits.get("maxInclusive", "inf"))
        return [s for s in found if most == float("inf") or 0 <= float(s) <= most]


def write(into: etree._Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


TEXTS = (" words ", "Слово", "a\u00a0b ", " ", "1 < 2 & 3")
SAMPLES = {
    "anyURI": ("#a", "https://example.org/x?y=1&z=%20#q", "urn:isbn:3518", "note.xml", "mailto:a@example.org", "#б"),
    "string": ("", " two  words ", "a, b", "\u2003"),
    r"[^\p{C}\p{Z}]+": ("word", "C++", "слово", "a/b", "#x", "12", "*"),
    ".+": (" ", ":", "a b"),
    r"[a-z]+/[a-z0-9.+\-]+": ("image/png", "application/ld+json"),
    "NCName": ("div", "standOff", "a.b-c"),
    "Name": ("target", "xml:id"),
    "language": ("de", "zh-Hant-TW", "sr-Latn", "x-own", "la-001"),
    "date": ("1937-07-17", "-0044-03-15", "2000-02-29Z"),
    "gYear": ("1937", "-0044", "12000"),
    "gYearMonth": ("1937-07", "-0044-03"),
    "gMonthDay": ("--02-29", "--07-17"),
    "gMonth": ("--07",),
    "gDay": ("---31",),
    "time": ("12:30:00", "23:59:59.5Z", "12:30:00+02:00"),
    "dateTime": ("1937-07-17T12:30:00", "1937-07-17T12:30:00-05:00"),
    "duration": ("P16Y", "P1Y2M3DT4H5M6.7S", "PT36H", "-P1M"),
    "decimal": ("0", "1", "0.5", "-3.25", "+7", "5559"),
    "nonNegativeInteger": ("0", "1", "38000"),
}
