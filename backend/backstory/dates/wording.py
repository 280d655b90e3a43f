"""Words for a reader: how days, periods and reckonings are said on the card."""

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_UNITS = {
    "Y": "year", "Q": "quarter", "M": "month", "W": "week", "D": "day", "DE": "decade", "CE": "century",
    "MIL": "millennium", "HY": "half year", "WE": "weekend", "FN": "fortnight",
    "TH": "hour", "TM": "minute", "TS": "second",
}  # fmt: skip


_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth"}


def day_words(day: date) -> str:
    """A day: 21 April 2016."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_words(number: int) -> str:
    """A month: April."""
    return _MONTHS[number - 1]


def weekday_words(number: int) -> str:
    """A weekday, Monday for 1."""
    return _WEEKDAYS[number - 1]


def season_words(code: str) -> str:
    """A season, summer for SU."""
    return _SEASONS[code]


def nth_words(number: int) -> str:
    """A place in a row: second, 5th."""
    return _NTH.get(number, f"{number}th")


def unit_words(unit: str, count: float = 1) -> str:
    """A unit: month, or months for any count but one."""
    word = _UNITS[unit]
    if count == 1:
        return word
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeo" else word + "s"


def value_words(value: str) -> str:
    """A TIMEX3 value for a reader, where it is a plain one: "2016-04" is "April 2016"; else the value itself."""
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        return day_words(date(int(day[1]), int(day[2]), int(day[3])))
    if time := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", value):
        return f"{time[2]} on {day_words(date.fromisoformat(time[1]))}"
    if month := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return f"week {int(week[2])} of {week[1]}"
    if quarter := re.fullmatch(r"(\d{4})-Q(\d)", value):
        return f"quarter {quarter[2]} of {quarter[1]}"
    return value
