"""The addresses of the service: what each takes, what it answers, and what may go wrong."""

from typing import Any

from backstory.web.openapi.annotation_schemas import ANNOTATION_SCHEMAS
from backstory.web.openapi.answers import (
    EVERYWHERE,
    WITH_TOKEN,
    WRITING,
    body,
    form,
    get,
    json_of,
    ok,
    parameter,
    wrong,
)
from backstory.web.openapi.archive_schemas import ARCHIVE_SCHEMAS
from backstory.web.openapi.backfills import BACKFILL_SCHEMAS, backfill_paths
from backstory.web.openapi.following import FOLLOWING_SCHEMAS, following_paths
from backstory.web.openapi.owner_pages import owner_pages
from backstory.web.openapi.shapes import Schema, ref

ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type of an annotation page."""

_LIMIT = {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
_PAGE: Schema = {"text/html": {"schema": {"type": "string"}}}


def describe(version: str) -> dict[str, Any]:
    """The whole description of this version."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Backstory",
            "version": version,
            "summary": "What was reported before, beside what you read.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"bearer": []}],
        "paths": {
            "/api/annotations": {"post": _annotate()},
            "/api/articles": {"post": _add(), "get": _search(), "delete": _forget()},
            "/api/openapi.json": {"get": get("describe", "This description.", json_of("Description"), WITH_TOKEN)},
            "/healthz": {"get": get("health", "Whether the service is alive.", json_of("Health"), EVERYWHERE)},
            "/readyz": {
                "get": get(
                    "readiness",
                    "Whether it can answer; an empty archive can.",
                    json_of("Readiness"),
                    (*WITH_TOKEN, "archive-unavailable"),
                )
            },
            "/ns/backstory.jsonld": {
                "get": get(
                    "context",
                    "The JSON-LD context of annotation pages.",
                    {"application/ld+json": {"schema": ref("Context")}},
                    WITH_TOKEN,
                )
            },
            "/": {"get": _front()},
            "/read": {
                "get": get("box", "The front page's box, for people.", _PAGE, WITH_TOKEN),
                "post": _read(),
            },
            "/signin": {"post": _sign_in()},
            "/static/{name}": {"get": _file("script", "A script of the pages for people.", "text/javascript")},
            "/extension/{name}": {"get": _file("extension", "The extension for one browser.", "application/zip")},
        }
        | following_paths()
        | backfill_paths()
        | owner_pages(),
        "components": {
            "schemas": ANNOTATION_SCHEMAS | ARCHIVE_SCHEMAS | BACKFILL_SCHEMAS | FOLLOWING_SCHEMAS,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _annotate() -> Schema:
    return {
        "operationId": "annotate",
        "summary": "Annotate one page. Nothing of it is kept.",
        "requestBody": body("application/json", ref("AnnotateRequest")),
        "responses": ok("The page's overlays.", {ANNOTATION_TYPE: {"schema": ref("AnnotationPage")}})
        | wrong(
            *WRITING,
            "malformed-json",
            "invalid-field",
            "too-slow",
            "too-large",
            "wrong-content-type",
            "no-article",
            "correction-misplaced",
            "too-many-pages",
        ),
    }


def _add() -> Schema:
    line = ref("ArticleLine") | {"description": "One such object a line; any number of lines, read as a stream."}
    return {
        "operationId": "addArticles",
        "summary": "Add articles to the archive; idempotent by address.",
        "requestBody": body("application/x-ndjson", line),
        "responses": ok("What became of the lines.", json_of("IngestReport"))
        | wrong(*WRITING, "too-slow", "wrong-content-type", "archive-unavailable"),
    }


def _search() -> Schema:
    parameters = [
        parameter("q", {"type": "string"}, "Words to look for; the newest articles where absent."),
        parameter("after", {"type": "string", "format": "date"}, "Published on this day or later."),
        parameter("before", {"type": "string", "format": "date"}, "Published before this day."),
        parameter("publisher", {"type": "string"}, "Published by this outlet."),
        parameter("limit", _LIMIT, "Most articles in the answer."),
    ]
    return get(
        "searchArticles",
        "Search the archive.",
        json_of("SearchAnswer"),
        (*WITH_TOKEN, "invalid-field", "archive-unavailable"),
    ) | {"parameters": parameters}


def _forget() -> Schema:
    return {
        "operationId": "forgetArticles",
        "summary": "Forget one article, or all of a host and the hosts below it.",
        "parameters": [
            parameter("url", {"type": "string", "format": "uri"}, "The article's address; this or host."),
            parameter("host", {"type": "string"}, "A host, as paper.example; this or url."),
        ],
        "responses": {
            "200": {"description": "All of the host are forgotten.", "content": json_of("Forgotten")},
            "204": {"description": "The article is forgotten."},
        }
        | wrong(*WRITING, "invalid-field", "not-in-archive", "archive-unavailable"),
    }


def _front() -> Schema:
    article = parameter("article", {"type": "string"}, "Which of the sample articles to show.")
    return get("frontPage", "A sample article with its overlays, for people.", _PAGE, (*WITH_TOKEN, "not-found")) | {
        "parameters": [article]
    }


def _read() -> Schema:
    fields = {
        "words": {"type": "string", "description": "A text, or an address, which is fetched."},
        "published": {"type": "string", "description": "The day it appeared; may be empty."},
    }
    return {
        "operationId": "readBox",
        "summary": "What was put into the front page's box, read, for people. Nothing of it is kept.",
        "requestBody": form(fields, "words"),
        "responses": ok("The article with its overlays.", _PAGE)
        | wrong(*WRITING)
        | {
            "4XX": {"description": "The box again, and what was wrong.", "content": _PAGE},
            "502": {"description": "The box again: the address could not be fetched.", "content": _PAGE},
        },
    }


def _sign_in() -> Schema:
    return {
        "operationId": "signIn",
        "summary": "The token, for a cookie that opens the pages for people until the browser closes.",
        "security": [{}],
        "requestBody": form({"token": {"type": "string"}}, "token"),
        "responses": {
            "303": {"description": "On to the front page."},
            "401": {"description": "The page that asks for the token.", "content": _PAGE},
        }
        | wrong(*EVERYWHERE, "origin-refused", "invalid-field", "too-slow", "too-large", "wrong-content-type"),
    }


def _file(operation: str, summary: str, media_type: str) -> Schema:
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return get(operation, summary, content, (*WITH_TOKEN, "not-found")) | {"parameters": [name]}
