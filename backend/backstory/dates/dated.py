"""A date without its time of day, and how a period that has a name in every year gets its year."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from backstory.dates import almanac, wording
from backstory.dates.frames import Frame
from backstory.dates.inference import Inferred, Period, infer, turned
from backstory.dates.scene import Scene
from backstory.dates.years import year_of, year_value
from backstory.model import Interval


@dataclass(frozen=True, slots=True)
class Dated:
    """A date without its time of day."""

    value: str
    anchor: date | None = None
    reckoned: str = ""
    full: bool = False
    interval: Interval | None = None
    mod: str = ""


def named(frame: Frame, scene: Scene, name: str, period: Period, value: Callable[[int], str]) -> Dated | None:
    """A period that has a name in every year: in the year said, turned to, or inferred."""
    year, how = year_of(frame, scene)
    if year is not None:
        if year < 1:
            return Dated(year_value(year), full=True)
        if "weekday" in frame and period(year) is None:
            period = day_period(frame.number("month"), frame.number("day")) if "day" in frame else period
        return Dated(value(year), how.anchor, how.reckoned, full=True) if period(year) else None
    return from_inferred(_inferred(frame, scene, name, period), value)


def with_year(period: Period, name: str, scene: Scene, value: Callable[[int], str]) -> Dated | None:
    """A period that has a name in every year, in the year inferred."""
    return from_inferred(infer(scene, name, period), value)


def _inferred(frame: Frame, scene: Scene, name: str, period: Period) -> Inferred | None:
    last = scene.story.last
    if "hops" in frame:
        found = turned(scene, name, period, frame.number("sign"))
        further = frame.number("sign") * (frame.number("hops") - 1)
        return found and replace(found, year=found.year + further, reckoned=_hops_words(frame, scene, name))
    if "which" in frame:
        return turned(scene, name, period, frame.number("which"))
    if last is not None and last.interval is not None and "step" in frame:
        return turned(scene, name, period, frame.number("step"), last.interval)
    if last is not None and last.interval is not None and "that" in frame:
        return turned(scene, name, period, 0, last.interval)
    return infer(scene, name, period)


def _hops_words(frame: Frame, scene: Scene, name: str) -> str:
    relation = "after" if frame.number("sign") > 0 else "before"
    return f"the {wording.nth_words(frame.number('hops'))} {name} {relation} {wording.day_words(scene.today)}"


def from_inferred(inferred: Inferred | None, value: Callable[[int], str]) -> Dated | None:
    """The date of an inferred year; None where none was found."""
    if inferred is None:
        return None
    return Dated(value(inferred.year), inferred.anchor, inferred.reckoned, full=inferred.full)


def day_name(month: int, day: int) -> str:
    """A day as a reader says it: 21 April."""
    return f"{day} {wording.month_words(month)}"


def day_period(month: int, day: int, weekday: int = 0) -> Period:
    """From a year to a day of it, where the year has that day; on a weekday only, if any year agrees."""

    def period(year: int) -> Interval | None:
        if not 1 <= month <= 12 or not 1 <= day <= almanac.month(year, month).end.day:
            return None
        found = date(year, month, day)
        return Interval(found, found) if not weekday or found.isoweekday() == weekday else None

    if weekday and not any(period(year) for year in range(1990, 2018)):
        return day_period(month, day)
    return period
