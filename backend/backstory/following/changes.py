"""What an item said when it was seen last: enough to tell when it is changed, and when it is another one.

shown again, with other words or a later `updated` → read again, a few times, while it is news
the same id, elsewhere and with other words → another item
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from backstory.addresses import address_key
from backstory.following.database import Database, seconds
from backstory.following.shown import Item

RENEWALS_MOST = 3
"""How often one article is read again, however often its feeds say that it changed."""

RENEWED_AFTER = timedelta(hours=1)
"""How long an article is left alone after it was read."""

RENEWED_WITHIN = timedelta(days=7)
"""How long after an item was first seen its changes are looked for; later ones are repairs of old pages."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Items that changed and may be read again now, under the ids they are known by; `later` if others must wait."""

    items: tuple[Item, ...] = ()
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """A row of what was seen; `said` is empty where nothing was noted of what the item said."""

    url: str
    said: bytes
    since: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """When the article at an address was read last, for whichever feed, and how often again."""

    read_at: float
    renewals: int


def said_by(item: Item) -> bytes:
    """A digest of what an item says: its headline, its text and when it was changed."""
    offer, updated = item.offer, item.updated
    told = (updated.at or updated.day).isoformat() if updated else ""
    words = json.dumps([offer.headline, offer.text, offer.html, told])
    return sha256(words.encode()).digest()[:16]


class Changes:
    """The part of the table of what was seen that tells how items change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named(self, feed: int, items: Sequence[Item]) -> tuple[Item, ...]:
        """The items by ids of their own: one that bears another's id, as where a feed has but one, by its address.

        What moved and says the same is the same.
        """
        known = self._known(feed, [item.id for item in items])
        return tuple(
            replace(item, id=address_key(item.offer.url)) if _is_another(item, known.get(item.id)) else item
            for item in items
        )

    def among(self, feed: int, items: Sequence[Item], now: datetime) -> Changed:
        """Those of a feed's items that say something else than when they were seen."""
        known = self._known(feed, [item.id or address_key(item.offer.url) for item in items])
        changed = list(_changed(items, known, now))
        readings = self._readings(address_key(item.offer.url) for item in changed)
        late = seconds(now - RENEWED_AFTER)
        due, later = [], False
        for item in changed:
            reading = readings[address_key(item.offer.url)]
            if reading.renewals < RENEWALS_MOST:
                due += [item] if reading.read_at <= late else []
                later = later or reading.read_at > late
        return Changed(tuple(due), later)

    def renew(self, feed: int, items: Iterable[Item], now: datetime) -> None:
        """Note that items are read again, and what they say now."""
        self._database.write_all(
            "UPDATE seen SET said = ?, read_at = ?, renewals = renewals + 1 WHERE feed = ? AND item = ?",
            ((said_by(item), seconds(now), feed, item.id or address_key(item.offer.url)) for item in items),
        )

    def _known(self, feed: int, names: Collection[str]) -> dict[str, _Known]:
        rows = self._database.rows(
            "SELECT item, url, said, since FROM seen WHERE feed = ? AND item IN (SELECT value FROM json_each(?))",
            feed,
            json.dumps([name for name in names if name]),
        )
        return {item: _Known(url, said, since) for item, url, said, since in rows}

    def _readings(self, keys: Iterable[str]) -> dict[str, _Reading]:
        rows = self._database.rows(
            "SELECT url, max(read_at), sum(renewals) FROM seen"
            " WHERE url IN (SELECT value FROM json_each(?)) GROUP BY url",
            json.dumps(list(keys)),
        )
        return {url: _Reading(read_at, renewals) for url, read_at, renewals in rows}


def _is_another(item: Item, known: _Known | None) -> bool:
    if known is None or not known.said or known.url == address_key(item.offer.url):
        return False
    return known.said != said_by(item)


def _changed(items: Sequence[Item], known: Mapping[str, _Known], now: datetime) -> Iterator[Item]:
    recent = seconds(now - RENEWED_WITHIN)
    for item in items:
        key = address_key(item.offer.url)
        row = known.get(item.id or key)
        if row and row.url == key and row.since > recent and row.said and row.said != said_by(item):
            yield item
