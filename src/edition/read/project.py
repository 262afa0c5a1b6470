"""Finds seeds, annotations and registers, and pairs them. Reads files; decides nothing about texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from edition.format.schema import Which
from edition.format.validate import check_shape
from edition.format.yaml import read_yaml
from edition.model import rules
from edition.model.annotation import Entry, Registers, Seed
from edition.model.diagnostics import Diagnostic, Label, say, visible
from edition.model.edition import SETTINGS, Bytes, Document, Project
from edition.model.nodes import Mapping, Node, Sequence
from edition.model.similar import similar_key
from edition.model.source import Source, Span
from edition.model.vocabulary import KINDS, REGISTERS
from edition.read.annotations import own_kinds, text
from edition.read.convention_rules import read_conventions
from edition.read.files import escapes, read, unsafe
from edition.read.seed import read_seed, read_text

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*").fullmatch


def load(root: Path, instead: Bytes | None = None) -> tuple[Project, list[Diagnostic]]:
    """A project from its folder. What is wrong with shared files is told once, here. `instead`: bytes to take
    for those of some of its files, by their names."""
    instead = instead or {}
    found: list[Diagnostic] = []
    source, settings = (
        _yaml(root, SETTINGS, "settings", found, instead=instead)
        if (root / SETTINGS).exists()
        else (Source(SETTINGS, ""), None)
    )
    paths = _listed(root, "annotations/registers", ".yaml", found)
    paths += _included(root, settings, source, found) if settings else []
    entries: dict[str, Entry] = {}
    for path in dict.fromkeys(paths):
        where, node = _yaml(root, path, "registers", found, instead=instead)
        for entry in _entries(where, node):
            if (first := entries.setdefault(entry.key, entry)) is not entry:
                found.append(
                    say(
                        rules.ID,
                        f"the key “{entry.key}” stands in two registers",
                        Label(entry.place, "again here"),
                        Label(first.place, "first here"),
                        help="Rename one of them: keys become xml:id, and those are unique.",
                    )
                )
    files = _listed(root, "seeds", ".txt", found) + _listed(root, "annotations", ".yaml", found)
    names = {Path(file).stem: file for file in reversed(files) if file != SETTINGS}
    good = [name for name in sorted(names) if named(name, names[name], found)]
    registers = Registers(entries, spoken(settings))
    conventions, told = read_conventions(
        settings.items.get("conventions") if settings else None, source, registers, settings
    )
    found += told
    kinds = own_kinds(settings)
    return Project(root, tuple(good), settings, source, kinds, registers, conventions, instead), found


def described(settings: Mapping | None) -> dict[str, Node]:
    """Character → its description, as `characters:` of edition.yaml has it: a text, or a mapping."""
    node = settings.items.get("characters") if settings else None
    items = node.items if type(node) is Mapping else {}
    return {chr(int(code[2:], 16)): said for code, said in items.items()}


def named(name: str, file: str, found: list[Diagnostic]) -> bool:
    """Whether a text may have this name; told at its file if not."""
    problem = ""
    if leads := escapes(name):
        problem = f"{leads}, and cannot name a text"
    elif not _NAME(name):
        problem = "cannot name a text: it becomes a file in out/ and an xml:id"
    elif name == Path(SETTINGS).stem:
        problem = f"cannot name a text: {SETTINGS} holds what the texts of the project share"
    if problem:
        help = "Use letters without accents, digits, “-”, “_” and “.”."
        place = Span(Source(visible(file), ""), 0, 0)
        found.append(say(rules.PATH, f"“{visible(name)}” {problem}", place, help=help))
    return not problem


def _included(root: Path, settings: Mapping, source: Source, found: list[Diagnostic]) -> list[str]:
    """Further register files that `include:` names, each inside the project."""
    node = settings.items.get("include")
    paths = []
    for item in node.items if isinstance(node, Sequence) else [node] if node else []:
        path = text(item)
        problem, rule = unsafe(root, path), rules.PATH
        if not problem and not (root / path).exists():
            problem, rule = "cannot be read: there is no such file", rules.IO
        if problem:
            help = "Name a file inside the project, such as annotations/shared/people.yaml."
            found.append(
                say(rule, f"“{visible(path)}” {problem}", Span(source, item.start, item.end), help=help)
            )
        else:
            paths.append(path)
    return paths


def _listed(root: Path, folder: str, suffix: str, found: list[Diagnostic]) -> list[str]:
    try:
        return sorted(f"{folder}/{p.name}" for p in (root / folder).iterdir() if p.name.endswith(suffix))
    except FileNotFoundError:
        return []
    except OSError as error:
        found.append(
            say(rules.IO, f"{folder} cannot be read: {error.strerror}", Span(Source(folder, ""), 0, 0))
        )
        return []


def _yaml(
    root: Path,
    name: str,
    which: Which,
    found: list[Diagnostic],
    kinds: tuple[str, ...] = (),
    instead: Bytes | None = None,
) -> tuple[Source, Mapping | None]:
    """A YAML file of the project: read, decoded, its shape checked."""
    data, problems = (instead[name], []) if instead and name in instead else read(root, name)
    found += problems
    if data is None:
        return Source(name, ""), None
    source, problems = read_text(name, data)
    found += problems
    if source is None:
        return Source(name, ""), None
    node, problems = read_yaml(source)
    found += problems
    if any(d.is_error for d in problems):
        return source, None
    told = check_shape(source, node, which, kinds)
    found += told
    return source, node if type(node) is Mapping and not any(d.is_error for d in told) else None


def _entries(source: Source, node: Mapping | None) -> Iterator[Entry]:
    for register in REGISTERS:
        mapping = node.items.get(register) if node else None
        if type(mapping) is Mapping:
            for key, entry in mapping.items.items():
                if type(entry) is Mapping:
                    yield Entry(register, key, entry, source, mapping.keys[key])


def document(project: Project, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """One text of the project: its seed, and its annotations if there are any."""
    found: list[Diagnostic] = []
    path = f"annotations/{name}.yaml"
    source, node, broken = Source(path, ""), None, False
    if (project.root / path).exists() or (project.root / path).is_symlink():
        own = tuple(k for k in project.kinds if k not in KINDS)
        source, node = _yaml(project.root, path, "annotations", found, own, project.instead)
        broken = node is None
    seed = _seed(project, name, source, found)
    if seed is None or broken:
        return None, found
    items = node.items if node else {}
    header = items.get("header")
    conventions = project.conventions
    if "conventions" in items:  # a text's own are instead of the project's
        conventions, told = read_conventions(
            items["conventions"], source, project.registers, project.settings
        )
        found += told
    return Document(
        name,
        seed,
        source,
        header if type(header) is Mapping else None,
        items.get("structure"),
        items.get("annotations"),
        conventions,
    ), found


def _seed(project: Project, name: str, source: Source, found: list[Diagnostic]) -> Seed | None:
    path = f"seeds/{name}.txt"
    try:
        (project.root / path).lstat()
    except PermissionError:
        return None  # told when the folder was listed
    except OSError:
        known = [
            Path(p).stem
            for p in _listed(project.root, "seeds", ".txt", [])
            if not (project.root / f"annotations/{Path(p).stem}.yaml").exists()
        ]
        near = similar_key(name, known)
        found.append(
            say(
                rules.SOURCE_MISSING,
                f"{path} is missing: {source.name} has no seed",
                Span(source, 0, 0),
                help=f"The nearest name is seeds/{near}.txt: rename one of the two."
                if near
                else "Put the text there, as received.",
            )
        )
        return None
    data, problems = read(project.root, path)
    found += problems
    if data is None:
        return None
    seed, problems = read_seed(path, data, described(project.settings))
    found += problems
    return seed


def spoken(settings: Mapping | None) -> str:
    """The project's default language, or ""."""
    defaults = settings.items.get("defaults") if settings else None
    return text(defaults.items.get("language")) if type(defaults) is Mapping else ""


def language(project: Project, document: Document) -> str:
    """The language of a text: its header's, else the project's default, else undetermined."""
    own = text(document.header.items.get("language")) if document.header else ""
    return own or spoken(project.settings) or "und"
