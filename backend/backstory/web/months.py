"""How many articles each month holds, as a small picture and as the table behind it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MOST_BARS = 60
HEIGHT = 40
"""How high the highest bar is; a bar's slot is 1 wide."""

# The finest that gives few enough bars is taken; each with how many months it spans.
_GRAINS = (("month", 1), ("year", 12), ("decade", 120), ("century", 1200))


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the calendar by its name, its articles, and how high it is drawn (0 to HEIGHT)."""

    name: str
    articles: int
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of one grain ("month"), from the first that holds an article to the last, empty ones among them."""

    grain: str
    bars: tuple[Bar, ...]

    @property
    def most(self) -> Bar:
        """The highest bar; the first of equals."""
        return max(self.bars, key=lambda bar: bar.articles)


def picture(months: Iterable[tuple[date, int]]) -> Picture | None:
    """The picture of an archive's months; None for an empty archive."""
    counted = [(day.year * 12 + day.month - 1, articles) for day, articles in months]
    if not counted:
        return None
    first, last = counted[0][0], counted[-1][0]
    grain, span = grain_of(first, last)
    held: Counter[int] = Counter()
    for month, articles in counted:
        held[month // span] += articles
    most = max(held.values())
    bars = (
        Bar(name_of(number * span, grain), held[number], round(HEIGHT * held[number] / most, 2))
        for number in range(first // span, last // span + 1)
    )
    return Picture(grain, tuple(bars))


def grain_of(first: int, last: int) -> tuple[str, int]:
    """The finest grain that gives few enough bars, and how many months it spans; months count from the year 0."""
    return next(each for each in _GRAINS if last // each[1] - first // each[1] < _MOST_BARS)


def name_of(month: int, grain: str) -> str:
    """What a stretch of the calendar is called that begins with a month."""
    year = month // 12
    match grain:
        case "month":
            return f"{date(year, month % 12 + 1, 1):%B} {year}"
        case "year":
            return str(year)
        case _:
            return f"{year}s"
