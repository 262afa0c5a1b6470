"""Every field of every kind and block, twice: two projects that differ in the value of one field in each of their texts.

A text of them is called KIND--FIELD: it is the example on the page of the kind, with that field. What fields there are, and
what values they may have, is read from the vocabulary and the schema, so that a new kind or field needs no line here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import pages
from edition.format.annotation_schema import BLOCK_FIELDS, CLAIM
from edition.format.fields import FIELDS
from edition.format.yaml import read_yaml
from edition.model.nodes import Mapping as Node
from edition.model.source import Source
from edition.model.vocabulary import BLOCKS, KINDS, REGISTERS, Kind
from edition.read.project import own_kinds

PAGES = Path(__file__).parent.parent / "src/edition/model/kinds"
SETTINGS: dict[str, Any] = {
    "edition": 1,
    "title": "Two values",
    "publisher": "Nobody",
    "base": "https://example.org/two/",
    "editors": {"ed1": {"name": "Editor Prima"}, "ed2": {"name": "Editrix Secunda"}},
    "defaults": {"by": "ed1", "language": "en"},
    "kinds": {
        "seal": {"element": "seg", "type": "seal", "words": "seed", "about": "A kind with a type."},
        "vessel": {"element": "rs", "words": "seed", "value": "key", "about": "A kind with a key."},
        "filler": {"element": "seg", "words": "editor", "value": "words", "about": "Words of the editors."},
        "fold": {"element": "cb", "words": "none", "value": "number", "about": "A point."},
    },
}
OWN_PAGE = """
```text seeds/own.txt
The second leaf is a palimpsest, as everybody knows.
```

```yaml annotations/own.yaml
annotations:
  - {KIND: VALUE, PLACE: palimpsest}
```
"""
WORDS = ("xeno", "yeno", "zeno")  # all values of a field are of one length, so that nothing else moves
MORE = "Whiskey tango foxtrot"
LAST = ("closer", "signed", "postscript", "trailer", "div")
VALUES: Mapping[str, tuple[Any, Any, Any]] = {  # of what the value of a kind is
    "date": ("1937-07-17", "1938-08-18", "1939-09-19"),
    "duration": ("P3D", "P4D", "P5D"),
    "number": ("12", "17", "19"),
    "target": ("https://example.org/xeno", "https://example.org/yeno", "https://example.org/zeno"),
    "language": ("ru", "fr", "it"),
    "name": ("mentioned", "soCalled", "term"),
}
IN_TEI: Mapping[str, tuple[str, str, str]] = {  # types that TEI has a list of
    "addition": ("above", "below", "top"),
    "castItem": ("role", "list", ""),
}
KEYS: Mapping[str, str] = {  # fields that name an entry, and its register
    "source": "bibliography", "voice": "voices", "hand": "hands", "witness": "witnesses", "reign": "people",
    "active": "people", "passive": "people", "who": "people",
}  # fmt: skip
FORMS: Mapping[str, tuple[Any, Any]] = {  # fields whose values have a form that the schema does not tell
    "by": ("ed1", "ed2"),
    "mutual": (["people1", "people2"], ["people1", "people3"]),
    "calendar": ("julian", "coptic"),
    "attributes": ({"rend": "xeno"}, {"rend": "yeno"}),
    "cells": ("|", "I"),
    **dict.fromkeys(("quantity", "n"), ("12", "17")),
}
BESIDE: Mapping[str, Mapping[str, Any]] = {  # what a field needs beside it; None: what it does not bear
    "calendar": {"date": "1650-02-03"},
    "style": {"date": "1650-02-03", "calendar": "julian"},
    "reign": {"date": "3", "calendar": None},
    "mutual": {"active": None, "passive": None},
}


@dataclass(frozen=True, slots=True)
class Case:
    """A field of a kind or block; the text, and what is written about it with either value."""

    of: str
    field: str
    block: bool
    seed: str
    written: tuple[str, str]

    @property
    def name(self) -> str:
        return f"{self.of}--{self.field}"

    @property
    def keys(self) -> frozenset[str]:
        """All words in it: the entries of registers that it can need are among them."""
        return frozenset(re.findall(r"[\w.-]+", " ".join(self.written)))


@cache
def kinds() -> dict[str, Kind]:
    """Those of the program, and some that only the project has."""
    settings = read_yaml(Source("edition.yaml", json.dumps(SETTINGS)))[0]
    assert type(settings) is Node
    return own_kinds(settings)


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for kind in kinds().values():
        fields = [] if kind.value == "places" else ["value"]
        fields += [
            name for name in CLAIM if name != "ignore"
        ]  # what the checks are to ignore is not said of the text
        fields += [
            name for name in kind.fields if name != "annotations"
        ]  # these are annotations of their own
        found += [_case(kind.name, field) for field in fields]
    for block in BLOCKS.values():
        fields = ["value"] if block.typed else []
        found += [_case(block.name, field) for field in [*fields, *BLOCK_FIELDS, *block.fields]]
    return tuple(found)


def _case(of: str, field: str) -> Case:
    seed, example = _page(of)
    written = []
    for value in _two(of, field):
        mine = deepcopy(example)
        part = mine.get("structure" if of in BLOCKS else "annotations")
        _set(next(subjects(part, of)), of, field, value)
        mentions = [*_mentions(of, field)]
        mine.setdefault("annotations", []).extend(mentions)
        if field == "id" and of != "link":
            mine.setdefault("annotations", []).append({"note": "About it.", "on": value})
        written.append(json.dumps({"edition": 1, **mine}, ensure_ascii=False, indent=1))
    return Case(of, field, of in BLOCKS, _with_more(seed, of) if mentions else seed, (written[0], written[1]))


def _with_more(seed: str, of: str) -> str:
    """The words of mentions stand behind the example, or before what ends a text or a part of it."""
    return f"{MORE}\n\n{seed}" if of in LAST else f"{seed}\n\n{MORE}\n"


def _mentions(of: str, field: str) -> Iterator[dict[str, Any]]:
    """What either value names is named once more, so that both texts need the same entries of registers."""
    kind = kinds().get(of)
    if field in ("value", "or") and kind:
        register = _values(of, kind)[0][:-1] if kind.value == "key" else "foreign" if of == "foreign" else ""
    else:
        register = KEYS.get(field, "people" if field == "mutual" else "")
    by = {"voices": "voice", "witnesses": "witness"}.get(register)
    naming = next(
        (one for one in KINDS.values() if register in one.registers),
        KINDS["q" if by == "voice" else "reading"],
    )
    for word, number in zip(MORE.split(), "123", strict=True) if register else ():
        place = "after" if naming.at == "point" else "quote"
        if register == "foreign":
            yield {"foreign": VALUES["language"][int(number) - 1], "quote": word}
        elif by:
            yield {naming.name: "zeno", by: f"{register}{number}", "quote": word}
        else:
            yield {naming.name: f"{register}{number}", place: word}


@cache
def _page(of: str) -> tuple[str, Any]:
    """Text and annotations of the first example on its page."""
    path = PAGES / (f"structure-{of}.md" if of in BLOCKS else f"{of}.md")
    page = path.read_text("utf-8") if path.exists() else OWN_PAGE
    kind = kinds().get(of)
    if kind and not path.exists():
        value = "people1" if kind.value == "key" else "quux"
        place = "quote" if kind.words == "seed" else "after"
        page = page.replace("KIND", of).replace("VALUE", value).replace("PLACE", place)
    files = [(fence.path, fence.body) for fence in pages.fences(page)]
    other = ("annotations/edition.yaml", "annotations/registers/")
    seed = next(body for name, body in files if name.startswith("seeds/"))
    written = next(
        body for name, body in files if name.startswith("annotations/") and not name.startswith(other)
    )
    return seed, yaml.load(written, yaml.CBaseLoader)


def subjects(node: Any, of: str) -> Iterator[dict[str, Any]]:
    """Mappings that have the kind as a key. A block that stands as a key among others is given a mapping of its own."""
    if isinstance(node, dict):
        for outer in [inner for inner in node.values() if isinstance(inner, dict) and of in BLOCKS]:
            if of in outer:
                outer.setdefault("contains", []).append({of: outer.pop(of)})
        if of in node:
            yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from subjects(child, of)


def _set(subject: dict[str, Any], of: str, field: str, value: Any) -> None:
    for name, needed in BESIDE.get(field, {}).items():
        subject[name] = needed
        if needed is None:
            del subject[name]
    if field == "text":  # words that do not stand in the seed stand at a point
        subject["after"] = subject.pop("quote")
        subject |= {"words": "editor"} if "words" in KINDS[of].fields else {"seed": "no"}
    if field == "value" and of in KINDS and isinstance(subject[of], dict):
        subject[of]["text"] = value
    else:
        subject[of if field == "value" else field] = value


def _two(of: str, field: str) -> tuple[Any, Any]:
    kind = kinds().get(of)
    if field == "value" or field == "type" or (field == "or" and kind):
        one, two, three = _values(of, kind)
        return (one, two) if field != "or" else ([{of: two}], [{of: three}])
    if field in FORMS:
        return FORMS[field]
    if field in KEYS:
        return f"{KEYS[field]}1", f"{KEYS[field]}2"
    schema = FIELDS[field].schema
    listed = schema.get("enum")
    if isinstance(listed, list):
        return listed[0], listed[1]
    return ("yes", "no") if "[Yy]es" in str(schema.get("pattern")) else (WORDS[0], WORDS[1])


def _values(of: str, kind: Kind | None) -> tuple[Any, Any, Any]:
    if of in IN_TEI:
        return IN_TEI[of]
    if kind and kind.value == "key":
        register = kind.registers[0] if kind.registers[0] in REGISTERS else "people"
        return f"{register}1", f"{register}2", f"{register}3"
    return VALUES.get(kind.value, WORDS) if kind else WORDS


def files(which: int) -> dict[str, bytes]:
    """The project with the first (0) or the second (1) values."""
    made = {
        "annotations/edition.yaml": json.dumps(SETTINGS | {"types": _types()}, indent=1),
        "annotations/registers/all.yaml": json.dumps(_registers(), indent=1),
        **{f"annotations/{case.name}.yaml": case.written[which] for case in cases()},
        **{f"seeds/{case.name}.txt": case.seed for case in cases()},
    }
    return {name: text.encode() for name, text in made.items()}


def _types() -> dict[str, dict[str, str]]:
    """All that is said to be a type is declared."""
    typed = [kind.name for kind in KINDS.values() if kind.value == "type"]
    typed += [block.name for block in BLOCKS.values() if block.typed]
    types: dict[str, dict[str, str]] = {of: dict.fromkeys((*WORDS, "quux"), "A type.") for of in typed}
    for of in (*KINDS, *BLOCKS):
        for name in typed:
            for subject in subjects(deepcopy(_page(of)[1]), name):
                if isinstance(subject[name], str) and subject[name]:
                    types[name][subject[name]] = "A type."
    return types


def _registers() -> dict[str, Any]:
    """Three entries a register, and those that the pages name."""
    found: dict[str, Any] = {register: {} for register in REGISTERS}
    for path in sorted(PAGES.glob("*.md")):
        for fence in pages.fences(path.read_text("utf-8")):
            if "/registers/" in fence.path:
                for register, entries in yaml.load(fence.body, yaml.CBaseLoader).items():
                    found.setdefault(register, {}).update(entries) if register in REGISTERS else None
    more = {
        "witnesses": {"siglum": "W{}"},
        "people": {"accession": "16{}0-02-06"},
        "taxonomy": {"about": "Sort {}."},
    }
    for register in REGISTERS:
        for number in "123":
            entry = {REGISTERS[register].title: f"Name {number} of {register}"}
            entry |= {name: text.replace("{}", number) for name, text in more.get(register, {}).items()}
            found[register][f"{register}{number}"] = entry
    for number, gnd in zip("123", ("118540238", "118607626", "118514768"), strict=True):
        found["people"][f"people{number}"]["gnd"] = gnd
    return {"edition": 1, **found}
