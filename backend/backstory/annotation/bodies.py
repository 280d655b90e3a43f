"""The bodies of the four kinds of item: a time, an attribution, a claim's evidence, the page's background."""

from typing import Any

from backstory.annotation.deeplink import deep_link
from backstory.annotation.selectors import select
from backstory.model import Article, Attribution, Claim, Evidence, Gap, Passage, TimeExpression


def time_body(time: TimeExpression) -> dict[str, Any]:
    """A TIMEX3 reading and the days it covers; what is not known is left out."""
    body: dict[str, Any] = {"type": "TimeExpression", "timexType": time.type, "value": time.value}
    if time.interval is not None:
        body |= {"start": time.interval.start.isoformat(), "end": time.interval.end.isoformat()}
    if time.relative_to is not None:
        body["relativeTo"] = time.relative_to.isoformat()
    return body | {name: said for name, said in (("mod", time.mod), ("reckoned", time.reckoned)) if said}


def attribution_body(article: Article, attribution: Attribution) -> dict[str, Any]:
    """Who said it, by which words, and what: each with selectors of its own."""
    body: dict[str, Any] = {
        "type": "Attribution",
        "quoteType": attribution.quote_type,
        "content": {"selector": select(article, attribution.content)},
        "cue": {"selector": select(article, attribution.cue)},
    }
    if attribution.source is not None:
        body["source"] = {"name": attribution.name, "selector": select(article, attribution.source)}
    elif attribution.name:
        body["source"] = {"name": attribution.name}
    if attribution.publisher:
        body["publisher"] = attribution.publisher
    return body


def claim_facts(claim: Claim, ids: dict[object, str]) -> dict[str, Any]:
    """What is known of a claim itself; `ids` tells the item of a time or an attribution."""
    return {
        "factual": round(claim.factual, 3),
        "checkworthy": round(claim.checkworthy, 3),
        "times": [ids[time] for time in claim.times if time in ids],
        "attribution": ids.get(claim.attribution),
    }


def gap_facts(gap: Gap) -> dict[str, Any]:
    """What the archive lacks: days, an outlet, or both."""
    facts: dict[str, Any] = {}
    if gap.days is not None:
        facts |= {"from": gap.days.start.isoformat(), "to": gap.days.end.isoformat()}
    return facts | ({"publisher": gap.publisher} if gap.publisher else {})


def evidence_body(evidence: Evidence) -> dict[str, Any]:
    """One piece of prior coverage: the article, the passage in it, and why it is shown."""
    passage = evidence.passage
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": _source(passage),
        "selector": {"type": "TextQuoteSelector", "exact": passage.text},
        "deepLink": deep_link(passage.url, passage.text),
        "relation": evidence.relation,
        "confidence": round(evidence.confidence, 4),
        "copies": evidence.copies,
        "because": [{"kind": reason.kind, "here": reason.here, "there": reason.there} for reason in evidence.because],
    }


def _source(passage: Passage) -> dict[str, Any]:
    """The article of a passage; a fact-check with its rating, in the words of who gave it."""
    source: dict[str, Any] = {
        "type": "ClaimReview" if passage.rating else "NewsArticle",
        "id": passage.url,
        "headline": passage.headline or None,
        "publisher": passage.publisher or None,
        "datePublished": (passage.published.at or passage.published.day).isoformat(),
    }
    return source | ({"rating": passage.rating} if passage.rating else {})
