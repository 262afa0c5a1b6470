"""brat standoff: T words, A certainty, N normalisation, # notes. Offsets are code points, as brat's Python counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.exports.annotations import NO_WORDS, AnnotationRow, flat
from edition.exports.uris import Names, bare
from edition.exports.writer import Export, Writer, each_text
from edition.model.authority_ids import AUTHORITIES
from edition.model.edition import Built, Edition
from edition.model.vocabulary import CERTAINTIES
from edition.read.project import language

REGISTER = "Register"  # the “database” of our own keys


def write(edition: Edition) -> Export:
    kinds: set[str] = set()

    def written(built: Built, rows: Sequence[AnnotationRow]) -> dict[str, bytes]:
        text = built.document.seed.text
        names = Names(edition.project, language(edition.project, built.document))
        lines = [line for k, row in enumerate(rows, 1) for line in _lines(row, k, text, names)]
        kinds.update(row.kind for row in rows)
        return {
            f"{built.name}.txt": text.encode(),
            f"{built.name}.ann": "".join(f"{line}\n" for line in lines).encode(),
        }

    found = each_text(edition, written, _unfit)
    beside = {"annotation.conf": _configuration(sorted(kinds)), "tools.conf": _tools(edition)}
    return Export(found.files | {name: text.encode() for name, text in beside.items()}, found.lost)


def _unfit(row: AnnotationRow) -> str:
    if not row.placed:
        return NO_WORDS
    return "" if row.exact.strip() else "brat marks words, and here is a point or white space"


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a span, since none may run over the end of a line; those that are blank are left out.

    A line ends wherever Python's `splitlines` ends it: brat reads its files so.
    """
    found, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        words = line.rstrip("".join(ENDS))
        if words.strip():
            found.append((at, at + len(words)))
        at += len(line)
    return found


ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _lines(mark: AnnotationRow, number: int, text: str, names: Names) -> Iterator[str]:
    """One annotation. Its lines have the number of its T; those of N begin with it, for there are several."""
    spans = fragments(text, mark.start, mark.end)
    places = ";".join(f"{start} {end}" for start, end in spans)
    words = " ".join(text[start:end] for start, end in spans)
    yield f"T{number}\t{mark.kind} {places}\t{words}"
    if mark.claim.cert:
        yield f"A{number}\tCertainty T{number} {mark.claim.cert}"
    if mark.entry:
        known = {REGISTER: mark.entry.key}
        known |= {AUTHORITIES[field].name: bare(uri) for field, uri in names.known(mark).items()}
        for k, (base, id) in enumerate(known.items()):
            yield f"N{number * 10 + k}\tReference T{number} {base}:{id}\t{names.of(mark)}"
    yield f"#{number}\tAnnotatorNotes T{number}\t{_note(mark)}"


def _note(mark: AnnotationRow) -> str:
    """All else in one line: brat knows one note a span."""
    told = {"id": mark.id, "value": mark.value, **flat(mark)}
    told.pop("cert", None)
    return " | ".join(f"{key}: {' '.join(value.split())}" for key, value in told.items() if value)


def _configuration(kinds: list[str]) -> str:
    values = "|".join(CERTAINTIES)
    return (
        "[entities]\n"
        + "".join(f"{kind}\n" for kind in kinds)
        + "[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
        + f"[events]\n[attributes]\nCertainty\tArg:<ENTITY>, Value:{values}\n"
    )


def _tools(edition: Edition) -> str:
    """Where the databases of N lines are: brat links to them. Those of our own keys are nowhere."""
    used = {
        field
        for entry in edition.project.registers.entries.values()
        for field in AUTHORITIES
        if entry.text(field)
    }
    lines = (
        f"{authority.name}\t<URL>:{authority.uri.partition('{')[0]}, <URLBASE>:{authority.uri.replace('{}', '%s')}\n"
        for field, authority in AUTHORITIES.items()
        if field in used
    )
    return "[normalization]\n" + "".join(lines)


WRITER = Writer(
    name="brat",
    tool="brat; INCEpTION and spaCy tools that read its standoff",
    carries="every annotation on words: kind, certainty, identifiers; all else in a note",
    cannot="points between words, annotations on no words, blocks, the header; paragraphs of a note run on",
    opened="pybrat: the words of each annotation, line by line, are those of the seed",
    about="Put the folder into brat's data directory: NAME.txt and NAME.ann a text, annotation.conf with the kinds, tools.conf "
    "with the addresses of authorities. An annotation that runs over the end of a line is one with several fragments. Certainty "
    "is the attribute Certainty; N lines give the key of the register and the identifiers of authorities; the note holds "
    "identifier, value, editor, sources and comment. Offsets count code points.",
    subjects=("annotations",),
    write=write,
)
