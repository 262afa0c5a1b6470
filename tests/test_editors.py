"""Editors of text: the schema with a project's keys, and what the server that editors use makes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from edition.app.editor_schema import FILE, KEYS, editor_files, editor_schema
from edition.app.init import ANNOTATIONS, start
from edition.format.yaml import read_yaml
from edition.model.nodes import as_data
from edition.model.source import Source
from edition.read.project import load
from pages import run
from yamlserver import Server, needed, serving

ROOT = Path(__file__).parent.parent
FIRST = {
    "annotations": "../schema/project.schema.json",
    "settings": "../schema/settings.schema.json",
    "registers": "../../schema/registers.schema.json",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    start(tmp_path)
    return tmp_path


def accepts(folder: Path, text: str) -> bool:
    node, _ = read_yaml(Source("", text))
    assert node is not None
    return bool(jsonschema_rs.validator_for(editor_schema(load(folder)[0])).is_valid(as_data(node)))


@pytest.mark.parametrize("folder", [ROOT, *sorted((ROOT / "tests/editions").iterdir())], ids=lambda f: f.name)
def test_good_annotations_are_good_in_an_editor(folder: Path) -> None:
    for path in sorted(folder.glob("annotations/*.yaml")):
        if path.name != "edition.yaml":
            assert accepts(folder, path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("person: goethe", "person: goehte"),
        ("person: goethe", "person: jena"),
        ("place: weimar", "place: goethe"),
        ("gloss: signed", "gloss: singed"),
        ("quote: nothng", "quote: nothng\n    by: nobody"),
    ],
)
def test_a_key_that_is_none_is_seen(right: str, wrong: str, project: Path) -> None:
    assert accepts(project, ANNOTATIONS) and ANNOTATIONS.count(right)
    assert not accepts(project, ANNOTATIONS.replace(right, wrong))


@pytest.mark.parametrize("by", ["ed", "machine"])
def test_editors_and_words_that_are_no_keys(by: str, project: Path) -> None:
    assert accepts(project, ANNOTATIONS.replace("quote: nothng", f"quote: nothng\n    by: {by}"))


def test_a_project_without_registers_takes_any_key(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    assert accepts(tmp_path, "edition: 1\nannotations:\n  - person: goethe\n    quote: Goethe\n")


def test_a_build_keeps_the_schema_up_to_date(project: Path) -> None:
    registers = project / "annotations/registers/registers.yaml"
    text = registers.read_text(encoding="utf-8")
    registers.write_text(text.replace("  jena:", "  erfurt: {name: Erfurt}\n  jena:"), encoding="utf-8")
    schema = project / "schema"
    before = (schema / FILE).read_bytes()
    assert run("edition build", project).code == 0
    written = (schema / KEYS).read_bytes()
    assert written == editor_files(load(project)[0])[KEYS] and b"Erfurt" in written
    assert (schema / FILE).read_bytes() == before
    for name in (FILE, KEYS):
        (schema / name).unlink()
    assert run("edition build", project).code == 0
    assert not (schema / KEYS).exists(), "who has not asked for it, does not get it"


@pytest.mark.parametrize("folder", [ROOT, *sorted((ROOT / "tests/editions").iterdir())], ids=lambda f: f.name)
def test_the_schema_that_files_name_is_the_same_for_all_projects(folder: Path) -> None:
    assert (ROOT / "schema" / FILE).read_bytes() == editor_files(load(folder)[0])[FILE]


def test_git_does_not_keep_the_keys(project: Path) -> None:
    for root in (ROOT, project):
        assert f"schema/{KEYS}" in (root / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_first_line_of_every_file_points_at_its_schema(project: Path) -> None:
    for root in (ROOT, project):
        for path in root.glob("annotations/**/*.yaml"):
            which = (
                "settings"
                if path.stem == "edition"
                else "registers"
                if path.parent.name == "registers"
                else "annotations"
            )
            first = path.read_text(encoding="utf-8").split("\n")[0]
            assert first == f"# yaml-language-server: $schema={FIRST[which]}", path
            assert (path.parent / FIRST[which]).resolve().is_file()


# the server


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    start(folder)
    return folder


@pytest.fixture(scope="module")
def server(desk: Path) -> Iterator[Server]:
    needed()
    with serving(desk) as server:
        yield server


@pytest.fixture(scope="module")
def clone(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as git keeps it: nothing has been built."""
    folder = tmp_path_factory.mktemp("clone") / "desk"
    shutil.copytree(desk, folder)
    (folder / "schema" / KEYS).unlink()
    return folder


def opened(server: Server, desk: Path, name: str, text: str, mark: str) -> tuple[str, int, int]:
    """A file in the editor with the cursor where `‸` stands (which is not in the text)."""
    before = text[: text.index(mark)]
    uri = server.open(desk / "annotations" / f"{name}.yaml", text.replace("‸", ""))
    return uri, before.count("\n"), len(before) - before.rfind("\n") - 1


def completed(server: Server, place: tuple[str, int, int]) -> dict[str, str]:
    """What is offered, with what is said of it."""
    said = server.at("completion", *place)
    return {item["label"]: item.get("documentation", "") for item in said["items"]}


def test_the_server_finds_nothing_wrong_in_a_new_project(server: Server, desk: Path, clone: Path) -> None:
    for path in sorted([*desk.glob("annotations/**/*.yaml"), *clone.glob("annotations/**/*.yaml")]):
        assert server.findings(server.open(path, path.read_text(encoding="utf-8"))) == [], path


def test_the_server_finds_nothing_wrong_in_this_repository(server: Server) -> None:
    for path in sorted(ROOT.glob("annotations/**/*.yaml")):
        assert server.findings(server.open(path, path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize("where", ["desk", "clone"])
def test_kinds_and_fields_are_offered(where: str, server: Server, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(where)
    offered = completed(server, opened(server, folder, "kinds", f"{ANNOTATIONS}  - ‸\n", "‸"))
    assert {"person", "place", "correction", "gloss", "quote", "from", "occurrence"} <= set(offered)
    assert "head" not in offered


def test_keys_of_the_registers_are_offered_with_names(server: Server, desk: Path) -> None:
    text = ANNOTATIONS.replace("person: goethe", "person: ‸")
    assert completed(server, opened(server, desk, "keys", text, "‸")) == {
        "caroline": "Caroline. The writer of the letter, not identified.",
        "goethe": "Johann Wolfgang von Goethe",
    }


def test_keys_are_offered_in_a_clone_after_a_build(clone: Path, tmp_path: Path) -> None:
    needed()
    text = ANNOTATIONS.replace("person: goethe", "person: ‸")
    built = tmp_path / "built"
    shutil.copytree(clone, built)
    assert run("edition build", built).code == 0
    with serving(built) as server:
        for folder in (clone, built):
            place = opened(server, folder, "keys", text, "‸")
            for _ in ("while typing", "after the file was looked through"):
                assert ({"caroline", "goethe"} <= completed(server, place).keys()) == (folder == built)
                server.findings(place[0])


@pytest.mark.parametrize(("line", "offered"), [("gloss: ‸", {"signed"}), ("place: ‸", {"jena", "weimar"})])
def test_what_else_is_offered(line: str, offered: set[str], server: Server, desk: Path) -> None:
    place = opened(server, desk, line[:4], f"{ANNOTATIONS}  - {line}\n    quote: x\n", "‸")
    assert set(completed(server, place)) == offered


def test_a_kind_and_its_entry_are_explained(server: Server, desk: Path) -> None:
    said = server.at("hover", *opened(server, desk, "hover", ANNOTATIONS, "goethe"))
    assert "person → persName" in said["contents"]["value"]
    assert "Johann Wolfgang von Goethe" in said["contents"]["value"]
    assert "caroline" not in said["contents"]["value"]


@pytest.mark.parametrize(
    ("where", "right", "wrong", "line", "said"),
    [
        ("desk", "person: goethe", "person: goehte", "goehte", '"goethe"'),
        ("desk", "quote: Jena", "qoute: Jena", "qoute", "qoute"),
        ("desk", "count: 1", "count: one", "count: one", "is not a whole number"),
        ("clone", "quote: Jena", "qoute: Jena", "qoute", "qoute"),
        ("clone", "count: 1", "count: one", "count: one", "is not a whole number"),
    ],
)
def test_a_mistake_is_underlined(
    where: str,
    right: str,
    wrong: str,
    line: str,
    said: str,
    server: Server,
    request: pytest.FixtureRequest,
) -> None:
    folder = request.getfixturevalue(where)
    text = ANNOTATIONS.replace(right, wrong)
    uri = server.open(folder / f"annotations/{wrong.partition(':')[0]}-wrong.yaml", text)
    number = next(n for n, row in enumerate(text.split("\n"), 1) if line in row)
    assert any(found.startswith(f"{number}: ") and said in found for found in server.findings(uri)), (
        server.told[uri]
    )


def test_the_schema_is_json_that_says_what_it_is() -> None:
    schema = json.loads(editor_files(load(ROOT)[0])[KEYS])
    assert schema["title"] == "Annotations of a text, with the keys of this project"
    assert {"title": "stalin", "enum": ["stalin"]}.items() <= schema["$defs"]["keys.people"]["anyOf"][
        2
    ].items()
