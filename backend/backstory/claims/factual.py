"""Sentence → the probability that it states a fact at all.

A logistic regression over the sentence's words, pairs of parts of speech and a few counts, calibrated on sentences
it had not seen. Opinion in the form of a statement is no claim; short anaphoric statements are.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log1p

from backstory.claims import lexicon
from backstory.claims.language import supported
from backstory.claims.lexicon import words
from backstory.claims.phrases import Sentence

_COUNTED = frozenset({"CD", "NNP", "VBD", "VBP", "VBN", "VB", "VBG", "JJ", "RB", "WH", "PRP"})
_FEW_WORDS = 6
_CLOSING_MARKS = frozenset("\"'”’»“)")
_GROUPS = tuple((name, words(name)) for name in ("i", "we", "you", "modal", "stance"))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, and the line that turns their sum into a calibrated log-odds."""

    weights: dict[str, float]
    bias: float
    slope: float
    shift: float

    def probability(self, features: dict[str, float]) -> float:
        """logistic(slope · (w·x + bias) + shift), after Platt (1999)."""
        weights = self.weights
        score = self.bias + sum(weights[name] * value for name, value in features.items() if name in weights)
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.slope * score + self.shift))))


def factual(sentence: Sentence, language: str = "") -> float:
    """The probability that a sentence states a fact; in other languages than English its words tell nothing."""
    if supported(language):
        return model("english").probability(features(sentence))
    return model("any").probability(neutral(sentence))


def neutral(sentence: Sentence) -> dict[str, float]:
    """What can be counted in any language: length, numbers, quotation marks, the mark at the end."""
    words_in = sum(tag != "PUNCT" for tag in sentence.tags)
    numbers = sum(word[0].isdigit() for word in sentence.words)
    last = next((word for word in reversed(sentence.words) if word not in _CLOSING_MARKS), "")
    return {
        "length": log1p(words_in) / 4,
        "short": float(words_in < _FEW_WORDS),
        "numbers": float(numbers > 0),
        "question": float(last in {"?", "？", "؟"}),
        "exclamation": float(last == "!"),
        "full stop": float(last in {".", "。"}),
        "quoted": sum(sentence.quoted) / max(1, len(sentence)),
        "opens": float(sentence.quoted[0]),
    }


def features(sentence: Sentence) -> dict[str, float]:
    """What the model looks at; words weigh by their share of the sentence's length (unit length in all)."""
    spelt = [word for word in sentence.words if word[0].isalnum() or word[0] == "'"]
    names = [*(f"w:{word}" for word in dict.fromkeys(spelt)), *_pairs(sentence)]
    share = 1 / max(1.0, len(names)) ** 0.5
    return dict.fromkeys(names, share) | dict(_counts(sentence, len(spelt)))


def _pairs(sentence: Sentence) -> Iterator[str]:
    yield from dict.fromkeys(f"b:{a} {b}" for a, b in pairwise(sentence.words))
    tags = ["^", *sentence.tags, "$"]
    yield from dict.fromkeys(f"t:{a} {b}" for a, b in pairwise(tags))


def _counts(sentence: Sentence, size: int) -> Iterator[tuple[str, float]]:
    spelt, tags = sentence.words, sentence.tags
    share = 1 / max(1, len(spelt))
    last = spelt[-1] if spelt[-1] not in _CLOSING_MARKS or len(spelt) == 1 else spelt[-2]
    yield "length", log1p(size) / 4
    yield "short", float(size < _FEW_WORDS)
    yield f"ends:{last if not last[0].isalnum() else 'word'}", 1.0
    yield f"begins:{tags[0]}", 1.0
    yield "quoted", sum(sentence.quoted) * share
    yield "opens", float(sentence.quoted[0])
    yield "all-quoted", float(all(sentence.quoted[:-1]))
    yield from _grouped(sentence, share)
    for tag, times in Counter(tags).items():
        if tag in _COUNTED:
            yield f"tags:{tag}", 2 * times * share
            yield f"any:{tag}", 1.0


def _grouped(sentence: Sentence, share: float) -> Iterator[tuple[str, float]]:
    """How many words are of the writer, the reader, of what may be; what there is none of is left out."""
    for name, group in _GROUPS:
        if not group.isdisjoint(sentence.words):
            hits = [at for at, word in enumerate(sentence.words) if word in group]
            yield f"has:{name}", 1.0
            yield f"share:{name}", 4 * len(hits) * share
            yield f"quoted:{name}", float(any(sentence.quoted[at] for at in hits))


@cache
def model(name: str) -> Model:
    """The model called "english" or "any", from the weights that `backend/training/claims_factual.py` makes."""
    stored = lexicon.stored("factual")[name]
    return Model(stored["weights"], stored["bias"], stored["slope"], stored["shift"])
