"""Shorthand for what an address takes and answers, and for the problems that may come instead."""

from backstory.web.openapi.shapes import Schema, ref
from backstory.web.problems import MEDIA_TYPE, PROBLEMS

EVERYWHERE = ("host-refused", "internal")
"""Problems that every address may answer with."""

WITH_TOKEN = (*EVERYWHERE, "token-needed")
"""Problems of an address that needs the token."""

WRITING = (*WITH_TOKEN, "origin-refused")
"""Problems of an address that changes something."""


def get(operation: str, summary: str, content: Schema, problems: tuple[str, ...]) -> Schema:
    """An operation that only tells."""
    return {"operationId": operation, "summary": summary, "responses": ok(summary, content) | wrong(*problems)}


def parameter(name: str, schema: Schema, says: str, *, required: bool = False) -> Schema:
    """A parameter of an address."""
    return {"name": name, "in": "query", "required": required, "description": says, "schema": schema}


def body(media_type: str, schema: Schema) -> Schema:
    """The body of a request."""
    return {"required": True, "content": {media_type: {"schema": schema}}}


def form(fields: Schema, *required: str) -> Schema:
    """A form of a page of ours."""
    schema = {"type": "object", "properties": fields, "required": list(required)}
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}


def json_of(name: str) -> Schema:
    """JSON of the schema of that name."""
    return {"application/json": {"schema": ref(name)}}


def ok(says: str, content: Schema, status: str = "200") -> Schema:
    """What is answered where all is well."""
    return {status: {"description": says, "content": content}}


def wrong(*names: str) -> Schema:
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
