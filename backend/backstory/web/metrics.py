"""`/metrics`: what the service did since it started, and what it holds, as Prometheus text (format 0.0.4).

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from backstory.following import Desk
from backstory.web.counting import Counts
from backstory.web.service import Service, service_of

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_STATM = Path("/proc/self/statm")
_MEMORY_PAGE = 4_096  # bytes
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One metric: its name, what it is and means, and its samples, each a suffix of the name, labels and a value."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    says: str
    samples: tuple[tuple[str, Labels, float], ...]

    def text(self) -> str:
        """As a scraper reads it."""
        lines = [f"# HELP {self.name} {self.says}", f"# TYPE {self.name} {self.kind}"]
        lines += [f"{self.name}{suffix}{_braced(labels)} {value}" for suffix, labels, value in self.samples]
        return "\n".join(lines) + "\n"


async def metrics(request: Request) -> Response:
    """Everything that is measured."""
    service = service_of(request)
    families = [
        *_counted(service.counts),
        *await _archived(service),
        *_followed(service.desk),
        *_process(service.counts),
    ]
    return Response("".join(family.text() for family in families), media_type=MEDIA_TYPE)


def _counted(counts: Counts) -> Iterator[Family]:
    answers = tuple(
        ("", (("route", route), ("method", method), ("status", str(status))), float(count))
        for (route, method, status), count in sorted(counts.answers.items())
    )
    yield Family("backstory_http_requests_total", "counter", "Requests answered.", answers)
    stages = tuple(sample for stage in counts.stages for sample in _stage(counts, stage))
    yield Family("backstory_annotate_seconds", "histogram", "How long the stages of annotating a page took.", stages)
    outcomes = ("added", "replaced", "unchanged", "refused")
    ingested = tuple(("", (("outcome", outcome),), float(counts.ingested[outcome])) for outcome in outcomes)
    yield Family("backstory_ingested_articles_total", "counter", "Articles that came over HTTP.", ingested)


def _stage(counts: Counts, stage: str) -> Iterator[tuple[str, Labels, float]]:
    histogram, label, count = counts.stages[stage], ("stage", stage), 0
    for most, count in histogram.buckets():
        yield "_bucket", (label, ("le", most)), float(count)
    yield "_sum", (label,), histogram.sum
    yield "_count", (label,), float(count)


async def _archived(service: Service) -> list[Family]:
    stats, size = await service.archive.stats(), await service.archive.size()
    return [
        _one("backstory_archive_articles", "gauge", "Articles in the archive.", stats.articles),
        _one("backstory_archive_passages", "gauge", "Passages in the archive.", stats.passages),
        _one("backstory_archive_bytes", "gauge", "Bytes that the archive takes.", size),
    ]


def _followed(desk: Desk) -> Iterator[Family]:
    feeds = desk.feeds.all()
    states = Counter(feed.state for feed in feeds)
    by_state = tuple(("", (("state", state),), float(states[state])) for state in ("new", "well", "failing", "stopped"))
    yield Family("backstory_feeds", "gauge", "Feeds that are followed, by how they are.", by_state)
    brought, running = sum(feed.brought for feed in feeds), sum(job.is_running for job in desk.jobs.all())
    waiting, outgoing = desk.ledger.items.count_waiting(), desk.outgoing.total()
    yield _one("backstory_feed_articles", "gauge", "Articles that the feeds brought which are followed.", brought)
    yield _one("backstory_waiting_pages", "gauge", "Pages of articles that are still to be fetched.", waiting)
    yield _one("backstory_outgoing_requests_total", "counter", "Requests that ever left this machine.", outgoing)
    yield _one("backstory_jobs_running", "gauge", "Jobs that run.", running)


def _process(counts: Counts) -> Iterator[Family]:
    started = counts.started_at.timestamp()
    yield _one("process_start_time_seconds", "gauge", "When the process started, since 1970.", started)
    yield _one("process_cpu_seconds_total", "counter", "Processor time spent.", time.process_time())
    if _STATM.exists():  # on Linux alone
        held = int(_STATM.read_text("ascii").split()[1]) * _MEMORY_PAGE
        yield _one("process_resident_memory_bytes", "gauge", "Memory that is held.", held)


def _one(name: str, kind: Literal["counter", "gauge"], says: str, value: float) -> Family:
    return Family(name, kind, says, (("", (), float(value)),))


def _braced(labels: Labels) -> str:
    told = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels)
    return f"{{{told}}}" if told else ""
