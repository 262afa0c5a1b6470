"""What an apparatus says of words that stand before it."""

from __future__ import annotations

from edition.exports.readers.interventions import explained, quoted, siglum, sure
from edition.exports.readers.labels import LABELS
from edition.exports.readers.reading import Choice, Piece, Reading, Span, Text
from edition.exports.readers.worded import corrected, legible


def variant(text: Text, piece: Piece) -> str:
    """What an apparatus says after the words themselves: `“next” source`, `“arido” G R; “arrido” O`."""
    labels = LABELS[text.tongue]
    source = labels["source"] if text.tongue == "de" else labels["source"].lower()
    if isinstance(piece, Choice) and piece.kind == "reading":
        return "; ".join(_reading(text, r) for r in piece.readings if r.content is not piece.best)
    if isinstance(piece, Choice) and piece.kind not in ("substitution", "character"):
        ours = [r for r in piece.readings if r.ours]
        seed = quoted(text, legible(piece.seed)) if piece.seed else labels["omitted"]
        others = (
            labels["or_else"].format(said=quoted(text, corrected(r.content)) + sure(text, r.cert))
            for r in ours[1:]
        )
        return "; ".join((f"{seed} {source}{sure(text, ours[0].cert) if ours else ''}", *others))
    if isinstance(piece, Span) and piece.kind == "supplied":
        return f"{labels['omitted']} {source}{sure(text, piece.cert)}"
    return explained(text, piece)


def _reading(text: Text, reading: Reading) -> str:
    words = quoted(text, corrected(reading.content)) if reading.content else LABELS[text.tongue]["omitted"]
    return " ".join((words, *(siglum(text, key) for key in reading.witnesses))) + sure(text, reading.cert)
