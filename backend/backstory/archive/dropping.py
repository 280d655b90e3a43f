"""Articles that are to go: all of a host or an outlet, the old ones, the too many.

Each names them in the order in which they go, so that so many can be dropped at a time.
"""

from dataclasses import dataclass
from datetime import date

from backstory.archive.preparing import clean, publisher_key
from backstory.archive.rows import site
from backstory.archive.store import Store

BATCH = 500  # articles that are dropped at a time: reading and other writing come in between


@dataclass(frozen=True, slots=True)
class Doomed:
    """Articles named by a condition in the database's language, and its values."""

    condition: str
    values: tuple[object, ...]

    def numbers(self, store: Store, most: int = BATCH) -> list[int]:
        """The next articles to go."""
        rows = store.run(f"SELECT id FROM articles WHERE {self.condition} LIMIT ?", *self.values, most)  # noqa: S608
        return [number for (number,) in rows]


def of_host(host: str) -> Doomed:
    """The articles of a host and of all hosts below it."""
    first = site(clean(host).lower().strip("."))
    return Doomed("site >= ? AND site < ?", (first, f"{first[:-1]}/"))  # the slash comes right after the dot


def of_publisher(publisher: str) -> Doomed:
    """The articles of an outlet."""
    return Doomed("publisher_key = ?", (publisher_key(publisher),))


def before(day: date) -> Doomed:
    """The articles published before a day, the oldest first."""
    return Doomed("day < ? ORDER BY day, id", (day.isoformat(),))


def beyond(articles: int) -> Doomed:
    """The articles beyond so many, the oldest first; of one day those first that came first."""
    few = f"SELECT max(0, count(*) - {max(0, articles)}) FROM articles"  # noqa: S608 - a number
    return Doomed(f"id IN (SELECT id FROM articles ORDER BY day, id LIMIT ({few}))", ())  # noqa: S608
