"""Calendar dates: the slots of a frame to a TIMEX3 value, the missing year found from the story."""

from datetime import date, timedelta

from backstory.dates import almanac, wording
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene


def read_date(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a date from whichever slots it has."""
    if "deictic" in frame:
        day = scene.today + timedelta(days=frame.number("deictic"))
        return _reading(frame, day.isoformat(), scene.today, _deictic_words(frame.number("deictic"), scene.today))
    if "year" in frame:
        return _reading(frame, _value(frame, frame.number("year")), None, "", full=True)
    if "month" in frame:
        return _month(frame, scene)
    if "weekday" in frame:
        return _weekday(frame, scene)
    return None


def _reading(frame: Frame, value: str, anchor: date | None, reckoned: str, *, full: bool = False) -> Reading:
    return calendar_reading(
        value + frame.text("part"), mod=frame.text("mod"), anchor=anchor, reckoned=reckoned, full=full
    )


def _value(frame: Frame, year: int) -> str:
    value = f"{year:04}"
    if "month" in frame:
        value += f"-{frame.number('month'):02}"
    if "day" in frame:
        date(year, frame.number("month"), frame.number("day"))
        value += f"-{frame.number('day'):02}"
    return value


def _month(frame: Frame, scene: Scene) -> Reading:
    """October, June 7: the year from the words around."""
    month, day = frame.number("month"), frame.number("day", 1)
    way, today = scene.way(), scene.today
    years = [year for year in range(today.year - 4, today.year + 5) if _exists(year, month, day)]
    if way > 0:
        year = next(y for y in years if _last(y, month, frame) >= today)
    else:
        year = next(y for y in reversed(years) if date(y, month, day) <= today)
    if way == 0 and "day" in frame:
        year = min(years, key=lambda y: abs((date(y, month, day) - today).days))
    value = _value(frame, year)
    relation = "after" if date(year, month, day) > today else "before"
    what = wording.month_words(month) if "day" not in frame else f"{day} {wording.month_words(month)}"
    return _reading(frame, value, today, f"the {what} {relation} {wording.day_words(today)}")


def _last(year: int, month: int, frame: Frame) -> date:
    return date(year, month, frame.number("day")) if "day" in frame else almanac.month(year, month).end


def _exists(year: int, month: int, day: int) -> bool:
    return day <= almanac.month(year, month).end.day


def _weekday(frame: Frame, scene: Scene) -> Reading:
    weekday, today = frame.number("weekday"), scene.today
    ahead = (weekday - today.isoweekday()) % 7
    days = ahead if scene.way() > 0 or ahead == 0 else ahead - 7
    day = today + timedelta(days=days)
    name = wording.weekday_words(weekday)
    relation = "the day of publication" if days == 0 else f"the {name} {'after' if days > 0 else 'before'}"
    reckoned = f"{name}, {relation}" if days == 0 else f"{relation} {wording.day_words(today)}"
    return _reading(frame, day.isoformat(), today, reckoned)


def _deictic_words(days: int, today: date) -> str:
    where = wording.day_words(today)
    if days == 0:
        return f"{where}, the day of publication"
    count = "" if abs(days) == 1 else f"{abs(days)} "
    return f"the {count}{wording.unit_words('D', abs(days))} {'after' if days > 0 else 'before'} {where}"
