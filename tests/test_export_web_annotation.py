"""The format `web-annotation`: Recogito's annotators anchor it, pyld expands it, each quotation is found once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import tools
from edition.encode.tei import WORDS
from edition.exports.annotations import annotation_rows
from edition.exports.data import web_annotation
from edition.exports.data.web_annotation import TeiPaths, text_quote
from edition.model.xml import TEI
from test_export_tei import edition, everywhere, laid_out

ANNO = "http://www.w3.org/ns/anno.jsonld"


def pages(project: str) -> Iterator[tuple[Any, str, list[Any]]]:
    """(text, "seed" or "tei", its annotations)"""
    files = web_annotation.write(edition(project)).files
    for built in edition(project).documents:
        for name in ("seed", "tei"):
            yield built, name, json.loads(files[f"{built.name}.{name}.json"])["items"]


def placed(items: list[Any]) -> list[Any]:
    return [item for item in items if isinstance(item["target"], dict)]


def selector(item: Any, kind: str) -> Any:
    return next(s for s in item["target"]["selector"] if s["type"] == kind)


def wide(item: Any) -> bool:
    return bool(selector(item, "TextQuoteSelector")["exact"])


@everywhere
def test_each_quotation_is_found_once_and_where_it_is(project: str) -> None:
    for built, name, items in pages(project):
        text = built.document.seed.text if name == "seed" else TeiPaths(built.data).text
        for item in placed(items):
            quote = selector(item, "TextQuoteSelector")
            whole = quote["prefix"] + quote["exact"] + quote["suffix"]
            (hit,) = re.finditer(f"(?={re.escape(whole)})", text)  # overlapping ones, too
            if name == "seed":
                position = selector(item, "TextPositionSelector")
                assert position["start"] == hit.start() + len(quote["prefix"])
                assert text[position["start"] : position["end"]] == quote["exact"]


@everywhere
def test_both_pages_have_the_same_annotations(project: str) -> None:
    ids: dict[str, list[list[str]]] = {}
    for built, _, items in pages(project):
        ids.setdefault(built.name, []).append([item["id"] for item in items])
        assert len(items) == len(annotation_rows(edition(project).project, built))
        local = {item["id"] for item in items} | {f"urn:edition:{built.name}"}
        for item in items:
            assert isinstance(item["target"], dict) or set(item["target"]) <= local
    assert all(one == other and len(one) == len(set(one)) for one, other in ids.values())


@everywhere
def test_recogito_anchors_every_annotation(project: str, tmp_path: Path) -> None:
    """Its quotation is ours; its offsets in plain text are ours; its paths in the TEI are ours."""
    folder = laid_out(project, tmp_path)
    (folder / "plain.html").write_text("<!DOCTYPE html><meta charset=utf-8><title>text</title>")
    sheets = []
    for built, name, items in pages(project):
        (folder / f"{built.name}.txt").write_text(built.document.seed.text, "utf-8", newline="\n")
        page = f"{built.name}.{'html' if name == 'tei' else 'txt'}"
        sheets.append({"page": page, "on": name, "items": [item for item in placed(items) if wide(item)]})
    for sheet, found in zip(sheets, tools.browse(folder, "recogito", sheets), strict=True):
        assert found.keys() == {item["id"] for item in sheet["items"]}
        for item in sheet["items"]:
            answer = found[item["id"]]
            assert answer["quote"] == selector(item, "TextQuoteSelector")["exact"]
            for edge in ("start", "end"):
                if sheet["on"] == "seed":
                    assert answer[edge] == selector(item, "TextPositionSelector")[edge]
                else:
                    ours = selector(item, "RangeSelector")[f"{edge}Selector"]["value"]
                    assert answer[edge] == ours


def _place(root: etree._Element, path: str) -> int:
    """The UTF-16 units before a path in all of a TEI, by the XPath of lxml."""
    steps, _, units = path.partition("::")
    steps = re.sub(r"/(?=\w)", "/t:", steps)
    (element,) = list(root.xpath(steps, namespaces={"t": TEI}))
    assert isinstance(element, etree._Element)
    before = map(str, element.xpath("preceding::text()"))
    return len("".join(before).encode("utf-16-le")) // 2 + int(units)


@everywhere
def test_pyld_expands_it_and_drops_no_term(project: str, tmp_path: Path) -> None:
    written = web_annotation.write(edition(project)).files
    files = []
    for name, data in written.items():
        if name.endswith(".json"):
            files.append(tmp_path / name)
            files[-1].write_bytes(data)
    context = tools.shared("schemas/anno.jsonld")
    said = tools.ran([tools.python(), tools.TOOLS / "expand.py", ANNO, context, *files])
    for file, back in zip(files, json.loads(said), strict=True):
        assert _single(back) == _single(json.loads(file.read_text("utf-8")))


def _single(value: Any) -> Any:
    """JSON-LD does not tell a list of one from the one."""
    if isinstance(value, list):
        return _single(value[0]) if len(value) == 1 else [_single(item) for item in value]
    return {key: _single(item) for key, item in value.items()} if isinstance(value, dict) else value


TEXT = st.text("ab \n\U0001d538", max_size=40)


@given(TEXT, st.integers(0, 40), st.integers(0, 40))
def test_a_quotation_has_context_enough(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    quote = text_quote(text * 3, start + len(text), end + len(text), around=1)
    whole = "".join(str(quote[part]) for part in ("prefix", "exact", "suffix"))
    assert quote["exact"] == text[start:end]
    assert len(re.findall(f"(?={re.escape(whole)})", text * 3)) == 1 or not text


WORDS_AND_MARKS = st.lists(
    st.tuples(
        st.sampled_from(("", "persName", "note", "p")), st.text("x\U0001d538 ", min_size=1, max_size=4)
    ),
    max_size=8,
)


@given(WORDS_AND_MARKS)
def test_paths_lead_to_the_same_words(parts: list[tuple[str, str]]) -> None:
    """In a text of elements and editor's notes, a path leads to the place it was made for."""
    tags = {"": ("", ""), "note": (f'<note change="{WORDS}">', "</note>")}
    body = "".join(
        f"{a}{text}{b}" for name, text in parts for a, b in [tags.get(name, (f"<{name}>", f"</{name}>"))]
    )
    seed = "".join(text for name, text in parts if name != "note")
    document = f'<TEI xmlns="{TEI}"><text xml:id="t">{body}</text></TEI>'.encode()
    paths, root = TeiPaths(document), etree.fromstring(document)
    for start in range(len(seed)):
        first, last = paths.between(start, start + 1)
        assert paths.text[first.at : last.at] == seed[start]
        for place in (first, last):
            assert _place(root, place.path) == len(paths.text[: place.at].encode("utf-16-le")) // 2
