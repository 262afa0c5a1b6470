"""What can be wrong with annotations that build: small functions over a whole edition, one room a subject.

A check is `(Edition) -> Iterable[Diagnostic]` and changes nothing. Only those of fidelity and of schemas read files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from edition.check.coverage import COVERAGE
from edition.check.dates import DATES
from edition.check.fidelity import FIDELITY
from edition.check.mentions import MENTIONS
from edition.check.plausibility import PLAUSIBILITY
from edition.check.references import REFERENCES
from edition.check.text import TEXT
from edition.model.diagnostics import Diagnostic
from edition.model.edition import Edition

Check = Callable[[Edition], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (*REFERENCES, *DATES, *PLAUSIBILITY, *MENTIONS, *COVERAGE, *TEXT, *FIDELITY)
