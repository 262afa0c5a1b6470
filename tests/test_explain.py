"""What has no page is explained from the schemas: every field, once asked for by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.format.explain import FILES, explained_fields, explained_names, listed_files, unknown
from pages import run


@pytest.mark.parametrize("name", explained_names())
def test_every_field_is_explained(name: str) -> None:
    page = explained_fields(name) or ""
    assert page.startswith("# ") and "None" not in page and "$ref" not in page
    assert page == explained_fields(f"{name}:")


@pytest.mark.parametrize(
    "asked, words",
    [
        ("header", "| `language` | The language of the text, as a tag (BCP 47). |"),
        ("people", "    people: {KEY: {name: …}}"),
        ("hands", "| `scribe` |"),
        ("conventions", "It stands in annotations/NAME.yaml; annotations/edition.yaml."),
        ("edition.yaml", "| `rules` |"),
        ("accession", "It stands in `people` of annotations/registers/*.yaml."),
        ("also", "| a kind | See `edition explain kinds`. |"),
    ],
)
def test_what_is_said(asked: str, words: str) -> None:
    assert words in (explained_fields(asked) or "")


def test_a_rule_goes_before_a_field_unless_there_is_a_colon(tmp_path: Path) -> None:
    assert run("edition explain rules", tmp_path).stdout.startswith("rules\n  E101")
    assert run("edition explain rules:", tmp_path).stdout.startswith("# rules\n\nWhich warnings")
    assert run("edition explain", tmp_path).stdout.endswith(listed_files())
    assert all(file in listed_files() for file in FILES)


def test_a_field_that_is_nearly_right_is_hinted_at() -> None:
    assert explained_fields("acession") is None
    assert "did you mean “accession”?" in unknown("acession", explained_names())
