"""`check --fix` and `--diff`: what is mended, what is not, and that files stay as they are but for that."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.app import commands, fixing
from edition.dates.edtf import Problem, parse_time
from edition.model.similar import key_meant, word_meant
from pages import put, run

ROOT = Path(__file__).parent.parent
SEED = """\
Weimar, 3 May 1801

Dear Friend,

I have seen Mr. Goethe at last – “the” Goethe. He spoke of Jena, of Jena, and of Jena’s wine.

Your Caroline
"""
SETTINGS = """\
edition: 1
publisher: The editors
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors: {anna: {name: Anna}, berta: {name: Berta}}
defaults: {by: anna, language: en}
types: {gloss: {signed: A gloss}}
rules: {I411: off, I563: off, I561: off, W552: off}
"""
REGISTER = """\
edition: 1
people: {goethe: {name: Goethe}, caroline: {name: Caroline}}
places: {jena: {name: Jena}, weimar: {name: Weimar}}
"""
MENDED = {  # an annotation as it is written → as it is mended
    "a misspelt key of a register": ("{person: goehte, quote: Mr. Goethe}", "{person: goethe, quote: Mr. Goethe}"),
    "in quotation marks": ("{person: 'goehte', quote: Mr. Goethe}", "{person: 'goethe', quote: Mr. Goethe}"),
    "a misspelt editor": ("{place: weimar, quote: Weimar, by: beerta}", "{place: weimar, quote: Weimar, by: berta}"),
    "a misspelt field": ("{place: weimar, qoute: Weimar}", "{place: weimar, quote: Weimar}"),
    "a misspelt kind": ("{plcae: weimar, quote: Weimar}", "{place: weimar, quote: Weimar}"),
    "a misspelt word of a few": ("{place: weimar, quote: Weimar, cert: mediun}", "{place: weimar, quote: Weimar, cert: medium}"),
    "a date with points": ("{date: 3.5.1801, quote: 3 May 1801}", "{date: 1801-05-03, quote: 3 May 1801}"),
    "a date in words": ("{date: 3 May 1801, quote: 3 May 1801}", "{date: 1801-05-03, quote: 3 May 1801}"),
    "a number too short": ("{date: 1801-5-3, quote: 3 May 1801}", "{date: 1801-05-03, quote: 3 May 1801}"),
    "other quotation marks": ("{term: x, quote: '\"the\" Goethe'}", "{term: x, quote: '“the” Goethe'}"),
    "another dash": ("{term: x, quote: at last - “the”}", "{term: x, quote: \"at last – “the”\"}"),
    "other capitals": ("{person: goethe, quote: MR. Goethe}", "{person: goethe, quote: Mr. Goethe}"),
    "all, of so many": ("{place: jena, quote: Jena, occurrence: all}", "{place: jena, quote: Jena, occurrence: all of 3}"),
    "a match without a count": ("{place: jena, match: Jena}", '{place: jena, match: Jena, count: 3}'),
    "two, one after the other": ("{person: goehte, qoute: Mr. Goethe}", "{person: goethe, quote: Mr. Goethe}"),
}  # fmt: skip
LEFT = {  # what a program may not decide
    "a key like two": "{person: caroleth, quote: Caroline}",
    "a key with another end": "{person: goetha, quote: Mr. Goethe}",
    "a key of another register": "{person: jenaa, quote: Mr. Goethe}",
    "words that stand twice": "{person: goethe, quote: Goethe}",
    "words that are only alike": "{person: goethe, quote: Mr. Goethes}",
    "a count that is wrong": "{place: jena, quote: Jena, occurrence: all of 2}",
    "a date that may be a span": "{date: 1801-5, quote: 3 May 1801}",
    "a century, or ten years": "{date: 1800s, quote: 3 May 1801}",
    "a link in a note": "{note: 'See [him](person:goehte).', quote: Mr. Goethe}",
}


def project(folder: Path, *annotations: str) -> Path:
    put(folder / "seeds/letter.txt", SEED.encode())
    put(folder / "annotations/edition.yaml", SETTINGS.encode())
    put(folder / "annotations/registers/all.yaml", REGISTER.encode())
    lines = "".join(f"  - {one}  # note {n}\n" for n, one in enumerate(annotations))
    put(folder / "annotations/letter.yaml", f"edition: 1\nannotations:\n{lines}".encode())
    return folder


def written(folder: Path) -> str:
    return (folder / "annotations/letter.yaml").read_bytes().decode()


@pytest.mark.parametrize(("wrong", "right"), MENDED.values(), ids=MENDED)
def test_what_is_mended(wrong: str, right: str, tmp_path: Path) -> None:
    should = written(project(tmp_path, right))
    said = run("edition check --fix", project(tmp_path, wrong))
    assert written(tmp_path) == should
    assert (said.code, said.stdout.splitlines()[-1]) == (0, "1 checked, no error"), said


@pytest.mark.parametrize("wrong", LEFT.values(), ids=LEFT)
def test_what_is_left_to_the_editor(wrong: str, tmp_path: Path) -> None:
    before = written(project(tmp_path, wrong))
    said = run("edition check --fix", tmp_path)
    assert (said.code, said.stdout, written(tmp_path)) == (1, "", before)


def test_an_ambiguous_quotation_is_the_one_that_is_left(tmp_path: Path) -> None:
    """Two places have the same claim already, with their contexts: the third is meant."""
    others = ("{place: jena, quote: Jena, prefix: spoke of}", "{place: jena, quote: Jena, suffix: ’s}")
    project(tmp_path, *others, "{place: jena, quote: Jena}")
    said = run("edition check --fix", tmp_path)
    assert said.code == 0, said
    assert '  - {place: jena, quote: Jena, prefix: ", of"}  # note 2\n' in written(tmp_path)
    built = commands.build_in_memory(tmp_path).documents[0]
    assert len({(a.start, a.end) for a in built.anchoring.anchored}) == 3


def test_two_of_three_left_are_left_to_the_editor(tmp_path: Path) -> None:
    project(
        tmp_path,
        "{place: jena, quote: Jena, suffix: ’s}",
        "{place: jena, quote: Jena}",
        "{place: jena, quote: Jena}",
    )
    assert run("edition check --fix", tmp_path).code == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str, tmp_path: Path) -> None:
    path = project(tmp_path, "{place: weimar, qoute: Weimar}") / "annotations/letter.yaml"
    text = mark + written(tmp_path).replace("\n", end)
    put(path, text.encode())
    assert run("edition check --fix", tmp_path).code == 0
    assert written(tmp_path) == text.replace("qoute", "quote")


def test_a_diff_writes_nothing_and_patches_to_what_fix_writes(tmp_path: Path) -> None:
    before = written(project(tmp_path, "{person: goehte, qoute: Mr. Goethe}"))
    said = run("edition check --diff", tmp_path)
    assert (written(tmp_path), said.code) == (before, 1)
    assert "error[E120]" in said.stderr
    subprocess.run(
        ["patch", "-p1"], input=said.stdout, cwd=tmp_path, text=True, check=True, capture_output=True
    )
    patched = written(tmp_path)
    put(tmp_path / "annotations/letter.yaml", before.encode())
    assert run("edition check --fix", tmp_path).code == 0
    assert written(tmp_path) == patched


def test_a_large_file_is_mended_to_the_byte(tmp_path: Path) -> None:
    """The letter of this repository, with its comments, after four slips of the pen."""
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    path = tmp_path / "annotations/reiss-1937.yaml"
    good = path.read_text(encoding="utf-8")
    slips = {
        "\n  date: 1937-07-17\n": "\n  date: 17 July 1937\n",
        "person: stalin\n": "person: stallin\n",
        "cert: medium\n": "cert: mediun\n",
        "occurrence: all of 4 ": "occurence: all of 4 ",
    }
    bad = good
    for right, wrong in slips.items():
        assert right in bad
        bad = bad.replace(right, wrong, 1)
    path.write_text(bad, encoding="utf-8")
    said = run("edition check --fix -q reiss-1937", tmp_path)
    assert (len(said.stdout.splitlines()), said.code) == (5, 0), said
    assert path.read_text(encoding="utf-8") == good


def test_nothing_is_written_over_what_was_saved_meanwhile(tmp_path: Path) -> None:
    project(tmp_path, "{place: weimar, qoute: Weimar}")
    result = fixing.fixed(tmp_path, lambda overrides: commands.check(tmp_path, overrides=overrides))
    put(tmp_path / "annotations/letter.yaml", b"edition: 1\n# new\n")
    with pytest.raises(OSError, match="changed"):
        fixing.write_fixes(tmp_path, result)
    assert written(tmp_path) == "edition: 1\n# new\n"


def test_fixes_that_touch_one_another_wait(tmp_path: Path) -> None:
    outcome = commands.check(project(tmp_path, "{place: weimar, qoute: Weimar}"))
    (one,) = [d for d in outcome.diagnostics if d.fix]
    assert fixing.without_overlaps([one, one]) == [one]


# what is meant


@given(
    st.sampled_from(["quote", "prefix", "occurrence", "person"]), st.integers(0, 9), st.sampled_from("xyz")
)
def test_one_slip_in_a_word_is_seen(word: str, at: int, letter: str) -> None:
    at %= len(word)
    for slip in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    ):
        assert word_meant(slip, ["quote", "prefix", "occurrence", "person"]) == word


@pytest.mark.parametrize(
    ("written", "keys", "meant"),
    [
        ("goehte", ["goethe", "lenin"], "goethe"),
        ("yezhvo", ["yezhov", "lenin"], "yezhov"),  # the same letters
        ("yezhva", ["yezhov", "lenin"], ""),
        ("reis_nl", ["reiss_nl", "reiss_fr"], ""),  # the part is cut at its end
        ("einzge_weg_1937", ["einzige_weg_1937"], "einzige_weg_1937"),
        ("einzige_weg_1938", ["einzige_weg_1937"], ""),
        ("smith_a", ["smith_b"], ""),
        ("hanna", ["hanno"], ""),
        ("marta_k", ["martha_k", "marita_k"], ""),
        ("goethe", [], ""),
    ],
)
def test_a_key_is_meant_only_where_no_other_could_be(written: str, keys: list[str], meant: str) -> None:
    assert key_meant(written, keys) == meant


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("12.9.1937", "1937-09-12"),
        ("1937/9/12", "1937-09-12"),
        ("1937-9-2", "1937-09-02"),
        ("September 1937", "1937-09"),
        ("12 September 1937", "1937-09-12"),
        ("12. März 1937", "1937-03-12"),
        ("1936-1938", "1936/1938"),
        ("ca. 1919", "1919~"),
        ("1930s", "193X"),
        ("1900s", ""),
        ("1937/9", ""),
        ("before 1937", ""),
        ("44 BC", "-0043"),
        ("0 BC", ""),
        ("31.2.1937", ""),
        ("9/12/1937", ""),  # the ninth of December, or the twelfth of September
    ],
)
def test_a_date_is_rewritten_where_it_has_one_reading(text: str, better: str) -> None:
    problem = parse_time(text)
    assert isinstance(problem, Problem) and problem.better == better
