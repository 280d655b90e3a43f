"""What feeds offered: items that are dealt with, and pages that are still to be fetched.

    new → kept | waiting → kept | given up

An item counts as seen once its article is in the archive, or once it waits here for its page: from then on it is not
lost. It is known by its id within its feed, and by its address across all of them.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backstory.addresses import address_key, host_of
from backstory.following.changes import Changes, said_by
from backstory.following.database import Database, Row, seconds
from backstory.following.shown import Item
from backstory.model import Offer, Publication

SEEN_MOST = 300_000
"""Items of one feed that are remembered, those that were shown last; what it shows at a time is never more."""

_REASON_LIMIT = 300  # characters
_NOTE_EVERY = 86_400  # seconds; how exactly it is kept when an item was shown last


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An article whose page is still to be fetched, for the feed of that number. `tries` have failed so far.

    `renews` says that the article is there, and its page is read again.
    """

    offer: Offer
    feed: int
    tries: int = 0
    trouble: str = ""
    renews: bool = False

    @property
    def key(self) -> str:
        """What it is known by."""
        return address_key(self.offer.url)


class Items:
    """The tables of what was seen and of what waits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changes = Changes(database)

    # --- what was seen ---

    def new(self, feed: int, items: Sequence[Item]) -> list[Item]:
        """Those of the items that nobody has dealt with yet, each address once, in their order."""
        known_ids = self._known("item", [item.id for item in items if item.id], "feed = ? AND", feed)
        known_keys = self._known("url", [address_key(item.offer.url) for item in items])
        new: dict[str, Item] = {}
        for item in items:
            key = address_key(item.offer.url)
            if key not in known_keys and (not item.id or item.id not in known_ids):
                new.setdefault(key, item)
        return list(new.values())

    def _known(self, column: str, names: Sequence[str], narrowed: str = "", *values: object) -> set[str]:
        statement = f"SELECT {column} FROM seen WHERE {narrowed} {column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - columns of our own
        return {name for (name,) in self._database.rows(statement, *values, json.dumps(names))}

    def see(self, feed: int, items: Iterable[Item], now: datetime, *, read: bool = True) -> None:
        """Note that items are dealt with; for those that were, that they are still shown.

        What was passed over and not `read` is not looked at for changes.
        """
        known_since = seconds(now) if read else 0.0
        self._database.write_all(
            "INSERT INTO seen (feed, item, url, at, said, since, read_at) SELECT ?, ?, ?, ?, ?, ?, ?"
            " WHERE EXISTS (SELECT 1 FROM feeds WHERE id = ?)"
            " ON CONFLICT (feed, item) DO UPDATE SET at = excluded.at, said = iif(said = x'', excluded.said, said)"
            " WHERE excluded.at - at > ? OR said = x''",
            (
                (feed, item.id or key, key, seconds(now), said_by(item), known_since, known_since, feed, _NOTE_EVERY)
                for item in items
                for key in [address_key(item.offer.url)]
            ),
        )

    def forget_beyond(self, feed: int) -> None:
        """Forget the oldest items of a feed that has shown more than SEEN_MOST, as one with ever new ids does."""
        rows = self._database.rows(
            "SELECT at FROM seen WHERE feed = ? ORDER BY at DESC LIMIT 1 OFFSET ?", feed, SEEN_MOST
        )
        for (oldest,) in rows:
            self._database.write("DELETE FROM seen WHERE feed = ? AND at <= ?", feed, oldest)

    def prune(self, before: datetime) -> int:
        """Forget what was not shown since then, and why pages were given up; how many items."""
        self._database.write("DELETE FROM waiting WHERE given_up AND next_at < ?", seconds(before))
        return self._database.write("DELETE FROM seen WHERE at < ?", seconds(before))

    def count_seen(self) -> int:
        """How many items are remembered."""
        [(items,)] = self._database.rows("SELECT count(*) FROM seen")
        return int(items)

    # --- what waits ---

    def wait(self, feed: int, items: Sequence[Item], now: datetime, *, renews: bool = False) -> None:
        """Note that pages are to be fetched, or fetched again if it `renews`; the items are dealt with by that."""
        with self._database.together():
            self._database.write_all(
                "INSERT INTO waiting (url, host, feed, offer, next_at, renews) SELECT ?, ?, ?, ?, ?, ?"
                " WHERE EXISTS (SELECT 1 FROM feeds WHERE id = ?) ON CONFLICT (url) DO NOTHING",
                (
                    (address_key(url), host_of(url), feed, _written(item.offer), seconds(now), renews, feed)
                    for item in items
                    for url in [item.offer.url]
                ),
            )
            self.see(feed, items, now)
            if renews:
                self.changes.renew(feed, items, now)

    def hosts_due(self, now: datetime, feeds: Collection[int] | None = None) -> tuple[str, ...]:
        """Hosts of which a page's turn has come, the longest due first; of some feeds alone where they are given."""
        condition, values = _of(feeds)
        rows = self._database.rows(
            f"SELECT host, min(next_at) AS first FROM waiting WHERE NOT given_up {condition}"  # noqa: S608 - our words
            " GROUP BY host HAVING first <= ? ORDER BY first",
            *values,
            seconds(now),
        )
        return tuple(host for host, _ in rows)

    def due(self, host: str, now: datetime, limit: int, feeds: Collection[int] | None = None) -> tuple[Waiting, ...]:
        """Pages of a host whose turn has come, the longest due first; of some feeds alone where they are given."""
        condition, values = _of(feeds)
        rows = self._database.rows(
            "SELECT offer, feed, tries, trouble, renews FROM waiting"  # noqa: S608 - as above
            f" WHERE NOT given_up {condition} AND host = ? AND next_at <= ? ORDER BY next_at LIMIT ?",
            *values,
            host,
            seconds(now),
            limit,
        )
        return tuple(map(_waiting, rows))

    def next_at(self) -> float | None:
        """When the next page's turn comes, in the ledger's seconds; None where none waits."""
        [(moment,)] = self._database.rows("SELECT min(next_at) FROM waiting WHERE NOT given_up")
        return None if moment is None else float(moment)

    def settle(self, waiting: Waiting) -> None:
        """Note that a page is dealt with."""
        self._database.write("DELETE FROM waiting WHERE url = ?", waiting.key)

    def try_again(self, waiting: Waiting, at: datetime, trouble: str) -> None:
        """Note that a page could not be had, and when to try again."""
        self._database.write(
            "UPDATE waiting SET tries = tries + 1, next_at = ?, trouble = ? WHERE url = ?",
            seconds(at),
            trouble[:_REASON_LIMIT],
            waiting.key,
        )

    def give_up(self, waiting: Waiting, now: datetime, trouble: str) -> None:
        """Note that a page is not tried again, and why."""
        self._database.write(
            "UPDATE waiting SET given_up = 1, tries = tries + 1, next_at = ?, trouble = ? WHERE url = ?",
            seconds(now),
            trouble[:_REASON_LIMIT],
            waiting.key,
        )

    def count_waiting(self, feed: int | None = None) -> int:
        """How many pages wait, of one feed or of all."""
        [(pages,)] = self._database.rows(
            "SELECT count(*) FROM waiting WHERE NOT given_up AND (? IS NULL OR feed = ?)", feed, feed
        )
        return int(pages)

    def counts_due(self, now: datetime) -> dict[int, int]:
        """For each feed that has any: how many of its pages are fetched now, or as soon as their host's turn comes."""
        rows = self._database.rows(
            "SELECT feed, count(*) FROM waiting WHERE NOT given_up AND next_at <= ? GROUP BY feed", seconds(now)
        )
        return dict(rows)

    def given_up(self, feed: int, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Pages of a feed that were given up lately, each with the reason; the last first."""
        rows = self._database.rows(
            "SELECT offer, trouble FROM waiting WHERE given_up AND feed = ? ORDER BY next_at DESC LIMIT ?", feed, limit
        )
        return tuple((_offer(offer).url, trouble) for offer, trouble in rows)

    def counts(self) -> dict[int, tuple[int, int]]:
        """For each feed that has any: how many of its pages wait, and how many were given up."""
        rows = self._database.rows("SELECT feed, sum(NOT given_up), sum(given_up) FROM waiting GROUP BY feed")
        return {feed: (waiting, given_up) for feed, waiting, given_up in rows}


def _of(feeds: Collection[int] | None) -> tuple[str, tuple[str, ...]]:
    """A condition that only these feeds meet, and its values."""
    if feeds is None:
        return "", ()
    return "AND feed IN (SELECT value FROM json_each(?))", (json.dumps(list(feeds)),)


def _waiting(row: Row) -> Waiting:
    offer, feed, tries, trouble, renews = row
    return Waiting(offer=_offer(offer), feed=feed, tries=tries, trouble=trouble, renews=bool(renews))


def _written(offer: Offer) -> str:
    """An offer as JSON, without its text: that is on its page."""
    said: dict[str, Any] = {
        "url": offer.url,
        "headline": offer.headline,
        "publisher": offer.publisher,
        "authors": offer.authors,
        "language": offer.language,
        "rating": offer.rating,
    }
    if (published := offer.published) is not None:
        said |= {"day": published.day.isoformat(), "at": published.at and published.at.isoformat()}
    return json.dumps({name: value for name, value in said.items() if value})


def _offer(written: str) -> Offer:
    said = json.loads(written)
    day, at = said.pop("day", None), said.pop("at", None)
    published = Publication(date.fromisoformat(day), at and datetime.fromisoformat(at)) if day else None
    return Offer(**said | {"authors": tuple(said.get("authors", ()))}, published=published)
