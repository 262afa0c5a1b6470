"""Apache Parquet: the tables of `csv` with types, for DuckDB, Polars and pandas. Needs pyarrow (the extra `parquet`)."""

from __future__ import annotations

import io

from edition.exports.data.tables import NUMBERS, Table, tables
from edition.exports.writer import Export, Writer
from edition.model.edition import Edition


def write(edition: Edition) -> Export:
    mentions, annotations = tables(edition)
    carried = frozenset(f"{text}#{id}" for text, id, *_ in annotations.rows)
    return Export({f"{table.name}.parquet": _parquet(table) for table in (mentions, annotations)}, carried)


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


WRITER = Writer(
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
    write=write,
    needs=("pyarrow", "parquet"),
)
