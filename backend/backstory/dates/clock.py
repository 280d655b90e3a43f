"""Times of day as TIMEX3 writes them: "T15:00", "TMO"."""

from backstory.dates.frames import Frame
from backstory.dates.numerals import clock

_NOON = 12
_AFTER_NOON = {"TAF": 1, "TEV": 1, "TNI": 5}  # from which hour on a part of the day lies past noon


def time_of(frame: Frame) -> str:
    """The time of day that a frame says, part of the day or clock; empty where it says none.

    Raises ValueError for a time that no clock shows.
    """
    hour, minute, half = _said(frame)
    if hour is None:
        return frame.text("part")
    half = frame.text("ampm") or half
    part = frame.text("part")
    if (half == "p" or (not half and part in _AFTER_NOON and hour >= _AFTER_NOON[part])) and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        raise ValueError(f"no clock shows {hour}:{minute}")
    return f"T{hour:02}:{minute:02}"


def _said(frame: Frame) -> tuple[int | None, int, str]:
    """Hour, minutes and half of the day as far as the words say them."""
    if "noon" in frame:
        hours, minutes = frame.text("noon").split(":")
        return int(hours), int(minutes), "24"
    if "military" in frame:
        hours, minutes = divmod(frame.number("military"), 100)
        return hours, minutes, "24"
    if "clock" in frame:
        hour, minute, half = clock(frame.text("clock"))
        return hour, minute or 0, half
    if "hour" not in frame:
        return None, 0, ""
    hour = frame.number("hour")
    if "half_past" in frame:
        return hour, 30, ""
    if "past" in frame:
        minutes = frame.number("minutes", 15)
        return (hour, minutes, "") if frame.number("past") > 0 else (hour - 1, 60 - minutes, "")
    return hour, 0, ""
