"""Every kind and block of a project: what its page says, its element, its uses in each text, and the first of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.encode.tei import write_events
from edition.format.explain import PAGES
from edition.model.annotation import Anchored, Annotation, Claim, PlacedBlock
from edition.model.edition import Built, Project
from edition.model.events import BLOCK, CLOSE, OPEN, POINT
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.vocabulary import BLOCKS, KINDS
from edition.read.project import language

EXAMPLE = "\n## Example\n"
_PAGE = {(page.section, page.name): page for page in PAGES}


@dataclass(frozen=True, slots=True)
class FirstUse:
    """The first place of a kind: words of the seed (-1: none), lines of YAML, TEI."""

    built: Built
    tongue: str
    start: int
    end: int
    yaml: Node | None
    tei: str


@dataclass(frozen=True, slots=True)
class KindUsage:
    """One kind or block: its name, its element, its page (CommonMark), how often each text uses it."""

    name: str
    element: str
    page: str
    uses: tuple[int, ...]
    first: FirstUse | None
    anchor: str


def title(project: Project) -> str:
    """The title of the edition in English, the language of the page, or else in the first language it has."""
    title = project.settings.items.get("title")
    if isinstance(title, Mapping):
        title = title.items.get("en") or next(iter(title.items.values()), None)
    return title.text if isinstance(title, Scalar) else "This edition"


def _anchored(project: Project, built: Built) -> list[Anchored]:
    """The places of annotations; a footnote counts at its body and not at its marker."""
    found = built.anchoring.anchored
    return [a for a in found if project.kinds[a.claim.kind].shape != "footnote" or a.index % 2]


def _placeless(built: Built) -> list[tuple[Annotation, Claim]]:
    """The claims without a place: on the whole text, on other annotations, or on no words."""
    placed = {id(a.claim.node) for a in built.anchoring.anchored}
    return [(a, c) for a in built.anchoring.annotations for c in a.claims if id(c.node) not in placed]


def kinds(project: Project, documents: Sequence[Built]) -> list[KindUsage]:
    """Every kind of a project, and how the texts use it."""
    counts = [Counter(a.claim.kind for a in _anchored(project, built)) for built in documents]
    for count, built in zip(counts, documents, strict=True):
        count.update(claim.kind for _, claim in _placeless(built))
    return [
        KindUsage(
            kind.name,
            kind.element,
            _PAGE["kinds", name].read() if name in KINDS else f"# {name}\n\n{kind.about}\n{EXAMPLE}",
            tuple(count[name] for count in counts),
            next(_annotated(name, project, documents), None),
            f"kind-{name}",
        )
        for name, kind in project.kinds.items()
    ]


def blocks(project: Project, documents: Sequence[Built]) -> list[KindUsage]:
    """Every block, and how the texts use it."""
    counts = [Counter(placed.block.name for placed in built.anchoring.blocks) for built in documents]
    return [
        KindUsage(
            name,
            block.element,
            _PAGE["structure", name].read(),
            tuple(count[name] for count in counts),
            next(_placed(name, project, documents), None),
            f"block-{name}",
        )
        for name, block in BLOCKS.items()
    ]


def _annotated(kind: str, project: Project, documents: Sequence[Built]) -> Iterator[FirstUse]:
    """The uses of a kind in the order of texts and places: first those on words, last those without a place."""
    for built in documents:
        entries = {id(claim.node): a.node for a in built.anchoring.annotations for claim in a.claims}
        mine = [a for a in _anchored(project, built) if a.claim.kind == kind]
        for a in sorted(mine, key=lambda a: (a.start == a.end and kind != "note", a.start, -a.end)):
            home = [k for k, e in enumerate(built.composed.on_seed) if e.yaml_node is a.claim.at]
            wanted = [k for k in home if built.composed.elements[k].start == a.start] or home
            node = entries.get(id(a.claim.node), a.claim.node)
            tongue = language(project, built.document)
            yield FirstUse(built, tongue, a.start, a.end, node, _tei(built, wanted[:1]))
    for built in documents:
        yield from (
            FirstUse(built, "", -1, -1, a.node, "") for a, claim in _placeless(built) if claim.kind == kind
        )


def _placed(block: str, project: Project, documents: Sequence[Built]) -> Iterator[FirstUse]:
    """The uses of a block: first those that an entry of `structure:` names."""
    found = [
        (built, placed)
        for built in documents
        for placed in built.anchoring.blocks
        if placed.block.name == block
    ]
    for built, placed in sorted(found, key=lambda one: one[1].claim is None):
        elements = enumerate(built.composed.on_seed)
        at = [k for k, e in elements if e.cutting == BLOCK and _is(e.name, e.start, e.end, placed)]
        node = placed.claim.node if placed.claim else None
        yield FirstUse(
            built, language(project, built.document), placed.start, placed.end, node, _tei(built, at[:1])
        )


def _is(name: str, start: int, end: int, placed: PlacedBlock) -> bool:
    return (name, start, end) == (placed.block.element, placed.start, placed.end)


def _tei(built: Built, elements: Sequence[int]) -> str:
    """The XML of an element, of its first piece if it is in pieces."""
    parts: list[str] = []
    opened = False
    for event, xml in zip(built.composed.events, write_events(built.composed), strict=True):
        here = event[0] in (OPEN, POINT, CLOSE) and event[1] in elements
        opened = opened or (here and event[0] == OPEN)
        if opened or (here and event[0] == POINT):
            parts.append(xml)
        if here and event[0] in (CLOSE, POINT):
            break
    return "".join(parts)
