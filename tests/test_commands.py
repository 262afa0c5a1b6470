"""The program as it is used: every page of tests/commands is run, command by command."""

from __future__ import annotations

import os
import pty
import sys
import tomllib
from pathlib import Path

import pytest

from pages import SOURCES, fences, play, run, settle

PAGES = sorted((Path(__file__).parent / "commands").glob("*.md"))
RED = "\x1b[1;31merror[E104]"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_commands_say_what_the_page_says(path: Path, tmp_path: Path) -> None:
    settle(path, play(path.read_text(encoding="utf-8"), tmp_path))


def test_every_exit_code_is_shown() -> None:
    blocks = "".join(fence.body for path in PAGES for fence in fences(path.read_text(encoding="utf-8")))
    for code in (1, 2, 3):
        assert f"\n? {code}\n" in blocks


def test_it_knows_its_version(tmp_path: Path) -> None:
    project = tomllib.loads((SOURCES.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert run("edition --version", tmp_path).stdout == f"edition, version {project['version']}\n"


def test_no_page_shows_a_traceback_or_a_path_of_this_machine() -> None:
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        assert "Traceback" not in page
        assert "/tmp" not in page and str(SOURCES.parent) not in page


# colour, which only a terminal gets


def on_a_terminal(folder: Path, **environment: str) -> str:
    """What `edition build` writes to a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
        new = {**clean, "PYTHONPATH": str(SOURCES), "TERM": "xterm", **environment}
        os.execve(sys.executable, [sys.executable, "-m", "edition", "build"], new)
    parts = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:  # Linux says so when the other end is closed
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "letter.txt").write_text("", encoding="utf-8")
    return tmp_path


def test_a_terminal_gets_colours(empty: Path) -> None:
    assert RED in on_a_terminal(empty)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_no_colours_for_those_who_want_none(empty: Path, environment: dict[str, str]) -> None:
    said = on_a_terminal(empty, **environment)
    assert "error[E104]" in said and "\x1b" not in said


def test_no_colours_in_a_pipe(empty: Path) -> None:
    assert "\x1b" not in run("edition build", empty).stderr
