"""The year that a date says: in full, in two digits, or as "last year" or "that year"."""

from dataclasses import dataclass
from datetime import date

from backstory.dates import almanac, wording
from backstory.dates.frames import Frame
from backstory.dates.scene import Scene

_SOON = 10  # a two-digit year is of this century up to so many years ahead of publication


@dataclass(frozen=True, slots=True)
class How:
    """The day a year was reckoned from, and how, for the reader."""

    anchor: date | None = None
    reckoned: str = ""


def year_of(frame: Frame, scene: Scene) -> tuple[int | None, How]:
    """The year said (negative before 1 CE), or None; and how it was reckoned."""
    today, last = scene.today, scene.story.last
    if "year" in frame:
        year = frame.number("year")
        if "bce" in frame:
            return -year, How()
        return (expanded(year, scene) if year < 100 and "ad" not in frame else year), How()
    if "ofyear" in frame:
        year = today.year + frame.number("ofyear")
        return year, How(today, f"{year}, counted from {wording.day_words(today)}")
    if "theyear" in frame:
        reference = scene.story.reference()
        year = reference.interval.start.year if reference and reference.interval else today.year
        return year, How(today, f"{year}, the year spoken of")
    if ("thatyear" in frame or "yearstep" in frame) and last is not None and last.interval is not None:
        year = last.interval.start.year + frame.number("yearstep")
        return year, How(last.interval.start, f"{year}, counted from {wording.value_words(last.value)}")
    return None, How()


def month_of(frame: Frame, scene: Scene) -> tuple[date | None, How]:
    """The first day of the month that a frame turns to ("next month", "the month", "that month"); None for none."""
    steps = next((frame.number(slot) for slot in ("ofmonth", "monthstep") if slot in frame), 0)
    if not any(slot in frame for slot in ("ofmonth", "monthstep", "themonth", "thatmonth")):
        return None, How()
    said = scene.story.last if "monthstep" in frame or "thatmonth" in frame else scene.story.reference()
    anchor = said.interval.start if "ofmonth" not in frame and said and said.interval else scene.today
    month = almanac.shift(anchor.replace(day=1), "M", steps)
    return month, How(
        anchor, f"in {wording.month_words(month.month)} {month.year}, counted from {wording.day_words(anchor)}"
    )


def expanded(short: int, scene: Scene) -> int:
    """A two-digit year in full: of the century the sentence is in, else the last it fits."""
    last = scene.story.last
    if last is not None and last.interval is not None and last.full and last.sentence == scene.story.sentence:
        year = last.interval.start.year
        full = year - year % 100 + short
        return full if full >= year - 1 or full + 100 > scene.today.year + _SOON else full + 100
    century = scene.today.year - scene.today.year % 100
    return century + short if century + short <= scene.today.year + _SOON else century - 100 + short


def year_value(year: int) -> str:
    """TIMEX3 for a year: "2016", "0071", "BC0049"."""
    return f"{year:04}" if year > 0 else f"BC{-year:04}"
