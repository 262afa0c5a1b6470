"""edition: plain-text sources and YAML stand-off annotations in, validated and proved TEI P5 editions out.

import edition
outcome = edition.build("my-project")
outcome.ok, outcome.written, outcome.diagnostics
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edition.app.commands import Outcome, Proved

__all__ = ["build", "check", "export", "prove"]


def build(root: str | Path = ".", names: Sequence[str] = (), *, accept_moved: bool = False) -> Outcome:
    """Build, validate and prove the texts of a project (all, or those named) and write them to its out/.

    Nothing is written if there is an error anywhere. `accept_moved`: after the seed was changed, take the new
    places of annotations as right.
    """
    from edition.app import commands

    return commands.build(Path(root), names, accept_moved)


def check(root: str | Path = ".", names: Sequence[str] = (), *, schema: str | Path | None = None) -> Outcome:
    """Everything that `build` would tell, without writing; `schema`: a further RELAX NG file to hold against the result."""
    from edition.app import commands

    return commands.check(Path(root), names, [Path(schema)] if schema else [])


def export(
    root: str | Path = ".",
    formats: Sequence[str] = (),
    names: Sequence[str] = (),
    *,
    to: str | Path | None = None,
) -> Outcome:
    """Write the texts of a project in the forms of other tools, each format (`all`: every one) into a folder of its
    own below `to`, by default out/exports/. What a format cannot carry is among the diagnostics.

    ValueError for a format that there is not.
    """
    from edition.app import commands
    from edition.exports.formats import writers_named

    writers, unknown = writers_named(formats)
    if unknown:
        raise ValueError(unknown)
    return commands.export(Path(root), writers, names, Path(to) if to is not None else None)


def prove(root: str | Path = ".", files: Iterable[str | Path] = ()) -> tuple[Proved, ...]:
    """Whether editions (by default all in out/) hold the text of their seeds, from their bytes alone."""
    from edition.app import commands

    return commands.prove(Path(root), [Path(file) for file in files])
