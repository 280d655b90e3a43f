"""The sockets: what Backstory asks of the parts that can be exchanged."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from backstory.model import (
    ArchiveStats,
    Article,
    Frequencies,
    Outcome,
    Publication,
    Query,
    Ranking,
    TimeExpression,
)


class Archive(Protocol):
    """Prior coverage, kept and searched.

    Everything here raises `ArchiveUnavailableError` when the engine does not answer.
    """

    async def add(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Keep articles, one outcome for each and in order.

        Idempotent by address: the same article again is `unchanged`, a changed one replaces its
        passages. When this returns, the articles are on disk and `search` finds them.
        An article without `published` is refused with `ValueError`.
        """

    async def search(self, queries: Sequence[Query]) -> Sequence[Ranking]:
        """Answer each query, one for one and in order.

        A ranking holds at most `limit` hits, best first, each of them passing every filter of its
        query. All of a page's queries come in one call, so that an engine can answer them in one
        round trip.
        """

    async def count(self, query: Query) -> int:
        """How many passages a query would find without its limit."""

    async def frequencies(self, words: Collection[str]) -> Frequencies:
        """How many passages hold each word (as `Term` spells it)."""

    async def publishers(self) -> Collection[str]:
        """The outlets that the archive holds, by their names as published."""

    async def forget(self, url: str) -> bool:
        """Drop an article and its passages; whether it was there."""

    async def stats(self) -> ArchiveStats:
        """What the archive holds."""

    async def close(self) -> None:
        """Let go of files and connections; further calls are an error."""


DateTagger = Callable[[str, Publication, str], tuple[TimeExpression, ...]]
"""Text, its day of publication and its language (BCP 47) to the time expressions in it, in order."""
