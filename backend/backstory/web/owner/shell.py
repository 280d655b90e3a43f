"""What the owner's pages have in common: one frame around them, and what goes wrong said in words."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from backstory.errors import BackstoryError
from backstory.web.fields import Reader
from backstory.web.forms import read_form, require_own_page
from backstory.web.problems import PROBLEMS, ProblemError, problem_name
from backstory.web.rendering import answer
from backstory.web.service import service_of
from backstory.web.trouble import trouble_of

Endpoint = Callable[[Request], Awaitable[Response]]

_DIGITS_MOST = 15  # of a number in a form or an address; nothing has a longer one
_FORM_BYTES = 100_000  # no field of these pages holds more than an address and some words


async def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> Response:
    """A page of the owner's, in the frame that all have."""
    return await run_in_threadpool(
        answer,
        f"owner/{template}",
        status=status,
        headers=headers,
        version=service_of(request).version,
        path=request.url.path,
        **values,
    )


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form that stands on a page of ours.

    Raises:
        ProblemError: it came from elsewhere, or is no form.
    """
    require_own_page(request)
    return await read_form(request, max_bytes=_FORM_BYTES, idle_seconds=service_of(request).limits.idle_seconds)


def numbered(most: int) -> Reader[int]:
    """The number of a page, from 1 to `most`, as an address has it."""

    def read(value: object) -> int:
        number = _digits(value)
        if not 1 <= number <= most:
            raise ValueError(f"a whole number from 1 to {most}")
        return number

    return read


def row_number(form: Mapping[str, str]) -> int:
    """The number of what a form is about; 0, which nothing has, where it says none."""
    return _digits(form.get("number"))


def _digits(said: object) -> int:
    is_number = isinstance(said, str) and len(said) <= _DIGITS_MOST and said.isascii() and said.isdecimal()
    return int(str(said)) if is_number else 0


def in_words(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with a page that says what went wrong where anything does."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (ProblemError, BackstoryError) as error:
            trouble = trouble_of(error)
            name = error.name if isinstance(error, ProblemError) else problem_name(type(error))
            detail = error.detail if isinstance(error, ProblemError) else str(error)
            return await page(
                request,
                "trouble.html",
                status=trouble.status,
                headers=trouble.headers,
                title=PROBLEMS[name].title if name else "That did not work",
                words=f"{detail[:1].upper()}{detail[1:]}.",
            )

    return answered
