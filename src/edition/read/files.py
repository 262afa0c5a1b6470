"""Reading and writing files safely: inside the project, regular files only, whole or not at all. Knows no format."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from edition.model import rules
from edition.model.diagnostics import Diagnostic, Rule, diagnostic, visible
from edition.model.source import Source, Span

LARGEST = 64 * 1024 * 1024
STAGED = ".edition-"


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


def write_all(folder: Path, files: Mapping[str, bytes], stage: Path | None = None) -> None:
    """Write files into a folder: all are staged first, then moved to their places. Same bytes: not touched.

    Staged in `stage` (of the same file system), or else beside their places. Raises OSError with the name of the
    file; then none is torn, and what was not yet moved is as before.
    """
    if folder.exists() and not folder.is_dir():
        raise OSError(errno.ENOTDIR, "a file stands where a folder is needed", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    staged: list[tuple[str, Path]] = []
    try:
        for name, data in files.items():
            target = (folder / name).resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            if not (target.is_file() and target.read_bytes() == data):
                staged.append((_stage(_beside(stage, target), data), target))
        for temporary, target in staged:
            try:
                os.replace(temporary, target)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)


def write_one(path: Path, data: bytes) -> None:
    """One file, whole or not at all; into a pipe or a device that stands there. Raises OSError."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
    else:
        write_all(path.parent, {path.name: data})


def _beside(stage: Path | None, target: Path) -> Path:
    """Where to stage: a file can only be moved within its file system."""
    same = stage is not None and stage.stat().st_dev == target.parent.stat().st_dev
    return stage if stage is not None and same else target.parent


def _stage(folder: Path, data: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix=STAGED, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except BaseException:
        Path(name).unlink()
        raise
    return name


@contextmanager
def locked(root: Path) -> Iterator[Path]:
    """One build at a time in a project; gives the folder to stage in. The lock dies with the process: none is ever stale."""
    import fcntl

    folder = root / ".edition"
    if problem := unsafe(root, ".edition/lock"):
        raise OSError(errno.EPERM, problem, str(folder))
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for left in folder.glob(f"{STAGED}*"):  # by a build that was killed
            left.unlink(missing_ok=True)
        yield folder
