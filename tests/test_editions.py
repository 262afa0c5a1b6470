"""Whole projects of several genres: each builds, proves, is valid TEI, and gives what is committed.

UPDATE_EDITIONS=1 writes what they give now; read it before you commit it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import edition
from tei_schema import CLOSED, TEI_ALL, faults

EDITIONS = Path(__file__).parent / "editions"
UPDATE = os.environ.get("UPDATE_EDITIONS") == "1"
NAMES = sorted(path.name for path in EDITIONS.iterdir() if path.is_dir())
TEXTS = [(path.parents[1].name, path.stem) for path in sorted(EDITIONS.glob("*/seeds/*.txt"))]
each_text = pytest.mark.parametrize(("name", "text"), TEXTS, ids="-".join)


def golden(name: str, text: str) -> Path:
    return EDITIONS / name / "out" / f"{text}.xml"


@pytest.mark.parametrize("name", NAMES)
def test_a_project_gives_what_is_committed(name: str, tmp_path: Path) -> None:
    for folder in ("seeds", "annotations"):
        shutil.copytree(EDITIONS / name / folder, tmp_path / folder)
    outcome = edition.build(tmp_path)
    assert {d.rule.severity for d in outcome.diagnostics} <= {"information"}, outcome.diagnostics
    assert outcome.ok and len(outcome.written) == len(list((tmp_path / "seeds").iterdir()))
    for file in (tmp_path / "out").glob("*.xml"):
        path = golden(name, file.stem)
        if UPDATE:
            path.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, path)
        assert file.read_text("utf-8") == path.read_text("utf-8"), "UPDATE_EDITIONS=1 writes it anew"


@each_text
def test_it_holds_its_seed(name: str, text: str) -> None:
    (result,) = edition.prove(EDITIONS / name, [golden(name, text)])
    assert result.ok
    assert result.proof.text == (EDITIONS / name / "seeds" / f"{text}.txt").read_text("utf-8")


@pytest.mark.parametrize("schema", [TEI_ALL, CLOSED], ids=["tei_all", "ours"])
@each_text
def test_it_is_valid(name: str, text: str, schema: Path) -> None:
    # without the declaration: the document is handed over as text
    document = golden(name, text).read_text("utf-8").partition("?>")[2]
    assert faults(document, schema) == []
