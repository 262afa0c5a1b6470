"""Languages by their tags (BCP 47): what they are called, and which of several forms suits a reader.

Headers and readers' texts speak English or German. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

# What each is called; in German all but those of DATIVE take -en after a preposition: aus dem Englischen.
LANGUAGES: dict[str, dict[str, str]] = {
    "en": {
        "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "ca": "Catalan", "cop": "Coptic", "cs": "Czech",
        "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
        "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gmh": "Middle High German",
        "grc": "Ancient Greek", "he": "Hebrew", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
        "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "la": "Latin", "lt": "Lithuanian",
        "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
        "ru": "Russian", "sa": "Sanskrit", "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish",
        "tr": "Turkish", "uk": "Ukrainian", "yi": "Yiddish", "zh": "Chinese", "und": "Language not stated",
    },
    "de": {
        "ar": "Arabisch", "be": "Belarussisch", "bg": "Bulgarisch", "ca": "Katalanisch", "cop": "Koptisch",
        "cs": "Tschechisch", "da": "Dänisch", "de": "Deutsch", "el": "Griechisch", "en": "Englisch",
        "eo": "Esperanto", "es": "Spanisch", "et": "Estnisch", "fa": "Persisch", "fi": "Finnisch",
        "fr": "Französisch", "gmh": "Mittelhochdeutsch", "grc": "Altgriechisch", "he": "Hebräisch",
        "hr": "Kroatisch", "hu": "Ungarisch", "hy": "Armenisch", "it": "Italienisch", "ja": "Japanisch",
        "ka": "Georgisch", "ko": "Koreanisch", "la": "Latein", "lt": "Litauisch", "lv": "Lettisch",
        "nl": "Niederländisch", "no": "Norwegisch", "pl": "Polnisch", "pt": "Portugiesisch",
        "ro": "Rumänisch", "ru": "Russisch", "sa": "Sanskrit", "sk": "Slowakisch", "sl": "Slowenisch",
        "sr": "Serbisch", "sv": "Schwedisch", "tr": "Türkisch", "uk": "Ukrainisch", "yi": "Jiddisch",
        "zh": "Chinesisch", "und": "Sprache nicht angegeben",
    },
}  # fmt: skip
DATIVE = {"Esperanto": "Esperanto", "Latein": "Lateinischen", "Sanskrit": "Sanskrit"}
SCRIPTS: dict[str, dict[str, str]] = {
    "en": {
        "Arab": "Arabic", "Cyrl": "Cyrillic", "Grek": "Greek", "Hans": "simplified", "Hant": "traditional",
        "Hebr": "Hebrew", "Latn": "Latin",
    },
    "de": {
        "Arab": "arabischer", "Cyrl": "kyrillischer", "Grek": "griechischer", "Hans": "vereinfachter",
        "Hant": "traditioneller", "Hebr": "hebräischer", "Latn": "lateinischer",
    },
}  # fmt: skip
UNTOLD = {"en": "a language with the tag “{}”", "de": "einer Sprache mit dem Kürzel „{}“"}


def tongue(language: str) -> str:
    """The language that the program speaks beside a text in `language`: “de” for German in all its forms, else “en”."""
    return "de" if language.lower().split("-")[0] == "de" else "en"


@cache
def speech(tag: str) -> tuple[str, str]:
    """Language and script of a tag: (“de”, “”), (“ru”, “Latn”). The region is left out."""
    first, *rest = tag.split("-")
    scripts = (part.title() for part in rest[:2] if len(part) == 4 and part.isalpha())
    return first.lower(), next(scripts, "")


def language_name(tag: str, speaking: str) -> str:
    """What a language is called in English or German (`speaking`), or its tag where the table has no name."""
    language, script = speech(tag)
    name, written = LANGUAGES[speaking].get(language, tag), SCRIPTS[speaking].get(script, "")
    if not written or name == tag:
        return name
    return f"{name} (in {written} Schrift)" if speaking == "de" else f"{name} ({written} script)"


def from_language(tag: str, speaking: str) -> str:
    """A language as it is called after “from” or “aus”: English, dem Englischen."""
    name = LANGUAGES[speaking].get(speech(tag)[0])
    if name is None:
        return UNTOLD[speaking].format(tag)
    return f"dem {DATIVE.get(name, name + 'en')}" if speaking == "de" else name


def fittest(tags: Sequence[str], wanted: Sequence[str]) -> int:
    """The index of the form that suits best, by the languages of the forms and those a reader wants, the best first.

    Equal tags come before equal language and script, and these before equal language; 0 if nothing suits.
    """
    for want in filter(None, wanted):
        for same in (str.lower, speech, lambda tag: speech(tag)[0]):
            if found := [k for k, tag in enumerate(tags) if same(tag) == same(want)]:
                return found[0]
    return 0
