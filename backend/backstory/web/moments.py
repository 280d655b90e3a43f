"""Moments as answers have them: RFC 3339, in UTC, to the second."""

from datetime import UTC, datetime


def instant_text(moment: datetime) -> str:
    """A moment, as 2016-04-21T09:30:00Z."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def instant_or_none(moment: datetime | None) -> str | None:
    """A moment that may never have come."""
    return None if moment is None else instant_text(moment)
