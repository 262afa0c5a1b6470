"""Every format: its account is complete, the same input gives the same bytes, and what it says of itself is said."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import edition as library
from edition.app import commands
from edition.exports.annotations import annotation_rows, block_rows
from edition.exports.formats import WRITERS
from edition.exports.writer import Export, Writer, account, items, losses, unmet
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
    known = items(given, writer.subjects)
    lost = [(one.id, one.field) for one in export.lost]
    assert len(lost) == len(set(lost))
    assert {id for id, _ in lost} <= {*items(given, ("annotations", "blocks", "entries", "texts"))}
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
