"""Every form on the way from seed to TEI, as lines to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edition.encode.tei import write_events
from edition.model.annotation import Matched, Offsets, On, Passage, Quoted, Selector, Whole
from edition.model.diagnostics import shortened, visible
from edition.model.edition import Built, Project
from edition.model.events import CLOSE, OPEN, POINT, TEXT
from edition.model.source import Source

_NAMES = {OPEN: "open ", CLOSE: "close", POINT: "point", TEXT: "text "}
_BLUE, _DIM, _PLAIN = "\x1b[34m", "\x1b[2m", "\x1b[0m"


def shown(built: Built, project: Project, form: str, colour: bool = False) -> Iterator[str]:
    """The lines of one form of one text."""
    return _seed(built, project, colour) if form == "seed" else _FORMS[form](built, project)


def _seed(built: Built, _: Project, colour: bool = False) -> Iterator[str]:
    """A line for each block: its place, its element, its first words, and the convention that made it."""
    source = _source(built)
    blue, dim, plain = (_BLUE, _DIM, _PLAIN) if colour else ("", "", "")
    for block in built.anchoring.blocks:
        inner = "" if block.block.content == "text" else "  (holds blocks)"
        kind = f"{block.block.element} {block.type}".strip()
        words = shortened(source.text[block.start : block.end], 70)
        made = f"  {dim}← {block.made}{plain}" if block.made else ""
        place = _place(source, block.start, block.end)
        yield f"{place:<16} {blue}{kind:<14}{plain} {words}{inner}{made}"


def _annotations(built: Built, _: Project) -> Iterator[str]:
    source = built.document.source
    for annotation in built.anchoring.annotations:
        line, column = source.line_column(annotation.node.start)
        said = "; ".join(f"{c.kind}: {shortened(c.value, 50)}" for c in annotation.claims)
        yield f"{source.name}:{line}:{column}  {said}  [{_selector(annotation.selector)}]"


def _selector(selector: Selector) -> str:
    match selector:
        case Quoted(words, side):
            return f"{side or 'quote'} “{shortened(words.quote.exact, 40)}”"
        case Passage(first, last):
            end = f" to “{shortened(last.quote.exact, 30)}”" if last else ""
            return f"from “{shortened(first.quote.exact, 30)}”{end}"
        case Matched(pattern):
            return f"match {pattern}"
        case Offsets(start, end_at):
            return f"{start} to {end_at}"
        case On(ids):
            return f"on {', '.join(ids)}"
        case Whole():
            return "on text"
        case _:
            return "its parts"


def _anchored(built: Built, _: Project) -> Iterator[str]:
    source = _source(built)
    for a in sorted(built.anchoring.anchored, key=lambda a: (a.start, -a.end, a.claim.kind)):
        times = f"  ({a.index + 1} of {a.places})" if a.places > 1 else ""
        words = shortened(source.text[a.start : a.end], 50) if a.end > a.start else "·"
        yield f"{_place(source, a.start, a.end):<16} {a.claim.kind}: {shortened(a.claim.value, 40)}  “{words}”{times}"


def _events(built: Built, _: Project) -> Iterator[str]:
    composed = built.composed
    depth = 0
    for event in composed.events:
        depth -= event[0] == CLOSE
        indent = "  " * depth
        if event[0] == TEXT:
            yield f"{_NAMES[TEXT]} {indent}{event[1]}–{event[2]} {composed.text[event[1] : event[2]]!r}"
            continue
        element = composed.elements[event[1]]
        piece = f" piece {event[2] + 1}" if event[0] == OPEN and (event[2] or event[3]) else ""
        yield f"{_NAMES[event[0]]} {indent}{element.name} #{event[1]}{piece}"
        depth += event[0] == OPEN


def _tei(built: Built, _: Project) -> Iterator[str]:
    """The file itself; where there is an error, the text as far as it was woven."""
    if built.data is not None:
        yield built.data.decode().removesuffix("\n")
    else:
        yield "".join(write_events(built.composed))


def _source(built: Built) -> Source:
    return built.anchoring.seed.source


def _place(source: Source, start: int, end: int) -> str:
    """`7:13–7:19`, or `7:13` for a point."""
    first = "{}:{}".format(*source.line_column(start))
    return visible(first if start == end else f"{first}–{'{}:{}'.format(*source.line_column(end))}")


_FORMS: dict[str, Callable[[Built, Project], Iterator[str]]] = {
    "seed": _seed,
    "annotations": _annotations,
    "anchored": _anchored,
    "events": _events,
    "tei": _tei,
}
