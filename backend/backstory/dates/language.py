"""A language compiled: its lexicon, its grammar and the automaton that finds the rules' matches in a text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from backstory.dates.amounts import amount
from backstory.dates.automaton import Automaton
from backstory.dates.frames import Frame, SlotValue, with_shared
from backstory.dates.lexicon import Lexicon, key, make_lexicon, phrases_of, read_values
from backstory.dates.notation import CORE, Choice, Pattern, Repeat, Rule, Sequence, Slot, Word, read_grammar
from backstory.dates.numerals import leading
from backstory.dates.tokens import Tokens

_AVAILABLE = ("en",)
_RAW = {"clock", "clock_noon", "clock_letter", "dotclock", "slashed", "slashed2", "iso", "decade", "compact"}


@dataclass(slots=True)
class Language:
    """What it takes to read one language."""

    code: str
    lexicon: Lexicon
    automaton: Automaton
    _readers: dict[int, "_Reader"] = field(default_factory=dict)

    def frames(self, tokens: Tokens, codes: list[str]) -> Iterator[list[Frame]]:
        """The matches of the rules from left to right, each as one frame or, for a list, several."""
        at, end = 0, len(codes)
        opening = self.automaton.start.moves
        while at < end:
            if opening[codes[at]].dead:
                at += 1
                continue
            rule, after = self.automaton.longest(codes, at)
            if rule is None:
                at += 1
                continue
            frames = self._reader(rule).frames(tokens, "".join(codes[at:after]), at)
            if "doubt" in frames[0] and tokens.joined(frames[0].first) and tokens.words[frames[0].first - 1].isalnum():
                at += 1  # DH2017 and A1237 are names
                continue
            if frames[0].first > at and self.automaton.longest(codes, frames[0].first)[1] > frames[-1].after:
                at = frames[0].first  # what begins at the expression itself reads more of it
                continue
            yield frames
            at = max(frames[-1].after, at + 1) if rule.kind != "nothing" else after

    def _reader(self, rule: Rule) -> "_Reader":
        if rule.line not in self._readers:
            self._readers[rule.line] = _Reader(rule, self.lexicon)
        return self._readers[rule.line]


class _Reader:
    """Takes a match of one rule apart into its slots."""

    def __init__(self, rule: Rule, lexicon: Lexicon) -> None:
        self.rule, self.lexicon = rule, lexicon
        self.slots: dict[str, Slot] = {}
        self.pattern = re.compile(self._expression(rule.pattern))
        self.cores = [group for group, slot in self.slots.items() if slot.name == CORE]

    def frames(self, tokens: Tokens, codes: str, at: int) -> list[Frame]:
        found = self.pattern.fullmatch(codes)
        assert found is not None, self.rule  # the automaton and the expression are the same pattern
        cores = [found.span(group) for group in self.cores if found.start(group) >= 0] or [(0, len(codes))]
        shared: dict[str, SlotValue] = dict(self.rule.constants)
        own: list[dict[str, SlotValue]] = [{} for _ in cores]
        for group, slot in self.slots.items():
            first, after = found.span(group)
            if slot.name == CORE or first < 0:
                continue
            value = self._value(slot, tokens.words[at + first : at + after])
            holder = next((own[n] for n, core in enumerate(cores) if core[0] <= first < core[1]), shared)
            holder[slot.name] = value
        return [
            Frame(self.rule.kind, at + first, at + after, {**shared, **slots}, at, at + len(codes))
            for (first, after), slots in zip(cores, with_shared(own), strict=True)
        ]

    def _value(self, slot: Slot, words: list[str]) -> SlotValue:
        if not slot.category:
            return amount(words, self.lexicon)
        known = self.lexicon.value(slot.category, " ".join(words))
        if known is not None:
            return known
        return words[0] if slot.category in _RAW else leading(words[0])

    def _expression(self, pattern: Pattern) -> str:
        match pattern:
            case Word(category):
                return "[" + "".join(sorted(self.lexicon.members[category])) + "]"
            case Sequence(parts):
                return "".join(map(self._expression, parts))
            case Choice(parts):
                return "(?:" + "|".join(map(self._expression, parts)) + ")"
            case Repeat(part, least, most):
                return f"(?:{self._expression(part)}){{{least},{most}}}"
            case Slot(_, part, _):
                group = f"g{len(self.slots)}"
                self.slots[group] = pattern
                return f"(?P<{group}>{self._expression(part)})"


def supported(language: str) -> bool:
    """Whether times are read in a language (BCP 47; nothing said means English)."""
    return _primary(language) in _AVAILABLE


def load(language: str) -> Language:
    """The compiled language, made once. Raises KeyError for one that is not supported."""
    code = _primary(language)
    if code not in _AVAILABLE:
        raise KeyError(language)
    return _compiled(code)


def _primary(language: str) -> str:
    return re.split("[-_]", language.lower())[0] or "en"


@cache
def _compiled(code: str) -> Language:
    folder = files("backstory") / "data" / "dates"
    values = read_values((folder / f"{code}.toml").read_text("utf-8"))
    values["event"] = {
        key(name): f"{event['start']}/{event['end']}"
        for event in tomllib.loads((folder / "events.toml").read_text("utf-8"))["event"]
        for name in event.get(code, ())
    }
    rules = read_grammar((folder / f"{code}.grammar").read_text("utf-8"), phrases_of(values))
    lexicon = make_lexicon(values, rules)
    return Language(code, lexicon, Automaton(rules, lexicon.members))
