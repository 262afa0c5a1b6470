"""Annotations as tables: one of mentions, with the entries they name, and one of all. For CSV and for Parquet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edition.encode.header.authorities import AUTHORITIES
from edition.exports.annotations import Mark, marks
from edition.exports.data.said import COMMON, Names, bare, said
from edition.model.edition import Edition
from edition.read.project import language

NUMBERS = ("start", "end", "line", "column")
PLACE = ("quote", *NUMBERS)
Cell = str | int | None
LineColumn = Callable[[int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name; a cell is a text, a number (of NUMBERS) or None where nothing is said."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(edition: Edition) -> tuple[Table, Table]:
    """Mentions, and all annotations: a row for each place, in the order of texts and places."""
    mentions: list[dict[str, Cell]] = []
    found: list[dict[str, Cell]] = []
    for built in edition.documents:
        names = Names(edition.project, language(edition.project, built.document))
        for mark in marks(edition.project, built):
            place = _place(mark, built.document.seed.source.line_column)
            row: dict[str, Cell] = {"text": mark.text, "id": mark.id, "kind": mark.kind}
            found.append(
                row
                | {"value": mark.value}
                | said(mark)
                | ({"on": " ".join(mark.on)} if mark.on else {})
                | place
            )
            if mark.entry:
                known = {field: bare(uri) for field, uri in names.known(mark).items()}
                entry = {"register": mark.entry.register, "key": mark.entry.key, "name": names.of(mark)}
                mentions.append(row | entry | known | place | {"cert": mark.claim.cert})
    fields = dict.fromkeys(key for row in found for key in row)
    kinds = [key for key in fields if key not in ("text", "id", "kind", "value", *COMMON, "on", *PLACE)]
    entry_columns = ("text", "id", "kind", "register", "key", "name", *AUTHORITIES, *PLACE, "cert")
    columns = ("text", "id", "kind", "value", *COMMON, *sorted(kinds), "on", *PLACE)
    return _table("mentions", entry_columns, mentions), _table("annotations", columns, found)


def _place(mark: Mark, line_column: LineColumn) -> dict[str, Cell]:
    """Of the seed: code points, and line and column counted from 1."""
    if not mark.placed:
        return {}
    line, column = line_column(mark.start)
    return {"quote": mark.exact, "start": mark.start, "end": mark.end, "line": line, "column": column}


def _table(name: str, columns: tuple[str, ...], rows: list[dict[str, Cell]]) -> Table:
    return Table(name, columns, tuple(tuple(row.get(column) for column in columns) for row in rows))
