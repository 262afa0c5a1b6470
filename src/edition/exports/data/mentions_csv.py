"""CSV (RFC 4180): a table of mentions and one of all annotations. No cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import re

from edition.exports.data.tables import Cell, Table, tables
from edition.exports.writer import Export, Writer
from edition.model.edition import Edition

_formula = re.compile(r"'*[=+\-@\t\r]").match


def write(edition: Edition) -> Export:
    mentions, annotations = tables(edition)
    carried = frozenset(f"{text}#{id}" for text, id, *_ in annotations.rows)
    return Export({f"{table.name}.csv": _csv(table) for table in (mentions, annotations)}, carried)


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


WRITER = Writer(
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
    write=write,
)
