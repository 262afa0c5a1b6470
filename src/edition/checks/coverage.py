"""Parts of a seed that nothing speaks of: paragraphs left over, signatures of nobody, glosses not annotated.

Looks only at texts that build: where an annotation finds no place, all this may follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from edition.encode.references import signs
from edition.model import rules
from edition.model.annotation import Anchored, PlacedBlock, Seed
from edition.model.diagnostics import Diagnostic, Label, diagnostic, shortened
from edition.model.edition import Built, Edition
from edition.model.source import Span

SHOWN = 3
"""The most places that one diagnostic shows."""
LONGEST = 2000
_BEARING = ("p", "ab", "l", "item", "cell", "row", "speaker", "stage", "castItem")
_OTHERS = ("gloss", "footnote")

_INITIALS = r"(?:[A-ZÄÖÜÀ-ÞА-ЯЁΑ-Ω][a-zäöüß-ÿа-яё]{0,2}\.[ \u00a0]?){1,4}"
_EDITORS = (
    r"(?:Anm(?:erkung|\.) ?d(?:er|es|\.) ?(?:Redaktion|Herausgebers?|Übersetzer(?:s|in)?|Red\.|Hg\.|Hrsg\.|Ü\.|Übers\.)"
    r"|(?:die )?Red(?:aktion|\.)|Hg\.|Hrsg\.|Übers\.|Eds?\.|ed\.|Editors?|Trans(?:l)?\.|Tr\.|Translator"
    r"|N\. ?d\. ?l['’]? ?[TRÉE]\.|N\. ?d\. ?[TRÉE]\.|N\. ?D\. ?L\. ?R\.|Note du traducteur|Note de la rédaction"
    r"|прим(?:ечание|еч\.|\.) ?(?:ред|пер|авт)\w*\.?|[Рр]ед\.|Пер\.)"
)
_ANOTHER_HAND = "If it is another hand's, annotate it as a `gloss`; if the author's, say so in a `note`."
_ALWAYS = r"(?:sic!?|(?:[Ee]ditor|[Tt]ranslator)['’]?s['’]? note)"
_SIGNED = rf"[-–—](?:\s|\u00a0)*(?P<sign>{_INITIALS}|{_EDITORS})\s*[)\]]?\s*$"
_SQUARE = rf"\s*(?:{_ALWAYS}|Anm\.[^)]{{0,20}}|{_EDITORS})\s*(?::.*)?"
_ROUND = rf"\s*(?:{_ALWAYS}|Anm(?:erkung|\.) ?d.*)"
_bracket = re.compile(rf"\([^()]{{1,{LONGEST}}}\)|\[[^\[\]]{{1,{LONGEST}}}\]")


def _complete(edition: Edition) -> Iterator[Built]:
    return (built for built in edition.documents if built.data is not None)


# structure


def left_over(edition: Edition) -> Iterator[Diagnostic]:
    """Report paragraphs that are paragraphs only because nothing names them, where the structure means to name all.

    They stand outside of the divisions of a text that has divisions, or are few among many that `structure:` and
    conventions name.
    """
    for built in _complete(edition):
        seed = built.document.seed
        loose = _loose(built.anchoring.blocks)
        if not loose:
            continue
        size, whole = sum(b.end - b.start for b in loose), len(seed.text)
        many = f"{len(loose)} paragraphs stand" if len(loose) > 1 else "a paragraph stands"
        message = (
            f"{many} outside of what the structure of this text names ({size:,} of {whole:,} characters)"
        )
        labels = [_first_line(seed, b) for b in loose[:SHOWN]]
        help = "Name what it is in `structure:`, or with a convention. If it is a paragraph, name it `p`."
        yield diagnostic(rules.LEFT_OVER, message, *labels, help=help)


def _loose(blocks: Sequence[PlacedBlock]) -> list[PlacedBlock]:
    divided = any(b.block.name == "div" and _named(b) for b in blocks)
    outside: list[PlacedBlock] = []
    inside: list[PlacedBlock] = []
    named = 0
    holders: list[PlacedBlock] = []
    for b in sorted(blocks, key=lambda b: (b.start, -b.end)):
        while holders and holders[-1].end <= b.start:
            holders.pop()
        around = {h.block.name for h in holders}
        if b.block.content == "blocks" and _named(b):
            holders.append(b)
        elif b.block.name in _BEARING and (_named(b) or around - {"div"}):
            named += b.end - b.start
        elif b.block.name == "p" and not _named(b):
            (inside if "div" in around or not divided else outside).append(b)
    few = 0 < sum(b.end - b.start for b in inside) < named
    return sorted([*outside, *(inside if few else ())], key=lambda b: b.start)


def _named(block: PlacedBlock) -> bool:
    return block.claim is not None or bool(block.made) or block.anchored >= 0


def _first_line(seed: Seed, block: PlacedBlock) -> Label:
    end = seed.text.find("\n", block.start, block.end)
    return Label(Span(seed.source, block.start, block.end if end < 0 else end))


# other hands


def signatures(edition: Edition) -> Iterator[Diagnostic]:
    """Report glosses and footnotes that end with a signature which is none of the voice that they name."""
    known = signs(edition.project.registers)
    for built in _complete(edition):
        for a in built.anchoring.anchored:
            if a.claim.kind in _OTHERS and a.voice is None:
                yield from _signature(built, a, known)


def _signature(built: Built, a: Anchored, known: Mapping[str, str]) -> Iterator[Diagnostic]:
    seed, claim = built.document.seed, a.claim
    m = re.search(_SIGNED, seed.text[a.start : a.end])
    if m is None:
        return
    sign = m["sign"].strip()
    whose = known.get(sign, "")
    if whose and whose == claim.voice:
        return
    at, start = built.document.source.span(claim.at), a.start + m.start("sign")
    place = Label(Span(seed.source, start, start + len(sign)), "signed here")
    if whose:
        other = f", and not `{claim.voice}`" if claim.voice else ""
        message = f"this {claim.kind} is signed “{sign}”, which is the voice `{whose}`{other}"
        help = f"Write `voice: {whose}`."
    else:
        message = f"this {claim.kind} is signed “{sign}”, and no voice signs so"
        help = "Add a voice with this signature (`signs:`) under `voices:` in annotations/registers/."
    yield diagnostic(rules.SIGNATURE, message, at, place, help=help)


def unmarked(edition: Edition) -> Iterator[Diagnostic]:
    """Report passages in brackets that look like another hand's, and that nothing annotates."""
    known = signs(edition.project.registers)
    for built in _complete(edition):
        seed = built.document.seed
        for start, end, why in _suspects(seed, known):
            if not any(_answers(a, start, end) for a in built.anchoring.anchored):
                words = shortened(seed.text[start:end])
                message = f"“{words}” looks like a gloss: {why}"
                place = Span(seed.source, start, end)
                yield diagnostic(rules.UNMARKED, message, place, help=_ANOTHER_HAND)


def _suspects(seed: Seed, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for block in seed.blocks:
        for m in _bracket.finditer(seed.text, *block):
            words = m[0][1:-1].strip()
            signed = re.search(_SIGNED, words)
            sign = signed["sign"].strip() if signed else next((s for s in known if words.endswith(s)), "")
            if sign:
                yield *m.span(), f"it is signed “{sign}”"
            elif re.fullmatch(_SQUARE if m[0][0] == "[" else _ROUND, words, re.DOTALL):
                yield *m.span(), "it speaks as an editor does"


def _answers(a: Anchored, start: int, end: int) -> bool:
    """Whether an annotation speaks of a passage: it is a gloss that holds it, or has about the same extent."""
    holds = a.start <= start + 1 and end - 1 <= a.end
    return holds and (a.claim.kind in _OTHERS or (a.end - a.start) - (end - start) <= 2)


COVERAGE = (left_over, signatures, unmarked)
