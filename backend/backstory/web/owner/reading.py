"""`/article`: one archived article with its copies and who links to it; `/article/forget` asks, and forgets it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backstory.model import Article, BlockKind, Copy, Page
from backstory.ports import Archive
from backstory.web.fields import Fields, address
from backstory.web.files import OVERLAY, built
from backstory.web.owner.shell import form_of, in_words, page
from backstory.web.problems import ProblemError
from backstory.web.service import Service, service_of
from backstory.web.shown import Shown, show
from backstory.web.wording import label, link, spoken_day

_LISTED = 50  # copies, and articles that link here; beyond it they are counted
_AUTHORS = 12  # named; beyond it they are counted
_TAGS: dict[BlockKind, str] = {"heading": "h3", "quote": "blockquote"}  # all others are paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another article of the archive, in a list."""

    url: str
    headline: str
    publisher: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An archived article as its page shows it: blocks are a tag with words; the first copy is the first report."""

    article: Article
    day: str
    authors: str
    href: str
    host: str
    blocks: tuple[tuple[str, str], ...]
    copies: tuple[Copy, ...]
    linking: tuple[Other, ...]
    more: int


@in_words
async def article_page(request: Request) -> Response:
    """An article; with `overlays`, read as the extension would read it."""
    service, url = service_of(request), _url(dict(request.query_params))
    article = await _article(service, url)
    shown = await _overlaid(service, article) if "overlays" in request.query_params else None
    return await page(
        request,
        "article.html",
        kept=await _kept(service.archive, article),
        shown=shown,
        has_overlay=built(OVERLAY) is not None,
    )


class Forget(HTTPEndpoint):
    """Asks before an article is forgotten, and forgets it."""

    async def get(self, request: Request) -> Response:
        """The question."""
        return await _ask(request)

    async def post(self, request: Request) -> Response:
        """The deed; then the article's own page, which says that it is gone."""
        return await _forget(request)


@in_words
async def _ask(request: Request) -> Response:
    article = await _article(service_of(request), _url(dict(request.query_params)))
    return await page(request, "forget.html", article=article, day=_day(article))


@in_words
async def _forget(request: Request) -> Response:
    url = _url(await form_of(request))
    if not await service_of(request).archive.forget(url):
        raise ProblemError("not-in-archive", "it was forgotten already, or never came")
    return RedirectResponse("/search?forgotten", 303)


def _url(said: dict[str, str]) -> str:
    url = Fields({"url": said.get("url") or None}).take("url", address, "")
    if not url:
        raise ProblemError("invalid-field", "url is missing: say which article", field="url")
    return url


async def _article(service: Service, url: str) -> Article:
    article = await service.archive.get(url)
    if article is None:
        raise ProblemError("not-in-archive", f"it holds nothing from {label(url)}")
    return article


async def _overlaid(service: Service, article: Article) -> Shown:
    text = Page(
        url=article.url,
        text=article.text,
        read_at=service.clock(),
        published=article.published,
        language=article.language,
    )
    return await show(service, text)


async def _kept(archive: Archive, article: Article) -> Kept:
    copies = tuple(await archive.copies_of(article.url))
    linking = tuple(await archive.links_to(article.url))
    found = [await archive.get(url) for url in linking[:_LISTED]]
    return Kept(
        article=article,
        day=_day(article),
        authors=_authors(article),
        href=link(article.url),
        host=urlsplit(article.url).hostname or "",
        blocks=tuple((_TAGS.get(block.kind, "p"), block.span.of(article.text)) for block in article.blocks),
        copies=copies[:_LISTED] if len(copies) > 1 else (),
        linking=tuple(_other(other) for other in found if other is not None and other.url != article.url),
        more=max(0, len(copies) - _LISTED) + max(0, len(linking) - _LISTED),
    )


def _other(article: Article) -> Other:
    return Other(url=article.url, headline=article.headline, publisher=article.publisher, day=_day(article))


def _authors(article: Article) -> str:
    """Ida Berg, Jon Holm and 3 more."""
    named = [name for author in article.authors[:_AUTHORS] if (name := label(author, 80))]
    more = len(article.authors) - _AUTHORS
    if more > 0:
        return f"{', '.join(named)} and {more:,} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _day(article: Article) -> str:
    return spoken_day(article.published.day) if article.published else ""
