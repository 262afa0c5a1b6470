"""LaTeX: the words are read back by a reader of LaTeX, and set by lualatex."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc import latex2text, latexwalker, macrospec

from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.model import Text
from edition.exports.readers.print.latex import FONTS, LatexWriter, latex_escaped
from printed_words import SIGNS, called, own_notes, running, solid, words_of
from test_exports import PROJECTS, edition
from tools import missing, program, ran

TEXTS = [(project, k) for project in PROJECTS for k in range(len(edition(project).documents))]
TIMES = 3
OF_RELEDMAC = ("xargs", "xkeyval")  # which it needs, and which Debian has in packages of their own
# macro → its arguments, and which of them are words of the text
MACROS = {
    "edtext": ("{{", "%(1)s"), "noteof": ("{{", ""), "signed": ("{{", ""), "mention": ("{{{", ""), "mentioned": ("{{{", ""),
    "foreignlanguage": ("{{", "%(2)s"), "href": ("{{", "%(2)s"), "gloss": ("{", "%(1)s"), "sourcepage": ("{", "%(1)s"),
    "gap": ("{", ""), "inset": ("{", ""), "eledsection": ("*{", "%(2)s"), "eledsubsection": ("*{", "%(2)s"),
    "eledsubsubsection": ("*{", "%(2)s"), "ampersand": ("", "&"), "pstart": ("", ""), "pend": ("", ""), "stanza": ("", ""),
    "hangindent": ("", ""), "textquotedbl": ("", '"'), "raggedleft": ("", ""), "noindent": ("", ""), "textsc": ("{", "%(1)s"),
    "bigskip": ("", ""), "tabular": ("", ""), "centering": ("", ""), "itshape": ("", ""), "scshape": ("", ""),
    "textasciicircum": ("", "^"), "textasciitilde": ("", "~"), "textbackslash": ("", "\\"), "-": ("", "\u00ad"),
}  # fmt: skip


def as_latex_reads(source: str) -> str:
    walker = latexwalker.get_default_latex_context_db()
    walker.add_context_category(
        "edition", prepend=True, macros=[macrospec.std_macro(name, a) for name, (a, _) in MACROS.items()]
    )
    words = latex2text.get_default_latex_context_db()
    words.add_context_category(
        "edition",
        prepend=True,
        macros=[
            latex2text.MacroTextSpec(n, simplify_repl=s.replace("\\", "\\\\") if "%" in s else s)
            for n, (_, s) in MACROS.items()
        ],
    )
    nodes, _, _ = latexwalker.LatexWalker(
        source, latex_context=walker, tolerant_parsing=False
    ).get_latex_nodes()
    reader = latex2text.LatexNodes2Text(latex_context=words, strict_latex_spaces=True, keep_comments=True)
    return str(reader.nodelist_to_text(nodes))


# without what pylatexenc makes of TeX's ligatures, which the fonts here have not
hostile = st.text(st.sampled_from('\\{}$&#%_^~[]@|*=+/.:;,()"<> \n1ahé中א')) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="-'`!?\u00a0")
)


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_words_are_words_for_latex(words: str) -> None:
    assert as_latex_reads("x" + latex_escaped(words) + "x") == "x" + words_of(words) + "x"


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_the_words_are_those_of_the_corrected_text(project: str, number: int) -> None:
    text, source = written(project, number)
    body = re.sub(
        r"\\hangindent=[\d.]+em", "", re.sub(r"(?<!\\)&\n|\\&$|\\\\$| & ", " ", numbered(source), flags=re.M)
    )
    body = re.sub(r"\\(begin|end)\{tabular\}(\{l+\})?", "", body)
    assert solid(SIGNS.sub("", as_latex_reads(body))) == running(text)


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_every_note_is_called(project: str, number: int) -> None:
    text, source = written(project, number)
    numbers = [int(n) for n in re.findall(r"\\noteof\{(\d+)\}", source)]
    assert len(numbers) == len(set(numbers)) and set(numbers) <= {note.number for note in text.notes}
    words = solid(as_latex_reads(re.sub(r"\\(noteof|signed)\{.*?\}", "", numbered(source))))
    for note in (*called(text), *own_notes(text)):
        assert note in words


@pytest.mark.parametrize(("project", "number"), TEXTS)
def test_registers_lead_to_places_that_are_there(project: str, number: int) -> None:
    _, source = written(project, number)
    for leads, command in (("place", "mention"), ("pageref", "mentioned")):
        wanted = set(re.findall(rf"\\{leads}\{{(.+?)\}}", source.split("\\begin{document}")[1]))
        assert wanted <= set(re.findall(rf"\\{command}\{{(.+?)\}}", source))


@pytest.mark.parametrize(("project", "number"), [("project", 0), ("verse", 1), ("scripts", 0)])
def test_tex_sets_it(project: str, number: int, tmp_path: Path) -> None:
    text, source = written(project, number)
    lualatex = tex(source)
    (tmp_path / "text.tex").write_text(source, "utf-8")
    for _ in range(TIMES):
        command = [lualatex, "-interaction=nonstopmode", "-halt-on-error", "text.tex"]
        run = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False
        )
        assert run.returncode == 0, run.stdout[-1500:]
    assert "undefined references" not in run.stdout and "Missing character" not in run.stdout
    assert text.title


def tex(source: str) -> str:
    """lualatex, where the packages and fonts that a text asks for are there."""
    lualatex, find, fonts = program("lualatex"), program("kpsewhich"), program("fc-list")
    for name in (*re.findall(r"\\usepackage(?:\[[^]]*\])?\{(\w+)\}", source), *OF_RELEDMAC):
        if subprocess.run([find, f"{name}.sty"], capture_output=True, check=False).returncode:
            missing(f"TeX has no {name}.sty")
    for letter in sorted({c for c in source if not (c < "\u0250" or "\u2000" <= c <= "\u206f")}):
        families = ran([fonts, f":charset={ord(letter):x}", "family"])
        if not any(name in families for name in FONTS):
            missing(f"no font that TeX is told to take has {letter} (U+{ord(letter):04X})")
    return lualatex


def test_tex_reads_words_as_words(tmp_path: Path) -> None:
    """What cannot be asked of pylatexenc: no ligature is made of hyphens and quotes."""
    words = "\\{}$&#%_^~ -- --- '' `` ?` !` ,, << >> \" ' ` [x] @ | * = + / < > ^^41 \\par % no comment"
    preamble = (
        "\\documentclass{article}\\usepackage{fontspec}\\defaultfontfeatures[\\rmfamily]{Ligatures=TeXOff}"
    )
    preamble += "\\setmainfont{Latin Modern Roman}\\newcommand\\ampersand{\\&}\\pagestyle{empty}"
    source = f"{preamble}\\begin{{document}}\\raggedright {latex_escaped(words)}\n\\end{{document}}"
    (tmp_path / "text.tex").write_text(source, "utf-8")
    lualatex = tex(source)
    ran([lualatex, "-interaction=nonstopmode", f"-output-directory={tmp_path}", tmp_path / "text.tex"])
    assert solid(ran(["pdftotext", tmp_path / "text.pdf", "-"])) == solid(words)


def written(project: str, number: int) -> tuple[Text, str]:
    text = text_for_readers(edition(project).project, edition(project).documents[number])
    return text, LatexWriter(text).whole()


def numbered(source: str) -> str:
    return source.split("\\beginnumbering")[1].split("\\endnumbering")[0]
