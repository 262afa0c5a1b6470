"""Diagnostics → text. Pure functions to str, one file a format; imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edition.model.diagnostics import Diagnostic

Base = Literal["project", "here", "repository"]

FORMATS: dict[str, Base] = {
    "text": "project",
    "short": "here",
    "json": "repository",
    "github": "repository",
    "sarif": "repository",
    "junit": "repository",
    "html": "project",
}
"""Each format, which is the module of its name, and the folder that it names files from."""

LINKED = (
    "github",
    "sarif",
)  # their readers look for the line of every finding, and lose one of a file that is not there


def rendered(form: str, found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    """The report of a run. `checked`: the files that were looked at, with findings or without."""
    from importlib import import_module

    text: str = import_module(f"edition.app.reports.{form}").rendered(found, checked)
    return text
