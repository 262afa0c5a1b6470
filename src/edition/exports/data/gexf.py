"""GEXF: who is named together with whom, as a network for Gephi and its like."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from edition.exports.annotations import annotation_rows, block_rows
from edition.exports.uris import label, uri
from edition.exports.writer import Export, Lost, Writer
from edition.model.annotation import Entry
from edition.model.edition import Built, Edition
from edition.model.spans import innermost
from edition.model.xml import XmlElement, element, render
from edition.read.project import spoken

NODES = {"people": "person", "orgs": "organisation", "groups": "group", "places": "place", "events": "event"}
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
COLUMNS = (("kind", "string"), ("uri", "string"), ("mentions", "integer"), ("texts", "string"))


def write(edition: Edition) -> Export:
    """A node an entry; an edge for two that stand in one block of text, as heavy as there are such blocks."""
    mentions: Counter[str] = Counter()
    texts: dict[str, list[str]] = defaultdict(list)
    together: Counter[tuple[str, str]] = Counter()
    for built in edition.documents:
        groups = _groups(edition, built)
        for group in groups:
            mentions.update(group)
            together.update(combinations(sorted(set(group)), 2))
        for key in sorted({key for group in groups for key in group}):
            texts[key].append(built.name)
    entries = edition.project.registers.entries
    keys = [key for key in entries if key in mentions]
    nodes = [_node(edition, entries[key], mentions[key], texts[key]) for key in keys]
    edges = [
        element("edge", {"id": f"e{k}", "source": one, "target": other, "weight": str(weight)})
        for k, ((one, other), weight) in enumerate(sorted(together.items()), 1)
    ]
    columns = [element("attribute", {"id": name, "title": name, "type": sort}) for name, sort in COLUMNS]
    graph = element(
        "graph",
        {"defaultedgetype": "undirected", "mode": "static"},
        element("attributes", {"class": "node"}, *columns),
        element("nodes", None, *nodes),
        element("edges", None, *edges),
    )
    root = element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"}, graph)
    data = (PROLOGUE + render(root) + "\n").encode()
    lost = [Lost(key, _why(entry)) for key, entry in entries.items() if key not in mentions]
    return Export({"network.gexf": data}, tuple(lost))


def _groups(edition: Edition, built: Built) -> list[list[str]]:
    """The keys named in each innermost block of text, as often as they are named."""
    found: dict[str, list[str]] = defaultdict(list)
    named = [
        m
        for m in annotation_rows(edition.project, built)
        if m.placed and m.entry and m.entry.register in NODES
    ]
    homes = block_rows(built, apart=True)
    inside = innermost([(b.start, b.end) for b in homes], [(mark.start, mark.start) for mark in named])
    for mark, k in zip(named, inside, strict=True):
        found[homes[k].id if k >= 0 else ""].append(mark.value)
    return [*found.values()]


def _node(edition: Edition, entry: Entry, mentions: int, texts: list[str]) -> XmlElement:
    known = uri(entry, ("gnd", "viaf", "wikidata", "geonames", "isni"))
    values = (NODES[entry.register], known, str(mentions), " ".join(texts))
    pairs = zip((name for name, _ in COLUMNS), values, strict=True)
    name = label(edition.project, entry, spoken(edition.project.settings) or "en")
    said = [element("attvalue", {"for": column, "value": value}) for column, value in pairs if value]
    return element("node", {"id": entry.key, "label": name}, element("attvalues", None, *said))


def _why(entry: Entry) -> str:
    return (
        "no text names it"
        if entry.register in NODES
        else "only people, bodies, groups, places and events are nodes of the network"
    )


WRITER = Writer(
    name="gexf",
    tool="Gephi, networkx, Cytoscape",
    carries="people, bodies, groups, places and events that the texts name, with who stands in one paragraph with whom, and how often",
    cannot="where each of them stands; works, things, voices and literature",
    opened="networkx",
    about="One file, `network.gexf` (GEXF 1.3), for all texts. Two entries are joined where one innermost block (a paragraph, a "
    "stanza, a speech) names both; the weight is the number of such blocks.",
    subjects=("entries",),
    write=write,
)
