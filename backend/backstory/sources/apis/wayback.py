"""The Internet Archive's Wayback Machine: one outlet's pages of a past month, as they were captured then.

    GET /cdx/search/cdx?url=&matchType=domain&from=&to=&output=json&fl=timestamp,original&filter=&collapse=urlkey&…
    GET /web/{timestamp}id_/{address}            the page as it was, without the Archive's own additions

The index names every page of the outlet, of which those are taken that an address tells to be an article.
https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
"""

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import cast
from urllib.parse import urlencode, urlsplit

from backstory.addresses import host_of, is_under
from backstory.errors import FetchError, SourceError
from backstory.model import Errand, Interval, Offer, Step, Taken, Wanted
from backstory.ports import Door
from backstory.reading.decoding import decode
from backstory.sources.apis.answers import to_json
from backstory.sources.apis.asking import fetch, question_of, to_step
from backstory.sources.apis.calendar import months
from backstory.sources.apis.terms import TERMS
from backstory.sources.apis.words import holds

ROWS_MOST = 5_000
"""Captures that are listed in one answer; the index itself gives up to 150,000."""

CAPTURES_MOST = 5
"""Captures that one step brings: what an interruption may cost twice."""

_NAME = "wayback"
_PAGES_A_MONTH = 1_000  # a guess at what an outlet publishes, until the index has told
_LISTING_BYTES = 8_000_000
_PAGE_BYTES = 5_000_000
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}")
_STAMP = re.compile(r"\d{14}", re.ASCII)
_URL_DAY = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
# An article's address ends in its headline or a number; a section's in a word or two.
_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+){3,}|[^/]*\d{5,}[^/]*")
_ENOUGH_GONE = frozenset({404, 410})


class Wayback:
    """An outlet's articles as the Internet Archive kept them."""

    name = _NAME

    def __init__(self, door: Door, *, address: str = TERMS[_NAME].address) -> None:
        self._door = door
        self._address = address

    def steps(self, wanted: Wanted) -> Sequence[Step]:
        """The listing of each month; the captures in it are further steps."""
        if not _HOST.fullmatch(wanted.host):
            raise SourceError("wayback brings one outlet's pages: give its host, as paper.example")
        question = {"host": wanted.host, "q": wanted.query}
        return [
            to_step(
                month, {"from": _compact(month.start), "to": _compact(month.end)} | question, requests=_PAGES_A_MONTH
            )
            for month in months(wanted.days)
        ]

    async def take(self, step: Step) -> Taken:
        """List a month, or fetch some captures."""
        question = question_of(step)
        if "captures" in question:
            return await self._captures(step, question)
        return await self._listing(step, question)

    async def _listing(self, step: Step, question: dict[str, str]) -> Taken:
        errand = Errand(
            url=f"{self._address}/cdx/search/cdx?{urlencode(_asked(question))}",
            kind="data",
            why=f"back-fill from the Wayback Machine: pages of {question['host']}, {step.days.start:%B %Y}",
            max_bytes=_LISTING_BYTES,
        )
        page = await fetch(self._door, errand, source=_NAME)
        rows, resume = _rows(await asyncio.to_thread(to_json, page.body, _NAME))
        host = question["host"]
        wanted = ((stamp, url) for stamp, url in rows if is_under(host_of(url), host) and _is_article(url, step.days))
        captures = (f"{stamp} {url}" for stamp, url in wanted)
        further = []
        while some := list(islice(captures, CAPTURES_MOST)):
            wish = {"captures": "\n".join(some), "q": question.get("q", "")}
            further.append(to_step(step.days, wish, requests=len(some)))
        if resume:
            further.append(to_step(step.days, question | {"resume": resume}))
        return Taken(offers=(), further=tuple(further), requests=1)

    async def _captures(self, step: Step, question: dict[str, str]) -> Taken:
        offers = []
        for capture in question["captures"].splitlines():
            stamp, _, url = capture.partition(" ")
            html = await self._capture(stamp, url, step)
            if html and holds(question.get("q", ""), html):
                offers.append(Offer(url=url, html=html))
        return Taken(offers=tuple(offers))

    async def _capture(self, stamp: str, url: str, step: Step) -> str:
        """A page as it was captured; empty where the Archive lists it and has it no more."""
        # The Archive's interface for captures, not a page that was come upon: "data" is asked for as interfaces are.
        errand = Errand(
            url=f"{self._address}/web/{stamp}id_/{url}",
            kind="data",
            why=f"back-fill from the Wayback Machine: {step.days.start:%B %Y}",
            max_bytes=_PAGE_BYTES,
        )
        try:
            page = await self._door.get(errand)
        except FetchError as error:
            if error.status in _ENOUGH_GONE:
                return ""
            raise
        return await asyncio.to_thread(decode, page.body, page.charset)


def _compact(day: date) -> str:
    return f"{day:%Y%m%d}"


def _asked(question: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("url", question["host"]),
        ("matchType", "domain"),
        ("from", question["from"]),
        ("to", question["to"]),
        ("output", "json"),
        ("fl", "timestamp,original"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("limit", str(ROWS_MOST)),
        ("showResumeKey", "true"),
        *([("resumeKey", question["resume"])] if "resume" in question else []),
    ]


def _rows(said: object) -> tuple[list[tuple[str, str]], str]:
    """The captures of a listing, and the key to the rest of it: after an empty row, where there is more."""
    rows = [row for row in said if isinstance(row, list)] if isinstance(said, list) else []
    resume = str(rows[-1][0]) if len(rows) > 1 and not rows[-2] and rows[-1] else ""
    captures = (_row(row) for row in rows[1:])
    return [capture for capture in captures if capture], resume


def _row(row: list[object]) -> tuple[str, str] | None:
    if len(row) != 2 or not all(isinstance(cell, str) for cell in row):  # noqa: PLR2004 - the two fields asked for
        return None
    stamp, url = cast("list[str]", row)
    if (
        not _STAMP.fullmatch(stamp)
        or not url.startswith(("http://", "https://"))
        or not url.isprintable()
        or " " in url
    ):
        return None
    return stamp, _without_port(url)


def _without_port(url: str) -> str:
    """Old captures say the port of every address: http://paper.example:80/story."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    usual = {"http": ":80", "https": ":443"}[scheme]
    return f"{scheme}://{host.removesuffix(usual)}{slash}{path}"


def _is_article(url: str, days: Interval) -> bool:
    """Whether an address is an article's; one that names its day, of a day that is wanted."""
    path = _path(url)
    if found := _URL_DAY.search(path):
        try:
            return days.holds(date(*map(int, found.groups())))
        except ValueError:
            return False
    last = path.rstrip("/").rpartition("/")[2]
    return _SLUG.fullmatch(last.partition(".")[0]) is not None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
