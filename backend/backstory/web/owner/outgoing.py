"""`/requests`: what left this machine, for what, and how it ended."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from backstory.web.fields import Fields
from backstory.web.owner.moments import ago
from backstory.web.owner.shell import in_words, numbered, page
from backstory.web.service import service_of

_PER_PAGE = 100
_PAGES_MOST = 100
_WORDS_MOST = 200  # characters of what is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as its row shows it."""

    at: str
    ago: str
    url: str
    why: str
    outcome: str
    status: int
    size: int
    seconds: float


@in_words
async def requests_page(request: Request) -> Response:
    """The newest requests, or those with some words in them."""
    service, asked = service_of(request), request.query_params.get("containing", "").strip()[:_WORDS_MOST]
    number = Fields({"page": request.query_params.get("page")}).take("page", numbered(_PAGES_MOST), 1)
    log, now = service.desk.outgoing, service.clock()
    found = log.latest(_PER_PAGE + 1, skip=(number - 1) * _PER_PAGE, containing=asked)
    rows = [
        Sent(
            at=each.at.isoformat(timespec="seconds"),
            ago=ago(each.at, now),
            url=each.url,
            why=each.why,
            outcome=each.outcome,
            status=each.status,
            size=each.size,
            seconds=each.seconds,
        )
        for each in found[:_PER_PAGE]
    ]
    return await page(
        request,
        "requests.html",
        rows=rows,
        asked=asked,
        number=number,
        has_more=len(found) > _PER_PAGE and number < _PAGES_MOST,
        kept=log.count(),
    )
