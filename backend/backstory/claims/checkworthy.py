"""Sentence → how much earlier coverage could bear on it, from 0 to 1.

Says nothing about truth: a dated event reported by an outlet scores high, a scene, an opinion or a plan without
precedent low. The weights are set by hand and stand in one table; they are added up and squashed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from backstory.claims import lexicon
from backstory.claims.lexicon import words
from backstory.claims.phrases import Sentence
from backstory.model import Attribution, Publication, TimeExpression


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence, and what else was found in it."""

    sentence: Sentence
    times: Sequence[TimeExpression]
    attributions: Sequence[Attribution]
    published: Publication | None

    def past_times(self) -> bool:
        """Whether it names a day before publication."""
        return any(time.interval and self.published and time.interval.start < self.published.day for time in self.times)

    def has(self, name: str) -> bool:
        """Whether a word of one of the small sets stands in it."""
        return not words(name).isdisjoint(self.sentence.words)

    def tags(self, tag: str) -> int:
        """How many of its words are of a part of speech."""
        return self.sentence.tags.count(tag)


_FEW_WORDS = 7
_BIAS = -2.0
_WEIGHTS: tuple[tuple[str, float, Callable[[Setting], float]], ...] = (
    ("a day before publication", 1.6, lambda s: float(s.past_times())),
    ("any other time", 0.5, lambda s: float(bool(s.times) and not s.past_times())),
    ("an outlet as source", 1.0, lambda s: float(any(a.publisher for a in s.attributions))),
    ("any source", 0.5, lambda s: float(bool(s.attributions))),
    ("names, up to four", 0.35, lambda s: float(min(4, s.tags("NNP")))),
    ("numbers, up to two", 0.4, lambda s: float(min(2, s.tags("CD")))),
    ("a thing done", 0.9, lambda s: float(s.has("thing_done"))),
    ("the past tense", 0.5, lambda s: float(s.tags("VBD") > 0)),
    ("once more", 0.5, lambda s: float(s.has("once_more"))),
    ("a cue noun", 0.4, lambda s: float(not lexicon.english().nouns.keys().isdisjoint(s.sentence.words))),
    ("what is to come", -0.7, lambda s: float(s.has("to_come") and not s.past_times())),
    ("the writer or reader", -0.9, lambda s: float(s.has("writer_or_reader"))),
    ("a question", -1.5, lambda s: float("?" in s.sentence.words[-2:])),
    ("few words", -1.2, lambda s: float(len(s.sentence) < _FEW_WORDS)),
)


def checkworthy(setting: Setting, factual: float) -> float:
    """logistic(bias + sum of weight · feature), scaled by how likely the sentence is to state a fact at all."""
    score = _BIAS + sum(weight * feature(setting) for _, weight, feature in _WEIGHTS)
    return factual / (1 + exp(-score))
