"""Language tags: which form suits a reader, and what a language is called."""

from __future__ import annotations

import pytest

from edition.format.fields import LANGUAGE
from edition.model.languages import LANGUAGES, fittest, from_language, language_name, speech

TAGS = {
    "de": ("de", ""), "de-AT": ("de", ""), "ru-Latn": ("ru", "Latn"), "zh-hant-TW": ("zh", "Hant"),
    "sl-rozaj-1994": ("sl", ""), "de-1901": ("de", ""), "x-klingon": ("x", ""), "ZH-HANT": ("zh", "Hant"),
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_what_a_reader_needs_to_know(tag: str) -> None:
    import re

    assert speech(tag) == TAGS[tag]
    assert re.search(str(LANGUAGE["pattern"]), tag)


@pytest.mark.parametrize(
    ("tags", "wanted", "best"),
    [
        ("en de", "de", "de"),
        ("en de", "de-AT", "de"),
        ("en de-AT de", "de-AT", "de-AT"),
        ("en ru-Latn ru", "ru", "ru"),
        ("en ru-Latn", "ru", "ru-Latn"),
        ("zh-Hans zh-Hant", "zh-Hant-TW", "zh-Hant"),
        ("fr en", "hu en", "en"),
        ("fr de", "hu en", "fr"),
    ],
)
def test_which_form_suits_best(tags: str, wanted: str, best: str) -> None:
    assert tags.split()[fittest(tags.split(), wanted.split())] == best


def test_names_of_languages() -> None:
    assert language_name("zh-Hant-TW", "en") == "Chinese (traditional script)"
    assert language_name("ru-Latn", "de") == "Russisch (in lateinischer Schrift)"
    assert language_name("en-GB", "de") == "Englisch"
    assert language_name("tlh-Latn", "en") == "tlh-Latn"
    assert from_language("tlh", "en") == "a language with the tag “tlh”"
    for tag, name in LANGUAGES["de"].items():
        said = from_language(tag, "de")
        assert tag == "und" or said in (f"dem {name}en", f"dem {name}", "dem Lateinischen")
