"""A project and its texts: read, anchored, composed and built. All are frozen, each made by one pass from the last."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from edition.model.annotation import Anchored, Annotation, Convention, PlacedBlock, Registers, Seed
from edition.model.diagnostics import Diagnostic
from edition.model.events import Composed
from edition.model.nodes import Mapping, Node
from edition.model.source import Source
from edition.model.vocabulary import KINDS, Kind
from edition.model.xml import XmlElement

SETTINGS = "annotations/edition.yaml"
NOTHING = Mapping({}, 0)
Bytes = dict[str, bytes] | MappingProxyType[str, bytes]


class Document(NamedTuple):
    """One text and what is written about it, as read: nothing is found yet."""

    name: str
    seed: Seed
    source: Source
    header: Mapping = NOTHING
    structure: Node | None = None
    annotations: Node | None = None
    conventions: tuple[Convention, ...] = ()


class Project(NamedTuple):
    """What the texts of a project share. `names` are the names of its texts, sorted.

    `unsettled`: its edition.yaml cannot be used as it is, so nobody knows what it declares. `overrides`: bytes that are
    taken for those of some of its files, by their paths.
    """

    root: Path
    names: tuple[str, ...] = ()
    settings: Mapping = NOTHING
    settings_source: Source = Source(SETTINGS, "")
    unsettled: bool = False
    kinds: dict[str, Kind] = KINDS
    registers: Registers = Registers({})
    conventions: tuple[Convention, ...] = ()
    overrides: Bytes = MappingProxyType({})


class Anchoring(NamedTuple):
    """Where the annotations and blocks of a text stand in its seed, and the diagnostics of the search."""

    seed: Seed
    annotations: tuple[Annotation, ...]
    anchored: tuple[Anchored, ...]
    blocks: tuple[PlacedBlock, ...]
    diagnostics: tuple[Diagnostic, ...]


class Built(NamedTuple):
    """One text as built: the bytes of its TEI file (None if there was an error) and every form on the way to them.

    `header` and `stand_off` stand before the text in the bytes; they are None if the text itself has an error.
    """

    document: Document
    data: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    anchoring: Anchoring
    composed: Composed
    header: XmlElement | None = None
    stand_off: XmlElement | None = None

    @property
    def name(self) -> str:
        return self.document.name


class Edition(NamedTuple):
    """A project and its texts as built: what checks and writers receive."""

    project: Project
    documents: tuple[Built, ...] = ()
