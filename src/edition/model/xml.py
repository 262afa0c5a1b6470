"""XML as text: escaping, attributes, and small trees with indentation (header and registers, never the text itself).

Knows no TEI but its namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""A character that XML 1.0 cannot hold."""

_markup = re.compile(r"[&<>\r]").search
_attribute_markup = re.compile(r"""[&<>"\n\t\r]""").search
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def escape(text: str) -> str:
    """Text as character data; U+000D is written as a reference, since a parser would make a line end of it."""
    return text.translate(_TEXT) if _markup(text) else text


def quoted(value: str) -> str:
    """An attribute value in double quotation marks; tabs and line ends are references, so that a parser keeps them."""
    return f'"{value.translate(_ATTRIBUTE)}"' if _attribute_markup(value) else f'"{value}"'


def attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """Attributes in the order given, each with a space before it; those with an empty value are left out."""
    return "".join([f" {name}={quoted(value)}" for name, value in pairs if value])


class Raw(NamedTuple):
    """XML that is ready. `mixed`: no white space may be put beside it."""

    xml: str
    mixed: bool = True


class XmlElement(NamedTuple):
    """An element; its attributes are written in this order, its children are never empty text.

    An element without a name is mixed content: words with elements in them, which stand in another one as they are.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[XmlElement | Raw | str, ...] = ()


Child = XmlElement | Raw | str | None
_EMPTY = ("", Raw(""), XmlElement(""))


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Child) -> XmlElement:
    """An element of what is there: children that are None or empty and attributes that are "" are left out."""
    kept = tuple([child for child in children if child is not None and child not in _EMPTY])
    return XmlElement(name, tuple((attributes or {}).items()), kept)


def filled(name: str, attributes: Mapping[str, str] | None = None, *children: Child) -> XmlElement | None:
    """An element as `element` makes it, or None where it would have no children."""
    made = element(name, attributes, *children)
    return made if made.children else None


def render(node: XmlElement, indent: int = 0) -> str:
    """The tree as XML, one element a line; inside an element that holds text no white space is added.

    Lines are joined by U+000A without a final one; the first is indented too.
    """
    lines: list[str] = []
    _lines(node, "  " * indent, lines)
    return "\n".join(lines)


def _lines(node: XmlElement, indent: str, lines: list[str]) -> None:
    if any(map(_mixed, node.children)):
        lines.append(indent + inline(node))
    elif not node.children:
        lines.append(f"{indent}<{node.name}{attributes(node.attributes)}/>")
    else:
        lines.append(f"{indent}<{node.name}{attributes(node.attributes)}>")
        for child in node.children:
            if isinstance(child, XmlElement):
                _lines(child, indent + "  ", lines)
            else:
                lines.append(f"{indent}  {child.xml if isinstance(child, Raw) else child}")
        lines.append(f"{indent}</{node.name}>")


def _mixed(child: XmlElement | Raw | str) -> bool:
    """Whether no white space may be put beside this child."""
    return type(child) is str or (child.mixed if type(child) is Raw else not getattr(child, "name", ""))


def inline(node: XmlElement | Raw | str) -> str:
    """A tree as XML on one line, with no white space added."""
    if isinstance(node, str):
        return escape(node)
    if isinstance(node, Raw):
        return node.xml
    inside = "".join(map(inline, node.children))
    if not node.name:
        return inside
    start = f"<{node.name}{attributes(node.attributes)}"
    return f"{start}>{inside}</{node.name}>" if node.children else f"{start}/>"
