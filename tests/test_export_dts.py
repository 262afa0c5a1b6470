"""Distributed Text Services and linked data, as dapytains, pyld and rdflib read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from edition.app import commands
from edition.exports.annotations import annotation_rows
from edition.exports.data import dts, rdf
from pages import put
from test_export_networks import LETTER, written
from test_exports import PROJECTS, ROOT, edition
from tools import TOOLS, missing, python, ran, shared

WRAPPER = "{https://dtsapi.org/v1.0#}wrapper"


@pytest.mark.parametrize("project", PROJECTS)
def test_dapytains_finds_every_passage_and_so_do_our_files(project: str, tmp_path: Path) -> None:
    folder = written(dts.write(edition(project)), tmp_path)
    answer = json.loads(ran([python(), TOOLS / "dts.py", folder]))
    assert set(answer) == {built.name for built in edition(project).documents}
    for built in edition(project).documents:
        assert built.data is not None
        ours = dts.cited(built.data)
        theirs = answer[built.name]
        assert theirs["default"] == ours[0].name and set(theirs["trees"]) == {tree.name for tree in ours}
        for tree in ours:
            assert [ref for ref, _ in theirs["trees"][tree.name]] == [ref for ref, _ in tree.passages]
            for (_, found), (_, e) in zip(theirs["trees"][tree.name], tree.passages, strict=True):
                wanted = "".join(e.itertext())  # dapytains gives the white space after a passage as well
                assert found.startswith(wanted) and not found[len(wanted) :].strip()
            navigation = json.loads((folder / f"navigation/{built.name}/{tree.name}.json").read_text("utf-8"))
            assert [unit["identifier"] for unit in navigation["member"]] == [ref for ref, _ in tree.passages]
            for ref, e in tree.passages:
                file = next((folder / f"document/{built.name}/{tree.name}").glob(f"{glob(ref)}.xml"))
                assert words(file) == "".join(e.itertext()) and unquote(file.stem) == ref


def glob(ref: str) -> str:
    return ref.replace("[", "[[]")


def words(file: Path) -> str:
    wrapper = etree.parse(file).getroot().find(WRAPPER)
    assert wrapper is not None
    return "".join(wrapper.itertext())


def test_the_templates_lead_to_files(tmp_path: Path) -> None:
    """RFC 6570: `{/x}` is a slash and the value, or nothing where there is no value."""
    folder = written(dts.write(edition("project")), tmp_path)
    entry = json.loads((folder / "index.json").read_text("utf-8"))

    def at(template: str, **values: str) -> Path:
        for name in ("id", "tree", "ref"):
            template = template.replace(f"{{/{name}}}", f"/{values[name]}" if name in values else "")
        template = template.replace(
            "{/tree,ref}", "".join(f"/{values[n]}" for n in ("tree", "ref") if n in values)
        )
        return folder / template.replace("{resource}", values.get("resource", "")).removeprefix("/dts/")

    assert at(entry["collection"]).is_file() and at(entry["collection"], id="reiss-1937").is_file()
    assert at(entry["navigation"], resource="reiss-1937").is_file()
    assert at(entry["navigation"], resource="reiss-1937", tree="divisions").is_file()
    assert (
        at(entry["document"], resource="reiss-1937").read_bytes()
        == (ROOT / "out/reiss-1937.xml").read_bytes()
    )
    assert at(entry["document"], resource="reiss-1937", tree="blocks", ref="5").is_file()


def test_the_context_of_dts_knows_every_term(tmp_path: Path) -> None:
    folder = written(dts.write(edition("project")), tmp_path)
    files = sorted(folder.rglob("*.json"))
    context = json.loads(shared("schemas/dts-v1.0.json").read_text("utf-8"))
    del context["@context"]["extensions"]  # pyld does not take it, and we write none
    put(tmp_path / "context", json.dumps(context).encode())
    back = json.loads(ran([python(), TOOLS / "expand.py", dts.CONTEXT, tmp_path / "context", *files]))
    for file, found in zip(files, back, strict=True):
        assert lost(json.loads(file.read_text("utf-8")), found) == [], file.name


def lost(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Keys of ours that did not come back. A list of one may come back as that one; null says nothing."""
    if isinstance(ours, list):
        theirs = theirs if isinstance(theirs, list) else [theirs]
        return [key for a, b in zip(ours, theirs, strict=True) for key in lost(a, b, at)]
    if not isinstance(ours, dict):
        return []
    kept = {key: value for key, value in ours.items() if value is not None and key != "@context"}
    kept |= {
        f"dct:{key}": value for key, value in kept.pop("dublinCore", {}).items()
    }  # nested: said of the thing
    gone = [f"{at}/{key}" for key in kept if key not in theirs]
    return gone + [
        one for key in kept if key in theirs for one in lost(kept[key], theirs[key], f"{at}/{key}")
    ]


def test_rdflib_reads_the_same_graph_from_both_files() -> None:
    try:
        from rdflib import Graph
        from rdflib.compare import isomorphic
    except ImportError:
        missing("rdflib is not installed: pip install 'tei-edition[rdf]'")
    for project in PROJECTS:
        files = rdf.write(edition(project)).files
        turtle = Graph().parse(data=files["edition.ttl"], format="turtle")
        assert len(turtle) > 0
        assert isomorphic(turtle, Graph().parse(data=files["edition.jsonld"], format="json-ld"))
        assert not [node for triple in turtle for node in triple if type(node).__name__ == "BNode"]


def test_what_the_graph_says(tmp_path: Path) -> None:
    from rdflib import Graph

    for name, text in LETTER.items():
        put(tmp_path / name, text.encode())
    given = commands.build_in_memory(tmp_path).edition
    graph = Graph().parse(data=rdf.write(given).files["edition.ttl"], format="turtle")
    asked = """
        PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/> PREFIX schema: <https://schema.org/>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?name ?same (COUNT(?passage) AS ?times) WHERE {
          ?who a crm:E21_Person; schema:name ?name; owl:sameAs ?same .
          ?passage crm:P67_refers_to ?who; crm:P106i_forms_part_of <https://example.org/letters/one.xml> .
        } GROUP BY ?name ?same ORDER BY ?name"""
    rows = [tuple(map(str, row)) for row in graph.query(asked)]  # type: ignore[arg-type]
    assert rows == [
        ("Bettina von Arnim", "https://d-nb.info/gnd/118504185", "3"),
        ("Johann Wolfgang von Goethe", "https://d-nb.info/gnd/118540238", "1"),
    ]


def test_every_naming_of_an_entry_is_in_the_graph() -> None:
    from rdflib import Graph, URIRef

    given = edition("project")
    graph = Graph().parse(data=rdf.write(given).files["edition.ttl"], format="turtle")
    passages = {
        (str(p), str(words))
        for p, words in graph.subject_objects(
            URIRef("http://www.cidoc-crm.org/cidoc-crm/P190_has_symbolic_content")
        )
    }
    found = [mark for built in given.documents for mark in annotation_rows(given.project, built)]
    assert passages == {
        (f"urn:edition:{mark.text}:{mark.id}", mark.exact)
        for mark in found
        if mark.entry and mark.placed and mark.entry.register in rdf.CLASSES
    }
