"""The edition in the forms that other tools read: one writer a module, listed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from edition.exports.annotations import VALUE
from edition.exports.data import (
    beacon,
    brat,
    cas_xmi,
    catma,
    cmif,
    conll,
    dts,
    gexf,
    jsonl,
    rdf,
    ro_crate,
    stam,
    tables,
    web_annotation,
)
from edition.exports.readers import markdown, txt
from edition.exports.readers.html import epub, html
from edition.exports.readers.print import docx, latex, pdf
from edition.exports.tei import (
    dtabf,
    ediarum,
    evt,
    leaf_writer,
    tei,
    tei_lite,
    tei_publisher,
    tei_standoff,
    teitok,
)
from edition.exports.writer import Omission, Writer
from edition.model.similar import similar_word

WRITERS: tuple[Writer, ...] = (
    tei.WRITER,
    tei_publisher.WRITER,
    evt.WRITER,
    leaf_writer.WRITER,
    ediarum.WRITER,
    teitok.WRITER,
    dtabf.WRITER,
    tei_lite.WRITER,
    tei_standoff.WRITER,
    web_annotation.WRITER,
    cas_xmi.WRITER,
    stam.WRITER,
    brat.WRITER,
    conll.WRITER,
    catma.WRITER,
    jsonl.WRITER,
    tables.CSV,
    tables.PARQUET,
    cmif.WRITER,
    dts.WRITER,
    beacon.WRITER,
    rdf.WRITER,
    gexf.WRITER,
    ro_crate.WRITER,
    html.WRITER,
    epub.WRITER,
    pdf.WRITER,
    latex.WRITER,
    docx.WRITER,
    markdown.WRITER,
    txt.WRITER,
)


def writers_named(names: Sequence[str]) -> tuple[list[Writer], str]:
    """The writers of these names, `all` for every one; and what is wrong with a name."""
    known = {writer.name: writer for writer in WRITERS}
    if "all" in names:
        return list(WRITERS), ""
    for name in names:
        if name not in known:
            near = similar_word(name, known, 60)
            meant = f"did you mean {near}? " if near else ""
            return [], f"there is no format “{name}”: {meant}`edition export --list` tells them"
    return [known[name] for name in dict.fromkeys(names)], ""


def descriptions(names: Sequence[str] = ()) -> Iterator[str]:
    """Each format in a few lines; those that are named, with a paragraph and with what they leave out."""
    for writer in WRITERS:
        if not names or writer.name in names or "all" in names:
            yield f"{writer.name} — {writer.tool}"
            yield f"  carries: {writer.carries}"
            yield f"  cannot:  {writer.cannot}"
            yield f"  tested:  {writer.opened}"
            if names:
                yield ""
                yield from (f"  {line}" for line in wrap(writer.about, 98))
                if writer.omits:
                    yield ""
                    yield "  leaves out:"
                for one in writer.omits:
                    yield from wrap(left_out(one), 98, initial_indent="  - ", subsequent_indent="    ")


def left_out(one: Omission) -> str:
    """`the value, “cert” of term, name: why`."""
    fields = ", ".join("the value" if field == VALUE else f"“{field}”" for field in one.fields.split())
    of = f" of {', '.join(one.of.split())}" if one.of else ""
    but = f", but not of {', '.join(one.but.split())}" if one.but else ""
    kept = f" but {', '.join(one.kept.split())}" if one.kept else ""
    machines = " (it is in the file, where machines find it)" if one.machines else ""
    return f"{fields or 'everything'}{kept}{of}{but}: {one.why}{machines}"
