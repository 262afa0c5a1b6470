"""RELAX NG over the bytes of an edition, in our words, and the way from a fault back to the element that has it.

Knows no annotations: what wrote the element is found in `acceptance`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from lxml import etree

from edition.checks.shipped_schemas import package_data
from edition.model.events import Composed, start_tags
from edition.model.xml import TEI, XML

RNG = "http://relaxng.org/ns/structure/1.0"
_MARKUP = r"<(?:!--.*?--|\?.*?\?|(/?)([A-Za-z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?))>"


class Fault(NamedTuple):
    """One thing that a schema does not allow.

    number: that of the element within `text` (from 0; -1 outside). near: the xml:id of the nearest element that has one.
    line: that of the file, from 1, or 0.
    """

    message: str
    number: int
    near: str
    line: int


def parse(data: bytes) -> etree._Element:
    """Parse XML without external entities. It may be large, and may not be deep. Raises lxml's XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=True,
        recover=False,
        remove_blank_text=False,
        collect_ids=False,
    )
    return etree.fromstring(data, parser)


@lru_cache(maxsize=1)
def core() -> frozenset[str]:
    """The names of the elements that our customisation of TEI has."""
    return frozenset(str(e.get("name")) for e in parse(package_data("edition.rng")).iter(f"{{{RNG}}}element"))


class Customisation:
    """Our customisation of TEI. Elements of the names `opened` may stand anywhere in a text.

    To compile all of it takes longer than to build a letter. So the first edition is held against the part that its
    own elements make: what is valid there is valid in the whole, which is compiled where that does not do.
    """

    def __init__(self, opened: frozenset[str] = frozenset()) -> None:
        self._opened = opened
        self._names: frozenset[str] = frozenset()

    def faults(self, root: etree._Element) -> list[Fault]:
        names = frozenset(str(e.tag).removeprefix(f"{{{TEI}}}") for e in root.iter("*"))
        self._names = self._names or names
        return [] if names <= self._names and self._part.validate(root) else relaxng_faults(root, self.whole)

    @cached_property
    def whole(self) -> etree.RelaxNG:
        return etree.RelaxNG(self._grammar())

    @cached_property
    def _part(self) -> etree.RelaxNG:
        """Without the choices, and what is optional, that other elements make than those of the first edition."""
        grammar = self._grammar()
        named = {d.get("name"): d.find(f"{{{RNG}}}element") for d in grammar.iterfind(f"{{{RNG}}}define")}
        absent = {name for name, e in named.items() if e is not None and e.get("name") not in self._names}
        for pattern in grammar.iter(f"{{{RNG}}}choice", f"{{{RNG}}}optional", f"{{{RNG}}}zeroOrMore"):
            others = [ref for ref in pattern.iterfind(f"{{{RNG}}}ref") if ref.get("name") in absent]
            if pattern.tag == f"{{{RNG}}}choice":
                for ref in others[: len(pattern) - 1]:
                    pattern.remove(ref)
            elif others:
                pattern.clear()
                pattern.tag = f"{{{RNG}}}empty"
        return etree.RelaxNG(grammar)

    def _grammar(self) -> etree._Element:
        grammar = parse(package_data("edition.rng"))
        if self._opened:
            _open(grammar, sorted(self._opened))
        return grammar


closed = lru_cache(maxsize=8)(Customisation)


def _open(grammar: etree._Element, names: Iterable[str]) -> None:
    """Add further elements to the two places where elements of a text stand."""
    for pattern in ("model.inline", "model.block"):
        for choice in grammar.iterfind(f".//{{{RNG}}}define[@name='{pattern}']/{{{RNG}}}choice"):
            choice.append(etree.Element(f"{{{RNG}}}ref", name="model.further"))
    define = etree.SubElement(grammar, f"{{{RNG}}}define", name="model.further")
    within = etree.SubElement(define, f"{{{RNG}}}choice")
    for name in names:
        element = etree.SubElement(within, f"{{{RNG}}}element", name=name, ns=TEI)
        pairs = etree.SubElement(etree.SubElement(element, f"{{{RNG}}}zeroOrMore"), f"{{{RNG}}}attribute")
        etree.SubElement(pairs, f"{{{RNG}}}anyName")
        content = etree.SubElement(element, f"{{{RNG}}}zeroOrMore")
        choice = etree.SubElement(content, f"{{{RNG}}}choice")
        etree.SubElement(choice, f"{{{RNG}}}text")
        etree.SubElement(choice, f"{{{RNG}}}ref", name="model.inline")


def compiled(data: bytes) -> etree.RelaxNG | str:
    """A RELAX NG in XML syntax, compiled, or why it is none."""
    try:
        return etree.RelaxNG(parse(data))
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        return str(error)


def relaxng_faults(root: etree._Element, schema: etree.RelaxNG) -> list[Fault]:
    """What a schema does not allow in a file, one fault for each place; those within `text`, if there are any."""
    if schema.validate(root):
        return []
    numbers = element_numbers(root)
    found: dict[tuple[int, str], Fault] = {}
    for entry in schema.error_log:
        if entry.message.startswith("Extra data in list"):
            continue  # bytes from memory; the usable words follow
        places = root.xpath(entry.path) if entry.path else []
        element = places[0] if isinstance(places, list) and places else root
        fault = fault_of(element, numbers, _said(entry.message, element), entry.line)
        found.setdefault((fault.number, fault.near), fault)
    told = list(found.values())
    return [f for f in told if f.number >= 0] or told


def element_numbers(root: etree._Element) -> dict[etree._Element, int]:
    """The elements of `text`, numbered in the order of their start tags; `text` is 0."""
    body = root.find(f"{{{TEI}}}text")
    return {element: k for k, element in enumerate(body.iter("*"))} if body is not None else {}


def fault_of(
    element: etree._Element, numbers: dict[etree._Element, int], message: str, line: int = 0
) -> Fault:
    """A fault of an element, with what leads back to the annotation that caused it."""
    near = next((name for e in (element, *element.iterancestors()) if (name := e.get(f"{{{XML}}}id"))), "")
    return Fault(message, numbers.get(element, -1), near, line)


def _said(message: str, element: etree._Element) -> str:
    """A message of libxml2 in plain words."""
    name = etree.QName(element).localname
    parent = element.getparent()
    inside = f" in `{etree.QName(parent).localname}`" if parent is not None else ""
    if m := re.search(r"Did not expect element (\S+) there", message):
        return f"TEI does not allow `{m[1]}`{inside if m[1] == name else f' in `{name}`'} here"
    if m := re.search(r"Invalid attribute (\S+) for element (\S+)", message):
        value = element.get(m[1]) or element.get(f"{{{XML}}}{m[1]}")
        return (
            f"the attribute `{m[1]}` of `{m[2]}` may not be “{value}”"
            if value
            else f"`{m[2]}` has no attribute `{m[1]}`"
        )
    if m := re.search(r"Element (\S+) failed to validate (content|attributes)", message):
        return f"the {m[2]} of `{m[1]}`{inside} {'are' if m[2] == 'attributes' else 'is'} not what TEI allows"
    if m := re.search(r"Element (\S+) has extra content: (\S+)", message):
        return f"`{m[1]}` holds `{m[2]}` where TEI does not allow it"
    if m := re.search(r"Expecting an element (\S+), got nothing", message):
        return f"`{name}` lacks `{m[1]}`"
    return f"`{name}`{inside}: {message}"


def tag_at(xml: str, at: int) -> tuple[int, str, bool]:
    """What stands at a code point of an edition: the element's number within `text` (-1 outside), the nearest
    xml:id, and whether this is inside its start tag. An element that ends just before `at` still counts."""
    open_tags: list[tuple[int, str]] = []
    number, here = -1, (-1, "", False)
    for m in re.finditer(_MARKUP, xml, re.DOTALL):
        if m.start() >= at:
            break
        if m[2] is None:
            continue
        if m[1]:
            last = open_tags.pop()
            near = open_tags[-1] if open_tags else last
            here = (*(last if m.end() >= at else near), False)
            continue
        number = number + 1 if number >= 0 else 0 if m[2] == "text" and len(open_tags) == 1 else -1
        own = re.search(r"\sxml:id=\"([^\"]*)\"", m[0])
        tag = number, own[1] if own else open_tags[-1][1] if open_tags else ""
        here = (*tag, m.end() > at)
        if not m[3]:
            open_tags.append(tag)
        elif m.end() < at and open_tags:
            here = (*open_tags[-1], False)
    return here


def element_of(composed: Composed, number: int) -> int:
    """The index of the element that wrote the number-th start tag of `text` (0 is `text`, 1 is `body`)."""
    return next((event[1] for k, event in start_tags(composed) if k == number), -1)
