"""One page for readers: what was found, by file and by rule, with the passages. Needs no other file and no script.

The page on the markup of an edition has the same frame (`html_page`) and the same Markdown (`html_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from edition.app.reports.places import by_file, primary, region
from edition.app.reports.text import summary
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Fix, Label, Rule, visible
from edition.model.rules import RULES
from edition.model.source import Source, Span

AROUND, LONGEST = 160, 400  # code points shown beside the words, and of them
ABOVE = 6  # lines of YAML in which an entry may begin
SEVERITIES = ("error", "warning", "information")


@dataclass(frozen=True, slots=True)
class Item:
    """A diagnostic, and the HTML id of its place on the page."""

    told: Diagnostic
    anchor: str


def rendered(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    items = [*_numbered(by_file(found))]
    body = [
        f"<header><h1>What was found</h1>{_introduction(found, checked)}</header>",
        _contents(items) if items else "",
        "<main>",
        *(_file(file, [i for i in items if primary(i.told).file == file]) for file in by_file(found)),
        _rules(items) if items else "",
        "</main>",
    ]
    return html_page(f"What was found: {_said(found)}", Path(__file__).with_name("report.css"), body)


def html_page(title: str, css: Path, body: Iterable[str]) -> str:
    """A whole page. The title and the parts of the body are HTML; empty parts are left out."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{css.read_text(encoding='utf-8')}</style>"
    )
    inside = "\n".join(filter(None, body))
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{inside}\n</body>\n</html>\n'


def html_of(markdown: str) -> str:
    """CommonMark with tables as HTML; HTML in it is shown as it is written."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown))


def _numbered(files: dict[str, list[Diagnostic]]) -> Iterator[Item]:
    """The diagnostics in the order of the page: by file, then as they stand in it."""
    placed = (
        one
        for same in files.values()
        for one in sorted(same, key=lambda d: (primary(d).line, primary(d).column))
    )
    return (Item(one, f"f{number}") for number, one in enumerate(placed, 1))


def _said(found: Sequence[Diagnostic]) -> str:
    return summary(found) or "nothing"


def _introduction(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    quiet = sorted(set(checked) - {primary(one).file for one in found})
    listed = ", ".join(f"<code>{_text(file)}</code>" for file in quiet)
    nothing = f"<p>Nothing to tell of {listed}.</p>" if quiet else ""
    return f"<p>{len(checked)} files were checked: {_said(found)}.</p>{nothing}"


def _contents(items: Sequence[Item]) -> str:
    by_place = by_file(item.told for item in items)
    places = "".join(
        f'<li><a href="#{_anchor(file)}">{_text(file)}</a> {_counts(told)}</li>'
        for file, told in by_place.items()
    )
    rules = "".join(
        f'<li><a href="#{rule.code}">{rule.code} {_text(rule.name)}</a> {_counts([i.told for i in mine])}</li>'
        for rule, mine in _by_rule(items)
    )
    return (
        f'<nav aria-label="Contents"><h2>By file</h2><ul>{places}</ul><h2>By rule</h2><ul>{rules}</ul></nav>'
    )


def _counts(told: Sequence[Diagnostic]) -> str:
    """How many of each severity."""
    return " ".join(
        f'<span class="{severity}">{summary(same)}</span>'
        for severity in SEVERITIES
        if (same := [one for one in told if one.rule.severity == severity])
    )


def _by_rule(items: Sequence[Item]) -> Iterator[tuple[Rule, list[Item]]]:
    for code, rule in RULES.items():
        if mine := [item for item in items if item.told.rule.code == code]:
            yield rule, mine


def _file(file: str, items: Iterable[Item]) -> str:
    found = "\n".join(map(_finding, items))
    return f'<section id="{_anchor(file)}"><h2>{_text(file)}</h2>\n{found}\n</section>'


def _anchor(file: str) -> str:
    return "file-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in file)


def _finding(item: Item) -> str:
    told, rule = item.told, item.told.rule
    head = (
        f'<h3><span class="{rule.severity}">{rule.severity}</span> <bdi>{_text(told.message)}</bdi>'
        f' <a class="code" href="#{rule.code}">{rule.code}</a></h3>'
    )
    help = f'<p class="help">{_text(told.help)}</p>' if told.help else ""
    return f'<article id="{item.anchor}">{head}{"".join(map(_place, told.labels))}{help}{_fix(told.fix)}</article>'


def _place(label: Label) -> str:
    at, source = region(label.span), label.span.source
    message = f": <bdi>{_text(label.message)}</bdi>" if label.message else ""
    caption = f"<figcaption><code>{_text(at.file)}:{at.line}:{at.column}</code>{message}</figcaption>"
    if not source.text:
        return f"<figure>{caption}</figure>"
    if source.name.endswith(".yaml"):
        return f"<figure>{caption}<pre>{_passage(label.span, _entry(source, at.line))}</pre></figure>"
    return f'<figure>{caption}<blockquote dir="auto">{_passage(label.span)}</blockquote></figure>'


def _entry(source: Source, line: int) -> int:
    """Where the entry begins that a line of YAML belongs to, if that is near; else the line."""
    starts, own = source.line_starts, source.line(line)
    for above in range(line, max(0, line - ABOVE), -1):
        text = source.line(above)
        if text.lstrip().startswith("- ") or (text.strip() and _indent(text) < _indent(own)):
            return starts[above - 1]
    return starts[line - 1]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _passage(span: Span, begin: int = 0) -> str:
    """The words of a place, marked, in the lines they stand on; a point is a caret."""
    text, words = span.source.text, span.text.rstrip()
    line = text.rfind("\n", 0, span.start) + 1
    before = text[begin or max(line, span.start - AROUND) : span.start]
    if not begin and span.start - AROUND > line:
        before = f"… {before.partition(' ')[2]}"
    after, _, _ = text[span.start + len(words) :].partition("\n")
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"
    marked = f"<mark>{_lines(words)}</mark>" if words else '<mark class="point">‸</mark>'
    return f"{_lines(before)}{marked}{_lines(after)}"


def _fix(fix: Fix | None) -> str:
    if fix is None:
        return ""
    edits = "".join(
        f"<li><code>{_text(region(e.span).file)}:{region(e.span).line}:{region(e.span).column}</code> "
        + (f"<del>{_lines(e.span.text)}</del> " if e.span.text else "")
        + f"<ins>{_lines(e.text)}</ins></li>"
        for e in fix.edits
    )
    return f'<div class="fix"><p>A fix is known: {_text(fix.title)}</p><ul>{edits}</ul></div>'


def _rules(items: Sequence[Item]) -> str:
    """The part on rules: for each, why it is there, where it was broken, and its page."""
    parts = []
    for rule, mine in _by_rule(items):
        links = "".join(
            f'<li><a href="#{i.anchor}">{_text("{0.file}:{0.line}:{0.column}".format(primary(i.told)))}</a></li>'
            for i in mine
        )
        parts.append(
            f'<section id="{rule.code}"><h3>{rule.code} {_text(rule.name)}</h3><p>{_text(rule.why)}</p>'
            f'<ul class="places">{links}</ul><details><summary>The page of this rule</summary>{_page(rule)}'
            "</details></section>"
        )
    return f'<section id="rules"><h2>The rules</h2>\n{"".join(parts)}\n</section>'


def _page(rule: Rule) -> str:
    """The page of a rule without its title."""
    text = rules.page_of(rule).read_text(encoding="utf-8").partition("\n\n")[2]
    return html_of(text.replace("\n## ", "\n#### "))


def _text(words: str) -> str:
    return escape(visible(words))


def _lines(words: str) -> str:
    return "\n".join(map(_text, words.split("\n")))
