"""What reckoning one expression may look at: the story so far, and which way its verb points."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backstory.dates import wording
from backstory.dates.frames import Frame
from backstory.dates.story import Story

_FINER_THAN_YEARS = ("Q", "M", "W", "WE", "D")


@dataclass(frozen=True, slots=True)
class Scene:
    """The story, and which way the words around point: -1 back, 1 ahead, 0 unsaid.

    `rate`: the expression stands right behind another ("60 hours a week"); `sport`: the sentence tells of a match;
    `apposed`: the day that it may say once more ("a day later, on Thursday").
    """

    story: Story
    way: Callable[[], int]
    rate: bool = False
    sport: bool = False
    apposed: date | None = None

    @property
    def today(self) -> date:
        """The day of publication."""
        return self.story.today

    def anchor_words(self, frame: Frame, unit: str = "") -> str:
        """The anchor for a reader: the day, or the period that the text spoke of."""
        anchor, last = self.anchor(frame, unit), self.story.last
        if frame.text("anchor") == "text" and last is not None and last.interval and last.interval.start == anchor:
            return wording.value_words(last.value)
        return wording.day_words(anchor)

    def anchor(self, frame: Frame, unit: str = "") -> date:
        """The day an expression counts from: publication, or what the text spoke of last."""
        if frame.text("anchor") != "text":
            return self.today
        mention = self.story.last_day() if unit in ("D", "TH", "TM", "TS") else None
        mention = mention or self.story.last
        if mention is not None and unit in _FINER_THAN_YEARS and mention.only_tells_which:
            return self.today
        return mention.interval.start if mention is not None and mention.interval is not None else self.today
