"""What YAML is read into: scalars, sequences and mappings that know where in the file they stand.

Offsets are code points of the file's text. Every scalar is text: `no` and `12:30` too. Reading is `format.yaml`'s work.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Scalar:
    """A text. `plain`: written without quotation marks."""

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
        return tuple([scalar.text for scalar in self.scalars(name)]) if name in self.items else ()

    def inner(self, name: str) -> Mapping:
        """The mapping that a field holds, or an empty one in its place."""
        node = self.items.get(name)
        return node if type(node) is Mapping else Mapping({}, self.start)

    def listed(self, name: str) -> list[Node]:
        """The nodes of a field that may be one value or a list of them."""
        node = self.items.get(name)
        return node.items if type(node) is Sequence else [] if node is None else [node]

    def scalars(self, name: str) -> list[Scalar]:
        """The nodes of `texts`, for those who need their places."""
        return [node for node in self.listed(name) if type(node) is Scalar]

    def mappings(self, name: str) -> list[Mapping]:
        """The mappings that a field lists."""
        return mappings_of(self.items.get(name))

    def pairs(self) -> dict[str, str]:
        """The names and texts of the fields that hold a text."""
        return {name: node.text for name, node in self.items.items() if type(node) is Scalar}


Node = Scalar | Sequence | Mapping


def text_of(node: Node | None) -> str:
    """The text of a node, or "" if it is none."""
    return node.text if type(node) is Scalar else ""


def mappings_of(node: Node | None) -> list[Mapping]:
    """The mappings that a list holds; none if the node is no list."""
    return [item for item in node.items if type(item) is Mapping] if type(node) is Sequence else []


def as_data(node: Node) -> object:
    """A node as plain Python data: str, list, dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: as_data(child) for key, child in node.items.items()}
    return [as_data(child) for child in node.items]
