"""The page of every kind and block is true: its example builds in silence, and gives the TEI it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.format.explain import PAGES, SECTIONS, Page, called, explained, list_of_pages, unknown
from edition.model.vocabulary import BLOCKS, KINDS
from pages import fences, play, run, settle
from tei_schema import faults

FOLDER = Path(__file__).parent.parent / "src" / "edition" / "model" / "kinds"
OURS = [page for page in PAGES if page.section != "rules"]
each = pytest.mark.parametrize("page", OURS, ids=lambda page: page.path.stem)


def before_example(page: Page) -> str:
    return page.read().partition("\n## Example\n")[0]


def named(page: Page) -> tuple[str, ...]:
    """What the row of the table names: the page must explain it."""
    if page.section == "kinds":
        kind = KINDS[page.name]
        return (kind.element, *kind.fields, *(kind.registers if len(kind.registers) < 7 else ()))
    block = BLOCKS[page.name]
    return (block.element, block.default, *block.fields)


def test_every_kind_and_block_has_a_page_and_every_page_one() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(page.path.name for page in OURS)


@each
def test_a_page_says_what_it_is_and_explains_its_fields(page: Page) -> None:
    title, what, when, *_ = before_example(page).split("\n\n")
    assert title == f"# {page.name}"
    assert " In TEI " in what or page.name == "element"
    assert not when.startswith(("|", "```")), "it does not say when to use it"
    missing = [name for name in named(page) if name and f"`{name}`" not in before_example(page)]
    assert not missing, f"the page does not say what {', '.join(missing)} is"
    assert max(map(len, what.splitlines() + when.splitlines())) < 500, "a paragraph is too long"


@each
def test_the_example_is_built_valid_and_proved(page: Page, tmp_path: Path) -> None:
    path = page.path
    text = path.read_text(encoding="utf-8")
    settle(path, play(text, tmp_path))
    built = run("edition build", tmp_path)
    assert (built.stderr, built.code) == ("", 0)
    shown = "".join(fence.body for fence in fences(text) if fence.path in built.stdout.split())
    assert f"<{_element(page)}" in shown, "the example does not show the element"
    proved = run("edition prove", tmp_path)
    assert (proved.stderr, proved.code) == ("", 0)
    for name in built.stdout.split():
        assert faults((tmp_path / name).read_text(encoding="utf-8")) == []


def _element(page: Page) -> str:
    return (KINDS[page.name].element or "mentioned") if page.section == "kinds" else BLOCKS[page.name].element


# edition explain


@each
def test_explain_prints_the_page(page: Page, tmp_path: Path) -> None:
    assert explained(f"{page.section} {page.name}") == page.read()
    said = run(f'edition explain "{called(page)}"', tmp_path)
    assert page.read().strip() in said.stdout
    assert (said.stderr, said.code) == ("", 0)


def test_a_kind_goes_before_a_rule_of_its_name() -> None:
    rules = {page.name: page for page in PAGES if page.section == "rules"}
    twins = [page for page in OURS if page.name in rules]
    assert twins
    for page in twins:
        assert explained(page.name) == f"{page.read()}\n{rules[page.name].read()}"
        assert explained(rules[page.name].code) == rules[page.name].read()


def test_a_kind_and_a_block_of_one_name_are_both_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kind, block = (next(page for page in PAGES if page.name == name) for name in ("person", "head"))
    both = (kind._replace(name="twin"), block._replace(name="twin"))
    monkeypatch.setattr("edition.format.explain.PAGES", both)
    assert explained("twin") == f"{kind.read()}\n{block.read()}"
    assert explained("structure twin") == block.read()


def test_all_are_listed_in_one_line_each() -> None:
    lines = (explained("") or "").splitlines()
    for page in PAGES:
        assert [line for line in lines if line.startswith(f"  {called(page)} ") and page.about in line]
    assert [line for line in lines if line and not line.startswith("  ")] == list(SECTIONS)
    assert explained("kinds") == list_of_pages([page for page in PAGES if page.section == "kinds"])


@pytest.mark.parametrize(
    "what, near",
    [("persn", "person"), ("quotatoin", "quotation"), ("ambigous", "ambiguous"), ("structure haed", "head")],
)
def test_a_name_that_is_nearly_right_is_hinted_at(what: str, near: str) -> None:
    assert explained(what) is None
    assert f"“{what}”" in unknown(what) and f"did you mean “{near}”?" in unknown(what)


def test_any_name_is_answered() -> None:
    for what in ("xyzzy", "structure", "structure xyzzy", " ", "E 202", "🙂"):
        assert explained(what) or unknown(what)
