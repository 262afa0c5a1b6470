"""What may stand in the YAML files, field by field, from their JSON Schemas: for all that has no page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import Any, NamedTuple

from edition.format.schema import annotations_schema, registers_schema, settings_schema
from edition.model.vocabulary import BLOCKS, KINDS

Schema = dict[str, Any]
FILES = {
    "annotations": "What is said of one text, in annotations/NAME.yaml.",
    "registers": "Who and what the texts name, in annotations/registers/*.yaml.",
    "settings": "What holds for all texts of the project, in annotations/edition.yaml.",
}
_PATHS = {name: about.rpartition(" ")[2].rstrip(".") for name, about in FILES.items()}
_ALSO = {"edition.yaml": "settings", "register": "registers", "reigns": "reign", "dates": "date"}
_DEEPEST = 3
_SHOWN = 4  # places of a field that stands at many


class Field(NamedTuple):
    """A field of a mapping. `path`: the fields it stands in, from the top of its file; `inside`: the fields in it."""

    file: str
    path: tuple[str, ...]
    name: str
    schema: Schema
    inside: dict[str, Schema]


def explained_fields(what: str) -> str | None:
    """A file, or a field wherever it may stand; None if there is none of that name."""
    name = what.strip().lower().removesuffix(":")
    name = _ALSO.get(name, name)
    if name in FILES:
        return f"# {name}\n\n{FILES[name]}\n\n{_table(_schema(name)['properties'])}"
    parts: dict[str, list[str]] = {}
    found = [field for file in FILES for field in _fields(file) if field.name.lower() == name]
    for field in sorted(found, key=lambda field: len(field.path)):
        where = " → ".join(f"`{part}`" for part in field.path)
        at = f"{where} of {_PATHS[field.file]}" if where else _PATHS[field.file]
        parts.setdefault(_said(field), []).append(at)
    said = [f"{about}\n\nIt stands in {_listed(list(dict.fromkeys(at)))}.\n" for about, at in parts.items()]
    return "\n".join([f"# {name}\n", *said]) if said else None


def listed_files() -> str:
    width = max(map(len, FILES))
    return "\n".join(["files", *(f"  {name:{width}}  {about}" for name, about in FILES.items())]) + "\n"


def names() -> list[str]:
    """Whatever is explained here."""
    return sorted({*FILES, *_ALSO, *(field.name for file in FILES for field in _fields(file))})


def _schema(file: str) -> Schema:
    of = {"annotations": annotations_schema, "registers": registers_schema, "settings": settings_schema}
    return dict(of[file]())


def _fields(file: str) -> Iterator[Field]:
    """Every field of a file; what stands far inside, at the first of its places."""
    root = _schema(file)
    seen: set[str] = set()

    def walk(schema: Schema, path: tuple[str, ...]) -> Iterator[Field]:
        for name, child in schema.get("properties", {}).items():
            inner = _inside(child, root["$defs"])
            yield Field(file, path, name, child, inner.get("properties", {}))
            shape = " ".join(inner.get("properties", ()))
            if len(path) < 2 or shape not in seen:
                seen.add(shape)
                yield from walk(inner, (*path, name)) if len(path) < _DEEPEST else ()

    return walk(root, ())


def _inside(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """The mapping that a field holds, or a list or register of; {} if it holds text only."""
    for _ in range(4):
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        if "properties" in schema:
            return schema
        below = schema.get("items") or schema.get("additionalProperties")
        if not isinstance(below, dict):
            return {}
        schema = below
    return {}


def _listed(places: list[str]) -> str:
    return "; ".join(places[:_SHOWN]) + (" and elsewhere" if len(places) > _SHOWN else "")


def _said(field: Field) -> str:
    example = next(iter(field.schema.get("examples", ())), None)
    if field.file == "registers" and not field.path and field.inside:
        example = {"KEY": {next(iter(field.inside)): "…"}}
    shown = f"\n\n    {field.name}: {_flow(example)}" if example is not None else ""
    below = f"\n\n{_table(field.inside).rstrip()}" if field.inside else ""
    return f"{field.schema.get('description', '')}{shown}{below}"


def _table(fields: dict[str, Schema]) -> str:
    """A row for each field; kinds and blocks have pages of their own, and types are alike."""
    own = {name: schema for name, schema in fields.items() if name not in _paged(fields)}
    abouts = [str(schema.get("description", "")) for schema in own.values()]
    if len(own) > 2 and len(set(abouts)) == 1:
        return f"{', '.join(f'`{name}`' for name in own)}: {abouts[0]}\n"
    rows = [f"| `{name}` | {about} |" for name, about in zip(own, abouts, strict=True)]
    kinds = "a kind" if "person" in fields else "a block"
    list_ = "kinds" if "person" in fields else "structure"
    first = [f"| {kinds} | See `edition explain {list_}`. |"] if len(own) < len(fields) else []
    return "\n".join(["| | |", "|---|---|", *first, *rows]) + "\n"


def _paged(fields: dict[str, Schema]) -> frozenset[str]:
    """Those of the fields that are kinds, or blocks, where such may stand."""
    if "person" in fields:
        return frozenset(KINDS)
    return frozenset(BLOCKS) if "head" in fields else frozenset()


def _flow(example: object) -> str:
    """YAML in one line."""
    if isinstance(example, dict):
        return f"{{{', '.join(f'{key}: {_flow(value)}' for key, value in example.items())}}}"
    if isinstance(example, list):
        return f"[{', '.join(map(_flow, example))}]"
    text = str(example)
    return dumps(text, ensure_ascii=False) if text[:1] in "[{'\"*&!|>%@`^\\" or ": " in text else text
