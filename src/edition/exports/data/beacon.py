"""BEACON: which persons, places and works of the GND an edition speaks of, for those who link to it."""

from __future__ import annotations

from edition.encode.header.fields import Facts, Fields
from edition.exports.uris import named, setting, uris
from edition.exports.writer import Export, Lost, Writer
from edition.model.edition import Edition
from edition.read.project import spoken

GND = "https://d-nb.info/gnd/"


def write(edition: Edition) -> Export:
    """A line an entry: its GND number, and how many texts name it."""
    texts = named(edition)
    base = setting(edition.project, "base")
    lines: dict[str, str] = {}
    lost: list[Lost] = []
    for entry in edition.project.registers.entries.values():
        number = uris(entry).get("gnd", "").removeprefix(GND)
        if number and (where := texts.get(entry.key)):
            target = f"{base}{where[0]}.xml#{entry.key}" if base else ""
            lines[entry.key] = f"{number}|{len(where)}|{target}".rstrip("|")
        else:
            why = "no text names it" if number else "it has no GND number"
            lost.append(Lost(entry.key, why))
    if not lines:
        return Export({}, lost=tuple(lost))
    whole = "\n".join([*_head(edition), "", *sorted(lines.values())]) + "\n"
    return Export({"beacon.txt": whole.encode()}, tuple(lost))


def _head(edition: Edition) -> list[str]:
    project = edition.project
    facts = Facts(project.registers, spoken(project.settings) or "en")
    settings = Fields(project.settings, project.settings_source)
    said = {name: facts.said(settings, name) for name in ("title", "publisher")}
    pairs = [("FORMAT", "BEACON"), ("PREFIX", GND)]
    pairs += [("DESCRIPTION", said["title"].text)] if said["title"] else []
    pairs += [("INSTITUTION", said["publisher"].text)] if said["publisher"] else []
    if base := setting(project, "base"):
        pairs += [("HOMEPAGE", base), ("FEED", f"{base}beacon.txt")]
    return [f"#{name}: {' '.join(value.split())}" for name, value in pairs]


WRITER = Writer(
    name="beacon",
    tool="BEACON aggregators, Wikipedia's and libraries' link services",
    carries="the GND number of every register entry that a text names, and in how many texts",
    cannot="entries without a GND number",
    opened="no tool is to be had: the tests check the format as its specification describes it",
    about="One file, `beacon.txt`, to be published on the web. With `base` in annotations/edition.yaml each line leads to the first "
    "text that names the entry; without it the file only says what is there. No file is written where no entry has a GND number.",
    subjects=("entries",),
    write=write,
)
