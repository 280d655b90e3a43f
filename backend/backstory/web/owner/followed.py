"""What is followed, as its page shows it: a row for each feed, all of them in numbers, and what may be ticked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backstory.following import Desk, Feed, Found
from backstory.web.owner.moments import ago, span
from backstory.web.wording import link

TICK = "feed-"
"""What the names of fields begin with that tick one of a page's feeds."""

_KINDS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "sitemap": "Sitemap"}
_REASONS = 10  # of pages that were given up, for each feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed as its row shows it; `refused` are pages that were given up, each with the reason."""

    url: str
    title: str
    site: str
    folder: str
    state: str
    health: str
    trouble: str
    brought: int
    waiting: int
    given_up: int
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a page's feeds, to be ticked in the field of that name."""

    name: str
    url: str
    title: str
    kind: str
    is_known: bool
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """All feeds in numbers; `arriving` while some were not polled yet, or pages wait."""

    feeds: int
    failing: int
    new: int
    brought: int
    waiting: int

    @property
    def arriving(self) -> bool:
        """Whether there is more to come in the next moments."""
        return bool(self.new or self.waiting)


def choices_of(desk: Desk, found: Iterable[Found]) -> list[Choice]:
    """What a page names; the first that is not followed yet is ticked."""
    choices: list[Choice] = []
    for place, one in enumerate(found):
        known = desk.feeds.get(one.url) is not None
        ticked = not known and not any(other.is_ticked for other in choices)
        choices.append(
            Choice(
                name=f"{TICK}{place}",
                url=one.url,
                title=one.title or one.url,
                kind=_KINDS[one.kind],
                is_known=known,
                is_ticked=ticked,
            )
        )
    return choices


def sum_of(feeds: Iterable[Feed], counts: dict[int, tuple[int, int]]) -> Sum:
    """Feeds in numbers; `counts` are the ledger's, of pages that wait and that were given up."""
    feeds = tuple(feeds)
    return Sum(
        feeds=len(feeds),
        failing=sum(feed.state in {"failing", "stopped"} for feed in feeds),
        new=sum(feed.state == "new" for feed in feeds),
        brought=sum(feed.brought for feed in feeds),
        waiting=sum(waiting for waiting, _ in counts.values()),
    )


def rows_of(desk: Desk, feeds: Iterable[Feed], counts: dict[int, tuple[int, int]]) -> list[Followed]:
    """A row for each of these feeds."""
    now, items = desk.clock(), desk.ledger.items
    rows = []
    for feed in feeds:
        waiting, given_up = counts.get(feed.number, (0, 0))
        rows.append(
            Followed(
                url=feed.url,
                title=feed.title or feed.url,
                site=link(feed.site),
                folder=feed.folder,
                state=feed.state,
                health=_health(feed, now),
                trouble=feed.trouble,
                brought=feed.brought,
                waiting=waiting,
                given_up=given_up,
                refused=tuple(items.given_up(feed.number, _REASONS)) if given_up else (),
            )
        )
    return rows


def _health(feed: Feed, now: datetime) -> str:
    """Well 3 minutes ago · again in 20 minutes."""
    good = f"last well {ago(feed.good_at, now)}" if feed.good_at else "never well yet"
    again = f"again {ago(feed.next_at, now) if feed.next_at > now else 'any moment now'}"
    match feed.state:
        case "new":
            return "not polled yet"
        case "well":
            every = span(feed.pace)
            return f"{good} · {again}{f' · about every {every}' if every else ''}"
        case "failing":
            return f"{feed.failures:,} time{'s' * (feed.failures != 1)} in a row · {good} · {again}"
        case _:
            return f"asked no more · {good}"
