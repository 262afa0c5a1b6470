"""The vocabulary: kind → TEI element, whose words it holds, where it stands among others. Tables, nothing else.

A kind is one row. What rows of one `shape` have in common stands in `encode.kinds` (annotations) and
`encode.claims` (blocks); the JSON Schema and the kind's page are made from the row.
"""

# ruff: noqa: E501  (a kind is a line)

from __future__ import annotations

from typing import Literal, NamedTuple

Words = Literal["seed", "editor", "both", "none"]
Shape = Literal[
    "mention",  # an element with @ref to a register entry
    "phrase",  # an element with @type
    "date",
    "duration",
    "quotation",
    "note",  # the editor's words, at the end of the place
    "gloss",
    "footnote",
    "choice",  # the seed's reading beside the editor's
    "sides",  # two states of the text, one of which stands in the seed
    "supplied",  # the editor's words at a point
    "gap",
    "mark",  # an element with @reason around words of the seed
    "milestone",
    "shift",  # an element with @new at a point
    "interpretation",  # a category of the taxonomy, in @ana
    "link",  # between annotations, in standOff
    "relation",  # between entries of the registers, in standOff
    "element",
]
At = Literal["words", "point", "either", "on", "anywhere", "parts"]


class Kind(NamedTuple):
    """A kind of annotation. `rank` orders kinds on equal places from the outside in; `cut`: others may cut it in pieces.

    value: what the value of the kind's key is: `key` (of a register), `date`, `duration`, `type`, `words`,
    `reason`, `number` or `name`. `fields` are those it has beside the common ones. `at`: it stands on words, at a point
    or on either; `on` other annotations; anywhere or nowhere; or its value says where (`parts`).
    """

    name: str
    element: str
    shape: Shape
    rank: int
    value: str
    words: Words
    about: str
    example: str
    fields: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    inner: str = ""  # of a choice: what holds the seed's reading …
    reading: str = ""  # … and what holds the editor's
    cut: bool = True
    type: str = ""
    at: At = "words"


QUOTATION, GLOSS, DATE, MENTION, EMPHASIS, CHOICE, POINT = 10, 20, 30, 40, 50, 60, 70
ANY = ("people", "places", "orgs", "works", "events", "objects", "groups")

# fmt: off
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("person", "persName", "mention", MENTION, "key", "seed",
             "A person's name.", "stalin", fields=("use",), registers=("people",)),
        Kind("place", "placeName", "mention", MENTION, "key", "seed",
             "The name of a place.", "lubyanka", fields=("use",), registers=("places",)),
        Kind("org", "orgName", "mention", MENTION, "key", "seed",
             "The name of a body: party, committee, firm.", "gestapo", fields=("use",), registers=("orgs",)),
        Kind("work", "title", "mention", MENTION, "key", "seed",
             "The title of a work.", "izvestia", fields=("use",), registers=("works",)),
        Kind("event", "eventName", "mention", MENTION, "key", "seed",
             "The name of an event; a description of one is an `rs`.", "spanish_revolution", fields=("use",), registers=("events",)),
        Kind("object", "objectName", "mention", MENTION, "key", "seed",
             "The name of a thing.", "red_banner", fields=("use",), registers=("objects",)),
        Kind("group", "rs", "mention", MENTION, "key", "seed",
             "A group of people named as one.", "sixteen", fields=("use",), registers=("groups",), type="group"),
        Kind("rs", "rs", "mention", MENTION + 1, "key", "seed",
             "Any other reference to a person, place, event …: not its name.", "stalin", fields=("use",), registers=ANY),
        Kind("term", "term", "phrase", MENTION + 2, "type", "seed",
             "A technical term.", "politics"),
        Kind("name", "name", "phrase", MENTION + 3, "type", "seed",
             "A proper name that no register holds.", "ship"),
        Kind("num", "num", "phrase", MENTION + 4, "number", "seed",
             "A number; its value in figures.", "156"),
        Kind("measure", "measure", "phrase", MENTION + 5, "type", "seed",
             "A quantity with its unit.", "length", fields=("quantity", "unit")),
        Kind("bibl", "bibl", "phrase", MENTION - 2, "key", "seed",
             "A reference to a book or paper.", "poretsky1969", registers=("bibliography",)),
        Kind("ref", "ref", "phrase", MENTION - 1, "target", "seed",
             "A link to another passage or to a page of the web.", "https://example.org/"),
        Kind("foreign", "foreign", "phrase", EMPHASIS, "language", "seed",
             "Words of another language; the value is its tag (BCP 47).", "ru"),
        Kind("emphasis", "emph", "phrase", EMPHASIS + 1, "type", "seed",
             "Words with stress; the value says how they are marked.", "italics"),
        Kind("date", "date", "date", DATE, "date", "seed",
             "An expression of time, in EDTF.", "1937-07-17", fields=("calendar", "style", "reign")),
        Kind("duration", "date", "duration", DATE + 1, "duration", "seed",
             "A length of time, in ISO 8601.", "P16Y"),
        Kind("quotation", "quote", "quotation", QUOTATION, "type", "seed",
             "Words quoted from elsewhere.", "slogan", fields=("voice",)),
        Kind("q", "q", "quotation", QUOTATION + 1, "type", "seed",
             "Words in quotation marks that are no quotation.", "scare", fields=("voice",)),
        Kind("note", "note", "note", POINT, "words", "editor",
             "An editor's note, in CommonMark.", "The plebiscite was Prussian.", fields=("annotations",), cut=False, at="either"),
        Kind("gloss", "note", "gloss", GLOSS, "type", "seed",
             "Words of another voice that stand in the seed.", "signed", fields=("voice", "hand"), cut=False, type="gloss"),
        Kind("footnote", "note", "footnote", GLOSS + 1, "places", "seed",
             "A footnote of the seed: its marker and its body.",
             "{marker: {quote: \"*\"}, body: {from: \"* This\"}}", fields=("voice", "hand", "position"), cut=False, type="footnote", at="parts"),
        Kind("correction", "choice", "choice", CHOICE, "words", "both",
             "An error of the seed, and what it should be.", "raise my voice", inner="sic", reading="corr", cut=False),
        Kind("normalization", "choice", "choice", CHOICE + 1, "words", "both",
             "A spelling of the seed, and the usual one.", "–", inner="orig", reading="reg", cut=False),
        Kind("expansion", "choice", "choice", CHOICE + 2, "words", "both",
             "An abbreviation of the seed, written out.", "Nikolai", inner="abbr", reading="expan", cut=False),
        Kind("surplus", "surplus", "mark", CHOICE + 3, "reason", "seed",
             "Words or marks of the seed that do not belong to the text.", "spacing"),
        Kind("unclear", "unclear", "mark", CHOICE + 4, "reason", "seed",
             "Words that cannot be read with certainty.", "faded", fields=("seed", "text"), at="either"),
        Kind("damage", "damage", "mark", CHOICE + 5, "reason", "seed",
             "Words that stand on a damaged place.", "water", fields=("seed", "text", "hand"), at="either"),
        Kind("deletion", "del", "mark", CHOICE + 6, "reason", "seed",
             "Words that were struck out.", "strikethrough", fields=("seed", "text", "hand"), at="either"),
        Kind("addition", "add", "mark", CHOICE + 7, "reason", "seed",
             "Words that were added later.", "above", fields=("seed", "text", "hand"), at="either"),
        Kind("substitution", "subst", "sides", CHOICE + 8, "words", "both",
             "Words put in place of others; the value is the side that does not stand in the seed.", "nothing", fields=("seed", "hand"), inner="add", reading="del", cut=False),
        Kind("reading", "app", "sides", CHOICE + 9, "words", "both",
             "What another witness has; the value is its reading.", "Galife", fields=("witness", "seed", "hand"), inner="lem", reading="rdg", cut=False, at="either"),
        Kind("supplied", "supplied", "supplied", POINT + 2, "words", "editor",
             "Words that are missing, at a point.", "against ", fields=("reason",), cut=False, at="point"),
        Kind("gap", "gap", "gap", POINT + 1, "reason", "none",
             "Something is missing, at a point.", "lost", fields=("quantity", "unit"), at="point"),
        Kind("pb", "pb", "milestone", POINT + 3, "number", "none",
             "A page begins.", "12", fields=("break", "facs"), at="point"),
        Kind("cb", "cb", "milestone", POINT + 4, "number", "none",
             "A column begins.", "b", fields=("break",), at="point"),
        Kind("lb", "lb", "milestone", POINT + 5, "number", "none",
             "A line begins.", "3", fields=("break",), at="point"),
        Kind("milestone", "milestone", "milestone", POINT + 6, "number", "none",
             "Any other division begins.", "A1", fields=("unit",), at="point"),
        Kind("hand-shift", "handShift", "shift", POINT + 7, "key", "none",
             "Another hand goes on writing.", "secretary", registers=("hands",), at="point"),
        Kind("interpretation", "seg", "interpretation", EMPHASIS + 3, "key", "seed",
             "A category of the taxonomy that the words belong to.", "irony", registers=("taxonomy",)),
        Kind("link", "link", "link", POINT, "type", "none",
             "A link between annotations, by their ids.", "allusion", at="on"),
        Kind("relation", "relation", "relation", EMPHASIS + 4, "type", "none",
             "A relation between entries of the registers; the words, if any, are its evidence.", "opponent", fields=("active", "passive", "mutual"), at="anywhere"),
        Kind("element", "", "element", EMPHASIS + 2, "name", "seed",
             "Any element of TEI, where no kind says it.", "w", fields=("attributes", "words", "text"), at="either"),
    )
}
# fmt: on

COMMON = ("by", "cert", "source", "comment", "id", "also", "or", "ignore")
WHERE = (
    "quote", "prefix", "suffix", "within-word", "occurrence", "from", "to",
    "match", "count", "before", "after", "start", "end", "in", "on",
)  # fmt: skip
CERTAINTIES = ("high", "medium", "low", "unknown")


class Register(NamedTuple):
    """A register of the project. Its entries stand in a `list` of standOff, or in the header where there is none.

    `kind` is the kind that names its entries, `element` what their names are in TEI, `about` what they are, `title` the
    field that holds the name, `labels` the heading for readers, by language.
    """

    name: str
    kind: str
    element: str
    list: str
    about: str
    labels: dict[str, str]
    title: str = "name"
    within: str = ""  # the register whose list holds its entries too


# fmt: off
REGISTERS: dict[str, Register] = {
    register.name: register
    for register in (
        Register("people", "person", "persName", "listPerson", "People", {"en": "People", "de": "Personen"}),
        Register("places", "place", "placeName", "listPlace", "Places", {"en": "Places", "de": "Orte"}),
        Register("orgs", "org", "orgName", "listOrg", "Bodies: parties, committees, firms",
                 {"en": "Organisations", "de": "Organisationen"}),
        Register("works", "work", "title", "listBibl", "Works", {"en": "Works", "de": "Werke"}),
        Register("events", "event", "eventName", "listEvent", "Events", {"en": "Events", "de": "Ereignisse"}),
        Register("objects", "object", "objectName", "listObject", "Things", {"en": "Objects", "de": "Gegenstände"}),
        Register("groups", "group", "rs", "listPerson", "Groups of people",
                 {"en": "Groups", "de": "Gruppen"}, within="people"),
        Register("voices", "voice", "name", "", "Voices: those who speak in glosses and footnotes",
                 {"en": "Voices and hands", "de": "Stimmen und Hände"}),
        Register("bibliography", "bibl", "title", "listBibl", "Books and papers",
                 {"en": "Sources and literature", "de": "Quellen und Literatur"}, title="title"),
        Register("witnesses", "witness", "rs", "", "Witnesses: copies and prints of a text",
                 {"en": "Witnesses", "de": "Textzeugen"}),
        Register("hands", "hand-shift", "rs", "", "Hands: who wrote which words of a manuscript",
                 {"en": "Hands", "de": "Hände"}),
        Register("taxonomy", "interpretation", "term", "", "Taxonomy: categories of interpretation",
                 {"en": "Categories", "de": "Kategorien"}),
    )
}
# fmt: on
LISTED = ("people", "groups", "places", "orgs", "events", "objects", "works", "bibliography")
"""Registers whose entries stand in `standOff`, in its order; those of the others stand in the header."""

Content = Literal["text", "blocks"]


class Block(NamedTuple):
    """A kind of block of `structure:`. It holds text, or `blocks`: other blocks, and white space between them.

    `default` is what a unit of the seed inside it becomes if nothing else names it ("": that is an error). A `unit` is a
    block (between blank lines), a line, or a cell of a line. `typed`: the value is its @type. `fields` are those it has
    beside the common ones. `inner` is an element around all it holds. `group`: what a run of them stands in. `loose`:
    page furniture and the like, which does not divide the text it stands in.
    """

    name: str
    element: str
    content: Content
    about: str
    default: str = ""
    unit: Literal["block", "line", "cell"] = "block"
    typed: bool = False
    fields: tuple[str, ...] = ()
    inner: str = ""
    group: str = ""
    loose: bool = False
    cells: str = "\t"  # what stands between the cells of a line


# fmt: off
BLOCKS: dict[str, Block] = {
    block.name: block
    for block in (
        Block("div", "div", "blocks", "A division: chapter, letter, section.", "p", typed=True),
        Block("floating", "floatingText", "blocks", "A whole text quoted inside another.", "p", typed=True, inner="body"),
        Block("head", "head", "text", "A heading.", fields=("type", "hand")),
        Block("byline", "byline", "text", "Who wrote it, as the text says."),
        Block("argument", "argument", "blocks", "What a chapter is about, set before it.", "p"),
        Block("p", "p", "text", "A paragraph.", fields=("part", "hand")),
        Block("ab", "ab", "text", "A block that is no paragraph.", fields=("type", "part", "hand")),
        Block("opener", "opener", "text", "The beginning of a letter: salute, dateline.", fields=("hand",)),
        Block("closer", "closer", "text", "The end of a letter: salute, signature, dateline.", fields=("hand",)),
        Block("salute", "salute", "text", "The words of greeting.", fields=("hand",)),
        Block("signed", "signed", "text", "The signature.", fields=("hand",)),
        Block("dateline", "dateline", "text", "Place and date."),
        Block("postscript", "postscript", "blocks", "What follows the signature.", "p", fields=("hand",)),
        Block("label", "label", "text", "A label: “P. S.”, a number, a mark.", fields=("type", "hand")),
        Block("epigraph", "epigraph", "blocks", "A motto.", "p"),
        Block("lg", "lg", "blocks", "A group of lines: a stanza; of several stanzas: a poem.", "l", "line", typed=True, fields=("part",)),
        Block("l", "l", "text", "A line of verse.", fields=("part",), group="lg"),
        Block("sp", "sp", "blocks", "A speech.", "p", fields=("who",)),
        Block("speaker", "speaker", "text", "Who speaks."),
        Block("stage", "stage", "text", "A stage direction.", fields=("type", "who"), loose=True),
        Block("castList", "castList", "blocks", "The persons of a play.", "castItem", "line"),
        Block("castItem", "castItem", "text", "One of the persons of a play.", fields=("type",), group="castList"),
        Block("role", "role", "text", "The name of a person of a play."),
        Block("roleDesc", "roleDesc", "text", "Who a person of a play is."),
        Block("list", "list", "blocks", "A list.", "item", "line", typed=True),
        Block("item", "item", "text", "An item of a list.", group="list"),
        Block("table", "table", "blocks", "A table; each line is a row.", "row", "line", typed=True, fields=("cells",)),
        Block("row", "row", "blocks", "A row of a table.", "cell", "cell", fields=("cells",), group="table"),
        Block("cell", "cell", "text", "A cell of a table."),
        Block("figure", "figure", "blocks", "A picture; its caption is a `head` in it.", "p", fields=("type",), loose=True),
        Block("fw", "fw", "text", "What belongs to the page and not to the text: its number, a running title, a catchword.", typed=True, fields=("position", "hand"), loose=True),
        Block("trailer", "trailer", "text", "Closing words: “The End”.", fields=("type", "hand")),
    )
}
# fmt: on
CHUNKS = (
    "p",
    "lg",
    "l",
    "list",
    "ab",
    "sp",
    "table",
    "floating",
    "stage",
    "castList",
    "label",
    "figure",
    "fw",
)
"""Blocks that may stand in a note or quotation."""
LINE_PARTS = ("I", "M", "F", "Y", "N")
"""Values of @part (TEI, att.fragmentable)."""
POSITIONS = (
    "top", "bottom", "left", "right", "margin", "above", "below", "opposite", "overleaf", "inline", "end",
)  # fmt: skip
"""Values of @place (TEI, att.placement)."""
NO_QUOTE = ("date", "opener", "closer", "dateline")
"""Elements in which TEI allows `q`, and no `quote`."""
