"""Rankings to candidates: the archived articles that answered, as arrays over the page's own words.

A page's answers hold the same articles again and again. Each is read once: how often it holds each word of the page,
passage by passage, and in its headline. All scores of the ranker are computed from these counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.model import Passage, Ranking
from backstory.retrieval.plan import Plan
from backstory.retrieval.terms import words

Floats = NDArray[Any]
Integers = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The archived articles that answered a page.

    `passages` are all their passages that came back, in the order of their articles, `first` is where each article's
    begin, and `urls` are the articles; `spoken` and `titles` are the words of each passage and each headline, `pairs`
    those that stand side by side in a passage. `rarity` is that of each word of the vocabulary.
    `counts` (passages x vocabulary) is how often a passage holds each word of the page and `headlines` (articles x
    vocabulary) how often a headline does; `lengths` and `headline_lengths` count all their words.
    `ranks` (asks x articles) is the rank that an article had in the answer to each ask, 0 where it was not there.
    """

    vocabulary: dict[str, int]
    rarity: Floats
    urls: tuple[str, ...]
    passages: tuple[Passage, ...]
    spoken: tuple[tuple[str, ...], ...]
    pairs: tuple[frozenset[tuple[str, str]], ...]
    titles: tuple[tuple[str, ...], ...]
    first: Integers
    counts: Floats
    lengths: Floats
    headlines: Floats
    headline_lengths: Floats
    ranks: Integers

    def own(self, article: int) -> range:
        """The indexes of an article's passages."""
        following = article + 1
        end = int(self.first[following]) if following < len(self.urls) else len(self.passages)
        return range(int(self.first[article]), end)

    def opening(self, article: int) -> Passage:
        """The first of an article's passages: for what all of them have in common."""
        return self.passages[int(self.first[article])]

    def of(self, articles: Integers) -> "Candidates":
        """Some of the articles only, in the order given."""
        rows = [number for article in articles for number in self.own(int(article))]
        sizes = [len(self.own(int(article))) for article in articles]
        return Candidates(
            vocabulary=self.vocabulary,
            rarity=self.rarity,
            urls=tuple(self.urls[article] for article in articles),
            passages=tuple(self.passages[row] for row in rows),
            spoken=tuple(self.spoken[row] for row in rows),
            pairs=tuple(self.pairs[row] for row in rows),
            titles=tuple(self.titles[article] for article in articles),
            first=np.cumsum([0, *sizes[:-1]], dtype=np.int32),
            counts=self.counts[rows],
            lengths=self.lengths[rows],
            headlines=self.headlines[articles],
            headline_lengths=self.headline_lengths[articles],
            ranks=self.ranks[:, articles],
        )

    @property
    def days(self) -> Integers:
        """The day on which each article was published, as its ordinal."""
        return np.array([self.opening(article).published.day.toordinal() for article in range(len(self.urls))])

    @property
    def owner(self) -> Integers:
        """The article of each passage, as its index."""
        sizes = np.diff(np.append(self.first, len(self.passages)))
        return np.repeat(np.arange(len(self.urls), dtype=np.int32), sizes)


def gather(plan: Plan, rankings: Sequence[Ranking]) -> Candidates:
    """Every strictly earlier article that answered, but the page itself."""
    brief = plan.brief
    found: dict[str, dict[str, Passage]] = {}
    for ranking in rankings:
        for hit in ranking:
            passage = hit.passage
            if passage.url not in brief.own and passage.published.is_before(brief.published):
                found.setdefault(passage.url, {})[passage.id] = passage
    urls = tuple(found)
    passages = tuple(passage for url in urls for passage in sorted(found[url].values(), key=_ordinal))
    sizes = [len(found[url]) for url in urls]
    first = np.cumsum([0, *sizes[:-1]], dtype=np.int32) if urls else np.zeros(0, np.int32)
    spoken = tuple(words(passage.text, passage.language) for passage in passages)
    titles = tuple(words(passages[start].headline, passages[start].language) for start in first)
    vocabulary = {word: index for index, word in enumerate(sorted(brief.words))}
    return Candidates(
        vocabulary=vocabulary,
        rarity=np.array([plan.rarity[word] for word in vocabulary], np.float32),
        urls=urls,
        passages=passages,
        spoken=spoken,
        pairs=tuple(frozenset(pairwise(found)) for found in spoken),
        titles=titles,
        first=first,
        counts=_counted(spoken, vocabulary),
        lengths=np.array([len(found) for found in spoken], np.float32),
        headlines=_counted(titles, vocabulary),
        headline_lengths=np.array([len(found) for found in titles], np.float32),
        ranks=_ranks(rankings, {url: index for index, url in enumerate(urls)}),
    )


def _ordinal(passage: Passage) -> int:
    return passage.ordinal


def _counted(texts: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> Floats:
    """How often each text holds each word."""
    width = len(vocabulary)
    places = [
        row * width + column
        for row, text in enumerate(texts)
        for column in map(vocabulary.get, text)
        if column is not None
    ]
    counts = np.bincount(np.array(places, np.intp), minlength=len(texts) * width)
    return counts.reshape(len(texts), width).astype(np.float32)


def _ranks(rankings: Sequence[Ranking], articles: dict[str, int]) -> Integers:
    table = np.zeros((len(rankings), len(articles)), np.int32)
    for row, ranking in enumerate(rankings):
        rank = 0
        for hit in ranking:
            column = articles.get(hit.passage.url)
            if column is not None and not table[row, column]:
                rank += 1
                table[row, column] = rank
    return table
