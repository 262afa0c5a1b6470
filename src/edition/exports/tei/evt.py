"""EVT 3 and EVT 2: an edition a text, with the lists where each looks for them, and the configuration of EVT 3."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

from edition.exports.readers.labels import LABELS
from edition.exports.tei.trees import (
    ALL,
    LANG,
    NS,
    TEI_ALL,
    Tree,
    data,
    exported,
    made,
    one_line,
    remove,
    rename,
)
from edition.exports.writer import NOT_IN_TEI, Export, Writer
from edition.model.edition import Edition
from edition.model.languages import tongue

CONFIGURATION = Path(__file__).with_name("evt.json")


def write(edition: Edition) -> Export:
    return exported(edition, _changed)


def _changed(one: Tree) -> dict[str, bytes]:
    speaking = tongue(one.root.get(LANG, ""))
    _lists(one, LABELS.get(speaking, LABELS["en"]))
    assets = f"{one.name}/evt-3/assets"
    files = {f"{assets}/data/edition.xml": data(one.root, TEI_ALL)}
    files |= {f"{assets}/config/{file}": said for file, said in _configuration(one).items()}
    _in_source(one)
    return {**files, f"{one.name}/evt-2/edition.xml": data(one.root, TEI_ALL)}


def _lists(one: Tree, labels: dict[str, str]) -> None:
    """Lists have headings, since they are shown; the name of an event is a `label`, since EVT looks for no other."""
    for group in one.root.iterfind("t:standOff/*[@type]", NS):
        head = made("head", labels.get(group.get("type", ""), group.get("type", "")))
        group.insert(0, head)
    for e in one.root.iterfind("t:standOff/t:listEvent/t:event/t:eventName", NS):
        rename(e, "label")


def _in_source(one: Tree) -> None:
    """EVT 2 reads lists in `sourceDesc` only, and nothing is twice in a file."""
    stand = one.root.find("t:standOff", NS)
    if stand is None:
        return
    source = one.part("teiHeader/fileDesc/sourceDesc")
    for group in [*stand]:
        if group.get("type") and not group.tag.endswith("}listBibl"):
            source.append(deepcopy(group))
            if LANG in stand.attrib:
                source[-1].set(LANG, stand.attrib[LANG])
            remove(group)
    if len(stand) == 0:
        remove(stand)


def _configuration(one: Tree) -> dict[str, bytes]:
    """The three files of EVT 3's own: what depends on the text is filled in."""
    settings = json.loads(CONFIGURATION.read_bytes())
    title = one.root.find(".//t:titleStmt/t:title", NS)
    verse = one.root.find(".//t:text//t:l", NS) is not None
    settings["edition"]["editionTitle"] = one.name if title is None else one_line(title)
    settings["edition"]["defaultTextFlow"] = "verses" if verse else "prose"
    pages = one.root.find(".//t:text//t:pb[@facs]", NS) is not None
    settings["ui"]["availableViewModes"][1]["enable"] = pages
    return {
        f"{file}_config.json": (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
        for file, said in settings.items()
    }


WRITER = Writer(
    name="evt",
    tool="EVT 3 and EVT 2 (Edition Visualization Technology)",
    carries="everything",
    cannot="entries of registers that no text points at. Mentions that are `rs`, `eventName`, `objectName` or "
    "`title` are in the file, but EVT does not show them as such",
    opened="the selectors of EVT 3 are run on the file: every mention is one local pointer at an entry of a "
    "first-level list, every list has a heading, every entry a label; jing with tei_all. EVT itself "
    "cannot be built offline",
    about="A folder a text, since EVT shows one edition. evt-3/assets is to be laid over that of EVT 3: "
    "data/edition.xml, and file_config.json, edition_config.json and ui_config.json with the keys of EVT "
    "3's own. evt-2/edition.xml is the same text with its lists of people, places, organisations, events "
    "and objects in the sourceDesc, the only place where EVT 2 looks for them.",
    subjects=ALL,
    write=write,
    omits=NOT_IN_TEI,
)
