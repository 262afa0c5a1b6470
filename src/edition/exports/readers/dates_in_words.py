"""TEI's attributes of time in words, and in an order. Offsets and registers are none of its business."""

from __future__ import annotations

import re
from collections.abc import Mapping

from edition.dates.tei import in_words

TIMES = ("when", "from", "to", "notBefore", "notAfter")
UNITS = {
    "en": {"Y": "year", "M": "month", "W": "week", "D": "day", "h": "hour", "m": "minute", "S": "second"},
    "de": {"Y": "Jahr", "M": "Monat", "W": "Woche", "D": "Tag", "h": "Stunde", "m": "Minute", "S": "Sekunde"},
}
PLURALS = {
    "en": {name: f"{name}s" for name in UNITS["en"].values()},
    "de": {
        "Jahr": "Jahre", "Monat": "Monate", "Woche": "Wochen", "Tag": "Tage", "Stunde": "Stunden",
        "Minute": "Minuten", "Sekunde": "Sekunden",
    },
}  # fmt: skip
NAMES = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "h", "minute": "m", "second": "S"}
BOUNDS = {
    "en": {"atMost": "at most {}", "atLeast": "at least {}"},
    "de": {"atMost": "höchstens {}", "atLeast": "mindestens {}"},
}
_parts = re.compile(r"([\d.]+)([A-Z])")


def time_in_words(attributes: Mapping[str, str], tongue: str) -> str:
    """What the attributes of a `date` mean, in words of a language (`en`, `de`); "" if they say nothing."""
    if length := attributes.get("dur"):
        return _duration(length, tongue)
    bounds = [
        BOUNDS[tongue][name].format(
            _amount(attributes[name], NAMES.get(attributes.get("unit", ""), "D"), tongue)
        )
        for name in ("atLeast", "atMost")
        if attributes.get(name)
    ]
    return ", ".join(bounds) or in_words(attributes, tongue)


def _duration(length: str, tongue: str) -> str:
    date, _, clock = length.removeprefix("P").partition("T")
    parts = _parts.findall(date)
    parts += [(n, unit.lower() if unit != "S" else unit) for n, unit in _parts.findall(clock)]
    return ", ".join(_amount(n, unit, tongue) for n, unit in parts)


def _amount(n: str, unit: str, tongue: str) -> str:
    word = UNITS[tongue][unit]
    return f"{n} {word if n == '1' else PLURALS[tongue][word]}"


def date_order(value: str) -> str:
    """Sorts dates: those before Christ first, the greater year first; lengths of time last."""
    first = value.removeprefix("..").split("/")[0]
    if first[:1] in ("P", "a"):
        return f"2{first}"
    if not first.startswith("-") or first.startswith("--"):
        return f"1{first}"
    year = first[1:].split("-")[0]
    return f"0{99999999 - int(year):08}{first[1 + len(year) :]}"
