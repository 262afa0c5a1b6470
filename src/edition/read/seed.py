"""Bytes → Source → Seed: decoding, characters, blocks. The text itself is never changed beyond line ends and one BOM.

Knows nothing of what is written about a text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container
from itertools import groupby

from edition.model import rules
from edition.model.annotation import Seed
from edition.model.diagnostics import Diagnostic, diagnostic, errors
from edition.model.source import Source, Span, whole_file
from edition.model.xml import FORBIDDEN

_separators = re.compile("[\x85\u2028\u2029]")
_private = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_bidi = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
SHOWN = 20
"""So many places of one sort are reported one by one, and no more."""


def read_text(name: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """A text from its bytes: strictly UTF-8, without one leading byte order mark. Its line ends stay.

    None and E102 if it is not UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = f"Convert it: iconv -f UTF-16 -t UTF-8 {name} > new.txt, and put new.txt in its place."
        return None, [diagnostic(rules.ENCODING, f"{name} is UTF-16, not UTF-8", whole_file(name), help=help)]
    try:
        return Source(name, data.decode("utf-8").removeprefix("\ufeff")), []
    except UnicodeDecodeError as error:
        return None, [_undecodable(name, data, error)]


def _undecodable(name: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    before = Source(name, data[: error.start].decode("utf-8"))
    at = len(before.text)
    if error.end >= len(data) and "end of data" in error.reason:
        guess, help = "it ends inside a character", "Fetch the file again."
    else:
        guess = "it looks like Latin-1 or Windows-1252"
        help = f"Convert it: iconv -f WINDOWS-1252 -t UTF-8 {name} > new.txt, read it through, and put it in its place."
    byte = f"byte {error.start} (0x{data[error.start]:02X}) cannot be read"
    message = f"{name} is not UTF-8: {byte}; {guess}"
    return diagnostic(rules.ENCODING, message, Span(before, at, at), help=help)


def read_seed(name: str, data: bytes, described: Container[str] = ()) -> tuple[Seed | None, list[Diagnostic]]:
    """A seed from its bytes, CRLF and CR read as LF; None if an error keeps the edition from being written.

    `described` are the private-use characters that the project describes.
    """
    source, found = read_text(name, data)
    if source is None:
        return None, found
    text = source.text
    if "\r" in text:
        crlf, lf, cr = text.count("\r\n"), text.count("\n"), text.count("\r")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        source = Source(name, text)
        if [crlf > 0, lf > crlf, cr > crlf].count(True) > 1:
            message = f"{name} mixes line ends; all are read as U+000A"
            help = "Convert the file to U+000A once: dos2unix, or your editor's setting."
            found.append(diagnostic(rules.MIXED_EOL, message, Span(source, 0, 0), help=help))
    found += _characters(source) + _undescribed(source, described)
    if not text.strip():
        help = "Put the text there, as it was received."
        found.append(diagnostic(rules.SOURCE_EMPTY, f"{name} holds no text", Span(source, 0, 0), help=help))
    if errors(found):
        return None, found
    encoded = text.encode("utf-8")
    return Seed(source, tuple(seed_blocks(text)), hashlib.sha256(encoded).hexdigest(), len(encoded)), found


def seed_blocks(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The places of runs of lines between blank lines, without white space at either end."""
    found: list[tuple[int, int]] = []
    for is_blank, run in groupby(lines(text, start, end), key=lambda line: line[0] == line[1]):
        if not is_blank:
            (first, last), *others = run
            found.append((first, others[-1][1] if others else last))
    return found


def lines(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The places of the lines of a passage, without white space at either end; a blank one is (n, n)."""
    found = []
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        lead = len(line) - len(line.lstrip()) if stripped else 0
        found.append((start + lead, start + lead + len(stripped)))
        start += len(line) + 1
    return found


def _characters(source: Source) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    bad = list(FORBIDDEN.finditer(source.text))
    for k, m in enumerate(bad[:SHOWN], start=1):
        more = f" (and {len(bad) - SHOWN} more in this file)" if k == SHOWN < len(bad) else ""
        message = f"the character U+{ord(m[0]):04X} cannot stand in XML{more}"
        help = "Remove it from the seed, or replace it by what it stands for."
        found.append(diagnostic(rules.CHAR, message, Span(source, *m.span()), help=help))
    if first := _separators.search(source.text):
        times = _times(len(_separators.findall(source.text)))
        message = f"U+{ord(first[0]):04X} looks like a line end and is not counted as one{times}"
        help = "If a line ends there, put an ordinary line end in its place."
        found.append(diagnostic(rules.SEPARATOR, message, Span(source, *first.span()), help=help))
    at = source.text.find("\ufeff")
    if at >= 0:
        message = "a byte order mark (U+FEFF) stands inside the text"
        help = "Remove it: it is a trace of joined files."
        found.append(diagnostic(rules.INNER_BOM, message, Span(source, at, at + 1), help=help))
    return found + _unbalanced(source)


def _undescribed(source: Source, described: Container[str]) -> list[Diagnostic]:
    """The report of private-use characters of which nobody says what they mean, each where it first stands."""
    found = []
    unknown = [c for c in Counter(_private.findall(source.text)).items() if c[0] not in described]
    for character, many in unknown[:SHOWN]:
        code, at = f"U+{ord(character):04X}", source.text.index(character)
        message = f"{code} is a private-use character: nobody else knows what it means{_times(many)}"
        help = (
            "Put the character that Unicode has for this sign, or say what it is under"
            f" `characters: {{{code}: …}}` in annotations/edition.yaml."
        )
        found.append(diagnostic(rules.PRIVATE_USE, message, Span(source, at, at + 1), help=help))
    return found


def _times(many: int) -> str:
    return "" if many == 1 else f" ({many} in this file)"


def _unbalanced(source: Source) -> list[Diagnostic]:
    """The first bidi control that is not closed in its line, or closes nothing (UAX #9, BD9 and BD13)."""
    open_marks: list[re.Match[str]] = []
    for m in re.finditer("[\u202a-\u202e\u2066-\u2069\n]", source.text) if _bidi.search(source.text) else ():
        if m[0] == "\n":
            if open_marks:
                break
        elif m[0] in _CLOSES and open_marks and open_marks[-1][0] in _CLOSES[m[0]]:
            open_marks.pop()
        else:
            open_marks.append(m)
            if m[0] in _CLOSES:
                break
    if not open_marks:
        return []
    first = open_marks[0]
    opened = "changes the direction of writing and is not closed in its line"
    wrong = "closes what was not opened" if first[0] in _CLOSES else opened
    help = "Remove it, or close it: U+202C closes embeddings, U+2069 isolates."
    return [diagnostic(rules.BIDI, f"U+{ord(first[0]):04X} {wrong}", Span(source, *first.span()), help=help)]
