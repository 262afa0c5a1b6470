"""`check --fix`: the safe fixes of what is found, put into the YAML files; all in memory, until they are written.

After each round of fixes everything is checked again as if they were written, since one mistake may hide another.
"""

from __future__ import annotations

import difflib
import errno
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from edition.app.commands import Outcome
from edition.format.splice import spliced
from edition.model.diagnostics import Diagnostic, Edit
from edition.model.source import Source
from edition.read.files import read_file
from edition.read.lock import locked, write_all

ROUNDS = 20
BOM = b"\xef\xbb\xbf"
Check = Callable[[dict[str, bytes]], Outcome]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixes give: the outcome `before` and `after`. files: their bytes before and after, by name. done: the
    diagnostics that are mended. undone: those whose fix would have given something else than it means."""

    before: Outcome
    after: Outcome
    files: dict[str, tuple[bytes, bytes]]
    done: tuple[Diagnostic, ...] = ()
    undone: tuple[Diagnostic, ...] = ()


def fixed(root: Path, check: Check) -> Fixed:
    """Make all fixes in memory, round after round, until none is left. `check` gets bytes to take in place of files."""
    now: dict[str, bytes] = {}
    first: dict[str, bytes] = {}
    done: list[Diagnostic] = []
    undone: list[Diagnostic] = []
    before = after = check(now)
    for _ in range(ROUNDS):
        undone, many = [], len(done)
        for source, found in _by_file(after.diagnostics):
            data = now.get(source.name) or read_file(root, source.name)[0] or b""
            text, mended = _mended(source, found)
            if mended and data.removeprefix(BOM) == source.text.encode():
                first.setdefault(source.name, data)
                now[source.name] = (BOM if data.startswith(BOM) else b"") + text.encode()
                done += mended
            undone += [d for d in found if d not in mended]
        if len(done) == many:
            break
        after = check(now)
    return Fixed(before, after, {n: (first[n], now[n]) for n in sorted(now)}, tuple(done), tuple(undone))


def without_overlaps(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, all of one file, whose fix touches no fix that comes before it."""
    taken: list[tuple[int, int]] = []
    kept = []
    for diagnostic in found:
        places = [(edit.span.start, edit.span.end) for edit in _edits(diagnostic)]
        if not any(a <= end and start <= b for a, b in places for start, end in taken):
            kept.append(diagnostic)
            taken += places
    return kept


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix else ()


def _by_file(found: Sequence[Diagnostic]) -> Iterator[tuple[Source, list[Diagnostic]]]:
    """The diagnostics with a fix, by the one file that it changes, without those that touch one before them."""
    groups: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        names = {edit.span.source.name for edit in _edits(diagnostic)}
        if len(names) == 1:
            groups[names.pop()].append(diagnostic)
    return ((_edits(some[0])[0].span.source, without_overlaps(some)) for some in groups.values())


def _mended(source: Source, found: Sequence[Diagnostic]) -> tuple[str, list[Diagnostic]]:
    """The text with all fixes and what they mend; if that is not what they mean together, tried one by one."""
    text = spliced(source, [edit for d in found for edit in _edits(d)])
    if text is not None:
        return text, list(found)
    text = source.text
    kept: list[Diagnostic] = []
    for diagnostic in found:
        new = spliced(source, [edit for d in (*kept, diagnostic) for edit in _edits(d)])
        if new is not None:
            text, kept = new, [*kept, diagnostic]
    return text, kept


def write_fixes(root: Path, result: Fixed) -> None:
    """Write the files, each whole or not at all. Raises OSError, also if one was changed since it was read."""
    with locked(root) as stage:
        for name, (before, _) in result.files.items():
            if read_file(root, name)[0] != before:
                raise OSError(errno.EBUSY, "it was changed while its fixes were made", str(root / name))
        write_all(root, {name: after for name, (_, after) in result.files.items()}, stage)


def unified(result: Fixed) -> str:
    """The fixes as a unified diff, as `git apply` and `patch -p1` take it."""
    parts: list[str] = []
    for name, data in result.files.items():
        before, after = (list(StringIO(part.decode())) for part in data)  # only U+000A ends a line
        for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
            parts.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(parts)
