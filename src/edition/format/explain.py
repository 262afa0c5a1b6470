"""What `edition explain` says. Rules, kinds and blocks have pages, which the package ships; what it says of a file or a
field of the YAML files is made from their JSON Schemas. Knows no project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import dumps
from pathlib import Path
from typing import Any, NamedTuple

from edition.format.json_schema import Which, schema_of
from edition.model import rules, vocabulary
from edition.model.rules import RULES
from edition.model.similar import similar_word
from edition.model.vocabulary import BLOCKS, KINDS


class Page(NamedTuple):
    """A Markdown page of a section of `edition explain`; only rules have a code."""

    section: str
    code: str
    name: str
    about: str
    path: Path

    def read(self) -> str:
        return self.path.read_text(encoding="utf-8").rstrip() + "\n"


PAGES_OF_KINDS = Path(vocabulary.__file__).with_name("kinds")
SECTIONS = ("rules", "kinds", "structure")
PAGES = (
    *(Page("rules", r.code, r.name, r.why, rules.page_of(r)) for r in RULES.values()),
    *(Page("kinds", "", k.name, k.about, PAGES_OF_KINDS / f"{k.name}.md") for k in KINDS.values()),
    *(
        Page("structure", "", b.name, b.about, PAGES_OF_KINDS / f"structure-{b.name}.md")
        for b in BLOCKS.values()
    ),
)


def explained(what: str) -> str | None:
    """The page of a name or code, also after its section (`structure head`), or the list of a section; else None.

    Where a kind, a block and a rule have one name, it is all their pages, in that order.
    """
    first, _, rest = what.strip().lower().partition(" ")
    if first in ("", *SECTIONS) and not rest:
        return list_of_pages([page for page in PAGES if first in ("", page.section)])
    section, name = (first, rest.strip()) if rest else ("", first)
    named = [page for page in PAGES if name in (page.code.lower(), page.name.lower())]
    found = sorted(
        (page for page in named if section in ("", page.section)), key=lambda page: page.section == "rules"
    )
    return "\n".join(page.read() for page in found) or None


def list_of_pages(pages: Sequence[Page]) -> str:
    """The pages section by section, each on a line that begins with its name."""
    sections = {s: [(called(page), page.about) for page in pages if page.section == s] for s in SECTIONS}
    return "\n".join(_in_columns(section, rows) for section, rows in sections.items() if rows)


def _in_columns(title: str, rows: Sequence[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "\n".join([title, *(f"  {name:{width}}  {about}" for name, about in rows)]) + "\n"


def called(page: Page) -> str:
    """The name of a page, after its code if it has one."""
    return f"{page.code} {page.name}" if page.code else page.name


def unknown(what: str, fields: Sequence[str] = ()) -> str:
    """The answer to a name that no page has and none of the fields."""
    names = sorted({*fields, *(name for page in PAGES for name in (page.code, page.name) if name)})
    near = similar_word(what.split()[-1], names, 60) if what.split() else ""
    help = f"did you mean “{near}”?" if near else "`edition explain` lists what there is"
    return f"there is no rule, kind, block or field “{what}”: {help}"


Schema = dict[str, Any]
FILES: dict[Which, str] = {
    "annotations": "What is said of one text, in annotations/NAME.yaml.",
    "registers": "Who and what the texts name, in annotations/registers/*.yaml.",
    "settings": "What holds for all texts of the project, in annotations/edition.yaml.",
}
_PATHS = {name: about.rpartition(" ")[2].rstrip(".") for name, about in FILES.items()}
_ALSO = {"edition.yaml": "settings", "register": "registers", "reigns": "reign", "dates": "date"}
_DEEPEST = 3
_SHOWN = 4  # places of a field that stands at many


class FieldAt(NamedTuple):
    """A field of a mapping. `path` are the fields it stands in, from the top of its file, `inside` those in it."""

    file: Which
    path: tuple[str, ...]
    name: str
    schema: Schema
    inside: dict[str, Schema]


def explained_fields(what: str) -> str | None:
    """What is said of a file, or of a field wherever it may stand; None if there is none of that name."""
    name = what.strip().lower().removesuffix(":")
    name = _ALSO.get(name, name)
    for file, about in FILES.items():
        if file == name:
            return f"# {name}\n\n{about}\n\n{_table(_inside(dict(schema_of(file)), {})['properties'])}"
    parts: dict[str, list[str]] = {}
    found = [field for file in FILES for field in _fields(file) if field.name.lower() == name]
    for field in sorted(found, key=lambda field: len(field.path)):
        where = " → ".join(f"`{part}`" for part in field.path)
        at = f"{where} of {_PATHS[field.file]}" if where else _PATHS[field.file]
        parts.setdefault(_said(field), []).append(at)
    said = [f"{about}\n\nIt stands in {_listed(list(dict.fromkeys(at)))}.\n" for about, at in parts.items()]
    return "\n".join([f"# {name}\n", *said]) if said else None


def listed_files() -> str:
    """The sorts of YAML files, each on a line."""
    return _in_columns("files", [*FILES.items()])


def explained_names() -> list[str]:
    """The names of all files and fields that `explained_fields` knows."""
    return sorted({*FILES, *_ALSO, *(field.name for file in FILES for field in _fields(file))})


def _fields(file: Which) -> Iterator[FieldAt]:
    """Every field of a file; one that stands far inside comes once, at the first of its places."""
    root: Schema = schema_of(file)
    seen: set[str] = set()

    def walk(schema: Schema, path: tuple[str, ...]) -> Iterator[FieldAt]:
        for name, child in schema.get("properties", {}).items():
            inner = _inside(child, root["$defs"])
            yield FieldAt(file, path, name, child, inner.get("properties", {}))
            shape = " ".join(inner.get("properties", ()))
            if len(path) < 2 or shape not in seen:
                seen.add(shape)
                yield from walk(inner, (*path, name)) if len(path) < _DEEPEST else ()

    return walk(root, ())


def _inside(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """The schema of the mapping that a field holds, or of each in a list or register; {} if it holds text only."""
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


def _said(field: FieldAt) -> str:
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
    """The names of kinds or blocks, where such may stand among the fields."""
    if "person" in fields:
        return frozenset(KINDS)
    return frozenset(BLOCKS) if "head" in fields else frozenset()


def _flow(example: object) -> str:
    """A value as YAML on one line."""
    if isinstance(example, dict):
        return f"{{{', '.join(f'{key}: {_flow(value)}' for key, value in example.items())}}}"
    if isinstance(example, list):
        return f"[{', '.join(map(_flow, example))}]"
    text = str(example)
    return dumps(text, ensure_ascii=False) if text[:1] in "[{'\"*&!|>%@`^\\" or ": " in text else text
