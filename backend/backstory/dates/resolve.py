"""Frames to readings: each kind of frame is reckoned by one function of the table at the end."""

from collections.abc import Callable, Mapping

from backstory.dates.calendar_dates import read_date
from backstory.dates.frames import Frame
from backstory.dates.lengths import read_ago, read_length
from backstory.dates.often import read_often
from backstory.dates.reading import Reading
from backstory.dates.scene import Scene
from backstory.dates.turns import read_turn


def resolve(frame: Frame, scene: Scene) -> Reading | None:
    """Reckon a frame; None where its words turn out to name no time."""
    try:
        return _KINDS[frame.kind](frame, scene)
    except (ValueError, OverflowError):  # a day that no calendar has: 31 June, the year 12000
        return None


def _nothing(_frame: Frame, _scene: Scene) -> None:
    return None


def _vague(frame: Frame, _scene: Scene) -> Reading:
    """now, recently, the future: near, before or after the moment of speaking."""
    return Reading(type="DATE", value=frame.text("value"))


_KINDS: Mapping[str, Callable[[Frame, Scene], Reading | None]] = {
    "nothing": _nothing,
    "date": read_date,
    "turn": read_turn,
    "ago": read_ago,
    "length": read_length,
    "often": read_often,
    "vague": _vague,
}
