"""What a back-fill brought, into the archive; pages that are still to be fetched go through the door first."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from backstory.errors import ArticleError, FetchError, PageError
from backstory.following.backfill import Kept
from backstory.ingest.offers import to_article
from backstory.model import Article, Errand, Offer, Outcome, Page
from backstory.ports import Archive, Door
from backstory.reading.decoding import decode

PAGES_AT_ONCE = 8
"""Pages that are fetched at the same time; the door sees to each host's own pace."""

_WHY_LENGTH = 80  # characters of a headline in the log of requests

Read = Callable[[Page], Article]


class Keeper:
    """Keeps the offers of a step. `clock` tells the present moment: no page is newer.

    What the archive holds already and is longer stays: an interface's summary does not replace an article. A
    fact-check's verdict is added to it.
    """

    def __init__(self, archive: Archive, door: Door, *, read: Read, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._door = door
        self._read = read
        self._clock = clock
        self._fetching = asyncio.Semaphore(PAGES_AT_ONCE)

    async def __call__(self, offers: Sequence[Offer]) -> Kept:
        """Keep them; what is refused is counted, and the last reason told. Raises what the archive raises."""
        found = await asyncio.gather(*map(self._article, offers))
        refused = [reason for reason in found if isinstance(reason, str)]
        outcomes: list[Outcome] = ["unchanged"] * found.count(None)
        for outcome in await self._add([article for article in found if isinstance(article, Article)]):
            if isinstance(outcome, ArticleError):
                refused.append(str(outcome))
            else:
                outcomes.append(outcome)
        return Kept(
            added=outcomes.count("added"),
            replaced=outcomes.count("replaced"),
            unchanged=outcomes.count("unchanged"),
            refused=len(refused),
            trouble=refused[-1] if refused else "",
        )

    async def _article(self, offer: Offer) -> Article | str | None:
        """The article to be kept, why there is none, or nothing where the archive has it already."""
        try:
            if not (offer.text.strip() or offer.html.strip()):
                if await self._archive.get(offer.url) is not None:
                    return None
                offer = await self._fetched(offer)
            article = await asyncio.to_thread(_to_article, offer, self._read, self._clock())
        except PageError as error:
            return f"no article on {offer.url}: {error}"
        except (ArticleError, FetchError) as error:
            return f"{offer.url}: {error}"
        return await self._worth_keeping(article)

    async def _fetched(self, offer: Offer) -> Offer:
        async with self._fetching:
            page = await self._door.get(Errand(url=offer.url, why=f"back-fill: {offer.headline[:_WHY_LENGTH]}"))
        return replace(offer, html=await asyncio.to_thread(decode, page.body, page.charset))

    async def _worth_keeping(self, article: Article) -> Article | None:
        held = await self._archive.get(article.url)
        if held is None or len(held.text) <= len(article.text):
            return article
        return replace(held, rating=article.rating) if article.rating and not held.rating else None

    async def _add(self, articles: Sequence[Article]) -> Sequence[Outcome | ArticleError]:
        """What became of each; where the archive refuses all for one article's sake, they are added one by one."""
        try:
            return await self._archive.add(articles)
        except ArticleError as error:
            if len(articles) == 1:
                return [error]
        return [outcome for article in articles for outcome in await self._add([article])]


def _to_article(offer: Offer, read: Read, read_at: datetime) -> Article:
    """As offered; where the source only guesses the day (`unknown`), the page's own word is asked for first."""
    if offer.html and offer.published is not None and offer.published.found == "unknown":
        try:
            return to_article(replace(offer, published=None), read, read_at=read_at)
        except ArticleError:
            pass  # the page does not say
    return to_article(offer, read, read_at=read_at)
