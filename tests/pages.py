"""Pages that are run: fenced blocks of Markdown are files, things to make, and commands with what they say.

    ```yaml annotations/letter.yaml   a file of the project as it stands (any language, then a path)
    ```make                           what cannot stand in Markdown: bytes, pipes, links (see MAKE)
    ```console                        `$ edition …`, then its stdout, stderr after `! `, exit code after `? `
    ```report                         what `edition build` says on stderr
    ```xml out/letter.xml             what `edition build` writes there, or a part of it

Blocks are done in their order, so a page may build, change a file, and build again. All other blocks are left
alone; one that readers need not see may stand in a comment of HTML. In what a command says, a line that is
only `…` stands for any lines; the exit code 0 is not written.

`play` gives the page as it should be: a test compares, and with UPDATE_PAGES=1 `settle` writes it.
"""

from __future__ import annotations

import ast
import difflib
import gc
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

SOURCES = Path(__file__).parent.parent / "src"
UPDATE = os.environ.get("UPDATE_PAGES") == "1"
ANY = "…"
_fence = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=ticks)[ ]*$", re.MULTILINE | re.DOTALL
)
_plain = re.compile(r"edition( [^|&;<>$()`*?]*)?")  # no work for a shell
_token = re.compile(r'"(?:[^"\\]|\\.)*"|\S+')


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block. `start`, `end`: where its body stands in the page."""

    language: str
    path: str
    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave."""

    stdout: str
    stderr: str
    code: int


def fences(page: str) -> tuple[Fence, ...]:
    return tuple(
        Fence(*_info(m["info"]), m["body"], m.start("body"), m.end("body")) for m in _fence.finditer(page)
    )


def _info(info: str) -> tuple[str, str]:
    language, _, path = info.strip().partition(" ")
    return language, path.strip()


def play(page: str, folder: Path) -> str:
    """Do what the page says in a project's folder; the page as it should be."""
    parts, at = [], 0
    for fence in fences(page):
        parts += [page[at : fence.start], done(fence, folder)]
        at = fence.end
    return "".join(parts) + page[at:]


def done(fence: Fence, folder: Path) -> str:
    """One block, done; its body as it should be."""
    if fence.language == "console":
        return session(fence.body, folder)
    if fence.language == "report":
        return kept(fence.body, run("edition build", folder).stderr)
    if fence.language == "make":
        make(fence.body, folder)
    elif fence.path.startswith("out/"):
        said = run("edition build", folder)
        written = said.stderr if said.code else (folder / fence.path).read_text(encoding="utf-8")
        return fence.body if fence.body.strip() in written else written
    elif fence.path:
        put(folder / fence.path, fence.body.encode())
    return fence.body


def settle(path: Path, should: str) -> None:
    """Compare a page with what it should be; or, when asked to, make it so."""
    page = path.read_text(encoding="utf-8")
    if page == should:
        return
    if UPDATE:
        path.write_text(should, encoding="utf-8")
        return
    lines = difflib.unified_diff(
        page.splitlines(), should.splitlines(), path.name, "as it is said now", lineterm=""
    )
    raise AssertionError("\n".join(["the page is not what is said (UPDATE_PAGES=1 writes it anew)", *lines]))


# commands


def run(command: str, folder: Path) -> Said:
    """A command line in a folder: `edition`, also before a pipe, in this process; all else by a shell."""
    first, pipe, rest = command.partition(" | ")
    if not _plain.fullmatch(first):
        return _shell(command, folder)
    if pipe:
        before = run(first, folder)
        after = _shell(rest, folder, before.stdout)
        return Said(after.stdout, before.stderr + after.stderr, after.code)
    from edition.app.cli import main

    with chdir(folder):
        result = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="edition")
    gc.enable()  # the program, made for a short life, turns it off
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.stdout, result.stderr, result.exit_code)


def _shell(command: str, folder: Path, given: str = "") -> Said:
    program = f'edition() {{ {shlex.quote(sys.executable)} -m edition "$@"; }}\n'
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    ended = subprocess.run(
        ["sh", "-c", program + command],
        input=given,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Said(ended.stdout, ended.stderr, ended.returncode)


def session(body: str, folder: Path) -> str:
    """A console block as it should be: after each command what it says now."""
    found: list[str] = []
    for command, told in _commands(body):
        found.append(f"$ {command}\n")
        found.append(kept(told, shown(run(command, folder))))
    return "".join(found)


def _commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command, and the lines below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, told = part.partition("\n")
        yield command, told


def shown(said: Said) -> str:
    """Stdout, then stderr after `! `, then the exit code."""
    errors = "".join(f"! {line}".rstrip() + "\n" for line in said.stderr.splitlines())
    out = said.stdout if said.stdout.endswith("\n") or not said.stdout else said.stdout + "\n"
    return out + errors + (f"? {said.code}\n" if said.code else "")


def kept(told: str, said: str) -> str:
    """What stands on the page, if it says the same with some lines left out; else what was said."""
    lines = told.split("\n")
    pattern = "\n".join(".*?" if line.removeprefix("! ") == ANY else re.escape(line) for line in lines)
    return told if re.fullmatch(pattern, said, re.DOTALL) else said


# files


def put(path: Path, data: bytes) -> None:
    """A file, in place of whatever stands there."""
    _remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def make(body: str, folder: Path) -> None:
    """Each line of a `make` block: a verb, a path, what the verb needs; in quotes if it is not one word."""
    for line in body.splitlines():
        verb, path, *rest = (_value(token) for token in _token.findall(line))
        MAKE[verb.decode()](folder / path.decode(), *rest)


def _value(token: str) -> bytes:
    """A word, or a text in quotes with Python's escapes: "Caf\\xe9" is a byte, not a letter."""
    return bytes(ast.literal_eval("b" + token)) if token.startswith('"') else token.encode()


def _repeat(path: Path, words: bytes, times: bytes) -> None:
    """Append words, many times; `{}` in them is the number."""
    before = path.read_bytes() if path.exists() else b""
    put(path, before + b"".join(words.replace(b"{}", b"%d" % n) for n in range(1, int(times) + 1)))


def _replace(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert data.count(old) == 1, f"{old!r} stands {data.count(old)} times in {path.name}"
    put(path, data.replace(old, new))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    elif path.exists() or path.is_symlink():
        path.unlink()


def _fifo(path: Path) -> None:
    _remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def _link(path: Path, target: bytes) -> None:
    _remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target.decode())


MAKE: dict[str, Callable[..., None]] = {
    "bytes": put,  # bytes PATH "…"
    "repeat": _repeat,  # repeat PATH "…" TIMES
    "replace": _replace,  # replace PATH "old" "new": the old words stand there once
    "missing": _remove,  # missing PATH
    "folder": lambda path: path.mkdir(parents=True),  # folder PATH
    "fifo": _fifo,  # fifo PATH
    "link": _link,  # link PATH TARGET
}


# what the pages of rules do not repeat: a project that has nothing to say against it
COMMON = {
    "annotations/edition.yaml": """\
edition: 1
publisher: The editors of this edition
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors:
  ed: {name: The editors}
defaults: {by: ed, language: en}
types:
  gloss: {signed: A gloss that ends with initials}
rules: {I411: off}
""",
    "annotations/registers/all.yaml": """\
edition: 1
people:
  goethe: {name: Johann Wolfgang von Goethe}
places:
  jena: {name: Jena}
  weimar: {name: Weimar}
voices:
  AB: {name: A. B., signs: ["A. B."], identified: no}
""",
}


def project(folder: Path) -> Path:
    """A folder, made the project that the pages of rules play in."""
    for name, text in COMMON.items():
        put(folder / name, text.encode())
    return folder
