"""What YAML is read into: scalars, sequences and mappings that know where in the file they stand.

Offsets are code points of the file's text. Every scalar is text. Reading is `format.yaml`'s work.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Scalar:
    """Text, and the code points of the file it stands at. `plain`: written without quotation marks."""

    text: str
    start: int
    end: int
    plain: bool


@dataclass(slots=True, eq=False)
class Sequence:
    items: list[Node]
    start: int
    end: int = 0


@dataclass(slots=True, eq=False)
class Mapping:
    items: dict[str, Node]
    start: int
    end: int = 0
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as Python data: str, list, dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items.items()}
    return [plain(child) for child in node.items]
