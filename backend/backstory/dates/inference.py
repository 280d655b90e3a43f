"""The year that a date leaves out: from the story where it tells of one, else from publication and the verb's way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.dates import wording
from backstory.dates.scene import Scene
from backstory.dates.story import Mention
from backstory.dates.tense import AHEAD, LIKELY, NEAREST, UNSAID, WEAKLY_BACK
from backstory.model import Interval

Period = Callable[[int], Interval | None]
"""From a year to the period that a name has in it: "October" to that October."""

_LEAP_REACH = 8  # years either side: 29 February comes round within them
_LONG, _LAST_YEAR = 240, 300  # days; what is longer gone is mostly told with its year
_SOON, _VERY_SOON = 62, 31  # days
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
    if stretch is None or (scene.story.narrative and not scene.story.history and scene.way() == AHEAD):
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
    gone = next((item for item in reversed(known) if item[1].start <= today), None)
    ahead = next((item for item in known if item[1].end >= today), None)
    found = (gone if not ahead or (gone and not _is_coming(gone[1], ahead[1], today, way)) else ahead) or gone
    if found is None:
        return None
    year, stretch = found
    where = wording.day_words(today)
    if stretch.holds(today):
        return Inferred(year, today, f"the {name} of {where}")
    return Inferred(year, today, f"the {name} {'after' if stretch.start > today else 'before'} {where}")


def _is_coming(gone: Interval, ahead: Interval, today: date, way: int) -> bool:
    """Whether a name without its year is of the time to come, by the verb and by how far off both are."""
    since, until = max(0, (today - gone.end).days), max(0, (ahead.start - today).days)
    is_day = ahead.start == ahead.end
    if way == AHEAD:  # "it will go on despite the protest on July 1" means the one just gone
        return not (is_day and until > _LAST_YEAR and since <= _VERY_SOON)
    if way == NEAREST:
        return until <= since
    if way == LIKELY:
        return not (until > _LONG and since < _LONG / 2)
    if way == UNSAID and is_day:
        return until <= since and until < _SOON
    if way in (UNSAID, WEAKLY_BACK):
        return since > (_LAST_YEAR if is_day else _LONG) and until < (_VERY_SOON if is_day else _SOON)
    return False


def _periods(year: int, period: Period) -> list[tuple[int, Interval]]:
    years = range(max(1, year - _LEAP_REACH), min(9999, year + _LEAP_REACH + 1))
    return [(number, found) for number in years if (found := period(number)) is not None]


def _distance(stretch: Interval, day: date) -> int:
    if stretch.holds(day):
        return 0
    return min(abs((stretch.start - day).days), abs((stretch.end - day).days))
