"""The page that documents an edition's markup: every kind and block, its first use here, and how often it is used.

One HTML file that needs no other and runs no script. What is said of a kind is its page (`edition explain`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from edition.app.kind_usage import EXAMPLE, FirstUse, KindUsage, blocks, kinds, title
from edition.app.reports.html import html_of, html_page
from edition.checks.relaxng import parse
from edition.checks.shipped_schemas import package_data
from edition.model.edition import Built, Project
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.source import Source
from edition.model.xml import TEI

LINES, CHARACTERS, AROUND = 14, 700, 60  # of an example
_tag = re.compile(r"&lt;[/!?]?[A-Za-z].*?&gt;", re.S)
_fence = re.compile(r'(<pre><code class="language-xml">)(.*?)(?=</code>)', re.S)
_start = re.compile(r"<([A-Za-z][\w.-]*)").findall


def markup_page(project: Project, documents: Sequence[Built]) -> str:
    """The page as HTML."""
    name = title(project)
    annotations, structure = kinds(project, documents), blocks(project, documents)
    about_kinds = "Each entry of <code>annotations:</code> is of one kind."
    about_blocks = "What <code>structure:</code> and conventions make of a text."
    body = [
        f"<header><h1>{escape(name)}: the markup</h1>{_introduction(documents)}</header>",
        _contents(annotations, structure),
        "<main>",
        _part("kinds", "Annotations", about_kinds, annotations, documents),
        _part("blocks", "Blocks", about_blocks, structure, documents),
        _elements(documents),
        "</main>",
    ]
    return html_page(f"{escape(name)}: the markup", Path(__file__).with_suffix(".css"), body)


def _introduction(documents: Sequence[Built]) -> str:
    texts = "".join(
        f"<li>{escape(built.name)}: {len(built.anchoring.annotations)} annotations"
        f" at {len(built.anchoring.anchored)} places, {len(built.anchoring.blocks)} blocks</li>"
        for built in documents
    )
    return (
        "<p>How the texts of this edition are annotated: what each kind of annotation and each block means, its fields,"
        f" its form in TEI, where it is used first, and how often.</p><ul>{texts}</ul>"
    )


def _contents(annotations: Sequence[KindUsage], structure: Sequence[KindUsage]) -> str:
    parts = (("kinds", "Annotations", annotations), ("blocks", "Blocks", structure))
    items = "".join(
        f'<li><a href="#{anchor}">{title}</a><ul>{"".join(map(_link, words))}</ul></li>'
        for anchor, title, words in parts
    )
    return f'<nav aria-label="Contents"><h2>Contents</h2><ul>{items}<li><a href="#elements">Elements of TEI</a></li></ul></nav>'


def _link(word: KindUsage) -> str:
    unused = "" if any(word.uses) else ' class="unused"'
    return f'<li><a href="#{word.anchor}"{unused}>{escape(word.name)}</a></li>'


def _part(anchor: str, title: str, about: str, words: Sequence[KindUsage], documents: Sequence[Built]) -> str:
    rows = (
        (
            f'<a href="#{word.anchor}"><code>{escape(word.name)}</code></a>',
            f"<code>{escape(word.element or '…')}</code>",
            *map(_count, word.uses),
        )
        for word in words
        if any(word.uses)
    )
    names = [escape(built.name) for built in documents]
    table = _table(("", "TEI", *names), rows, "How often each is used. What is not listed is not used here.")
    sections = "\n".join(_section(word, documents) for word in words)
    return f'<section id="{anchor}"><h2>{title}</h2><p>{about}</p>{table}\n{sections}\n</section>'


def _count(number: int) -> str:
    return str(number) if number else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A table; all columns but the first two hold numbers. The cells are HTML."""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<div class="wide"><table class="counts"><caption>{caption}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _section(word: KindUsage, documents: Sequence[Built]) -> str:
    about, _, example = word.page.partition(EXAMPLE)
    about = about.partition("\n\n")[2]  # without its title
    used = ", ".join(f"{n} in {escape(b.name)}" for b, n in zip(documents, word.uses, strict=True) if n)
    element = f' <span class="tei">{escape(word.element)}</span>' if word.element else ""
    title, shown = "Example, from no text of this edition", ""
    if word.first:
        title, shown = "First use", _example(word.first)
    elif example.strip():
        shown = f'<div class="other">{_html(example)}</div>'
    return (
        f'<section id="{word.anchor}"><h3>{escape(word.name)}{element}</h3>'
        f'<p class="used">{f"Used: {used}." if used else "Not used here."}</p>{_html(about)}'
        + (f"<h4>{title}</h4>{shown}" if shown else "")
        + "</section>"
    )


def _html(text: str) -> str:
    """CommonMark as HTML, in which the tags of XML examples are marked."""
    return _fence.sub(lambda m: f"{m[1]}{_tagged(m[2])}", html_of(text))


def _example(use: FirstUse) -> str:
    seed = use.built.anchoring.seed.source
    parts = []
    if use.start >= 0:
        words = f'<p class="seed" lang="{escape(use.tongue)}">{_words(seed.text, use.start, use.end)}</p>'
        parts.append(_figure(f"{seed.name}:{_place(seed, use.start)}", words))
    if use.yaml is not None:
        source = use.built.document.source
        place = f"{source.name}:{_place(source, use.yaml.start)}"
        parts.append(_figure(place, _code(escape(_lines(source, use.yaml)))))
    else:
        parts.append('<p class="used">Nothing names it: it follows from what stands around it.</p>')
    if use.tei:
        parts.append(_figure("TEI", _code(_tagged(escape(_cut(use.tei), quote=False)))))
    return "".join(parts)


def _figure(caption: str, inner: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{inner}</figure>"


def _code(html: str) -> str:
    return f"<pre><code>{html}</code></pre>"


def _tagged(html: str) -> str:
    """Escaped XML, its tags in bold."""
    return _tag.sub(lambda m: f"<b>{m[0]}</b>", html)


def _place(source: Source, offset: int) -> str:
    return "{}:{}".format(*source.line_column(offset))


def _words(text: str, start: int, end: int) -> str:
    """Words of a seed, marked, with what stands around them; a point is a caret."""
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    words = text[start:end]
    if len(words) > CHARACTERS:
        words = f"{words[: CHARACTERS // 2]} … {words[-CHARACTERS // 2 :]}"
    marked = f"<mark>{escape(words)}</mark>" if words else '<mark class="point">‸</mark>'
    return f"{escape(before)}{marked}{escape(after)}".strip()


def _lines(source: Source, node: Node) -> str:
    """The lines of YAML that an entry stands on, moved to the margin."""
    first = source.text.rfind("\n", 0, node.start) + 1
    last = source.text.find("\n", _last(node))
    lines = source.text[first : last if last >= 0 else None].split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    kept = [line[margin:] for line in lines[:LINES]]
    return "\n".join([*kept, "…"] if len(lines) > LINES else kept)


def _last(node: Node) -> int:
    """The end of the last text in a node: the end of a block mapping lies on the next token."""
    if isinstance(node, Scalar):
        return max(node.start, node.end - 1)
    children = node.items.values() if isinstance(node, Mapping) else node.items
    return max(map(_last, children), default=node.start)


def _cut(xml: str) -> str:
    return xml if len(xml) <= CHARACTERS else xml[:CHARACTERS].rpartition(" ")[0] + " …"


def _elements(documents: Sequence[Built]) -> str:
    """The part on elements: each that is written, in the words of the ODD, with its uses."""
    odd = parse(package_data("edition.odd"))
    words = {
        str(e.get("ident")): " ".join("".join(d.itertext()).split())
        for e in odd.iter(f"{{{TEI}}}elementSpec")
        for d in e.iterfind(f"{{{TEI}}}desc")
    }
    counts = [Counter(_start((built.data or b"").decode())) for built in documents]
    used = sorted({name for count in counts for name in count}, key=lambda name: (name.lower(), name))
    rows = (
        (
            f"<code>{escape(name)}</code>",
            escape(words.get(name, "")),
            *(_count(count[name]) for count in counts),
        )
        for name in used
    )
    names = [escape(built.name) for built in documents]
    table = _table(("", "What it is", *names), rows, "Elements in the files, header and lists included.")
    return f'<section id="elements"><h2>Elements of TEI</h2>{table}</section>'
