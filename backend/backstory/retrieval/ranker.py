"""The learned ranker: features to an order, and the order to how sure each link is.

Two forests, grown by `backend/training/linking.py`. The first orders a need's candidates (LambdaMART: Burges, 2010).
Its scores say which of two is better, not whether either is right; so the second, a classifier, looks at the same
features and at how a candidate stands in the order, and says how likely an editor would have linked it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from backstory.retrieval.candidates import Floats
from backstory.retrieval.scores import ranks
from backstory.retrieval.trees import Forest, read_forest

_JUDGE_SHARE = 0.5  # .25 to 2 do the same within .002
_LARGEST = 30.0  # log-odds beyond which a probability no longer changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Orders candidates (`order`) and judges them (`judge`); from `page` and `claim` on a link is shown by default."""

    order: Forest
    judge: Forest
    page: float
    claim: float

    def rank(self, found: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """A need's candidates by their features: what orders them (higher is better), and each one's log-odds."""
        score = self.order.score(found)
        odds = self.judge.score({**found, **standing(score)})
        return agreed(score, odds), odds


def agreed(score: Floats, odds: Floats) -> Floats:
    """What both forests make of the order; on the development sets' later halves .004 nDCG@10 above the first alone."""
    return score + _JUDGE_SHARE * odds


def standing(score: Floats) -> dict[str, Floats]:
    """How each candidate stands in an order: its score, its rank, how far behind the best and before the next."""
    descending = np.sort(np.append(score, score.min()))[::-1]
    place = ranks(score)
    return {
        "order": score,
        "order_rank": np.log1p(place),
        "order_behind": score - descending[0],
        "order_lead": score - descending[np.minimum(place.astype(int) + 1, score.size)],
        "order_field": np.full(score.size, descending[: min(10, score.size)].mean()),
    }


def logistic(log_odds: Floats) -> Floats:
    """Log-odds to probabilities."""
    found: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -_LARGEST, _LARGEST)))
    return found


@cache
def shipped() -> Ranker:
    """The ranker that comes with the package."""
    text = resources.files("backstory").joinpath("data", "retrieval", "ranker.json").read_text("utf-8")
    return read_ranker(text)


def read_ranker(text: str) -> Ranker:
    """A ranker from its stored form (JSON)."""
    stored = json.loads(text)
    return Ranker(
        order=read_forest(stored["order"]),
        judge=read_forest(stored["judge"]),
        page=stored["shown from"]["page"],
        claim=stored["shown from"]["claim"],
    )
