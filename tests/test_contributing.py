"""The recipes of CONTRIBUTING.md are true: each is followed to the letter in a copy of the checkout, to green.

In a section “Add a …”, a block with a path is a file, or, as `diff`, a change of one; a block of `sh` is run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pages import Fence, fences

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = dict(
    re.findall(r"(?ms)^## (Add an? (?:kind|rule|export format))\n(.*?)(?=^## (?:Add|Style))", PAGE)
)
SECONDS = 600


def copied(folder: Path) -> Path:
    """The checkout as git has it, and what stands in it uncommitted."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def followed(fence: Fence, folder: Path) -> None:
    """One block, done as a contributor would."""
    if fence.language == "sh":
        ran(fence.body, folder)
    elif fence.language == "diff":
        path = folder / fence.path
        path.write_text(patched(path.read_text("utf-8"), fence.body), "utf-8")
    elif fence.path:
        (folder / fence.path).write_text(fence.body, "utf-8")


def patched(text: str, patch: str) -> str:
    """The text with a patch: what its lines with a space or a minus say stands there once, and is replaced."""
    lines = patch.rstrip("\n").split("\n")
    old, new = ("\n".join(line[1:] for line in lines if line[0] != sign) for sign in "+-")
    assert text.count(old) == 1, f"this does not stand there once:\n{old}"
    return text.replace(old, new)


def ran(commands: str, folder: Path) -> None:
    """Commands of a shell, with this program and this Python, each of which must succeed."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    for name, module in (("edition", "edition"), ("pytest", "pytest")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        program.chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "PATH": os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": str(folder / "src"),
    }
    run = subprocess.run(
        ["sh", "-euc", commands],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert run.returncode == 0, f"{commands}{run.stdout[-3000:]}{run.stderr[-3000:]}"


def test_there_are_recipes() -> None:
    assert [*RECIPES] == ["Add a kind", "Add a rule", "Add an export format"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_leads_to_green(recipe: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    blocks = [fence for fence in fences(RECIPES[recipe]) if fence.language == "sh" or fence.path]
    assert blocks, "it shows nothing to do"
    for fence in blocks:
        followed(fence, folder)
