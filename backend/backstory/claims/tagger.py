"""Words → parts of speech, by a table of weights for each word in sight.

A maximum entropy model over a window of five words: the score of a part of speech is the sum of one weight for
each feature (the word, its ending, its shape; here and beside). No score depends on another word's part of
speech, so that a whole article is tagged by a few look-ups in numpy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

import numpy as np
import numpy.typing as npt

TEMPLATES: tuple[tuple[str, int], ...] = (
    ("word", -2), ("word", -1), ("word", 0), ("word", 1), ("word", 2),
    ("ending", -2), ("ending", -1), ("ending", 0), ("ending", 1), ("ending", 2),
    ("tail", 0), ("shape", -1), ("shape", 0), ("shape", 1), ("pair", -1), ("pair", 0),
)  # fmt: skip
"""What is looked at, and how many words to the right of the one in question; a pair is a word and the next."""

KINDS = ("word", "ending", "tail", "shape", "pair")
_REACH = 2  # the farthest offset in TEMPLATES
EDGE = "\n"
"""Stands before and after every sentence; no word is spelt like it."""

_KNOWN_WORDS = 50_000  # remembered spellings; beyond that the oldest are worked out again


def features(word: str) -> tuple[str, str, str, str]:
    """A word's own features: spelling, last three letters, last two, shape."""
    spelt = word.lower().replace("’", "'")
    return spelt, spelt[-3:], spelt[-2:], shape(word)


def shape(word: str) -> str:
    """How a word looks: "Aa" capitalised, "AA", "a", "9", "a-a" with a hyphen, or the mark itself."""
    if word[0].isdigit() or word[-1].isdigit():
        return "9" if word[0].isdigit() else "a9"
    if not word[0].isalpha():
        return word[0]
    case = "AA" if len(word) > 1 and word.isupper() else "Aa" if word[0].isupper() else "a"
    return case + "-" if "-" in word else case


@dataclass(frozen=True, slots=True)
class Tagger:
    """A vocabulary for each kind of feature, and for each template a row of weights a feature."""

    labels: tuple[str, ...]
    ids: dict[str, dict[str, int]]
    weights: tuple[npt.NDArray[np.float32], ...]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """The part of speech of every word of every sentence."""
        columns, places = self._columns(sentences)
        if not places.size:
            return [[] for _ in sentences]
        scores = np.zeros((len(places), len(self.labels)), np.float32)
        for (kind, offset), table in zip(TEMPLATES, self.weights, strict=True):
            scores += table[columns[kind][places + offset]]
        best = iter(scores.argmax(axis=1).tolist())
        return [[self.labels[next(best)] for _ in sentence] for sentence in sentences]

    def _columns(
        self, sentences: Sequence[Sequence[str]]
    ) -> tuple[dict[str, npt.NDArray[np.intp]], npt.NDArray[np.intp]]:
        """Feature numbers of all words in a row, edges between sentences, and where the words stand in it."""
        words, places = in_a_row(sentences)
        word, ending, tail, form, spelt = zip(*(_numbers(self, each) for each in words), strict=True)
        pair = self.ids["pair"]
        pairs = [pair.get(f"{left} {right}", 0) for left, right in zip(spelt, [*spelt[1:], EDGE], strict=True)]
        columns = {"word": word, "ending": ending, "tail": tail, "shape": form, "pair": pairs}
        return {kind: np.array(column, np.intp) for kind, column in columns.items()}, np.array(places, np.intp)

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=_KNOWN_WORDS)
def _numbers(tagger: Tagger, word: str) -> tuple[int, int, int, int, str]:
    """The numbers of a word's own features, and its spelling."""
    spelt, ending, tail, form = features(word)
    ids = tagger.ids
    return (
        ids["word"].get(spelt, 0),
        ids["ending"].get(ending, 0),
        ids["tail"].get(tail, 0),
        ids["shape"].get(form, 0),
        spelt,
    )


def in_a_row(sentences: Sequence[Sequence[str]]) -> tuple[list[str], list[int]]:
    """All words one after another with edges between sentences, and where each word went."""
    words: list[str] = [EDGE] * _REACH
    places: list[int] = []
    for sentence in sentences:
        places.extend(range(len(words), len(words) + len(sentence)))
        words.extend(sentence)
        words.extend([EDGE] * _REACH)
    return words, places


def window(words: Sequence[str], place: int) -> Iterable[tuple[str, int, str]]:
    """The features that decide about one place of a row of words: kind, offset and value."""
    for kind, offset in TEMPLATES:
        at = place + offset
        if kind == "pair":
            yield kind, offset, f"{features(words[at])[0]} {features(words[at + 1])[0]}"
        else:
            yield kind, offset, features(words[at])[KINDS.index(kind)]


@cache
def english() -> Tagger:
    """The tagger for English, from the weights that `backend/training/claims_tagger.py` makes."""
    stored = np.load(BytesIO(resources.files("backstory.data").joinpath("claims/tagger.npz").read_bytes()))
    ids = {
        kind: {value: number for number, value in enumerate(str(stored[f"ids_{kind}"]).split("\t"), start=1)}
        for kind in KINDS
    }
    scale = float(stored["scale"])
    tables = tuple(stored[f"weights_{number}"].astype(np.float32) * scale for number in range(len(TEMPLATES)))
    return Tagger(tuple(str(stored["labels"]).split("\t")), ids, tables)
