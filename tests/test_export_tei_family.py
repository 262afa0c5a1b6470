"""TEI for other tools: valid, the text is the seed, and what each tool looks for in its own way is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

import tools
from edition.app import commands
from edition.exports.annotations import annotation_rows
from edition.exports.tei import (
    dtabf,
    ediarum,
    evt,
    leaf_writer,
    tei_lite,
    tei_publisher,
    tei_standoff,
    teitok,
)
from edition.exports.tei.tei_standoff import BESIDE
from edition.exports.tei.trees import editors, seed, tree_of
from edition.exports.tokens import tokens
from edition.exports.writer import Writer
from tei_family import (
    ID,
    NS,
    TEI,
    all_laid_out,
    edition,
    everywhere,
    files,
    found,
    jing,
    laid_out,
    part_of_tei,
    pointers,
    roots,
    values,
    xpaths,
)

TEXTS = {"tei-publisher": "data/", "evt": "", "ediarum": "data/Texte/", "leaf-writer": "", "tei-standoff": ""}
MARKED = (tei_publisher.WRITER, evt.WRITER, ediarum.WRITER, leaf_writer.WRITER, tei_standoff.WRITER)
marked = pytest.mark.parametrize("writer", MARKED, ids=lambda writer: writer.name)


def texts(writer: Writer, project: str) -> dict[str, list[etree._Element]]:
    """The files of an export that hold a text, by its name."""
    known: dict[str, list[etree._Element]] = {built.name: [] for built in edition(project).documents}
    for name, root in roots(writer, project, TEXTS[writer.name]).items():
        text = name.partition("/")[0]
        if text in known and root.find("t:text", NS) is not None:
            known[text].append(root)
    return known


def text_of(root: etree._Element) -> etree._Element:
    text = root.find("t:text", NS)
    assert text is not None
    return text


@marked
def test_jing_finds_it_valid(writer: Writer, tmp_path: Path) -> None:
    paths = [path for path in all_laid_out(writer, tmp_path) if path.name != "appconf.xml"]
    assert paths and jing(tools.shared("tei/tei_all.rng"), paths) == []


@marked
@everywhere
def test_the_text_is_the_seed(writer: Writer, project: str) -> None:
    seeds = {built.name: built.document.seed.text for built in edition(project).documents}
    for name, trees in texts(writer, project).items():
        assert trees
        assert {seed(text_of(root)) for root in trees} == {seeds[name]}


# TEI Publisher: what navigation-tei.xql, collection.xconf and the annotation editor ask


NAMED = "persName|placeName|orgName|term|bibl"
ASKED = {
    "title": "(tei:teiHeader//tei:titleStmt/tei:title[@type = 'main'], tei:teiHeader//tei:titleStmt/tei:title)[1]",
    "author": "(tei:teiHeader//tei:titleStmt/tei:author, tei:teiHeader//tei:correspDesc/tei:correspAction/tei:persName)",
    "language": "(@xml:lang/string(), tei:teiHeader/@xml:lang/string(), 'en')[1]",
    "date": "tei:teiHeader/tei:fileDesc/tei:editionStmt/tei:edition/tei:date",
    "licence": "tei:teiHeader//tei:publicationStmt//tei:licence/@target",
    "divisions": ".//tei:text//tei:div/string-join((@xml:id, (tei:head, @n)[1]), ' ')",
    "keys": f"//({'|'.join(f'tei:{name}' for name in NAMED.split('|'))})/@key",
    "pointed": f"//tei:text//({'|'.join(f'tei:{name}' for name in NAMED.split('|'))})[starts-with(@ref, '#')]/@ref",
}
ENTRIES = (
    "/tei:TEI[@xml:id = ('pb-persons', 'pb-places', 'pb-organizations', 'pb-bibl')]/tei:standOff/"
    "(tei:listPerson/(tei:person|tei:personGrp)|tei:listPlace/tei:place|tei:listOrg/tei:org|tei:listBibl/tei:bibl)"
)
CALLED = "(tei:persName|tei:placeName|tei:orgName|tei:title)[@type='main']/string()"


@everywhere
def test_tei_publisher_finds_what_it_asks_for(project: str, tmp_path: Path) -> None:
    laid_out(tei_publisher.WRITER, project, tmp_path)
    texts, registers = [*tmp_path.glob("data/*.xml")], [*tmp_path.glob("data/registers/*.xml")]
    asked: list[dict[str, object]] = [{"file": str(path), "each": "/tei:TEI", "ask": ASKED} for path in texts]
    asked += [
        {"file": str(path), "each": ENTRIES, "ask": {"id": "@xml:id", "name": CALLED}} for path in registers
    ]
    answers = xpaths(asked)
    entries = [entry for answer in answers[len(texts) :] for entry in answer]
    ids = [id for entry in entries for id in entry["id"]]
    assert len(ids) == len(set(ids)) == len(entries)
    assert all(entry["name"] for entry in entries)
    for (one,) in answers[: len(texts)]:
        assert one["title"] and one["language"] and one["pointed"] == []
        assert set(one["keys"]) <= set(ids)
        assert all(re.fullmatch(r"\S+ .+", said, re.DOTALL) for said in one["divisions"])
    if project == "project":
        assert all(
            one["author"] and one["date"] and one["licence"] and one["keys"]
            for (one,) in answers[: len(texts)]
        )


def test_tei_publisher_is_told_how_to_show_a_text() -> None:
    views = {
        name: re.findall(rb"<\?teipublisher (.*?)\?>", data)
        for project in ("project", "drama", "manuscript", "scripts")
        for name, data in files(tei_publisher.WRITER, project).items()
        if "registers" not in name
    }
    assert {name: view for name, (view,) in views.items()} == {
        "data/reiss-1937.xml": b'view="single"',
        "data/trotzki-exil.xml": b'view="single"',
        "data/hamlet.xml": b'view="single"',
        "data/accounts.xml": b'view="page"',
        "data/draft.xml": b'view="page"',
        "data/genesis.xml": b'view="single"',
        "data/lunyu.xml": b'view="div" depth="1"',
    }


# EVT: its selectors


MENTIONS = ("persName", "placeName", "orgName", "geogName", "event", "term")
LISTS = ("listPerson", "listPlace", "listOrg", "listEvent", "listObject")
LABELS = {
    "person": "persName",
    "place": "placeName",
    "org": "orgName",
    "event": "label",
    "object": "objectName",
}


@everywhere
def test_evt_finds_an_entry_for_every_mention(project: str) -> None:
    for root in roots(evt.WRITER, project).values():
        lists = [e for kind in LISTS for e in found(root, f"//t:{kind}[not(ancestor::t:{kind})]")]
        assert all(values(e, "t:head/text()") for e in lists)
        entries = {child.get(ID): child for e in lists for child in e.iterchildren(etree.Element)}
        for mention in (e for kind in MENTIONS for e in found(root, f"//t:text//t:{kind}[@ref]")):
            assert re.fullmatch(r"#\S+", mention.get("ref", ""))
            assert mention.get("ref", "").replace("#", "") in entries
        for entry in entries.values():
            kind = etree.QName(entry).localname
            assert kind not in LABELS or values(entry, f"(.//t:{LABELS[kind]})[1]//text()")


@everywhere
def test_evt_2_finds_lists_in_the_source_and_evt_3_its_files(project: str) -> None:
    written = files(evt.WRITER, project)
    for built in edition(project).documents:
        old = etree.fromstring(written[f"{built.name}/evt-2/edition.xml"])
        for kind in LISTS:
            assert len(found(old, f"//t:{kind}")) == len(found(old, f"//t:sourceDesc/t:{kind}"))
        assets = f"{built.name}/evt-3/"
        settings = json.loads(written[f"{assets}assets/config/file_config.json"])
        assert [url for url in settings["editionUrls"] if f"{assets}{url}" not in written] == []
        own = {
            key: url for key, url in settings["configurationUrls"].items() if key != "editorialConventions"
        }
        assert all(json.loads(written[f"{assets}{url}"]) for url in own.values())
        assert json.loads(written[f"{assets}assets/config/edition_config.json"])["editionTitle"]


# LEAF-Writer: its instructions, its validator, its identifiers


HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" '
    b'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    b'<?xml-stylesheet type="text/css" href="https://cwrc.ca/templates/css/tei.css"?>\n<TEI '
)


def test_leaf_writer_is_given_its_instructions_and_its_validator_agrees(tmp_path: Path) -> None:
    tools.node_modules()
    paths = all_laid_out(leaf_writer.WRITER, tmp_path)
    assert all(path.read_bytes().startswith(HEAD) for path in paths)
    script = tools.TOOLS / "salve.mjs"
    said = json.loads(
        tools.ran([tools.program("node"), script, tools.shared("tei/tei_all.fast.rng"), *paths])
    )
    assert said == {str(path): [] for path in paths}


@everywhere
def test_leaf_writer_finds_uris_on_names_and_entries_behind_keys(project: str) -> None:
    for root in roots(leaf_writer.WRITER, project).values():
        ids = {e.get(ID) for e in root.iter(etree.Element)}
        for e in found(root, "//*[@key]"):
            assert e.get("key") in ids and re.match("https?://", e.get("ref", ""))
        for id in pointers(root):
            assert id in ids
    if project == "project":
        assert any(
            found(root, "//t:text//t:persName[@key]") for root in roots(leaf_writer.WRITER, project).values()
        )


# ediarum: its appconf.xml


@everywhere
def test_ediarum_reads_objects_and_relations_by_its_appconf(project: str, tmp_path: Path) -> None:
    laid_out(ediarum.WRITER, project, tmp_path)
    conf = {"file": str(tmp_path / "appconf.xml")}
    parts = {
        "id": "@xml:id",
        "collection": "a:collection",
        "root": "a:item/a:root",
        "key": "a:item/a:id",
        "label": "a:item/a:label",
    }
    paths = {"paths": "a:filters/a:filter/a:xpath"}
    ends = {"subject": "@subject", "object": "@object", "where": "a:subject-condition"}
    objects, relations = xpaths(
        [
            {**conf, "each": "/a:config/a:object", "ask": {**parts, **paths}},
            {**conf, "each": "/a:config/a:relation", "ask": {**parts, **ends}},
        ]
    )
    assert objects
    ids: dict[str, list[str]] = {}
    for one in objects:
        (id,), (collection,), (root,), (key,), (label,) = (one[name] for name in parts)
        inside = sorted((tmp_path / "data" / collection[1:]).glob("*.xml"))
        asked = {"id": key, "label": label, **{f"filter {k}": path for k, path in enumerate(one["paths"])}}
        answers = xpaths([{"file": str(path), "each": f"/{root}", "ask": asked} for path in inside])
        assert answers and all(len(answer) == 1 for answer in answers)
        assert all(len(found["id"]) == 1 and any(found["label"]) for (found,) in answers)
        ids[id] = [found["id"][0] for (found,) in answers]
        if id != "texte":
            assert ids[id] == [path.stem for path in inside]
    every = [id for some in ids.values() for id in some]
    assert len(every) == len(set(every))
    keys = {
        key
        for root in roots(ediarum.WRITER, project, "data/Texte/").values()
        for key in values(root, "//@key")
    }
    assert keys <= set(every)
    assert all(
        set(one["subject"] + one["object"]) <= set(ids) and one["where"] == ["@key"] for one in relations
    )


@everywhere
def test_ediarum_pointers_lead_to_files(project: str, tmp_path: Path) -> None:
    for path in laid_out(ediarum.WRITER, project, tmp_path):
        for e in etree.parse(path).getroot().iter(etree.Element):
            for part in (part for value in e.attrib.values() for part in value.split()):
                if part.startswith("../"):
                    assert (path.parent / part).resolve().is_file(), part
    if project == "project":
        (letter,) = [
            root
            for name, root in roots(ediarum.WRITER, project, "data/Texte/").items()
            if name == "reiss-1937"
        ]
        assert values(letter, "//t:correspAction[@type='sent']/t:persName/@key") == ["reiss"]


# TEITOK: what its help asks for


@everywhere
def test_teitok_has_every_word_of_the_seed_in_one_token(project: str) -> None:
    for built in edition(project).documents:
        data = files(teitok.WRITER, project)[f"xmlfiles/{built.name}.xml"]
        root = etree.fromstring(data)
        assert root.get("xmlnsoff") == TEI and b"xml:id" not in data.partition(b"<text")[2]
        assert all(not etree.QName(e).namespace for e in root.iter(etree.Element))
        text = root.find("text")
        assert text is not None
        assert seed(text) == built.document.seed.text
        tokens = [*text.iter("tok")]
        assert [tok.get("id") for tok in tokens] == [f"w-{k}" for k in range(1, len(tokens) + 1)]
        assert not text.xpath(".//tok//tok")
        words = ["".join(spoken(tok)) for tok in tokens]
        assert "".join("".join(words).split()) == "".join(built.document.seed.text.split())
        ids = Counter(e.get("id") for e in root.iter(etree.Element) if e.get("id"))
        assert [id for id, times in ids.items() if times > 1] == []
        assert pointers(root) <= set(ids)


def spoken(e: etree._Element) -> Iterator[str]:
    """The words of the seed in a token."""
    yield e.text or ""
    for child in e:
        if not editors(child):
            yield from spoken(child)
        yield child.tail or ""


def test_teitok_has_normal_forms_and_words_across_lines() -> None:
    letter = etree.fromstring(files(teitok.WRITER, "project")["xmlfiles/reiss-1937.xml"])
    forms = {"".join(tok.itertext()): tok.get("nform") for tok in letter.iter("tok") if tok.get("nform")}
    assert (
        forms["next"] == "further by your side"
        and forms["nazis"] == "Nazis"
        and forms["Galfa"] == "Galliffets"
    )
    (liked,) = letter.xpath("//sic[@corr='was a']")
    assert [tok.get("nform") for tok in liked.iter("tok")] == [None, None]
    draft = etree.fromstring(files(teitok.WRITER, "manuscript")["xmlfiles/draft.xml"])
    (mended,) = draft.xpath("//tok[lb]")
    assert mended.get("form") == "mended" and "".join(mended.itertext()) == "mend-\ned"


# private-use characters: the palm branch of the epitaph


LEAF = "\ue000"


def test_teitok_has_a_sign_in_one_token_with_the_word_it_stands_at() -> None:
    root = etree.fromstring(files(teitok.WRITER, "inscription")["xmlfiles/epitaph.xml"])
    (sign,) = root.xpath("//text//g")
    tok = sign.getparent()
    assert (tok.tag, "".join(tok.itertext()), tok.get("nform")) == ("tok", LEAF, "❧")
    assert sign.get("ref") == "#" + root.xpath("string(//charDecl/char/@id)")
    words = f"p{LEAF}mus {LEAF} {LEAF}. 國{LEAF}國"
    assert [words[a:b] for a, b in tokens(words, 0, len(words))] == [
        f"p{LEAF}mus", LEAF, LEAF, ".", "國", LEAF, "國",
    ]  # fmt: skip


@pytest.mark.parametrize("writer", [tei_lite.WRITER, dtabf.WRITER], ids=lambda writer: writer.name)
def test_a_standard_character_is_the_normal_form_of_a_sign(writer: Writer) -> None:
    root = roots(writer, "inscription")["epitaph"]
    assert not found(root, "//t:g | //t:charDecl | //t:mapping | //t:char")
    (choice,) = found(root, f"//t:choice[t:orig='{LEAF}']")
    assert values(choice, "t:reg/text()") == ["❧"]
    assert not "".join(values(root, "//t:encodingDesc/text()")).strip()
    said = [
        p for p in (str(e.xpath("string()")) for e in found(root, "//t:editorialDecl//t:p")) if "U+E000" in p
    ]
    assert len(said) == 1 and "A palm branch" in said[0]


def test_standoff_says_of_a_sign_what_it_is() -> None:
    root = roots(tei_standoff.WRITER, "inscription")["epitaph"]
    (sign,) = found(root, "//t:annotation//t:g")
    (annotation,) = (e for e in sign.iterancestors() if etree.QName(e).localname == "annotation")
    assert resolved(root, annotation.get("target", ""))[1] == LEAF and not sign.text
    assert sign.get("ref", "")[1:] in {e.get(ID) for e in found(root, "//t:charDecl/t:char")}


# TEI Lite and DTABf: parts of TEI


_GONE = "change xml:space rendition style xml:base synch sameAs copyOf exclude select notBefore notAfter from to mimeType"
GONE = _GONE.split()
"""@change, whose module neither has, and what TEI Lite takes away (att.global, att.global.linking, att.datable.w3c, att.internetMedia)."""
_MORE = "key period calendar dur part subtype source precision scope evidence instant nymRef break ed role"
MORE = _MORE.split()
"""What DTABf takes away besides, as far as it takes it from every element that we write."""


def test_tei_lite_holds_to_the_elements_and_attributes_of_tei_lite(tmp_path: Path) -> None:
    paths = all_laid_out(tei_lite.WRITER, tmp_path / "files")
    part = part_of_tei(tmp_path, tei_lite.ELEMENTS, GONE)
    assert jing(tools.shared("tei/tei_all.rng"), paths) == []
    assert jing(part, paths) == []


def test_dtabf_holds_to_the_elements_and_attributes_of_dtabf(tmp_path: Path) -> None:
    paths = all_laid_out(dtabf.WRITER, tmp_path / "files")
    part = part_of_tei(tmp_path, dtabf.ELEMENTS, {*GONE, *MORE} - {"rendition"})
    assert jing(tools.shared("tei/tei_all.rng"), paths) == []
    assert jing(part, paths) == []


CLOSED = {
    "//t:note/@type": {"editorial"},
    "//t:note/@place": {"left", "right", "foot", "end"},
    "//t:gap/@reason": {"insignificant", "illegible", "fm", "lost", "legal", "covered"},
    "//t:gap/@unit": {"chars", "lines", "pages", "words"},
    "//t:supplied/@reason": {"covered", "damage"},
    "//t:title/@type": {"main", "sub", "volume", "part"},
    "//t:name/@type": {"artificialWork"},
    "//t:lg/@type": {"poem"},
    "//t:fw/@type": {"header", "sig", "catch", "pageNum", "folNum"},
    "//t:fw/@place": {"top", "bottom"},
    "//t:unclear/@reason": {"illegible", "covered"},
    "//t:text/@*|//t:body/@*|//t:lb/@xml:id|//t:p/@n|//t:head/@type|//t:list/@type|//t:persName/@type|//t:pb[not(@facs)]/@n": set(),
    "//t:p/@hand|//t:note/@target|//t:corr/@resp|//t:reg/@resp|//t:idno/@type|//t:l/@part|//t:choice/@n|//t:speaker/@n": set(),
}


@everywhere
def test_dtabf_has_only_values_of_its_lists(project: str) -> None:
    for root in roots(dtabf.WRITER, project).values():
        assert {path: set(values(root, path)) - allowed for path, allowed in CLOSED.items()} == {
            path: set() for path in CLOSED
        }
        assert not found(
            root, "//t:title[not(@type)] | //t:foreign[not(@xml:lang)] | //t:licence[not(@target)]"
        )


@pytest.mark.parametrize("writer", [tei_lite.WRITER, dtabf.WRITER], ids=lambda writer: writer.name)
@everywhere
def test_the_body_is_the_seed_without_the_words_of_the_editors(writer: Writer, project: str) -> None:
    for built in edition(project).documents:
        root = roots(writer, project)[built.name]
        (body,) = found(root, "/t:TEI/t:text/t:body")
        assert "".join(source(body)) == built.document.seed.text
        assert pointers(root) <= {e.get(ID) for e in root.iter(etree.Element)}


def source(e: etree._Element) -> Iterator[str]:
    """As the header of these files says it."""
    if etree.QName(e).localname in ("corr", "reg", "expan", "supplied") or e.get("type") == "editorial":
        return
    yield e.text or ""
    for child in e:
        yield from source(child)
        yield child.tail or ""


# stand-off: pointers are resolved as the Guidelines say


RANGE = re.compile(r"#string-range\(([^,()]+),(\d+),(\d+)\)").fullmatch


def resolved(root: etree._Element, target: str) -> tuple[int, str]:
    """Offset and words of a string-range, counted in the text of the element with that xml:id."""
    parts = RANGE(target)
    assert parts, target
    (element,) = found(root, f"//*[@xml:id='{parts[1]}']")
    at, length = int(parts[2]), int(parts[3])
    return at, "".join(element.itertext())[at : at + length]


@everywhere
def test_standoff_has_a_clean_text_and_its_pointers_find_the_words_of_every_mark(project: str) -> None:
    for built in edition(project).documents:
        root = roots(tei_standoff.WRITER, project)[built.name]
        text = text_of(root)
        assert "".join(text.itertext()) == built.document.seed.text
        blocks = {etree.QName(e).localname for e in text.iter(etree.Element)}
        assert not blocks & {
            "persName",
            "placeName",
            "rs",
            "date",
            "choice",
            "anchor",
            "q",
            "lb",
            "pb",
            "supplied",
        }
        places = {
            e.get(ID): resolved(root, e.get("target", ""))
            for e in found(root, "//t:annotation")
            if "string-range" in e.get("target", "")
        }
        assert pointers(root) <= {e.get(ID) for e in root.iter(etree.Element)}
        ids = {e.get(ID) for e in found(root, "//t:annotation")}
        for mark in annotation_rows(edition(project).project, built):
            if mark.id in places and mark.kind not in ("note", "quotation"):
                assert places[mark.id] == (mark.start, mark.exact), mark
            elif mark.placed and mark.element >= 0 and mark.kind not in ("note", "quotation", "footnote"):
                assert mark.id in ids, mark


@everywhere
def test_standoff_holds_every_element_at_its_words(project: str) -> None:
    """The elements of the edition that are no blocks, with attributes and words, are those in the annotations."""
    for built in edition(project).documents:
        one = tree_of(edition(project), built)
        inside = [
            e
            for e in one.part("text").iter(etree.Element)
            if e not in one.blocks
            and not any(editors(above) for above in e.iterancestors())
            and etree.QName(e).localname not in ("anchor", "note", *BESIDE)
            and parent(e) not in ("choice", "app", "subst")
        ]
        ours = Counter((e.tag, *sorted(kept(e).items()), "" if editors(e) else seed(e)) for e in inside)
        root = roots(tei_standoff.WRITER, project)[built.name]
        theirs = Counter(
            (e.tag, *sorted(kept(e).items()), resolved(root, annotation.get("target", ""))[1])
            for annotation in found(root, "//t:annotation[t:note[@type='encoding']]")
            for e in found(annotation, "t:note/*[1][not(self::t:note)]")
        )
        assert theirs == ours
        notes = len(found(one.part("text"), ".//t:note[not(ancestor::*[@change])]")) - sum(
            etree.QName(e).localname == "note" for e in one.blocks
        )
        assert len(found(root, "//t:annotation[t:note[@type!='encoding'] | t:note/t:note]")) == notes


def parent(e: etree._Element) -> str:
    above = e.getparent()
    return "" if above is None else etree.QName(above).localname


def kept(e: etree._Element) -> dict[str, str]:
    return {key: value for key, value in e.attrib.items() if key != ID}


# what the editions do not have: words cut in pieces, links, alternatives, categories, a name that begins with a digit


PROJECT = {
    "seeds/1tale.txt": """Chapter One

Anna met Berta in Rome. She said “come
now” and left 𝔄lone.

The end of it came un-
expectedly for Anna & Co.<br>
""",
    "annotations/edition.yaml": """edition: 1
editors: {ed: {name: Ed Itor, role: editor}}
defaults: {by: ed, language: en}
types: {link: {echo: An echo.}}
""",
    "annotations/registers/all.yaml": """edition: 1
people:
  anna: {name: Anna, gnd: "118642499"}
  berta: {name: Berta, relations: [{name: friend, to: anna}]}
places:
  rome: {name: Rome, geonames: "3169070", location: "41.9 12.5"}
taxonomy:
  irony: {name: Irony}
""",
    "annotations/1tale.yaml": """edition: 1
header: {title: A tale}
structure:
  - {div: chapter, from: Chapter One, to: "Co.<br>", contains: [{head: Chapter One}]}
annotations:
  - {person: anna, quote: Anna, occurrence: all of 2}
  - {person: berta, quote: Berta}
  - {place: rome, quote: Rome, id: r}
  - {interpretation: irony, quote: come now, id: i}
  - {rs: anna, quote: She, or: [{rs: berta, cert: low}]}
  - {correction: away alone, quote: left 𝔄lone}
  - {lb: "2", before: expectedly, break: no}
  - {emphasis: italics, from: 𝔄lone, to: The end}
  - {link: echo, on: [r, i]}
""",
}
FAMILY = (*MARKED, teitok.WRITER, tei_lite.WRITER, dtabf.WRITER)


@pytest.mark.parametrize("writer", FAMILY, ids=lambda writer: writer.name)
def test_pieces_links_alternatives_and_categories(writer: Writer, tmp_path: Path) -> None:
    for name, words in PROJECT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(words, "utf-8")
    given = commands.build_in_memory(tmp_path).edition
    export = writer.write(given)
    paths: list[Path] = []
    for name, data in export.files.items():
        if name.endswith("1tale.xml") or name.endswith("/edition.xml"):
            text = etree.fromstring(data).find("{*}text")
            assert text is not None
            body = seed(text) if writer in MARKED or writer is teitok.WRITER else "".join(source(text[0]))
            assert body == PROJECT["seeds/1tale.txt"]
            paths.append(tmp_path / f"{len(paths)}.xml")
            paths[-1].write_bytes(data)
    assert paths
    if writer is teitok.WRITER:
        assert b'form="unexpectedly">un-\n<lb n="2" break="no"/>expectedly</tok>' in paths[0].read_bytes()
    else:
        assert jing(tools.shared("tei/tei_all.rng"), paths) == []
    if writer is dtabf.WRITER:
        assert paths[0].read_text("utf-8").count('<hi rendition="#i">') == 3
