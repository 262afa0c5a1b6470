"""The real tools that exports are opened with. One that is missing: the test is skipped with the reason, in CI it fails.

`npm ci` in tests/tools gives the packages of node; a virtual environment tests/tools/.venv those of Python that are
heavy or copyleft (requirements.txt). Neither is a dependency of the program.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

TOOLS = Path(__file__).parent / "tools"
SHARED = Path(os.environ.get("EDITION_SHARED") or Path(__file__).parents[2] / "shared")
SECONDS = 300


def missing(reason: str) -> NoReturn:
    """Skips the test, or fails it in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str) -> str:
    """A program of the system by its name: its path."""
    found = shutil.which(name)
    return found or missing(f"{name} is not installed")


def node_modules() -> Path:
    """The packages of tests/tools/package.json."""
    path = TOOLS / "node_modules"
    return path if path.is_dir() else missing("no tests/tools/node_modules: run `npm ci` in tests/tools")


def python() -> Path:
    """The interpreter of tests/tools/.venv."""
    path = TOOLS / ".venv" / "bin" / "python"
    return path if path.exists() else missing("no tests/tools/.venv: see tests/tools/requirements.txt")


def shared(path: str) -> Path:
    """A file from beside the checkout (EDITION_SHARED)."""
    file = SHARED / path
    return file if file.exists() else missing(f"there is no {file} (EDITION_SHARED)")


def chromium() -> str:
    """The browser: $CHROMIUM, else Debian's."""
    return os.environ.get("CHROMIUM") or program("chromium")


def ran(command: Sequence[object], text: str = "", **variables: str) -> str:
    """What a tool prints, given `text` and further variables of the environment; fails with its words where it fails."""
    run = subprocess.run(
        [str(part) for part in command],
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        env={**os.environ, **variables},
        check=False,
    )
    assert run.returncode == 0, (
        f"{command[0]} said {run.returncode}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}"
    )
    return run.stdout


def browse(folder: Path, script: str, argument: object = None, errors: Sequence[str] = ()) -> Any:
    """What a script of tests/tools (a name without `.mjs`) finds in pages of a folder, opened in Chromium.

    Fails on whatever the page could not load and on every uncaught exception, but for the `errors` named.
    """
    node_modules()
    command = [program("node"), TOOLS / "page.mjs", folder, TOOLS / f"{script}.mjs", "-"]
    answer = json.loads(ran(command, json.dumps(argument), CHROMIUM=chromium()))
    assert [error for error in answer["errors"] if error not in errors] == []
    return answer["value"]
