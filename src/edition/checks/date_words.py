"""Words beside dates, by the language of the text: words that make a date vague, and names of days. Only tables."""

from __future__ import annotations

ABOUT = {
    "en": "about around approximately roughly sometime probably presumably perhaps possibly",
    "de": "um etwa gegen ungefähr rund wohl vermutlich wahrscheinlich vielleicht",
    "fr": "vers environ environs autour probablement",
    "it": "verso intorno attorno incirca probabilmente forse",
    "es": "hacia alrededor aproximadamente eso probablemente quizá quizás",
    "nl": "omstreeks rond ongeveer tegen vermoedelijk waarschijnlijk misschien",
    "ru": "около примерно приблизительно ок. вероятно возможно",
    "la": "circiter",
}
"""Words that stand before a date and say that it is about that time, or not sure."""
PARTS = {
    "en": "early late mid middle beginning start end",
    "de": "anfang anfangs mitte ende beginn früh frühen spät späten",
    "fr": "début fin milieu mi commencement",
    "it": "inizio inizi principio metà fine",
    "es": "principio principios comienzo comienzos inicio inicios mediados finales fines fin",
    "nl": "begin midden medio eind einde",
    "ru": "начало начала начале середина середины середине конец конца конце",
}
"""Words that stand before a month, a year or a longer time and mean a part of it."""
EVERYWHERE = "circa ca ca. c. cca cca."
_FILLERS = """
the of in on at year month das dem den der des die im am zu jahr jahre jahres l le la les an année de du al alla del
della dell il lo anno el a año het jaar van в к года год году - – ’ '
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that may stand between such a word and a date."""
CLOCK = frozenset(("uhr", "clock", "heure", "heures", "ore", "uur", "час", "часа", "часов"))
"""Words for the time of day: “about five o’clock on 17 July” says nothing vague of the day."""

_DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "Montags Dienstags Mittwochs Donnerstags Freitags Samstags Sonntags",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "lunes martes miércoles jueves viernes sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "понедельник вторник среда четверг пятница суббота воскресенье",
    "понедельника вторника среды четверга пятницы субботы воскресенья",
    "понедельник вторник среду четверг пятницу субботу воскресенье",
)
WEEKDAYS = {
    word: number for row in _DAYS for number, word in enumerate(row.lower().split())
} | {"sonnabend": 5, "sonnabends": 5, "воскресение": 6}  # fmt: skip
"""The number of a day, by its name; Monday is 0. No name means another day in another of these languages."""
SHORT = {
    "en": {
        "mon.": 0, "tue.": 1, "tues.": 1, "wed.": 2, "thu.": 3, "thur.": 3, "thurs.": 3, "fri.": 4, "sat.": 5,
        "sun.": 6,
    },
    "de": {"mo.": 0, "di.": 1, "mi.": 2, "do.": 3, "fr.": 4, "sa.": 5, "so.": 6},
    "fr": {"lun.": 0, "mar.": 1, "mer.": 2, "jeu.": 3, "ven.": 4, "sam.": 5, "dim.": 6},
    "nl": {"ma.": 0, "di.": 1, "wo.": 2, "do.": 3, "vr.": 4, "za.": 5, "zo.": 6},
}  # fmt: skip
"""The number of a day, by language and short name: “mar.” is a day in French and a month in English."""
ARTICLES = frozenset(("the", "den", "dem", "der", "le", "il", "el", "de", ","))
"""Words that may stand between the name of a day and its date."""
