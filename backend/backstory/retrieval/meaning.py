"""What a page means, asked of an embedder where there is one: further candidates, and a feature of all of them.

The ranker is grown without an embedder, so that it is excellent without; what a cosine tells is weighed on top. How
near is near differs from model to model, so a candidate is measured against the others of its need: by how many
standard deviations its best passage lies nearer than theirs.
"""

from dataclasses import replace

import numpy as np

from backstory.model import Nearness, Query
from backstory.retrieval.counts import Floats
from backstory.retrieval.plan import Ask, Plan
from backstory.retrieval.scores import View

MEANING_LIMIT = 20  # passages that a need asks for
PAGE_CHARACTERS = 1_500  # of a page's beginning: what models read is as long
ORDER = 1.2  # of the order's score, for each standard deviation; measured in docs/linking.md
ODDS = 0.15  # log-odds, for each; cautious, being unmeasured
_LEAST_SPREAD = 0.01  # cosines nearer to one another than this tell nothing


def texts(plan: Plan) -> tuple[str, ...]:
    """What is asked for each linked need: how the page begins, and each claim as it stands."""
    article = plan.brief.article
    beginning = f"{article.headline}\n{article.body}".strip()[:PAGE_CHARACTERS]
    return (beginning, *(claim.text for claim in plan.brief.claims))


def with_meaning(plan: Plan, near: Nearness) -> Plan:
    """The plan with what the embedder was asked, as if it were further queries; their answers are `near.rankings`."""
    asks = tuple(Ask(Query(terms=()), number, "meaning") for number in plan.brief.linked)
    return replace(plan, asks=plan.asks + asks, near=near)


def nearness(view: View) -> Floats:
    """How much nearer each candidate is than others of its need, in standard deviations; 0 without an embedder."""
    near = view.plan.near
    if near is None:
        return np.zeros(view.there.shape, np.float32)
    found = view.table(_cosines(view, near))
    known = view.there & (found != 0)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    mean = np.where(known, found, 0).sum(axis=1, keepdims=True) / count
    spread = np.sqrt((np.where(known, found - mean, 0) ** 2).sum(axis=1, keepdims=True) / count)
    return np.where(known, (found - mean) / np.maximum(spread, _LEAST_SPREAD), 0).astype(np.float32)


def _cosines(view: View, near: Nearness) -> Floats:
    """The best of each article's passages (articles x needs); 0 where none has a vector."""
    places = range(len(view.numbers))
    rows = [[near.cosines.get((place, each.id), 0.0) for place in places] for each in view.candidates.passages]
    return view.candidates.best(np.array(rows, np.float32))
