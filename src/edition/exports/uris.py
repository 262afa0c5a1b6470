"""What entries of registers are called, and the URIs by which the rest of the world knows them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from edition.encode.header.fields import Facts
from edition.exports.annotations import AnnotationRow, annotation_rows, entry_iri
from edition.model.annotation import Entry
from edition.model.authority_ids import AUTHORITIES, identify
from edition.model.edition import Edition, Project


def uris(entry: Entry) -> dict[str, str]:
    """By authority (gnd, viaf, wikidata …), in the order of their table; none that is not right."""
    found = {}
    for field in AUTHORITIES:
        written = entry.text(field)
        if written and (uri := identify(field, written)[0]):
            found[field] = uri
    return found


def uri(entry: Entry, authorities: Sequence[str]) -> str:
    """That of the first of these authorities that the entry has, or ""."""
    known = uris(entry)
    return next((known[name] for name in authorities if name in known), "")


def label(project: Project, entry: Entry, language: str) -> str:
    """The name of an entry for readers of a language."""
    return Facts(project.registers, language).entry_name(entry.key)[0]


def setting(project: Project, name: str) -> str:
    """A text of annotations/edition.yaml, or ""."""
    return project.settings.text(name)


def named(edition: Edition) -> dict[str, list[str]]:
    """Register keys that annotations name → the texts that do, in the order of the edition."""
    found: dict[str, dict[str, None]] = {}
    for built in edition.documents:
        for mark in annotation_rows(edition.project, built):
            if mark.entry is not None:
                found.setdefault(mark.entry.key, {})[built.name] = None
    return {key: [*texts] for key, texts in found.items()}


def bare(uri: str) -> str:
    """The identifier in the URI of an authority."""
    return uri.rstrip("/").rpartition("/")[2]


class Names:
    """Of the entries that marks name: what readers of one language call them, and their URIs. Each is looked up once."""

    def __init__(self, project: Project, language: str) -> None:
        self.name = cache(lambda key: label(project, project.registers.entries[key], language))
        self.uris = cache(lambda key: uris(project.registers.entries[key]))
        self.project = project

    def of(self, mark: AnnotationRow) -> str:
        return self.name(mark.entry.key) if mark.entry else ""

    def known(self, mark: AnnotationRow) -> dict[str, str]:
        """By authority."""
        return self.uris(mark.entry.key) if mark.entry else {}

    def uri(self, mark: AnnotationRow, authorities: Sequence[str]) -> str:
        """That of the first of these authorities; if there is none, our own for the entry."""
        if mark.entry is None:
            return ""
        known = self.known(mark)
        return next(
            (known[name] for name in authorities if name in known), entry_iri(self.project, mark.entry.key)
        )
