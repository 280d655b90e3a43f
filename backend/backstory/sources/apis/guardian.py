"""The Guardian Open Platform: the Guardian's articles since 1999, whole.

GET /search?from-date=&to-date=&q=&page=&page-size=200&order-by=oldest&show-fields=…&api-key=

https://open-platform.theguardian.com/documentation/
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from urllib.parse import urlencode

from backstory.errors import SourceError
from backstory.model import Errand, Interval, Offer, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.answers import Record, to_publication
from backstory.sources.apis.asking import ask, question_of, to_step
from backstory.sources.apis.calendar import count, halves, months
from backstory.sources.apis.framing import framed
from backstory.sources.apis.outlets import Outlet
from backstory.sources.apis.terms import TERMS

_NAME = "guardian"
_PUBLISHER = "The Guardian"
# There is a little from before that day, back to 1805, without its text.
_OUTLET = Outlet(_NAME, "theguardian.com", date(1999, 1, 1))
_PAGE_SIZE = 200  # the most there is
_ARTICLES_A_DAY = 300  # about what the Guardian publishes
_PAGES_MOST = 190  # of one question; the interface answers for its first 38,000 articles
_MAX_BYTES = 32_000_000  # 200 articles with their markup; a live page alone may have 500,000
_FIELDS = "headline,byline,body,bodyText"


class Guardian:
    """The Guardian's articles, month by month, asked for with the owner's key."""

    name = _NAME

    def __init__(self, door: Door, key: str, *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._secret = (("api-key", key),)
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """The first page of each month; how many follow, it tells."""
        return [_first_page(month, wanted.query) for month in months(_OUTLET.days(wanted))]

    async def take(self, step: Step) -> Taken:
        """Ask for one page of a month."""
        question = question_of(step)
        asked = question | {"page-size": str(_PAGE_SIZE), "order-by": "oldest", "show-fields": _FIELDS}
        errand = Errand(
            url=f"{self._address}/search?{urlencode(asked)}",
            kind="data",
            why=f"back-fill from the Guardian: {step.days.start:%B %Y}, page {question.get('page', '1')}",
            secret=self._secret,
            max_bytes=_MAX_BYTES,
        )
        answer = (await ask(self._door, errand, source=_NAME)).record("response")
        if answer.text("status") != "ok":
            raise SourceError(f"guardian says: {answer.text('message') or 'nothing that makes sense'}")
        further = _further(step, question, answer.number("pages")) if question.get("page") == "1" else ()
        if further and further[0].days != step.days:
            return Taken(offers=(), further=further, requests=1)
        return Taken(offers=tuple(_offers(answer)), further=further, requests=1)


def _first_page(days: Interval, query: str) -> Step:
    """A month's first page. How much a query finds nobody knows before; without one, about as much as is published."""
    pages = 1 if query else ceil(count(days) * _ARTICLES_A_DAY / _PAGE_SIZE)
    return replace(_page(days, query, 1), requests=pages)


def _page(days: Interval, query: str, page: int) -> Step:
    return to_step(days, {"from-date": str(days.start), "to-date": str(days.end), "q": query, "page": page})


def _further(step: Step, question: dict[str, str], pages: int) -> tuple[Step, ...]:
    """A question's other pages; where they are too many, the same days in two."""
    query = question.get("q", "")
    if pages > _PAGES_MOST and count(step.days) > 1:
        return tuple(_page(half, query, 1) for half in halves(step.days))
    return tuple(_page(step.days, query, page) for page in range(2, min(pages, _PAGES_MOST) + 1))


def _offers(answer: Record) -> Iterator[Offer]:
    for result in answer.records("results"):
        fields = result.record("fields")
        headline = fields.text("headline") or result.text("webTitle")
        body, text = fields.text("body"), fields.text("bodyText")
        if not text:
            continue  # a gallery, a video, a crossword
        yield Offer(
            url=result.text("webUrl"),
            headline=headline,
            publisher=_PUBLISHER,
            authors=_authors(fields.text("byline")),
            language="en",
            published=to_publication(result.text("webPublicationDate")),
            html=framed(headline, body) if body else "",
            text="" if body else text,
        )


def _authors(byline: str) -> tuple[str, ...]:
    """The names of a byline, as "Ida Berg in Lindau and Jo Hill"; where somebody wrote is no part of a name."""
    names = (part.partition(" in ")[0].strip() for part in byline.replace(" and ", ",").split(","))
    return tuple(name for name in names if name)
