"""What a format carries, measured: two exports that differ in one field differ if and only if the writer says it carries it."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree, html

from edition.app import commands
from edition.exports.annotations import AnnotationRow, BlockRow, annotation_rows, block_rows
from edition.exports.formats import WRITERS
from edition.exports.readers.print import pdf
from edition.exports.writer import Export, Writer, account_rows, losses, unmet
from edition.model.annotation import Registers
from edition.model.edition import Edition
from edition.model.vocabulary import BLOCKS, KINDS
from tools import missing
from two_values import Case, cases, files

READERS, MACHINES, NOBODY = "readers", "machines", "nobody"
REFUSED = {"E120", "E122"}  # a field that cannot stand there: there is nothing to carry
UNBUILT = {"substitution--or"}  # TEI has no place for a second `add` in a `subst`
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN = {"html": ".html", "epub": "html", "docx": (".xml"), "pdf": ".typ"}
LOOKS = ("b", "i", "u", "strike", "vertAlign", "smallCaps", "color", "highlight", "rStyle", "pStyle", "numId")

Pair = tuple[Edition, Edition]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[Case, Pair]:
    """For each case two editions of one text, with the entries of the registers that it may need."""
    root = tmp_path_factory.mktemp("two")
    for name, data in files(0).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    outcomes = [commands.build_in_memory(root, overrides=files(which)) for which in (0, 1)]
    wrong: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        for d in outcome.diagnostics:
            if d.rule.severity == "error":
                wrong[Path(d.labels[0].span.source.name).stem].add(d.rule.code)
    assert {name for name, codes in wrong.items() if not codes <= REFUSED} == UNBUILT
    built = [{one.name: one for one in outcome.edition.documents} for outcome in outcomes]
    first, second = (outcome.edition.project for outcome in outcomes)
    entries = first.registers.entries

    def pair(case: Case) -> Pair:
        own = Registers({key: entries[key] for key in entries if key in case.keys}, first.registers.language)
        return (
            Edition(first._replace(registers=own), (built[0][case.name],)),
            Edition(second._replace(registers=own), (built[1][case.name],)),
        )

    return {case: pair(case) for case in cases() if case.name not in wrong}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_a_field_is_carried_if_and_only_if_the_writer_says_so(
    writer: Writer, pairs: dict[Case, Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    for lacking in unmet(writer):
        missing(lacking.message)
    monkeypatch.setattr(pdf, "typeset", lambda source, fonts: (b"", ""))  # its source has all that it shows
    wrong = {}
    about = {False: "annotations" in writer.subjects, True: "blocks" in writer.subjects}
    for case, (first, second) in pairs.items():
        if not about[case.block]:
            continue
        one, other = writer.write(first), writer.write(second)
        says, does = said(writer, first, one, case), measured(writer, one.files, other.files)
        if says != does:
            wrong[case.name] = f"says {says}, but it is {does}"
    assert wrong == {}


def said(writer: Writer, given: Edition, export: Export, case: Case) -> str:
    """Who finds the field in the files, as the account has it."""
    known = account_rows(given, ("annotations", "blocks"))
    mine = [known[row.key] for row in subjects(given, case)]
    for loss in losses(writer, known, export):
        if (
            any(loss.item is item for item in mine)
            and loss.field in ("", case.field)
            and case.field not in loss.kept
        ):
            return MACHINES if loss.machines else NOBODY
    return READERS


def subjects(given: Edition, case: Case) -> list[AnnotationRow | BlockRow]:
    """The rows of the first claim of the kind or block."""
    built = given.documents[0]
    rows = block_rows(built) if case.of in BLOCKS else annotation_rows(given.project, built)
    mine = [row for row in rows if row.kind == case.of and row.claim is not None]
    first = min(row.claim.node.start for row in mine if row.claim)
    return [row for row in mine if row.claim and row.claim.node.start == first]


def measured(writer: Writer, one: Mapping[str, bytes], other: Mapping[str, bytes]) -> str:
    if one == other:
        return NOBODY
    return MACHINES if [*shown(writer, one)] == [*shown(writer, other)] else READERS


def shown(writer: Writer, given: Mapping[str, bytes]) -> Iterator[object]:
    """What readers are shown: words and how they are set, and no attribute. Of data and TEI, all."""
    for name, data in given.items():
        if name.endswith((".epub", ".docx")):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                yield from shown(writer, {part: parts.read(part) for part in parts.namelist()})
        elif writer.name in ("html", "epub"):
            if name.endswith("html"):
                yield from page(data)
        elif writer.name == "docx":
            if name in ("word/document.xml", "word/footnotes.xml"):
                yield from printed(data)
        else:
            yield name, data


def page(data: bytes) -> Iterator[tuple[object, ...]]:
    """The elements, the words in them and behind them."""
    for e in html.document_fromstring(data).iter(etree.Element):
        if e.tag not in ("style", "script"):
            yield e.tag, e.text, e.tail


def printed(data: bytes) -> Iterator[tuple[object, ...]]:
    """Words, and their looks."""
    for e in etree.fromstring(data).iter(etree.Element):
        name = etree.QName(e).localname
        if e.text:
            yield name, e.text
        elif name in LOOKS or name in ("p", "r", "tc"):
            yield name, e.get(f"{WORD}val", "")


def test_kinds_and_blocks_have_names_of_their_own() -> None:
    """An omission names either."""
    assert not {*KINDS} & {*BLOCKS}
