"""Boosted trees, read from data and evaluated for many rows at once, without the library that grew them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.retrieval.counts import Floats, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees whose leaves' values add up.

    All nodes of all trees stand in one row: at a node, a row of features with `feature` at most `threshold` goes
    `left`, else `right`. A leaf leads to itself and has a `value`. `roots` is where each tree begins, `depth` the
    most steps from a root to a leaf.
    """

    names: tuple[str, ...]
    feature: Integers
    threshold: Floats
    left: Integers
    right: Integers
    value: Floats
    roots: Integers
    depth: int

    def score(self, found: Mapping[str, Floats], there: NDArray[np.bool]) -> Floats:
        """The sum over all trees for the named features, each a table; 0 where nothing is `there`."""
        total = np.zeros(there.shape)
        total[there] = self.add_up(np.stack([found[name][there] for name in self.names], axis=1).astype(np.float64))
        return total

    def add_up(self, rows: Floats) -> Floats:
        """The sum over all trees for each row (rows x features, in the order of `names`)."""
        flat = rows.ravel()
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(rows), self.roots.size))
        for _ in range(self.depth):
            goes_left = flat[start + self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        total: Floats = self.value[node].sum(axis=1)
        return total


def read_forest(stored: Mapping[str, Any]) -> Forest:
    """A forest from its stored form: `features`, and `trees`, each a list of nodes.

    A node is [feature, threshold, left, right], its branches counted from its tree's first node, or [value], a leaf.
    """
    nodes: list[tuple[int, float, int, int, float]] = []
    roots = []
    for tree in stored["trees"]:
        first = len(nodes)
        roots.append(first)
        nodes += [_node(node, first, first + place) for place, node in enumerate(tree)]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return Forest(
        names=tuple(stored["features"]),
        feature=np.array(feature, np.int32),
        threshold=np.array(threshold),
        left=np.array(left, np.int32),
        right=np.array(right, np.int32),
        value=np.array(value),
        roots=np.array(roots, np.int32),
        depth=max(_depth(tree) for tree in stored["trees"]),
    )


def _node(node: Sequence[float], first: int, own: int) -> tuple[int, float, int, int, float]:
    if len(node) == 1:
        return 0, 0.0, own, own, node[0]
    feature, threshold, left, right = node
    return int(feature), threshold, first + int(left), first + int(right), 0.0


def _depth(tree: Sequence[Sequence[float]]) -> int:
    """The most steps from the root to a leaf; branches stand behind their node."""
    steps = [0] * len(tree)
    for place, node in enumerate(tree):
        for branch in node[2:]:
            steps[int(branch)] = steps[place] + 1
    return max(steps)
