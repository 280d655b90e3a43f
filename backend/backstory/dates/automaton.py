"""All rules of a grammar as one automaton, which finds the longest match at a place in one walk.

A place in the rules is a `Rest`: what is still to be read, as a chain. A state is the set of places that the tokens
read so far may have led to; states and the steps between them are worked out when a text first asks for them, and
kept (a lazy determinisation). A warm walk is one look-up for each token; as no rule repeats without bound, a walk
never exceeds the longest rule, and a text is read in linear time.
"""

from collections.abc import Mapping, Sequence

from backstory.dates.notation import Choice, Pattern, Repeat, Rule, Slot, Word
from backstory.dates.notation import Sequence as Parts

_MAX_STATES = 20_000  # English news visits about two thousand; past this, states are forgotten and made anew

Codes = Mapping[str, frozenset[str]]


class Rest:
    """What is left of a rule: `done` parts or rounds of a pattern are read, then comes `after`, at last the rule."""

    __slots__ = ("after", "done", "pattern", "rule")

    def __init__(self, pattern: Pattern | None, done: int, after: "Rest | None", rule: Rule) -> None:
        self.pattern, self.done, self.after, self.rule = pattern, done, after, rule


class Rests:
    """Makes each rest once, so that equal ones are the same object; knows what can come first in a pattern."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._rests: dict[tuple[int, int, int], Rest] = {}
        self._first: dict[int, frozenset[str]] = {}
        self._empty: dict[int, bool] = {}

    def of(self, rule: Rule) -> Rest:
        """The whole of a rule."""
        return self.then(rule.pattern, 0, Rest(None, 0, None, rule))

    def then(self, pattern: Pattern, done: int, after: Rest) -> Rest:
        """A pattern, some of it read, before another rest."""
        key = (id(pattern), done, id(after))
        if key not in self._rests:
            self._rests[key] = Rest(pattern, done, after, after.rule)
        return self._rests[key]

    def first(self, pattern: Pattern) -> frozenset[str]:
        """The codes with which a pattern may begin."""
        known = self._first.get(id(pattern))
        if known is None:
            known = self._first[id(pattern)] = self._find_first(pattern)
        return known

    def may_be_empty(self, pattern: Pattern) -> bool:
        """Whether a pattern may read nothing."""
        known = self._empty.get(id(pattern))
        if known is None:
            known = self._empty[id(pattern)] = self._find_empty(pattern)
        return known

    def _find_first(self, pattern: Pattern) -> frozenset[str]:
        match pattern:
            case Word(category):
                return self._codes[category]
            case Choice(parts):
                return frozenset().union(*map(self.first, parts))
            case Repeat(part) | Slot(_, part):
                return self.first(part)
            case Parts(parts):
                found: frozenset[str] = frozenset()
                for part in parts:
                    found |= self.first(part)
                    if not self.may_be_empty(part):
                        break
                return found

    def _find_empty(self, pattern: Pattern) -> bool:
        match pattern:
            case Word():
                return False
            case Choice(parts):
                return any(map(self.may_be_empty, parts))
            case Repeat(part, least, _):
                return least == 0 or self.may_be_empty(part)
            case Slot(_, part):
                return self.may_be_empty(part)
            case Parts(parts):
                return all(map(self.may_be_empty, parts))

    def ends(self, rest: Rest | None) -> bool:
        """Whether nothing more need be read."""
        while rest is not None and rest.pattern is not None:
            pattern = rest.pattern
            match pattern:
                case Parts(parts):
                    empty = all(map(self.may_be_empty, parts[rest.done :]))
                case Repeat(part, least, _):
                    empty = rest.done >= least or self.may_be_empty(part)
                case _:
                    empty = self.may_be_empty(pattern)
            if not empty:
                return False
            rest = rest.after
        return True

    def advance(self, rest: Rest, code: str, reached: set[Rest]) -> None:
        """Add what is left after one more token, by every way there is."""
        pattern, after = rest.pattern, rest.after
        if pattern is None or after is None:
            return
        # What comes first in a sequence half read is not what comes first in the whole.
        if code in self.first(pattern) or (rest.done and isinstance(pattern, Parts)):
            self._into(pattern, rest.done, after, code, reached)
        if self._passable(rest):
            self.advance(after, code, reached)

    def _passable(self, rest: Rest) -> bool:
        match rest.pattern:
            case Parts(parts):
                return all(map(self.may_be_empty, parts[rest.done :]))
            case Repeat(part, least, _):
                return rest.done >= least or self.may_be_empty(part)
            case None:
                return False
            case pattern:
                return self.may_be_empty(pattern)

    def _into(self, pattern: Pattern, done: int, after: Rest, code: str, reached: set[Rest]) -> None:
        match pattern:
            case Word():
                reached.add(after)
            case Choice(parts):
                for part in parts:
                    if code in self.first(part):
                        self._into(part, 0, after, code, reached)
            case Slot(_, part):
                self._into(part, 0, after, code, reached)
            case Repeat(part, _, most):
                if done < most:
                    self._into(part, 0, self.then(pattern, done + 1, after), code, reached)
            case Parts(parts):
                self._into_sequence(parts, pattern, done, after, code, reached)

    def _into_sequence(  # noqa: PLR0913, PLR0917  a step of a recursion that carries its state
        self, parts: tuple[Pattern, ...], whole: Parts, done: int, after: Rest, code: str, reached: set[Rest]
    ) -> None:
        for at in range(done, len(parts)):
            if code in self.first(parts[at]):
                following = self.then(whole, at + 1, after) if at + 1 < len(parts) else after
                self._into(parts[at], 0, following, code, reached)
            if not self.may_be_empty(parts[at]):
                break


class _Moves(dict[str, "State"]):
    """From a token's code to the next state, worked out once."""

    def __init__(self, automaton: "Automaton", rests: frozenset[Rest]) -> None:
        super().__init__()
        self._automaton, self._rests = automaton, rests

    def __missing__(self, code: str) -> "State":
        state = self[code] = self._automaton.step(self._rests, code)
        return state


class State:
    """Where the tokens so far may have led: the steps on, and the rule that ends here (the first in the file)."""

    __slots__ = ("dead", "moves", "rule")

    def __init__(self, automaton: "Automaton", rests: frozenset[Rest], rule: Rule | None) -> None:
        self.moves = _Moves(automaton, rests)
        self.rule = rule
        self.dead = not rests


class Automaton:
    """Rules over token codes; `codes` gives the codes that belong to each category."""

    def __init__(self, rules: Sequence[Rule], codes: Codes) -> None:
        self.rests = Rests(codes)
        self._root = frozenset(map(self.rests.of, rules))
        self._states: dict[frozenset[Rest], State] = {}
        self.start = State(self, self._root, None)

    def opening(self) -> frozenset[str]:
        """The codes with which a match may begin."""
        return frozenset().union(*(self.rests.first(rest.pattern) for rest in self._root if rest.pattern is not None))

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

    def step(self, rests: frozenset[Rest], code: str) -> State:
        """The state after one more token."""
        reached: set[Rest] = set()
        for rest in rests:
            self.rests.advance(rest, code, reached)
        return self._state(frozenset(reached))

    def _state(self, rests: frozenset[Rest]) -> State:
        if rests not in self._states:
            if len(self._states) >= _MAX_STATES:
                self._states.clear()
                self.start = State(self, self._root, None)
            ending = [rest.rule for rest in rests if self.rests.ends(rest)]
            self._states[rests] = State(self, rests, min(ending, key=lambda rule: rule.line, default=None))
        return self._states[rests]
