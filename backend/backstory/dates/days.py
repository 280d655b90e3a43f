"""Days: by their figures, by their name, by their weekday, by their place in a month, or as the day spoken of."""

import re
from datetime import date, timedelta

from backstory.dates import almanac, wording
from backstory.dates.dated import Dated, day_name, day_period, named, with_year
from backstory.dates.feasts import feast_days
from backstory.dates.frames import Frame
from backstory.dates.scene import Scene
from backstory.dates.tense import AHEAD, LIKELY, NEAREST
from backstory.dates.years import expanded
from backstory.model import Interval

_TWO_DIGITS = 99
_MIDWEEK = 3  # days ahead within which a weekday is nearer than the one gone
_THIS_SIDE = 5  # what "would" happen on a weekday that was yesterday has happened
_LAST_WEEKDAY = 8  # "last Monday" is the one just gone, but yesterday is not called so


def read_event(frame: Frame, _scene: Scene) -> Dated:
    """A named event: its days, its value the day, month or year that holds them."""
    start, end = map(date.fromisoformat, frame.text("event").split("/"))
    value = start.isoformat() if start == end else almanac.value_at(start, "M" if start.month == end.month else "Y")
    words = wording.day_words(start) + ("" if start == end else f" to {wording.day_words(end)}")
    return Dated(value, None, f"a named event, {words}", full=True, interval=Interval(start, end))


def read_iso(frame: Frame, _scene: Scene) -> Dated | None:
    """2016-04-21, perhaps with a time."""
    said = frame.text("iso")
    date.fromisoformat(said[:10])
    return Dated(said[:16], full=True)


def read_compact(frame: Frame, _scene: Scene) -> Dated:
    """20160421."""
    said = frame.text("compact")
    return Dated(date(int(said[:4]), int(said[4:6]), int(said[6:8])).isoformat(), full=True)


def read_slashed(frame: Frame, scene: Scene) -> Dated:
    """21/4/2016 and 4/21/2016: the order that makes a date, the outlet's where both do."""
    first, second, third = (int(part) for part in re.split("[-/.]", frame.text("slashed")))
    if first > _TWO_DIGITS:
        return Dated(date(first, second, third).isoformat(), full=True)
    year = third if third > _TWO_DIGITS else expanded(third, scene)
    day, month = (first, second) if _day_first(frame.text("slashed"), first, second, scene) else (second, first)
    return Dated(date(year, month, day).isoformat(), full=True)


def read_slashed_day(frame: Frame, scene: Scene) -> Dated | None:
    """21/4 and 4/21: a day without its year."""
    first, second = (int(part) for part in frame.text("numeric").replace("/", ".").split("."))
    day, month = (first, second) if _day_first(frame.text("numeric"), first, second, scene) else (second, first)
    if not 1 <= month <= almanac.MONTHS_PER_YEAR:
        return None  # 50/50
    return with_year(day_period(month, day), day_name(month, day), scene, lambda year: f"{year:04}-{month:02}-{day:02}")


def _day_first(said: str, first: int, second: int, scene: Scene) -> bool:
    if first > almanac.MONTHS_PER_YEAR or second > almanac.MONTHS_PER_YEAR:
        return first > almanac.MONTHS_PER_YEAR
    return scene.story.day_first or "." in said


def read_deictic(frame: Frame, scene: Scene) -> Dated:
    """Today, yesterday, tomorrow and the days beside."""
    days = frame.number("deictic")
    if scene.story.history and days == 0 and not frame.text("part") and "mod" not in frame:
        return Dated("PRESENT_REF")  # a history's "today" is our times
    where = wording.day_words(scene.today)
    count = "" if abs(days) == 1 else f"{abs(days)} "
    relation = "after" if days > 0 else "before"
    words = (
        f"the {count}{wording.unit_words('D', abs(days))} {relation} {where}"
        if days
        else f"{where}, the day of publication"
    )
    return Dated((scene.today + timedelta(days=days)).isoformat(), scene.today, words)


def read_holiday(frame: Frame, scene: Scene) -> Dated | None:
    """A named day, fixed or moving."""
    code = frame.text("holiday")

    def period(year: int) -> Interval | None:
        days = feast_days(code, year)
        return Interval(days[0], days[0]) if days else None

    def value(year: int) -> str:
        return str(feast_days(code, year)[0])

    if code.endswith(" 2001"):
        return Dated(value(2001), full=True, reckoned="the attacks of 11 September 2001")
    return named(frame, scene, "day of that name", period, value)


def read_weekday(frame: Frame, scene: Scene) -> Dated | None:
    """A weekday: of the day it says once more, turned to, counted from the text, or where its verb points."""
    day, last = scene.apposed, scene.story.last
    if day is not None and day.isoweekday() == frame.number("weekday"):
        words = f"{wording.day_words(day)}, the day spoken of"
        return Dated(str(day), day, words, full=last is not None and last.full)
    return _weekday(frame, scene)


def _weekday(frame: Frame, scene: Scene) -> Dated:
    weekday, today = frame.number("weekday"), scene.today
    name = wording.weekday_words(weekday)
    last = scene.story.last_day()
    start = last.interval.start if last and last.interval else today
    ahead = (weekday - today.isoweekday()) % 7
    if "hops" in frame:
        return _hopped(frame, scene)
    if "which" in frame or "ofweek" in frame:
        day = today + timedelta(days=weekday - today.isoweekday() + 7 * frame.number("which", frame.number("ofweek")))
        if frame.number("which") < 0 and (today - day).days > _LAST_WEEKDAY:
            day += timedelta(days=7)
        words = f"the {name} {'before' if day < today else 'after'} {wording.day_words(today)}"
        return Dated(str(day), today, words)
    if "near" in frame:
        days = ahead or 7 if frame.number("near") > 0 else (ahead or 7) - 7 if ahead else -7
        day = today + timedelta(days=days)
        return Dated(str(day), today, f"the {name} {'after' if days > 0 else 'before'} {wording.day_words(today)}")
    if "step" in frame or "that" in frame:
        step = frame.number("step")
        days = (weekday - start.isoweekday()) % 7
        days = days or 7 if step > 0 else days - 7 if step < 0 else days
        day = start + timedelta(days=days)
        return Dated(str(day), start, f"the {name} {'before' if day < start else 'after'} {wording.day_words(start)}")
    if scene.story.narrative and last and last.full:
        day = start + timedelta(days=(weekday - start.isoweekday()) % 7)
        return Dated(str(day), start, f"the {name} after {wording.day_words(start)}", full=True)
    way = scene.way()
    coming = way == AHEAD or (way == LIKELY and ahead <= _THIS_SIDE) or (way == NEAREST and ahead <= _MIDWEEK)
    days = ahead if coming or ahead == 0 else ahead - 7
    day = today + timedelta(days=days)
    where = wording.day_words(today)
    words = (
        f"{name}, the day of publication" if days == 0 else f"the {name} {'after' if days > 0 else 'before'} {where}"
    )
    return Dated(str(day), today, words)


def _hopped(frame: Frame, scene: Scene) -> Dated:
    """Two Thursdays ago, the Friday after next."""
    weekday, sign, hops = frame.number("weekday"), frame.number("sign"), frame.number("hops")
    to_next = (weekday - scene.today.isoweekday()) % 7 or 7
    first = to_next if sign > 0 else (to_next - 7 or -7)
    day = scene.today + timedelta(days=first + sign * 7 * (hops - 1))
    relation = "after" if sign > 0 else "before"
    words = (
        f"the {wording.nth_words(hops)} {wording.weekday_words(weekday)} {relation} {wording.day_words(scene.today)}"
    )
    return Dated(str(day), scene.today, words)


def read_day_spoken_of(frame: Frame, scene: Scene) -> Dated | None:
    """A time or a part of the day alone: of the day that the text speaks of, else of publication."""
    last = scene.story.last_day()
    near = last is not None and (
        scene.story.narrative or last.sentence == scene.story.sentence or "that" in frame or "step" in frame
    )
    if frame.text("doubt") == "day" and not near:
        return None
    start = last.interval.start if near and last and last.interval else scene.today
    day = start + timedelta(days=frame.number("step"))
    words = f"on {wording.day_words(day)}" + ("" if day != scene.today else ", the day of publication")
    return Dated(str(day), start, words)
