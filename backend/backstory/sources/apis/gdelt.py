"""GDELT's DOC 2.0 interface: addresses of the world's news of about the last three months.

GET /api/v2/doc/doc?query=&mode=artlist&format=json&maxrecords=250&startdatetime=&enddatetime=&sort=dateasc

It answers with 250 articles at most and knows no pages: a stretch that is full is asked again in halves. What goes
wrong it says in plain words, with status 200. https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from backstory.errors import FetchError, SourceError
from backstory.model import Errand, Interval, Offer, Publication, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.answers import Record, to_record
from backstory.sources.apis.asking import fetch, question_of, to_step
from backstory.sources.apis.calendar import each_day
from backstory.sources.apis.terms import TERMS

COVERED = timedelta(days=91)
"""How far back the interface goes; its keepers say three months."""

_NAME = "gdelt"
_MOST = 250  # articles in an answer
_SHORTEST = timedelta(minutes=15)  # between two of GDELT's updates; a stretch of it is cut no further
_REST_SECONDS = 10.0  # twice what is asked for between two requests
_MAX_BYTES = 4_000_000
_STAMP, _SEEN = "%Y%m%d%H%M%S", "%Y%m%dT%H%M%SZ"


class Gdelt:
    """Addresses of news by their words or outlet, day by day. The pages are still to be fetched."""

    name = _NAME

    def __init__(self, door: Door, clock: Callable[[], datetime], *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._clock = clock
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """One step a day."""
        first = (self._clock() - COVERED).date()
        if wanted.days.start < first:
            raise SourceError(f"gdelt goes back about three months, to {first}; ask for no earlier day")
        if not wanted.query and not wanted.host:
            raise SourceError("gdelt has to be asked for words or an outlet: give a query or a host")
        query = " ".join(filter(None, (wanted.query, wanted.host and f"domainis:{wanted.host}")))
        return [_step(_midnight(day), _midnight(day) + timedelta(days=1), query) for day in each_day(wanted.days)]

    async def take(self, step: Step) -> Taken:
        """Ask for a stretch of time; where it holds more than is answered, its halves are further steps."""
        question = question_of(step)
        begin, end = (_moment(question[name]) for name in ("begin", "end"))
        errand = Errand(
            url=f"{self._address}/api/v2/doc/doc?{urlencode(_asked(question['q'], begin, end))}",
            kind="data",
            why=f"back-fill from GDELT: {begin:%d %B %Y, %H:%M}",
            max_bytes=_MAX_BYTES,
        )
        page = await fetch(self._door, errand, source=_NAME)
        articles = list(_said(page.body).records("articles"))
        if len(articles) >= _MOST and end - begin > _SHORTEST:
            middle = begin + (end - begin) / 2
            return Taken(offers=(), further=(_step(begin, middle, question["q"]), _step(middle, end, question["q"])))
        return Taken(offers=tuple(_offers(articles)))


def _midnight(day: Interval) -> datetime:
    return datetime.combine(day.start, time(), UTC)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _step(begin: datetime, end: datetime, query: str) -> Step:
    """From a moment to another, which is no longer part of it."""
    stretch = {"begin": begin.strftime(_STAMP), "end": end.strftime(_STAMP)}
    return to_step(Interval(begin.date(), begin.date()), {**stretch, "q": query})


def _asked(query: str, begin: datetime, end: datetime) -> dict[str, str]:
    last = end - timedelta(seconds=1)  # both ends are included
    return {
        "query": query,
        "mode": "artlist",
        "format": "json",
        "maxrecords": str(_MOST),
        "startdatetime": begin.strftime(_STAMP),
        "enddatetime": last.strftime(_STAMP),
        "sort": "dateasc",
    }


def _said(body: bytes) -> Record:
    if b"limit requests" in body[:500].lower():
        raise FetchError("gdelt was asked too often", status=429, retry_after=_REST_SECONDS)
    return to_record(body, _NAME)


def _offers(articles: Sequence[Record]) -> Iterator[Offer]:
    """Addresses alone: GDELT's titles come with spaces about their signs, and the page knows its own."""
    for article in articles:
        if url := article.text("url"):
            yield Offer(url=url, published=_seen(article.text("seendate")))


def _seen(stamp: str) -> Publication | None:
    """The day on which GDELT saw the page: never before it came out, so that nothing counts as earlier than it was."""
    try:
        return Publication(datetime.strptime(stamp, _SEEN).replace(tzinfo=UTC).date(), found="unknown")
    except ValueError:
        return None
