"""Is every content that one grammar allows an element allowed by another? An answer for all, not for samples.

Both grammars define each element once, so it is enough to compare the content models element by element:
regular expressions over the names of children, with `#text` for character data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rng_instances import RNG, Grammar, Pattern, names

END = "nothing more"
States = frozenset[int]


class Automaton:
    """The content model of one element: from a set of states and a child to the next set."""

    def __init__(self, grammar: Grammar, element: Pattern) -> None:
        self.grammar = grammar
        self.moves: list[list[tuple[str, int]]] = []  # "" costs no child
        first = self.state()
        self.last = self.all(element, first)
        self.first = self.closure([first])

    def state(self) -> int:
        self.moves.append([])
        return len(self.moves) - 1

    def all(self, patterns: Iterable[Pattern], at: int) -> int:
        for p in patterns:
            at = self.one(p, at)
        return at

    def one(self, p: Pattern, at: int) -> int:
        kind = p.tag[len(RNG) :]
        if kind in ("attribute", "empty"):
            return at
        if kind == "ref":
            return self.all(self.grammar.defines[str(p.get("name"))], at)
        if kind == "group":
            return self.all(p, at)
        start, end = self.state(), self.state()
        self.moves[at].append(("", start))
        if kind == "choice":
            for c in p:
                self.moves[self.one(c, start)].append(("", end))
        elif kind in ("optional", "zeroOrMore", "oneOrMore"):
            inner = self.all(p, start)
            self.moves[inner].append(("", end))
            self.moves[start if kind != "oneOrMore" else inner].append(("", end))
            self.moves[inner if kind != "optional" else start].append(("", start))
        elif kind == "text":
            self.moves[start] += [("#text", start), ("", end)]
        else:  # an element; or a value, which is text
            self.moves[start].append((str(p.get("name") or "*") if kind == "element" else "#text", end))
        return end

    def closure(self, states: Iterable[int]) -> States:
        seen = set(states)
        todo = list(seen)
        while todo:
            more = {to for child, to in self.moves[todo.pop()] if not child} - seen
            seen |= more
            todo += more
        return frozenset(seen)

    def after(self, states: States) -> dict[str, States]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for state in states:
            for child, to in self.moves[state]:
                if child:
                    found[child].add(to)
        return {child: self.closure(to) for child, to in found.items()}


def beyond(small: Automaton, large: Automaton) -> tuple[str, ...]:
    """The shortest sequence of children that only `small` allows; () if there is none."""
    seen = {(small.first, large.first): tuple[str, ...]()}
    todo = list(seen)
    for pair in todo:
        way, (here, there) = seen[pair], pair
        if small.last in here and large.last not in there:
            return (*way, END)
        allowed = large.after(there)
        for child, states in small.after(here).items():
            if child not in allowed:
                return (*way, child)
            if (states, allowed[child]) not in seen:
                seen[states, allowed[child]] = (*way, child)
                todo.append((states, allowed[child]))
    return ()


def attributes(grammar: Grammar, patterns: Iterable[Pattern], required: bool = True) -> dict[str, bool]:
    """Names of attributes, and whether an element must have them whatever else it has."""
    found: dict[str, bool] = {}
    for p in patterns:
        kind = p.tag[len(RNG) :]
        if kind == "attribute":
            found |= dict.fromkeys(names(p), required)
        elif kind == "ref":
            inner = grammar.defines[str(p.get("name"))]
            if not any(q.tag == RNG + "element" for q in inner) and not str(p.get("name")).startswith("model."):
                found |= attributes(grammar, inner, required)
        elif kind != "element":
            found |= attributes(grammar, p, required and kind in ("group", "oneOrMore"))
    return found


def differences(small: Grammar, large: Grammar) -> list[str]:
    """What `small` allows and `large` does not, apart from values of attributes."""
    found = []
    for name, element in small.elements.items():
        if name not in large.elements:
            found.append(f"no element {name}")
            continue
        if way := beyond(Automaton(small, element), Automaton(large, large.elements[name])):
            found.append(f"{name}: {' '.join(way)}")
        ours, theirs = attributes(small, element), attributes(large, large.elements[name])
        found += [f"{name}: no attribute {a}" for a in ours if a not in theirs]
        found += [f"{name}: must have {a}" for a, required in theirs.items() if required and not ours.get(a)]
    return found
