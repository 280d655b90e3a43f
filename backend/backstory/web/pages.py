"""Pages for people: the front page, and a saved page of one annotated article."""

import base64
import hashlib
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from backstory.annotation import to_annotation_page
from backstory.errors import ArchiveUnavailableError
from backstory.model import ArchiveStats, Page, Publication
from backstory.sample import SampleArticle, articles
from backstory.web.drawing import Drawing, draw
from backstory.web.problems import ProblemError
from backstory.web.service import Service, service_of
from backstory.web.wording import spoken_days

_CSS = files("backstory.web").joinpath("templates", "page.css").read_text("utf-8")
_STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()}"
_POLICY = f"default-src 'none'; style-src '{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_TEMPLATES = Environment(
    loader=PackageLoader("backstory.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


async def front(request: Request) -> Response:
    """A sample article with its overlays, and what is in the archive."""
    service = service_of(request)
    samples = {sample.slug: sample for sample in articles()}
    slug = request.query_params.get("article", next(iter(samples)))
    if slug not in samples:
        raise ProblemError("not-found", f"no sample article is called that; there are {', '.join(samples)}")
    stats = await _stats(service)
    html = _TEMPLATES.get_template("front.html").render(
        css=Markup(_CSS),  # noqa: S704 - our own file
        samples=samples.values(),
        shown=slug,
        drawing=await _drawing(service, samples[slug]),
        stats=stats,
        days=spoken_days(stats.first_day, stats.last_day) if stats and stats.first_day and stats.last_day else "",
        version=service.version,
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})


def saved_page(document: dict[str, Any]) -> str:
    """One annotated article as a page that stands by itself; the document must hold its text."""
    return _TEMPLATES.get_template("annotated.html").render(
        css=Markup(_CSS),  # noqa: S704 - our own file
        style_hash=_STYLE_HASH,
        drawing=draw(document),
        version=document["generator"]["version"],
    )


async def _stats(service: Service) -> ArchiveStats | None:
    try:
        return await service.archive.stats()
    except ArchiveUnavailableError:
        return None


async def _drawing(service: Service, sample: SampleArticle) -> Drawing:
    async with service.turns.take():
        annotated = await service.annotator.annotate(sample_page(sample))
    return draw(to_annotation_page(annotated, origin="", version=service.version, include_text=True))


def sample_page(sample: SampleArticle) -> Page:
    """A sample article as a reader's page, in the markup that newspapers use."""
    return Page(
        url=sample.url,
        html=_TEMPLATES.get_template("sample.html").render(sample=sample, body=Markup(sample.html)),  # noqa: S704 - ours
        read_at=datetime.combine(sample.published, time(12), tzinfo=UTC),
        published=Publication(sample.published),
        language="en",
    )
