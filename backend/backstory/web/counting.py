"""What the service counts while it runs: answers, the stages of reading a page, articles that came in.

Labels come from short lists of our own: routes, methods, statuses, stages. No address of anybody's is among them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the latency histogram's buckets, in seconds."""

OTHER = "other"
"""Any address, or method, that is none of ours."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Histogram:
    """How often something took how long."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        """Count one."""
        self._counts[bisect_left(BUCKETS, seconds)] += 1
        self.sum += seconds

    def buckets(self) -> Iterator[tuple[str, int]]:
        """The upper end of each bucket, and how many took at most so long; the last counts all."""
        below = 0
        for most, count in zip((*map(str, BUCKETS), "+Inf"), self._counts, strict=True):
            below += count
            yield most, below


class Counts:
    """Everything that is counted since `started_at`."""

    def __init__(self, started_at: datetime) -> None:
        self.started_at = started_at
        self.answers: Counter[tuple[str, str, int]] = Counter()
        self.stages: dict[str, Histogram] = {}
        self.ingested: Counter[str] = Counter()

    def answer(self, route: str, method: str, status: int) -> None:
        """An answer went out."""
        self.answers[route, method if method in _METHODS else OTHER, status] += 1

    def annotated(self, laps: Iterable[tuple[str, float]]) -> None:
        """A page was annotated; each stage with its seconds."""
        for stage, seconds in laps:
            self.stages.setdefault(stage, Histogram()).observe(seconds)


class Counting:
    """Counts each answer by the route that gave it."""

    def __init__(self, app: ASGIApp, *, counts: Counts, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._counts = counts
        self._routes = [route for route in routes if isinstance(route, Route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts.answer(self._route_of(scope["path"]), scope["method"], message["status"])
            await send(message)

        await self._app(scope, receive, noting)

    def _route_of(self, path: str) -> str:
        return next((route.path for route in self._routes if route.path_regex.match(path)), OTHER)
