"""What a rule read: the kind of time and its slots, before anything is reckoned."""

from dataclasses import dataclass

from backstory.dates.numerals import clock

SlotValue = int | float | str


@dataclass(frozen=True, slots=True)
class Frame:
    """A match: `first` up to `after` are the tokens of the expression, `opens` up to `closes` of all that was read."""

    kind: str
    first: int
    after: int
    slots: dict[str, SlotValue]
    opens: int
    closes: int

    def number(self, slot: str, default: int = 0) -> int:
        """A slot as a whole number."""
        value = self.slots.get(slot, default)
        return int(value) if not isinstance(value, str) or value.lstrip("-").isdecimal() else default

    def text(self, slot: str) -> str:
        """A slot as words; empty where it is not there."""
        return str(self.slots.get(slot, ""))

    def __contains__(self, slot: str) -> bool:
        return slot in self.slots


_SHARED = ("which", "month", "year", "ofyear", "thatyear", "yearstep", "unit", "bce", "ad")


def with_shared(items: list[dict[str, SlotValue]]) -> list[dict[str, SlotValue]]:
    """The items of a list, each with the parts that were said only once: "5, 6 and 9 May 2016"."""
    if len(items) == 1:
        return items
    filled = [dict(item) for item in items]
    if any(slot in filled[0] for slot in _TIMES):
        return _with_shared_day(filled)
    for slot in _SHARED:
        for at, item in enumerate(items):
            donors = [*items[at + 1 :], *reversed(items[:at])]
            donor = next((other for other in donors if slot in other), None)
            if slot not in item and donor is not None and not _complete(item, slot):
                filled[at][slot] = donor[slot]
                if slot == "year" and _later_month(filled[at], donor):
                    filled[at][slot] = int(donor[slot]) - 1
    return filled


def _with_shared_day(items: list[dict[str, SlotValue]]) -> list[dict[str, SlotValue]]:
    """Bare times beside one with its day take that day: "from 9 a.m. to 5 p.m. on Friday"."""
    last = items[-1]
    day = {slot: last[slot] for slot in _DAY if slot in last}
    half = _shared_half(items[0], last)
    return [{**day, **half, **item} if any(slot in item for slot in _TIMES) else item for item in items]


def _shared_half(first: dict[str, SlotValue], last: dict[str, SlotValue]) -> dict[str, SlotValue]:
    """The half of the day for the first of two times: 3 to 5 p.m. shares it, 9 to 5 p.m. begins before noon."""
    opens, _, said = clock(str(first.get("clock", first.get("hour", ""))) or "0")
    closes, _, half = clock(str(last.get("clock", last.get("hour", ""))) or "0")
    half = str(last.get("ampm", half))
    if said or "ampm" in first or half not in ("a", "p") or not 0 < opens <= _NOON:
        return {}
    return {"ampm": half if opens % _NOON <= closes % _NOON else "a" if half == "p" else "p"}


_NOON = 12
_TIMES = ("clock", "hour", "noon", "military")
_DAY = ("deictic", "weekday", "which", "step", "that", "near", "day", "month", "year", "iso", "slashed", "numeric")


def _complete(item: dict[str, SlotValue], slot: str) -> bool:
    """Whether an item stands for itself: a decade or a century takes no month or year from its neighbours."""
    return slot in ("month", "year") and any(name in item for name in ("decade", "weekday", "clock", "hour"))


def _later_month(item: dict[str, SlotValue], donor: dict[str, SlotValue]) -> bool:
    """From December to January 2016: the first month is of the year before."""
    return "month" in item and "month" in donor and int(item["month"]) > int(donor["month"])
