"""What the archive lacks to answer a claim: months that it hardly holds, an outlet that it does not.

A claim that finds nothing tells two things apart: what was never reported, and what was never kept. The latter can be
put right, month by month, as sources are asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from backstory.model import ArchiveStats, Gap, Interval, LinkedClaim, Publication
from backstory.retrieval.window import window_of

FEW_ARTICLES = 30
"""A month with fewer holds little or nothing: less than one article a day."""

_ONE_DAY = timedelta(days=1)


def is_gap_likely(linked: LinkedClaim) -> bool:
    """Whether what is silent here may be so for want of articles."""
    return linked.abstained in {"nothing-in-window", "outlet-not-in-archive"}


def with_gap(linked: LinkedClaim, published: Publication, stats: ArchiveStats) -> LinkedClaim:
    """The claim with what the archive lacks to answer it, where it lacks something."""
    said = linked.claim.attribution
    publisher = said.publisher if linked.abstained == "outlet-not-in-archive" and said else ""
    held = dict(stats.months)
    stretches = _months(linked, published) if is_gap_likely(linked) else iter(())
    days = next((days for days in stretches if publisher or _is_bare(days, held)), None)
    return replace(linked, gap=Gap(days=days, publisher=publisher)) if days or publisher else linked


def _months(linked: LinkedClaim, published: Publication) -> Iterator[Interval]:
    """The whole months of each time that the claim speaks of, as far as they came before the page."""
    for time in linked.claim.times:
        if time.interval is not None and window_of(time, published) is not None:
            end = min(_after(time.interval.end) - _ONE_DAY, published.day - _ONE_DAY)
            yield Interval(time.interval.start.replace(day=1), end)


def _is_bare(days: Interval, held: Mapping[date, int]) -> bool:
    month = days.start.replace(day=1)
    while month <= days.end:
        if held.get(month, 0) >= FEW_ARTICLES:
            return False
        month = _after(month)
    return True


def _after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
