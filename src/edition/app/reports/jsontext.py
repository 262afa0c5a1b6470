"""JSON as text: readable, and nothing in it that a terminal would obey or hide."""

from __future__ import annotations

import json
import re

_hidden = re.compile(r"[^\n\x20-\x7e]")


def dumped(value: object) -> str:
    """Indented; letters of all scripts as they are, controls, bidi marks and private-use characters as \\uXXXX."""
    return _hidden.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]
