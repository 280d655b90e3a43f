"""Who may come in: the right name, the right origin, the right token."""

import hmac
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from backstory.web.cors import welcomes
from backstory.web.places import is_for_people
from backstory.web.problems import ProblemError, respond
from backstory.web.service import Access
from backstory.web.signin import asks_for_a_page, is_signed_in, sign_in_page, way_of

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_OPEN = frozenset({"/healthz", "/signin"})  # answer without a token: they tell nothing about the owner


class Gate:
    """Lets a request through, or answers with why not."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (self._app if refusal is None else _answer(refusal, scope))(scope, receive, send)

    def _refusal(self, scope: Scope) -> ProblemError | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not _goes_by(host, self._access):
            return ProblemError("host-refused", f"{host!r} is not among allowed_hosts")
        foreign = origin is not None and not welcomes(origin, host=host, further=self._access.origins)
        if scope["method"] in _WRITES and foreign:
            return ProblemError("origin-refused", f"{origin!r} is not among allowed_origins")
        desk, path = scope["app"].state.service.desk, scope["path"]
        if path in _OPEN or (is_for_people(path) and is_signed_in(headers, self._access.token, desk.tokens)):
            return None
        return _token_refusal(
            headers.get("authorization"), self._access.token, lambda said: desk.tokens.accepts(said, desk.clock())
        )


def _answer(refusal: ProblemError, scope: Scope) -> ASGIApp:
    """A person who opens a page without the token is asked for it; everything else is told what is wrong."""
    if refusal.name == "token-needed" and is_for_people(scope["path"]) and asks_for_a_page(Headers(scope=scope)):
        return sign_in_page(way_of(scope))
    return respond(refusal)


def _goes_by(host: str, access: Access) -> bool:
    """Whether the `Host` is one of the service's names.

    A page elsewhere can have its own name resolve to this machine (DNS rebinding); it then sends that name.
    A literal address cannot be made to resolve elsewhere, so a service that listens on all of them may trust it.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in _LOOPBACK or name in access.hosts or host.lower() in access.hosts:
        return True
    try:
        return access.any_address and bool(ip_address(name))
    except ValueError:
        return False


def _token_refusal(authorization: str | None, token: str, is_named: Callable[[str], bool]) -> ProblemError | None:
    if not token:
        return None
    if authorization is None:
        return ProblemError(
            "token-needed",
            "send the service's token as `Authorization: Bearer …`",
            headers={"WWW-Authenticate": 'Bearer realm="Backstory"'},
        )
    scheme, _, said = authorization.partition(" ")
    # Compared in constant time, so that answering sooner does not tell how much of a guess was right.
    is_the_token = hmac.compare_digest(said.strip().encode(), token.encode())
    if scheme.lower() == "bearer" and (is_the_token or is_named(said.strip())):
        return None
    return ProblemError(
        "token-needed",
        "this is not the service's token; send that as `Authorization: Bearer …`",
        headers={"WWW-Authenticate": 'Bearer realm="Backstory", error="invalid_token"'},
    )
