"""Bad input, hostile input and faults: what the program says of each, and what it leaves alone.

A case is a folder of tests/cases: `project/` is laid over the folder `_minimal`, and `expect.yaml` says the
rest. Its keys, all optional but `about`:

    about      one sentence
    make       files that git or an editor would spoil, one verb a line (casework.make)
    run        the command line ([build])
    exit       exit code (0)
    tells      every diagnostic in order: {RULE: place, says: fragments of its text, omits: fragments of none}
    stderr     a fragment of what is told beside diagnostics
    same_as    the case whose out/ this one's equals, byte for byte (or _minimal)
    holds      file → fragments that it contains
    changes    files outside out/ that may change
    seconds    of processor time (2)
    megabytes  of memory (300)
    file_bytes the largest file that can be written, as on a full disk
    nobody     run without the rights of root
    needs      root: the case is skipped for others, who cannot make it
    steps      what happens one after the other in the same project, each with keys as above
    variants   name → the same case with other keys; `make` is added to that of the case

Always: no traceback; no control character reaches the terminal; an error leaves every file as it was; success
changes out/ only, and there every xml:id is unique and every pointer to one arrives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casechild import Ran, Run, Runner
from casework import Case, Tree, expectations, laid_out, make, pointing, temporary, told, tree

KEYS = {
    "about", "make", "run", "exit", "tells", "stderr", "same_as", "holds", "changes", "seconds", "megabytes",
    "file_bytes", "nobody", "needs", "steps",
}  # fmt: skip
EXPECTED = expectations()


@pytest.fixture(scope="session")
def run() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


# the declared cases


@pytest.mark.parametrize("name", EXPECTED)
def test_case(name: str, run: Runner) -> None:
    case = EXPECTED[name]
    if case.get("needs") == "root" and os.geteuid():
        pytest.skip("only root can make this file")
    with temporary() as folder:
        project = laid_out(name, folder)
        for step in case.get("steps", [case]):
            for item in step.get("make", ()) if step is not case else ():
                make(project, item)
            if step is case and case.get("exit") and not (project / "out").exists():
                make(project, {"file": "out/letter.xml", "text": "<the-former-edition/>"})
            before = tree(folder)
            ran = run(limited(step, project))[0]
            wrong = [*differences(step, ran), *changes(step, before, tree(folder))]
            if not step.get("exit"):
                wrong += contents(step, project, run)
            assert not wrong, "\n".join([*wrong, "", f"exit {ran.code}", ran.out, ran.err])


def limited(step: Case, project: Path) -> Run:
    given = {key: step[key] for key in ("seconds", "file_bytes", "nobody") if key in step}
    return Run(str(project), tuple(step.get("run", ["build"])), wall=10 + 5 * step.get("seconds", 2), **given)


def differences(step: Case, ran: Ran) -> Iterator[str]:
    """Between what was expected of a run and what it said."""
    if set(step) - KEYS:
        yield f"expect.yaml has keys that mean nothing: {set(step) - KEYS}"
    if ran.code != step.get("exit", 0):
        yield f"the exit code is {ran.code}, not {step.get('exit', 0)}"
    if "Traceback" in ran.err + ran.out:
        yield "a traceback"
    if raw := {f"U+{ord(c):04X}" for c in ran.err + ran.out if c != "\n" and not c.isprintable()}:
        yield f"characters that a terminal should not see: {raw}"
    if step.get("exit") and ran.out:
        yield "something was printed to stdout although nothing was written"
    if ran.seconds > step.get("seconds", 2):
        yield f"it took {ran.seconds:.2f} s of processor time"
    if ran.megabytes > step.get("megabytes", 300):
        yield f"it took {ran.megabytes:.0f} MB"
    if step.get("stderr", "") not in ran.err:
        yield f"“{step['stderr']}” was not said"
    yield from misreported(step.get("tells", []), ran.err)


def misreported(expected: list[Case], report: str) -> Iterator[str]:
    found = told(report)
    wanted = [next(iter(one.items())) for one in expected]
    if [(one.rule, one.at) for one in found] != wanted:
        yield f"told: {[(one.rule, one.at) for one in found]}, not {wanted}"
        return
    for one, this in zip(expected, found, strict=True):
        unsaid = [words for words in listed(one.get("says", [])) if words not in this.text]
        yield from (f"{this.rule} does not say “{words}”" for words in unsaid)
        too_much = [words for words in listed(one.get("omits", [])) if words in this.text]
        yield from (f"{this.rule} says “{words}”" for words in too_much)


def listed(one_or_more: str | list[str]) -> list[str]:
    return [one_or_more] if isinstance(one_or_more, str) else one_or_more


def changes(step: Case, before: Tree, after: Tree) -> Iterator[str]:
    """Files that should be as before: all if there was an error, else all but those of out/."""
    free = [] if step.get("exit") else [f"project/{path}" for path in ("out", *step.get("changes", ()))]
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name) and not any(Path(name).is_relative_to(one) for one in free):
            yield f"{name} is not as it was before"


def contents(step: Case, project: Path, run: Runner) -> Iterator[str]:
    for file, words in step.get("holds", {}).items():
        text = (project / file).read_text(encoding="utf-8") if (project / file).is_file() else ""
        yield from (f"{file} does not hold “{some}”" for some in listed(words) if some not in text)
    for path in (project / "out").glob("*.xml"):
        yield from (f"out/{path.name}: {wrong}" for wrong in pointing(path.read_bytes()))
    if "same_as" in step and tree(project / "out") != output(step["same_as"], run):
        yield f"out/ differs from that of {step['same_as']}"


def output(name: str, run: Runner) -> Tree:
    """What out/ is after a build of a case."""
    with temporary() as folder:
        return built(laid_out(name, folder), run)


def built(project: Path, run: Runner) -> Tree:
    ran = run(Run(str(project)))[0]
    assert ran.code == 0, ran.err
    return tree(project / "out")


def test_every_row_of_the_table_is_there() -> None:
    """Rows 56 to 60 come with import; 63 is a test below."""
    assert {int(name.split("-")[0]) for name in EXPECTED} >= {*range(1, 56), 61, 62, 64}


# faults that no file shows: killed builds, two builds at once, another environment

TEXTS = 2
ROUNDS = 50
Two = tuple[Path, Path, Tree, Tree]


@pytest.fixture
def two(run: Runner) -> Iterator[Two]:
    """Two projects of the same texts under different titles, and what out/ is of each."""
    with temporary() as one, temporary() as other:
        first, second = several(one, "A letter"), several(other, "The letter")
        yield first, second, built(first, run), built(second, run)


def several(folder: Path, title: str) -> Path:
    project = laid_out("_minimal", folder)
    make(project, {"file": "annotations/letter.yaml", "replace": {"A letter": title}})
    for n in range(TEXTS):
        shutil.copy(project / "seeds/letter.txt", project / f"seeds/letter-{n}.txt")
        shutil.copy(project / "annotations/letter.yaml", project / f"annotations/letter-{n}.yaml")
    return project


def test_62_killed_at_any_moment_each_file_is_old_or_new(run: Runner, two: Two) -> None:
    """Whenever it is about to touch a file, and at times evenly spread."""
    first, second, old, new = two
    usual = run(Run(str(second)))[0].seconds

    def is_over(**moment: float) -> bool:
        shutil.copytree(first / "out", second / "out", dirs_exist_ok=True)
        code = run(Run(str(second), **moment))[0].code  # type: ignore[arg-type]
        found = tree(second / "out")
        torn = [name for name in old if found.get(name) not in (old[name], new[name])]
        assert not torn, f"torn after {moment}: {torn}"
        return code == 0

    assert next(n for n in range(1, 200) if is_over(dies_at=n)) > 2 * TEXTS
    for n in range(10, 30):
        is_over(kill=usual * n / 20)
    assert built(second, run) == new, "a killed build left something behind"


def test_63_two_builds_at_once(run: Runner, two: Two) -> None:
    first, second, _, new = two
    for _ in range(ROUNDS):
        shutil.copytree(first / "out", second / "out", dirs_exist_ok=True)
        for ran in run(Run(str(second)), Run(str(second))):
            assert ran.code == 0 or "locked" in ran.err, ran.err
        assert tree(second / "out") == new


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4711": {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati"},
    "plain C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "UTC"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "SOURCE_DATE_EPOCH": "0", "TZ": "Asia/Kathmandu"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_64_the_same_bytes_everywhere(name: str, run: Runner) -> None:
    """Another environment, working directory, order of making files, and time of change."""
    with temporary() as here, temporary() as there:
        usual, other = laid_out("64-reproducible", here), there / "another name" / "of the folder"
        for path in sorted(usual.rglob("*"), reverse=True):
            if path.is_file():
                copy = other / path.relative_to(usual)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                os.utime(copy, (1, 1))
        where, cwd = ([], other) if "hash" in name else (["-C", str(other)], there)
        command = [sys.executable, "-m", "edition", *where, "build"]
        done = subprocess.run(command, cwd=cwd, env=os.environ | ENVIRONMENTS[name], capture_output=True)
        ran = run(Run(str(usual)))[0]
        assert (done.returncode, done.stdout.decode()) == (ran.code, ran.out), done.stderr
        assert tree(other / "out") == tree(usual / "out")
        assert name == "plain C" or done.stderr.decode() == ran.err
