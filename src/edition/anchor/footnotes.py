"""Footnotes by convention: a pattern for the markers and one for the bodies, paired by their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from edition.anchor.recognised import Place, Told, gaps, merged, trimmed
from edition.model import rules
from edition.model.annotation import Anchored, Claim, Convention, Laid, Seed
from edition.model.diagnostics import Diagnostic, Label, say, shortened
from edition.model.nodes import Mapping
from edition.model.source import Span
from edition.read.seed import lines

_Numbered = dict[str, list[Place]]


def footnotes(
    conventions: Iterable[Convention],
    seed: Seed,
    named: Sequence[Laid],
    anchored: Sequence[Anchored],
    told: Told,
) -> tuple[list[Anchored], list[Place]]:
    """The footnotes, as annotations would give them; and the places of their bodies."""
    known = merged((a.start, a.end) for a in anchored if a.claim.kind == "footnote" and a.start < a.end)
    bodies_taken = [place for place in known if place in set(seed.blocks)]
    named_text = merged((b.start, b.end) for b in named if b.block.content == "text")
    found: list[Anchored] = []
    for convention in conventions:
        if convention.becomes == "footnote":
            bodies = _bodies(convention, seed, merged([*known, *named_text, *bodies_taken]))
            places = [place for of_number in bodies.values() for place in of_number]
            markers = _markers(convention, seed, merged([*known, *bodies_taken, *places]))
            found += _paired(convention, markers, bodies, seed, told)
            bodies_taken += places
    return found, bodies_taken


def _bodies(convention: Convention, seed: Seed, taken: list[Place]) -> _Numbered:
    """Blocks, or lines, that begin with a number of a footnote."""
    units = seed.blocks if convention.of == "block" else [p for p in lines(seed.text) if p[0] < p[1]]
    free = set(gaps(units, taken)) & set(units)
    found: _Numbered = defaultdict(list)
    pattern = convention.patterns["body"]
    for start, end in (unit for unit in units if unit in free):
        if m := pattern.search(seed.text[start:end]):
            k = pattern.groupindex.get("text")
            place = (start, end) if k is None else trimmed(seed.text, (start + m.start(k), start + m.end(k)))
            found[_number(m, pattern.groupindex)].append(place)
    return found


def _markers(convention: Convention, seed: Seed, taken: list[Place]) -> _Numbered:
    found: _Numbered = defaultdict(list)
    pattern = convention.patterns["marker"]
    for start, end in gaps([(0, len(seed.text))], taken):
        for m in pattern.finditer(seed.text[start:end]):
            k = pattern.groupindex.get("text", 0)
            found[_number(m, pattern.groupindex)].append((start + m.start(k), start + m.end(k)))
    return found


def _number(m: object, groups: dict[str, int]) -> str:
    return str(m.group(groups["number"]) if "number" in groups else m.group(0)).strip()  # type: ignore[attr-defined]


def _paired(
    convention: Convention, markers: _Numbered, bodies: _Numbered, seed: Seed, told: Told
) -> Iterator[Anchored]:
    """The first marker of a number with the first body of that number, and so on; one without the other is told."""
    position = {name: node for name, node in convention.node.items.items() if name == "position"}
    for number in sorted({*markers, *bodies}):
        here, there = markers.get(number, []), bodies.get(number, [])
        if len(here) != len(there):
            told.found.append(_unpaired(convention, number, here, there, seed))
            continue
        for marker, body in zip(here, there, strict=True):
            node = Mapping(position, 0)  # one footnote is known by its node
            claim = Claim("footnote", "", node, node, voice=convention.voice)
            yield Anchored(claim, *marker, 0, 2)
            yield Anchored(claim, *body, 1, 2)
            told.add(convention, marker)


def _unpaired(
    convention: Convention, number: str, markers: list[Place], bodies: list[Place], seed: Seed
) -> Diagnostic:
    labels = [Label(Span(seed.source, *place), "marker") for place in markers[:3]]
    labels += [Label(Span(seed.source, *place), "body") for place in bodies[:3]]
    message = f"the footnote “{shortened(number)}” has {_many(len(markers), 'marker')} and {_many(len(bodies), 'body')}"
    help = "Let the patterns say more closely what a marker and a body is, or write these footnotes under `annotations:`."
    return say(rules.COUNT, message, convention.place, *labels, help=help)


def _many(n: int, what: str) -> str:
    return f"{n or 'no'} {what if n < 2 else {'body': 'bodies'}.get(what, what + 's')}"
