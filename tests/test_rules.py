"""The page of every rule is true: its example gives that report, and what is mended builds in silence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from edition.encode.tei import Placed, read_back
from edition.model import rules
from edition.model.diagnostics import Rule
from edition.model.rules import RULES
from pages import fences, play, project, put, run, settle

FOLDER = Path(__file__).parent.parent / "src" / "edition" / "model" / "rules"
MENDED = "\n## Mended\n"
OURS = ("E603",)  # faults of the program: no project leads there


def examples() -> list[object]:
    """Every rule whose page has an example; those that nothing tells yet are expected to fail."""
    return [pytest.param(rule, id=code) for code, rule in RULES.items() if code not in OURS]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(
        rules.page_of(rule).name for rule in RULES.values()
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_page_says_what_and_why_before_its_example(rule: Rule) -> None:
    page = (rules.page_of(rule)).read_text(encoding="utf-8")
    title, what, why, *_ = page.split("\n\n")
    assert title == f"# {rule.code} {rule.name}"
    assert not what.startswith("```") and not why.startswith("```")
    assert "\nHow to mend it: " in page
    assert max(map(len, page.partition("```")[0].split("\n\n"))) < 500, "a paragraph is too long"


@pytest.mark.parametrize("rule", examples())
def test_the_example_gives_the_report_and_is_mended(rule: Rule, tmp_path: Path) -> None:
    path = rules.page_of(rule)
    page = path.read_text(encoding="utf-8")
    failing, line, mended = page.partition(MENDED)
    folder = project(tmp_path)
    told = play(failing, folder)
    reports = [fence.body for fence in fences(told) if fence.language in ("report", "console")]
    assert f"[{rule.code}]: " in "".join(reports)
    settle(path, told + line + play(mended, folder))
    last = run("edition build", folder)
    assert (last.stderr, last.code) == ("", 0), "the mended project has something against it"


def test_a_report_of_a_fault_of_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """E603, by a reader of editions that loses a name."""

    def forgetful(data: bytes) -> tuple[str, Counter[Placed]]:
        text, placed = read_back(data)
        return text, Counter({place: n for place, n in placed.items() if place[0] != "persName"})

    monkeypatch.setattr("edition.checks.acceptance.read_back", forgetful)
    put(tmp_path / "seeds/letter.txt", b"I have seen Goethe at last.\n")
    note = b"edition: 1\nannotations:\n  - person: goethe\n    quote: Goethe\n"
    put(tmp_path / "annotations/letter.yaml", note)
    path = rules.page_of(RULES["E603"])
    settle(path, play(path.read_text(encoding="utf-8"), project(tmp_path)))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_explain_prints_the_page(rule: Rule, tmp_path: Path) -> None:
    page = (rules.page_of(rule)).read_text(encoding="utf-8").rstrip() + "\n"
    for what in (rule.code, rule.code.lower(), f"rules {rule.name}"):
        said = run(f"edition explain {what}", tmp_path)
        assert (said.stdout, said.stderr, said.code) == (page, "", 0)
    assert run(f"edition explain {rule.name}", tmp_path).stdout.endswith(page)  # after a kind of its name
