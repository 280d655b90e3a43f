"""`/tokens`: tokens for programs and readers, made here, shown once, taken back here."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.web.owner.moments import ago
from backstory.web.owner.shell import form_of, in_words, page, row_number
from backstory.web.problems import ProblemError
from backstory.web.service import service_of


@in_words
async def tokens_page(request: Request) -> Response:
    """Every token, by its name."""
    return await _listed(request)


@in_words
async def make_token(request: Request) -> Response:
    """Make a token. Its words stand in this answer and nowhere else, so that there is no page to come back to."""
    desk, name = service_of(request).desk, (await form_of(request)).get("name", "")
    try:
        token, words = desk.tokens.make(name, desk.clock())
    except ValueError as error:
        return await _listed(request, status=400, trouble=f"{error}.", name=name)
    return await _listed(request, made=token.name, words=words)


@in_words
async def revoke_token(request: Request) -> Response:
    """Take a token back: whoever holds it is a stranger from now on."""
    number = row_number(await form_of(request))
    if not service_of(request).desk.tokens.revoke(number):
        raise ProblemError("not-found", "no such token; it was taken back already")
    return RedirectResponse("/tokens", 303)


async def _listed(request: Request, *, status: int = 200, **said: str) -> Response:
    """The page; `made` and `words` are of a token that was just made, `trouble` and `name` of one that was not."""
    service = service_of(request)
    now = service.clock()
    tokens = [
        (token, ago(token.made_at, now), ago(token.used_at, now) if token.used_at else "")
        for token in service.desk.tokens.all()
    ]
    return await page(
        request,
        "tokens.html",
        status=status,
        tokens=tokens,
        is_asked=bool(service.access.token),
        said={"trouble": "", "name": "", "made": "", "words": ""} | said,
    )
