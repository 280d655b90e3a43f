"""Pages that wait: fetched, read, kept; or tried again later, or given up with the reason."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from backstory.errors import ArticleError, FetchError, FetchRefusedError, PageError
from backstory.following.items import Items, Waiting
from backstory.following.shelf import Shelf
from backstory.ingest.offers import to_article
from backstory.model import Article, Errand, Offer, Outcome, Page
from backstory.ports import Archive, Door
from backstory.reading.decoding import decode
from backstory.sources.feeds_links import article_address

TRIES_MOST = 4
"""How often a page is asked for before it is given up."""

FIRST_RETRY = timedelta(minutes=5)
"""How long after the first failure a page is asked for again; four times as long after each further one."""

RETRY_MOST = timedelta(days=1)
"""The longest that a page waits to be asked for again, also at its host's own wish."""

LEAST_LEFT = 0.5
"""Share of an article's text that must be left of it when it is read again, to replace it."""

_FOR_GOOD = frozenset({HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})

Read = Callable[[Page], Article]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of an offer: its outcome in the archive, or why there is none; `later` if it is tried again."""

    outcome: Outcome | None = None
    trouble: str = ""
    later: bool = False


class Pages:
    """Brings offers into the archive."""

    def __init__(  # noqa: PLR0913 - each of them a part that it stands on
        self,
        items: Items,
        archive: Archive,
        door: Door,
        *,
        read: Read,
        clock: Callable[[], datetime],
        shelf: Shelf,
    ) -> None:
        self._items = items
        self._archive = archive
        self._door = door
        self._read = read
        self._clock = clock
        self._shelf = shelf

    async def bring(self, waiting: Waiting, outlet: str) -> Brought:
        """Fetch and keep the article that waits; `outlet` is its publisher where its page names none.

        Raises what the archive or the ledger raises when it does not answer; the page waits on then.
        """
        try:
            brought = Brought(await self._fetched(waiting, outlet))
        except (FetchRefusedError, ArticleError) as error:
            brought = Brought(trouble=str(error))
        except (FetchError, PageError) as error:
            brought = self._failed(waiting, error)
        if brought.later:
            return brought
        if brought.trouble:
            self._items.give_up(waiting, self._clock(), brought.trouble)
        else:
            self._items.settle(waiting)
        return brought

    async def keep(self, offer: Offer, outlet: str) -> Outcome:
        """Keep an article that came whole.

        Raises ArticleError or PageError where it is none, and what the archive raises when it does not answer.
        """
        if await self._archive.get(offer.url) is not None:
            return "unchanged"
        article = await asyncio.to_thread(to_article, offer, self._read, read_at=self._clock())
        return await self._shelf.put(article if article.publisher else replace(article, publisher=outlet))

    async def renew(self, offer: Offer, outlet: str) -> Outcome:
        """Put what an article says now in the place of what it said; it came out when it first did.

        What the archive does not hold any more stays away, and what has shrunk to less than LEAST_LEFT of the text is
        a notice, or a summary of the article, and no change of it. Raises as `keep`.
        """
        held = await self._archive.get(offer.url)
        if held is None:
            return "unchanged"
        article = await asyncio.to_thread(to_article, offer, self._read, read_at=self._clock())
        if len(article.text) < LEAST_LEFT * len(held.text):
            return "unchanged"
        published = article.published
        if held.published and published and not published.is_before(held.published):
            published = held.published
        return await self._shelf.put(
            replace(
                article,
                publisher=article.publisher or held.publisher or outlet,
                published=published,
                rating=article.rating or held.rating,
            )
        )

    async def _fetched(self, waiting: Waiting, outlet: str) -> Outcome:
        offer = waiting.offer
        # It may be there though it still waits: from another source, or from just before a crash.
        if not waiting.renews and await self._archive.get(offer.url) is not None:
            return "unchanged"
        page = await self._door.get(Errand(url=offer.url, why=f"an article that {outlet or 'a feed'} offers"))
        html = await asyncio.to_thread(decode, page.body, page.charset)
        url = article_address([page.url]) or offer.url
        bring = self.renew if waiting.renews else self.keep
        return await bring(replace(offer, url=url, text="", html=html), outlet)

    def _failed(self, waiting: Waiting, error: FetchError | PageError) -> Brought:
        told = error if isinstance(error, FetchError) else FetchError(str(error))
        trouble = str(error) or "there is no article on the page"
        if waiting.tries + 1 >= TRIES_MOST or told.status in _FOR_GOOD:
            return Brought(trouble=trouble)
        wait = max(FIRST_RETRY * 4**waiting.tries, timedelta(seconds=told.retry_after))
        self._items.try_again(waiting, self._clock() + min(wait, RETRY_MOST), trouble)
        return Brought(trouble=trouble, later=True)
