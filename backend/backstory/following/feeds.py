"""What is followed: each feed with its health and its turn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from backstory.following.database import Database, Row, moment, moment_or_none, seconds
from backstory.model import Validators

FeedKind = Literal["feed", "sitemap", "page"]
"""What an address leads to; a `page` is one whose feed is still to be found."""

FEEDS_MOST = 10_000
"""How many may be followed; more is a crawler."""

_COLUMNS = (
    "id, url, kind, title, site, folder, added_at, next_at, tried_at, good_at,"
    " failures, trouble, etag, last_modified, pace, rest, brought, active"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Something that is followed, and how it is.

    `failures` counts those in a row, `trouble` says what the last one was, `good_at` when all was well last. `pace` is
    the time between two polls and `rest` how long it asked to be left alone after the last, both in seconds. One that
    is not `active` is asked no more, and `trouble` says why. `brought` counts the articles that it brought. `number` 0
    is one that the ledger does not know yet.
    """

    url: str
    kind: FeedKind = "feed"
    title: str = ""
    site: str = ""
    folder: str = ""
    added_at: datetime
    next_at: datetime
    tried_at: datetime | None = None
    good_at: datetime | None = None
    failures: int = 0
    trouble: str = ""
    validators: Validators = Validators()  # noqa: RUF009 - frozen
    pace: float = 0.0
    rest: float = 0.0
    brought: int = 0
    active: bool = True
    number: int = 0

    @property
    def state(self) -> Literal["new", "well", "failing", "stopped"]:
        """How it is, in a word."""
        if not self.active:
            return "stopped"
        if self.failures:
            return "failing"
        return "well" if self.good_at else "new"


class Feeds:
    """The table of what is followed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Feed, ...]:
        """Every feed, by folder and title."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM feeds ORDER BY folder, title COLLATE NOCASE, url")  # noqa: S608
        return tuple(map(_feed, rows))

    def get(self, url: str) -> Feed | None:
        """The feed at an address."""
        return next(map(_feed, self._database.rows(f"SELECT {_COLUMNS} FROM feeds WHERE url = ?", url)), None)  # noqa: S608

    def numbered(self, number: int) -> Feed | None:
        """The feed of that number."""
        return next(map(_feed, self._database.rows(f"SELECT {_COLUMNS} FROM feeds WHERE id = ?", number)), None)  # noqa: S608

    def add(self, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
        """Follow these; those that are followed already stay as they are. The ones that are new.

        Raises:
            ValueError: there would be more than FEEDS_MOST.
        """
        with self._database.together():
            new = tuple(replace(feed, number=self._insert(feed)) for feed in feeds if self.get(feed.url) is None)
            if self.count() > FEEDS_MOST:
                raise ValueError(f"more than {FEEDS_MOST:,} feeds cannot be followed")
        return new

    def _insert(self, feed: Feed) -> int:
        return self._database.insert(
            "INSERT INTO feeds (url, kind, title, site, folder, added_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            feed.url,
            feed.kind,
            feed.title,
            feed.site,
            feed.folder,
            seconds(feed.added_at),
            seconds(feed.next_at),
        )

    def save(self, feed: Feed) -> None:
        """Write down how a known feed is now; its number says which. `brought` is left to `count_brought`.

        Where it has moved to an address that is followed already, it is dropped for that.
        """
        with self._database.together():
            other = self.get(feed.url)
            if other is not None and other.number != feed.number:
                self._database.write("DELETE FROM feeds WHERE id = ?", feed.number)
                return
            self._database.write(
                "UPDATE feeds SET url = ?, kind = ?, title = ?, site = ?, folder = ?, next_at = ?, tried_at = ?,"
                " good_at = ?, failures = ?, trouble = ?, etag = ?, last_modified = ?, pace = ?, rest = ?, active = ?"
                " WHERE id = ?",
                *_state(feed),
                feed.number,
            )

    def count_brought(self, number: int, articles: int) -> None:
        """Note that a feed brought so many more articles."""
        self._database.write("UPDATE feeds SET brought = brought + ? WHERE id = ?", articles, number)

    def drop(self, url: str) -> bool:
        """Follow it no more, and forget what was seen of it; whether it was followed."""
        return self._database.write("DELETE FROM feeds WHERE url = ?", url) > 0

    def due(self, now: datetime) -> tuple[Feed, ...]:
        """Feeds whose turn has come, the longest due first."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM feeds WHERE active AND next_at <= ? ORDER BY next_at",  # noqa: S608
            seconds(now),
        )
        return tuple(map(_feed, rows))

    def hasten(self, now: datetime) -> int:
        """Make it every active feed's turn, save those that asked to be left alone; how many are due."""
        self._database.write(
            "UPDATE feeds SET next_at = min(next_at, max(?, coalesce(tried_at, 0) + rest)) WHERE active", seconds(now)
        )
        [(due,)] = self._database.rows("SELECT count(*) FROM feeds WHERE active AND next_at <= ?", seconds(now))
        return int(due)

    def revive(self, url: str, now: datetime) -> bool:
        """Make it one feed's turn, whatever it asked for and even if it was given up; whether it is followed."""
        return self._database.write("UPDATE feeds SET next_at = ?, active = 1 WHERE url = ?", seconds(now), url) > 0

    def next_at(self) -> float | None:
        """When the next feed's turn comes, in the ledger's seconds; None where nothing is followed."""
        [(moment,)] = self._database.rows("SELECT min(next_at) FROM feeds WHERE active")
        return None if moment is None else float(moment)

    def count(self) -> int:
        """How many are followed."""
        [(feeds,)] = self._database.rows("SELECT count(*) FROM feeds")
        return int(feeds)


def _state(feed: Feed) -> Row:
    return (
        feed.url,
        feed.kind,
        feed.title,
        feed.site,
        feed.folder,
        seconds(feed.next_at),
        feed.tried_at and seconds(feed.tried_at),
        feed.good_at and seconds(feed.good_at),
        feed.failures,
        feed.trouble,
        feed.validators.etag,
        feed.validators.last_modified,
        feed.pace,
        feed.rest,
        feed.active,
    )


def _feed(row: Row) -> Feed:
    number, url, kind, title, site, folder, added_at, next_at, tried_at, good_at, *health = row
    failures, trouble, etag, last_modified, pace, rest, brought, active = health
    return Feed(
        number=number,
        url=url,
        kind=kind,
        title=title,
        site=site,
        folder=folder,
        added_at=moment(added_at),
        next_at=moment(next_at),
        tried_at=moment_or_none(tried_at),
        good_at=moment_or_none(good_at),
        failures=failures,
        trouble=trouble,
        validators=Validators(etag, last_modified),
        pace=pace,
        rest=rest,
        brought=brought,
        active=bool(active),
    )
