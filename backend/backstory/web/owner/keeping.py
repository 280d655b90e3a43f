"""`/settings`: what is set and where; `/start`: the first steps of a new owner."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from backstory.following.allowing import ALLOW_SOURCES
from backstory.web.files import built
from backstory.web.owner.shell import in_words, page
from backstory.web.service import Chosen, service_of


@in_words
async def settings_page(request: Request) -> Response:
    """Every setting as it is, and where that comes from."""
    service = service_of(request)
    said = service.backfiller.allowing.said()
    return await page(request, "settings.html", settings=[_with_yes(each, said) for each in service.settings])


def _with_yes(setting: Chosen, said: Sequence[str]) -> Chosen:
    """The setting; of `allow_sources`, with what was said on a page."""
    if setting.name != ALLOW_SOURCES or not said:
        return setting
    names = [name for name in setting.value.split(", ") if name and name not in said]
    origin = " and ".join(filter(None, (setting.origin, "the owner’s page")))
    return replace(setting, value=", ".join([*names, *said]), origin=origin)


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
