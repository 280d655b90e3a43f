"""Calendar dates: the slots of a frame to a TIMEX3 value, what the words leave out found from the story."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backstory.dates import almanac, timex, wording
from backstory.dates.clock import time_of
from backstory.dates.feasts import feast_days
from backstory.dates.frames import Frame
from backstory.dates.inference import Inferred, Period, infer, turned
from backstory.dates.numerals import leading
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene
from backstory.dates.tense import AHEAD, NEAREST
from backstory.dates.years import expanded, year_of, year_value
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


def read_date(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a date from whichever slots it has; None where no calendar has it."""
    read = next((read for slot, read in _BY_SLOT if slot in frame), _day_spoken_of)
    dated = read(frame, scene)
    if dated is None:
        return None
    unit = frame.text("holding") or frame.text("within")
    if unit and dated.interval is None and (stretch := timex.interval_of(dated.value)):
        dated = replace(dated, value=almanac.value_at(stretch.start, unit))
    mod = frame.text("mod") or dated.mod
    time = time_of(frame) if len(dated.value) in (10, 12) else ""
    return calendar_reading(
        dated.value + time, mod=mod, anchor=dated.anchor, reckoned=dated.reckoned, full=dated.full,
        interval=dated.interval,
    )  # fmt: skip


def _event(frame: Frame, _scene: Scene) -> Dated:
    start, end = map(date.fromisoformat, frame.text("event").split("/"))
    value = start.isoformat() if start == end else almanac.value_at(start, "M" if start.month == end.month else "Y")
    words = wording.day_words(start) + ("" if start == end else f" to {wording.day_words(end)}")
    return Dated(value, None, f"a named event, {words}", full=True, interval=Interval(start, end))


def _iso(frame: Frame, _scene: Scene) -> Dated | None:
    said = frame.text("iso")
    date.fromisoformat(said[:10])
    return Dated(said[:16], full=True)


def _compact(frame: Frame, _scene: Scene) -> Dated:
    said = frame.text("compact")
    return Dated(date(int(said[:4]), int(said[4:6]), int(said[6:8])).isoformat(), full=True)


def _slashed(frame: Frame, scene: Scene) -> Dated:
    """21/4/2016 and 4/21/2016: the order that makes a date, the outlet's where both do."""
    first, second, third = (int(part) for part in frame.text("slashed").replace("/", ".").split("."))
    if first > 99:
        return Dated(date(first, second, third).isoformat(), full=True)
    year = third if third > 99 else expanded(third, scene)
    day, month = (first, second) if _day_first(frame.text("slashed"), first, second, scene) else (second, first)
    return Dated(date(year, month, day).isoformat(), full=True)


def _slashed_day(frame: Frame, scene: Scene) -> Dated | None:
    """21/4 and 4/21: a day without its year."""
    first, second = (int(part) for part in frame.text("numeric").replace("/", ".").split("."))
    day, month = (first, second) if _day_first(frame.text("numeric"), first, second, scene) else (second, first)
    return _with_year(_day_period(month, day), _day_name(month, day), scene, lambda year: f"{year:04}-{month:02}-{day:02}")


def _day_first(said: str, first: int, second: int, scene: Scene) -> bool:
    if first > 12 or second > 12:
        return first > 12
    return scene.story.day_first or "." in said


def _deictic(frame: Frame, scene: Scene) -> Dated:
    days = frame.number("deictic")
    if scene.story.history and days == 0 and not frame.text("part") and "mod" not in frame:
        return Dated("PRESENT_REF")  # a history's "today" is our times
    where = wording.day_words(scene.today)
    count = "" if abs(days) == 1 else f"{abs(days)} "
    relation = "after" if days > 0 else "before"
    words = f"the {count}{wording.unit_words('D', abs(days))} {relation} {where}" if days else f"{where}, the day of publication"
    return Dated((scene.today + timedelta(days=days)).isoformat(), scene.today, words)


def _holiday(frame: Frame, scene: Scene) -> Dated | None:
    code = frame.text("holiday")

    def period(year: int) -> Interval | None:
        days = feast_days(code, year)
        return Interval(days[0], days[0]) if days else None

    def value(year: int) -> str:
        return str(feast_days(code, year)[0])

    if code.endswith(" 2001"):
        return Dated(value(2001), full=True, reckoned="the attacks of 11 September 2001")
    return _named(frame, scene, "feast", period, value)


def _nth_weekday(frame: Frame, scene: Scene) -> Dated | None:
    """The first Monday in May, the third week of March."""
    month, nth = frame.number("month"), frame.number("nth")
    unit = frame.text("within")

    def day(year: int) -> date | None:
        if not unit:
            return almanac.nth_weekday(year, month, frame.number("weekday"), nth)
        if unit == "WE":
            return almanac.nth_weekday(year, month, 6, nth)
        return almanac.nth_weekday(year, month, 4, nth)  # ISO: a week belongs to where its Thursday lies

    def period(year: int) -> Interval | None:
        found = day(year)
        return Interval(found, found) if found else None

    return _named(frame, scene, "day", period, lambda year: str(day(year)))


def _decade(frame: Frame, scene: Scene) -> Dated:
    said = frame.slots["decade"]
    number = leading(said) if isinstance(said, str) else int(said)
    if number >= 100:
        hundreds = number % 100 == 0 and number < 2000
        return Dated(f"{number // 100:02}" if hundreds else f"{number // 10:03}", full=True)
    reference = scene.story.reference()
    year = reference.interval.start.year if reference and reference.interval else scene.today.year
    century = year // 100 - (1 if number > year % 100 and not reference else 0)
    return Dated(f"{century:02}{number // 10}", full=True)


def _century(frame: Frame, _scene: Scene) -> Dated | None:
    number = frame.number("century") - 1
    if not 0 <= number <= 29:
        return None
    value = f"BC{number:02}" if "bce" in frame else f"{number:02}"
    if frame.number("half") and "bce" not in frame:
        start = number * 100 + 50 * (frame.number("half") - 1)
        interval = Interval(date(max(start, 1), 1, 1), date(start + 49, 12, 31))
        return Dated(value, full=True, interval=interval, mod="START" if frame.number("half") == 1 else "END")
    return Dated(value, full=True)


def _turn_of_century(_frame: Frame, scene: Scene) -> Dated:
    year = scene.today.year
    return Dated(f"{year // 100:02}", scene.today, f"the beginning of the century of {year}")


def _quarter(frame: Frame, scene: Scene) -> Dated | None:
    number = frame.number("quarter")
    if scene.sport:
        return None
    return _named(
        frame, scene, f"quarter {number}", lambda year: almanac.months(year, 3 * number - 2, 3),
        lambda year: f"{year:04}-Q{number}",
    )  # fmt: skip


def _half(frame: Frame, scene: Scene) -> Dated | None:
    number = frame.number("half")
    if scene.sport:
        return None
    if "month" in frame:
        found = _month(frame, scene)
        return found and replace(found, mod="START" if number == 1 else "END")
    if "decade" in frame:
        return replace(_decade(frame, scene), mod="START" if number == 1 else "END")
    if "century" in frame:
        return _century(frame, scene)
    return _named(
        frame, scene, f"half year {number}", lambda year: almanac.months(year, 6 * number - 5, 6),
        lambda year: f"{year:04}-H{number}",
    )  # fmt: skip


def _season(frame: Frame, scene: Scene) -> Dated | None:
    code = frame.text("season")
    return _named(
        frame, scene, wording.season_words(code), lambda year: almanac.season(year, code), lambda year: f"{year:04}-{code}"
    )


def _month(frame: Frame, scene: Scene) -> Dated | None:
    month = frame.number("month")
    if "day" in frame:
        day = frame.number("day")
        return _named(
            frame, scene, _day_name(month, day), _day_period(month, day, frame.number("weekday")),
            lambda year: f"{year:04}-{month:02}-{day:02}",
        )  # fmt: skip
    return _named(
        frame, scene, wording.month_words(month), lambda year: almanac.month(year, month),
        lambda year: f"{year:04}-{month:02}",
    )  # fmt: skip


def _day_name(month: int, day: int) -> str:
    return f"{day} {wording.month_words(month)}"


def _day_period(month: int, day: int, weekday: int = 0) -> Period:
    def period(year: int) -> Interval | None:
        if not 1 <= month <= 12 or not 1 <= day <= almanac.month(year, month).end.day:
            return None
        found = date(year, month, day)
        return Interval(found, found) if not weekday or found.isoweekday() == weekday else None

    if weekday and not any(period(year) for year in range(1990, 2018)):
        return _day_period(month, day)
    return period


def _named(frame: Frame, scene: Scene, name: str, period: Period, value: Callable[[int], str]) -> Dated | None:
    """A period that has a name in every year: in the year said, turned to, or inferred."""
    year, how = year_of(frame, scene)
    if year is not None:
        if year < 1:
            return Dated(year_value(year), full=True)
        if "weekday" in frame and period(year) is None:
            period = _day_period(frame.number("month"), frame.number("day")) if "day" in frame else period
        return Dated(value(year), how.anchor, how.reckoned, full=True) if period(year) else None
    return _from(_inferred(frame, scene, name, period), value)


def _inferred(frame: Frame, scene: Scene, name: str, period: Period) -> Inferred | None:
    last = scene.story.last
    if "which" in frame:
        return turned(scene, name, period, frame.number("which"))
    if last is not None and last.interval is not None and "step" in frame:
        return turned(scene, name, period, frame.number("step"), last.interval)
    if last is not None and last.interval is not None and "that" in frame:
        return turned(scene, name, period, 0, last.interval)
    return infer(scene, name, period)


def _with_year(period: Period, name: str, scene: Scene, value: Callable[[int], str]) -> Dated | None:
    return _from(infer(scene, name, period), value)


def _from(inferred: Inferred | None, value: Callable[[int], str]) -> Dated | None:
    if inferred is None:
        return None
    return Dated(value(inferred.year), inferred.anchor, inferred.reckoned, full=inferred.full)


def _day_of_month(frame: Frame, scene: Scene) -> Dated | None:
    """The 18th, Monday the 18th: of the month that the story is in, or the nearest the verb points to."""
    number, weekday = frame.number("day"), frame.number("weekday")
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
        found = [day for day in days if day <= start][-1:]
    if not found:
        return None
    where = wording.day_words(start)
    relation = "of the month of" if reference else "after" if found[0] > start else "before"
    return Dated(str(found[0]), start, f"the day {number} {relation} {where}", full=bool(reference))


def _weekday(frame: Frame, scene: Scene) -> Dated | None:
    weekday, today = frame.number("weekday"), scene.today
    name = wording.weekday_words(weekday)
    last = scene.story.last_day()
    start = last.interval.start if last and last.interval else today
    ahead = (weekday - today.isoweekday()) % 7
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
    coming = way == AHEAD or (way == NEAREST and ahead <= _MIDWEEK)
    days = ahead if coming or ahead == 0 else ahead - 7
    day = today + timedelta(days=days)
    where = wording.day_words(today)
    words = f"{name}, the day of publication" if days == 0 else f"the {name} {'after' if days > 0 else 'before'} {where}"
    return Dated(str(day), today, words)


def _year(frame: Frame, scene: Scene) -> Dated | None:
    year, how = year_of(frame, scene)
    if year is not None and not _is_credible(frame, year, scene):
        return None
    return Dated(year_value(year), how.anchor, how.reckoned, full=True) if year is not None else None


def _is_credible(frame: Frame, year: int, scene: Scene) -> bool:
    """Whether a bare number that could be something else is a year: modern, or in a text about such times."""
    if "bce" in frame or "ad" in frame:
        return True
    match frame.text("doubt"):
        case "short":
            return scene.story.narrative
        case "year":
            return scene.story.narrative or _MODERN <= year <= scene.today.year + _PLANS
        case _:
            return True


_MIDWEEK = 3  # days ahead within which a weekday is nearer than the one gone
_LAST_WEEKDAY = 8  # "last Monday" is the one just gone, but yesterday is not called so
_MODERN, _PLANS = 1750, 60  # years before and beyond these need a word that takes a year


def _day_spoken_of(frame: Frame, scene: Scene) -> Dated | None:
    """A time or a part of the day alone: of the day that the text speaks of, else of publication."""
    last = scene.story.last_day()
    near = last is not None and (scene.story.narrative or last.sentence == scene.story.sentence or "that" in frame or "step" in frame)
    start = last.interval.start if near and last and last.interval else scene.today
    day = start + timedelta(days=frame.number("step"))
    words = f"on {wording.day_words(day)}" + ("" if day != scene.today else ", the day of publication")
    return Dated(str(day), start, words)


_BY_SLOT: tuple[tuple[str, Callable[[Frame, Scene], Dated | None]], ...] = (
    ("event", _event),
    ("iso", _iso),
    ("slashed", _slashed),
    ("numeric", _slashed_day),
    ("compact", _compact),
    ("deictic", _deictic),
    ("holiday", _holiday),
    ("nth", _nth_weekday),
    ("half", _half),
    ("decade", _decade),
    ("century", _century),
    ("turncentury", _turn_of_century),
    ("quarter", _quarter),
    ("season", _season),
    ("month", _month),
    ("day", _day_of_month),
    ("weekday", _weekday),
    ("year", _year),
    ("ofyear", _year),
    ("thatyear", _year),
    ("yearstep", _year),
)
"""What reads a frame: the first slot in this order that it has."""
