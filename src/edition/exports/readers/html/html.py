"""HTML: a page a text, to be read in any browser without a script; and a page that lists them."""

from __future__ import annotations

from html import escape

from edition.exports.readers.account import accounted
from edition.exports.readers.html.html_page import html_page, text_page
from edition.exports.readers.html.html_text import language_attributes
from edition.exports.readers.labels import LABELS
from edition.exports.readers.model import Text
from edition.exports.readers.reader import text_for_readers
from edition.exports.readers.wording import corrected
from edition.exports.writer import Export, Writer
from edition.model.edition import Edition
from edition.model.languages import tongue


def write(edition: Edition) -> Export:
    texts = [text_for_readers(edition.project, built) for built in edition.documents]
    files = {f"{text.name}.html": text_page(text) for text in texts}
    files |= {f"{built.name}.xml": built.data or b"" for built in edition.documents}
    files["index.html"] = index(edition, texts)
    return Export(files, *accounted(edition, texts))


def index(edition: Edition, texts: list[Text]) -> bytes:
    speaking = tongue(edition.project.registers.language or "en")
    labels = LABELS[speaking]
    title = (
        next((text.series for text in texts if text.series and text.tongue == speaking), "")
        or labels["texts"]
    )
    items = "\n".join(map(_item, texts))
    body = f'<header class="page"><h1>{escape(title)}</h1></header>\n<main><ul class="texts">\n{items}\n</ul></main>'
    return html_page(title, speaking, body)


def _item(text: Text) -> str:
    about = next((" ".join(corrected(f.content).split()) for f in text.facts if f.name == "abstract"), "")
    subtitle = f'<p class="subtitle">{escape(text.subtitle)}</p>' if text.subtitle else ""
    author = f'<p class="author">{escape(text.author)}</p>' if text.author else ""
    abstract = f'<p class="abstract">{escape(about)}</p>' if about else ""
    link = f'<h2{language_attributes(text.language)}><a href="{escape(text.name)}.html">{escape(text.title)}</a></h2>'
    return f'<li lang="{text.tongue}">{author}{link}{subtitle}{abstract}</li>'


WRITER = Writer(
    name="html",
    tool="any browser",
    carries="the text with its structure, in the wording of the source and corrected; names, dates, glosses, notes, registers, "
    "the header",
    cannot="links and relations between annotations, entries that no text mentions",
    opened="Chromium: accessibility by axe-core in every view, every note reached with the keyboard; html5lib: well-formed",
    about="A self-contained page a text, an index.html that lists them, and the TEI files beside them. The reader chooses between "
    "the wording of the source and the corrected one, and between the author alone, other voices, and everything the source "
    "has; marked words are explained when they are pointed at or focused. Notes stand beside the text where there is room, "
    "and below it. No script, nothing loaded from elsewhere.",
    subjects=("annotations", "blocks", "entries", "texts"),
    write=write,
)
