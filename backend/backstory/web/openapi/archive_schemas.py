"""What the archive's addresses take and answer with, and what every address may answer with."""

from backstory.web.openapi.shapes import (
    DATE,
    MOMENT,
    POSITION,
    TEXT,
    URI,
    Schema,
    always,
    listing,
    or_null,
    saying,
    thing,
)
from backstory.web.problems import PROBLEMS, TYPE_PREFIX

_FOUND = thing(
    {
        "url": URI,
        "title": TEXT,
        "publisher": TEXT,
        "published": MOMENT,
        "passage": saying(TEXT, "The passage that answers best."),
        "score": saying({"type": "number"}, "Higher is better; comparable within one answer only."),
        "copies": saying(POSITION, "How many other places carried the same report."),
    }
)

ARCHIVE_SCHEMAS: dict[str, Schema] = {
    "ArticleLine": thing(
        {
            "url": URI,
            "title": TEXT,
            "text": saying(TEXT, "Paragraphs separated by a blank line; needed where there is no html."),
            "html": saying(TEXT, "The page it stood on; needed where there is no text."),
            "published": saying(MOMENT, "Needed where no html tells it; wins over what the html says."),
            "publisher": TEXT,
            "language": TEXT,
            "author": {"anyOf": [TEXT, listing(TEXT)]},
            "rating": saying(TEXT, "A fact-check's verdict, in the words of who gave it."),
            "links": saying(
                listing(thing({"start": POSITION, "end": POSITION, "url": URI})),
                "Where the text links to, as exported.",
            ),
        },
        optional=("title", "text", "html", "published", "publisher", "language", "author", "rating", "links"),
        says="One line of an import. Where both text and html are given, text wins; other fields are passed over.",
    )
    | {"additionalProperties": True},
    "IngestReport": thing(
        {
            "added": POSITION,
            "replaced": POSITION,
            "unchanged": POSITION,
            "refused": listing(
                thing(
                    {"line": POSITION, "reason": TEXT, "url": saying(URI, "Where the line says one.")},
                    optional=("url",),
                )
            ),
            "refusedMore": saying(POSITION, "How many more lines were refused than are listed."),
        },
        optional=("refusedMore",),
        says="What became of the lines; all it answers for is on disk and can be found.",
    ),
    "SearchAnswer": thing({"total": POSITION, "articles": listing(_FOUND, says="Best first.")}),
    "Forgotten": thing({"forgotten": saying(POSITION, "How many articles there were.")}),
    "Health": thing({"name": always("Backstory"), "version": TEXT, "api": {"const": 1}}),
    "Readiness": thing(
        {
            "ready": {"const": True},
            "articles": POSITION,
            "passages": POSITION,
            "publishers": POSITION,
            "firstDay": or_null(DATE),
            "lastDay": or_null(DATE),
        },
        says="Able to answer; and what the archive holds.",
    ),
    "Problem": thing(
        {
            "type": {"type": "string", "enum": [f"{TYPE_PREFIX}{name}" for name in PROBLEMS]},
            "title": TEXT,
            "status": {"type": "integer", "enum": sorted({problem.status for problem in PROBLEMS.values()})},
            "detail": saying(TEXT, "What was wrong and what would be right."),
            "field": saying(TEXT, "The field at fault, as options.limit."),
        },
        optional=("field",),
        says="RFC 9457.",
    ),
    "Description": {"type": "object", "description": "This document."},
    "Context": thing({"@context": {"type": "object"}}, says="The JSON-LD context of Backstory's own terms."),
}
"""By name."""
