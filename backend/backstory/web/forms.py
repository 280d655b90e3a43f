"""What a form on a page of ours sends."""

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from backstory.web.bodies import read_body, require_type
from backstory.web.problems import ProblemError

_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 64  # more than any form of ours has
EXPANSION = 3
"""How many bytes a form takes at most to say one: `%C3`."""


async def read_form(request: Request, *, max_bytes: int, idle_seconds: float) -> dict[str, str]:
    """The fields by their names; of several with one name, the last. Line ends are as in any text of ours.

    Raises:
        ProblemError: it is no form, has too many fields, is larger than `max_bytes`, or did not come in time.
    """
    require_type(request, _TYPE)
    body = await read_body(request, max_bytes=max_bytes, idle_seconds=idle_seconds)
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProblemError("invalid-field", f"a form has at most {_MOST_FIELDS} fields") from error
    return {name: value.replace("\r\n", "\n") for name, value in fields}


def require_own_page(request: Request) -> None:
    """Refuse a form that another site, or an extension, made the browser send.

    A browser says where a form comes from in `Sec-Fetch-Site`, an older one in `Origin`; a program that is no browser
    says neither, and nobody can make it send anything.

    Raises:
        ProblemError: it says that it comes from elsewhere.
    """
    fetched_from = request.headers.get("sec-fetch-site", "same-origin")
    origin, host = request.headers.get("origin"), request.headers["host"].lower()
    # A proxy in front may speak https for us, so the scheme tells nothing.
    if fetched_from not in {"same-origin", "none"} or (origin is not None and _host(origin) != host):
        raise ProblemError("origin-refused", "this form stands on a page of Backstory's own; send it from there")


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
