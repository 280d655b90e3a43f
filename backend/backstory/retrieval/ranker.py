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
from numpy.typing import NDArray

from backstory.retrieval.correction import Correction, read_correction
from backstory.retrieval.counts import Floats
from backstory.retrieval.scores import ranks
from backstory.retrieval.trees import Forest, read_forest

_JUDGE_SHARE = 0.5  # .25 to 2 do the same within .002
_FIELD = 10  # candidates whose scores say how well a need is answered at all
_LARGEST = 30.0  # log-odds beyond which a probability no longer changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Orders candidates (`order`) and judges them (`judge`); from `page` and `claim` on a link is shown by default.

    `corrections` are of the page's own order, one upon the other: the one grown with the forests, and what the owner's
    archive taught, if anything.
    """

    order: Forest
    judge: Forest
    page: float
    claim: float
    corrections: tuple[Correction, ...] = ()

    def rank(self, found: Mapping[str, Floats], there: NDArray[np.bool]) -> tuple[Floats, Floats]:
        """Needs' candidates by their features: what orders them (higher is better), and each one's log-odds.

        All are tables with a row for each need, the page's first, and hold nothing of use where no candidate is
        `there`.
        """
        score = self.order.score(found, there)
        odds = self.judge.score({**found, **standing(score, there)}, there)
        if self.corrections:
            page = {name: table[:1] for name, table in found.items()}
            for correction in self.corrections:
                score[:1] = correction.apply(page, score[:1])
        return agreed(score, odds), odds


def agreed(score: Floats, odds: Floats) -> Floats:
    """What both forests make of the order; on the development sets' later halves .004 nDCG@10 above the first alone."""
    return score + _JUDGE_SHARE * odds


def standing(score: Floats, there: NDArray[np.bool]) -> dict[str, Floats]:
    """How a candidate stands in its need's order: its score, its rank, how far behind the best and before the next."""
    last = np.where(there, score, np.inf).min(axis=1, keepdims=True)
    descending = np.sort(np.append(np.where(there, score, last), last, axis=1), axis=1)[:, ::-1]
    place = ranks(score, there)
    following = np.take_along_axis(descending, place.astype(np.intp) + 1, axis=1)
    field = np.minimum(there.sum(axis=1), _FIELD)
    best = np.where(np.arange(descending.shape[1]) < field[:, None], descending, 0).sum(axis=1)
    return {
        "order": score,
        "order_rank": np.log1p(place),
        "order_behind": score - descending[:, :1],
        "order_lead": score - following,
        "order_field": np.broadcast_to((best / np.maximum(field, 1))[:, None], score.shape),
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
        corrections=tuple(
            read_correction(said, stored["order"]["features"]) for said in filter(None, [stored.get("correction")])
        ),
    )
