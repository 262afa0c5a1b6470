"""Ways to break a project: of YAML by its structure, of seeds by their lines, of any file by its bytes.

A project is its files' bytes by name. A mutation takes one, and what chooses (a `Random` with a seed), and gives
another; it may find nothing to do, and then gives the same.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import yaml

from edition.format.yaml import read_yaml
from edition.model.nodes import as_data
from edition.model.source import Source
from edition.model.vocabulary import BLOCKS, COMMON, KINDS, REGISTERS, WHERE

Files = dict[str, bytes]
Data = Any  # what YAML holds: texts, lists, mappings
Mutation = Callable[[Files, Random], Files]
Spot = tuple[list[Data] | dict[str, Data], Any]  # what holds a value, and its key or number there

FIELDS = (
    *KINDS, *BLOCKS, *COMMON, *WHERE, *REGISTERS, "annotations", "structure", "header", "contains", "conventions",
    "title", "language", "author", "source", "correspondence", "sent", "received", "name", "names", "born", "died",
    "gnd", "wikidata", "relations", "types", "kinds", "editors", "defaults", "rules", "include", "ignore", "edition",
    "calendar", "unit", "n", "level", "location", "reign", "style", "hand", "witness", "rank", "schemas",
)  # fmt: skip
ODD = (
    "", " ", "~", "no", "0", "-1", "007", "1e9", "99999999999999999999", "12:30", "2 of 4", "all", "all of 99999", "1937",
    "1937-02-30", "1937-07-17/1936", "-0044", "Y-170000000002", "[..1937]", "3 May 1801", "193X", "P1Y", "<P3M", "2001-21",
    "unknown", "text", "und", "x-y-z", "de-Latn-1996", "../../etc/passwd", "/dev/zero", "seeds/letter.txt", "annotations",
    "https://example.org/a b?<>&", "[x](person:nobody)", "**", "`<b>", "&amp;", "<!--", "]]>", "{{{", "\\", "(", "(?P<voice>.*)",
    ".*", "\\b", "(a*)*", "[^x]", "\\p{L}+", "e\u0301", "\u0301", "\u202e", "\ufeff", "\u00ad", "\u200b", "\U0001f600", "𝔘𝔫", "ﬁ", "ß",
    "xml:id", "xml", "1a", "a:b", "a b", "TEI", "div", "p", "lenin", "goethe", "ed", "A" * 3000, "word " * 400, "a\nb", "\t",
)  # fmt: skip
CHARACTERS = (
    "\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\u2066", "\u2069",
    "\u0301", "\u0301" * 40, "\u200d", "\u00ad", "\ue000", "\U000f0000", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\ufffe", "\uffff",
    "\U0001f1e9", "\u1100\u1161", "ﬃ", "İ", "ſ", "\t", "\r", "\r\n", "  ", "\u00a0", "\u3000", "“", "”", "„", "(", ")", "[", "—",
    "#", "*", "<", "&", "]]>", "\n\n\n",
)  # fmt: skip


def _pick(files: Files, r: Random, *suffixes: str) -> str:
    names = sorted(name for name in files if name.endswith(suffixes or (".yaml", ".txt")))
    # what annotates is broken more often than what is shared
    names += [n for n in names if n.startswith("annotations/") and n.count("/") == 1] * 3
    return r.choice(names) if names else ""


def _with(files: Files, name: str, data: bytes) -> Files:
    return {**files, name: data} if name else files


# by structure


def _spots(data: Data) -> Iterator[Spot]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in items:
        yield data, key
        yield from _spots(child)


def _loaded(raw: bytes) -> Data:
    node, _ = read_yaml(Source("", raw.decode("utf-8-sig", "replace")))  # refuses aliases of aliases
    return None if node is None else as_data(node)


def _dumped(data: Data, r: Random) -> bytes:
    width = r.choice((40, 110, 10_000))
    style = r.choice((None, None, None, True))
    return yaml.safe_dump(
        data, allow_unicode=True, sort_keys=False, width=width, default_flow_style=style
    ).encode()


def structured(change: Callable[[Data, list[Spot], Random], None]) -> Mutation:
    """A change of one YAML file as data."""

    def mutation(files: Files, r: Random) -> Files:
        name = _pick(files, r, ".yaml")
        data = _loaded(files[name]) if name else None
        spots = list(_spots(data))
        if not spots:
            return files
        change(data, spots, r)
        return _with(files, name, _dumped(data, r))

    return mutation


def _remove(_: Data, spots: list[Spot], r: Random) -> None:
    holder, key = r.choice(spots)
    del holder[key]


def _rename(_: Data, spots: list[Spot], r: Random) -> None:
    """Another key, in its place: a kind for a kind, a field for a field, or anything."""
    keyed = [(holder, key) for holder, key in spots if isinstance(holder, dict)]
    if not keyed:
        return
    holder, key = r.choice(keyed)
    same = [name for name, kind in KINDS.items() if key in KINDS and kind.value == KINDS[key].value]
    alike = same or KINDS if key in KINDS else BLOCKS if key in BLOCKS else WHERE if key in WHERE else FIELDS
    new = r.choice(sorted(alike) if r.random() < 0.7 else FIELDS)
    if r.random() < 0.15:
        new = str(key)[::-1] + r.choice(("", "é", " ", "1"))
    pairs = [(new if k == key else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(pairs)


def _set(_: Data, spots: list[Spot], r: Random) -> None:
    holder, key = r.choice(spots)
    holder[key] = r.choice(
        (r.choice(ODD), r.choice(ODD), r.choice(ODD), None, [], {}, [[]], {"a": {}}, ["a", ""])
    )


def _swap(_: Data, spots: list[Spot], r: Random) -> None:
    (one, a), (other, b) = r.choice(spots), r.choice(spots)
    if a in _keys(one) and b in _keys(other):
        one[a], other[b] = copy.deepcopy(other[b]), copy.deepcopy(one[a])


def _keys(holder: list[Data] | dict[str, Data]) -> Any:
    return holder if isinstance(holder, dict) else range(len(holder))


def _copy(_: Data, spots: list[Spot], r: Random) -> None:
    """A value again somewhere else."""
    (one, a), (other, b) = r.choice(spots), r.choice(spots)
    value = copy.deepcopy(one[a])
    if isinstance(other, list):
        other.insert(r.randrange(len(other) + 1), value)
    else:
        other[r.choice((b, r.choice(FIELDS)))] = value


def _add(_: Data, spots: list[Spot], r: Random) -> None:
    """A field more."""
    maps = [h[k] for h, k in spots if isinstance(h[k], dict)]
    if maps:
        r.choice(maps)[r.choice(FIELDS)] = r.choice(
            (r.choice(ODD), [r.choice(ODD)], {r.choice(FIELDS): r.choice(ODD)})
        )


def _shuffle(_: Data, spots: list[Spot], r: Random) -> None:
    lists = [h[k] for h, k in spots if isinstance(h[k], list) and len(h[k]) > 1]
    if lists:
        r.shuffle(r.choice(lists))


def _wrap(_: Data, spots: list[Spot], r: Random) -> None:
    """A value inside a list or a mapping, once or often."""
    holder, key = r.choice(spots)
    for _ in range(r.choice((1, 1, 2, 30, 70, 200))):
        holder[key] = [holder[key]] if r.random() < 0.5 else {r.choice(FIELDS): holder[key]}


def _unwrap(_: Data, spots: list[Spot], r: Random) -> None:
    holder, key = r.choice(spots)
    inner = holder[key]
    if isinstance(inner, list | dict) and inner:
        holder[key] = next(iter(inner.values())) if isinstance(inner, dict) else inner[0]


def _shorten(_: Data, spots: list[Spot], r: Random) -> None:
    """Words of the seed, cut short or made longer."""
    texts = [(h, k) for h, k in spots if isinstance(h[k], str) and len(h[k]) > 1]
    if not texts:
        return
    wanted = [
        (h, k)
        for h, k in texts
        if k in ("quote", "from", "to", "prefix", "suffix", "match", "before", "after")
    ]
    holder, key = r.choice(wanted or texts)
    a, b = sorted((r.randrange(len(holder[key])), r.randrange(len(holder[key]) + 1)))
    holder[key] = r.choice(
        (holder[key][a:b], holder[key][:b], holder[key] * 2, holder[key] + r.choice(CHARACTERS))
    )


def _shift(_: Data, spots: list[Spot], r: Random) -> None:
    """Numbers, another one."""
    texts = [(h, k) for h, k in spots if isinstance(h[k], str) and re.search(r"\d", h[k])]
    if texts:
        holder, key = r.choice(texts)
        number = r.choice(("0", "1", "2", "13", "99", "31", "1000000", "9" * 30, "-5", "٣"))
        holder[key] = re.sub(r"\d+", number, holder[key], count=r.choice((0, 1)))


def _together(_: Data, spots: list[Spot], r: Random) -> None:
    """Annotations on the words of another one, or across their border: overlaps."""
    placed = [h[k] for h, k in spots if isinstance(h[k], dict) and isinstance(h[k].get("quote"), str)]
    if len(placed) > 1:
        one, other = r.sample(placed, 2)
        one["quote"] = (
            other["quote"] if r.random() < 0.5 else " ".join(other["quote"].split()[: r.randrange(1, 4)])
        )


# by words and lines


def seed_words(files: Files, r: Random) -> Files:
    """A seed with characters, words or lines removed, added or moved."""
    name = _pick(files, r, ".txt")
    if not name:
        return files
    text = files[name].decode("utf-8", "replace")
    for _ in range(r.choice((1, 1, 3, 10))):
        a, b = sorted((r.randrange(len(text) + 1), r.randrange(len(text) + 1)))
        near = min(b, a + r.choice((0, 1, 5, 40)))
        text = (
            text[:a]
            + r.choice(("", r.choice(CHARACTERS), text[a:near] * 2, text[a:near][::-1]))
            + text[near:]
        )
    return _with(files, name, text.encode("utf-8", "surrogatepass"))


def lines(files: Files, r: Random) -> Files:
    """A file with lines doubled, removed, moved, joined or indented otherwise."""
    name = _pick(files, r)
    rows = files[name].split(b"\n")
    at, to = r.randrange(len(rows)), r.randrange(len(rows))
    match r.randrange(6):
        case 0:
            rows.insert(to, rows[at])
        case 1:
            del rows[min(at, to) : max(at, to) + 1][: r.choice((1, 2, 9))]
        case 2:
            rows[at], rows[to] = rows[to], rows[at]
        case 3:
            rows[at] = r.choice((b"\t", b" ", b"   ", b"- ", b"? ", b"# ", b"---")) + rows[at]
        case 4:
            rows[at : at + 2] = [b"".join(rows[at : at + 2])]
        case _:
            rows[at] = rows[at].lstrip()
    return _with(files, name, b"\n".join(rows))


def line_ends(files: Files, r: Random) -> Files:
    name = _pick(files, r)
    return _with(
        files,
        name,
        files[name].replace(b"\n", r.choice((b"\r\n", b"\r", b"\n\n", b"\xc2\x85", b"\n\r", b""))),
    )


# by bytes

PIECES = (
    b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x00", b"\x1b[31m", b"\xef\xbb\xbf", b"\xff\xfe", b"\t", b"\r",
    b"!!python/object/apply:os.system [x]\n", b"&a ", b"*a", b"<<: *a\n", b"---\n", b"...\n", b"%YAML 1.1\n", b"? ", b"|\n", b">-\n", b"'",
    b'"', b'"\\x', b'"\\ud800"', b'"\\0"', b"[", b"{", b"]", b"}", b": ", b" #", b"- ", b"@", b"`", b"9" * 400,
    b"-" * 5000, b"[" * 90, b"{a: " * 90,
    b"- " * 300, b"[" * 100_000, b"a" * 200_000, b" " * 100_000, b"\n" * 50_000,
)  # fmt: skip


def flipped(files: Files, r: Random) -> Files:
    """Bits that have fallen over."""
    name = _pick(files, r)
    data = bytearray(files[name])
    for _ in range(r.choice((1, 2, 8)) if data else 0):
        data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    return _with(files, name, bytes(data))


def truncated(files: Files, r: Random) -> Files:
    name = _pick(files, r)
    at = r.randrange(len(files[name]) + 1)
    return _with(files, name, r.choice((files[name][:at], files[name][at:])))


def inserted(files: Files, r: Random) -> Files:
    """Bytes that do not belong there."""
    name = _pick(files, r)
    at = r.randrange(len(files[name]) + 1)
    return _with(files, name, files[name][:at] + r.choice(PIECES) + files[name][at:])


def doubled(files: Files, r: Random) -> Files:
    """A part of the file again, up to fifty times."""
    name = _pick(files, r)
    a, b = sorted((r.randrange(len(files[name]) + 1), r.randrange(len(files[name]) + 1)))
    times = r.choice((2, 2, 3, 50 if b - a < 2000 else 2))
    return _with(files, name, files[name][:a] + files[name][a:b] * times + files[name][b:])


def bombed(files: Files, r: Random) -> Files:
    """Aliases of aliases, great depth, one huge line."""
    name = _pick(files, r, ".yaml")
    aliases = b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)
    )
    deep = b"".join(b" " * n + b"a:\n" for n in range(r.choice((60, 70, 900))))
    wide = b"annotations:\n" + b"  - {lb: , before: a}\n" * r.choice((1, 400))
    data = r.choice((b"a0: &a0 x\n" + aliases, deep, wide, b"edition: 1\n" + b"? " * 500, b"&a [*a]"))
    return _with(files, name, r.choice((files[name] + b"\n" + data, data)))


def gone(files: Files, r: Random) -> Files:
    """A file that is missing, empty, or another one."""
    name, other = _pick(files, r), _pick(files, r)
    match r.randrange(4):
        case 0:
            return {key: data for key, data in files.items() if key != name}
        case 1:
            return _with(files, name, b"")
        case 2:
            return _with(files, name, files[other])
        case _:
            odd = r.choice(
                ("annotations/a b.yaml", "seeds/1.txt", "seeds/é.txt", "annotations/registers/x.yaml")
            )
            return _with(files, odd, files[name])


MUTATIONS: dict[str, Mutation] = {
    "a value removed": structured(_remove),
    "a key renamed": structured(_rename),
    "another value": structured(_set),
    "two values swapped": structured(_swap),
    "a value copied": structured(_copy),
    "a field added": structured(_add),
    "a list shuffled": structured(_shuffle),
    "a value nested": structured(_wrap),
    "a value unnested": structured(_unwrap),
    "words cut": structured(_shorten),
    "numbers changed": structured(_shift),
    "places moved together": structured(_together),
    "the seed changed": seed_words,
    "lines changed": lines,
    "line ends": line_ends,
    "bits flipped": flipped,
    "truncated": truncated,
    "bytes inserted": inserted,
    "a part repeated": doubled,
    "bombs": bombed,
    "files missing or mixed up": gone,
}


# what mostly leaves files that can be read, and so comes deeper into the program
DEEP = (
    "a value removed", "a key renamed", "two values swapped", "a value copied", "a list shuffled", "words cut", "numbers changed",
    "places moved together", "the seed changed", "lines changed",
)  # fmt: skip


def mutated(files: Files, r: Random) -> tuple[Files, tuple[str, ...]]:
    """A project after one to four mutations, and their names."""
    often = [1 + 2 * (name in DEEP) for name in MUTATIONS]
    names = tuple(r.choices(list(MUTATIONS), often, k=r.choice((1, 1, 1, 2, 2, 3, 4))))
    for name in names:
        files = MUTATIONS[name](files, r) if files else files
    return files, names
