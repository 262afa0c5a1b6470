"""`conventions:` of a project or a text → patterns: how its texts show headings, speeches, page numbers …

They are only read here, and `anchor` applies them. Knows no text.
"""

from __future__ import annotations

from itertools import accumulate

from edition.model import rules
from edition.model.annotation import Convention, Registers
from edition.model.diagnostics import Diagnostic, diagnostic, visible
from edition.model.nodes import Mapping, Node, mappings_of, text_of
from edition.model.source import Source
from edition.model.vocabulary import BLOCKS

_PATTERNS = ("match", "marker", "body")
_GROUPS = ("text", "number", *BLOCKS)
_YES = ("yes", "true")


def read_conventions(
    node: Node | None, source: Source, registers: Registers, settings: Mapping
) -> tuple[tuple[Convention, ...], list[Diagnostic]]:
    """The conventions of a file that are in order, and what is wrong with the others.

    What opens a division and gives no level has that of its place among such conventions.
    """
    made = [_convention(entry, source, registers) for entry in mappings_of(node)]
    good = [c for c in made if isinstance(c, Convention)]
    types = settings.inner("types")
    diagnostics = [c for c in made if isinstance(c, Diagnostic)]
    diagnostics += [undeclared for c in good if (undeclared := _undeclared(c, types))]
    levels = accumulate(1 if c.opens else 0 for c in good)
    levelled = (c._replace(level=c.level or n) if c.opens else c for c, n in zip(good, levels, strict=True))
    return tuple(levelled), diagnostics


def _undeclared(convention: Convention, types: Mapping) -> Diagnostic | None:
    """The report of a type that is not declared, where the project declares types for this kind."""
    kind = convention.opens or convention.becomes
    known = types.inner(kind).items
    if not convention.type or kind not in types.items or convention.type in known:
        return None
    message = f"the {kind} type “{visible(convention.type)}” is not declared"
    help = f"Types of {kind} are: {', '.join(known)}. Or add it under `types:` in annotations/edition.yaml."
    place = convention.source.span(convention.node.items["type"])
    return diagnostic(rules.UNDECLARED_TYPE, message, place, help=help)


def _convention(entry: Mapping, source: Source, registers: Registers) -> Convention | Diagnostic:
    """A convention, or the first thing that is wrong with it."""
    patterns = {}
    for name in _PATTERNS:
        if name in entry.items:
            pattern = _pattern(entry.items[name], source)
            if isinstance(pattern, Diagnostic):
                return pattern
            patterns[name] = pattern
    voice = entry.text("voice")
    known = registers.get(voice)
    if "voice" in entry.items and voice != "unknown" and (known is None or known.register != "voices"):
        help = "Add it under `voices:` in annotations/registers/, or write `voice: unknown`."
        place = source.span(entry.items["voice"])
        return diagnostic(rules.REF, f"no voice has the key “{visible(voice)}”", place, help=help)
    return Convention(
        entry,
        source,
        entry.text("becomes"),
        patterns,
        entry.text("of") or "block",
        entry.text("within"),
        entry.text("opens"),
        entry.text("type"),
        int(entry.text("level") or 0),
        voice,
        entry.text("runs-on").lower() in _YES,
        {name: entry.text(name) for name in ("part", "position", "cells") if name in entry.items},
        entry.inner("who").pairs(),
    )


def _pattern(node: Node, source: Source) -> object | Diagnostic:
    """A compiled pattern, or what is wrong with it."""
    import re2

    place = source.span(node)
    try:
        options = re2.Options()
        options.log_errors = False
        pattern = re2.compile(text_of(node), options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        message = f"this is no regular expression of RE2: {visible(words)}"
        help = "RE2 has no look-around and no back references; it always ends in time."
        return diagnostic(rules.PATTERN, message, place, help=help)
    if alien := [name for name in pattern.groupindex if name not in _GROUPS]:
        help = "The group `text` is the extent of the block; groups named like blocks are blocks inside it."
        return diagnostic(rules.PATTERN, f"the group “{alien[0]}” is no block", place, help=help)
    if pattern.search("") is not None:
        help = "Let it need a letter at least: “+” instead of “*”."
        return diagnostic(rules.PATTERN, "this regular expression matches empty words", place, help=help)
    return pattern  # type: ignore[no-any-return]
