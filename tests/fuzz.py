"""Broken projects by the thousand: `python tests/fuzz.py --inputs 20000 --seed 1 --workers 2`.

Each input is checked in a process of its own, forked from a warm one. It passes if it ends with an exit code that the
program has (0, 1, 3) and no traceback, within 2 seconds of CPU and 300 MB; if every finding has a place that is in its
source; if all reports and fixes can be made of it; and if what is built proves, and holds the seed.
The inputs that do not pass are kept, as small as dropping mutations and files makes them.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NoReturn

from edition.app import commands, fixing
from edition.app.cli.common import exit_code
from edition.app.reports import FORMATS, rendered
from edition.checks.proof import read_proof
from edition.format.yaml import read_yaml
from edition.model.diagnostics import Diagnostic
from edition.model.nodes import Mapping
from edition.model.nodes import Sequence as List
from edition.model.source import Source
from mutations import Files, mutated

HERE = Path(__file__).parent
SECONDS = 2.0  # of CPU
HARD_SECONDS = 20  # then it is ended
MEGABYTES = 300
WARMING = 60  # broken inputs, so that what is loaded only for them is loaded
OWN_FAULTS = ("E602", "E603")  # what only a fault of the program brings forth
ROOT = HERE.parent


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input. `fault`: "" if nothing is wrong with the program."""

    number: int
    base: str
    mutations: tuple[str, ...]
    code: int
    rules: tuple[str, ...]
    seconds: float
    megabytes: float
    fault: str = ""
    said: str = ""


# valid projects


def project_files(folder: Path) -> Files:
    paths = [*folder.glob("seeds/*.txt"), *folder.glob("annotations/**/*.yaml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def bases() -> dict[str, Files]:
    """The example editions, a new project, and the two texts of this repository, cut short."""
    found = {
        folder.name: project_files(folder)
        for folder in sorted((HERE / "editions").iterdir())
        if folder.is_dir()
    }
    with tempfile.TemporaryDirectory() as name:
        from edition.app.init import start

        start(Path(name) / "p")
        found["starter"] = project_files(Path(name) / "p")
    whole = project_files(ROOT)
    for text in ("reiss-1937", "trotzki-exil"):
        found[f"{text}, cut"] = cut(whole, text, 2500)
    return found


def cut(files: Files, name: str, size: int) -> Files:
    """The beginning of a text, with the annotations that lie in it; registers and settings whole."""
    own = (f"seeds/{name}.txt", f"annotations/{name}.yaml")
    kept = {
        k: v
        for k, v in files.items()
        if not k.startswith("seeds/") and (k.count("/") > 1 or k.endswith("/edition.yaml"))
    }
    built = commands.build_in_memory(ROOT, [name]).documents[0]
    inside = {id(a.claim.node) for a in built.anchoring.anchored if a.end <= size and a.places == 1}
    source = Source(own[1], files[own[1]].decode())
    text = files[own[0]].decode()[:size]
    entries = built.document.annotations
    assert isinstance(entries, List)
    keep = [e for e in entries.items if id(e) in inside and isinstance(e, Mapping) and "id" not in e.items]
    lines = "".join("  - " + source.text[e.start : e.end].rstrip() + "\n" for e in keep)
    kept[own[0]] = text.encode()
    kept[own[1]] = f"edition: 1\nheader: {{title: A part, language: de}}\nannotations:\n{lines}".encode()
    assert read_yaml(Source(own[1], kept[own[1]].decode()))[0] is not None
    return kept


# one input


def lay_out(files: Files, folder: Path) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "seeds").mkdir(exist_ok=True)


def misplaced(found: Iterable[Diagnostic]) -> str:
    """A finding without a place in its source, or with an edit of none."""
    for d in found:
        if not d.labels:
            return f"{d.rule.code} has no place"
        spans = [label.span for label in d.labels] + [e.span for e in (d.fix.edits if d.fix else ())]
        for span in spans:
            line, column = span.source.line_column(span.start)
            size = len(span.source.text)
            if not (0 <= span.start <= span.end <= size and line >= 1 and 1 <= column <= size + 1):
                return f"{d.rule.code} {d.message!r}: {span.start}–{span.end} of {size} in {span.source.name}"
    return ""


def examine(folder: Path) -> tuple[int, tuple[str, ...], str]:
    """Exit code, codes of the findings, and what is wrong with the program, if anything is."""
    outcome = commands.check(folder)
    found = outcome.diagnostics
    code, codes = exit_code(found), tuple(sorted({d.rule.code for d in found}))
    fault = misplaced(found)
    for form in FORMATS:
        text = rendered(form, found, outcome.files)
        if form in ("json", "sarif"):
            json.loads(text)
        text.encode()
    if any(d.fix for d in found):
        result = fixing.fixed(folder, lambda overrides: commands.check(folder, overrides=overrides))
        fixing.unified(result)
        if result.undone:
            fault = fault or f"a fix that cannot be made: {result.undone[0].message}"
    for built in outcome.documents:
        if built.data is not None:
            proof = read_proof(built.data)
            if not proof.proved or proof.text != built.document.seed.text:
                fault = fault or f"{built.name} does not hold its seed"
    own = [c for c in codes if c in OWN_FAULTS]
    return code, codes, fault or (f"a fault of the program is told: {own[0]}" if own else "")


def child(files: Files, pipe: int) -> None:
    """In a process of its own: the answer as JSON into the pipe."""
    used = int(time.process_time()) + HARD_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        lay_out(files, folder)
        started = time.process_time()
        try:
            gc.enable()
            code, codes, fault = examine(folder)
            said = ""
        except MemoryError:
            code, codes, fault, said = -1, (), "memory", traceback.format_exc()
        except BaseException:  # whatever it is, it is what is looked for
            code, codes, said = -1, (), traceback.format_exc()
            fault = "traceback: " + said.strip().splitlines()[-1][:160]
        seconds = time.process_time() - started
        answer = {"code": code, "rules": codes, "fault": fault, "said": said, "seconds": seconds}
        with os.fdopen(pipe, "wb") as out:
            out.write(json.dumps(answer).encode())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def run(number: int, base: str, files: Files, names: tuple[str, ...]) -> Result:
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        child(files, into)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        raw = pipe.read()
    _, status, usage = os.wait4(pid, 0)
    megabytes = usage.ru_maxrss / 1024
    if not raw:
        killed = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "no answer"
        used = usage.ru_utime + usage.ru_stime
        return Result(number, base, names, -1, (), used, megabytes, f"ended by {killed}")
    answer = json.loads(raw)
    fault, seconds = answer["fault"], answer["seconds"]
    if not fault and seconds > SECONDS:
        fault = "slow"
    if not fault and megabytes > MEGABYTES:
        fault = "memory"
    return Result(
        number, base, names, answer["code"], tuple(answer["rules"]), seconds, megabytes, fault, answer["said"]
    )


def an_input(given: dict[str, Files], seed: int, number: int) -> tuple[str, Files, tuple[str, ...]]:
    r = Random(f"{seed}:{number}")
    base = r.choice(sorted(given))
    files, names = mutated(given[base], r)
    return base, files, names


# many


@dataclass(slots=True)
class Table:
    """What came of all of them."""

    results: list[Result] = field(default_factory=list)

    @property
    def faults(self) -> list[Result]:
        return [r for r in self.results if r.fault]

    def __str__(self) -> str:
        outcomes = Counter(r.code for r in self.results)
        kinds: dict[str, Counter[int]] = {}
        for r in self.results:
            for name in set(r.mutations):
                kinds.setdefault(name, Counter())[r.code] += 1
        rows = [f"{'mutation':28}{'inputs':>8}{'exit 0':>8}{'exit 1':>8}{'exit 3':>8}{'none':>6}"]
        for name, ends in sorted(kinds.items()):
            rows.append(f"{name:28}{ends.total():>8}{ends[0]:>8}{ends[1]:>8}{ends[3]:>8}{ends[-1]:>6}")
        rows.append(
            f"{'inputs':28}{len(self.results):>8}{outcomes[0]:>8}{outcomes[1]:>8}{outcomes[3]:>8}{outcomes[-1]:>6}"
        )
        codes = Counter(code for r in self.results for code in r.rules)
        slow = max(self.results, key=lambda r: r.seconds)
        large = max(self.results, key=lambda r: r.megabytes)
        rows += [
            f"rules told: {len(codes)}: {', '.join(f'{c} {n}' for c, n in codes.most_common())}",
            f"slowest: {slow.seconds:.2f} s of CPU (input {slow.number}: {slow.base}, {', '.join(slow.mutations)})",
            f"largest: {large.megabytes:.0f} MB (input {large.number}: {large.base}, {', '.join(large.mutations)})",
            f"faults: {len(self.faults)}",
        ]
        for fault, n in Counter(r.fault for r in self.faults).most_common():
            first = next(r for r in self.faults if r.fault == fault)
            rows.append(f"  {n} × {fault} (input {first.number}: {first.base}, {', '.join(first.mutations)})")
        return "\n".join(rows)


def fuzz(
    seed: int, numbers: Sequence[int], given: dict[str, Files], keep: Path | None = None
) -> Iterator[Result]:
    for number in numbers:
        base, files, names = an_input(given, seed, number)
        result = run(number, base, files, names)
        if result.fault and keep is not None:
            _keep(result, files, given[base], keep)
        yield result


def _keep(result: Result, files: Files, base: Files, keep: Path) -> None:
    """A failing input, with as many of its files as they were, or gone, as still fail in the same way."""
    for name in sorted(files):
        for fewer in ({k: v for k, v in files.items() if k != name}, {**files, name: base.get(name, b"")}):
            if fewer != files and run(0, "", fewer, ()).fault == result.fault:
                files = fewer
                break
    folder = keep / f"{result.number}"
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(files, folder)
    (folder / "fault.txt").write_text(
        f"{result.fault}\n{result.base}: {result.mutations}\n\n{result.said}", encoding="utf-8"
    )


def warmed() -> dict[str, Files]:
    """The projects, after each was checked once: schemas are compiled, modules are loaded."""
    given = bases()
    for name, files in given.items():
        with tempfile.TemporaryDirectory() as folder:
            lay_out(files, Path(folder))
            _, codes, fault = examine(Path(folder))
            if fault or any(c.startswith("E") for c in codes):
                print(f"{name} is not valid as it is: {fault} {codes}", file=sys.stderr)
    for number in range(WARMING):
        _, files, _ = an_input(given, 0, number)
        with (
            tempfile.TemporaryDirectory() as folder,
            suppress(Exception),
        ):  # what fails is told when it is its turn
            lay_out(files, Path(folder))
            examine(Path(folder))
    gc.collect()
    gc.freeze()
    return given


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _work(path: Path, results: Iterable[Result]) -> NoReturn:
    """A worker: one answer a line."""
    with path.open("w", encoding="utf-8", buffering=1) as out:
        for result in results:
            out.write(json.dumps([getattr(result, name) for name in Result.__slots__]) + "\n")
    os._exit(0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-failing")
    options = parser.parse_args()
    given = warmed()
    table = Table()
    started = time.monotonic()
    numbers = range(options.first, options.first + options.inputs)
    with tempfile.TemporaryDirectory() as folder:
        answers = [Path(folder) / str(worker) for worker in range(options.workers)]
        for worker, path in enumerate(answers):
            if os.fork() == 0:
                _work(path, fuzz(options.seed, numbers[worker :: options.workers], given, options.keep))
        for _ in answers:
            os.wait()
        for path in answers:
            for line in path.read_text(encoding="utf-8").splitlines():
                table.results.append(Result(*map(_tuples, json.loads(line))))
    print(table)
    print(f"{time.monotonic() - started:.0f} s; failing inputs: {options.keep if table.faults else 'none'}")
    return 1 if table.faults else 0


if __name__ == "__main__":
    sys.exit(main())
