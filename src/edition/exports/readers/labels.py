"""What editions for readers say in words of their own: English, and German for German texts. Tables, and how an edition is cited."""

from __future__ import annotations

from edition.exports.readers.model import Text
from edition.model.vocabulary import REGISTERS

LABELS: dict[str, dict[str, str]] = {
    "en": {
        # parts of an edition
        "contents": "Contents", "text": "Text", "notes": "Notes", "apparatus": "Textual notes", "dates": "Dates", "marked": "Marked words",
        "about_edition": "About this edition",
        "texts": "Texts", "skip": "Skip to the text", "legend": "Signs",
        # ways of reading
        "wording": "Wording", "corrected": "corrected", "diplomatic": "as in the source", "shown": "Show",
        "author_alone": "the author alone",
        "text_alone": "the text alone", "with_glosses": "with other voices", "with_residue": "everything in the source",
        "hint": "Point at a marked word, or move to it with the Tab key, and it is explained; follow it to its entry.",
        "sign_name": "name", "sign_date": "date", "sign_ours": "editors’ reading", "sign_gloss": "another voice",
        "sign_note": "note",
        # rows of the header and of registers
        "abstract": "Summary", "written": "Written", "remark": "Remark", "comment": "Comment", "source": "Source",
        "print": "In print and other copies", "languages": "Languages", "genre": "Genre", "calendar": "Calendar",
        "file": "Source file", "sha256": "SHA-256 of the source", "revision": "Revision", "sent": "Sent",
        "received": "Received", "licence": "Licence", "publisher": "Publisher", "published": "Published",
        "edited_by": "Edited by", "editors": "Editors", "cite": "How to cite", "tei": "TEI file of this edition",
        "series": "Series", "author": "Author", "editor": "Editor", "birth": "born", "death": "died", "floruit": "active",
        "occupation": "occupation", "country": "country", "date": "date", "pubplace": "place", "founded": "founded",
        "dissolved": "dissolved", "accession": "accession", "location": "coordinates", "role": "role", "about": "about",
        "cited": "reference", "variants": "also", "sources": "Sources",
        "one_source": "Source", "transmission": "Source", "text_note": "Remark",
        "translation": "Translation",
        # places
        "mentions": "Mentioned", "block": "¶ {n}", "in_note": "note {n}", "back": "Back to the text: ¶ {n}",
        "back_note": "Back to the text, note {n}", "to_text": "Back to the text", "page": "p. {n}", "column": "col. {n}",
        "image": "image of page {n}", "text_itself": "text",
        # what is said of words
        "correction": "{seed} in the source; corrected to {ours}", "normalization": "{seed} in the source; usual form {ours}",
        "expansion": "{seed} in the source; stands for {ours}", "substitution": "{deleted} replaced by {added}",
        "reading": "{lemma}; {others}", "omitted": "omitted", "one_reading": "{reading} in {witnesses}",
        "reading_of": "{reading}", "surplus": "{seed} in the source; left out", "deletion": "{seed} struck out",
        "addition": "{seed} added", "supplied": "{ours} supplied by the editors", "unclear": "{seed} cannot be read with certainty",
        "damage": "{seed} stands on a damaged place", "gap": "something is missing", "gap_extent": "missing: {extent}",
        "reason": "({reason})", "nothing": "nothing", "interpretation": "Understood as: {said}", "or_else": "or {said}",
        "voice": "Another voice: {said}", "hand": "Another hand: {said}", "own_note": "Note of the source",
        "own_notes": "Notes of the source", "character": "sign of the source ({code}): {said}",
        # certainty
        "high": "certain", "medium": "probable", "low": "uncertain", "unknown": "certainty unknown",
        "by": "{name}", "unit_character": "characters", "quote_open": "“", "quote_close": "”",
    },
    "de": {
        "contents": "Inhalt", "text": "Text", "notes": "Anmerkungen", "apparatus": "Textkritische Anmerkungen",
        "dates": "Daten", "marked": "Ausgezeichnete Wörter", "about_edition": "Zu dieser Ausgabe",
        "texts": "Texte", "skip": "Zum Text", "legend": "Zeichen",
        "wording": "Wortlaut", "corrected": "berichtigt", "diplomatic": "wie in der Vorlage", "shown": "Gezeigt wird",
        "author_alone": "der Autor allein",
        "text_alone": "der Text allein", "with_glosses": "mit anderen Stimmen", "with_residue": "alles, was in der Vorlage steht",
        "hint": "Wer auf ein bezeichnetes Wort zeigt oder es mit der Tabulatortaste erreicht, liest seine Erklärung; "
        "der Verweis führt zu seinem Eintrag.",
        "sign_name": "Name", "sign_date": "Datum", "sign_ours": "Lesart der Herausgeber", "sign_gloss": "andere Stimme",
        "sign_note": "Anmerkung",
        "abstract": "Inhalt", "written": "Geschrieben", "remark": "Bemerkung", "comment": "Anmerkung", "source": "Vorlage",
        "print": "Im Druck und in anderen Fassungen", "languages": "Sprachen", "genre": "Gattung", "calendar": "Kalender",
        "file": "Datei der Vorlage", "sha256": "SHA-256 der Vorlage", "revision": "Bearbeitung", "sent": "Abgesandt",
        "received": "Empfangen", "licence": "Lizenz", "publisher": "Herausgegeben von", "published": "Erschienen",
        "edited_by": "Herausgegeben von", "editors": "Herausgeber", "cite": "Zitierweise", "tei": "TEI-Datei dieser Ausgabe",
        "series": "Reihe", "author": "Autor", "editor": "Herausgeber", "birth": "geboren", "death": "gestorben",
        "floruit": "tätig", "occupation": "Beruf", "country": "Land", "date": "Datum", "pubplace": "Ort",
        "founded": "gegründet", "dissolved": "aufgelöst", "accession": "Thronbesteigung", "location": "Koordinaten",
        "role": "Rolle", "about": "über", "cited": "Nachweis", "variants": "auch", "sources": "Quellen", "one_source": "Quelle",
        "transmission": "Vorlage", "text_note": "Bemerkung", "translation": "Übersetzung",
        "mentions": "Genannt", "block": "¶ {n}", "in_note": "Anm. {n}", "back": "Zurück zum Text: ¶ {n}",
        "back_note": "Zurück zum Text, Anmerkung {n}", "to_text": "Zurück zum Text", "page": "S. {n}", "column": "Sp. {n}",
        "image": "Bild der Seite {n}", "text_itself": "Text",
        "correction": "{seed} in der Vorlage; berichtigt zu {ours}", "normalization": "{seed} in der Vorlage; üblich ist {ours}",
        "expansion": "{seed} in der Vorlage; steht für {ours}", "substitution": "{deleted} ersetzt durch {added}",
        "reading": "{lemma}; {others}", "omitted": "fehlt", "one_reading": "{reading} in {witnesses}",
        "reading_of": "{reading}", "surplus": "{seed} in der Vorlage; getilgt", "deletion": "{seed} gestrichen",
        "addition": "{seed} hinzugefügt", "supplied": "{ours} von den Herausgebern ergänzt", "unclear": "{seed} nicht sicher zu lesen",
        "damage": "{seed} auf beschädigter Stelle", "gap": "hier fehlt etwas", "gap_extent": "es fehlen: {extent}",
        "reason": "({reason})", "nothing": "nichts", "interpretation": "Verstanden als: {said}", "or_else": "oder {said}",
        "voice": "Andere Stimme: {said}", "hand": "Andere Hand: {said}", "own_note": "Anmerkung der Vorlage",
        "own_notes": "Anmerkungen der Vorlage", "character": "Zeichen der Vorlage ({code}): {said}",
        "high": "sicher", "medium": "wahrscheinlich", "low": "unsicher", "unknown": "Sicherheit unbekannt",
        "by": "{name}", "unit_character": "Zeichen", "quote_open": "„", "quote_close": "“",
    },
}  # fmt: skip
CLAIMED: dict[str, dict[str, str]] = {
    "en": {
        "rs": "reference", "q": "quoted words", "num": "number", "bibl": "source", "ref": "link", "foreign": "language",
        "hand-shift": "hand", "pb": "page", "cb": "column", "lb": "line", "div": "division", "floating": "quoted text",
        "head": "heading", "p": "paragraph", "ab": "block", "lg": "stanza", "l": "verse", "sp": "speech",
        "stage": "stage direction", "castList": "persons", "castItem": "person", "roleDesc": "role", "fw": "on the page",
        "facs": "image", "cert": "certainty", "or": "or",
    },
    "de": {
        "person": "Person", "place": "Ort", "org": "Organisation", "work": "Werk", "event": "Ereignis", "object": "Gegenstand",
        "group": "Gruppe", "rs": "Verweis", "term": "Fachwort", "name": "Eigenname", "num": "Zahl", "measure": "Maß",
        "bibl": "Quelle", "ref": "Link", "foreign": "Sprache", "emphasis": "Hervorhebung", "date": "Datum", "duration": "Dauer",
        "quotation": "Zitat", "q": "Wörter in Anführung", "note": "Anmerkung", "gloss": "Glosse", "footnote": "Fußnote",
        "correction": "Berichtigung", "normalization": "Normalform", "expansion": "Auflösung", "surplus": "Überzähliges",
        "unclear": "Unsicheres", "damage": "Beschädigung", "deletion": "Streichung", "addition": "Hinzufügung",
        "substitution": "Ersetzung", "reading": "Lesart", "supplied": "Ergänzung", "gap": "Lücke", "pb": "Seite",
        "cb": "Spalte", "lb": "Zeile", "milestone": "Abschnitt", "hand-shift": "Hand", "interpretation": "Deutung",
        "div": "Abteilung", "floating": "zitierter Text", "head": "Überschrift", "p": "Absatz", "ab": "Block", "lg": "Strophe",
        "l": "Vers", "sp": "Rede", "stage": "Bühnenanweisung", "castList": "Personen", "castItem": "Person",
        "roleDesc": "Rolle", "list": "Liste", "table": "Tabelle", "figure": "Bild", "fw": "auf der Seite", "label": "Zeichen",
        "use": "Gebrauch", "hand": "Hand", "reason": "Grund", "quantity": "Anzahl", "unit": "Einheit", "position": "Stelle",
        "facs": "Bild", "calendar": "Kalender", "style": "Jahresanfang", "reign": "Regierung", "voice": "Stimme",
        "by": "von", "cert": "Sicherheit", "source": "Quelle", "or": "oder", "attributes": "Attribute", "type": "Art",
        "who": "wer", "part": "Teil", "witness": "Zeuge",
    },
}  # fmt: skip
"""What kinds and fields are called where they are told apart; others go by their own names."""
for _language, _labels in LABELS.items():
    _labels.update((name, row.labels[_language]) for name, row in REGISTERS.items())
SHOWN_REGISTERS = (
    "people", "groups", "places", "orgs", "events", "works", "objects", "voices", "witnesses", "hands", "taxonomy",
    "bibliography",
)  # fmt: skip
"""The order in which readers are shown them."""
UNLABELLED = ("occupation", "role", "cited")  # facts that say by themselves what they are
REMARKS = ("about", "comment")  # facts that are sentences


def citation(text: Text) -> str:
    """How the edition is cited: author, title, editors, series, year."""
    editors = " / ".join(name for _, name in text.editors)
    by = f"{LABELS[text.tongue]['edited_by']} {editors}" if editors else ""
    by = (
        by.replace(" The ", " the ")
        .replace(" Die ", " den ")
        .replace("den Herausgeber ", "den Herausgebern ")
    )
    head = f"{text.author}: {text.title}" if text.author else text.title
    return ". ".join(filter(None, (head, by, text.series, text.published[:4]))) + "."
