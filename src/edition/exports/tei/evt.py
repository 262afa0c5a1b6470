"""EVT 3 and EVT 2: an edition a text, with the lists where each looks for them, and the configuration of EVT 3."""

from __future__ import annotations

import json
from copy import deepcopy

from edition.exports.readers.labels import LABELS
from edition.exports.tei.trees import (
    LANG,
    NS,
    TEI_ALL,
    Tree,
    data,
    export,
    made,
    plain,
    remove,
    rename,
    tree,
    unnamed,
)
from edition.exports.writer import Export, Subject, Writer
from edition.model.edition import Edition
from edition.model.languages import tongue

SUBJECTS: tuple[Subject, ...] = ("annotations", "blocks", "entries", "texts")
Json = dict[str, object]
FILES: Json = {
    "editionUrls": ["assets/data/edition.xml"],
    "editionImagesSource": {
        "manifest": {"value": "", "enable": False},
        "graphics": {"value": "", "enable": False},
    },
    "imagesFolderUrl": "assets/data/images/single",
    "configurationUrls": {
        "edition": "assets/config/edition_config.json",
        "ui": "assets/config/ui_config.json",
        "editorialConventions": "assets/config/editorial_conventions_config.json",
    },
}
LISTS = {
    "persons": "people", "places": "places", "organizations": "orgs", "relations": "relations", "events": "events",
}  # fmt: skip
COLOURS = (
    ("persName", "people", "#ffcdd2"),
    ("placeName,geogName", "places", "#a5d6a7"),
    ("orgName", "orgs", "#ffb74d"),
)
PROPERTIES = ("author", "title", "date", "editor", "publisher", "pubPlace", "citedRange", "biblScope")


def write(edition: Edition) -> Export:
    files: dict[str, bytes] = {}
    trees = [tree(edition, built) for built in edition.documents]
    lost = unnamed(edition, trees)
    for one in trees:
        speaking = tongue(one.root.get(LANG, ""))
        _lists(one, LABELS.get(speaking, LABELS["en"]))
        assets = f"{one.name}/evt-3/assets"
        files[f"{assets}/data/edition.xml"] = data(one.root, TEI_ALL)
        settings = {"file": FILES, "edition": _edition(one), "ui": _ui(one)}
        for what, said in settings.items():
            files[f"{assets}/config/{what}_config.json"] = _json(said)
        _in_source(one)
        files[f"{one.name}/evt-2/edition.xml"] = data(one.root, TEI_ALL)
    return export(edition, files, SUBJECTS, lost)


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


def _json(said: Json) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _edition(one: Tree) -> Json:
    labels = LABELS["en"]
    title = one.root.find(".//t:titleStmt/t:title", NS)
    return {
        "editionTitle": plain(title) if title is not None else one.name,
        "badge": "",
        "editionHome": "",
        "availableEditionLevels": [
            {"id": level, "label": level, "enable": True}
            for level in ("diplomatic", "interpretative", "critical")
        ],
        "namedEntitiesLists": {
            key: {"defaultLabel": labels.get(said, said.title()), "enable": True}
            for key, said in LISTS.items()
        },
        "showLists": True,
        "entitiesSelectItems": [
            {
                "label": "Named Entities",
                "items": [
                    {"value": value, "label": labels[said], "color": colour, "enable": True}
                    for value, said, colour in COLOURS
                ],
                "enable": True,
            }
        ],
        "notSignificantVariants": [],
        "defaultEdition": "interpretative",
        "defaultViewMode": "readingText",
        "proseVersesToggler": False,
        "defaultTextFlow": "verses" if one.root.find(".//t:text//t:l", NS) is not None else "prose",
        "verseNumberPrinter": 5,
        "readingColorLight": "rgb(208, 220, 255)",
        "readingColorDark": "rgb(101, 138, 255)",
        "externalBibliography": {
            "biblAttributeToMatch": "xml:id",
            "elementAttributesToMatch": ["target", "source"],
        },
        "biblView": {
            "propsToShow": list(PROPERTIES),
            "showAttrNames": False,
            "showEmptyValues": False,
            "inline": True,
            "commaSeparated": True,
            "showMainElemTextContent": True,
        },
        "analogueMarkers": [],
        "sourcesExcludedFromListByParent": ["desc"],
    }


def _ui(one: Tree) -> Json:
    pages = one.root.find(".//t:text//t:pb[@facs]", NS) is not None
    modes = [("txt", "readingText", "Reading Text", True), ("imgTxt", "imageText", "Image Text", pages)]
    return {
        "availableViewModes": [
            {"icon": icon, "iconSet": "evt", "id": id, "label": label, "enable": enable}
            for icon, id, label, enable in modes
        ],
        "localization": True,
        "defaultLocalization": "en",
        "availableLanguages": [
            {"code": code, "label": f"language{code.title()}", "enable": True} for code in ("en", "it")
        ],
        "enableNavBar": True,
        "initNavBarOpened": False,
        "thumbnailsButton": False,
        "viscollButton": False,
        "theme": "modern",
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
    subjects=SUBJECTS,
    write=write,
)
