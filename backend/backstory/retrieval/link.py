"""Answers to evidence: each claim's earlier coverage and the page's background, or silence and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstory.model import Abstention, Background, Evidence, LinkedClaim, Ranking
from backstory.retrieval.candidates import Candidates, Floats, Integers, gather
from backstory.retrieval.copies import collapse
from backstory.retrieval.features import features, look
from backstory.retrieval.needs import Need
from backstory.retrieval.plan import Plan
from backstory.retrieval.ranker import Ranker, logistic, shipped
from backstory.retrieval.reasons import tie
from backstory.retrieval.terms import fold
from backstory.retrieval.weighing import stated

PAGE_FACTOR = 5  # a page shows this many times what a claim shows
PAGE = 0  # the page's own need comes first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A need's candidates, best first, and how sure each is; `passage` is each one's best."""

    candidates: Candidates
    order: Integers
    confidence: Floats
    passage: Integers


def link(
    plan: Plan, rankings: Sequence[Ranking], ranker: Ranker | None = None
) -> tuple[tuple[LinkedClaim, ...], Background]:
    """The earlier coverage of each claim and of the page, from the archive's answers to `plan.queries`, in order."""
    ranker = ranker or shipped()
    brief = plan.brief
    candidates = gather(plan, rankings)
    offset = len(brief.needs) - len(brief.claims)
    linked = []
    for number, claim in enumerate(brief.claims, start=offset):
        evidence = _evidence(plan, candidates, number, ranker)
        silence = None if evidence else _silence(brief.needs[number], candidates)
        linked.append(LinkedClaim(claim=claim, evidence=evidence, abstained=silence))
    return tuple(linked), Background(evidence=_evidence(plan, candidates, PAGE, ranker))


def answering(plan: Plan, candidates: Candidates, need: int) -> Candidates:
    """The candidates of one need: what answered its own queries; the page's are its paragraphs' too."""
    count = len(plan.brief.needs) - len(plan.brief.claims)
    rows = [row for row, ask in enumerate(plan.asks) if ask.need == need or (need == PAGE and ask.need < count)]
    return candidates.of(np.flatnonzero(candidates.ranks[rows].any(axis=0)))


def _evidence(plan: Plan, candidates: Candidates, need: int, ranker: Ranker) -> tuple[Evidence, ...]:
    """What is sure enough, best first, copies counted with the earliest of them."""
    ranked = _rank(plan, answering(plan, candidates, need), need, ranker)
    if ranked is None:
        return ()
    options, found = plan.brief.options, ranked.candidates
    is_page = need == PAGE
    default = ranker.page if is_page else ranker.claim
    least = default if options.min_confidence is None else options.min_confidence
    order = [int(article) for article in ranked.order if ranked.confidence[article] >= least]
    if options.exclude_own_outlet:
        own = fold(plan.brief.article.publisher)
        order = [article for article in order if fold(found.opening(article).publisher) != own]
    shown = collapse(found, order, options.limit * (PAGE_FACTOR if is_page else 1))
    evidence = tuple(_shown(plan, ranked, need, article, copies) for article, copies in shown)
    return evidence if is_page else _first(evidence)


def _shown(plan: Plan, ranked: _Ranked, need: int, article: int, copies: int) -> Evidence:
    passage = ranked.candidates.passages[ranked.passage[article]]
    found = tie(plan, need, passage)
    return Evidence(
        passage=passage,
        relation=found.relation,
        confidence=round(float(ranked.confidence[article]), 3),
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


def _rank(plan: Plan, candidates: Candidates, need: int, ranker: Ranker) -> _Ranked | None:
    if not candidates.urls:
        return None
    view = look(plan, candidates, need)
    found = features(view)
    score, odds = ranker.rank(found)
    if need != PAGE:
        odds += stated(view, found)
        score = odds
    return _Ranked(
        candidates=candidates,
        order=np.argsort(-score, kind="stable"),
        confidence=logistic(odds),
        passage=view.best_passage,
    )


def _silence(need: Need, candidates: Candidates) -> Abstention:
    """Why nothing is shown with a claim."""
    if need.outlet and not need.outlet_held:
        return "outlet-not-in-archive"
    days = {passage.published.day for passage in candidates.passages}
    if need.windows and not any(window.holds(day) for window in need.windows for day in days):
        return "nothing-in-window"
    return "below-threshold"
