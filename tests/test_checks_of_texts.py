"""Coverage, text and fidelity: what is told of small projects, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.app.commands import build, check
from edition.checks.shipped_schemas import FILES, schema_file
from edition.model.diagnostics import Diagnostic
from pages import COMMON, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in COMMON.items():
        put(tmp_path / name, text.encode())
    return tmp_path


def told(folder: Path, seed: str, annotations: str = "") -> list[Diagnostic]:
    put(folder / "seeds/letter.txt", seed.encode())
    put(folder / "annotations/letter.yaml", f"edition: 1\n{annotations}".encode())
    return [d for d in check(folder).diagnostics if d.rule.code[:2] in ("W1", "I1", "W5", "I5", "W6", "E6")]


def brief(found: list[Diagnostic]) -> list[str]:
    return [f"{d.rule.code} {d.labels[0].span.source.line_column(d.labels[0].span.start)[1]}" for d in found]


TEXTS = {
    "a control": ("a\x93b", ["W157 2"]),
    "delete": ("a\x7fb\x7fc", ["W157 2"]),
    "a lost letter": ("K\ufffdln", ["W157 2"]),
    "a line separator is told by another rule": ("a\x85b", ["W152 2"]),
    "a mark at the beginning": ("\u0301a", ["W156 1"]),
    "a mark after white space": ("a \u0301b \u0308c", ["W156 3"]),
    "a mark by itself, as Unicode wants it": ("the acute \u00a0\u0301 is", []),
    "marks on letters": ("a\u0301 क् के", []),
    "one letter in two forms": ("é and e\u0301", ["I158 7"]),
    "other letters in two forms": ("é and o\u0301", []),
    "all decomposed": ("e\u0301 and o\u0301", []),
    "a quotation mark": ("a “b", ["I159 3"]),
    "an emoji with its selector": ("a ☎\ufe0f b", []),
}


@pytest.mark.parametrize(("seed", "codes"), TEXTS.values(), ids=TEXTS)
def test_characters(folder: Path, seed: str, codes: list[str]) -> None:
    assert brief(told(folder, seed + "\n")) == codes


MENDED = {
    "normalised": ("sagte “ja“.", "  - normalization: „\n    quote: “\n    occurrence: 1 of 2\n"),
    "supplied": ("sagte „ja.", "  - supplied: “\n    after: ja\n"),
    "surplus": ("sagte ja“.", "  - surplus: yes\n    quote: “\n"),
    "corrected with a link": (
        "sagte „ja zu G.",
        '  - correction: "[Goethe](person:goethe)“"\n    quote: G\n',
    ),
}


@pytest.mark.parametrize(("seed", "annotation"), MENDED.values(), ids=MENDED)
def test_what_an_annotation_has_mended_is_not_told(folder: Path, seed: str, annotation: str) -> None:
    assert brief(told(folder, seed + "\n", f"annotations:\n{annotation}")) == []


def test_behind_a_correction_places_are_those_of_the_seed(folder: Path) -> None:
    note = "annotations:\n  - correction: something much longer\n    quote: short\n"
    assert brief(told(folder, "a short “word\n", note)) == ["I159 9"]


SIGNED = "He (a friend - A. B.) and she (a friend – X. Y.) came."
GLOSSES = {
    "nobody annotates them": ("", ["I563 4", "I563 31"]),
    "one is a gloss": ("  - gloss: signed\n    quote: (a friend - A. B.)\n    voice: AB\n", ["I563 31"]),
    "one has a note": ("  - note: The author's.\n    quote: (a friend – X. Y.)\n", ["I563 4"]),
    "a larger annotation says nothing of it": (
        "  - emphasis: italic\n    from: He\n    to: came.\n",
        ["I563 4", "I563 31"],
    ),
    "another voice": (
        "  - gloss: signed\n    quote: (a friend - A. B.)\n    voice: unknown\n",
        ["W562 12", "I563 31"],
    ),
    "a signature of nobody": (
        "  - gloss: signed\n    quote: (a friend – X. Y.)\n    voice: AB\n",
        ["W562 12", "I563 4"],
    ),
}


@pytest.mark.parametrize(("annotation", "codes"), GLOSSES.values(), ids=GLOSSES)
def test_glosses(folder: Path, annotation: str, codes: list[str]) -> None:
    assert brief(told(folder, SIGNED + "\n", f"annotations:\n{annotation}" if annotation else "")) == codes


@pytest.mark.parametrize(
    "passage",
    [
        "[sic]",
        "(sic!)",
        "[Ed.]",
        "[Anm. d. Red.]",
        "(Anm. d. Übers.)",
        "(so im Original - Red.)",
        "[Hg.: fehlt]",
        "[прим. ред.]",
        "[Editor’s note: lost]",
        "(voir plus haut. – N. d. T.)",
    ],
)
def test_what_looks_like_a_gloss(folder: Path, passage: str) -> None:
    assert brief(told(folder, f"Words {passage} and words.\n")) == ["I563 7"]


@pytest.mark.parametrize(
    "passage",
    [
        "(1927-1928)",
        "(ed. Smith)",
        "(Smith, ed.)",
        "(eds.)",
        "(see p. 5)",
        "[1]",
        "(vgl. S. 5)",
        "(Berlin - Paris)",
        "(born in St. Petersburg)",
    ],
)
def test_what_does_not(folder: Path, passage: str) -> None:
    assert brief(told(folder, f"Words {passage} and words.\n")) == []


VERSE = "One line\nand one\n\nTwo lines\nand two\n\nThree"
PLAIN = "Head\n\nOne paragraph.\n\nAnother one.\n"
STRUCTURES = {
    "no structure": (PLAIN, "", []),
    "a heading only": (PLAIN, "structure:\n  - head: Head\n", []),
    "a division with paragraphs": (
        PLAIN,
        "structure:\n  - div: part\n    from: Head\n    to: Another one.\n",
        [],
    ),
    "before a division": (PLAIN, "structure:\n  - div: part\n    from: Another\n    to: one.\n", ["I561 1"]),
    "verse, but for one": (
        VERSE,
        "structure:\n  - lg: poem\n    from: One line\n    to: and two\n",
        ["I561 1"],
    ),
    "one verse in prose": (PLAIN, "structure:\n  - lg: poem\n    from: Head\n    to: Head\n", []),
}


@pytest.mark.parametrize(("seed", "structure", "codes"), STRUCTURES.values(), ids=STRUCTURES)
def test_left_over(folder: Path, seed: str, structure: str, codes: list[str]) -> None:
    assert brief(told(folder, seed, structure)) == codes


# out/


def built(folder: Path) -> bytes:
    put(folder / "seeds/letter.txt", b"I have seen Goethe at last.\n")
    put(
        folder / "annotations/letter.yaml",
        b"edition: 1\nannotations:\n  - person: goethe\n    quote: Goethe\n",
    )
    for name in FILES.values():
        put(folder / "schema" / name, schema_file(name))
    assert build(folder).ok
    return (folder / "out/letter.xml").read_bytes()


def codes(folder: Path) -> list[str]:
    return [d.rule.code for d in check(folder).diagnostics]


def test_what_is_built_is_faithful_and_no_out_at_all_is_too(folder: Path) -> None:
    data = built(folder)
    assert codes(folder) == []
    (folder / "out/letter.xml").unlink()
    assert codes(folder) == ["W632"]
    (folder / "out").rmdir()
    assert codes(folder) == []
    assert build(folder).ok and (folder / "out/letter.xml").read_bytes() == data


CHANGES = {
    "a register": (
        "annotations/registers/all.yaml",
        b"Johann Wolfgang",
        b"J. W.",
        "annotations/registers/all.yaml:3:3",
    ),
    "an annotation": (
        "annotations/letter.yaml",
        b"quote: Goethe",
        b"quote: Goethe\n    cert: low",
        "annotations/letter.yaml:3:13",
    ),
    "a note's words": (
        "annotations/letter.yaml",
        b"quote: Goethe",
        b"quote: Goethe\n    comment: So.",
        "annotations/letter.yaml:3:13",
    ),
    "the seed": ("seeds/letter.txt", b"at last", b"in Jena", "seeds/letter.txt:1:20"),
}


@pytest.mark.parametrize(("file", "old", "new", "place"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_since_is_told_where_it_shows(
    folder: Path, file: str, old: bytes, new: bytes, place: str
) -> None:
    before = built(folder).decode()
    put(folder / file, (folder / file).read_bytes().replace(old, new))
    (found,) = [d for d in check(folder).diagnostics if d.rule.code == "W631"]
    assert found.labels[0].span.source.name == "out/letter.xml"
    assert found.labels[0].span.source.text == before
    assert str(found.labels[1].span) == place
    build(folder)
    after = (folder / "out/letter.xml").read_text("utf-8")
    at = found.labels[0].span.start
    assert before[:at] == after[:at] and before[at] != after[at]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"Goethe</persName>", b"Gothe</persName>", "E602"),
        (b"</persName>", b"", "E602"),
        (b' ref="#goethe"', b"", "W631"),
        (b"</TEI>\n", b"</TEI>", "W631"),
    ],
)
def test_what_was_changed_by_hand_is_told(folder: Path, old: bytes, new: bytes, code: str) -> None:
    data = built(folder)
    assert old in data
    put(folder / "out/letter.xml", data.replace(old, new))
    assert codes(folder) == [code]


def test_it_can_be_made_to_fail(folder: Path) -> None:
    data = built(folder)
    put(folder / "out/letter.xml", data + b"\n")
    settings = COMMON["annotations/edition.yaml"].replace("rules: {", "rules: {W631: error, ")
    put(folder / "annotations/edition.yaml", settings.encode())
    assert not check(folder).ok


def test_what_is_left_behind_or_missing_beside(folder: Path) -> None:
    built(folder)
    put(folder / "out/gone.xml", b"<a/>")
    (folder / "schema/edition.sch").unlink()
    put(folder / "schema/edition.rnc", b"")
    assert codes(folder) == ["W633", "W634", "W634"]
    put(folder / "seeds/other.txt", b"Words.\n")
    assert "W633" not in [d.rule.code for d in check(folder, ["letter"]).diagnostics]
