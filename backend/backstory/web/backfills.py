"""`/api/backfills`: articles of past months, asked of the sources that the owner allows."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from backstory.errors import SourceError
from backstory.following.backfill import Plan
from backstory.following.backfiller import Known
from backstory.model import Interval, Wanted
from backstory.web.bodies import read_body, require_type
from backstory.web.fields import Fields, day, flag, host, words
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.strict_json import parse_object

QUERY_LIMIT = 1_000
"""Characters of a query."""

_MAX_JSON_BYTES = 32_000


class Backfills(HTTPEndpoint):
    """Begin, go on with, and look at back-fills."""

    async def get(self, request: Request) -> Response:
        """Those that were begun last, and the sources there are."""
        backfiller = service_of(request).backfiller
        offered = [{"name": it.name, "brings": it.brings, "needs": it.needs} for it in backfiller.offered()]
        return JSONResponse({"sources": offered, "backfills": list(map(_document, backfiller.all()))})

    async def post(self, request: Request) -> Response:
        """Begin one as a job, or go on with it; a dry run only says what it would take."""
        service = service_of(request)
        require_type(request, "application/json")
        body = await read_body(request, max_bytes=_MAX_JSON_BYTES, idle_seconds=service.limits.idle_seconds)
        fields = Fields(parse_object(body))
        source, wanted = fields.take("source", words, ""), _wanted(fields)
        dry_run, again = fields.take("dry_run", flag, default=False), fields.take("again", flag, default=False)
        fields.close()
        try:
            planned = await run_in_threadpool(service.backfiller.plan, source, wanted)
            if dry_run:
                return JSONResponse(_plan_document(planned))
            known = service.backfiller.start(planned, again=again)
        except SourceError as error:
            raise ProblemError("nothing-to-bring", str(error)) from error
        except ValueError as error:
            raise ProblemError("too-many-jobs", str(error)) from error
        return JSONResponse(_document(known), 202 if known.job else 200)


def _wanted(fields: Fields) -> Wanted:
    first, last = fields.take("from", day, None), fields.take("to", day, None)
    query, outlet = fields.take("query", words, ""), fields.take("host", host, "")
    if first is None or last is None:
        raise ProblemError("invalid-field", "from and to are needed: the first and the last day wanted", field="from")
    if last < first:
        raise ProblemError("invalid-field", "to must not be before from", field="to")
    if len(query) > QUERY_LIMIT:
        raise ProblemError("invalid-field", f"query must have at most {QUERY_LIMIT:,} characters", field="query")
    return Wanted(days=Interval(first, last), query=query.strip(), host=outlet)


def _plan_document(planned: Plan) -> dict[str, Any]:
    return {
        "source": planned.source,
        "months": [{"month": f"{month:%Y-%m}", "requests": requests} for month, requests in planned.months()],
        "requests": planned.requests,
        "seconds": planned.seconds,
    }


def _document(known: Known) -> dict[str, Any]:
    run, standing = known.run, known.standing
    return {
        "number": run.number,
        "source": run.source,
        "from": run.wanted.days.start.isoformat(),
        "to": run.wanted.days.end.isoformat(),
        "query": run.wanted.query,
        "host": run.wanted.host,
        "begunAt": run.begun_at.isoformat(),
        "requests": standing.requests,
        "requestsDone": standing.requests_done,
        "steps": standing.steps,
        "stepsDone": standing.steps_done,
        "stepsFailed": standing.steps_failed,
        "added": standing.added,
        "refused": standing.refused,
        "trouble": known.trouble,
        "job": known.job.number if known.job else None,
    }
