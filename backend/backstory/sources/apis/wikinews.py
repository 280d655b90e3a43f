"""English Wikinews by its interface: every day has a category with the articles of that day.

generator=categorymembers&gcmtitle=Category:April 21, 2016
"""

import asyncio
from collections.abc import Iterator, Sequence

from backstory.addresses import is_under
from backstory.errors import SourceError
from backstory.model import Interval, Offer, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.asking import question_of, to_step
from backstory.sources.apis.calendar import each_day
from backstory.sources.apis.mediawiki import PAGES_MOST, ask_wiki, continued, pages_of
from backstory.sources.apis.terms import TERMS
from backstory.sources.apis.words import holds
from backstory.sources.mediawiki import Wiki, WikiPage
from backstory.sources.wikinews import offer_of

_NAME = "wikinews"
_HOST = "en.wikinews.org"
_WIKI = Wiki(name="Wikinews", base=f"https://{_HOST}/wiki/Main_Page", language="en")


class Wikinews:
    """What English Wikinews published, day by day."""

    name = _NAME

    def __init__(self, door: Door, *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """One step a day."""
        if wanted.host and not is_under(_HOST, wanted.host):
            raise SourceError(f"wikinews brings {_HOST} alone, not {wanted.host}")
        return [to_step(day, {"day": str(day.start), "q": wanted.query}) for day in each_day(wanted.days)]

    async def take(self, step: Step) -> Taken:
        """Ask for the articles of a day."""
        question = question_of(step)
        query = question.pop("q", "")
        day = step.days.start
        further = {name: value for name, value in question.items() if name != "day"}
        asked = {
            "generator": "categorymembers",
            "gcmtitle": f"Category:{day:%B} {day.day}, {day.year}",
            "gcmnamespace": "0",
            "gcmlimit": str(PAGES_MOST),
        }
        answer = await ask_wiki(
            self._door, self._address, asked | further, source=_NAME, why=f"back-fill from Wikinews: {day:%d %B %Y}"
        )
        offers = await asyncio.to_thread(lambda: tuple(_offers(pages_of(answer), query)))
        rest = continued(answer, question)
        return Taken(offers=offers, further=(_further(step.days, rest, query),) if rest else ())


def _further(days: Interval, question: dict[str, str], query: str) -> Step:
    return to_step(days, question | {"q": query})


def _offers(pages: Iterator[tuple[str, str]], query: str) -> Iterator[Offer]:
    for title, markup in pages:
        offer = offer_of(WikiPage(wiki=_WIKI, title=title, markup=markup))
        if isinstance(offer, Offer) and holds(query, offer.headline, offer.text):
            yield offer
