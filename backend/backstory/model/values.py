"""Small values that every noun is made of: a stretch of text, a stretch of days, a day of publication."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, half open and never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words that stand here."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of the calendar: whole days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"an interval ends before it starts: {self.start}..{self.end}")

    def holds(self, day: date) -> bool:
        """Whether the day lies in the interval."""
        return self.start <= day <= self.end


PublicationSource = Literal["request", "json-ld", "meta", "time", "url", "text", "read_at", "unknown"]


@dataclass(frozen=True, slots=True)
class Publication:
    """When something was published: the day as its outlet dates it, the instant where known.

    `found` says what told the day, in the words of `datePublishedFrom` on the wire.
    """

    day: date
    at: datetime | None = None
    found: PublicationSource = "request"

    def __post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("an instant needs its time zone")

    def is_before(self, other: "Publication") -> bool:
        """Whether this came out earlier: on an earlier day, or, where both instants are known, earlier that day."""
        if self.day != other.day:
            return self.day < other.day
        return self.at is not None and other.at is not None and self.at < other.at
