"""What every header says in the same words: English, and German for German texts. A table, nothing else.

`{…}` are filled in. Elements are written as TEI; the rest is plain text. The seed rule's XPath stands in
`header_encoding.py`.
"""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "en": {
        "unpublished": "Not published",
        "no_licence": "No licence is stated.",
        "unidentified": "{role}, not identified",
        "identified": "{role}, identified as",
        "voice": "speaks in the source text",
        "unknown_voice": "Unknown voice",
        "unknown_voice_resp": "speaks in the source text; who it is is not known",
        "bytes": "{size} bytes, UTF-8, line ends U+000A",
        "prints": "In print and in other copies",
        "machine_from": "A machine translation from {language}.",
        "machine": "A machine translation; the language of the original is unknown.",
        "translated_from": "A translation from {language}.",
        "translated": "A translation; the language of the original is unknown.",
        "by": "Translator: ",
        "original_language": "{language} (of the original)",
        "unknown_person": "Unknown",
        "calendar": (
            "{name}. {about} Of a date in it, <att>when</att>, <att>from</att>, <att>to</att>, <att>notBefore</att> and "
            "<att>notAfter</att> are days of the proleptic Gregorian calendar; <att>when-custom</att> and its like "
            "give year, month and day of this one, 0000 being 1 BC."
        ),
        "reign": (
            "{name}. {about} Of a date in it, <att>when</att>, <att>notBefore</att>, <att>notAfter</att> and their "
            "like are days of the proleptic Gregorian calendar; <att>when-custom</att> and its like give the year of "
            "the reign, month and day."
        ),
        "categories": "Categories of interpretation",
        "words": "Words of the editors of this file, which are not in the source text.",
        "correction": (
            "Every correction stands beside the reading of the source, in <gi>choice</gi>: <gi>sic</gi> and "
            "<gi>corr</gi>. What is missing is <gi>supplied</gi> or a <gi>gap</gi>; what is too much is "
            "marked as <gi>surplus</gi>. Nothing is corrected silently."
        ),
        "normalization": (
            "Spelling, punctuation and spaces are those of the source. A normal form stands beside it, in "
            "<gi>choice</gi>: <gi>orig</gi> and <gi>reg</gi>."
        ),
        "quotation": (
            "All quotation marks of the source are kept as characters, inside <gi>quote</gi> and <gi>q</gi>."
        ),
        "segmentation": (
            "Paragraphs and other blocks follow the blank lines of the source; white space between them is "
            "the source’s own. Blocks are numbered in <att>n</att>."
        ),
        "interpretation": (
            "Names point with <att>ref</att> at entries of <gi>standOff</gi>. <att>cert</att> says how "
            "certain an identification is, <att>resp</att> who made it."
        ),
        "stdVals": (
            "Dates are Gregorian, in the formats of W3C XML Schema: <val>-0044</val> is 44 BC, and there is "
            "no year 0. A period has <att>from</att> and <att>to</att>, one moment within a span "
            "<att>notBefore</att> and <att>notAfter</att>."
        ),
        "rule": (
            "The source text (the seed) is the character data of <gi>text</gi>, in document order and with "
            "all white space, without every element whose <att>change</att> contains <val>{words}</val>. In "
            "XPath 1.0, with the prefix tei for the namespace of TEI: {one}. In XPath 2.0: {two}. Encoded as "
            "UTF-8, it has the SHA-256 given at <ref target=\"#seed\">the source</ref>."
        ),
    },
    "de": {
        "unpublished": "Unveröffentlicht",
        "no_licence": "Es ist keine Lizenz angegeben.",
        "unidentified": "{role}, nicht identifiziert",
        "identified": "{role}, identifiziert als",
        "voice": "spricht im Ausgangstext",
        "unknown_voice": "Unbekannte Stimme",
        "unknown_voice_resp": "spricht im Ausgangstext; wer es ist, ist nicht bekannt",
        "bytes": "{size} Bytes, UTF-8, Zeilenende U+000A",
        "prints": "Im Druck und in anderen Fassungen",
        "machine_from": "Maschinelle Übersetzung aus {language}.",
        "machine": "Maschinelle Übersetzung; die Sprache des Originals ist unbekannt.",
        "translated_from": "Übersetzung aus {language}.",
        "translated": "Übersetzung; die Sprache des Originals ist unbekannt.",
        "by": "Übersetzer: ",
        "original_language": "{language} (Sprache des Originals)",
        "unknown_person": "Unbekannt",
        "calendar": (
            "{name}. {about} Bei einem Datum darin sind <att>when</att>, <att>from</att>, <att>to</att>, <att>notBefore</att> "
            "und <att>notAfter</att> Tage des (zurückgerechneten) gregorianischen Kalenders; <att>when-custom</att> und "
            "seinesgleichen geben Jahr, Monat und Tag dieses Kalenders, wobei 0000 das Jahr 1 v. Chr. ist."
        ),
        "reign": (
            "{name}. {about} <att>when</att>, <att>notBefore</att>, <att>notAfter</att> und ihresgleichen sind bei einem "
            "Datum darin Tage des proleptischen gregorianischen Kalenders; <att>when-custom</att> und seinesgleichen "
            "geben Regierungsjahr, Monat und Tag."
        ),
        "categories": "Kategorien der Deutung",
        "words": "Worte der Herausgeber dieser Datei, die nicht im Ausgangstext stehen.",
        "correction": (
            "Jede Berichtigung steht neben der Lesart der Vorlage, in <gi>choice</gi>: <gi>sic</gi> und "
            "<gi>corr</gi>. Fehlendes ist <gi>supplied</gi> oder eine Lücke (<gi>gap</gi>), Überzähliges als "
            "<gi>surplus</gi> ausgezeichnet. Stillschweigend wird nichts berichtigt."
        ),
        "normalization": (
            "Schreibung, Zeichensetzung und Leerzeichen sind die der Vorlage. Eine übliche Form steht "
            "daneben, in <gi>choice</gi>: <gi>orig</gi> und <gi>reg</gi>."
        ),
        "quotation": (
            "Alle Anführungszeichen der Vorlage stehen als Zeichen im Text, innerhalb von <gi>quote</gi> und "
            "<gi>q</gi>."
        ),
        "segmentation": (
            "Absätze und andere Blöcke folgen den Leerzeilen der Vorlage; der Leerraum dazwischen ist der "
            "der Vorlage. Die Blöcke sind in <att>n</att> gezählt."
        ),
        "interpretation": (
            "Namen verweisen mit <att>ref</att> auf Einträge in <gi>standOff</gi>. <att>cert</att> sagt, wie "
            "sicher eine Zuordnung ist, <att>resp</att>, von wem sie stammt."
        ),
        "stdVals": (
            "Daten sind gregorianisch und in den Formen von W3C XML Schema geschrieben: <val>-0044</val> ist "
            "44 v. Chr., ein Jahr 0 gibt es nicht. Ein Zeitraum hat <att>from</att> und <att>to</att>, ein "
            "Zeitpunkt innerhalb einer Spanne <att>notBefore</att> und <att>notAfter</att>."
        ),
        "rule": (
            "Der Ausgangstext (seed) ist der Zeicheninhalt von <gi>text</gi>, in der Reihenfolge des "
            "Dokuments und mit allem Leerraum, ohne jedes Element, dessen <att>change</att> den Wert "
            "<val>{words}</val> enthält. In XPath 1.0, mit dem Präfix tei für den Namensraum der TEI: {one}. "
            "In XPath 2.0: {two}. In UTF-8 kodiert hat er den SHA-256, der bei "
            "<ref target=\"#seed\">der Quelle</ref> steht."
        ),
    },
}  # fmt: skip
