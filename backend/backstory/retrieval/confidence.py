"""How sure a link is, from 0 to 1."""

import numpy as np

from backstory.retrieval.candidates import Candidates, Floats
from backstory.retrieval.likeness import Likeness
from backstory.retrieval.plan import Plan

CLAIM_THRESHOLD = 0.7
PAGE_THRESHOLD = 0.6


def claim_confidence(plan: Plan, candidates: Candidates, likeness: Likeness, need: int) -> Floats:
    """How sure it is that each candidate bears on a claim."""
    wanted = plan.brief.needs[need]
    share = likeness.share[need]
    days = [candidates.opening(article).published.day for article in range(len(candidates.urls))]
    inside = np.array([any(window.holds(day) for window in wanted.windows) for day in days], np.float32)
    return _logistic(-9.0 + 11.0 * share + (4.0 * inside - 1.0 if wanted.windows else 0.0))


def page_confidence(plan: Plan, candidates: Candidates, likeness: Likeness) -> Floats:
    """How sure it is that each candidate belongs beside the page."""
    day = plan.brief.published.day
    days = (candidates.opening(article).published.day for article in range(len(candidates.urls)))
    ages = np.array([(day - other).days for other in days], np.float32)
    recency = 1 + 0.5 / np.log2(2 + np.maximum(ages, 0) / 30.4)
    score = (likeness.best[0] + 0.25 * likeness.headline[0]) * recency
    return _logistic(-6.0 + 5.0 * score / max(float(score.max()), 1e-6) + 2.0 * likeness.share[0])


def _logistic(score: Floats) -> Floats:
    return (1 / (1 + np.exp(-score))).astype(np.float32)
