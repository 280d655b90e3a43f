"""What each month holds, year by year, and the months that hold nothing: a calendar to see gaps in."""

import math
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.model import Coverage, Interval
from backstory.web.wording import spoken_days

_YEARS_MOST = 40  # rows; an archive that reaches further back shows its latest years
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Month:
    """A month, its articles, and how dark it is drawn: from 0, a gap, to 4."""

    interval: Interval
    articles: int
    level: int

    @property
    def name(self) -> str:
        """March 2016."""
        return spoken_days(self.interval.start, self.interval.end)

    @property
    def following(self) -> date:
        """The first day after it."""
        return self.interval.end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months; None for those before the archive begins and after it ends."""

    year: int
    months: tuple[Month | None, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in a row that hold nothing."""

    interval: Interval

    @property
    def name(self) -> str:
        """March 2016 to May 2016."""
        return spoken_days(self.interval.start, self.interval.end)

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last, as addresses have them: 2016-03."""
        return f"{self.interval.start:%Y-%m}", f"{self.interval.end:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years, the latest first, with the gaps in them, the latest first too; `earlier` counts years left out."""

    years: tuple[Year, ...]
    gaps: tuple[Gap, ...]
    earlier: int

    @property
    def most(self) -> Month:
        """The month that holds most; the latest of equals."""
        return max(
            (month for year in self.years for month in year.months if month is not None),
            key=lambda month: month.articles,
        )


def calendar(rows: Iterable[Coverage], first: date, last: date) -> Calendar:
    """The calendar of an archive, or of one outlet in it, from the archive's first day to its last."""
    held: Counter[tuple[int, int]] = Counter()
    for row in rows:
        held[row.day.year, row.day.month] += row.articles
    start_year = max(first.year, last.year - _YEARS_MOST + 1)
    most = max((articles for (year, _), articles in held.items() if year >= start_year), default=0)
    within = ((start_year, 1) if start_year > first.year else (first.year, first.month), (last.year, last.month))
    years = tuple(_year(year, held, within, most) for year in range(last.year, start_year - 1, -1))
    return Calendar(years, tuple(_gaps(years)), start_year - first.year)


def _year(
    year: int, held: Counter[tuple[int, int]], within: tuple[tuple[int, int], tuple[int, int]], most: int
) -> Year:
    first, last = within
    months = (
        _month(year, month, held[year, month], most) if first <= (year, month) <= last else None
        for month in range(1, 13)
    )
    return Year(year, tuple(months))


def _month(year: int, month: int, articles: int, most: int) -> Month:
    days = Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    # By the root: a month of ten articles beside one of a thousand is drawn lighter, but is no gap.
    return Month(days, articles, math.ceil(_LEVELS * math.sqrt(articles / most)) if most else 0)


def _gaps(years: tuple[Year, ...]) -> Iterator[Gap]:
    """Gaps, the latest first: years come that way already."""
    found: Month | None = None
    ended: date | None = None
    for month in (month for year in years for month in reversed(year.months) if month is not None):
        if month.articles:
            if found is not None and ended is not None:
                yield Gap(Interval(found.interval.start, ended))
            found = ended = None
        else:
            found, ended = month, ended or month.interval.end
    if found is not None and ended is not None:
        yield Gap(Interval(found.interval.start, ended))
