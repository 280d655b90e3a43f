"""Frames to readings: each kind of frame is reckoned by one function of the table at the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from backstory.dates import almanac, wording
from backstory.dates.amounts import VAGUE
from backstory.dates.dated import read_date
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading, calendar_reading
from backstory.dates.scene import Scene
from backstory.model import Interval


def resolve(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a frame; None where its words turn out to name no time."""
    try:
        return _KINDS[frame.kind](frame, scene)
    except (ValueError, OverflowError):  # a day that no calendar has: 31 June, the year 12000
        return None


def _nothing(_frame: Frame, _scene: Scene) -> None:
    return None


def _deictic(frame: Frame, scene: Scene) -> Reading:
    """today, yesterday, tomorrow: days from publication, perhaps with a part of the day."""
    return read_date(frame, scene)


def _turn(frame: Frame, scene: Scene) -> Reading:
    """last month, this week, the following year: the period before, of or after the anchor's."""
    which, unit = frame.number("which"), frame.text("unit")
    anchor = scene.anchor(frame)
    steps = which * (frame.number("n", 1) if "n" in frame else 1)
    day = almanac.shift(almanac.shift(anchor, "D", 0), unit, steps)
    value = almanac.value_at(day, unit)
    where = wording.value_words(almanac.value_at(anchor, unit))
    relation = {-1: "before", 0: "of", 1: "after"}[(which > 0) - (which < 0)]
    reckoned = f"the {wording.unit_words(unit)} {relation} {where}" if unit != "D" else f"the day {relation} {where}"
    if which == 0:
        reckoned = f"the {wording.unit_words(unit)} of {wording.day_words(anchor)}"
    return calendar_reading(value, mod=frame.text("mod"), anchor=anchor, reckoned=reckoned)


def _ago(frame: Frame, scene: Scene) -> Reading:
    """two years ago, three days later: that many units from the anchor, at the grain of the unit."""
    count, unit, sign = frame.slots.get("n", 1), frame.text("unit"), frame.number("sign", -1)
    anchor = scene.anchor(frame)
    if count == VAGUE:
        return Reading(type="DATE", value="PAST_REF" if sign < 0 else "FUTURE_REF", anchor=anchor)
    number = float(count)
    words = f"{number:g} {wording.unit_words(unit, number)} {'before' if sign < 0 else 'after'} {wording.day_words(anchor)}"
    if unit.startswith("T"):
        return Reading(type="TIME", value=f"{anchor}TXX:XX", anchor=anchor, reckoned=words)
    grain = unit if number == int(number) else {"Y": "M", "DE": "Y", "CE": "Y", "M": "W"}.get(unit, "D")
    day = almanac.shift(anchor, unit, sign * number)
    return calendar_reading(almanac.value_at(day, grain), mod=frame.text("mod"), anchor=anchor, reckoned=words)


def _length(frame: Frame, scene: Scene) -> Reading:
    """six months, the past six months: a duration, with its stretch where its words place it."""
    count, unit = frame.slots.get("n", 1), frame.text("unit")
    number = count if count == VAGUE else f"{float(count):g}"
    value = f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{'6M' if unit == 'HY' else unit}"
    interval, anchor, reckoned = None, None, ""
    way = frame.number("way")
    if way and count != VAGUE and not unit.startswith("T"):
        anchor = scene.anchor(frame)
        other = almanac.shift(anchor, unit, way * float(count))
        interval = Interval(min(anchor, other), max(anchor, other))
        words = f"{number} {wording.unit_words(unit, float(count))}"
        reckoned = f"the {words} {'before' if way < 0 else 'after'} {wording.day_words(anchor)}"
    return Reading(
        type="DURATION", value=value, interval=interval, mod=frame.text("mod"), anchor=anchor, reckoned=reckoned
    )


def _often(frame: Frame, _scene: Scene) -> Reading:
    """every day, weekly, twice a month: how often."""
    return Reading(type="SET", value=frame.text("value"))


def _vague(frame: Frame, _scene: Scene) -> Reading:
    """now, recently, the future: near, before or after the moment of speaking."""
    return Reading(type="DATE", value=frame.text("value"))


_KINDS: Mapping[str, Callable[[Frame, Scene], Reading | None]] = {
    "nothing": _nothing,
    "date": read_date,
    "turn": _turn,
    "ago": _ago,
    "length": _length,
    "often": _often,
    "vague": _vague,
}
