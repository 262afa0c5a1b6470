"""TEI's specification, and what an ODD leaves of it: elements, their attributes, closed lists of values.

Reads p5subset.xml and an ODD in the manner of the TEI Guidelines, chapter 23 (moduleRef with include; classSpec and
elementSpec in mode change; attDef in modes change and delete). Knows no RELAX NG.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`owner`: the class it comes from, "" if it is the element's own. `values`: those of a closed list, else ()."""

    name: str
    owner: str
    required: bool
    values: tuple[str, ...]
    datatype: str = ""  # XML


@dataclass(slots=True)
class Spec:
    """An element, or a class of attributes."""

    name: str
    module: str
    classes: tuple[str, ...]
    attributes: dict[str, Attribute] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Specs:
    elements: dict[str, Spec]
    classes: dict[str, Spec]
    modules: set[str]
    lone: set[str] = field(default_factory=set)  # classes whose module is not there

    def has(self, spec: Spec) -> bool:
        return spec.module in self.modules or spec.name in self.lone

    def lines(self, spec: Spec) -> Iterator[Spec]:
        """The attribute classes that a spec inherits from, each once."""
        seen: set[str] = set()
        todo = list(spec.classes)
        while todo:
            name = todo.pop(0)
            found = self.classes.get(name)
            if found is not None and name not in seen and self.has(found):
                seen.add(name)
                todo += found.classes
                yield found

    def effective(self, element: str) -> dict[str, Attribute]:
        """Every attribute that an element may have."""
        spec = self.elements[element]
        found: dict[str, Attribute] = {}
        for line in self.lines(spec):
            for name, attribute in line.attributes.items():
                if name not in found and name not in line.deleted:
                    found[name] = attribute
        found |= {name: replace(attribute, owner="") for name, attribute in spec.attributes.items()}
        return {name: a for name, a in found.items() if name not in spec.deleted}


def read_tei(path: Path) -> Specs:
    """All of TEI."""
    root = etree.parse(path).getroot()
    elements = {str(e.get("ident")): _spec(e) for e in root.iter(f"{TEI}elementSpec")}
    classes = {str(e.get("ident")): _spec(e) for e in root.iter(f"{TEI}classSpec") if e.get("type") == "atts"}
    modules = {spec.module for spec in (*elements.values(), *classes.values())}
    for e in root.iter(f"{TEI}attRef"):  # an attribute that is lent by another class
        borrower = next(e.iterancestors(f"{TEI}classSpec", f"{TEI}elementSpec"))
        spec = {**elements, **classes}[str(borrower.get("ident"))]
        lent = classes[str(e.get("class"))].attributes[str(e.get("name"))]
        spec.attributes.setdefault(
            lent.name, replace(lent, owner=spec.name if spec in classes.values() else "")
        )
    return Specs(elements, classes, modules)


def _spec(e: etree._Element) -> Spec:
    keys = tuple(str(m.get("key")) for m in e.iterfind(f"{TEI}classes/{TEI}memberOf"))
    spec = Spec(str(e.get("ident")), str(e.get("module")), keys)
    for a in e.iter(f"{TEI}attDef"):
        _apply(spec, a)
    return spec


def _apply(spec: Spec, a: etree._Element) -> None:
    """One attDef on a spec."""
    name = str(a.get("ident"))
    if a.get("mode") == "delete":
        spec.deleted.add(name)
        return
    former = spec.attributes.get(name)
    values = tuple(str(v.get("ident")) for v in a.iterfind(f"{TEI}valList[@type='closed']/{TEI}valItem"))
    required = a.get("usage") == "req" or (former is not None and former.required and not a.get("usage"))
    owner = spec.name if spec.name.startswith("att.") else ""
    typed = a.find(f"{TEI}datatype")
    datatype = etree.tostring(typed, encoding="unicode", with_tail=False) if typed is not None else ""
    values = values or (former.values if former else ())
    spec.attributes[name] = Attribute(name, owner, required, values, datatype)


def customised(tei: Specs, odd: etree._Element) -> Specs:
    """What a customisation leaves."""
    modules = {str(m.get("key")): m.get("include") for m in odd.iter(f"{TEI}moduleRef")}
    kept = {
        name: _copy(spec)
        for name, spec in tei.elements.items()
        if spec.module in modules and name in (modules[spec.module] or name).split()
    }
    left = Specs(kept, {}, set(modules), {str(c.get("key")) for c in odd.iter(f"{TEI}classRef")})
    left.classes = classes = {name: _copy(spec) for name, spec in tei.classes.items() if left.has(spec)}
    for e in odd.iter(f"{TEI}classSpec", f"{TEI}elementSpec"):
        specs = classes if e.tag == f"{TEI}classSpec" else kept
        name = str(e.get("ident"))
        if e.get("mode") == "delete":
            del specs[name]
            continue
        for a in e.iter(f"{TEI}attDef"):
            known = {x.name: x for x in specs[name].attributes.values()}
            if name not in known and specs is kept and a.get("mode") == "change":
                inherited = left.effective(name).get(str(a.get("ident")))
                assert inherited is not None, f"{name}: nothing to change in {a.get('ident')}"
                specs[name].attributes[inherited.name] = inherited
            _apply(specs[name], a)
    return left


def _copy(spec: Spec) -> Spec:
    return Spec(spec.name, spec.module, spec.classes, dict(spec.attributes), set(spec.deleted))
