"""Hit → Overlay: what a reader is shown, why, and why nothing is."""

from dataclasses import dataclass
from typing import Literal

from backstory.model.archives import Passage
from backstory.model.claims import Attribution, Claim, TimeExpression
from backstory.model.pages import Article
from backstory.model.values import Interval, Span

ReasonKind = Literal["time", "entity", "term", "outlet", "quote", "number"]
Relation = Literal["first-report", "same-event", "earlier-figure", "same-quote", "background"]
Abstention = Literal["below-threshold", "nothing-in-window", "outlet-not-in-archive"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that ties a claim to earlier coverage: the words here and the words there."""

    kind: ReasonKind
    here: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Prior coverage shown with a claim: the passage, how sure the link is (0 to 1), and why."""

    passage: Passage
    relation: Relation
    confidence: float
    copies: int = 0
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the archive lacks: days of which it holds little or nothing, an outlet that it does not hold, or both."""

    days: Interval | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedClaim:
    """A claim with its evidence, best first; `abstained` says why there is none, `gap` what the archive lacks."""

    claim: Claim
    evidence: tuple[Evidence, ...] = ()
    abstained: Abstention | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Prior coverage of the page as a whole, best first."""

    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is to be drawn, and where; no target means the whole page."""

    target: Span | None
    body: TimeExpression | Attribution | LinkedClaim | Background


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An article with its overlays; `degraded` names what could not be done."""

    article: Article
    overlays: tuple[Overlay, ...]
    degraded: tuple[str, ...] = ()
