"""Annotations as tables: one of mentions, with the entries they name, and one of all. As CSV and as Parquet.

CSV is that of RFC 4180, and no cell is taken for a formula. Parquet has types, and needs pyarrow (the extra `parquet`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from edition.exports.annotations import COMMON, AnnotationRow, annotation_rows, flat
from edition.exports.uris import Names, bare
from edition.exports.writer import Export, Writer
from edition.model.authority_ids import AUTHORITIES
from edition.model.edition import Edition
from edition.read.project import language

NUMBERS = ("start", "end", "line", "column")
PLACE = ("quote", *NUMBERS)
Cell = str | int | None
LineColumn = Callable[[int], tuple[int, int]]
_formula = re.compile(r"'*[=+\-@\t\r]").match


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
        for mark in annotation_rows(edition.project, built):
            place = _place(mark, built.document.seed.source.line_column)
            row: dict[str, Cell] = {"text": mark.text, "id": mark.id, "kind": mark.kind}
            found.append(
                row
                | {"value": mark.value}
                | flat(mark)
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


def _place(mark: AnnotationRow, line_column: LineColumn) -> dict[str, Cell]:
    """Of the seed: code points, and line and column counted from 1."""
    if not mark.placed:
        return {}
    line, column = line_column(mark.start)
    return {"quote": mark.exact, "start": mark.start, "end": mark.end, "line": line, "column": column}


def _table(name: str, columns: tuple[str, ...], rows: list[dict[str, Cell]]) -> Table:
    return Table(name, columns, tuple(tuple(row.get(column) for column in columns) for row in rows))


def _written(edition: Edition, ending: str, written: Callable[[Table], bytes]) -> Export:
    return Export({f"{table.name}.{ending}": written(table) for table in tables(edition)})


def _csv(table: Table) -> bytes:
    """Every text in quotation marks, numbers bare, lines ended by CRLF."""
    to = io.StringIO(newline="")
    rows = csv.writer(to, quoting=csv.QUOTE_NONNUMERIC)
    rows.writerow(table.columns)
    rows.writerows([_cell(cell) for cell in row] for row in table.rows)
    return to.getvalue().encode()


def _cell(cell: Cell) -> Cell:
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else cell


def guarded(text: str) -> str:
    """Spreadsheets run a cell that begins with = + - @, quoted or not: an apostrophe before it makes it text."""
    return f"'{text}" if _formula(text) else text


def unguarded(text: str) -> str:
    """The inverse."""
    return text[1:] if text.startswith("'") and _formula(text) else text


def _parquet(table: Table) -> bytes:
    """Uncompressed, without pyarrow's own schema beside Parquet's: what is written depends on little else than the table."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema(
        [(name, pyarrow.int64() if name in NUMBERS else pyarrow.string()) for name in table.columns]
    )
    columns = [pyarrow.array([row[k] for row in table.rows], field.type) for k, field in enumerate(schema)]
    to = io.BytesIO()
    parquet.write_table(
        pyarrow.Table.from_arrays(columns, schema=schema), to, compression="none", store_schema=False
    )
    return to.getvalue()


CSV = Writer(
    name="csv",
    tool="spreadsheets, R, pandas, OpenRefine",
    carries="every annotation with its place and all that is said of it; mentions with name and identifiers of their entries",
    cannot="the structure of the text, the header, the registers but for names and identifiers",
    opened="Python's csv: each quotation is compared with the seed at its offsets",
    about="Two tables for all texts: mentions.csv, whatever names an entry of a register, with the entry's key, name and "
    "identifiers (gnd, viaf, wikidata, geonames …); annotations.csv, every annotation. RFC 4180: commas, CRLF, UTF-8 without a "
    "byte order mark (in Excel: Data, From Text/CSV, 65001). Texts are quoted, numbers are not. `start` and `end` count code "
    "points of the seed, `line` and `column` count from 1. Spreadsheets run a text that begins with = + - @ or a tab as a "
    "formula: it is written with an apostrophe before it, and so is one that has apostrophes before such a sign. Take one "
    "apostrophe away to have the text again.",
    subjects=("annotations",),
    write=lambda edition: _written(edition, "csv", _csv),
)

PARQUET = Writer(
    name="parquet",
    tool="DuckDB, Polars, pandas, Spark",
    carries="every annotation with its place and all that is said of it; mentions with name and identifiers of their entries",
    cannot="the structure of the text, the header, the registers but for names and identifiers",
    opened="pyarrow: the tables are those of `csv`, each quotation is compared with the seed at its offsets",
    about="The tables of `csv`, mentions.parquet and annotations.parquet: texts are strings, start, end, line and column are 64-bit "
    "integers, what is not said is null. Nothing is done about formulas, since no reader of Parquet runs them. It needs pyarrow: "
    "pip install 'tei-edition[parquet]'. The footer of a Parquet file names the version of pyarrow that wrote it: another "
    "version gives other bytes with the same tables.",
    subjects=("annotations",),
    write=lambda edition: _written(edition, "parquet", _parquet),
    needs=("pyarrow", "parquet"),
)
