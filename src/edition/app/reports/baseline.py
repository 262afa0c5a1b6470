"""Findings that a project has and lives with for now: written once, and not reported again.

{"version": 1, "findings": [{"file": …, "rule": …, "words": …, "count": 1}, …]}, sorted, so that a change of it reads
well in a review.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from edition.app.reports.fingerprints import Known, known
from edition.app.reports.json import dumped
from edition.app.reports.places import primary
from edition.model.diagnostics import Diagnostic
from edition.model.rules import IO

VERSION = 1


def baseline_of(found: Iterable[Diagnostic]) -> str:
    """The baseline of these findings. What could not be read or written is no part of it."""
    counts = Counter(known(one) for one in found if one.rule.code != IO.code)
    findings = [{**key._asdict(), "count": n} for key, n in sorted(counts.items())]
    return dumped({"version": VERSION, "findings": findings})


def read_baseline(text: str) -> Counter[Known] | str:
    """How many findings of each sort a baseline has; or, in a few words, why the text is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"it is not JSON: {error}"
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        return "it has no list of findings"
    if data.get("version") != VERSION:
        return f"its version is not {VERSION}"
    counts: Counter[Known] = Counter()
    for item in data["findings"]:
        if (one := _one(item)) is None:
            return "a finding needs file, rule and words, which are text, and a count"
        counts[one[0]] += one[1]
    return counts


def _one(item: object) -> tuple[Known, int] | None:
    if not isinstance(item, Mapping):
        return None
    texts, count = [item.get(name) for name in Known._fields], item.get("count")
    if type(count) is not int or count < 1 or not all(isinstance(text, str) for text in texts):
        return None
    return Known(*map(str, texts)), count


def compared(found: Iterable[Diagnostic], counts: Counter[Known]) -> tuple[list[Diagnostic], int, int]:
    """The findings that are new, how many are known, and how many of the baseline are gone.

    Where there are more of a sort than are known, those that stand last are taken for the new ones.
    """
    left = Counter(counts)
    listed = list(found)
    old = set()
    for n, one in sorted(enumerate(listed), key=lambda pair: _place(pair[1])):
        key = known(one)
        if left[key] > 0 and one.rule.code != IO.code:
            left[key] -= 1
            old.add(n)
    return [one for n, one in enumerate(listed) if n not in old], len(old), left.total()


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    at = primary(diagnostic)
    return at.line, at.column
