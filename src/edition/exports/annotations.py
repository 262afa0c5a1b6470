"""Annotations and blocks as data, for every format that is not TEI: each with its place and one identifier.

It knows nothing of any format.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from edition.format.annotation_schema import BLOCK_FIELDS
from edition.model.annotation import Anchored, Claim, Entry, On, Selector, Whole
from edition.model.edition import Built, Project
from edition.model.events import BLOCK
from edition.model.nodes import Mapping, Node, Scalar
from edition.model.nodes import Sequence as Items
from edition.model.source import Source, Span
from edition.model.vocabulary import BLOCKS, Kind

UNPLACED = -1
VALUE = "value"
"""What the value of a kind is called among its fields."""
COMMON = ("by", "cert", "voice", "use", "source", "comment", "or")
NO_WORDS = "it stands on no words of the text"  # why a format of words does not carry a mark
NOT_SAID = ("annotations", "voice", "use")  # said elsewhere: annotations are marks, the others are common


class AnnotationRow(NamedTuple):
    """One claim at one place: code points `start` to `end` of the seed (-1: it is on no words of the text).

    id        the same in all formats: the `id:` of the annotation or the xml:id in the TEI where it has one, else made
              from text, kind, value and place
    value     what is claimed: a key, words, a date, a type
    entry     the register entry that `value` names
    xml       whether `id` is an xml:id of the TEI
    element   index in `built.composed.elements`, or -1
    on        ids of the annotations it is on, or ("text",)
    claim     all else: by, cert, source, comment, voice, alternatives, fields
    place     where it is written
    """

    id: str
    text: str
    kind: str
    start: int
    end: int
    exact: str
    value: str
    claim: Claim
    sort: Kind
    place: Span
    entry: Entry | None = None
    xml: bool = False
    element: int = -1
    on: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What no other text has: the id alone is unique in its text only. Accounts go by it."""
        return f"{self.text}#{self.id}"

    @property
    def placed(self) -> bool:
        return self.start != UNPLACED


class BlockRow(NamedTuple):
    """A block of the structure: its xml:id in the TEI, the element, and its code points of the seed.

    kind: its name in the vocabulary. claim: what is written of it; None if it only follows from the text.
    """

    id: str
    text: str
    name: str
    type: str
    start: int
    end: int
    place: Span
    element: int
    kind: str
    claim: Claim | None = None

    @property
    def key(self) -> str:
        return f"{self.text}#{self.id}"


def iri(project: Project, text: str, id: str = "") -> str:
    """Of a text, or of what has this id in it: below the URL where the project is published, else a URN."""
    if base := project.settings.text("base"):
        return f"{base}{text}.xml{f'#{id}' if id else ''}"
    return f"urn:edition:{text}{f':{id}' if id else ''}"


def entry_iri(project: Project, key: str) -> str:
    """Of a register entry: one for the whole project."""
    return iri(project, "registers", key)


def annotation_rows(project: Project, built: Built) -> tuple[AnnotationRow, ...]:
    """The annotations of a text, in the order of their places; those without a place at the end."""
    written: dict[Node | None, list[int]] = {}
    for k, e in enumerate(built.composed.on_seed):
        written.setdefault(e.yaml_node, []).append(k)
    placed = [_placed(project, built, a, written.get(a.claim.at, [])) for a in built.anchoring.anchored]
    there = {a.claim.node for a in built.anchoring.anchored}
    rest = [
        _unplaced(project, built, claim, _on(annotation.selector))
        for annotation in built.anchoring.annotations
        for claim in annotation.claims
        if claim.node not in there
    ]
    return (*sorted(placed, key=lambda m: (m.start, -m.end, m.sort.rank, m.id)), *rest)


def _placed(project: Project, built: Built, a: Anchored, written: list[int]) -> AnnotationRow:
    k = _element(built, a, written)
    known = built.composed.ids.get(k, "")
    row = _row(project, built, a.claim, a.start, a.end)
    id = known or (a.claim.id if a.places == 1 else "") or row.id
    return row._replace(id=id, exact=built.document.seed.text[a.start : a.end], xml=bool(known), element=k)


def _row(
    project: Project, built: Built, claim: Claim, start: int = UNPLACED, end: int = UNPLACED
) -> AnnotationRow:
    kind = project.kinds[claim.kind]
    return AnnotationRow(
        _made(built.name, claim, start, end),
        built.name,
        kind.name,
        start,
        end,
        "",
        claim.value,
        claim,
        kind,
        _place(built.document.source, claim.at),
        project.registers.get(claim.value) if kind.registers else None,
    )


def _element(built: Built, a: Anchored, written: list[int]) -> int:
    """Of the elements that a claim wrote, the one of this place; a note stands at its end. -1 if there is none."""
    elements = built.composed.elements
    wanted = [
        [k for k in written if (elements[k].start, elements[k].end) == (a.start, a.end)],
        [k for k in written if elements[k].start == a.end],
        [k for k in written if a.start <= elements[k].start <= a.end],
    ]
    return next((some[0] for some in wanted if some), -1)


def _unplaced(project: Project, built: Built, claim: Claim, on: tuple[str, ...]) -> AnnotationRow:
    row = _row(project, built, claim)
    return row._replace(id=claim.id or row.id, on=on)


def _on(selector: Selector) -> tuple[str, ...]:
    return ("text",) if isinstance(selector, Whole) else selector.ids if isinstance(selector, On) else ()


def _place(source: Source, at: Node) -> Span:
    return Span(source, at.start, at.end)


def _made(text: str, claim: Claim, start: int, end: int) -> str:
    what = "\0".join((text, claim.kind, claim.value, str(start), str(end)))
    return f"{claim.kind}-{hashlib.sha256(what.encode()).hexdigest()[:10]}"


def block_rows(built: Built, apart: bool = False) -> tuple[BlockRow, ...]:
    """The blocks of a text that are no annotations, in document order. `apart`: those that stand apart, which are not
    those within a line, but the bodies of footnotes too."""
    composed, source = built.composed, built.document.seed.source
    written = {block.claim.at: block.claim for block in built.anchoring.blocks if block.claim}
    claims = {a.claim.at for a in built.anchoring.anchored if not (apart and a.claim.kind == "footnote")}
    found = [
        BlockRow(
            composed.ids.get(k, f"{e.name}-{e.start}-{e.end}"),
            built.name,
            e.name,
            dict(e.attributes).get("type", ""),
            e.start,
            e.end,
            Span(source, e.start, e.end),
            k,
            e.kind,
            written.get(e.yaml_node) if e.yaml_node else None,
        )
        for k, e in enumerate(composed.on_seed)
        if (e.cutting == BLOCK or (e.kind in BLOCKS and not apart and e.start < e.end))
        and e.yaml_node not in claims
    ]
    return tuple(sorted(found, key=lambda b: (b.start, -b.end, composed.elements[b.element].nesting)))


def flat(mark: AnnotationRow) -> dict[str, str]:
    """All that is said beside kind and value: the common fields in the order of COMMON, then those of the kind."""
    claim = mark.claim
    found = {name: getattr(claim, name) for name in ("by", "cert", "voice", "use")}
    found["source"] = " ".join(claim.source)
    found["comment"] = claim.comment
    found["or"] = "; ".join(map(_alternative, claim.alternatives))
    found |= {
        name: _in_one_line(claim.node.items.get(name)) for name in mark.sort.fields if name not in NOT_SAID
    }
    return {name: text for name, text in found.items() if text}


def _alternative(claim: Claim) -> str:
    return f"{claim.value} ({claim.cert})" if claim.cert else claim.value


def _in_one_line(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return "; ".join(f"{key}={_in_one_line(child)}" for key, child in node.items.items())
    return "; ".join(map(_in_one_line, node.items)) if isinstance(node, Items) else ""


def flat_block(row: BlockRow) -> dict[str, str]:
    """All that is written of a block beside its id, its kind and its type."""
    names = [name for name in written_fields(row) if name not in (VALUE, "type", "id")]
    return {name: _in_one_line(row.claim.node.items[name]) for name in names if row.claim}


def written_fields(row: AnnotationRow | BlockRow) -> tuple[str, ...]:
    """The fields that are written for it. Of those that say where it stands, and of what is not about the text, none."""
    if isinstance(row, BlockRow):
        if row.claim is None:
            return ()
        names = (*BLOCK_FIELDS, *BLOCKS[row.kind].fields)
        value = (VALUE,) if BLOCKS[row.kind].typed and row.type else ()
        return (*value, *(name for name in dict.fromkeys(names) if name in row.claim.node.items))
    value = (VALUE,) if row.value and row.sort.value != "places" else ()
    return (*value, *(("id",) if row.claim.id else ()), *flat(row))
