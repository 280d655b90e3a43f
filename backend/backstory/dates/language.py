"""A language compiled: its lexicon, its grammar and the automaton that finds the rules' matches in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backstory.dates.automaton import Automaton
from backstory.dates.events import NamedEvent, known_events
from backstory.dates.frames import Frame
from backstory.dates.lexicon import Lexicon, key, make_lexicon, phrases_of, read_values
from backstory.dates.notation import read_grammar
from backstory.dates.reader import Reader
from backstory.dates.tables import read_table
from backstory.dates.tokens import Tokens

_AVAILABLE = ("en", "de")
_MAX_COMPILED = 8  # languages kept, each with its events


@dataclass(slots=True)
class Language:
    """What it takes to read one language."""

    code: str
    lexicon: Lexicon
    automaton: Automaton
    reader: Reader
    opening: re.Pattern[str]  # the codes that begin a rule

    def frames(self, tokens: Tokens, codes: list[str]) -> Iterator[list[Frame]]:
        """The matches of the rules from left to right, each as one frame or, for a list, several."""
        moves, end, done = self.automaton.start.moves, len(codes), 0
        for found in self.opening.finditer("".join(codes)):
            at = found.start()
            if at < done:
                continue
            state = moves[codes[at]]
            # Most tokens open nothing that the next one goes on with.
            if state.rule is None and (at + 1 == end or state.moves[codes[at + 1]].dead):
                continue
            frames, done = self._match(tokens, codes, at)
            yield frames

    def _match(self, tokens: Tokens, codes: list[str], at: int) -> tuple[list[Frame], int]:
        """The longest match at a place, and where to go on; no frames where there is none."""
        rule, after = self.automaton.longest(codes, at)
        if rule is None:
            return [], at + 1
        frames = self.reader.frames(rule, tokens, "".join(codes[at:after]), at)
        first, last = frames[0].first, frames[-1].after
        if "doubt" in frames[0] and tokens.joined(first) and tokens.words[first - 1].isalnum():
            return [], at + 1  # DH2017 and A1237 are names
        if first > at and self.automaton.longest(codes, first)[1] > last:
            return [], first  # what begins at the expression itself reads more of it
        return frames, after if rule.kind == "nothing" else max(last, at + 1)


def supported(language: str) -> bool:
    """Whether times are read in a language (BCP 47; nothing said means English)."""
    return _primary(language) in _AVAILABLE


def load(language: str, events: tuple[NamedEvent, ...] = ()) -> Language:
    """The compiled language with these events besides its own, made once. Raises KeyError if it is not supported."""
    code = _primary(language)
    if code not in _AVAILABLE:
        raise KeyError(language)
    return _compiled(code, events)


def _primary(language: str) -> str:
    return re.split("[-_]", language.lower())[0] or "en"


@lru_cache(maxsize=_MAX_COMPILED)
def _compiled(code: str, events: tuple[NamedEvent, ...]) -> Language:
    values = read_values(read_table(f"{code}.toml"))
    values["event"] = {
        key(event.name): f"{event.days.start}/{event.days.end}" for event in (*known_events(code), *events)
    }
    rules = read_grammar(read_table(f"{code}.grammar"), phrases_of(values))
    lexicon = make_lexicon(values, rules)
    automaton = Automaton(rules, lexicon.members)
    opening = re.compile(f"[{re.escape(''.join(automaton.opening()))}]")
    return Language(code, lexicon, automaton, Reader(lexicon, automaton.rests), opening)
