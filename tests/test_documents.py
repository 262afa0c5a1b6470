"""What stands beside the code: licences, how to cite, how to help. It is there, and says what is so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tools import missing

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_is_valid() -> None:
    if find_spec("check_jsonschema") is None:
        missing("check-jsonschema is not installed")
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*program, ROOT / "CITATION.cff"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_version_and_licence_are_those_of_the_package() -> None:
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"] == "MIT"
    assert read("LICENSE").startswith("MIT License\n")


def test_the_licence_of_the_data_is_that_of_the_editions() -> None:
    settings = yaml.safe_load(read("annotations/edition.yaml"))
    assert settings["licence"]["url"] in read("LICENSE-DATA")
    assert "CC BY 4.0" in str(settings["licence"]["name"]) and "CC BY 4.0" in read("LICENSE-DATA")


def test_the_changelog_has_this_version_first() -> None:
    versions = re.findall(r"^## \[([^]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == "Unreleased" and versions[1] == PROJECT["version"]


def other_names(text: str) -> list[str]:
    """Names under which a text tells the reader to install this program, but for its own."""
    installed = re.findall(r"""\binstall((?: +(?:-\S+|'[^']*'|"[^"]*"|[\w.\[\],=<>~{}-]+))+)""", text)
    words = [word.strip("'\"") for words in installed for word in words.split()]
    named = [word for word in words if re.fullmatch(r"[\w.-]*edition[\w.-]*([\[=<>~].*)?", word)]
    named += re.findall(r"[\w.-]*edition\[[\w,{}]+\]", text)
    return [name for name in named if re.split(r"[\[=<>~]", name)[0] != "tei-edition"]


def test_another_name_is_seen() -> None:
    """On the package index, `edition` is another program."""
    for wrong in (
        "pip install edition",
        "pip install -q 'edition[pdf]'",
        "wants edition[rdf,{extra}]",
        "install tei_edition",
    ):
        assert other_names(f"Say: {wrong}. That is all.") != []
    for right in (
        "pip install 'tei-edition[pdf]'",
        "pip install -q . && .venv/bin/edition build",
        'install -e ".[test]"',
    ):
        assert other_names(f"Say: {right}") == []


def test_it_is_installed_under_its_own_name() -> None:
    assert PROJECT["name"] == "tei-edition"
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        missing("this is no git repository, or there is no git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name and ROOT / name != Path(__file__)]
    wrong = {
        str(path): other_names(path.read_bytes().decode("utf-8", "ignore"))
        for path in files
        if path.is_file()
    }
    assert {name: names for name, names in wrong.items() if names} == {}


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "README.md", "LICENSE-DATA"])
def test_files_that_are_named_are_there(name: str) -> None:
    named = re.findall(r"`((?:src|tests|schema|annotations|seeds|out)/[\w/.-]+)`", read(name))
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", re.sub(r"`[^`\n]*`", "", read(name)))
    free = ("NAME", "distinct", "W214", "weimar")  # of recipes and examples
    assert not [p for p in (*named, *links) if not any(f in p for f in free) and not (ROOT / p).exists()]


def test_no_person_or_identifier_is_made_up() -> None:
    citation = json.dumps(yaml.safe_load(read("CITATION.cff")))
    assert "orcid" not in citation.lower() and "doi" not in citation.lower().split("doing")[0]
    assert all(set(author) == {"name"} for author in yaml.safe_load(read("CITATION.cff"))["authors"])
