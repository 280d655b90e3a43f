"""What reckoning one expression may look at: the story so far, and which way its verb points."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backstory.dates.frames import Frame
from backstory.dates.story import Mention, Story


@dataclass(frozen=True, slots=True)
class Scene:
    """The story, the way the words around point (-1 back, 1 ahead, 0 unsaid), and the sentence's number."""

    story: Story
    way: Callable[[], int]
    sentence: int = 0

    @property
    def today(self) -> date:
        """The day of publication."""
        return self.story.today

    def anchor(self, frame: Frame) -> date:
        """The day an expression counts from: publication, or what the text spoke of last."""
        if frame.text("anchor") == "text" and self.story.last is not None:
            return self.story.last.interval.start
        return self.today

    def nearby(self) -> Mention | None:
        """A full date that the same sentence named before."""
        last = self.story.last
        return last if last is not None and last.full and last.sentence == self.sentence else None
