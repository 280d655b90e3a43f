"""What an expression means once reckoned; the span joins it last."""

from dataclasses import dataclass
from datetime import date

from backstory.dates import timex
from backstory.model import Interval, TimexType


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A TIMEX3 reading; `full` says that the words named their year, so that others may count from it."""

    type: TimexType
    value: str
    interval: Interval | None = None
    mod: str = ""
    anchor: date | None = None
    reckoned: str = ""
    full: bool = False

    @property
    def day(self) -> date | None:
        """The day it covers; None where that is none, or several."""
        days = self.interval
        return days.start if days is not None and days.start == days.end else None


def calendar_reading(  # noqa: PLR0913  one place makes every reading of a date
    value: str,
    *,
    mod: str = "",
    anchor: date | None = None,
    reckoned: str = "",
    full: bool = False,
    interval: Interval | None = None,
) -> Reading:
    """A DATE or TIME whose interval is what its value covers, narrowed by "early", "mid" or "late"."""
    covered = interval
    if covered is None and (named := timex.interval_of(value)) is not None:
        covered = timex.narrowed(named, mod)
    return Reading(
        type="TIME" if "T" in value else "DATE",
        value=value, interval=covered, mod=mod, anchor=anchor, reckoned=reckoned, full=full,
    )  # fmt: skip
