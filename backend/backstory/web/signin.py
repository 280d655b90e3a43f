"""A browser that has shown the service's token once: what it is given to come back with, and the page that asks.

The cookie holds no token but what follows from it, and opens the pages for people alone. It ends with the browser, and
with the token: a named one that is taken back takes along the browsers that showed it. Other sites cannot make a
browser send it along (SameSite), nor can a script read it (HttpOnly).
"""

import hmac
import re
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from backstory.following.tokens import Tokens
from backstory.web.forms import read_form
from backstory.web.places import is_for_people
from backstory.web.rendering import answer
from backstory.web.service import service_of

_COOKIE = "backstory"
_MAX_FORM_BYTES = 16_000  # a token and its name; no token that a header can carry is longer
_WAY_MOST = 2_000  # characters of the address that a reader asked for; a longer one leads to the front page
_FRONT = "/"
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")  # of a named token
_PLAIN = re.compile(r"[!-\[\]-~]+")  # printable, without the backslash that browsers take for a slash


def is_signed_in(headers: Headers, token: str, tokens: Tokens) -> bool:
    """Whether a request comes from a browser that was given the cookie for this token, or for one of the named."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return False
    if cookie is None:
        return False
    number, _, _ = cookie.value.rpartition(".")
    if number and not _NUMBER.fullmatch(number):
        return False
    digest = tokens.digest_of(int(number)) if number else b""
    is_known = bool(digest) or not number  # a named token that was taken back has no digest any more
    return is_known and hmac.compare_digest(cookie.value.encode(), _cookie(token, number, digest).encode())


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
    said, token, tokens = form.get("token", "").strip(), service.access.token, service.desk.tokens
    way = own_way(form.get("way", ""))
    if hmac.compare_digest(said.encode(), token.encode()):
        cookie = _cookie(token)
    elif number := tokens.number_of(said, service.clock()):
        cookie = _cookie(token, str(number), tokens.digest_of(number))
    else:
        return sign_in_page(way, wrong=True)
    response = RedirectResponse(way, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, cookie, httponly=True, samesite="strict", secure=secure)
    return response


def _cookie(token: str, number: str = "", digest: bytes = b"") -> str:
    """What follows from the service's token alone, or from it and a named one, with the number of that."""
    worth = hmac.new(token.encode(), b"backstory: pages for people" + digest, "sha256").hexdigest()
    return f"{number}.{worth}" if number else worth
