"""Back-fills, in the description."""

from typing import Any

from backstory.web.openapi.answers import WITH_TOKEN, WRITING, body, get, json_of, ok, wrong
from backstory.web.openapi.shapes import DATE, FLAG, POSITION, TEXT, Schema, listing, or_null, ref, saying, thing

_AMOUNT: Schema = {"type": "number", "minimum": 0}

BACKFILL_SCHEMAS: dict[str, Schema] = {
    "BackfillRequest": thing(
        {
            "source": saying(TEXT, "Whom to ask, as `guardian`."),
            "from": DATE,
            "to": saying(DATE, "The last day wanted."),
            "query": saying(TEXT, "Words to look for, in the source's own manner."),
            "host": saying(TEXT, "The outlet wanted, as paper.example."),
            "again": saying(FLAG, "Ask anew what was brought before."),
            "dry_run": saying(FLAG, "Only say what it would take; nobody is asked."),
        },
        optional=("query", "host", "again", "dry_run"),
    ),
    "BackfillPlan": thing(
        {
            "source": TEXT,
            "months": listing(thing({"month": TEXT, "requests": POSITION})),
            "requests": saying(POSITION, "That it is expected to take."),
            "seconds": saying(_AMOUNT, "At the least, at the pace that the source's keepers ask for."),
        }
    ),
    "Backfill": thing(
        {
            "number": POSITION,
            "source": TEXT,
            "from": DATE,
            "to": DATE,
            "query": TEXT,
            "host": TEXT,
            "begunAt": {"type": "string", "format": "date-time"},
            "requests": saying(POSITION, "That are expected; further pages are known when a first page is there."),
            "requestsDone": POSITION,
            "steps": POSITION,
            "stepsDone": POSITION,
            "stepsFailed": saying(POSITION, "Left aside; the same request asks for them again."),
            "added": POSITION,
            "refused": POSITION,
            "trouble": saying(TEXT, "Why the last step failed, or the last job ended before its time."),
            "job": saying(or_null(POSITION), "The job that goes on with it; null where none does."),
        }
    ),
    "BackfillList": thing(
        {
            "sources": listing(
                thing(
                    {
                        "name": TEXT,
                        "brings": TEXT,
                        "needs": saying(TEXT, "What the owner has to do before it may be asked; empty where nothing."),
                    }
                )
            ),
            "backfills": listing(ref("Backfill"), says="Those that were begun last, the newest first."),
        }
    ),
}
"""By name."""


def backfill_paths() -> dict[str, Any]:
    """The address with what it takes and answers."""
    return {
        "/api/backfills": {
            "get": get(
                "listBackfills",
                "The sources of past coverage, and how far back-fills are.",
                json_of("BackfillList"),
                (*WITH_TOKEN, "ledger-unavailable"),
            ),
            "post": _begin(),
        }
    }


def _begin() -> Schema:
    plan_or_done = {"application/json": {"schema": {"oneOf": [ref("BackfillPlan"), ref("Backfill")]}}}
    return {
        "operationId": "backfill",
        "summary": "Bring articles of past months, as a job; or go on with what was cut off.",
        "requestBody": body("application/json", ref("BackfillRequest")),
        "responses": ok("What a dry run would take; or what was brought completely before.", plan_or_done)
        | ok("It goes on as a job.", json_of("Backfill"), "202")
        | wrong(
            *WRITING,
            "malformed-json",
            "invalid-field",
            "too-slow",
            "too-large",
            "wrong-content-type",
            "nothing-to-bring",
            "too-many-jobs",
            "ledger-unavailable",
        ),
    }
