"""Places of the seed → places of the TEI, in the form in which annotators of TEI in the browser write them.

`//p[@xml:id='p1']/persName[2]::12`: a path without namespaces from the nearest element that has an xml:id, to the
element in which the text stands; then the UTF-16 code units of all text in that element before the place, the
editor's words included. That is the form of @recogito/text-annotator-tei, which counts as the DOM does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.tei import WORDS
from edition.model.xml import TEI, XML


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of the seed in one text node. `at`: code point of `Paths.text`; `before`: units in the element before it."""

    start: int
    text: str
    at: int
    path: str
    before: int


@dataclass(frozen=True, slots=True)
class Place:
    """A boundary in the TEI: as path and offset, and as code point of its text (`Paths.text`)."""

    path: str
    at: int


class Paths:
    """One edition, read from its bytes. `text`: all character data of TEI's `text`, the editor's words included."""

    def __init__(self, data: bytes) -> None:
        self._runs: list[_Run] = []
        self._parts: list[str] = []
        self._at = self._units = self._seed = 0
        root = parse(data).find(f"{{{TEI}}}text")
        assert root is not None
        self._walk(root)
        self.text = "".join(self._parts)
        self._starts = [run.start for run in self._runs]

    def start(self, offset: int) -> Place:
        """Before the code point `offset` of the seed, in the element that holds it."""
        k = bisect_right(self._starts, offset) - 1
        return self._place(self._runs[max(k, 0)], offset)

    def end(self, offset: int) -> Place:
        """After the code point before `offset`, in the element that holds that one."""
        k = bisect_left(self._starts, offset) - 1
        return self._place(self._runs[max(k, 0)], offset)

    def between(self, start: int, end: int) -> tuple[Place, Place]:
        """Of a range; where it is empty, twice the same."""
        first = self.start(start)
        return (first, first) if start == end else (first, self.end(end))

    def _place(self, run: _Run, offset: int) -> Place:
        inside = run.text[: offset - run.start]
        return Place(f"{run.path}::{run.before + _units(inside)}", run.at + len(inside))

    def _walk(self, root: etree._Element) -> None:
        stack: list[tuple[str, int, Counter[str]]] = [("", 0, Counter())]
        silent = 0
        for event, e in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                silent += bool(silent or WORDS in e.get("change", "").split())
                name = etree.QName(e).localname
                path, _, siblings = stack[-1]
                siblings[name] += 1
                id = e.get(f"{{{XML}}}id")
                own = f"//{name}[@xml:id='{id}']" if id else f"{path}/{name}[{siblings[name]}]"
                stack.append((own, self._units, Counter()))
                self._read(e.text, own, self._units, silent > 0)
                continue
            stack.pop()
            silent -= silent > 0
            if e is not root:
                self._read(e.tail, stack[-1][0], stack[-1][1], silent > 0)

    def _read(self, text: str | None, path: str, begin: int, silent: bool) -> None:
        """A text node of the element that began at `begin`."""
        if not text:
            return
        if not silent:
            self._runs.append(_Run(self._seed, text, self._at, path, self._units - begin))
            self._seed += len(text)
        self._parts.append(text)
        self._at += len(text)
        self._units += _units(text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
