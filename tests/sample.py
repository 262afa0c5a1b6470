"""A small project that uses every field of header, settings and registers."""

from __future__ import annotations

import hashlib

from edition.format.yaml import read_yaml
from edition.model.annotation import Entry, Registers, Seed
from edition.model.nodes import Mapping
from edition.model.source import Source
from edition.model.vocabulary import REGISTERS

SETTINGS = """
edition: 1
title: {en: Letters & papers, de: Briefe & Aufsätze}
publisher: {de: Das Projekt, en: The project}
pubplace: Berlin
date: 2026-11
licence: {name: {en: CC BY 4.0, fr: "CC BY 4.0, en français"}, url: "https://creativecommons.org/licenses/by/4.0/"}
editors:
  ed: {name: The editors}
  jd: {name: Jane Doe, role: {en: project lead, de: Leitung}, orcid: 0000-0002-1825-0097, gnd: 118642499}
defaults: {by: ed, language: en}
"""
HEADER = """
header:
  title: "A letter <1937>"
  subtitle: Draft
  author: reiss
  language: en
  date: 1937-07-17~
  source:
    original: letter.html
    about: "From a *web page*.\\n\\nSecond paragraph on [Lenin](person:lenin)."
    printed: [print, memoir]
  translation: {from: ru, by: machine, cert: medium, comment: The wording follows a Russian text.}
  correspondence:
    from: reiss
    to: [cc, Somebody]
    sent: 1937-07-17
    received: "[1937-07-17..1937-08]"
    place: {place: paris, cert: medium, source: print, comment: In the print only.}
    cert: high
    comment: It may not have arrived.
  genre: [letter, polemic]
  abstract: He **breaks** with Stalin.
  revisions:
    - {when: 2026-11-22, by: jd, what: First *version*.}
    - {when: 2026-12~, what: Second.}
"""
REGISTER = """
edition: 1
people:
  reiss:
    name: Ignace Reiss
    names: {de: Ignaz Reiss, ru: Игнатий Рейсс}
    variants: [Ludwig, Ludwik]
    born: {date: 1899~, place: pidvolochysk, cert: medium, source: memoir, comment: Or 1898.}
    died: 1937-09-04
    occupation: officer
    about: Wrote [to the committee](org:cc).
    source: [memoir, "https://example.org/a?b=1&c=2"]
    cert: high
    comment: See the memoir.
    gnd: 118642499
    viaf: 101705481
    wikidata: https://www.wikidata.org/wiki/Q855
    isni: 0000 0001 2281 955X
    links: ["https://example.org/reiss"]
  lenin: {name: Lenin, floruit: 1890/1924}
  unmentioned: {name: Nobody}
  galliffet:
    name: Gaston de Galliffet
    forename: Gaston
    nameLink: de
    surname: Galliffet
    names:
      de: {text: "General Galliffet, Gaston de", roleName: General, surname: Galliffet, forename: Gaston, nameLink: de}
      ru-Latn: [Gaston de Galife, {text: Markiz Galife, from: 1850~, to: 1909, cert: low, source: memoir}]
      zh-Hant: 加斯東
    forms: {de: [Galliffets], ru: [Галифе]}
    variants: [Butcher, {text: Marquis, from: 1850}]
    born: {date: 1830-01-11, calendar: julian}
    occupation: {en: general, de: General}
    about: {en: "Known from [the trial](event:trial).", de: "Aus dem [Prozess](event:trial) bekannt."}
    comment: {fr: Né à Paris.}
    relations:
      - {name: parent, to: [reiss, lenin], cert: low, source: memoir, date: 1871/.., comment: {en: Invented., de: Erfunden.}}
      - {name: opponent, to: cavaignac}
  cavaignac: {name: {de: Cavaignac der Ältere, en: Cavaignac}, relations: [{name: opponent, to: galliffet}]}
places:
  paris: {name: Paris, names: {de: Paris}, kind: city, location: "48.85 +2.35", within: france, geonames: 2988507}
  france: {name: France, kind: nation state}
  pidvolochysk: {name: Pidvolochysk}
  petrograd:
    name: Leningrad
    names: {ru: [{text: Петербург, to: 1914}, {text: Петроград, from: 1914, to: 1924-01-26}]}
    country: france
    location: 59.93 30.31
  nowhere: {name: Nowhere, country: Utopia}
orgs:
  cc: {name: Central Committee, names: {de: Zentralkomitee}, kind: committee, founded: 1898?, dissolved: 1991, links: ["https://example.org/cc"]}
  bolsheviks: {name: Bolsheviks, predecessor: party, successor: [cc], members: [lenin, cc, sixteen]}
  party: {name: Party, successor: bolsheviks}
works:
  izvestia: {name: Izvestia, author: Homer, date: 1917/.., level: j, variants: [Known]}
  article: {name: An article, in: izvestia, published: 1918, publisher: The state, pubplace: Moscow, level: a}
  chapter: {name: A chapter, in: {en: A book, de: Ein Buch}}
events:
  trial: {name: Trial, date: 1936-08~, place: paris, participants: [lenin, cc], wikidata: Q1, about: A trial., links: ["https://e.org/"]}
  vote: {name: Vote, date: 1931-08-09/1931-08-10}
  october: {name: October, date: 1917-10-25, calendar: julian}
objects:
  order: {name: Order, kind: decoration, links: ["https://example.org/order"], wikidata: Q337463, about: Of bravery.}
groups:
  sixteen: {name: The Sixteen, members: [lenin, reiss], date: 1936-08, size: about 16, links: ["https://e.org/16"], wikidata: Q2}
voices:
  EH: {name: E. H., signs: ["E. H."], identified: no, role: glossator, about: Signs three., cert: unknown}
  NK: {name: N. K., identified: unmentioned, source: print}
  bare: {signs: [X]}
bibliography:
  print: {title: Brief, author: reiss, in: review, date: 1937-12, pages: 18 f., level: a, url: "https://example.org/p"}
  review: {title: Der einzige Weg, level: j}
  brief: {title: Lettre, language: fr, in: {en: Somewhere, fr: Revue}}
  memoir: {title: Our own people, author: E. Poretsky, editor: lenin, in: A series, publisher: OUP, pubplace: London, date: 1969, level: m}
witnesses:
  A: {name: {en: First print, de: Erstdruck}, siglum: A¹, date: 1937-12, source: print, about: Seen., comment: Torn.}
  B: {name: Copy, repository: "Houghton Library, Harvard", shelfmark: MS 13, wikidata: Q5, links: ["https://e.org/b"]}
  C: {name: Lost copy}
taxonomy:
  irony: {name: Irony, names: {de: Ironie}, about: {en: Said & not *meant*., de: "Gesagt, nicht gemeint."}, within: figures, source: memoir}
  figures: {name: Figures, about: Of speech.}
  metaphor: {name: Metaphor, within: figures}
"""


def mapping(source: Source) -> Mapping:
    node, found = read_yaml(source)
    assert isinstance(node, Mapping) and not found, found
    return node


def registers(text: str = REGISTER) -> Registers:
    source = Source("annotations/registers/all.yaml", text)
    entries = {}
    for register, node in mapping(source).items.items():
        if register in REGISTERS and isinstance(node, Mapping):
            for key, entry in node.items.items():
                assert isinstance(entry, Mapping)
                entries[key] = Entry(register, key, entry, source, node.keys[key])
    return Registers(entries, "en")


def seed(text: str = "A letter.\n", name: str = "letter") -> Seed:
    data = text.encode()
    return Seed(Source(f"seeds/{name}.txt", text), (), hashlib.sha256(data).hexdigest(), len(data))
