"""What an archive's own links teach: a linear correction on top of the learned order.

The forests learned from other people's sites. Who links to what differs from site to site, and a hundred pages are too
few to grow a forest on; but enough to lean on some features more and on others less. The correction is a weighted sum
of the features, each as its distance from the mean in standard deviations, beside the order's own score. It is fitted
by the softmax loss over each page's candidates (ListNet: Cao et al., 2007) with L2 towards no correction at all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from backstory.retrieval.counts import Floats

STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)  # of the pull towards no correction; the pages themselves choose among them
DEPTH = 10  # ranks that count
FOLDS = 4
_STEPS, _RATE = 300, 0.05  # Adam (Kingma and Ba, 2015)
_FIRST, _SECOND, _TINY = 0.9, 0.99, 1e-8
_FAR = 5.0  # standard deviations beyond which an oddity counts no more
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A page whose author linked earlier articles.

    `rows` (candidates x features) and `score` are what the ranker has of its candidates, `right` which of them were
    linked. `missed` counts the linked articles that are no candidates.
    """

    rows: Floats
    score: Floats
    right: Floats
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Weights of standardised features, by name, and of the order's own score."""

    names: tuple[str, ...]
    mean: Floats
    spread: Floats
    weights: Floats
    own: float

    def apply(self, found: Mapping[str, Floats], score: Floats) -> Floats:
        """A table of scores corrected by tables of features."""
        corrected = self.own * score
        for name, mean, spread, weight in zip(self.names, self.mean, self.spread, self.weights, strict=True):
            corrected = corrected + weight * np.clip((found[name] - mean) / spread, -_FAR, _FAR)
        return corrected

    def score(self, lesson: Lesson) -> Floats:
        """A lesson's candidates, corrected."""
        found: Floats = _standardised(lesson.rows, self.mean, self.spread) @ self.weights + self.own * lesson.score
        return found


def ndcg(lesson: Lesson, score: Floats) -> float:
    """nDCG@10 (Järvelin and Kekäläinen, 2002) of a lesson's candidates in the order of a score."""
    discounts = 1 / np.log2(np.arange(DEPTH) + 2)
    gained = lesson.right[np.argsort(-score, kind="stable")][:DEPTH]
    ideal = discounts[: int(lesson.right.sum()) + lesson.missed].sum()
    return float(gained @ discounts[: gained.size] / ideal)


def learn(lessons: Sequence[Lesson], names: tuple[str, ...]) -> Correction:
    """The correction that lessons teach, as strong as the lessons left out of each fold say is best.

    Raises ValueError where no lesson has a right candidate.
    """
    usable = [lesson for lesson in lessons if lesson.right.any()]
    if not usable:
        raise ValueError("nothing to learn from: no linked article is among its page's candidates")
    folds = [usable[fold::FOLDS] for fold in range(min(FOLDS, len(usable)))]

    def worth(strength: float) -> float:
        won = 0.0
        for number, kept in enumerate(folds):
            rest = [lesson for other, fold in enumerate(folds) if other != number for lesson in fold]
            if rest:
                correction = fit(rest, names, strength)
                won += sum(ndcg(lesson, correction.score(lesson)) for lesson in kept)
        return won

    return fit(usable, names, max(STRENGTHS, key=worth))


def fit(lessons: Sequence[Lesson], names: tuple[str, ...], strength: float) -> Correction:
    """The correction that fits lessons with a right candidate each, pulled so strongly towards none."""
    rows = np.concatenate([lesson.rows for lesson in lessons]).astype(np.float64)
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), _LEAST_SPREAD)
    rows = np.column_stack([_standardised(rows, mean, spread), np.concatenate([lesson.score for lesson in lessons])])
    sizes = [len(lesson.score) for lesson in lessons]
    page, start = np.repeat(np.arange(len(lessons)), sizes), np.cumsum([0, *sizes[:-1]])
    wanted = np.concatenate([lesson.right / lesson.right.sum() for lesson in lessons])
    none = np.zeros(rows.shape[1])
    none[-1] = 1.0  # the order as it is
    weights, first, second = none.copy(), np.zeros_like(none), np.zeros_like(none)
    for step in range(1, _STEPS + 1):
        said = rows @ weights
        said = np.exp(said - np.maximum.reduceat(said, start)[page])
        said /= np.add.reduceat(said, start)[page]
        slope = rows.T @ (said - wanted) / len(lessons) + strength * (weights - none)
        first = _FIRST * first + (1 - _FIRST) * slope
        second = _SECOND * second + (1 - _SECOND) * slope**2
        pace = np.sqrt(second / (1 - _SECOND**step)) + _TINY
        weights = weights - _RATE * first / (1 - _FIRST**step) / pace
    return Correction(names=names, mean=mean, spread=spread, weights=weights[:-1], own=float(weights[-1]))


def _standardised(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    found: Floats = np.clip((rows - mean) / spread, -_FAR, _FAR)
    return found


def stored(correction: Correction) -> dict[str, Any]:
    """A correction as JSON has it."""
    columns = {"mean": correction.mean, "spread": correction.spread, "weight": correction.weights}
    return {"own": correction.own, "features": list(correction.names)} | {
        name: [float(f"{number:.6g}") for number in column] for name, column in columns.items()
    }


def read_correction(said: Any, names: Collection[str]) -> Correction:  # noqa: ANN401 - whatever JSON has
    """A correction from its stored form. Raises ValueError where it is none, or of a ranker with other features."""
    try:
        columns = [np.array(said[name], np.float64) for name in ("mean", "spread", "weight")]
        own, known = float(said["own"]), tuple(said["features"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no correction: {error}") from error
    if sorted(known) != sorted(names) or any(column.shape != (len(known),) for column in columns):
        raise ValueError("of a ranker with other features")
    if not all(np.isfinite(column).all() for column in columns) or not np.isfinite(own) or (columns[1] <= 0).any():
        raise ValueError("with numbers that mean nothing")
    mean, spread, weights = columns
    return Correction(names=known, mean=mean, spread=spread, weights=weights, own=own)
