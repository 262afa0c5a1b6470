"""The net under a change of the house: all that the program makes, before and after.

    python tests/net.py make BEFORE --src ../old/src --tree ../old
    python tests/net.py make AFTER
    python tests/net.py compare BEFORE AFTER

`make` writes what the command line gives for the project, for all example editions, and for the example of every
kind, block and rule: out/, every export, and what is said, in every form of a report. It works on copies; it knows
nothing of the program but its command line, so it can be asked of any checkout (`--src`: where the package is;
`--tree`: the checkout whose projects are taken). `compare` tells every difference with the place where it begins.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path

import click
from click.testing import CliRunner
from lxml import etree, html

import pages

ROOT = Path(__file__).parent.parent
REPORTS = ("text", "short", "json", "github", "sarif", "junit", "html")
FORMS = ("seed", "annotations", "anchored", "events", "tei")
SCHEMAS = ("annotations", "registers", "settings", "rnc", "rng", "odd", "sch", "xsl", "report")
KEPT = ("seeds", "annotations", "schema")
MENDED = "\n## Mended\n"
rule_page = re.compile(r"[A-Z]\d{3}-").match  # the others are of kinds and blocks
BEFORE, LONGEST = 40, 160  # characters that are shown of lines that differ: before the place, and in all


# make


class Made:
    """Runs commands in copies of projects below `work`, and puts what they give into `folder`."""

    def __init__(self, main: click.Command, work: Path, folder: Path) -> None:
        self.main, self.work, self.folder = main, work, folder
        (work / ".git").mkdir()  # reports name files from the top of a repository

    def edition(self, command: str, folder: Path) -> pages.Said:
        with chdir(folder):
            result = CliRunner().invoke(self.main, shlex.split(command)[1:], prog_name="edition")
        gc.enable()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return pages.Said(result.stdout, result.stderr, result.exit_code)

    def of_page(self, command: str, folder: Path) -> pages.Said:
        """A command of a page; before a pipe too, as no page needs what comes after."""
        return self.edition(command.partition(" | ")[0], folder)

    def keep(self, name: str, said: pages.Said) -> None:
        """What was said, without where the copies happened to be."""
        text = f"{said.stdout}\n-- stderr\n{said.stderr}\n-- exit code\n{said.code}\n"
        pages.put(self.folder / name, text.replace(str(self.work), "").encode(errors="surrogatepass"))

    def project(self, name: str) -> None:
        """A project that stands in `work`: built, shown, checked, exported."""
        told = self.folder / name
        self.keep(f"{name}/said/build.txt", self.edition(f"edition -C {name} build", self.work))
        if (self.work / name / "out").is_dir():
            shutil.copytree(self.work / name / "out", told / "out")
        self.reports(name)
        self.keep(f"{name}/said/prove.txt", self.edition(f"edition -C {name} prove", self.work))
        for form in FORMS:
            self.keep(
                f"{name}/said/{form}.txt", self.edition(f"edition -C {name} show --as {form}", self.work)
            )
        page = self.edition(f"edition -C {name} schema --doc", self.work)
        pages.put(told / "said/markup.html", page.stdout.encode())
        to = self.work / "exports"
        self.keep(
            f"{name}/said/export.txt", self.edition(f"edition -C {name} export all --to {to}", self.work)
        )
        if to.exists():
            shutil.move(to, told / "exports")

    def reports(self, name: str) -> None:
        for form in REPORTS:
            said = self.edition(f"edition -C {name} check --format {form}", self.work)
            self.keep(f"{name}/reports/{form}", said)


def make(package: Path, tree: Path, folder: Path) -> None:
    """All that the package of this process gives for a checkout's projects and for its own pages."""
    with tempfile.TemporaryDirectory() as work:
        made = Made(main_of(package), Path(work).resolve(), folder)
        pages.run = made.of_page
        for name, source in projects(tree):
            for each in KEPT:
                if (source / each).is_dir():
                    shutil.copytree(source / each, made.work / name / each)
            made.project(name)
        for page in sorted(package.rglob("*.md")):
            text = page.read_text(encoding="utf-8")
            if not rule_page(page.stem):
                name = f"kinds/{page.stem}"
                played(made, name, text)
                made.project(name)
                continue
            name = f"rules/{page.stem}"
            pages.project(made.work / name)
            failing, _, mended = text.partition(MENDED)
            played(made, name, failing)
            made.reports(name)
            fix = made.edition(f"edition -C {name} check --diff", made.work)
            made.keep(f"{name}/said/diff.txt", fix)
            played(made, name, mended, "mended.md")
        help_and_schemas(made, made.main)


def projects(tree: Path) -> Iterator[tuple[str, Path]]:
    yield "project", tree
    for path in sorted((tree / "tests/editions").iterdir()):
        yield f"editions/{path.name}", path


def played(made: Made, name: str, page: str, file: str = "page.md") -> None:
    """A page, played in the project of its name, and kept as it should be."""
    folder = made.work / name
    folder.mkdir(parents=True, exist_ok=True)
    should = pages.play(page, folder).replace(str(made.work), "")
    pages.put(made.folder / name / file, should.encode())


def help_and_schemas(made: Made, main: click.Command) -> None:
    assert isinstance(main, click.Group)
    for verb in ("", *main.commands):
        name = verb or "edition"
        made.keep(f"help/{name}.txt", made.edition(f"edition {verb} --help", made.work))
    for what in ("", "rules", "kinds", "blocks", "fields"):
        made.keep(f"explain/{what or 'all'}.txt", made.edition(f"edition explain {what}", made.work))
    made.keep("explain/exports.txt", made.edition("edition export --list", made.work))
    for schema in SCHEMAS:
        made.keep(f"schemas/{schema}", made.edition(f"edition schema --of {schema}", made.work))


def main_of(package: Path) -> click.Command:
    """The command `edition`, from where `python -m edition` has it."""
    start = (package / "__main__.py").read_text(encoding="utf-8")
    found = re.search(r"^from (edition\S*) import ", start, re.MULTILINE)
    assert found, "edition/__main__.py does not say where the command is"
    command = importlib.import_module(found[1]).main
    assert isinstance(command, click.Command)
    return command


# compare


def compare(before: Path, after: Path) -> list[str]:
    """Every file that differs, with the place where it begins to."""
    names = sorted(files(before) | files(after))
    return [f"{name}: {said}" for name in names if (said := difference(before / name, after / name))]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def difference(before: Path, after: Path) -> str:
    if not (before.exists() and after.exists()):
        return "only before" if before.exists() else "only after"
    return differing(before.name, before.read_bytes(), after.read_bytes())


def differing(name: str, before: bytes, after: bytes) -> str:
    """Where two files of a name begin to differ as their kind is compared; "" if nowhere."""
    if before == after:
        return ""
    kind = name.rpartition(".")[2]
    if kind in ("epub", "docx"):
        return parts(before, after)
    if kind in ("html", "xhtml"):
        return lines(tree_of(before), tree_of(after))
    if kind == "pdf":
        return lines(words(before), words(after))
    try:
        return lines(before.decode(), after.decode())
    except UnicodeDecodeError:
        return f"other bytes from {common(before, after)} on"


def parts(before: bytes, after: bytes) -> str:
    """The parts of a package by their names: XML after C14N, pages as trees, all else by bytes."""
    old, new = unpacked(before), unpacked(after)
    if list(old) != list(new):
        return f"other parts: {', '.join(sorted(old.keys() ^ new.keys())) or 'in another order'}"
    found = {name: differing(name, plain(name, old[name]), plain(name, new[name])) for name in old}
    return "; ".join(f"{name}: {said}" for name, said in found.items() if said)


def plain(name: str, part: bytes) -> bytes:
    """A part, after C14N if it is XML."""
    if not name.endswith((".xml", ".rels", ".opf", ".ncx", ".xhtml")):
        return part
    return etree.tostring(etree.fromstring(part), method="c14n")


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tree_of(page: bytes) -> str:
    """A page as a tree: a line for each tag with its attributes in order, and for each text."""
    found: list[str] = []

    def walk(node: etree._Element) -> None:
        attributes = "".join(f" {name}={value!r}" for name, value in sorted(node.items()))
        found.append(f"<{node.tag!s}{attributes}>{node.text!r}")
        for child in node:
            walk(child)
        found.append(f"</{node.tag!s}>{node.tail!r}")

    root = html.document_fromstring(page)
    found.append(root.getroottree().docinfo.doctype)
    walk(root)
    return "\n".join(found)


def words(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def lines(before: str, after: str) -> str:
    """The first line that differs, from a little before the place on."""
    if before == after:
        return ""
    at = common(before, after)
    line = before.count("\n", 0, at) + 1
    start = max(0, at - BEFORE, before.rfind("\n", 0, at) + 1)
    was, now = (text[start : start + LONGEST] for text in (before, after))
    return f"line {line}\n    - {was!r}\n    + {now!r}"


def common(before: Sequence[object], after: Sequence[object]) -> int:
    """How many letters or bytes are the same from the beginning on."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))


# command line


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--tree", type=Path, default=ROOT, help="the checkout whose projects are taken")
    making.add_argument("--src", type=Path, help="where the package `edition` is (default: src of the tree)")
    making.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    comparing = verbs.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.verb == "compare":
        found = compare(given.before, given.after)
        print("\n".join([*found, f"{len(found)} files differ of {len(files(given.after))}"]))
        return 1 if found else 0
    source = (given.src or given.tree / "src").resolve()
    if not given.here:
        command = [sys.executable, *sys.argv, "--here"]
        variables = {**os.environ, "PYTHONPATH": str(source)}
        return subprocess.run(command, env=variables, check=False).returncode
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty")
    package = importlib.util.find_spec("edition")
    assert package is not None and package.origin is not None
    assert Path(package.origin).is_relative_to(source), f"{package.origin} is not the package of {source}"
    start = time.monotonic()
    make(Path(package.origin).parent, given.tree.resolve(), given.folder.resolve())
    print(f"{len(files(given.folder))} files in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
