"""The page of a rule, for reports that carry what `edition explain` says."""

from __future__ import annotations

from typing import NamedTuple

from edition.model import rules
from edition.model.diagnostics import Rule


class Page(NamedTuple):
    """`what` is its first sentence or two: what is wrong."""

    text: str
    what: str


def page(rule: Rule) -> Page:
    text = rules.page(rule).read_text(encoding="utf-8")
    _, what, _ = text.split("\n\n", 2)
    return Page(text.rstrip() + "\n", " ".join(what.split()))
