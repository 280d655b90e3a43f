"""The days in which an event that a claim dates was reported.

A window is a hope, not a fact: what was announced in March may be reported in April. So what was published in it is
fetched beside what the whole archive has, and how far a report lies from it is a measure, never a filter.
"""

from datetime import date, timedelta

from backstory.model import Interval, Publication, TimeExpression

DAYS_BEFORE = 3  # of the start: plans are reported before they come true
DAYS_AFTER = 7  # of the end: reports follow an event within days
MAX_DAYS = 400  # a longer stretch ("the past decade") tells no report from another
MAX_WINDOWS = 3  # of one claim


def windows(times: tuple[TimeExpression, ...], published: Publication) -> tuple[Interval, ...]:
    """When what the times speak of was published, as far as that is past."""
    found: list[Interval] = []
    for time in times:
        window = window_of(time, published)
        if window is not None and window not in found:
            found.append(window)
    return tuple(found[:MAX_WINDOWS])


def window_of(time: TimeExpression, published: Publication) -> Interval | None:
    """When what a time speaks of was published; nothing where it names no days, or none before the page's own."""
    interval, day = time.interval, published.day
    if interval is None or interval.start >= day or (interval.end - interval.start).days > MAX_DAYS:
        return None
    if interval.start <= date.min + timedelta(days=DAYS_BEFORE):
        return None
    end = min(interval.end, day - timedelta(days=DAYS_AFTER)) + timedelta(days=DAYS_AFTER)
    return Interval(interval.start - timedelta(days=DAYS_BEFORE), max(end, interval.start))


def distance(window: Interval, day: date) -> int:
    """Days between a day and the nearest day of the window; 0 inside it."""
    if day < window.start:
        return (window.start - day).days
    return max(0, (day - window.end).days)
