"""Calendar dates: the slots of a frame to a TIMEX3 value, what the words leave out found from the story."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from backstory.dates import almanac, timex
from backstory.dates.clock import time_of
from backstory.dates.dated import Dated
from backstory.dates.days import (
    read_compact,
    read_day_spoken_of,
    read_deictic,
    read_event,
    read_holiday,
    read_iso,
    read_slashed,
    read_slashed_day,
    read_weekday,
)
from backstory.dates.frames import Frame
from backstory.dates.nth import read_day_of_month, read_nth, read_week_number
from backstory.dates.periods import (
    read_century,
    read_decade,
    read_half,
    read_month,
    read_month_slash,
    read_night_between,
    read_quarter,
    read_season,
    read_turn_of_century,
    read_year,
)
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene

_WITH_TIME = len("2016-04-21")


def read_date(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a date from whichever slots it has; None where no calendar has it."""
    read = next((read for slot, read in _BY_SLOT if slot in frame), read_day_spoken_of)
    dated = read(frame, scene)
    if dated is None:
        return None
    unit = frame.text("holding") or frame.text("within")
    if unit and dated.interval is None and (stretch := timex.interval_of(dated.value)):
        # A weekend is named after the feast it runs up to or begins with: Labor Day is a Monday.
        back = 7 if unit == "WE" and stretch.start.isoweekday() <= 2 else 0
        dated = replace(dated, value=almanac.value_at(stretch.start - timedelta(days=back), unit))
    mod = frame.text("mod") or dated.mod
    time = time_of(frame) if len(dated.value) == _WITH_TIME else ""
    return calendar_reading(
        dated.value + time, mod=mod, anchor=dated.anchor, reckoned=dated.reckoned, full=dated.full,
        interval=dated.interval,
    )  # fmt: skip


_BY_SLOT: tuple[tuple[str, Callable[[Frame, Scene], Dated | None]], ...] = (
    ("event", read_event),
    ("iso", read_iso),
    ("slashed", read_slashed),
    ("numeric", read_slashed_day),
    ("compact", read_compact),
    ("monthslash", read_month_slash),
    ("weekno", read_week_number),
    ("deictic", read_deictic),
    ("holiday", read_holiday),
    ("nth", read_nth),
    ("half", read_half),
    ("decade", read_decade),
    ("century", read_century),
    ("turncentury", read_turn_of_century),
    ("quarter", read_quarter),
    ("season", read_season),
    ("daypair", read_night_between),
    ("month", read_month),
    ("day", read_day_of_month),
    ("weekday", read_weekday),
    ("year", read_year),
    ("ofyear", read_year),
    ("thatyear", read_year),
    ("yearstep", read_year),
)
"""What reads a frame: the first slot in this order that it has."""
