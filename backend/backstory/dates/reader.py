"""A match taken apart: which tokens fill which slot of its rule.

Tokens with the same codes fall into the same slots, so a layout is found once for each string of codes and kept.
"""

from dataclasses import dataclass

from backstory.dates.amounts import amount
from backstory.dates.automaton import Rest, Rests
from backstory.dates.frames import Frame, SlotValue, with_shared
from backstory.dates.lexicon import Lexicon
from backstory.dates.notation import CORE, Choice, Pattern, Repeat, Rule, Sequence, Slot, Word
from backstory.dates.numerals import leading
from backstory.dates.tokens import Tokens

# Categories of digits whose token is kept as it stands.
_RAW = {
    "clock",
    "clock_noon",
    "clock_letter",
    "dotclock",
    "slashed",
    "slashed2",
    "iso",
    "decade",
    "compact",
    "monthslash",
}

_MAX_LAYOUTS = 20_000  # English news asks for about a thousand


@dataclass(frozen=True, slots=True)
class Placed:
    """A slot and the tokens of the match that fill it."""

    slot: Slot
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The expressions of a match (`cores`) and, for each and for all, the slots."""

    cores: tuple[tuple[int, int], ...]
    shared: tuple[Placed, ...]
    own: tuple[tuple[Placed, ...], ...]


class Reader:
    """Takes matches apart."""

    def __init__(self, lexicon: Lexicon, rests: Rests) -> None:
        self._lexicon, self._rests = lexicon, rests
        self._layouts: dict[tuple[int, str], Layout] = {}

    def frames(self, rule: Rule, tokens: Tokens, codes: str, at: int) -> list[Frame]:
        """The frames of a match that begins at token `at`: one, or for a list one for each item."""
        layout = self._layouts.get((rule.line, codes))
        if layout is None:
            if len(self._layouts) >= _MAX_LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[rule.line, codes] = self._lay_out(rule, codes)
        words = tokens.words
        constants: dict[str, SlotValue] = {**rule.constants, **self._values(layout.shared, words, at)}
        own = [self._values(placed, words, at) for placed in layout.own]
        return [
            Frame(rule.kind, at + first, at + after, {**constants, **slots}, at, at + len(codes))
            for (first, after), slots in zip(layout.cores, with_shared(own), strict=True)
        ]

    def _values(self, placed: tuple[Placed, ...], words: list[str], at: int) -> dict[str, SlotValue]:
        values: dict[str, SlotValue] = {}
        for item in placed:
            value = self._value(item.slot, words[at + item.first : at + item.after])
            if "+" in item.slot.name:  # one word, several slots: "Montagabend"
                values.update(zip(item.slot.name.split("+"), str(value).split(), strict=True))
            else:
                values[item.slot.name] = value
        return values

    def _value(self, slot: Slot, words: list[str]) -> SlotValue:
        if not slot.category:
            return amount(words, self._lexicon)
        known = self._lexicon.value(slot.category, " ".join(words))
        if known is not None:
            return known
        return words[0] if slot.category in _RAW else leading(words[0])

    def _lay_out(self, rule: Rule, codes: str) -> Layout:
        found = _Walk(codes, self._rests).places(rule)
        cores = tuple((place.first, place.after) for place in found if place.slot.name == CORE) or ((0, len(codes)),)
        own: list[list[Placed]] = [[] for _ in cores]
        shared: list[Placed] = []
        for place in found:
            if place.slot.name != CORE:
                holder = (own[n] for n, (first, after) in enumerate(cores) if first <= place.first < after)
                next(holder, shared).append(place)
        return Layout(cores, tuple(shared), tuple(map(tuple, own)))


class _Walk:
    """Finds the one way through a rule that reads given codes; each place is tried once, so it takes little time."""

    def __init__(self, codes: str, rests: Rests) -> None:
        self._codes, self._rests = codes, rests
        self._failed: set[tuple[Rest, int]] = set()

    def places(self, rule: Rule) -> list[Placed]:
        """The slots of a match, in order."""
        events = self._walk(self._rests.of(rule), 0)
        if events is None:
            raise AssertionError(f"rule {rule.line} does not read its own match")
        placed: list[Placed] = []
        opened: list[tuple[Slot, int]] = []
        for slot, at in events:
            if opened and opened[-1][0] is slot:
                placed.append(Placed(slot, opened.pop()[1], at))
            else:
                opened.append((slot, at))
        return sorted(placed, key=lambda place: (place.first, -place.after))

    def _walk(self, rest: Rest, at: int) -> tuple[tuple[Slot, int], ...] | None:
        if (rest, at) in self._failed:
            return None
        found = self._try(rest, at)
        if found is None:
            self._failed.add((rest, at))
        return found

    def _try(self, rest: Rest, at: int) -> tuple[tuple[Slot, int], ...] | None:  # noqa: PLR0911  one for each pattern
        pattern, after = rest.pattern, rest.after
        if pattern is None or after is None:
            return () if at == len(self._codes) else None
        match pattern:
            case Word():
                fits = at < len(self._codes) and self._codes[at] in self._rests.first(pattern)
                return self._walk(after, at + 1) if fits else None
            case Sequence(parts):
                if rest.done == len(parts):
                    return self._walk(after, at)
                return self._walk(
                    self._rests.then(parts[rest.done], 0, self._rests.then(pattern, rest.done + 1, after)), at
                )
            case Choice(parts):
                return self._any([self._rests.then(part, 0, after) for part in parts], at)
            case Repeat(part, least, most):
                ways = (
                    [self._rests.then(part, 0, self._rests.then(pattern, rest.done + 1, after))]
                    if rest.done < most
                    else []
                )
                return self._any(ways + ([after] if rest.done >= least else []), at)
            case Slot(_, part):
                return self._slot(pattern, part, rest, at)

    def _any(self, ways: list[Rest], at: int) -> tuple[tuple[Slot, int], ...] | None:
        for way in ways:
            found = self._walk(way, at)
            if found is not None:
                return found
        return None

    def _slot(self, slot: Slot, part: Pattern, rest: Rest, at: int) -> tuple[tuple[Slot, int], ...] | None:
        """A slot that is half read (`done`) closes here; else it opens."""
        if rest.after is None:
            return None
        if rest.done:
            found = self._walk(rest.after, at)
        else:
            found = self._walk(self._rests.then(part, 0, self._rests.then(slot, 1, rest.after)), at)
        return None if found is None else ((slot, at), *found)
