"""Cases of tests/cases: how they are read, laid out in a temporary folder, and compared. Runs nothing."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import yaml

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]
Tree = dict[str, tuple[int, str]]


@cache
def expectations() -> dict[str, Case]:
    """Every case by its folder's name; a variant as FOLDER/VARIANT."""
    found: dict[str, Case] = {}
    for folder in sorted(CASES.iterdir()):
        if folder.name.startswith("_"):
            continue
        case = yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))
        for name, variant in case.pop("variants", {"": {}}).items():
            both = case | variant | {"make": [*case.get("make", ()), *variant.get("make", ())]}
            found[f"{folder.name}/{name}".rstrip("/")] = both
    return found


# a project


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder that another user may be given (those of pytest may not be entered)."""
    with TemporaryDirectory(prefix="case-") as name:
        try:
            yield Path(name)
        finally:
            for path in Path(name).rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)


def laid_out(name: str, folder: Path) -> Path:
    """The project of a case (or of _minimal) in a folder, as it is before anything runs."""
    project = folder / "project"
    for layer in (CASES / "_minimal", CASES / name.split("/")[0] / "project"):
        if layer.is_dir():
            shutil.copytree(layer, project, dirs_exist_ok=True)
    for item in expectations()[name]["make"] if name in expectations() else ():
        make(project, item)
    return project


def make(project: Path, item: dict[str, Any]) -> None:
    """One line of `make:`. Its first key is the verb, and that key's value a path in the project."""
    verb, path = next(iter(item)), project / next(iter(item.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    match verb:
        case "file":
            path.write_bytes(_content(path, item))
        case "folder":
            path.mkdir(exist_ok=True)
        case "remove":
            path.unlink()
        case "remove-folder":
            path.rmdir()
        case "fifo":
            os.mkfifo(path)
        case "zero":  # a device that never ends
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        case "symlink":
            path.symlink_to(item["to"])
        case "mode":
            path.chmod(int(item["is"], 8))
        case _:
            raise ValueError(f"nothing is made by {verb}")


def _content(path: Path, item: dict[str, Any]) -> bytes:
    """bytes: one a character. text: in UTF-8, `times` over (`{n}` counts), between `before` and `after`.

    replace, prepend, append: a file that is there, changed.
    """
    if "bytes" in item:
        return bytes(item["bytes"], "latin-1")
    if "text" in item:
        middle = "".join(item["text"].replace("{n}", str(n)) for n in range(item.get("times", 1)))
        return f"{item.get('before', '')}{middle}{item.get('after', '')}".encode()
    text: str = path.read_bytes().decode()
    for words, others in item.get("replace", {}).items():
        assert words in text, f"“{words}” is not in {path.name}"
        text = text.replace(words, others)
    return f"{item.get('prepend', '')}{text}{item.get('append', '')}".encode()


def tree(folder: Path) -> Tree:
    """All that stands in a folder, without the lock: mode and content (or target) of each."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = str(path.readlink()) if path.is_symlink() else ""
        if stat.S_ISREG(mode):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        if ".edition" not in path.parts:
            found[path.relative_to(folder).as_posix()] = (mode, content)
    return found


# what came out


@dataclass(frozen=True, slots=True)
class Told:
    rule: str
    at: str
    text: str


_HEADLINE = re.compile(r"^(?:error|warning|information)\[([A-Z]\d{3})\]: ", re.MULTILINE)
_PLACE = re.compile(r"^ *--> (.*)$", re.MULTILINE)


def told(report: str) -> list[Told]:
    """The diagnostics of a report in text."""
    heads = list(_HEADLINE.finditer(report))
    ends = [*(head.start() for head in heads), len(report)][1:]
    blocks = [report[head.start() : end] for head, end in zip(heads, ends, strict=True)]
    places = [place[1] if (place := _PLACE.search(block)) else "" for block in blocks]
    return [Told(head[1], at, block) for head, at, block in zip(heads, places, blocks, strict=True)]


def pointing(edition: bytes) -> Iterator[str]:
    """Ids that stand twice, and pointers to ids that stand nowhere."""
    pairs = [pair for element in ElementTree.fromstring(edition).iter() for pair in element.items()]
    ids = Counter(value for name, value in pairs if name == "{http://www.w3.org/XML/1998/namespace}id")
    yield from (f"the xml:id “{name}” stands twice" for name, often in ids.items() if often > 1)
    targets = {word[1:] for _, value in pairs for word in value.split() if word.startswith("#")}
    yield from (f"nothing has the xml:id “{name}”" for name in sorted(targets - ids.keys()))
