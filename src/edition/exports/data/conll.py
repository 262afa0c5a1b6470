"""CoNLL-U and CoNLL-2002: one word a line, names as IOB2. Names do not nest there: of those that do, the outer one stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edition.exports.annotations import NO_WORDS, AnnotationRow, annotation_rows
from edition.exports.tokens import text_units, tokens
from edition.exports.uris import Names, bare
from edition.exports.writer import Export, Lost, Omission, Writer
from edition.model.edition import Built, Edition
from edition.model.spans import Place
from edition.read.project import language

# The tags of CoNLL-2002.
TAGS = {
    "person": "PER",
    "place": "LOC",
    "org": "ORG",
    "work": "MISC",
    "event": "MISC",
    "object": "MISC",
    "group": "MISC",
}
IDENTIFIERS = {"wikidata": "Wikidata", "gnd": "GND", "viaf": "VIAF", "geonames": "GeoNames"}


def write(edition: Edition) -> Export:
    files: dict[str, bytes] = {}
    lost: list[Lost] = []
    for built in edition.documents:
        found = text_units(built)
        names: list[AnnotationRow] = []
        for mark in annotation_rows(edition.project, built):
            if why := _unfit(mark, names, found):
                lost.append(Lost(mark.key, why))
            else:
                names.append(mark)
        files[f"{built.name}.conllu"] = _conllu(edition, built, found, names).encode()
        files[f"{built.name}.conll"] = _conll(built, found, names).encode()
    return Export(files, tuple(lost))


def _unfit(mark: AnnotationRow, names: list[AnnotationRow], found: Iterable[Place]) -> str:
    """Why a mark is no name of CoNLL, or "". `names`: those before it; marks come in the order of their places."""
    if not mark.placed:
        return NO_WORDS
    if mark.kind not in TAGS:
        return "CoNLL tags names only"
    if names and mark.start < names[-1].end:
        return "it stands in another name or crosses it, and names of CoNLL do not overlap"
    if not any(start <= mark.start and mark.end <= end for start, end in found):
        return "it runs over the end of a paragraph or line"
    return ""


Row = tuple[
    int, int, AnnotationRow | None, str
]  # start and end of a token; the name it stands in, and its tag


def _rows(text: str, unit: Place, names: Iterable[AnnotationRow]) -> Iterator[Row]:
    """Tokens of a unit. One is cut where a name begins or ends in it, so that every name is of whole tokens."""
    inside = [mark for mark in names if unit[0] <= mark.start and mark.end <= unit[1]]
    edges = {edge for mark in inside for edge in (mark.start, mark.end)}
    ahead = iter([*inside, None])
    name = next(ahead)
    letter = "B"
    for start, end in tokens(text, *unit, edges):
        while name and name.end <= start:
            name, letter = next(ahead), "B"
        if name and name.start <= start:
            yield start, end, name, f"{letter}-{TAGS[name.kind]}"
            letter = "I"
        else:
            yield start, end, None, "O"


def _conllu(edition: Edition, built: Built, found: Iterable[Place], names: list[AnnotationRow]) -> str:
    text = built.document.seed.text
    known = Names(edition.project, language(edition.project, built.document))
    lines = [f"# newdoc id = {built.name}\n"]
    for k, unit in enumerate(found, 1):
        lines.append(f"# newpar\n# sent_id = {built.name}-{k}\n# text = {_plain(text[slice(*unit)])}\n")
        rows = list(_rows(text, unit, names))
        for n, (start, end, mark, tag) in enumerate(rows, 1):
            after = rows[n][0] if n < len(rows) else end + 1
            misc = _misc(mark, tag, known) + (["SpaceAfter=No"] if after == end else [])
            fields = [str(n), text[start:end], *"_______", "|".join(sorted(misc)) or "_"]
            lines.append("\t".join(fields) + "\n")
        lines.append("\n")
    return "".join(lines)


def _plain(words: str) -> str:
    """Words as `# text` has them: a space between tokens is one space."""
    return " ".join(words.split())


def _misc(mark: AnnotationRow | None, tag: str, known: Names) -> list[str]:
    if mark is None:
        return []
    found = {"NER": tag}
    if tag.startswith("B"):
        found |= {"Id": mark.id, "Entity": mark.value, "Cert": mark.claim.cert}
        uris = known.known(mark)
        found |= {name: bare(uris[field]) for field, name in IDENTIFIERS.items() if field in uris}
    return [f"{key}={value}" for key, value in found.items() if value]


def _conll(built: Built, found: Iterable[Place], names: list[AnnotationRow]) -> str:
    text = built.document.seed.text
    return "".join(
        "".join(f"{text[a:b]} {tag}\n" for a, b, _, tag in _rows(text, unit, names)) + "\n" for unit in found
    )


WRITER = Writer(
    name="conll",
    tool="taggers and corpora: spaCy, Flair, Stanza, UDPipe",
    carries="names of people, places, bodies, works, events, objects and groups, with their keys and identifiers",
    cannot="names in names, descriptions, dates, notes and all else; blocks but as units of text",
    opened="conllu: the words of each name are those of the seed",
    about="Two files a text. NAME.conllu is CoNLL-U: the columns of grammar are empty; MISC holds NER (B-PER, I-LOC …), and where "
    "a name begins Entity (the key of the register), Id, Cert, Wikidata, GND, VIAF, GeoNames. NAME.conll is CoNLL-2002: a word, a "
    "space, its tag. The tags are PER, LOC, ORG, and MISC for works, events, objects and groups. What CoNLL calls a sentence is "
    "here a whole unit of text (a paragraph, a heading, a line of verse): no sentence is guessed. In scripts without spaces each "
    "character is a word.",
    subjects=("annotations",),
    write=write,
    omits=(Omission("CoNLL has no column for it", "by source comment or use"),),
)
