"""What the log says of a request: method, path, status and time; never a query, a body or a page's words."""

import logging
import time
import traceback
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstory.web.problems import ProblemError, respond

_LOG = logging.getLogger("backstory.web")
_PATH_LIMIT = 100  # characters; our own paths are shorter


class Logbook:
    """The outermost layer: writes a line for each answer, and turns a fault of ours into a problem.

    A fault is logged by its kind and the lines it passed, without its message: that may quote a page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            spent = (time.perf_counter() - begun) * 1000
            path = quote(scope["path"])[:_PATH_LIMIT]
            _LOG.info("%s %s %d %.0f ms", scope["method"], path, status, spent)


class Faults:
    """Turns what nobody caught into a problem, inside the layer that adds headers, so that a client can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as fault:  # noqa: BLE001 - the border: whatever it is, a client gets a problem
            _LOG.error("fault in %s %s: %s", scope["method"], quote(scope["path"])[:_PATH_LIMIT], _without_words(fault))
            if started:
                raise BrokenAnswerError from None
            await respond(ProblemError("internal", "the fault is Backstory's, not yours; its log says where"))(
                scope, receive, send
            )


class BrokenAnswerError(Exception):
    """An answer broke off after it had begun; the connection ends with it."""


def _without_words(fault: BaseException) -> str:
    """Kind and way of a fault, without its message."""
    way = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(fault.__traceback__))
    )
    return f"{type(fault).__name__} at {way}"
