"""Needs to queries: which words to ask for, where, and how many of each page's hits are wanted.

All of a page's queries go out in one call. Words are chosen by weight times rarity, since a rare word costs an engine
little and tells much; and what is asked of the whole archive leaves out what too many passages hold, so that its time
stays bounded as the archive grows. What is preferred (a window, an outlet) is asked beside the whole archive, never
instead of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Literal

from backstory.model import Frequencies, Interval, Nearness, Query, Term
from backstory.retrieval.needs import Brief, Need
from backstory.retrieval.rarity import rarity
from backstory.retrieval.window import MAX_WINDOWS

PAGE_TERMS = 40
RECENT_TERMS = 24
CLAIM_TERMS = 12
PAGE_POSTINGS = 120_000  # passages that hold a query's words, each word's counted for itself
CLAIM_POSTINGS = 30_000
LEAST_TERMS = 4  # asked for however many passages hold them
PAGE_LIMIT = 120
RECENT_LIMIT = 50
HEADLINE_LIMIT = 30
WINDOW_LIMIT = 30
PARAGRAPH_LIMIT = 24
CLAIM_LIMIT = 12
RECENT_DAYS = (7, 30, 120, 400, 1200)  # running stories; what is recent differs from archive to archive

Role = Literal["archive", "recent", "headline", "paragraph", "window", "outlet", "quote", "meaning"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A query, the need it serves (its index) and in which role."""

    query: Query
    need: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All queries of a page, and what is needed to read the answers; `near` is what an embedder answered."""

    brief: Brief
    frequencies: Frequencies
    rarity: dict[str, float]
    asks: tuple[Ask, ...]
    near: Nearness | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """What to ask the archive, in the order in which `link` expects the answers."""
        return tuple(ask.query for ask in self.asks if ask.role != "meaning")


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive tells of a page's words: how rare each is, and how many passages hold it."""

    rarity: dict[str, float]
    held: Mapping[str, int]


def plan(brief: Brief, frequencies: Frequencies) -> Plan:
    """What to ask the archive for a page's needs."""
    known = Known({word: rarity(frequencies, word) for word in brief.words}, frequencies.of)
    asks = tuple(
        Ask(query, number, role)
        for number, need in enumerate(brief.needs)
        for role, query in _ASKED[need.kind](brief, need, known)
        if query.terms
    )
    return Plan(brief=brief, frequencies=frequencies, rarity=known.rarity, asks=asks)


def _page(brief: Brief, need: Need, known: Known) -> Iterable[tuple[Role, Query]]:
    terms = _fitting(_terms(need, known, PAGE_TERMS), known, PAGE_POSTINGS)
    yield "archive", _query(brief, terms, PAGE_LIMIT)
    for days in RECENT_DAYS:
        yield "recent", _query(brief, terms[:RECENT_TERMS], RECENT_LIMIT, window=_last(days, brief.published.day))
    for window in need.windows[:MAX_WINDOWS]:
        yield "window", _query(brief, terms[:RECENT_TERMS], WINDOW_LIMIT, window=window)
    headline = Need(kind="page", weights={stem: 1.0 for word in brief.headline for stem in word.stems})
    yield "headline", _query(brief, _terms(headline, known, CLAIM_TERMS), HEADLINE_LIMIT)


def _last(days: int, day: date) -> Interval:
    return Interval(date.fromordinal(max(1, day.toordinal() - days)), day)


def _paragraph(brief: Brief, need: Need, known: Known) -> Iterable[tuple[Role, Query]]:
    terms = _fitting(_terms(need, known, CLAIM_TERMS), known, CLAIM_POSTINGS)
    yield "paragraph", _query(brief, terms, PARAGRAPH_LIMIT)


def _claim(brief: Brief, need: Need, known: Known) -> Iterable[tuple[Role, Query]]:
    terms = _terms(need, known, CLAIM_TERMS)
    yield "archive", _query(brief, _fitting(terms, known, CLAIM_POSTINGS), CLAIM_LIMIT)
    for window in need.windows:
        yield "window", _query(brief, terms, CLAIM_LIMIT, window=window)
    if need.outlet_held:
        yield "outlet", _query(brief, terms, CLAIM_LIMIT, publishers=(need.outlet,))
    if need.quote:
        quoted = Need(kind="claim", weights=dict.fromkeys(need.quote, 1.0))
        yield "quote", _query(brief, _fitting(_terms(quoted, known, CLAIM_TERMS), known, CLAIM_POSTINGS), CLAIM_LIMIT)


_ASKED: dict[str, Callable[[Brief, Need, Known], Iterable[tuple[Role, Query]]]] = {
    "page": _page,
    "paragraph": _paragraph,
    "claim": _claim,
}


def _terms(need: Need, known: Known, most: int) -> tuple[Term, ...]:
    """The words that count most, those the archive does not hold left out."""
    weights = need.weights
    best = nsmallest(most, [(-weight * known.rarity.get(word, 0.0), word) for word, weight in weights.items()])
    return tuple(Term(word, weights[word]) for score, word in best if score < 0)


def _fitting(terms: tuple[Term, ...], known: Known, postings: int) -> tuple[Term, ...]:
    """The words that count most and those of the others that so many passages leave room for."""
    found: list[Term] = []
    for term in terms:
        held = known.held.get(term.word, 0)
        if len(found) < LEAST_TERMS or held <= postings:
            found.append(term)
            postings -= held
    return tuple(found)


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
