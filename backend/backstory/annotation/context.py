"""The JSON-LD context that names what Backstory says beyond the W3C's terms."""

from typing import Any

CONTEXT_PATH = "/ns/backstory.jsonld"
"""Where the service serves it."""

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_TERMS = "urn:backstory:ns#"
_SCHEMA = "http://schema.org/"
_DAY = "http://www.w3.org/2001/XMLSchema#date"
_REAL = "http://www.w3.org/2001/XMLSchema#double"
_COUNT = "http://www.w3.org/2001/XMLSchema#integer"

_OWN = (
    "TimeExpression",
    "Attribution",
    "timexType",
    "mod",
    "relativeTo",
    "reckoned",
    "quoteType",
    "content",
    "cue",
    "claim",
    "times",
    "attribution",
    "abstained",
    "gap",
    "because",
    "kind",
    "here",
    "there",
    "relation",
    "deepLink",
    "block",
    "article",
    "degraded",
    "datePublishedFrom",
    "pageKind",
    "rating",
)

_FROM_SCHEMA_ORG = (
    "NewsArticle",
    "ClaimReview",
    "headline",
    "publisher",
    "author",
    "url",
    "text",
    "datePublished",
    "dateModified",
    "isAccessibleForFree",
)


def _typed(name: str, kind: str) -> dict[str, str]:
    return {"@id": f"{_TERMS}{name}", "@type": kind}


CONTEXT: dict[str, Any] = {
    "@context": {
        "backstory": _TERMS,
        "schema": _SCHEMA,
        **{name: f"{_TERMS}{name}" for name in _OWN},
        **{name: f"{_SCHEMA}{name}" for name in _FROM_SCHEMA_ORG},
        "confidence": _typed("confidence", _REAL),
        "factual": _typed("factual", _REAL),
        "checkworthy": _typed("checkworthy", _REAL),
        "copies": _typed("copies", _COUNT),
        "relativeTo": _typed("relativeTo", _DAY),
        "from": _typed("from", _DAY),
        "to": _typed("to", _DAY),
        "times": {"@id": f"{_TERMS}times", "@type": "@id", "@container": "@list"},
        "attribution": {"@id": f"{_TERMS}attribution", "@type": "@id"},
    }
}
