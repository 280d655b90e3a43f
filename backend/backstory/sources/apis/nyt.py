"""The New York Times' archive interface: headlines and summaries of every month since 1851.

GET /svc/archive/v1/{year}/{month}.json?api-key=     one month, about 20 MB

https://developer.nytimes.com/docs/archive-product/1/overview
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from backstory.errors import SourceError
from backstory.model import Errand, Interval, Offer, Publication, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.answers import Record, to_publication
from backstory.sources.apis.asking import ask, question_of, to_step
from backstory.sources.apis.calendar import months
from backstory.sources.apis.outlets import Outlet
from backstory.sources.apis.terms import TERMS
from backstory.sources.apis.words import holds

_NAME = "nyt"
_PUBLISHER = "The New York Times"
_OUTLET = Outlet(_NAME, "nytimes.com", date(1851, 9, 18))
_MAX_BYTES = 100_000_000  # a month has about 20 MB, of which the pictures' addresses are the most
_URL_DAY = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/")


class NewYorkTimes:
    """What the New York Times published, month by month, asked for with the owner's key.

    The interface brings a whole month and knows no search: words and days are picked out here.
    """

    name = _NAME

    def __init__(self, door: Door, key: str, *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._secret = (("api-key", key),)
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """One step a month."""
        return [to_step(month, _question(month, wanted.query)) for month in months(_OUTLET.days(wanted))]

    async def take(self, step: Step) -> Taken:
        """Ask for a month."""
        question = question_of(step)
        errand = Errand(
            url=f"{self._address}/svc/archive/v1/{step.days.start.year}/{step.days.start.month}.json",
            kind="data",
            why=f"back-fill from the New York Times: {step.days.start:%B %Y}",
            secret=self._secret,
            max_bytes=_MAX_BYTES,
        )
        answer = await ask(self._door, errand, source=_NAME)
        if "response" not in answer:
            raise SourceError(f"nyt says: {answer.text('fault', 'faultstring') or 'nothing that makes sense'}")
        offers = await asyncio.to_thread(_wanted, answer, step.days, question.get("q", ""))
        return Taken(offers=offers)


def _question(days: Interval, query: str) -> dict[str, str]:
    return {"from": str(days.start), "to": str(days.end), "q": query}


def _wanted(answer: Record, days: Interval, query: str) -> tuple[Offer, ...]:
    return tuple(
        offer
        for offer in _offers(answer)
        if offer.published and days.holds(offer.published.day) and holds(query, offer.headline, offer.text)
    )


def _offers(answer: Record) -> Iterator[Offer]:
    for document in answer.records("response", "docs"):
        text = _text(document)
        url = document.text("web_url")
        if text and url:
            yield Offer(
                url=url,
                headline=document.text("headline", "main"),
                publisher=_PUBLISHER,
                authors=tuple(filter(None, map(_author, document.records("byline", "person")))),
                language="en",
                published=_published(document.text("pub_date"), url),
                text=text,
            )


def _text(document: Record) -> str:
    """The summary and how the article begins; each says often what the other does."""
    summary = document.text("abstract") or document.text("snippet")
    lead = document.text("lead_paragraph")
    if summary in lead:
        return lead
    return summary if lead in summary else f"{summary}\n\n{lead}"


def _published(stamp: str, url: str) -> Publication | None:
    """The instant is told in UTC; the day in New York stands in the address."""
    published = to_publication(stamp)
    if published is not None and (found := _URL_DAY.search(url)):
        try:
            return replace(published, day=date(*map(int, found.groups())))
        except ValueError:
            return published
    return published


def _author(person: Record) -> str:
    """A name; those of older months are all in capitals."""
    names = (person.text("firstname"), person.text("middlename"), person.text("lastname"))
    return " ".join(name.title() if name.isupper() and len(name) > 2 else name for name in names if name)  # noqa: PLR2004 - "J."
