"""Moments as a person says them: 3 minutes ago, in 2 hours."""

from datetime import datetime

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was; one to come is `in` so long."""
    seconds = (now - moment).total_seconds()
    said = span(abs(seconds))
    if not said:
        return "just now" if seconds >= 0 else "any moment now"
    return f"{said} ago" if seconds >= 0 else f"in {said}"


def span(seconds: float) -> str:
    """How long that is, in the largest unit that fits; empty below a minute."""
    for size, unit in _UNITS:
        number = round(seconds / size)
        if number and seconds >= size - size / 120:  # what rounds to an hour is one
            return f"{number:,} {unit}{'s' * (number != 1)}"
    return ""
