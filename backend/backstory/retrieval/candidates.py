"""Rankings to candidates: the archived articles that answered, as arrays over the page's own words.

A page's answers hold the same articles again and again. Each is read once: how often it holds each word of the page,
passage by passage, and in its headline, and which of the page's words stand side by side there as they do in the page.
All scores of the ranker are computed from these counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from backstory.model import Passage, Ranking
from backstory.retrieval.codes import Codes, pack, unpacked
from backstory.retrieval.counts import Counts, Floats, Integers, Pairs, Placed, columns, numbered_pairs
from backstory.retrieval.needs import says
from backstory.retrieval.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The archived articles that answered a page.

    `passages` are all their passages that came back, in the order of their articles, `first` is where each article's
    begin, and `urls` are the articles. `rarity` is that of each word of the vocabulary.
    `counts` is how often a passage holds each word of the page and `headlines` how often an article's headline does;
    `lengths` and `headline_lengths` count all their words, and `codes` are the passages' words as numbers,
    `ends` where each passage's end.
    `said` are the words of the page and of each claim as they stand there, by the number of the need; `pairs` those of
    them that stand side by side; `phrases` (passages x pairs) and `headline_phrases` (articles x pairs) are 1 where
    they do so in a report too.
    `ranks` (asks x articles) is the rank that an article had in the answer to each ask, 0 where it was not there.
    """

    vocabulary: dict[str, int]
    rarity: Floats
    urls: tuple[str, ...]
    passages: tuple[Passage, ...]
    first: Integers
    codes: Codes
    ends: Integers
    counts: Counts
    lengths: Floats
    headlines: Counts
    headline_lengths: Floats
    said: dict[int, tuple[str, ...]]
    pairs: Pairs
    phrases: Floats
    headline_phrases: Floats
    ranks: Integers

    def own(self, article: int) -> range:
        """The indexes of an article's passages."""
        following = article + 1
        end = int(self.first[following]) if following < len(self.urls) else len(self.passages)
        return range(int(self.first[article]), end)

    def spoken(self, passage: int) -> tuple[int, ...]:
        """A passage's words as numbers."""
        start = int(self.ends[passage - 1]) if passage else 0
        return tuple(self.codes[start : int(self.ends[passage])].tolist())

    def opening(self, article: int) -> Passage:
        """The first of an article's passages: for what all of them have in common."""
        return self.passages[int(self.first[article])]

    @cached_property
    def openings(self) -> tuple[Passage, ...]:
        """The first passage of each article."""
        return tuple(self.passages[start] for start in self.first.tolist())

    @cached_property
    def days(self) -> Integers:
        """The day on which each article was published, as its ordinal."""
        return np.array([each.published.day.toordinal() for each in self.openings])

    @cached_property
    def article_counts(self) -> Counts:
        """How often an article's passages hold each word."""
        sizes = np.diff(np.append(self.first, len(self.passages)))
        owner = np.repeat(np.arange(len(self.urls)), sizes)
        return self.counts.together(owner, len(self.urls))

    @cached_property
    def article_lengths(self) -> Floats:
        """How many words an article's passages have."""
        return np.add.reduceat(self.lengths, self.first)

    def best(self, by_passage: Floats) -> Floats:
        """The best of each article's passages; whatever else there is (passages x …) stays."""
        return np.maximum.reduceat(by_passage, self.first, axis=0)


def gather(plan: Plan, rankings: Sequence[Ranking]) -> Candidates | None:
    """Every strictly earlier article that answered, but the page itself; None where there is none."""
    brief = plan.brief
    found: dict[str, dict[str, Passage]] = {}
    kept: dict[str, bytes] = {}
    for ranking in rankings:
        for hit in ranking:
            passage = hit.passage
            if passage.id in kept:
                continue
            if passage.url not in brief.own and passage.published.is_before(brief.published):
                found.setdefault(passage.url, {})[passage.id] = passage
                kept[passage.id] = hit.words
    if not found:
        return None
    articles = {url: tuple(sorted(passages.values(), key=_ordinal)) for url, passages in found.items()}
    return _read(plan, articles, kept, _ranks(rankings, tuple(found)))


def _ordinal(passage: Passage) -> int:
    return passage.ordinal


def _read(plan: Plan, articles: dict[str, tuple[Passage, ...]], words: dict[str, bytes], ranks: Integers) -> Candidates:
    """Articles' passages, and the words of each as far as the engine keeps them, to what is counted of them."""
    passages = tuple(chain.from_iterable(articles.values()))
    first = np.cumsum([0, *map(len, articles.values())])[:-1]
    read = unpacked([words[passage.id] or pack(passage) for passage in passages])
    vocabulary = {word: index for index, word in enumerate(sorted(plan.brief.words))}
    said = {number: says(plan.brief, number) for number in plan.brief.linked}
    pairs = numbered_pairs(said.values(), vocabulary)
    column = columns(read.codes, vocabulary)
    article = np.full(len(passages), -1)
    article[first] = np.arange(len(articles))
    is_headline = read.is_headline & (article[read.row] >= 0)  # an article's first passage says it for all
    texts = Placed(read.row[read.is_text], column[read.is_text])
    headlines = Placed(article[read.row[is_headline]], column[is_headline])
    return Candidates(
        vocabulary=vocabulary,
        rarity=np.array([plan.rarity[word] for word in vocabulary], np.float32),
        urls=tuple(articles),
        passages=passages,
        first=first,
        codes=read.codes[read.is_text],
        ends=np.cumsum(read.text_lengths),
        counts=texts.counted(len(passages), len(vocabulary)),
        lengths=read.text_lengths.astype(np.float32),
        headlines=headlines.counted(len(articles), len(vocabulary)),
        headline_lengths=read.headline_lengths[first].astype(np.float32),
        said=said,
        pairs=pairs,
        phrases=texts.stand(pairs, vocabulary, len(passages)),
        headline_phrases=headlines.stand(pairs, vocabulary, len(articles)),
        ranks=ranks,
    )


def _ranks(rankings: Sequence[Ranking], urls: Sequence[str]) -> Integers:
    articles = {url: index for index, url in enumerate(urls)}
    table = np.zeros((len(rankings), len(urls)), np.int32)
    for row, ranking in enumerate(rankings):
        order = dict.fromkeys(articles.get(hit.passage.url, -1) for hit in ranking)
        order.pop(-1, None)
        table[row, list(order)] = np.arange(1, len(order) + 1)
    return table
