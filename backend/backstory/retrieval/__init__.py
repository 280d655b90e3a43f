"""Claim → Query; rankings → evidence: what had been reported before, or silence.

brief(article, published, claims, …) → Brief        what the page looks for; `brief.words`
plan(brief, frequencies) → Plan                     how rare those words are; `plan.queries`
link(plan, rankings) → linked claims, background    the archive's answers, one for each query
"""

from backstory.retrieval.link import link
from backstory.retrieval.needs import Brief, brief
from backstory.retrieval.plan import Plan, plan

__all__ = ["Brief", "Plan", "brief", "link", "plan"]
