"""Times of day as TIMEX3 writes them: "T15:00", "TMO"."""

from collections.abc import Callable

from backstory.dates.frames import Frame
from backstory.dates.numerals import clock

_NOON, _HOURS, _MINUTES = 12, 24, 60
_AFTER_NOON = {"TAF": 1, "TEV": 1, "TNI": 5}  # from which hour on a part of the day lies past noon


def time_of(frame: Frame) -> str:
    """The time of day that a frame says, part of the day or clock; empty where it says none.

    Raises ValueError for a time that no clock shows.
    """
    said = next((say(frame) for slot, say in _SAID if slot in frame), None)
    part = frame.text("part")
    if said is None:
        return part
    hour, minute, half = said
    half = frame.text("ampm") or half
    if (half == "p" or (not half and part in _AFTER_NOON and hour >= _AFTER_NOON[part])) and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    if not (0 <= hour <= _HOURS and 0 <= minute < _MINUTES):
        raise ValueError(f"no clock shows {hour}:{minute}")
    return f"T{hour:02}:{minute:02}"


Said = tuple[int, int, str]
"""Hour, minute, and the half of the day: "a", "p", "24" where the hour leaves no doubt, or unsaid."""


def _noon(frame: Frame) -> Said:
    hours, minutes = frame.text("noon").split(":")
    return int(hours), int(minutes), "24"


def _full_hour(frame: Frame) -> tuple[int, str]:
    """The hour that minutes are counted from, and its half of the day."""
    if "noon" in frame:
        hour, _, half = _noon(frame)
    else:
        hour, _, half = _token(frame) if "clock" in frame else _hour(frame)
    return hour, half


def _military(frame: Frame) -> Said:
    hours, minutes = divmod(frame.number("military"), 100)
    return hours, minutes, "24"


def _token(frame: Frame) -> Said:
    hour, minute, half = clock(frame.text("clock"))
    return hour, minute or 0, half


def _half_past(frame: Frame) -> Said:
    hour, half = _full_hour(frame)
    return hour % _HOURS, 30, half


def _past_or_to(frame: Frame) -> Said:
    (hour, half), minutes = _full_hour(frame), frame.number("minutes", 15)
    if frame.number("past") > 0:
        return hour % _HOURS, minutes, half
    return hour - 1, _MINUTES - minutes, half


def _hour(frame: Frame) -> Said:
    return frame.number("hour"), 0, ""


_SAID: tuple[tuple[str, Callable[[Frame], Said]], ...] = (
    ("half_past", _half_past),
    ("past", _past_or_to),
    ("noon", _noon),
    ("military", _military),
    ("clock", _token),
    ("hour", _hour),
)
"""What says the time: the first slot in this order that a frame has."""
