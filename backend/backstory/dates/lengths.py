"""Lengths of time, and dates that lie a length from another: six months, the past six months, two years ago."""

import re
from datetime import date, datetime, timedelta

from backstory.dates import almanac, timex, wording
from backstory.dates.amounts import VAGUE
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene
from backstory.dates.turns import before_common_era
from backstory.dates.years import year_of
from backstory.model import Interval

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):\d\d")

# The grain of a count that is not whole: "a year and a half ago" is a month.
_FINER = {"CE": "DE", "DE": "Y", "Y": "M", "M": "W", "W": "D", "Q": "M"}

# Halves and quarters of a unit that have a name of their own.
_PARTS = {
    (0.5, "TH"): "PT30M", (0.25, "TH"): "PT15M", (0.75, "TH"): "PT45M", (0.5, "TM"): "PT30S", (0.5, "D"): "PT12H",
    (0.5, "Y"): "P6M", (0.25, "Y"): "P3M", (0.5, "DE"): "P5Y", (0.5, "CE"): "P50Y", (0.25, "CE"): "P25Y",
}  # fmt: skip


def read_ago(frame: Frame, scene: Scene) -> Reading | None:
    """Two years ago, three days later: that many units from the anchor, at the grain of the unit."""
    unit, sign = frame.text("unit"), frame.number("sign", -1)
    count = _count(frame)
    if count == VAGUE or isinstance(count, str):
        return Reading(type="DATE", value="PAST_REF" if sign < 0 else "FUTURE_REF")
    if (bygone := before_common_era(frame, scene, unit, sign * count)) is not None:
        return bygone
    anchor = scene.anchor(frame, unit)
    relation = "before" if sign < 0 else "after"
    words = f"{count:g} {wording.unit_words(unit, count)} {relation} {scene.anchor_words(frame, unit)}"
    if unit.startswith("T"):
        value = _clock_ago(frame, scene, unit, sign * count)
        return Reading(
            type="TIME", value=value, interval=timex.interval_of(value), anchor=anchor, reckoned=words,
            full=frame.text("anchor") == "text",
        )  # fmt: skip
    grain = frame.text("grain") or (unit if count == int(count) else _FINER.get(unit, "D"))
    day = _far(anchor, unit, sign * count)
    if day is None:
        year = anchor.year + sign * round(count * {"Y": 1, "DE": 10, "CE": 100, "MIL": 1000}.get(unit, 0))
        return calendar_reading(f"BC{1 - year:04}", mod=frame.text("mod"), reckoned=words, full=True)
    return calendar_reading(
        almanac.value_at(day, grain), mod=frame.text("mod"), anchor=anchor, reckoned=words,
        full=frame.text("anchor") == "text",
    )  # fmt: skip


def read_length(frame: Frame, scene: Scene) -> Reading | None:
    """Six months, the past six months: a duration, with its stretch where its words place it."""
    count, unit = _count(frame), frame.text("unit")
    value = _value(count, unit)
    if "unit2" in frame:
        value = _joined(value, _value(frame.slots.get("n2", 1), frame.text("unit2")))
    if scene.rate and "article" in frame:
        return Reading(type="SET", value=value)
    reading = Reading(type="DURATION", value=value, mod=frame.text("mod"))
    if isinstance(count, str) or unit.startswith("T"):
        return reading
    if "ends" in frame:
        return _within(frame, scene, reading, count)
    if "way" in frame:
        return _beside(frame, scene, reading, count)
    return reading


def _count(frame: Frame) -> float | str:
    count = frame.slots.get("n", 1)
    return count if isinstance(count, str) and count == VAGUE else float(count) + float(frame.slots.get("half_more", 0))


def _value(count: float | str, unit: str) -> str:
    if not isinstance(count, str) and (count, unit) in _PARTS:
        return _PARTS[count, unit]
    number = count if isinstance(count, str) else f"{count:.10g}"
    if unit == "WE" or not unit.startswith("T"):
        return f"P{number}{unit}"
    return f"PT{number}{unit[1:]}"


def _joined(first: str, second: str) -> str:
    """P2Y and P3M: P2Y3M; PT2H and PT15M: PT2H15M."""
    rest = second.removeprefix("P")
    return first + (rest.removeprefix("T") if "T" in first else rest)


def _beside(frame: Frame, scene: Scene, reading: Reading, count: float) -> Reading:
    """The past six months: up to the anchor; the next: from it on."""
    way, unit, anchor = frame.number("way"), frame.text("unit"), scene.anchor(frame)
    if scene.story.narrative and (reference := scene.story.reference()) and reference.interval:
        anchor = reference.interval.start
    other = almanac.shift(anchor, unit, way * count)
    relation = "before" if way < 0 else "after"
    words = f"the {count:g} {wording.unit_words(unit, count)} {relation} {wording.day_words(anchor)}"
    return Reading(
        type="DURATION", value=reading.value, mod=reading.mod, anchor=anchor, reckoned=words,
        interval=Interval(min(anchor, other), max(anchor, other)),
    )  # fmt: skip


def _within(frame: Frame, scene: Scene, reading: Reading, count: float) -> Reading:
    """The first three months of 2016: the beginning or end of a stretch."""
    year, how = year_of(frame, scene)
    if "month" in frame and year is not None:
        whole: Interval | None = almanac.month(year, frame.number("month"))
    else:
        whole = timex.interval_of(f"{year:04}") if year is not None else None
    if whole is None:
        return reading
    unit = frame.text("unit")
    if frame.number("ends") > 0:
        part = Interval(whole.start, almanac.shift(whole.start, unit, count) - timedelta(days=1))
    else:
        part = Interval(almanac.shift(whole.end + timedelta(days=1), unit, -count), whole.end)
    words = f"{wording.day_words(part.start)} to {wording.day_words(part.end)}"
    return Reading(
        type="DURATION", value=reading.value, mod=reading.mod, anchor=how.anchor, reckoned=words, interval=part
    )


def _far(anchor: date, unit: str, steps: float) -> date | None:
    """The day so many units off; None before year 1."""
    try:
        return almanac.shift(anchor, unit, steps)
    except ValueError:
        if steps < 0 and unit in ("Y", "DE", "CE", "MIL"):
            return None
        raise


def _clock_ago(frame: Frame, scene: Scene, unit: str, steps: float) -> str:
    """Hours and minutes from the time last told, or from the instant of publication, where that is known."""
    instant = scene.story.published.at
    if frame.text("anchor") == "text" and scene.story.last is not None:
        told = _CLOCK.fullmatch(scene.story.last.value)
        instant = datetime.fromisoformat(told[0]) if told and told[2] < "24" else None
    if instant is None:
        return f"{scene.anchor(frame, unit)}TXX:XX"
    seconds = {"TH": 3600, "TM": 60, "TS": 1}[unit] * steps
    return f"{instant + timedelta(seconds=seconds):%Y-%m-%dT%H:%M}"
