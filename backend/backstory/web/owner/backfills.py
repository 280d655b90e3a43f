"""`/backfill`: past months to be brought into the archive: first what that would take, then, on a word, begun."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.errors import SourceError
from backstory.following.backfill import Plan
from backstory.following.backfiller import Known
from backstory.model import Interval, Query, Wanted
from backstory.ports import Archive
from backstory.retrieval.terms import fold
from backstory.web.backfills import QUERY_LIMIT
from backstory.web.fields import Fields, day, host
from backstory.web.owner.moments import span
from backstory.web.owner.shell import form_of, in_words, page
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.wording import spoken_days

_FIELDS = ("source", "from", "to", "query", "host")
_REFUSED = 422  # status
_MONTH = len("2016-03")
_RUNS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A back-fill that was begun before, as its row shows it."""

    title: str
    days: str
    done: str
    added: int
    trouble: str
    fields: Mapping[str, str]
    is_running: bool
    is_over: bool


@in_words
async def backfill_page(request: Request) -> Response:
    """The form, filled in as the address says; with `plan`, what it would take."""
    typed = {name: request.query_params.get(name, "").strip() for name in _FIELDS}
    outlet = request.query_params.get("publisher", "").strip()
    if outlet and not typed["host"]:
        typed["host"] = await _host_of(service_of(request).archive, outlet)
    if "plan" not in request.query_params:
        return await _shown(request, typed, outlet=outlet)
    try:
        planned = await _planned(request, typed)
    except (ProblemError, SourceError) as error:
        return await _in_trouble(request, typed, error)
    return await _shown(request, typed, planned=planned)


@in_words
async def begin_backfill(request: Request) -> Response:
    """Begin it, or go on with it where it was cut off."""
    form = await form_of(request)
    typed = {name: form.get(name, "").strip() for name in _FIELDS}
    try:
        planned = await _planned(request, typed)
        service_of(request).backfiller.start(planned, again="again" in form)
    except (ProblemError, SourceError) as error:
        return await _in_trouble(request, typed, error)
    except ValueError as error:  # too many run
        return await _shown(request, typed, status=_REFUSED, trouble=f"{error}.")
    return RedirectResponse("/jobs", 303)


async def _planned(request: Request, typed: Mapping[str, str]) -> Plan:
    """What is wanted as a plan. Raises ProblemError or SourceError where it cannot be."""
    service = service_of(request)
    wanted = _wanted(typed, service.clock().date())
    if not typed["source"]:
        raise ProblemError("invalid-field", "choose whom to ask", field="source")
    return await run_in_threadpool(service.backfiller.plan, typed["source"], wanted)


def _wanted(typed: Mapping[str, str], today: date) -> Wanted:
    fields = Fields({name: said or None for name, said in typed.items()})
    first, last = fields.take("from", _first, None), fields.take("to", _last, today)
    outlet = fields.take("host", host, "")
    if first is None:
        raise ProblemError("invalid-field", "say from which month on", field="from")
    last = min(last, today)
    if last < first:
        raise ProblemError("invalid-field", "the last month is before the first, or both are yet to come", field="to")
    if len(typed["query"]) > QUERY_LIMIT:
        raise ProblemError("invalid-field", f"give at most {QUERY_LIMIT:,} characters of words", field="query")
    return Wanted(days=Interval(first, last), query=typed["query"], host=outlet)


def _first(value: object) -> date:
    """A month's first day, or a day as it is."""
    return _day(value, "01")


def _last(value: object) -> date:
    """A month's last day, or a day as it is."""
    first = _day(value, "01")
    if not isinstance(value, str) or len(value) > _MONTH:
        return first
    return first.replace(day=monthrange(first.year, first.month)[1])


def _day(value: object, of_month: str) -> date:
    try:
        return day(f"{value}-{of_month}" if isinstance(value, str) and len(value) == _MONTH else value)
    except ValueError as error:
        raise ValueError("a month or a day, as 2016-03 or 2016-03-14") from error


async def _host_of(archive: Archive, outlet: str) -> str:
    """The host that an outlet's newest article came from; empty where the archive holds none."""
    found = await archive.find(Query(terms=(), publishers=(fold(outlet),), limit=1))
    return next((urlsplit(hit.passage.url).hostname or "" for hit in found.hits), "")


async def _in_trouble(request: Request, typed: Mapping[str, str], error: ProblemError | SourceError) -> Response:
    words = error.detail if isinstance(error, ProblemError) else str(error)
    return await _shown(request, typed, status=_REFUSED, trouble=f"{words[:1].upper()}{words[1:]}.")


async def _shown(  # noqa: PLR0913 - what a page of several states shows
    request: Request,
    typed: Mapping[str, str],
    *,
    status: int = 200,
    planned: Plan | None = None,
    trouble: str = "",
    outlet: str = "",
) -> Response:
    backfiller = service_of(request).backfiller
    # What is still to be gone on with comes first, however long ago it was begun.
    begun = sorted(map(_begun, backfiller.all()), key=lambda one: one.is_over)
    return await page(
        request,
        "backfill.html",
        status=status,
        typed=typed,
        outlet=outlet,
        trouble=trouble,
        sources=backfiller.offered(),
        plan=planned,
        days=spoken_days(planned.wanted.days.start, planned.wanted.days.end) if planned else "",
        takes=(span(planned.seconds) or "a minute") if planned else "",
        begun=begun[:_RUNS_SHOWN],
    )


def _begun(known: Known) -> Begun:
    wanted, standing = known.run.wanted, known.standing
    return Begun(
        title=" · ".join(filter(None, (known.run.source, wanted.query, wanted.host))),
        days=spoken_days(wanted.days.start, wanted.days.end),
        done=f"{standing.requests_done:,} of {standing.requests:,} requests",
        added=standing.added,
        trouble=standing.trouble if standing.steps_failed else "",
        fields={
            "source": known.run.source,
            "from": wanted.days.start.isoformat(),
            "to": wanted.days.end.isoformat(),
            "query": wanted.query,
            "host": wanted.host,
        },
        is_running=known.job is not None,
        is_over=standing.steps_done == standing.steps,
    )
