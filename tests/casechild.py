"""Runs the program in a child process with limits, and says what became of it.

Run as a program, this file is the warm parent: it has imported edition and forks once for each run, so that a
crash, a leak or an endless loop is seen from outside and costs nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
CEILING = 4 * 2**30  # address space of a child: protects the machine, long after the test has failed
TOUCHING = ("os.rename", "os.remove", "os.chmod", "os.mkdir", "os.link", "os.truncate")  # audit events


@dataclass(frozen=True, slots=True)
class Run:
    """What a child does, and within which limits.

    file_bytes: no file may grow larger, as on a full disk. kill: seconds after which it is killed.
    dies_at: it is killed when it is about to touch a file for the n-th time.
    """

    cwd: str
    argv: tuple[str, ...] = ("build",)
    seconds: float = 2
    wall: float = 20
    file_bytes: int = 0
    nobody: bool = False
    kill: float = 0
    dies_at: int = 0


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
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONUTF8": "1"},
        )
        if not self.parent.stdout or self.parent.stdout.readline() != "ready\n":
            raise RuntimeError("the program cannot even build the project of tests/cases/_minimal")

    def __call__(self, *runs: Run) -> list[Ran]:
        """All runs at once."""
        assert self.parent.stdin and self.parent.stdout
        print(json.dumps([asdict(run) for run in runs]), file=self.parent.stdin, flush=True)
        return [Ran(*ran) for ran in json.loads(self.parent.stdout.readline())]

    def close(self) -> None:
        self.parent.communicate()


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
        ended = [_end(pid, said[out], said[err]) for pid, out, err in started]
        print(json.dumps(ended), file=answer, flush=True)


def _warm() -> None:
    """Everything is imported, and one project built with and without an error, before the first fork."""
    import pkgutil
    from importlib import import_module

    import edition
    from casework import laid_out, make, temporary
    from edition.app.reports.text import report

    for module in pkgutil.walk_packages(edition.__path__, "edition."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    with temporary() as folder:
        project = laid_out("_minimal", folder)
        make(project, {"file": "annotations/letter.yaml", "append": "  - term: x\n    quote: Jone\n"})
        report(edition.check(project).diagnostics)
        make(project, {"file": "annotations/letter.yaml", "replace": {"Jone": "Jena"}})
        assert edition.build(project).ok


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
        from edition.app.cli import main

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
    if run["dies_at"]:
        _die_at(run["dies_at"])
    if run["nobody"] and os.geteuid() == 0:
        folder = Path(run["cwd"]).parent
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _die_at(number: int) -> None:
    """Before the touch; but a file that is opened anew is emptied first, as if death came right after it."""
    left = [number]

    def about_to(event: str, arguments: tuple[Any, ...]) -> None:
        flags = arguments[2] if event == "open" and isinstance(arguments[0], str) else 0
        if event in TOUCHING or flags & (os.O_WRONLY | os.O_RDWR):
            left[0] -= 1
            if not left[0]:
                if flags & os.O_TRUNC and Path(arguments[0]).is_file():
                    os.truncate(arguments[0], 0)
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(about_to)


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
    sys.path.insert(0, str(Path(__file__).parent))
    serve()
