"""The format `tei` in readers of other projects: dapytains retrieves our citation units, standoffconverter reads our text."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import etree

import tools
from edition.exports.tei import tei
from tei_family import everywhere, found, laid_out


def read(script: str, paths: list[Path]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(tools.ran([tools.python(), tools.TOOLS / f"{script}.py", *paths]))
    return answer


def units(root: etree._Element) -> dict[str, dict[str, str]]:
    """Of each refsDecl: reference → all text of the element, the editors' words included."""
    trees = {}
    for declared in found(root, "//t:refsDecl"):
        (structure,) = found(declared, "t:citeStructure")
        path = re.sub(r"(?<=/)(?=TEI|text)|(?<=::)(?=\w)", "t:", structure.get("match", ""))
        trees[declared.get("n", "")] = {
            e.get(structure.get("use", "").removeprefix("@"), ""): "".join(e.itertext())
            for e in found(root, path)
        }
    return trees


@everywhere
def test_dapytains_retrieves_every_citation_unit(project: str, tmp_path: Path) -> None:
    """White space around the unit comes along from the elements around it."""
    paths = [path for path in laid_out(tei.WRITER, project, tmp_path) if path.parent.name == "editions"]
    retrieved = read("passages", paths)
    for path in paths:
        ours = units(etree.parse(path).getroot())
        theirs: dict[str, dict[str, str]] = retrieved[str(path)]  # type: ignore[assignment]
        assert ours and all(ours.values())
        assert {
            tree: {ref: text.strip() for ref, text in passages.items()} for tree, passages in theirs.items()
        } == {tree: {ref: text.strip() for ref, text in passages.items()} for tree, passages in ours.items()}


@everywhere
def test_standoffconverter_reads_our_text(project: str, tmp_path: Path) -> None:
    paths = [path for path in laid_out(tei.WRITER, project, tmp_path) if path.parent.name == "editions"]
    plain = read("plain", paths)
    for path in paths:
        (text,) = found(etree.parse(path).getroot(), "/t:TEI/t:text")
        assert plain[str(path)] == "".join(text.itertext())
