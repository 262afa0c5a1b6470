"""Does one grammar allow an element any content that another does not? An answer for all, not for samples.

Both grammars define each element once, so it is enough to compare content models, element by element: regular
expressions over the names of children, and `#text`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from rng_instances import Grammar, Pattern

END = "nothing more"
States = frozenset[int]


class Automaton:
    """The content model of one element: from a set of states and a child to the next set."""

    def __init__(self, grammar: Grammar, element: Pattern) -> None:
        self.grammar = grammar
        self.moves: list[list[tuple[str, int]]] = []  # "" is a move without a child
        self.reached: dict[int, States] = {}
        first = self.state()
        self.last = self.all(element.parts, first)
        self.leading = {s for s, moves in enumerate(self.moves) if any(child for child, _ in moves)} | {
            self.last
        }
        self.first = self.free(first)

    def state(self) -> int:
        self.moves.append([])
        return len(self.moves) - 1

    def all(self, patterns: Iterable[Pattern], at: int) -> int:
        for p in patterns:
            at = self.one(p, at)
        return at

    def one(self, p: Pattern, at: int) -> int:
        """States and moves for a pattern that starts here; the state in which it ends."""
        if p.kind in ("attribute", "empty"):
            return at
        if p.kind in ("ref", "group"):
            return self.all(self.grammar.inside(p), at)
        start, end = self.state(), self.state()
        self.moves[at].append(("", start))
        if p.kind == "choice":
            for c in p.parts:
                self.moves[self.one(c, start)].append(("", end))
        elif p.kind in ("optional", "zeroOrMore", "oneOrMore"):
            inner = self.all(p.parts, start)
            self.moves[inner].append(("", end))
            if p.kind != "oneOrMore":
                self.moves[start].append(("", end))
            if p.kind != "optional":
                self.moves[inner].append(("", start))
        elif p.kind == "text":
            self.moves[start] += [("#text", start), ("", end)]
        else:
            self.moves[start].append((p.name if p.kind == "element" else "#text", end))
        return end

    def free(self, state: int) -> States:
        """What is reached without a child: the states that lead on, and the last."""
        if state not in self.reached:
            seen, todo = {state}, [state]
            while todo:
                more = {to for child, to in self.moves[todo.pop()] if not child} - seen
                seen |= more
                todo += more
            self.reached[state] = frozenset(seen & self.leading)
        return self.reached[state]

    def after(self, states: States, wanted: Container[str] = ()) -> dict[str, States]:
        """For each child, or each that is wanted."""
        found: defaultdict[str, States] = defaultdict(frozenset)
        for state in states:
            for child, to in self.moves[state]:
                if child and (not wanted or child in wanted):
                    found[child] |= self.free(to)
        return found


def beyond(small: Automaton, large: Automaton) -> tuple[str, ...]:
    """The shortest sequence of children that only `small` allows; () if there is none."""
    ways: dict[tuple[States, States], tuple[str, ...]] = {(small.first, large.first): ()}
    todo = list(ways)
    for here, there in todo:
        way = ways[here, there]
        if small.last in here and large.last not in there:
            return (*way, END)
        possible = small.after(here)
        allowed = large.after(there, possible)
        for child, states in possible.items():
            if child not in allowed:
                return (*way, child)
            pair = (states, allowed[child])
            if pair not in ways:
                ways[pair] = (*way, child)
                todo.append(pair)
    return ()


def attributes(grammar: Grammar, patterns: Iterable[Pattern], required: bool = True) -> dict[str, bool]:
    """Names of attributes, and whether an element must have them whatever else it has."""
    found: dict[str, bool] = {}
    for p in patterns:
        if p.kind == "attribute":
            found |= dict.fromkeys(p.names, required)
        elif p.kind != "element" and not (p.kind == "ref" and next(grammar.children(p), "")):
            found |= attributes(
                grammar, grammar.inside(p), required and p.kind in ("ref", "group", "oneOrMore")
            )
    return found


def differences(small: Grammar, large: Grammar) -> list[str]:
    """What `small` allows and `large` does not, values of attributes apart."""
    found = []
    for name, element in small.elements.items():
        other = large.elements.get(name)
        if other is None:
            found.append(f"{name}: no such element")
            continue
        if way := beyond(Automaton(small, element), Automaton(large, other)):
            found.append(f"{name}: {', '.join(way)}")
        ours, theirs = attributes(small, element.parts), attributes(large, other.parts)
        found += [f"{name}: no attribute {a}" for a in ours if a not in theirs]
        found += [f"{name}: must have {a}" for a, required in theirs.items() if required and not ours.get(a)]
    return found
