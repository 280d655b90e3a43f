"""What runs and what ran, for programs: told, watched, stopped."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from backstory.following import Job
from backstory.following.jobs import Jobs
from backstory.web.fields import Fields
from backstory.web.moments import instant_or_none, instant_text
from backstory.web.problems import ProblemError
from backstory.web.service import service_of

HEARTBEAT_SECONDS = 15.0
"""After so long without a change something is sent all the same, so that a proxy keeps the connection open."""

STREAM_SECONDS = 600.0
"""How long one stream lasts; a client that is still there opens the next by itself."""


class JobList(HTTPEndpoint):
    """`/api/jobs`: the jobs."""

    async def get(self, request: Request) -> Response:
        """All that are remembered, the newest first."""
        return JSONResponse({"jobs": [job_document(job) for job in service_of(request).desk.jobs.all()]})

    async def delete(self, request: Request) -> Response:
        """Stop one."""
        jobs = service_of(request).desk.jobs
        fields = Fields(dict(request.query_params))
        number = fields.take("number", _number, None)
        fields.close()
        if number is None:
            raise ProblemError("invalid-field", "number is missing: say which job to stop", field="number")
        if not jobs.stop(number):
            raise ProblemError("no-such-job", "no job of this number is running")
        await jobs.finished(number)
        return Response(status_code=204)


async def watch_jobs(request: Request) -> Response:
    """Jobs as they change, beginning with those that run."""
    events = _events(service_of(request).desk.jobs)
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _events(jobs: Jobs) -> AsyncIterator[str]:
    changes = jobs.watch()
    coming = asyncio.ensure_future(anext(changes))
    try:
        async with asyncio.timeout(STREAM_SECONDS):
            for job in reversed([job for job in jobs.all() if job.is_running]):
                yield _event(job)
            while True:
                done, _ = await asyncio.wait({coming}, timeout=HEARTBEAT_SECONDS)
                if not done:
                    yield ": still here\n\n"
                    continue
                yield _event(coming.result())
                coming = asyncio.ensure_future(anext(changes))
    except (TimeoutError, StopAsyncIteration):
        return
    finally:
        coming.cancel()
        await asyncio.wait({coming})
        await changes.aclose()


def _event(job: Job) -> str:
    return f"event: job\nid: {job.number}\ndata: {json.dumps(job_document(job), ensure_ascii=False)}\n\n"


def job_document(job: Job) -> dict[str, Any]:
    """A job, as `GET /api/jobs` answers."""
    return {
        "number": job.number,
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "begunAt": instant_text(job.begun_at),
        "endedAt": instant_or_none(job.ended_at),
        "done": job.done,
        "total": job.total,
        "added": job.added,
        "refused": job.refused,
        "trouble": job.trouble,
    }


def _number(value: object) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 9:  # noqa: PLR2004
        raise ValueError("the number of a job")
    return int(value)
