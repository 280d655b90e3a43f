"""What ours is measured beside: the archive's own BM25, BM25 that fades with age, and rankings fused by rank."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from training.linking_examples import Example

Order = Callable[[Example], tuple[str, ...]]


def bm25(page: Example) -> tuple[str, ...]:
    """The archive's answer to the whole page: 40 terms, best passage of each article."""
    return page.baseline


def by(name: str) -> Order:
    """Candidates by one of the ranker's features."""

    def order(page: Example) -> tuple[str, ...]:
        return _sorted(page, page.rows[:, page.names.index(name)])

    return order


def fused(page: Example) -> tuple[str, ...]:
    """Reciprocal ranks summed over the whole archive, the recent weeks, months and years, and the paragraphs."""
    columns = [page.names.index(f"{role}_turns") for role in ("archive", "recent", "paragraph")]
    return _sorted(page, page.rows[:, columns].sum(axis=1))


def _sorted(page: Example, score: NDArray[np.float32]) -> tuple[str, ...]:
    return tuple(page.urls[number] for number in np.argsort(-score, kind="stable"))


PEERS: Mapping[str, Order] = {
    "BM25": bm25,
    "BM25, damped tf": by("article_damped"),
    "x mild decay": by("mild_decay"),
    "x exp(-age/365 d)": by("decay_365"),
    "x exp(-age/60 d)": by("decay_60"),
    "reciprocal ranks": fused,
}
