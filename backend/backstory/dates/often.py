"""How often: every day, weekly, twice a month, on Tuesdays."""

from collections.abc import Callable

from backstory.dates.amounts import VAGUE
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading
from backstory.dates.scene import Scene


def read_often(frame: Frame, _scene: Scene) -> Reading:
    """A SET with the period that comes round, or the name that does."""
    return Reading(type="SET", value=_value(frame))


def _value(frame: Frame) -> str:
    named = next((say(frame) for slot, say in _NAMED if slot in frame), None)
    if named is not None:
        return named
    count = frame.slots.get("n", frame.number("other", 1))
    number = count if count == VAGUE else f"{float(count):g}"
    unit = frame.text("unit")
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"


_NAMED: tuple[tuple[str, Callable[[Frame], str]], ...] = (
    ("value", lambda frame: frame.text("value")),
    ("weekday", lambda frame: f"XXXX-WXX-{frame.number('weekday')}"),
    ("part", lambda frame: f"XXXX-XX-XX{frame.text('part')}"),
    ("season", lambda frame: f"XXXX-{frame.text('season')}"),
    ("month", lambda frame: f"XXXX-{frame.number('month'):02}"),
)
"""What comes round, where it has a name."""
