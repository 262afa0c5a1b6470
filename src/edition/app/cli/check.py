"""`edition check`: what is found, in the form asked for; mended, watched, or held against a baseline."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from edition.app.cli.common import FILE, exit_code, fail, helped, is_project, print_report, progress
from edition.app.reports import FORMATS

if TYPE_CHECKING:
    from edition.app.commands import Outcome
    from edition.model.diagnostics import Diagnostic


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A further RELAX NG (XML syntax) or Schematron to hold against the result; may be given again.",
)
@click.option(
    "--with-jing", is_flag=True, help="Let jing hold the RELAX NG against it, and tell it in jing's words."
)
@click.option("-q", "--quiet", is_flag=True, help="Tell errors and warnings only.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="How to tell it. All but text go to stdout.",
)
@click.option("-o", "output", type=FILE, metavar="FILE", help="Write the report to FILE.")
@click.option("--baseline", type=FILE, metavar="FILE", help="Tell only what is not in this baseline.")
@click.option(
    "--write-baseline", is_flag=True, help="Write what is found now to the baseline, and tell nothing."
)
@click.option(
    "--fix", is_flag=True, help="Mend what can be mended safely, in the YAML files, and tell what remains."
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@click.pass_obj
@helped(
    "Tell everything that is wrong with all texts (or NAMEs), and write nothing (but with --fix).",
    "  edition check\n  edition check --diff\n  edition check --schema tei_all.rng reiss-1937"
    "\n  edition check --format html -o report.html",
)
def check(
    root: Path,
    names: tuple[str, ...],
    schemas: tuple[Path, ...],
    with_jing: bool,
    quiet: bool,
    form: str,
    output: Path | None,
    baseline: Path | None,
    write_baseline: bool,
    fix: bool,
    diff: bool,
    watch: bool,
) -> None:
    from edition.app import commands

    is_project(root, names)
    if watch and (fix or diff or output or baseline or form != "text"):
        raise click.UsageError(
            "--watch tells what is found as text, and goes with none of --fix, --diff, --format, -o, --baseline"
        )
    if watch:
        _watch(root, names, schemas, quiet)
    if write_baseline and (baseline is None or names):
        raise click.UsageError("--write-baseline needs --baseline FILE, and no NAME: it is of all texts")
    with progress() as said:
        run = partial(commands.check, root, names, schemas, said, with_jing)
        outcome = _fixed(root, run, diff, form) if fix or diff else run()
    found, known = list(outcome.diagnostics), 0
    if baseline and write_baseline:
        _write_baseline(root, baseline, found)
    elif baseline:
        found, known = _new(found, baseline, whole=not names)
    _report(root, found, outcome.files, form, output, quiet)
    if form == "text" and not diff and not any(d.is_error for d in found):
        told = f"no new error ({known} known)" if known else "no error"
        click.echo(f"{len(outcome.documents)} checked, {told}")
    sys.exit(exit_code(found))


def _fixed(root: Path, run: Callable[..., Outcome], diff: bool, form: str) -> Outcome:
    """Make the fixes, list them, and give what is found afterwards; with `diff`, print them and give what is found now."""
    from edition.app import fixing

    result = fixing.fixed(root, lambda overrides: run(overrides=overrides))
    if diff:
        click.echo(fixing.unified(result), nl=False)
        return result.before
    try:
        fixing.write_fixes(root, result)
    except OSError as error:
        fail(f"{error.filename} was not written: {error.strerror}. Nothing was mended")
    for diagnostic in result.done:
        place, title = diagnostic.labels[0].span, diagnostic.fix.title if diagnostic.fix else ""
        click.echo(f"{place}: {title} ({diagnostic.rule.code})", err=form != "text")
    return result.after


def _watch(root: Path, names: tuple[str, ...], schemas: tuple[Path, ...], quiet: bool) -> NoReturn:
    """Check now, and again whenever a file is saved, until Ctrl-C."""
    from edition.app.watch import watched

    gc.enable()  # this is a long life
    with suppress(KeyboardInterrupt):
        for files, outcome in watched(root, names, schemas):
            if sys.stderr.isatty():
                click.clear()
            elif files:
                click.echo(f"\nsaved: {', '.join(files)}", err=True)
            print_report(outcome.diagnostics, quiet)
            if outcome.ok:
                click.echo(f"{len(outcome.documents)} checked, no error")
            sys.stdout.flush()
    sys.exit(0)


def _report(
    root: Path, found: Sequence[Diagnostic], files: Sequence[str], form: str, output: Path | None, quiet: bool
) -> None:
    """Report what was found in this form: text to stderr, all others to stdout, any of them to a file if one is named."""
    if form == "text" and output is None:
        return print_report(found, quiet)
    from edition.app.reports import LINKED, rendered
    from edition.app.reports.places import in_files, named_from, prefix
    from edition.app.reports.text import summary

    kept = [d for d in found if not quiet or d.rule.severity != "information"]
    kept = in_files(root, kept, files) if form in LINKED else kept
    told, files = named_from(prefix(root, FORMATS[form]), kept, files)
    data = rendered(form, told, files).encode()
    if output is None:
        click.echo(data, nl=False)
    else:
        write_report(root, output, data)
        click.echo(f"{output}: {summary(told) or 'nothing found'}", err=True)
    if form == "github" and (page := os.environ.get("GITHUB_STEP_SUMMARY")):
        from edition.app.reports.github import summary_page

        try:
            with Path(page).open("a", encoding="utf-8") as file:
                file.write(summary_page(told, files))
        except OSError as error:
            fail(f"{page} cannot be written: {error.strerror}")
    return None


def _new(found: Sequence[Diagnostic], file: Path, whole: bool) -> tuple[list[Diagnostic], int]:
    """The findings that are not in a baseline, and how many are. `whole`: all texts were checked, so that findings of
    the baseline that are gone can be counted."""
    from edition.app.reports import baseline

    try:
        counts = baseline.read_baseline(file.read_bytes().decode())
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}. `--write-baseline` makes one.")
    except UnicodeDecodeError:
        fail(f"{file} is no baseline: it is not UTF-8")
    if isinstance(counts, str):
        fail(f"{file} is no baseline: {counts}")
    new, known, gone = baseline.compared(found, counts)
    if gone and whole:
        findings = "1 finding of the baseline is" if gone == 1 else f"{gone} findings of the baseline are"
        click.echo(f"{findings} gone: write it anew with `--write-baseline`", err=True)
    return new, known


def _write_baseline(root: Path, file: Path, found: Sequence[Diagnostic]) -> NoReturn:
    from edition.app.reports.baseline import baseline_of

    unread = [d for d in found if d.rule.code == "E701"]
    print_report(unread, False)
    if not unread:
        write_report(root, file, baseline_of(found).encode())
        click.echo(f"{file}: {len(found)} {'finding' if len(found) == 1 else 'findings'}")
    sys.exit(exit_code(unread))


def write_report(root: Path, file: Path, data: bytes) -> None:
    """Write a report to a file; a source of the edition is never overwritten by one (click's UsageError)."""
    from edition.read.lock import write_one

    inside = (file.resolve().is_relative_to((root / name).resolve()) for name in ("seeds", "annotations"))
    if file.exists() and any(inside) and file.suffix in (".txt", ".yaml"):
        raise click.UsageError(f"{file} is a source of the edition, and no place for a report")
    try:
        write_one(file, data)
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}")
