"""What an annotation says, flat: names and texts, for formats that know no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from edition.exports.annotations import Mark, entry_iri
from edition.exports.identifiers import label, uris
from edition.model.annotation import Claim
from edition.model.edition import Project
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.nodes import Sequence as Items

COMMON = ("by", "cert", "voice", "use", "source", "comment", "or")
NO_WORDS = "it stands on no words of the text"  # why a format of words does not carry a mark
NOT_SAID = ("annotations", "voice", "use")  # said elsewhere: annotations are marks, the others are common


def said(mark: Mark) -> dict[str, str]:
    """All that is said beside kind and value: the common fields in the order of COMMON, then those of the kind."""
    claim = mark.claim
    found = {name: getattr(claim, name) for name in ("by", "cert", "voice", "use")}
    found["source"] = " ".join(claim.source)
    found["comment"] = claim.comment
    found["or"] = "; ".join(map(_alternative, claim.alternatives))
    found |= {name: _flat(claim.node.items.get(name)) for name in mark.sort.fields if name not in NOT_SAID}
    return {name: text for name, text in found.items() if text}


def bare(uri: str) -> str:
    """The identifier in the URI of an authority."""
    return uri.rstrip("/").rpartition("/")[2]


def _alternative(claim: Claim) -> str:
    return f"{claim.value} ({claim.cert})" if claim.cert else claim.value


def _flat(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return "; ".join(f"{key}={_flat(child)}" for key, child in node.items.items())
    return "; ".join(map(_flat, node.items)) if isinstance(node, Items) else ""


class Names:
    """Of the entries that marks name: what readers of one language call them, and their URIs. Each is looked up once."""

    def __init__(self, project: Project, language: str) -> None:
        self.name = cache(lambda key: label(project, project.registers.entries[key], language))
        self.uris = cache(lambda key: uris(project.registers.entries[key]))
        self.project = project

    def of(self, mark: Mark) -> str:
        return self.name(mark.entry.key) if mark.entry else ""

    def known(self, mark: Mark) -> dict[str, str]:
        """By authority."""
        return self.uris(mark.entry.key) if mark.entry else {}

    def uri(self, mark: Mark, authorities: Sequence[str]) -> str:
        """That of the first of these authorities; if there is none, our own for the entry."""
        if mark.entry is None:
            return ""
        known = self.known(mark)
        return next(
            (known[name] for name in authorities if name in known), entry_iri(self.project, mark.entry.key)
        )
