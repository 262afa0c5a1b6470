"""Escaping, start tags, and small trees rendered with indentation (header and registers, never the text)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"

_markup = re.compile(r"[&<>\r]").search
_attribute_markup = re.compile(r"""[&<>"\n\t\r]""").search
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def escape(text: str) -> str:
    """Character data."""
    return text.translate(_TEXT) if _markup(text) else text


def quoted(value: str) -> str:
    """An attribute value in double quotation marks, white space kept."""
    return f'"{value.translate(_ATTRIBUTE)}"' if _attribute_markup(value) else f'"{value}"'


def attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """Attributes in the order given, each with a space before it; those with an empty value are left out."""
    return "".join([f" {name}={quoted(value)}" for name, value in pairs if value])


class Raw(NamedTuple):
    """XML that is ready. It makes its parent mixed unless it is said to be an element of its own."""

    xml: str
    mixed: bool = True


class XmlElement(NamedTuple):
    """An element with attributes in the order written. Children are never empty text.

    One without a name is words with elements in them, which stand in another one as they are.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[XmlElement | Raw | str, ...] = ()


Child = XmlElement | Raw | str | None


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Child) -> XmlElement:
    """An element of what is there: children that are None or "" and attributes that are "" are left out."""
    kept = tuple(
        child for child in children if child is not None and child not in ("", Raw(""), XmlElement(""))
    )
    return XmlElement(name, tuple((attributes or {}).items()), kept)


def filled(name: str, attributes: Mapping[str, str] | None = None, *children: Child) -> XmlElement | None:
    """The same, or nothing where it would have no children."""
    made = element(name, attributes, *children)
    return made if made.children else None


def render(node: XmlElement, indent: int = 0) -> str:
    """XML text, one element a line; inside an element that holds text no white space is added.

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
    """Whether no white space may be put beside it."""
    return type(child) is str or (child.mixed if type(child) is Raw else not getattr(child, "name", ""))


def inline(node: XmlElement | Raw | str) -> str:
    """XML text on one line, nothing added."""
    if isinstance(node, str):
        return escape(node)
    if isinstance(node, Raw):
        return node.xml
    inside = "".join(map(inline, node.children))
    if not node.name:
        return inside
    start = f"<{node.name}{attributes(node.attributes)}"
    return f"{start}>{inside}</{node.name}>" if node.children else f"{start}/>"
