"""Every field of the YAML files, once: its title, what it means, an example, and what it may hold.

`json_schema` and `annotation_schema` put them together; an editor shows them while one writes. The words of an error
stand beside the constraint they belong to, as a predicate: `errorMessage` and `patternErrorMessage` (editors show them
as well), and `x-rule`, the code of the rule.
"""

# ruff: noqa: E501  (a field is a line)

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from edition.dates.calendars import CALENDARS, STYLES
from edition.model import rules
from edition.model.diagnostics import Rule
from edition.model.vocabulary import CERTAINTIES, KINDS, LINE_PARTS, POSITIONS, REGISTERS

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Schema = dict[str, Json]

# A text may look like a number or a truth value to an editor that reads YAML 1.2: it is text here.
SCALAR = ("string", "number", "boolean", "null")


def with_error(rule: Rule, predicate: str, schema: Schema) -> Schema:
    """A constraint with its rule, and what is said of the value that breaks it: “… is empty”."""
    return {**schema, "x-rule": rule.code, "errorMessage": predicate}


def with_required(rule: Rule, predicate: str, *names: str) -> Schema:
    """A mapping with all these keys; the predicate is said of a key that is missing."""
    return with_error(rule, predicate, {"required": list(names)})


def without_keys(names: Iterable[str], predicate: str, rule: Rule = rules.SELECTOR) -> Schema:
    """A mapping with none of these keys."""
    return {"propertyNames": with_error(rule, predicate, {"not": {"enum": list(names)}})}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def either(schema: Schema, *types: str) -> Schema:
    """A schema that allows other types as well."""
    mine = schema["type"]
    return {**schema, "type": [*([mine] if isinstance(mine, str) else mine), *types]}  # type: ignore[misc]


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def fitting(pattern: str, predicate: str, *types: str, rule: Rule = rules.VALUE) -> Schema:
    """A text (or what an editor may take it for) that a regular expression finds something in."""
    allowed = list(types or SCALAR)
    return {"type": allowed, "pattern": pattern, "x-rule": rule.code, "patternErrorMessage": predicate}


def one_of(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


NOT_BLANK = "[^ \\t\\r\\n]"
ANYTHING: Schema = {"type": list(SCALAR)}
CHARACTERS: Schema = {**ANYTHING, "minLength": 1, "errorMessage": "is empty"}
TEXT = fitting(NOT_BLANK, "is empty")
WORDS = fitting(NOT_BLANK, "is empty: empty words stand everywhere and nowhere", rule=rules.EMPTY)
_NO_NUMBER = "is not a whole number of at most nine digits"
DIGITS = fitting("^-?[0-9]{1,9}$", _NO_NUMBER, "string", "integer", rule=rules.NUMBER)
NUMBER: Schema = {**DIGITS, "minimum": 0, "maximum": 999_999_999}
TRUTH = "^([Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE)$"
YES_NO = fitting(TRUTH, "is neither “yes” nor “no”", "string", "boolean")
NAME = "^[A-Za-z_][A-Za-z0-9._-]*$"
_NO_ID = "is not an identifier: a letter (A–Z, a–z) or “_”, then letters, digits, “.”, “-” and “_”"
IDENTIFIER = fitting(NAME, _NO_ID, rule=rules.ID)
ONE_WORD = fitting("^[^ \\t\\r\\n]+$", "is not one word")
LANGUAGE = fitting(
    "^([A-Za-z]{2,3}|[xX])(-[A-Za-z0-9]{1,8})*$", "is not a language tag, such as de, ru, grc, zh-Hant"
)
OCCURRENCE = fitting(
    "^ *(all|(all|[0-9]{1,9}( *, *[0-9]{1,9})*) +of +[0-9]{1,9}) *$",
    "does not say which of how many: write “2 of 4”, “1, 3 of 4” or “all of 4”",
    "string",
)
COUNTS = fitting(
    "^(off|information|warning|error)$", "is not “off”, “information”, “warning” or “error”", "string"
)
CERT = one_of(CERTAINTIES)
TEXTS = either({**TEXT, "items": TEXT}, "array")
LIST = list_of(TEXT)
LIFE = either({**TEXT, **ref("life")}, "object")
MOMENT = either({**TEXT, **ref("moment")}, "object")
TAGS: Schema = {
    "propertyNames": {name: value for name, value in LANGUAGE.items() if name != "type"},
    "minProperties": 1,
}
SAID = either({**TEXT, **TAGS, "additionalProperties": TEXT}, "object")
"""A text in the project's language, or texts by language."""
FORM = either({**TEXT, **ref("form")}, "object")
FORMS = either({**FORM, "items": FORM}, "array")
NAMES: Schema = {"type": "object", **TAGS, "additionalProperties": FORMS}
OTHERS: Schema = {"type": ["array", "object"], "items": FORM, **TAGS, "additionalProperties": FORMS}
PARTS = ("forename", "surname", "addName", "roleName", "nameLink", "genName")


class Field(NamedTuple):
    """A field as an editor shows it: its title, a sentence, an example; and what it may hold."""

    title: str
    about: str
    example: Json
    schema: Schema


# A name alone holds in every mapping; `context.name` in that of its context, where it goes before the name alone.
_ROWS: dict[str, tuple[str, str, Json, Schema]] = {
    # of every annotation
    "by": ("Who claims it", "A key of `editors` in edition.yaml, or “machine”; becomes @resp.", "editors", TEXT),
    "cert": ("How certain", "How certain the value of the kind is: high, medium, low or unknown.", "medium", CERT),
    "source": ("Where it is known from", "A key of the bibliography, or a URL; or a list of them.", "poretsky1969", TEXTS),
    "comment": ("A comment", "A sentence on this claim, published as an editor's note.", "Garbled in translation.", TEXT),
    "id": ("An identifier", "Written to the edition where something points at it; unique in the file.", "n1", IDENTIFIER),
    "also": ("Further claims", "Further claims on the same words: each a kind, and fields without a place.", [{"correction": "Galliffets"}], list_of(ref("claim"))),
    "or": ("Alternatives", "Other values of the same kind that are possible as well.", [{"person": "trepov_fyodor", "cert": "low"}], list_of(ref("claim"))),
    "ignore": (
        "Rules not meant here", "A rule's code, and the reason why it does not hold here.", {"W213": "The text is still growing."},
        {"type": "object", "additionalProperties": TEXT, "propertyNames": with_error(rules.VALUE, "is not the code of a rule, such as W213", {"pattern": "^[EWI][0-9]{3}$"})},
    ),
    "annotations": ("Annotations", "Annotations that have a place, an editor or a certainty in common; inner values win.", [{"person": "stalin", "quote": "Stalin"}], list_of(ref("annotation"))),
    # of some kinds
    "use": ("How the name is used", "For a name that stands for something else than its bearer: “these Kamenevs”.", "antonomasia", TEXT),
    "voice": ("Who speaks", "A key of the register of voices or of people, or “unknown”.", "EH", TEXT),
    "calendar": ("Calendar", "The calendar of the date, where it is not the Gregorian: the date is written in its years, months and days.", "julian", one_of(CALENDARS)),
    "style": ("Style of the year", "With which day the year of a Julian date begins, where it is not 1 January.", "lady-day", one_of(STYLES)),
    "reign": ("Reign", "The ruler whose years the date counts, a key of the register of people: `date: 3` is the third year, `date: 3-05-04` the 4th of May in it. The entry says when the reign began, with `accession`.", "charles_ii", TEXT),
    "seed": ("Does the seed have it?", "“no”: these words stand beside the seed, and not in it.", "no", YES_NO),
    "hand": ("Whose hand", "A key of the register of hands.", "secretary", TEXT),
    "witness": ("Which witness", "A key of the register of witnesses, or a list of them.", "A", TEXTS),
    "active": ("Who", "The entries that the relation goes out from.", "trotsky", TEXTS),
    "passive": ("Whom", "The entries that it goes to.", "stalin", TEXTS),
    "mutual": ("Between whom", "The entries of a relation that goes both ways.", ["trotsky", "stalin"], LIST),
    "quantity": ("How much", "The quantity in figures.", "3", TEXT),
    "unit": ("Of what", "The unit that is counted.", "words", TEXT),
    "reason": ("Why", "Why the words are missing.", "lost", TEXT),
    "break": ("Between words?", "“no”: the break stands inside a word.", "no", YES_NO),
    "facs": ("Facsimile", "The image of the page: a path in the project, or a URL.", "https://example.org/12.jpg", TEXT),
    "attributes": (
        "Attributes", "The attributes of the element in TEI, by name.", {"lemma": "go"},
        {"type": "object", "additionalProperties": ANYTHING, "propertyNames": with_error(rules.VALUE, "is not the name of an attribute", {"pattern": "^(xml:)?[A-Za-z_][A-Za-z0-9._-]*$"})},
    ),
    "words": ("Whose words", "“seed”: the element holds words of the seed; “editor”: it does not; “none”: it holds no words.", "seed", one_of(("seed", "editor", "none"))),
    "text": ("The words", "The text of the note, in CommonMark.", "See the trial of *August 1936*.", WORDS),
    "note.annotations": ("Annotations of the note", "Annotations of the note's own words, by the same grammar.", [{"person": "stalin", "quote": "Stalin"}], list_of(ref("annotation"))),
    "marker": ("The marker", "Where the marker of the footnote stands in the text.", {"quote": "*"}, ref("place")),
    "body": ("The body", "Where the words of the footnote stand.", {"from": "* This refers", "to": "- E. H."}, ref("place")),
    # where
    "quote": ("Words of the seed", "The exact words; white space matches any run of white space.", "father of nations", WORDS),
    "prefix": ("What stands before", "Words directly before those quoted, to tell the place from others.", "Ruthless struggle", TEXT),
    "suffix": ("What stands after", "Words directly after those quoted, to tell the place from others.", "of socialism", TEXT),
    "within-word": ("Inside a word", "“yes”: the words may begin or end inside a word.", "yes", YES_NO),
    "occurrence": ("Which of several", "Which of how many: “2 of 4”, “1, 3 of 4”, “all of 4”.", "all of 4", OCCURRENCE),
    "from": ("Begin of a passage", "The words with which the passage begins.", "Ludwig, July", either({**WORDS, **ref("end")}, "object")),
    "to": ("End of a passage", "The words with which the passage ends: the first that follow its begin.", "1937.", either({**WORDS, **ref("end")}, "object")),
    "match": ("Regular expression", "All that matches (RE2 syntax): the group “quote”, or the whole.", "\\(.*? - E\\. H\\.\\)", WORDS),
    "count": ("How many matches", "How many places the regular expression must find.", "4", NUMBER),
    "before": ("Point before", "A point: directly before these words.", "Stalinism!", WORDS),
    "after": ("Point after", "A point: directly after these words.", "Ruthless struggle", WORDS),
    "start": ("First character", "Offset in code points, counted from 0; for machines.", "17", NUMBER),
    "end": ("Last character", "Offset in code points, behind the last; for machines.", "23", NUMBER),
    "in": ("Only in", "The passage in which the words are looked for.", {"quote": "“father of nations” *"}, ref("area")),
    "on": ("On other annotations", "An id, a list of them, or “text” for the whole, instead of a place.", "n1", TEXTS),
    # structure
    "contains": ("Blocks inside", "The blocks that this one contains.", [{"head": "Traitor's open letter"}], list_of(ref("entry"))),
    "n": ("Number", "The number or label the block is cited by. Those of its sort that follow count on from it.", "12", TEXT),
    "part": ("Part of a whole", "For a line or paragraph that goes on elsewhere: I (begin), M (middle), F (end).", "I", one_of(LINE_PARTS)),
    "position": ("Where on the page", "Where it stands on the page: top, bottom, margin …", "bottom", one_of(POSITIONS)),
    "type": ("Type", "What sort of block it is, in one word.", "entrance", ONE_WORD),
    "who": ("Whose speech", "A key of the register of people, or the id of a role of the cast list; or a list of them.", "hamlet", TEXTS),
    "cells": ("Between cells", "What stands between the cells of a row: “\\t” (a tab) if nothing is said.", " | ", CHARACTERS),
    # conventions
    "conventions": ("Conventions", "How the texts show headings, speeches, page numbers …: what a pattern finds becomes a block.", [{"becomes": "head", "of": "line", "match": "^CHAPTER [IVX]+", "opens": "div", "type": "chapter"}], list_of(ref("convention"))),
    "convention.becomes": ("What it becomes", "A kind of block, or “footnote”.", "head", TEXT),
    "convention.match": ("Pattern", "A regular expression (RE2), looked for in each unit. The unit becomes the block, or only the group “text”; groups named like blocks are blocks inside it.", "^(?P<speaker>[A-Z]+\\.)", WORDS),
    "convention.of": ("Unit", "What the pattern is looked for in: each block of the seed (between blank lines), or each line.", "line", one_of(("block", "line"))),
    "convention.within": ("Only within", "A kind of block: only what stands in one is looked at.", "sp", TEXT),
    "convention.opens": ("What it opens", "A kind of block that begins here, and runs to the next one of its kind.", "div", TEXT),
    "convention.type": ("Type", "The type of what is opened, or else of the block itself.", "chapter", ONE_WORD),
    "convention.level": ("Level", "Of what is opened, 1 being the highest; if nothing is said, the order of the conventions.", "1", fitting("^[1-9]$", "is not a number from 1 to 9", "string", "integer", rule=rules.NUMBER)),
    "convention.runs-on": ("Runs on", "“yes”: the block runs on to the next of these: for lines, to the end of the seed's block at most.", "yes", YES_NO),
    "convention.who": ("Whose speech", "What speakers are called, and the key or id of whom it is.", {"HAMLET": "hamlet"}, {"type": "object", "additionalProperties": TEXT}),
    "convention.marker": ("Marker", "The pattern of the markers of footnotes; the group “number” pairs them with their bodies.", "\\[(?P<number>[0-9]+)\\]", WORDS),
    "convention.body": ("Body", "The pattern with which the bodies begin.", "^\\[(?P<number>[0-9]+)\\] ", WORDS),
    # files
    "edition": ("Version of the format", "Always 1.", "1", with_error(rules.VALUE, "is not 1, the only version of the format", {"enum": ["1", 1]})),
    "header": ("Header", "What is known of the text as a whole.", {"title": "Open letter", "language": "en"}, ref("header")),
    "structure": ("Structure", "The blocks of the text that are no plain paragraphs.", [{"head": "Open letter"}], list_of(ref("entry"))),
    "file.annotations": ("Annotations", "What is claimed of words of the seed: each entry a kind, a value and a place.", [{"person": "stalin", "quote": "Stalin"}], list_of(ref("annotation"))),
    # header
    "title": ("Title", "The title.", "Traitor's Open Letter, 1937", TEXT),
    "subtitle": ("Subtitle", "The second part of the title.", "A digital edition", TEXT),
    "author": ("Author", "A key of the register of people, or a name.", "reiss", TEXT),
    "language": ("Language", "The language of the text, as a tag (BCP 47).", "en", LANGUAGE),
    "date": ("Date", "A date in EDTF; or a mapping with `date`, `calendar`, `style`.", "1937-07-17", MOMENT),
    "header.source": ("Origin", "Where the seed comes from.", {"original": "letter.html"}, ref("origin")),
    "original": ("Original", "The name of the file or document the seed was taken from.", "letter.html", TEXT),
    "origin.about": ("On the origin", "Origin and transmission of the text, in CommonMark.", "Copied from a web page in 2020.", TEXT),
    "printed": ("In print", "Where the text is printed: keys of the bibliography.", ["poretsky1969"], LIST),
    "translation": ("Translation", "For a seed that is a translation: from what, and by whom.", {"from": "unknown", "by": "machine"}, ref("translation")),
    "translation.from": ("From", "The language of the original, or “unknown”.", "ru", TEXT),
    "translation.by": ("By", "A key of the register of people, or “machine”.", "machine", TEXT),
    "correspondence": ("Correspondence", "For a letter: who wrote to whom, when and where.", {"from": "reiss", "to": "cc_vkpb"}, ref("correspondence")),
    "correspondence.from": ("Sender", "A key of the register of people or orgs, or a list of them.", "reiss", TEXTS),
    "correspondence.to": ("Addressee", "A key of the register of people or orgs, or a list of them.", "cc_vkpb", TEXTS),
    "sent": ("Sent", "When it was sent, in EDTF; or a mapping with `date`, `calendar`, `style`.", "1937-07-17", MOMENT),
    "received": ("Received", "When it was received, in EDTF; or a mapping with `date`, `calendar`, `style`.", "1937-07", MOMENT),
    "correspondence.place": ("Place of sending", "A key of the register of places; or a mapping with `place`, `cert`, `source`, `comment`.", "paris", either({**TEXT, **ref("whereabouts")}, "object")),
    "genre": ("Genre", "The kinds of text it belongs to.", ["open letter"], LIST),
    "abstract": ("Abstract", "What the text says, in CommonMark.", "A break with Moscow.", TEXT),
    "revisions": ("Revisions", "What was changed in the edition, and when.", [{"when": "2026-11-22", "by": "editors", "what": "First version."}], list_of(ref("revision"))),
    "when": ("When", "The date of the change.", "2026-11-22", TEXT),
    "what": ("What", "What was changed.", "First version.", TEXT),
    # registers
    "name": ("Name", "The main form of the name, in the project's language; or a form for each language.", "Joseph Stalin", SAID),
    "names": ("Names by language", "Forms of the name in other languages, by language tag: a text, a mapping with `text`, or a list of them.", {"de": "Josef Stalin", "ru-Latn": "Iosif Stalin"}, NAMES),
    "variants": ("Variants", "Other names, as they occur; or lists of them by language.", ["Koba"], OTHERS),
    "forms": ("Forms", "Inflected forms of the name, as they occur; or lists of them by language.", ["Stalins"], OTHERS),
    "form.text": ("Name", "The name as a whole.", "Sankt-Peterburg", TEXT),
    "form.from": ("From", "The first day, month or year on which it was called so.", "1703", TEXT),
    "form.to": ("To", "The last day, month or year on which it was called so.", "1914", TEXT),
    "forename": ("Forename", "The part of the name that is a forename; or a list of them.", "Joseph", TEXTS),
    "surname": ("Surname", "The part of the name that is a surname.", "Stalin", TEXTS),
    "addName": ("Byname", "The part of the name that is a byname, a nickname or an alias.", "the Great", TEXTS),
    "roleName": ("Title", "The part of the name that is a title or an office.", "Marquis", TEXTS),
    "nameLink": ("Link", "The part of the name that links others.", "de", TEXTS),
    "genName": ("Generation", "The part of the name that tells generations apart.", "Jr.", TEXTS),
    "about": ("About", "A sentence that says who or what this is; or one for each language.", "Soviet statesman.", SAID),
    "entry.comment": ("A comment", "A sentence on this entry, published as an editor's note; or one for each language.", "The year is disputed.", SAID),
    "entry.date": ("Date", "When it was, in EDTF; or a mapping with `date`, `calendar`, `style`.", "1936-08-19/1936-08-24", MOMENT),
    "life.date": ("Date", "A date in EDTF.", "1878-12-18", TEXT),
    "moment.date": ("Date", "A date in EDTF.", "1937-07-17", TEXT),
    "life.comment": ("A comment", "A sentence on this date, published as an editor's note; or one for each language.", "Old Style in some sources.", SAID),
    "relations": ("Relations", "How this belongs to other entries: what it is (`name`) to which (`to`).", [{"name": "parent", "to": "sedov"}], list_of(ref("relation"))),
    "relation.name": ("What it is", "The name of the relation, from this entry to the other: parent, spouse, sibling, colleague, teacher …", "parent", ONE_WORD),
    "relation.to": ("To whom", "A key of the registers, or a list of them.", "sedov", TEXTS),
    "relation.date": ("When", "When it was so, in EDTF; or a mapping with `date`, `calendar`, `style`.", "1903/1940", MOMENT),
    "relation.comment": ("A comment", "A sentence on this relation; or one for each language.", "Never married.", SAID),
    "links": ("Links", "Pages of the web on it.", ["https://example.org/"], LIST),
    "gnd": ("GND", "The number in the Gemeinsame Normdatei.", "118642499", TEXT),
    "viaf": ("VIAF", "The number in the Virtual International Authority File.", "101705481", TEXT),
    "wikidata": ("Wikidata", "The item in Wikidata.", "Q855", TEXT),
    "geonames": ("GeoNames", "The number in GeoNames.", "2988507", TEXT),
    "orcid": ("ORCID", "The ORCID iD of a scholar.", "0000-0002-1825-0097", TEXT),
    "isni": ("ISNI", "The International Standard Name Identifier.", "0000 0001 2145 0271", TEXT),
    "born": ("Born", "A date in EDTF; or a mapping with `date`, `calendar`, `style`, `place`, `cert`, `source`, `comment`.", "1878-12-18", LIFE),
    "died": ("Died", "A date in EDTF; or a mapping with `date`, `calendar`, `style`, `place`, `cert`, `source`, `comment`.", "1953-03-05", LIFE),
    "accession": ("Accession", "For a ruler: the day from which the years of the reign are counted; or a mapping with `date`, `calendar`, `style`.", {"date": "1649-01-30", "calendar": "julian"}, MOMENT),
    "floruit": ("Active", "When the person was active, if no more is known: a date in EDTF, or a mapping.", "1917/1937", LIFE),
    "occupation": ("Occupation", "What the person did for a living.", "journalist", SAID),
    "kind": ("Sort", "What sort of thing it is, in one word.", "prison", TEXT),
    "location": (
        "Coordinates", "Latitude and longitude in degrees.", "55.7606 37.6283",
        fitting("^[-+]?[0-9]{1,2}([.][0-9]+)? +[-+]?[0-9]{1,3}([.][0-9]+)?$", "is not a latitude and a longitude, such as 55.7606 37.6283"),
    ),
    "within": ("Part of", "The place it lies in: a key of the register of places.", "moscow", TEXT),
    "taxonomy.within": ("Part of", "The wider category: a key of the taxonomy.", "figures", TEXT),
    "country": ("Country", "A key of the register of places, or a name.", "france", TEXT),
    "founded": ("Founded", "A date in EDTF; or a mapping with `date`, `calendar`, `style`.", "1917-12-20", MOMENT),
    "predecessor": ("Predecessor", "The body it came from: a key of the register of orgs, or a list of them.", "rsdlp", TEXTS),
    "successor": ("Successor", "The body that came from it: a key of the register of orgs, or a list of them.", "cpsu", TEXTS),
    "orgs.members": ("Members", "Who belongs to it: keys of people, orgs or groups.", ["lenin"], LIST),
    "dissolved": ("Dissolved", "A date in EDTF; or a mapping with `date`, `calendar`, `style`.", "1934", MOMENT),
    "level": ("Level", "a: in a book or journal; m: a book; j: a journal; s: a series; u: unpublished.", "m", one_of("amjsu")),
    "published": ("Published", "When it was published, in EDTF; or a mapping with `date`, `calendar`, `style`.", "1930", MOMENT),
    "works.in": ("In", "The book or journal it stands in: a key of the works or the bibliography, or a text, or one for each language.", "pravda", SAID),
    "bibliography.language": ("Language", "The language of the title, where it is not the project's.", "de", LANGUAGE),
    "scribe": ("Scribe", "Who wrote it: a key of the register of people, or a name.", "john", TEXT),
    "script": ("Script", "The script it is written in, one word or a list of them.", "secretary", either({**fitting(NAME, "is not one word of letters, digits, “-” and “_”"), "items": fitting(NAME, "is not one word of letters, digits, “-” and “_”")}, "array")),
    "medium": ("Medium", "Ink or pencil, and of what colour, one word or a list of them.", "pencil", either({**ONE_WORD, "items": ONE_WORD}, "array")),
    "scope": ("Scope", "How much of the source it wrote: sole, major or minor.", "minor", one_of(("sole", "major", "minor"))),
    "siglum": ("Siglum", "The sign by which the apparatus names the witness.", "A", TEXT),
    "repository": ("Repository", "The library or archive that keeps it.", "Houghton Library, Harvard", TEXT),
    "shelfmark": ("Shelf mark", "Its number there.", "MS Russ 13.1", TEXT),
    "place": ("Place", "A key of the register of places.", "paris", TEXT),
    "participants": ("Participants", "Who took part: keys of the registers.", ["stalin"], LIST),
    "members": ("Members", "Who belongs to it: keys of the register of people.", ["zinoviev", "kamenev"], LIST),
    "size": ("Size", "How many they are.", "16", TEXT),
    "signs": ("Signatures", "How the voice signs its glosses in the text.", ["E. H."], LIST),
    "identified": ("Identified", "“no”, or the key of the person it is.", "no", TEXT),
    "role": ("Role", "What the person or the voice does; or a text for each language.", "editor", SAID),
    "editor": ("Editor", "Who edited the book.", "Elsa Bernaut", TEXT),
    "publisher": ("Publisher", "Who publishes it.", "Oxford University Press", TEXT),
    "settings.publisher": ("Publisher", "Who publishes the edition; or a text for each language.", "Oxford University Press", SAID),
    "pubplace": ("Place of publication", "Where it is published.", "London", TEXT),
    "settings.pubplace": ("Place of publication", "Where the edition is published; or a text for each language.", "London", SAID),
    "pages": ("Pages", "Pages, as cited.", "279–281", TEXT),
    "bibliography.in": ("In", "The book or journal it stands in: a key of the bibliography, or a text, or one for each language.", "poretsky1969", SAID),
    "url": ("URL", "Its address on the web.", "https://example.org/", TEXT),
    # edition.yaml
    "settings.title": ("Title of the project", "The title that all texts of the project share.", "Letters of 1937", SAID),
    "settings.date": ("Date of publication", "When the edition is published.", "2026", TEXT),
    "licence": ("Licence", "Under what conditions the edition may be used.", {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}, ref("licence")),
    "licence.name": ("Name", "The name of the licence.", "CC BY 4.0", SAID),
    "editors": ("Editors", "Who works on the edition, each under a key that `by` names.", {"editors": {"name": "The editors"}}, {"type": "object", "propertyNames": IDENTIFIER, "additionalProperties": ref("editor")}),
    "defaults": ("Defaults", "What holds where nothing else is said.", {"by": "editors", "language": "en"}, ref("defaults")),
    "types": ("Types", "The types in use, by kind: each with a sentence that says what it means.", {"gloss": {"signed": "A gloss with a signature."}}, ref("types")),
    "kinds": ("Own kinds", "Kinds of annotation that only this project has.", {"seal": {"element": "seal", "words": "seed", "about": "The text of a seal."}}, ref("kinds")),
    "element": ("Element", "The element of TEI it becomes.", "seal", fitting(NAME, "is not the name of an element")),
    "kinds.value": ("What the value is", "What the value of the kind is: a type (if nothing is said), a key of a register, a date …", "type", one_of(sorted({kind.value for kind in KINDS.values()} - {"places", "name"}))),
    "kinds.type": ("Type", "The @type that the element always has.", "wax", TEXT),
    "kinds.about": ("About", "A sentence that says what the kind is for.", "The text of a seal.", TEXT),
    "characters": (
        "Characters", "Private-use characters in the texts, and what they are: words alone, or a mapping with `about`, `name`, `standard`, `image`.", {"U+E000": "An owl on a shield, the mark of the printer."},
        {"type": "object", "additionalProperties": either({**TEXT, **ref("character")}, "object"), "propertyNames": with_error(rules.VALUE, "is not a private-use character, such as U+E000", {"pattern": "^U[+](E[0-9A-F]{3}|F[0-8][0-9A-F]{2}|F[0-9A-F]{4}|10[0-9A-F]{4})$"})},
    ),
    "character.about": ("About", "A sentence that says what it looks like and what it means; or one for each language.", "An owl on a shield, the mark of the printer.", SAID),
    "character.name": ("Name", "A name in the manner of Unicode, in capitals.", "PRINTER'S MARK OWL ON SHIELD", TEXT),
    "character.standard": ("Standard", "The nearest characters that Unicode has, to be shown where no font has this one.", "🦉", TEXT),
    "character.image": ("Image", "The address of a picture of it.", "https://example.org/owl.png", TEXT),
    "rules": (
        "Rules", "Which warnings and information count, and how: off, information, warning or error; in some files only, if `in` names them.", {"W213": "error", "I312": {"is": "off", "in": ["letter"], "reason": "Read and agreed."}},
        {"type": "object", "additionalProperties": either({**COUNTS, **ref("rule"), "items": ref("rule")}, "object", "array"), "propertyNames": with_error(rules.VALUE, "is not the code of a warning or an information, such as W213: an error stays an error", {"pattern": "^[WI][0-9]{3}$"})},
    ),
    "is": ("How it counts", "off, information, warning or error.", "error", COUNTS),
    "rule.in": ("In which files", "Names of texts, or paths with * for any letters; or a list of them.", ["letter", "annotations/registers/*"], TEXTS),
    "rule.reason": ("Reason", "Why the project wants it so.", "The text is still growing.", TEXT),
    "schemas": ("Further schemas", "RELAX NG (XML syntax) or Schematron that the editions are held against as well: files of the project, or names that `edition schema fetch` knows.", ["tei_all"], LIST),
    "transpiler": ("Transpiler", "The stylesheet that makes one of a Schematron for XSLT 2 or 3, such as transpile.xsl of SchXslt2: a file of the project.", "schema/transpile.xsl", TEXT),
    "base": ("Published at", "The URL under which the files of out/ are published, ending in “/”: identifiers in exported data begin with it.", "https://example.org/letters/", fitting("^https?://[^ ]+/$", "is not a URL that ends in “/”")),
    "include": ("Further registers", "Register files elsewhere in the project.", ["registers/shared.yaml"], LIST),
    "left_out": ("Left out", "What is deliberately not annotated, with reasons.", [{"seed": "reiss-1937", "table": "entities", "row": "stalin", "reason": "Named in another letter only."}], list_of(ref("left_out"))),
    "left_out.seed": ("Seed", "The name of the seed.", "reiss-1937", TEXT),
    "table": ("Table", "Which table the row stands in.", "entities", one_of(("entities", "dates", "emendations"))),
    "row": ("Row", "The key of the row, or “LINE: expression”.", "stalin", TEXT),
    "left_out.reason": ("Reason", "Why it is left out.", "Named in another letter only.", TEXT),
}  # fmt: skip
FIELDS = {name: Field(*row) for name, row in _ROWS.items()}


def fields(context: str, names: Iterable[str]) -> Schema:
    """The properties of a mapping: each field as it is meant in that context."""
    contexts = (f"{context}.", "entry." if context in REGISTERS else "", "")
    rows = {name: next(FIELDS[c + name] for c in contexts if c + name in FIELDS) for name in names}
    return {
        name: {"title": row.title, "description": row.about, "examples": [row.example], **row.schema}
        for name, row in rows.items()
    }


def mapping(context: str, names: Iterable[str], required: Iterable[str] = ()) -> Schema:
    """A mapping with these fields and no others."""
    must: Schema = {"required": list(required)} if required else {}
    return {"type": "object", "properties": fields(context, names), "additionalProperties": False, **must}


def inner(context: str, names: Iterable[str], required: Iterable[str] = ()) -> Schema:
    """A mapping with these fields, where a text may stand as well: it says nothing of the type."""
    return {key: value for key, value in mapping(context, names, required).items() if key != "type"}
