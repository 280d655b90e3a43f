"""Article → Claim: what a page says, who is said to have said it, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstory.model.values import Interval, Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that name a time, with their TIMEX3 reading and the days they cover.

    `interval` is there wherever the words name a stretch of the calendar, also where TIMEX3's value
    cannot say it ("the past six months"). `relative_to` is the day it was reckoned from and `reckoned`
    how, in words for a reader: "the October before 21 April 2016".
    """

    span: Span
    type: TimexType
    value: str
    interval: Interval | None = None
    mod: str = ""
    relative_to: date | None = None
    reckoned: str = ""


QuoteType = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said so (source), the words that say so (cue) and what was said (content): PARC's terms.

    `name` is the source's clean name ("Benjamin Netanyahu" for "he"); `publisher` the outlet, where the
    source is one. A quote that its cue interrupts is one attribution for each stretch.
    """

    content: Span
    cue: Span
    source: Span | None = None
    name: str = ""
    publisher: str = ""
    quote_type: QuoteType = "indirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence that earlier coverage could bear on.

    `factual` is the probability that it states a fact at all, `checkworthy` how much earlier coverage
    could bear on it; both from 0 to 1.
    """

    span: Span
    text: str
    times: tuple[TimeExpression, ...] = ()
    attribution: Attribution | None = None
    factual: float = 1.0
    checkworthy: float = 1.0
