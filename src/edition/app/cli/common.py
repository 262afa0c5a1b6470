"""What all verbs share: the project, the report, the exit code. Heavy imports wait until they are needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from edition.model.diagnostics import Diagnostic

FILE = click.Path(dir_okay=False, path_type=Path)


def helped(text: str, example: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a verb its help: what it does, and an example."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        function.__doc__ = f"{text}\n\n\b\nExample:\n{example}"
        return function

    return decorate


def is_project(root: Path, names: tuple[str, ...]) -> None:
    """Raise click's UsageError if this is no project, or has no text of one of these names."""
    if not (root / "seeds").is_dir() and not (root / "annotations").is_dir():
        here = "this folder" if root == Path() else root
        raise click.UsageError(
            f"{here} is no edition project: it has no folder seeds/. Start one with `edition init`"
        )
    for name in names:
        files = f"seeds/{name}.txt", f"annotations/{name}.yaml"
        if not any((root / file).exists() for file in files):
            raise click.UsageError(f"there is no text “{name}”: neither {' nor '.join(files)}")


def finish(diagnostics: Sequence[Diagnostic], quiet: bool = False, written: Iterable[str] = ()) -> NoReturn:
    """Report what was found, list the files that were written, and exit with the code that says how it went."""
    print_report(diagnostics, quiet)
    for file in written:
        click.echo(file)
    sys.exit(exit_code(diagnostics))


def print_report(diagnostics: Sequence[Diagnostic], quiet: bool) -> None:
    """Print diagnostics to stderr; `quiet`: without information."""
    found = [d for d in diagnostics if not quiet or d.rule.severity != "information"]
    if found:
        from edition.app.reports.text import report

        click.echo(report(found, coloured(sys.stderr)), err=True, color=True)


def coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def exit_code(diagnostics: Sequence[Diagnostic]) -> int:
    """0 if there is no error, 1 if there is one, 3 if a file could not be read or written."""
    if any(d.rule.code == "E701" for d in diagnostics):
        return 3
    return 1 if any(d.is_error for d in diagnostics) else 0


def fail(message: str) -> NoReturn:
    """Print why a file could not be read or written, and exit with 3."""
    click.echo(f"error: {message}", err=True)
    sys.exit(3)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that takes the name of the text being built, and shows it on a terminal after a second."""
    at = [""]
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    status: list[object] = []

    def begin() -> None:
        try:
            from rich.console import Console
        except ImportError:
            return
        spinner = Console(stderr=True).status(f"building {at[0]}")
        spinner.start()
        status.append(spinner)

    def said(name: str) -> None:
        at[0] = name
        for spinner in status:
            spinner.update(f"building {name}")  # type: ignore[attr-defined]

    timer = Timer(1.0, begin)
    timer.daemon = True
    timer.start()
    try:
        yield said
    finally:
        timer.cancel()
        for spinner in status:
            spinner.stop()  # type: ignore[attr-defined]
