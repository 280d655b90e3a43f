"""An archive whose passages are known by what they mean as well as by their words.

What is added is embedded as it comes in. Vectors are a cache: what came in before there was a model, or was cut off by
a crash, `catch_up` embeds later, and what has been forgotten since is passed over when it comes up.
"""

import asyncio
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from backstory.embedding.vectors import Embedded, Neighbour, Place, VectorStore
from backstory.model import Article, Hit, Nearness, Outcome, Passage, Publication, Ranking
from backstory.ports import Archive, Embedder, Progress
from backstory.retrieval.passages import split

CAUGHT_UP_TOGETHER = 64  # articles embedded between two looks at how far it is
_DIGEST_BYTES = 16


class EmbeddedArchive:
    """An `Archive` that is also a `Meaning`: everything as the inner archive has it, but for what is said here."""

    def __init__(self, inner: Archive, embedder: Embedder, store: VectorStore) -> None:
        """Both are closed with this."""
        self._inner = inner
        self._embedder = embedder
        self._store = store
        self._encoding = asyncio.Lock()  # one batch at a time: a model takes every core it can have

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner archive has
        return getattr(self._inner, name)

    async def add(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Keep articles, and embed those that are new or have changed."""
        outcomes = await self._inner.add(articles)
        changed = [article for article, outcome in zip(articles, outcomes, strict=True) if outcome != "unchanged"]
        await self._embed(changed)
        return outcomes

    async def near(
        self, texts: Sequence[str], before: Publication, *, limit: int, passages: Sequence[Passage] = ()
    ) -> Nearness:
        """The passages nearest to each text that are strictly earlier, and how near each text is to given passages."""
        places = [(passage.url, passage.ordinal) for passage in passages]
        async with self._encoding:
            found, cosines = await asyncio.to_thread(self._look, texts, before, limit, places)
        known = {passage.id: passage for passage in passages}
        rankings = tuple([await self._ranking(neighbours, before, known) for neighbours in found])
        table = {
            (number, passage.id): float(cosines[number, column])
            for column, passage in enumerate(passages)
            for number in range(len(texts))
            if cosines[number, column]
        }
        for number, ranking in enumerate(rankings):
            table |= {(number, hit.passage.id): hit.score for hit in ranking}
        return Nearness(rankings=rankings, cosines=table)

    async def catch_up(self, on_progress: Progress | None = None) -> int:
        """Embed what has no vectors yet, and drop those of what is gone; how many articles were embedded."""
        digests = await asyncio.to_thread(self._store.digests)
        total, done, embedded = (await self._inner.stats()).articles, 0, 0
        waiting: list[Article] = []
        async for article in self._inner.export():
            done += 1
            if digests.pop(article.url, None) != _digest(article):
                waiting.append(article)
            if len(waiting) == CAUGHT_UP_TOGETHER:
                embedded += await self._embed(waiting)
                waiting = []
                if on_progress:
                    on_progress(done, total)
        embedded += await self._embed(waiting)
        await asyncio.to_thread(self._store.drop, list(digests))
        return embedded

    async def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make anew what can be made from the articles kept, vectors that are missing too."""
        await self._inner.rebuild(on_progress)
        await self.catch_up()

    async def close(self) -> None:
        """Let go of both."""
        await self._inner.close()
        async with self._encoding:
            await asyncio.to_thread(self._store.close)

    async def _embed(self, articles: Sequence[Article]) -> int:
        if articles:
            async with self._encoding:
                await asyncio.to_thread(self._keep, articles)
        return len(articles)

    def _keep(self, articles: Sequence[Article]) -> None:
        cut = [split(article) for article in articles]
        vectors = self._embedder.embed([_spoken(passage) for passages in cut for passage in passages])
        kept, start = [], 0
        for article, passages in zip(articles, cut, strict=True):
            end = start + len(passages)
            if article.published is not None:
                kept.append(
                    Embedded(
                        url=article.url,
                        day=article.published.day,
                        digest=_digest(article),
                        vectors=vectors[start:end],
                    )
                )
            start = end
        self._store.keep(kept)

    def _look(
        self, texts: Sequence[str], before: Publication, limit: int, places: Sequence[Place]
    ) -> tuple[list[list[Neighbour]], Any]:
        asked = self._embedder.embed(texts, asking=True)
        return self._store.near(asked, before.day, limit), self._store.cosines(asked, places)

    async def _ranking(
        self, neighbours: Sequence[Neighbour], before: Publication, known: dict[str, Passage]
    ) -> Ranking:
        hits = []
        for neighbour in neighbours:
            url, ordinal = neighbour.place
            passage = known.get(f"{url}#{ordinal}") or await self._passage(url, ordinal)
            if passage is not None and passage.published.is_before(before):
                known[passage.id] = passage
                hits.append(Hit(passage, neighbour.cosine))
        return tuple(hits)

    async def _passage(self, url: str, ordinal: int) -> Passage | None:
        article = await self._inner.get(url)
        passages = split(article) if article else ()
        return passages[ordinal] if ordinal < len(passages) else None


def _spoken(passage: Passage) -> str:
    """What is embedded: a passage alone seldom says what it is about, its headline does."""
    start = passage.headline.rstrip("….")
    return passage.text if not start or passage.text.startswith(start) else f"{start}. {passage.text}"


def _digest(article: Article) -> bytes:
    """What an article's vectors hang on."""
    day = article.published.day.isoformat() if article.published else ""
    said = f"{day}\0{article.headline}\0{article.text}".encode("utf-8", "replace")
    return blake2b(said, digest_size=_DIGEST_BYTES).digest()
