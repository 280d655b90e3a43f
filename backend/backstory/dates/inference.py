"""The year that a date leaves out: from the story where it tells of one, else from publication and the verb's way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.dates import wording
from backstory.dates.scene import Scene
from backstory.dates.story import Mention
from backstory.dates.tense import AHEAD, BACK, NEAREST, UNSAID
from backstory.model import Interval

Period = Callable[[int], Interval | None]
"""From a year to the period that a name has in it: "October" to that October."""

_LEAP_REACH = 8  # years either side: 29 February comes round within them
_LONG_GONE, _SOON = 240, 62  # days
_FLASHBACK = timedelta(days=45)  # a story that steps further back than this has gone on into the next year


@dataclass(frozen=True, slots=True)
class Inferred:
    """The year found, the day it was reckoned from, and how, for the reader; `full` if a story told the year."""

    year: int
    anchor: date | None
    reckoned: str
    full: bool = False


def infer(scene: Scene, name: str, period: Period) -> Inferred | None:
    """The year in which a named period lies."""
    reference = scene.story.reference()
    if reference is not None and (told := _told(scene, reference, name, period)):
        return told
    return _around(scene, name, period, scene.way())


def turned(scene: Scene, name: str, period: Period, which: int, anchor: Interval | None = None) -> Inferred | None:
    """The period before (-1), of (0) or after (1) publication or another stretch: "last October"."""
    now = anchor or Interval(scene.today, scene.today)
    known = _periods(now.start.year, period)
    if which < 0:
        found = [(year, p) for year, p in known if p.end < now.start][-1:]
    elif which > 0:
        found = [(year, p) for year, p in known if p.start > now.end][:1]
    else:
        found = [item for item in known if item[1].holds(now.start)] or [
            item for item in sorted(known, key=lambda item: _distance(item[1], now.start))
            if anchor is None or item[0] == now.start.year
        ]  # fmt: skip
    if not found:
        return None
    where = wording.day_words(now.start)
    relation = {-1: "before", 0: "nearest to", 1: "after"}[which]
    return Inferred(found[0][0], now.start, f"the {name} {relation} {where}", full=anchor is not None)


def _told(scene: Scene, reference: Mention, name: str, period: Period) -> Inferred | None:
    """The year that the story is in, or the next where the name has gone by."""
    stretch = reference.interval
    if stretch is None:
        return None
    here = period(stretch.start.year)
    if here is None:
        return None
    year = stretch.start.year
    if len(reference.value) > len("2016") and here.end + _FLASHBACK < stretch.start:
        year += 1
    found = period(year)
    if found is None or (found.start > scene.today and scene.way() <= 0):
        return None
    return Inferred(year, stretch.start, f"the {name} of {year}, which the text speaks of", full=True)


def _around(scene: Scene, name: str, period: Period, way: int) -> Inferred | None:
    today = scene.today
    known = _periods(today.year, period)
    gone = [item for item in known if item[1].start <= today][-1:]
    ahead = [item for item in known if item[1].end >= today][:1]
    if way == AHEAD:
        found = ahead
    elif way == BACK or not ahead or (way != NEAREST and not _may_be_coming(gone, ahead, today, way)):
        found = gone
    else:
        found = sorted(gone + ahead, key=lambda item: _distance(item[1], today))[:1]
    if not found:
        return None
    year, stretch = found[0]
    where = wording.day_words(today)
    if stretch.holds(today):
        return Inferred(year, today, f"the {name} of {where}")
    return Inferred(year, today, f"the {name} {'after' if stretch.start > today else 'before'} {where}")


def _may_be_coming(gone: list[tuple[int, Interval]], ahead: list[tuple[int, Interval]], today: date, way: int) -> bool:
    """Whether a name without a verb may be of a time to come: a day, or a month close by whose last is long gone."""
    if ahead[0][1].start == ahead[0][1].end:
        return way == UNSAID
    return bool(gone) and (today - gone[0][1].end).days > _LONG_GONE and (ahead[0][1].start - today).days < _SOON


def _periods(year: int, period: Period) -> list[tuple[int, Interval]]:
    years = range(max(1, year - _LEAP_REACH), min(9999, year + _LEAP_REACH + 1))
    return [(number, found) for number in years if (found := period(number)) is not None]


def _distance(stretch: Interval, day: date) -> int:
    if stretch.holds(day):
        return 0
    return min(abs((stretch.start - day).days), abs((stretch.end - day).days))
