"""The house: imports point to lower layers, nothing heavy is imported for `--help`, no broad except."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import edition
from edition.app.init import start

PACKAGE = Path(__file__).parent.parent / "src" / "edition"
ROOMS = ("model", "dates", "format", "read", "anchor", "encode", "checks", "pipeline", "exports", "app")
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The rooms that a module imports from."""
    modules = [
        node.module if node.module != "edition" else f"edition.{alias.name}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "edition"
        for alias in node.names
    ]
    return {module.split(".")[1] for module in modules}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_those_before_it(room: str) -> None:
    allowed = ROOMS[: ROOMS.index(room) + 1]
    upward = {
        path.name: more for path in MODULES if _room(path) == room and (more := _imports(path) - {*allowed})
    }
    assert upward == {}


def test_the_plan_is_small() -> None:
    assert {_room(path) for path in MODULES} == {*ROOMS, "__init__", "__main__"}
    folders = Counter(path.parent for path in MODULES)
    assert {folder.name: n for folder, n in folders.items() if n > 20 + 1} == {}


PROTOCOLS = ("write", "rendered", "build", "check", "export", "prove")
"""Names with one meaning in many modules: of writers, of reports, of the library and its command line."""


def test_a_name_means_one_thing() -> None:
    """No public function or class has the name of another; no module only hands on what others have."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        nodes = ast.parse(path.read_text("utf-8")).body
        own = [node for node in nodes if not isinstance(node, ast.Import | ast.ImportFrom)]
        assert len(own) > 1 or path.name in ("__init__.py", "__main__.py"), f"{path} only hands on"
        for node in own:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(path.relative_to(PACKAGE).as_posix())
    twice = {name: where for name, where in places.items() if len(where) > 1 and name not in PROTOCOLS}
    assert twice == {}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from edition.app.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stderr.split())
    assert "click" in loaded and "Example" in run.stdout
    assert not loaded & {
        "lxml",
        "lxml.etree",
        "jsonschema",
        "jsonschema_rs",
        "rich",
        "yaml",
        "markdown_it",
        "edtf",
        "re2",
        "rapidfuzz",
        "jinja2",
    }


LOADED = """
import sys
before = {name.partition(".")[0] for name in sys.modules}  # an environment may load something of its own
from dataclasses import is_dataclass
from edition.app.cli import main
try:
    main(["-C", sys.argv[1], "check"])
except SystemExit as stop:
    assert not stop.code
own = {name: module for name, module in sys.modules.items() if name.startswith("edition.")}
names = {name.partition(".")[0] for name in sys.modules} - before
print(*sorted(name for name in names - sys.stdlib_module_names if "cython" not in name and name[0] != "_"))
print(*sorted({name.split(".")[1] for name in own}))
print(len({one for module in own.values() for one in vars(module).values() if isinstance(one, type) and is_dataclass(one)}))
"""


def test_a_check_that_finds_nothing_loads_what_it_needs(tmp_path: Path) -> None:
    """Every start pays for libraries, and for dataclasses: a frozen one takes five times as long to make as a named tuple."""
    start(tmp_path / "letters")
    run = subprocess.run(
        [sys.executable, "-c", LOADED, tmp_path / "letters"], capture_output=True, text=True, check=True
    )
    libraries, rooms, dataclasses = run.stdout.splitlines()[-3:]
    assert libraries == "click edition jsonschema_rs lxml re2 yaml"  # re2: the starter has a convention
    assert {*rooms.split()} == {*ROOMS} - {"exports"}
    assert int(dataclasses) <= 9


def test_no_broad_except() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert (
                    node.type is not None
                    and getattr(node.type, "id", "") not in ("Exception", "BaseException")
                ) or _reraises(node), path.name


def _reraises(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


def test_no_room_hides_a_function_of_the_library() -> None:
    """A package `edition.check` would take the place of the function of that name as soon as it is imported."""
    assert not {*edition.__all__} & {path.name.removesuffix(".py") for path in PACKAGE.iterdir()}
