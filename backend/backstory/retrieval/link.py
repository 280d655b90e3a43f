"""Answers to evidence: each claim's earlier coverage and the page's background, or silence and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstory.model import Abstention, Background, Evidence, LinkedClaim, Ranking
from backstory.retrieval.candidates import Candidates, gather
from backstory.retrieval.copies import collapse
from backstory.retrieval.counts import Floats
from backstory.retrieval.features import features, look
from backstory.retrieval.meaning import ODDS, ORDER, nearness
from backstory.retrieval.needs import Need
from backstory.retrieval.plan import Plan
from backstory.retrieval.ranker import Ranker, logistic, shipped
from backstory.retrieval.reasons import tie
from backstory.retrieval.scores import View
from backstory.retrieval.terms import fold
from backstory.retrieval.weighing import stated

PAGE_FACTOR = 5  # a page shows this many times what a claim shows
PAGE = 0  # the page's own need comes first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """All needs with their candidates: what orders them (higher is better), and how sure each is."""

    view: View
    order: Floats
    confidence: Floats


def link(
    plan: Plan, rankings: Sequence[Ranking], ranker: Ranker | None = None
) -> tuple[tuple[LinkedClaim, ...], Background]:
    """The earlier coverage of each claim and of the page, from the archive's answers to `plan.queries`, in order."""
    ranker = ranker or shipped()
    brief = plan.brief
    candidates = gather(plan, (*rankings, *(plan.near.rankings if plan.near else ())))
    ranked = None if candidates is None else _rank(plan, candidates, ranker)
    background, *evidence = (_evidence(ranked, row, ranker) for row in range(1 + len(brief.claims)))
    needs = brief.needs[brief.first_claim :]
    linked = tuple(
        LinkedClaim(claim=claim, evidence=found, abstained=None if found else _silence(need, candidates))
        for claim, need, found in zip(brief.claims, needs, evidence, strict=True)
    )
    return linked, Background(evidence=background)


def _rank(plan: Plan, candidates: Candidates, ranker: Ranker) -> _Ranked:
    view = look(plan, candidates, plan.brief.linked)
    found = features(view)
    order, odds = ranker.rank(found, view.there)
    nearer = nearness(view)
    order, odds = order + ORDER * nearer, odds + ODDS * nearer
    odds[1:] += stated(view, found)[1:]
    order[1:] = odds[1:]
    return _Ranked(view=view, order=order, confidence=logistic(odds))


def _evidence(ranked: _Ranked | None, row: int, ranker: Ranker) -> tuple[Evidence, ...]:
    """What is sure enough for a need, best first, copies counted with the earliest of them."""
    if ranked is None:
        return ()
    view = ranked.view
    options, found = view.brief.options, view.candidates
    is_page = view.numbers[row] == PAGE
    default = ranker.page if is_page else ranker.claim
    least = default if options.min_confidence is None else options.min_confidence
    sure = {
        int(view.articles[row, place]): float(ranked.confidence[row, place])
        for place in np.argsort(-ranked.order[row, : view.sizes[row]], kind="stable")
        if ranked.confidence[row, place] >= least
    }
    order = list(sure)
    if options.exclude_own_outlet:
        own = fold(view.brief.article.publisher)
        order = [article for article in order if fold(found.opening(article).publisher) != own]
    shown = collapse(found, order, options.limit * (PAGE_FACTOR if is_page else 1))
    evidence = tuple(_shown(view, row, article, sure[article], copies) for article, copies in shown)
    return evidence if is_page else _first(evidence)


def _shown(view: View, row: int, article: int, confidence: float, copies: int) -> Evidence:
    passage = view.candidates.passages[view.best_passage(row, article)]
    found = tie(view.plan, view.numbers[row], passage)
    return Evidence(
        passage=passage,
        relation=found.relation,
        confidence=round(confidence, 3),
        copies=copies,
        because=found.because,
    )


def _first(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The earliest of what reports a claim's event is its first report."""
    same = [each for each in evidence if each.relation == "same-event"]
    if not same:
        return evidence
    earliest = min(same, key=lambda each: (each.passage.published.day, each.passage.url))
    return tuple(replace(each, relation="first-report") if each is earliest else each for each in evidence)


def _silence(need: Need, candidates: Candidates | None) -> Abstention:
    """Why nothing is shown with a claim."""
    if need.outlet and not need.outlet_held:
        return "outlet-not-in-archive"
    days = {passage.published.day for passage in candidates.passages} if candidates else set()
    if need.windows and not any(window.holds(day) for window in need.windows for day in days):
        return "nothing-in-window"
    return "below-threshold"
