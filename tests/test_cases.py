"""Bad input, hostile input and faults: what the program says of each, and what it leaves alone.

A case is a folder of tests/cases: `project/` is laid over the folder that `base` names (_minimal), `expect.yaml`
says the rest. Its keys, all optional but `about`:

    about      one sentence
    make       files that git or an editor would spoil, one verb a line (casework.make)
    run        the command line ([build])
    exit       exit code (0)
    tells      every diagnostic in order: {RULE: place, says: a fragment of its text, or several}
    same_as    the case (or base) whose out/ this one's equals, byte for byte
    holds      file → fragments that it contains;  lacks: file → fragments that it does not
    stderr     a fragment of what is told beside diagnostics
    seconds    of processor time (2);  megabytes: of memory (300);  file_bytes: largest file (as on a full disk)
    changes    files outside out/ that may change
    nobody     run without the rights of root
    needs      root: the case is skipped for others, who cannot make it
    steps      what happens one after the other in the same project, each with the keys above
    variants   name → the same case with other keys; `make` is added to that of the case

Always: no traceback; no control character reaches the terminal; an error leaves every file as it was; success
changes out/ only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from casework import Ran, Run, Runner, Tree, give_to_nobody, lay_out, make, temporary, told, tree

CASES = Path(__file__).parent / "cases"
KEYS = {
    "about", "base", "changes", "make", "run", "exit", "tells", "same_as", "holds", "lacks", "stderr", "seconds", "megabytes",
    "file_bytes", "nobody", "needs", "steps", "variants",
}  # fmt: skip
Case = dict[str, Any]


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


EXPECTED = expectations()


@pytest.fixture(scope="session")
def run() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def laid_out(name: str, folder: Path) -> Path:
    """A case's project (or a base) in a folder, as it is before anything runs."""
    case = EXPECTED.get(name, {"base": name, "make": []})
    project = folder / "project"
    lay_out(project, CASES / case.get("base", "_minimal"), CASES / name.split("/")[0] / "project")
    for item in case["make"]:
        make(project, item)
    return project


# the declared cases


@pytest.mark.parametrize("name", EXPECTED)
def test_case(name: str, run: Runner) -> None:
    case = EXPECTED[name]
    steps = case.get("steps", [case])
    if case.get("needs") == "root" and os.geteuid():
        pytest.skip("only root can make this file")
    with temporary() as folder:
        project = laid_out(name, folder)
        for step in steps:
            if step is not case:
                for item in step.get("make", ()):
                    make(project, item)
            if step.get("exit") and len(steps) == 1 and not (project / "out").exists():
                make(project, {"file": "out/letter.xml", "text": "<the-former-edition/>"})
            if case.get("nobody"):
                give_to_nobody(folder)
            before = tree(folder)
            ran = run(limits(step, project))[0]
            wrong = [*differences(step, ran), *changes(step, before, tree(folder)), *contents(step, project, run)]
            assert not wrong, "\n".join([*wrong, "", f"exit {ran.code}", ran.out, ran.err])


def limits(step: Case, project: Path) -> Run:
    given = {key: step[key] for key in ("seconds", "megabytes", "file_bytes", "nobody") if key in step}
    return Run(str(project), tuple(step.get("run", ["build"])), wall=10 + 5 * step.get("seconds", 2), **given)


def differences(step: Case, ran: Ran) -> Iterator[str]:
    """Between what was expected of a run and what it said."""
    if set(step) - KEYS:
        yield f"expect.yaml has keys that mean nothing: {set(step) - KEYS}"
    if ran.code != step.get("exit", 0):
        yield f"the exit code is {ran.code}, not {step.get('exit', 0)}"
    if "Traceback" in ran.err + ran.out:
        yield "a traceback"
    if raw := {f"U+{ord(c):04X}" for c in ran.err + ran.out if c not in "\n " and not c.isprintable()}:
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
        says = one.get("says", [])
        for words in [says] if isinstance(says, str) else says:
            if words not in this.text:
                yield f"{this.rule} does not say “{words}”"


def changes(step: Case, before: Tree, after: Tree) -> Iterator[str]:
    """Files that should be as before: all if there was an error, else all but those of out/."""
    free = ["out", *step.get("changes", ())] if not step.get("exit") else []
    for name in sorted(before.keys() | after.keys()):
        path = Path(name).relative_to("project") if name.startswith("project/") else Path("..")
        if before.get(name) != after.get(name) and not any(path.is_relative_to(one) for one in free):
            yield f"{name} is not as it was before"


def contents(step: Case, project: Path, run: Runner) -> Iterator[str]:
    for file, words in [(f, w) for f, ws in step.get("holds", {}).items() for w in ([ws] if isinstance(ws, str) else ws)]:
        if words not in (project / file).read_text(encoding="utf-8"):
            yield f"{file} does not hold “{words}”"
    for file, words in [(f, w) for f, ws in step.get("lacks", {}).items() for w in ([ws] if isinstance(ws, str) else ws)]:
        if words in (project / file).read_text(encoding="utf-8"):
            yield f"{file} holds “{words}”"
    if "same_as" in step and tree(project / "out") != output(step["same_as"], run):
        yield f"out/ differs from that of {step['same_as']}"


def output(name: str, run: Runner) -> Tree:
    """What out/ is after a build of a case or base."""
    with temporary() as folder:
        run(Run(str(laid_out(name, folder))))
        return tree(folder / "project" / "out")


def test_every_number_of_the_table_is_there() -> None:
    numbers = {int(name.split("-")[0]) for name in EXPECTED}
    assert numbers >= {*range(1, 56), 61, 62}


# faults that are no files: 62 to 64

ROUNDS = 50
TEXTS = 4


def many(folder: Path) -> Path:
    """A project of several texts."""
    project = laid_out("_minimal", folder)
    for n in range(TEXTS):
        shutil.copy(project / "seeds/letter.txt", project / f"seeds/letter-{n}.txt")
        shutil.copy(project / "annotations/letter.yaml", project / f"annotations/letter-{n}.yaml")
    return project


def titled(project: Path, title: str) -> None:
    for path in project.glob("annotations/letter*.yaml"):
        path.write_text(path.read_text().replace("A letter", title).replace("The letter", title))


def built(project: Path, run: Runner) -> Tree:
    assert run(Run(str(project)))[0].code == 0
    return tree(project / "out")


@pytest.fixture
def two(run: Runner) -> Iterator[tuple[Path, Path, Tree, Tree]]:
    """Two projects of the same texts under different titles, and what out/ is of each."""
    with temporary() as one, temporary() as other:
        first, second = many(one), many(other)
        titled(second, "The letter")
        yield first, second, built(first, run), built(second, run)


def test_62_killed_at_any_moment_each_file_is_old_or_new(run: Runner, two: tuple[Path, Path, Tree, Tree]) -> None:
    first, second, old, new = two
    usual = run(Run(str(second)))[0].seconds
    cut = 0
    for n in range(ROUNDS):
        shutil.copytree(first / "out", second / "out", dirs_exist_ok=True)
        cut += run(Run(str(second), kill=usual * (0.5 + n / ROUNDS)))[0].code < 0
        found = tree(second / "out")
        torn = [name for name in old if found.get(name) not in (old[name], new[name])]
        assert not torn, f"torn: {torn}"
    assert cut, "no build was killed"
    assert built(second, run) == new, "a killed build left something behind"


def test_63_two_builds_at_once(run: Runner, two: tuple[Path, Path, Tree, Tree]) -> None:
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
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "SOURCE_DATE_EPOCH": "0", "TZ": "America/St_Johns"},
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
        where = ["-C", str(other)] if "C" in name else []
        done = subprocess.run(
            [sys.executable, "-m", "edition", *where, "build"], cwd=there if where else other,
            env=os.environ | ENVIRONMENTS[name], capture_output=True,
        )  # fmt: skip
        ran = run(Run(str(usual)))[0]
        assert (done.returncode, done.stdout.decode()) == (ran.code, ran.out), done.stderr
        assert tree(other / "out") == tree(usual / "out")
        assert name == "plain C" or done.stderr.decode() == ran.err
