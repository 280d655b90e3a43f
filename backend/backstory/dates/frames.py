"""What a rule read: the kind of time and its slots, before anything is reckoned."""

from dataclasses import dataclass

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
    day = {slot: items[-1][slot] for slot in _DAY if slot in items[-1]}
    return [{**day, **item} if any(slot in item for slot in _TIMES) else item for item in items]


_TIMES = ("clock", "hour", "noon", "military")
_DAY = ("deictic", "weekday", "which", "step", "that", "near", "day", "month", "year", "iso", "slashed", "numeric")


def _complete(item: dict[str, SlotValue], slot: str) -> bool:
    """Whether an item stands for itself: a decade or a century takes no month or year from its neighbours."""
    return slot in ("month", "year") and any(name in item for name in ("decade", "weekday", "clock", "hour"))


def _later_month(item: dict[str, SlotValue], donor: dict[str, SlotValue]) -> bool:
    """From December to January 2016: the first month is of the year before."""
    return "month" in item and "month" in donor and int(item["month"]) > int(donor["month"])
