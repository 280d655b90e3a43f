"""What `POST /api/annotations` takes and answers with."""

from typing import get_args

from backstory.model import Abstention, PageKind, PublicationSource, QuoteType, ReasonKind, Relation, TimexType
from backstory.web.openapi.shapes import (
    DATE,
    FLAG,
    MOMENT,
    POSITION,
    SHARE,
    TEXT,
    URI,
    Schema,
    always,
    listing,
    one_of,
    or_null,
    ref,
    saying,
    thing,
)

_CORRECTION = thing(
    {"start": POSITION, "end": POSITION, "value": saying(TEXT, "The TIMEX3 value that is right.")},
    says="A time expression that the reader put right; positions count code points of the article's text.",
)

_OPTIONS = thing(
    {
        "limit": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100,
            "default": 3,
            "description": "Most prior articles for a claim and, times five, for the page.",
        },
        "min_confidence": saying(
            or_null(SHARE), "The least confidence shown; the default abstains at the calibrated threshold."
        ),
        "exclude_own_outlet": saying(FLAG | {"default": False}, "Leave out what the page's own outlet reported."),
        "all_sentences": saying(FLAG | {"default": False}, "Every sentence comes back as a claim, for measurement."),
        "include_text": saying(FLAG | {"default": False}, "The article's text comes back as `article.text`."),
    },
    optional=("limit", "min_confidence", "exclude_own_outlet", "all_sentences", "include_text"),
)

_REQUEST = thing(
    {
        "url": saying(URI | {"maxLength": 8192}, "Address of the page as the reader saw it, http or https."),
        "html": saying(TEXT, "The page, or the extension's snapshot of it. Exactly one of html and text."),
        "text": saying(TEXT, "Plain text, paragraphs separated by a blank line. Exactly one of html and text."),
        "published": saying(MOMENT, "When the page was published; wins over what it says."),
        "read_at": {
            "type": "string",
            "format": "date-time",
            "description": "When the reader saw the page; the service's clock where absent.",
        },
        "language": saying(TEXT | {"maxLength": 35}, "BCP 47; detected where absent."),
        "corrections": thing(
            {"published": MOMENT, "times": listing(_CORRECTION) | {"maxItems": 1000}},
            optional=("published", "times"),
            says="What the reader put right; it wins, and the search follows it.",
        ),
        "options": _OPTIONS,
    },
    optional=("html", "text", "published", "read_at", "language", "corrections", "options"),
    says="A page to annotate. A null is as good as an absent field; an unknown field is refused.",
) | {"oneOf": [{"required": ["html"]}, {"required": ["text"]}]}

_QUOTE = thing(
    {"type": always("TextQuoteSelector"), "exact": TEXT, "prefix": TEXT, "suffix": TEXT},
    optional=("prefix", "suffix"),
    says="Words, with at most 32 characters on either side.",
)
_PLACE = thing(
    {"type": always("TextPositionSelector"), "start": POSITION, "end": POSITION},
    says="Where the words stand, in Unicode code points.",
)
_SELECTORS: Schema = {
    "type": "array",
    "prefixItems": [ref("TextQuoteSelector"), ref("TextPositionSelector")],
    "minItems": 2,
    "items": False,
}

_TARGET = thing(
    {
        "source": URI,
        "selector": ref("Selectors"),
        "block": saying(TEXT, "The number of the block that it stands in, where the page came with blocks numbered."),
    },
    optional=("block",),
)

_TIME = thing(
    {
        "type": always("TimeExpression"),
        "timexType": one_of(*get_args(TimexType)),
        "value": saying(TEXT, "TIMEX3's value."),
        "start": saying(DATE, "The first day it covers."),
        "end": saying(DATE, "The last day it covers."),
        "relativeTo": saying(DATE, "The day it was reckoned from."),
        "mod": saying(TEXT, "TIMEX3's modifier."),
        "reckoned": saying(TEXT, "How it was reckoned, for a reader."),
    },
    optional=("start", "end", "relativeTo", "mod", "reckoned"),
)

_PART = thing({"selector": ref("Selectors")})
_ATTRIBUTION = thing(
    {
        "type": always("Attribution"),
        "quoteType": one_of(*get_args(QuoteType)),
        "content": _PART,
        "cue": _PART,
        "source": thing({"name": TEXT, "selector": ref("Selectors")}, optional=("selector",)),
        "publisher": saying(TEXT, "The outlet, where the source is one."),
    },
    optional=("source", "publisher"),
)

_PRIOR = thing(
    {
        "type": always("SpecificResource"),
        "purpose": always("linking"),
        "source": thing(
            {
                "type": one_of("NewsArticle", "ClaimReview"),
                "id": URI,
                "headline": or_null(TEXT),
                "publisher": or_null(TEXT),
                "datePublished": MOMENT,
                "rating": saying(TEXT, "A fact-check's rating, in the words of who gave it."),
            },
            optional=("rating",),
        ),
        "selector": saying(ref("TextQuoteSelector"), "The passage."),
        "deepLink": saying(URI, "The article, opened at the passage."),
        "relation": one_of(*get_args(Relation)),
        "confidence": SHARE,
        "copies": saying(POSITION, "How many other places carried the same report."),
        "because": listing(
            thing({"kind": one_of(*get_args(ReasonKind)), "here": TEXT, "there": TEXT}), says="Why it was linked."
        ),
    },
    says="An earlier report of what is claimed.",
)


def _annotation(motivation: str, fields: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    head = {"id": URI, "type": always("Annotation"), "motivation": always(motivation)}
    return thing(head | fields, optional=optional)


_CLAIM = thing(
    {
        "factual": saying(SHARE, "The probability that it states a fact at all."),
        "checkworthy": saying(SHARE, "How much earlier coverage could bear on it."),
        "times": listing(URI, says="The items of the time expressions in it."),
        "attribution": or_null(URI),
    }
)

_ARTICLE = thing(
    {
        "type": always("NewsArticle"),
        "url": URI,
        "headline": or_null(TEXT),
        "publisher": or_null(TEXT),
        "author": listing(TEXT),
        "language": or_null(TEXT),
        "datePublished": or_null(MOMENT),
        "datePublishedFrom": one_of(*get_args(PublicationSource)),
        "dateModified": MOMENT,
        "isAccessibleForFree": FLAG,
        "pageKind": one_of(*get_args(PageKind)),
        "text": saying(TEXT, "Only where options.include_text asks for it."),
    },
    optional=("dateModified", "isAccessibleForFree", "pageKind", "text"),
)

_GAP = thing(
    {
        "from": saying(DATE, "The first day of which the archive holds little or nothing."),
        "to": saying(DATE, "The last of them; never without the first."),
        "publisher": saying(TEXT, "An outlet of which it holds nothing."),
    },
    optional=("from", "to", "publisher"),
    says="What the archive lacks to answer the claim: days, an outlet, or both. A back-fill would bring it.",
)

ANNOTATION_SCHEMAS: dict[str, Schema] = {
    "AnnotateRequest": _REQUEST,
    "TextQuoteSelector": _QUOTE,
    "TextPositionSelector": _PLACE,
    "Selectors": _SELECTORS,
    "Target": _TARGET,
    "TimeExpression": _TIME,
    "Attribution": _ATTRIBUTION,
    "PriorCoverage": _PRIOR,
    "Article": _ARTICLE,
    "Gap": _GAP,
    "TimeAnnotation": _annotation("identifying", {"target": ref("Target"), "body": ref("TimeExpression")}),
    "AttributionAnnotation": _annotation("identifying", {"target": ref("Target"), "body": ref("Attribution")}),
    "ClaimAnnotation": _annotation(
        "linking",
        {
            "target": ref("Target"),
            "claim": _CLAIM,
            "body": listing(ref("PriorCoverage"), says="Best first; empty where nothing is sure enough."),
            "abstained": saying(one_of(*get_args(Abstention)), "Why there is none."),
            "gap": ref("Gap"),
        },
        optional=("abstained", "gap"),
    ),
    "BackgroundAnnotation": _annotation(
        "linking", {"target": thing({"source": URI}), "body": listing(ref("PriorCoverage"), says="Best first.")}
    ),
    "AnnotationPage": thing(
        {
            "@context": listing(URI),
            "id": URI,
            "type": always("AnnotationPage"),
            "generator": thing({"type": always("Software"), "name": always("Backstory"), "version": TEXT}),
            "article": ref("Article"),
            "degraded": listing(TEXT, says='What could not be done: "archive", "language:xx".'),
            "items": listing(
                {
                    "oneOf": [
                        ref("TimeAnnotation"),
                        ref("AttributionAnnotation"),
                        ref("ClaimAnnotation"),
                        ref("BackgroundAnnotation"),
                    ]
                }
            ),
        },
        says="A W3C Web Annotation page: what is to be drawn over the article.",
    ),
}
"""By name, in the order in which they build on one another."""
