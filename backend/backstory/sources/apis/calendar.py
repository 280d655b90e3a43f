"""Stretches of the calendar, cut into months or days."""

from collections.abc import Iterator
from datetime import date, timedelta

from backstory.model import Interval

_ONE = timedelta(days=1)


def months(days: Interval) -> Iterator[Interval]:
    """The calendar months of a stretch, the first and the last as far as the stretch goes."""
    start = days.start
    while start <= days.end:
        end = min(month_of(start).end, days.end)
        yield Interval(start, end)
        if end == date.max:
            return
        start = end + _ONE


def each_day(days: Interval) -> Iterator[Interval]:
    """The days of a stretch, one by one."""
    for ordinal in range(days.start.toordinal(), days.end.toordinal() + 1):
        yield Interval(date.fromordinal(ordinal), date.fromordinal(ordinal))


def month_of(day: date) -> Interval:
    """The calendar month in which a day lies."""
    start = day.replace(day=1)
    if (start.year, start.month) == (date.max.year, date.max.month):
        return Interval(start, date.max)
    return Interval(start, (start + timedelta(days=32)).replace(day=1) - _ONE)


def count(days: Interval) -> int:
    """How many days a stretch has."""
    return (days.end - days.start).days + 1


def halves(days: Interval) -> tuple[Interval, Interval]:
    """A stretch of two days or more in two."""
    middle = days.start + timedelta(days=count(days) // 2)
    return Interval(days.start, middle - _ONE), Interval(middle, days.end)
