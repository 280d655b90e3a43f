"""What fills the archive: offers from sources, the steps that ask for them, and errands through the door."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from backstory.model.values import Interval, Publication


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
