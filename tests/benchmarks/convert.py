"""A workload of annotations as JSON records → a project of this tool: seeds, annotations, registers.

    python convert.py WORKLOAD PROJECT

The workload: text.txt, and q.json whose records have a type, a quotation with prefix and suffix, and a value.
Each quotation gets the context it was made with; where that is not enough (the workload's names repeat), the
number of its occurrence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEAD = """\
edition: 1
header: {title: Benchmark, language: en}
annotations:
"""
SETTINGS = """\
edition: 1
publisher: Nobody
licence: {name: CC0, url: "https://creativecommons.org/publicdomain/zero/1.0/"}
editors: {ed1: {name: One}, ed2: {name: Two}, ner: {name: Three}}
"""
KINDS = {"person": "person", "place": "place", "date": "date", "note": "note", "correction": "correction"}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _value(record: dict[str, Any]) -> str:
    value = {"person": "ref", "place": "ref", "date": "when", "note": "body", "correction": "corr"}[
        record["type"]
    ]
    return _quoted(str(record[value]).removeprefix("#"))


def written(records: list[dict[str, Any]]) -> Iterator[str]:
    """YAML, one annotation after the other. Corrections that cross another annotation become terms."""
    for record in records:
        target = record["target"]
        kind = KINDS[record["type"]]
        yield f"  - {kind}: {_value(record)}\n    quote: {_quoted(target['exact'])}\n"
        for side in ("prefix", "suffix"):
            if target[side].strip():
                yield f"    {side}: {_quoted(target[side])}\n"
        if "by" in record:
            yield f"    by: {record['by']}\n"
        if target.get("of", 1) > 1:
            yield f"    occurrence: {target['n']} of {target['of']}\n"


def convert(workload: Path, project: Path) -> None:
    """Write the project."""
    from edition.anchor.find import Finder
    from edition.model.annotation import Quote

    text = (workload / "text.txt").read_bytes().decode()
    records = json.loads((workload / "q.json").read_text("utf-8"))["annotations"]
    offsets = json.loads((workload / "a.json").read_text("utf-8"))["annotations"]
    finder = Finder(text)
    quotes = [Quote(r["target"]["exact"], r["target"]["prefix"], r["target"]["suffix"]) for r in records]
    finder.prepare(quotes)
    kept: list[dict[str, Any]] = []
    seen: set[tuple[str, int, int]] = set()
    solid: list[tuple[int, int]] = []
    for record, offset, quote in zip(records, offsets, quotes, strict=True):
        place = (offset["start"], offset["end"])
        places = finder.find(quote)
        if place not in places or (record["type"], *place) in seen:
            continue
        seen.add((record["type"], *place))
        record["by"] = record["resp"].removeprefix("#")
        record["target"] |= {"n": places.index(place) + 1, "of": len(places)}
        if record["type"] == "correction" and solid and place[0] < solid[-1][1]:
            continue
        if record["type"] == "correction":
            solid.append(place)
        kept.append(record)
    for folder in ("seeds", "annotations/registers"):
        (project / folder).mkdir(parents=True, exist_ok=True)
    (project / "seeds/text.txt").write_bytes(text.encode())
    (project / "annotations/text.yaml").write_text(HEAD + "".join(written(kept)), "utf-8")
    (project / "annotations/edition.yaml").write_text(SETTINGS, "utf-8")
    keys = {kind: sorted({r["ref"][1:] for r in kept if r["type"] == kind}) for kind in ("person", "place")}
    for kind, register in (("person", "people"), ("place", "places")):
        entries = "".join(f"  {key}: {{name: {key}}}\n" for key in keys[kind])
        (project / f"annotations/registers/{register}.yaml").write_text(
            f"edition: 1\n{register}:\n{entries}", "utf-8"
        )
    print(f"{project}: {len(text)} code points, {len(kept)} of {len(records)} annotations", file=sys.stderr)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
