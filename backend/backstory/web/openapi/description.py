"""The addresses of the service: what each takes, what it answers, and what may go wrong."""

from typing import Any

from backstory.web.openapi.annotation_schemas import ANNOTATION_SCHEMAS
from backstory.web.openapi.archive_schemas import ARCHIVE_SCHEMAS
from backstory.web.openapi.owner_pages import owner_pages
from backstory.web.openapi.shapes import Schema, ref
from backstory.web.problems import MEDIA_TYPE, PROBLEMS

ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type of an annotation page."""

_LIMIT = {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
_PAGE: Schema = {"text/html": {"schema": {"type": "string"}}}
_EVERYWHERE = ("host-refused", "internal")
_WITH_TOKEN = (*_EVERYWHERE, "token-needed")
_WRITING = (*_WITH_TOKEN, "origin-refused")


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
            "/api/openapi.json": {"get": _get("describe", "This description.", _json("Description"), _WITH_TOKEN)},
            "/healthz": {"get": _get("health", "Whether the service is alive.", _json("Health"), _EVERYWHERE)},
            "/readyz": {
                "get": _get(
                    "readiness",
                    "Whether it can answer; an empty archive can.",
                    _json("Readiness"),
                    (*_WITH_TOKEN, "archive-unavailable"),
                )
            },
            "/ns/backstory.jsonld": {
                "get": _get(
                    "context",
                    "The JSON-LD context of annotation pages.",
                    {"application/ld+json": {"schema": ref("Context")}},
                    _WITH_TOKEN,
                )
            },
            "/": {"get": _front()},
            "/read": {
                "get": _get("box", "The front page's box, for people.", _PAGE, _WITH_TOKEN),
                "post": _read(),
            },
            "/signin": {"post": _sign_in()},
            "/static/{name}": {"get": _file("script", "A script of the pages for people.", "text/javascript")},
            "/extension/{name}": {"get": _file("extension", "The extension for one browser.", "application/zip")},
        }
        | owner_pages(),
        "components": {
            "schemas": ANNOTATION_SCHEMAS | ARCHIVE_SCHEMAS,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _annotate() -> Schema:
    return {
        "operationId": "annotate",
        "summary": "Annotate one page. Nothing of it is kept.",
        "requestBody": _body("application/json", ref("AnnotateRequest")),
        "responses": _ok("The page's overlays.", {ANNOTATION_TYPE: {"schema": ref("AnnotationPage")}})
        | _wrong(
            *_WRITING,
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
        "requestBody": _body("application/x-ndjson", line),
        "responses": _ok("What became of the lines.", _json("IngestReport"))
        | _wrong(*_WRITING, "too-slow", "wrong-content-type", "archive-unavailable"),
    }


def _search() -> Schema:
    parameters = [
        _parameter("q", {"type": "string"}, "Words to look for; the newest articles where absent."),
        _parameter("after", {"type": "string", "format": "date"}, "Published on this day or later."),
        _parameter("before", {"type": "string", "format": "date"}, "Published before this day."),
        _parameter("publisher", {"type": "string"}, "Published by this outlet."),
        _parameter("limit", _LIMIT, "Most articles in the answer."),
    ]
    return _get(
        "searchArticles",
        "Search the archive.",
        _json("SearchAnswer"),
        (*_WITH_TOKEN, "invalid-field", "archive-unavailable"),
    ) | {"parameters": parameters}


def _forget() -> Schema:
    return {
        "operationId": "forgetArticle",
        "summary": "Forget one article.",
        "parameters": [_parameter("url", {"type": "string", "format": "uri"}, "Its address.", required=True)],
        "responses": {"204": {"description": "It is forgotten."}}
        | _wrong(*_WRITING, "invalid-field", "not-in-archive", "archive-unavailable"),
    }


def _front() -> Schema:
    article = _parameter("article", {"type": "string"}, "Which of the sample articles to show.")
    return _get("frontPage", "A sample article with its overlays, for people.", _PAGE, (*_WITH_TOKEN, "not-found")) | {
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
        "requestBody": _form(fields, "words"),
        "responses": _ok("The article with its overlays.", _PAGE)
        | _wrong(*_WRITING)
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
        "requestBody": _form({"token": {"type": "string"}}, "token"),
        "responses": {
            "303": {"description": "On to the front page."},
            "401": {"description": "The page that asks for the token.", "content": _PAGE},
        }
        | _wrong(*_EVERYWHERE, "origin-refused", "invalid-field", "too-slow", "too-large", "wrong-content-type"),
    }


def _file(operation: str, summary: str, media_type: str) -> Schema:
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return _get(operation, summary, content, (*_WITH_TOKEN, "not-found")) | {"parameters": [name]}


def _get(operation: str, summary: str, content: Schema, problems: tuple[str, ...]) -> Schema:
    return {"operationId": operation, "summary": summary, "responses": _ok(summary, content) | _wrong(*problems)}


def _parameter(name: str, schema: Schema, says: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": says, "schema": schema}


def _body(media_type: str, schema: Schema) -> Schema:
    return {"required": True, "content": {media_type: {"schema": schema}}}


def _form(fields: Schema, *required: str) -> Schema:
    schema = {"type": "object", "properties": fields, "required": list(required)}
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}


def _json(name: str) -> Schema:
    return {"application/json": {"schema": ref(name)}}


def _ok(says: str, content: Schema) -> Schema:
    return {"200": {"description": says, "content": content}}


def _wrong(*names: str) -> Schema:
    """The problems, one response for each status, in the order of the statuses."""
    titles: dict[int, list[str]] = {}
    for name in PROBLEMS:
        if name in names:
            titles.setdefault(PROBLEMS[name].status, []).append(f"{PROBLEMS[name].title} (`{name}`)")
    content = {MEDIA_TYPE: {"schema": ref("Problem")}}
    return {
        str(status): {"description": "; ".join(said) + ".", "content": content}
        for status, said in sorted(titles.items())
    }
