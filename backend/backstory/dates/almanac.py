"""Calendar arithmetic: units as TIMEX3 letters, periods that hold a day, and steps between them.

Units: Y Q M W D, DE (decade), CE (century), MIL (millennium), H (half year) FA (weekend is "WE").
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from backstory.model import Interval

DAYS_PER_WEEK = 7
SATURDAY = 6
MONTHS_PER_YEAR = 12

_YEARS = {"Y": 1, "DE": 10, "CE": 100, "MIL": 1000}
_MONTHS = {"M": 1, "Q": 3, "HY": 6}
_DAYS = {"D": 1, "W": 7, "WE": 7, "FN": 14}

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # meteorological seasons of the north: whole months


def month(year: int, number: int) -> Interval:
    """A calendar month."""
    return Interval(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Interval:
    """`count` whole months from month `first`, which may lie past December."""
    last = first + count - 1
    return Interval(
        date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1),
        month(year + (last - 1) // 12, (last - 1) % 12 + 1).end,
    )


def season(year: int, code: str) -> Interval:
    """A season; winter is named after the year of its December."""
    return months(year, SEASON_STARTS[code], 3)


def week(day: date) -> Interval:
    """The ISO week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6))


def weekend(day: date) -> Interval:
    """Saturday and Sunday of the ISO week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday + timedelta(days=5), monday + timedelta(days=6))


def week_value(day: date) -> str:
    """TIMEX3 for the ISO week that holds a day."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def shift(day: date, unit: str, count: float) -> date:
    """A day some units on or back; days that a month lacks become its last. Raises ValueError past year 1 or 9999."""
    if unit in _YEARS or unit in _MONTHS:
        total = round(count * (_YEARS[unit] * MONTHS_PER_YEAR if unit in _YEARS else _MONTHS[unit]))
        year, number = divmod(day.year * MONTHS_PER_YEAR + day.month - 1 + total, MONTHS_PER_YEAR)
        if not date.min.year <= year <= date.max.year:
            raise ValueError(f"no such year: {year}")
        return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))
    try:
        return day + timedelta(days=round(count * _DAYS[unit]))
    except OverflowError as error:
        raise ValueError(f"{count} {unit} from {day} is no day") from error


def value_at(day: date, unit: str) -> str:
    """TIMEX3 for the period of a unit that holds a day: "2016", "2016-Q2", "2016-W16" …"""
    return _VALUES.get(unit, date.isoformat)(day)


_VALUES: dict[str, Callable[[date], str]] = {
    "Y": lambda day: f"{day.year:04}",
    "DE": lambda day: f"{day.year // 10:03}",
    "CE": lambda day: f"{day.year // 100:02}",
    "MIL": lambda day: f"{day.year // 1000}",
    "Q": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    "HY": lambda day: f"{day.year:04}-H{(day.month + 5) // 6}",
    "M": lambda day: f"{day.year:04}-{day.month:02}",
    "W": week_value,
    "FN": week_value,
    "WE": lambda day: week_value(day) + "-WE",
}


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date | None:
    """The nth (from 1; -1 the last) weekday (Monday is 1) of a month, where it has one."""
    whole = month(year, number)
    if nth < 0:
        back = (whole.end.isoweekday() - weekday) % DAYS_PER_WEEK
        return whole.end - timedelta(days=back)
    ahead = (weekday - whole.start.isoweekday()) % DAYS_PER_WEEK
    day = whole.start + timedelta(days=ahead + DAYS_PER_WEEK * (nth - 1))
    return day if day.month == number else None


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    number, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, number, day + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar, for 1900 to 2099 (Meeus, chapter 8)."""
    a = (19 * (year % 19) + 15) % 30
    b = (2 * (year % 4) + 4 * (year % 7) - a + 34) % 7
    number, day = divmod(a + b + 114, 31)
    return date(year, number, day + 1) + timedelta(days=13)
