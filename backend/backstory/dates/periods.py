"""Months and longer: quarters, halves, seasons, years, decades, centuries."""

from dataclasses import replace
from datetime import date

from backstory.dates import almanac, wording
from backstory.dates.dated import Dated, day_name, day_period, named
from backstory.dates.frames import Frame
from backstory.dates.numerals import leading
from backstory.dates.scene import Scene
from backstory.dates.years import year_of, year_value
from backstory.model import Interval

_ORDINALS = ("", "first", "second", "third", "fourth")
_CENTURY = 100  # years; from here on the digits of a decade are those of its year
_DECADE_OF = 2000  # "the 2000s" are ten years, "the 1900s" a hundred
_LAST_CENTURY = 29
_MODERN, _PLANS = 1750, 60  # years before and beyond these need a word that takes a year


def read_month(frame: Frame, scene: Scene) -> Dated | None:
    """A month, or a day of one."""
    month = frame.number("month")
    if "day" in frame:
        day = frame.number("day")
        return named(
            frame, scene, day_name(month, day), day_period(month, day, frame.number("weekday")),
            lambda year: f"{year:04}-{month:02}-{day:02}",
        )  # fmt: skip
    return named(
        frame, scene, wording.month_words(month), lambda year: almanac.month(year, month),
        lambda year: f"{year:04}-{month:02}",
    )  # fmt: skip


def read_month_slash(frame: Frame, _scene: Scene) -> Dated:
    """10/2016."""
    month, year = frame.text("monthslash").split("/")
    return Dated(f"{year}-{int(month):02}", full=True)


def read_night_between(frame: Frame, scene: Scene) -> Dated | None:
    """The night of 5/6 June: it begins on the fifth."""
    first, second = (int(part) for part in frame.text("daypair").replace(".", "/").split("/"))
    if second != first + 1:
        return None
    slots = {**frame.slots, "day": first}
    return read_month(replace(frame, slots=slots), scene)


def read_quarter(frame: Frame, scene: Scene) -> Dated | None:
    """A quarter, unless of a match."""
    number = frame.number("quarter")
    if scene.sport:
        return None
    return named(
        frame, scene, f"{_ORDINALS[number]} quarter", lambda year: almanac.months(year, 3 * number - 2, 3),
        lambda year: f"{year:04}-Q{number}",
    )  # fmt: skip


def read_half(frame: Frame, scene: Scene) -> Dated | None:
    """Half a year, month, decade or century, unless of a match."""
    number = frame.number("half")
    if scene.sport:
        return None
    if "month" in frame:
        found = read_month(frame, scene)
        return found and replace(found, mod="START" if number == 1 else "END")
    if "decade" in frame:
        return replace(read_decade(frame, scene), mod="START" if number == 1 else "END")
    if "century" in frame:
        return read_century(frame, scene)
    return named(
        frame, scene, f"{_ORDINALS[number]} half", lambda year: almanac.months(year, 6 * number - 5, 6),
        lambda year: f"{year:04}-H{number}",
    )  # fmt: skip


def read_season(frame: Frame, scene: Scene) -> Dated | None:
    """A season; winter is named after the year of its December."""
    code = frame.text("season")
    return named(
        frame,
        scene,
        wording.season_words(code),
        lambda year: almanac.season(year, code),
        lambda year: f"{year:04}-{code}",
    )


def read_year(frame: Frame, scene: Scene) -> Dated | None:
    """A year: said, or counted from another."""
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


def read_decade(frame: Frame, scene: Scene) -> Dated:
    """A decade; "the 1800s" are a hundred years."""
    said = frame.slots["decade"]
    number = leading(said) if isinstance(said, str) else int(said)
    if number >= _CENTURY:
        hundreds = number % _CENTURY == 0 and number < _DECADE_OF
        return Dated(f"{number // _CENTURY:02}" if hundreds else f"{number // 10:03}", full=True)
    reference = scene.story.reference()
    year = reference.interval.start.year if reference and reference.interval else scene.today.year
    century = year // 100 - (1 if number > year % 100 and not reference else 0)
    return Dated(f"{century:02}{number // 10}", full=True)


def read_century(frame: Frame, _scene: Scene) -> Dated | None:
    """A century: the nineteenth is 18."""
    number = frame.number("century") - 1
    if not 0 <= number <= _LAST_CENTURY:
        return None
    value = f"BC{number:02}" if "bce" in frame else f"{number:02}"
    if "tenth" in frame and "bce" not in frame:
        return Dated(f"{number:02}{(frame.number('tenth') - 1) % 10 if frame.number('tenth') > 0 else 9}", full=True)
    if frame.number("half") and "bce" not in frame:
        start = number * 100 + 50 * (frame.number("half") - 1)
        interval = Interval(date(max(start, 1), 1, 1), date(start + 49, 12, 31))
        return Dated(value, full=True, interval=interval, mod="START" if frame.number("half") == 1 else "END")
    return Dated(value, full=True)


def read_turn_of_century(_frame: Frame, scene: Scene) -> Dated:
    """The turn of the century: the beginning of the one that publication lies in."""
    year = scene.today.year
    return Dated(f"{year // 100:02}", scene.today, f"the beginning of the century of {year}")
