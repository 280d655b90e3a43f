"""What a back-fill brought, into the archive; pages that are still to be fetched go through the door first."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from backstory.errors import ArticleError, FetchError, PageError
from backstory.following.backfill import Kept
from backstory.following.shelf import Shelf
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
    fact-check's verdict is added to it. `why` begins what the log of requests says of the pages that are fetched.
    """

    def __init__(
        self, archive: Archive, door: Door, *, read: Read, clock: Callable[[], datetime], why: str = "back-fill"
    ) -> None:
        self._why = why
        self._archive = archive
        self._shelf = Shelf(archive)
        self._door = door
        self._read = read
        self._clock = clock
        self._fetching = asyncio.Semaphore(PAGES_AT_ONCE)

    async def __call__(self, offers: Sequence[Offer]) -> Kept:
        """Keep them; what is refused is counted, and the last reason told. Raises what the archive raises."""
        found = await asyncio.gather(*map(self._keep, offers))
        await self._shelf.settled()
        outcomes = Counter(outcome for outcome, _ in found)
        return Kept(
            added=outcomes["added"],
            replaced=outcomes["replaced"],
            unchanged=outcomes["unchanged"],
            refused=outcomes[None],
            trouble=next((trouble for _, trouble in reversed(found) if trouble), ""),
        )

    async def _keep(self, offer: Offer) -> tuple[Outcome | None, str]:
        """What became of an offer; or nothing, and why."""
        try:
            if not (offer.text.strip() or offer.html.strip()):
                if await self._archive.get(offer.url) is not None:
                    return "unchanged", ""
                offer = await self._fetched(offer)
            article = await asyncio.to_thread(_to_article, offer, self._read, self._clock())
            better = await self._worth_keeping(article)
            return (await self._shelf.put(better) if better else "unchanged"), ""
        except PageError as error:
            return None, f"no article on {offer.url}: {error}"
        except (ArticleError, FetchError) as error:
            return None, f"{offer.url}: {error}"

    async def _fetched(self, offer: Offer) -> Offer:
        why = f"{self._why} {offer.headline[:_WHY_LENGTH]}".rstrip()
        async with self._fetching:
            page = await self._door.get(Errand(url=offer.url, why=why))
        return replace(offer, html=await asyncio.to_thread(decode, page.body, page.charset))

    async def _worth_keeping(self, article: Article) -> Article | None:
        held = await self._archive.get(article.url)
        if held is None or len(held.text) <= len(article.text):
            return article
        return replace(held, rating=article.rating) if article.rating and not held.rating else None


def _to_article(offer: Offer, read: Read, read_at: datetime) -> Article:
    """As offered; where the source only guesses the day (`unknown`), the page's own word is asked for first."""
    if offer.html and offer.published is not None and offer.published.found == "unknown":
        try:
            return to_article(replace(offer, published=None), read, read_at=read_at)
        except ArticleError:
            pass  # the page does not say
    return to_article(offer, read, read_at=read_at)
