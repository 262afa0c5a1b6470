"""RO-Crate: the editions with their sources, packed and described for an archive."""

from __future__ import annotations

import json

from edition.encode.header.fields import Facts, Fields
from edition.exports.uris import setting
from edition.exports.writer import Export, Writer
from edition.model.edition import Built, Edition
from edition.model.source import Source
from edition.read.project import language, spoken

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
METADATA = "ro-crate-metadata.json"
Thing = dict[str, object]


def write(edition: Edition) -> Export:
    files: dict[str, bytes] = {}
    things: list[Thing] = []
    for built in edition.documents:
        assert built.data is not None
        files |= {
            f"out/{built.name}.xml": built.data,
            f"seeds/{built.name}.txt": built.document.seed.text.encode(),
        }
        things += _text(edition, built)
        if built.document.source.text:
            name = built.document.source.name
            files[name] = built.document.source.text.encode()
            things.append(_file(name, "Annotations", "application/yaml", len(files[name])))
    for source in _shared(edition):
        files[source.name] = source.text.encode()
        name = "Settings" if source is edition.project.settings_source else "Register"
        things.append(_file(source.name, name, "application/yaml", len(files[source.name])))
    root, agents = _root(edition, sorted(files))
    about: Thing = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": SPECIFICATION},
    }
    graph = [about, root, *sorted((*things, *agents), key=lambda thing: str(thing["@id"]))]
    whole = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"
    return Export({METADATA: whole.encode(), **files})


def _shared(edition: Edition) -> list[Source]:
    """The settings and registers that the texts share."""
    project = edition.project
    sources = [project.settings_source, *(entry.source for entry in project.registers.entries.values())]
    return [source for source in {source.name: source for source in sources}.values() if source.text]


def _root(edition: Edition, files: list[str]) -> tuple[Thing, list[Thing]]:
    """The crate itself, and those who made it."""
    project = edition.project
    facts = Facts(project.registers, spoken(project.settings) or "en")
    settings = Fields(project.settings, project.settings_source)
    editors = settings.inner("editors")
    agents: list[Thing] = []
    for key in editors.node.items:
        one = editors.inner(key)
        name = facts.said(one, "name")
        orcid = one.text("orcid")
        agent_id = f"https://orcid.org/{orcid}" if orcid else f"#{key}"
        agents.append(
            {
                "@id": agent_id,
                "@type": "Person" if orcid else "Organization",
                "name": name.text if name else key,
            }
        )
    title, publisher = facts.said(settings, "title"), facts.said(settings, "publisher")
    licence = settings.inner("licence")
    root: Thing = {"@id": "./", "@type": "Dataset", "name": title.text if title else "An edition"}
    root["description"] = (
        f"Editions in TEI P5, with their sources and annotations: {', '.join(b.name for b in edition.documents)}."
    )
    if date := settings.text("date"):
        root["datePublished"] = date
    if publisher:
        agents.append({"@id": "#publisher", "@type": "Organization", "name": publisher.text})
        root["publisher"] = {"@id": "#publisher"}
    if address := licence.text("url"):
        said = facts.said(licence, "name")
        agents.append({"@id": address, "@type": "CreativeWork", "name": said.text if said else address})
        root["license"] = {"@id": address}
    if base := setting(project, "base"):
        root["url"] = base
    root["author"] = [{"@id": agent["@id"]} for agent in agents[: len(editors.node.items)]]
    root["hasPart"] = [{"@id": file} for file in files]
    return root, agents


def _text(edition: Edition, built: Built) -> list[Thing]:
    """The TEI and the seed of a text; what the text speaks of, by the identifiers of the world."""
    assert built.data is not None
    facts = Facts(edition.project.registers, language(edition.project, built.document))
    meta = Fields(built.document.header, built.document.source)
    title = facts.said(meta, "title")
    name = title.text if title else built.name
    seed = built.document.seed
    tei = _file(f"out/{built.name}.xml", name, "application/tei+xml", len(built.data))
    tei |= {
        "inLanguage": language(edition.project, built.document),
        "isBasedOn": {"@id": f"seeds/{built.name}.txt"},
    }
    source = _file(f"seeds/{built.name}.txt", f"{name}: source text", "text/plain", len(seed.text.encode()))
    return [tei, source | {"sha256": seed.sha256}]


def _file(path: str, name: str, form: str, size: int) -> Thing:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": form, "contentSize": str(size)}


WRITER = Writer(
    name="ro-crate",
    tool="archives and repositories (Zenodo, Dataverse, RO-Crate tools)",
    carries="the TEI editions, their sources and annotations, with title, editors, licence and languages",
    cannot="nothing: the files themselves are in it",
    opened="rocrate",
    about="A folder to be deposited as it is, or as a ZIP: `ro-crate-metadata.json` (RO-Crate 1.1) describes every file beside it. "
    "The seed is written as the edition proves it: UTF-8 with U+000A at line ends.",
    subjects=("texts",),
    write=write,
)
