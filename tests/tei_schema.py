"""TEI's own schema, from beside the checkout (EDITION_SHARED). Without it: skipped, and in CI a failure."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from lxml import etree

from tools import missing

SHARED = Path(os.environ.get("EDITION_SHARED") or Path(__file__).parents[2] / "shared")
CLOSED = Path(__file__).parents[1] / "src" / "edition" / "checks" / "schemas" / "edition.rng"
TEI_ALL = SHARED / "tei" / "tei_all.fast.rng"


@cache
def _schema(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


def faults(document: str, path: Path = TEI_ALL) -> list[str]:
    """What the schema has against a document, line by line."""
    if not path.exists():
        missing(f"there is no {path} (EDITION_SHARED)")
    tree = etree.fromstring(document.encode(), etree.XMLParser(collect_ids=False))
    schema = _schema(path)
    if schema.validate(tree):
        return []
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def edition(body: str = "<p/>", header: str = "", lists: str = "") -> str:
    """A whole document around what is tested."""
    header = header or (
        "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt><publicationStmt><publisher>x</publisher>"
        "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{header}\n{lists}\n'
        f"<text><body>{body}</body></text></TEI>"
    )
