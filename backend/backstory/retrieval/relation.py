"""How a report bears on a claim, in one word: never whether either is right."""

from backstory.model import Relation
from backstory.retrieval.candidates import Candidates
from backstory.retrieval.plan import Plan

SAME_QUOTE = 5  # words in a row that are hardly said twice by chance


def relate(plan: Plan, candidates: Candidates, need: int, article: int) -> Relation:
    """What a report is to a need."""
    wanted = plan.brief.needs[need]
    if wanted.kind == "page":
        return "background"
    if wanted.quote and any(_quotes(wanted.quote, candidates.spoken[number]) for number in candidates.own(article)):
        return "same-quote"
    day = candidates.opening(article).published.day
    if any(window.holds(day) for window in wanted.windows):
        return "first-report"
    if wanted.windows:
        return "background"
    return "same-event"


def _quotes(quote: tuple[str, ...], spoken: tuple[str, ...]) -> bool:
    told = frozenset(quote)
    row = 0
    for word in spoken:
        row = row + 1 if word in told else 0
        if row >= SAME_QUOTE:
            return True
    return False
