"""`edition schema`: schemas printed, written, fetched; the page on the markup of a project."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from edition.app.cli.common import fail, finish, helped, is_project


@click.group(invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]...")
@click.option("--write", is_flag=True, help="Write all schemas and seed.xsl into schema/.")
@click.option(
    "--for-editor",
    is_flag=True,
    help="Write schema/project.schema.json, and beside it the keys of this project to choose from; `edition build` keeps them up to date.",
)
@click.option(
    "--of",
    "kind",
    type=click.Choice(("annotations", "registers", "settings", "rnc", "rng", "odd", "sch", "xsl", "report")),
    default="annotations",
    show_default=True,
    help="Which one to print.",
)
@click.option(
    "--doc",
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    help="Print, or write to FILE, a page (HTML) on the markup of this project, with its own examples.",
)
@click.pass_context
@helped(
    "Print a schema: of the YAML files and of a report in JSON (JSON Schema), or of the TEI (RELAX NG, ODD, Schematron).",
    "  edition schema --of rnc\n  edition schema --write\n  edition schema --doc markup.html",
)
def schema(context: click.Context, write: bool, for_editor: bool, kind: str, doc: str | None) -> None:
    from edition.checks.shipped_schemas import FILES, PRINTED, schema_file

    root: Path = context.obj
    if context.invoked_subcommand is not None:
        return
    if doc is not None:
        _document(root, doc)
    if for_editor:
        _for_editor(root)
    if not write:
        click.echo(schema_file(PRINTED[kind]).decode(), nl=False)
        return
    _write(root, {name: schema_file(name) for name in FILES.values()})


def _write(root: Path, schemas: dict[str, bytes]) -> None:
    from edition.read.lock import write_all

    try:
        write_all(root / "schema", schemas)
    except OSError as error:
        fail(f"schema/ cannot be written: {error.strerror}")
    for name in schemas:
        click.echo(f"schema/{name}")


@schema.command("fetch")
@click.argument("name")
@click.option("--from", "url", default="", metavar="URL", help="Where it is to be had (http or https).")
@helped(
    "Fetch a schema of TEI (or of others) into your cache; `schemas:` and `check --schema` know it by its NAME.",
    "  edition schema fetch tei_all\n  edition schema fetch dtabf --from https://example.org/basisformat.rng",
)
def schema_fetch(name: str, url: str) -> None:
    from edition.app.fetch import fetch

    fetched = fetch(name, url)
    if isinstance(fetched, str):
        fail(fetched)
    click.echo(f"{fetched.path}: {fetched.size:,} bytes, SHA-256 {fetched.sha256}")


def _for_editor(root: Path) -> NoReturn:
    """Write the schemas with this project's keys, and report what is wrong with the files that hold the keys."""
    from edition.app.editor_schema import editor_files
    from edition.read.project import load

    is_project(root, ())
    project, found = load(root)
    _write(root, editor_files(project))
    finish(found, quiet=True)


def _document(root: Path, file: str) -> NoReturn:
    """Write the page on the markup, also where a text has errors, and report these."""
    from edition.app import commands
    from edition.app.markup_page import markup_page

    is_project(root, ())
    outcome = commands.build_in_memory(root)
    html = markup_page(outcome.edition.project, outcome.documents)
    try:
        click.echo(html, nl=False) if file == "-" else Path(file).write_text(html, encoding="utf-8")
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}")
    finish(outcome.diagnostics, quiet=True)
