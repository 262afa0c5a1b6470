"""Every report of every mistake: valid by the format's own schema, read back, and free of what a reader would obey."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators
from lxml import etree

import edition
from edition.app.reports import FORMATS, github, rendered
from edition.app.reports.places import in_files, named_from, prefix
from edition.app.reports.text import one as text_of
from edition.checks.shipped_schemas import schema_file
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Edit, Fix, Label, diagnostic, errors
from edition.model.rules import RULES
from edition.model.source import Source, Span
from pages import play, project, put, run
from test_rules import MENDED
from tools import missing

SHARED = Path(os.environ.get("EDITION_SHARED") or Path(__file__).parents[2] / "shared")
SARIF = SHARED / "schemas" / "sarif-schema-2.1.0.json"
NOT_BY_CHECK = ("E207", "E602", "E603")  # told by `build` and `prove`; I64 and W64 by `export`
BY_CHECK = [code for code in RULES if code not in NOT_BY_CHECK and code[1:3] != "64"]

# What a terminal, a browser, XML or GitHub would obey.
HOSTILE = '<b>&amp;]]>\x1b[31m\x07\u202eevil\u2069\ue000\ufffe\x85\u2028 ::error::x ##[add-mask]y %0A,: | `c` "q" \''
SEED = Source("seeds/böse, 1:2%.txt", f"A first line.\n{HOSTILE} and “words”\nlast")
YAML = Source("annotations/böse, 1:2%.yaml", f"edition: 1\nannotations:\n  - note: {HOSTILE}\n")


def hostile() -> list[Diagnostic]:
    fix = Fix(f"Write {HOSTILE}", (Edit(Span(YAML, 0, 7), HOSTILE), Edit(Span(YAML, 9, 9), "\n")))
    places = (Span(YAML, 26, 60), HOSTILE), (Span(SEED, 3, len(SEED.text)), HOSTILE)
    return [
        diagnostic(rules.ORPHAN, f"“{HOSTILE}”\nand more", *places, help=HOSTILE, fix=fix),
        diagnostic(rules.BARE_ALL, HOSTILE, Span(SEED, 14, 14)),
        diagnostic(rules.CUT, "without a place"),
    ]


@cache
def sarif_schema() -> Any:
    if not SARIF.exists():
        missing(f"there is no {SARIF} (EDITION_SHARED)")
    schema = json.loads(SARIF.read_text("utf-8"))
    return validators.validator_for(schema)(schema)


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a project for each rule, which breaks it."""
    top = tmp_path_factory.mktemp("mistakes")
    (top / ".git").mkdir()
    for code in BY_CHECK:
        page = rules.page_of(RULES[code]).read_text(encoding="utf-8")
        (top / code).mkdir()
        play(page.partition(MENDED)[0], project(top / code))
    return top


# SARIF


def _results(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    log = json.loads(text)
    assert not [error.message for error in sarif_schema().iter_errors(log)]
    return log["runs"][0], log["runs"][0]["results"]


@pytest.mark.parametrize("code", BY_CHECK)
def test_sarif_of_every_mistake(code: str, mistakes: Path) -> None:
    said = run(f"edition -C {code} check --format sarif", mistakes)
    assert said.stderr == ""
    its, results = _results(said.stdout)
    assert code in [result["ruleId"] for result in results]
    told = its["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in told] == [c for c in RULES if c in {r["ruleId"] for r in results}]
    assert all(told[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    places = [place for r in results for place in (*r["locations"], *r.get("relatedLocations", ()))]
    for place in places:
        physical = place["physicalLocation"]
        assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        region, file = physical["region"], mistakes / physical["artifactLocation"]["uri"]
        assert file.exists() and {"startLine", "startColumn", "endLine", "endColumn"} <= region.keys()
        _check_region(file, region)


def _check_region(file: Path, region: dict[str, Any]) -> None:
    """The words of the snippet stand in the file where the region says."""
    if "snippet" in region:
        text = file.read_bytes().decode().removeprefix("\ufeff").replace("\r\n", "\n")
        lines = text.split("\n") if file.suffix == ".yaml" else text.replace("\r", "\n").split("\n")
        first, last = region["startLine"] - 1, region["endLine"] - 1
        words = "\n".join(lines[first : last + 1])[region["startColumn"] - 1 :]
        assert words.startswith(region["snippet"]["text"])
        assert len(lines[last]) >= region["endColumn"] - 1


def test_a_long_line_is_shown_around_each_of_its_places() -> None:
    """Places that are far from each other are not told under one of them; those that are near are."""
    line = f"{'a ' * 90}here {'b ' * 90}there, there {'c ' * 90}"
    source = Source("seeds/long.txt", line)
    places = [match.span() for match in re.finditer("t?here", line)]
    labels = [Label(Span(source, *place), f"{number} of 3") for number, place in enumerate(places, 1)]
    shown = text_of(diagnostic(rules.AMBIGUOUS, "which?", *labels)).splitlines()
    rows = [line for line in shown if line.startswith("1 | ")]
    assert len(rows) == 2 and "here" in rows[0] and "there" not in rows[0] and "there, there" in rows[1]
    for words, row, told in (("here", rows[0], "1"), ("there", rows[1], "2"), ("there", rows[1], "3")):
        mark = next(line for line in shown if f" {told} of 3" in line)
        at = min(k for k in (mark.find("^"), mark.find("-")) if k >= 0)
        assert row[at : at + len(words)] == words


def test_sarif_of_what_is_hostile() -> None:
    its, (first, second, third) = _results(rendered("sarif", hostile(), ["seeds/a.txt"]))
    assert [r["level"] for r in (first, second, third)] == ["error", "warning", "note"]
    assert HOSTILE in first["message"]["text"] and HOSTILE in first["relatedLocations"][0]["message"]["text"]
    change = first["fixes"][0]["artifactChanges"][0]
    assert change["artifactLocation"]["uri"] == "annotations/b%C3%B6se%2C%201%3A2%25.yaml"
    assert [r["insertedContent"]["text"] for r in change["replacements"]] == [HOSTILE, "\n"]
    empty = change["replacements"][1]["deletedRegion"]
    assert (empty["startLine"], empty["startColumn"]) == (empty["endLine"], empty["endColumn"])
    assert its["columnKind"] == "unicodeCodePoints"


# JSON


@pytest.mark.parametrize("code", BY_CHECK)
def test_json_holds_to_its_schema(code: str, mistakes: Path) -> None:
    said = run(f"edition -C {code} check --format json", mistakes)
    _check_json(json.loads(said.stdout))


def _check_json(report: Any) -> None:
    schema = json.loads(schema_file("report.schema.json"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(report)


def test_json_says_all() -> None:
    found = hostile()
    report = json.loads(rendered("json", found, ["seeds/a.txt"]))
    _check_json(report)
    assert report["counts"] == {"error": 1, "warning": 1, "information": 1}
    for told, said in zip(found, report["findings"], strict=True):
        assert (said["rule"], said["message"], said["help"]) == (told.rule.code, told.message, told.help)
        for label, place in zip(told.labels, said["places"], strict=True):
            span = label.span
            assert (place["file"], place["message"]) == (span.source.name, label.message)
            assert (place["start"]["offset"], place["end"]["offset"]) == (span.start, span.end)
            start = place["start"]["line"], place["start"]["column"]
            end = place["end"]["line"], place["end"]["column"]
            assert (start, end) == (span.source.line_column(span.start), span.source.line_column(span.end))
    assert report["findings"][0]["fix"]["edits"][0]["text"] == HOSTILE


def test_the_schema_refuses_what_is_no_report() -> None:
    report = json.loads(rendered("json", hostile(), []))
    schema = Draft202012Validator(json.loads(schema_file("report.schema.json")))
    for broken in (
        {**report, "version": 2},
        {**report, "more": 1},
        {**report, "findings": [{"rule": "E201"}]},
    ):
        assert not schema.is_valid(broken)


# JUnit

JUNIT = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <start><element name="testsuites"><ref name="counts"/><element name="testsuite"><ref name="counts"/>
    <attribute name="skipped"/><zeroOrMore><ref name="case"/></zeroOrMore></element></element></start>
  <define name="counts"><attribute name="name"/><attribute name="tests"/><attribute name="failures"/>
    <attribute name="errors"/></define>
  <define name="case"><element name="testcase"><attribute name="classname"/><attribute name="name"/>
    <optional><element name="failure"><attribute name="type"/><attribute name="message"/><text/></element></optional>
    <optional><element name="system-out"><text/></element></optional></element></define>
</grammar>
"""


def _junit(text: str) -> junitparser.JUnitXml:
    """What the schema of Jenkins' xUnit plugin allows and we write; read by a library."""
    tree = etree.fromstring(text.encode())
    etree.RelaxNG(etree.fromstring(JUNIT)).assertValid(tree.getroottree())
    return junitparser.JUnitXml.fromstring(text.encode())


@pytest.mark.parametrize("code", BY_CHECK)
def test_junit_is_read_back(code: str, mistakes: Path) -> None:
    said = run(f"edition -C {code} check --format junit", mistakes)
    (suite,) = _junit(said.stdout)
    cases = list(suite)
    names = [case.name for case in cases]
    assert len(names) == len(set(names)) == suite.tests  # GitLab reads the first of a name only
    assert suite.failures == sum(bool(case.result) for case in cases)
    assert (suite.failures > 0) == bool(said.code)


def test_junit_of_what_is_hostile() -> None:
    (suite,) = _junit(rendered("junit", hostile(), [YAML.name, "seeds/quiet.txt"]))
    cases = {case.name: case for case in suite}
    assert set(cases) == {YAML.name, SEED.name, "seeds/quiet.txt", "."}
    (failure,) = cases[YAML.name].result
    assert failure.type == "E201" and "<U+001B>[31m" in failure.message and "<b>&amp;]]>" in failure.message
    assert "-->" in failure.text and "help: <b>" in failure.text
    assert cases["seeds/quiet.txt"].result == [] and "W213" in cases[SEED.name].system_out


# GitHub

_line = re.compile(r"::(error|warning|notice|group)(?: ([^:]*))?::(.*)")


def _commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """As the runner reads them."""
    found = []
    for line in text.splitlines():
        if (match := _line.fullmatch(line)) and match[1] != "group":
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {k: _unescaped(v) for k, v in pairs}, _unescaped(match[3])))
    return found


def _unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize("code", BY_CHECK)
def test_github_tells_every_mistake(code: str, mistakes: Path) -> None:
    said = run(f"edition -C {code} check --format github", mistakes)
    told = _commands(said.stdout)
    assert any(properties["title"].startswith(code) for _, properties, _ in told)
    for _, properties, message in told:
        assert message and int(properties["line"]) >= 1
        assert (mistakes / properties["file"]).exists()


def test_github_of_what_is_hostile() -> None:
    (first, second, third) = _commands(rendered("github", hostile(), []))
    assert first[0] == "error" and second[0] == "warning" and third[0] == "notice"
    assert first[1]["file"] == YAML.name and first[1]["title"] == "E201 orphan"
    assert (first[1]["line"], first[1]["col"], first[1]["endColumn"]) == ("3", "3", "37")
    assert f"{SEED.name}:1:4" in first[2] and "\x1b" not in first[2] and "\u202e" not in first[2]


@given(st.text(max_size=40))
def test_github_gives_a_message_back(text: str) -> None:
    from edition.model.diagnostics import visible

    found = [diagnostic(rules.ORPHAN, f"x{text}", Span(Source(f"a{text}", "abc"), 0, 1), help=text)]
    ((_, properties, message),) = _commands(rendered("github", found, []))
    assert message == "\n".join(filter(None, (visible(f"x{text}"), visible(text))))
    assert properties["file"] == visible(f"a{text}")


@pytest.mark.parametrize("number", [9, 10, 11, 40])
def test_github_shows_ten_of_a_severity(number: int) -> None:
    seed = Source("seeds/a.txt", "\n" * 100)
    found = [diagnostic(rules.ORPHAN, f"Number {n} ##[stop]", Span(seed, n, n)) for n in range(number)]
    found += [diagnostic(rules.BARE_ALL, "one warning", Span(seed, 0, 0))]
    text = rendered("github", found, [])
    told = [command for command in _commands(text) if command[0] == "error"]
    assert len(told) == min(number, 10)
    if number > 10:
        assert told[-1][2].startswith(f"{number - 9} errors more")
        rest = text.partition("::group::")[2].splitlines()[1:-1]
        assert len(rest) == number - 9 and not any("##[" in line for line in rest)
        assert text.endswith("::endgroup::\n")
    for one in found[:number]:
        assert one.message.removesuffix(" ##[stop]") in text, "told nowhere"


def test_the_summary_of_a_step_is_no_markup_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markdown_it import MarkdownIt

    html = MarkdownIt("gfm-like", {"linkify": False}).render(github.summary_page(hostile(), ["a"]))
    assert html.count("<tr>") == 4 and "<b>" not in html and "<code>" not in html and "\x1b" not in html
    put(tmp_path / "seeds/letter.txt", b"")
    page = tmp_path / "summary.md"
    page.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    run("edition check --format github", tmp_path)
    assert page.read_text("utf-8").startswith("before\n### edition check\n")


# HTML


class Page(HTMLParser):
    """Every element closed, ids unique, links inside the page, nothing loaded and nothing run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = StringIO()
        self.feed(text)
        self.close()
        assert not self.open
        assert len(self.ids) == len(set(self.ids)) and set(self.links) <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img", "iframe", "b")
        assert not [name for name, _ in attrs if name == "src" or name.startswith("on")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        links = [value or "" for name, value in attrs if name == "href"]
        assert all(link.startswith("#") for link in links)
        self.links += [link[1:] for link in links]
        if tag not in ("meta", "hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.write(data)


@pytest.mark.parametrize("code", BY_CHECK)
def test_html_tells_every_mistake(code: str, mistakes: Path) -> None:
    said = run(f"edition -C {code} check --format html", mistakes)
    text = Page(said.stdout).text.getvalue()
    for one in edition.check(mistakes / code).diagnostics:
        assert one.rule.why in text and (not one.help or "\x1b" in one.help or one.help in text)


def test_html_of_what_is_hostile() -> None:
    html = rendered("html", hostile(), [YAML.name])
    text = Page(html).text.getvalue()
    assert "<b>&amp;]]><U+001B>[31m" in text and "A fix is known" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ue000\ufffe]", html)


def test_html_of_nothing() -> None:
    text = Page(rendered("html", [], ["seeds/a.txt"])).text.getvalue()
    assert "nothing" in text and "seeds/a.txt" in text


# all of them


@pytest.mark.parametrize("form", FORMATS)
def test_a_terminal_has_nothing_to_obey(form: str) -> None:
    text = rendered(form, hostile(), [SEED.name])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\u2069\ue000\ufffe]", text)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_findings_give_the_same_report(form: str) -> None:
    assert rendered(form, hostile(), [SEED.name]) == rendered(form, hostile(), [SEED.name])


@pytest.mark.parametrize("code", BY_CHECK)
def test_the_exit_code_is_the_same_in_every_form(code: str, mistakes: Path, tmp_path: Path) -> None:
    codes = {run(f"edition -C {code} check --format {form}", mistakes).code for form in FORMATS}
    assert codes == {run(f"edition -C {code} check", mistakes).code}
    found = edition.check(mistakes / code).diagnostics
    assert codes == ({3} if any(d.rule.code == "E701" for d in found) else {int(errors(found))})


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_a_file_is_the_report(form: str, tmp_path: Path) -> None:
    put(tmp_path / "seeds/letter.txt", b"")
    said = run(f"edition check --format {form}", tmp_path)
    filed = run(f"edition check --format {form} -o reports/one", tmp_path)
    assert filed.code == said.code == 1
    assert (tmp_path / "reports/one").read_text("utf-8") == (said.stdout or said.stderr)
    assert filed.stderr == "reports/one: 1 error\n"


def test_a_report_into_a_device_leaves_the_device(tmp_path: Path) -> None:
    put(tmp_path / "seeds/letter.txt", b"")
    assert run("edition check --format json -o /dev/null", tmp_path).code == 1
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("options", ["--format json -o", "--write-baseline --baseline"])
@pytest.mark.parametrize("file", ["seeds/letter.txt", "annotations/letter.yaml", "seeds/../seeds/letter.txt"])
def test_no_report_is_written_over_a_source(options: str, file: str, tmp_path: Path) -> None:
    put(tmp_path / "seeds/letter.txt", b"A letter.\n")
    put(tmp_path / "annotations/letter.yaml", b"edition: 1\n")
    before = (tmp_path / file).read_bytes()
    assert run(f"edition check {options} {file}", tmp_path).code == 2
    assert (tmp_path / file).read_bytes() == before


def test_a_finding_of_a_file_that_is_not_there_is_told_in_one_that_is(tmp_path: Path) -> None:
    put(tmp_path / "seeds/a.txt", b"A letter.\n")
    there, gone = Span(Source("seeds/a.txt", "A letter.\n"), 2, 8), Span(Source("out/a.xml", ""), 0, 0)
    one, other, neither = in_files(
        tmp_path,
        [
            diagnostic(rules.IO, "x", gone, there),
            diagnostic(rules.IO, "y", there, gone),
            diagnostic(rules.IO, "z", gone),
        ],
        ["seeds/a.txt"],
    )
    assert [label.span for label in one.labels] == [label.span for label in other.labels] == [there]
    assert [str(label.span) for label in neither.labels] == ["seeds/a.txt:1:1"]
    assert in_files(tmp_path, [neither], []) == [neither]


# where files are named from


def test_files_are_named_from_the_top_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    root = tmp_path / "repository" / "texts" / "letters"
    put(root / "seeds/letter.txt", b"")
    for folder in (root, root.parent, tmp_path / "repository"):
        path = os.path.relpath(root, folder)
        report = json.loads(run(f"edition -C {path} check --format json", folder).stdout)
        assert report["findings"][0]["places"][0]["file"] == "texts/letters/seeds/letter.txt"
    assert run("edition -C letters check --format short", root.parent).stdout.startswith("letters/seeds/")
    assert run("edition check --format short", root).stdout.startswith("seeds/")


def test_without_a_repository_files_are_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    assert prefix(Path("letters"), "repository") == prefix(Path("letters"), "here") == "letters/"
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert (
        prefix(Path("../letters"), "repository") == "" and prefix(Path("../letters"), "here") == "../letters/"
    )


def test_naming_changes_names_only() -> None:
    found = hostile()
    moved, files = named_from("a/b/", found, ["seeds/x.txt"])
    assert files == ("a/b/seeds/x.txt",)
    for old, new in zip(found, moved, strict=True):
        assert [label.span.source.name for label in new.labels] == [
            f"a/b/{label.span.source.name}" for label in old.labels
        ]
        assert [label.span.text for label in new.labels] == [label.span.text for label in old.labels]
    assert moved[0].fix and moved[0].fix.edits[0].span.source is moved[0].labels[0].span.source
