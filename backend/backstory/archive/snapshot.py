"""The index at one moment: what searches are answered from.

tantivy skips what cannot matter only while a query is nothing but words: a filter in it costs twice the time. So most
queries are asked without their filters, for a few hits more than are wanted, and what does not pass is dropped. That
is exact: enough passing hits among the best are the best passing hits. Where they are not enough, the filters are
asked after all (docs/decisions/0009).
"""

import math
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import cast

import tantivy

from backstory.archive.periods import MOST_PERIODS, Days
from backstory.archive.questions import Questions, translated
from backstory.archive.rows import moment
from backstory.archive.scoring import weights
from backstory.archive.spoken import read
from backstory.model import Publication, Query

COUNTED = 10_000  # passages of one query that are looked at to count their articles; more than a person pages through
MOST_FETCHED = 1_000  # hits of a query that are looked at to drop those that do not pass
MOST_TIED = 4_000  # hits of a query that are looked at to find the first of many that score alike
SPARE = 2  # times as many as should hold enough that pass, were they spread evenly

Ranked = tuple[int, float, int]
"""A passage that was found: its number, its score, and the key to its words as numbers."""
Hits = list[tuple[float, tantivy.DocAddress]]


class Snapshot:
    """The index at one moment; any number of threads may search it."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, folder: Path) -> None:
        self._searcher = searcher
        self._folder = folder
        self._questions = Questions(schema, searcher)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs)

    def ranked(self, queries: Iterable[tuple[Query, Collection[int]]]) -> list[list[Ranked]]:
        """The passages that each query finds, best first; beside it stand the articles that it leaves out."""
        best = [self._best(query, without, min(query.limit, self.passages)) for query, without in queries]
        hits = [hit for each in best for hit in each]
        told = zip(
            self._numbers("passage", hits), (score for score, _ in hits), self._numbers("spoken", hits), strict=True
        )
        return [list(islice(told, len(each))) for each in best]

    def spoken(self, keys: Collection[int]) -> dict[int, bytes]:
        """The words of passages as numbers, by their keys, as far as they are kept."""
        return read(self._folder, keys)

    def articles(self, query: Query, without: Collection[int]) -> tuple[int, list[tuple[int, float]]]:
        """How many articles a query finds, and the best passage of each, as number and score, best first.

        Looks at no more than the COUNTED best passages; beyond them the number is an estimate (HyperLogLog, within
        two in a hundred).
        """
        wanted = self._questions.filtered(query, without)
        hits = self._hits(wanted, COUNTED + 1)
        best: dict[int, tuple[int, float]] = {}
        for article, passage, (score, _) in zip(
            self._numbers("article", hits), self._numbers("passage", hits), hits, strict=True
        ):
            best.setdefault(article, (passage, score))
        if len(hits) <= COUNTED:
            return len(best), list(best.values())
        with translated():
            estimate = round(self._searcher.cardinality(wanted, "article"))
        return min(max(len(best), estimate), self.count(query, without)), list(best.values())

    def count(self, query: Query, without: Collection[int]) -> int:
        """How many passages a query finds."""
        with translated():
            found = self._searcher.search(self._questions.filtered(query, without), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined] # tantivy's stubs leave it out

    def frequency(self, word: str) -> int:
        """How many passages hold a word; some that were dropped may still be counted."""
        return self._questions.frequency(word)

    # --- the best that pass ---

    def _best(self, query: Query, without: Collection[int], limit: int) -> Hits:
        """The best hits that pass a query's filters."""
        days, words = self._days & _days(query), weights(query)
        if limit < 1 or not days or not words:
            return []
        few = len(days.periods) <= MOST_PERIODS
        asked = self._questions.union(words, days.periods if few else ())
        covered = (days.whole & self._days) if few else self._days
        all_pass = covered == days and not without
        if not query.publishers:
            by_hour = query.before is not None and query.before.at is not None
            fetched = limit if all_pass else SPARE * math.ceil(limit * len(covered) / len(days))
            while (fetched := _and_ties(fetched)) <= MOST_FETCHED:
                hits = self._unordered(asked, fetched)
                passing = hits if all_pass and not by_hour else self._passing(hits, days, query.before, without)
                if len(hits) < fetched or _is_settled(passing, limit, hits):
                    return self._ordered(passing)[:limit]
                if len(passing) < limit:
                    break
                fetched *= 2
        return self._hits(self._questions.filtered(query, without, asked), limit)

    @cached_property
    def _days(self) -> Days:
        """The days on which the passages were published."""
        with translated():
            found = self._searcher.aggregate(tantivy.Query.all_query(), {"days": {"stats": {"field": "day"}}})["days"]
        return Days(int(found["min"]), int(found["max"])) if found["count"] else Days(1, 0)

    def _passing(self, hits: Hits, days: Days, before: Publication | None, without: Collection[int]) -> Hits:
        """Those of the hits that came out on the days and before the moment, in none of the articles left out."""
        passes = [days.first <= day <= days.last for day in self._numbers("day", hits)]
        if before is not None and before.at is not None and days.last == before.day.toordinal():
            passes = list(map(min, passes, self._earlier_hits(hits, before)))
        if without:
            passes = [
                ok and article not in without
                for ok, article in zip(passes, self._numbers("article", hits), strict=True)
            ]
        return [hit for hit, ok in zip(hits, passes, strict=True) if ok]

    def _earlier_hits(self, hits: Hits, than: Publication) -> Iterator[bool]:
        """Which hits came out earlier, none of them on a later day."""
        day, instant = than.day.toordinal(), cast("int", moment(than))
        for out, at in zip(self._numbers("day", hits), self._numbers("moment", hits), strict=True):
            yield out < day or (at is not None and at < instant)

    # --- what tantivy answers ---

    def _hits(self, wanted: tantivy.Query, limit: int) -> Hits:
        """The best hits, in order."""
        fetched = _and_ties(limit)
        hits = self._unordered(wanted, fetched)
        while len(hits) == fetched and not _is_settled(hits, limit, hits) and fetched < MOST_TIED:
            fetched *= 2
            hits = self._unordered(wanted, fetched)
        return self._ordered(hits)[:limit]

    def _ordered(self, hits: Hits) -> Hits:
        """Best first; of those that score alike the passage that came first, in whichever segments they stand."""
        if all(one[0] != other[0] for one, other in pairwise(hits)):
            return hits
        numbers = self._numbers("passage", hits)
        return [hit for _, hit in sorted(zip(numbers, hits, strict=True), key=lambda it: (-it[1][0], it[0]))]

    def _unordered(self, wanted: tantivy.Query, limit: int) -> Hits:
        """The best hits, those that score alike as their segments have them."""
        limit = min(limit, self.passages)
        if limit < 1:
            return []
        with translated():
            return list(self._searcher.search(wanted, limit=limit, count=False).hits)

    def _numbers(self, field: str, hits: Hits) -> list[int]:
        with translated():
            return cast("list[int]", self._searcher.fast_field_values(field, [address for _, address in hits]))


def _days(query: Query) -> Days:
    """The days on which a passage may have come out that passes a query's filters."""
    first, last = 1, 3_652_059  # the calendar's
    if query.window is not None:
        first, last = query.window.start.toordinal(), query.window.end.toordinal()
    if query.before is not None:
        last = min(last, query.before.day.toordinal() - (query.before.at is None))
    return Days(first, last)


def _and_ties(limit: int) -> int:
    """So many hits, and as a rule those that score like the last of them."""
    return limit + limit // 4 + 4


def _is_settled(passing: Hits, limit: int, looked_at: Hits) -> bool:
    """Whether no hit that was not looked at can be among the best that pass."""
    return len(passing) >= limit and passing[limit - 1][0] > looked_at[-1][0]
