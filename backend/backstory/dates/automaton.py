"""All rules of a grammar as one automaton, which finds the longest match at a place in one walk.

The rules become a nondeterministic automaton (Thompson's construction) whose deterministic form is made as
texts ask for it and kept. A walk is one look-up for each token; no rule repeats without bound, so a
walk never exceeds the longest rule, and a text is read in linear time.
"""

from collections.abc import Mapping, Sequence

from backstory.dates.notation import Choice, Pattern, Repeat, Rule, Slot, Word
from backstory.dates.notation import Sequence as Parts

_MAX_STATES = 20_000  # of the deterministic form; English needs fewer than a tenth. Past it, begin anew.


class _Moves(dict[str, "State"]):
    """From a token's code to the next state, worked out once."""

    def __init__(self, automaton: "Automaton", nodes: frozenset[int]) -> None:
        super().__init__()
        self._automaton, self._nodes = automaton, nodes

    def __missing__(self, code: str) -> "State":
        state = self._automaton.step(self._nodes, code)
        self[code] = state
        return state


class State:
    """A set of places in the rules: where it leads, and which rule ends here (first in the file)."""

    __slots__ = ("dead", "moves", "rule")

    def __init__(self, automaton: "Automaton", nodes: frozenset[int], rule: Rule | None) -> None:
        self.moves = _Moves(automaton, nodes)
        self.rule = rule
        self.dead = not nodes


class Automaton:
    """Rules over token codes; `codes` gives the codes that belong to each category."""

    def __init__(self, rules: Sequence[Rule], codes: Mapping[str, frozenset[str]]) -> None:
        self._codes = codes
        self._edges: list[list[tuple[str, int]]] = []
        self._empty: list[list[int]] = []
        self._ends: dict[int, Rule] = {}
        self._states: dict[frozenset[int], State] = {}
        root = self._node()
        for rule in rules:
            first, last = self._build(rule.pattern)
            self._empty[root].append(first)
            self._ends[last] = rule
        self._root = self._closure({root})
        self.start = self._state(self._root)

    def longest(self, codes: Sequence[str], at: int) -> tuple[Rule | None, int]:
        """The rule with the longest match that begins at `at`, and the place after it."""
        found, end = None, at
        state = self.start
        for place in range(at, len(codes)):
            state = state.moves[codes[place]]
            if state.dead:
                break
            if state.rule is not None:
                found, end = state.rule, place + 1
        return found, end

    def step(self, nodes: frozenset[int], code: str) -> State:
        """The state after one more token."""
        reached = {
            target for node in nodes for category, target in self._edges[node] if code in self._codes[category]
        }
        return self._state(self._closure(reached))

    def _state(self, nodes: frozenset[int]) -> State:
        if nodes not in self._states:
            if len(self._states) >= _MAX_STATES:
                self._states.clear()
                self.start = self._states[self._root] = self._fresh(self._root)
            self._states[nodes] = self._fresh(nodes)
        return self._states[nodes]

    def _fresh(self, nodes: frozenset[int]) -> State:
        ending = [self._ends[node] for node in nodes if node in self._ends]
        return State(self, nodes, min(ending, key=lambda rule: rule.line, default=None))

    def _closure(self, nodes: set[int]) -> frozenset[int]:
        reached, waiting = set(nodes), list(nodes)
        while waiting:
            for target in self._empty[waiting.pop()]:
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        # A node with neither an edge nor an end only led somewhere: leaving it out keeps states few.
        return frozenset(node for node in reached if self._edges[node] or node in self._ends)

    def _node(self) -> int:
        self._edges.append([])
        self._empty.append([])
        return len(self._edges) - 1

    def _build(self, pattern: Pattern) -> tuple[int, int]:
        """Nodes and edges of a pattern: where it begins and where it ends."""
        first = self._node()
        match pattern:
            case Word(category):
                last = self._node()
                self._edges[first].append((category, last))
            case Parts(parts):
                last = first
                for part in parts:
                    last = self._then(last, part)
            case Choice(parts):
                last = self._node()
                for part in parts:
                    self._empty[self._then(first, part)].append(last)
            case Repeat(part, least, most):
                last = self._node()
                at = first
                for count in range(most + 1):
                    if count >= least:
                        self._empty[at].append(last)
                    if count < most:
                        at = self._then(at, part)
            case Slot(_, part, _):
                last = self._then(first, part)
        return first, last

    def _then(self, at: int, part: Pattern) -> int:
        first, last = self._build(part)
        self._empty[at].append(first)
        return last
