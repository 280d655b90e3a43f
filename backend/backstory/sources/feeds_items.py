"""What a feed holds, once read: the nouns between its format and the offers made of it."""

from dataclasses import dataclass, field

from backstory.model import Offer, Publication
from backstory.sources.feeds_rhythm import Rests
from backstory.sources.feeds_texts import Words

MAX_ITEMS = 2_000
"""Items of one feed that are read; real ones have some dozens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as its format tells it: links whole, title plain, dates and texts as they stand, each best first.

    `id` is empty where the item has none.
    """

    id: str = ""
    links: tuple[str, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    texts: tuple[Words, ...] = ()
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A feed as its format tells it, before its items are offers. Addresses are whole, or empty."""

    title: str = ""
    site: str = ""
    language: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    ttl_seconds: int = 0
    rests: Rests = field(default_factory=Rests)
    next_url: str = ""
    hub: str = ""
    entries: tuple[Entry, ...] = ()
    trouble: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item: what it is known by within its feed, the article that it offers, and when it was last changed."""

    id: str
    offer: Offer
    updated: Publication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was read. `site` is the page that it belongs to, `next_url` where its older items are.

    `ttl_seconds` is 0 where it does not say how often it is to be read; `rests` tells when not. `hub` is where it
    could be subscribed to (WebSub). `trouble` says, in a sentence each, what of it could not be read.
    """

    title: str = ""
    site: str = ""
    language: str = ""
    publisher: str = ""
    ttl_seconds: int = 0
    rests: Rests = field(default_factory=Rests)
    next_url: str = ""
    hub: str = ""
    items: tuple[FeedItem, ...] = ()
    trouble: tuple[str, ...] = ()
