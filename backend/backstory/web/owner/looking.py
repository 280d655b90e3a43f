"""`/search`: the archive's articles by words, days and outlet, with the words marked where they stand."""

import asyncio
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from backstory.errors import BackstoryError
from backstory.web.fields import Fields
from backstory.web.owner.marking import Stretch, marked
from backstory.web.owner.shell import in_words, numbered, page
from backstory.web.problems import ProblemError
from backstory.web.search import Report, Reports, find_reports, lookup_of, telling_words
from backstory.web.service import service_of
from backstory.web.trouble import Trouble, trouble_of
from backstory.web.wording import spoken_day

_PER_PAGE = 20
PAGES_MOST = 25
"""How far one may leaf; who has not found it by then asks otherwise."""

_NAMES = 500  # outlets that are offered while one is typed
_FIELDS = ("q", "after", "before", "publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A report in the list."""

    url: str
    headline: str
    day: str
    publisher: str
    passage: tuple[Stretch, ...]
    copies: int


@in_words
async def search_page(request: Request) -> Response:
    """The form, and what it finds; what is wrong in it is said above it."""
    archive = service_of(request).archive
    typed = {name: request.query_params.get(name, "").strip() for name in _FIELDS}
    found, number, trouble = Reports(0, ()), 1, None
    try:
        number = Fields({"page": request.query_params.get("page")}).take("page", numbered(PAGES_MOST), 1)
        lookup = lookup_of({name: said for name, said in typed.items() if said})
        found = await find_reports(archive, replace(lookup, limit=number * _PER_PAGE + 1))
    except (ProblemError, BackstoryError) as error:
        trouble = trouble_of(error)
    shown = await asyncio.to_thread(_page_of, found, typed["q"], number)
    return await page(
        request,
        "search.html",
        status=trouble.status if trouble else 200,
        typed=typed,
        trouble=_words(trouble),
        total=found.total,
        shown=shown,
        number=number,
        earlier=_address(typed, number - 1) if number > 1 else "",
        later=_address(typed, number + 1) if len(found.reports) > number * _PER_PAGE and number < PAGES_MOST else "",
        forgotten="forgotten" in request.query_params,
        first=(number - 1) * _PER_PAGE + 1,
        outlets=sorted(islice(await archive.publishers(), _NAMES), key=str.casefold) if trouble is None else [],
    )


def _page_of(found: Reports, q: str, number: int) -> tuple[Shown, ...]:
    wanted = telling_words(q)
    return tuple(_shown(report, wanted) for report in found.reports[(number - 1) * _PER_PAGE : number * _PER_PAGE])


def _shown(report: Report, wanted: tuple[str, ...]) -> Shown:
    passage = report.hit.passage
    return Shown(
        url=passage.url,
        headline=passage.headline,
        day=spoken_day(passage.published.day),
        publisher=passage.publisher,
        passage=marked(passage.text, wanted, passage.language),
        copies=report.copies,
    )


def _address(typed: dict[str, str], number: int) -> str:
    return "/search?" + urlencode({name: said for name, said in typed.items() if said} | {"page": number})


def _words(trouble: Trouble | None) -> str:
    return trouble.words if trouble else ""
