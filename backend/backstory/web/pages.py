"""Pages for people: the front page, what was put into its box, and a saved page of one annotated article."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from backstory.errors import ArchiveUnavailableError, BackstoryError
from backstory.model import ArchiveStats, Page, Publication
from backstory.sample import SampleArticle, articles
from backstory.web.box import Asked, asked_of, page_of
from backstory.web.drawing import draw
from backstory.web.files import OVERLAY, built
from backstory.web.forms import EXPANSION, read_form
from backstory.web.months import HEIGHT, picture
from backstory.web.problems import ProblemError
from backstory.web.rendering import STYLE_HASH, answer, render
from backstory.web.service import Service, service_of
from backstory.web.shown import show
from backstory.web.trouble import trouble_of
from backstory.web.wording import spoken_days

_FORM_MARGIN = 20_000  # bytes; the other fields, and the names of all


async def front(request: Request) -> Response:
    """A sample article with its overlays, how to begin, and what is in the archive."""
    service = service_of(request)
    samples = {sample.slug: sample for sample in articles()}
    slug = request.query_params.get("article", next(iter(samples)))
    if slug not in samples:
        raise ProblemError("not-found", f"no sample article is called that; there are {', '.join(samples)}")
    return await _page(
        "front.html",
        request,
        shown=await show(service, sample_page(samples[slug])),
        sample=samples[slug],
        others=[sample for sample in samples.values() if sample.slug != slug],
        asked=Asked(),
        trouble="",
    )


class Box(HTTPEndpoint):
    """The front page's box, on a page of its own."""

    async def get(self, request: Request) -> Response:
        """The box, empty."""
        return await _page("read.html", request, shown=None, asked=Asked(), trouble="")

    async def post(self, request: Request) -> Response:
        """What was put into the box, read. Nothing of it is kept; what goes wrong is said above the box."""
        service, asked = service_of(request), Asked()
        try:
            asked = asked_of(await _form(request))
            shown = await show(service, await page_of(service, asked))
        except (ProblemError, BackstoryError) as error:
            trouble = trouble_of(error)
            return await _page(
                "read.html",
                request,
                status=trouble.status,
                headers=trouble.headers,
                shown=None,
                asked=asked,
                trouble=trouble.words,
            )
        return await _page("read.html", request, shown=shown, asked=asked, trouble="")


def saved_page(document: dict[str, Any]) -> str:
    """One annotated article as a page that stands by itself; the document must hold its text."""
    return render(
        "annotated.html", style_hash=STYLE_HASH, drawing=draw(document), version=document["generator"]["version"]
    )


def sample_page(sample: SampleArticle) -> Page:
    """A sample article as a reader's page, in the markup that newspapers use."""
    return Page(
        url=sample.url,
        html=render("sample.html", sample=sample, body=Markup(sample.html)),  # noqa: S704 - ours
        read_at=datetime.combine(sample.published, time(12), tzinfo=UTC),
        published=Publication(sample.published),
        language="en",
    )


async def _form(request: Request) -> dict[str, str]:
    limits = service_of(request).limits
    most = EXPANSION * limits.max_page_bytes + _FORM_MARGIN
    return await read_form(request, max_bytes=most, idle_seconds=limits.idle_seconds)


async def _page(
    template: str, request: Request, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> Response:
    service = service_of(request)
    stats = await _stats(service)
    return await run_in_threadpool(
        answer,
        template,
        status=status,
        headers=headers,
        stats=stats,
        days=spoken_days(stats.first_day, stats.last_day) if stats and stats.first_day and stats.last_day else "",
        picture=picture(stats.months) if stats else None,
        height=HEIGHT,
        has_overlay=built(OVERLAY) is not None,
        chromium=built("backstory-chromium.zip") is not None,
        firefox=built("backstory-firefox.zip") is not None,
        version=service.version,
        path=request.url.path,
        host=request.headers["host"],
        origin=f"{request.url.scheme}://{request.headers['host']}",
        **values,
    )


async def _stats(service: Service) -> ArchiveStats | None:
    try:
        return await service.archive.stats()
    except ArchiveUnavailableError:
        return None
