"""`conventions:` of a project or a text → patterns: how its texts show headings, speeches, page numbers …

Only read here; `recognition.py` applies them.
"""

from __future__ import annotations

import re2

from edition.model import rules
from edition.model.annotation import Convention, Registers
from edition.model.diagnostics import Diagnostic, say, visible
from edition.model.nodes import Mapping, Node, Sequence
from edition.model.source import Source, Span
from edition.model.vocabulary import BLOCKS
from edition.read.annotations import text

FOOTNOTE = "footnote"
_PATTERNS = ("match", "marker", "body")
_GROUPS = ("text", "number", *BLOCKS)
_YES = ("yes", "true")
_HELP = "RE2 has no look-around and no back references; it always ends in time."


def read_conventions(
    node: Node | None, source: Source, registers: Registers, settings: Mapping | None
) -> tuple[tuple[Convention, ...], list[Diagnostic]]:
    """The conventions of a file; what is wrong with one is told at its place, and the others are read."""
    found: list[Diagnostic] = []
    entries = [e for e in node.items if type(e) is Mapping] if type(node) is Sequence else []
    made = [_convention(entry, source, registers, found) for entry in entries]
    openers = [c for c in made if c is not None and c.opens]
    levels = {id(c): k for k, c in enumerate(openers, start=1)}
    types = settings.items.get("types") if settings else None
    for c in made:
        if c is not None and type(types) is Mapping and (fault := _undeclared(c, types)):
            found.append(fault)
    return tuple(c.levelled(levels.get(id(c), 0)) for c in made if c is not None), found


def _undeclared(convention: Convention, types: Mapping) -> Diagnostic | None:
    """Types are free, but declared once the project declares any for this kind."""
    kind = convention.opens or convention.becomes
    known = types.items.get(kind)
    if not convention.type or type(known) is not Mapping or convention.type in known.items:
        return None
    at = convention.node.items["type"]
    message = f"the {kind} type “{visible(convention.type)}” is not declared"
    help = f"Types of {kind} are: {', '.join(known.items)}. Or add it under `types:` in annotations/edition.yaml."
    return say(rules.UNDECLARED_TYPE, message, Span(convention.source, at.start, at.end), help=help)


def _convention(
    entry: Mapping, source: Source, registers: Registers, found: list[Diagnostic]
) -> Convention | None:
    items = entry.items
    patterns = {}
    for name in _PATTERNS:
        if name in items:
            pattern = _pattern(items[name], source, found)
            if pattern is None:
                return None
            patterns[name] = pattern
    voice = items.get("voice")
    if (
        voice is not None
        and text(voice) != "unknown"
        and getattr(registers.get(text(voice)), "register", "") != "voices"
    ):
        help = "Add it under `voices:` in annotations/registers/, or write `voice: unknown`."
        place = Span(source, voice.start, voice.end)
        found.append(say(rules.REF, f"no voice has the key “{visible(text(voice))}”", place, help=help))
        return None
    who = items.get("who")
    return Convention(
        entry,
        source,
        text(items.get("becomes")),
        patterns,
        text(items.get("of")) or "block",
        text(items.get("within")),
        text(items.get("opens")),
        text(items.get("type")),
        int(text(items.get("level"))) if "level" in items else 0,
        text(voice),
        text(items.get("runs-on")).lower() in _YES,
        {name: text(node) for name, node in items.items() if name in ("part", "position", "cells")},
        {name: text(node) for name, node in who.items.items()} if type(who) is Mapping else {},
    )


def _pattern(node: Node, source: Source, found: list[Diagnostic]) -> object | None:
    place = Span(source, node.start, node.end)
    try:
        options = re2.Options()
        options.log_errors = False
        pattern = re2.compile(text(node), options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        found.append(
            say(rules.PATTERN, f"this is no regular expression of RE2: {visible(words)}", place, help=_HELP)
        )
        return None
    for name in pattern.groupindex:
        if name not in _GROUPS:
            help = (
                "The group `text` is the extent of the block; groups named like blocks are blocks inside it."
            )
            found.append(say(rules.PATTERN, f"the group “{name}” is no block", place, help=help))
            return None
    if pattern.search("") is not None:
        help = "Let it need a letter at least: “+” instead of “*”."
        found.append(say(rules.PATTERN, "this regular expression matches empty words", place, help=help))
        return None
    return pattern  # type: ignore[no-any-return]
