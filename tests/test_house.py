"""The house: imports point to lower layers, nothing heavy is imported for `--help`, no broad except."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "edition"
LAYERS = (
    ("dates", "dates.calendars"),
    # texts, tables, arithmetic: they know nothing of annotations
    (
        "source",
        "pairs",
        "cached",
        "xml",
        "vocabulary",
        "weave",
        "proof",
        "dates.edtf",
        "commonmark",
        "authorities",
        "sentences",
        "languages",
    ),
    ("diagnostics", "fragment", "dates.tei", "wording", "header_encoding", "reports.jsontext"),
    ("catalogue", "prose", "reports", "reports.text", "dates.words"),
    ("reports.places", "reports.pages"),
    ("reports.short", "reports.fingerprints", "reports.junit"),
    ("reports.json", "reports.sarif", "reports.github", "reports.html", "reports.baseline"),
    ("yamlmarks", "files", "explain", "grammar_fields"),
    ("model", "shape_wrong", "grammar_places", "splice"),
    ("dates.reigns", "mending"),
    # reading: bytes and YAML → nouns; and bytes ⇄ elements
    (
        "seed",
        "characters",
        "annotations",
        "find",
        "facts",
        "tei",
        "shape_words",
        "grammar_annotation",
        "grammar_structure",
        "grammar_conventions",
    ),
    (
        "describe",
        "context",
        "schema",
        "grammar",
        "conventions",
        "recognised",
        "standoff",
        "correspondence",
        "declarations",
        "moved",
    ),
    (
        "unfound",
        "explain_fields",
        "encoder",
        "shape",
        "footnotes",
        "header",
        "schemas",
        "conflicts",
        "schematron",
        "cells",
        "fetch",
    ),
    # one text: places, then elements
    ("anchor", "shapes", "project", "acceptance"),
    ("editors",),
    ("starter",),
    ("structure", "encode", "blocks", "hits"),
    ("notes", "recognition"),
    ("pipeline",),
    # a project's files, and people
    ("show", "uses", "severities"),
    ("document",),
    ("checks.date_words", "checks.reforms", "checks.times", "checks.references", "checks.mentions"),
    ("checks.coverage", "checks.text", "checks.fidelity", "checks.jing", "checks.svrl"),
    ("checks.schemas",),
    ("checks.dates", "checks.plausibility"),
    ("checks", "exports.marks"),
    ("exports.reading", "exports.labels", "exports.signs"),
    ("exports.worded",),
    ("exports.indexes", "exports.reader_header", "exports.reader_registers", "exports.interventions"),
    ("exports.reader", "exports.html_text"),
    ("exports.html_page",),
    ("exports.writer", "exports.identifiers", "exports.xpaths", "exports.utf16", "exports.tokens"),
    ("exports.said", "exports.shown"),
    ("exports.tables",),
    ("exports.cas_xmi", "exports.stam", "exports.brat", "exports.conll", "exports.catma"),
    ("exports.mentions_csv", "exports.parquet"),
    ("exports.tei", "exports.web_annotation", "exports.trees"),
    (
        "exports.entries",
        "exports.leaf_writer",
        "exports.evt",
        "exports.dtabf",
        "exports.teitok",
        "exports.tei_standoff",
    ),
    ("exports.tei_publisher", "exports.ediarum", "exports.tei_lite"),
    (
        "exports.jsonl",
        "exports.cmif",
        "exports.beacon",
        "exports.gexf",
        "exports.dts",
        "exports.rdf",
        "exports.ro_crate",
    ),
    ("exports.html", "exports.epub", "exports.markdown", "exports.txt"),
    ("exports.trimming", "exports.apparatus", "exports.ooxml", "exports.zipped"),
    ("exports.printed", "exports.docx_parts"),
    ("exports.printed_after",),
    ("exports.typst_text", "exports.latex_text", "exports.docx_text"),
    ("exports.pdf", "exports.latex", "exports.docx"),
    ("exports",),
    ("commands",),
    ("fixing", "watch", "exporting"),
    ("__init__", "cli.common"),
    ("cli.check", "cli.schema"),
    ("cli",),
    ("__main__",),
)
ROOM = {name: k for k, names in enumerate(LAYERS) for name in names}
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
)


def _imports(name: str) -> set[str]:
    path = PACKAGE / f"{name.replace('.', '/')}.py"
    tree = ast.parse(
        (path if path.exists() else PACKAGE / name.replace(".", "/") / "__init__.py").read_text("utf-8")
    )
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "edition":
            module = node.module.removeprefix("edition").removeprefix(".")
            found |= {module} if module else {alias.name for alias in node.names if alias.name in ROOM}
    return found


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    assert name in ROOM, f"{name} has no layer yet"
    assert all(ROOM[other] < ROOM[name] or other == name for other in _imports(name)), _imports(name)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from edition.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stderr.split())
    assert "click" in loaded and "Example" in run.stdout
    assert not loaded & {
        "lxml",
        "lxml.etree",
        "jsonschema",
        "jsonschema_rs",
        "rich",
        "yaml",
        "markdown_it",
        "re2",
        "rapidfuzz",
    }


def test_no_broad_except() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert (
                    node.type is not None
                    and getattr(node.type, "id", "") not in ("Exception", "BaseException")
                ) or _reraises(node), path.name


def _reraises(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
