"""Text and its day of publication to the time expressions in it, with TIMEX3 values and the days they cover."""

from backstory.dates.events import NamedEvent
from backstory.dates.language import supported
from backstory.dates.tag import correct, tag

__all__ = ["NamedEvent", "correct", "supported", "tag"]
