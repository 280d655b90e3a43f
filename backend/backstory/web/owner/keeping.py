"""`/settings`: what is set and where; `/start`: the first steps of a new owner."""

from starlette.requests import Request
from starlette.responses import Response

from backstory.web.files import built
from backstory.web.owner.shell import in_words, page
from backstory.web.service import service_of


@in_words
async def settings_page(request: Request) -> Response:
    """Every setting as it is, and where that comes from."""
    return await page(request, "settings.html", settings=service_of(request).settings)


@in_words
async def start_page(request: Request) -> Response:
    """How to begin, and how far one has come."""
    service = service_of(request)
    stats = await service.archive.stats()
    return await page(
        request,
        "start.html",
        stats=stats,
        feeds=service.desk.feeds.count(),
        chromium=built("backstory-chromium.zip") is not None,
        firefox=built("backstory-firefox.zip") is not None,
        host=request.headers["host"],
        origin=f"{request.url.scheme}://{request.headers['host']}",
    )
