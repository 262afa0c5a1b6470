"""Reads files safely: inside the project, and regular files only. Knows no format."""

from __future__ import annotations

import stat
from pathlib import Path

from edition.model import rules
from edition.model.diagnostics import Diagnostic, diagnostic, visible
from edition.model.source import whole_file

LARGEST = 64 * 1024 * 1024


def read_file(root: Path, name: str) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of a file of the project, named by a relative path with “/”; or None and why it is not read."""
    path, help = root / name, ""
    try:
        if problem := unsafe(root, name):
            rule = rules.PATH
        elif not stat.S_ISREG(path.stat().st_mode):
            rule, problem, help = rules.NOT_A_FILE, "is not a regular file", "Put the file itself there."
        elif path.stat().st_size > LARGEST:
            rule, problem, help = rules.DEPTH, f"is larger than {LARGEST >> 20} MB", "Divide it."
        else:
            return path.read_bytes(), []
    except OSError as error:
        rule, problem = rules.IO, f"cannot be read: {error.strerror}"
    return None, [diagnostic(rule, f"{visible(name)} {problem}", whole_file(name), help=help)]


def unsafe(root: Path, name: str) -> str:
    """Why a path written in a project may not be followed; "" if it may."""
    if problem := escapes(name):
        return problem
    try:
        inside = (root / name).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return "cannot be followed"
    return "" if inside else "is a link that leads out of the project"


def escapes(name: str) -> str:
    """Why a path leads out of the project by its letters alone; "" if it does not."""
    if "\0" in name or any(ord(c) < 32 for c in name):
        return "holds a control character"
    if "\\" in name or "://" in name or name.startswith(("/", "~", "file:")) or name[1:2] == ":":
        return "is not a path relative to the project, with “/” between its parts"
    if ".." in name.split("/"):
        return "leads out of the project"
    return ""
