"""A RELAX NG grammar in XML syntax, and random documents from it. Knows no TEI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, eq=False, slots=True)
class Pattern:
    """kind: its name in RELAX NG. names: what it defines, or refers to. text: a value, a type, a limit."""

    kind: str
    names: tuple[str, ...]
    text: str
    parts: tuple[Pattern, ...]

    @property
    def name(self) -> str:
        return self.names[0]


def read(e: etree._Element) -> Pattern:
    inside = [c for c in e if isinstance(c.tag, str) and c.tag.startswith(RNG)]
    inner = [n.text or "" for c in inside if e.tag == RNG + "attribute" for n in c.iter(RNG + "name")]
    parts = tuple(read(c) for c in inside if not inner or not list(c.iter(RNG + "name")))
    if e.tag == RNG + "attribute" and not parts:
        parts = (Pattern("text", (), "", ()),)
    names = inner or [str(e.get("name", "*"))]
    return Pattern(etree.QName(e).localname, tuple(names), e.get("type") or e.text or "", parts)


class Grammar:
    """Each element has one define and one name; attributes have names."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path).getroot()
        self.namespace = root.get("ns", "")
        self.defines = {str(d.get("name")): read(d).parts for d in root.iter(RNG + "define")}
        self.start = [p for s in root.iter(RNG + "start") for p in read(s).parts]
        every = [p for parts in self.defines.values() for p in parts]
        self.elements = {p.name: p for p in every if p.kind == "element" and p.name != "*"}
        self.least = self.smallest()

    def inside(self, p: Pattern) -> tuple[Pattern, ...]:
        return self.defines[p.name] if p.kind == "ref" else p.parts

    def smallest(self) -> dict[str, int]:
        """How many elements the smallest instance of each element has, itself included."""
        least = dict.fromkeys(self.elements, 10**6)
        while True:
            found = {name: 1 + sum(self.cost(p, least) for p in e.parts) for name, e in self.elements.items()}
            if found == least:
                return least
            least = found

    def cost(self, p: Pattern, least: dict[str, int]) -> int:
        if p.kind in ("optional", "zeroOrMore", "attribute", "list"):
            return 0
        if p.kind == "element":
            return least.get(p.name, 0)
        costs = [self.cost(c, least) for c in self.inside(p)]
        return min(costs) if p.kind == "choice" else sum(costs)

    def spread(self, p: Pattern) -> Iterator[Pattern]:
        """The alternatives of a choice, and those of the choices that it refers to."""
        inner = self.inside(p)
        if p.kind == "choice":
            for c in inner:
                yield from self.spread(c)
        elif p.kind == "ref" and len(inner) == 1 and inner[0].kind == "choice":
            yield from self.spread(inner[0])
        else:
            yield p

    def children(self, p: Pattern) -> Iterator[str]:
        """Names of the elements that may stand directly in what this pattern matches."""
        if p.kind == "element":
            yield p.name
        elif p.kind not in ("attribute", "list"):
            for c in self.inside(p):
                yield from self.children(c)


@dataclass
class Instances:
    """Random documents of a grammar. Elements not yet used come first: one document reaches all or most."""

    grammar: Grammar
    random: Random
    used: Counter[str] = field(default_factory=Counter)
    ids: int = 0
    known: dict[Pattern, tuple[str, ...]] = field(default_factory=dict)

    def document(self, room: float) -> etree._Element:
        """room: grows with the size and depth; 0 is the smallest document there is."""
        self.ids = 0
        top = etree.Element("top")
        self.all(self.grammar.start, top, room)
        return top[0]

    def all(self, patterns: Iterable[Pattern], into: etree._Element, room: float) -> None:
        for p in patterns:
            self.one(p, into, room)

    def one(self, p: Pattern, into: etree._Element, room: float) -> None:
        if p.kind == "element":
            self.used[p.name] += 1
            child = etree.SubElement(into, f"{{{self.grammar.namespace}}}{p.name}")
            self.all(p.parts, child, room * self.random.uniform(0.2, 0.7))
        elif p.kind == "attribute":
            self.attribute(p, into)
        elif p.kind in ("optional", "zeroOrMore", "oneOrMore"):
            for _ in range(self.times(p, room)):
                self.all(p.parts, into, room)
        elif p.kind == "choice":
            self.one(self.chosen(p, room), into, room)
        elif p.kind in ("ref", "group"):
            self.all(self.grammar.inside(p), into, room)
        elif p.kind != "empty":
            write(into, self.value(p))

    def attribute(self, p: Pattern, into: etree._Element) -> None:
        name = self.random.choice(p.names)
        self.ids += 1
        value = f"id{self.ids}" if name == "xml:id" else " ".join(map(self.value, p.parts))
        into.set(name.replace("xml:", XML), value)

    def times(self, p: Pattern, room: float) -> int:
        if p.parts[0].kind == "attribute":
            return int(self.random.random() < 0.25)
        least, most = int(p.kind == "oneOrMore" or self.rarest(p) == 0), 1 if p.kind == "optional" else 3
        return self.random.randint(least, most) if room >= 1 else least

    def chosen(self, choice: Pattern, room: float) -> Pattern:
        """One that leads to an element not yet used; else of four the rarest; without room the smallest."""
        every = list(self.grammar.spread(choice))
        self.random.shuffle(every)
        if self.rarest(choice) == 0:
            return min(every, key=self.rarest)
        if room < 1:
            return min(every, key=lambda p: self.grammar.cost(p, self.grammar.least))
        return min(every[:4], key=self.rarest)

    def rarest(self, p: Pattern) -> int:
        if p not in self.known:
            self.known[p] = tuple(set(self.grammar.children(p)))
        return min((self.used[name] for name in self.known[p]), default=1)

    def value(self, p: Pattern) -> str:
        """Of an attribute, or of an element without children."""
        if p.kind == "text":
            return self.random.choice(TEXTS)
        if p.kind == "value":
            return p.text
        if p.kind == "data":
            limits = {q.name: q.text for q in p.parts}
            samples = SAMPLES[limits.get("pattern", p.text)]
            return self.random.choice([s for s in samples if "maxInclusive" not in limits or s in "01"])
        inside = self.grammar.inside(p)
        if p.kind == "choice":
            return self.value(self.random.choice(inside))
        times = self.random.randint(1, 3) if p.kind == "oneOrMore" else 1
        return " ".join(self.value(q) for _ in range(times) for q in inside)


def write(into: etree._Element, text: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


TEXTS = (" words ", "Слово", "a\u00a0b ", " ", "1 < 2 & 3")
SAMPLES = {
    "anyURI": (
        "#a",
        "#б",
        "note.xml",
        "https://example.org/x?y=1&z=%20#q",
        "urn:isbn:3518",
        "mailto:a@b.org",
    ),
    r"\S+": ("#a", "https://example.org/#b"),
    r"-?[0-9]{1,2}(\.[0-9]+)? -?[0-9]{1,3}(\.[0-9]+)?": ("48.85 2.35", "-3 179.5"),
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
