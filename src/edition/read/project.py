"""Finds the seeds, annotations and registers of a project, reads them, and pairs them. Decides nothing about texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from edition.format.json_schema import Which
from edition.format.validate import validate
from edition.format.yaml import read_yaml
from edition.model import rules
from edition.model.annotation import Entry, Registers, Seed
from edition.model.diagnostics import Diagnostic, diagnostic, errors, visible
from edition.model.edition import NOTHING, SETTINGS, Bytes, Document, Project
from edition.model.nodes import Mapping, Node, text_of
from edition.model.similar import similar_key
from edition.model.source import Source, Span, whole_file
from edition.model.vocabulary import KINDS, REGISTERS, Kind, Shape
from edition.read.convention_rules import read_conventions
from edition.read.files import escapes, read_file, unsafe
from edition.read.seed import read_seed, read_text

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*").fullmatch
_OWN_SHAPES: dict[str, Shape] = {"editor": "supplied", "none": "milestone"}


class YamlFile(NamedTuple):
    """A YAML file as it was read. It has no node if it cannot be used as it is."""

    source: Source
    node: Mapping | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def load(root: Path, overrides: Bytes | None = None) -> tuple[Project, list[Diagnostic]]:
    """A project from its folder, and what is wrong with the files that its texts share.

    `overrides` are bytes that are taken for those of some of its files, by their paths.
    """
    overrides = overrides or {}
    there = (root / SETTINGS).exists()
    file = _yaml_file(root, SETTINGS, "settings", overrides) if there else YamlFile(Source(SETTINGS, ""))
    settings = file.node or NOTHING
    listed, unlisted = _listed(root, "annotations/registers", ".yaml")
    included, not_included = _included(root, settings, file.source)
    registers = [_yaml_file(root, p, "registers", overrides) for p in dict.fromkeys([*listed, *included])]
    entries, twice = _entries(registers)
    names, unnamed = _names(root)
    known = Registers(entries, spoken(settings))
    conventions, unread = read_conventions(settings.items.get("conventions"), file.source, known, settings)
    diagnostics = [*file.diagnostics, *unlisted, *not_included, *twice, *unnamed, *unread]
    unsettled = file.node is None and bool(file.source.text)
    kinds = own_kinds(settings)
    project = Project(root, names, settings, file.source, unsettled, kinds, known, conventions, overrides)
    return project, diagnostics


def document(project: Project, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """A text of the project, with its annotations if there are any; None if it has errors that hide what it says."""
    path = f"annotations/{name}.yaml"
    there = (project.root / path).exists() or (project.root / path).is_symlink()
    file = YamlFile(Source(path, ""))
    if there:
        own = tuple(k for k in project.kinds if k not in KINDS)
        file = _yaml_file(project.root, path, "annotations", project.overrides, own)
    seed, unread = _seed(project, name, file.source)
    diagnostics = [*file.diagnostics, *unread]
    if seed is None or (there and file.node is None):
        return None, diagnostics
    node = file.node or NOTHING
    structure, annotations = node.items.get("structure"), node.items.get("annotations")
    conventions = project.conventions
    if "conventions" in node.items:  # a text's own are instead of the project's
        own_conventions, known = node.items["conventions"], project.registers
        conventions, unread = read_conventions(own_conventions, file.source, known, project.settings)
        diagnostics += unread
    header = node.inner("header") if "header" in node.items else NOTHING
    return Document(name, seed, file.source, header, structure, annotations, conventions), diagnostics


# files


def _yaml_file(
    root: Path, name: str, which: Which, overrides: Bytes, kinds: tuple[str, ...] = ()
) -> YamlFile:
    """A YAML file of the project, read and decoded, its shape checked. `kinds` are those that only the project has."""
    data, diagnostics = (overrides[name], []) if name in overrides else read_file(root, name)
    source, undecoded = (None, []) if data is None else read_text(name, data)
    if source is None:
        return YamlFile(Source(name, ""), None, (*diagnostics, *undecoded))
    node, diagnostics = read_yaml(source)
    diagnostics += [] if errors(diagnostics) else validate(source, node, which, kinds)
    good = node if type(node) is Mapping and not errors(diagnostics) else None
    return YamlFile(source, good, tuple(diagnostics))


def _listed(root: Path, folder: str, suffix: str) -> tuple[list[str], list[Diagnostic]]:
    """The files of a folder with this suffix, sorted; none if there is no such folder."""
    try:
        return sorted(f"{folder}/{p.name}" for p in (root / folder).iterdir() if p.name.endswith(suffix)), []
    except FileNotFoundError:
        return [], []
    except OSError as error:
        message = f"{folder} cannot be read: {error.strerror}"
        return [], [diagnostic(rules.IO, message, whole_file(folder))]


def _included(root: Path, settings: Mapping, source: Source) -> tuple[list[str], list[Diagnostic]]:
    """The further register files that `include:` names, each inside the project."""
    paths, found = [], []
    for item in settings.listed("include"):
        path = text_of(item)
        problem, rule = unsafe(root, path), rules.PATH
        if not problem and not (root / path).exists():
            problem, rule = "cannot be read: there is no such file", rules.IO
        if problem:
            help = "Name a file inside the project, such as annotations/shared/people.yaml."
            found.append(diagnostic(rule, f"“{visible(path)}” {problem}", source.span(item), help=help))
        else:
            paths.append(path)
    return paths, found


def _names(root: Path) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The names of the texts of a project, sorted: each has a seed or annotations."""
    seeds, no_seeds = _listed(root, "seeds", ".txt")
    annotations, no_annotations = _listed(root, "annotations", ".yaml")
    files = {Path(file).stem: file for file in reversed(seeds + annotations) if file != SETTINGS}
    wrong = {name: unfit(name, file) for name, file in sorted(files.items())}
    names = tuple(name for name, problem in wrong.items() if problem is None)
    return names, [*no_seeds, *no_annotations, *(problem for problem in wrong.values() if problem)]


def unfit(name: str, file: str) -> Diagnostic | None:
    """The report of a name that no text may have, at its file."""
    if leads := escapes(name):
        problem = f"{leads}, and cannot name a text"
    elif not _NAME(name):
        problem = "cannot name a text: it becomes a file in out/ and an xml:id"
    elif name == Path(SETTINGS).stem:
        problem = f"cannot name a text: {SETTINGS} holds what the texts of the project share"
    else:
        return None
    help = "Use letters without accents, digits, “-”, “_” and “.”."
    return diagnostic(rules.PATH, f"“{visible(name)}” {problem}", whole_file(visible(file)), help=help)


def _seed(project: Project, name: str, source: Source) -> tuple[Seed | None, list[Diagnostic]]:
    path = f"seeds/{name}.txt"
    try:
        (project.root / path).lstat()
    except PermissionError:
        return None, []  # reported when the folder was listed
    except OSError:
        near = similar_key(name, _without_annotations(project.root))
        rename = f"The nearest name is seeds/{near}.txt: rename one of the two."
        help = rename if near else "Put the text there, as received."
        message = f"{path} is missing: {source.name} has no seed"
        return None, [diagnostic(rules.SOURCE_MISSING, message, Span(source, 0, 0), help=help)]
    data, unread = read_file(project.root, path)
    return (
        read_seed(path, data, described_characters(project.settings)) if data is not None else (None, unread)
    )


def _without_annotations(root: Path) -> list[str]:
    """The names of seeds that nobody annotates."""
    names = [Path(path).stem for path in _listed(root, "seeds", ".txt")[0]]
    return [name for name in names if not (root / f"annotations/{name}.yaml").exists()]


# what they hold


def _entries(files: Iterable[YamlFile]) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """The entries of all registers by key, and what is wrong with their files."""
    entries: dict[str, Entry] = {}
    found: list[Diagnostic] = []
    for file in files:
        found += file.diagnostics
        for register in REGISTERS:
            mapping = (file.node or NOTHING).inner(register)
            for key, node in mapping.items.items():
                if type(node) is not Mapping:
                    continue
                entry = Entry(register, key, node, file.source, mapping.keys[key])
                if (first := entries.setdefault(key, entry)) is not entry:
                    found.append(_twice(first, entry))
    return entries, found


def _twice(first: Entry, again: Entry) -> Diagnostic:
    return diagnostic(
        rules.ID,
        f"the key “{again.key}” stands in two registers",
        (again.place, "again here"),
        (first.place, "first here"),
        help="Rename one of them: keys become xml:id, and those are unique.",
    )


def own_kinds(settings: Mapping) -> dict[str, Kind]:
    """The kinds of the vocabulary, and those that a project adds with `kinds:` in edition.yaml, by name."""
    rows = settings.inner("kinds").items
    own = {name: row for name, row in rows.items() if type(row) is Mapping and name not in KINDS}
    return KINDS | {name: _own_kind(name, row) for name, row in own.items()}


def _own_kind(name: str, row: Mapping) -> Kind:
    value, words = row.text("value") or "type", row.text("words") or "seed"
    return Kind(
        name,
        row.text("element"),
        _OWN_SHAPES.get(words, "mention" if value == "key" else "phrase"),
        KINDS["element"].rank,
        value,
        "editor" if words == "editor" else "none" if words == "none" else "seed",
        row.text("about"),
        "",
        registers=("*",) if value == "key" else (),
        type=row.text("type"),
    )


def described_characters(settings: Mapping) -> dict[str, Node]:
    """Character → its description, as `characters:` of edition.yaml has it: a text, or a mapping."""
    return {chr(int(code[2:], 16)): said for code, said in settings.inner("characters").items.items()}


def spoken(settings: Mapping) -> str:
    """The project's default language, or ""."""
    return settings.inner("defaults").text("language")


def language(project: Project, document: Document) -> str:
    """The language of a text: its header's, else the project's default, else undetermined."""
    return document.header.text("language") or spoken(project.settings) or "und"
