"""argv, stdout, stderr, exit code: the only code that prints or exits. Heavy imports wait until a verb needs them."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from edition.reports import FORMATS

if TYPE_CHECKING:
    from edition.commands import Outcome
    from edition.diagnostics import Diagnostic

FORMS = ("seed", "annotations", "anchored", "events", "tei")
_FILE = click.Path(dir_okay=False, path_type=Path)


def _help(text: str, example: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A verb's help: what it does, and an example."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        function.__doc__ = f"{text}\n\n\b\nExample:\n{example}"
        return function

    return decorate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-C",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The project to work on (default: here).",
)
@click.version_option(package_name="edition")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Plain-text sources and YAML annotations in, validated and proved TEI P5 editions out.

    \b
    Example:
      edition init letters && edition -C letters build
    """
    context.obj = root


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_help(
    "Start a new project in FOLDER: a small text with annotations that builds at once.",
    "  edition init letters\n  edition -C letters build",
)
def init(folder: Path) -> None:
    from edition.starter import start

    try:
        files = start(folder)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} exists already: nothing was changed") from None
    except OSError as error:
        _fail(f"{folder} cannot be written: {error.strerror}")
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
@_help(
    "Build the TEI of all texts (or of NAMEs), validate and prove it, and write it to out/.",
    "  edition build\n  edition build reiss-1937",
)
def build(root: Path, names: tuple[str, ...], accept_moved: bool, quiet: bool) -> None:
    from edition import commands

    _is_project(root, names)
    with _progress() as said:
        outcome = commands.build(root, names, accept_moved, said)
    _tell(outcome.diagnostics, quiet)
    for file in outcome.written:
        click.echo(file)
    sys.exit(_code(outcome.diagnostics))


@main.command()
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
@click.option("-o", "output", type=_FILE, metavar="FILE", help="Write the report to FILE.")
@click.option("--baseline", type=_FILE, metavar="FILE", help="Tell only what is not in this baseline.")
@click.option(
    "--write-baseline", is_flag=True, help="Write what is found now to the baseline, and tell nothing."
)
@click.option(
    "--fix", is_flag=True, help="Mend what can be mended safely, in the YAML files, and tell what remains."
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@click.pass_obj
@_help(
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
    from edition import commands

    _is_project(root, names)
    if watch and (fix or diff or output or baseline or form != "text"):
        raise click.UsageError(
            "--watch tells what is found as text, and goes with none of --fix, --diff, --format, -o, --baseline"
        )
    if watch:
        _watch(root, names, schemas, quiet)
    if write_baseline and (baseline is None or names):
        raise click.UsageError("--write-baseline needs --baseline FILE, and no NAME: it is of all texts")
    with _progress() as said:
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
    sys.exit(_code(found))


def _fixed(root: Path, run: Callable[..., Outcome], diff: bool, form: str) -> Outcome:
    """What is found after the fixes; with `diff`, what is found now. What was done is told."""
    from edition import fixing

    result = fixing.fixed(root, lambda instead: run(instead=instead))
    if diff:
        click.echo(fixing.unified(result), nl=False)
        return result.before
    try:
        fixing.write(root, result)
    except OSError as error:
        _fail(f"{error.filename} was not written: {error.strerror}. Nothing was mended")
    for diagnostic in result.done:
        place, title = diagnostic.labels[0].span, diagnostic.fix.title if diagnostic.fix else ""
        click.echo(f"{place}: {title} ({diagnostic.rule.code})", err=form != "text")
    return result.after


def _watch(root: Path, names: tuple[str, ...], schemas: tuple[Path, ...], quiet: bool) -> NoReturn:
    """Check, and again whenever a file is saved; Ctrl-C ends it."""
    from edition.watch import watched

    gc.enable()  # this is a long life
    with suppress(KeyboardInterrupt):
        for files, outcome in watched(root, names, schemas):
            if sys.stderr.isatty():
                click.clear()
            elif files:
                click.echo(f"\nsaved: {', '.join(files)}", err=True)
            _tell(outcome.diagnostics, quiet)
            if outcome.ok:
                click.echo(f"{len(outcome.documents)} checked, no error")
            sys.stdout.flush()
    sys.exit(0)


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
@_help(
    "Write the edition in FORMATs for other tools (`all`: every one), and tell what they cannot carry.",
    "  edition export --list\n  edition export web-annotation html\n  edition export all --to site",
)
def export(
    root: Path, formats: tuple[str, ...], to: Path | None, names: tuple[str, ...], listed: bool, quiet: bool
) -> None:
    from edition import exporting
    from edition.exports import chosen, described

    if listed:
        for line in described(formats):
            click.echo(line)
        return
    writers, unknown = chosen(formats)
    if unknown or not writers:
        raise click.UsageError(unknown or "name a format, or `all`: `edition export --list` tells them")
    _is_project(root, names)
    with _progress() as said:
        outcome = exporting.export(root, writers, names, to, said)
    _tell(outcome.diagnostics, quiet)
    for file in outcome.written:
        click.echo(file)
    sys.exit(_code(outcome.diagnostics))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
@_help(
    "Prove that editions (by default out/*.xml) hold the text of their seeds, from the XML alone.",
    "  edition prove out/*.xml",
)
def prove(root: Path, files: tuple[Path, ...]) -> None:
    from edition import commands

    results = commands.prove(root, files)
    if not results:
        raise click.UsageError("there is no edition in out/ yet: run `edition build`, or name a file")
    for result in results:
        if result.ok:
            click.echo(
                f"{result.file}: proved ({len(result.proof.text.encode())} bytes, SHA-256 {result.proof.sha256[:12]}…)"
            )
    _tell([d for result in results for d in result.diagnostics], False)
    sys.exit(_code([d for result in results for d in result.diagnostics]))


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
@_help(
    "Show an intermediate form of a text: its blocks, annotations, their places, events, or the TEI.",
    "  edition show reiss-1937 --as anchored\n  edition show reiss-1937 --as tei | less",
)
def show(root: Path, names: tuple[str, ...], form: str) -> None:
    from edition import commands
    from edition.show import shown

    _is_project(root, names)
    outcome = commands.make(root, names)
    for built in outcome.documents:
        for line in shown(built, outcome.edition.project, form, _coloured(sys.stdout)):
            click.echo(line)
    _tell([d for d in outcome.diagnostics if d.rule.severity != "information"], False)
    sys.exit(_code(outcome.diagnostics))


@main.command()
@click.argument("what", nargs=-1)
@_help(
    "Explain a rule (E202, ambiguous), a kind of annotation (person) or a block of the structure (head); without WHAT, list them all.",
    "  edition explain E202\n  edition explain person\n  edition explain kinds",
)
def explain(what: tuple[str, ...]) -> None:
    from edition.explain import explained, unknown

    page = explained(" ".join(what))
    if page is None:
        raise click.UsageError(unknown(" ".join(what)))
    click.echo(page.rstrip())


@main.group(invoke_without_command=True)
@click.option("--write", is_flag=True, help="Write all schemas and seed.xsl into schema/.")
@click.option(
    "--for-editor",
    is_flag=True,
    help="Write schema/project.schema.json, with the keys of this project to choose from; `edition build` keeps it up to date.",
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
@_help(
    "Print a schema: of the YAML files and of a report in JSON (JSON Schema), or of the TEI (RELAX NG, ODD, Schematron).",
    "  edition schema --of rnc\n  edition schema --write\n  edition schema --doc markup.html",
)
def schema(context: click.Context, write: bool, for_editor: bool, kind: str, doc: str | None) -> None:
    from edition.files import write_all
    from edition.schemas import FILES, PRINTED, schema_file

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
    try:
        write_all(root / "schema", {name: schema_file(name) for name in FILES.values()})
    except OSError as error:
        _fail(f"schema/ cannot be written: {error.strerror}")
    for name in FILES.values():
        click.echo(f"schema/{name}")


@schema.command("fetch")
@click.argument("name")
@click.option("--from", "url", default="", metavar="URL", help="Where it is to be had (http or https).")
@_help(
    "Fetch a schema of TEI (or of others) into your cache; `schemas:` and `check --schema` know it by its NAME.",
    "  edition schema fetch tei_all\n  edition schema fetch dtabf --from https://example.org/basisformat.rng",
)
def schema_fetch(name: str, url: str) -> None:
    from edition.fetch import fetch

    fetched = fetch(name, url)
    if isinstance(fetched, str):
        _fail(fetched)
    click.echo(f"{fetched.path}: {fetched.size:,} bytes, SHA-256 {fetched.sha256}")


def _for_editor(root: Path) -> NoReturn:
    """The schema with this project's keys; what is wrong with the files they stand in is told."""
    from edition.editors import FILE, editor_file
    from edition.files import write_all
    from edition.project import load

    _is_project(root, ())
    project, found = load(root)
    try:
        write_all(root / "schema", {FILE: editor_file(project)})
    except OSError as error:
        _fail(f"schema/{FILE} cannot be written: {error.strerror}")
    click.echo(f"schema/{FILE}")
    _tell(found, True)
    sys.exit(_code(found))


def _document(root: Path, file: str) -> None:
    """The page, even where a text has errors: they are told beside it."""
    from edition import commands
    from edition.document import page

    _is_project(root, ())
    outcome = commands.make(root)
    html = page(outcome.edition.project, outcome.documents)
    try:
        click.echo(html, nl=False) if file == "-" else Path(file).write_text(html, encoding="utf-8")
    except OSError as error:
        _fail(f"{file} cannot be written: {error.strerror}")
    _tell(outcome.diagnostics, True)
    sys.exit(_code(outcome.diagnostics))


def run() -> None:
    """The command `edition`."""
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


# what all verbs share


def _is_project(root: Path, names: tuple[str, ...]) -> None:
    if not (root / "seeds").is_dir() and not (root / "annotations").is_dir():
        raise click.UsageError(
            f"{'this folder' if root == Path() else root} is no edition project: it has no folder seeds/. Start one with `edition init`"
        )
    for name in names:
        if (
            not (root / "seeds" / f"{name}.txt").exists()
            and not (root / "annotations" / f"{name}.yaml").exists()
        ):
            raise click.UsageError(
                f"there is no text “{name}”: neither seeds/{name}.txt nor annotations/{name}.yaml"
            )


def _tell(diagnostics: Sequence[Diagnostic], quiet: bool) -> None:
    from edition.reports.text import report

    found = [d for d in diagnostics if not quiet or d.rule.severity != "information"]
    if found:
        click.echo(report(found, _coloured(sys.stderr)), err=True, color=True)


def _report(
    root: Path, found: Sequence[Diagnostic], files: Sequence[str], form: str, output: Path | None, quiet: bool
) -> None:
    """What was found, in a form that was asked for: text to stderr, all others to stdout, any of them to a file."""
    if form == "text" and output is None:
        return _tell(found, quiet)
    from edition.reports import LINKED, rendered
    from edition.reports.places import in_files, named_from, prefix
    from edition.reports.text import summary

    kept = [d for d in found if not quiet or d.rule.severity != "information"]
    kept = in_files(root, kept, files) if form in LINKED else kept
    told, files = named_from(prefix(root, FORMATS[form]), kept, files)
    data = rendered(form, told, files).encode()
    if output is None:
        click.echo(data, nl=False)
    else:
        _write(root, output, data)
        click.echo(f"{output}: {summary(told) or 'nothing found'}", err=True)
    if form == "github" and (page := os.environ.get("GITHUB_STEP_SUMMARY")):
        from edition.reports.github import page as markdown

        try:
            with Path(page).open("a", encoding="utf-8") as file:
                file.write(markdown(told, files))
        except OSError as error:
            _fail(f"{page} cannot be written: {error.strerror}")
    return None


def _new(found: Sequence[Diagnostic], file: Path, whole: bool) -> tuple[list[Diagnostic], int]:
    """What a baseline does not have, and how much it has. `whole`: all texts were checked, so that it can be told
    what is gone."""
    from edition.reports import baseline

    try:
        counts = baseline.read(file.read_bytes().decode())
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}. `--write-baseline` makes one.")
    except UnicodeDecodeError:
        _fail(f"{file} is no baseline: it is not UTF-8")
    if isinstance(counts, str):
        _fail(f"{file} is no baseline: {counts}")
    new, known, gone = baseline.compared(found, counts)
    if gone and whole:
        findings = "1 finding of the baseline is" if gone == 1 else f"{gone} findings of the baseline are"
        click.echo(f"{findings} gone: write it anew with `--write-baseline`", err=True)
    return new, known


def _write_baseline(root: Path, file: Path, found: Sequence[Diagnostic]) -> NoReturn:
    from edition.reports.baseline import written

    unread = [d for d in found if d.rule.code == "E701"]
    _tell(unread, False)
    if not unread:
        _write(root, file, written(found).encode())
        click.echo(f"{file}: {len(found)} {'finding' if len(found) == 1 else 'findings'}")
    sys.exit(_code(unread))


def _write(root: Path, file: Path, data: bytes) -> None:
    """A report. Never over what a scholar wrote."""
    from edition.files import write_one

    inside = (file.resolve().is_relative_to((root / name).resolve()) for name in ("seeds", "annotations"))
    if file.exists() and any(inside) and file.suffix in (".txt", ".yaml"):
        raise click.UsageError(f"{file} is a source of the edition, and no place for a report")
    try:
        write_one(file, data)
    except OSError as error:
        _fail(f"{file} cannot be written: {error.strerror}")


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _code(diagnostics: Sequence[Diagnostic]) -> int:
    """0 clean or warnings only, 1 an error, 3 input or output."""
    if any(d.rule.code == "E701" for d in diagnostics):
        return 3
    return 1 if any(d.is_error for d in diagnostics) else 0


def _fail(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(3)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Nothing for the first second; then, on a terminal, which text is being built."""
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
