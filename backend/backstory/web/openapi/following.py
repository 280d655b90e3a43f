"""What is followed, what runs and what is measured, in the description."""

from typing import Any

from backstory.web.openapi.answers import WITH_TOKEN, WRITING, body, get, json_of, ok, parameter, wrong
from backstory.web.openapi.shapes import POSITION, TEXT, URI, Schema, listing, one_of, or_null, saying, thing

_AT: Schema = {"type": "string", "format": "date-time"}
_LIST_TYPE = "text/x-opml"
_LIST: Schema = {_LIST_TYPE: {"schema": {"type": "string"}}}
_ADDRESS = {"type": "string", "format": "uri"}

FOLLOWING_SCHEMAS: dict[str, Schema] = {
    "FeedList": thing({"feeds": listing({"$ref": "#/components/schemas/Feed"})}),
    "Feed": thing(
        {
            "url": URI,
            "kind": saying(one_of("feed", "sitemap", "page"), "`page`: its feed is still to be found."),
            "title": TEXT,
            "site": saying(TEXT, "The page that it belongs to; may be empty."),
            "folder": TEXT,
            "state": saying(
                one_of("new", "well", "failing", "stopped"), "`stopped`: it is gone for good, and asked no more."
            ),
            "addedAt": _AT,
            "lastTriedAt": or_null(_AT),
            "lastGoodAt": or_null(_AT),
            "nextAt": or_null(_AT),
            "failures": saying(POSITION, "In a row."),
            "trouble": saying(TEXT, "What the last failure was; empty where all is well."),
            "everySeconds": saying(POSITION, "The time between two polls; 0 before the first."),
            "articles": saying(POSITION, "That it brought into the archive."),
            "waiting": saying(POSITION, "Articles whose pages are still to be fetched."),
            "waitingNow": saying(POSITION, "Those of them that are not put off to a later try."),
            "refused": saying(POSITION, "Articles that were given up."),
            "refusedLately": saying(listing(thing({"url": URI, "reason": TEXT})), "The last few of them."),
        }
    ),
    "FollowRequest": thing({"url": URI, "folder": TEXT}, optional=("folder",)),
    "FollowReport": thing(
        {
            "added": POSITION,
            "known": saying(POSITION, "That were followed already."),
            "feeds": listing({"$ref": "#/components/schemas/Feed"}),
        },
        says="What is followed now: of an address what stands there, of a list what is new.",
    ),
    "PollReport": thing({"due": saying(POSITION, "Feeds that are polled now.")}),
    "JobList": thing({"jobs": listing({"$ref": "#/components/schemas/Job"}, says="The newest first.")}),
    "Job": thing(
        {
            "number": POSITION,
            "kind": TEXT,
            "title": TEXT,
            "state": one_of("running", "done", "failed", "stopped", "interrupted"),
            "begunAt": _AT,
            "endedAt": or_null(_AT),
            "done": POSITION,
            "total": saying(POSITION, "0 where it is not known."),
            "added": POSITION,
            "refused": POSITION,
            "trouble": TEXT,
        }
    ),
}
"""By name."""


def following_paths() -> dict[str, Any]:
    """The addresses with what each takes and answers."""
    return {
        "/api/feeds": {
            "get": get("listFeeds", "What is followed, and how it is.", json_of("FeedList"), _LEDGER),
            "post": _follow(),
            "delete": _unfollow(),
        },
        "/api/feeds.opml": {
            "get": get("exportFeeds", "What is followed, as a list that every reader takes.", _LIST, _LEDGER),
            "post": _import(),
        },
        "/api/feeds/poll": {"post": _poll()},
        "/api/jobs": {
            "get": get("listJobs", "What runs, and what ran.", json_of("JobList"), _LEDGER),
            "delete": _stop(),
        },
        "/api/jobs/events": {
            "get": get(
                "watchJobs",
                "Jobs as they change, as server-sent events: each `job`, its data a Job.",
                {"text/event-stream": {"schema": {"type": "string"}}},
                WITH_TOKEN,
            )
        },
        "/metrics": {
            "get": get(
                "metrics",
                "What the service did and holds, as Prometheus text.",
                {"text/plain; version=0.0.4": {"schema": {"type": "string"}}},
                (*WITH_TOKEN, "archive-unavailable", "ledger-unavailable"),
            )
        },
    }


_LEDGER = (*WITH_TOKEN, "ledger-unavailable")
_TAKING = (
    *WRITING,
    "ledger-unavailable",
    "too-slow",
    "too-large",
    "wrong-content-type",
    "nothing-to-follow",
    "too-many",
)


def _follow() -> Schema:
    taken = body("application/json", {"$ref": "#/components/schemas/FollowRequest"})
    taken["content"] |= _LIST
    return {
        "operationId": "follow",
        "summary": "Follow a feed, a sitemap, the feed of a web page, or the feeds of a list (OPML, also as the body).",
        "requestBody": taken,
        "responses": _followed() | wrong(*_TAKING, "malformed-json", "invalid-field", "archive-unavailable"),
    }


def _import() -> Schema:
    return {
        "operationId": "importFeeds",
        "summary": "Follow the feeds of a list (OPML).",
        "requestBody": body(_LIST_TYPE, {"type": "string"}),
        "responses": _followed() | wrong(*_TAKING),
    }


def _followed() -> Schema:
    says, content = "What is followed now.", json_of("FollowReport")
    return ok(f"{says} Nothing of it is new.", content) | ok(says, content, "201")


def _unfollow() -> Schema:
    return {
        "operationId": "unfollow",
        "summary": "Follow one no more; its articles stay.",
        "parameters": [parameter("url", _ADDRESS, "Its address.", required=True)],
        "responses": {"204": {"description": "It is followed no more."}}
        | wrong(*WRITING, "invalid-field", "not-followed", "ledger-unavailable"),
    }


def _poll() -> Schema:
    return {
        "operationId": "pollFeeds",
        "summary": "Poll one feed now, or all that did not ask to be left alone.",
        "parameters": [parameter("url", _ADDRESS, "Which one; all where absent.")],
        "responses": ok("They are polled in the background.", json_of("PollReport"), "202")
        | wrong(*WRITING, "invalid-field", "not-followed", "ledger-unavailable"),
    }


def _stop() -> Schema:
    return {
        "operationId": "stopRunningJob",
        "summary": "Stop a job; what it did stays.",
        "parameters": [parameter("number", {"type": "integer", "minimum": 1}, "Which one.", required=True)],
        "responses": {"204": {"description": "It is stopped."}} | wrong(*WRITING, "invalid-field", "no-such-job"),
    }
