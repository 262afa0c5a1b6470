"""Places in a text as conventions need them, and what each convention found, to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from edition.model import rules
from edition.model.annotation import Convention, Seed
from edition.model.diagnostics import Diagnostic, Label, say
from edition.model.source import Span
from edition.read.seed import lines, seed_blocks

Place = tuple[int, int]
SHOWN = 3
_HELP = "`edition show --as seed` lists the blocks with the convention that made them; `structure:` goes before it."


class Told:
    """What conventions found. Nothing becomes structure unseen."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed
        self.places: dict[int, list[Place]] = {}
        self.found: list[Diagnostic] = []

    def add(self, convention: Convention, place: Place) -> None:
        self.places.setdefault(id(convention), []).append(place)

    def diagnostics(self, conventions: Iterable[Convention]) -> list[Diagnostic]:
        return [*self.found, *(self._said(c) for c in conventions)]

    def _said(self, convention: Convention) -> Diagnostic:
        places = sorted(self.places.get(id(convention), ()))
        times = {0: "nothing", 1: "1 place"}.get(len(places), f"{len(places)} places")
        message = f"the convention for “{convention.becomes}” finds {times} in {self.seed.source.name}"
        labels = [Label(Span(self.seed.source, *place)) for place in places[:SHOWN]]
        return say(rules.CONVENTION, message, convention.place, *labels, help=_HELP if places else "")


def merged(places: Iterable[Place]) -> list[Place]:
    """In order and apart."""
    found: list[Place] = []
    for a, b in sorted(places):
        if found and a < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], b))
        else:
            found.append((a, b))
    return found


def gaps(areas: Sequence[Place], taken: Sequence[Place]) -> Iterator[Place]:
    """What is left of areas; both in order and apart."""
    k = 0
    for start, end in areas:
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        j, at = k, start
        while j < len(taken) and taken[j][0] < end:
            if taken[j][0] > at:
                yield at, taken[j][0]
            at = max(at, taken[j][1])
            j += 1
        if at < end:
            yield at, end


def units(text: str, of: str, area: Place) -> Iterator[Place]:
    """Blocks or lines of the seed, each with the white space that its first line begins with."""
    for a, b in (lines if of == "line" else seed_blocks)(text, *area):
        if a < b:
            while a > area[0] and text[a - 1] in " \t\u3000\u00a0":
                a -= 1
            yield a, b


def trimmed(text: str, place: Place) -> Place:
    """Without the white space at either end."""
    a, b = place
    words = text[a:b]
    a += len(words) - len(words.lstrip())
    return a, a + len(words.strip())


def shares_line(text: str, place: Place) -> bool:
    """Whether other words stand in the lines of a place."""
    start = text.rfind("\n", 0, place[0]) + 1
    end = text.find("\n", place[1])
    return bool(text[start : place[0]].strip() or text[place[1] : end if end >= 0 else None].strip())
