"""Every format: its account is complete, the same input gives the same bytes, and what it says of itself is said."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import edition as library
from edition.app import commands
from edition.exports.annotations import annotation_rows, block_rows
from edition.exports.formats import WRITERS
from edition.exports.writer import Export, Writer, account, account_rows, losses, unmet
from edition.model.edition import Edition
from tools import missing

ROOT = Path(__file__).parent.parent
PROJECTS = {"project": ROOT, **{path.name: path for path in sorted((ROOT / "tests/editions").iterdir())}}

each = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
everywhere = pytest.mark.parametrize("project", PROJECTS)


@cache
def edition(project: str) -> Edition:
    outcome = commands.build_in_memory(PROJECTS[project])
    assert outcome.ok
    return outcome.edition


def written(writer: Writer, given: Edition) -> Export:
    """What a writer gives; without a library that it needs, the test is skipped (in CI it fails)."""
    for lacking in unmet(writer):
        missing(lacking.message)
    return writer.write(given)


@everywhere
def test_identifiers_are_unique_in_a_text_and_marks_quote_the_seed(project: str) -> None:
    for built in edition(project).documents:
        found = annotation_rows(edition(project).project, built)
        ids = Counter([mark.id for mark in found] + [block.id for block in block_rows(built)])
        assert [name for name, times in ids.items() if times > 1] == []
        assert all(
            mark.exact == built.document.seed.text[mark.start : mark.end] for mark in found if mark.placed
        )


@each
@everywhere
def test_what_is_lost_is_told_once(writer: Writer, project: str) -> None:
    given = edition(project)
    export = written(writer, given)
    known = account_rows(given, writer.subjects)
    lost = [(one.id, one.field) for one in export.lost]
    assert len(lost) == len(set(lost))
    assert {id for id, _ in lost} <= {*account_rows(given, ("annotations", "blocks", "entries", "texts"))}
    told = account(writer, given, export)
    assert all(d.labels and d.rule.code == "I641" for d in told)
    assert bool(told) == any(losses(writer, known, export))


@each
def test_the_same_bytes_again(writer: Writer) -> None:
    again = commands.build_in_memory(ROOT).edition
    assert written(writer, again).files == written(writer, edition("project")).files


@each
def test_a_format_says_what_it_is(writer: Writer) -> None:
    said = (writer.tool, writer.carries, writer.cannot, writer.opened, writer.about)
    assert all(said) and len(writer.about) > 80


def test_the_library_writes_formats_by_their_names(tmp_path: Path) -> None:
    outcome = library.export(ROOT, ["txt", "jsonl"], to=tmp_path)
    assert outcome.ok
    assert {path.name for path in tmp_path.iterdir()} == {"txt", "jsonl"}
    with pytest.raises(ValueError, match="did you mean jsonl"):
        library.export(ROOT, ["jsonlines"])


TOOLS = {  # as `opened` calls it → how tests import or run it
    "CETEIcean": "CETEI",
    "text-annotator": "text-annotator",
    "salve": "salve",
    "dkpro-cassis": "cassis",
    "python-docx": "docx",
    "markdown-it-py": "markdown_it",
    "poppler": "pdfinfo",
    "axe-core": "axe",
    **{
        tool: tool
        for tool in (
            "jing", "saxonche", "pyld", "stam", "pybrat", "conllu", "json", "csv", "pyarrow", "dapytains", "rdflib",
            "networkx", "rocrate", "epubcheck", "pylatexenc", "lualatex", "standoffconverter",
        )
    },
}  # fmt: skip
NO_TOOL = ("none can be had", "no tool is to be had", "in no package registry", "Python: ")
TESTS = Path(__file__).parent


@each
def test_what_opens_a_format_is_run_by_a_test_of_it(writer: Writer) -> None:
    module = writer.write.__module__.rpartition(".")[2]
    names = re.compile(rf'\b{module}\b|"{writer.name}"').search
    general = ("test_exports.py", "test_carried.py")
    own = [
        path
        for path in TESTS.glob("test_*.py")
        if path.name not in general and names(path.read_text("utf-8"))
    ]
    assert own, "no test but the general ones speaks of it"
    tools = [TOOLS[tool] for tool in TOOLS if re.search(rf"\b{re.escape(tool)}\b", writer.opened)]
    assert tools or any(words in writer.opened for words in NO_TOOL), (
        "`opened` names no tool, nor that there is none"
    )
    run = " ".join(_with_what_it_runs(path) for path in own)
    assert [tool for tool in tools if not re.search(rf"\b{re.escape(tool)}\b", run)] == []


def _with_what_it_runs(path: Path, seen: frozenset[Path] = frozenset()) -> str:
    """The text of a test module, and of the helpers and tools that it names."""
    text = path.read_text("utf-8")
    named = {TESTS / f"{name}.py" for name in re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)}
    words = {name for name, _ in re.findall(r'"([\w-]+)(\.py|\.mjs)?"', text)}
    named |= {TESTS / f"tools/{name}{ending}" for name in words for ending in (".py", ".mjs")}
    inner = [one for one in sorted(named) if one.exists() and one not in seen and one != path]
    return "\n".join([text, *(_with_what_it_runs(one, seen | {path}) for one in inner)])
