"""A project of a few lines, checked: what the tests of checks have in common."""

from __future__ import annotations

from pathlib import Path

from edition.app import commands
from edition.model.diagnostics import Diagnostic
from edition.model.edition import Edition
from pages import put

SETTINGS = """
edition: 1
publisher: The editors
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors: {ed: {name: The editors}}
defaults: {by: ed, language: en}
types: {gloss: {signed: Signed.}}
"""


def written(
    folder: Path, seed: str, annotations: str = "", registers: str = "", header: str = "", **texts: str
) -> Path:
    """A project: YAML without its first line; `texts` are more annotations, of seeds with the same words."""
    for name, body in {"letter": annotations, **texts}.items():
        put(folder / f"seeds/{name}.txt", seed.encode())
        top = f"header: {header}\n" if header and name == "letter" else ""
        body = body if ":\n" in body[:40] or not body else f"annotations:\n{body}"
        put(folder / f"annotations/{name}.yaml", f"edition: 1\n{top}{body}".encode())
    put(folder / "annotations/edition.yaml", SETTINGS.encode())
    put(folder / "annotations/registers/all.yaml", f"edition: 1\n{registers}".encode())
    return folder


def told(folder: Path, *codes: str) -> list[Diagnostic]:
    """What `edition check` says of a project, errors and these rules."""
    found = commands.check(folder).diagnostics
    return [d for d in found if d.is_error or d.rule.code in codes]


def made(folder: Path) -> Edition:
    return commands.build_in_memory(folder).edition


def lines(found: list[Diagnostic]) -> list[str]:
    """Code, message and the words at each place."""
    return [f"{d.rule.code} {d.message} @ {' | '.join(label.span.text for label in d.labels)}" for d in found]
