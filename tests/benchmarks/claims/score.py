"""Scores of answers against gold, each with an interval by resampling the examples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from corpus import CLASSES, Answer, Example, bare, words_in

_RESAMPLED = 500  # bootstrap samples
_THRESHOLD = 0.5


@dataclass(frozen=True)
class Score:
    """A figure with the middle 95 of 100 resamplings."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f} {self.high:.3f}]"


def score(examples: Sequence[Example], answers: Sequence[Answer]) -> dict[str, Score]:
    """All figures of one system."""
    truth = np.array([example.factual for example in examples])
    found = np.array([answer.factual for answer in answers])
    tokens = np.array([_tokens(e, a) for e, a in zip(examples, answers, strict=True)])
    sources = np.array([_sources(e, a) for e, a in zip(examples, answers, strict=True)])
    figures: dict[str, Callable[[np.ndarray], float]] = {
        "claim F1": lambda rows: _f1(*_confusion(truth[rows], found[rows] >= _THRESHOLD)),
        "claim balanced": lambda rows: _balanced(truth[rows], found[rows] >= _THRESHOLD),
        "claim AUC": lambda rows: _auc(truth[rows], found[rows]),
        "claim Brier": lambda rows: float(np.mean((found[rows] - truth[rows]) ** 2)),
        "token macro": lambda rows: float(np.mean([_f1(*tokens[rows, n].sum(0)) for n in range(len(CLASSES))])),
    }
    for number, name in enumerate(CLASSES):
        figures[f"token {name}"] = lambda rows, n=number: _f1(*tokens[rows, n].sum(0))  # type: ignore[misc]
    figures["source exact"] = lambda rows: _f1(*sources[rows, 0].sum(0))
    figures["source overlap"] = lambda rows: _f1(*sources[rows, 1].sum(0))
    return {name: _interval(figure, len(examples)) for name, figure in figures.items()}


def _interval(figure: Callable[[np.ndarray], float], size: int) -> Score:
    draw = np.random.default_rng(11)
    samples = [figure(draw.integers(0, size, size)) for _ in range(_RESAMPLED)]
    low, high = np.quantile(samples, [0.025, 0.975])
    return Score(figure(np.arange(size)), float(low), float(high))


def _tokens(example: Example, answer: Answer) -> list[tuple[int, int, int]]:
    """True positives, false positives and misses of words, by class."""
    rows = []
    for name in CLASSES:
        gold = words_in(example.text, example.spans[name])
        said = words_in(example.text, answer.spans.get(name, ()))
        rows.append((len(gold & said), len(said - gold), len(gold - said)))
    return rows


def _sources(example: Example, answer: Answer) -> list[tuple[int, int, int]]:
    """True positives, false positives and misses of source spans: exact, then overlapping."""
    gold = {bare(example.text, span) for span in example.spans["source"]}
    said = {bare(example.text, span) for span in answer.spans.get("source", ())}
    exact = len(gold & said)
    touching = [any(a < d and c < b for c, d in said) for a, b in gold]
    touched = [any(a < d and c < b for c, d in gold) for a, b in said]
    return [
        (exact, len(said) - exact, len(gold) - exact),
        (sum(touching), len(said) - sum(touched), len(gold) - sum(touching)),
    ]


def _confusion(truth: np.ndarray, said: np.ndarray) -> tuple[int, int, int]:
    return int((truth & said).sum()), int((~truth & said).sum()), int((truth & ~said).sum())


def _f1(hit: float, extra: float, missed: float) -> float:
    return 2 * hit / (2 * hit + extra + missed) if hit else 0.0


def _balanced(truth: np.ndarray, said: np.ndarray) -> float:
    return float((said[truth].mean() + (~said[~truth]).mean()) / 2)


def _auc(truth: np.ndarray, found: np.ndarray) -> float:
    """The chance that a claim scores above what is none; ties count half (Mann and Whitney's U by mean ranks)."""
    _, which, counts = np.unique(found, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    positives = truth.sum()
    above = ranks[truth].sum() - positives * (positives + 1) / 2
    return float(above / (positives * (len(truth) - positives)))
