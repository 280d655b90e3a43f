"""Stretches of the calendar: the index knows each word once for all time, and once for the quarter of its passage.

    "pier" in a passage of 7 May 2024 → "pier", and among the words of their periods "8097:pier"

A window of a few weeks is then answered from the lists of its own quarters, a hundredth of a long archive, and no list
is read only to find that its passages came out in another year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_PERIODS = 6  # looked for one by one; a longer stretch is looked for among all passages


@dataclass(frozen=True, slots=True)
class Days:
    """Days from first to last, as proleptic ordinals, both included; none where the last comes before the first."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def __and__(self, other: "Days") -> "Days":
        return Days(max(self.first, other.first), min(self.last, other.last))

    @property
    def periods(self) -> range:
        """The periods in which the days lie."""
        return range(period(self.first), period(self.last) + 1)

    @property
    def whole(self) -> "Days":
        """All days of the periods in which the days lie."""
        return Days(_beginning(self.periods[0]), _beginning(self.periods[-1] + 1) - 1)


def period(day: int) -> int:
    """The quarter in which a day lies, counted from the year 0."""
    then = date.fromordinal(day)
    return then.year * 4 + (then.month - 1) // 3


def spelled(number: int, words: Sequence[str]) -> str:
    """Words, set apart by spaces, as the index knows them in a period; no word has a colon of its own."""
    return f"{number}:" + f" {number}:".join(words) if words else ""


def _beginning(number: int) -> int:
    year, quarter = divmod(number, 4)
    return date.max.toordinal() + 1 if year > date.max.year else date(year, quarter * 3 + 1, 1).toordinal()
