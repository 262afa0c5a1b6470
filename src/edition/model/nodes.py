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

    def text(self, name: str) -> str:
        """The text of a field, or "" where it is not written or is no text."""
        node = self.items.get(name)
        return node.text if type(node) is Scalar else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a field that may be one text or a list of them."""
        if name not in self.items:
            return ()
        return tuple(node.text for node in self.listed(name) if type(node) is Scalar)

    def inner(self, name: str) -> Mapping:
        """The mapping that a field holds, or an empty one in its place."""
        node = self.items.get(name)
        return node if type(node) is Mapping else Mapping({}, self.start)

    def listed(self, name: str) -> list[Node]:
        """The nodes of a field that may be one value or a list of them."""
        node = self.items.get(name)
        return node.items if type(node) is Sequence else [] if node is None else [node]


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as Python data: str, list, dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items.items()}
    return [plain(child) for child in node.items]
