"""Every entity, date and emendation of the reference tables is annotated, or left out with a reason.

A row is met by line and surface form; the keys of the edition are its own. The tables stand beside the
checkout (EDITION_SHARED).
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from tools import missing

PROJECT = Path(__file__).parent.parent
REFERENCE = Path(os.environ.get("EDITION_SHARED") or PROJECT.parent / "shared") / "reference"
SEEDS = {"reiss-1937": "002_b1ebdd057500230e.txt", "trotzki-exil": "000_cac00bd2c1e8b70d.txt"}
ROWS = {
    ("reiss-1937", "entities"): 62,
    ("reiss-1937", "dates"): 14,
    ("reiss-1937", "emendations"): 31,
    ("trotzki-exil", "entities"): 45,
    ("trotzki-exil", "dates"): 25,
    ("trotzki-exil", "emendations"): 34,
}

Place = tuple[str, str, int, int, str, int]  # kind, value, start, end, text, line
Row = dict[str, str]


def anchored(name: str) -> list[Place]:
    """What the edition claims of one seed, place by place.

    A gloss or footnote gives a second entry: kind `voice`, value the key of its voice. A point has no text;
    a footnote stands at its marker and at its body. A `div: residue` of the structure is of the kind `residue`.
    """
    from edition.pipeline import anchor_document
    from edition.read.project import document, load

    project, _ = load(PROJECT)
    this, told = document(project, name)
    assert this is not None, told
    source, found = this.seed.source, []
    anchoring = anchor_document(this, project)
    for block in anchoring.blocks:
        if block.type == "residue":
            text, line = source.text[block.start : block.end], source.line_column(block.start)[0]
            found.append(("residue", "", block.start, block.end, text, line))
    for a in anchoring.anchored:
        text, line = source.text[a.start : a.end], source.line_column(a.start)[0]
        found.append((a.claim.kind, a.claim.value, a.start, a.end, text, line))
        if a.claim.voice:
            found.append(("voice", a.claim.voice, a.start, a.end, text, line))
    return found


@cache
def places(name: str) -> tuple[Place, ...]:
    return tuple(anchored(name))


@cache
def seed_lines(name: str) -> tuple[str, ...]:
    return tuple((PROJECT / "seeds" / f"{name}.txt").read_text(encoding="utf-8").split("\n"))


def table(name: str, kind: str) -> list[Row]:
    """The rows of one seed in one table; quotation marks are text there."""
    path = REFERENCE / f"{kind}.tsv"
    if not path.is_file():
        missing(f"{path} is not there: set EDITION_SHARED to the folder that holds reference/")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["seed"] == SEEDS[name]]


@cache
def registers() -> dict[str, str]:
    """Every key, and the register it stands in."""
    found: dict[str, str] = {}
    for path in sorted((PROJECT / "annotations" / "registers").glob("*.yaml")):
        for register, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found |= dict.fromkeys(entries, register)
    return found


@cache
def left_out(name: str, kind: str) -> dict[str, str]:
    settings = yaml.safe_load((PROJECT / "annotations" / "edition.yaml").read_text(encoding="utf-8"))
    rows = [r for r in settings.get("left_out", []) if r["seed"] == name and r["table"] == kind]
    assert len({r["row"] for r in rows}) == len(rows), "a row is left out twice"
    return {r["row"]: r["reason"] for r in rows}


# entities

REGISTERS = {
    "person": {"people"},
    "group": {"groups"},
    "place": {"places"},
    "org": {"orgs", "groups"},  # what is called by one name and is no body is a group
    "event": {"events"},
    "work": {"works"},
    "object": {"objects"},
    "voice": {"voices"},
}


@dataclass(frozen=True)
class Mention:
    words: str
    line: int
    count: int


def mentions(forms: str) -> Iterator[Mention]:
    """`Lenin's [L23] | Lenin [L27×2]` → what is mentioned where, and how often on that line."""
    for form in forms.split(" | "):
        words, _, where = form.rpartition(" [")
        for at in where.rstrip("]").split(", "):
            line, _, count = at.removeprefix("L").partition("×")
            yield Mention(words, int(line), int(count or 1))


def bare(words: str) -> str:
    """Without quotation marks and possessive: an editor may leave both outside the name."""
    return re.sub(r"['’]s?$", "", words.strip('"“” '))


def holds(text: str, words: str) -> bool:
    """Whole words: “II” is not in “III”."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def keys_of(name: str, type_: str, mention: Mention) -> set[str]:
    """Keys of the right register that stand often enough at such a place, in a mention (or as `rs`)."""
    spans: dict[str, set[tuple[int, int]]] = {}
    for kind, value, start, end, text, line in places(name):
        fits = kind in (type_, "rs", "group") and registers().get(value) in REGISTERS[type_]
        if fits and line == mention.line and holds(text, bare(mention.words)):
            spans.setdefault(value, set()).add((start, end))
    return {value for value, found in spans.items() if len(found) >= mention.count}


def missing_entity(name: str, row: Row) -> str:
    """Why the row is not met: one and the same key must stand at all its places."""
    type_ = "voice" if row["key"].startswith("gloss_") else row["type"]
    common: set[str] | None = None
    for mention in mentions(row["surface_forms"]):
        keys = keys_of(name, type_, mention)
        if not keys:
            often = "" if mention.count == 1 else f" {mention.count} times"
            return f"{row['key']}: “{mention.words}” in line {mention.line} is not annotated{often}"
        common = keys if common is None else common & keys
    return "" if common else f"{row['key']}: its mentions carry different keys"


# dates


def missing_date(name: str, row: Row) -> str:
    """A preposition may stay outside the date."""
    kinds, line, words = {"date", "duration"}, int(row["line"]), row["expression"].removeprefix("im ")
    found = {p[2:4] for p in places(name) if p[0] in kinds and p[5] == line and holds(p[4], words)}
    often = int(row["occurrences_on_line"])
    return "" if len(found) >= often else f"line {line}: “{words}” has {len(found)} of {often} dates"


# emendations

CHANGES = {"correction", "normalization", "expansion", "supplied", "gap", "surplus"}
ANSWERS = {  # by the begin of the row's kind; all others want a change of the text
    "factual error": {"note"},
    "note": {"footnote", "note"},
    "duplicated heading": {"note", "surplus"},
    "interface residue": {"surplus"},
    "page furniture": {"surplus", "residue"},
    "suspected loss": {"gap", "supplied"},
}


def answers(row: Row) -> set[str]:
    """Kinds that meet a row: where its proposal is only probable, a note is an answer too."""
    default = CHANGES if row["certainty"] == "certain" else CHANGES | {"note"}
    return next((kinds for begin, kinds in ANSWERS.items() if row["kind"].startswith(begin)), default)


def missing_emendation(name: str, row: Row) -> str:
    """An answer must stand at, in or around the words; and a certain proposal is what is read."""
    line, words = int(row["line"]), row["original"]
    lines = seed_lines(name)
    column = lines[line - 1].find(words)
    if column < 0:
        return f"line {line}: “{words}” is not in the seed"
    start = sum(len(text) + 1 for text in lines[: line - 1]) + column
    end = start + len(words)
    touching = any(
        kind in answers(row) and a <= end and start <= b and (a < end or a == b)
        for kind, _, a, b, _, _ in places(name)
    )
    if not touching:
        return f"line {line}: “{words}” is neither emended nor remarked on"
    read, proposed = reading(name, start, end), row["proposed"]
    with_severities = row["certainty"] == "certain" and proposed and not proposed.startswith("(no change")
    same = only_words(read) == only_words(proposed)
    return f"line {line}: read “{read}”, proposed “{proposed}”" if with_severities and not same else ""


def reading(name: str, start: int, end: int) -> str:
    """A passage of the seed as the edition reads it: corrected, completed, without what is surplus."""
    seed, out, at = "\n".join(seed_lines(name)), "", start
    for kind, value, a, b, _, _ in sorted(places(name), key=lambda p: (p[2], p[2] != p[3], -p[3])):
        if kind in CHANGES - {"gap"} and at <= a and b <= end:
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", value)
            out, at = out + seed[at:a] + ("" if kind == "surplus" else plain), b
    return out + seed[at:end]


def only_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# the tests

CHECKS: dict[str, Callable[[str, Row], str]] = {
    "entities": missing_entity,
    "dates": missing_date,
    "emendations": missing_emendation,
}
NAMES: dict[str, Callable[[Row], str]] = {
    "entities": lambda row: row["key"],
    "dates": lambda row: f"{row['line']}: {row['expression']}",
    "emendations": lambda row: f"{row['line']}: {row['original']}",
}
EVERY = [(name, kind) for name in SEEDS for kind in CHECKS]


@pytest.mark.parametrize("name", SEEDS)
def test_the_seed_is_the_one_of_the_tables(name: str) -> None:
    table(name, "entities")
    given = (REFERENCE.parent / "seeds" / SEEDS[name]).read_bytes()
    assert (PROJECT / "seeds" / f"{name}.txt").read_bytes() == given


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_every_row_is_annotated_or_left_out(name: str, kind: str) -> None:
    rows = table(name, kind)
    assert len(rows) == ROWS[name, kind]
    rest = [row for row in rows if NAMES[kind](row) not in left_out(name, kind)]
    missing = [why for row in rest if (why := CHECKS[kind](name, row))]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_what_is_left_out_is_a_row_and_has_a_reason(name: str, kind: str) -> None:
    known = {NAMES[kind](row) for row in table(name, kind)}
    for row, reason in left_out(name, kind).items():
        assert row in known, f"{row} is in no row of {kind}.tsv"
        assert len(reason.split()) > 3, f"{row} is left out without a reason"


def test_mentions_are_read() -> None:
    lenin, glosses = "Lenin's [L23] | Lenin [L27×2]", "E. H. [L13×3, L36]"
    assert list(mentions(lenin)) == [Mention("Lenin's", 23, 1), Mention("Lenin", 27, 2)]
    assert list(mentions(glosses)) == [Mention("E. H.", 13, 3), Mention("E. H.", 36, 1)]
    forms = ("Lenin's", "E. Telman’s", 'sixteen"', "Drobnis")
    assert [bare(form) for form in forms] == ["Lenin", "E. Telman", "sixteen", "Drobnis"]
    assert holds("Neither II nor III", "II") and not holds("III Internationals", "II")
