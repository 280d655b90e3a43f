"""Days and weeks by their number: the first Monday in May, the last day of the month, the 20th of next month."""

from datetime import date

from backstory.dates import almanac, wording
from backstory.dates.dated import Dated, named
from backstory.dates.frames import Frame
from backstory.dates.scene import Scene
from backstory.dates.years import How, month_of, year_of
from backstory.model import Interval


def read_nth(frame: Frame, scene: Scene) -> Dated | None:
    """The first Monday in May, the third week of March, the last day of this month."""
    whole, how = month_of(frame, scene)
    if whole is not None:
        return _dated(_day(frame, whole.year, whole.month), how)
    month = frame.number("month")
    if "month" not in frame:
        return _of_year(frame, scene)

    def period(year: int) -> Interval | None:
        found = _day(frame, year, month)
        return Interval(found, found) if found else None

    return named(frame, scene, "day", period, lambda year: str(_day(frame, year, month)))


def _dated(day: date | None, how: How) -> Dated | None:
    return Dated(str(day), how.anchor, how.reckoned) if day else None


def _day(frame: Frame, year: int, month: int) -> date | None:
    """A day of the nth of what a frame counts in a month; ISO: a week belongs to where its Thursday lies."""
    nth, unit = frame.number("nth"), frame.text("within")
    if unit == "D":
        whole = almanac.month(year, month)
        return whole.start if nth > 0 else whole.end
    return almanac.nth_weekday(year, month, _COUNTED_BY.get(unit) or frame.number("weekday"), nth)


_COUNTED_BY = {"W": 4, "WE": 6}  # the weekday that tells which month a week or a weekend is of


def _of_year(frame: Frame, scene: Scene) -> Dated | None:
    """The first week of 2019, by ISO's count (the last holds 28 December), or its first day."""
    year, how = year_of(frame, scene)
    if year is None or year < 1:
        return None
    nth = frame.number("nth")
    if frame.text("within") == "D":
        return Dated(str(date(year, 1, 1) if nth > 0 else date(year, 12, 31)), how.anchor, how.reckoned, full=True)
    number = nth if nth > 0 else date(year, 12, 28).isocalendar().week
    return Dated(str(date.fromisocalendar(year, number, 1)), how.anchor, how.reckoned, full=True)


def read_week_number(frame: Frame, _scene: Scene) -> Dated:
    """Week 31 of 2015, by ISO's count. Raises ValueError where the year has no such week."""
    monday = date.fromisocalendar(frame.number("year"), frame.number("weekno"), 1)
    return Dated(almanac.week_value(monday), full=True)


def read_day_of_month(frame: Frame, scene: Scene) -> Dated | None:
    """The 18th, Monday the 18th: of the month said, of the one the story is in, or the nearest the verb points to."""
    number, weekday = frame.number("day"), frame.number("weekday")
    whole, how = month_of(frame, scene)
    if whole is not None:
        return _dated(whole.replace(day=number), how)
    reference = scene.story.reference()
    start = reference.interval.start if reference and reference.interval else scene.today
    months = [almanac.shift(start.replace(day=1), "M", step) for step in range(-6, 7)]
    days = [month.replace(day=number) for month in months if number <= almanac.month(month.year, month.month).end.day]
    days = [day for day in days if not weekday or day.isoweekday() == weekday]
    if reference:
        found = [day for day in days if day >= start.replace(day=1)][:1]
    elif scene.way() > 0:
        found = [day for day in days if day >= start][:1]
    else:
        found = [day for day in days if day <= start][-1:] or [day for day in days if day > start][:1]
    if not found:
        return None
    where = wording.day_words(start)
    relation = "of the month of" if reference else "after" if found[0] > start else "before"
    return Dated(str(found[0]), start, f"the day {number} {relation} {where}", full=bool(reference))
