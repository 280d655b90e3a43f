"""Articles that come in over HTTP, as a job of their own where there are many."""

from collections.abc import Callable

from starlette.requests import Request

from backstory.ingest import IngestReport, ingest
from backstory.reading import read
from backstory.web.bodies import chunks
from backstory.web.service import Service

SMALL_BYTES = 1_000_000
"""A request that announces at most so many is no job: a page that a reader keeps, a few articles."""


async def take_articles(request: Request, service: Service) -> IngestReport:
    """Add the articles of a request's body, read as a stream.

    Raises:
        ProblemError: the next part of the body did not come in time.
    """
    declared = request.headers.get("content-length", "")
    size = int(declared) if declared.isdecimal() and len(declared) < 20 else 0  # noqa: PLR2004 - more than any disk holds
    if 0 < size <= SMALL_BYTES:
        return await _taken(request, service, None)
    with service.desk.jobs.beside("import", "articles over HTTP") as reporter:
        report = await _taken(request, service, lambda done: reporter.at(done, size))
        refused = len(report.refused) + report.refused_more
        reporter.count(added=report.added + report.replaced, refused=refused)
        return report


async def _taken(request: Request, service: Service, tell: Callable[[int], None] | None) -> IngestReport:
    limits = service.limits
    return await ingest(
        chunks(request, idle_seconds=limits.idle_seconds),
        service.archive,
        read=read,
        max_article_bytes=limits.max_article_bytes,
        read_at=service.clock(),
        jobs=limits.jobs,
        readings=service.readings,
        on_progress=tell,
    )
