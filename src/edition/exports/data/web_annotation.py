"""W3C Web Annotations: a page of them for the plain text, and one for the TEI. The same annotation has one IRI in both.

Places of the TEI are written as by @recogito/text-annotator-tei, which counts as the DOM does:
`//p[@xml:id='p1']/persName[2]::12` is a path without namespaces from the nearest element that has an xml:id, to the
element in which the text stands; then the UTF-16 code units of all text in that element before the place, the
editor's words included.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from edition.checks.relaxng import parse
from edition.encode.tei import WORDS
from edition.exports.annotations import COMMON, AnnotationRow, entry_iri, flat, iri
from edition.exports.uris import label, uris
from edition.exports.writer import Export, Writer, each_text
from edition.model.annotation import Claim
from edition.model.edition import Built, Edition, Project
from edition.model.nodes import Mapping, Scalar
from edition.model.vocabulary import Shape
from edition.model.xml import TEI, XML
from edition.read.project import language
from edition.read.prose import inline_words, words

Json = dict[str, object]
CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"edition": "urn:edition:terms:"})
AROUND = 32
"""Code points before and after a quotation; doubled until the whole is found once."""

MOTIVES: dict[Shape, str] = {
    "mention": "identifying",
    "date": "identifying",
    "duration": "identifying",
    "shift": "identifying",
    "note": "commenting",
    "choice": "editing",
    "sides": "editing",
    "supplied": "editing",
    "gap": "editing",
    "mark": "editing",
    "milestone": "describing",
    "footnote": "linking",
    "link": "linking",
    "relation": "linking",
}
"""Why something is annotated, in the terms of the W3C; what is not here is classified."""

VALUES = {"key": "identifying", "target": "linking", "number": "describing"}
"""Of phrases: those whose value is more than a type."""


def write(edition: Edition) -> Export:
    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        sheet = _Sheet(edition.project, built, rows)
        return {
            f"{built.name}.seed.json": sheet.page("seed", sheet.in_seed()),
            f"{built.name}.tei.json": sheet.page("tei", sheet.in_tei()),
            f"{built.name}.txt": built.document.seed.text.encode(),
        }

    return each_text(edition, written)


class _Sheet:
    """The annotations of one text."""

    def __init__(self, project: Project, built: Built, found: Sequence[AnnotationRow]) -> None:
        self.project = project
        self.built = built
        self.found = found
        self.language = language(project, built.document)
        self.by_id: dict[str, list[str]] = {}
        for mark in found:
            self.by_id.setdefault(mark.claim.id, []).append(mark.id)

    def page(self, name: str, target: Callable[[AnnotationRow], Json]) -> bytes:
        """All of them, on one representation of the text."""
        collection = {
            "id": self.iri(f"annotations.{name}"),
            "type": "AnnotationCollection",
            "label": f"{self.built.name}: annotations of its {'text' if name == 'seed' else 'TEI'}",
            "total": len(self.found),
        }
        page = {
            "@context": CONTEXT,
            "id": self.iri(f"annotations.{name}.1"),
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": [self.annotation(mark, target) for mark in self.found],
        }
        return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()

    def iri(self, id: str = "") -> str:
        return iri(self.project, self.built.name, id)

    def in_seed(self) -> Callable[[AnnotationRow], Json]:
        """Quotation and code points of the seed, which has an entry of its own in the header of the TEI."""
        text, source = self.built.document.seed.text, self.iri("seed")

        def target(mark: AnnotationRow) -> Json:
            position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
            return {"source": source, "selector": [text_quote(text, mark.start, mark.end), position]}

        return target

    def in_tei(self) -> Callable[[AnnotationRow], Json]:
        """Quotation, the editor's words included, and path: as annotators of TEI in the browser read them."""
        assert self.built.data is not None
        paths, source = TeiPaths(self.built.data), self.iri()

        def target(mark: AnnotationRow) -> Json:
            start, end = paths.between(mark.start, mark.end)
            span = {
                "type": "RangeSelector",
                "startSelector": {"type": "XPathSelector", "value": start.path},
                "endSelector": {"type": "XPathSelector", "value": end.path},
            }
            return {"source": source, "selector": [text_quote(paths.text, start.at, end.at), span]}

        return target

    def annotation(self, mark: AnnotationRow, target: Callable[[AnnotationRow], Json]) -> Json:
        found: Json = {"id": self.iri(mark.id), "type": "Annotation", "motivation": _motive(mark)}
        if creator := self.creator(mark.claim.by):
            found["creator"] = creator
        found["edition:kind"] = mark.kind
        found |= {f"edition:{name}": text for name, text in flat(mark).items() if self.is_plain(name)}
        if mark.claim.source:
            found["dcterms:source"] = [{"id": entry_iri(self.project, key)} for key in mark.claim.source]
        found["body"] = list(self.bodies(mark))
        found["target"] = target(mark) if mark.placed else self.others(mark)
        return found

    @staticmethod
    def is_plain(name: str) -> bool:
        return name not in COMMON or name in ("cert", "voice", "use")

    def others(self, mark: AnnotationRow) -> list[str]:
        """What an annotation is on that is on no words: other annotations, or the text."""
        return [self.iri(id) for name in mark.on for id in self.by_id.get(name, ())] or [self.iri()]

    def creator(self, by: str) -> Json | None:
        """The editor, under the id that the header of the TEI gives."""
        settings = self.project.settings
        by = by or settings.inner("defaults").text("by")
        if not by:
            return None
        name = settings.inner("editors").inner(by).items.get("name")
        if isinstance(name, Mapping):
            name = name.items.get(self.language) or next(iter(name.items.values()), None)
        found: Json = {"id": self.iri(by)}
        return found | {"name": name.text} if isinstance(name, Scalar) else found

    def bodies(self, mark: AnnotationRow) -> Iterator[Json]:
        claim = mark.claim
        yield {"type": "TextualBody", "purpose": "tagging", "value": mark.kind}
        value = self.value(mark, claim)
        if claim.alternatives:
            # whichever is right, in the order of the editor's trust
            others = [self.value(mark, other) | _cert(other) for other in claim.alternatives]
            yield {"type": "Choice", "items": [one for one in (value | _cert(claim), *others) if one]}
        elif value:
            yield value
            yield from self.identities(mark)
        if claim.comment:
            yield self.textual("commenting", words(claim.comment).text)

    def value(self, mark: AnnotationRow, claim: Claim) -> Json:
        """What is claimed, as one body; nothing where the kind says it all."""
        motive = "classifying" if mark.sort.value in ("type", "reason") else _motive(mark)
        if mark.entry is not None and claim.value in self.project.registers.entries:
            return {"type": "SpecificResource", "purpose": motive, "source": self.entry(claim.value)}
        if mark.sort.value == "target" and ":" in claim.value:
            return {"type": "SpecificResource", "purpose": "linking", "source": claim.value}
        if mark.sort.value == "words" and claim.value:
            read = words if mark.sort.shape == "note" else inline_words
            return self.textual(motive, read(claim.value).text)
        return {"type": "TextualBody", "purpose": motive, "value": claim.value} if claim.value else {}

    def entry(self, key: str) -> str:
        return entry_iri(self.project, key)

    def identities(self, mark: AnnotationRow) -> Iterator[Json]:
        """The name of the entry, and by what URIs the rest of the world knows it."""
        if mark.entry is not None:
            yield self.textual("describing", label(self.project, mark.entry, self.language))
            for uri in uris(mark.entry).values():
                yield {"type": "SpecificResource", "purpose": "identifying", "source": uri}

    def textual(self, purpose: str, text: str) -> Json:
        said = {"value": text, "format": "text/plain", "language": self.language}
        return {"type": "TextualBody", "purpose": purpose, **said}


def _motive(mark: AnnotationRow) -> str:
    if mark.sort.shape == "phrase":
        return VALUES.get(mark.sort.value, "classifying")
    return MOTIVES.get(mark.sort.shape, "classifying")


def _cert(claim: Claim) -> Json:
    return {"edition:cert": claim.cert} if claim.cert else {}


def text_quote(text: str, start: int, end: int, around: int = AROUND) -> Json:
    """The words with so much before and after them that they are found once. Compared character by character, as the
    W3C has it: white space counts, and words may be cut."""
    while True:
        left, right = max(0, start - around), end + around
        whole = text[left:right]
        if len(whole) == len(text) or text.find(whole, text.find(whole) + 1) < 0:
            break
        around *= 2
    quote = {"exact": text[start:end], "prefix": text[left:start], "suffix": text[end:right]}
    return {"type": "TextQuoteSelector", **quote}


# places of the TEI, as annotators of TEI in the browser write them


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of the seed in one text node. `at`: code point of `TeiPaths.text`; `before`: units in the element before it."""

    start: int
    text: str
    at: int
    path: str
    before: int


@dataclass(frozen=True, slots=True)
class TeiPlace:
    """A boundary in the TEI: as path and offset, and as code point of its text (`TeiPaths.text`)."""

    path: str
    at: int


class TeiPaths:
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

    def start(self, offset: int) -> TeiPlace:
        """Before the code point `offset` of the seed, in the element that holds it."""
        k = bisect_right(self._starts, offset) - 1
        return self._place(self._runs[max(k, 0)], offset)

    def end(self, offset: int) -> TeiPlace:
        """After the code point before `offset`, in the element that holds that one."""
        k = bisect_left(self._starts, offset) - 1
        return self._place(self._runs[max(k, 0)], offset)

    def between(self, start: int, end: int) -> tuple[TeiPlace, TeiPlace]:
        """Of a range; where it is empty, twice the same."""
        first = self.start(start)
        return (first, first) if start == end else (first, self.end(end))

    def _place(self, run: _Run, offset: int) -> TeiPlace:
        inside = run.text[: offset - run.start]
        return TeiPlace(f"{run.path}::{run.before + _units(inside)}", run.at + len(inside))

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


WRITER = Writer(
    name="web-annotation",
    tool="Recogito, and all that read W3C Web Annotations (JSON-LD)",
    carries="every annotation, with quotation, code points and path into the TEI, its value, editor, certainty and sources",
    cannot="the structure of the text, the header, the registers beyond names and URIs",
    opened="@recogito/text-annotator (plain text) and @recogito/text-annotator-tei (TEI, in CETEIcean) anchor it in Chromium; "
    "pyld expands it",
    about="Two pages of annotations a text: NAME.seed.json on the plain text, which lies beside them as NAME.txt, and NAME.tei.json "
    "on the TEI of the format `tei`. An annotation has the same IRI in both. In the first, `TextQuoteSelector` and "
    "`TextPositionSelector` (code points); in the second, a `RangeSelector` of paths as Recogito writes them: without "
    "namespaces, and with an offset in UTF-16 code units after `::`. Notes on other annotations or on the whole text have these "
    "as targets. Readings that are open are a `Choice` in the order of trust.",
    subjects=("annotations",),
    write=write,
)
