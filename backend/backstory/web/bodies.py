"""Bodies as they arrive: never more than is allowed, never waited for without end."""

import asyncio
from collections.abc import AsyncIterator

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstory.web.problems import ProblemError

_DRAIN_BYTES = 64_000_000  # of a refused body; enough for an archive's import to hear why, no more
_DRAIN_SECONDS = 5.0
_FIRST_ERROR, _TOO_SLOW = 400, 408  # statuses


async def chunks(request: Request, *, idle_seconds: float) -> AsyncIterator[bytes]:
    """The body, part by part.

    Raises:
        ProblemError: the next part did not come in time.
    """
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(idle_seconds):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise ProblemError("too-slow", f"nothing more came for {idle_seconds:g} s") from error
        if chunk is None:
            return
        yield chunk


async def read_body(request: Request, *, max_bytes: int, idle_seconds: float) -> bytes:
    """The whole body.

    Raises:
        ProblemError: it is larger than `max_bytes`, or did not come in time.
    """
    refusal = ProblemError("too-large", f"send at most {max_bytes:,} bytes")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise refusal
    body = bytearray()
    async for chunk in chunks(request, idle_seconds=idle_seconds):
        body += chunk
        if len(body) > max_bytes:
            raise refusal
    return bytes(body)


def require_type(request: Request, expected: str) -> None:
    """Refuse a body that does not say it is of the expected type.

    A form of another site can send text/plain without asking; it cannot send this.

    Raises:
        ProblemError: another type, or none; or a compressed body.
    """
    said, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")), "utf-8")
    if said != expected or charset != "utf-8":
        raise ProblemError("wrong-content-type", f"send the body as {expected}, in UTF-8; not as {said or 'nothing'!r}")
    if (coding := request.headers.get("content-encoding", "identity").lower()) != "identity":
        raise ProblemError("wrong-content-type", f"send the body as it is, without {coding!r} around it")


class Draining:
    """Reads what is left of a refused body before the refusal goes out.

    A client that is still sending would otherwise meet a closed connection, and never learn why. One that waits
    for leave to send (`Expect: 100-continue`), or announces more than would be drained, is answered at once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left = _comes_with_body(Headers(scope=scope))

        async def noting() -> Message:
            nonlocal left
            message = await receive()
            left = left and message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def draining(message: Message) -> None:
            if message["type"] == "http.response.start" and left and _refuses(message["status"]):
                await _drain(receive)
            await send(message)

        await self._app(scope, noting, draining)


def _comes_with_body(headers: Headers) -> bool:
    if "expect" in headers:
        return False
    declared = headers.get("content-length", "0")
    return "transfer-encoding" in headers or (declared.isdecimal() and 0 < int(declared) <= _DRAIN_BYTES)


def _refuses(status: int) -> bool:
    """Whether an answer may come before the body was read; one that dawdles has been waited for already."""
    return status >= _FIRST_ERROR and status != _TOO_SLOW


async def _drain(receive: Receive) -> None:
    drained = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while drained <= _DRAIN_BYTES:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
                drained += len(message.get("body", b""))
    except TimeoutError:
        return
