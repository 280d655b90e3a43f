"""TIMEX3 values and the days they cover.

    2016  2016-03  2016-03-05  2016-W15  2016-W15-WE  2016-Q1  2016-H2  2016-SP  198  19
    2016-04-21TMO  2016-04-21T14:30

A value without its year ("XXXX-03"), a duration, PRESENT_REF and years before 1 cover no days that could be told.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from backstory.dates import almanac
from backstory.model import Interval, TimexType

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:"
    r"(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?"
    r"(?P<time>T(?:MO|MI|AF|EV|NI|DT|\d\d(?::\d\d(?::\d\d)?)?(?:Z|[+-]\d\d:?\d\d)?))?"
)
_DURATION = re.compile(
    r"P(?=.)(?:(?:\d+(?:\.\d+)?|X{1,2})(?:Y|Q|M|W|D|DE|CE|MIL|WE|FN|SP|SU|FA|WI))*"
    r"(?:T(?=.)(?:(?:\d+(?:\.\d+)?|X{1,2})(?:H|M|S|MO|MI|AF|EV|NI|DT))*)?"
)
_REFERENCES = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}
_SETS = re.compile(
    r"XXXX(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:XX|\d\d)(?:-(?:[1-7]|WE|WD))?|-Q[1-4X]|-H[12X]|-(?:SP|SU|FA|WI))?(?:T.*)?"
)


def interval_of(value: str) -> Interval | None:
    """The days that a value covers, both ends included; None where it covers none that could be told."""
    if re.fullmatch(r"\d{1,3}", value):
        years = 10 ** (4 - len(value))
        first = int(value) * years
        return _years(first, years)
    found = _VALUE.fullmatch(value)
    if found is None or int(found["year"]) < 1:
        return None
    try:
        return _covered(found)
    except ValueError:
        return None


def kind_of(value: str) -> TimexType:
    """The TIMEX3 type of a value. Raises ValueError where the value means nothing."""
    if _DURATION.fullmatch(value):
        return "DURATION"
    if value in _REFERENCES or re.fullmatch(r"BC\d{1,4}", value):
        return "DATE"
    if _SETS.fullmatch(value):
        return "SET" if value.count("X") > 4 else "DATE"
    if interval_of(value) is None:
        raise ValueError(
            f"{value!r} is no TIMEX3 value; try 2016-04-21, 2016-04, 2016, 2016-W16, 2016-Q2, 198 (a decade) or P6M"
        )
    return "TIME" if "T" in value else "DATE"


def narrowed(interval: Interval, mod: str) -> Interval:
    """The part of a stretch that "early", "mid" or "late" names: its first, middle or last third.

    Thirds keep to the calendar: four months of a year, ten days of a month, months of a season or a quarter.
    """
    if mod not in ("START", "MID", "END"):
        return interval
    first, second = _thirds(interval)
    if mod == "START":
        return Interval(interval.start, max(interval.start, first - _DAY))
    return Interval(first, max(first, second - _DAY)) if mod == "MID" else Interval(second, interval.end)


_DAY = timedelta(days=1)
_MONTH_AT_LEAST, _MONTH, _YEAR = 28, 31, 366  # days of a month at least, of each at most


def _thirds(interval: Interval) -> tuple[date, date]:
    """Where the second and the last third of a stretch begin."""
    start, days = interval.start, (interval.end - interval.start).days + 1
    if days == 1:
        return start, start
    if days < _MONTH_AT_LEAST:
        third = (days + 2) // 3
        return start + timedelta(days=third), max(start, interval.end - timedelta(days=third - 1))
    if days <= _MONTH:
        return start + timedelta(days=10), start + timedelta(days=20)
    months = round(days / 30.44)
    if days <= _YEAR:
        return almanac.shift(start, "M", months // 3), almanac.shift(start, "M", months - months // 3)
    years = round(days / 365.25)
    middle = 4 if years == 10 else years // 3
    return almanac.shift(start, "Y", middle), almanac.shift(start, "Y", years - years // 3)


def _years(first: int, count: int) -> Interval | None:
    if first + count - 1 > date.max.year:
        return None
    return Interval(date(max(first, 1), 1, 1), date(max(first + count - 1, 1), 12, 31))


def _covered(found: re.Match[str]) -> Interval:
    year = int(found["year"])
    return next(read(year, found) for group, read in _COVERED if not group or found[group])


def _day(year: int, found: re.Match[str]) -> Interval:
    day = date(year, int(found["month"]), int(found["day"]))
    return Interval(day, day)


def _week(year: int, found: re.Match[str]) -> Interval:
    number, weekday = int(found["week"]), found["weekday"]
    if weekday and weekday != "WE":
        day = date.fromisocalendar(year, number, int(weekday))
        return Interval(day, day)
    monday = date.fromisocalendar(year, number, 1)
    return almanac.weekend(monday) if weekday else almanac.week(monday)


_COVERED: tuple[tuple[str, Callable[[int, re.Match[str]], Interval]], ...] = (
    ("day", _day),
    ("month", lambda year, found: almanac.month(year, int(found["month"]))),
    ("week", _week),
    ("quarter", lambda year, found: almanac.months(year, 3 * int(found["quarter"]) - 2, 3)),
    ("half", lambda year, found: almanac.months(year, 6 * int(found["half"]) - 5, 6)),
    ("season", lambda year, found: almanac.season(year, found["season"])),
    ("", lambda year, _: Interval(date(year, 1, 1), date(year, 12, 31))),
)
"""The stretch of a value, by the finest part of it that is there."""
