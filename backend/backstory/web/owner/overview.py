"""`/archive`: what the archive holds, over time and by outlet, and where it holds nothing."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from backstory.model import Coverage
from backstory.retrieval.terms import fold
from backstory.web.owner.calendar import Calendar, calendar
from backstory.web.owner.shell import in_words, page
from backstory.web.owner.timeline import Timeline, is_daily, timeline
from backstory.web.service import service_of
from backstory.web.wording import spoken_days

_OUTLETS = 12  # listed by name
_GAPS = 8  # told in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An archive that holds something, in pictures. `outlet` is the one that the calendar is for; empty for all."""

    days: str
    timeline: Timeline
    calendar: Calendar
    outlets: tuple[tuple[str, int], ...]
    outlet: str = ""
    gaps_told: int = _GAPS


@in_words
async def overview(request: Request) -> Response:
    """What the archive holds."""
    archive, asked = service_of(request).archive, request.query_params.get("publisher", "")
    stats = await archive.stats()
    view = None
    if stats.first_day and stats.last_day:
        first, last = stats.first_day, stats.last_day
        daily = is_daily(first, last)
        rows = await archive.coverage(first, last, daily=daily)
        view = await asyncio.to_thread(_drawn, rows, first, last, asked)
    return await page(request, "archive.html", stats=stats, size=_size(await archive.size()), view=view, asked=asked)


def _drawn(rows: Sequence[Coverage], first: date, last: date, asked: str) -> Overview:
    held: Counter[str] = Counter()
    for row in rows:
        held[row.publisher] += row.articles
    outlet = next((name for name in held if asked and fold(name) == fold(asked)), "")
    return Overview(
        days=spoken_days(first, last),
        timeline=timeline(rows, first, last),
        calendar=calendar((row for row in rows if not outlet or row.publisher == outlet), first, last),
        outlets=tuple(held.most_common(_OUTLETS)),
        outlet=outlet,
    )


def _size(size: int) -> str:
    """1.2 GB."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:  # noqa: PLR2004 - of the unit that comes next
            return f"{amount:.0f} {unit}" if amount >= 10 or unit == "bytes" else f"{amount:.1f} {unit}"  # noqa: PLR2004
        amount /= 1000
    return f"{amount:,.1f} TB"
