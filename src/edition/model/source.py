"""Texts and places in them. Nothing else turns an offset into line and column. Knows neither YAML nor seeds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol


class Extent(Protocol):
    """Anything that reaches from one code point to another: a node of YAML, an element, a block."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Source:
    """A text exactly as decoded. Its name is a path relative to the project."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets (code points) at which lines begin. Only U+000A ends a line: YAML's U+0085 does not."""
        starts = [0]
        find, at = self.text.find, self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, both counted from 1."""
        line = bisect_right(self.line_starts, offset) - 1
        return line + 1, offset - self.line_starts[line] + 1

    def span(self, at: Extent) -> Span:
        """The place in this text of a node or another thing that has `start` and `end`."""
        return Span(self, at.start, at.end)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


class Span(NamedTuple):
    """A place in a source, a seed or a YAML file: code points from `start` to `end`, the last one not included."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.source.line_column(self.start)
        return f"{self.source.name}:{line}:{column}"


def whole_file(name: str) -> Span:
    """The place of what is said of a file as a whole, without a look at its text."""
    return Span(Source(name, ""), 0, 0)
