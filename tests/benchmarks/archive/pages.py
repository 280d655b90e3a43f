"""What the service asks of the archive for a page, step by step, with the time of each."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from make_corpus import Corpus

from backstory.archive.local import LocalArchive
from backstory.claims import find_attributions, find_claims
from backstory.dates import tag
from backstory.model import Article, Claim, Page, Publication, Query
from backstory.reading import read
from backstory.retrieval import brief, link, plan

CLAIMS = 15


@dataclass(frozen=True, slots=True)
class Read:
    """A page, its claims found, before the archive is asked."""

    article: Article
    published: Publication
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One page asked and linked: its queries, and what searching and ranking took (ms by the clock, ms of CPU)."""

    queries: tuple[Query, ...]
    search: tuple[float, float]
    ranking: tuple[float, float]

    @property
    def whole(self) -> tuple[float, float]:
        """Searching and ranking."""
        return self.search[0] + self.ranking[0], self.search[1] + self.ranking[1]


def made(corpus: Corpus, count: int, *, among: int) -> list[Read]:
    """Pages as the service reads them, each with the CLAIMS claims that tell most of when, in their order."""
    return [_read(said) for said in corpus.pages(count, among=among)]


def _read(said: dict[str, str]) -> Read:
    published = Publication(date.fromisoformat(said["published"]))
    page = Page(
        url=said["url"],
        text=said["text"],
        read_at=datetime(2026, 11, 23, tzinfo=UTC),
        published=published,
        language="en",
    )
    article = read(page)
    times = tag(article.body, published, article.language)
    found = find_claims(article, times, find_attributions(article), all_sentences=True)
    dated = sorted(found, key=lambda claim: not claim.times)[:CLAIMS]
    return Read(article, published, tuple(sorted(dated, key=lambda claim: claim.span)))


async def ask(archive: LocalArchive, page: Read) -> Asked:
    """All that comes between a page's claims and its links."""
    held = await archive.publishers()
    lap = _stopwatch()
    wanted = brief(page.article, page.published, page.claims, held=held)
    asked = plan(wanted, await archive.frequencies(wanted.words))
    rankings = await archive.search(asked.queries)
    searching = lap()
    link(asked, rankings)
    return Asked(asked.queries, searching, lap())


def shuffled(pages: Sequence[Read], rounds: int) -> list[Read]:
    """Every page several times, in another order each time."""
    chance = random.Random(rounds)  # noqa: S311 - the same order in every run
    return [page for _ in range(rounds) for page in chance.sample(pages, len(pages))]


def _stopwatch() -> Callable[[], tuple[float, float]]:
    """Milliseconds by the clock, and of CPU, since it was last asked."""
    last = time.perf_counter(), time.process_time()

    def lap() -> tuple[float, float]:
        nonlocal last
        now = time.perf_counter(), time.process_time()
        took, last = (1000 * (now[0] - last[0]), 1000 * (now[1] - last[1])), now
        return took

    return lap
