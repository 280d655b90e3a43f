"""Needs to queries: which words to ask for, where, and how many of each page's hits are wanted.

All of a page's queries go out in one call. Words are chosen by weight times rarity, since a rare word costs an engine
little and tells much. What is preferred (a window, an outlet) is asked beside the whole archive, never instead of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstory.model import Frequencies, Interval, Query, Term
from backstory.retrieval.needs import Brief, Need
from backstory.retrieval.rarity import rarity
from backstory.retrieval.window import MAX_WINDOWS

PAGE_TERMS = 40
RECENT_TERMS = 24
CLAIM_TERMS = 12
PAGE_LIMIT = 120
RECENT_LIMIT = 50
HEADLINE_LIMIT = 30
WINDOW_LIMIT = 30
PARAGRAPH_LIMIT = 24
CLAIM_LIMIT = 12
RECENT_DAYS = (7, 30, 120, 400, 1200)  # running stories; what is recent differs from archive to archive

Role = Literal["archive", "recent", "headline", "paragraph", "window", "outlet", "quote"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A query, the need it serves (its index) and in which role."""

    query: Query
    need: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All queries of a page, and what is needed to read the answers."""

    brief: Brief
    frequencies: Frequencies
    rarity: dict[str, float]
    asks: tuple[Ask, ...]

    @property
    def queries(self) -> tuple[Query, ...]:
        """What to ask the archive, in the order in which `link` expects the answers."""
        return tuple(ask.query for ask in self.asks)


def plan(brief: Brief, frequencies: Frequencies) -> Plan:
    """What to ask the archive for a page's needs."""
    rarities = {word: rarity(frequencies, word) for word in brief.words}
    asks = tuple(
        Ask(query, number, role)
        for number, need in enumerate(brief.needs)
        for role, query in _ASKED[need.kind](brief, need, rarities)
        if query.terms
    )
    return Plan(brief=brief, frequencies=frequencies, rarity=rarities, asks=asks)


def _page(brief: Brief, need: Need, rarities: dict[str, float]) -> Iterable[tuple[Role, Query]]:
    terms = _terms(need, rarities, PAGE_TERMS)
    yield "archive", _query(brief, terms, PAGE_LIMIT)
    for days in RECENT_DAYS:
        yield "recent", _query(brief, terms[:RECENT_TERMS], RECENT_LIMIT, window=_last(days, brief.published.day))
    for window in need.windows[:MAX_WINDOWS]:
        yield "window", _query(brief, terms[:RECENT_TERMS], WINDOW_LIMIT, window=window)
    headline = Need(kind="page", weights={stem: 1.0 for word in brief.headline for stem in word.stems})
    yield "headline", _query(brief, _terms(headline, rarities, CLAIM_TERMS), HEADLINE_LIMIT)


def _last(days: int, day: date) -> Interval:
    return Interval(date.fromordinal(max(1, day.toordinal() - days)), day)


def _paragraph(brief: Brief, need: Need, rarities: dict[str, float]) -> Iterable[tuple[Role, Query]]:
    yield "paragraph", _query(brief, _terms(need, rarities, CLAIM_TERMS), PARAGRAPH_LIMIT)


def _claim(brief: Brief, need: Need, rarities: dict[str, float]) -> Iterable[tuple[Role, Query]]:
    terms = _terms(need, rarities, CLAIM_TERMS)
    yield "archive", _query(brief, terms, CLAIM_LIMIT)
    for window in need.windows:
        yield "window", _query(brief, terms, CLAIM_LIMIT, window=window)
    if need.outlet_held:
        yield "outlet", _query(brief, terms, CLAIM_LIMIT, publishers=(need.outlet,))
    if need.quote:
        quoted = Need(kind="claim", weights=dict.fromkeys(need.quote, 1.0))
        yield "quote", _query(brief, _terms(quoted, rarities, CLAIM_TERMS), CLAIM_LIMIT)


_ASKED: dict[str, Callable[[Brief, Need, dict[str, float]], Iterable[tuple[Role, Query]]]] = {
    "page": _page,
    "paragraph": _paragraph,
    "claim": _claim,
}


def _terms(need: Need, rarities: dict[str, float], most: int) -> tuple[Term, ...]:
    """The words that count most, those the archive does not hold left out."""
    scored = ((weight * rarities.get(word, 0.0), word) for word, weight in need.weights.items())
    best = sorted(((score, word) for score, word in scored if score > 0.0), key=lambda pair: (-pair[0], pair[1]))
    return tuple(Term(word, need.weights[word]) for _, word in best[:most])


def _query(
    brief: Brief,
    terms: tuple[Term, ...],
    limit: int,
    *,
    window: Interval | None = None,
    publishers: tuple[str, ...] = (),
) -> Query:
    return Query(
        terms=terms,
        window=window,
        publishers=publishers,
        before=brief.published,
        without=(brief.article.url,),
        limit=limit,
    )
