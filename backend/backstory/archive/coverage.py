"""How many articles of each outlet the embedded archive holds, over time."""

from datetime import date

from backstory.archive.store import Store
from backstory.model import Coverage

_MONTH, _DAY = 7, 10  # characters of a day as it is written that name its month, and itself


def coverage(store: Store, first: date, last: date, *, daily: bool) -> list[Coverage]:
    """Articles by outlet and month, or day, in order of time."""
    rows = store.run(
        "SELECT publisher, substr(day, 1, ?) AS stretch, count(*) FROM articles WHERE day BETWEEN ? AND ? "
        "GROUP BY stretch, publisher ORDER BY stretch, publisher",
        _DAY if daily else _MONTH,
        first.isoformat(),
        last.isoformat(),
    )
    return [
        Coverage(publisher=publisher, day=date.fromisoformat(stretch if daily else f"{stretch}-01"), articles=articles)
        for publisher, stretch, articles in rows
    ]
