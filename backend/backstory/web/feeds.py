"""What is followed: told, added to, taken from, and handed in and out as a list."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backstory.errors import FetchError, SourceError
from backstory.following import Desk, Feed
from backstory.following.lists import from_list, to_list
from backstory.web.bodies import read_body, require_type
from backstory.web.fields import Fields, address, words
from backstory.web.moments import instant_or_none, instant_text
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.strict_json import parse_object

OPML_TYPE = "text/x-opml"
"""The media type of a list of feeds; none is registered, and this is what readers use."""

MAX_LIST_BYTES = 5_000_000
"""Of a list of feeds; ten thousand take two million."""

_MAX_JSON_BYTES = 32_000
_FOLDER_LIMIT = 200  # characters
_REASONS_TOLD = 5  # pages that were given up, with the reason, of each feed
_OPML_TYPES = (OPML_TYPE, "application/xml", "text/xml", "application/x-opml")


class FeedList(HTTPEndpoint):
    """`/api/feeds`: what is followed."""

    async def get(self, request: Request) -> Response:
        """All of it, with its health."""
        desk = service_of(request).desk
        return JSONResponse({"feeds": feed_documents(desk, desk.feeds.all())})

    async def post(self, request: Request) -> Response:
        """Follow one address, or the feeds of a list."""
        if _type_of(request) in _OPML_TYPES:
            return await take_list(request)
        require_type(request, "application/json")
        service = service_of(request)
        body = await read_body(request, max_bytes=_MAX_JSON_BYTES, idle_seconds=service.limits.idle_seconds)
        fields = Fields(parse_object(body))
        url, folder = fields.take("url", address, ""), fields.take("folder", words, "")
        fields.close()
        if not url:
            raise ProblemError("invalid-field", "url is missing: say what to follow", field="url")
        return await _followed(service.desk, url, folder[:_FOLDER_LIMIT])

    async def delete(self, request: Request) -> Response:
        """Follow one no more; its articles stay."""
        fields = Fields(dict(request.query_params))
        url = fields.take("url", address, "")
        fields.close()
        if not url:
            raise ProblemError("invalid-field", "url is missing: say which feed to follow no more", field="url")
        if not service_of(request).desk.unfollow(url):
            raise ProblemError("not-followed", "no feed with this url is followed")
        return Response(status_code=204)


class FeedListing(HTTPEndpoint):
    """`/api/feeds.opml`: the same as a list that every reader takes, out and in."""

    async def get(self, request: Request) -> Response:
        """The list."""
        feeds = service_of(request).desk.feeds.all()
        return Response(
            await run_in_threadpool(to_list, feeds),
            media_type=OPML_TYPE,
            headers={"Content-Disposition": 'attachment; filename="backstory-feeds.opml"'},
        )

    async def post(self, request: Request) -> Response:
        """Follow the feeds of a list."""
        return await take_list(request)


async def poll_feeds(request: Request) -> Response:
    """Poll one feed now, whatever it asked for; or, without a url, all that did not ask to be left alone."""
    desk = service_of(request).desk
    fields = Fields(dict(request.query_params))
    url = fields.take("url", address, "")
    fields.close()
    due = desk.poll(url)
    if url and not due:
        raise ProblemError("not-followed", "no feed with this url is followed")
    return JSONResponse({"due": due}, 202)


async def take_list(request: Request) -> Response:
    """Follow the feeds of a list that is the body of a request."""
    service = service_of(request)
    said = _type_of(request)
    require_type(request, said if said in _OPML_TYPES else OPML_TYPE)
    body = await read_body(request, max_bytes=MAX_LIST_BYTES, idle_seconds=service.limits.idle_seconds)
    try:
        listed = await run_in_threadpool(from_list, body, service.clock())
        new = service.desk.follow_all(listed)
    except SourceError as error:
        raise ProblemError("nothing-to-follow", str(error)) from error
    except ValueError as error:
        raise ProblemError("too-many", str(error)) from error
    return JSONResponse(
        {"added": len(new), "known": len(listed) - len(new), "feeds": feed_documents(service.desk, new)},
        201 if new else 200,
    )


async def _followed(desk: Desk, url: str, folder: str) -> Response:
    before = {feed.number for feed in desk.feeds.all()}
    try:
        feeds = await desk.follow(url, folder=folder)
    except (FetchError, SourceError) as error:
        raise ProblemError("nothing-to-follow", str(error), field="url") from error
    except ValueError as error:
        raise ProblemError("too-many", str(error)) from error
    new = sum(feed.number not in before for feed in feeds)
    return JSONResponse(
        {"added": new, "known": len(feeds) - new, "feeds": feed_documents(desk, feeds)}, 201 if new else 200
    )


def _type_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def feed_documents(desk: Desk, feeds: tuple[Feed, ...]) -> list[dict[str, Any]]:
    """Feeds with their health, as `GET /api/feeds` answers."""
    counts, due = desk.ledger.items.counts(), desk.ledger.items.counts_due(desk.clock())
    return [_document(desk, feed, *counts.get(feed.number, (0, 0)), due.get(feed.number, 0)) for feed in feeds]


def _document(desk: Desk, feed: Feed, waiting: int, given_up: int, due: int) -> dict[str, Any]:
    refused = desk.ledger.items.given_up(feed.number, _REASONS_TOLD) if given_up else ()
    return {
        "url": feed.url,
        "kind": feed.kind,
        "title": feed.title,
        "site": feed.site,
        "folder": feed.folder,
        "state": feed.state,
        "addedAt": instant_text(feed.added_at),
        "lastTriedAt": instant_or_none(feed.tried_at),
        "lastGoodAt": instant_or_none(feed.good_at),
        "nextAt": instant_text(feed.next_at) if feed.active else None,
        "failures": feed.failures,
        "trouble": feed.trouble,
        "everySeconds": round(feed.pace),
        "articles": feed.brought,
        "waiting": waiting,
        "waitingNow": due,
        "refused": given_up,
        "refusedLately": [{"url": url, "reason": reason} for url, reason in refused],
    }
