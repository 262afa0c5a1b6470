"""Fixes that are safe: a misspelt name, a date in another form. Where there is a doubt, there is no fix."""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.dates.edtf import Problem
from edition.diagnostics import Fix, shortened
from edition.source import Source
from edition.splice import Add, Put, edit_of
from edition.yamlmarks import Mapping, Node, Scalar

_PARTS = re.compile(r"[A-Za-z]+|[0-9]+").findall


def put(source: Source, node: Node | None, text: str) -> Fix | None:
    """The fix that writes other text in place of a scalar; none where there is nothing to write, or no scalar."""
    if not text or not isinstance(node, Scalar):
        return None
    said = shortened(text)
    title = f"Write {said}" if said[0] in '“„«"' else f"Write “{said}”"
    return Fix(title, (edit_of(source, Put(node, text)),))


def added(source: Source, to: Mapping, fields: dict[str, str]) -> Fix | None:
    """The fix that adds fields to a mapping: those that hold something."""
    edits = tuple(edit_of(source, Add(to, name, text)) for name, text in fields.items() if text)
    said = ", ".join(f"{name}: {shortened(text)}" for name, text in fields.items() if text)
    return Fix(f"Add “{said}”", edits) if edits else None


def date(problem: Problem, source: Source, node: Node | None) -> Fix | None:
    """A date in EDTF, where what is written has one reading."""
    return put(source, node, problem.better)


def key(written: str, keys: Iterable[str], source: Source, node: Node | None) -> Fix | None:
    """The key that is meant, where the node holds nothing else."""
    alone = isinstance(node, Scalar) and node.text.strip() == written
    return put(source, node, key_meant(written, keys)) if alone else None


def word_meant(written: str, words: Iterable[str]) -> str:
    """The one word of a closed list that is a slip away (a letter too many, missing, wrong, or two swapped), or two
    slips in a long word; else ""."""
    near = _near(written.casefold(), words, 2 if len(written) > 6 else 1) if len(written) > 3 else []
    best = [word for slips, word in near if slips == near[0][0]]
    return best[0] if len(best) == 1 else ""


def key_meant(written: str, keys: Iterable[str]) -> str:
    """The one key that is a slip away, none other being within three; else "".

    Keys name things of the world, so another key may be another thing: one with other numbers, other parts
    (smith_a, smith_b) or another end (hanna, hanno) is never taken; two letters swapped are (yezhvo).
    """
    near = _near(written, keys, 3)
    return near[0][1] if len(near) == 1 and near[0][0] == 1 and _slip_inside(written, near[0][1]) else ""


def _near(written: str, known: Iterable[str], slips: int) -> list[tuple[int, str]]:
    from rapidfuzz.distance import OSA

    found = ((OSA.distance(written, word, score_cutoff=slips), word) for word in set(known))
    return sorted(pair for pair in found if pair[0] <= slips)


def _slip_inside(written: str, key: str) -> bool:
    """Whether they differ only inside a part of four letters or more, or in the order of two of its letters."""
    mine, other = _PARTS(written), _PARTS(key)
    pairs = [pair for pair in zip(mine, other, strict=False) if pair[0] != pair[1]]
    return len(mine) == len(other) and all(
        min(len(a), len(b)) > 3 and a.isalpha() and ((a[0], a[-1]) == (b[0], b[-1]) or sorted(a) == sorted(b))
        for a, b in pairs
    )
