"""The lock of a project, and files written under it or without it: each whole or not at all. Knows no format."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from edition.read.files import unsafe

STAGED = ".edition-"


def write_all(folder: Path, files: Mapping[str, bytes], stage: Path | None = None) -> None:
    """Write files into a folder, by their names in it. A file that holds these bytes already is not touched.

    All are staged first, in `stage` or (where that is another file system) beside their places, and then moved there.
    Raises OSError with the name of the file; then none is torn, and what was not yet moved is as before.
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
    """Write one file, whole or not at all; or into a pipe or device that stands there. Raises OSError."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
    else:
        write_all(path.parent, {path.name: data})


def _beside(stage: Path | None, target: Path) -> Path:
    """The folder to stage a file in: it can only be moved within its file system."""
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
    """Hold the lock of a project, so that only one build runs in it; gives the folder to stage files in.

    The lock dies with the process, so none is ever stale. Raises OSError.
    """
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
