"""An annotated article as the W3C AnnotationPage that every client reads."""

from typing import Any, assert_never
from uuid import NAMESPACE_URL, uuid5

from backstory.annotation.bodies import attribution_body, claim_facts, evidence_body, gap_facts, time_body
from backstory.annotation.context import ANNOTATION_CONTEXT, CONTEXT_PATH
from backstory.annotation.selectors import block_number, select
from backstory.model import (
    AnnotatedArticle,
    Article,
    Attribution,
    Background,
    LinkedClaim,
    Overlay,
    Publication,
    Span,
    TimeExpression,
)


def to_annotation_page(
    annotated: AnnotatedArticle, *, origin: str, version: str, include_text: bool = False
) -> dict[str, Any]:
    """The whole answer, ready for JSON.

    `origin` is where the service can be reached ("http://127.0.0.1:8478"): the context is served there.
    Identifiers are made from what they name, so that the same page has the same answer.
    """
    article = annotated.article
    # Names of the overlays, so that a claim can point at the times and the attribution in it.
    family = uuid5(NAMESPACE_URL, f"{article.url}\n{article.text}")
    names = [uuid5(family, str(index)).urn for index in range(len(annotated.overlays))]
    ids: dict[object, str] = {
        overlay.body: name
        for overlay, name in zip(annotated.overlays, names, strict=True)
        if isinstance(overlay.body, TimeExpression | Attribution)
    }
    return {
        "@context": [ANNOTATION_CONTEXT, f"{origin}{CONTEXT_PATH}"],
        "id": family.urn,
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": "Backstory", "version": version},
        "article": _article(article, include_text=include_text),
        "degraded": list(annotated.degraded),
        "items": [
            {"id": name, "type": "Annotation", **_item(article, overlay, ids)}
            for overlay, name in zip(annotated.overlays, names, strict=True)
        ],
    }


def _item(article: Article, overlay: Overlay, ids: dict[object, str]) -> dict[str, Any]:
    target = _target(article, overlay.target)
    match overlay.body:
        case TimeExpression() as time:
            return {"motivation": "identifying", "target": target, "body": time_body(time)}
        case Attribution() as attribution:
            return {"motivation": "identifying", "target": target, "body": attribution_body(article, attribution)}
        case LinkedClaim() as linked:
            item: dict[str, Any] = {"motivation": "linking", "target": target, "claim": claim_facts(linked.claim, ids)}
            item["body"] = [evidence_body(evidence) for evidence in linked.evidence]
            item |= {"abstained": linked.abstained} if linked.abstained else {}
            return item | ({"gap": gap_facts(linked.gap)} if linked.gap else {})
        case Background() as background:
            bodies = [evidence_body(evidence) for evidence in background.evidence]
            return {"motivation": "linking", "target": target, "body": bodies}
    assert_never(overlay.body)


def _target(article: Article, span: Span | None) -> dict[str, Any]:
    target: dict[str, Any] = {"source": article.url}
    if span is None:
        return target
    target["selector"] = select(article, span)
    number = block_number(article, span)
    return target | ({"block": number} if number else {})


def _article(article: Article, *, include_text: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "type": "NewsArticle",
        "url": article.url,
        "headline": article.headline or None,
        "publisher": article.publisher or None,
        "author": list(article.authors),
        "language": article.language or None,
        "datePublished": _moment(article.published),
        "datePublishedFrom": article.published.found if article.published else "unknown",
    }
    if article.modified is not None:
        facts["dateModified"] = _moment(article.modified)
    if article.accessible_for_free is not None:
        facts["isAccessibleForFree"] = article.accessible_for_free
    if article.page_kind is not None:
        facts["pageKind"] = article.page_kind
    return facts | ({"text": article.text} if include_text else {})


def _moment(publication: Publication | None) -> str | None:
    return None if publication is None else (publication.at or publication.day).isoformat()
