"""What a finding is known by in the next run: its rule, its file and the words it quotes, but no line number."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from edition.app.reports.places import NOWHERE, primary
from edition.model.diagnostics import Diagnostic

LONGEST = 80  # of the words; longer ones are cut, and a digest tells them apart
_quoted = re.compile(r"“([^”]*)”").findall


class Known(NamedTuple):
    """What a finding is known by: findings alike in all of this differ only in their order."""

    file: str
    rule: str
    words: str


def known(diagnostic: Diagnostic) -> Known:
    file = diagnostic.labels[0].span.source.name if diagnostic.labels else NOWHERE.file
    return Known(file, diagnostic.rule.code, _words(diagnostic))


def fingerprints(found: Sequence[Diagnostic]) -> list[str]:
    """A digest for each finding. Lines put in above, and other findings, do not change it; only of several that are
    alike, those after a new one move on."""
    order = sorted(range(len(found)), key=lambda n: (primary(found[n]).line, primary(found[n]).column))
    seen: defaultdict[Known, int] = defaultdict(int)
    digests = [""] * len(found)
    for n in order:
        key = known(found[n])
        seen[key] += 1
        digests[n] = _digest("\n".join((*key, str(seen[key]))))[:32]
    return digests


def _words(diagnostic: Diagnostic) -> str:
    """What the message quotes; else the words at the first place."""
    quoted = " · ".join(_quoted(diagnostic.message))
    words = quoted or (diagnostic.labels[0].span.text if diagnostic.labels else "")
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 11]} … {_digest(line)[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
