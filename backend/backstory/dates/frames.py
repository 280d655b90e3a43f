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
