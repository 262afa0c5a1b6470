"""JSON Lines: an annotation a line, for scripts and for tables of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from edition.exports.annotations import AnnotationRow, flat
from edition.exports.uris import Names
from edition.exports.writer import Export, Writer, each_text
from edition.model.annotation import Claim
from edition.model.edition import Built, Edition
from edition.read.project import language


def write(edition: Edition) -> Export:
    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        names = Names(edition.project, language(edition.project, built.document))
        lines = [json.dumps(dict(_fields(row, names)), ensure_ascii=False) for row in rows]
        return {f"{built.name}.jsonl": "".join(f"{line}\n" for line in lines).encode()}

    return each_text(edition, written)


def _fields(mark: AnnotationRow, names: Names) -> Iterator[tuple[str, object]]:
    """Only what is said: no nulls. Offsets are code points of the seed."""
    claim = mark.claim
    line, column = mark.place.source.line_column(mark.place.start)
    yield from (("id", mark.id), ("text", mark.text), ("kind", mark.kind), ("value", mark.value))
    if mark.entry:
        yield from (("register", mark.entry.register), ("name", names.of(mark)))
        if known := names.known(mark):
            yield "identifiers", known
    if mark.placed:
        yield from (("start", mark.start), ("end", mark.end), ("quote", mark.exact))
    if mark.on:
        yield "on", mark.on
    structured = {"source": claim.source, "or": [dict(_alternative(other)) for other in claim.alternatives]}
    yield from (flat(mark) | {name: value for name, value in structured.items() if value}).items()
    yield "at", f"{mark.place.source.name}:{line}:{column}"


def _alternative(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "value", claim.value
    if claim.cert:
        yield "cert", claim.cert


WRITER = Writer(
    name="jsonl",
    tool="scripts, jq, pandas, DuckDB",
    carries="every annotation with its place, value, editor, certainty, sources and comment; names and identifiers of entries",
    cannot="the structure of the text, the header, the registers but for names and identifiers",
    opened="Python's json; each quotation is compared with the seed at its offsets",
    about="A file a text and an annotation a line, in the order of their places; keys that say nothing are left out. Always there: "
    "id (the same in all formats), text, kind, value (a register key, a date, words in CommonMark, a type), at (where it is written). On "
    "words: start and end (code points of the seed; equal at a point), quote. On other annotations: on (their ids; “text” "
    "is the whole). Of what names an entry: register, name, identifiers (URIs by authority). Of every kind: by, cert, voice, use, "
    "source (a list), comment, or (a list of value and cert). Then the fields of the kind, such as unit and quantity.",
    subjects=("annotations",),
    write=write,
)
