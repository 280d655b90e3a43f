"""Which way a bare "Friday" or "March" points: the verb that governs it, and the preposition before it, say so.

The verb is looked for to the left within the sentence, then to the right; what takes a date to come ("postponed to",
"until") counts before any verb.
"""

from dataclasses import dataclass

from backstory.dates.lexicon import Lexicon

BACK, UNSAID, AHEAD = -1, 0, 1
WEAKLY_BACK = -2  # a past verb far off, or of which the phrase is no adverb: "the bid for October elections failed"
NEAREST = 2  # ahead of a moment that is past, or "until" with a past verb: ahead unless what is gone is nearer
LIKELY = 3  # what may or would be: ahead, unless that is far off and what is gone is near

_LEFT, _RIGHT = 30, 16  # tokens; a verb further off seldom governs the phrase
_NEAR = 5  # tokens within which a bare "is" makes a timetable: "the debate is on Sunday night"
_OPENING = 3  # tokens after which "that" no longer opens the clause of a date: "said that from June 15"
_DETERMINERS = 3  # tokens between a preposition and its date: "until early next"


@dataclass(frozen=True, slots=True)
class Tense:
    """A text's tokens and codes, asked for the way at a place."""

    words: list[str]
    codes: list[str]
    lexicon: Lexicon

    def way(self, first: int, after: int) -> int:
        """One of the ways above, for the expression of these tokens."""
        if self._is("since", first - 1) or (self.words[first - 1 : first] == ["of"] and self._is("asof", first - 2)):
            return BACK
        if self._is("goalprep", first - 1) and any(self._is("postponed", at) for at in range(after, after + _NEAR)):
            return AHEAD
        found = self._left(first)
        if found in (BACK, WEAKLY_BACK) and self._is("appointed", after):
            return NEAREST
        if found is None:
            found = self._right(after)
            if found == BACK and not self._is("strongprep", first - 1):
                return WEAKLY_BACK
        return found or (AHEAD if self._open_end(first) else UNSAID)

    def _left(self, first: int) -> int | None:
        """The way of the verb before; None where the clause has none there."""
        goal, stretching = self._is("goalprep", first - 1), self._before(first, "stretching")
        for at in range(first - 1, max(-1, first - _LEFT), -1):
            if self._stops(at) or (self._is("that", at) and first - at <= _OPENING):
                break
            if goal and self._is("postponed", at):
                return AHEAD
            found = self._verb(at)
            if found == BACK and stretching and not self._is("lasting", at):
                return NEAREST
            if found == BACK and first - at > _NEAR:
                return WEAKLY_BACK
            if found:
                return found
            if first - at <= _NEAR and self._is("nearby", at):
                return AHEAD
        return None

    def _right(self, after: int) -> int:
        """The way of the verb behind; an infinitive there is of something else."""
        for at in range(after, min(len(self.words), after + _RIGHT)):
            if self._stops(at):
                break
            if self._is("infinitive", at) or self._is("infinitive", at - 1):
                continue
            if found := self._verb(at):
                return found
        return UNSAID

    def _open_end(self, first: int) -> bool:
        """Whether "until", "by" or the like stands before the expression and its determiners."""
        return self._before(first, "untilprep")

    def _before(self, first: int, category: str) -> bool:
        members = self.lexicon.members.get(category)
        return members is not None and not members.isdisjoint(self.codes[max(0, first - _DETERMINERS) : first])

    def _verb(self, at: int) -> int:  # noqa: PLR0911  a kind of verb each
        """Which way a verb points; UNSAID where the token is none."""
        if self._is("infinitive", at):
            return self._infinitive(at)
        if self._is("arranged", at):
            return self._arranged(at)
        if self._is("modal", at) and not self._is_noun(at):
            return LIKELY
        if self._is("ahead", at) and not self._is_noun(at):
            return BACK if self._is("did", at - 1) else AHEAD
        if any(self._is(category, at - 1) for category in ("linking", "infinitive", "ahead", "modal")):
            return UNSAID  # a participle, or an infinitive that looks like a past: what stands before it decides
        if self._is("have", at - 1) and self._is("modal", at - 2):
            return AHEAD  # would have been
        return BACK if self.is_past(at) else UNSAID

    def _arranged(self, at: int) -> int:
        """Scheduled for: ahead with a form of to be, else the nearest; "due to the rain" arranges nothing."""
        if self._is("infinitive", at + 1):
            return UNSAID if self._is("determiner", at + 2) else self._infinitive(at + 1)
        return AHEAD if self._is("been", at - 1) or self._is("been", at - 2) else NEAREST

    def _is_noun(self, at: int) -> bool:
        """Whether a word of schedule is a noun ("the votes", not "it votes"), or the month of May."""
        determined = self._is("determiner", at - 1) and not self._is("subject", at - 1)
        return determined or self._is("doubtful", at)

    def is_past(self, at: int) -> bool:
        """Whether a token is a past verb or a participle."""
        return self._is("past", at) or self._is_regular_past(at)

    def _infinitive(self, at: int) -> int:
        """A "to" with a verb behind it: ahead, unless what is before it makes the deed past ("failed to")."""
        if not self._is("word", at + 1) or self._is("determiner", at + 1) or self.words[at + 1][0].isupper():
            return UNSAID
        if self._is("control", at - 1) or self._is("did", at - 2):
            return BACK
        if self._is("pastbe", at - 1) or (self._is("arranged", at - 1) and self._is("pastbe", at - 2)):
            return NEAREST
        return AHEAD if self._is("tobe", at - 1) or self._is("ahead", at - 1) else UNSAID

    def _is_regular_past(self, at: int) -> bool:
        word = self.words[at] if at >= 0 else ""
        return (
            bool(word)
            and word.endswith(self.lexicon.endings)
            and len(word) > len("red")
            and self._is("word", at)
            and word.islower()
        )

    def _is(self, category: str, at: int) -> bool:
        return 0 <= at < len(self.codes) and self.codes[at] in self.lexicon.members.get(category, ())

    def _stops(self, at: int) -> bool:
        return self._is("break", at) or (self._is("stop", at) and not self._abbreviates(at))

    def _abbreviates(self, at: int) -> bool:
        """Whether a stop belongs to the word before it: U.S., Mr., Jan., in German 5."""
        if at == 0 or self.words[at] != ".":
            return False
        before = self.words[at - 1]
        if before[0].isdecimal():
            return self._is("small", at - 1) and "ordinalstop" in self.lexicon.values
        return (len(before) == 1 and before.isalpha()) or self._is("mon", at - 1) or self._is("abbreviation", at - 1)

    def sentences_ended(self, first: int, after: int) -> int:
        """How many sentences end among these tokens."""
        ends = self.lexicon.sentence_ends
        if ends.isdisjoint(self.codes[first:after]):
            return 0
        return sum(self._stops(at) for at in range(first, after) if self.codes[at] in ends)
