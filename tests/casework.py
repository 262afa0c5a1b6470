"""Cases of tests/cases: a project is laid out in a temporary folder and built in a child process with limits.

Run as a program, this file is the warm parent: it has imported edition and forks once for each run, so that a
crash, a leak or an endless loop is seen from outside and costs nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOBODY = 65534
CEILING = 4 * 2**30  # address space of a child: protects the machine, long after the test has failed
Tree = dict[str, tuple[int, str]]


# a project


def lay_out(project: Path, *layers: Path) -> None:
    """Folders copied over one another."""
    for layer in layers:
        if layer.is_dir():
            shutil.copytree(layer, project, dirs_exist_ok=True)
    project.mkdir(exist_ok=True)


def make(project: Path, item: dict[str, Any]) -> None:
    """One line of `make:`. Its first key is the verb, and that key's value a path in the project."""
    verb, path = next(iter(item)), project / next(iter(item.values()))
    if verb != "mode":
        path.parent.mkdir(parents=True, exist_ok=True)
    match verb:
        case "file":
            path.write_bytes(_content(path, item))
        case "folder":
            path.mkdir(exist_ok=True)
        case "remove":
            path.unlink()
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
    """`text` (UTF-8) or `bytes` (one a character), `times` over, between `before` and `after`; or an old file changed."""
    if "bytes" in item:
        return bytes(item["bytes"], "latin-1")
    if "text" in item:
        middle = "".join(item["text"].replace("{n}", str(n)) for n in range(item.get("times", 1)))
        return f"{item.get('before', '')}{middle}{item.get('after', '')}".encode()
    old = path.read_bytes().decode()
    for words, others in item.get("replace", {}).items():
        assert words in old, f"“{words}” is not in {path.name}"
        old = old.replace(words, others)
    return (item.get("prepend", "") + old + item.get("append", "")).encode()


def tree(folder: Path) -> Tree:
    """All that stands in a folder, without the lock: mode and content (or target) of each."""
    found = {}
    for path in sorted(folder.rglob("*")):
        info, name = path.lstat(), path.relative_to(folder).as_posix()
        content = str(path.readlink()) if path.is_symlink() else ""
        if stat.S_ISREG(info.st_mode):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        if ".edition" not in path.parts:
            found[name] = (info.st_mode, content)
    return found


def give_to_nobody(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


# what is told


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


# a run


@dataclass(frozen=True, slots=True)
class Run:
    """What a child does, and within which limits. `file_bytes`: no file may grow larger, as on a full disk."""

    cwd: str
    argv: tuple[str, ...] = ("build",)
    seconds: float = 2
    wall: float = 20
    megabytes: int = 300
    file_bytes: int = 0
    nobody: bool = False
    kill: float = 0


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


class Runner:
    """The warm parent, seen from the tests."""

    def __init__(self) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
            env=os.environ | {"PYTHONUTF8": "1"},
        )  # fmt: skip
        if not self.parent.stdout or self.parent.stdout.readline() != "ready\n":
            raise RuntimeError("the program cannot even build the project of tests/cases/_minimal")

    def __call__(self, *runs: Run) -> list[Ran]:
        """All runs at once."""
        assert self.parent.stdin and self.parent.stdout
        print(json.dumps([asdict(run) for run in runs]), file=self.parent.stdin, flush=True)
        return [Ran(*ran) for ran in json.loads(self.parent.stdout.readline())]

    def close(self) -> None:
        self.parent.communicate()


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


# the warm parent


def serve() -> None:
    """Reads lists of runs, one a line; writes what became of each."""
    _warm()
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    print("ready", file=answer, flush=True)
    for line in sys.stdin:
        runs = json.loads(line)
        started = [_start(run) for run in runs]
        if runs[0]["kill"]:
            time.sleep(runs[0]["kill"])
            os.kill(started[0][0], signal.SIGKILL)
        said = _read([end for _, *ends in started for end in ends])
        print(json.dumps([_end(pid, said[out], said[err]) for pid, out, err in started]), file=answer, flush=True)


def _warm() -> None:
    """Everything is imported, and one project built with and without an error, before the first fork."""
    import pkgutil
    from importlib import import_module

    import edition

    for module in pkgutil.walk_packages(edition.__path__, "edition."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    with temporary() as folder:
        lay_out(folder / "project", Path(__file__).parent / "cases" / "_minimal")
        make(folder / "project", {"file": "annotations/letter.yaml", "append": "  - term: x\n    quote: Jone\n"})
        edition.check(folder / "project")
        make(folder / "project", {"file": "annotations/letter.yaml", "replace": {"Jone": "Jena"}})
        edition.build(folder / "project")


def _start(run: dict[str, Any]) -> tuple[int, int, int]:
    (out, to_out), (err, to_err) = os.pipe(), os.pipe()
    pid = os.fork()
    if not pid:
        _child(run, to_out, to_err)
    os.close(to_out)
    os.close(to_err)
    return pid, out, err


def _child(run: dict[str, Any], out: int, err: int) -> None:
    """The real entry point. Never returns."""
    code = 70
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(run["cwd"])
        _limit(run)
        from edition.cli import main

        main(["-C", run["cwd"], *run["argv"]], prog_name="edition")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 70
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit(run: dict[str, Any]) -> None:
    signal.setitimer(signal.ITIMER_REAL, run["wall"])
    most = int(run["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if run["file_bytes"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (run["file_bytes"], run["file_bytes"]))
    if run["nobody"] and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _read(ends: list[int]) -> dict[int, str]:
    """All pipes to their ends, in whatever order they speak."""
    found = dict.fromkeys(ends, b"")
    with selectors.DefaultSelector() as selector:
        for end in ends:
            selector.register(end, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 1 << 16)
                found[key.fd] += data
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return {end: data.decode("utf-8", "backslashreplace") for end, data in found.items()}


def _end(pid: int, out: str, err: str) -> list[Any]:
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return [code, out, err, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]


if __name__ == "__main__":
    serve()
