"""What `edition.sch` says, in one pass over a tree: a build has no time for its XSLT. Knows no annotations.

Every check has the name of an assert of the Schematron, whose words are its message; both find the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from lxml import etree

from edition.checks.relaxng import Fault, element_numbers, fault_of, parse
from edition.checks.shipped_schemas import package_data
from edition.encode.tei import WORDS
from edition.model.xml import TEI, XML

SCH = "http://purl.oclc.org/dsdl/schematron"
POINTERS = frozenset((
    "active", "ana", "assertedValue", "calendar", "change", "corresp", "datingMethod", "facs", "hand", "mutual",
    "new", "next", "passive", "prev", "ref", "resp", "scheme", "scribeRef", "source", "target", "targetEnd", "url", "where", "who", "wit",
))  # fmt: skip
_ID = f"{{{XML}}}id"


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"


def _tags(names: str) -> frozenset[str]:
    return frozenset(map(_tag, names.split()))


_CHOICE, _NOTE, _FIGURE, _FLOATING, _TEXT, _DIV, _LINE = map(
    _tag, ("choice", "note", "figure", "floatingText", "text", "div", "l")
)
_BLOCKS, _LINES = _tags("p ab"), _tags("l lg")
_HOLDERS = _tags("item note q quote sp stage cell figure")
_NAMED: dict[str, tuple[str, frozenset[str]]] = {  # a name → (assert, what it may point at)
    _tag("persName"): ("ref.person", _tags("person personGrp respStmt")),
    _tag("placeName"): ("ref.place", _tags("place")),
    _tag("orgName"): ("ref.org", _tags("org")),
    _tag("eventName"): ("ref.event", _tags("event")),
    _tag("objectName"): ("ref.object", _tags("object")),
}
_SIDES = {_tag(seed): _tag(editor) for seed, editor in (("sic", "corr"), ("orig", "reg"), ("abbr", "expan"))}
_EDITORS = frozenset(_SIDES.values())
_RANGES = _tags("biblScope citedRange app")
_date = re.compile(r"(-?[0-9]{4})(-[0-9]{2})?(-[0-9]{2})?").fullmatch

Check = Callable[[etree._Element], "str | None"]
"""A check takes an element and gives None, or what it met that the assert forbids ("" if the assert says enough)."""


# checks of one element


def _ours(e: etree._Element) -> bool:
    """Whether an element is marked as words of the editor."""
    change = e.get("change")
    return change is not None and WORDS in change.split()


def _in_text(e: etree._Element) -> bool:
    return e.tag == _TEXT or next(e.iterancestors(_TEXT), None) is not None


def _not_outermost(e: etree._Element) -> str | None:
    for a in e.iterancestors():
        if a.get("change") is not None and _ours(a) and _in_text(a) and _ours(e):
            return ""
    return None


def _one_sided(e: etree._Element) -> str | None:
    sides = [child.tag for child in e]
    first = next((side for side in sides if side in _SIDES), "")
    alike = sides.count(first) == 1 and sides.count(_SIDES.get(first, "")) == len(sides) - 1
    return None if alike and len(sides) > 1 else ""


def _unmarked(e: etree._Element) -> str | None:
    wrong = any(_ours(c) if c.tag in _SIDES else c.tag in _EDITORS and not _ours(c) for c in e)
    return "" if wrong and _in_text(e) and not any(map(_ours, e.iterancestors())) else None


def _nowhere(e: etree._Element) -> str | None:
    return "" if e.get("place") is None and e.get("target") is None and _in_text(e) else None


def _period(e: etree._Element) -> str | None:
    return _late(e.get("from"), e.get("to")) if e.tag not in _RANGES else None


def _span(e: etree._Element) -> str | None:
    return _late(e.get("notBefore"), e.get("notAfter"))


def _late(first: str | None, last: str | None) -> str | None:
    """What is wrong with the order of two dates; those with a time of day or a zone are not compared."""
    a, b = _date(first or ""), _date(last or "")
    if a and b:
        begin = int(a[1]), int((a[2] or "-0")[1:]), int((a[3] or "-0")[1:])
        if begin > (int(b[1]), int((b[2] or "-99")[1:]), int((b[3] or "-99")[1:])):
            return f"{first} is later than {last}"
    return None


def _with(*others: str) -> Check:
    """A check that forbids other attributes beside one."""
    return lambda e: next((f"@{name} is there" for name in others if e.get(name) is not None), None)


def _untyped(e: etree._Element) -> str | None:
    return "" if e.get("type") is None else None


def _wordless(e: etree._Element) -> str | None:
    return None if "".join(e.itertext()).strip(" \t\r\n") else ""


# TEI's abstract model: what may stand in blocks and lines


def _around(e: etree._Element) -> tuple[set[str], str]:
    """The names of all ancestors of an element, and the name of its parent."""
    tags = [str(a.tag) for a in e.iterancestors()]
    return set(tags), tags[0] if tags else ""


def _block_in_block(e: etree._Element) -> str | None:
    around, holder = _around(e)
    inside = not around.isdisjoint(_BLOCKS)
    return "" if inside and _FLOATING not in around and holder not in _HOLDERS else None


def _block_in_line(e: etree._Element) -> str | None:
    around, holder = _around(e)
    inside = not around.isdisjoint(_LINES)
    return "" if inside and _FLOATING not in around and holder not in (_NOTE, _FIGURE) else None


def _division(e: etree._Element) -> str | None:
    around, _ = _around(e)
    return "" if not around.isdisjoint(_BLOCKS | _LINES) and _FLOATING not in around else None


def _line_in_line(e: etree._Element) -> str | None:
    for a in e.iterancestors():
        if a.tag in (_NOTE, _LINE):
            return "" if a.tag == _LINE else None
    return None


_OWN: dict[str, tuple[tuple[str, Check], ...]] = {
    _CHOICE: (("choice.sides", _one_sided), ("choice.words", _unmarked)),
    _NOTE: (("note.where", _nowhere),),
    _DIV: (("division.inside", _division),),
    **dict.fromkeys(_BLOCKS, (("block.block", _block_in_block), ("block.line", _block_in_line))),
    **dict.fromkeys(_LINES, (("line.line", _line_in_line),)),
}
_HAVING: dict[str, tuple[tuple[str, Check], ...]] = {
    "calendar": (("calendar.words", _wordless),),
    "change": (("words.outermost", _not_outermost),),
    "notAfter": (("span.order", _span), ("date.to", _with("to"))),
    "notBefore": (("date.from", _with("from")),),
    "subtype": (("subtype.type", _untyped),),
    "to": (("period.order", _period),),
    "when": (("date.when", _with("from", "to", "notBefore", "notAfter")),),
}

# the whole


Broken = tuple[str, etree._Element, str]
"""The name of an assert that fails, the element it fails at, and what was met there."""


def broken(root: etree._Element) -> list[Broken]:
    """Every assert that fails. It is this one loop over all elements that takes the time."""
    named: dict[str, str] = {}  # xml:id → element
    twice: set[str] = set()
    pointed: set[str] = set()
    mentions: set[tuple[str, str]] = set()  # element and @ref
    linked: list[etree._Element] = []
    found: list[Broken] = []
    pointers, own, having = POINTERS, _OWN, _HAVING
    for e in root.iter(etree.Element):
        tag: str = e.tag  # type: ignore[assignment]
        if tag in own:
            found += [(name, e, met) for name, check in own[tag] if (met := check(e)) is not None]
        for attribute, value in e.items():
            if attribute == "ref":
                mentions.add((tag, value))
            elif attribute in pointers:
                pointed.add(value)
                if attribute == "next" or attribute == "prev":
                    linked.append(e)
            elif attribute == _ID:
                if value in named:
                    twice.add(value)
                named[value] = tag
            if attribute in having:
                found += [
                    (name, e, met) for name, check in having[attribute] if (met := check(e)) is not None
                ]
    if linked:
        places = {name: e for e in root.iter(etree.Element) if (name := e.get(_ID)) and name not in twice}
        found += [one for e in dict.fromkeys(linked) for one in _pieces(places, e)]
    doubtful = [*mentions, *(("", value) for value in pointed if value[1:] not in named)]
    named |= dict.fromkeys(twice, "")
    wrong = {pair: faults for pair in doubtful if (faults := [*_led(named, *pair)])}
    return [*found, *_again(root, twice, wrong)] if twice or wrong else found


def _led(named: dict[str, str], tag: str, value: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the value of a pointer, and, if `tag` is given, with what its @ref leads to."""
    for token in value.split():
        if token[0] == "#" and token[1:] not in named:
            yield "pointer.resolves", f"{token} does not"
    target = named.get(value[1:]) if value[:1] == "#" else None
    if tag in _NAMED and target:
        assertion, wanted = _NAMED[tag]
        if target not in wanted:
            yield assertion, f"{value} is a {target.removeprefix(f'{{{TEI}}}')}"


def _again(
    root: etree._Element, twice: set[str], wrong: dict[tuple[str, str], list[tuple[str, str]]]
) -> Iterator[Broken]:
    """Where names that stand twice and wrong pointers are, in a second pass that right files are spared."""
    for e in root.iter(etree.Element):
        for attribute, value in e.items():
            if attribute == _ID and value in twice:
                yield "id.once", e, f"{value} stands at several"
            elif attribute in POINTERS:
                for name, met in wrong.get((str(e.tag) if attribute == "ref" else "", value), ()):
                    yield name, e, met


def _pieces(named: dict[str, etree._Element], e: etree._Element) -> Iterator[Broken]:
    """What is wrong with @next and @prev of an element: each end must point at the other, and come in order."""
    own = f"#{e.get(_ID) or ''}"
    following, former = (named.get(e.get(link, "")[1:]) for link in ("next", "prev"))
    if following is not None and (following.get("prev") != own or following.tag != e.tag):
        yield "next.mutual", e, f"{e.get('next')} does not"
    if former is not None and (former.get("next") != own or former.tag != e.tag):
        yield "prev.mutual", e, f"{e.get('prev')} does not"
    if following is not None and not _before(e, following):
        yield "next.order", e, f"{e.get('next')} does not"


def _before(one: etree._Element, other: etree._Element) -> bool:
    """Whether one element comes before another in the document."""
    ways = [[e, *e.iterancestors()][::-1] for e in (one, other)]
    for depth, (a, b) in enumerate(zip(*ways, strict=False)):
        if a is not b:
            parent = ways[0][depth - 1]
            return parent.index(a) < parent.index(b)
    return len(ways[0]) < len(ways[1])


def schematron_faults(root: etree._Element) -> list[Fault]:
    """The asserts that fail as faults, each with the words of its assert and what was met."""
    if not (found := broken(root)):
        return []
    numbers, words = element_numbers(root), messages()
    return [
        fault_of(e, numbers, words[name] + (f": {met}" if met else ""), e.sourceline or 0)
        for name, e, met in found
    ]


@lru_cache(maxsize=1)
def messages() -> dict[str, str]:
    """The words of every assert, without the full stop."""
    rules = parse(package_data("edition.sch")).iter(f"{{{SCH}}}assert")
    return {str(rule.get("id")): " ".join("".join(rule.itertext()).split()).rstrip(".") for rule in rules}
