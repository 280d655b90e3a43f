"""Which way a bare "Friday" or "March" points: the verb that governs it, and the preposition before it, say so.

The verb is looked for to the left within the sentence, then to the right; what takes a date to come ("postponed to",
"until") counts before any verb.
"""

from dataclasses import dataclass

from backstory.dates.lexicon import Lexicon

_LEFT, _RIGHT = 30, 16  # tokens; a verb further off seldom governs the phrase
_NEAR = 5  # tokens within which a bare "is" makes a timetable: "the debate is on Sunday night"
_DETERMINERS = 3  # tokens between a preposition and its date: "until early next"


@dataclass(frozen=True, slots=True)
class Tense:
    """A text's tokens and codes, asked for the way at a place."""

    words: list[str]
    codes: list[str]
    lexicon: Lexicon

    def way(self, first: int, after: int) -> int:
        """-1 back, 1 ahead, 0 unsaid, for the expression of these tokens."""
        if self._is("fromprep", first - 1) and self.words[first - 1].lower() in self.lexicon.values["since"]:
            return -1
        open_end = any(self._is("untilprep", at) for at in range(max(0, first - _DETERMINERS), first))
        goal = self._is("goalprep", first - 1)
        for at in range(first - 1, max(-1, first - _LEFT), -1):
            if self._stops(at):
                break
            if goal and self._is("postponed", at):
                return 1
            if found := self._verb(at) or (first - at <= _NEAR and self._is("nearby", at)):
                return int(found)
        for at in range(after, min(len(self.words), after + _RIGHT)):
            if self._stops(at):
                break
            if found := self._verb(at):
                return found
        return int(open_end)

    def _verb(self, at: int) -> int:
        """Which way a verb points; 0 where the token is none."""
        if self._is("infinitive", at):
            return self._infinitive(at)
        if self._is("ahead", at):
            return 1
        if self._is("linking", at - 1):
            return 0
        return -1 if self._is("past", at) or self._is_regular_past(at) else 0

    def _infinitive(self, at: int) -> int:
        """ "to" with a verb behind it: ahead, unless what is before it makes the deed past ("failed to")."""
        follower = at + 1
        if follower >= len(self.words) or not self._is("word", follower):
            return 0
        if self._is("control", at - 1):
            return -1
        if self._is("tobe", at - 1) or self._is("ahead", at - 1) or self._is_regular_past(at - 1):
            return 1
        return 0

    def _is_regular_past(self, at: int) -> bool:
        word = self.words[at] if at >= 0 else ""
        return word.endswith(self.lexicon.endings) and len(word) > len("red") and word.islower()

    def _is(self, category: str, at: int) -> bool:
        return 0 <= at < len(self.codes) and self.codes[at] in self.lexicon.members[category]

    def _stops(self, at: int) -> bool:
        return self._is("stop", at) or self._is("break", at)
