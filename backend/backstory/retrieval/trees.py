"""Boosted trees, read from data and evaluated for many rows at once, without the library that grew them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.retrieval.counts import Floats, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The nodes at one depth of all trees, tree by tree: each looks at a feature, and a greater one goes right."""

    feature: Integers
    threshold: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees whose leaves' values add up.

    All trees are made equally deep, so that a node's branches need not be looked up: those of the node at place n of
    a level are at 2n and 2n + 1 of the next. A leaf that came earlier has its value in all the places below it.
    """

    names: tuple[str, ...]
    levels: tuple[Level, ...]
    values: Floats
    trees: int

    def score(self, found: Mapping[str, Floats], there: NDArray[np.bool]) -> Floats:
        """The sum over all trees for the named features, each a table; 0 where nothing is `there`."""
        total = np.zeros(there.shape)
        total[there] = self.add_up(np.stack([found[name][there] for name in self.names], axis=1).astype(np.float64))
        return total

    def add_up(self, rows: Floats) -> Floats:
        """The sum over all trees for each row (rows x features, in the order of `names`)."""
        flat = rows.ravel()
        start = (np.arange(len(rows)) * rows.shape[1])[:, None]
        node = np.broadcast_to(np.arange(self.trees), (len(rows), self.trees))
        for level in self.levels:
            goes_right = flat.take(level.feature.take(node) + start) > level.threshold.take(node)
            node = 2 * node + goes_right
        total: Floats = self.values.take(node).sum(axis=1)
        return total


def read_forest(stored: Mapping[str, Any]) -> Forest:
    """A forest from its stored form: `features`, and `trees`, each a list of nodes.

    A node is [feature, threshold, left, right], its branches counted from its tree's first node, or [value], a leaf.
    """
    trees = stored["trees"]
    row = [(tree, 0) for tree in trees]
    levels = []
    for _ in range(max(map(_depth, trees))):
        inner = [tree[at] if len(tree[at]) > 1 else _LEAF for tree, at in row]
        levels.append(
            Level(
                feature=np.array([node[0] for node in inner], np.intp),
                threshold=np.array([node[1] for node in inner], np.float64),
            )
        )
        row = [(tree, branch) for tree, at in row for branch in (tree[at][2:] or (at, at))]
    return Forest(
        names=tuple(stored["features"]),
        levels=tuple(levels),
        values=np.array([tree[at][0] for tree, at in row]),
        trees=len(trees),
    )


_LEAF = (0, np.inf)  # in the place of a leaf that came early: both of its branches lead to it


def _depth(tree: Sequence[Sequence[float]]) -> int:
    """The most steps from the root to a leaf; branches stand behind their node."""
    steps = [0] * len(tree)
    for place, node in enumerate(tree):
        for branch in node[2:]:
            steps[int(branch)] = steps[place] + 1
    return max(steps)
