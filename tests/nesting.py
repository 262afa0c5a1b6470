"""A text in which every kind of annotation covers whole blocks, built in memory: for the tests of what stands in what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from edition.format.yaml import read_yaml
from edition.model.annotation import Entry, Registers, Seed
from edition.model.edition import Built, Document, Project
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source
from edition.model.vocabulary import KINDS, REGISTERS, Kind
from edition.pipeline import build_document
from edition.read.seed import read_seed

ON_WORDS = tuple(
    kind for kind in KINDS.values() if kind.at in ("words", "either") and kind.name not in ("note", "element")
)
_VALUES = {
    "language": "ru",
    "number": "7",
    "target": "https://example.org/",
    "date": "1937",
    "duration": "P1D",
}


def value(kind: Kind, variant: str = "a") -> str:
    """A value of a kind, of its first register if it takes keys."""
    own = {
        "addition": ("above", "below"),
        "foreign": ("ru", "fr"),
        "num": ("7", "8"),
        "ref": ("https://example.org/", "https://example.com/"),
    }
    if kind.name in own:
        return own[kind.name][variant == "b"]
    return f"{kind.registers[0]}-{variant}" if kind.registers else _VALUES.get(kind.value, variant)


def annotation(kind: Kind, quote: str, variant: str = "a", more: str = "") -> str:
    """An annotation of words, as a flow mapping."""
    return f'{{{kind.name}: {value(kind, variant)}, quote: "{quote}"{more}}}'


def _entry(register: str, key: str) -> Entry:
    own: dict[str, Node] = {REGISTERS[register].title: Scalar("Name", 0, 0, True)}
    return Entry(register, key, Mapping(own, 0), Source("", ""), Scalar(key, 0, 0, True))


def build(text: str, annotations: Sequence[str], structure: str = "") -> Built:
    """A text of a project with two entries (`people-a`, `people-b` …) in every register."""
    written = "\n".join(f"- {annotation}" for annotation in annotations)
    source = Source(
        "annotations/a.yaml", f"header: {{title: A, language: en}}\nannotations:\n{written}\n{structure}\n"
    )
    node, told = read_yaml(source)
    assert isinstance(node, Mapping) and told == []
    seed, told = read_seed("seeds/a.txt", text.encode(), {})
    assert isinstance(seed, Seed) and told == []
    keys = [(register, f"{register}-{variant}") for register in REGISTERS for variant in "ab"]
    kinds = ", ".join(f"{name}: {{a: x, b: x}}" for name in (*KINDS, "div", "lg", "list", "table"))
    settings, told = read_yaml(
        Source(
            "annotations/edition.yaml",
            f"defaults: {{by: ed}}\neditors: {{ed: {{name: Ed}}}}\ntypes: {{{kinds}}}\n",
        )
    )
    assert isinstance(settings, Mapping) and told == []
    entries = {key: _entry(register, key) for register, key in keys}
    document = Document(
        "a",
        seed,
        source,
        header=node.inner("header"),
        structure=node.items.get("structure"),
        annotations=node.items["annotations"],
    )
    return build_document(document, Project(Path(), ("a",), settings, registers=Registers(entries)))
