"""Answers to evidence: each claim's earlier coverage and the page's background, or silence and its reason."""

from collections.abc import Sequence

import numpy as np

from backstory.model import Abstention, Background, Evidence, LinkedClaim, Ranking
from backstory.retrieval.candidates import Candidates, Floats, gather
from backstory.retrieval.confidence import CLAIM_THRESHOLD, PAGE_THRESHOLD, claim_confidence, page_confidence
from backstory.retrieval.copies import collapse
from backstory.retrieval.likeness import Likeness, compare
from backstory.retrieval.needs import Need
from backstory.retrieval.plan import Plan
from backstory.retrieval.reasons import reasons
from backstory.retrieval.relation import relate
from backstory.retrieval.terms import fold

PAGE_FACTOR = 5  # a page shows this many times what a claim shows


def link(plan: Plan, rankings: Sequence[Ranking]) -> tuple[tuple[LinkedClaim, ...], Background]:
    """The earlier coverage of each claim and of the page, from the archive's answers to `plan.queries`, in order."""
    brief = plan.brief
    candidates = gather(plan, rankings)
    offset = len(brief.needs) - len(brief.claims)
    if not candidates.urls:
        nothing = tuple(
            LinkedClaim(claim=claim, abstained=_silence(brief.needs[offset + number], candidates))
            for number, claim in enumerate(brief.claims)
        )
        return nothing, Background()
    likeness = compare(plan, candidates)
    linked = []
    for number, claim in enumerate(brief.claims):
        need = offset + number
        evidence = _evidence(plan, candidates, likeness, need, claim_confidence(plan, candidates, likeness, need))
        silence = None if evidence else _silence(brief.needs[need], candidates)
        linked.append(LinkedClaim(claim=claim, evidence=evidence, abstained=silence))
    confidence = page_confidence(plan, candidates, likeness)
    return tuple(linked), Background(evidence=_evidence(plan, candidates, likeness, 0, confidence))


def _evidence(
    plan: Plan, candidates: Candidates, likeness: Likeness, need: int, confidence: Floats
) -> tuple[Evidence, ...]:
    """What is sure enough, best first, copies counted with the earliest of them."""
    options = plan.brief.options
    is_page = need == 0
    default = PAGE_THRESHOLD if is_page else CLAIM_THRESHOLD
    least = default if options.min_confidence is None else options.min_confidence
    limit = options.limit * (PAGE_FACTOR if is_page else 1)
    order = [int(article) for article in np.argsort(-confidence, kind="stable") if confidence[article] >= least]
    if options.exclude_own_outlet:
        own = fold(plan.brief.article.publisher)
        order = [article for article in order if _publisher(candidates, article) != own]
    shown = collapse(candidates, order, limit)
    return tuple(
        Evidence(
            passage=candidates.passages[likeness.passage[need, article]],
            relation=relate(plan, candidates, need, article),
            confidence=round(float(confidence[article]), 3),
            copies=copies,
            because=reasons(plan, candidates, need, int(likeness.passage[need, article])),
        )
        for article, copies in shown
    )


def _publisher(candidates: Candidates, article: int) -> str:
    return fold(candidates.opening(article).publisher)


def _silence(need: Need, candidates: Candidates) -> Abstention:
    """Why nothing is shown with a claim."""
    if need.outlet and not need.outlet_held:
        return "outlet-not-in-archive"
    days = [passage.published.day for passage in candidates.passages]
    if need.windows and not any(window.holds(day) for window in need.windows for day in days):
        return "nothing-in-window"
    return "below-threshold"
