"""`txt`: the whole text is the source, byte for byte."""

from __future__ import annotations

import pytest

from edition.exports.readers import txt
from readings import PROJECTS, edition


@pytest.mark.parametrize("project", PROJECTS)
def test_the_whole_text_is_the_source(project: str) -> None:
    files = txt.write(edition(project)).files
    for built in edition(project).documents:
        assert files[f"{built.name}.txt"].decode() == built.document.seed.text
    assert len(files) == 3 * len(edition(project).documents)


def test_corrected_german_reads_as_german() -> None:
    words = txt.write(edition("project")).files["trotzki-exil.corrected.txt"].decode()
    assert "Im Oktober 1927 wurden Trotzki und Sinowjew aus dem Zentralkomitee ausgeschlossen." in words
    assert "Edit" not in words and "Kommentar" not in words
    assert "., " not in words and "  " not in words


def test_a_broken_word_is_whole_again() -> None:
    files = txt.write(edition("manuscript")).files
    assert "the roof is mended. Father" in files["draft.corrected.txt"].decode()
    assert "mend-\ned" in files["draft.txt"].decode()
