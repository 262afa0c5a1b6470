"""Where people work: the action, the hook and the job of the README do what they say, from a fresh clone.

Each installs the program anew, as a CI system does, so pip must reach its registry.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pages import fences, run
from tools import missing

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
README = {fence.path: fence.body for fence in fences((ROOT / "README.md").read_text("utf-8")) if fence.path}
NO_REGISTRY = re.compile(r"No matching distribution|NewConnectionError|ConnectTimeout|Temporary failure")
WRONG = "edition: 1\nannotations:\n  - place: weimar\n    quote: Weimer\n"
GIT = (
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "init.defaultBranch=main",
)


def call(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    left_out = ("PYTHONPATH", "VIRTUAL_ENV", "GITHUB_STEP_SUMMARY", "PYTHONDONTWRITEBYTECODE")
    env = {**{k: v for k, v in os.environ.items() if k not in left_out}, "PIP_NO_COMPILE": "1", **environment}
    ended = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=900)
    if ended.returncode and NO_REGISTRY.search(ended.stderr + ended.stdout):
        missing("pip does not reach its registry")
    return ended


def git(*arguments: str, cwd: Path) -> str:
    ended = call("git", *GIT, *arguments, cwd=cwd)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this project as it stands, committed."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        missing("this is no git repository, or there is no git")
    top = tmp_path_factory.mktemp("project")
    for name in git("ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT).split("\0"):
        if name and (ROOT / name).is_file():
            (top / "main" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, top / "main" / name)
    committed(top / "main")
    git("clone", "--quiet", "main", "clone", cwd=top)
    return top / "clone"


def committed(folder: Path) -> None:
    git("init", "--quiet", cwd=folder)
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message", "As it stands", cwd=folder)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A project of someone's own, in a repository."""
    folder = tmp_path / "work"
    folder.mkdir()
    run("edition init .", folder)
    committed(folder)
    return folder


# the action


def test_the_action_and_the_snippets_are_of_the_form_that_their_readers_want(tmp_path: Path) -> None:
    (tmp_path / "workflow.yml").write_text(README[".github/workflows/edition.yml"], "utf-8")
    (tmp_path / "gitlab.yml").write_text(README[".gitlab-ci.yml"], "utf-8")
    for schema, file in (
        ("github-actions", ROOT / "action.yml"),
        ("github-workflows", tmp_path / "workflow.yml"),
        ("gitlab-ci", tmp_path / "gitlab.yml"),
    ):
        command = ("check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file))
        ended = call(sys.executable, "-m", *command, cwd=tmp_path)
        assert ended.returncode == 0, ended.stdout


def test_no_input_becomes_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        for value in step.get("env", {}).values():
            assert re.fullmatch(r"\$\{\{ inputs\.[a-z]+ \}\}", value)
    used = set(re.findall(r"inputs\.([a-z]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])


def act(clone: Path, workspace: Path, runner: Path, **given: str) -> tuple[int, str]:
    """The steps as GitHub runs them, up to the first that fails; exit code, and what the log shows. A runner that has
    the program installed keeps it."""
    inputs = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
    inputs |= {"python": sys.executable, **given}
    runner.mkdir(exist_ok=True)
    files = {name: str(runner / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    github = {
        "GITHUB_ACTION_PATH": str(clone),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(runner),
    }
    log = ""
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or not _wanted(step.get("if", ""), inputs):
            continue
        if step["name"] == "Install" and (runner / "edition").exists():
            continue
        script = runner / "script.sh"
        script.write_text(step["run"], "utf-8")
        env = {key: inputs[value[len("${{ inputs.") : -len(" }}")]] for key, value in step["env"].items()}
        bash = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script))
        ended = call(*bash, cwd=workspace, GITHUB_ACTIONS="true", CI="true", **github, **files, **env)
        log += ended.stdout + re.sub(r"^WARNING: .*\n", "", ended.stderr, flags=re.MULTILINE)  # of pip
        if ended.returncode:
            return ended.returncode, log
    return 0, log


def _wanted(condition: str, inputs: Mapping[str, str]) -> bool:
    assert not condition or "inputs.sarif == 'true'" in condition
    return not condition or inputs["sarif"] == "true"


def test_the_action_checks_a_project(clone: Path, letters: Path, tmp_path: Path) -> None:
    runner = tmp_path / "runner"
    assert act(clone, letters, runner) == (0, "")
    summary = runner / "github_step_summary"
    assert "4 files checked: nothing to tell." in summary.read_text("utf-8")

    (letters / "annotations/letter.yaml").write_text(WRONG, "utf-8")
    code, log = act(clone, letters, runner, sarif="true")
    assert code == 1
    assert log.startswith(f"{runner}/edition.sarif: 1 error\n")
    assert (
        "\n::error file=annotations/letter.yaml,line=4,endLine=4,col=12,endColumn=18,title=E201 orphan::"
        in log
    )
    assert "Weimer" in summary.read_text("utf-8")
    (output,) = (runner / "github_output").read_text("utf-8").splitlines()
    assert output == f"file={runner}/edition.sarif"
    (result,) = json.loads((runner / "edition.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "E201"

    code, log = act(clone, letters, runner, texts="letter", format="junit", output="report.xml")
    assert code == 1 and (letters / "report.xml").is_file()
    run("edition check --baseline known.json --write-baseline", letters)
    assert act(clone, letters, runner, baseline="known.json")[0] == 0

    # a project in a folder of the repository; and no shell reads what is given
    (letters / "texts").mkdir()
    for name in ("seeds", "annotations"):
        (letters / name).rename(letters / "texts" / name)
    code, log = act(clone, letters, runner, path="texts")
    assert code == 1 and "::error file=texts/annotations/letter.yaml," in log
    code, _ = act(clone, letters, runner, path="$(touch stolen)", texts="; touch stolen")
    assert code == 2 and not (letters / "stolen").exists()


# pre-commit


def test_the_hook_checks_a_project(clone: Path, letters: Path, tmp_path: Path) -> None:
    pre_commit = (sys.executable, "-m", "pre_commit")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    ended = call(*pre_commit, "validate-manifest", ".pre-commit-hooks.yaml", cwd=clone, **home)
    assert ended.returncode == 0, ended.stdout

    # as a project has it: the README's configuration, and a commit
    revision = git("rev-parse", "HEAD", cwd=clone).strip()
    config = README[".pre-commit-config.yaml"].replace("https://github.com/OWNER/edition", str(clone))
    (letters / ".pre-commit-config.yaml").write_text(config.replace("v0.1.0", revision), "utf-8")
    assert call(*pre_commit, "install", cwd=letters, **home).returncode == 0
    ended = call(*pre_commit, "run", "--all-files", cwd=letters, **home)
    assert ended.returncode == 0 and re.search(r"edition check\.+Passed", ended.stdout), (
        ended.stdout + ended.stderr
    )
    (letters / "notes.md").write_text("No text of the edition.\n", "utf-8")
    git("add", "--all", cwd=letters)
    ended = call("git", *GIT, "commit", "-m", "Notes", cwd=letters, **home)
    assert ended.returncode == 0 and "(no files to check)Skipped" in ended.stderr, ended.stderr
    (letters / "annotations/letter.yaml").write_text(WRONG, "utf-8")
    git("add", "--all", cwd=letters)
    ended = call("git", *GIT, "commit", "-m", "A slip", cwd=letters, **home)
    assert ended.returncode == 1 and "error[E201]: “Weimer” does not occur" in ended.stderr, ended.stderr


# GitLab


def test_the_job_for_gitlab_checks_a_project(clone: Path, letters: Path, tmp_path: Path) -> None:
    """In an image that has the libraries already: those of the tests."""
    job = yaml.safe_load(README[".gitlab-ci.yml"])["edition"]
    call(sys.executable, "-m", "venv", str(tmp_path / "image"), cwd=tmp_path)
    (site,) = (tmp_path / "image").glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    image = {"PATH": f"{tmp_path / 'image' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    script = "\n".join(job["script"])
    report = letters / job["artifacts"]["reports"]["junit"]

    def runs() -> subprocess.CompletedProcess[str]:
        return call("bash", "-e", "-o", "pipefail", "-c", script, cwd=letters, EDITION=str(clone), **image)

    ended = runs()
    assert ended.returncode == 0 and ended.stderr.endswith("edition.xml: nothing found\n"), ended.stderr
    assert (tmp_path / "image" / "bin" / "edition").exists()
    (letters / "annotations/letter.yaml").write_text(WRONG, "utf-8")
    ended = runs()
    assert ended.returncode == 1 and ended.stderr.endswith("edition.xml: 1 error\n")
    assert "<failure" in report.read_text("utf-8") and job["artifacts"]["when"] == "always"
