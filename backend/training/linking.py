"""Make data/retrieval/ranker.json and usual.json: what orders earlier coverage, judges it, and knows common words.

    python backend/training/linking.py ../shared/data backend/backstory/data/retrieval [--examples FILE]

Learns from pages whose editors linked earlier articles: Digital.gov (public domain), Bitcoin Optech's newsletter (MIT)
and the running stories of Wikipedia's Current events (CC BY-SA 4.0); common words also from Wikinews (CC BY 2.5). Only
weights and shares of words are kept, none of the texts. Needs requirements/training.txt; takes a quarter of an hour,
most of it for gathering examples, which FILE keeps from run to run.
"""

import argparse
import asyncio
import json
import pickle
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from backstory.retrieval.correction import Correction, Lesson, fit
from backstory.retrieval.correction import stored as stored_correction
from backstory.retrieval.ranker import agreed, logistic, standing
from training.linking_examples import ARCHIVES, SETS, Array, Example, archive_of, chosen, examples
from training.linking_words import usual

# Chosen by twofold and leave-one-set-out trials: few features at a time and strong regularisation lose nothing at home
# and gain most on a site never seen.
_TREES: dict[str, Any] = {
    "learning_rate": 0.06, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 60, "feature_fraction": 0.2,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "num_threads": 1,
}  # fmt: skip
_ORDER = {**_TREES, "objective": "lambdarank", "metric": "None", "lambdarank_truncation_level": 15}
_JUDGE = {
    **_TREES, "objective": "binary", "learning_rate": 0.05, "num_leaves": 8, "max_depth": 5, "min_data_in_leaf": 80,
    "feature_fraction": 0.3, "lambda_l2": 10, "seed": 1,
}  # fmt: skip
_ORDER_TREES, _JUDGE_TREES = 130, 90
_SEEDS = (0, 1)  # the order is the sum of two forests: what one happens to believe the other doubts
_FOLDS = 3  # for the judge, which must learn from orders of pages that the order had not seen
_PULL = 0.3  # of the correction towards none; .1 and 1 do the same within .001
_JUDGED = 15  # candidates of each page that the judge sees: what could be shown
_HARD, _EASY = 45, 20  # candidates that the order learns from beside the right ones: the most alike (twice), any
_SILENT_WEIGHT = 2.8  # of a page without gold: `chosen` took one in so many
_NOISY = {"wcep": 0.3}  # most of its statements lost their story's name, so that many a right one is labelled wrong
_SHOWN_FROM = {"page": 0.35, "claim": 0.3}  # of the 51 links that the sample then shows first, 44 are right

Booster = Any  # lightgbm's, which has no types


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: the forests whose sum orders candidates, that which judges them, a correction of the order."""

    order: tuple[Booster, ...]
    judge: Booster
    correction: Correction

    def rank(self, each: Example) -> tuple[Array, Array]:
        """What orders a page's candidates, and how sure each is; as `retrieval.ranker` has it."""
        score = put_in_order(self.order, each)
        odds = self.judge.predict(judged_rows(each, score), raw_score=True)
        return agreed(self.correction.score(lesson(each, score)), odds), logistic(odds)


def main() -> None:
    """Gather, learn, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("target", type=Path)
    arguments.add_argument("--examples", type=Path, help="gathered examples, kept here and used again")
    given = arguments.parse_args()
    (given.target / "usual.json").write_text(usual(given.data), encoding="utf-8")
    every = kept_examples(given.data, given.examples)
    (given.target / "ranker.json").write_text(stored(grow(every), every[0].names), encoding="utf-8")


def kept_examples(data: Path, file: Path | None = None, *, again: bool = False) -> list[Example]:
    """The examples that a file keeps from an earlier run, or new ones."""
    if file is None:
        return asyncio.run(gather_examples(data))
    if again or not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(pickle.dumps(asyncio.run(gather_examples(data))))
    found: list[Example] = pickle.loads(file.read_bytes())  # noqa: S301 - our own file of an earlier run
    return found


async def gather_examples(data: Path) -> list[Example]:
    """All sets' pages against their own archive and against the mixed one; wcep is the bulk of the mixed one itself."""
    found: list[Example] = []
    async with archive_of(data, ARCHIVES) as mixed:
        for kind in SETS:
            found += await examples(mixed, kind, chosen(data, kind), mixed=True)
            print(f"{kind}, mixed: {len(found)} pages so far", flush=True)
    for own, kinds in (("digitalgov-article", SETS[:2]), ("optech", ("optech",))):
        async with archive_of(data, (own,)) as archive:
            for kind in kinds:
                some = chosen(data, kind)
                some = some[: len(some) // 4] if kind == "optech" else some
                found += await examples(archive, kind, some, mixed=False)
    return found


def grow(every: Sequence[Example]) -> Model:
    """An order; a judge and a correction, which learn from orders of pages that these had not seen."""
    unseen: list[Array] = [np.zeros(0)] * len(every)
    folds = np.array([zlib.crc32(each.id.partition("#")[0].encode()) % _FOLDS for each in every])
    for fold in range(_FOLDS):
        order = grow_order([each for each, other in zip(every, folds, strict=True) if other != fold], _SEEDS[:1])
        for number in np.flatnonzero(folds == fold).tolist():
            unseen[number] = put_in_order(order, every[number]) * len(_SEEDS)
    lessons = [lesson(each, score) for each, score in zip(every, unseen, strict=True) if each.right.any()]
    return Model(grow_order(every, _SEEDS), grow_judge(every, unseen), fit(lessons, every[0].names, _PULL))


def lesson(each: Example, score: Array) -> Lesson:
    """An example as corrections are fitted on."""
    return Lesson(rows=each.rows, score=score, right=each.right.astype(float))


def grow_order(some: Sequence[Example], seeds: Iterable[int]) -> tuple[Booster, ...]:
    """LambdaMART over the pages that have a right candidate, each set counting alike."""
    linked = [each for each in some if each.right.any()]
    kept = [_thinned(each) for each in linked]
    sizes = Counter(each.kind for each in linked)
    weight = np.concatenate(
        [np.full(len(rows), sizes[each.kind] ** -0.5) for each, rows in zip(linked, kept, strict=True)]
    )
    data = lightgbm.Dataset(
        np.concatenate([each.rows[rows] for each, rows in zip(linked, kept, strict=True)]),
        np.concatenate([each.right[rows] for each, rows in zip(linked, kept, strict=True)]).astype(int),
        group=[len(rows) for rows in kept],
        weight=weight / weight.mean(),
        free_raw_data=False,
    )
    return tuple(lightgbm.train({**_ORDER, "seed": seed}, data, _ORDER_TREES) for seed in seeds)


def _thinned(each: Example) -> Array:
    """The candidates that teach something: the right ones, the most alike, the most alike of late, and a few others."""
    hard = [np.argsort(-each.rows[:, each.names.index(name)])[:_HARD] for name in ("mild_decay", "decay_60")]
    rest = np.setdiff1d(np.arange(len(each.urls)), np.concatenate(hard))
    easy = np.random.default_rng(0).permutation(rest)[:_EASY]
    return np.unique(np.concatenate([*hard, easy, np.flatnonzero(each.right)])).astype(int)


def put_in_order(order: Sequence[Booster], each: Example) -> Array:
    """The order's scores of one page's candidates."""
    found: Array = np.sum([booster.predict(each.rows) for booster in order], axis=0)
    return found


def grow_judge(some: Sequence[Example], scores: Sequence[Array]) -> Booster:
    """A classifier over the best candidates of every page, those without gold too."""
    rows, right, weight = [], [], []
    for each, score in zip(some, scores, strict=True):
        best = np.argsort(-score, kind="stable")[:_JUDGED]
        rows.append(judged_rows(each, score)[best])
        right.append(each.right[best])
        worth = _NOISY.get(each.kind, 1.0) * (1.0 if each.gold else _SILENT_WEIGHT)
        weight.append(np.full(len(best), worth))
    data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(right).astype(int), weight=np.concatenate(weight))
    return lightgbm.train(_JUDGE, data, _JUDGE_TREES)


def judged_rows(each: Example, score: Array) -> Array:
    """What the judge looks at: all features, and how each candidate stands in the order."""
    return np.concatenate([each.rows, np.stack(list(_standing(score).values()), axis=1)], axis=1)


def _standing(score: Array) -> dict[str, Array]:
    found = standing(score[None], np.ones((1, score.size), bool))
    return {name: table[0] for name, table in found.items()}


def stored(model: Model, names: tuple[str, ...]) -> str:
    """Both forests, as `retrieval.trees` reads them, and the correction."""
    judged = (*names, *_standing(np.zeros(1)))
    return json.dumps(
        {
            "about": " ".join((__doc__ or "").split()),
            "order": {"features": names, "trees": [tree for booster in model.order for tree in _trees(booster)]},
            "judge": {"features": judged, "trees": _trees(model.judge)},
            "correction": stored_correction(model.correction),
            "shown from": _SHOWN_FROM,
        },
        separators=(",", ":"),
    )


def _trees(booster: Booster) -> list[list[list[float]]]:
    return [_nodes(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _nodes(root: dict[str, Any]) -> list[list[float]]:
    """A tree as a list of nodes, each branch behind its node."""
    nodes: list[list[float]] = []
    waiting = [(root, -1, 0)]
    while waiting:
        node, parent, side = waiting.pop()
        if parent >= 0:
            nodes[parent][side] = len(nodes)
        if "leaf_value" in node:
            nodes.append([float(f"{node['leaf_value']:.5g}")])
        else:
            number = len(nodes)
            nodes.append([node["split_feature"], float(f"{node['threshold']:.8g}"), 0, 0])
            waiting += [(node["right_child"], number, 3), (node["left_child"], number, 2)]
    return nodes


if __name__ == "__main__":
    main()
