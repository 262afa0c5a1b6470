"""Every key resolves, wherever it stands; entries that are not used, or stand there twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking import SETTINGS, lines, told, written
from edition.app.commands import build
from edition.checks.register_entries import REFERENCES
from edition.format.yaml import read_yaml
from edition.model.annotation import Entry, Registers
from edition.model.edition import Edition, Project
from edition.model.nodes import Mapping
from edition.model.source import Source
from edition.pipeline import CHECKS
from pages import put

SEED = "Goethe came to Weimar in 1801 (an old man. - A. B.) and wrote.\n"
REGISTERS = """\
people:
  goethe: {name: Goethe}
places:
  weimar: {name: Weimar}
orgs:
  club: {name: Club}
voices:
  AB: {name: A. B., signs: ["A. B."], identified: no}
bibliography:
  book: {title: Book}
witnesses:
  A: {name: Copy A}
taxonomy:
  irony: {name: Irony}
"""
GOETHE = "- {person: goethe, quote: Goethe"

IN_TEXTS = {
    "author": ("header: {author: nobody}", "E401"),
    "sender": ("header: {correspondence: {from: nobody}}", "E401"),
    "addressee": ("header: {correspondence: {to: nobody}}", "E401"),
    "place of sending": ("header: {correspondence: {place: nobody}}", "E401"),
    "source of the place": ("header: {correspondence: {place: {place: weimar, source: nobody}}}", "E401"),
    "a print": ("header: {source: {printed: [nobody]}}", "E401"),
    "translator": ("header: {translation: {from: de, by: nobody}}", "E401"),
    "who revised": ("header: {revisions: [{when: 2026, what: All, by: nobody}]}", "E401"),
    "link in the abstract": ('header: {abstract: "On [him](person:nobody)."}', "E401"),
    "link on the origin": ('header: {source: {about: "On [him](person:nobody)."}}', "E401"),
    "mention": ("annotations: [{person: nobody, quote: Goethe}]", "E401"),
    "mention of another sort": ("annotations: [{person: weimar, quote: Weimar}]", "E404"),
    "alternative": (f"annotations: [{GOETHE[2:]}, or: [{{person: nobody}}]}}]", "E401"),
    "further claim": (f"annotations: [{GOETHE[2:]}, also: [{{rs: nobody}}]}}]", "E401"),
    "editor": (f"annotations: [{GOETHE[2:]}, by: nobody}}]", "E401"),
    "editor of a group": (f"annotations: [{{by: nobody, annotations: [{GOETHE[2:]}}}]}}]", "E401"),
    "source": (f"annotations: [{GOETHE[2:]}, source: [book, nobody]}}]", "E401"),
    "link in a comment": (f'annotations: [{GOETHE[2:]}, comment: "[He](person:nobody)."}}]', "E401"),
    "link in a note": ('annotations: [{note: "See [him](person:nobody).", quote: Goethe}]', "E401"),
    "link to a note": ('annotations: [{note: "See [there](note:nobody).", quote: Goethe}]', "E403"),
    "link in a correction": ('annotations: [{correction: "[He](person:nobody)", quote: Goethe}]', "E401"),
    "annotation in a note": (
        "annotations: [{note: {text: So Goethe., annotations: [{person: nobody, quote: Goethe}]}, quote: came}]",
        "E401",
    ),
    "on another annotation": ("annotations: [{note: So., on: nobody}]", "E403"),
    "voice": ("annotations: [{gloss: signed, quote: an old man, voice: nobody}]", "E401"),
    "voice of a heading": ("structure: [{head: {quote: Goethe}, voice: nobody}]", "E401"),
    "witness": ("annotations: [{reading: Göthe, quote: Goethe, witness: [A, nobody]}]", "E401"),
    "a witness that is none": ("annotations: [{reading: Göthe, quote: Goethe, witness: goethe}]", "E404"),
    "category": ("annotations: [{interpretation: nobody, quote: Goethe}]", "E401"),
    "relation from": ("annotations: [{relation: friend, active: nobody, passive: goethe}]", "E401"),
    "relation to": ("annotations: [{relation: friend, active: goethe, passive: nobody}]", "E401"),
    "relation between": ("annotations: [{relation: friend, mutual: [goethe, nobody]}]", "E401"),
    "ends of a link": ("annotations: [{link: allusion, on: [nobody, nowhere]}]", "E403"),
    "target of a link": ('annotations: [{ref: "#nobody", quote: Goethe}]', "E604"),
    "reign": ("annotations: [{date: 0002, reign: nobody, quote: '1801'}]", "E401"),
    "who speaks": ("structure: [{sp: {quote: Goethe}, who: nobody}]", "E401"),
    "an id that is the key of an entry": (f"annotations: [{GOETHE[2:]}, id: weimar}}]", "E402"),
}


@pytest.mark.parametrize("what", IN_TEXTS)
def test_a_key_in_a_text_that_is_nowhere_is_an_error(what: str, tmp_path: Path) -> None:
    body, code = IN_TEXTS[what]
    written(tmp_path, SEED, body, REGISTERS)
    (tmp_path / "annotations/letter.yaml").write_text(f"edition: 1\n{body}\n", "utf-8")
    found = told(tmp_path)
    assert code in {d.rule.code for d in found}, lines(found)
    assert all(d.labels and str(d.labels[0].span) for d in found)


def test_an_id_is_unique_in_its_text_and_may_stand_in_another(tmp_path: Path) -> None:
    """Every text is a file of its own, and nothing points from one into the other."""
    claim = "  - {person: goethe, quote: Goethe, id: g}\n"
    assert told(written(tmp_path, SEED, claim, REGISTERS, other=claim)) == []
    twice = claim + "  - {place: weimar, quote: Weimar, id: g}\n"
    assert {d.rule.code for d in told(written(tmp_path, SEED, twice, REGISTERS))} == {"E402"}


@pytest.mark.parametrize(
    "value", ["1938/1937", "1937-13", '"[1938..1937]"', "{date: 1938/1937, calendar: julian}"]
)
@pytest.mark.parametrize("field", ["date: §", "correspondence: {sent: §}", "correspondence: {received: §}"])
def test_dates_of_a_header_are_dates_and_in_order(field: str, value: str, tmp_path: Path) -> None:
    header = "{" + field.replace("§", value) + "}"
    assert [d.rule.code for d in told(written(tmp_path, SEED, "", REGISTERS, header))] == ["E501"]


IN_REGISTERS = {
    "place of birth": ("people", "name: X, born: {date: 1899, place: nobody}"),
    "source of a birth": ("people", "name: X, born: {date: 1899, source: nobody}"),
    "source": ("people", "name: X, source: [nobody]"),
    "source of a name": ("people", "name: X, names: {de: {text: Y, source: nobody}}"),
    "related": ("people", "name: X, relations: [{name: friend, to: nobody}]"),
    "source of a relation": ("people", "name: X, relations: [{name: friend, to: goethe, source: nobody}]"),
    "link": ("people", 'name: X, about: "See [him](person:nobody)."'),
    "around": ("places", "name: X, within: nobody"),
    "country": ("places", "name: X, country: nobody"),
    "members of a body": ("orgs", "name: X, members: [nobody]"),
    "earlier body": ("orgs", "name: X, predecessor: nobody"),
    "later body": ("orgs", "name: X, successor: nobody"),
    "members of a group": ("groups", "name: X, members: [nobody]"),
    "author of a work": ("works", "name: X, author: nobody"),
    "participant": ("events", "name: X, participants: [nobody]"),
    "where": ("events", "name: X, place: nobody"),
    "author of a book": ("bibliography", "title: X, author: nobody"),
    "wider category": ("taxonomy", "name: X, within: nobody"),
    "source of a category": ("taxonomy", "name: X, source: nobody"),
    "source of a witness": ("witnesses", "name: X, source: nobody"),
    "source of a voice": ("voices", "name: X, source: nobody"),
    "who a voice is": ("voices", "name: X, identified: nobody"),
}
USES = {
    "people": "person: it", "places": "place: it", "orgs": "org: it", "groups": "group: it", "works": "work: it",
    "events": "event: it", "bibliography": "bibl: it", "taxonomy": "interpretation: it",
    "witnesses": "reading: Göthe, witness: it", "voices": "gloss: signed, voice: it",
}  # fmt: skip


@pytest.mark.parametrize("used", [True, False], ids=["used", "unused"])
@pytest.mark.parametrize("what", IN_REGISTERS)
def test_a_key_in_a_register_that_is_nowhere_is_an_error(what: str, used: bool, tmp_path: Path) -> None:
    register, entry = IN_REGISTERS[what]
    more = f"  it: {{{entry}}}\n"
    whole = REGISTERS.replace(f"{register}:\n", f"{register}:\n{more}")
    whole = whole if whole != REGISTERS else f"{REGISTERS}{register}:\n{more}"
    use = f"  - {{{USES[register]}, quote: Goethe}}\n" if used else ""
    found = told(written(tmp_path, SEED, use, whole))
    assert [(d.rule.code, d.labels[0].span.source.name) for d in found] == [
        ("E401", "annotations/registers/all.yaml")
    ], lines(found)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("name: X, born: 1899-13", "E501"),
        ("name: X, born: 1901/1899", "E501"),
        ("name: X, died: {date: 1901-02-30}", "E501"),
        ("name: X, gnd: 1", "E122"),
        ("name: X, names: {de: {text: Y, from: 1900, to: 1800}}", "E501"),
    ],
)
@pytest.mark.parametrize("used", [True, False], ids=["used", "unused"])
def test_a_fault_of_an_entry_is_told_once(entry: str, code: str, used: bool, tmp_path: Path) -> None:
    use = "  - {person: it, quote: Goethe}\n" if used else ""
    found = told(written(tmp_path, SEED, use, f"people:\n  it: {{{entry}}}\n"))
    assert [d.rule.code for d in found] == [code]


UNUSED = """\
people:
  goethe: {name: Goethe, born: {date: 1749, place: frankfurt, source: book}}
  nobody: {name: Nobody, source: other}
places:
  frankfurt: {name: Frankfurt}
  nowhere: {name: Nowhere}
voices:
  AB: {name: A. B., signs: ["A. B."], identified: no}
  CD: {name: C. D., signs: ["C. D."], identified: no}
bibliography:
  book: {title: Book, author: goethe}
  other: {title: Other book}
witnesses:
  A: {name: A}
taxonomy:
  irony: {name: Irony}
"""
GLOSS = "  - {gloss: signed, match: '\\(.* - (?P<voice>A\\. B\\.)\\)', count: 1}\n  - {person: goethe, quote: Goethe}\n"


def test_entries_that_no_text_uses(tmp_path: Path) -> None:
    """What an entry in use points at is used as well; each is told once, at its key."""
    found = told(
        written(tmp_path, SEED, GLOSS, UNUSED, other="  - {place: nowhere, quote: Weimar}\n"), "I411"
    )
    assert [d.labels[0].span.text for d in found] == ["nobody", "CD", "other", "A", "irony"]
    assert found[0].message == "neither of the two texts uses “nobody” of the register of people"


def test_a_category_and_a_witness_are_used_by_what_points_at_them(tmp_path: Path) -> None:
    use = "  - {interpretation: irony, quote: came}\n  - {reading: Göthe, quote: Goethe, witness: A}\n"
    found = told(written(tmp_path, SEED, GLOSS + use, UNUSED), "I411")
    assert [d.labels[0].span.text for d in found] == ["nobody", "nowhere", "CD", "other"]


def test_nothing_is_unused_as_long_as_not_all_texts_are_there(tmp_path: Path) -> None:
    from edition.app import commands

    written(tmp_path, SEED, GLOSS, UNUSED, other="")
    assert not [d for d in commands.check(tmp_path, ["letter"]).diagnostics if d.rule.code == "I411"]
    broken = told(written(tmp_path, SEED, "  - {person: goethe, quote: Göthe}\n", UNUSED), "I411")
    assert [d.rule.code for d in broken] == ["E201"]


def test_an_ignore_beside_an_entry(tmp_path: Path) -> None:
    entries = "people:\n  goethe: {name: Goethe, ignore: {I411: He comes later.}}\n"
    assert told(written(tmp_path, SEED, "", entries), "I411", "W127") == []


ALIKE = {
    "people:\n  a: {name: X, gnd: 118642499}\n  b: {name: Y, gnd: 'https://d-nb.info/gnd/118642499'}\n": [
        "W412 b a"
    ],
    "people:\n  a: {name: X, wikidata: Q1}\nplaces:\n  b: {name: Y, wikidata: Q1}\n": ["W412 b a"],
    "works:\n  a: {name: X, wikidata: Q1}\nbibliography:\n  b: {title: Y, wikidata: Q1}\n": [],
    "people:\n  a: {name: X, wikidata: Q1}\n  b: {name: Y, wikidata: Q2}\n": [],
    "people:\n  a: {name: X, geonames: 855}\n  b: {name: Y, viaf: 855}\n": [],
    "people:\n  a: {name: X Y, born: 1801}\n  b: {name: x  y, born: 1801}\n": ["W413 b a"],
    "people:\n  a: {name: X, born: 1801}\n  b: {name: X, born: {date: 1801, cert: low}}\n": ["W413 b a"],
    "people:\n  a: {name: X, born: 1801}\n  b: {name: Y, names: {de: X}, born: 1801}\n": ["W413 b a"],
    "people:\n  a: {name: X, born: 1801}\n  b: {name: X, born: 1802}\n": [],
    "people:\n  a: {name: X, born: 1801}\n  b: {name: X, born: 1801, died: 1802}\n": [],
    "people:\n  a: {name: X}\n  b: {name: X}\n": [],
    "people:\n  a: {name: X, born: 1801}\norgs:\n  b: {name: X, founded: 1801}\n": [],
    "bibliography:\n  a: {title: X, author: Y, date: 1801}\n  b: {title: X, author: Y, date: 1801, pages: 3}\n": [],
    "bibliography:\n  a: {title: X, author: Y, date: 1801}\n  b: {title: X, author: Y, date: 1801}\n": [
        "W413 b a"
    ],
}


@pytest.mark.parametrize("entries", ALIKE)
def test_entries_that_stand_there_twice(entries: str, tmp_path: Path) -> None:
    found = told(written(tmp_path, SEED, "", entries), "W412", "W413")
    keys = [
        f"{d.rule.code} {d.message.split('“')[1][0]} {d.message.split('“')[2][0]}"
        for d in found
        if not d.is_error
    ]
    assert keys == ALIKE[entries]
    assert all(len(d.labels) == 2 for d in found if not d.is_error)


def entries(text: str) -> list[Entry]:
    source = Source("registers.yaml", text)
    node, _ = read_yaml(source)
    assert isinstance(node, Mapping)
    return [
        Entry(register, key, entry, source, inner.keys[key])
        for register, inner in node.items.items()
        if isinstance(inner, Mapping)
        for key, entry in inner.items.items()
        if isinstance(entry, Mapping)
    ]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("XYZ"),
        st.sampled_from(("1801", "1802", "1801~")),
        st.sampled_from(("Q1", "Q2", "Q3")),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(rows: list[tuple[str, str, str]], random: Random) -> None:
    """Which of two is told first may change, and never how many findings there are of a rule."""
    text = "people:\n" + "".join(
        f"  k{n}: {{name: {name}, born: {born}, wikidata: {item}}}\n"
        for n, (name, born, item) in enumerate(rows)
    )
    found = entries(text) if rows else []
    mixed = found[:]
    random.shuffle(mixed)

    def counted(order: list[Entry]) -> list[str]:
        edition = Edition(Project(Path(), registers=Registers({e.key: e for e in order})))
        return sorted(d.rule.code for check in REFERENCES for d in check(edition))

    assert counted(found) == counted(mixed)


def test_every_check_is_listed_once() -> None:
    assert set(REFERENCES) <= set(CHECKS) and len(CHECKS) == len(set(CHECKS))


def test_what_a_broken_edition_yaml_declares_is_not_missed(tmp_path: Path) -> None:
    """Its own mistake is told; its types, its editors and what out/ has from it are not told to be missing."""
    folder = written(tmp_path, "A (b) c.\n", "  - {gloss: signed, quote: (b), by: xx}\n")
    build(folder)
    put(folder / "annotations/edition.yaml", f"{SETTINGS}rules: {{W512: of}}\n".encode())
    assert [d.rule.code for d in told(folder, "W631", "E126")] == ["E122"]
