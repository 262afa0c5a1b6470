"""What can be wrong with annotations that build: small functions over a whole edition, one room a subject.

A check is `(Edition) -> Iterable[Diagnostic]` and changes nothing. Only those of fidelity and of schemas read files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from edition.checks.coverage import COVERAGE
from edition.checks.dates import DATES
from edition.checks.fidelity import FIDELITY
from edition.checks.mentions import MENTIONS
from edition.checks.plausibility import PLAUSIBILITY
from edition.checks.references import REFERENCES
from edition.checks.text import TEXT
from edition.diagnostics import Diagnostic
from edition.pipeline import Edition

Check = Callable[[Edition], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (*REFERENCES, *DATES, *PLAUSIBILITY, *MENTIONS, *COVERAGE, *TEXT, *FIDELITY)
