"""`/jobs`: what runs and what ran, followed as it goes on."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from backstory.following import Desk, Job
from backstory.following.importer import KIND as IMPORT
from backstory.web.owner.moments import ago, span
from backstory.web.owner.shell import form_of, in_words, page, row_number
from backstory.web.problems import ProblemError
from backstory.web.service import service_of
from backstory.web.wording import counted

_ENDED_SHOWN = 50
_RETRY_MS = 3_000  # a browser comes back so soon after a stream has ended
_STREAM_SECONDS = 60.0  # of one stream; a stream that never ends would hold up the end of the service
_EVERY_SECONDS = 0.25  # between two events; faster is not seen

_ENDS = {
    "done": "done",
    "failed": "failed",
    "stopped": "stopped by you",
    "interrupted": "cut off when Backstory ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A job as its row shows it; `share` from 0 to 1, None where it is not known."""

    number: int
    title: str
    kind: str
    state: str
    share: float | None
    progress: str
    begun: str
    took: str
    trouble: str


@in_words
async def jobs_page(request: Request) -> Response:
    """What runs, and what ran last."""
    service = service_of(request)
    now = service.clock()
    shown = [_shown(job, now) for job in service.desk.jobs.all()]
    running = [one for one in shown if one.state == "running"]
    ended = [one for one in shown if one.state != "running"][:_ENDED_SHOWN]
    return await page(request, "jobs.html", running=running, ended=ended, ends=_ENDS)


@in_words
async def stop_job(request: Request) -> Response:
    """Stop a job, at the next moment that it can."""
    number, desk = row_number(await form_of(request)), service_of(request).desk
    if not desk.jobs.stop(number):
        raise ProblemError("not-found", "no such job runs; it may have ended meanwhile")
    await desk.jobs.finished(number)
    return RedirectResponse("/jobs", 303)


async def job_events(request: Request) -> Response:
    """The jobs that run, whenever one changes, as server-sent events; the stream ends when none runs any more."""
    return StreamingResponse(_events(service_of(request).desk), media_type="text/event-stream")


async def _events(desk: Desk) -> AsyncIterator[str]:
    watch = desk.jobs.watch()
    changed = asyncio.ensure_future(anext(watch))
    loop = asyncio.get_running_loop()
    until = loop.time() + _STREAM_SECONDS
    try:
        yield f"retry: {_RETRY_MS}\n\n"
        while running := [job for job in desk.jobs.all() if job.is_running]:
            yield _event(running, desk.clock())
            await asyncio.wait({changed}, timeout=until - loop.time())
            if not changed.done():
                return
            changed = asyncio.ensure_future(anext(watch))
            await asyncio.sleep(_EVERY_SECONDS)
        yield _event([], desk.clock())
    finally:
        changed.cancel()
        await asyncio.gather(changed, return_exceptions=True)


def _event(jobs: list[Job], now: datetime) -> str:
    said = [
        {"number": one.number, "title": one.title, "share": one.share, "progress": one.progress, "trouble": one.trouble}
        for one in (_shown(job, now) for job in jobs)
    ]
    return f"data: {json.dumps(said)}\n\n"


def _shown(job: Job, now: datetime) -> Shown:
    return Shown(
        number=job.number,
        title=job.title,
        kind=job.kind,
        state=job.state,
        share=job.share,
        progress=_progress(job),
        begun=ago(job.begun_at, now),
        took=span((job.ended_at - job.begun_at).total_seconds()) if job.ended_at else "",
        trouble=job.trouble,
    )


def _size(size: int) -> str:
    """12.3 MB."""
    return f"{size / 1_000_000:,.1f} MB"


def _progress(job: Job) -> str:
    """40 of 120 · 31 articles added · 2 refused."""
    done, total = (_size(job.done), _size(job.total)) if job.kind == IMPORT else (f"{job.done:,}", f"{job.total:,}")
    said = [f"{done} of {total}" if job.total else f"{done} done"] if job.done or job.total else []
    said += [f"{counted(job.added, 'article')} added"] if job.added else []
    said += [f"{job.refused:,} refused"] if job.refused else []
    return " · ".join(said)
