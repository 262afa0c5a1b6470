"""PDF, set by typst: tagged, with notes at the foot of the page and registers that lead to pages. Knows no TEI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from edition.exports.readers.account import ANCHOR, IN_PRINT, NUMBERS, printed_account
from edition.exports.readers.from_text import text_for_readers
from edition.exports.readers.indexes import IndexPlace
from edition.exports.readers.model import Inline, Text, TextBlock, direction
from edition.exports.readers.print.press import PrintWriter, Series, edited_by
from edition.exports.readers.walk import NUMBERED, gathered
from edition.exports.readers.wording import corrected, stripped
from edition.exports.writer import Export, Lost, Omission, Writer
from edition.model.edition import Edition
from edition.model.languages import speech

STYLES = {
    "bold": "#strong[{}]", "italic": "#emph[{}]", "underline": "#underline[{}]", "small-caps": "#smallcaps[{}]",
    "spaced": "#text(tracking: .12em)[{}]", "superscript": "#super[{}]", "subscript": "#sub[{}]",
    "emphasis": "#emph[{}]", "term": "#emph[{}]", "title": "#emph[{}]", "foreign": "#emph[{}]", "stage": "#emph[{}]",
    "gloss": "#text(size: .9em)[{}]", "page": "#text(size: .75em, fill: luma(90))[{}]", "role": "#smallcaps[{}]",
    "speaker": "#smallcaps[{}]",
}  # fmt: skip
AROUND = {
    "salute": "#plain[{}]", "signed": "#flush(end)[{}]", "dateline": "#flush(end)[{}]", "closer": "#flush(end)[{}]",
    "opener": "#plain[{}]", "byline": "#caption[{}]", "trailer": "#flush(center)[{}]", "speaker": "#speaker[{}]",
    "stage": "#stage[{}]", "caption": "#caption[{}]", "ab": "#plain[{}]", "quotation": "#quote[{}]",
}  # fmt: skip
AROUND_BLOCKS = {
    "sp": "#speech[{}]", "lg": "#stanza[{}]", "quotation": "#quote[{}]", "floating": "#quote[{}]", "epigraph": "#quote[{}]",
}  # fmt: skip
EVERY = 5  # which lines of verse are numbered
_blank = re.compile(r"[ \t-\r\x85\u2028\u2029]+")
_special = re.compile(r"([!-/:-@\[-`{-~])")


def typst_escaped(words: str) -> str:
    """Words in which typst reads nothing but words; white space is one blank."""
    return _special.sub(r"\\\1", _blank.sub(" ", words))


def string(words: str) -> str:
    """A string of typst's language."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text_arguments(language: str) -> str:
    """Arguments of `text`: what hyphenation, quotes, shaping and the reader's voice go by."""
    tag, script = speech(language)
    said = f"lang: {string(tag)}" if re.fullmatch("[a-z]{2,3}", tag) else 'lang: "und"'
    return (
        f"{said}, script: {string(script.lower())}, dir: {direction(language)}"
        if script
        else f"{said}, dir: {direction(language)}"
    )


class TypstWriter(PrintWriter[str, str]):
    """Source of typst. level: of the last heading; none is skipped."""

    level = 0

    def join(self, parts: Iterable[str]) -> str:
        return "".join(parts)

    def words(self, words: str) -> str:
        return typst_escaped(words)

    def styled(self, style: str, inside: str) -> str:
        for one in style.split():
            inside = STYLES.get(one, "{}").replace("{}", inside) if inside else inside
        return inside

    def spoken(self, language: str, inside: str) -> str:
        return (
            f"#text({text_arguments(language)})[{inside}]" if inside and language != self.speaking else inside
        )

    @property
    def speaking(self) -> str:
        """Notes do not speak as the words do that they are called from."""
        return self.text.tongue if self.inner else self.text.language

    def linked(self, address: str, inside: str) -> str:
        return f"#link({string(address)})[{inside}]"

    def landing(self, id: str, span: Inline | None, inside: str) -> str:
        return f"#at({string(id)}){inside}"

    def footnote(self, series: Series, mark: str, id: str, inside: str) -> str:
        return f"#foot({string(mark)})[{inside}]"

    def pages(self, row: Iterable[IndexPlace]) -> str:
        said = string(f"{self.labels['mentions']}: {self.labels['page'].format(n='').strip()}")
        rows = "".join(f", ({string(p.id)}, {str(p.sure).lower()})" for p in row if p.id not in self.wanted)
        return f"#places({said}{rows})" if rows else ""

    # blocks

    def paragraph(self, block: TextBlock, said: str) -> list[str]:
        said = said.strip(" ") if block.kind else said
        return [said] if said else []

    def framed(self, block: TextBlock, inside: list[str]) -> list[str]:
        said = self.formed(block, "\n\n".join(inside)) if inside else ""
        if said and block.language:
            said = f"#[#set text({text_arguments(block.language)})\n{said}]"
        return [said] if said else []

    def formed(self, block: TextBlock, said: str) -> str:
        if block.flow:
            return AROUND_BLOCKS.get(block.kind, "{}").replace("{}", said)
        if block.kind == "l":
            told = block.n.isdigit() and int(block.n) % EVERY == 0
            n = f", n: {string(block.n)}" if told else ""
            return f"#verse(indent: {min(block.indent, 60)}{n})[{said}]"
        if block.kind == "head" and corrected(block.content).strip():
            self.level = max(1, min(block.level, self.level + 1))
            return f"#heading(level: {self.level})[{said}]"
        return AROUND.get(block.kind, "{}").replace("{}", self.number(block) + said)

    def number(self, block: TextBlock) -> str:
        told = (
            block.kind in ("p", "ab", "salute") and block.kind in NUMBERED and block.n and "." not in block.n
        )
        return f"#number({string(block.n)})" if told and corrected(block.content).strip() else ""

    def listed(self, block: TextBlock) -> list[str]:
        """A list keeps its own marks; one without marks has none."""
        parts = gathered(block.content)
        before = [b for p in parts if p.kind in ("head", "caption") for b in self.block(p)]
        items = [self.item(p) for p in parts if p.kind not in ("head", "caption")]
        if not items:
            return before
        marks = "".join(f"[{mark}], " for mark, _ in items)
        rows = "".join(f"\n  [{said}]," for _, said in items)
        form = f"n => ({marks}).at(n - 1)" if any(mark for mark, _ in items) else "_ => [], body-indent: 0pt"
        return [*before, f"#enum(numbering: {form}, {rows}\n)"]

    def item(self, block: TextBlock) -> tuple[str, str]:
        """Its mark, and its words."""
        content = stripped(block.content)
        first = content[0] if content else ""
        if not isinstance(first, Inline) or first.kind != "label":
            return "", "\n\n".join(self.block(block))
        return self.pieces(first.content), "\n\n".join(self.worded(replace(block, content=content[1:])))

    def cell(self, block: TextBlock) -> str:
        return "\n\n".join(self.blocks(block.content) if block.flow else self.worded(block))

    def table(self, rows: list[list[str]], width: int) -> list[str]:
        cells = "".join("\n  " + " ".join(f"[{c}]," for c in row + [""] * (width - len(row))) for row in rows)
        return [f"#table(columns: {width}, stroke: none, inset: (x: .5em, y: .25em),{cells}\n)"]

    # the whole

    def whole(self, fonts: Iterable[str] = ()) -> str:
        """fonts: families beside those that typst brings."""
        text = self.text
        body = "\n\n".join(self.blocks(self.body))
        parts = [
            head(text, fonts),
            self.opening(),
            f"#[\n#set text({text_arguments(text.language)})\n{body}\n]",
        ]
        self.inner = self.after = True
        for heading, rows in self.registers():
            said = "".join(f"\n  [{row}]," for row in rows)
            parts.append(f"#heading(level: 1)[{typst_escaped(heading)}]\n#entries({said}\n)")
        facts = "".join(f"\n  ([{typst_escaped(name)}], [{said}])," for name, said in self.about())
        parts.append(f"#heading(level: 1)[{typst_escaped(self.labels['about_edition'])}]\n#facts({facts}\n)")
        return "\n\n".join(parts) + "\n"

    def opening(self) -> str:
        text = self.text
        said = ", ".join(map(self.bracket, (text.author, text.title, text.subtitle, edited_by(text))))
        return f"#[\n#set text({text_arguments(text.language)})\n#opening({said})\n]"

    def bracket(self, words: str) -> str:
        return f"[{typst_escaped(words)}]" if words else "none"


def head(text: Text, fonts: Iterable[str]) -> str:
    """What the file says of itself, and how it looks. No date: the same text gives the same bytes."""
    keywords = "".join(f"{string(k)}, " for k in dict.fromkeys((text.series, text.language)) if k)
    author = f"({string(text.author)},)" if text.author else "()"
    return f"""// {text.name}: set with typst. Made from the TEI of the edition: corrections belong there.
#set document(title: {string(text.title)}, author: {author}, keywords: ({keywords}), date: none)
#let fonts = ({", ".join(map(string, (*FONTS, *fonts)))})
#let speaking = {string(text.tongue)}
{Path(__file__).with_name("print.typ").read_text("utf-8")}"""


FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")


if TYPE_CHECKING:
    import typst

ACCESSIBLE: Final = "ua-1"  # PDF/UA-1
SHOWN = 8  # of the characters that no font has
_unset = re.compile(r'the text `"(.+?)"` could not be displayed').findall


def write(edition: Edition) -> Export:
    fonts = families(edition.project.root / "fonts")
    own = [name for name in fonts.families() if name not in FONTS]
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    files: dict[str, bytes] = {}
    unset: dict[str, str] = {}
    for text in texts:
        source = TypstWriter(text).whole(own).encode()
        files[f"{text.name}.typ"] = source
        made, problem = typeset(source, fonts)
        files |= {f"{text.name}.pdf": made} if made else {}
        unset |= {text.name: problem} if problem else {}
    lost = printed_account(edition, texts)
    return Export(files, (*lost, *(Lost(name, why) for name, why in unset.items())))


def families(folder: Path) -> typst.Fonts:
    """The fonts that typst brings, and those of a folder: no font of the system, so that the bytes are the same everywhere."""
    import typst

    paths = [folder] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(paths))


def typeset(source: bytes, fonts: typst.Fonts) -> tuple[bytes, str]:
    """The PDF; or nothing, and why."""
    import typst

    try:
        made = typst.compile(
            source, format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=[ACCESSIBLE]
        )
    except typst.TypstError as error:
        said = f"{error.message}\n{error.diagnostic}"
        if found := list(dict.fromkeys("".join(_unset(said)))):
            signs = "".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
            return (
                b"",
                f"no font has the characters {signs}: put one that has them into the folder fonts/ of the project",
            )
        return b"", f"typst could not set it: {error.message.splitlines()[0]}"
    assert isinstance(made, bytes)
    return made, ""


WRITER = Writer(
    name="pdf",
    tool="print, PDF readers, screen readers",
    carries="the corrected text with its structure; notes at the foot of the page: letters tell what the source has, numbers what the "
    "editors say, notes of the source keep their signs; registers and dates with pages; what else is claimed of words; the header",
    cannot="the wording of the source as a whole, what belongs to the page and not to the "
    "text, links and relations",
    opened="poppler: the words of the tagged text are those of the corrected text, every note stands where it is called; typst itself "
    "checks PDF/UA-1",
    about="A PDF a text on A4, tagged for screen readers (PDF/UA-1), and the typst source it is set from (.typ), to be changed "
    "and set again: typst compile NAME.typ. Fonts are those that typst brings (Latin, Greek, Cyrillic, Hebrew); for other "
    "scripts put a font file into the folder fonts/ of the project. The points of Hebrew are printed right, but words that "
    "are copied from the PDF may have them wrong. A page with “?” in a register: the editors are not certain that it is "
    "meant. The same version of typst gives the same bytes.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
    omits=(
        *IN_PRINT,
        Omission(ANCHOR, "id", but="mention date duration"),
        Omission("print breaks its lines itself", "break", of="lb"),
        Omission(NUMBERS, "n", of="blocks", but="p ab salute dateline"),
    ),
    needs=("typst", "pdf"),
)
