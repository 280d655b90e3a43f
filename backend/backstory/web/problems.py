"""What goes wrong, as a client reads it: RFC 9457 problems with stable types.

https://www.rfc-editor.org/rfc/rfc9457
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from backstory.errors import (
    ArchiveUnavailableError,
    BackstoryError,
    CorrectionError,
    LedgerError,
    NoArticleError,
    PageTooLargeError,
)

TYPE_PREFIX = "urn:backstory:problem:"
"""What every `type` begins with; the name of the problem follows."""

MEDIA_TYPE = "application/problem+json"

_CLIENT_GONE = 499  # nobody reads it: the access log's word for a client that went away


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of thing that goes wrong: its status, and what it is in a few words."""

    status: int
    title: str


PROBLEMS: dict[str, Problem] = {
    "malformed-json": Problem(400, "The body is not the JSON it should be"),
    "invalid-field": Problem(400, "A field means nothing"),
    "token-needed": Problem(401, "The token is missing or wrong"),
    "origin-refused": Problem(403, "This origin may not call the service"),
    "not-found": Problem(404, "Nothing is at this address"),
    "not-in-archive": Problem(404, "The archive holds no such article"),
    "not-followed": Problem(404, "No such feed is followed"),
    "no-such-job": Problem(404, "No such job is running"),
    "method-not-allowed": Problem(405, "This address does not do that"),
    "too-slow": Problem(408, "The request did not arrive in time"),
    "too-many": Problem(409, "There would be more than there may be"),
    "too-large": Problem(413, "The request is too large"),
    "wrong-content-type": Problem(415, "The body is of another type than it should be"),
    "host-refused": Problem(421, "The service does not go by this name"),
    "no-article": Problem(422, "There is no article on the page"),
    "correction-misplaced": Problem(422, "A correction does not fit the article"),
    "nothing-to-follow": Problem(422, "There is nothing to follow at this address"),
    "nothing-to-bring": Problem(422, "The source cannot bring that, or may not be asked"),
    "too-many-jobs": Problem(429, "Too many jobs are running"),
    "too-many-pages": Problem(429, "Too many pages in a minute"),
    "internal": Problem(500, "Something went wrong here"),
    "archive-unavailable": Problem(503, "The archive does not answer"),
    "ledger-unavailable": Problem(503, "The ledger does not answer"),
}
"""Every problem by name; the name is the last part of its `type`, and stays what it is."""

_OF_STATUS = {404: "not-found", 405: "method-not-allowed"}  # those that the router raises
_OF_ERROR: dict[type[BackstoryError], str] = {
    PageTooLargeError: "too-large",
    NoArticleError: "no-article",
    CorrectionError: "correction-misplaced",
    ArchiveUnavailableError: "archive-unavailable",
    LedgerError: "ledger-unavailable",
}


class ProblemError(Exception):
    """A problem to answer with: its name in `PROBLEMS`, what was wrong and what would be right.

    `field` names the field at fault, as `options.limit`.
    """

    def __init__(self, name: str, detail: str, *, field: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail
        self.field = field
        self.headers = headers


def respond(error: ProblemError) -> Response:
    """The answer that says what went wrong."""
    problem = PROBLEMS[error.name]
    document = {
        "type": f"{TYPE_PREFIX}{error.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": error.detail,
    } | ({"field": error.field} if error.field else {})
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, problem.status, error.headers, MEDIA_TYPE)


async def _on_problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return respond(error)


def problem_name(kind: type[BackstoryError]) -> str | None:
    """The problem that an error becomes; None where it is no client's business."""
    return next((_OF_ERROR[each] for each in kind.__mro__ if each in _OF_ERROR), None)


async def _on_backstory(_request: Request, error: Exception) -> Response:
    name = problem_name(type(error)) if isinstance(error, BackstoryError) else None
    if name is None:
        raise error
    return respond(ProblemError(name, str(error)))


async def _on_http(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException) or error.status_code not in _OF_STATUS:
        raise error
    allowed = (error.headers or {}).get("Allow")
    detail = f"this address knows {allowed}" if allowed else "/api/openapi.json names every address there is"
    return respond(ProblemError(_OF_STATUS[error.status_code], detail, headers=error.headers))


async def _on_disconnect(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLIENT_GONE)


problem_handlers: dict[type[Exception], ExceptionHandler] = {
    ProblemError: _on_problem,
    BackstoryError: _on_backstory,
    HTTPException: _on_http,
    ClientDisconnect: _on_disconnect,
}
"""Which answer each kind of error becomes, for Starlette."""
