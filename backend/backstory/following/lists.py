"""Lists of feeds, as readers hand them to one another (OPML): to what is followed, and back."""

from collections.abc import Iterable
from datetime import datetime

from backstory.following.feeds import Feed
from backstory.sources.opml import OpmlFeed, read_opml, write_opml
from backstory.sources.starters import starters as starter_list

_TITLE_LIMIT = 200  # characters
_LIST_TITLE = "What Backstory follows"


def from_list(body: bytes, now: datetime) -> tuple[Feed, ...]:
    """The feeds of a list, to be polled at once.

    Raises:
        SourceError: it is no OPML.
    """
    return to_feeds(read_opml(body), now)


def to_feeds(listed: Iterable[OpmlFeed], now: datetime) -> tuple[Feed, ...]:
    """Feeds that a list names, to be polled at once."""
    return tuple(
        Feed(
            url=feed.url,
            title=feed.title[:_TITLE_LIMIT],
            site=feed.site,
            folder=feed.folder[:_TITLE_LIMIT],
            added_at=now,
            next_at=now,
        )
        for feed in listed
    )


def starters(now: datetime) -> tuple[Feed, ...]:
    """Outlets that a new owner may begin with, by country; none is followed unless chosen."""
    return from_list(starter_list(), now)


def to_list(feeds: Iterable[Feed]) -> bytes:
    """The feeds as a list that every reader takes."""
    listed = [OpmlFeed(feed.title or feed.url, feed.url, feed.site, feed.folder) for feed in feeds]
    return write_opml(listed, title=_LIST_TITLE)
