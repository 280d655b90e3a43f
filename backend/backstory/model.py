"""The nouns of the service, in the order a page passes through them.

    Page → Article → Claim → Query → Hit → Overlay

Every value is frozen, and each step takes one noun and returns the next.
Positions count Unicode code points, as Python's strings do.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# --- small values -----------------------------------------------------------


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


# --- Page → Article -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeCorrection:
    """A time expression that the reader put right: where it stands and its TIMEX3 value."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a caller may ask for beside the page itself.

    `limit` is the most prior articles for a claim and, times five, for the page. `min_confidence` from 0 to 1
    shows what is at least that sure; `None` abstains at the calibrated threshold. `corrections` win over what
    the dates room reads.
    """

    limit: int = 3
    min_confidence: float | None = None
    exclude_own_outlet: bool = False
    all_sentences: bool = False
    corrections: tuple[TimeCorrection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as a reader saw it: exactly one of `html` and `text` holds it.

    `published` and `language` are what the caller states; they win over what the page says.
    """

    url: str
    html: str = ""
    text: str = ""
    read_at: datetime
    published: Publication | None = None
    language: str = ""

    def __post_init__(self) -> None:
        if bool(self.html) == bool(self.text):
            raise ValueError("a page is either html or text")


BlockKind = Literal["paragraph", "heading", "quote", "list", "caption", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article: where it stands in the text, and the number it had in the reader's page."""

    span: Span
    kind: BlockKind = "paragraph"
    number: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place of an article that leads to another page: the words, and the whole address behind them."""

    span: Span
    url: str


PageKind = Literal["article", "live", "list", "gallery", "video", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says once the furniture is gone.

    `text` is what positions count in. `blocks` are the parts of it that report something: for a page
    of plain text they leave out its furniture, so that not all of `text` need lie in a block. `links` stand
    in the blocks. `rating` is a fact-check's verdict, in the words of who gave it; empty where it is none.
    """

    url: str
    text: str
    blocks: tuple[Block, ...]
    headline: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: Publication | None = None
    modified: Publication | None = None
    page_kind: PageKind | None = None
    accessible_for_free: bool | None = None
    links: tuple[Link, ...] = ()
    rating: str = ""

    @property
    def body(self) -> str:
        """The text with everything outside its blocks blanked, position for position."""
        kept, end = [], 0
        for block in self.blocks:
            kept += [_blank(self.text[end : block.span.start]), block.span.of(self.text)]
            end = block.span.end
        return "".join([*kept, _blank(self.text[end:])])


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else " " for character in text)


# --- Article → Claim ------------------------------------------------------------

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


# --- Claim → Query → Hit ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the archive knows it (folded and stemmed), and how much it counts in a query."""

    word: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for in the archive, and the moment it must come before.

    `terms` score a passage; a passage that holds none of them is no hit. The rest are hard filters, each
    off where empty: `window` (day of publication, both ends included), `publishers` (any of these, as
    folded names), `before` (strictly earlier, by `Publication.is_before`), `without` (addresses left out).
    """

    terms: tuple[Term, ...]
    window: Interval | None = None
    publishers: tuple[str, ...] = ()
    before: Publication | None = None
    without: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit that the archive stores and returns: a stretch of one archived article.

    `id` is `url#ordinal`. `text` is the passage, word for word as published.
    """

    id: str
    url: str
    text: str
    ordinal: int = 0
    headline: str = ""
    publisher: str = ""
    language: str = ""
    published: Publication
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query; a higher score is better.

    `words` are its words as `retrieval.codes` packs them, where the engine keeps them: what saves analysing the text.
    """

    passage: Passage
    score: float
    words: bytes = field(default=b"", repr=False, compare=False)


Ranking = tuple[Hit, ...]
"""Hits, best first; rank starts at 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What an embedder finds: for each text the passages nearest to it, scored by their cosine.

    `cosines` has those of all passages that were looked at, by the number of the text and the passage's id.
    """

    rankings: tuple[Ranking, ...]
    cosines: dict[tuple[int, str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The articles that a query finds, each by its best passage; `total` counts them without the query's limit.

    `copies` says of each hit, in order, how many other articles of the archive are copies of it.
    """

    total: int
    hits: Ranking
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One of several articles that carry the same report."""

    url: str
    publisher: str
    published: Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many articles an outlet has in the archive of one month, told by its first day, or of one day."""

    publisher: str
    day: date
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How common terms are in the archive: passages in all, and those that hold each term."""

    passages: int
    of: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStats:
    """What an archive holds; `months` counts articles by the first day of their month, in order, none of them empty."""

    articles: int
    passages: int
    publishers: int
    first_day: date | None = None
    last_day: date | None = None
    months: tuple[tuple[date, int], ...] = ()


Outcome = Literal["added", "replaced", "unchanged"]
"""What adding an article did."""

# --- what fills the archive -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An article as a source offers it, before it is read.

    `text` wins over `html`, and what the source says of the article over what its page says; with neither text nor
    html it is still to be fetched. Without `published` the page has to tell. `rating` as in `Article`.
    """

    url: str
    headline: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: Publication | None = None
    text: str = ""
    html: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a back-fill is to bring: days, both ends included, and, where stated, words or the outlet's host."""

    days: Interval
    query: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question to a source, small enough to be asked again after an interruption.

    `key` names it among the source's steps and is all that the source needs to ask it; no secret is in it.
    `requests` is how many the step is expected to take.
    """

    key: str
    days: Interval
    requests: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a step brought, and the steps that it showed to be needed beside those planned (further pages, halves).

    `requests` is how many it took, 0 where as many as expected.
    """

    offers: tuple[Offer, ...]
    further: tuple[Step, ...] = ()
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it next time whether anything changed (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


ErrandKind = Literal["page", "feed", "data"]
"""What is asked for: a page to read, a feed or sitemap, or what an interface answers (JSON, XML)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request to another's server, before it is made.

    `why` says in a few words what for, for the owner to read. `headers` and the query parameters in `secret` go to the
    first host only; what is secret stands in no log, no error and no address of the answer. `max_bytes` 0 is what the
    settings allow.
    """

    url: str
    kind: ErrandKind = "page"
    why: str = ""
    known: Validators = Validators()
    headers: tuple[tuple[str, str], ...] = ()
    secret: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    max_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request that left this machine, for the owner to look at; `why` says what for, `outcome` how it ended."""

    at: datetime
    url: str
    why: str
    outcome: str
    status: int = 0
    size: int = 0
    seconds: float = 0.0


# --- Hit → Overlay ------------------------------------------------------------------

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
