"""Reading files safely: inside the project, and regular files only. Knows no format."""

from __future__ import annotations

import stat
from pathlib import Path

from edition.model import rules
from edition.model.diagnostics import Diagnostic, Rule, diagnostic, visible
from edition.model.source import Source, Span

LARGEST = 64 * 1024 * 1024


def read_file(root: Path, name: str) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of a file of the project, named by a relative path with “/”."""
    if problem := unsafe(root, name):
        return None, [_told(rules.PATH, name, problem)]
    path = root / name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [
                _told(rules.NOT_A_FILE, name, "is not a regular file", "Put the file itself there.")
            ]
        if path.stat().st_size > LARGEST:
            problem = f"is larger than {LARGEST // 1024 // 1024} MB"
            return None, [_told(rules.DEPTH, name, problem, "Divide it.")]
        return path.read_bytes(), []
    except OSError as error:
        return None, [_told(rules.IO, name, f"cannot be read: {error.strerror}")]


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


def _told(rule: Rule, name: str, problem: str, help: str = "") -> Diagnostic:
    return diagnostic(rule, f"{visible(name)} {problem}", Span(Source(name, ""), 0, 0), help=help)
