"""What every writer is and gives. A writer is one module of this room: a pure function, and a row that says what it is for.

What a format loses is told for every field that is written: the writer knows what it leaves out always (`omits`), and
an export what it could not hold this time (`lost`). All else is carried; tests/test_carried.py measures that it is so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Literal, NamedTuple

from edition.exports.annotations import (
    VALUE,
    AnnotationRow,
    annotation_rows,
    block_rows,
    written_fields,
)
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Label, diagnostic
from edition.model.edition import Built, Edition
from edition.model.source import Source, Span
from edition.model.vocabulary import KINDS

Subject = Literal["annotations", "blocks", "entries", "texts"]
SHOWN = 3  # places of what one sentence reports as lost


class Lost(NamedTuple):
    """What an export could not hold, and why. `id`: the key of a row of annotations or blocks, or of an entry, or the
    name of a text. `field`: what of it; "" is the whole, but for the fields that are `kept`."""

    id: str
    why: str
    field: str = ""
    kept: tuple[str, ...] = ()


class Omission(NamedTuple):
    """What a format never carries, and why.

    why       ends a sentence that says what is not carried
    fields    their names (`value` of the kind), with blanks; none: nothing of it
    of        kinds, shapes of kinds, and blocks that this holds for; `own-kinds` are a project's; none: all
    but       those that it does not hold for
    kept      fields that are carried even so, where nothing else is
    machines  it is in the files, in an attribute or the like, but no reader is shown it
    """

    why: str
    fields: str = ""
    of: str = ""
    but: str = ""
    kept: str = ""
    machines: bool = False

    def holds(self, field: str, *names: str) -> bool:
        of, but, fields = self.of.split(), self.but.split(), self.fields.split()
        return (
            (not fields or field in fields)
            and (not of or any(name in of for name in names))
            and not any(name in but for name in names)
        )


NOT_IN_TEI = (
    Omission("TEI has no place for it there", "comment id or", of="link"),
    Omission("what belongs to the page and stands in a line has no number", "n", of="fw"),
)
"""What the editions themselves do not hold."""


class Export(NamedTuple):
    """Files of one format, by their paths below its folder, and what of this edition they could not hold."""

    files: dict[str, bytes]
    lost: tuple[Lost, ...] = ()


class Writer(NamedTuple):
    """One format.

    about     one paragraph: what the files are, how the tool is given them
    opened    the real tool that the tests open it with; or what is checked where none can be had
    subjects  what its account is about: of each of them everything is carried, or told to be lost
    omits     what it never carries; the first row that holds for a field says why
    needs     a library that is not installed with the package, and the extra that brings it
    """

    name: str
    tool: str
    carries: str
    cannot: str
    opened: str
    about: str
    subjects: tuple[Subject, ...]
    write: Callable[[Edition], Export]
    omits: tuple[Omission, ...] = ()
    needs: tuple[str, str] = ("", "")

    def omission(self, field: str, *names: str) -> Omission | None:
        """Why it never carries a field of a kind; `names`: the kind, and its shape."""
        return next((one for one in self.omits if one.holds(field, *names)), None)


class AccountRow(NamedTuple):
    """Something that an account must speak of. `names`: its kind and shape; `fields`: those that are written."""

    what: str
    place: Span
    names: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


Written = Callable[[Built, Sequence[AnnotationRow]], Mapping[str, bytes]]
"""The files of one text, made of annotations."""


def each_text(
    edition: Edition, written: Written, unfit: Callable[[AnnotationRow], str] = lambda _: ""
) -> Export:
    """A text at a time, with the annotations that a format can hold. `unfit`: why it cannot hold one, or ""."""
    files: dict[str, bytes] = {}
    lost: list[Lost] = []
    for built in edition.documents:
        rows = annotation_rows(edition.project, built)
        whys = {row.key: why for row in rows if (why := unfit(row))}
        lost += [Lost(key, why) for key, why in whys.items()]
        files |= written(built, [row for row in rows if row.key not in whys])
    return Export(files, tuple(lost))


def unmet(writer: Writer) -> list[Diagnostic]:
    """That a library it needs is missing."""
    module, extra = writer.needs
    if not module or find_spec(module):
        return []
    message = f"{writer.name} was not written: it needs the library {module}, which is not installed"
    help = f"Install it: pip install 'tei-edition[{extra}]'. The other formats do not need it."
    return [diagnostic(rules.IO, message, Span(Source(f"out/exports/{writer.name}", ""), 0, 0), help=help)]


def account_rows(edition: Edition, which: Iterable[Subject]) -> dict[str, AccountRow]:
    """Everything that an account must speak of, by its key."""
    found: dict[str, AccountRow] = {}
    for subject in which:
        if subject == "entries":
            for entry in edition.project.registers.entries.values():
                found[entry.key] = AccountRow(f"of “{entry.register}”", entry.place)
        for built in edition.documents:
            if subject == "texts":
                found[built.name] = AccountRow("whole text", Span(built.document.seed.source, 0, 0))
            elif subject == "annotations":
                for row in annotation_rows(edition.project, built):
                    names = (row.kind, row.sort.shape, *(("own-kinds",) if row.kind not in KINDS else ()))
                    found[row.key] = AccountRow(f"“{row.kind}”", row.place, names, written_fields(row))
            elif subject == "blocks":
                for block in block_rows(built):
                    found[block.key] = AccountRow(
                        f"`{block.name}`", block.place, (block.kind, "blocks"), written_fields(block)
                    )
    return found


class Loss(NamedTuple):
    """A field of an item that the files do not hold, or ("") the item but for the fields that are `kept`."""

    item: AccountRow
    field: str
    why: str
    machines: bool = False
    kept: tuple[str, ...] = ()


def losses(writer: Writer, known: dict[str, AccountRow], export: Export) -> Iterator[Loss]:
    """What of these things the files of an export do not hold, field by field."""
    lost = {(one.id, one.field): one for one in export.lost}
    omission = cache(writer.omission)
    for key, item in known.items():
        if whole := lost.get((key, "")):
            yield Loss(item, "", whole.why, kept=whole.kept)
        elif item.names and (never := omission("", *item.names)):
            apart = [field for field in item.fields if omission(field, *item.names) is not never]
            yield Loss(item, "", never.why, never.machines, (*never.kept.split(), *apart))
            yield from _of_fields(omission, item, apart)
        else:
            whys = {field: this.why for field in item.fields if (this := lost.get((key, field)))}
            yield from (Loss(item, field, why) for field, why in whys.items())
            yield from _of_fields(omission, item, [field for field in item.fields if field not in whys])


def _of_fields(
    omission: Callable[..., Omission | None], item: AccountRow, fields: Iterable[str]
) -> Iterator[Loss]:
    for field in fields:
        if never := omission(field, *item.names):
            yield Loss(item, field, never.why, never.machines)


def account(writer: Writer, edition: Edition, export: Export) -> list[Diagnostic]:
    """What is lost, told once for each reason in each file, with what it is and the first places."""
    groups: dict[tuple[Source, str, bool], list[tuple[str, str, Span]]] = {}
    for loss in losses(writer, account_rows(edition, writer.subjects), export):
        group = groups.setdefault((loss.item.place.source, loss.why, loss.machines), [])
        group.append((loss.field, loss.item.what, loss.item.place))
    return [
        diagnostic(
            rules.NOT_CARRIED,
            f"{writer.name} does not {'show readers' if machines else 'carry'} {_counted(lost)} "
            f"{'in' if any(field for field, _, _ in lost) else 'of'} {source.name}: {why}",
            *(Label(place) for place in [*dict.fromkeys(place for _, _, place in lost)][:SHOWN]),
            help=f"`edition export --list {writer.name}` says what the format carries.",
        )
        for (source, why, machines), lost in groups.items()
    ]


def _counted(lost: Iterable[tuple[str, str, Span]]) -> str:
    """`2 “note”; the value of 5 “term”, 1 “q”; “cert” of 3 “person”`: the most first."""
    fields: dict[str, Counter[str]] = {}
    for field, what, _ in lost:
        fields.setdefault(field, Counter())[what] += 1
    return "; ".join(f"{_of_field(field)}{_times(counts)}" for field, counts in sorted(fields.items()))


def _of_field(field: str) -> str:
    return "the value of " if field == VALUE else f"“{field}” of " if field else ""


def _times(counts: Counter[str]) -> str:
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{times} {word}" for word, times in most)
