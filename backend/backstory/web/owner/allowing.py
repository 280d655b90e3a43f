"""`/backfill/allow` and `/backfill/refuse`: the owner's yes to a source that asks for no key, said and taken back."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.web.owner.shell import form_of, in_words
from backstory.web.problems import ProblemError
from backstory.web.service import service_of


@in_words
async def allow_source(request: Request) -> Response:
    """Say yes: from now on it may be asked."""
    return RedirectResponse(f"/backfill?source={await _say(request, yes=True)}", 303)


@in_words
async def refuse_source(request: Request) -> Response:
    """Take a yes back: what runs goes on, and nothing more is begun."""
    await _say(request, yes=False)
    return RedirectResponse("/backfill", 303)


async def _say(request: Request, *, yes: bool) -> str:
    """Say it; the source's name."""
    name = (await form_of(request)).get("source", "")
    try:
        service_of(request).backfiller.allowing.say(name, yes=yes)
    except ValueError as error:
        raise ProblemError("invalid-field", str(error), field="source") from error
    return name
