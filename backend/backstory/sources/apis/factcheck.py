"""Google's Fact Check Tools: what fact-checkers of many outlets published, with their own verdicts.

GET /v1alpha1/claims:search?query=&reviewPublisherSiteFilter=&maxAgeDays=&pageSize=&pageToken=&key=

It knows no days but an age: what is older or newer than wanted is left out here.
https://developers.google.com/fact-check/tools/api/reference/rest
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from backstory.errors import SourceError
from backstory.model import Errand, Interval, Offer, Publication, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.answers import Record, to_publication
from backstory.sources.apis.asking import REFUSED, ask, question_of, to_step
from backstory.sources.apis.terms import TERMS

_NAME = "factcheck"
_PAGE_SIZE = 50
_PAGES_MOST = 200  # of one wish; whoever answers with ever new pages is heard no longer
_BAD_REQUEST = 400  # how Google refuses a key, among other things


class FactCheck:
    """Fact-checks by words or by the outlet that made them, asked for with the owner's key."""

    name = _NAME

    def __init__(
        self, door: Door, key: str, clock: Callable[[], datetime], *, address: str = TERMS[_NAME].address
    ) -> None:
        self._door = door
        self._secret = (("key", key),)
        self._clock = clock
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """The first page; whether another follows, it tells."""
        if not wanted.query and not wanted.host:
            raise SourceError("factcheck has to be asked for words or an outlet: give a query or a host")
        return [_step(wanted.days, {"query": wanted.query, "reviewPublisherSiteFilter": wanted.host, "page": "1"})]

    async def take(self, step: Step) -> Taken:
        """Ask for one page."""
        question = question_of(step)
        page = int(question.pop("page", "1"))
        age = max((self._clock().date() - step.days.start).days + 1, 1)
        asked = question | {"maxAgeDays": str(age), "pageSize": str(_PAGE_SIZE)}
        errand = Errand(
            url=f"{self._address}/v1alpha1/claims:search?{urlencode(asked)}",
            kind="data",
            why=f"back-fill of fact-checks, page {page}",
            secret=self._secret,
        )
        answer = await ask(self._door, errand, source=_NAME, refused={*REFUSED, _BAD_REQUEST})
        offers = (offer for offer in _offers(answer) if offer.published and step.days.holds(offer.published.day))
        token = answer.text("nextPageToken")
        if not token or page >= _PAGES_MOST:
            return Taken(offers=tuple(offers))
        return Taken(
            offers=tuple(offers), further=(_step(step.days, question | {"pageToken": token, "page": str(page + 1)}),)
        )


def _step(days: Interval, question: dict[str, str]) -> Step:
    return to_step(days, question)


def _offers(answer: Record) -> Iterator[Offer]:
    """One for each review: several outlets may have looked at a claim."""
    for claim in answer.records("claims"):
        for review in claim.records("claimReview"):
            url, title = review.text("url"), review.text("title")
            text = "\n\n".join(filter(None, (claim.text("text"), title)))
            if url and text:
                yield Offer(
                    url=url,
                    headline=title or claim.text("text"),
                    publisher=review.text("publisher", "name") or review.text("publisher", "site"),
                    language=review.text("languageCode"),
                    published=_published(review.text("reviewDate")),
                    text=text,
                    rating=review.text("textualRating"),
                )


def _published(stamp: str) -> Publication | None:
    """The day alone: the time of day is midnight wherever the outlet gave none."""
    published = to_publication(stamp)
    return Publication(published.day) if published else None
