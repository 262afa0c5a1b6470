"""What is printed before and behind a text: who edited it, registers and dates with their places, what the header says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edition.exports.readers.html.html_page import citation
from edition.exports.readers.interventions import sure
from edition.exports.readers.labels import REGISTERS
from edition.exports.readers.print.printed import Place, Press, T
from edition.exports.readers.reading import Entry, Fact, Text
from edition.exports.readers.trimming import capital, unstopped
from edition.exports.readers.worded import diplomatic

REMARKS = ("about", "comment")
UNLABELLED = ("occupation", "role", "cited")


class Book(Press[T]):
    """A text with its registers."""

    def entry(self, entry: Entry) -> T:
        """An entry of a register in one paragraph."""
        siglum = entry.register == "witnesses" and entry.short not in ("", entry.name)
        called = entry.short if siglum else entry.name
        name = self.styled("bold", self.words(called))
        variants = f" ({self.labels['variants']} {', '.join(entry.variants)})" if entry.variants else ""
        variants += f": {entry.name}" if siglum else ""
        stop = "" if called.endswith((".", "?", "!")) and not variants else "."
        parts = [self.spoken(entry.language, name) if entry.language else name, self.words(variants + stop)]
        parts += self.facts(entry.facts)
        parts += [
            part for label, address in entry.links for part in (self.words(" "), self.link(label, address))
        ]
        parts.append(self.cited(entry.sources))
        if row := self.places.get(entry.key):
            parts += [self.words(" "), self.pages(row)]
        return self.join(parts)

    def link(self, label: str, address: str) -> T:
        """Authorities are printed with their number, and the address is behind it; other addresses in full."""
        return self.linked(
            address, self.words(f"{label} {address.rstrip('/').rsplit('/', 1)[-1]}." if label else address)
        )

    def facts(self, facts: tuple[Fact, ...]) -> Iterator[T]:
        """What is said in a word or two makes one sentence; remarks are sentences already."""
        brief = [fact for fact in facts if fact.name not in REMARKS]
        for k, fact in enumerate(brief):
            label = "" if fact.name in UNLABELLED else f"{self.labels.get(fact.name, fact.name)} "
            yield self.words(" " if k == 0 else "; ")
            yield self.words(label[:1].upper() + label[1:] if k == 0 else label)
            content = unstopped(fact.content)
            told = sure(self.text, fact.cert) in diplomatic(content)
            yield self.editorial(content if label or k else capital(content), "" if told else fact.cert)
        if brief:
            yield self.words(".")
        for fact in facts:
            if fact.name in REMARKS:
                yield self.words(" ")
                yield self.editorial(fact.content, fact.cert)

    def registers(self) -> Iterator[tuple[str, list[T]]]:
        """Heading and paragraphs of each register; dates before what is cited."""
        for register in REGISTERS:
            if register == "bibliography" and self.text.moments:
                yield self.labels["dates"], [self.moment(k) for k in range(len(self.text.moments))]
            entries = [e for e in self.text.entries if e.register == register]
            if entries:
                yield self.labels[register], [self.entry(e) for e in entries]

    def moment(self, number: int) -> T:
        moment = self.text.moments[number]
        said = self.styled("bold", self.words(moment.said))
        return self.join(
            [said, self.words(". "), self.pages(Place(mention.id) for mention in moment.mentions)]
        )

    def about(self) -> Iterator[tuple[str, T]]:
        """Rows of the header: what it is, what is said."""
        text, labels = self.text, self.labels
        for _, name in text.editors:
            yield labels["edited_by"], self.words(name)
        for fact in text.facts:
            extra = tuple(key for key in fact.sources if text.entry(key) is None)
            yield labels.get(fact.name, fact.name), self.editorial(fact.content, fact.cert, extra)
        licence = self.words(text.licence)
        yield labels["licence"], self.linked(text.licence_url, licence) if text.licence_url else licence
        yield labels["cite"], self.words(citation(text))


def edited_by(text: Text) -> str:
    """Editors, series and year, as in the citation."""
    return citation(replace(text, author="", title="")).removeprefix(". ").removesuffix(".")
