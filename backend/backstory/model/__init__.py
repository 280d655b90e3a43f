"""The nouns of the service, in the order a page passes through them.

    Page → Article → Claim → Query → Hit → Overlay

Every value is frozen, and each step takes one noun and returns the next.
Positions count Unicode code points, as Python's strings do.
"""

from backstory.model.archives import (
    ArchiveStats,
    Copy,
    Coverage,
    Found,
    Frequencies,
    Hit,
    Nearness,
    Outcome,
    Passage,
    Query,
    Ranking,
    Term,
)
from backstory.model.claims import (
    Attribution,
    Claim,
    QuoteType,
    TimeExpression,
    TimexType,
)
from backstory.model.filling import (
    Errand,
    ErrandKind,
    Offer,
    Outgoing,
    Step,
    Taken,
    Validators,
    Wanted,
)
from backstory.model.overlays import (
    Abstention,
    AnnotatedArticle,
    Background,
    Evidence,
    Gap,
    LinkedClaim,
    Overlay,
    Reason,
    ReasonKind,
    Relation,
)
from backstory.model.pages import (
    Article,
    Block,
    BlockKind,
    Link,
    Options,
    Page,
    PageKind,
    TimeCorrection,
)
from backstory.model.values import (
    Interval,
    Publication,
    PublicationSource,
    Span,
)

__all__ = [
    "Abstention",
    "AnnotatedArticle",
    "ArchiveStats",
    "Article",
    "Attribution",
    "Background",
    "Block",
    "BlockKind",
    "Claim",
    "Copy",
    "Coverage",
    "Errand",
    "ErrandKind",
    "Evidence",
    "Found",
    "Frequencies",
    "Gap",
    "Hit",
    "Interval",
    "Link",
    "LinkedClaim",
    "Nearness",
    "Offer",
    "Options",
    "Outcome",
    "Outgoing",
    "Overlay",
    "Page",
    "PageKind",
    "Passage",
    "Publication",
    "PublicationSource",
    "Query",
    "QuoteType",
    "Ranking",
    "Reason",
    "ReasonKind",
    "Relation",
    "Span",
    "Step",
    "Taken",
    "Term",
    "TimeCorrection",
    "TimeExpression",
    "TimexType",
    "Validators",
    "Wanted",
]
