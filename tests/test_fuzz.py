"""Broken projects: the short form of `tests/fuzz.py`, and that it would see what it looks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import fuzz
from edition.model.diagnostics import Diagnostic, Edit, Fix, Label
from edition.model.rules import YAML
from edition.model.source import Source, Span
from mutations import MUTATIONS, mutated

FILES = {
    "seeds/letter.txt": b"I have seen Goethe in Jena at last.\n",
    "annotations/letter.yaml": b"edition: 1\nannotations:\n  - {person: goethe, quote: Goethe}\n  - {place: jena, quote: Jena}\n",
    "annotations/edition.yaml": b"edition: 1\neditors: {ed: {name: Ed}}\n",
}


def test_a_few_hundred_broken_projects_do_no_harm(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(Path(fuzz.__file__)),
        "--inputs",
        "200",
        "--workers",
        "2",
        "--keep",
        str(tmp_path),
    ]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stderr == "", "the projects it begins with are valid"
    assert "\nfaults: 0\n" in ended.stdout


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_changes_something_and_always_the_same(name: str) -> None:
    found = [MUTATIONS[name](FILES, Random(n)) for n in range(40)]
    assert sum(files != FILES for files in found) > 5
    assert found == [MUTATIONS[name](FILES, Random(n)) for n in range(40)]


def test_the_same_number_is_the_same_input() -> None:
    assert mutated(FILES, Random("1:7")) == mutated(FILES, Random("1:7"))


SOURCE = Source("a.yaml", "a: b\n")
OUTSIDE = Span(SOURCE, 4, 9)


@pytest.mark.parametrize(
    ("diagnostic", "fault"),
    [
        (Diagnostic(YAML, "no place"), "has no place"),
        (Diagnostic(YAML, "outside", (Label(OUTSIDE),)), "4–9 of 5 in a.yaml"),
        (
            Diagnostic(
                YAML, "a fix outside", (Label(Span(SOURCE, 0, 1)),), fix=Fix("x", (Edit(OUTSIDE, "y"),))
            ),
            "4–9 of 5 in a.yaml",
        ),
    ],
)
def test_a_finding_that_is_nowhere_is_seen(diagnostic: Diagnostic, fault: str) -> None:
    assert fault in fuzz.misplaced([diagnostic])


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("raise ValueError('x')", "traceback: ValueError: x"),
        ("while True: pass", "ended by SIGXCPU"),
        ("x = bytearray(400 << 20)", "memory"),
        ("import os; os.kill(os.getpid(), 9)", "ended by SIGKILL"),
    ],
)
def test_what_goes_wrong_in_the_program_is_seen(
    code: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> tuple[int, tuple[str, ...], str]:
        exec(code)
        return 0, (), ""

    monkeypatch.setattr(fuzz, "examine", broken)
    monkeypatch.setattr(fuzz, "HARD_SECONDS", 1)
    assert fuzz.run(0, "", FILES, ()).fault == fault
