"""The files of schema/: where each comes from. One source; `edition schema --write` puts copies into a project."""

from __future__ import annotations

from pathlib import Path

from edition.format.json_schema import annotations_schema, registers_schema, settings_schema

SCHEMAS = Path(__file__).with_name("schemas")
FILES = {
    "annotations": "annotations.schema.json",
    "registers": "registers.schema.json",
    "settings": "settings.schema.json",
    "rnc": "edition.rnc",
    "rng": "edition.rng",
    "odd": "edition.odd",
    "sch": "edition.sch",
    "xsl": "seed.xsl",
}
PRINTED = {**FILES, "report": "report.schema.json"}  # of a report: nothing that a project needs
_MADE = {
    "annotations.schema.json": annotations_schema,
    "registers.schema.json": registers_schema,
    "settings.schema.json": settings_schema,
}


def package_data(name: str) -> bytes:
    """The bytes of a schema that the package ships as a file."""
    return (SCHEMAS / name).read_bytes()


def schema_file(name: str) -> bytes:
    """The bytes of one file of schema/."""
    if name in _MADE:
        import json

        return (json.dumps(_MADE[name](), ensure_ascii=False, indent=2) + "\n").encode()
    return package_data(name)
