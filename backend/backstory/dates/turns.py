"""Turns: last month, this week, the following year, the weekend: a period before, of or after another's."""

from backstory.dates import almanac, wording
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene
from backstory.dates.tense import BACK
from backstory.dates.years import year_value

_YEARS = {"Y": 1, "DE": 10, "CE": 100}
_MIDWEEK = 3  # up to Wednesday a past "this weekend" is the one just gone


def read_turn(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a turn; without `which` the verb says which period is meant."""
    unit = frame.text("unit")
    if (bygone := before_common_era(frame, scene, unit, frame.number("which"))) is not None:
        return bygone
    anchor = scene.anchor(frame, unit)
    if (
        "which" not in frame
        and unit != "WE"
        and (reference := scene.story.reference())
        and reference.interval
        and scene.story.narrative
    ):
        anchor = reference.interval.start
    which = _weekend(frame, scene) if unit == "WE" else frame.number("which")
    if "ends" in frame and scene.way() == BACK:
        which = -1  # year-end, told as past, is that of the year before
    day = almanac.shift(anchor, unit, which)
    relation = "of" if which == 0 else "before" if which < 0 else "after"
    further = f"{wording.nth_words(abs(which))} " if abs(which) > 1 else ""
    where = wording.day_words(anchor) if which == 0 else wording.value_words(almanac.value_at(anchor, unit))
    return calendar_reading(
        almanac.value_at(day, unit), mod=frame.text("mod"), anchor=anchor,
        reckoned=f"the {further}{wording.unit_words(unit)} {relation} {where}", full=frame.text("anchor") == "text",
    )  # fmt: skip


def before_common_era(frame: Frame, scene: Scene, unit: str, steps: float) -> Reading | None:
    """Years counted from one before 1 CE, where no calendar day serves as an anchor; None for anything else."""
    last = scene.story.last
    if frame.text("anchor") != "text" or unit not in _YEARS or last is None or last.year >= 0:
        return None
    year = last.year + round(steps * _YEARS[unit])
    if last.year < 0 <= year:
        year += 1  # there is no year 0
    words = (
        f"{abs(steps):g} {wording.unit_words(unit, abs(steps))} {'before' if steps < 0 else 'after'} {-last.year} BCE"
    )
    value = f"BC{-year // 100:02}" if unit == "CE" and year < 0 else year_value(year)
    return calendar_reading(value, reckoned=words, full=True)


def _weekend(frame: Frame, scene: Scene) -> int:
    """Which weekend: "this" and "the" early in a week look back if the verb does."""
    if frame.text("anchor") == "text":
        return frame.number("which")
    which, today = frame.number("which"), scene.today
    if "which" in frame and which != 0:
        return which
    past = scene.way() < 0 or (scene.way() == 0 and "which" not in frame)
    if past and today.isoweekday() < almanac.SATURDAY:
        return -1 if "which" not in frame or today.isoweekday() <= _MIDWEEK else 0
    return 0
