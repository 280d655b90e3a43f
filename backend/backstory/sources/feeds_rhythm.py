"""How often a feed asks to be looked at: RSS's `ttl`, `skipHours` and `skipDays`, and RSS 1.0's syndication module."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAX_TTL = 7 * 86_400
"""Seconds; a feed that asks to be left alone for longer is asked every week."""

_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = re.compile(r"\s*(\d{1,6})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rests:
    """Hours of the day (0 to 23) and days of the week (Monday is 0) in which a feed is not to be read, in UTC."""

    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    def seconds(self, at: datetime) -> float:
        """How long it is from a moment to the next one in which the feed may be read; 0 where that is now.

        A feed that never may be read has said nothing.
        """
        if len(self.hours) == 24 or len(self.days) == 7:  # noqa: PLR2004 - all of them
            return 0.0
        moment = at = at.astimezone(UTC)
        while moment.hour in self.hours or moment.weekday() in self.days:
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return (moment - at).total_seconds()


def ttl_seconds(ttl: str, period: str = "", frequency: str = "") -> int:
    """Seconds between two looks: `ttl` (in minutes) where it is told, else so many times in a period; 0 for neither."""
    if minutes := _number(ttl):
        return min(MAX_TTL, minutes * 60)
    each = _PERIODS.get(period.strip().lower(), 0)
    return min(MAX_TTL, each // max(1, _number(frequency))) if each else 0


def rests(hours: Iterable[str], days: Iterable[str]) -> Rests:
    """What `skipHours` and `skipDays` hold; hour 24 is midnight to some."""
    told = (int(found[1]) for hour in hours if (found := _NUMBER.fullmatch(hour)))
    names = (day.strip().lower() for day in days)
    return Rests(
        frozenset(hour % 24 for hour in told if hour <= 24),  # noqa: PLR2004 - as above
        frozenset(_WEEKDAYS.index(name) for name in names if name in _WEEKDAYS),
    )


def _number(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else 0
