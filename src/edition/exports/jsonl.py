"""JSON Lines: an annotation a line, for scripts and for tables of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from edition.exports.marks import Mark, marks
from edition.exports.writer import Export, Writer
from edition.pipeline import Edition


def write(edition: Edition) -> Export:
    files: dict[str, bytes] = {}
    carried: set[str] = set()
    for built in edition.documents:
        found = marks(edition.project, built)
        carried |= {mark.id for mark in found}
        lines = [json.dumps(dict(_fields(mark)), ensure_ascii=False) for mark in found]
        files[f"{built.name}.jsonl"] = "".join(f"{line}\n" for line in lines).encode()
    return Export(files, frozenset(carried))


def _fields(mark: Mark) -> Iterator[tuple[str, object]]:
    """Only what is said: no nulls. Offsets are code points of the seed."""
    claim = mark.claim
    line, column = mark.place.source.line_column(mark.place.start)
    yield from (("id", mark.id), ("text", mark.text), ("kind", mark.kind), ("value", mark.value))
    if mark.placed:
        yield from (("start", mark.start), ("end", mark.end), ("quote", mark.exact))
    yield from ((name, value) for name, value in (("on", mark.on), ("source", claim.source)) if value)
    for name in ("by", "cert", "voice", "use", "comment"):
        if value := getattr(claim, name):
            yield name, value
    if claim.alternatives:
        yield (
            "or",
            [
                {other.kind: other.value} | ({"cert": other.cert} if other.cert else {})
                for other in claim.alternatives
            ],
        )
    yield "at", f"{mark.place.source.name}:{line}:{column}"


WRITER = Writer(
    name="jsonl",
    tool="scripts, jq, pandas, DuckDB",
    carries="every annotation with its place, value, editor, certainty, sources and comment",
    cannot="the structure of the text, the header, the registers",
    opened="Python's json; each quotation is compared with the seed at its offsets",
    about="A file a text and an annotation a line, in the order of their places. `start` and `end` count code points of the seed; "
    "`at` says where the annotation is written.",
    subjects=("annotations",),
    write=write,
)
