"""Every rule, once: its code, its name, and why there is such a rule. Its page in `rules/` says the rest and shows it.

Elsewhere rules are called by the names given here, never by their codes. Knows nothing of what breaks them.
"""

from __future__ import annotations

from pathlib import Path

from edition.model.diagnostics import Rule, Severity

RULES: dict[str, Rule] = {}
_SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "I": "information"}


def _rule(code: str, name: str, why: str) -> Rule:
    RULES[code] = rule = Rule(code, name, _SEVERITIES[code[0]], why)
    return rule


# fmt: off
# files and seeds
SOURCE_MISSING = _rule("E101", "source-missing", "Annotations belong to the seed of the same name.")
ENCODING = _rule("E102", "encoding", "Every file is UTF-8; a guess at another encoding would change letters silently.")
CHAR = _rule("E103", "character", "XML cannot hold this character, so no edition of the text could.")
SOURCE_EMPTY = _rule("E104", "source-empty", "An empty seed is nearly always a mistake in copying.")
NOT_A_FILE = _rule("E105", "not-a-file", "Only regular files are read: a pipe or a device would never end.")
PATH = _rule("E106", "path", "A project reads and writes only inside its own folder.")
MIXED_EOL = _rule("W151", "mixed-line-ends", "Mixed line ends are a trace of copying; all are read as U+000A.")
SEPARATOR = _rule("W152", "line-separator", "U+0085, U+2028 and U+2029 look like line ends and are none here.")
PRIVATE_USE = _rule("W153", "private-use", "A private-use character means nothing without a description.")
BIDI = _rule("W154", "bidi", "An unbalanced bidirectional control makes text look other than it is.")
INNER_BOM = _rule("W155", "inner-bom", "A byte order mark inside a text is invisible and breaks every search.")
LONE_MARK = _rule("W156", "lone-mark", "An accent without a letter joins whatever comes to stand before it.")
CONTROL = _rule("W157", "control", "A control character is invisible, and mostly the trace of a wrong encoding.")
MIXED_FORMS = _rule("I158", "mixed-forms", "A letter that is written in two ways is found in one of them only.")
UNPAIRED = _rule("I159", "unpaired", "A mark without its partner is a slip of the source, or of copying.")

# YAML
YAML = _rule("E110", "yaml", "The file must be YAML before it can be an annotation.")
DUP_KEY = _rule("E111", "duplicate-key", "Of two equal keys one would be lost silently.")
ALIAS = _rule("E112", "alias", "Anchors, aliases and merge keys hide what is claimed where.")
DEPTH = _rule("E113", "depth", "Very deep or very large input is a fault or an attack.")
TAG = _rule("E114", "tag", "Every scalar is text; a tag would make something else of it.")
MULTI_DOC = _rule("E115", "second-document", "What stands after “---” would be lost silently.")
ROOT_TYPE = _rule("E116", "root-type", "A file of this project is a mapping of keys to values.")
HASH_CUT = _rule("W117", "hash-cut", "YAML takes “ #” for the beginning of a comment and drops the rest of the line.")

# the shape of annotations
UNKNOWN_KEY = _rule("E120", "unknown-key", "A misspelt field would be ignored silently.")
MISSING_KEY = _rule("E121", "missing-key", "Without this field the entry says nothing.")
VALUE = _rule("E122", "value", "The field holds something else than it can mean.")
KIND = _rule("E123", "kind", "Exactly one key of an annotation is its kind: it says what is claimed.")
SELECTOR = _rule("E124", "selector", "Every annotation says where, in exactly one way.")
NUMBER = _rule("E125", "number", "A number here is a small whole number.")
UNDECLARED_TYPE = _rule("E126", "undeclared-type", "Types are free, but declared once, so that a misspelling is seen.")

IDLE_IGNORE = _rule("W127", "idle-ignore", "An `ignore` that ignores nothing hides what comes later.")

# finding places
ORPHAN = _rule("E201", "orphan", "A quotation that is not in the seed anchors nothing; a near miss is never taken.")
AMBIGUOUS = _rule("E202", "ambiguous", "A quotation that occurs more than once does not say which place is meant.")
COUNT = _rule("E203", "count", "When the number of places has changed, nobody knows which of them were meant.")
EMPTY = _rule("E204", "empty", "Empty words stand everywhere and nowhere.")
RANGE = _rule("E205", "range", "Offsets must lie in the seed, in order, and agree with the words beside them.")
PATTERN = _rule("E206", "pattern", "The regular expression cannot be run in linear time, or is none.")
MOVED = _rule("E207", "moved", "The seed was edited and this annotation now stands on other words than before.")
NORMALISED = _rule("W211", "normalised", "The quotation agrees with the seed only after Unicode normalisation.")
GRAPHEME = _rule("W212", "grapheme", "The place begins or ends inside a character as readers see it.")
BARE_ALL = _rule("W213", "bare-all", "Without a total a new occurrence would be annotated unseen.")

# nesting
OVERLAP = _rule("E301", "overlap", "Two places cross and neither may be cut.")
TOO_DEEP = _rule("E302", "nesting", "XML readers refuse more than 256 elements inside one another.")
TWICE = _rule("E303", "twice", "The same thing is said twice of the same place.")
CONTRADICTION = _rule("E304", "contradiction", "Two values of one kind at one place exclude each other, unless `or:` joins them.")
MISPLACED = _rule("E305", "misplaced", "TEI does not allow this block here.")
CUT = _rule("I311", "cut", "Two places cross, so one is written in linked pieces.")
CONVENTION = _rule("I312", "convention", "What a convention found is told, so that nothing becomes structure unseen.")

# names and pointers
REF = _rule("E401", "reference", "The key is in no register, so the edition would point at nothing.")
ID = _rule("E402", "id", "An identifier is unique, begins with a letter, and becomes an xml:id.")
DANGLING = _rule("E403", "dangling", "An annotation points at an id that no annotation has.")
REGISTER = _rule("E404", "register-key", "The key is found, but in a register of another sort.")

# what stands there and is not used, or stands there twice
UNUSED = _rule("I411", "unused-entry", "An entry that no text uses is either still to be used or left over.")
SAME_IDENTIFIER = _rule("W412", "same-identifier", "One identifier is one thing, and one thing has one entry: else its mentions part.")
SAME_NAME = _rule("W413", "same-name", "Two entries that nothing tells apart are likely the same, entered twice.")

# values
DATE = _rule("E501", "date", "Dates are EDTF: 1937-07-17, 1937-07, 1919~, 1936/1938.")
DATE_TEI = _rule("E502", "date-in-tei", "The date is valid, but TEI has no attribute that says it.")
NOTE_MARKUP = _rule("E503", "note-markup", "Notes are CommonMark without raw HTML and without images.")

VAGUE = _rule("W511", "vague-words", "A date that is surer than its text claims what the text does not say.")
WEEKDAY = _rule("W512", "weekday", "A day of the week proves a date, or proves it wrong.")
UNREFORMED = _rule("I513", "before-reform", "Before a country took over the Gregorian calendar its dates mean other days.")

# what cannot have been so
LIFETIME = _rule("W531", "lifetime", "Nobody acts before the birth or after the death: one of the dates is wrong.")
RECEIVED_BEFORE = _rule("W532", "received-before-sent", "No letter arrives before it is sent.")
EVENT_TIME = _rule("W533", "event-time", "An event has one time: where two are said, one is a mistake.")
REVERSED_LIFE = _rule("W534", "reversed-life", "What ends before it begins has one of its dates wrong.")
IDENTIFIER_SORT = _rule("W535", "identifier-sort", "An identifier of a place on a person belongs to something else.")

# names in the text
TWO_ENTITIES = _rule("W551", "two-entities", "One name for two people in one text is rare, and a slip of the key is not.")
MISSED_MENTION = _rule("W552", "missed-mention", "A name that is annotated nearly everywhere was passed over where it is not.")

# what is covered
LEFT_OVER = _rule("I561", "left-over", "What no structure names becomes a paragraph, and may be something else.")
SIGNATURE = _rule("W562", "signature", "Whoever signs a gloss is its voice, and every voice is declared.")
UNMARKED = _rule("I563", "unmarked-gloss", "Words of another hand that are not marked pass for the author's.")

# what comes out
SCHEMA = _rule("E601", "schema", "The edition would not be valid, so it is not written.")
UNPROVED = _rule("E602", "unproved", "The text of the edition is not the seed, so it is not written.")
MISPLACED_SPAN = _rule("E603", "not-given-back", "Reading the edition back does not give the annotations it was made from.")
SCHEMATRON = _rule("E604", "schematron", "What is valid may still point nowhere, or end before it begins.")
ADVICE = _rule("W635", "advice", "A further Schematron may also warn, where it does not forbid.")
STALE = _rule("W631", "stale", "Readers get what stands in out/, and that is not what the sources say.")
NOT_BUILT = _rule("W632", "not-built", "Readers of out/ miss a text that the sources have.")
LEFT_BEHIND = _rule("W633", "left-behind", "An edition without its sources cannot be checked or built again.")
SCHEMA_COPY = _rule("W634", "schema-copy", "Every edition points at a schema, which others will hold it against.")
OPEN_SCHEMA = _rule("W611", "open-schema", "Elements of your own are not checked against TEI.")
NOT_CARRIED = _rule("I641", "not-carried", "What a format cannot hold is told: nothing is lost unseen.")
IO = _rule("E701", "input-output", "A file could not be read or written.")
# fmt: on


def page_of(rule: Rule) -> Path:
    """The Markdown file that explains a rule, as the package ships it."""
    return Path(__file__).with_name("rules") / f"{rule.code}-{rule.name}.md"


def meaning(rule: Rule) -> str:
    """The first paragraph of a rule's page, on one line: a sentence or two on what is wrong."""
    _, first, _ = page_of(rule).read_text(encoding="utf-8").split("\n\n", 2)
    return " ".join(first.split())
