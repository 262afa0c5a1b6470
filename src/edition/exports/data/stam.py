"""STAM, the Stand-off Text Annotation Model: a store a text, with the text beside it. Offsets are code points."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from edition.exports.annotations import (
    AnnotationRow,
    BlockRow,
    block_rows,
    entry_iri,
    flat,
    flat_block,
    iri,
)
from edition.exports.uris import Names
from edition.exports.writer import Export, Writer, each_text
from edition.model.edition import Built, Edition
from edition.read.project import language

VALIDATION = "https://w3id.org/stam/extensions/stam-textvalidation/"
Data = tuple[str, str, str | tuple[str, ...]]  # set, key, value
Json = dict[str, Any]


def write(edition: Edition) -> Export:
    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        store = json.dumps(_store(edition, built, rows, block_rows(built)), ensure_ascii=False, indent=1)
        text = built.document.seed.text
        return {f"{built.name}.store.stam.json": f"{store}\n".encode(), f"{built.name}.txt": text.encode()}

    return each_text(edition, written)


def _store(
    edition: Edition, built: Built, found: Sequence[AnnotationRow], structure: Iterable[BlockRow]
) -> Json:
    project, name = edition.project, built.name
    ours = iri(project, "annotations")
    names = Names(project, language(project, built.document))
    written = [
        (block.id, _words(iri(project, name), block.start, block.end), _block(ours, block))
        for block in structure
    ]
    for mark in sorted(found, key=lambda mark: bool(mark.on)):  # what is pointed at stands before what points
        data = _mark(edition, ours, mark, names)
        written.append((mark.id, _target(edition, mark, found), data))
    number = {
        item: f"D{k}" for k, item in enumerate(dict.fromkeys(i for _, _, data in written for i in data), 1)
    }
    return {
        "@type": "AnnotationStore",
        "@id": f"{iri(project, name)}.store",
        "resources": [{"@type": "TextResource", "@id": iri(project, name), "@include": f"{name}.txt"}],
        "annotationsets": [_set(which, number) for which in dict.fromkeys(which for which, _, _ in number)],
        "annotations": [
            {
                "@type": "Annotation",
                "@id": iri(project, name, id),
                "target": target,
                "data": [{"@type": "AnnotationData", "@id": number[item], "set": item[0]} for item in data],
            }
            for id, target, data in written
        ],
    }


def _block(ours: str, block: BlockRow) -> list[Data]:
    type = [(ours, "type", block.type)] if block.type else []
    rest = [(ours, key, value) for key, value in flat_block(block).items()]
    return [(ours, "block", block.name), *type, *rest]


def _mark(edition: Edition, ours: str, mark: AnnotationRow, names: Names) -> list[Data]:
    found: dict[str, str | tuple[str, ...]] = {"kind": mark.kind, "value": mark.value, "name": names.of(mark)}
    if mark.entry:
        found["reference"] = (entry_iri(edition.project, mark.entry.key), *names.known(mark).values())
    found |= flat(mark) | {"source": mark.claim.source}
    data = [(ours, key, value) for key, value in found.items() if value]
    return [*data, (VALIDATION, "text", mark.exact)] if mark.exact else data


def _target(edition: Edition, mark: AnnotationRow, found: Sequence[AnnotationRow]) -> Json:
    """Words of the text; other annotations; or the text as a whole."""
    if mark.placed:
        return _words(iri(edition.project, mark.text), mark.start, mark.end)
    others = [
        {"@type": "AnnotationSelector", "annotation": iri(edition.project, mark.text, other.id)}
        for other in found
        if not other.on and (other.id in mark.on or other.claim.id in mark.on)
    ]
    if len(others) > 1:
        return {"@type": "CompositeSelector", "selectors": others}
    return others[0] if others else {"@type": "ResourceSelector", "resource": iri(edition.project, mark.text)}


def _set(which: str, number: dict[Data, str]) -> Json:
    mine = {item: id for item, id in number.items() if item[0] == which}
    return {
        "@type": "AnnotationDataSet",
        "@id": which,
        "keys": [{"@type": "DataKey", "@id": key} for key in dict.fromkeys(key for _, key, _ in mine)],
        "data": [
            {"@type": "AnnotationData", "@id": id, "key": key, "value": _value(value)}
            for (_, key, value), id in mine.items()
        ],
    }


def _value(value: str | tuple[str, ...]) -> Json:
    if isinstance(value, tuple):
        return {"@type": "List", "value": [_value(item) for item in value]}
    return {"@type": "String", "value": value}


def _words(resource: str, start: int, end: int) -> Json:
    return {
        "@type": "TextSelector",
        "resource": resource,
        "offset": {
            "@type": "Offset",
            "begin": {"@type": "BeginAlignedCursor", "value": start},
            "end": {"@type": "BeginAlignedCursor", "value": end},
        },
    }


WRITER = Writer(
    name="stam",
    tool="STAM (stam-python, stam-tools)",
    carries="every annotation and block with all that is said of it; those on other annotations and on the whole text, too",
    cannot="the header; entries of the registers beyond name and IRIs",
    opened="stam: the text of each annotation is that of the seed, none is missing",
    about="A NAME.store.stam.json a text, and beside it NAME.txt, the seed as it was read. Offsets count code points, as STAM does. "
    "The data set holds the keys kind, value, name, reference (IRIs, our own first), by, cert, voice, source, comment, or, "
    "and for blocks block and type; identifiers are full IRIs, so that what is exported on as W3C annotations keeps them. Each "
    "annotation repeats its words in the key text of the extension stam-textvalidation: so a text that was changed is found out.",
    subjects=("annotations", "blocks"),
    write=write,
)
