"""An annotated article as our own pages show it, and the document that the overlays are drawn from."""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from backstory.annotation import to_annotation_page
from backstory.model import AnnotatedArticle, Page
from backstory.web.drawing import Drawing, draw
from backstory.web.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article twice: drawn for a browser that runs nothing, and as JSON for the overlays.

    `is_dated` is false where nothing told the day, so that dates were read from the day of reading.
    """

    drawing: Drawing
    document: Markup
    is_dated: bool


async def show(service: Service, page: Page) -> Shown:
    """Read a page and make it ready for a template.

    Raises:
        ProblemError: too many pages came within the minute.
        PageError: it cannot be annotated.
    """
    async with service.turns.take():
        annotated = await service.annotator.annotate(page)
        return await run_in_threadpool(_shown, annotated, service.version)


def _shown(annotated: AnnotatedArticle, version: str) -> Shown:
    document = to_annotation_page(annotated, origin="", version=version, include_text=True)
    headings = {block.span.start for block in annotated.article.blocks if block.kind == "heading"}
    drawing = draw(document, headings=headings)
    published = annotated.article.published
    return Shown(
        drawing=drawing,
        document=_embedded(document),
        is_dated=published is not None and published.found not in {"read_at", "unknown"},
    )


def _embedded(document: dict[str, Any]) -> Markup:
    """The document as a script of a type that is data. The text stands in the page already."""
    article = {name: value for name, value in document["article"].items() if name != "text"}
    said = json.dumps(document | {"article": article}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Nothing in it can then end the script, or begin another: `<` stands in JSON's strings alone.
    return Markup(said.replace("<", "\\u003c"))  # noqa: S704 - as above
