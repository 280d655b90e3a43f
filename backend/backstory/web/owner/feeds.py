"""`/feeds`: what is followed and how it is, added to and taken from; lists of feeds in and out."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.errors import FetchError, SourceError
from backstory.following import Feed
from backstory.following.lists import from_list, starters, to_list
from backstory.web.box import Asked
from backstory.web.feeds import MAX_LIST_BYTES, OPML_TYPE
from backstory.web.fields import Fields, address
from backstory.web.forms import require_own_page
from backstory.web.owner.followed import TICK, choices_of, rows_of, sum_of
from backstory.web.owner.shell import form_of, in_words, numbered, page
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.uploads import Upload, read_uploads

_PER_PAGE = 200
_PAGES_MOST = 50
_FORM_MARGIN = 10_000  # bytes around a list that is handed in

_REFUSED, _NOT_FETCHED = 422, 502  # statuses


@in_words
async def feeds_page(request: Request) -> Response:
    """What is followed."""
    return await _listed(request)


@in_words
async def add_feed(request: Request) -> Response:
    """Follow an address: a feed, a sitemap, or a page that names its feed; where it names several, show them."""
    desk, typed = service_of(request).desk, (await form_of(request)).get("url", "")
    fields = Fields({"url": Asked(typed).address or typed.strip()})
    try:
        url = fields.take("url", address, "")
        if found := await desk.discover(url):
            return await page(request, "choose.html", url=url, choices=choices_of(desk, found))
    except ProblemError as error:
        return await _listed(request, status=400, trouble=f"{error.detail}.", typed=typed)
    except (FetchError, SourceError) as error:
        status = _NOT_FETCHED if isinstance(error, FetchError) and error.status else _REFUSED
        return await _listed(request, status=status, trouble=f"{error}.", typed=typed)
    except ValueError as error:
        return await _listed(request, status=_REFUSED, trouble=f"{error}.", typed=typed)
    return RedirectResponse("/feeds", 303)


@in_words
async def choose_feeds(request: Request) -> Response:
    """Follow those of a page's feeds that were ticked; each is polled in its turn."""
    desk, form = service_of(request).desk, await form_of(request)
    now, fields = desk.clock(), Fields(form)
    picked = [fields.take(name, address, "") for name in form if name.startswith(TICK)]
    if not picked:
        trouble = "Nothing was ticked, so nothing is followed."
        return await _listed(request, status=400, trouble=trouble, typed=form.get("url", ""))
    try:
        desk.follow_all(Feed(url=url, added_at=now, next_at=now) for url in picked)
    except ValueError as error:
        return await _listed(request, status=_REFUSED, trouble=f"{error}.")
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
        sum=sum_of(feeds, counts),
        feeds=rows_of(desk, shown, counts),
        only=only,
        number=number,
        has_more=len(wanted) > number * _PER_PAGE,
        starters=[(place, one) for place, one in enumerate(starters(desk.clock())) if one.url not in known],
        said={"trouble": "", "typed": "", "list_trouble": ""} | said,
    )
