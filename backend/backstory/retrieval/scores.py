"""The lexical scores of a need against its candidates: BM25 in several shapes, and plain shares.

No two numbers of BM25's suit every archive: k1 3 with b .9 is best among articles alone and harmful where
one-sentence items stand among them. So a need is scored in several shapes, and the ranker learns which to believe when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backstory.retrieval.candidates import Candidates, Floats, Integers
from backstory.retrieval.needs import Brief, Need
from backstory.retrieval.plan import Plan

TINY = 1e-6
OWN = 0.25  # a need's own words weigh more than this; the rest is the page around a claim
PASSAGE_WORDS = 80.0  # the usual length of a passage, an article and a headline: fixed, so that scores compare
ARTICLE_WORDS = 200.0
HEADLINE_WORDS = 8.0
TELLING = 15  # of a need's words, the best: who holds them all scores about 1
UNKNOWN_RARITY = 6.0  # of a headline's words that the page lacks: about that of a word in 400 passages


@dataclass(frozen=True, kw_only=True)
class View:
    """A need (and its number in the brief) with its candidates, and what all scores start from.

    `weights` and `rarity` run over the vocabulary; `telling` is their product.
    """

    plan: Plan
    number: int
    need: Need
    candidates: Candidates
    rarity: Floats
    weights: Floats
    pieces: Floats
    says: tuple[str, ...]

    @property
    def brief(self) -> Brief:
        """The page."""
        return self.plan.brief

    @cached_property
    def telling(self) -> Floats:
        """How much each word tells: its weight times its rarity."""
        return self.weights * self.rarity

    @cached_property
    def own(self) -> Floats:
        """The rarity of the need's own words; 0 for the context's."""
        return np.where(self.weights > OWN, self.rarity, 0.0)

    @cached_property
    def damped(self) -> Floats:
        """As `telling`, with repetition damped to 1 + ln."""
        return np.where(self.weights >= 1, 1 + np.log(np.maximum(self.weights, 1)), self.weights) * self.rarity

    @cached_property
    def article_counts(self) -> Floats:
        """How often an article's passages hold each word."""
        return np.add.reduceat(self.candidates.counts, self.candidates.first, axis=0)

    @cached_property
    def article_words(self) -> Floats:
        """How many words an article's passages have."""
        return np.add.reduceat(self.candidates.lengths, self.candidates.first)

    @cached_property
    def passage_frequencies(self) -> Floats:
        """BM25's term frequencies, passage by passage."""
        return saturated(self.candidates.counts, self.candidates.lengths, k1=1.2, b=0.75, usual=PASSAGE_WORDS)

    @cached_property
    def flat_frequencies(self) -> Floats:
        """BM25's term frequencies of whole articles, length hardly counting."""
        return saturated(self.article_counts, self.article_words, k1=1.2, b=0.4, usual=ARTICLE_WORDS)

    @property
    def parts(self) -> range:
        """The needs that are parts of this one: the page's paragraphs."""
        return range(1, len(self.brief.needs) - len(self.brief.claims)) if self.number == 0 else range(0)

    @property
    def best_passage(self) -> Integers:
        """The passage of each article that answers the need best, the first of equals."""
        score = self.passage_frequencies @ self.telling
        order = np.lexsort((np.arange(score.size), -score, self.candidates.owner))
        return order[self.candidates.first]

    def best(self, by_passage: Floats) -> Floats:
        """The best of each article's passages."""
        return np.maximum.reduceat(by_passage, self.candidates.first, axis=0)


def saturated(counts: Floats, lengths: Floats, *, k1: float, b: float, usual: float) -> Floats:
    """BM25's term frequency: grows ever slower with the count, and counts less in a text longer than usual."""
    return counts * (k1 + 1) / (counts + (k1 * (1 - b + b * lengths / usual))[:, None])


def _article(k1: float, b: float) -> Callable[[View], Floats]:
    def frequencies(view: View) -> Floats:
        return saturated(view.article_counts, view.article_words, k1=k1, b=b, usual=ARTICLE_WORDS)

    return frequencies


def _headline(view: View) -> Floats:
    found = view.candidates
    return saturated(found.headlines, found.headline_lengths, k1=1.2, b=0.3, usual=HEADLINE_WORDS)


# name: what the term frequencies are taken from, and the words' weights. Of passages, an article has its best one's.
_SHAPES: dict[str, tuple[Callable[[View], Floats], Callable[[View], Floats]]] = {
    "passage": (lambda view: view.passage_frequencies, lambda view: view.telling),
    "passage_once": (lambda view: view.passage_frequencies, lambda view: view.own),
    "article": (_article(1.2, 0.75), lambda view: view.telling),
    "article_flat": (_article(1.2, 0.2), lambda view: view.telling),
    "article_deep": (_article(3.0, 0.9), lambda view: view.telling),
    "article_damped": (lambda view: view.flat_frequencies, lambda view: view.damped),
    "article_rare": (lambda view: view.flat_frequencies, lambda view: view.telling * view.rarity),
    "headline": (_headline, lambda view: view.telling),
    "headline_once": (lambda view: np.minimum(view.candidates.headlines, 1), lambda view: view.own),
}


def lexical(view: View) -> dict[str, Floats]:
    """Every shape's score, over what the need's most telling words could bring, and over the best candidate's."""
    found: dict[str, Floats] = {}
    for name, (frequencies, weights) in _SHAPES.items():
        weighed = weights(view)
        score: Floats = frequencies(view) @ weighed
        if name.startswith("passage"):
            score = view.best(score)
        found[name] = score / max(float(np.sort(weighed)[-TELLING:].sum()), TINY)
        found[f"{name}_rel"] = relative(score)
    for name in ("passage", "article_deep", "headline"):
        found[f"{name}_rank"] = np.log1p(ranks(found[name]))
    for name in ("passage", "article_damped"):
        found[f"{name}_lead"] = _lead(found[name])
    return found


def relative(score: Floats) -> Floats:
    """Each score as its share of the best."""
    return score / max(float(score.max()), TINY)


def ranks(score: Floats) -> Floats:
    """0 for the best, 1 for the next …, the first of equals first."""
    order = np.argsort(-score, kind="stable")
    found = np.empty(score.size, np.float32)
    found[order] = np.arange(score.size)
    return found


def _lead(score: Floats) -> Floats:
    """How far the best is ahead of the second, and all others (below 0) behind the best, as shares of the best."""
    best, second = np.sort(np.append(score, 0.0))[::-1][:2]
    found: Floats = np.where(score >= best, score - second, score - best)
    return found / max(float(best), TINY)


def headline_shares(view: View) -> dict[str, Floats]:
    """How much of a headline the need says: in all, in its best piece. Who refers to a report often names it."""
    has = np.minimum(view.candidates.headlines, 1)
    unknown = np.maximum(view.candidates.headline_lengths - has.sum(axis=1), 0)
    whole = np.maximum(has @ view.rarity + UNKNOWN_RARITY * unknown, TINY)
    by_piece = has @ (np.minimum(view.pieces, 1) * view.rarity).T
    return {
        "headline_share": has @ view.own / whole,
        "headline_piece_share": (by_piece / whole[:, None]).max(axis=1),
        "headline_piece_rarity": by_piece.max(axis=1),
    }
