"""The lexical scores of needs against their candidates: BM25 in several shapes, and plain shares.

No two numbers of BM25's suit every archive: k1 3 with b .9 is best among articles alone and harmful where
one-sentence items stand among them. So a need is scored in several shapes, and the ranker learns which to believe when.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from backstory.retrieval.candidates import Candidates
from backstory.retrieval.counts import Floats, Integers
from backstory.retrieval.needs import Brief, Need
from backstory.retrieval.plan import Plan

TINY = 1e-6
OWN = 0.25  # a need's own words weigh more than this; the rest is the page around a claim
PASSAGE_WORDS = 80.0  # the usual length of a passage, an article and a headline: fixed, so that scores compare
ARTICLE_WORDS = 200.0
HEADLINE_WORDS = 8.0
TELLING = 15  # of a need's words, the best: who holds them all scores about 1
UNKNOWN_RARITY = 6.0  # of a headline's words that the page lacks: about that of a word in 400 passages


class View:
    """Some needs of a page with their candidates, and what all scores start from.

    What is known of a need and its candidates comes in a table: a row for each need, a place in it for each of its
    candidates, in the order of `articles`. Needs have different numbers of candidates; `there` is where there is one,
    and every table holds 0 elsewhere. `weights` (needs x vocabulary) are the words' before rarity.
    """

    def __init__(self, plan: Plan, candidates: Candidates, numbers: Sequence[int], answers: NDArray[np.bool]) -> None:
        """`numbers` are the needs' in the brief, `answers` (needs x articles) which are whose candidates."""
        self.plan = plan
        self.candidates = candidates
        self.numbers = tuple(numbers)
        self.answers = answers
        self.sizes: Integers = answers.sum(axis=1)
        most = max(int(self.sizes.max(initial=0)), 1)
        self.there: NDArray[np.bool] = np.arange(most) < self.sizes[:, None]
        self.articles: Integers = np.argsort(~answers, axis=1, kind="stable")[:, :most]

    @property
    def brief(self) -> Brief:
        """The page."""
        return self.plan.brief

    @property
    def needs(self) -> tuple[Need, ...]:
        """The needs, row by row."""
        return tuple(self.brief.needs[number] for number in self.numbers)

    # --- tables ---

    def table(self, by_need: Floats) -> Floats:
        """Numbers for all articles and all needs (articles x needs)."""
        rows = np.arange(len(self.numbers))[:, None]
        return np.where(self.there, by_need[self.articles, rows], 0)

    def same(self, by_article: Floats) -> Floats:
        """Numbers for all articles that are the same whatever the need."""
        return np.where(self.there, by_article[self.articles], 0)

    def each(self, by_row: Floats) -> Floats:
        """A number for each need that is the same for all its candidates."""
        return np.where(self.there, np.asarray(by_row, np.float32)[:, None], 0)

    def ranks(self, table: Floats) -> Floats:
        """0 for the best of a need's candidates, 1 for the next …, the first of equals first."""
        return ranks(table, self.there)

    # --- words ---

    @property
    def rarity(self) -> Floats:
        """How rare each word of the vocabulary is."""
        return self.candidates.rarity

    @cached_property
    def weights(self) -> Floats:
        """Each need's words before rarity."""
        return np.array([self.row(need.weights) for need in self.needs], np.float32)

    def row(self, weights: Mapping[str, float]) -> Floats:
        """Words' weights over the vocabulary."""
        vocabulary = self.candidates.vocabulary
        found = np.zeros(len(vocabulary), np.float32)
        found[[vocabulary[word] for word in weights]] = list(weights.values())
        return found

    @cached_property
    def telling(self) -> Floats:
        """How much each word tells: its weight times its rarity."""
        return self.weights * self.rarity

    @cached_property
    def own(self) -> Floats:
        """The rarity of the needs' own words; 0 for the context's."""
        return np.where(self.weights > OWN, self.rarity, np.float32(0))

    @cached_property
    def damped(self) -> Floats:
        """As `telling`, with repetition damped to 1 + ln."""
        return np.where(self.weights >= 1, 1 + np.log(np.maximum(self.weights, 1)), self.weights) * self.rarity

    @cached_property
    def pieces(self) -> Floats:
        """The words of what the needs fall into (pieces x vocabulary): the page's paragraphs, a claim itself."""
        each = zip(self.needs, self.weights, strict=True)
        return np.concatenate([self._pieces(need, weights) for need, weights in each])

    def _pieces(self, need: Need, weights: Floats) -> Floats:
        if need.kind == "claim":
            return (np.minimum(weights, 1) * (weights > OWN))[None]
        return np.array([self.row(piece) for piece in self.brief.pieces] or [weights])

    @cached_property
    def piece_need(self) -> Integers:
        """The row of the need that each piece belongs to."""
        counts = [1 if need.kind == "claim" else len(self.brief.pieces) or 1 for need in self.needs]
        return np.repeat(np.arange(len(counts)), counts)

    def best_passage(self, row: int, article: int) -> int:
        """The passage of an article that answers a need best, the first of equals."""
        own = self.candidates.own(article)
        return own[int(np.argmax(self.passage_scores[own.start : own.stop, row]))]

    # --- counts ---

    @cached_property
    def passage_frequencies(self) -> Floats:
        """BM25's term frequencies, passage by passage."""
        found = self.candidates
        return found.counts.saturated(found.lengths, k1=1.2, b=0.75, usual=PASSAGE_WORDS)

    @cached_property
    def passage_scores(self) -> Floats:
        """BM25 of each passage for each need (passages x needs)."""
        return self.passage_frequencies @ self.telling.T

    def article_frequencies(self, k1: float, b: float) -> Floats:
        """BM25's term frequencies of whole articles."""
        found = self.candidates
        return found.article_counts.saturated(found.article_lengths, k1=k1, b=b, usual=ARTICLE_WORDS)

    @cached_property
    def flat_frequencies(self) -> Floats:
        """The same, length hardly counting."""
        return self.article_frequencies(1.2, 0.4)

    @cached_property
    def headline_frequencies(self) -> Floats:
        """BM25's term frequencies of headlines."""
        found = self.candidates
        return found.headlines.saturated(found.headline_lengths, k1=1.2, b=0.3, usual=HEADLINE_WORDS)

    @cached_property
    def in_headline(self) -> Floats:
        """1 where an article's headline holds a word."""
        return np.minimum(self.candidates.headlines.dense(), 1)

    @cached_property
    def in_article(self) -> Floats:
        """1 where any of an article's passages holds a word."""
        return np.minimum(self.candidates.article_counts.dense(), 1)


# name: scores of all articles for all needs, and the words' weights that they are made of.
_SHAPES: dict[str, tuple[Callable[[View], Floats], Callable[[View], Floats]]] = {
    "passage": (lambda view: view.candidates.best(view.passage_scores), lambda view: view.telling),
    "passage_once": (lambda view: view.candidates.best(view.passage_frequencies @ view.own.T), lambda view: view.own),
    "article": (lambda view: view.article_frequencies(1.2, 0.75) @ view.telling.T, lambda view: view.telling),
    "article_flat": (lambda view: view.article_frequencies(1.2, 0.2) @ view.telling.T, lambda view: view.telling),
    "article_deep": (lambda view: view.article_frequencies(3.0, 0.9) @ view.telling.T, lambda view: view.telling),
    "article_damped": (lambda view: view.flat_frequencies @ view.damped.T, lambda view: view.damped),
    "article_rare": (
        lambda view: view.flat_frequencies @ (view.telling * view.rarity).T,
        lambda view: view.telling * view.rarity,
    ),
    "headline": (lambda view: view.headline_frequencies @ view.telling.T, lambda view: view.telling),
    "headline_once": (lambda view: view.in_headline @ view.own.T, lambda view: view.own),
}


def lexical(view: View) -> dict[str, Floats]:
    """Every shape's score, over what the needs' most telling words could bring, and over the best candidate's."""
    found: dict[str, Floats] = {}
    for name, (scores, weights) in _SHAPES.items():
        score = view.table(scores(view))
        found[name] = score / np.maximum(highest(weights(view), TELLING), TINY)[:, None]
        found[f"{name}_rel"] = relative(score)
    for name in ("passage", "article_deep", "headline"):
        found[f"{name}_rank"] = np.log1p(view.ranks(found[name]))
    for name in ("passage", "article_damped"):
        found[f"{name}_lead"] = _lead(found[name])
    return found


def highest(table: Floats, count: int) -> Floats:
    """The sum of the highest numbers in each row."""
    if table.shape[1] > count:
        table = np.partition(table, -count, axis=1)[:, -count:]
    found: Floats = table.sum(axis=1)
    return found


def relative(score: Floats) -> Floats:
    """Each score as its share of its row's best."""
    found: Floats = score / np.maximum(score.max(axis=1, keepdims=True), TINY)
    return found


def ranks(score: Floats, there: NDArray[np.bool]) -> Floats:
    """0 for the best of a row, 1 for the next …, the first of equals first; what is not `there` comes last."""
    order = np.argsort(np.where(there, -score, np.inf), axis=1, kind="stable")
    found = np.empty(score.shape, np.float32)
    np.put_along_axis(found, order, np.arange(score.shape[1], dtype=np.float32)[None], axis=1)
    return found


def _lead(score: Floats) -> Floats:
    """How far the best is ahead of the second, and all others (below 0) behind the best, as shares of the best."""
    padded = np.pad(score, ((0, 0), (0, 2)))
    second, best = np.partition(padded, -2, axis=1)[:, -2:].T[:, :, None]
    found: Floats = np.where(score >= best, score - second, score - best)
    found /= np.maximum(best, TINY)
    return found


def headline_shares(view: View) -> dict[str, Floats]:
    """How much of a headline the need says: in all, in its best piece. Who refers to a report often names it."""
    has = view.in_headline
    unknown = np.maximum(view.candidates.headline_lengths - has.sum(axis=1), 0)
    whole = view.same(has @ view.rarity + UNKNOWN_RARITY * unknown)
    pieces = by_piece(view, has @ (np.minimum(view.pieces, 1) * view.rarity).T)
    best = over_pieces(view, pieces, np.maximum)
    return {
        "headline_share": view.table(has @ view.own.T) / np.maximum(whole, TINY),
        "headline_piece_share": best / np.maximum(whole, TINY),
        "headline_piece_rarity": best,
    }


def by_piece(view: View, scores: Floats) -> Floats:
    """Scores of all articles for all pieces (articles x pieces) as pieces x places of their needs' candidates."""
    of = view.piece_need
    found: Floats = np.where(view.there[of], scores[view.articles[of], np.arange(of.size)[:, None]], 0)
    return found


def over_pieces(view: View, found: Floats, reduce: np.ufunc) -> Floats:
    """Pieces x places, put together need by need."""
    first = np.searchsorted(view.piece_need, np.arange(len(view.numbers)))
    together: Floats = reduce.reduceat(found, first, axis=0)
    return together
