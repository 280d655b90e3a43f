"""The ends of a range in order: in "runs from 28 March to 30 April", said in April, March is the one just gone."""

import re
from dataclasses import replace
from datetime import timedelta

from backstory.dates import almanac, timex, wording
from backstory.dates.reading import Reading
from backstory.model import TimeExpression

_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_WEEK = 7


def in_order(first: TimeExpression, last: Reading) -> TimeExpression:
    """The first end of a range, a year or a week earlier where it was reckoned past the last end."""
    if first.interval is None or last.interval is None or first.interval.start <= last.interval.start:
        return first
    if first.relative_to is None or not _DAY_OR_MONTH.fullmatch(first.value):
        return first
    days = (first.interval.start - last.interval.start).days
    start = first.interval.start
    earlier = start - timedelta(days=_WEEK) if days < _WEEK else almanac.shift(start, "Y", -1)
    if earlier > last.interval.start:
        return first
    value = str(earlier)[: len(first.value)]
    return replace(
        first,
        value=value,
        interval=timex.narrowed(timex.interval_of(value) or first.interval, first.mod),
        reckoned=f"the beginning of a range that ends {wording.day_words(last.interval.end)}",
    )
