"""What the tests of editions for readers share: the projects, their texts as readers see them, words to compare."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from edition.app import commands
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.model import Text
from edition.exports.readers.wording import corrected, legible, without
from edition.model.edition import Edition

ROOT = Path(__file__).parent.parent
PROJECTS = {"project": ROOT, **{path.name: path for path in sorted((ROOT / "tests/editions").iterdir())}}


@cache
def edition(project: str) -> Edition:
    outcome = commands.build_in_memory(PROJECTS[project])
    assert outcome.ok
    return outcome.edition


@cache
def texts(project: str) -> tuple[Text, ...]:
    return tuple(text_for_readers(edition(project).project, built) for built in edition(project).documents)


def seen(text: Text, wording: str, shown: str) -> str:
    """The words of a view, as they are shown: `corrected` or `diplomatic`; `author`, `glosses` or `residue`."""
    content = without(text.body.content, voices=shown == "author", residue=shown != "residue")
    return one_line(corrected(content) if wording == "corrected" else legible(content))


def one_line(words: str) -> str:
    return " ".join(words.split())
