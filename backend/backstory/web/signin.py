"""A browser that has shown the service's token once: what it is given to come back with, and the page that asks.

The cookie holds no token but what follows from it, and opens the pages for people alone. It ends with the browser, and
with the token. Other sites cannot make a browser send it along (SameSite), nor can a script read it (HttpOnly).
"""

import hmac
import re
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from backstory.web.forms import read_form
from backstory.web.places import is_for_people
from backstory.web.rendering import answer
from backstory.web.service import service_of

_COOKIE = "backstory"
_MAX_FORM_BYTES = 16_000  # a token and its name; no token that a header can carry is longer
_WAY_MOST = 2_000  # characters of the address that a reader asked for; a longer one leads to the front page
_FRONT = "/"
_PLAIN = re.compile(r"[!-\[\]-~]+")  # printable, without the backslash that browsers take for a slash


def is_signed_in(headers: Headers, token: str) -> bool:
    """Whether a request comes from a browser that was given the cookie for this token."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return False
    return cookie is not None and hmac.compare_digest(cookie.value.encode(), _worth(token).encode())


def asks_for_a_page(headers: Headers) -> bool:
    """Whether a person would see the answer: a program says what it is with a token, and asks for no HTML."""
    return "authorization" not in headers and "text/html" in headers.get("accept", "")


def way_of(scope: Scope) -> str:
    """Where a reader was going who is asked for the token: the page of a GET, else the front page."""
    if scope["method"] != "GET":
        return _FRONT
    query = scope["query_string"].decode("latin-1")
    path = scope.get("raw_path", scope["path"].encode()).partition(b"?")[0].decode("latin-1")
    return own_way(f"{path}?{query}" if query else path)


def own_way(said: str) -> str:
    """The page that somebody names, as an address without an origin; the front page where it is none of ours."""
    is_ours = len(said) <= _WAY_MOST and _PLAIN.fullmatch(said) and is_for_people(said.partition("?")[0])
    return said if is_ours else _FRONT


def sign_in_page(way: str = _FRONT, *, wrong: bool = False) -> Response:
    """The page that asks for the token, and leads on to where the reader was going."""
    headers = {"WWW-Authenticate": 'Bearer realm="Backstory"'}
    return answer("signin.html", status=401, headers=headers, wrong=wrong, way=way)


async def sign_in(request: Request) -> Response:
    """Give a browser that knows the token its cookie, and send it on to where it was going."""
    service = service_of(request)
    form = await read_form(request, max_bytes=_MAX_FORM_BYTES, idle_seconds=service.limits.idle_seconds)
    token, way = service.access.token, own_way(form.get("way", ""))
    if not hmac.compare_digest(form.get("token", "").strip().encode(), token.encode()):
        return sign_in_page(way, wrong=True)
    response = RedirectResponse(way, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, _worth(token), httponly=True, samesite="strict", secure=secure)
    return response


def _worth(token: str) -> str:
    return hmac.new(token.encode(), b"backstory: pages for people", "sha256").hexdigest()
