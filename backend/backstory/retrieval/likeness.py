"""How like its candidates a need is: every need of a page against every candidate, as arrays (needs x articles)."""

from dataclasses import dataclass

import numpy as np

from backstory.retrieval.candidates import Candidates, Floats, Integers
from backstory.retrieval.needs import Need
from backstory.retrieval.plan import Plan

TELLING = 6  # of a need's words, the best: a report that holds them all is about the same thing
K1, B = 1.2, 0.75  # BM25's own: how soon a repeated word stops counting, how much length counts against a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Scores of every need against every candidate.

    `weights` (needs x vocabulary) are the needs' weights times rarity. `best` is the BM25 of the best passage,
    `passage` which passage that is, `headline` the BM25 of the headline; `share` is `best` over what a passage
    would score that held each of the need's most telling words once: about 1 is much.
    """

    weights: Floats
    best: Floats
    passage: Integers
    headline: Floats
    share: Floats


def compare(plan: Plan, candidates: Candidates) -> Likeness:
    """Every need against every candidate."""
    weights = np.array([_row(need, plan, candidates.vocabulary) for need in plan.brief.needs], np.float32)
    by_passage = weights @ saturated(candidates.counts, candidates.lengths).T
    best = np.maximum.reduceat(by_passage, candidates.first, axis=1)
    passage = np.array([_argmax(row, candidates) for row in by_passage], np.int32)
    full = np.sort(weights, axis=1)[:, -TELLING:].sum(axis=1, keepdims=True)
    return Likeness(
        weights=weights,
        best=best,
        passage=passage,
        headline=weights @ saturated(candidates.headlines, candidates.headline_lengths).T,
        share=best / np.maximum(full, 1e-6),
    )


def saturated(counts: Floats, lengths: Floats, *, k1: float = K1, b: float = B, mean: float = 0.0) -> Floats:
    """BM25's term frequency: grows ever slower with the count, and counts less in a long text.

    `mean` is the length that counts as usual; the mean of the lengths themselves where it is 0.
    """
    usual = mean or float(lengths.mean()) if lengths.size else 1.0
    norm = k1 * (1 - b + b * lengths / max(usual, 1.0))
    return counts * (k1 + 1) / (counts + norm[:, None])


def _row(need: Need, plan: Plan, vocabulary: dict[str, int]) -> Floats:
    row = np.zeros(len(vocabulary), np.float32)
    for word, weight in need.weights.items():
        row[vocabulary[word]] = weight * plan.rarity[word]
    return row


def _argmax(row: Floats, candidates: Candidates) -> Integers:
    """The best passage of each article, the first of equals."""
    order = np.lexsort((np.arange(row.size), -row, candidates.owner))
    return order[candidates.first].astype(np.int32)
