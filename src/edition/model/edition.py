"""A project and its texts, as they are read, anchored, composed and built. Frozen; made by the passes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
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
Bytes = dict[str, bytes]


class Document(NamedTuple):
    """One text and what is written about it, as read: nothing is found yet."""

    name: str
    seed: Seed
    source: Source
    header: Mapping = NOTHING
    structure: Node | None = None
    annotations: Node | None = None
    conventions: tuple[Convention, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """What the texts of a project share. `names`: its texts, sorted. `unsettled`: its edition.yaml cannot be used as
    it is, so nobody knows what it declares."""

    root: Path
    names: tuple[str, ...] = ()
    settings: Mapping = NOTHING
    settings_source: Source = field(default_factory=lambda: Source(SETTINGS, ""))
    unsettled: bool = False
    kinds: dict[str, Kind] = field(default_factory=lambda: dict(KINDS))
    registers: Registers = field(default_factory=Registers)
    conventions: tuple[Convention, ...] = ()
    overrides: Bytes = field(default_factory=dict)


class Anchoring(NamedTuple):
    """What was found in the seed, and what was said on the way."""

    seed: Seed
    annotations: tuple[Annotation, ...]
    anchored: tuple[Anchored, ...]
    blocks: tuple[PlacedBlock, ...]
    diagnostics: tuple[Diagnostic, ...]


class Built(NamedTuple):
    """One text: its bytes (None if there was an error) and every intermediate form on the way.

    header, stand_off: what stands before the text in the bytes; none if the text itself has an error.
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
