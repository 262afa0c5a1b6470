"""What cannot have been so; and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checking import told, written

SEED = "Stalin talked in May 1935 with Roy Howard, and Reiss wrote of it.\n"
PEOPLE = """\
people:
  reiss: {name: Ignace Reiss, born: 1899-01-01, died: 1937-09-04}
  stalin: {name: Joseph Stalin, born: 1878-12-18, died: 1953-03-05}
  howard: {name: Roy W. Howard, born: 1883-01-01, died: 1964-11-20}
  goethe: {name: Goethe, born: 1749-08-28, died: 1832-03-22}
  nin: {name: Andreu Nin, born: 1892, died: 1937-06-20?}
  unsure: {name: Unsure, died: {date: 1937-06-20, cert: low}}
  infant: {name: Infant, born: 1950-01}
orgs:
  gestapo: {name: Gestapo, founded: 1933, dissolved: 1945}
"""
LIVES = {  # name → header, more registers, what is told
    "a dead sender": (
        "correspondence: {from: reiss, to: stalin, sent: 1937-09-12}",
        "",
        ["Ignace Reiss died on 1937-09-04, eight days before this letter was sent (1937-09-12)"],
    ),
    "on the day of the death": ("correspondence: {from: reiss, sent: 1937-09-04}", "", []),
    "in the year of the death": ("correspondence: {from: reiss, sent: 1937}", "", []),
    "a sender not born": (
        "correspondence: {from: infant, sent: 1937-09-12}",
        "",
        ["Infant was born in 1950-01, twelve years after this letter was sent (1937-09-12)"],
    ),
    "a dead addressee": (
        "correspondence: {to: goethe, sent: 1937}",
        "",
        ["Goethe died on 1832-03-22, 105 years before this letter was sent to them (1937)"],
    ),
    "received too late": (
        "correspondence: {to: reiss, sent: 1937-09-01, received: 1937-10}",
        "",
        ["Ignace Reiss died on 1937-09-04, one month before this letter was received (1937-10)"],
    ),
    "another calendar": ("correspondence: {from: reiss, sent: {date: 1937-08-22, calendar: julian}}", "", []),
    "another calendar, too late": (
        "correspondence: {from: reiss, sent: {date: 1937-08-23, calendar: julian}}",
        "",
        [
            "Ignace Reiss died on 1937-09-04, one day before this letter was sent (1937-08-23, Julian calendar)"
        ],
    ),
    "a text after the death": (
        "author: reiss, date: 1938",
        "",
        ["Ignace Reiss died on 1937-09-04, one year before this text was written (1938)"],
    ),
    "author and sender are told once": (
        "author: reiss, date: 1938, correspondence: {from: reiss, sent: 1938}",
        "",
        ["Ignace Reiss died on 1937-09-04, one year before this letter was sent (1938)"],
    ),
    "a doubted death": ("correspondence: {from: nin, sent: 1937-07-17}", "", []),
    "a death that is not sure": ("correspondence: {from: unsure, sent: 1937-07-17}", "", []),
    "a doubted death long ago": (
        "correspondence: {from: nin, sent: 1950}",
        "",
        ["Andreu Nin died on 1937-06-20?, 13 years before this letter was sent (1950)"],
    ),
    "a body": (
        "correspondence: {from: stalin, to: gestapo, sent: 1947}",
        "",
        ["Gestapo was dissolved in 1945, two years before this letter was sent to them (1947)"],
    ),
    "a name and no key": ("author: Somebody, date: 1938", "", []),
    "a participant": (
        "",
        "events:\n  trial: {name: Trial, date: 1936-08-19/1936-08-24, participants: [stalin, goethe]}\n",
        ["Goethe died on 1832-03-22, 104 years before “trial” (1936-08-19/1936-08-24)"],
    ),
    "a member": (
        "",
        "groups:\n  sixteen: {name: The Sixteen, date: 1936-08, members: [reiss, infant]}\n",
        ["Infant was born in 1950-01, 13 years after the time of “sixteen” (1936-08)"],
    ),
    "a work after the death": ("", "works:\n  late: {name: Late, author: goethe, date: 1937}\n", []),
    "a work written after the death": (
        "",
        "works:\n  late: {name: Late, author: goethe, date: 1901, published: 1937}\n",
        ["Goethe died on 1832-03-22, 69 years before “late” was written (1901)"],
    ),
    "a work before the birth": (
        "",
        "works:\n  early: {name: Early, author: goethe, date: 1701}\n",
        ["Goethe was born on 1749-08-28, 48 years after “early” was published (1701)"],
    ),
    "a spouse": (
        "",
        "people:\n  a: {name: A, relations: [{name: spouse, to: goethe, date: 1901}]}\n",
        ["Goethe died on 1832-03-22, 69 years before the relation “spouse” of “a” (1901)"],
    ),
    "a translator": (
        "",
        "people:\n  a: {name: A, relations: [{name: translator, to: goethe, date: 1901}]}\n",
        [],
    ),
}


@pytest.mark.parametrize("what", LIVES)
def test_lives(what: str, tmp_path: Path) -> None:
    header, more, expected = LIVES[what]
    both = PEOPLE.replace("people:\n", more) if more.startswith("people:") else PEOPLE + more
    found = told(written(tmp_path, SEED, "", both, f"{{{header}}}"), "W531")
    assert [d.message for d in found] == expected
    assert all(len(d.labels) == 2 for d in found)


EVENT = "events:\n  talk: {name: Talk, date: %s, participants: [stalin, goethe]}\n"
INSIDE = "  - {rs: talk, quote: talked in May 1935 with Roy Howard}\n"
DATE = "  - {date: 1935-05, quote: May 1935%s}\n"


@pytest.mark.parametrize(
    ("date", "annotations", "expected"),
    [
        ("1936-03-01", INSIDE + DATE % "", 1),
        ("1936-03-01", DATE % "" + INSIDE, 1),
        ("1935-05-17", INSIDE + DATE % "", 0),
        ("1935", INSIDE + DATE % "", 0),
        ("1935-06~", INSIDE + DATE % "", 0),
        ("1936-03-01", INSIDE + DATE % ", cert: low", 0),
        ("1936-03-01", INSIDE + DATE % ", or: [{date: 1936}]", 0),
        ("1936-03-01", "  - {rs: talk, quote: with Roy Howard}\n" + DATE % "", 0),
        ("1936-03-01", "  - {rs: talk, quote: May}\n" + DATE % "", 0),
    ],
)
def test_a_date_in_the_words_of_an_event(date: str, annotations: str, expected: int, tmp_path: Path) -> None:
    found = told(written(tmp_path, SEED, annotations, PEOPLE + EVENT % date), "W533")
    assert len(found) == expected
    assert all(["1935-05", date] == [label.span.text for label in d.labels] for d in found)


def test_people_in_the_words_of_an_event(tmp_path: Path) -> None:
    """Who is not born; and of the dead only participants, for a funeral names them."""
    names = "  - {%s: %s, quote: Roy Howard%s}\n"
    whole = PEOPLE + EVENT % "1935"
    for person, more, told_of in (
        ("howard", "", []),
        ("infant", "", ["infant"]),
        ("infant", ", use: antonomasia", []),
        ("goethe", "", ["goethe", "goethe"]),  # in the register as well
    ):
        registers = whole if person == "goethe" else whole.replace(", goethe]", "]")
        body = INSIDE + DATE % "" + names % ("person", person, more)
        found = told(written(tmp_path, SEED, body, registers), "W531")
        assert [d.labels[0].span.text for d in found] == told_of
    dead = whole.replace(", goethe]", "]")
    assert (
        told(written(tmp_path, SEED, INSIDE + DATE % "" + names % ("person", "goethe", ""), dead), "W531")
        == []
    )


def test_an_event_within_another(tmp_path: Path) -> None:
    events = """\
events:
  war: {name: War, date: 1914/1918}
  battle: {name: Battle, date: 1915, relations: [{name: within, to: war}]}
  siege: {name: Siege, date: 1921, relations: [{name: within, to: war}]}
  feast: {name: Feast, date: 1921, relations: [{name: memory, to: war}]}
"""
    (one,) = told(written(tmp_path, SEED, "", events), "W533")
    assert one.message == "“siege” (1921) lies within “war”, and not in its time (1914/1918)"


@pytest.mark.parametrize(
    ("sent", "received", "expected"),
    [
        ("1937-07-17", "1937-07-07", ["on 1937-07-07, ten days before it was sent (1937-07-17)"]),
        ("1937-07-17", "1937-06", ["in 1937-06, one month before it was sent (1937-07-17)"]),
        ("1937-07-17", "1937-07-17", []),
        ("1937-07-17", "1937-07", []),
        ("1937-07-17", '"[..1937-08]"', []),
        ("1937-07-17~", "1937-07-07", []),
        (
            "{date: 1905-01-09, calendar: julian}",
            "1905-01-15",
            ["on 1905-01-15, seven days before it was sent (1905-01-09, Julian calendar)"],
        ),
        ("1905-01-09", "{date: 1905-01-01, calendar: julian}", []),
    ],
)  # fmt: skip
def test_a_letter_received_before_it_was_sent(
    sent: str, received: str, expected: list[str], tmp_path: Path
) -> None:
    header = f"{{correspondence: {{sent: {sent}, received: {received}}}}}"
    found = told(written(tmp_path, SEED, "", PEOPLE, header), "W532")
    assert [d.message.removeprefix("this letter was received ") for d in found] == expected


@pytest.mark.parametrize(
    ("register", "entry", "message"),
    [
        ("people", "name: X, born: 1901, died: 1899", "X died in 1899, before the birth in 1901"),
        ("people", "name: X, born: 1901, floruit: 1880/1890", "X was active (1880/1890), before the birth in 1901"),
        ("people", "name: X, floruit: 1880, died: 1870", "X died in 1870, before being active in 1880"),
        ("orgs", "name: X, founded: 1901, dissolved: 1899", "X was dissolved in 1899, before it was founded in 1901"),
        ("works", "name: X, date: 1901, published: 1899", "“X” was published in 1899, before it was written in 1901"),
        ("people", "name: X, born: 1901, died: 1901", ""),
        ("people", "name: X, born: 1901~, died: 1899", ""),
        ("people", "name: X, born: {date: 1901, cert: low}, died: 1899", ""),
        ("people", "name: X, died: 1899", ""),
    ],
)  # fmt: skip
def test_what_ends_before_it_begins(register: str, entry: str, message: str, tmp_path: Path) -> None:
    found = told(written(tmp_path, SEED, "", f"{register}:\n  x: {{{entry}}}\n"), "W534")
    assert [d.message for d in found] == [message] * bool(message)
    assert all(len(d.labels) == 2 for d in found)


@pytest.mark.parametrize(
    ("register", "field", "wrong"),
    [
        ("people", "geonames: 2950159", True),
        ("places", "geonames: 2950159", False),
        ("orgs", "geonames: 2950159", False),
        ("places", "orcid: 0000-0002-1825-0097", True),
        ("people", "orcid: 0000-0002-1825-0097", False),
        ("places", "isni: 000000012281955X", True),
        ("orgs", "isni: 000000012281955X", False),
        ("places", "gnd: 118642499", False),
        ("events", "wikidata: Q855", False),
    ],
)
def test_identifiers_of_another_sort(register: str, field: str, wrong: bool, tmp_path: Path) -> None:
    found = told(written(tmp_path, SEED, "", f"{register}:\n  x: {{name: X, {field}}}\n"), "W535")
    assert [[label.span.text for label in d.labels] for d in found] == [[field.split(": ")[1], "x"]] * wrong
