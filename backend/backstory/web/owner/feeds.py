"""`/feeds`: what is followed and how it is, added to and taken from; lists of feeds in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.errors import FetchError, SourceError
from backstory.following import Desk, Feed
from backstory.following.lists import from_list, starters, to_list
from backstory.web.box import Asked
from backstory.web.feeds import MAX_LIST_BYTES, OPML_TYPE
from backstory.web.fields import Fields, address
from backstory.web.forms import require_own_page
from backstory.web.owner.moments import ago, span
from backstory.web.owner.shell import form_of, in_words, numbered, page
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.uploads import Upload, read_uploads
from backstory.web.wording import link

_PER_PAGE = 200
_PAGES_MOST = 50
_REASONS = 10  # of pages that were given up, for each feed
_FORM_MARGIN = 10_000  # bytes around a list that is handed in

_REFUSED, _NOT_FETCHED = 422, 502  # statuses


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


@in_words
async def feeds_page(request: Request) -> Response:
    """What is followed."""
    return await _listed(request)


@in_words
async def add_feed(request: Request) -> Response:
    """Follow an address: a feed, a sitemap, or a page that names its feed."""
    desk, typed = service_of(request).desk, (await form_of(request)).get("url", "")
    fields = Fields({"url": Asked(typed).address or typed.strip()})
    try:
        await desk.follow(fields.take("url", address, ""))
    except ProblemError as error:
        return await _listed(request, status=400, trouble=f"{error.detail}.", typed=typed)
    except (FetchError, SourceError) as error:
        status = _NOT_FETCHED if isinstance(error, FetchError) and error.status else _REFUSED
        return await _listed(request, status=status, trouble=f"{error}.", typed=typed)
    except ValueError as error:
        return await _listed(request, status=_REFUSED, trouble=f"{error}.", typed=typed)
    return RedirectResponse("/feeds", 303)


@in_words
async def remove_feed(request: Request) -> Response:
    """Follow one no more."""
    if not service_of(request).desk.unfollow((await form_of(request)).get("url", "")):
        raise ProblemError("not-found", "no such feed is followed; it was removed already")
    return RedirectResponse("/feeds", 303)


@in_words
async def poll_feeds(request: Request) -> Response:
    """Poll one feed now, or all."""
    service_of(request).desk.poll((await form_of(request)).get("url", ""))
    return RedirectResponse("/feeds", 303)


@in_words
async def import_feeds(request: Request) -> Response:
    """Follow the feeds of a list that was handed in as a file."""
    require_own_page(request)
    service = service_of(request)
    most = MAX_LIST_BYTES + _FORM_MARGIN
    form = await read_uploads(request, max_bytes=most, idle_seconds=service.limits.idle_seconds)
    said = form.get("list", Upload(b"")).content
    if not said.strip():
        return await _listed(request, status=400, list_trouble="Choose a file first.")
    try:
        listed = await run_in_threadpool(from_list, said, service.clock())
        service.desk.follow_all(listed)
    except (SourceError, ValueError) as error:
        return await _listed(request, status=_REFUSED, list_trouble=f"{error}.")
    if not listed:
        return await _listed(request, status=_REFUSED, list_trouble="The list names no feed of the web.")
    return RedirectResponse("/feeds", 303)


@in_words
async def follow_starters(request: Request) -> Response:
    """Follow the outlets that were picked."""
    desk, form = service_of(request).desk, await form_of(request)
    desk.follow_all(one for place, one in enumerate(starters(desk.clock())) if f"outlet-{place}" in form)
    return RedirectResponse("/feeds", 303)


async def export_feeds(request: Request) -> Response:
    """The list as a file that every reader takes."""
    body = await run_in_threadpool(to_list, service_of(request).desk.feeds.all())
    headers = {"Content-Disposition": 'attachment; filename="backstory-feeds.opml"'}
    return Response(body, media_type=OPML_TYPE, headers=headers)


async def _listed(request: Request, *, status: int = 200, **said: str) -> Response:
    """The page; `trouble` with what was `typed`, or `list_trouble`, where something could not be followed."""
    desk, only = service_of(request).desk, request.query_params.get("state", "")
    number = Fields({"page": request.query_params.get("page")}).take("page", numbered(_PAGES_MOST), 1)
    feeds = desk.feeds.all()
    counts = desk.ledger.items.counts()
    wanted = [feed for feed in feeds if not only or feed.state == only]
    shown = wanted[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    known = {feed.url for feed in feeds}
    return await page(
        request,
        "feeds.html",
        status=status,
        sum=_sum(feeds, counts),
        feeds=_rows(desk, shown, counts),
        only=only,
        number=number,
        has_more=len(wanted) > number * _PER_PAGE,
        starters=[(place, one) for place, one in enumerate(starters(desk.clock())) if one.url not in known],
        said={"trouble": "", "typed": "", "list_trouble": ""} | said,
    )


def _sum(feeds: Iterable[Feed], counts: dict[int, tuple[int, int]]) -> Sum:
    feeds = tuple(feeds)
    return Sum(
        feeds=len(feeds),
        failing=sum(feed.state in {"failing", "stopped"} for feed in feeds),
        new=sum(feed.state == "new" for feed in feeds),
        brought=sum(feed.brought for feed in feeds),
        waiting=sum(waiting for waiting, _ in counts.values()),
    )


def _rows(desk: Desk, feeds: Iterable[Feed], counts: dict[int, tuple[int, int]]) -> list[Followed]:
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
