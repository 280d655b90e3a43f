"""The field's measures for rankings and for silence, each as Backstory's data sets define them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

RESAMPLED = 2000  # bootstrap samples
BINS = 10  # of a calibration error, equally filled
SHOWN = 10  # links of a page that its calibration error counts
PRECISE = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with the middle 95 of 100 resamplings."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ndcg(order: Sequence[str], gold: dict[str, int], depth: int = 10) -> float:
    """nDCG (Järvelin and Kekäläinen, 2002) with linear gain, as trec_eval and ir_measures have it."""
    discounts = 1 / np.log2(np.arange(depth) + 2)
    gained = np.array([gold.get(url, 0) for url in order[:depth]], float)
    ideal = np.sort(np.array(list(gold.values()), float))[::-1][:depth]
    return float(gained @ discounts[: gained.size] / (ideal @ discounts[: ideal.size]))


def mean(values: Sequence[float]) -> Score:
    """The mean and how far it would move with other queries of the same kind."""
    draws = np.random.default_rng(11).integers(0, len(values), (RESAMPLED, len(values)))
    low, high = np.quantile(np.array(values)[draws].mean(axis=1), [0.025, 0.975])
    return Score(float(np.mean(values)), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Answer:
    """A page's links, best first: how sure each is, whether it is right; `weight` is how many pages it stands for."""

    confidence: Array
    right: Array
    weight: float = 1.0


def aurc(answers: Sequence[Answer]) -> float:
    """Area under the risk-coverage curve: the mean share of wrong first links, over all shares of pages answered."""
    _, weights, risks = _risk(answers)
    return float(np.average(risks, weights=weights))


def share_at(answers: Sequence[Answer], precision: float = PRECISE) -> float:
    """The largest share of pages that can be answered with so many of the first links right."""
    coverage, _, risks = _risk(answers)
    return float(coverage[risks <= 1 - precision].max(initial=0.0))


def _risk(answers: Sequence[Answer]) -> tuple[Array, Array, Array]:
    """Coverage, weight and risk, surest page first."""
    order = np.argsort([-answer.confidence[0] for answer in answers], kind="stable")
    weights = np.array([answers[number].weight for number in order])
    wrong = np.array([not answers[number].right[0] for number in order])
    covered = np.cumsum(weights)
    return covered / covered[-1], weights, np.cumsum(weights * wrong) / covered


def calibration_error(answers: Sequence[Answer]) -> float:
    """ECE over equally filled bins of all links shown: how far confidence and share right lie apart."""
    confidence = np.concatenate([answer.confidence[:SHOWN] for answer in answers])
    right = np.concatenate([answer.right[:SHOWN] for answer in answers]).astype(float)
    weight = np.concatenate([np.full(min(SHOWN, len(answer.right)), answer.weight) for answer in answers])
    order = np.argsort(confidence, kind="stable")
    filled = np.cumsum(weight[order]) / weight.sum()
    bins = np.minimum((filled * BINS).astype(int), BINS - 1)
    gaps = [
        weight[order][bins == each].sum()
        * abs(np.average((confidence - right)[order][bins == each], weights=weight[order][bins == each]))
        for each in np.unique(bins)
    ]
    return float(sum(gaps) / weight.sum())
