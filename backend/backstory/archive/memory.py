"""The reference: an archive that is forgotten with its process, simple, exact, and right as far as one can see."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from datetime import date

from backstory.addresses import address_key, host_of, is_under
from backstory.archive.copies import Fingerprint, earliest, fingerprint, is_copy
from backstory.archive.preparing import Prepared, clean, prepare, publisher_key
from backstory.archive.shelf import Shelf
from backstory.errors import ArchiveUnavailableError
from backstory.model import (
    ArchiveStats,
    Article,
    Copy,
    Coverage,
    Found,
    Frequencies,
    Hit,
    Outcome,
    Query,
    Ranking,
)
from backstory.ports import Progress


class MemoryArchive:
    """Prior coverage in this process alone."""

    def __init__(self) -> None:
        self._kept: dict[str, Prepared] = {}
        self._shelf = Shelf(())
        self._seen: dict[str, tuple[bytes, Fingerprint]] = {}
        self._closed = False

    async def add(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Keep articles, one outcome for each and in order."""
        self._check_open()
        prepared = [prepare(article) for article in articles]
        outcomes = [self._keep(each) for each in prepared]
        self._reshelve()
        return outcomes

    def _keep(self, prepared: Prepared) -> Outcome:
        known = self._kept.get(prepared.article.url)
        if known is not None and known.digest == prepared.digest:
            return "unchanged"
        self._kept[prepared.article.url] = prepared
        return "added" if known is None else "replaced"

    async def search(self, queries: Sequence[Query]) -> Sequence[Ranking]:
        """Answer each query, one for one and in order."""
        self._check_open()
        return [self._shelf.ranked(query)[: max(0, query.limit)] for query in queries]

    async def count(self, query: Query) -> int:
        """How many passages a query would find without its limit."""
        self._check_open()
        return len(self._shelf.ranked(query))

    async def find(self, query: Query) -> Found:
        """The articles that a query finds, each by its best passage; without terms, the newest first."""
        self._check_open()
        hits = self._shelf.ranked(query) if query.terms else self._shelf.newest(query)
        best: dict[str, Hit] = {}
        for hit in hits:
            best.setdefault(hit.passage.url, hit)
        hits = tuple(best.values())[: max(0, query.limit)]
        copies = tuple(max(0, len(self._story(hit.passage.url)) - 1) for hit in hits)
        return Found(total=len(best), hits=hits, copies=copies)

    async def frequencies(self, words: Collection[str]) -> Frequencies:
        """How many passages hold each word."""
        self._check_open()
        return Frequencies(
            passages=len(self._shelf.passages),
            of={word: len(self._shelf.bodies.holders.get(word, ())) for word in words},
        )

    async def get(self, url: str) -> Article | None:
        """The article at an address."""
        self._check_open()
        prepared = self._kept.get(clean(url))
        return prepared.article if prepared else None

    async def export(self) -> AsyncIterator[Article]:
        """Every article, in the order in which they came."""
        self._check_open()
        for prepared in tuple(self._kept.values()):
            yield prepared.article

    async def publishers(self) -> Collection[str]:
        """The outlets that the archive holds, by their names as published."""
        self._check_open()
        return {prepared.article.publisher for prepared in self._kept.values()} - {""}

    async def links_to(self, url: str) -> Sequence[str]:
        """The addresses of the articles that link to an address."""
        self._check_open()
        wanted = address_key(clean(url))
        return [
            prepared.article.url
            for prepared in self._kept.values()
            if any(address_key(link.url) == wanted for link in prepared.article.links)
        ]

    async def copies_of(self, url: str) -> Sequence[Copy]:
        """The articles that carry the same report, the earliest first."""
        self._check_open()
        story = [self._kept[each] for each in self._story(clean(url))]
        return sorted(
            (Copy(url=it.article.url, publisher=it.article.publisher, published=it.published) for it in story),
            key=earliest,
        )

    async def coverage(self, first: date, last: date, *, daily: bool = False) -> Sequence[Coverage]:
        """How many articles of each outlet came out in each month, or on each day."""
        self._check_open()
        counted = Counter(
            (day if daily else day.replace(day=1), prepared.article.publisher)
            for prepared in self._kept.values()
            if first <= (day := prepared.published.day) <= last
        )
        return [Coverage(publisher=name, day=day, articles=counted[day, name]) for day, name in sorted(counted)]

    async def size(self) -> int:
        """How many bytes the articles' texts take."""
        self._check_open()
        return sum(len(prepared.article.text.encode()) for prepared in self._kept.values())

    async def forget(self, url: str) -> bool:
        """Drop an article and its passages; whether it was there."""
        return bool(self._drop(lambda prepared: prepared.article.url == clean(url)))

    async def forget_host(self, host: str) -> int:
        """Drop every article from a host and from all hosts below it; how many there were."""
        domain = clean(host).lower().strip(".")
        return self._drop(lambda prepared: is_under(host_of(prepared.article.url), domain))

    async def forget_publisher(self, publisher: str) -> int:
        """Drop every article of an outlet; how many there were."""
        return self._drop(lambda prepared: publisher_key(prepared.article.publisher) == publisher_key(publisher))

    async def drop_before(self, day: date) -> int:
        """Drop every article published before a day; how many there were."""
        return self._drop(lambda prepared: prepared.published.day < day)

    async def keep_newest(self, articles: int) -> int:
        """Drop the articles first published beyond so many; how many there were."""
        in_order = sorted(self._kept.values(), key=lambda prepared: prepared.published.day)
        old = {prepared.article.url for prepared in in_order[: max(0, len(in_order) - max(0, articles))]}
        return self._drop(lambda prepared: prepared.article.url in old)

    def _drop(self, is_doomed: Callable[[Prepared], bool]) -> int:
        self._check_open()
        doomed = [url for url, prepared in self._kept.items() if is_doomed(prepared)]
        for url in doomed:
            del self._kept[url]
            self._seen.pop(url, None)
        self._reshelve()
        return len(doomed)

    async def stats(self) -> ArchiveStats:
        """What the archive holds."""
        days = [prepared.published.day for prepared in self._kept.values()]
        return ArchiveStats(
            articles=len(self._kept),
            passages=len(self._shelf.passages),
            publishers=len(await self.publishers()),
            first_day=min(days, default=None),
            last_day=max(days, default=None),
            months=tuple(sorted(Counter(day.replace(day=1) for day in days).items())),
        )

    async def rebuild(self, on_progress: Progress | None = None) -> None:
        """Nothing is kept twice here, so there is nothing to make anew."""
        self._check_open()
        if on_progress:
            on_progress(len(self._kept), len(self._kept))

    async def close(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._reshelve()
        self._closed = True

    def _story(self, url: str) -> list[str]:
        """The addresses of an article and of all copies of it, and of copies of those."""
        story, unseen = [], dict(self._fingerprints())
        joining = [url] if url in unseen else []
        while joining:
            story.append(joining.pop())
            own = unseen.pop(story[-1])
            joining += [other for other in unseen if other not in joining and is_copy(own, unseen[other])]
        return story

    def _fingerprints(self) -> Iterator[tuple[str, Fingerprint]]:
        for url, prepared in self._kept.items():
            if url not in self._seen or self._seen[url][0] != prepared.digest:
                self._seen[url] = prepared.digest, fingerprint(prepared.article)
            yield url, self._seen[url][1]

    def _reshelve(self) -> None:
        self._shelf = Shelf(tuple(passage for prepared in self._kept.values() for passage in prepared.passages))

    def _check_open(self) -> None:
        if self._closed:
            raise ArchiveUnavailableError("the archive is closed")
