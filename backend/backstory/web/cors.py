"""Who may read an answer in a browser: the extension, the service's own pages, and whom the owner names.

Answers carry no credentials, and errors carry the same headers as any other answer.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstory.web.problems import ProblemError, respond

_EXTENSIONS = frozenset({"chrome-extension", "moz-extension"})
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",  # seconds
}
# Of every answer; a page of ours sets a policy of its own.
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def welcomes(origin: str, *, host: str, further: tuple[str, ...]) -> bool:
    """Whether pages of this origin may call: an extension, the service itself (by its `Host`), or one of `further`."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    own = parts.scheme in {"http", "https"} and bool(host) and parts.netloc.lower() == host.lower()
    return own or (parts.scheme in _EXTENSIONS and bool(parts.netloc)) or origin.lower() in further


class Cors:
    """Adds headers to every answer, and answers preflights itself."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        origin = asked.get("origin", "")
        welcome = welcomes(origin, host=asked.get("host", ""), further=self._origins)

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), origin if welcome else "")
            await send(message)

        preflight = scope["method"] == "OPTIONS" and origin and "access-control-request-method" in asked
        answer = _preflight(asked, origin=origin, welcome=welcome) if preflight else self._app
        await answer(scope, receive, adding)


def _add_headers(headers: MutableHeaders, welcome_origin: str) -> None:
    for name, value in _SECURITY.items():
        headers.setdefault(name, value)
    headers.add_vary_header("Origin")
    if welcome_origin:
        headers["Access-Control-Allow-Origin"] = welcome_origin
        headers["Access-Control-Expose-Headers"] = "Retry-After"


def _preflight(asked: Headers, *, origin: str, welcome: bool) -> Response:
    if not welcome:
        return respond(ProblemError("origin-refused", f"{origin!r} is not among allowed_origins"))
    private = {"Access-Control-Allow-Private-Network": "true"}
    return Response(
        status_code=204,
        headers=_PREFLIGHT | (private if asked.get("access-control-request-private-network") == "true" else {}),
    )
