"""`/import`: files of articles, handed in from a browser and imported as jobs."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.errors import HandedInError, SourceError
from backstory.following.importer import feeds_in
from backstory.following.inbox import discard
from backstory.web.forms import require_own_page
from backstory.web.handing_in import handed_in
from backstory.web.owner.shell import in_words, page
from backstory.web.problems import ProblemError
from backstory.web.service import Service, service_of
from backstory.web.wording import label

_WRONG, _TOO_LARGE, _REFUSED = 400, 413, 422  # statuses
_NAME_MOST = 120  # characters of a file's name
_DIGITS_MOST = 15  # of a length; no disk holds more


class Imports(HTTPEndpoint):
    """The form, and what it takes."""

    async def get(self, request: Request) -> Response:
        """The form."""
        return await _form(request)

    async def post(self, request: Request) -> Response:
        """Take a file in, and begin to import it; a list of feeds is followed instead."""
        return await _take(request)


@in_words
async def _form(request: Request) -> Response:
    return await _shown(request)


@in_words
async def _take(request: Request) -> Response:
    require_own_page(request)
    service = service_of(request)
    inbox = service.importer.inbox
    declared = request.headers.get("content-length", "")
    try:
        if declared.isdecimal() and len(declared) <= _DIGITS_MOST:
            inbox.check(int(declared))
        form = await handed_in(request, idle_seconds=service.limits.idle_seconds)
        path = await inbox.receive(form.parts)
    except HandedInError as error:
        return await _shown(request, status=_TOO_LARGE, trouble=_sentence(error))
    except ProblemError as error:
        if error.name != "invalid-field":
            raise
        return await _shown(request, status=_WRONG, trouble=_sentence(error.detail))
    try:
        way = await _begin(service, path, label(form.file_name, _NAME_MOST) or "a file", fetch="fetch" in form.fields)
    except (SourceError, ValueError) as error:
        return await _shown(request, status=_REFUSED, trouble=f"{error}.")
    return RedirectResponse(way, 303)


async def _begin(service: Service, path: Path, name: str, *, fetch: bool) -> str:
    """Begin what a file is for; the page that shows it. Raises SourceError or ValueError, and the file is gone."""
    is_list = False
    try:
        listed = await run_in_threadpool(feeds_in, path, service.clock())
        is_list = listed is not None
        if listed is not None:
            service.desk.follow_all(listed)
            return "/feeds"
    except (SourceError, ValueError):
        is_list = True
        raise
    finally:
        if is_list:
            discard(path)
    service.importer.start(path, name, fetch=fetch)
    return "/jobs"


def _sentence(said: object) -> str:
    words = str(said)
    return f"{words[:1].upper()}{words[1:]}."


async def _shown(request: Request, *, status: int = 200, trouble: str = "") -> Response:
    inbox = service_of(request).importer.inbox
    room = await run_in_threadpool(inbox.room)
    return await page(request, "import.html", status=status, trouble=trouble, room=room, most=inbox.most_bytes)
