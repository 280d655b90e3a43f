"""What a text has said so far: the days that later expressions count from."""

from dataclasses import dataclass, field
from datetime import date

from backstory.model import Interval, Publication


@dataclass(frozen=True, slots=True)
class Mention:
    """A time already read: its stretch, its TIMEX3 value, where it stands (token), and whether it named its year."""

    interval: Interval
    value: str
    at: int
    full: bool
    sentence: int = 0


@dataclass(slots=True)
class Story:
    """The publication and the mentions so far; `narrative` where the text tells of years long past."""

    published: Publication
    narrative: bool = False
    day_first: bool = False
    mentions: list[Mention] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of publication."""
        return self.published.day

    @property
    def last(self) -> Mention | None:
        """The last stretch of the calendar that was mentioned."""
        return self.mentions[-1] if self.mentions else None
