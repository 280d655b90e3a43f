"""The addresses, and what each of them does."""

import json
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backstory.annotation import CONTEXT, CONTEXT_PATH, to_annotation_page
from backstory.model import AnnotatedArticle
from backstory.web.backfills import Backfills
from backstory.web.bodies import Draining, read_body, require_type
from backstory.web.cors import Cors
from backstory.web.counting import Counting, Counts
from backstory.web.feeds import FeedList, FeedListing, poll_feeds
from backstory.web.fields import Fields, address, host
from backstory.web.files import extension, script
from backstory.web.intake import take_articles
from backstory.web.jobs import JobList, watch_jobs
from backstory.web.logbook import Faults, Logbook
from backstory.web.metrics import metrics
from backstory.web.openapi import ANNOTATION_TYPE, describe
from backstory.web.owner import owner_routes
from backstory.web.pages import Box, front
from backstory.web.problems import ProblemError
from backstory.web.reports import ingested, report_document
from backstory.web.requests import AnnotateRequest, annotate_request
from backstory.web.search import lookup_of, search
from backstory.web.security import Gate
from backstory.web.service import Access, service_of
from backstory.web.signin import sign_in
from backstory.web.stopwatch import Stopwatch

_API = 1  # the version that /healthz names; it changes when a client would have to

# A request holds its page as JSON, which may write one character of two bytes as six; and other fields beside it.
_JSON_FACTOR = 3
_JSON_MARGIN = 256_000  # bytes


def routes() -> list[BaseRoute]:
    """Every address of the service."""
    return [
        Route("/", front, methods=["GET"]),
        Route("/read", Box),
        *owner_routes(),
        Route("/signin", sign_in, methods=["POST"]),
        Route("/static/{name}", script, methods=["GET"]),
        Route("/extension/{name}", extension, methods=["GET"]),
        Route("/api/annotations", annotate, methods=["POST"]),
        Route("/api/articles", Articles),
        Route("/api/backfills", Backfills),
        Route("/api/feeds", FeedList),
        Route("/api/feeds.opml", FeedListing),
        Route("/api/feeds/poll", poll_feeds, methods=["POST"]),
        Route("/api/jobs", JobList),
        Route("/api/jobs/events", watch_jobs, methods=["GET"]),
        Route("/api/openapi.json", openapi, methods=["GET"]),
        Route("/healthz", health, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
        Route("/readyz", readiness, methods=["GET"]),
        Route(CONTEXT_PATH, context, methods=["GET"]),
    ]


def middleware(access: Access, counts: Counts, routes: Sequence[BaseRoute]) -> list[Middleware]:
    """What a request passes before a route sees it, outermost first."""
    return [
        Middleware(Logbook),
        Middleware(Counting, counts=counts, routes=routes),
        Middleware(Cors, origins=access.origins),
        Middleware(Draining),
        Middleware(Faults),
        Middleware(Gate, access=access),
    ]


async def annotate(request: Request) -> Response:
    """Annotate one page; nothing of it is kept."""
    service = service_of(request)
    require_type(request, "application/json")
    limits = service.limits
    body = await read_body(
        request, max_bytes=_JSON_FACTOR * limits.max_page_bytes + _JSON_MARGIN, idle_seconds=limits.idle_seconds
    )
    async with service.turns.take():
        asked = await run_in_threadpool(
            annotate_request, body, max_page_bytes=limits.max_page_bytes, clock=service.clock
        )
        stopwatch = Stopwatch()
        annotated = await service.annotator.annotate(asked.page, asked.options, lap=stopwatch.lap)
        document = await run_in_threadpool(_document, annotated, asked, request.headers["host"], service.version)
        stopwatch.lap("annotate")
        service.counts.annotated(stopwatch.laps)
    return Response(document, media_type=ANNOTATION_TYPE, headers={"Server-Timing": stopwatch.header()})


def _document(annotated: AnnotatedArticle, asked: AnnotateRequest, host: str, version: str) -> bytes:
    origin = f"http://{host}"
    return _json(to_annotation_page(annotated, origin=origin, version=version, include_text=asked.include_text))


class Articles(HTTPEndpoint):
    """The archive: add, search, forget."""

    async def post(self, request: Request) -> Response:
        """Add articles, read as a stream."""
        service = service_of(request)
        require_type(request, "application/x-ndjson")
        report = await take_articles(request, service)
        service.counts.ingested += ingested(report)
        return _answer(report_document(report))

    async def get(self, request: Request) -> Response:
        """Search."""
        return _answer(await search(service_of(request).archive, lookup_of(request.query_params)))

    async def delete(self, request: Request) -> Response:
        """Forget one article, or all of a host."""
        fields = Fields(dict(request.query_params))
        url, domain = fields.take("url", address, ""), fields.take("host", host, "")
        fields.close()
        if bool(url) == bool(domain):
            raise ProblemError(
                "invalid-field", "say which article to forget by url, or all of a host by host", field="url"
            )
        archive = service_of(request).archive
        if domain:
            return _answer({"forgotten": await archive.forget_host(domain)})
        if not await archive.forget(url):
            raise ProblemError("not-in-archive", "no article with this url is in the archive")
        return Response(status_code=204)


async def openapi(request: Request) -> Response:
    """What the service can do, in OpenAPI 3.1."""
    return _answer(describe(service_of(request).version))


async def context(_request: Request) -> Response:
    """The JSON-LD context of Backstory's own terms."""
    return Response(_json(CONTEXT), media_type="application/ld+json")


async def health(request: Request) -> Response:
    """Alive."""
    return _answer({"name": "Backstory", "version": service_of(request).version, "api": _API})


async def readiness(request: Request) -> Response:
    """Able to answer; and what the archive holds."""
    stats = await service_of(request).archive.stats()
    return _answer(
        {
            "ready": True,
            "articles": stats.articles,
            "passages": stats.passages,
            "publishers": stats.publishers,
            "firstDay": stats.first_day and stats.first_day.isoformat(),
            "lastDay": stats.last_day and stats.last_day.isoformat(),
        }
    )


def _answer(document: object) -> Response:
    return Response(_json(document), media_type="application/json")


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
