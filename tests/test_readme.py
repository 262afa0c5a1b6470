"""The README's example is the output of a real run."""

from __future__ import annotations

from pathlib import Path

import edition
from edition.app.reports.text import one
from pages import fences

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
SHARED = """\
edition: 1
publisher: The editors
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors: {ed: {name: The editors}}
defaults: {by: ed}
types: {gloss: {signed: A signed gloss}}
"""
REGISTERS = """\
edition: 1
people: {goethe: {name: Johann Wolfgang von Goethe}}
voices: {AB: {name: A. B., signs: ["A. B."], identified: no}}
"""


def _project(folder: Path) -> dict[str, str]:
    (folder / "annotations" / "registers").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "annotations" / "edition.yaml").write_text(SHARED, "utf-8")
    (folder / "annotations" / "registers" / "all.yaml").write_text(REGISTERS, "utf-8")
    blocks = {fence.path or fence.language: fence.body for fence in fences(README)}
    for name in ("seeds/weimar.txt", "annotations/weimar.yaml"):
        (folder / name).write_text(blocks[name], "utf-8")
    return blocks


def test_the_example_is_what_the_program_writes(tmp_path: Path) -> None:
    blocks = _project(tmp_path)
    outcome = edition.build(tmp_path)
    assert outcome.ok, outcome.diagnostics
    assert blocks["out/weimar.xml"].strip() in (tmp_path / "out" / "weimar.xml").read_text("utf-8")


def test_the_report_is_what_the_program_says(tmp_path: Path) -> None:
    blocks = _project(tmp_path)
    seed = tmp_path / "seeds" / "weimar.txt"
    seed.write_text(blocks["seeds/weimar.txt"].replace("Goethe", "Göthe"), "utf-8")
    (told,) = [d for d in edition.check(tmp_path).diagnostics if d.is_error]
    assert one(told) == blocks["report"]
