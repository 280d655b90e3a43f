"""How often: every day, weekly, twice a month, on Tuesdays."""

from backstory.dates.amounts import VAGUE
from backstory.dates.frames import Frame
from backstory.dates.reading import Reading
from backstory.dates.scene import Scene


def read_often(frame: Frame, _scene: Scene) -> Reading:
    """A SET with the period that comes round, or the name that does."""
    return Reading(type="SET", value=_value(frame))


def _value(frame: Frame) -> str:
    if "value" in frame:
        return frame.text("value")
    if "weekday" in frame:
        return f"XXXX-WXX-{frame.number('weekday')}"
    if "part" in frame:
        return f"XXXX-XX-XX{frame.text('part')}"
    if "season" in frame:
        return f"XXXX-{frame.text('season')}"
    if "month" in frame:
        return f"XXXX-{frame.number('month'):02}"
    count = frame.slots.get("n", frame.number("other", 1))
    number = count if count == VAGUE else f"{float(count):g}"
    unit = frame.text("unit")
    if unit == "WE":
        return "XXXX-WXX-WE"
    return f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}"
