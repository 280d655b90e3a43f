"""What a text has said so far: the days that later expressions count from."""

from dataclasses import dataclass, field
from datetime import date

from backstory.model import Interval, Publication


@dataclass(frozen=True, slots=True)
class Mention:
    """A time already read.

    `full` says that it named its year or got it from one that did, and that other dates may count from it; `year` is
    negative before 1 CE, where there is no interval. An aside ("the club, founded in 1903, …") is no reference for
    what follows.
    """

    value: str
    interval: Interval | None
    sentence: int
    full: bool = False
    aside: bool = False
    year: int = 0

    @property
    def only_tells_which(self) -> bool:
        """Whether it is a year that tells which one of a kind is meant ("the 2016 election"), and not when."""
        return not self.full and len(self.value) == len("2016")

    @property
    def is_day(self) -> bool:
        """Whether it is a day, or a time of one."""
        return self.interval is not None and self.interval.start == self.interval.end


@dataclass(slots=True)
class Story:
    """The publication and the mentions so far; a narrative tells of years long past and counts from them.

    A history is a narrative that never points to its own day of publication; one is steeped in the past that hardly
    does.
    """

    published: Publication
    narrative: bool = False
    history: bool = False
    steeped: bool = False
    day_first: bool = False
    sentence: int = 0
    mentions: list[Mention] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of publication."""
        return self.published.day

    @property
    def last(self) -> Mention | None:
        """The last time mentioned that may serve as a reference."""
        return self.mentions[-1] if self.mentions else None

    def last_day(self) -> Mention | None:
        """The last day mentioned."""
        return next((mention for mention in reversed(self.mentions[-_MEMORY:]) if mention.is_day), None)

    def reference(self) -> Mention | None:
        """What a date without its year belongs to, other than publication.

        A full date of the same sentence or, in a narrative, of one just before; where it is steeped in the past, the
        last one told.
        """
        last = next((mention for mention in reversed(self.mentions[-_MEMORY:]) if mention.full), None)
        if last is None or last.interval is None:
            return None
        near = self.sentence - last.sentence <= (_STILL_TOLD if self.narrative else 0)
        return last if near or self.steeped else None

    def remember(self, mention: Mention) -> None:
        """Keep a mention as a reference, unless it was an aside."""
        if not mention.aside:
            self.mentions.append(mention)


_STILL_TOLD = 4  # sentences for which a text with news in it goes on to tell of a year long past
_MEMORY = 8  # mentions looked back over; older ones are no longer what a text speaks of
