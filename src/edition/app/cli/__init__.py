"""argv, stdout, stderr, exit code: the only code that prints or exits. Heavy imports wait until a verb needs them."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from edition.app.cli.check import check
from edition.app.cli.common import coloured, fail, finish, helped, is_project, progress
from edition.app.cli.schema import schema

FORMS = ("seed", "annotations", "anchored", "events", "tei")


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
@click.option(
    "-C",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The project to work on (default: here).",
)
@click.version_option(package_name="tei-edition")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Plain-text sources and YAML annotations in, validated and proved TEI P5 editions out.

    \b
    Example:
      edition init letters && edition -C letters build
    """
    context.obj = root


main.add_command(check)
main.add_command(schema)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@helped(
    "Start a new project in FOLDER: a small text with annotations that builds at once.",
    "  edition init letters\n  edition -C letters build",
)
def init(folder: Path) -> None:
    from edition.app.init import start

    try:
        files = start(folder)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} exists already: nothing was changed") from None
    except OSError as error:
        fail(f"{folder} cannot be written: {error.strerror}")
    for file in files:
        click.echo(file)
    click.echo(f"Now: edition -C {folder} build", err=True)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--accept-moved", is_flag=True, help="After a seed was changed: the new places of annotations are right."
)
@click.option("-q", "--quiet", is_flag=True, help="Tell errors and warnings only.")
@click.pass_obj
@helped(
    "Build the TEI of all texts (or of NAMEs), validate and prove it, and write it to out/.",
    "  edition build\n  edition build reiss-1937",
)
def build(root: Path, names: tuple[str, ...], accept_moved: bool, quiet: bool) -> None:
    from edition.app import commands

    is_project(root, names)
    with progress() as said:
        outcome = commands.build(root, names, accept_moved, said)
    finish(outcome.diagnostics, quiet, outcome.written)


@main.command()
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into (default: out/exports).",
)
@click.option("--text", "names", multiple=True, metavar="NAME", help="Only this text; may be given again.")
@click.option(
    "--list", "listed", is_flag=True, help="Tell the formats: what for, what they carry, what they cannot."
)
@click.option("-q", "--quiet", is_flag=True, help="Tell errors and warnings only.")
@click.pass_obj
@helped(
    "Write the edition in FORMATs for other tools (`all`: every one), and tell what they cannot carry.",
    "  edition export --list\n  edition export web-annotation html\n  edition export all --to site",
)
def export(
    root: Path, formats: tuple[str, ...], to: Path | None, names: tuple[str, ...], listed: bool, quiet: bool
) -> None:
    from edition.app import commands
    from edition.exports.formats import descriptions, writers_named

    if listed:
        for line in descriptions(formats):
            click.echo(line)
        return
    writers, unknown = writers_named(formats)
    if unknown or not writers:
        raise click.UsageError(unknown or "name a format, or `all`: `edition export --list` tells them")
    is_project(root, names)
    with progress() as said:
        outcome = commands.export(root, writers, names, to, said)
    finish(outcome.diagnostics, quiet, outcome.written)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
@helped(
    "Prove that editions (by default out/*.xml) hold the text of their seeds, from the XML alone.",
    "  edition prove out/*.xml",
)
def prove(root: Path, files: tuple[Path, ...]) -> None:
    from edition.app import commands

    results = commands.prove(root, files)
    if not results:
        raise click.UsageError("there is no edition in out/ yet: run `edition build`, or name a file")
    for result in results:
        if result.ok:
            proof = result.proof
            size = len(proof.text.encode())
            click.echo(f"{result.file}: proved ({size} bytes, SHA-256 {proof.sha256[:12]}…)")
    finish([d for result in results for d in result.diagnostics])


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default="anchored",
    show_default=True,
    help="Which form on the way to TEI.",
)
@click.pass_obj
@helped(
    "Show an intermediate form of a text: its blocks, annotations, their places, events, or the TEI.",
    "  edition show reiss-1937 --as anchored\n  edition show reiss-1937 --as tei | less",
)
def show(root: Path, names: tuple[str, ...], form: str) -> None:
    from edition.app import commands
    from edition.app.show import shown

    is_project(root, names)
    outcome = commands.build_in_memory(root, names)
    for built in outcome.documents:
        for line in shown(built, outcome.edition.project, form, coloured(sys.stdout)):
            click.echo(line)
    finish(outcome.diagnostics, quiet=True)


@main.command()
@click.argument("what", nargs=-1)
@helped(
    "Explain a rule (E202, ambiguous), a kind of annotation (person), a block (head), a field (header, rules:); without WHAT, list all.",
    "  edition explain E202\n  edition explain person\n  edition explain kinds\n  edition explain header",
)
def explain(what: tuple[str, ...]) -> None:
    from edition.format.explain import explained, explained_fields, explained_names, listed_files, unknown

    asked = " ".join(what)
    page = explained(asked)
    if page is None or not asked:
        page = f"{page}\n{listed_files()}" if page else explained_fields(asked)
        if page is None:
            raise click.UsageError(unknown(asked, explained_names()))
    click.echo(page.rstrip())


def run() -> None:
    """Run the command `edition`, and end the process."""
    gc.disable()  # a short life that drops little: collecting would only cost time …
    try:
        main()
    except SystemExit as stop:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(
            stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        )  # … and so would tidying up
