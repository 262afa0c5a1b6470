"""The page around a text: what can be chosen, notes, apparatus, registers, dates, the header. HTML without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from edition.exports.readers.apparatus import Intervention, interventions, sure
from edition.exports.readers.html.html_text import HtmlWriter, date_id, language_attributes
from edition.exports.readers.labels import LABELS, REGISTERS, citation
from edition.exports.readers.model import (
    Content,
    Fact,
    Inline,
    Mention,
    Note,
    RegisterEntry,
    Text,
    direction,
    walk,
)
from edition.exports.readers.wording import is_residue, other_voice

UNLABELLED = ("occupation", "role", "cited")  # facts that say by themselves what they are
REMARKS = ("about", "comment")


def html_page(title: str, tongue: str, body: str) -> bytes:
    """A whole page, self-contained."""
    return f"""<!DOCTYPE html>
<html lang="{tongue}">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
{Path(__file__).with_name("reading.css").read_text("utf-8")}</style>
</head>
<body>
{body}
</body>
</html>
""".encode()


def text_page(text: Text) -> bytes:
    return html_page(
        f"{text.title} – {text.series}" if text.series else text.title, text.tongue, HtmlPage(text).body()
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page lets its reader choose, since the text has it."""

    readings: bool
    voices: bool
    residue: bool

    @classmethod
    def of(cls, text: Text, rows: Iterable[Intervention]) -> Shown:
        pieces = list(walk((text.body,)))
        return cls(
            any(not row.key for row in rows),
            any(other_voice(piece) and not is_residue(piece) for piece in pieces),
            any(map(is_residue, pieces)),
        )


class HtmlPage:
    """The parts of a page, as HTML."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = LABELS[text.tongue]
        self.rows = interventions(text)
        self.shown = Shown.of(text, self.rows)
        self.pen = self.writer()
        self.article = self.pen.blocks(text.body.content)
        told = "".join(self.flowing(note) for note in text.notes)
        self.there = frozenset(_ids(self.article + told))  # a reading that is not shown may hold a mention

    def writer(self) -> HtmlWriter:
        return HtmlWriter(self.text, {note.id: note for note in self.text.notes})

    def body(self) -> str:
        text, labels = self.text, self.labels
        where = f' lang="{escape(text.language)}" dir="{direction(text.language)}"'
        return f"""<a class="skip" href="#text">{labels["skip"]}</a>
{self.head()}
<main>
<article id="text"{where} aria-label="{labels["text_itself"]}">
{self.article}
</article>
{chr(10).join(section for _, _, section in self.sections())}
</main>
{self.foot()}"""

    # before the text

    def head(self) -> str:
        text, labels = self.text, self.labels
        series = f'<p class="series"><a href="index.html">{escape(text.series or labels["texts"])}</a></p>'
        author = f'<p class="author">{escape(text.author)}</p>' if text.author else ""
        subtitle = f'<p class="subtitle">{escape(text.subtitle)}</p>' if text.subtitle else ""
        links = "".join(
            f'<li><a href="#{id}">{escape(said)}</a></li>' for id, said, _ in self.sections() if said
        )
        return f"""<header class="page">
{series}
{author}<h1 lang="{escape(text.language)}">{escape(text.title)}</h1>
{subtitle}
<nav aria-label="{labels["contents"]}"><ul>{links}</ul></nav>
{self.choices()}
<p class="hint">{self.signs()}{labels["hint"]}</p>
</header>"""

    def signs(self) -> str:
        found = {piece.kind for piece in walk((self.text.body,)) if isinstance(piece, Inline)}
        signs = [("name", bool(found & {"name", "reference"})), ("date", bool(found & {"date", "duration"}))]
        signs += [
            ("ours", any(row.kind not in ("deletion", "character") for row in self.rows)),
            ("gloss", "gloss" in found),
        ]
        said = [
            f'<span class="sign sign-{name}">{self.labels["sign_" + name]}</span>'
            for name, there in signs
            if there
        ]
        return f"{' · '.join(said)}. " if said else ""

    def choices(self) -> str:
        labels, shown = self.labels, self.shown
        wording = [("corrected", labels["corrected"]), ("diplomatic", labels["diplomatic"])]
        voices = [("author", labels["author_alone" if shown.voices else "text_alone"])]
        voices += [("glosses", labels["with_glosses"])] if shown.voices else []
        voices += [("residue", labels["with_residue"])] if shown.residue else []
        chosen = "glosses" if shown.voices else "author"
        sets = [self.choice("wording", labels["wording"], wording, "corrected")] if shown.readings else []
        sets += [self.choice("shown", labels["shown"], voices, chosen)] if len(voices) > 1 else []
        return f'<form class="choices">{"".join(sets)}</form>' if sets else ""

    def choice(self, name: str, said: str, values: list[tuple[str, str]], chosen: str) -> str:
        inputs = "".join(
            f'<label><input type="radio" name="{name}" id="show-{value}" value="{value}"'
            f"{' checked' if value == chosen else ''}> {escape(words)}</label>"
            for value, words in values
        )
        return f"<fieldset><legend>{escape(said)}</legend>{inputs}</fieldset>"

    # after the text

    def words(self) -> HtmlWriter:
        """For words that are not the text's: of notes, registers, the header."""
        return HtmlWriter(self.text, {}, side=False)

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """Id, heading, HTML."""
        labels = self.labels
        parts = [("notes", self.notes()), ("apparatus", self.apparatus())]
        parts += [(register, self.register(register)) for register in REGISTERS if register != "bibliography"]
        parts.insert(-4, ("dates", self.dates()))
        parts += [("bibliography", self.register("bibliography")), ("about_edition", self.about())]
        for id, inside in parts:
            if inside:
                role = ' role="doc-endnotes"' if id == "notes" else ""
                heading = f'<h2 id="h-{id}">{escape(labels[id])}</h2>'
                html = f'<section id="{id}" class="{id} after" aria-labelledby="h-{id}"{role}>\n{heading}\n{inside}\n</section>'
                yield id, labels[id], html

    def notes(self) -> str:
        items = "\n".join(map(self.note, self.text.notes))
        return f'<ol class="notes">\n{items}\n</ol>' if items else ""

    def note(self, note: Note) -> str:
        label = escape(self.labels["back_note"].format(n=note.number))
        back = f'<a class="return" href="#call-{escape(note.id)}" aria-label="{label}">↩</a>'
        words = self.flowing(note)
        said = sure(self.text, note.cert) + self.sources(note.sources)
        return f'<li id="{escape(note.id)}" value="{note.number}">{words}{said}\u00a0{back}</li>'

    def flowing(self, note: Note | Fact) -> str:
        if any(
            not isinstance(p, str | Inline) and getattr(p, "kind", "") in ("p", "list", "table")
            for p in note.content
        ):
            return self.plain_linked(note.content, True)
        return self.plain_linked(note.content, False)

    def plain_linked(self, content: Content, blocks: bool) -> str:
        """Editors' words: mentions in them are links."""
        pen = self.words()
        return pen.blocks(content) if blocks else pen.pieces(content)

    def sources(self, keys: Iterable[str]) -> str:
        links = [self.source(key) for key in keys]
        label = self.labels["sources" if len(links) > 1 else "one_source"]
        return f' <span class="sources">{label}: {"; ".join(links)}.</span>' if links else ""

    def source(self, key: str) -> str:
        entry = self.text.entry(key)
        if entry is not None:
            author = next((f for f in entry.facts if f.name == "author"), None)
            said = f"{author.content[0]}, {entry.name}" if author else entry.name
            return f'<a href="#{escape(key)}">{escape(str(said))}</a>'
        return f'<a href="{escape(key)}">{escape(key)}</a>' if "://" in key else escape(key)

    def apparatus(self) -> str:
        items = "\n".join(
            f'<li id="t-{escape(row.key or row.id)}">{self.back(row)} {escape(row.said)}.</li>'
            for row in self.rows
        )
        return f'<ul class="rows">\n{items}\n</ul>' if items else ""

    def back(self, row: Intervention) -> str:
        """Where it stands; a link, unless it stands in words that are not shown. Signs are told as they look."""
        place = f'<a class="place" href="#{escape(row.id)}">{self.at(row.place)}</a>'
        place = place if row.id in self.there else self.at(row.place)
        return f"{place} {escape(row.lemma)}:" if row.key else place

    def at(self, place: str) -> str:
        return escape(self.labels["block"].format(n=place)) if place else self.labels["text_itself"]

    def register(self, register: str) -> str:
        entries = [e for e in self.text.entries if e.register == register]
        items = "\n".join(map(self.entry, entries))
        return f'<ul class="entries">\n{items}\n</ul>' if items else ""

    def entry(self, entry: RegisterEntry) -> str:
        name = f'<b class="headword"{language_attributes(entry.language)}>{escape(self.headword(entry))}</b>'
        variants = (
            f' <span class="variants">({self.labels["variants"]} {escape(", ".join(entry.variants))})</span>'
        )
        facts = self.facts(entry.facts)
        links = " ".join(
            f'<a class="out" href="{escape(address)}">{escape(label or _host(address))}</a>'
            for label, address in entry.links
        )
        return (
            f'<li id="{escape(entry.key)}">{name}{variants if entry.variants else ""}. {facts} {links}'
            f"{self.sources(entry.sources)}{self.mentions(entry.mentions)}</li>"
        )

    def headword(self, entry: RegisterEntry) -> str:
        siglum = entry.register == "witnesses" and entry.short and entry.short != entry.name
        return f"{entry.short}: {entry.name}" if siglum else entry.name

    def facts(self, facts: Iterable[Fact]) -> str:
        """What is said in a word or two makes one sentence; remarks are sentences already."""
        brief = [self.brief(fact) for fact in facts if fact.name not in REMARKS]
        said = "; ".join(brief)
        sentence = f"{said[:1].upper()}{said[1:]}. " if said else ""
        return sentence + " ".join(self.remark(fact) for fact in facts if fact.name in REMARKS)

    def brief(self, fact: Fact) -> str:
        words = self.flowing(fact).strip().removesuffix(".")
        label = "" if fact.name in UNLABELLED else f"{self.labels.get(fact.name, fact.name)} "
        sure_of = sure(self.text, fact.cert)
        return f"{escape(label)}{words}{'' if sure_of in words else sure_of}"

    def remark(self, fact: Fact) -> str:
        return f"{self.flowing(fact).strip()}{sure(self.text, fact.cert)}"

    def mentions(self, mentions: Iterable[Mention]) -> str:
        links = []
        for mention in mentions:
            if mention.id not in self.there:
                continue
            said = self.labels["in_note"].format(n=mention.note) if mention.note else self.at(mention.place)
            links.append(f'<a href="#{escape(mention.id)}">{said}</a>')
        return (
            f' <span class="mentions">{self.labels["mentions"]}: {", ".join(links)}.</span>' if links else ""
        )

    def dates(self) -> str:
        items = "\n".join(
            f'<li id="{escape(date_id(moment.value))}"><b class="headword">{escape(moment.said)}</b>.{self.mentions(moment.mentions)}</li>'
            for moment in self.text.moments
        )
        return f'<ul class="entries">\n{items}\n</ul>' if items else ""

    def about(self) -> str:
        text, labels = self.text, self.labels
        rows = [(labels["edited_by"], escape(name)) for _, name in text.editors]
        for fact in text.facts:
            words = (
                self.flowing(fact)
                + sure(text, fact.cert)
                + self.sources(k for k in fact.sources if text.entry(k) is None)
            )
            rows.append((labels.get(fact.name, fact.name), words))
        rows.append((labels["licence"], self.licence()))
        rows.append((labels["cite"], escape(citation(text))))
        rows.append((labels["tei"], self.tei()))
        return "<dl>\n" + "\n".join(_grouped(rows)) + "\n</dl>"

    def tei(self) -> str:
        name = escape(f"{self.text.name}.xml")
        return f'<a href="{name}" type="application/tei+xml">{name}</a>'

    def licence(self) -> str:
        text = self.text
        said = escape(text.licence)
        return f'<a rel="license" href="{escape(text.licence_url)}">{said}</a>' if text.licence_url else said

    def foot(self) -> str:
        return f'<footer class="page"><p>{escape(citation(self.text))}</p><p>{self.licence()}</p></footer>'


_ids = re.compile(r' id="([^"]+)"').findall


def _grouped(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Rows of one name that follow each other have it once."""
    last = ""
    for name, words in rows:
        yield (f"<dt>{escape(name)}</dt>" if name != last else "") + f"<dd>{words}</dd>"
        last = name


def _host(address: str) -> str:
    return address.split("://")[-1].split("/")[0].removeprefix("www.")
