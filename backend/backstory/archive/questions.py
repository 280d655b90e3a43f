"""What tantivy is asked: an archive's queries in its terms, their filters as clauses.

Scores are the same in whichever field a word is looked for: among the words of periods, each counts by how rare it is
in the whole archive.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

import tantivy
from tantivy import FieldType, Occur

from backstory.archive.periods import spelled
from backstory.archive.preparing import clean, publisher_key
from backstory.archive.rows import moment
from backstory.archive.scoring import HEADLINE_WEIGHT, weights
from backstory.errors import ArchiveUnavailableError
from backstory.model import Publication, Query

BODY, HEADLINE = "body", "headline"
IN_PERIODS = {BODY: "body_in_period", HEADLINE: "headline_in_period"}
_SHARES = {BODY: 1.0, HEADLINE: HEADLINE_WEIGHT}
_WORDS_KEPT = 1 << 15  # some 15 MB

_Known = tuple[tantivy.Query, float] | None
"""A word in a field, and by how much it is rarer in the whole archive than where it is looked for."""


class Questions:
    """Queries as one searcher understands them; any number of threads may ask."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._words: dict[tuple[str, str, int | None], _Known] = {}

    def frequency(self, word: str) -> int:
        """How many passages hold a word; some that were dropped may still be counted."""
        return min(int(self._searcher.num_docs), self._holding(BODY, clean(word)))

    def union(self, words: Mapping[str, float], periods: Collection[int] = ()) -> tantivy.Query:
        """Any of some weighted words, among all passages or in some periods alone; scores are the same."""
        clauses = [
            (Occur.Should, tantivy.Query.boost_query(known[0], weight * share * known[1]))
            for word, weight in words.items()
            for field, share in _SHARES.items()
            for number in periods or (None,)
            if (known := self._known(field, word, number)) is not None
        ]
        return tantivy.Query.boolean_query(clauses)

    def _known(self, field: str, word: str, number: int | None) -> _Known:
        """A word as it is looked for, in a period where there is a number; None where no passage has it."""
        key = field, word, number
        if key not in self._words:
            if len(self._words) >= _WORDS_KEPT:
                self._words.clear()
            self._words[key] = self._looked_up(field, word, number)
        return self._words[key]

    def _looked_up(self, field: str, word: str, number: int | None) -> _Known:
        holding = self._holding(field, word)
        if number is None or not holding:
            return (self._term(field, word), 1.0) if holding else None
        spelling = spelled(number, (word,))
        there = self._holding(IN_PERIODS[field], spelling)
        if not there:
            return None
        return self._term(IN_PERIODS[field], spelling), self._idf(holding) / self._idf(there)

    def filtered(self, query: Query, without: Collection[int], asked: tantivy.Query | None = None) -> tantivy.Query:
        """A query with its filters as clauses."""
        words = weights(query)
        if not words:
            return tantivy.Query.empty_query()
        clauses = [(Occur.Must, asked or self.union(words))]
        clauses += [(Occur.Must, tantivy.Query.const_score_query(each, 0.0)) for each in self._filters(query)]
        clauses += [(Occur.MustNot, self._term("article", number)) for number in without]
        return tantivy.Query.boolean_query(clauses)

    def _filters(self, query: Query) -> Iterator[tantivy.Query]:
        if query.window is not None:
            yield self._range("day", query.window.start.toordinal(), query.window.end.toordinal())
        if query.publishers:
            yield _any_of(self._term("publisher", publisher_key(name)) for name in query.publishers)
        if query.before is not None:
            yield self._earlier(query.before)

    def _earlier(self, than: Publication) -> tantivy.Query:
        """As `Publication.is_before` has it."""
        day, instant = than.day.toordinal(), moment(than)
        earlier = self._range("day", None, day - 1)
        if instant is None:
            return earlier
        same_day = [self._range("day", day, day), self._range("moment", None, instant - 1)]
        return _any_of([earlier, tantivy.Query.boolean_query([(Occur.Must, each) for each in same_day])])

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")

    def _range(self, field: str, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, FieldType.Integer, first, last)

    def _holding(self, field: str, word: str) -> int:
        with translated():
            return int(self._searcher.doc_freq(field, word))

    def _idf(self, holding: int) -> float:
        """Rarity as tantivy has it, but for passages that were dropped and are still counted."""
        passages = max(int(self._searcher.num_docs), holding)
        return math.log1p((passages - holding + 0.5) / (holding + 0.5))


def _any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, each) for each in queries])


@contextmanager
def translated() -> Iterator[None]:
    """Whatever goes wrong in tantivy is a ValueError."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise ArchiveUnavailableError(f"the archive's index does not answer: {error}") from error
