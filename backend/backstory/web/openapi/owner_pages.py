"""The owner's pages in the description: what each shows, and where its forms go."""

from typing import Any

from backstory.web.openapi.shapes import Schema
from backstory.web.problems import MEDIA_TYPE

_PAGE: Schema = {"text/html": {"schema": {"type": "string"}}}
_PROBLEM: Schema = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_WENT_WRONG = "A page that says what went wrong (`archive-unavailable`, `ledger-unavailable`)."
_WISH = ("source", "from", "to", "query", "host")

# Address, operation, summary, and the parameters of the address.
_SHOWN: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("/archive", "archivePage", "What the archive holds, over time and by outlet.", ("publisher",)),
    (
        "/search",
        "searchPage",
        "The archive's articles by words, days and outlet.",
        ("q", "after", "before", "publisher", "page"),
    ),
    ("/article", "articlePage", "One archived article, with its copies and who links to it.", ("url", "overlays")),
    ("/article/forget", "forgetPage", "Whether an article is to be forgotten.", ("url",)),
    ("/feeds", "feedsPage", "What is followed, and how it is.", ("state", "page")),
    ("/backfill", "backfillPage", "What a back-fill would take.", (*_WISH, "publisher", "plan")),
    ("/import", "importPage", "Where files are handed in.", ()),
    ("/jobs", "jobsPage", "What runs, and what ran.", ()),
    ("/requests", "requestsPage", "The requests that left this machine.", ("containing", "page")),
    ("/tokens", "tokensPage", "The named tokens.", ()),
    ("/settings", "settingsPage", "The settings, and where each comes from.", ()),
    ("/start", "startPage", "The first steps.", ()),
)
# Address, operation, summary, and what comes that is no page.
_OTHER: tuple[tuple[str, str, str, str], ...] = (
    ("/jobs/events", "jobEvents", "The jobs that run, whenever one changes.", "text/event-stream"),
    ("/feeds/list.opml", "feedListFile", "What is followed, as a list that every reader takes.", "text/x-opml"),
)
# Address, operation, summary, and the fields of the form.
_SENT: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("/article/forget", "forgetArticle", "Forget one article.", ("url",)),
    ("/feeds/add", "addFeed", "Follow an address; of a page that names several feeds, show them.", ("url",)),
    ("/feeds/choose", "chooseFeeds", "Follow those of a page's feeds that were ticked.", ("url",)),
    ("/feeds/remove", "removeFeed", "Follow one no more.", ("url",)),
    ("/feeds/poll", "pollFeed", "Poll one feed now, or all.", ("url",)),
    ("/feeds/import", "importFeeds", "Follow the feeds of a list.", ("list",)),
    ("/feeds/starters", "followStarters", "Follow the outlets that were picked.", ()),
    ("/backfill/begin", "beginBackfill", "Begin a back-fill, or go on with it.", (*_WISH, "again")),
    ("/backfill/allow", "allowSource", "Say yes to a source that needs no key.", ("source",)),
    ("/backfill/refuse", "refuseSource", "Take a yes back.", ("source",)),
    ("/import", "importFile", "Hand a file in, to be imported as a job.", ("fetch", "file")),
    ("/jobs/stop", "stopJob", "Stop a job.", ("number",)),
    ("/tokens/make", "makeToken", "Make a token, which the answer shows this once.", ("name",)),
    ("/tokens/revoke", "revokeToken", "Take a token back.", ("number",)),
)


def owner_pages() -> dict[str, Any]:
    """The addresses of the owner's pages with what each takes and answers."""
    paths: dict[str, Any] = {}
    for address, operation, summary, parameters in _SHOWN:
        paths.setdefault(address, {})["get"] = _shown(operation, summary, parameters)
    for address, operation, summary, fields in _SENT:
        paths.setdefault(address, {})["post"] = _sent(f"{operation}Form", summary, fields)
    for address, operation, summary, media_type in _OTHER:
        content = {media_type: {"schema": {"type": "string"}}}
        found = {"200": {"description": summary, "content": content}}
        paths[address] = {"get": _shown(operation, summary, ()) | {"responses": found}}
    for address in ("/feeds/import", "/import"):
        form = paths[address]["post"]["requestBody"]["content"]
        form["multipart/form-data"] = form.pop("application/x-www-form-urlencoded")
    return paths


def _shown(operation: str, summary: str, parameters: tuple[str, ...]) -> Schema:
    said = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in parameters]
    return {
        "operationId": operation,
        "summary": f"{summary} For people.",
        "parameters": said,
        "responses": {"200": {"description": summary, "content": _PAGE}} | _wrong(),
    }


def _sent(operation: str, summary: str, fields: tuple[str, ...]) -> Schema:
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in fields}}
    return {
        "operationId": operation,
        "summary": f"{summary} A form on a page for people.",
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": {
            "200": {"description": "Done; this page shows it.", "content": _PAGE},
            "303": {"description": "Done; on to the page that shows it."},
        }
        | _wrong(),
    }


def _wrong() -> Schema:
    return {
        "401": {"description": "The page that asks for the token.", "content": _PAGE},
        "403": {"description": "This origin may not call the service (`origin-refused`).", "content": _PROBLEM},
        "421": {"description": "The service does not go by this name (`host-refused`).", "content": _PROBLEM},
        "4XX": {"description": "A page that says what was wrong.", "content": _PAGE},
        "5XX": {
            "description": "A page that says what went wrong (`archive-unavailable`, `ledger-unavailable`).",
            "content": _PAGE,
        },
    }
