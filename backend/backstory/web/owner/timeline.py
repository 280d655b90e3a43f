"""Articles a day by outlet over time: a strip of bars for all outlets, and one for each of the largest below it.

Strips, not colours, tell outlets apart. All strips share the bars' places; each is as high as its own highest bar, but
the first, since a small outlet would be flat beside a large one.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.model import Coverage
from backstory.web.months import grain_of, name_of
from backstory.web.wording import spoken_day

DAILY_DAYS = 60
"""An archive of at most so many days is drawn day by day."""

_OUTLETS = 6  # strips beside the one for all; as many as are looked at
_HEIGHT = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of the calendar by its name and place, its articles, how many that is a day, how high it is drawn."""

    name: str
    place: int
    articles: int
    a_day: float
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One outlet's bars, empty ones among them, and all its articles."""

    outlet: str
    articles: int
    bars: tuple[Bar, ...]

    @property
    def most(self) -> Bar:
        """The highest bar; the first of equals."""
        return max(self.bars, key=lambda bar: bar.a_day)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Strips of one grain ("day", "month" …): `every` outlet together, and the largest; `others` counts the rest."""

    grain: str
    every: Strip
    outlets: tuple[Strip, ...]
    others: int


def is_daily(first: date, last: date) -> bool:
    """Whether an archive of these days is drawn day by day."""
    return (last - first).days < DAILY_DAYS


def timeline(rows: Iterable[Coverage], first: date, last: date) -> Timeline:
    """The picture of what an archive holds from its first day to its last."""
    stretches = _stretches(first, last)
    held: dict[str, Counter[str]] = {}
    for row in rows:
        held.setdefault(row.publisher, Counter())[stretches.name(row.day)] += row.articles
    every: Counter[str] = sum(held.values(), Counter())
    ranked = sorted(held, key=lambda outlet: (-held[outlet].total(), outlet))
    return Timeline(
        stretches.grain,
        _strip("", every, stretches),
        tuple(_strip(outlet, held[outlet], stretches) for outlet in ranked[:_OUTLETS]),
        len(ranked[_OUTLETS:]),
    )


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The places of the bars: each name with how many days it has."""

    grain: str
    span: int
    days: dict[str, int]

    def name(self, day: date) -> str:
        if self.grain == "day":
            return spoken_day(day)
        return name_of((day.year * 12 + day.month - 1) // self.span * self.span, self.grain)


def _stretches(first: date, last: date) -> _Stretches:
    if is_daily(first, last):
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return _Stretches("day", 0, {spoken_day(day): 1 for day in days})
    begun, ended = (day.year * 12 + day.month - 1 for day in (first, last))
    grain, span = grain_of(begun, ended)
    named = {}
    for month in range(begun // span * span, ended // span * span + 1, span):
        named[name_of(month, grain)] = sum(_month_days(one) for one in range(month, month + span))
    return _Stretches(grain, span, named)


def _month_days(month: int) -> int:
    return monthrange(max(1, month // 12), month % 12 + 1)[1]


def _strip(outlet: str, held: Counter[str], stretches: _Stretches) -> Strip:
    a_day = {name: held[name] / days for name, days in stretches.days.items()}
    most = max(a_day.values(), default=0.0) or 1.0
    bars = (
        Bar(name=name, place=place, articles=held[name], a_day=rate, height=round(_HEIGHT * rate / most, 2))
        for place, (name, rate) in enumerate(a_day.items())
    )
    return Strip(outlet, held.total(), tuple(bars))
