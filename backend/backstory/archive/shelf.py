"""All passages of the reference engine at one moment, and what they score.

Scores are BM25 (Robertson and Zaragoza, 2009), with the idf that is never negative, as Lucene and tantivy have it:

    score = Σ weight · ln(1 + (N - n + ½) / (n + ½)) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

over the words of a passage, and with HEADLINE_WEIGHT over those of the headline.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from backstory.archive.preparing import body_words, clean, headline_words, publisher_key
from backstory.archive.scoring import HEADLINE_WEIGHT, K1, B, weights
from backstory.model import Hit, Passage, Query, Ranking


class Shelf:
    """All passages at one moment, and how often each holds each word."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self.passages = passages

    @cached_property
    def bodies(self) -> "_Field":
        """Their words."""
        return _Field(self._spoken)

    @cached_property
    def headlines(self) -> "_Field":
        """Those of their headlines."""
        return _Field(list(map(headline_words, self.passages, self._spoken)))

    @cached_property
    def _spoken(self) -> list[tuple[str, ...]]:
        return [body_words(passage) for passage in self.passages]

    def ranked(self, query: Query) -> Ranking:
        """Every passage that the query finds, best first; of two alike, the one that came first."""
        scores: dict[int, float] = defaultdict(float)
        for word, weight in weights(query).items():
            for field, share in ((self.bodies, 1.0), (self.headlines, HEADLINE_WEIGHT)):
                for number, score in field.scores(word):
                    scores[number] += weight * share * score
        hits = [Hit(self.passages[number], scores[number]) for number in sorted(scores)]
        return tuple(sorted((hit for hit in hits if _passes(hit.passage, query)), key=lambda hit: -hit.score))

    def newest(self, query: Query) -> Ranking:
        """The first passage of every article that passes the query's filters, the newest first."""
        firsts = [passage for passage in self.passages if not passage.ordinal and _passes(passage, query)]
        return tuple(Hit(passage, 0.0) for passage in sorted(firsts, key=lambda it: it.published.day, reverse=True))


class _Field:
    """One text of each passage, as counts of its words."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._lengths = [len(text) for text in texts]
        self._average = sum(self._lengths) / max(1, len(texts))
        self.holders: dict[str, dict[int, int]] = {}
        for number, text in enumerate(texts):
            for word, count in Counter(text).items():
                self.holders.setdefault(word, {})[number] = count

    def scores(self, word: str) -> Iterator[tuple[int, float]]:
        """The passages that hold a word, by number, and its BM25 in each."""
        holders = self.holders.get(word, {})
        idf = math.log1p((len(self._lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
        for number, count in holders.items():
            norm = K1 * (1 - B + B * self._lengths[number] / self._average)
            yield number, idf * count * (K1 + 1) / (count + norm)


def _passes(passage: Passage, query: Query) -> bool:
    publishers = set(map(publisher_key, query.publishers))
    return (
        (query.window is None or query.window.holds(passage.published.day))
        and (not publishers or publisher_key(passage.publisher) in publishers)
        and (query.before is None or passage.published.is_before(query.before))
        and passage.url not in map(clean, query.without)
    )
