"""Why a report is shown: the facts that tie it to a claim, as the words here and the words there."""

from backstory.model import Interval, Passage, Reason, ReasonKind
from backstory.retrieval.candidates import Candidates
from backstory.retrieval.plan import Plan
from backstory.retrieval.wording import Word, read_words

OWN_WEIGHT = 0.25  # weight in a need; what counts less is only the page around a claim
MAX_WORDS = 5  # shared words or names named as reasons, the rarest of them


def reasons(plan: Plan, candidates: Candidates, need: int, number: int) -> tuple[Reason, ...]:
    """What a need and a passage share, strongest first."""
    wanted = plan.brief.needs[need]
    passage = candidates.passages[number]
    there = {stem: word for word in read_words(passage.text, passage.language) for stem in word.stems}
    here = {stem: word for word in (*plan.brief.headline, *plan.brief.body) for stem in word.stems}
    weighed = {
        stem: wanted.weights[stem] * plan.rarity.get(stem, 0.0)
        for stem in there
        if stem in here and wanted.weights.get(stem, 0.0) > OWN_WEIGHT
    }
    shared = sorted(weighed, key=lambda stem: (-weighed[stem], stem))[:MAX_WORDS]
    return (*_when(wanted.windows, passage), *(_word(here[stem], there[stem]) for stem in shared))


def _when(windows: tuple[Interval, ...], passage: Passage) -> tuple[Reason, ...]:
    day = passage.published.day
    inside = next((window for window in windows if window.holds(day)), None)
    if inside is None:
        return ()
    return (Reason("time", f"{inside.start}..{inside.end}", str(day)),)


def _word(here: Word, there: Word) -> Reason:
    kind: ReasonKind = "number" if here.is_number else "entity" if here.is_name and there.is_name else "term"
    return Reason(kind, here.text, there.text)
