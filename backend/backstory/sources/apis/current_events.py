"""Wikipedia's Current Events by MediaWiki's interface: the pages of a month's days in one request.

titles=Portal:Current events/2016 April 1|Portal:Current events/2016 April 2|…
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from backstory.addresses import host_of, is_under
from backstory.model import Interval, Offer, Publication, Step, Taken, Wanted
from backstory.ports import Door
from backstory.sources.apis.asking import question_of, to_step
from backstory.sources.apis.calendar import each_day, months
from backstory.sources.apis.events import Event, Report, events_of
from backstory.sources.apis.mediawiki import ask_wiki, continued, pages_of
from backstory.sources.apis.terms import TERMS
from backstory.sources.apis.words import holds

_NAME = "current-events"
_PORTAL = "Portal:Current events/"
_PAGE = "https://en.wikipedia.org/wiki/Portal:Current_events/"
_TITLE = "%Y %B %d"
_HEADLINE = 100  # characters of an event that stand for a headline where it has no topic


class CurrentEvents:
    """The events that Wikipedia lists for each day; an article each, at the address of a report that it rests on."""

    name = _NAME

    def __init__(self, door: Door, *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """One step a month."""
        question = {"q": wanted.query, "host": wanted.host}
        return [to_step(month, {"month": f"{month.start:%Y-%m}"} | question) for month in months(wanted.days)]

    async def take(self, step: Step) -> Taken:
        """Ask for the pages of a month's days."""
        question = question_of(step)
        wish = {name: question.pop(name, "") for name in ("q", "host")}
        further = {name: value for name, value in question.items() if name != "month"}
        titles = "|".join(_title(day.start) for day in each_day(step.days))
        answer = await ask_wiki(
            self._door,
            self._address,
            {"titles": titles} | further,
            source=_NAME,
            why=f"back-fill from Wikipedia's Current Events: {step.days.start:%B %Y}",
        )
        offers = await asyncio.to_thread(lambda: tuple(_offers(pages_of(answer), step.days, wish["q"], wish["host"])))
        rest = continued(answer, question)
        return Taken(offers=offers, further=(to_step(step.days, rest | wish),) if rest else ())


def _title(day: date) -> str:
    return f"{_PORTAL}{day.year} {day:%B} {day.day}"


def _offers(pages: Iterator[tuple[str, str]], days: Interval, query: str, host: str) -> Iterator[Offer]:
    for title, markup in pages:
        day = _day(title)
        if day is None or not days.holds(day):
            continue
        taken: set[str] = set()
        for number, event in enumerate(events_of(markup), start=1):
            if holds(query, event.topic, event.text) and (report := _report_of(event, host, taken, day, number)):
                taken.add(report.url)
                yield _offer(event, report, day)


def _day(title: str) -> date | None:
    try:
        return datetime.strptime(title.removeprefix(_PORTAL).replace("_", " "), _TITLE).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _report_of(event: Event, host: str, taken: set[str], day: date, number: int) -> Report | None:
    """The first report that no other event of the day stands at; else, where any outlet will do, the list itself."""
    for report in event.reports:
        if report.url not in taken and (not host or is_under(host_of(report.url), host)):
            return report
    if host:
        return None
    return Report(f"{_PAGE}{day.year}_{day:%B}_{day.day}#event-{number}", event.reports[0].publisher)


def _offer(event: Event, report: Report, day: date) -> Offer:
    clipped = event.text[:_HEADLINE].rpartition(" ")[0] + "…"
    return Offer(
        url=report.url,
        headline=event.topic or (event.text if len(event.text) <= _HEADLINE else clipped),
        publisher=report.publisher,
        language="en",
        published=Publication(day),
        text=event.text,
    )
