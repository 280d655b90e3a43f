"""What a report is to a claim, and why it is shown: facts, each as the words here and the words there."""

from collections.abc import Iterable
from dataclasses import dataclass

from backstory.model import Claim, Passage, Reason, ReasonKind, Relation
from backstory.retrieval.figures import differing, figures
from backstory.retrieval.needs import Need
from backstory.retrieval.plan import Plan
from backstory.retrieval.quotes import shared_words
from backstory.retrieval.scores import OWN
from backstory.retrieval.terms import fold
from backstory.retrieval.window import window_of
from backstory.retrieval.wording import Word, read_words, within

MAX_WORDS = 5  # shared words or names named as reasons, those that tell most


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a report to a claim (or to the whole page): what it is to it, and why."""

    relation: Relation
    because: tuple[Reason, ...]


def tie(plan: Plan, number: int, passage: Passage) -> Tie:
    """The tie between a need, by its number in the brief, and a passage."""
    brief = plan.brief
    need = brief.needs[number]
    place = number - (len(brief.needs) - len(brief.claims))
    claim = brief.claims[place] if place >= 0 else None
    here = (*brief.headline, *brief.body) if claim is None else tuple(within(brief.body, claim.span))
    there = read_words(passage.text, passage.language)
    shared = _shared(plan, need, here, there)
    if claim is None:
        return Tie("background", shared)
    when, outlet, quote = _when(plan, claim, passage), _outlet(need, passage), _quote(plan, need, claim, passage)
    figure = _figure(here, there)
    return Tie(_relation(need, when, quote, figure), (*when, *quote, *outlet, *figure, *shared))


def _relation(need: Need, when: tuple[Reason, ...], quote: tuple[Reason, ...], figure: tuple[Reason, ...]) -> Relation:
    """The most telling of what can be said; what lies outside the claim's days is only background."""
    if quote:
        return "same-quote"
    if need.windows and not when:
        return "background"
    return "earlier-figure" if figure else "same-event"


def _when(plan: Plan, claim: Claim, passage: Passage) -> tuple[Reason, ...]:
    """The words that name the days in which the report was published."""
    day = passage.published.day
    for time in claim.times:
        window = window_of(time, plan.brief.published)
        if window is not None and window.holds(day):
            said = time.span.of(plan.brief.article.text)
            return (Reason("time", said, f"{day.day} {day:%B} {day.year}"),)
    return ()


def _outlet(need: Need, passage: Passage) -> tuple[Reason, ...]:
    if not need.outlet or fold(passage.publisher) != need.outlet:
        return ()
    return (Reason("outlet", need.outlet_name, passage.publisher),)


def _quote(plan: Plan, need: Need, claim: Claim, passage: Passage) -> tuple[Reason, ...]:
    if not need.quote or claim.attribution is None:
        return ()
    said = shared_words(need.quote, passage)
    return (Reason("quote", claim.attribution.content.of(plan.brief.article.text), said),) if said else ()


def _figure(here: tuple[Word, ...], there: tuple[Word, ...]) -> tuple[Reason, ...]:
    found = differing(figures(here), figures(there))
    return () if found is None else (Reason("number", found[0].text, found[1].text),)


def _shared(plan: Plan, need: Need, here: Iterable[Word], there: Iterable[Word]) -> tuple[Reason, ...]:
    """The words that both have, those that tell most first."""
    known = {stem: word for word in there for stem in word.stems}
    said = {stem: word for word in here for stem in word.stems if need.weights.get(stem, 0.0) > OWN}
    both = sorted(said.keys() & known.keys(), key=lambda stem: (-need.weights[stem] * plan.rarity[stem], stem))
    pairs = dict.fromkeys((said[stem], known[stem]) for stem in both)
    return tuple(Reason(_kind(*pair), pair[0].text, pair[1].text) for pair in list(pairs)[:MAX_WORDS])


def _kind(here: Word, there: Word) -> ReasonKind:
    if here.is_number:
        return "number"
    return "entity" if here.is_name and there.is_name else "term"
