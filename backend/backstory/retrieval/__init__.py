"""Claim → Query; rankings → evidence: what had been reported before, or silence.

brief(article, published, claims, …) → Brief        what the page looks for; `brief.words`
plan(brief, frequencies) → Plan                     how rare those words are; `plan.queries`
link(plan, rankings) → linked claims, background    the archive's answers, one for each query

Where there is an embedder, it is asked for `texts(plan)`, and `with_meaning(plan, …)` takes in what it answers.
"""

from backstory.retrieval.link import link
from backstory.retrieval.meaning import MEANING_LIMIT, texts, with_meaning
from backstory.retrieval.needs import Brief, brief
from backstory.retrieval.plan import Plan, plan
from backstory.retrieval.ranker import Ranker

__all__ = ["MEANING_LIMIT", "Brief", "Plan", "Ranker", "brief", "link", "plan", "texts", "with_meaning"]
