"""Words to archived articles: the search that people ask for, as against the one that a claim asks."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from backstory.model import Hit, Interval, Passage, Publication, Query, Term
from backstory.ports import Archive
from backstory.retrieval.copies import CONTAINED, MAX_DAYS, MIN_RUNS, RUN
from backstory.retrieval.terms import fold, is_common, words
from backstory.web.fields import Fields, day, whole

_LIMIT, _LIMIT_MOST = 20, 100  # articles in an answer
_COPIES_ROOM = 4  # articles fetched for each one shown, since a report may have copies
_WORDS_MOST = 64  # of a search; more is an article
_Q_LIMIT = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Report:
    """What several outlets may have carried, as the earliest of them has it; `copies` counts the others."""

    hit: Hit
    copies: int


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that answer, best first; `total` counts every article among them, copies included."""

    total: int
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What somebody looks for: published on `after` or later, and before `before`; without words, the newest."""

    q: str = ""
    after: date | None = None
    before: date | None = None
    publisher: str = ""
    limit: int = _LIMIT


def lookup_of(parameters: Mapping[str, str]) -> Lookup:
    """The search that the parameters of an address ask for.

    Raises:
        ProblemError: one of them means nothing.
    """
    fields = Fields(dict(parameters))
    lookup = Lookup(
        q=fields.take("q", _spoken, ""),
        after=fields.take("after", day, None),
        before=fields.take("before", day, None),
        publisher=fields.take("publisher", _spoken, ""),
        limit=fields.take("limit", _limit, _LIMIT),
    )
    fields.close()
    return lookup


def _spoken(value: object) -> str:
    if not isinstance(value, str) or len(value) > _Q_LIMIT:
        raise ValueError(f"words, at most {_Q_LIMIT:,} characters of them")
    return value.strip()


def _limit(value: object) -> int:
    return whole(1, _LIMIT_MOST)(int(value) if isinstance(value, str) and value.isdecimal() else value)


async def search(archive: Archive, lookup: Lookup) -> dict[str, Any]:
    """The articles that answer, best first, copies folded into the earliest: as `GET /api/articles` gives them.

    `total` counts them all, copies included.

    Raises:
        ArchiveUnavailableError: the archive does not answer.
    """
    found = await find_reports(archive, lookup)
    return {"total": found.total, "articles": [_shown(report) for report in found.reports]}


async def find_reports(archive: Archive, lookup: Lookup) -> Reports:
    """The same as nouns.

    Raises:
        ArchiveUnavailableError: the archive does not answer.
    """
    query = _query(lookup)
    if query is None:
        return Reports(0, ())
    found = await archive.find(query)
    known = dict(zip((hit.passage.url for hit in found.hits), found.copies, strict=False))
    reports = await asyncio.to_thread(_collapse, found.hits, lookup.limit)
    # The archive counts those too that the words do not find.
    counted = (replace(report, copies=max(report.copies, known.get(report.hit.passage.url, 0))) for report in reports)
    return Reports(found.total, tuple(counted))


def telling_words(q: str) -> tuple[str, ...]:
    """The words that a search looks for, as the archive spells them: common ones only where there are no others."""
    spelled = tuple(dict.fromkeys(words(q)))[:_WORDS_MOST]
    return tuple(word for word in spelled if not is_common(word)) or spelled


def _query(lookup: Lookup) -> Query | None:
    """The archive's query; None where no article can answer."""
    first, last = lookup.after or date.min, (lookup.before or date.max) - timedelta(days=1)
    telling = telling_words(lookup.q)
    if (lookup.q and not telling) or last < first:
        return None
    dated = lookup.after is not None or lookup.before is not None
    return Query(
        terms=tuple(Term(word) for word in telling),
        window=Interval(first, last) if dated else None,
        publishers=(fold(lookup.publisher),) if lookup.publisher else (),
        limit=lookup.limit * _COPIES_ROOM,
    )


def _collapse(hits: Sequence[Hit], most: int) -> tuple[Report, ...]:
    """Each report once, in the place of its best hit, as the earliest of its copies and with their number."""
    groups: list[tuple[frozenset[tuple[str, ...]], list[Hit]]] = []
    for hit in hits:
        runs = _runs(hit.passage)
        group = next((group for kept, group in groups if _is_copy(kept, runs, group[0], hit)), None)
        if group is None:
            groups.append((runs, [hit]))
        else:
            group.append(hit)
    return tuple(
        Report(min(group, key=lambda hit: hit.passage.published.day), len(group) - 1) for _, group in groups[:most]
    )


def _is_copy(here: frozenset[tuple[str, ...]], there: frozenset[tuple[str, ...]], one: Hit, other: Hit) -> bool:
    days = abs((one.passage.published.day - other.passage.published.day).days)
    shorter = min(len(here), len(there))
    return days <= MAX_DAYS and shorter >= MIN_RUNS and len(here & there) / shorter >= CONTAINED


def _runs(passage: Passage) -> frozenset[tuple[str, ...]]:
    spoken = words(passage.text, passage.language)
    return frozenset(zip(*(spoken[step:] for step in range(RUN)), strict=False))


def _shown(report: Report) -> dict[str, Any]:
    passage = report.hit.passage
    return {
        "url": passage.url,
        "title": passage.headline,
        "publisher": passage.publisher,
        "published": _moment(passage.published),
        "passage": passage.text,
        "score": round(report.hit.score, 4),
        "copies": report.copies,
    }


def _moment(published: Publication) -> str:
    return (published.at or published.day).isoformat()
